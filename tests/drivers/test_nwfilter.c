/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network filters of the test hypervisor: definitions, references, bindings to ports. */

#include <stdlib.h>

#include "drivers/node_file.h"

#define UUID "fb57c546-76dc-a372-513f-e8179011b48a"
#define FILTER(name, inside) "<filter name='" name "' chain='root'>" inside "</filter>"
#define REFERENCE(name) "<filterref filter='" name "'/>"
#define RULE "<rule action='drop' direction='in'><tcp dstportstart='22'/></rule>"
#define BINDING(port, filter) \
    "<filterbinding><owner><name>guest</name><uuid>" UUID "</uuid></owner>" \
    "<portdev name='" port "'/><mac address='52:54:00:00:00:01'/>" \
    "<filterref filter='" filter "'><parameter name='IP' value='10.0.0.1'/></filterref>" \
    "</filterbinding>"

static virConnectPtr conn;

static virNWFilterPtr
define(const char *xml)
{
    virNWFilterPtr filter = virNWFilterDefineXMLFlags(conn, xml, VIR_NWFILTER_DEFINE_VALIDATE);

    if (!filter)
        g_error("%s: %s", xml, virGetLastErrorMessage());
    return filter;
}

static void
testLife(void)
{
    virNWFilterPtr one = define(FILTER("one", "<uuid>" UUID "</uuid>" RULE));
    virNWFilterPtr again, byUUID = virNWFilterLookupByUUIDString(conn, UUID);
    virNWFilterPtr *list = NULL;
    char *names[2] = { NULL };
    char *text;

    g_assert_cmpstr(virNWFilterGetName(byUUID), ==, "one");
    virNWFilterFree(byUUID);
    text = virNWFilterGetXMLDesc(one, 0);
    g_assert_nonnull(strstr(text, "dstportstart='22'"));
    free(text);
    again = virNWFilterDefineXML(conn, FILTER("one", "<uuid>" UUID "</uuid>"));
    g_assert_nonnull(again);
    text = virNWFilterGetXMLDesc(one, 0);
    g_assert_null(strstr(text, "<rule"));
    free(text);
    virNWFilterFree(again);
    g_assert_cmpint(virConnectNumOfNWFilters(conn), ==, 1);
    g_assert_cmpint(virConnectListNWFilters(conn, names, 2), ==, 1);
    g_assert_cmpstr(names[0], ==, "one");
    free(names[0]);
    g_assert_cmpint(virConnectListAllNWFilters(conn, &list, 0), ==, 1);
    g_assert_cmpstr(virNWFilterGetName(list[0]), ==, "one");
    virNWFilterFree(list[0]);
    free(list);
    /* Another name with the same identity, and the other way. */
    g_assert_null(virNWFilterDefineXML(conn, FILTER("two", "<uuid>" UUID "</uuid>")));
    assertError(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_FAILED);
    g_assert_null(virNWFilterDefineXML(conn, FILTER("one", "")));
    assertError(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_FAILED);
    assertDone(virNWFilterUndefine(one));
    g_assert_cmpint(virNWFilterUndefine(one), ==, -1);
    assertError(VIR_FROM_NWFILTER, VIR_ERR_NO_NWFILTER);
    g_assert_null(virNWFilterLookupByName(conn, "one"));
    assertError(VIR_FROM_NWFILTER, VIR_ERR_NO_NWFILTER);
    virNWFilterFree(one);
}

static void
testCircle(void)
{
    virNWFilterPtr a = define(FILTER("a", REFERENCE("b")));
    virNWFilterPtr b = define(FILTER("b", REFERENCE("c") RULE));

    g_assert_null(virNWFilterDefineXML(conn, FILTER("c", RULE REFERENCE("a"))));
    assertMessage(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_FAILED, "'c'");
    g_assert_null(virNWFilterDefineXML(conn, FILTER("d", REFERENCE("d"))));
    assertError(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_FAILED);
    assertDone(virNWFilterUndefine(a));
    assertDone(virNWFilterUndefine(b));
    virNWFilterFree(a);
    virNWFilterFree(b);
}

static void
testWrong(void)
{
    g_assert_null(virNWFilterDefineXML(conn, "<filter/>"));
    assertError(VIR_FROM_NWFILTER, VIR_ERR_XML_ERROR);
    g_assert_null(virNWFilterDefineXML(conn, "<filter"));
    assertError(VIR_FROM_NWFILTER, VIR_ERR_XML_DETAIL);
    g_assert_null(virNWFilterBindingCreateXML(conn, "<filterbinding/>", 0));
    assertError(VIR_FROM_NWFILTER, VIR_ERR_XML_ERROR);
}

static void
testBindings(void)
{
    virNWFilterPtr base = define(FILTER("base", RULE));
    virNWFilterPtr top = define(FILTER("top", REFERENCE("base")));
    virNWFilterBindingPtr binding, found;
    virNWFilterBindingPtr *list = NULL;
    char *text;

    g_assert_null(virNWFilterBindingCreateXML(conn, BINDING("tap0", "nope"), 0));
    assertMessage(VIR_FROM_NWFILTER, VIR_ERR_NO_NWFILTER, "nope");
    binding = virNWFilterBindingCreateXML(conn, BINDING("tap0", "top"),
                                          VIR_NWFILTER_BINDING_CREATE_VALIDATE);
    g_assert_cmpstr(virNWFilterBindingGetPortDev(binding), ==, "tap0");
    g_assert_cmpstr(virNWFilterBindingGetFilterName(binding), ==, "top");
    g_assert_null(virNWFilterBindingCreateXML(conn, BINDING("tap0", "base"), 0));
    assertMessage(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_FAILED, "tap0");
    found = virNWFilterBindingLookupByPortDev(conn, "tap0");
    text = virNWFilterBindingGetXMLDesc(found, 0);
    g_assert_nonnull(strstr(text, "<parameter name='IP' value='10.0.0.1'/>"));
    free(text);
    virNWFilterBindingFree(found);
    g_assert_cmpint(virConnectListAllNWFilterBindings(conn, &list, 0), ==, 1);
    g_assert_cmpstr(virNWFilterBindingGetPortDev(list[0]), ==, "tap0");
    virNWFilterBindingFree(list[0]);
    free(list);
    /* What holds for a port stays, however far away it is. */
    g_assert_cmpint(virNWFilterUndefine(base), ==, -1);
    assertMessage(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_INVALID, "tap0");
    g_assert_cmpint(virNWFilterUndefine(top), ==, -1);
    assertDone(virNWFilterBindingDelete(binding));
    g_assert_cmpint(virNWFilterBindingDelete(binding), ==, -1);
    assertError(VIR_FROM_NWFILTER, VIR_ERR_NO_NWFILTER_BINDING);
    assertDone(virNWFilterUndefine(base));
    assertDone(virNWFilterUndefine(top));
    virNWFilterBindingFree(binding);
    virNWFilterFree(base);
    virNWFilterFree(top);
}

/* Filters of a node document, one of which an interface of a running guest has. */
static void
testNode(void)
{
    virConnectPtr own = mustOpenNode(
        "<node><filter name='base'/><filter name='lone'/>"
        "<domain type='test'><name>guest</name><memory>1000</memory><os><type>hvm</type></os>"
        "<devices><interface type='network'><source network='default'/>"
        "<filterref filter='base'/></interface></devices></domain></node>");
    virNWFilterPtr base = virNWFilterLookupByName(own, "base");
    virNWFilterPtr lone = virNWFilterLookupByName(own, "lone");
    virDomainPtr guest = virDomainLookupByName(own, "guest");

    g_assert_cmpint(virNWFilterUndefine(base), ==, -1);
    assertMessage(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_INVALID, "guest");
    assertDone(virNWFilterUndefine(lone));
    assertDone(virDomainDestroy(guest));
    assertDone(virNWFilterUndefine(base));
    virDomainFree(guest);
    virNWFilterFree(lone);
    virNWFilterFree(base);
    virConnectClose(own);
}

int
main(int argc, char **argv)
{
    int result;

    g_test_init(&argc, &argv, NULL);
    conn = mustOpen("test:///default");
    g_test_add_func("/nwfilter/life", testLife);
    g_test_add_func("/nwfilter/circle", testCircle);
    g_test_add_func("/nwfilter/wrong", testWrong);
    g_test_add_func("/nwfilter/bindings", testBindings);
    g_test_add_func("/nwfilter/node", testNode);
    result = g_test_run();
    virConnectClose(conn);
    return result;
}
