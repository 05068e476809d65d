/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs that move the data of disks: progress, limits, ends, and what becomes of the chain. */

#include "drivers/domain.h"

#define DISK                                                                                    \
    "<devices><disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"               \
    "<source file='/top'/><backingStore type='file'><format type='qcow2'/><source file='/mid'/>" \
    "<backingStore type='file'><format type='raw'/><source file='/base'/><backingStore/>"       \
    "</backingStore></backingStore><target dev='vda' bus='virtio'/></disk></devices>"

#define GUEST "99999999-2222-3333-4444-555555555555"
#define MIB (1024ULL * 1024)

static void
hearOf(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, const char *disk,
       int type, int status, void *opaque)
{
    g_string_append_printf(opaque, "%s %d %d; ", disk, type, status);
}

static virDomainPtr
startGuest(Host *host)
{
    g_autofree char *xml = documentOf("guest", GUEST, DISK);
    virDomainPtr dom = virDomainDefineXML(host->conn, xml);

    g_assert_nonnull(dom);
    assertDone(virDomainCreate(dom));
    assertEvents(host, "defined 0 guest; started 0 guest; ");
    assertDone(virConnectDomainEventRegisterAny(host->conn, dom, VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearOf), host->events,
                                                NULL));
    return dom;
}

/* Waits until something was heard. */
static void
assertHears(Host *host, const char *expected)
{
    for (int i = 0; i < 10000 && host->events->len < strlen(expected); i++) {
        bool done = false;

        g_assert_cmpint(virEventAddTimeout(1, wake, &done, NULL), >=, 0);
        while (!done)
            assertDone(virEventRunDefaultImpl());
    }
    assertEvents(host, expected);
}

/* The files of the disk's chain, as "/top /mid /base ". */
static char *
chainOf(virDomainPtr dom, unsigned int flags)
{
    char *xml = virDomainGetXMLDesc(dom, flags);
    GString *chain = g_string_new("");
    const char *at;

    g_assert_nonnull(xml);
    for (at = xml; (at = strstr(at, "<source file='")); at++) {
        const char *path = at + strlen("<source file='");

        g_string_append_len(chain, path, strchr(path, '\'') - path);
        g_string_append_c(chain, ' ');
    }
    free(xml);
    return g_string_free(chain, FALSE);
}

static void
assertChain(virDomainPtr dom, const char *expected)
{
    g_autofree char *chain = chainOf(dom, 0);

    g_assert_cmpstr(chain, ==, expected);
}

static void
testPull(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);

    assertDone(virDomainBlockRebase(dom, "vda", "/base", 0, 0));
    assertHears(host, "vda 1 0; ");
    assertChain(dom, "/top /base ");
    assertDone(virDomainBlockPull(dom, "/top", 0, 0));
    assertHears(host, "vda 1 0; ");
    assertChain(dom, "/top ");
    g_assert_cmpint(virDomainBlockPull(dom, "vdb", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainBlockRebase(dom, "vda", "/base", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    virDomainFree(dom);
}

static void
testProgress(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virDomainBlockJobInfo info;
    unsigned long long before;

    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "vda", &info, 0), ==, 0);
    assertDone(virDomainBlockPull(dom, "vda", 4096, 0));
    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "vda", &info, 0), ==, 1);
    g_assert_cmpint(info.type, ==, VIR_DOMAIN_BLOCK_JOB_TYPE_PULL);
    g_assert_cmpuint(info.bandwidth, ==, 4096);
    g_assert_cmpuint(info.cur, <, info.end);
    before = info.cur;
    g_usleep(20000);
    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "vda", &info,
                                             VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES), ==, 1);
    g_assert_cmpuint(info.bandwidth, ==, 4096 * MIB);
    g_assert_cmpuint(info.cur, >=, before + 80 * MIB);
    /* One at a time, and nothing that would take the disk away. */
    g_assert_cmpint(virDomainBlockPull(dom, "vda", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE);
    g_assert_cmpint(virDomainDetachDevice(dom, "<disk type='file'><source file='/top'/>"
                                          "<target dev='vda' bus='virtio'/></disk>"), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE);
    g_assert_cmpint(virDomainManagedSave(dom, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE);
    g_assert_null(virDomainSnapshotCreateXML(dom, "<domainsnapshot/>", 0));
    assertError(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE);
    assertDone(virDomainBlockJobSetSpeed(dom, "vda", 1, VIR_DOMAIN_BLOCK_JOB_SPEED_BANDWIDTH_BYTES));
    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "vda", &info, 0), ==, 1);
    g_assert_cmpuint(info.bandwidth, ==, 0);
    before = info.cur;
    g_usleep(20000);
    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "vda", &info, 0), ==, 1);
    g_assert_cmpuint(info.cur, <=, before + 10);
    /* A job that hurries again ends. */
    assertDone(virDomainBlockJobSetSpeed(dom, "vda", 0, 0));
    assertHears(host, "vda 1 0; ");
    assertChain(dom, "/top ");
    g_assert_cmpint(virDomainBlockJobSetSpeed(dom, "vda", 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainBlockJobAbort(dom, "vda", 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    virDomainFree(dom);
}

static void
testCopy(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virDomainBlockJobInfo info;
    char *xml;

    assertDone(virDomainBlockCopy(dom, "vda", "<disk type='file'><driver type='raw'/>"
                                  "<source file='/copy'/></disk>", NULL, 0, 0));
    assertHears(host, "vda 2 3; ");
    xml = virDomainGetXMLDesc(dom, 0);
    g_assert_nonnull(strstr(xml, "<mirror type='file' "));
    g_assert_nonnull(strstr(xml, "ready='yes'"));
    free(xml);
    xml = virDomainGetXMLDesc(dom, VIR_DOMAIN_XML_INACTIVE);
    g_assert_null(strstr(xml, "<mirror"));
    free(xml);
    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "vda", &info, 0), ==, 1);
    g_assert_cmpuint(info.cur, ==, info.end);
    assertDone(virDomainBlockJobAbort(dom, "vda", VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT));
    assertHears(host, "vda 2 0; ");
    assertChain(dom, "/copy ");
    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "/copy", &info, 0), ==, 0);
    /* The next start finds it there, too. */
    assertDone(virDomainDestroy(dom));
    assertChain(dom, "/copy ");
    virDomainFree(dom);
}

static void
testCopyAborted(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virTypedParameter odd = { .field = VIR_DOMAIN_BLOCK_COPY_GRANULARITY,
                              .type = VIR_TYPED_PARAM_UINT, .value = { .ui = 5000 } };
    virTypedParameter limit = { .field = VIR_DOMAIN_BLOCK_COPY_BANDWIDTH,
                                .type = VIR_TYPED_PARAM_ULLONG, .value = { .ul = 1000 } };

    g_assert_cmpint(virDomainBlockCopy(dom, "vda", "<disk type='file'><source file='/copy'/>"
                                       "</disk>", &odd, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertDone(virDomainBlockCopy(dom, "vda", "<disk type='file'><source file='/copy'/></disk>",
                                  &limit, 1, 0));
    g_assert_cmpint(virDomainBlockJobAbort(dom, "vda", VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE);
    assertDone(virDomainBlockJobAbort(dom, "vda", VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC));
    assertHears(host, "vda 2 2; ");
    assertChain(dom, "/top /mid /base ");
    /* What goes with the guest is not heard of again. */
    assertDone(virDomainBlockRebase(dom, "vda", "/raw", 1, VIR_DOMAIN_BLOCK_REBASE_COPY |
                                    VIR_DOMAIN_BLOCK_REBASE_COPY_DEV |
                                    VIR_DOMAIN_BLOCK_REBASE_COPY_RAW |
                                    VIR_DOMAIN_BLOCK_REBASE_SHALLOW));
    assertDone(virDomainDestroy(dom));
    assertDone(virDomainCreate(dom));
    assertEvents(host, "stopped 1 guest; started 0 guest; ");
    g_assert_cmpint(virDomainBlockJobAbort(dom, "vda", 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertChain(dom, "/top /mid /base ");
    g_assert_cmpint(virDomainBlockRebase(dom, "vda", "/top", 0, VIR_DOMAIN_BLOCK_REBASE_COPY), ==,
                    -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    virDomainFree(dom);
}

static void
testCommit(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    char *xml;

    g_assert_cmpint(virDomainBlockCommit(dom, "vda", NULL, NULL, 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainBlockCommit(dom, "vda", "/mid", "/base", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainBlockCommit(dom, "vda", NULL, "/base", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertDone(virDomainBlockCommit(dom, "vda", "/base", "/mid", 0,
                                    VIR_DOMAIN_BLOCK_COMMIT_DELETE));
    assertHears(host, "vda 3 0; ");
    assertChain(dom, "/top /base ");
    assertDone(virDomainBlockCommit(dom, "vda", NULL, NULL, 0, VIR_DOMAIN_BLOCK_COMMIT_ACTIVE |
                                    VIR_DOMAIN_BLOCK_COMMIT_SHALLOW));
    assertHears(host, "vda 4 3; ");
    assertDone(virDomainBlockJobAbort(dom, "vda", VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT));
    assertHears(host, "vda 4 0; ");
    assertChain(dom, "/base ");
    xml = virDomainGetXMLDesc(dom, 0);
    g_assert_nonnull(strstr(xml, "<driver name='qemu' type='raw'/>"));
    free(xml);
    g_assert_cmpint(virDomainBlockCommit(dom, "vda", NULL, NULL, 0,
                                         VIR_DOMAIN_BLOCK_COMMIT_ACTIVE), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    virDomainFree(dom);
}

/* Without names the whole chain is merged into its last image. */
static void
testCommitAll(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);

    assertDone(virDomainBlockCommit(dom, "vda", NULL, NULL, 0, VIR_DOMAIN_BLOCK_COMMIT_ACTIVE));
    assertHears(host, "vda 4 3; ");
    assertDone(virDomainBlockJobAbort(dom, "vda", VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT));
    assertHears(host, "vda 4 0; ");
    assertChain(dom, "/base ");
    virDomainFree(dom);
}

/* An overlay of a snapshot is merged back into what it was made from. */
static void
testOverlay(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virDomainSnapshotPtr snapshot =
        virDomainSnapshotCreateXML(dom, "<domainsnapshot><name>s</name><disks><disk name='vda' "
                                   "snapshot='external'/></disks></domainsnapshot>",
                                   VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY);

    g_assert_nonnull(snapshot);
    assertChain(dom, "/top.s /top /mid /base ");
    assertDone(virDomainBlockCommit(dom, "vda", "/top", NULL, 0,
                                    VIR_DOMAIN_BLOCK_COMMIT_ACTIVE));
    assertHears(host, "vda 4 3; ");
    assertDone(virDomainBlockJobAbort(dom, "vda", VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT));
    assertHears(host, "vda 4 0; ");
    assertChain(dom, "/top /mid /base ");
    virDomainSnapshotFree(snapshot);
    virDomainFree(dom);
}

static void
testOff(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainBlockJobInfo info;

    g_assert_cmpint(virDomainBlockPull(host->off, "vda", 0, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainGetBlockJobInfo(host->off, "vda", &info, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainBlockRebase(host->dom, "vda", NULL, 0,
                                         VIR_DOMAIN_BLOCK_REBASE_SHALLOW), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainBlockPull(host->dom, "vda", ULONG_MAX, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OVERFLOW);
}

/* A host that goes away takes its jobs along. */
static void
testClosed(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);

    assertDone(virDomainBlockPull(dom, "vda", 1, 0));
    virDomainFree(dom);
}

/* What the next start has was written down while a disk was copied: it knows nothing of that. */
static void
testNextStart(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    char *xml;

    assertDone(virDomainBlockRebase(dom, "vda", "/copy", 0, VIR_DOMAIN_BLOCK_REBASE_COPY));
    assertDone(virDomainSetMetadata(dom, VIR_DOMAIN_METADATA_TITLE, "next", NULL, NULL,
                                    VIR_DOMAIN_AFFECT_CONFIG));
    assertDone(virDomainDestroy(dom));
    assertDone(virDomainCreate(dom));
    xml = virDomainGetXMLDesc(dom, 0);
    g_assert_nonnull(strstr(xml, "<title>next</title>"));
    g_assert_null(strstr(xml, "<mirror"));
    free(xml);
    assertDone(virDomainBlockRebase(dom, "vda", "/copy", 0, VIR_DOMAIN_BLOCK_REBASE_COPY |
                                    VIR_DOMAIN_BLOCK_REBASE_REUSE_EXT));
    virDomainFree(dom);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("block-job/pull", testPull);
    ADD("block-job/progress", testProgress);
    ADD("block-job/copy", testCopy);
    ADD("block-job/copy-aborted", testCopyAborted);
    ADD("block-job/commit", testCommit);
    ADD("block-job/commit-all", testCommitAll);
    ADD("block-job/overlay", testOverlay);
    ADD("block-job/off", testOff);
    ADD("block-job/closed", testClosed);
    ADD("block-job/next-start", testNextStart);
    return g_test_run();
}
