/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The hosts of this process: made with their first connection, gone with their last. */

#include <stdlib.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/auth.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "test_driver.h"
#include "test_fault.h"
#include "test_node.h"
#include "test_node_document.h"

/* Every module is found by this symbol. */
VIR_PUBLIC extern const virDriver *const virDriverModule;
const virDriver *const virDriverModule = &testDriver;

/* Guards hosts and their counts of connections; taken before any host's lock. */
static GMutex registryLock;
static GHashTable *hosts;

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
    testNetworkTearDown(host);
    testInterfaceTearDown(host);
    testSecretTearDown(host);
    testNodeDeviceTearDown(host);
    testFilterTearDown(host);
    testMachineFree(host->machine);
    virEventStateFree(host->events);
    testFaultsFree(host->faults);
    if (host->users)
        g_hash_table_unref(host->users);
    g_mutex_clear(&host->lock);
    g_free(host->path);
    g_free(host->identity);
    g_free(host);
}

/* A host without anything on it, not even a machine. */
static testHost *
newHost(const char *path)
{
    testHost *host = g_new0(testHost, 1);

    host->path = g_strdup(path);
    host->identity = g_uuid_string_random();
    g_mutex_init(&host->lock);
    host->events = virEventStateNew();
    testNetworkSetUp(host);
    testInterfaceSetUp(host);
    testSecretSetUp(host);
    testNodeDeviceSetUp(host);
    testFilterSetUp(host);
    testDomainSetUp(host);
    testStorageSetUp(host);
    return host;
}

static int
fillDefault(testHost *host)
{
    static const unsigned long long memory[] = { 2097152, 4194304 };
    static const unsigned int pageSize[] = { 4, 8 };
    static const testTopology topology = { 2, 1, 8, 1, memory, pageSize };
    g_autoptr(virDocBitmap) online = virDocBitmapParse("0,2,4");

    host->node = testDefaultNode;
    host->machine = testMachineNew(&topology, /* present= */ 8, online);
    return testDomainSetUpDefault(host) < 0 || testNetworkSetUpDefault(host) < 0 ||
           testInterfaceSetUpDefault(host) < 0 || testStorageSetUpDefault(host) < 0 ||
           testNodeDeviceSetUpDefault(host) < 0 ? -1 : 0;
}

/* Makes the host of a path for its first connection, which refers to it already while it is made. */
static testHost *
makeHost(virConnectPtr conn, const char *path)
{
    testHost *host = newHost(path);
    int ret;

    conn->privateData = host;
    conn->events = host->events;
    ret = g_str_equal(path, TEST_DEFAULT_PATH) ? fillDefault(host) : testNodeLoad(conn, path);
    if (ret == 0) {
        if (host->faults)
            virEventStateSetFilter(host->events, testFaultsFilter, host->faults);
        return host;
    }
    conn->privateData = NULL;
    conn->events = NULL;
    freeHost(host);
    return NULL;
}

static void
release(testHost *host)
{
    bool last;

    g_mutex_lock(&registryLock);
    last = --host->refs == 0;
    if (last)
        g_hash_table_remove(hosts, host->path);
    g_mutex_unlock(&registryLock);
    if (last)
        freeHost(host);
}

/* One name for all spellings of a path, so that its connections share a host. */
static char *
canonical(const char *path)
{
    char *real = g_str_equal(path, TEST_DEFAULT_PATH) ? NULL : realpath(path, NULL);
    char *copy = g_strdup(real ? real : path);

    free(real);
    return copy;
}

/* Asks for a user of the node document and, where it has one, for the password. */
static int
authenticate(virConnectPtr conn, virConnectAuthPtr auth)
{
    const testHost *host = testHostOf(conn);
    g_autofree char *name = NULL;
    const testUser *user;
    char *password;
    bool right;

    if (!host->users)
        return 0;
    name = virAuthUsername(conn->uri, auth, "test", "localhost", NULL);
    if (!name)
        return -1;
    user = g_hash_table_lookup(host->users, name);
    if (user && !user->password)
        return 0;
    /* Whether a name exists is not told. */
    password = virAuthPassword(conn->uri, auth, "test", "localhost", name);
    if (!password)
        return -1;
    right = user && g_str_equal(user->password, password);
    virAuthForget(password);
    if (right)
        return 0;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_AUTH_FAILED,
                  "the node document has no user '%s' with this password", name);
    return -1;
}

int
testConnectOpen(virConnectPtr conn, virConnectAuthPtr auth, unsigned int flags G_GNUC_UNUSED)
{
    g_autofree char *path = canonical(conn->uri->path);
    testHost *host;

    if (!*path || g_str_equal(path, "/")) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "give the path of a node document, or use test:///default");
        return -1;
    }
    g_mutex_lock(&registryLock);
    if (!hosts)
        hosts = g_hash_table_new(g_str_hash, g_str_equal);
    host = g_hash_table_lookup(hosts, path);
    if (!host) {
        host = makeHost(conn, path);
        if (host)
            g_hash_table_insert(hosts, host->path, host);
    }
    if (host)
        host->refs++;
    g_mutex_unlock(&registryLock);
    if (!host)
        return -1;
    conn->privateData = host;
    conn->events = host->events;
    if (host->faults)
        conn->driver = &testFaultyDriver;
    if (authenticate(conn, auth) == 0)
        return 0;
    conn->privateData = NULL;
    conn->events = NULL;
    release(host);
    return -1;
}

int
testConnectClose(virConnectPtr conn)
{
    testDomainConnectionClosed(conn);
    release(testHostOf(conn));
    return 0;
}
