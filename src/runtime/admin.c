/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The administration library's own functions; reaching a daemon needs the wire protocol. */

#include <glib.h>
#include <libvirt/libvirt-admin.h>
#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"

int
localAdmInitialize(void)
{
    return localInitialize();
}

int
localAdmGetVersion(unsigned long long *libVer)
{
    *libVer = LIBVIR_VERSION_NUMBER;
    return 0;
}

virAdmConnectPtr
localAdmConnectOpen(const char *name, unsigned int flags G_GNUC_UNUSED)
{
    virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_NO_CONNECT,
                  "this build cannot reach the administration socket of %s",
                  name ? name : "the default daemon");
    return NULL;
}

int
localAdmConnectClose(virAdmConnectPtr conn)
{
    return virHandleUnref(&conn->handle);
}

static int
refuse(const char *function)
{
    virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_NO_SUPPORT, "%s", function);
    return -1;
}

int
localAdmConnectRegisterCloseCallback(virAdmConnectPtr conn G_GNUC_UNUSED,
                                     virAdmConnectCloseFunc cb G_GNUC_UNUSED,
                                     void *opaque G_GNUC_UNUSED,
                                     virFreeCallback freecb G_GNUC_UNUSED)
{
    return refuse("virAdmConnectRegisterCloseCallback");
}

int
localAdmConnectUnregisterCloseCallback(virAdmConnectPtr conn G_GNUC_UNUSED,
                                       virAdmConnectCloseFunc cb G_GNUC_UNUSED)
{
    return refuse("virAdmConnectUnregisterCloseCallback");
}
