/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/base.xml; change that, not this. */
/* Public entry points of libvirt-common.h, module base. */

#include <libvirt/libvirt-common.h>
#include <libvirt/virterror.h>

#include <string.h>

#include "driver/vtable.h"
#include "runtime/connect.h"
#include "runtime/entry.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "runtime/stream.h"

VIR_PUBLIC int
virInitialize(void)
{
    int ret;

    VIR_TRACE(__func__, "no arguments");
    virErrorReset();
    ret = localInitialize();
    if (ret < 0)
        virErrorDispatch(NULL);
    return ret;
}

VIR_PUBLIC int
virGetLastErrorCode(void)
{
    int ret;

    VIR_TRACE(__func__, "no arguments");
    ret = localGetLastErrorCode();
    return ret;
}

VIR_PUBLIC virConnectPtr
virConnectOpenAuth(const char *name, virConnectAuthPtr auth, unsigned int flags)
{
    virConnectPtr ret;

    VIR_TRACE(__func__,
              "name=%s, auth=%p, flags=%u",
              VIR_TRACE_STRING(name),
              (const void *) auth,
              flags);
    virErrorReset();
    if (!auth) {
        virEntryNull(VIR_FROM_NONE, __func__, "auth");
        goto error;
    }
    if (flags != 0) {
        virEntryFlags(VIR_FROM_NONE, __func__, (unsigned int) flags, 0);
        goto error;
    }
    ret = localConnectOpenAuth(name, auth, flags);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(NULL);
    return NULL;
}

VIR_PUBLIC int
virConnectClose(virConnectPtr conn)
{
    int ret;

    VIR_TRACE(__func__, "conn=%p", (const void *) conn);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_NONE, __func__, &virConnectClass);
        goto error;
    }
    ret = localConnectClose(conn);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virConnectRef(virConnectPtr conn)
{
    int ret;

    VIR_TRACE(__func__, "conn=%p", (const void *) conn);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_NONE, __func__, &virConnectClass);
        goto error;
    }
    virHandleRef(&conn->handle);
    ret = 0;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virTypedParamsGetString(virTypedParameterPtr params,
                        int nparams,
                        const char *name,
                        const char **value)
{
    int ret;

    VIR_TRACE(__func__,
              "params=%p, nparams=%d, name=%s, value=%p",
              (const void *) params,
              nparams,
              VIR_TRACE_STRING(name),
              (const void *) value);
    virErrorReset();
    if (nparams < 0) {
        virEntryNegative(VIR_FROM_NONE, __func__, "nparams");
        goto error;
    }
    ret = localTypedParamsGetString(params, nparams, name, value);
    if (ret == (int) -1)
        goto error;
    return ret;

error:
    virErrorDispatch(NULL);
    return -1;
}

VIR_PUBLIC int
virTypedParamsAddInt(virTypedParameterPtr *params,
                     int *nparams,
                     int *maxparams,
                     const char *name,
                     int value)
{
    int ret;

    VIR_TRACE(__func__,
              "params=%p, nparams=%p, maxparams=%p, name=%s, value=%d",
              (const void *) params,
              (const void *) nparams,
              (const void *) maxparams,
              VIR_TRACE_STRING(name),
              value);
    virErrorReset();
    if (!nparams) {
        virEntryNull(VIR_FROM_NONE, __func__, "nparams");
        goto error;
    }
    if (*nparams < 0) {
        virEntryNegative(VIR_FROM_NONE, __func__, "*nparams");
        goto error;
    }
    if (!params) {
        virEntryNull(VIR_FROM_NONE, __func__, "params");
        goto error;
    }
    if (!maxparams) {
        virEntryNull(VIR_FROM_NONE, __func__, "maxparams");
        goto error;
    }
    if (!name) {
        virEntryNull(VIR_FROM_NONE, __func__, "name");
        goto error;
    }
    ret = localTypedParamsAddInt(params, nparams, maxparams, name, value);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(NULL);
    return -1;
}

VIR_PUBLIC int
virStreamSend(virStreamPtr stream, const char *data, size_t nbytes)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "stream=%p, data=%s, nbytes=%zu",
              (const void *) stream,
              VIR_TRACE_STRING(data),
              nbytes);
    virErrorReset();
    if (!virHandleIs(stream, &virStreamClass)) {
        virEntryBadHandle(VIR_FROM_STREAMS, __func__, &virStreamClass);
        goto error;
    }
    conn = stream->conn;
    if (!data) {
        virEntryNull(VIR_FROM_NONE, __func__, "data");
        goto error;
    }
    ret = localStreamSend(stream, data, nbytes);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}
