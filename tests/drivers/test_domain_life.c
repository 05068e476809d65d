/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The life of domains: starts, ends, pauses and reboots with every flag, definitions, names. */

#include <fcntl.h>
#include <unistd.h>

#include "drivers/domain.h"

static void
testPause(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    assertDone(virDomainSuspend(host->dom));
    assertState(host->dom, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    g_assert_cmpint(virDomainSuspend(host->dom), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "not running");
    assertDone(virDomainResume(host->dom));
    assertState(host->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_UNPAUSED);
    g_assert_cmpint(virDomainResume(host->off), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    assertEvents(host, "suspended 0 test; resumed 0 test; ");
}

static void
testStartPaused(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    assertDone(virDomainCreateWithFlags(host->off, VIR_DOMAIN_START_PAUSED));
    assertState(host->off, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    g_assert_cmpuint(virDomainGetID(host->off), ==, 2);
    assertEvents(host, "started 0 d2; suspended 0 d2; ");
    g_assert_cmpint(virDomainCreate(host->off), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    g_assert_cmpint(virDomainCreateWithFlags(host->off, VIR_DOMAIN_START_RESET_NVRAM), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testAutodestroy(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virConnectPtr other = mustOpen("test:///default");
    virDomainPtr theirs = virDomainLookupByName(other, "d2");
    g_autofree char *xml = documentOf("d3", "33333333-2222-3333-4444-555555555555", "");
    virDomainPtr transient;

    assertDone(virDomainCreateWithFlags(theirs, VIR_DOMAIN_START_AUTODESTROY));
    transient = virDomainCreateXML(other, xml, VIR_DOMAIN_START_AUTODESTROY);
    g_assert_nonnull(transient);
    g_assert_cmpint(virConnectNumOfDomains(host->conn), ==, 3);
    virDomainFree(theirs);
    virDomainFree(transient);
    g_assert_cmpint(virConnectClose(other), ==, 0);
    g_assert_cmpint(virConnectNumOfDomains(host->conn), ==, 1);
    assertState(host->off, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_DESTROYED);
    assertEvents(host, "started 0 d2; started 0 d3; stopped 1 d2; stopped 1 d3; ");
    g_assert_null(virDomainLookupByName(host->conn, "d3"));
}

static void
testFiles(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    int ends[2], closed[1];
    char byte;

    g_assert_cmpint(pipe(ends), ==, 0);
    assertDone(virDomainCreateWithFiles(host->off, 1, &ends[1], 0));
    close(ends[1]);
    g_assert_cmpint(fcntl(ends[0], F_SETFL, O_NONBLOCK), ==, 0);
    /* The guest holds the other end, until it stops. */
    g_assert_cmpint(read(ends[0], &byte, 1), ==, -1);
    assertDone(virDomainDestroy(host->off));
    g_assert_cmpint(read(ends[0], &byte, 1), ==, 0);
    closed[0] = ends[0];
    close(ends[0]);
    g_assert_cmpint(virDomainCreateWithFiles(host->off, 1, closed, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_SYSTEM_ERROR);
    assertState(host->off, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_DESTROYED);
}

static void
testEnds(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    static const unsigned int ways[] = {
        0, VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN, VIR_DOMAIN_SHUTDOWN_GUEST_AGENT,
        VIR_DOMAIN_SHUTDOWN_PARAVIRT,
        VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN | VIR_DOMAIN_SHUTDOWN_GUEST_AGENT,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        assertDone(virDomainCreate(host->off));
        assertDone(virDomainShutdownFlags(host->off, ways[i]));
        assertState(host->off, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SHUTDOWN);
        g_assert_cmpuint(virDomainGetID(host->off), ==, (unsigned int) -1);
        assertEvents(host, "started 0 d2; stopped 0 d2; ");
    }
    assertDone(virDomainCreate(host->off));
    g_assert_cmpint(virDomainShutdownFlags(host->off, VIR_DOMAIN_SHUTDOWN_SIGNAL), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertState(host->off, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED);
    assertDone(virDomainDestroyFlags(host->off, VIR_DOMAIN_DESTROY_GRACEFUL));
    assertState(host->off, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_DESTROYED);
    assertEvents(host, "started 0 d2; stopped 1 d2; ");
}

static void
hearReboot(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, void *opaque)
{
    (*(int *) opaque)++;
}

static void
testReboot(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d3", "33333333-2222-3333-4444-555555555555",
                                      "<on_reboot>destroy</on_reboot>");
    virDomainPtr other = virDomainCreateXML(host->conn, xml, 0);
    int reboots = 0;

    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_REBOOT,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearReboot), &reboots,
                                                NULL));
    assertDone(virDomainReboot(host->dom, VIR_DOMAIN_REBOOT_GUEST_AGENT));
    assertState(host->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED);
    assertDone(virDomainReset(host->dom, 0));
    assertDone(virDomainReboot(other, 0));
    assertEvents(host, "started 0 d3; stopped 0 d3; ");
    g_assert_cmpint(reboots, ==, 3);
    /* It was transient. */
    g_assert_cmpint(virDomainIsActive(other), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN);
    g_assert_cmpint(virDomainReboot(host->off, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    virDomainFree(other);
}

static void
testDefinitions(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d2", TEST_UUID, "<title>two</title>");
    virDomainPtr again;
    char *text;

    g_assert_cmpint(virDomainIsUpdated(host->off), ==, 0);
    assertDone(virDomainCreate(host->off));
    again = virDomainDefineXML(host->conn, xml);
    g_assert_nonnull(again);
    virDomainFree(again);
    /* What runs is as it was; what starts next is not. */
    g_assert_cmpint(virDomainIsUpdated(host->off), ==, 1);
    text = virDomainGetXMLDesc(host->off, 0);
    g_assert_null(strstr(text, "<title>"));
    free(text);
    text = virDomainGetXMLDesc(host->off, VIR_DOMAIN_XML_INACTIVE);
    g_assert_nonnull(strstr(text, "<title>two</title>"));
    g_assert_null(strstr(text, "id='"));
    free(text);
    assertDone(virDomainDestroy(host->off));
    g_assert_cmpint(virDomainIsUpdated(host->off), ==, 0);
    text = virDomainGetXMLDesc(host->off, 0);
    g_assert_nonnull(strstr(text, "<title>two</title>"));
    free(text);
    assertEvents(host, "started 0 d2; defined 1 d2; stopped 1 d2; ");
}

static void
testTransient(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d3", "33333333-2222-3333-4444-555555555555", "");
    g_autofree char *clash = documentOf("d3", "44444444-2222-3333-4444-555555555555", "");
    virDomainPtr dom = virDomainCreateXML(host->conn, xml, VIR_DOMAIN_START_PAUSED);

    g_assert_nonnull(dom);
    assertState(dom, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    g_assert_cmpint(virDomainIsPersistent(dom), ==, 0);
    g_assert_null(virDomainCreateXML(host->conn, xml, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_null(virDomainCreateXML(host->conn, clash, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED);
    g_assert_cmpint(virDomainUndefine(dom), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainSetAutostart(dom, 1), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainDestroy(dom));
    g_assert_cmpint(virDomainGetState(dom, NULL, NULL, 0), ==, -1);
    virDomainFree(dom);
    /* A running domain without its definition is transient, and gone when it stops. */
    assertDone(virDomainUndefineFlags(host->dom, VIR_DOMAIN_UNDEFINE_KEEP_NVRAM));
    g_assert_cmpint(virDomainIsPersistent(host->dom), ==, 0);
    assertDone(virDomainDestroy(host->dom));
    g_assert_null(virDomainLookupByName(host->conn, "test"));
    assertEvents(host, "started 0 d3; suspended 0 d3; stopped 1 d3; undefined 0 test; "
                       "stopped 1 test; ");
}

static void
testKeepsDefinition(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d2", TEST_UUID, "<title>once</title>");
    g_autofree char *clash = documentOf("test", TEST_UUID, "");
    virDomainPtr dom;
    char *text;

    g_assert_null(virDomainCreateXML(host->conn, clash, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED);
    g_assert_cmpint(virDomainIsPersistent(host->off), ==, 1);
    dom = virDomainCreateXML(host->conn, xml, 0);
    g_assert_nonnull(dom);
    g_assert_cmpint(virDomainIsPersistent(dom), ==, 1);
    assertDone(virDomainDestroy(dom));
    text = virDomainGetXMLDesc(dom, 0);
    g_assert_null(strstr(text, "<title>"));
    free(text);
    virDomainFree(dom);
}

static void
testRename(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr found;

    g_assert_cmpint(virDomainRename(host->dom, "new", 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainRename(host->off, "test", 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainRename(host->off, "a/b", 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_XML_ERROR);
    assertDone(virDomainRename(host->off, "d9", 0));
    g_assert_null(virDomainLookupByName(host->conn, "d2"));
    found = virDomainLookupByName(host->conn, "d9");
    g_assert_nonnull(found);
    virDomainFree(found);
    assertEvents(host, "undefined 1 d2; defined 2 d9; ");
}

static void
testAutostart(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    int value = -1;

    assertDone(virDomainSetAutostart(host->off, 1));
    assertDone(virDomainGetAutostart(host->off, &value));
    g_assert_cmpint(value, ==, 1);
    assertDone(virDomainGetAutostartOnce(host->off, &value));
    g_assert_cmpint(value, ==, 0);
    assertDone(virDomainSetAutostartOnce(host->off, 1));
    assertDone(virDomainGetAutostartOnce(host->off, &value));
    g_assert_cmpint(value, ==, 1);
    g_assert_cmpint(virConnectListAllDomains(host->conn, NULL, VIR_CONNECT_LIST_DOMAINS_AUTOSTART),
                    ==, 1);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("pause", testPause);
    ADD("start-paused", testStartPaused);
    ADD("autodestroy", testAutodestroy);
    ADD("files", testFiles);
    ADD("ends", testEnds);
    ADD("reboot", testReboot);
    ADD("definitions", testDefinitions);
    ADD("transient", testTransient);
    ADD("keeps-definition", testKeepsDefinition);
    ADD("rename", testRename);
    ADD("autostart", testAutostart);
    return g_test_run();
}
