/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest of a domain: what it is asked through an agent, and what reaches it from outside. */

#include "drivers/domain.h"

static void
testNames(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    char *name = virDomainGetHostname(host->dom, VIR_DOMAIN_GET_HOSTNAME_AGENT);

    g_assert_cmpstr(name, ==, "testhost");
    free(name);
    g_assert_null(virDomainGetHostname(host->off, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
}

static void
hearClock(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, long long offset,
          void *opaque)
{
    *(long long *) opaque = offset;
}

static void
testClock(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    long long seconds, heard = 0, now = g_get_real_time() / G_USEC_PER_SEC;
    unsigned int nseconds;

    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_RTC_CHANGE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearClock), &heard,
                                                NULL));
    assertDone(virDomainGetTime(host->dom, &seconds, &nseconds, 0));
    g_assert_cmpint(seconds, >=, now);
    assertDone(virDomainSetTime(host->dom, 1000, 0, 0));
    assertDone(virDomainGetTime(host->dom, &seconds, &nseconds, 0));
    g_assert_cmpint(seconds, >=, 1000);
    g_assert_cmpint(seconds, <, 1000 + 600);
    assertEvents(host, "");
    g_assert_cmpint(heard, <, -1000);
    assertDone(virDomainSetTime(host->dom, 0, 0, VIR_DOMAIN_TIME_SYNC));
    assertDone(virDomainGetTime(host->dom, &seconds, &nseconds, 0));
    g_assert_cmpint(seconds, >=, now);
    g_assert_cmpint(virDomainSetTime(host->dom, G_MAXINT64, 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    /* A guest that boots reads the clock of its machine. */
    assertDone(virDomainSetTime(host->dom, 1000, 0, 0));
    assertDone(virDomainReset(host->dom, 0));
    assertDone(virDomainGetTime(host->dom, &seconds, &nseconds, 0));
    g_assert_cmpint(seconds, >=, now);
}

static void
testFilesystems(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    const char *points[] = { "/boot", "/" };
    virDomainFSInfoPtr *info;

    g_assert_cmpint(virDomainGetFSInfo(host->dom, &info, 0), ==, 2);
    g_assert_cmpstr(info[1]->mountpoint, ==, "/boot");
    g_assert_cmpstr(info[1]->name, ==, "vda2");
    g_assert_cmpstr(info[1]->devAlias[0], ==, "vda");
    virDomainFSInfoFree(info[0]);
    virDomainFSInfoFree(info[1]);
    free(info);
    g_assert_cmpint(virDomainFSFreeze(host->dom, points, 1, 0), ==, 1);
    g_assert_cmpint(virDomainFSFreeze(host->dom, NULL, 0, 0), ==, 1);
    g_assert_cmpint(virDomainFSFreeze(host->dom, NULL, 0, 0), ==, 0);
    g_assert_cmpint(virDomainFSThaw(host->dom, points, 2, 0), ==, 2);
    points[0] = "/zz";
    g_assert_cmpint(virDomainFSFreeze(host->dom, points, 2, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainFSThaw(host->dom, NULL, 0, 0), ==, 0);
    g_assert_cmpint(virDomainFSTrim(host->dom, "/zz", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainCreate(host->off));
    g_assert_cmpint(virDomainGetFSInfo(host->off, &info, 0), ==, 0);
    free(info);
}

static void
testKeys(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    const char *keys[] = { "ssh-rsa A", "ssh-rsa B", "two\nlines" };
    char **seen;

    assertDone(virDomainSetUserPassword(host->dom, "root", "secret", 0));
    g_assert_cmpint(virDomainAuthorizedSSHKeysGet(host->dom, "root", &seen, 0), ==, 0);
    free(seen);
    assertDone(virDomainAuthorizedSSHKeysSet(host->dom, "root", keys, 1, 0));
    assertDone(virDomainAuthorizedSSHKeysSet(host->dom, "root", keys, 2,
                                             VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND));
    g_assert_cmpint(virDomainAuthorizedSSHKeysGet(host->dom, "root", &seen, 0), ==, 2);
    g_assert_cmpstr(seen[1], ==, "ssh-rsa B");
    g_strfreev(seen);
    assertDone(virDomainAuthorizedSSHKeysSet(host->dom, "root", keys, 1,
                                             VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE));
    g_assert_cmpint(virDomainAuthorizedSSHKeysGet(host->dom, "root", &seen, 0), ==, 1);
    g_strfreev(seen);
    g_assert_cmpint(virDomainAuthorizedSSHKeysSet(host->dom, "root", keys, 3, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testVcpus(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameterPtr params;
    unsigned int nparams;
    const char *text;

    assertDone(virDomainSetGuestVcpus(host->dom, "1", 0, 0));
    assertDone(virDomainGetGuestVcpus(host->dom, &params, &nparams, 0));
    g_assert_cmpint(virTypedParamsGetString(params, (int) nparams, "vcpus", &text), ==, 1);
    g_assert_cmpstr(text, ==, "0-1");
    g_assert_cmpint(virTypedParamsGetString(params, (int) nparams, "online", &text), ==, 1);
    g_assert_cmpstr(text, ==, "0");
    virTypedParamsFree(params, (int) nparams);
    g_assert_cmpint(virDomainSetGuestVcpus(host->dom, "0", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainSetGuestVcpus(host->dom, "2", 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainSetGuestVcpus(host->dom, "zz", 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testInfo(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameterPtr params;
    const char *text;
    int nparams;

    assertDone(virDomainGetGuestInfo(host->dom, 0, &params, &nparams, 0));
    g_assert_cmpint(virTypedParamsGetString(params, nparams, "hostname", &text), ==, 1);
    g_assert_cmpstr(text, ==, "testhost");
    g_assert_cmpint(virTypedParamsGetString(params, nparams, "fs.1.mountpoint", &text), ==, 1);
    g_assert_cmpint(virTypedParamsGetString(params, nparams, "os.machine", &text), ==, 1);
    g_assert_cmpstr(text, ==, "i686");
    virTypedParamsFree(params, nparams);
    assertDone(virDomainGetGuestInfo(host->dom, VIR_DOMAIN_GUEST_INFO_TIMEZONE, &params, &nparams,
                                     0));
    g_assert_cmpint(nparams, ==, 2);
    virTypedParamsFree(params, nparams);
    g_assert_cmpint(virDomainGetGuestInfo(host->dom, VIR_DOMAIN_GUEST_INFO_LOAD, &params, &nparams,
                                          0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
    assertDone(virDomainAgentSetResponseTimeout(host->dom, 5, 0));
    g_assert_cmpint(virDomainAgentSetResponseTimeout(host->dom, -9, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
hearReboot(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, void *opaque)
{
    g_string_append(opaque, "rebooted; ");
}

static void
testInput(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    unsigned int keys[] = { 29, 56, 111 };
    g_autofree char *xml = documentOf("d3", "33333333-2222-3333-4444-555555555555",
                                      "<on_crash>preserve</on_crash>"
                                      "<devices><panic model='isa'/></devices>");
    virDomainPtr fragile = virDomainCreateXML(host->conn, xml, 0);

    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_REBOOT,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearReboot),
                                                host->events, NULL));
    assertDone(virDomainSendKey(host->dom, VIR_KEYCODE_SET_LINUX, 0, keys, 2, 0));
    assertDone(virDomainSendKey(host->dom, VIR_KEYCODE_SET_LINUX, 0, keys, 3, 0));
    keys[0] = 1000;
    g_assert_cmpint(virDomainSendKey(host->dom, VIR_KEYCODE_SET_LINUX, 0, keys, 3, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    assertDone(virDomainInjectNMI(host->dom, 0));
    assertState(host->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_UNKNOWN);
    assertDone(virDomainInjectNMI(fragile, 0));
    assertState(fragile, VIR_DOMAIN_CRASHED, VIR_DOMAIN_CRASHED_PANICKED);
    assertEvents(host, "started 0 d3; rebooted; crashed 0 d3; ");
    assertDone(virDomainDestroy(fragile));
    virDomainFree(fragile);
    assertDone(virDomainSendProcessSignal(host->dom, 1, VIR_DOMAIN_PROCESS_SIGNAL_HUP, 0));
    g_assert_cmpint(virDomainSendProcessSignal(host->dom, 2, VIR_DOMAIN_PROCESS_SIGNAL_HUP, 0), ==,
                    -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testEyes(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virStreamPtr stream = virStreamNew(host->conn, 0);
    unsigned char bytes[4];
    char picture[8192];
    char *type;
    int got, all = 0;

    assertDone(virDomainMemoryPeek(host->dom, 254, 4, bytes, VIR_MEMORY_PHYSICAL));
    g_assert_cmpint(memcmp(bytes, "\xfe\xff\x00\x01", 4), ==, 0);
    type = virDomainScreenshot(host->dom, stream, 0, 0);
    g_assert_cmpstr(type, ==, "image/png");
    free(type);
    got = virStreamRecv(stream, picture, 8);
    g_assert_cmpint(got, ==, 8);
    g_assert_cmpint(memcmp(picture, "\x89PNG\r\n\x1a\n", 8), ==, 0);
    while ((got = virStreamRecv(stream, picture, sizeof(picture))) > 0)
        all += got;
    g_assert_cmpint(got, ==, 0);
    g_assert_cmpint(all, >, 320 * 200);
    /* A stream carries one transfer. */
    g_assert_null(virDomainScreenshot(host->dom, stream, 0, 0));
    assertError(VIR_FROM_STREAMS, VIR_ERR_OPERATION_INVALID);
    assertDone(virStreamFinish(stream));
    virStreamFree(stream);
}

static void
testActions(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virSecurityLabel label;
    virSecurityLabelPtr labels;
    char **messages;

    assertDone(virDomainSetLifecycleAction(host->dom, VIR_DOMAIN_LIFECYCLE_REBOOT,
                                           VIR_DOMAIN_LIFECYCLE_ACTION_DESTROY, 0));
    assertDone(virDomainGetSecurityLabel(host->dom, &label));
    g_assert_cmpstr(label.label, ==, "libvirt-test");
    g_assert_cmpint(virDomainGetSecurityLabelList(host->dom, &labels), ==, 1);
    free(labels);
    g_assert_cmpint(virDomainGetMessages(host->dom, &messages, 0), ==, 0);
    free(messages);
    assertDone(virDomainReboot(host->dom, 0));
    assertState(host->dom, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SHUTDOWN);
    assertDone(virDomainGetSecurityLabel(host->dom, &label));
    g_assert_cmpstr(label.label, ==, "");
    g_assert_cmpint(virDomainSetLifecycleAction(host->dom, VIR_DOMAIN_LIFECYCLE_POWEROFF,
                                                VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_RESTART, 0),
                    ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED);
}

static void
testAddresses(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d3", "33333333-2222-3333-4444-555555555555", "<devices>"
                                      "<interface type='bridge'><source bridge='b'/></interface>"
                                      "<interface type='network'><source network='nope'/>"
                                      "</interface></devices>");
    virDomainPtr lost = virDomainCreateXML(host->conn, xml, 0);
    virDomainInterfacePtr *list;

    g_assert_cmpint(virDomainInterfaceAddresses(host->dom, &list,
                                                VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, 0), ==,
                    1);
    g_assert_cmpstr(list[0]->name, ==, "testnet0");
    g_assert_cmpstr(list[0]->hwaddr, ==, "aa:bb:cc:dd:ee:ff");
    g_assert_cmpuint(list[0]->naddrs, ==, 1);
    g_assert_cmpstr(list[0]->addrs[0].addr, ==, "192.168.122.3");
    g_assert_cmpuint(list[0]->addrs[0].prefix, ==, 24);
    virDomainInterfaceFree(list[0]);
    free(list);
    g_assert_cmpint(virDomainInterfaceAddresses(lost, &list, 0, 0), ==, -1);
    g_assert_cmpint(virGetLastError()->code, ==, VIR_ERR_NO_NETWORK);
    assertDone(virDomainDestroy(lost));
    virDomainFree(lost);
    g_assert_cmpint(virDomainInterfaceAddresses(host->dom, &list, 9, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_ARGUMENT_UNSUPPORTED);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("names", testNames);
    ADD("clock", testClock);
    ADD("filesystems", testFilesystems);
    ADD("keys", testKeys);
    ADD("guest-vcpus", testVcpus);
    ADD("guest-info", testInfo);
    ADD("input", testInput);
    ADD("eyes", testEyes);
    ADD("actions", testActions);
    ADD("addresses", testAddresses);
    return g_test_run();
}
