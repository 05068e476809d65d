/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sixteen threads make random calls of all public functions on one connection, right ones and wrong. */

#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contract/differential.h"
#include "threads/bounded.h"

/* Left out, because they would take from the other threads what these work with. */
static const char *const leftOut[] = {
    "vir*Free", "virFreeError", "virConnectClose",      /* they give up what all share */
    "virConnectOpen*", "virAdm*",                       /* they look for daemons of the machine */
    "virEvent*", "virSetErrorFunc",                     /* the test has its own */
    "virConnectSetKeepAlive",                           /* a second of silence would end what all share */
    "virTypedParams*",                                  /* they change one list without a lock */
    "virDomainLxc*",                                    /* they move the process elsewhere */
    NULL,
};

typedef struct {
    Contract contract;      /* first: generated code hands it on */
    GRand *random;
    gint64 end;
    int calls;
} Tester;

static __thread Tester *mine;

void *
differFind(const char *name)
{
    return dlsym(RTLD_DEFAULT, name);
}

void *
differFunction(const char *name)
{
    for (int i = 0; leftOut[i]; i++) {
        if (g_pattern_match_simple(leftOut[i], name))
            return NULL;
    }
    return differFind(name);
}

bool
differReady(Contract *f, const char *what, const void *handle)
{
    (void) f;
    (void) what;
    return handle != NULL;
}

bool
differBegin(Contract *f, const char *what)
{
    (void) f;
    /* Right ones more often: they go deeper. */
    if (g_rand_int_range(mine->random, 0, 4) && !g_str_equal(what, "good"))
        return false;
    memset(mine->contract.scratch, 0, sizeof(mine->contract.scratch));
    mine->calls++;
    return true;
}

void
differNumber(long long result)
{
    /* An error that a call left can be read, whatever the others do. */
    if (result < 0)
        g_assert_true(virGetLastErrorMessage() != NULL);
}

void
differPointer(const void *result)
{
    (void) result;
}

void
differVoid(void)
{
}

static int
functionsIn(const ContractFunction *table)
{
    int count = 0;

    while (table[count].name)
        count++;
    return count;
}

static void *
callAny(void *opaque)
{
    int tables = 0;

    mine = opaque;
    /* Streams are for one thread; one that waits would do so for ever, for data nobody sends. */
    mine->contract.rw.stream = virStreamNew(mine->contract.rw.conn, VIR_STREAM_NONBLOCK);
    mine->contract.ro.stream = virStreamNew(mine->contract.ro.conn, VIR_STREAM_NONBLOCK);
    mine->contract.foreign.stream = virStreamNew(mine->contract.foreign.conn, VIR_STREAM_NONBLOCK);
    while (contractTables[tables])
        tables++;
    while (g_get_monotonic_time() < mine->end) {
        const ContractFunction *table = contractTables[g_rand_int_range(mine->random, 0, tables)];

        table[g_rand_int_range(mine->random, 0, functionsIn(table))].run(&mine->contract);
    }
    virStreamFree(mine->contract.rw.stream);
    virStreamFree(mine->contract.ro.stream);
    virStreamFree(mine->contract.foreign.stream);
    return NULL;
}

/* --- what keeps the world going --------------------------------------------------------------- */

typedef struct {
    virConnectPtr conn;
    char *domain, *network, *pool;      /* documents */
} World;

/* The calls stop, undefine and delete as much as anything. */
static void
restore(int timer, void *opaque)
{
    const World *world = opaque;
    virDomainPtr dom = virDomainDefineXML(world->conn, world->domain);
    virNetworkPtr net = virNetworkDefineXML(world->conn, world->network);
    virStoragePoolPtr pool = virStoragePoolDefineXML(world->conn, world->pool, 0);

    (void) timer;
    /* It may have another name now. */
    if (!dom)
        dom = virDomainLookupByUUIDString(world->conn, "6695eb01-f6a4-8304-79aa-97f2502e193f");
    if (dom) {
        virDomainCreate(dom);
        virDomainResume(dom);
        virDomainFree(dom);
    }
    if (net) {
        virNetworkCreate(net);
        virNetworkFree(net);
    }
    if (pool) {
        ContractHandles below = { .conn = NULL };

        virStoragePoolCreate(pool, 0);
        virStoragePoolFree(pool);
        differMakeObjects(&below, world->conn);
        virDomainSnapshotFree(below.snapshot);
        virDomainCheckpointFree(below.checkpoint);
        virDomainFree(below.domain);
        virNetworkFree(below.network);
        virStorageVolFree(below.vol);
        virStoragePoolFree(below.pool);
        virInterfaceFree(below.iface);
        virNodeDeviceFree(below.dev);
        virStreamFree(below.stream);
    }
}

static void *
runLoop(void *opaque)
{
    const int *stopping = opaque;

    while (!g_atomic_int_get(stopping))
        g_assert_cmpint(virEventRunDefaultImpl(), ==, 0);
    return NULL;
}

static void
callOn(const char *uri)
{
    g_autofree Tester *testers = g_new0(Tester, THREADS);
    Contract made = { .fd = -1 };
    World world = { .conn = virConnectOpen(uri) };
    int stopping = 0, timer, calls = 0;
    gint64 end = endOfTest();
    GThread *loop;

    if (!world.conn)
        g_error("%s: %s", uri, virGetLastErrorMessage());
    differMakeObjects(&made.rw, world.conn);
    differMakeObjects(&made.ro, virConnectOpenReadOnly(uri));
    differMakeObjects(&made.foreign, virConnectOpen(uri));
    differNoteUUIDs(&made);
    differMakeArguments(&made);
    world.domain = virDomainGetXMLDesc(made.rw.domain, VIR_DOMAIN_XML_INACTIVE);
    world.network = virNetworkGetXMLDesc(made.rw.network, VIR_NETWORK_XML_INACTIVE);
    world.pool = virStoragePoolGetXMLDesc(made.rw.pool, VIR_STORAGE_XML_INACTIVE);
    g_assert_nonnull(world.domain);
    g_assert_nonnull(world.network);
    g_assert_nonnull(world.pool);
    timer = virEventAddTimeout(20, restore, &world, NULL);
    loop = g_thread_new("loop", runLoop, &stopping);
    for (guint32 i = 0; i < THREADS; i++) {
        testers[i].contract = made;
        testers[i].random = g_rand_new_with_seed(i);
        testers[i].end = end;
    }
    runThreads(callAny, testers, sizeof(testers[0]));
    g_atomic_int_set(&stopping, 1);
    virEventUpdateTimeout(timer, 0);
    g_thread_join(loop);
    virEventRemoveTimeout(timer);
    for (int i = 0; i < THREADS; i++) {
        calls += testers[i].calls;
        g_rand_free(testers[i].random);
    }
    g_test_message("%d calls", calls);
    g_assert_cmpint(calls, >, 0);
    /* Whatever happened, the host still answers. */
    restore(timer, &world);
    if (virConnectListAllDomains(world.conn, NULL, 0) < 1)
        g_error("the host has no domain any more: %s", virGetLastErrorMessage());
    g_assert_cmpint(virConnectIsAlive(world.conn), ==, 1);
    free(made.params);
    close(made.fd);
    free(world.domain);
    free(world.network);
    free(world.pool);
}

static void
testLocal(void)
{
    callOn("test:///default");
}

/* A folder with nothing but files in it. */
static void
removeFolder(const char *path)
{
    GDir *folder = g_dir_open(path, 0, NULL);
    const char *name;

    g_assert_nonnull(folder);
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *file = g_build_filename(path, name, NULL);

        unlink(file);
    }
    g_dir_close(folder);
    rmdir(path);
}

/* --- through a daemon ------------------------------------------------------------------------- */

/* In the child: the daemon does not outlive the test, whatever ends that. */
static void
endWithParent(void *opaque)
{
    (void) opaque;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static GPid
startDaemon(const char *folder)
{
    g_autofree char *config = g_build_filename(folder, "libvirtd.conf", NULL);
    g_autofree char *text = g_strdup_printf("unix_sock_dir = '%s'\nmax_client_requests = 20\n",
                                            folder);
    g_autofree char *pidFile = g_build_filename(folder, "pid", NULL);
    const char *path = g_getenv("LIBVIRTD_PATH");
    g_autofree char *program = g_file_test(path, G_FILE_TEST_IS_DIR) ?
        g_build_filename(path, "libvirtd", NULL) : g_strdup(path);
    char *arguments[] = { program, "--config", config, "--pid-file", pidFile, NULL };
    g_autoptr(GError) error = NULL;
    GPid daemon;

    g_assert_true(g_file_set_contents(config, text, -1, NULL));
    if (!g_spawn_async(NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, endWithParent, NULL,
                       &daemon, &error))
        g_error("%s", error->message);
    return daemon;
}

/* Whether somebody listens at a path; that it is there is not enough. */
static bool
isServed(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool served;

    g_assert_cmpint(fd, >=, 0);
    g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
    served = connect(fd, (struct sockaddr *) &address, sizeof(address)) == 0;
    close(fd);
    return served;
}

static void
testDaemon(void)
{
    g_autofree char *folder = g_dir_make_tmp("calls-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "libvirt-sock", NULL);
    g_autofree char *uri = g_strdup_printf("test+unix:///default?socket=%s", path);
    GPid daemon;
    int status;

    if (!g_getenv("LIBVIRTD_PATH")) {
        g_test_skip("LIBVIRTD_PATH names no daemon; ./run sets it");
        return;
    }
    daemon = startDaemon(folder);
    for (int i = 0; i < 3000 && !isServed(path); i++)
        g_usleep(10000);
    callOn(uri);
    g_assert_cmpint(kill(daemon, SIGTERM), ==, 0);
    g_assert_cmpint(waitpid(daemon, &status, 0), ==, daemon);
    g_assert_cmpint(status, ==, 0);
    removeFolder(folder);
}

static void
silent(void *opaque, virErrorPtr error)
{
    (void) opaque;
    (void) error;
}

int
main(int argc, char **argv)
{
    g_autofree char *folder = g_dir_make_tmp("threads-XXXXXX", NULL);
    int result;

    g_test_init(&argc, &argv, NULL);
    /* Calls that write files name them "x". */
    g_assert_cmpint(chdir(folder), ==, 0);
    virSetErrorFunc(NULL, silent);
    g_assert_cmpint(virEventRegisterDefaultImpl(), ==, 0);
    g_test_add_func("/calls/local", testLocal);
    g_test_add_func("/calls/daemon", testDaemon);
    result = g_test_run();
    removeFolder(folder);
    return result;
}
