/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks of the test hypervisor: definitions, updates, ports, leases, events. */

#include <stdlib.h>

#include "drivers/connect.h"
#include "drivers/events.h"

#define UUID "11111111-2222-3333-4444-55555555555"

static virConnectPtr conn;

static void
onLifecycle(virConnectPtr from G_GNUC_UNUSED, virNetworkPtr network, int event,
            int detail G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    static const char *const words[] = { "defined", "undefined", "started", "stopped" };

    g_string_append_printf(heard, "%s %s;", virNetworkGetName(network), words[event]);
}

static virNetworkPtr
define(const char *xml)
{
    virNetworkPtr network = virNetworkDefineXMLFlags(conn, xml, VIR_NETWORK_DEFINE_VALIDATE);

    if (!network)
        g_error("%s: %s", xml, virGetLastErrorMessage());
    return network;
}

/* The part of a description between a network's UUID and its end. */
static void
assertInside(virNetworkPtr network, unsigned int flags, const char *expected)
{
    char *text = virNetworkGetXMLDesc(network, flags);
    char *inside = strstr(text, "</uuid>\n") + strlen("</uuid>\n");

    g_assert_true(g_str_has_suffix(inside, "</network>\n"));
    inside[strlen(inside) - strlen("</network>\n")] = '\0';
    g_assert_cmpstr(inside, ==, expected);
    free(text);
}

static void
testDefault(void)
{
    virNetworkPtr network = virNetworkLookupByName(conn, "default"), again;
    char uuid[VIR_UUID_STRING_BUFLEN];
    char *bridge = virNetworkGetBridgeName(network);

    g_assert_cmpstr(bridge, ==, "virbr0");
    free(bridge);
    assertInside(network, 0,
                 "  <forward mode='nat'/>\n  <bridge name='virbr0' stp='on' delay='0'/>\n"
                 "  <ip address='192.168.122.1' netmask='255.255.255.0'>\n    <dhcp>\n"
                 "      <range start='192.168.122.2' end='192.168.122.254'/>\n    </dhcp>\n"
                 "  </ip>\n");
    assertDone(virNetworkGetUUIDString(network, uuid));
    again = virNetworkLookupByUUIDString(conn, uuid);
    g_assert_cmpstr(virNetworkGetName(again), ==, "default");
    virNetworkFree(again);
    virNetworkFree(network);
    g_assert_null(virNetworkLookupByName(conn, "nope"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_NETWORK);
}

static void
testLifecycle(void)
{
    static const char xml[] = "<network><name>n</name><uuid>" UUID "1</uuid></network>";
    virNetworkPtr network = define(xml);

    assertDone(virNetworkCreate(network));
    g_assert_cmpint(virNetworkCreate(network), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_null(virNetworkCreateXML(conn, xml));
    assertError(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virNetworkUndefine(network), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virNetworkDestroy(network));
    assertDone(virNetworkUndefine(network));
    g_assert_cmpint(virNetworkIsActive(network), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_NETWORK);
    virNetworkFree(network);
    network = virNetworkCreateXML(conn, xml);
    g_assert_cmpint(virNetworkIsPersistent(network), ==, 0);
    assertDone(virNetworkDestroy(network));
    g_assert_cmpint(virNetworkDestroy(network), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_NETWORK);
    virNetworkFree(network);
    assertHeard("n defined;n started;n stopped;n undefined;n started;n stopped;");
}

/* Definitions, and what is printed behind their UUID. */
static const struct {
    const char *inside;
    const char *printed;
} definitions[] = {
    { "", "  <bridge stp='on' delay='0'/>\n" },
    { "<bridge name='b' stp='off' delay='5'/>", "  <bridge name='b' stp='off' delay='5'/>\n" },
    { "<forward mode='bridge'/><bridge name='br0'/>",
      "  <forward mode='bridge'/>\n  <bridge name='br0'/>\n" },
    { "<forward mode='private' dev='e1'/>",
      "  <forward dev='e1' mode='private'>\n    <interface dev='e1'/>\n  </forward>\n" },
    { "<forward mode='hostdev'><pf dev='e2'/></forward>",
      "  <forward mode='hostdev' managed='no'>\n    <pf dev='e2'/>\n  </forward>\n" },
    { "<ip address='10.0.0.1' prefix='8'/>",
      "  <bridge stp='on' delay='0'/>\n  <ip address='10.0.0.1' prefix='8'>\n  </ip>\n" },
    { "<portgroup name='a' default='yes'/>",
      "  <bridge stp='on' delay='0'/>\n  <portgroup name='a' default='yes'>\n  </portgroup>\n" },
};

static void
testDefinitions(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(definitions); i++) {
        g_autofree char *xml = g_strdup_printf("<network><name>d</name>%s</network>",
                                               definitions[i].inside);
        virNetworkPtr network = define(xml);

        assertInside(network, VIR_NETWORK_XML_INACTIVE, definitions[i].printed);
        assertDone(virNetworkUndefine(network));
        virNetworkFree(network);
    }
    assertHeard(NULL);
}

static void
testWrongDefinitions(void)
{
    static const char *const wrong[] = {
        "<network><name>a/b</name></network>",
        "<network><name>a</name><forward mode='nat'/></network>",
        "<network><name>a</name><ip address='nope'/></network>",
        "<network><name>a</name><ip address='10.0.0.1' prefix='33'/></network>",
        "<network><name>a</name><ip address='fd00::1' prefix='64'/></network>",
        "<network><name>a</name><ip address='10.0.0.1' prefix='24'><dhcp><range start='10.0.1.1' "
        "end='10.0.1.2'/></dhcp></ip></network>",
        "<network><name>a</name><ip address='10.0.0.1' prefix='24'><dhcp><range start='10.0.0.9' "
        "end='10.0.0.2'/></dhcp></ip></network>",
        "<network><name>a</name><ip><dhcp/></ip></network>",
        "<network><name>a</name><dns><srv service='s'/></dns></network>",
        "<network><name>a</name><dns><host ip='10.0.0.1'/></dns></network>",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_null(virNetworkDefineXML(conn, wrong[i]));
        assertError(VIR_FROM_NETWORK, VIR_ERR_XML_ERROR);
    }
    g_assert_null(virNetworkDefineXML(conn, "<network/>"));
    assertError(VIR_FROM_NETWORK, VIR_ERR_NO_NAME);
    g_assert_null(virNetworkDefineXML(conn, "<network><name>a</name><forward mode='nope'/>"
                                      "</network>"));
    assertError(VIR_FROM_NETWORK, VIR_ERR_CONFIG_UNSUPPORTED);
    g_assert_null(virNetworkDefineXML(conn, "<network"));
    assertError(VIR_FROM_NETWORK, VIR_ERR_XML_DETAIL);
    g_assert_null(virNetworkDefineXMLFlags(conn, "<network><name>a</name><nope/></network>",
                                           VIR_NETWORK_DEFINE_VALIDATE));
    assertError(VIR_FROM_XML, VIR_ERR_XML_INVALID_SCHEMA);
}

static void
testConflicts(void)
{
    virNetworkPtr network = define("<network><name>c</name><uuid>" UUID "2</uuid></network>");

    g_assert_null(virNetworkDefineXML(conn, "<network><name>c</name><uuid>" UUID "3</uuid>"
                                      "</network>"));
    assertError(VIR_FROM_NETWORK, VIR_ERR_OPERATION_FAILED);
    g_assert_null(virNetworkDefineXML(conn, "<network><name>d</name><uuid>" UUID "2</uuid>"
                                      "</network>"));
    assertError(VIR_FROM_NETWORK, VIR_ERR_OPERATION_FAILED);
    assertDone(virNetworkUndefine(network));
    virNetworkFree(network);
    assertHeard(NULL);
}

#define MODIFY VIR_NETWORK_UPDATE_COMMAND_MODIFY
#define DELETE VIR_NETWORK_UPDATE_COMMAND_DELETE
#define LAST VIR_NETWORK_UPDATE_COMMAND_ADD_LAST
#define FIRST VIR_NETWORK_UPDATE_COMMAND_ADD_FIRST
#define DHCP_HOST VIR_NETWORK_SECTION_IP_DHCP_HOST
#define RANGE VIR_NETWORK_SECTION_IP_DHCP_RANGE
#define WAY VIR_NETWORK_SECTION_FORWARD_INTERFACE
#define GROUP VIR_NETWORK_SECTION_PORTGROUP
#define DNS_HOST VIR_NETWORK_SECTION_DNS_HOST
#define TXT VIR_NETWORK_SECTION_DNS_TXT
#define SRV VIR_NETWORK_SECTION_DNS_SRV

/* Updates of the network below: 0 or the error code, and what is printed (or no longer is). */
static const struct {
    unsigned int command, section;
    int parent;
    const char *xml;
    int code;
    const char *part;
    bool gone;
} updates[] = {
    { LAST, DHCP_HOST, -1, "<host mac='52:54:00:00:00:99' ip='192.168.7.77'/>", 0,
      "h' ip='192.168.7.20'/>\n      <host mac='52:54:00:00:00:99' ip='192.168.7.77'/>", false },
    { FIRST, DHCP_HOST, 0, "<host mac='52:54:00:00:00:99' ip='192.168.7.77'/>", 0,
      "<host mac='52:54:00:00:00:99' ip='192.168.7.77'/>\n      <host mac='52:54:00:11", false },
    { LAST, DHCP_HOST, -1, "<host mac='52:54:00:11:22:44' ip='192.168.7.99'/>",
      VIR_ERR_OPERATION_INVALID, "192.168.7.99", true },
    { LAST, DHCP_HOST, 1, "<host mac='52:54:00:00:00:99' ip='192.168.8.77'/>",
      VIR_ERR_OPERATION_INVALID, "192.168.8.77", true },
    { LAST, DHCP_HOST, 9, "<host mac='52:54:00:00:00:99' ip='192.168.7.77'/>",
      VIR_ERR_OPERATION_INVALID, "00:99", true },
    { LAST, DHCP_HOST, 2, "<host id='0:1' ip='fd00::5'/>", 0, "<host id='0:1' ip='fd00::5'/>",
      false },
    { LAST, DHCP_HOST, -1, "<host/>", VIR_ERR_XML_ERROR, "<host/>", true },
    { LAST, DHCP_HOST, -1, "<foo/>", VIR_ERR_XML_ERROR, "foo", true },
    { LAST, DHCP_HOST, -1, "x", VIR_ERR_XML_DETAIL, "foo", true },
    { MODIFY, DHCP_HOST, -1, "<host mac='52:54:00:11:22:44' ip='192.168.7.21'/>", 0,
      "<host mac='52:54:00:11:22:44' ip='192.168.7.21'/>", false },
    { MODIFY, DHCP_HOST, -1, "<host mac='52:54:00:11:22:45' ip='192.168.7.20'/>",
      VIR_ERR_OPERATION_INVALID, "22:45", true },
    { DELETE, DHCP_HOST, -1, "<host ip='192.168.7.20'/>", 0, "192.168.7.20", true },
    { DELETE, DHCP_HOST, -1, "<host mac='52:54:00:11:22:44' name='x'/>", VIR_ERR_OPERATION_INVALID,
      "name='x'", true },
    { LAST, RANGE, -1, "<range start='192.168.7.30' end='192.168.7.40'/>", 0, "192.168.7.40",
      false },
    { LAST, RANGE, -1, "<range start='192.168.9.30' end='192.168.9.40'/>", VIR_ERR_XML_ERROR,
      "192.168.9", true },
    { LAST, RANGE, -1, "<range start='192.168.7.2' end='192.168.7.9'/>",
      VIR_ERR_OPERATION_INVALID, "nothing", true },
    { MODIFY, RANGE, -1, "<range start='192.168.7.2' end='192.168.7.9'/>",
      VIR_ERR_OPERATION_UNSUPPORTED, "nothing", true },
    { DELETE, RANGE, -1, "<range start='192.168.7.2' end='192.168.7.9'/>", 0, "<range", true },
    { FIRST, WAY, -1, "<interface dev='e7'/>", 0, "<forward dev='e7' mode='nat'>", false },
    { LAST, GROUP, -1, "<portgroup name='q'/>", 0, "<portgroup name='q'>", false },
    { LAST, GROUP, -1, "<portgroup name='q' default='yes'/>", VIR_ERR_OPERATION_INVALID, "'q'",
      true },
    { MODIFY, GROUP, -1, "<portgroup name='p'><bandwidth><inbound average='5'/></bandwidth>"
      "</portgroup>", 0, "<inbound average='5'/>", false },
    { DELETE, GROUP, -1, "<portgroup name='p'/>", 0, "portgroup", true },
    { LAST, DNS_HOST, -1, "<host ip='192.168.7.8'><hostname>b</hostname></host>", 0,
      "<hostname>b</hostname>", false },
    { LAST, DNS_HOST, -1, "<host ip='192.168.7.1'><hostname>c</hostname></host>",
      VIR_ERR_OPERATION_INVALID, "<hostname>c", true },
    { LAST, DNS_HOST, -1, "<host ip='192.168.7.8'/>", VIR_ERR_XML_ERROR, "192.168.7.8'", true },
    { DELETE, DNS_HOST, -1, "<host><hostname>a</hostname></host>", 0, "<hostname>", true },
    { LAST, TXT, -1, "<txt name='u' value='v'/>", 0, "<txt name='u' value='v'/>", false },
    { LAST, TXT, -1, "<txt name='t' value='w'/>", VIR_ERR_OPERATION_INVALID, "'w'", true },
    { DELETE, TXT, -1, "<txt name='t'/>", 0, "<txt", true },
    { LAST, SRV, -1, "<srv service='s' protocol='udp'/>", 0, "protocol='udp'", false },
    { LAST, SRV, -1, "<srv service='s' protocol='tcp'/>", VIR_ERR_OPERATION_INVALID, "no", true },
    { LAST, SRV, -1, "<srv service='z'/>", VIR_ERR_XML_ERROR, "'z'", true },
    { DELETE, SRV, -1, "<srv service='s'/>", 0, "<srv", true },
    { LAST, VIR_NETWORK_SECTION_BRIDGE, -1, "<bridge/>", VIR_ERR_OPERATION_UNSUPPORTED, "foo",
      true },
    { LAST, 99, -1, "<bridge/>", VIR_ERR_OPERATION_UNSUPPORTED, "foo", true },
    { 0, TXT, -1, "<txt name='t'/>", VIR_ERR_OPERATION_UNSUPPORTED, "foo", true },
};

static void
testUpdates(void)
{
    static const char xml[] =
        "<network><name>u</name><uuid>" UUID "4</uuid><forward mode='nat'/><dns><txt name='t' "
        "value='v'/><srv service='s' protocol='tcp'/><host ip='192.168.7.1'><hostname>a</hostname>"
        "</host></dns><ip address='192.168.7.1' netmask='255.255.255.0'><dhcp><range "
        "start='192.168.7.2' end='192.168.7.9'/><host mac='52:54:00:11:22:44' name='h' "
        "ip='192.168.7.20'/></dhcp></ip><ip address='192.168.8.1' netmask='255.255.255.0'/>"
        "<ip family='ipv6' address='fd00::1' prefix='64'/><portgroup name='p' default='yes'/>"
        "</network>";

    for (size_t i = 0; i < G_N_ELEMENTS(updates); i++) {
        virNetworkPtr network = define(xml);
        int ret = virNetworkUpdate(network, updates[i].command, updates[i].section,
                                   updates[i].parent, updates[i].xml, 0);
        char *text;

        if (updates[i].code) {
            g_assert_cmpint(ret, ==, -1);
            assertError(VIR_FROM_NETWORK, updates[i].code);
        } else {
            assertDone(ret);
        }
        text = virNetworkGetXMLDesc(network, 0);
        if (!strstr(text, updates[i].part) != updates[i].gone)
            g_error("update %zu: '%s' in %s", i, updates[i].part, text);
        free(text);
        virNetworkFree(network);
    }
    assertHeard(NULL);
}

static bool
shows(virNetworkPtr network, unsigned int flags, const char *part)
{
    char *text = virNetworkGetXMLDesc(network, flags);
    bool found = strstr(text, part) != NULL;

    free(text);
    return found;
}

static void
testLiveAndConfig(void)
{
    virNetworkPtr network = define("<network><name>lc</name></network>");
    const unsigned int live = VIR_NETWORK_UPDATE_AFFECT_LIVE;
    const unsigned int config = VIR_NETWORK_UPDATE_AFFECT_CONFIG;

    g_assert_cmpint(virNetworkUpdate(network, LAST, TXT, -1, "<txt name='a'/>", live), ==, -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID);
    assertDone(virNetworkCreate(network));
    assertDone(virNetworkUpdate(network, LAST, TXT, -1, "<txt name='a'/>", 0));
    assertDone(virNetworkUpdate(network, LAST, TXT, -1, "<txt name='b'/>", config));
    g_assert_true(shows(network, 0, "<txt name='a'/>"));
    g_assert_false(shows(network, 0, "<txt name='b'/>"));
    g_assert_false(shows(network, VIR_NETWORK_XML_INACTIVE, "<txt name='a'/>"));
    g_assert_true(shows(network, VIR_NETWORK_XML_INACTIVE, "<txt name='b'/>"));
    /* One of both refuses, so neither is changed. */
    g_assert_cmpint(virNetworkUpdate(network, LAST, TXT, -1, "<txt name='b'/>", live | config), ==,
                    -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID);
    g_assert_false(shows(network, 0, "<txt name='b'/>"));
    assertDone(virNetworkDestroy(network));
    g_assert_true(shows(network, 0, "<txt name='b'/>"));
    assertDone(virNetworkUndefine(network));
    virNetworkFree(network);
    network = virNetworkCreateXML(conn, "<network><name>lc</name></network>");
    g_assert_cmpint(virNetworkUpdate(network, LAST, TXT, -1, "<txt name='a'/>", config), ==, -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID);
    assertDone(virNetworkDestroy(network));
    virNetworkFree(network);
    assertHeard(NULL);
}

static void
testPorts(void)
{
    static const char xml[] =
        "<networkport><uuid>" UUID "5</uuid><owner><name>d</name><uuid>" UUID "6</uuid></owner>"
        "<group>fast</group><mac address='52:54:00:00:00:01'/></networkport>";
    virNetworkPtr network = define(
        "<network><name>ports</name><bridge name='b9'/><portgroup name='fast'><bandwidth><inbound "
        "average='10'/></bandwidth></portgroup></network>");
    virNetworkPortPtr port, *list = NULL;
    virTypedParameterPtr params = NULL;
    int nparams = 0, max = 0;
    unsigned int value;
    char uuid[VIR_UUID_STRING_BUFLEN];
    char *text;

    g_assert_null(virNetworkPortCreateXML(network, xml, 0));
    assertError(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID);
    assertDone(virNetworkCreate(network));
    port = virNetworkPortCreateXML(network, xml, VIR_NETWORK_PORT_CREATE_VALIDATE);
    text = virNetworkPortGetXMLDesc(port, 0);
    g_assert_nonnull(strstr(text, "<inbound average='10'/>"));
    g_assert_nonnull(strstr(text, "<plug type='network' bridge='b9'/>"));
    free(text);
    g_assert_true(shows(network, 0, "<network connections='1'>"));
    g_assert_null(virNetworkPortCreateXML(network, xml, 0));
    assertError(VIR_FROM_NETWORK, VIR_ERR_NETWORK_PORT_EXIST);
    virNetworkPortFree(port);
    port = virNetworkPortCreateXML(network, xml, VIR_NETWORK_PORT_CREATE_RECLAIM);
    assertDone(virTypedParamsAddUInt(&params, &nparams, &max,
                                     VIR_NETWORK_PORT_BANDWIDTH_OUT_AVERAGE, 7));
    assertDone(virTypedParamsAddUInt(&params, &nparams, &max,
                                     VIR_NETWORK_PORT_BANDWIDTH_OUT_PEAK, 9));
    assertDone(virNetworkPortSetParameters(port, params, nparams, 0));
    g_assert_cmpint(virNetworkPortSetParameters(port, params + 1, 1, 0), ==, 0);
    params[0].value.ui = 0;
    g_assert_cmpint(virNetworkPortSetParameters(port, params, nparams, 0), ==, -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_INVALID_ARG);
    virTypedParamsFree(params, nparams);
    params = NULL;
    assertDone(virNetworkPortGetParameters(port, &params, &nparams, 0));
    g_assert_cmpint(nparams, ==, 3);
    g_assert_cmpint(virTypedParamsGetUInt(params, nparams, VIR_NETWORK_PORT_BANDWIDTH_OUT_PEAK,
                                          &value), ==, 1);
    g_assert_cmpuint(value, ==, 9);
    virTypedParamsFree(params, nparams);
    g_assert_cmpint(virNetworkListAllPorts(network, &list, 0), ==, 1);
    assertDone(virNetworkPortGetUUIDString(list[0], uuid));
    g_assert_cmpstr(uuid, ==, UUID "5");
    virNetworkPortFree(list[0]);
    free(list);
    g_assert_null(virNetworkPortCreateXML(network, "<networkport><group>slow</group></networkport>",
                                          0));
    assertError(VIR_FROM_NETWORK, VIR_ERR_XML_ERROR);
    assertDone(virNetworkPortDelete(port, 0));
    g_assert_null(virNetworkPortGetXMLDesc(port, 0));
    assertError(VIR_FROM_NETWORK, VIR_ERR_NO_NETWORK_PORT);
    virNetworkPortFree(port);
    virNetworkPortFree(virNetworkPortCreateXML(network, xml, 0));
    assertDone(virNetworkDestroy(network));
    g_assert_cmpint(virNetworkListAllPorts(network, NULL, 0), ==, 0);
    assertDone(virNetworkUndefine(network));
    virNetworkFree(network);
    assertHeard(NULL);
}

static void
testLeases(void)
{
    virNetworkPtr network = virNetworkLookupByName(conn, "default");
    virNetworkDHCPLeasePtr *leases = NULL;

    g_assert_cmpint(virNetworkGetDHCPLeases(network, NULL, &leases, 0), ==, 1);
    g_assert_cmpstr(leases[0]->iface, ==, "virbr0");
    g_assert_cmpstr(leases[0]->mac, ==, "aa:bb:cc:dd:ee:ff");
    g_assert_cmpstr(leases[0]->ipaddr, ==, "192.168.122.3");
    g_assert_cmpuint(leases[0]->prefix, ==, 24);
    virNetworkDHCPLeaseFree(leases[0]);
    free(leases);
    assertDone(virNetworkUpdate(network, LAST, DHCP_HOST, -1, "<host mac='aa:bb:cc:dd:ee:ff' "
                                "name='guest' ip='192.168.122.99'/>", 0));
    g_assert_cmpint(virNetworkGetDHCPLeases(network, "AA:BB:CC:DD:EE:FF", &leases, 0), ==, 1);
    g_assert_cmpstr(leases[0]->ipaddr, ==, "192.168.122.99");
    g_assert_cmpstr(leases[0]->hostname, ==, "guest");
    virNetworkDHCPLeaseFree(leases[0]);
    free(leases);
    g_assert_cmpint(virNetworkGetDHCPLeases(network, "aa:bb:cc:dd:ee:00", NULL, 0), ==, 0);
    g_assert_cmpint(virNetworkGetDHCPLeases(network, "nope", NULL, 0), ==, -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_INVALID_ARG);
    assertDone(virNetworkUpdate(network, DELETE, DHCP_HOST, -1, "<host mac='aa:bb:cc:dd:ee:ff'/>",
                                0));
    virNetworkFree(network);
}

static void
onMetadata(virConnectPtr from G_GNUC_UNUSED, virNetworkPtr network, int type, const char *uri,
           void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(heard, "%s %d %s;", virNetworkGetName(network), type,
                           uri ? uri : "-");
}

static void
testMetadata(void)
{
    virNetworkPtr network = define("<network><name>meta</name></network>");
    const int element = VIR_NETWORK_METADATA_ELEMENT;
    const int title = VIR_NETWORK_METADATA_TITLE;
    char *text;

    assertHeard("meta defined;");
    assertDone(virNetworkSetMetadata(network, element, "<a>1</a>", "k", "urn:x", 0));
    assertDone(virNetworkSetMetadata(network, title, "one line", NULL, NULL, 0));
    text = virNetworkGetMetadata(network, element, "urn:x", 0);
    g_assert_cmpstr(text, ==, "<a>1</a>");
    free(text);
    text = virNetworkGetMetadata(network, title, NULL, 0);
    g_assert_cmpstr(text, ==, "one line");
    free(text);
    g_assert_true(shows(network, 0, "<title>one line</title>"));
    g_assert_true(shows(network, 0, "urn:x"));
    assertDone(virNetworkSetMetadata(network, element, NULL, NULL, "urn:x", 0));
    g_assert_null(virNetworkGetMetadata(network, element, "urn:x", 0));
    assertError(VIR_FROM_NETWORK, VIR_ERR_NO_NETWORK_METADATA);
    g_assert_cmpint(virNetworkSetMetadata(network, title, "two\nlines", NULL, NULL, 0), ==, -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virNetworkSetMetadata(network, element, "<a>", "k", "urn:x", 0), ==, -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_XML_DETAIL);
    g_assert_cmpint(virNetworkSetMetadata(network, element, "<a/>", NULL, "urn:x", 0), ==, -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virNetworkSetMetadata(network, title, "x", NULL, NULL,
                                          VIR_NETWORK_UPDATE_AFFECT_LIVE), ==, -1);
    assertError(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID);
    assertDone(virNetworkUndefine(network));
    virNetworkFree(network);
    assertHeard("meta 2 urn:x;meta 1 -;meta 2 urn:x;meta undefined;");
}

int
main(int argc, char **argv)
{
    int listener, metadata, status;

    g_test_init(&argc, &argv, NULL);
    virEventRegisterDefaultImpl();
    conn = mustOpen("test:///default");
    heard = g_string_new(NULL);
    listener = virConnectNetworkEventRegisterAny(conn, NULL, VIR_NETWORK_EVENT_ID_LIFECYCLE,
                                                 VIR_NETWORK_EVENT_CALLBACK(onLifecycle), NULL,
                                                 NULL);
    metadata = virConnectNetworkEventRegisterAny(conn, NULL, VIR_NETWORK_EVENT_ID_METADATA_CHANGE,
                                                 VIR_NETWORK_EVENT_CALLBACK(onMetadata), NULL,
                                                 NULL);
    g_test_add_func("/network/default", testDefault);
    g_test_add_func("/network/lifecycle", testLifecycle);
    g_test_add_func("/network/definitions", testDefinitions);
    g_test_add_func("/network/wrong-definitions", testWrongDefinitions);
    g_test_add_func("/network/conflicts", testConflicts);
    g_test_add_func("/network/updates", testUpdates);
    g_test_add_func("/network/live-and-config", testLiveAndConfig);
    g_test_add_func("/network/ports", testPorts);
    g_test_add_func("/network/leases", testLeases);
    g_test_add_func("/network/metadata", testMetadata);
    status = g_test_run();
    virConnectNetworkEventDeregisterAny(conn, listener);
    virConnectNetworkEventDeregisterAny(conn, metadata);
    g_string_free(heard, /* free_segment= */ TRUE);
    virConnectClose(conn);
    return status;
}
