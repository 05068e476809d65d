/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a connection to the test hypervisor says of itself. */

#include "driver/test.h"

#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"

#define MAX_VCPUS 32

const char *
testConnectGetType(virConnectPtr conn G_GNUC_UNUSED)
{
    return "TEST";
}

int
testConnectGetVersion(virConnectPtr conn G_GNUC_UNUSED, unsigned long *hvVer)
{
    *hvVer = 2;
    return 0;
}

int
testConnectGetLibVersion(virConnectPtr conn G_GNUC_UNUSED, unsigned long *libVer)
{
    *libVer = LIBVIR_VERSION_NUMBER;
    return 0;
}

char *
testConnectGetHostname(virConnectPtr conn G_GNUC_UNUSED)
{
    return g_strdup(g_get_host_name());
}

char *
testConnectGetURI(virConnectPtr conn)
{
    return virURIFormat(conn->uri);
}

int
testConnectGetMaxVcpus(virConnectPtr conn G_GNUC_UNUSED, const char *type G_GNUC_UNUSED)
{
    return MAX_VCPUS;
}

int
testConnectIsEncrypted(virConnectPtr conn G_GNUC_UNUSED)
{
    return 0;
}

int
testConnectIsSecure(virConnectPtr conn G_GNUC_UNUSED)
{
    return 1;
}

int
testConnectIsAlive(virConnectPtr conn G_GNUC_UNUSED)
{
    return 1;
}
