/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/keeper.xml; change that, not this. */
/* Public entry points of libvirt-qemu.h, module keeper. */

#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include <string.h>

#include "driver/vtable.h"
#include "runtime/connect.h"
#include "runtime/entry.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "runtime/stream.h"

VIR_PUBLIC int
virAnimalKeeperCommand(virAnimalPtr animal,
                       const char *cmd,
                       int timeout,
                       char **result,
                       unsigned int flags)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, cmd=%s, timeout=%d, result=%p, flags=%u",
              (const void *) animal,
              VIR_TRACE_STRING(cmd),
              timeout,
              (const void *) result,
              flags);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_NONE, __func__);
        goto error;
    }
    if (!cmd) {
        virEntryNull(VIR_FROM_NONE, __func__, "cmd");
        goto error;
    }
    if (!result) {
        virEntryNull(VIR_FROM_NONE, __func__, "result");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalKeeperCommand) {
        virEntryUnsupported(VIR_FROM_NONE, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalKeeperCommand(animal, cmd, timeout, result, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virConnectKeeperRegister(virConnectPtr conn,
                         virAnimalPtr animal,
                         virKeeperCallback cb,
                         void *opaque,
                         virFreeCallback freecb)
{
    int ret;

    VIR_TRACE(__func__,
              "conn=%p, animal=%p, cb=%d, opaque=%p, freecb=%d",
              (const void *) conn,
              (const void *) animal,
              cb != NULL,
              (const void *) opaque,
              freecb != NULL);
    virErrorReset();
    if (!conn)
        return 0;
    if (conn && !virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_NONE, __func__, &virConnectClass);
        goto error;
    }
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_NONE, __func__);
        goto error;
    }
    if (animal && !virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    if (animal && animal->conn != conn) {
        virEntryForeign(VIR_FROM_NONE, __func__, "animal");
        goto error;
    }
    if (!cb) {
        virEntryNull(VIR_FROM_NONE, __func__, "cb");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectKeeperRegister) {
        virEntryUnsupported(VIR_FROM_NONE, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectKeeperRegister(conn, animal, cb, opaque, freecb);
    if (ret == (int) -1)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}
