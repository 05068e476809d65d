/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Node devices of the test hypervisor: what is there, virtual ports, mediated devices, detaching. */

#include <stdlib.h>

#include "drivers/events.h"
#include "drivers/node_file.h"

#define TYPE "i915-GVTg_V5_4"
#define UUID "c60cc60c-c60c-c60c-c60c-c60cc60cc60c"
#define NAME "mdev_c60cc60c_c60c_c60c_c60c_c60cc60cc60c_0000_00_02_0"
#define CARD "pci_0000_00_02_0"

/* A card of which two shares can be made, an adapter with one virtual port, and one more PCI device. */
static const char node[] =
    "<node><device><name>computer</name><capability type='system'/></device>"
    "<device><name>" CARD "</name><path>/sys/devices/pci0000:00/0000:00:02.0</path>"
    "<parent>computer</parent><driver><name>i915</name></driver><capability type='pci'>"
    "<domain>0</domain><bus>0</bus><slot>2</slot><function>0</function>"
    "<capability type='mdev_types'><type id='" TYPE "'><deviceAPI>vfio-pci</deviceAPI>"
    "<availableInstances>2</availableInstances></type></capability>"
    "<iommuGroup number='3'/></capability></device>"
    "<device><name>scsi_host5</name><parent>computer</parent><capability type='scsi_host'>"
    "<host>5</host><capability type='fc_host'><wwnn>2000000000000005</wwnn>"
    "<wwpn>1000000000000005</wwpn><fabric_wwn>3000000000000005</fabric_wwn></capability>"
    "<capability type='vport_ops'><max_vports>1</max_vports><vports>0</vports></capability>"
    "</capability></device>"
    "<domain type='test'><name>guest</name><memory>1000</memory><os><type>hvm</type></os></domain>"
    "%s</node>";

static virConnectPtr conn;
static int listeners[2];

static void
onLifecycle(virConnectPtr from G_GNUC_UNUSED, virNodeDevicePtr device, int event,
            int detail G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    static const char *const words[] = { "created", "deleted", "defined", "undefined" };

    g_string_append_printf(heard, "%s %s;", words[event], virNodeDeviceGetName(device));
}

static void
onUpdate(virConnectPtr from G_GNUC_UNUSED, virNodeDevicePtr device, void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(heard, "changed %s;", virNodeDeviceGetName(device));
}

/* A connection to a fresh host with `more` on it, listening. */
static void
begin(const char *more)
{
    g_autofree char *document = g_strdup_printf(node, more);

    conn = mustOpenNode(document);
    listeners[0] = virConnectNodeDeviceEventRegisterAny(
        conn, NULL, VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE, VIR_NODE_DEVICE_EVENT_CALLBACK(onLifecycle),
        NULL, NULL);
    listeners[1] = virConnectNodeDeviceEventRegisterAny(
        conn, NULL, VIR_NODE_DEVICE_EVENT_ID_UPDATE, VIR_NODE_DEVICE_EVENT_CALLBACK(onUpdate),
        NULL, NULL);
    assertDone(listeners[0]);
    assertDone(listeners[1]);
}

static void
end(void)
{
    assertHeard("");
    assertDone(virConnectNodeDeviceEventDeregisterAny(conn, listeners[0]));
    assertDone(virConnectNodeDeviceEventDeregisterAny(conn, listeners[1]));
    g_assert_cmpint(virConnectClose(conn), ==, 0);
}

static virNodeDevicePtr
find(const char *name)
{
    virNodeDevicePtr device = virNodeDeviceLookupByName(conn, name);

    if (!device)
        g_error("%s", virGetLastErrorMessage());
    return device;
}

/* The description of a device holds, or does not hold, a part. */
static void
assertSays(virNodeDevicePtr device, unsigned int flags, const char *part, bool says)
{
    char *text = virNodeDeviceGetXMLDesc(device, flags);

    g_assert_nonnull(text);
    if (!strstr(text, part) == says)
        g_error("%s: %s", part, text);
    free(text);
}

/* The devices that a filter leaves are those named, with a blank behind each. */
static void
assertListed(virConnectPtr on, unsigned int flags, const char *expected)
{
    g_autoptr(GString) names = g_string_new(NULL);
    virNodeDevicePtr *list = NULL;
    int count = virConnectListAllNodeDevices(on, &list, flags);

    assertDone(count);
    for (int i = 0; i < count; i++) {
        g_string_append_printf(names, "%s ", virNodeDeviceGetName(list[i]));
        virNodeDeviceFree(list[i]);
    }
    free(list);
    g_assert_cmpstr(names->str, ==, expected);
    g_assert_cmpint(virConnectListAllNodeDevices(on, NULL, flags), ==, count);
}

static void
testDefault(void)
{
    virConnectPtr own = mustOpen("test:///default");
    virNodeDevicePtr port = virNodeDeviceLookupSCSIHostByWWN(own, "2000000034563456",
                                                             "1000000034563456", 0);
    virNodeDevicePtr computer = virNodeDeviceLookupByName(own, "computer");
    char *names[4] = { NULL };

    g_assert_cmpstr(virNodeDeviceGetName(port), ==, "scsi_host11");
    g_assert_cmpstr(virNodeDeviceGetParent(port), ==, "scsi_host1");
    g_assert_cmpint(virNodeDeviceIsPersistent(port), ==, 0);
    g_assert_null(virNodeDeviceGetParent(computer));
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    g_assert_cmpint(virNodeDeviceNumOfCaps(port), ==, 1);
    g_assert_cmpint(virNodeDeviceListCaps(port, names, 4), ==, 1);
    g_assert_cmpstr(names[0], ==, "scsi_host");
    free(names[0]);
    g_assert_cmpint(virNodeNumOfDevices(own, NULL, 0), ==, 4);
    g_assert_cmpint(virNodeNumOfDevices(own, "fc_host", 0), ==, 3);
    g_assert_cmpint(virNodeNumOfDevices(own, "nope", 0), ==, 0);
    g_assert_cmpint(virNodeListDevices(own, "vports", names, 4, 0), ==, 2);
    g_assert_cmpstr(names[0], ==, "scsi_host1");
    g_assert_cmpstr(names[1], ==, "scsi_host2");
    free(names[0]);
    free(names[1]);
    assertListed(own, VIR_CONNECT_LIST_NODE_DEVICES_CAP_SYSTEM, "computer ");
    assertListed(own, VIR_CONNECT_LIST_NODE_DEVICES_CAP_SYSTEM |
                 VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPORTS, "computer scsi_host1 scsi_host2 ");
    assertListed(own, VIR_CONNECT_LIST_NODE_DEVICES_TRANSIENT, "scsi_host11 ");
    assertListed(own, VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE, "");
    g_assert_null(virNodeDeviceLookupByName(own, "nope"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_NODE_DEVICE);
    g_assert_null(virNodeDeviceLookupSCSIHostByWWN(own, "2000000034563456", "1", 0));
    assertError(VIR_FROM_NODEDEV, VIR_ERR_NO_NODE_DEVICE);
    g_assert_cmpint(virNodeDeviceDestroy(computer), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED);
    virNodeDeviceFree(computer);
    virNodeDeviceFree(port);
    virConnectClose(own);
}

#define PORT(parent, wwnn, wwpn) \
    "<device>" parent "<capability type='scsi_host'><capability type='fc_host'>" wwnn wwpn \
    "</capability></capability></device>"
#define WWNN "<wwnn>2000000012341234</wwnn>"
#define WWPN "<wwpn>1000000012341234</wwpn>"

static void
testPorts(void)
{
    static const struct {
        const char *xml;
        int code;
    } wrong[] = {
        { PORT("<parent>nope</parent>", WWNN, WWPN), VIR_ERR_INTERNAL_ERROR },
        { PORT("<parent>computer</parent>", WWNN, WWPN), VIR_ERR_INTERNAL_ERROR },
        { PORT("<parent fabric_wwn='3000000000000006'/>", WWNN, WWPN), VIR_ERR_INTERNAL_ERROR },
        { PORT("", WWNN, ""), VIR_ERR_INTERNAL_ERROR },
        { PORT("", "<wwnn>12</wwnn>", WWPN), VIR_ERR_XML_ERROR },
        { PORT("", WWNN, "<wwpn>1000000000000005</wwpn>"), VIR_ERR_OPERATION_FAILED },
        { "<device><capability type='net'><interface>e</interface></capability></device>",
          VIR_ERR_INTERNAL_ERROR },
        { "<device", VIR_ERR_XML_DETAIL },
    };
    virNodeDevicePtr adapter, port;

    begin("");
    adapter = find("scsi_host5");
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_null(virNodeDeviceCreateXML(conn, wrong[i].xml, 0));
        assertError(VIR_FROM_NODEDEV, wrong[i].code);
    }
    port = virNodeDeviceCreateXML(conn, PORT("<parent wwpn='1000000000000005'/>", WWNN, WWPN),
                                  VIR_NODE_DEVICE_CREATE_XML_VALIDATE);
    g_assert_cmpstr(virNodeDeviceGetName(port), ==, "scsi_host6");
    g_assert_cmpstr(virNodeDeviceGetParent(port), ==, "scsi_host5");
    assertSays(port, 0, "<fabric_wwn>3000000000000005</fabric_wwn>", true);
    assertSays(adapter, 0, "<vports>1</vports>", true);
    assertHeard("created scsi_host6;changed scsi_host5;");
    g_assert_null(virNodeDeviceCreateXML(
                      conn, PORT("", WWNN, "<wwpn>1000000012341235</wwpn>"), 0));
    assertMessage(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_FAILED, "scsi_host5");
    g_assert_cmpint(virNodeDeviceUndefine(port, 0), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED);
    assertDone(virNodeDeviceDestroy(port));
    g_assert_cmpint(virNodeDeviceDestroy(port), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_NODE_DEVICE);
    assertSays(adapter, 0, "<vports>0</vports>", true);
    assertHeard("deleted scsi_host6;changed scsi_host5;");
    virNodeDeviceFree(port);
    port = virNodeDeviceCreateXML(conn, PORT("", WWNN, WWPN), 0);
    assertDone(virNodeDeviceDestroy(adapter));
    assertHeard("created scsi_host6;changed scsi_host5;deleted scsi_host6;changed scsi_host5;"
                "deleted scsi_host5;");
    g_assert_cmpint(virNodeDeviceIsActive(port), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_NODE_DEVICE);
    virNodeDeviceFree(port);
    virNodeDeviceFree(adapter);
    end();
}

#define MDEV(parent, type, more) \
    "<device><parent>" parent "</parent><capability type='mdev'><type id='" type "'/>" more \
    "</capability></device>"
#define MORE "<uuid>" UUID "</uuid><attr name='a' value='1'/>"

static void
testMdev(void)
{
    virNodeDevicePtr card, mdev, other;
    int autostart = -1;

    begin("");
    card = find(CARD);
    mdev = virNodeDeviceDefineXML(conn, MDEV(CARD, TYPE, MORE),
                                  VIR_NODE_DEVICE_DEFINE_XML_VALIDATE);
    g_assert_cmpstr(virNodeDeviceGetName(mdev), ==, NAME);
    assertHeard("defined " NAME ";");
    g_assert_cmpint(virNodeDeviceIsActive(mdev), ==, 0);
    g_assert_cmpint(virNodeDeviceIsPersistent(mdev), ==, 1);
    assertListed(conn, VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE, NAME " ");
    g_assert_cmpint(virNodeNumOfDevices(conn, "mdev", 0), ==, 0);
    g_assert_cmpint(virNodeDeviceDestroy(mdev), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID);
    assertDone(virNodeDeviceSetAutostart(mdev, 1));
    assertDone(virNodeDeviceGetAutostart(mdev, &autostart));
    g_assert_cmpint(autostart, ==, 1);
    assertSays(mdev, 0, "<iommuGroup", false);
    assertDone(virNodeDeviceCreate(mdev, 0));
    assertHeard("created " NAME ";changed " CARD ";");
    g_assert_cmpint(virNodeDeviceCreate(mdev, 0), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID);
    assertSays(mdev, 0, "<iommuGroup number='4'/>", true);
    assertSays(mdev, VIR_NODE_DEVICE_XML_INACTIVE, "<iommuGroup", false);
    assertSays(card, 0, "<availableInstances>1</availableInstances>", true);
    other = virNodeDeviceCreateXML(conn, MDEV(CARD, TYPE, ""), 0);
    g_assert_nonnull(other);
    assertHeard(NULL);
    g_assert_null(virNodeDeviceCreateXML(conn, MDEV(CARD, TYPE, ""), 0));
    assertMessage(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_FAILED, "no more");
    assertListed(conn, VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV_TYPES, CARD " ");
    g_assert_cmpint(virNodeDeviceSetAutostart(other, 1), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID);
    assertDone(virNodeDeviceDestroy(other));
    virNodeDeviceFree(other);
    assertHeard(NULL);
    assertDone(virNodeDeviceUndefine(mdev, 0));
    assertHeard("undefined " NAME ";");
    g_assert_cmpint(virNodeDeviceIsPersistent(mdev), ==, 0);
    assertDone(virNodeDeviceDestroy(mdev));
    assertHeard("deleted " NAME ";changed " CARD ";");
    assertSays(card, 0, "<availableInstances>2</availableInstances>", true);
    g_assert_cmpint(virNodeDeviceIsActive(mdev), ==, -1);
    virNodeDeviceFree(mdev);
    virNodeDeviceFree(card);
    end();
}

static void
testWrongMdev(void)
{
    static const struct {
        const char *xml;
        int code;
    } wrong[] = {
        { MDEV("nope", TYPE, ""), VIR_ERR_INTERNAL_ERROR },
        { MDEV(CARD, "nope", ""), VIR_ERR_CONFIG_UNSUPPORTED },
        { MDEV("computer", TYPE, ""), VIR_ERR_CONFIG_UNSUPPORTED },
        { PORT("", WWNN, WWPN), VIR_ERR_CONFIG_UNSUPPORTED },
        { "<device><capability type='mdev'/></device>", VIR_ERR_XML_ERROR },
    };

    begin("");
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_null(virNodeDeviceDefineXML(conn, wrong[i].xml, 0));
        assertError(VIR_FROM_NODEDEV, wrong[i].code);
    }
    end();
}

#define ATTR(value) "<attr name='a' value='" value "'/>"

static void
testUpdate(void)
{
    const unsigned int live = VIR_NODE_DEVICE_UPDATE_AFFECT_LIVE;
    const unsigned int config = VIR_NODE_DEVICE_UPDATE_AFFECT_CONFIG;
    virNodeDevicePtr mdev;

    begin("<device>" "<parent>" CARD "</parent><capability type='mdev'><type id='" TYPE "'/>" MORE
          "</capability></device>");
    mdev = find(NAME);
    g_assert_cmpint(virNodeDeviceIsActive(mdev), ==, 1);
    assertDone(virNodeDeviceUpdate(mdev, MDEV(CARD, TYPE, ATTR("2")), live));
    assertHeard("changed " NAME ";");
    assertSays(mdev, 0, ATTR("2"), true);
    assertSays(mdev, VIR_NODE_DEVICE_XML_INACTIVE, ATTR("1"), true);
    assertDone(virNodeDeviceUpdate(mdev, MDEV(CARD, TYPE, ATTR("3")), config));
    assertHeard("defined " NAME ";");
    assertSays(mdev, 0, ATTR("2"), true);
    assertDone(virNodeDeviceUpdate(mdev, MDEV(CARD, TYPE, ATTR("4")), 0));
    assertSays(mdev, 0, ATTR("4"), true);
    assertHeard("changed " NAME ";");
    g_assert_cmpint(virNodeDeviceUpdate(mdev, MDEV("computer", TYPE, ATTR("3")), 0), ==, -1);
    assertMessage(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED, "parent");
    g_assert_cmpint(virNodeDeviceUpdate(mdev, MDEV(CARD, "other", ATTR("3")), 0), ==, -1);
    assertMessage(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED, "type");
    assertDone(virNodeDeviceDestroy(mdev));
    assertHeard(NULL);
    assertSays(mdev, 0, ATTR("3"), true);
    g_assert_cmpint(virNodeDeviceUpdate(mdev, MDEV(CARD, TYPE, ATTR("5")), live), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID);
    assertDone(virNodeDeviceUpdate(mdev, MDEV(CARD, TYPE, ATTR("5")), 0));
    assertHeard("defined " NAME ";");
    virNodeDeviceFree(mdev);
    mdev = find("scsi_host5");
    g_assert_cmpint(virNodeDeviceUpdate(mdev, MDEV(CARD, TYPE, ""), 0), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED);
    virNodeDeviceFree(mdev);
    end();
}

static void
testDetach(void)
{
    static const char given[] =
        "<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='0' slot='2' "
        "function='0'/></source></hostdev>";
    virNodeDevicePtr card, adapter;
    virDomainPtr guest;

    begin("");
    card = find(CARD);
    adapter = find("scsi_host5");
    guest = virDomainLookupByName(conn, "guest");
    assertDone(virNodeDeviceReset(card));
    assertDone(virNodeDeviceDettach(card));
    assertSays(card, 0, "<name>vfio-pci</name>", true);
    assertDone(virNodeDeviceDettach(card));
    assertHeard("changed " CARD ";");
    assertDone(virNodeDeviceDetachFlags(card, "mlx5_vfio_pci", 0));
    assertSays(card, 0, "<name>mlx5_vfio_pci</name>", true);
    g_assert_cmpint(virNodeDeviceDetachFlags(card, "e1000", 0), ==, -1);
    assertMessage(VIR_FROM_NODEDEV, VIR_ERR_CONFIG_UNSUPPORTED, "e1000");
    assertDone(virNodeDeviceReAttach(card));
    assertSays(card, 0, "<name>i915</name>", true);
    assertHeard("changed " CARD ";changed " CARD ";");
    assertDone(virDomainAttachDevice(guest, given));
    g_assert_cmpint(virNodeDeviceDettach(card), ==, -1);
    assertMessage(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID, "guest");
    g_assert_cmpint(virNodeDeviceReAttach(card), ==, -1);
    g_assert_cmpint(virNodeDeviceReset(card), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainDestroy(guest));
    assertDone(virNodeDeviceReset(card));
    g_assert_cmpint(virNodeDeviceDettach(adapter), ==, -1);
    assertError(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED);
    virDomainFree(guest);
    virNodeDeviceFree(adapter);
    virNodeDeviceFree(card);
    end();
}

/* A mediated device that a guest has stays. */
static void
testUsedMdev(void)
{
    static const char given[] =
        "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='" UUID
        "'/></source></hostdev>";
    virNodeDevicePtr mdev;
    virDomainPtr guest;

    begin("<device autostart='yes' transient='yes'><parent>" CARD "</parent>"
          "<capability type='mdev'><type id='" TYPE "'/>" MORE "</capability></device>");
    mdev = find(NAME);
    g_assert_cmpint(virNodeDeviceIsPersistent(mdev), ==, 0);
    guest = virDomainLookupByName(conn, "guest");
    assertDone(virDomainAttachDevice(guest, given));
    g_assert_cmpint(virNodeDeviceDestroy(mdev), ==, -1);
    assertMessage(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID, "guest");
    assertDone(virDomainDestroy(guest));
    assertDone(virNodeDeviceDestroy(mdev));
    assertHeard("deleted " NAME ";changed " CARD ";");
    virDomainFree(guest);
    virNodeDeviceFree(mdev);
    end();
}

int
main(int argc, char **argv)
{
    int result;

    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(virEventRegisterDefaultImpl(), ==, 0);
    heard = g_string_new(NULL);
    g_test_add_func("/nodedev/default", testDefault);
    g_test_add_func("/nodedev/ports", testPorts);
    g_test_add_func("/nodedev/mdev", testMdev);
    g_test_add_func("/nodedev/mdev/wrong", testWrongMdev);
    g_test_add_func("/nodedev/mdev/update", testUpdate);
    g_test_add_func("/nodedev/mdev/used", testUsedMdev);
    g_test_add_func("/nodedev/detach", testDetach);
    result = g_test_run();
    g_string_free(heard, TRUE);
    return result;
}
