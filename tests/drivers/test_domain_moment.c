/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Snapshots and checkpoints of domains beyond what stock's test driver does: overlays, redefinition, goals. */

#include "drivers/domain.h"

static virDomainSnapshotPtr
take(virDomainPtr dom, const char *name, unsigned int flags)
{
    g_autofree char *xml = g_strdup_printf("<domainsnapshot><name>%s</name></domainsnapshot>",
                                           name);
    virDomainSnapshotPtr snapshot = virDomainSnapshotCreateXML(dom, xml, flags);

    if (!snapshot)
        g_error("%s: %s", name, virGetLastErrorMessage());
    return snapshot;
}

static void
testRevert(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainSnapshotPtr on = take(host->dom, "on", 0);
    virDomainSnapshotPtr off;
    char *text;

    assertDone(virDomainSetMemory(host->dom, 4096));
    assertDone(virDomainDestroy(host->dom));
    off = take(host->dom, "off", 0);
    assertDone(virDomainRevertToSnapshot(on, 0));
    assertState(host->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_FROM_SNAPSHOT);
    text = virDomainGetXMLDesc(host->dom, 0);
    g_assert_nonnull(strstr(text, "<currentMemory unit='KiB'>2097152<"));
    free(text);
    g_assert_cmpint(virDomainSnapshotIsCurrent(on, 0), ==, 1);
    assertDone(virDomainRevertToSnapshot(on, VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED));
    assertState(host->dom, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_FROM_SNAPSHOT);
    assertDone(virDomainRevertToSnapshot(off, 0));
    assertState(host->dom, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_FROM_SNAPSHOT);
    assertDone(virDomainRevertToSnapshot(off, VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING));
    assertState(host->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_FROM_SNAPSHOT);
    assertEvents(host, "stopped 1 test; started 3 test; suspended 5 test; stopped 6 test; "
                       "started 3 test; ");
    virDomainSnapshotFree(on);
    virDomainSnapshotFree(off);
}

static void
testTransient(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainSnapshotPtr off = take(host->off, "off", 0);

    assertDone(virDomainRevertToSnapshot(off, VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING));
    assertDone(virDomainUndefine(host->off));
    g_assert_cmpint(virDomainRevertToSnapshot(off, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertState(host->off, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_FROM_SNAPSHOT);
    /* They go with the domain. */
    assertDone(virDomainDestroy(host->off));
    g_assert_cmpint(virDomainSnapshotIsCurrent(off, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN);
    virDomainSnapshotFree(off);
}

static void
testOverlay(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainSnapshotPtr one = take(host->dom, "one", VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY);
    char *text = virDomainGetXMLDesc(host->dom, 0);

    g_assert_nonnull(strstr(text, "<source file='/guest/diskimage1.one'/>"));
    g_assert_nonnull(strstr(text, "<backingStore type='file'>"));
    g_assert_nonnull(strstr(text, "<source file='/guest/diskimage1'/>"));
    free(text);
    g_assert_cmpint(virDomainSnapshotNum(host->dom, VIR_DOMAIN_SNAPSHOT_LIST_EXTERNAL), ==, 1);
    g_assert_cmpint(virDomainSnapshotNum(host->dom, VIR_DOMAIN_SNAPSHOT_LIST_DISK_ONLY), ==, 1);
    virDomainSnapshotFree(one);
    one = virDomainSnapshotCreateXML(host->dom, "<domainsnapshot><disks><disk name='vdz'/></disks>"
                                     "</domainsnapshot>", 0);
    g_assert_null(one);
    assertError(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_CONFIG_UNSUPPORTED);
    one = take(host->dom, "unknown", VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA);
    virDomainSnapshotFree(one);
    g_assert_cmpint(virDomainSnapshotNum(host->dom, 0), ==, 1);
    g_assert_null(virDomainSnapshotCreateXML(host->dom, "<domainsnapshot><name>a/b</name>"
                                             "</domainsnapshot>", 0));
    assertError(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_XML_DETAIL);
}

static void
testRedefine(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainSnapshotPtr a = take(host->dom, "a", 0), b = take(host->dom, "b", 0), parent;
    char *texts[2] = { virDomainSnapshotGetXMLDesc(a, 0), virDomainSnapshotGetXMLDesc(b, 0) };
    g_autofree char *cycle = NULL;
    virDomainSnapshotPtr again;

    assertDone(virDomainSnapshotDelete(a, VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN |
                                       VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY));
    g_assert_cmpint(virDomainHasCurrentSnapshot(host->dom, 0), ==, 0);
    /* The child is of no use before its parent. */
    g_assert_null(virDomainSnapshotCreateXML(host->dom, texts[1],
                                             VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE));
    assertError(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_INVALID_ARG);
    for (int i = 0; i < 2; i++) {
        again = virDomainSnapshotCreateXML(host->dom, texts[i],
                                           VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE |
                                           (i ? VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT : 0));
        g_assert_nonnull(again);
        virDomainSnapshotFree(again);
    }
    g_assert_cmpint(virDomainSnapshotIsCurrent(b, 0), ==, 1);
    parent = virDomainSnapshotGetParent(b, 0);
    g_assert_cmpstr(virDomainSnapshotGetName(parent), ==, "a");
    virDomainSnapshotFree(parent);
    cycle = g_strdup("<domainsnapshot><name>a</name><state>running</state>"
                     "<parent><name>b</name></parent><creationTime>5</creationTime>"
                     "</domainsnapshot>");
    g_assert_null(virDomainSnapshotCreateXML(host->dom, cycle,
                                             VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE));
    assertMessage(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_INVALID_ARG, "cycle");
    /* A snapshot of another domain. */
    g_assert_null(virDomainSnapshotCreateXML(host->off, texts[0],
                                             VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE));
    assertError(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_INVALID_ARG);
    /* Without a definition there is nothing to go back to. */
    again = virDomainSnapshotCreateXML(host->dom, "<domainsnapshot><name>c</name>"
                                       "<state>running</state><creationTime>5</creationTime>"
                                       "</domainsnapshot>", VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE);
    g_assert_nonnull(again);
    g_assert_cmpint(virDomainRevertToSnapshot(again, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_SNAPSHOT_REVERT_RISKY);
    assertDone(virDomainRevertToSnapshot(again, VIR_DOMAIN_SNAPSHOT_REVERT_FORCE));
    virDomainSnapshotFree(again);
    free(texts[0]);
    free(texts[1]);
    virDomainSnapshotFree(a);
    virDomainSnapshotFree(b);
}

static void
testUndefine(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainSnapshotFree(take(host->off, "a", 0));
    g_assert_cmpint(virConnectListAllDomains(host->conn, NULL,
                                             VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT), ==, 1);
    g_assert_cmpint(virDomainUndefine(host->off), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "1 snapshots");
    assertDone(virDomainUndefineFlags(host->off, VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA));
    g_assert_null(virDomainLookupByName(host->conn, "d2"));
}

static virDomainCheckpointPtr
mark(virDomainPtr dom, const char *name)
{
    g_autofree char *xml = g_strdup_printf("<domaincheckpoint><name>%s</name></domaincheckpoint>",
                                           name);
    virDomainCheckpointPtr checkpoint = virDomainCheckpointCreateXML(dom, xml, 0);

    if (!checkpoint)
        g_error("%s: %s", name, virGetLastErrorMessage());
    return checkpoint;
}

static void
testCheckpoints(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainCheckpointPtr a = mark(host->dom, "a"), b = mark(host->dom, "b"), again;
    char *text = virDomainCheckpointGetXMLDesc(b, VIR_DOMAIN_CHECKPOINT_XML_SIZE |
                                               VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN);

    g_assert_nonnull(strstr(text, "bitmap='b' size='"));
    free(text);
    g_assert_null(virDomainCheckpointCreateXML(host->off, "<domaincheckpoint/>", 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    text = virDomainCheckpointGetXMLDesc(b, 0);
    assertDone(virDomainCheckpointDelete(b, 0));
    again = virDomainCheckpointCreateXML(host->dom, text, VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE);
    g_assert_nonnull(again);
    virDomainCheckpointFree(again);
    g_assert_null(virDomainCheckpointCreateXML(host->off, text,
                                               VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE));
    assertError(VIR_FROM_DOMAIN_CHECKPOINT, VIR_ERR_INVALID_ARG);
    free(text);
    g_assert_cmpint(virConnectListAllDomains(host->conn, NULL,
                                             VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT), ==, 1);
    assertDone(virDomainDestroy(host->dom));
    g_assert_cmpint(virDomainUndefine(host->dom), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "2 checkpoints");
    assertDone(virDomainUndefineFlags(host->dom, VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA));
    virDomainCheckpointFree(a);
    virDomainCheckpointFree(b);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("revert", testRevert);
    ADD("revert-transient", testTransient);
    ADD("overlay", testOverlay);
    ADD("redefine", testRedefine);
    ADD("undefine-snapshots", testUndefine);
    ADD("checkpoints", testCheckpoints);
    return g_test_run();
}
