/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections to the test hypervisor, and what its model node says of itself. */

#include "driver/test.h"

#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "test_driver.h"
#include "test_node.h"

#define MAX_VCPUS 32

/* Every module is found by this symbol. */
VIR_PUBLIC extern const virDriver *const virDriverModule;
const virDriver *const virDriverModule = &testDriver;

/* Guards defaultHost and its count of connections; taken before any host's lock. */
static GMutex registryLock;
static testHost *defaultHost;

testHost *
testHostOf(virConnectPtr conn)
{
    return conn->privateData;
}

static void
freeHost(testHost *host)
{
    testDomainTearDown(host);
    testStorageTearDown(host);
    testMachineFree(host->machine);
    virEventStateFree(host->events);
    g_hash_table_unref(host->networks);
    g_mutex_clear(&host->lock);
    g_free(host);
}

static testHost *
newDefaultHost(void)
{
    static const unsigned long long memory[] = { 2097152, 4194304 };
    static const unsigned int pageSize[] = { 4, 8 };
    static const testTopology topology = { 2, 1, 8, 1, memory, pageSize };
    g_autoptr(virDocBitmap) online = virDocBitmapParse("0,2,4");
    testHost *host = g_new0(testHost, 1);

    g_mutex_init(&host->lock);
    host->events = virEventStateNew();
    host->networks = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify) testNetworkFree);
    host->node = (virNodeInfo) {
        .model = "i686",
        .memory = 3145728,
        .cpus = 16,
        .mhz = 1400,
        .nodes = 2,
        .sockets = 2,
        .cores = 2,
        .threads = 2,
    };
    host->machine = testMachineNew(&topology, /* present= */ 8, online);
    if (testDomainSetUp(host) < 0 || testNetworkSetUpDefault(host) < 0 ||
        testStorageSetUp(host) < 0 || testStorageSetUpDefault(host) < 0) {
        freeHost(host);
        return NULL;
    }
    return host;
}

int
testConnectOpen(virConnectPtr conn, virConnectAuthPtr auth G_GNUC_UNUSED,
                unsigned int flags G_GNUC_UNUSED)
{
    if (!g_str_equal(conn->uri->path, "/default")) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "the test hypervisor has the host test:///default, not '%s'",
                      conn->uri->path);
        return -1;
    }
    g_mutex_lock(&registryLock);
    if (!defaultHost)
        defaultHost = newDefaultHost();
    if (defaultHost)
        defaultHost->refs++;
    conn->privateData = defaultHost;
    conn->events = defaultHost ? defaultHost->events : NULL;
    g_mutex_unlock(&registryLock);
    return conn->privateData ? 0 : -1;
}

int
testConnectClose(virConnectPtr conn)
{
    testHost *host = testHostOf(conn);
    bool last;

    testDomainConnectionClosed(conn);
    g_mutex_lock(&registryLock);
    last = --host->refs == 0;
    if (last)
        defaultHost = NULL;
    g_mutex_unlock(&registryLock);
    if (last)
        freeHost(host);
    return 0;
}

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
