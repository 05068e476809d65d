/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hosts of the test hypervisor that are described in a file, and what goes wrong on them. */

#include "drivers/node_file.h"

#define SPACE " xmlns:test='http://libvirt.org/schemas/domain/test/1.0'"
#define DOMAIN(name, inside) \
    "<domain type='test'" SPACE "><name>" name "</name><memory>1000</memory>" \
    "<os><type>hvm</type></os>" inside "</domain>"

/* The host cannot be opened, and the error says in which file and where. */
static void
assertRefused(const char *document, int domain, int code, const char *part)
{
    g_autofree char *uri = NULL;

    writeNodeFile("wrong.xml", document);
    uri = nodeURI("wrong.xml");
    virSetErrorFunc(NULL, ignoreError);
    g_assert_null(virConnectOpen(uri));
    assertMessage(domain, code, part);
    g_assert_nonnull(strstr(virGetLastErrorMessage(), ".xml"));
}

static void
testEmpty(void)
{
    virConnectPtr conn = mustOpenNode("<node/>");
    virNodeInfo info;

    assertDone(virNodeGetInfo(conn, &info));
    g_assert_cmpuint(info.cpus, ==, 16);
    g_assert_cmpint(virConnectListAllDomains(conn, NULL, 0), ==, 0);
    g_assert_cmpint(virConnectListAllNetworks(conn, NULL, 0), ==, 0);
    g_assert_cmpint(virConnectListAllStoragePools(conn, NULL, 0), ==, 0);
    virConnectClose(conn);
}

static void
testMachine(void)
{
    virConnectPtr conn = mustOpenNode(
        "<node><cpu><nodes>4</nodes><sockets>1</sockets><cores>3</cores><threads>2</threads>"
        "<active>5</active><mhz>6000</mhz><model>odd</model></cpu><memory>8001</memory></node>");
    unsigned long long cells[4];
    unsigned int online = 0;
    virNodeInfo info;
    char *text = virConnectGetCapabilities(conn);

    assertDone(virNodeGetInfo(conn, &info));
    g_assert_cmpstr(info.model, ==, "odd");
    g_assert_cmpuint(info.cpus, ==, 5);
    g_assert_cmpuint(info.mhz, ==, 6000);
    g_assert_cmpuint(info.memory, ==, 8001);
    g_assert_cmpint(virNodeGetCPUMap(conn, NULL, &online, 0), ==, 24);
    g_assert_cmpuint(online, ==, 5);
    g_assert_cmpint(virNodeGetCellsFreeMemory(conn, cells, 0, 9), ==, 4);
    g_assert_cmpuint(cells[0], ==, 2001);
    g_assert_cmpuint(cells[3], ==, 2000);
    g_assert_nonnull(strstr(text, "<cpu id='23' socket_id='3' die_id='0' core_id='2' "
                                  "siblings='22-23'/>"));
    free(text);
    virConnectClose(conn);
}

static void
assertState(virConnectPtr conn, const char *name, int state, int persistent, int autostart)
{
    virDomainPtr domain = virDomainLookupByName(conn, name);
    int found, reason = -1, own = -1;

    assertDone(virDomainGetState(domain, &found, &reason, 0));
    g_assert_cmpint(found, ==, state);
    g_assert_cmpint(reason, ==, 0);
    g_assert_cmpint(virDomainIsPersistent(domain), ==, persistent);
    assertDone(virDomainGetAutostart(domain, &own));
    g_assert_cmpint(own, ==, autostart);
    virDomainFree(domain);
}

static void
testDomains(void)
{
    virConnectPtr conn;
    virDomainPtr domain;

    writeNodeFile("d.xml", DOMAIN("filed", ""));
    conn = mustOpenNode("<node>" DOMAIN("plain", "")
                        DOMAIN("off", "<test:runstate>5</test:runstate><test:autostart/>")
                        DOMAIN("paused", "<test:runstate>3</test:runstate>")
                        DOMAIN("crashed", "<test:runstate>6</test:runstate>")
                        DOMAIN("passing", "<test:transient/>")
                        "<domain file='d.xml'/></node>");
    assertState(conn, "plain", VIR_DOMAIN_RUNNING, 1, 0);
    assertState(conn, "off", VIR_DOMAIN_SHUTOFF, 1, 1);
    assertState(conn, "paused", VIR_DOMAIN_PAUSED, 1, 0);
    assertState(conn, "crashed", VIR_DOMAIN_CRASHED, 1, 0);
    assertState(conn, "passing", VIR_DOMAIN_RUNNING, 0, 0);
    assertState(conn, "filed", VIR_DOMAIN_RUNNING, 1, 0);
    domain = virDomainLookupByName(conn, "passing");
    assertDone(virDomainDestroy(domain));
    virDomainFree(domain);
    g_assert_null(virDomainLookupByName(conn, "passing"));
    virConnectClose(conn);
}

static void
testManagedSave(void)
{
    virConnectPtr conn = mustOpenNode("<node>" DOMAIN(
        "saved", "<test:runstate>5</test:runstate><test:hasmanagedsave/>") "</node>");
    virDomainPtr domain = virDomainLookupByName(conn, "saved");

    g_assert_cmpint(virDomainIsActive(domain), ==, 0);
    g_assert_cmpint(virDomainHasManagedSaveImage(domain, 0), ==, 1);
    assertDone(virDomainCreate(domain));
    g_assert_cmpint(virDomainHasManagedSaveImage(domain, 0), ==, 0);
    virDomainFree(domain);
    virConnectClose(conn);
}

#define DISK "<devices><disk type='file'><source file='/x'/><target dev='vda' bus='virtio'/></disk>" \
    "</devices>"

static void
testDiskErrors(void)
{
    virConnectPtr conn = mustOpenNode("<node>" DOMAIN("a", DISK "<test:diskerror disk='vda' "
                                                      "error='no-space'/>") "</node>");
    virDomainPtr dom = virDomainLookupByName(conn, "a");
    virDomainDiskError errors[2];
    char **messages;

    g_assert_cmpint(virDomainGetDiskErrors(dom, errors, 2, 0), ==, 1);
    g_assert_cmpstr(errors[0].disk, ==, "vda");
    g_assert_cmpint(errors[0].error, ==, VIR_DOMAIN_DISK_ERROR_NO_SPACE);
    free(errors[0].disk);
    g_assert_cmpint(virDomainGetMessages(dom, &messages, VIR_DOMAIN_MESSAGE_IOERRORS), ==, 1);
    g_assert_nonnull(strstr(messages[0], "vda"));
    free(messages[0]);
    free(messages);
    /* More space, and it goes on. */
    assertDone(virDomainBlockResize(dom, "vda", 2ULL << 40, VIR_DOMAIN_BLOCK_RESIZE_BYTES));
    g_assert_cmpint(virDomainGetDiskErrors(dom, errors, 2, 0), ==, 0);
    virDomainFree(dom);
    virConnectClose(conn);
    assertRefused("<node>" DOMAIN("a", DISK "<test:diskerror disk='vdb'/>") "</node>",
                  VIR_FROM_TEST, VIR_ERR_XML_ERROR, "vdb");
}

static void
testPools(void)
{
    virConnectPtr conn;
    virStoragePoolPtr pool;
    virStorageVolPtr volume;
    virStoragePoolInfo info;

    writeNodeFile("v.xml", "<volume><name>filed</name><capacity>7</capacity></volume>");
    conn = mustOpenNode(
        "<node><pool type='dir' autostart='yes'><name>p</name><target><path>/p</path></target>"
        "<volume><name>v</name><key>k</key><capacity>5</capacity><target><path>/else/where</path>"
        "</target></volume><volume file='v.xml'/></pool>"
        "<pool type='dir' state='inactive'><name>q</name><target><path>/q</path></target></pool>"
        "<network transient='yes'><name>n</name></network>"
        "<network state='inactive'><name>m</name></network></node>");
    pool = virStoragePoolLookupByName(conn, "p");
    assertDone(virStoragePoolGetInfo(pool, &info));
    g_assert_cmpuint(info.allocation, ==, 12);
    virStoragePoolFree(pool);
    volume = virStorageVolLookupByPath(conn, "/else/where");
    g_assert_cmpstr(virStorageVolGetKey(volume), ==, "k");
    virStorageVolFree(volume);
    volume = virStorageVolLookupByKey(conn, "k");
    g_assert_cmpstr(virStorageVolGetName(volume), ==, "v");
    virStorageVolFree(volume);
    volume = virStorageVolLookupByPath(conn, "/p/filed");
    virStorageVolFree(volume);
    g_assert_cmpint(virConnectListAllStoragePools(conn, NULL,
                                                  VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART), ==, 1);
    g_assert_cmpint(virConnectNumOfDefinedStoragePools(conn), ==, 1);
    g_assert_cmpint(virConnectListAllNetworks(conn, NULL, VIR_CONNECT_LIST_NETWORKS_TRANSIENT), ==,
                    1);
    g_assert_cmpint(virConnectNumOfDefinedNetworks(conn), ==, 1);
    virConnectClose(conn);
}

static void
testShared(void)
{
    virConnectPtr one = mustOpenNode("<node>" DOMAIN("a", "") "</node>"), two;
    g_autofree char *uri = g_strdup_printf("test://%s/../%s/./node.xml", nodeFolder,
                                           strrchr(nodeFolder, '/') + 1);
    virDomainPtr domain = virDomainLookupByName(one, "a");

    two = mustOpen(uri);
    assertDone(virDomainDestroy(domain));
    g_assert_cmpint(virConnectNumOfDomains(two), ==, 0);
    virDomainFree(domain);
    virConnectClose(one);
    g_assert_cmpint(virConnectNumOfDomains(two), ==, 0);
    virConnectClose(two);
    /* With the last connection the host went; now it is as described again. */
    two = mustOpen(uri);
    g_assert_cmpint(virConnectNumOfDomains(two), ==, 1);
    virConnectClose(two);
}

static void
testRefused(void)
{
    writeNodeFile("bad.xml", "<domain type='test'>\n<name>x</name>\n<memory>lots</memory></domain>");
    assertRefused("<nod/>", VIR_FROM_XML, VIR_ERR_XML_ERROR, "wrong.xml: line 1, column 1: /nod");
    assertRefused("<node", VIR_FROM_TEST, VIR_ERR_XML_DETAIL, "line 1");
    assertRefused("", VIR_FROM_TEST, VIR_ERR_XML_DETAIL, "wrong.xml");
    assertRefused("<node>\n\n<domain/></node>", VIR_FROM_TEST, VIR_ERR_XML_ERROR, "line 3");
    assertRefused("<node>\n<domain file='nope.xml'/></node>", VIR_FROM_TEST, VIR_ERR_XML_ERROR,
                  "nope.xml");
    assertRefused("<node><domain file='bad.xml'/></node>", VIR_FROM_DOMAIN, VIR_ERR_XML_ERROR,
                  "bad.xml: line 3, column 1: /domain/memory");
    assertRefused("<node>\n<domain><name>a</name></domain></node>", VIR_FROM_DOMAIN,
                  VIR_ERR_XML_ERROR, "wrong.xml: line 2, column");
    assertRefused("<node>" DOMAIN("a", "<test:runstate>8</test:runstate>") "</node>",
                  VIR_FROM_TEST, VIR_ERR_XML_ERROR, "/domain/test:runstate");
    assertRefused("<node>" DOMAIN("a", "<test:transient/><test:runstate>5</test:runstate>")
                  "</node>", VIR_FROM_TEST, VIR_ERR_XML_ERROR, "transient");
    assertRefused("<node>" DOMAIN("a", "<test:hasmanagedsave/>") "</node>", VIR_FROM_TEST,
                  VIR_ERR_XML_ERROR, "saved");
    assertRefused("<node>" DOMAIN("a", "") DOMAIN("a", "") "</node>", VIR_FROM_DOMAIN,
                  VIR_ERR_OPERATION_FAILED, "'a'");
    assertRefused("<node><pool type='dir'><name>p</name><target><path>/p</path></target>\n"
                  "<volume><name>v</name></volume></pool></node>", VIR_FROM_STORAGE,
                  VIR_ERR_XML_ERROR, "/volume: element <capacity> is missing");
    assertRefused("<node><cpu><nodes>4294967295</nodes><sockets>4294967295</sockets><cores>"
                  "4294967295</cores></cpu></node>", VIR_FROM_TEST, VIR_ERR_XML_ERROR,
                  "16384 processors");
    assertRefused("<node><cpu><model>a model with a name of many bytes</model></cpu></node>",
                  VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "/node/cpu/model");
    assertRefused("<!DOCTYPE x [<!ENTITY a 'b'>]><node><memory>&a;</memory></node>",
                  VIR_FROM_TEST, VIR_ERR_XML_ERROR, "wrong.xml");
    g_assert_null(virConnectOpen("test:///nonexistent/node.xml"));
    assertMessage(VIR_FROM_TEST, VIR_ERR_XML_ERROR, "/nonexistent/node.xml");
    g_assert_null(virConnectOpen("test:///"));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static int
answer(virConnectCredentialPtr credentials, unsigned int count, void *opaque)
{
    const char *const *answers = opaque;

    for (unsigned int i = 0; i < count; i++) {
        const char *text = answers[credentials[i].type == VIR_CRED_PASSPHRASE];

        credentials[i].result = text ? strdup(text) : NULL;
        credentials[i].resultlen = text ? (unsigned int) strlen(text) : 0;
    }
    return 0;
}

/* Opens the last node document as somebody; the error's code, 0 on success. */
static int
openAs(const char *name, const char *password)
{
    int kinds[] = { VIR_CRED_AUTHNAME, VIR_CRED_PASSPHRASE };
    const char *answers[] = { name, password };
    virConnectAuth auth = { kinds, G_N_ELEMENTS(kinds), answer, answers };
    g_autofree char *uri = nodeURI("node.xml");
    virConnectPtr conn = virConnectOpenAuth(uri, &auth, 0);

    if (!conn)
        return virGetLastError()->code;
    virConnectClose(conn);
    return 0;
}

static void
testUsers(void)
{
    g_autofree char *uri = NULL;

    virSetErrorFunc(NULL, ignoreError);
    writeNodeFile("node.xml", "<node><auth><user password='pw'>bob</user><user>al</user></auth>"
                              "</node>");
    uri = nodeURI("node.xml");
    g_assert_null(virConnectOpen(uri));
    assertError(VIR_FROM_AUTH, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(openAs("bob", "pw"), ==, 0);
    g_assert_cmpint(openAs("bob", "no"), ==, VIR_ERR_AUTH_FAILED);
    g_assert_cmpint(openAs("al", NULL), ==, 0);
    g_assert_cmpint(openAs("eve", "pw"), ==, VIR_ERR_AUTH_FAILED);
    g_assert_cmpint(openAs(NULL, NULL), ==, VIR_ERR_AUTH_FAILED);
}

static void
testFaults(void)
{
    virConnectPtr conn = mustOpenNode(
        "<node>" DOMAIN("a", "")
        "<fault function='virDomainGetInfo' error='OPERATION_FAILED' message='so it is' after='1' "
        "times='2'/><fault function='NodeGetFreeMemory' error='no-memory'/>"
        "<fault function='ConnectGetHostname' error='internal_error'/>"
        "<fault function='DomainIsActive' delay='30'/></node>");
    virDomainPtr domain = virDomainLookupByName(conn, "a");
    virDomainInfo info;
    gint64 before;

    assertDone(virDomainGetInfo(domain, &info));
    for (int i = 0; i < 2; i++) {
        g_assert_cmpint(virDomainGetInfo(domain, &info), ==, -1);
        assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED, "so it is");
    }
    assertDone(virDomainGetInfo(domain, &info));
    g_assert_cmpuint(virNodeGetFreeMemory(conn), ==, 0);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_MEMORY);
    g_assert_null(virConnectGetHostname(conn));
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    before = g_get_monotonic_time();
    g_assert_cmpint(virDomainIsActive(domain), ==, 1);
    g_assert_cmpint(g_get_monotonic_time() - before, >=, 30000);
    virDomainFree(domain);
    virConnectClose(conn);
}

static int
count(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr domain G_GNUC_UNUSED, int event,
      int detail G_GNUC_UNUSED, void *opaque)
{
    int *counts = opaque;

    counts[event]++;
    return 0;
}

static void
onTimeout(int timer G_GNUC_UNUSED, void *opaque)
{
    *(bool *) opaque = true;
}

static void
testEvents(void)
{
    virConnectPtr conn = mustOpenNode(
        "<node>" DOMAIN("a", "") "<fault event='DomainEventLifecycle' deliver='0' times='1'/>"
        "<fault event='DomainEventLifecycle' deliver='2' times='1'/></node>");
    virDomainPtr domain = virDomainLookupByName(conn, "a");
    int counts[VIR_DOMAIN_EVENT_CRASHED + 1] = { 0 };
    int listener = virConnectDomainEventRegisterAny(
        conn, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(count), counts, NULL);
    bool late = false;
    int timer = virEventAddTimeout(20, onTimeout, &late, NULL);

    assertDone(virDomainSuspend(domain));
    assertDone(virDomainResume(domain));
    assertDone(virDomainSuspend(domain));
    while (!late)
        assertDone(virEventRunDefaultImpl());
    virEventRemoveTimeout(timer);
    g_assert_cmpint(counts[VIR_DOMAIN_EVENT_SUSPENDED], ==, 1);
    g_assert_cmpint(counts[VIR_DOMAIN_EVENT_RESUMED], ==, 2);
    virConnectDomainEventDeregisterAny(conn, listener);
    virDomainFree(domain);
    virConnectClose(conn);
}

static void
testWrongFaults(void)
{
    static const struct {
        const char *fault;
        const char *part;
    } wrong[] = {
        { "<fault/>", "either 'function' or 'event'" },
        { "<fault function='DomainGetInfo' event='DomainEventLifecycle'/>", "either" },
        { "<fault function='DomainGetInfoo' delay='1'/>", "did you mean 'DomainGetInfo'" },
        { "<fault function='DomainGetInfo'/>", "needs 'delay' or 'error'" },
        { "<fault function='DomainGetInfo' error='nope'/>", "no error code 'nope'" },
        { "<fault function='DomainGetInfo' error='ok'/>", "no error code 'ok'" },
        { "<fault function='DomainGetInfo' delay='99999999'/>", "@delay" },
        { "<fault function='DomainGetInfo' delay='1' deliver='1'/>", "no 'deliver'" },
        { "<fault function='DomainGetInfo' delay='1' message='x'/>", "needs an 'error'" },
        { "<fault event='DomainEventLifecycle'/>", "needs 'deliver'" },
        { "<fault event='DomainEventLifecycle' deliver='1' delay='1'/>", "no 'delay'" },
        { "<fault event='DomainEventLifecycl' deliver='1'/>", "mean 'DomainEventLifecycle'" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *document = g_strdup_printf("<node>\n%s</node>", wrong[i].fault);

        assertRefused(document, VIR_FROM_TEST, VIR_ERR_XML_ERROR, wrong[i].part);
        g_assert_nonnull(strstr(virGetLastErrorMessage(), "line 2"));
    }
}

/* --- what happens by itself -------------------------------------------------------------------- */

static GString *happened;

static void
onWatchdog(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom, int action, void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(happened, "watchdog %s %d;", virDomainGetName(dom), action);
}

static void
onIoError(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom, const char *source,
          const char *alias G_GNUC_UNUSED, int action, const char *reason,
          void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(happened, "io-error %s %s %d %s;", virDomainGetName(dom), source, action,
                           reason);
}

static void
onMemoryFailure(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom, int recipient, int action,
                unsigned int flags G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(happened, "memory %s %d %d;", virDomainGetName(dom), recipient, action);
}

static void
onMac(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom, const char *alias G_GNUC_UNUSED,
      const char *before, const char *after, void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(happened, "mac %s %s %s;", virDomainGetName(dom), before, after);
}

static int
onControl(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom, void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(happened, "control %s;", virDomainGetName(dom));
    return 0;
}

static void
onAgent(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom, int state, int reason,
        void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(happened, "agent %s %d %d;", virDomainGetName(dom), state, reason);
}

static void
onTick(int timer G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

/* Runs the event loop until so much was heard. */
static void
assertHappens(const char *expected)
{
    int timer = virEventAddTimeout(5, onTick, NULL, NULL);

    for (int i = 0; i < 4000 && happened->len < strlen(expected); i++)
        assertDone(virEventRunDefaultImpl());
    virEventRemoveTimeout(timer);
    g_assert_cmpstr(happened->str, ==, expected);
    g_string_truncate(happened, 0);
}

#define INCIDENT(text) "<test:incident " text "/>"
#define PLAIN_DISK "<disk type='file' device='disk'><source file='/a'/><target dev='vda'/></disk>"

static void
testIncidents(void)
{
    virConnectPtr conn = mustOpenNode(
        "<node>"
        DOMAIN("dog", INCIDENT("kind='watchdog' after='2500'")
               "<devices><watchdog model='i6300esb' action='pause'/></devices>")
        DOMAIN("disk", INCIDENT("kind='io-error' device='vda' after='2501'")
               "<devices>" PLAIN_DISK "</devices>")
        DOMAIN("page", INCIDENT("kind='memory-failure' after='2502'"))
        DOMAIN("net", INCIDENT("kind='mac-change' device='52:54:00:00:00:01' "
                               "mac='52:54:00:00:00:02' after='2503'")
               "<devices><interface type='network'><source network='default'/>"
               "<mac address='52:54:00:00:00:01'/></interface></devices>")
        DOMAIN("gone", INCIDENT("kind='memory-failure' after='2000'"))
        DOMAIN("wild", INCIDENT("kind='control-error' after='2504'"))
        DOMAIN("agent", "<test:runstate>5</test:runstate><devices><channel type='unix'>"
               "<target type='virtio' name='org.qemu.guest_agent.0'/></channel></devices>")
        "</node>");
    static const struct {
        int id;
        virConnectDomainEventGenericCallback call;
    } listeners[] = {
        { VIR_DOMAIN_EVENT_ID_WATCHDOG, VIR_DOMAIN_EVENT_CALLBACK(onWatchdog) },
        { VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON, VIR_DOMAIN_EVENT_CALLBACK(onIoError) },
        { VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE, VIR_DOMAIN_EVENT_CALLBACK(onMemoryFailure) },
        { VIR_DOMAIN_EVENT_ID_NIC_MAC_CHANGE, VIR_DOMAIN_EVENT_CALLBACK(onMac) },
        { VIR_DOMAIN_EVENT_ID_CONTROL_ERROR, VIR_DOMAIN_EVENT_CALLBACK(onControl) },
        { VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(onAgent) },
    };
    virDomainPtr gone = virDomainLookupByName(conn, "gone");
    virDomainPtr agent = virDomainLookupByName(conn, "agent");
    virDomainDiskError error = { NULL, 0 };
    virDomainPtr disk, dog;
    int ids[G_N_ELEMENTS(listeners)];
    int state, reason;

    happened = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(listeners); i++) {
        ids[i] = virConnectDomainEventRegisterAny(conn, NULL, listeners[i].id, listeners[i].call,
                                                  NULL, NULL);
        assertDone(ids[i]);
    }
    /* All are late enough for a slow machine. What was to happen to a run that is over does not
     * happen to the next one. */
    assertDone(virDomainDestroy(gone));
    assertDone(virDomainCreate(gone));
    assertDone(virDomainCreate(agent));
    assertHappens("agent agent 1 1;watchdog dog 1;io-error disk /a 1 enospc;memory page 1 1;"
                  "mac net 52:54:00:00:00:01 52:54:00:00:00:02;control wild;");
    dog = virDomainLookupByName(conn, "dog");
    assertDone(virDomainGetState(dog, &state, &reason, 0));
    g_assert_cmpint(state, ==, VIR_DOMAIN_PAUSED);
    g_assert_cmpint(reason, ==, VIR_DOMAIN_PAUSED_WATCHDOG);
    disk = virDomainLookupByName(conn, "disk");
    assertDone(virDomainGetState(disk, &state, &reason, 0));
    g_assert_cmpint(state, ==, VIR_DOMAIN_PAUSED);
    g_assert_cmpint(reason, ==, VIR_DOMAIN_PAUSED_IOERROR);
    g_assert_cmpint(virDomainGetDiskErrors(disk, &error, 1, 0), ==, 1);
    g_assert_cmpint(error.error, ==, VIR_DOMAIN_DISK_ERROR_NO_SPACE);
    free(error.disk);
    virDomainFree(gone);
    virDomainFree(agent);
    virDomainFree(disk);
    virDomainFree(dog);
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
        assertDone(virConnectDomainEventDeregisterAny(conn, ids[i]));
    g_assert_cmpint(virConnectClose(conn), ==, 0);
    g_string_free(happened, TRUE);
}

#define DRIVE(source) "<disk type='file' device='cdrom'>" source "<target dev='hda' bus='ide'/></disk>"

/* A guest that locked its drive keeps the medium, unless the drive is forced open. */
static void
testHeld(void)
{
    virConnectPtr conn = mustOpenNode("<node>" DOMAIN("a", INCIDENT("kind='device-held' device='hda'")
                                                      "<devices>" DRIVE("") "</devices>") "</node>");
    virDomainPtr dom = virDomainLookupByName(conn, "a");
    int i;

    /* The incident waits for no time, but for the thread that makes it happen. */
    for (i = 0; i < 600; i++) {
        if (virDomainUpdateDeviceFlags(dom, i & 1 ? DRIVE("") : DRIVE("<source file='/cd'/>"), 0) < 0)
            break;
        g_usleep(100000);
    }
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "locked the tray");
    assertDone(virDomainUpdateDeviceFlags(dom, i & 1 ? DRIVE("") : DRIVE("<source file='/cd'/>"),
                                          VIR_DOMAIN_DEVICE_MODIFY_FORCE));
    g_assert_cmpint(virDomainDetachDevice(dom, DRIVE("")), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED, "does not release");
    virDomainFree(dom);
    virConnectClose(conn);
}

static void
testWrongIncidents(void)
{
    assertRefused("<node>" DOMAIN("a", INCIDENT("kind='io-error'")) "</node>", VIR_FROM_TEST,
                  VIR_ERR_XML_ERROR, "needs a 'device'");
    assertRefused("<node>" DOMAIN("a", INCIDENT("kind='watchdog'")) "</node>", VIR_FROM_TEST,
                  VIR_ERR_XML_ERROR, "watchdog");
    assertRefused("<node>" DOMAIN("a", INCIDENT("kind='watchdog' mac='52:54:00:00:00:01'")) "</node>",
                  VIR_FROM_TEST, VIR_ERR_XML_ERROR, "mac-change");
}

/* While the host sleeps its guests stand still; then they go on by themselves. */
static void
testSleep(void)
{
    virConnectPtr conn = mustOpenNode("<node><sleep least='1'><mem/></sleep>" DOMAIN("a", "")
                                      "</node>");
    virDomainPtr dom = virDomainLookupByName(conn, "a");
    g_autofree char *capabilities = virConnectGetCapabilities(conn);
    virDomainInfo before, after;

    g_assert_nonnull(strstr(capabilities, "<suspend_mem/>"));
    g_assert_null(strstr(capabilities, "<suspend_disk/>"));
    g_assert_cmpint(virNodeSuspendForDuration(conn, VIR_NODE_SUSPEND_TARGET_DISK, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
    g_assert_cmpint(virNodeSuspendForDuration(conn, VIR_NODE_SUSPEND_TARGET_MEM, 0, 0), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "at least 1");
    assertDone(virNodeSuspendForDuration(conn, VIR_NODE_SUSPEND_TARGET_MEM, 5, 0));
    assertDone(virDomainGetInfo(dom, &before));
    g_usleep(200000);
    /* A machine that is too slow sees the host awake again. */
    if (virNodeSuspendForDuration(conn, VIR_NODE_SUSPEND_TARGET_MEM, 5, 0) < 0) {
        assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "sleeps already");
        assertDone(virDomainGetInfo(dom, &after));
        g_assert_cmpuint(before.cpuTime, ==, after.cpuTime);
    }
    do {
        g_usleep(50000);
        assertDone(virDomainGetInfo(dom, &after));
    } while (before.cpuTime == after.cpuTime);
    virDomainFree(dom);
    virConnectClose(conn);
    conn = mustOpen("test:///default");
    g_assert_cmpint(virNodeSuspendForDuration(conn, VIR_NODE_SUSPEND_TARGET_MEM, 60, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
    virConnectClose(conn);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    virEventRegisterDefaultImpl();
    g_test_add_func("/node-document/empty", testEmpty);
    g_test_add_func("/node-document/machine", testMachine);
    g_test_add_func("/node-document/domains", testDomains);
    g_test_add_func("/node-document/managed-save", testManagedSave);
    g_test_add_func("/node-document/disk-errors", testDiskErrors);
    g_test_add_func("/node-document/pools", testPools);
    g_test_add_func("/node-document/shared", testShared);
    g_test_add_func("/node-document/refused", testRefused);
    g_test_add_func("/node-document/sleep", testSleep);
    g_test_add_func("/node-document/incidents", testIncidents);
    g_test_add_func("/node-document/incidents/held", testHeld);
    g_test_add_func("/node-document/incidents/wrong", testWrongIncidents);
    g_test_add_func("/node-document/users", testUsers);
    g_test_add_func("/node-document/faults", testFaults);
    g_test_add_func("/node-document/events", testEvents);
    g_test_add_func("/node-document/wrong-faults", testWrongFaults);
    return g_test_run();
}
