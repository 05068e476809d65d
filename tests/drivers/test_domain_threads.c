/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Many threads that do whatever they like to the domains of one host, through one connection. */

#include <stdio.h>

#include "drivers/domain.h"

#define THREADS 16
#define ROUNDS 150
#define DOMAINS 6

typedef struct {
    virConnectPtr conn;
    guint32 seed;
    char *folder;
} Worker;

static char *
uuidOf(unsigned int number)
{
    return g_strdup_printf("%08x-2222-3333-4444-555555555555", number + 1);
}

static void
readAll(virConnectPtr conn)
{
    virDomainStatsRecordPtr *records;
    virDomainPtr *list;
    int count = virConnectListAllDomains(conn, &list, 0);

    g_assert_cmpint(count, >=, 0);
    for (int i = 0; i < count; i++) {
        virDomainInfo info;
        char *xml;

        /* Any of them may be gone by now. */
        virDomainGetInfo(list[i], &info);
        xml = virDomainGetXMLDesc(list[i], VIR_DOMAIN_XML_INACTIVE);
        free(xml);
        virDomainFree(list[i]);
    }
    free(list);
    g_assert_cmpint(virConnectGetAllDomainStats(conn, 0, &records, 0), >=, 0);
    virDomainStatsRecordListFree(records);
}

static void
define(virConnectPtr conn, unsigned int number, bool create)
{
    g_autofree char *name = g_strdup_printf("guest%u", number);
    g_autofree char *uuid = uuidOf(number);
    g_autofree char *xml = documentOf(name, uuid, "<devices><disk type='file'>"
                                      "<source file='/a'/><target dev='vda' bus='virtio'/></disk>"
                                      "</devices>");
    virDomainPtr dom = create ? virDomainCreateXML(conn, xml, 0) : virDomainDefineXML(conn, xml);

    if (dom)
        virDomainFree(dom);
}

static void
change(const Worker *worker, virDomainPtr dom, guint32 what)
{
    g_autofree char *path = g_strdup_printf("%s/%s", worker->folder, virDomainGetName(dom));
    virDomainBlockStatsStruct stats;

    switch (what % 15) {
    case 0:
        virDomainCreate(dom);
        break;
    case 1:
        virDomainDestroy(dom);
        break;
    case 2:
        virDomainUndefineFlags(dom, VIR_DOMAIN_UNDEFINE_MANAGED_SAVE);
        break;
    case 3:
        virDomainSuspend(dom);
        break;
    case 4:
        virDomainResume(dom);
        break;
    case 5:
        virDomainSave(dom, path);
        break;
    case 6:
        virDomainRestore(worker->conn, path);
        break;
    case 7:
        virDomainManagedSave(dom, 0);
        break;
    case 8:
        virDomainSetMetadata(dom, VIR_DOMAIN_METADATA_TITLE, "title", NULL, NULL, 0);
        break;
    case 9:
        virDomainSetVcpusFlags(dom, 1 + what / 15 % 2, VIR_DOMAIN_AFFECT_CONFIG);
        break;
    case 10:
        virDomainFSFreeze(dom, NULL, 0, 0);
        break;
    case 11:
        virDomainBlockPull(dom, "vda", what % 2, 0);
        break;
    case 12:
        virDomainBlockRebase(dom, "vda", "/copy", what % 2, VIR_DOMAIN_BLOCK_REBASE_COPY);
        break;
    case 13:
        virDomainBlockJobAbort(dom, "vda", what % 2 ? VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT : 0);
        break;
    default:
        virDomainBlockStats(dom, "vda", &stats, sizeof(stats));
        break;
    }
}

static void *
work(void *opaque)
{
    const Worker *worker = opaque;
    g_autoptr(GRand) random = g_rand_new_with_seed(worker->seed);

    for (int i = 0; i < ROUNDS; i++) {
        guint32 number = (guint32) g_rand_int_range(random, 0, DOMAINS);
        guint32 what = g_rand_int(random);
        g_autofree char *name = g_strdup_printf("guest%u", number);
        virDomainPtr dom = virDomainLookupByName(worker->conn, name);

        if (!dom)
            define(worker->conn, number, what % 2);
        else if (what % 8 == 0)
            readAll(worker->conn);
        else
            change(worker, dom, what / 8);
        if (dom)
            virDomainFree(dom);
    }
    return NULL;
}

/* Whatever happened, the host adds up. */
static void
assertConsistent(virConnectPtr conn)
{
    virDomainPtr *list;
    int count = virConnectListAllDomains(conn, &list, 0), active = 0;

    for (int i = 0; i < count; i++) {
        virDomainPtr same = virDomainLookupByName(conn, virDomainGetName(list[i]));
        int state;

        g_assert_nonnull(same);
        assertDone(virDomainGetState(same, &state, NULL, 0));
        g_assert_cmpint(virDomainIsActive(same), ==, state != VIR_DOMAIN_SHUTOFF);
        g_assert_true(virDomainIsActive(same) || virDomainIsPersistent(same));
        active += virDomainIsActive(same);
        virDomainFree(same);
        virDomainFree(list[i]);
    }
    free(list);
    g_assert_cmpint(virConnectNumOfDomains(conn), ==, active);
    g_assert_cmpint(virConnectNumOfDefinedDomains(conn), ==, count - active);
}

static void
testThreads(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *folder = g_dir_make_tmp("hammer-XXXXXX", NULL);
    GThread *threads[THREADS];
    Worker workers[THREADS];

    for (guint32 i = 0; i < THREADS; i++) {
        workers[i] = (Worker) { host->conn, 1000 + i, folder };
        threads[i] = g_thread_new("worker", work, &workers[i]);
    }
    for (size_t i = 0; i < THREADS; i++)
        g_thread_join(threads[i]);
    assertConsistent(host->conn);
    for (unsigned int i = 0; i < DOMAINS; i++) {
        g_autofree char *path = g_strdup_printf("%s/guest%u", folder, i);

        remove(path);
    }
    g_assert_cmpint(remove(folder), ==, 0);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("threads", testThreads);
    return g_test_run();
}
