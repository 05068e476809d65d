/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host interfaces of the test hypervisor: definitions, states, transactions. */

#include <stdlib.h>

#include "drivers/node_file.h"

static virConnectPtr conn;

static virInterfacePtr
define(const char *xml)
{
    virInterfacePtr interface = virInterfaceDefineXML(conn, xml, VIR_INTERFACE_DEFINE_VALIDATE);

    if (!interface)
        g_error("%s: %s", xml, virGetLastErrorMessage());
    return interface;
}

static void
testDefault(void)
{
    static const char expected[] =
        "<interface type='ethernet' name='eth1'>\n  <start mode='onboot'/>\n"
        "  <mtu size='1492'/>\n  <protocol family='ipv4'>\n"
        "    <ip address='192.168.0.5' prefix='24'/>\n    <route gateway='192.168.0.1'/>\n"
        "  </protocol>\n  <mac address='aa:bb:cc:dd:ee:ff'/>\n</interface>\n";
    virInterfacePtr interface = virInterfaceLookupByMACString(conn, "AA:BB:CC:DD:EE:FF");
    char *text = virInterfaceGetXMLDesc(interface, 0);

    g_assert_cmpstr(virInterfaceGetName(interface), ==, "eth1");
    g_assert_cmpstr(virInterfaceGetMACString(interface), ==, "aa:bb:cc:dd:ee:ff");
    g_assert_cmpint(virInterfaceIsActive(interface), ==, 1);
    g_assert_cmpstr(text, ==, expected);
    free(text);
    virInterfaceFree(interface);
    g_assert_null(virInterfaceLookupByName(conn, "nope"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_INTERFACE);
    g_assert_null(virInterfaceLookupByMACString(conn, "nope"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_INTERFACE);
}

/* Definitions of each type, printed as they are read. */
static const char *const definitions[] = {
    "<interface type='ethernet' name='x'>\n  <protocol family='ipv6'>\n    <autoconf/>\n"
    "    <dhcp peerdns='no'/>\n    <ip address='fd00::1' prefix='64'/>\n  </protocol>\n"
    "</interface>\n",
    "<interface type='bridge' name='x'>\n  <bridge stp='off' delay='0.01'>\n"
    "    <interface type='ethernet' name='e5'>\n      <mac address='aa:bb:cc:dd:ee:f5'/>\n"
    "    </interface>\n    <interface type='bond' name='bd'>\n      <bond>\n"
    "        <interface type='ethernet' name='e6'>\n        </interface>\n      </bond>\n"
    "    </interface>\n  </bridge>\n</interface>\n",
    "<interface type='bridge' name='x'>\n  <bridge>\n  </bridge>\n</interface>\n",
    "<interface type='bond' name='x'>\n  <bond mode='active-backup'>\n"
    "    <miimon freq='100' downdelay='10' updelay='200' carrier='ioctl'/>\n"
    "    <interface type='ethernet' name='e5'>\n    </interface>\n  </bond>\n</interface>\n",
    "<interface type='bond' name='x'>\n  <bond>\n    <arpmon interval='100' "
    "target='192.168.50.7' validate='active'/>\n  </bond>\n</interface>\n",
    "<interface type='vlan' name='x'>\n  <protocol family='ipv4'>\n    <dhcp/>\n  </protocol>\n"
    "  <vlan tag='42'>\n    <interface name='e9'/>\n  </vlan>\n</interface>\n",
};

static void
testDefinitions(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(definitions); i++) {
        virInterfacePtr interface = define(definitions[i]);
        char *text = virInterfaceGetXMLDesc(interface, 0);

        g_assert_cmpstr(text, ==, definitions[i]);
        free(text);
        assertDone(virInterfaceUndefine(interface));
        virInterfaceFree(interface);
    }
}

static void
testWrongDefinitions(void)
{
    static const char *const wrong[] = {
        "<interface type='ethernet'/>",
        "<interface type='bridge' name='a'/>",
        "<interface type='bond' name='a'/>",
        "<interface type='vlan' name='a'/>",
        "<interface type='vlan' name='a'><vlan tag='1'/></interface>",
        "<interface type='bond' name='a'><bond><miimon freq='1'/><arpmon interval='1' "
        "target='10.0.0.1'/></bond></interface>",
        "<interface type='bridge' name='a'><bridge><interface type='ethernet'/></bridge>"
        "</interface>",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_null(virInterfaceDefineXML(conn, wrong[i], 0));
        assertError(VIR_FROM_INTERFACE, VIR_ERR_XML_ERROR);
    }
    g_assert_null(virInterfaceDefineXML(conn, "<interface", 0));
    assertError(VIR_FROM_INTERFACE, VIR_ERR_XML_DETAIL);
}

static void
testLifecycle(void)
{
    virInterfacePtr one = define("<interface type='ethernet' name='one'><mac "
                                 "address='aa:bb:cc:dd:ee:ff'/></interface>");
    virInterfacePtr *list = NULL;
    char *names[2] = { NULL };

    g_assert_null(virInterfaceLookupByMACString(conn, "aa:bb:cc:dd:ee:ff"));
    assertError(VIR_FROM_TEST, VIR_ERR_MULTIPLE_INTERFACES);
    g_assert_cmpint(virInterfaceIsActive(one), ==, 0);
    g_assert_cmpint(virConnectNumOfDefinedInterfaces(conn), ==, 1);
    g_assert_cmpint(virConnectListDefinedInterfaces(conn, names, 2), ==, 1);
    g_assert_cmpstr(names[0], ==, "one");
    free(names[0]);
    g_assert_cmpint(virInterfaceDestroy(one, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virInterfaceCreate(one, 0));
    g_assert_cmpint(virInterfaceCreate(one, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virConnectNumOfInterfaces(conn), ==, 2);
    g_assert_cmpint(virConnectListAllInterfaces(conn, &list, VIR_CONNECT_LIST_INTERFACES_ACTIVE),
                    ==, 2);
    g_assert_cmpstr(virInterfaceGetName(list[1]), ==, "one");
    virInterfaceFree(list[0]);
    virInterfaceFree(list[1]);
    free(list);
    assertDone(virInterfaceUndefine(one));
    g_assert_cmpint(virInterfaceIsActive(one), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_INTERFACE);
    virInterfaceFree(one);
}

static void
testTransactions(void)
{
    virInterfacePtr eth = virInterfaceLookupByName(conn, "eth1");

    g_assert_cmpint(virInterfaceChangeCommit(conn, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virInterfaceChangeRollback(conn, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virInterfaceChangeBegin(conn, 0));
    g_assert_cmpint(virInterfaceChangeBegin(conn, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virInterfaceUndefine(eth));
    virInterfaceFree(define("<interface type='ethernet' name='new'/>"));
    assertDone(virInterfaceChangeRollback(conn, 0));
    g_assert_cmpint(virInterfaceIsActive(eth), ==, 1);
    g_assert_cmpint(virConnectListAllInterfaces(conn, NULL, 0), ==, 1);
    assertDone(virInterfaceChangeBegin(conn, 0));
    assertDone(virInterfaceDestroy(eth, 0));
    assertDone(virInterfaceChangeCommit(conn, 0));
    g_assert_cmpint(virInterfaceIsActive(eth), ==, 0);
    assertDone(virInterfaceCreate(eth, 0));
    virInterfaceFree(eth);
}

static void
testNodeDocument(void)
{
    virConnectPtr node = mustOpenNode("<node><interface type='ethernet' name='a'/>"
                                      "<interface type='ethernet' name='b' state='inactive'/>"
                                      "</node>");

    g_assert_cmpint(virConnectNumOfInterfaces(node), ==, 1);
    g_assert_cmpint(virConnectNumOfDefinedInterfaces(node), ==, 1);
    /* A transaction that is left open vanishes with its host. */
    assertDone(virInterfaceChangeBegin(node, 0));
    virConnectClose(node);
}

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    conn = mustOpen("test:///default");
    g_test_add_func("/interface/default", testDefault);
    g_test_add_func("/interface/definitions", testDefinitions);
    g_test_add_func("/interface/wrong-definitions", testWrongDefinitions);
    g_test_add_func("/interface/lifecycle", testLifecycle);
    g_test_add_func("/interface/transactions", testTransactions);
    g_test_add_func("/interface/node-document", testNodeDocument);
    status = g_test_run();
    virConnectClose(conn);
    return status;
}
