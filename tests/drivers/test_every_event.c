/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every event of the specification reaches its listeners when an ordinary action causes it. */

#include <unistd.h>

#include "drivers/domain.h"
#include "drivers/node_file.h"
#include "tests/event_counts.h"

#define UUID "22222222-3333-4444-5555-666666666666"
#define CARD "pci_0000_01_00_0"

/* What a guest does by itself happens to three of them: a watchdog and a broken disk stop theirs. */
#define GUEST(name, more, devices)                                                              \
    "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>" name   \
    "</name><memory>65536</memory><vcpu>2</vcpu><iothreads>1</iothreads><os><type>hvm</type>"   \
    "</os>" more "<devices>" devices "</devices></domain>"
#define INCIDENT(text) "<test:incident " text "/>"
#define DISK "<disk type='file'><source file='/image'/><target dev='vda' bus='virtio'/></disk>"
#define MISSING "<disk type='file' device='cdrom'><source file='/pool/missing' startupPolicy='optional'/>" \
                "<target dev='hda' bus='ide'/></disk>"
#define NIC "<interface type='network'><mac address='52:54:00:00:00:01'/>" \
            "<source network='net'/></interface>"
#define AGENT "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"
#define MEMORY                                                                                  \
    "<memory model='virtio-mem'><target><size unit='MiB'>64</size><node>0</node>"               \
    "<block unit='MiB'>2</block><requested unit='MiB'>32</requested></target></memory>"

static const char node[] =
    "<node>"
    GUEST("guest", "<maxMemory slots='4' unit='MiB'>1024</maxMemory>"
          "<cpu><numa><cell id='0' cpus='0-1' memory='65536'/></numa></cpu>",
          DISK MISSING NIC AGENT "<graphics type='vnc'/>")
    GUEST("dog", INCIDENT("kind='watchdog' after='500'"),
          "<watchdog model='i6300esb' action='pause'/>")
    GUEST("broken", INCIDENT("kind='io-error' device='vda' after='500'"), DISK)
    GUEST("odd", INCIDENT("kind='memory-failure' after='500'")
          INCIDENT("kind='control-error' after='500'")
          INCIDENT("kind='mac-change' device='52:54:00:00:00:01' mac='52:54:00:00:00:02' after='500'")
          INCIDENT("kind='device-held' device='vda'") INCIDENT("kind='device-held' device='hda'"),
          DISK MISSING NIC)
    "<network><name>net</name></network>"
    "<pool type='dir'><name>pool</name><target><path>/pool</path></target></pool>"
    "<device><name>computer</name><capability type='system'/></device>"
    "<device><name>" CARD "</name><parent>computer</parent><capability type='pci'><domain>0</domain>"
    "<bus>1</bus><slot>0</slot><function>0</function><capability type='mdev_types'><type id='t'>"
    "<deviceAPI>vfio-pci</deviceAPI><availableInstances>4</availableInstances></type></capability>"
    "</capability></device>"
    "</node>";

static void
testDevices(virConnectPtr conn, virDomainPtr dom)
{
    virDomainPtr odd = virDomainLookupByName(conn, "odd");
    int fd;

    assertDone(virDomainAttachDevice(dom, MEMORY));
    assertDone(virDomainAttachDevice(dom, "<disk type='file'><source file='/b'/>"
                                     "<target dev='vdb' bus='virtio'/></disk>"));
    assertDone(virDomainDetachDevice(dom, "<disk type='file'><target dev='vdb' bus='virtio'/></disk>"));
    assertDone(virDomainUpdateDeviceFlags(dom, "<disk type='file' device='cdrom'>"
                                          "<source file='/cd'/><target dev='hda' bus='ide'/></disk>",
                                          0));
    /* The incident waits for no time, but for the thread that makes it happen. */
    for (int i = 0; i < 600 && virDomainDetachDevice(odd, DISK) == 0; i++) {
        assertDone(virDomainAttachDevice(odd, DISK));
        g_usleep(100000);
    }
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED);
    fd = virDomainOpenGraphicsFD(dom, 0, 0);
    assertDone(fd);
    close(fd);
    virDomainFree(odd);
}

static void
testGuest(virDomainPtr dom)
{
    virDomainBlockJobInfo info;
    unsigned char map = 1;

    assertDone(virDomainSetMemory(dom, 32768));
    assertDone(virDomainPinVcpu(dom, 0, &map, sizeof(map)));
    assertDone(virDomainSetMetadata(dom, VIR_DOMAIN_METADATA_TITLE, "title", NULL, NULL, 0));
    assertDone(virDomainSetTime(dom, 1000000, 0, 0));
    assertDone(virDomainSetBlockThreshold(dom, "vda", 1, 0));
    assertDone(virDomainBlockPull(dom, "vda", 0, 0));
    while (virDomainGetBlockJobInfo(dom, "vda", &info, 0) == 1)
        g_usleep(10000);
    assertDone(virDomainPMSuspendForDuration(dom, VIR_NODE_SUSPEND_TARGET_MEM, 0, 0));
    assertDone(virDomainPMWakeup(dom, 0));
    assertDone(virDomainReboot(dom, 0));
}

static void
testMigration(virDomainPtr dom)
{
    g_autofree char *uri = NULL;
    virDomainPtr moved;
    virConnectPtr other;

    writeNodeFile("other.xml", "<node/>");
    uri = nodeURI("other.xml");
    other = mustOpen(uri);
    moved = virDomainMigrate3(dom, other, NULL, 0, VIR_MIGRATE_LIVE);
    if (!moved)
        g_error("%s", virGetLastErrorMessage());
    virDomainFree(moved);
    virConnectClose(other);
    assertDone(virDomainCreate(dom));
    assertDone(virDomainPMSuspendForDuration(dom, VIR_NODE_SUSPEND_TARGET_DISK, 0, 0));
}

static void
testNetwork(virConnectPtr conn)
{
    virNetworkPtr network = virNetworkLookupByName(conn, "net");

    assertDone(virNetworkSetMetadata(network, VIR_NETWORK_METADATA_TITLE, "title", NULL, NULL, 0));
    assertDone(virNetworkDestroy(network));
    virNetworkFree(network);
}

static void
testPool(virConnectPtr conn)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(conn, "pool");

    assertDone(virStoragePoolRefresh(pool, 0));
    assertDone(virStoragePoolDestroy(pool));
    virStoragePoolFree(pool);
}

static void
testNodeDevice(virConnectPtr conn)
{
    virNodeDevicePtr device = virNodeDeviceDefineXML(
        conn, "<device><parent>" CARD "</parent><capability type='mdev'><type id='t'/></capability>"
        "</device>", 0);

    g_assert_nonnull(device);
    assertDone(virNodeDeviceSetAutostart(device, 1));
    assertDone(virNodeDeviceCreate(device, 0));
    virNodeDeviceFree(device);
}

static void
testSecret(virConnectPtr conn)
{
    virSecretPtr secret = virSecretDefineXML(
        conn, "<secret><uuid>" UUID "</uuid><usage type='ceph'><name>a</name></usage></secret>", 0);

    g_assert_nonnull(secret);
    assertDone(virSecretSetValue(secret, (const unsigned char *) "a", 1, 0));
    virSecretFree(secret);
}

/* Runs the event loop until every listener was called, for as long as a slow machine may need. */
static void
assertAllHeard(const unsigned int *heard)
{
    gint64 end = g_get_monotonic_time() + 60 * G_TIME_SPAN_SECOND;
    g_autoptr(GString) silent = g_string_new(NULL);

    do {
        bool late = false;

        g_string_truncate(silent, 0);
        assertDone(virEventAddTimeout(20, wake, &late, NULL));
        while (!late)
            assertDone(virEventRunDefaultImpl());
        for (size_t i = 0; testEventCounts[i].name; i++) {
            if (!heard[i])
                g_string_append_printf(silent, " %s", testEventCounts[i].name);
        }
    } while (silent->len && g_get_monotonic_time() < end);
    if (silent->len)
        g_error("nothing was heard of%s", silent->str);
}

static void
testAll(void)
{
    virConnectPtr conn = mustOpenNode(node);
    virDomainPtr dom = virDomainLookupByName(conn, "guest");
    unsigned int heard[128] = { 0 };
    size_t count = 0;

    while (testEventCounts[count].name)
        count++;
    g_assert_cmpuint(count, <, G_N_ELEMENTS(heard));
    for (size_t i = 0; i < count; i++)
        assertDone(testEventCounts[i].listen(conn, &heard[i]));
    /* It runs since the host was opened, when nobody listened. */
    assertDone(virDomainDestroy(dom));
    assertDone(virDomainCreate(dom));
    testDevices(conn, dom);
    testGuest(dom);
    testNetwork(conn);
    testPool(conn);
    testNodeDevice(conn);
    testSecret(conn);
    testMigration(dom);
    assertAllHeard(heard);
    virDomainFree(dom);
    virConnectClose(conn);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    g_test_add_func("/events/every", testAll);
    return g_test_run();
}
