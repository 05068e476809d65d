/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sleep of guests, thresholds of their disks, associated descriptors, and the native form. */

#include <fcntl.h>
#include <unistd.h>

#include "drivers/domain.h"

#define GUEST "99999999-2222-3333-4444-888888888888"

static void
hearOfSleep(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, int reason,
            void *opaque)
{
    g_string_append_printf(opaque, "sleep %d; ", reason);
}

static void
hearOfWaking(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, int reason,
             void *opaque)
{
    g_string_append_printf(opaque, "wake %d; ", reason);
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

static void
testSleep(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = host->dom;

    assertDone(virConnectDomainEventRegisterAny(host->conn, dom, VIR_DOMAIN_EVENT_ID_PMSUSPEND,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearOfSleep),
                                                host->events, NULL));
    assertDone(virConnectDomainEventRegisterAny(host->conn, dom,
                                                VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearOfSleep),
                                                host->events, NULL));
    assertDone(virConnectDomainEventRegisterAny(host->conn, dom, VIR_DOMAIN_EVENT_ID_PMWAKEUP,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearOfWaking),
                                                host->events, NULL));
    assertEvents(host, "");
    g_assert_cmpint(virDomainPMWakeup(dom, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainPMSuspendForDuration(dom, VIR_NODE_SUSPEND_TARGET_MEM, 0, 0));
    assertState(dom, VIR_DOMAIN_PMSUSPENDED, VIR_DOMAIN_PMSUSPENDED_UNKNOWN);
    assertEvents(host, "sleep 0; pmsuspended 0 test; ");
    g_assert_cmpint(virDomainResume(dom), ==, -1);
    g_assert_cmpint(virDomainPMSuspendForDuration(dom, VIR_NODE_SUSPEND_TARGET_MEM, 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_AGENT_UNRESPONSIVE);
    assertDone(virDomainPMWakeup(dom, 0));
    assertState(dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_WAKEUP);
    assertEvents(host, "wake 0; started 4 test; ");
    /* An alarm wakes it, too. */
    assertDone(virDomainPMSuspendForDuration(dom, VIR_NODE_SUSPEND_TARGET_HYBRID, 1, 0));
    assertHears(host, "sleep 0; pmsuspended 0 test; wake 0; started 4 test; ");
    assertDone(virDomainPMSuspendForDuration(dom, VIR_NODE_SUSPEND_TARGET_DISK, 0, 0));
    assertState(dom, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SHUTDOWN);
    assertEvents(host, "sleep 0; pmsuspended 1 test; stopped 0 test; ");
    g_assert_cmpint(virDomainPMSuspendForDuration(dom, 7, 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainPMWakeup(host->off, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
}

/* A guest whose machine cannot sleep does not. */
static void
testSleepless(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("guest", GUEST, "<pm><suspend-to-mem enabled='no'/></pm>");
    virDomainPtr dom = virDomainCreateXML(host->conn, xml, 0);

    g_assert_nonnull(dom);
    g_assert_cmpint(virDomainPMSuspendForDuration(dom, VIR_NODE_SUSPEND_TARGET_MEM, 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
    /* One that nobody defined is gone once it sleeps on its disk. */
    assertDone(virDomainPMSuspendForDuration(dom, VIR_NODE_SUSPEND_TARGET_DISK, 0, 0));
    g_assert_cmpint(virDomainIsActive(dom), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN);
    virDomainFree(dom);
}

static void
hearOfThreshold(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, const char *dev,
                const char *path, unsigned long long threshold,
                unsigned long long excess G_GNUC_UNUSED, void *opaque)
{
    g_string_append_printf(opaque, "%s %s %llu; ", dev, path, threshold);
}

static void
testThreshold(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = host->dom;

    assertDone(virConnectDomainEventRegisterAny(host->conn, dom,
                                                VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearOfThreshold),
                                                host->events, NULL));
    /* The guest starts anew, and has written nothing. */
    assertDone(virDomainDestroy(dom));
    assertDone(virDomainCreateWithFlags(dom, VIR_DOMAIN_START_PAUSED));
    assertEvents(host, "stopped 1 test; started 0 test; suspended 0 test; ");
    assertDone(virDomainSetBlockThreshold(dom, "vda", 1024 * 1024, 0));
    assertDone(virDomainSetBlockThreshold(dom, "vda", 40960, 0));
    g_usleep(150000);
    assertEvents(host, "");
    assertDone(virDomainResume(dom));
    assertHears(host, "resumed 0 test; vda /guest/diskimage1 40960; ");
    /* It was told once; one that is taken back is not told at all. */
    assertDone(virDomainSetBlockThreshold(dom, "vda", 1ULL << 40, 0));
    assertDone(virDomainSetBlockThreshold(dom, "vda", 0, 0));
    assertEvents(host, "");
    g_assert_cmpint(virDomainSetBlockThreshold(dom, "vdx", 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainSetBlockThreshold(host->off, "vda", 1, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
}

static void
testDescriptors(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml =
        documentOf("guest", GUEST, "<devices><disk type='file'><source file='/x' fdgroup='mine'/>"
                   "<target dev='vda' bus='virtio'/></disk></devices>");
    virDomainPtr dom = virDomainDefineXML(host->conn, xml);
    virConnectPtr other;
    virDomainPtr theirs;
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

    g_assert_nonnull(dom);
    g_assert_cmpint(virDomainCreate(dom), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainFDAssociate(dom, "mine", 1, &fd,
                                         VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    /* What a connection brought goes with it. */
    other = mustOpen("test:///default");
    theirs = virDomainLookupByName(other, "guest");
    assertDone(virDomainFDAssociate(theirs, "mine", 1, &fd, 0));
    virDomainFree(theirs);
    g_assert_cmpint(virConnectClose(other), ==, 0);
    g_assert_cmpint(virDomainCreate(dom), ==, -1);
    assertDone(virDomainFDAssociate(dom, "mine", 1, &fd, 0));
    close(fd);
    assertDone(virDomainCreate(dom));
    assertDone(virDomainDestroy(dom));
    virDomainFree(dom);
}

static void
testNative(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    char *xml = virDomainGetXMLDesc(host->dom, VIR_DOMAIN_XML_INACTIVE);
    char *native = virConnectDomainXMLToNative(host->conn, "test-conf", xml, 0);
    char *back, *again;

    g_assert_cmpstr(native, ==, "[domain]\nname=test\n"
                    "uuid=6695eb01-f6a4-8304-79aa-97f2502e193f\nmemory=8388608\nvcpus=2\n\n"
                    "[disk vda]\nsource=/guest/diskimage1\nbus=virtio\ndevice=disk\n\n"
                    "[interface aa:bb:cc:dd:ee:ff]\nnetwork=default\n");
    back = virConnectDomainXMLFromNative(host->conn, "test-conf", native, 0);
    g_assert_nonnull(back);
    again = virConnectDomainXMLToNative(host->conn, "test-conf", back, 0);
    g_assert_cmpstr(again, ==, native);
    free(again);
    free(back);
    free(native);
    g_assert_null(virConnectDomainXMLToNative(host->conn, "xen-xl", xml, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_null(virConnectDomainXMLFromNative(host->conn, "test-conf", "no group", 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_null(virConnectDomainXMLFromNative(host->conn, "test-conf",
                                                "[domain]\nname=a\nmemory=5\n[disc x]\n", 0));
    assertMessage(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "[disc x]");
    /* What would be markup stays text. */
    back = virConnectDomainXMLFromNative(host->conn, "test-conf",
                                         "[domain]\nname=a<b\nmemory=5\nvcpus=1\n", 0);
    g_assert_nonnull(back);
    g_assert_nonnull(strstr(back, "<name>a&lt;b</name>"));
    free(back);
    free(xml);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("power/sleep", testSleep);
    ADD("power/sleepless", testSleepless);
    ADD("power/threshold", testThreshold);
    ADD("power/descriptors", testDescriptors);
    ADD("power/native", testNative);
    return g_test_run();
}
