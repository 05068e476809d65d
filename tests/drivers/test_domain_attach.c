/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that are attached, changed and detached, live, for the next start, or both. */

#include "drivers/domain.h"

#define DISK "<disk type='file'><source file='/new'/><target dev='vdb' bus='virtio'/></disk>"

static void
hearAdded(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, const char *alias,
          void *opaque)
{
    g_string_append_printf(opaque, "+%s; ", alias);
}

static void
hearRemoved(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, const char *alias,
            void *opaque)
{
    g_string_append_printf(opaque, "-%s; ", alias);
}

static void
hearTray(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, const char *alias,
         int reason, void *opaque)
{
    g_string_append_printf(opaque, "tray %s %d; ", alias, reason);
}

static void
listen(Host *host)
{
    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_DEVICE_ADDED,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearAdded),
                                                host->events, NULL));
    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL,
                                                VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearRemoved),
                                                host->events, NULL));
    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_TRAY_CHANGE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearTray), host->events,
                                                NULL));
}

/* Whether a part is in the document of the running guest, and of its next start. */
static void
assertHas(virDomainPtr dom, const char *part, bool live, bool config)
{
    char *now = virDomainGetXMLDesc(dom, 0);
    char *next = virDomainGetXMLDesc(dom, VIR_DOMAIN_XML_INACTIVE);

    g_assert_true(live == (strstr(now, part) != NULL));
    g_assert_true(config == (strstr(next, part) != NULL));
    free(now);
    free(next);
}

static void
testDisk(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainBlockInfo info;

    listen(host);
    assertDone(virDomainAttachDevice(host->dom, DISK));
    assertHas(host->dom, "dev='vdb'", true, false);
    assertDone(virDomainGetBlockInfo(host->dom, "vdb", &info, 0));
    g_assert_cmpint(virDomainAttachDeviceFlags(host->dom, DISK, VIR_DOMAIN_AFFECT_LIVE |
                                               VIR_DOMAIN_AFFECT_CONFIG), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "vdb");
    assertHas(host->dom, "dev='vdb'", true, false);
    assertDone(virDomainAttachDeviceFlags(host->dom, DISK, VIR_DOMAIN_AFFECT_CONFIG));
    assertHas(host->dom, "dev='vdb'", true, true);
    assertDone(virDomainDetachDeviceFlags(host->dom, DISK, VIR_DOMAIN_AFFECT_LIVE |
                                          VIR_DOMAIN_AFFECT_CONFIG));
    assertHas(host->dom, "dev='vdb'", false, false);
    g_assert_cmpint(virDomainDetachDevice(host->dom, DISK), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_DEVICE_MISSING);
    g_assert_cmpint(virDomainAttachDevice(host->off, DISK), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainAttachDeviceFlags(host->off, DISK, 0));
    assertEvents(host, "+virtio-disk1; -virtio-disk1; ");
}

static void
testInterface(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    const char *plain = "<interface type='network'><source network='default'/></interface>";
    const char *mac = "<interface type='network'><mac address='52:54:00:11:22:33'/>"
                      "<source network='default'/></interface>";
    const char *down = "<interface type='network'><mac address='52:54:00:11:22:33'/>"
                       "<source network='default'/><link state='down'/></interface>";
    virDomainInterfaceStatsStruct stats;

    assertDone(virDomainAttachDevice(host->dom, plain));
    assertDone(virDomainInterfaceStats(host->dom, "testnet1", &stats, sizeof(stats)));
    assertDone(virDomainAttachDevice(host->dom, mac));
    assertDone(virDomainInterfaceStats(host->dom, "testnet2", &stats, sizeof(stats)));
    g_assert_cmpint(virDomainAttachDevice(host->dom, mac), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainUpdateDeviceFlags(host->dom, down, 0));
    assertHas(host->dom, "<link state='down'/>", true, false);
    assertDone(virDomainInterfaceStats(host->dom, "testnet2", &stats, sizeof(stats)));
    assertDone(virDomainDetachDevice(host->dom, down));
    g_assert_cmpint(virDomainInterfaceStats(host->dom, "testnet2", &stats, sizeof(stats)), ==, -1);
    /* Two others are alike. */
    g_assert_cmpint(virDomainDetachDevice(host->dom, "<interface type='network'/>"), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED);
}

static void
testAlias(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    listen(host);
    assertDone(virDomainAttachDevice(host->dom, "<controller type='scsi' index='0'>"
                                     "<alias name='ua-mine'/></controller>"));
    g_assert_cmpint(virDomainAttachDevice(host->dom, "<rng model='virtio'>"
                                          "<backend model='random'>/dev/random</backend>"
                                          "<alias name='ua-mine'/></rng>"), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainDetachDeviceAlias(host->dom, "ua-other", 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_DEVICE_MISSING);
    assertDone(virDomainDetachDeviceAlias(host->dom, "ua-mine", 0));
    assertHas(host->dom, "ua-mine", false, false);
    assertEvents(host, "+ua-mine; -ua-mine; ");
}

static void
testMedium(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    listen(host);
    assertDone(virDomainAttachDevice(host->dom, "<disk type='file' device='cdrom'>"
                                     "<target dev='hdc' bus='ide'/></disk>"));
    assertDone(virDomainUpdateDeviceFlags(host->dom, "<disk type='file' device='cdrom'>"
                                          "<source file='/cd.iso'/>"
                                          "<target dev='hdc' bus='ide'/></disk>", 0));
    assertHas(host->dom, "/cd.iso", true, false);
    assertEvents(host, "+ide0-1-0; tray ide0-1-0 0; tray ide0-1-0 1; ");
    g_assert_cmpint(virDomainUpdateDeviceFlags(host->dom, "<disk type='file'>"
                                               "<source file='/other'/>"
                                               "<target dev='vda' bus='virtio'/></disk>", 0), ==,
                    -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED, "/guest/diskimage1");
    assertDone(virDomainUpdateDeviceFlags(host->dom, "<disk type='file'>"
                                          "<source file='/other'/>"
                                          "<target dev='vda' bus='virtio'/></disk>",
                                          VIR_DOMAIN_AFFECT_CONFIG));
    assertHas(host->dom, "/other", false, true);
    assertHas(host->dom, "/guest/diskimage1", true, false);
}

/* What a new description does not speak of stays; the rest a running guest would notice. */
static void
testKept(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    const char *nic = "<interface type='network'><mac address='52:54:00:11:22:33'/>"
                      "<source network='default'/><model type='e1000'/></interface>";
    const char *down = "<interface type='network'><mac address='52:54:00:11:22:33'/>"
                       "<source network='default'/><link state='down'/></interface>";
    const char *other = "<interface type='network'><mac address='52:54:00:11:22:33'/>"
                        "<source network='default'/><model type='virtio'/></interface>";
    const char *bus = "<disk type='file'><source file='/guest/diskimage1'/>"
                      "<target dev='vda' bus='scsi'/></disk>";

    assertDone(virDomainAttachDevice(host->dom, nic));
    assertDone(virDomainUpdateDeviceFlags(host->dom, down, 0));
    assertHas(host->dom, "<model type='e1000'/>", true, false);
    g_assert_cmpint(virDomainUpdateDeviceFlags(host->dom, other, 0), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                  "interface/model/@type cannot change while the guest runs: it is e1000");
    for (int flag = 0; flag < 2; flag++) {
        g_assert_cmpint(virDomainUpdateDeviceFlags(host->dom, bus, flag ? VIR_DOMAIN_AFFECT_CONFIG
                                                                        : VIR_DOMAIN_AFFECT_LIVE),
                        ==, -1);
        assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED, "from virtio to scsi");
    }
}

/* A device brings the controller it needs, and the definition is right as a whole. */
static void
testController(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    const char *disk = "<disk type='file'><source file='/s'/><target dev='sda' bus='scsi'/></disk>";
    const char *order = "<interface type='network'><source network='default'/>"
                        "<boot order='1'/></interface>";

    assertDone(virDomainAttachDeviceFlags(host->dom, disk, VIR_DOMAIN_AFFECT_LIVE |
                                          VIR_DOMAIN_AFFECT_CONFIG));
    assertHas(host->dom, "<controller type='scsi' index='0'", true, true);
    assertHas(host->dom, "<address type='drive' controller='0' bus='0' target='0' unit='0'/>", true,
              true);
    /* Boot orders do not go with <boot>. */
    g_assert_cmpint(virDomainAttachDeviceFlags(host->dom, order, VIR_DOMAIN_AFFECT_CONFIG), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED);
    assertHas(host->dom, "<boot order", false, false);
}

/* Devices of the host that differ in their place there only are different devices. */
static void
testHostDevices(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    const char *format = "<hostdev mode='subsystem' type='usb'><source>"
                         "<address bus='1' device='%d'/></source></hostdev>";

    for (int i = 1; i <= 3; i++) {
        g_autofree char *xml = g_strdup_printf(format, i);

        assertDone(virDomainAttachDevice(host->dom, xml));
    }
    for (int i = 2; i <= 3; i++) {
        g_autofree char *xml = g_strdup_printf(format, i);

        assertDone(virDomainDetachDevice(host->dom, xml));
        g_assert_cmpint(virDomainDetachDevice(host->dom, xml), ==, -1);
        assertError(VIR_FROM_TEST, VIR_ERR_DEVICE_MISSING);
    }
    assertHas(host->dom, "<address bus='1' device='1'/>", true, false);
}

static void
testWrong(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *xml;
        int domain, code;
    } wrong[] = {
        { "", VIR_FROM_DOMAIN, VIR_ERR_XML_DETAIL },
        { "<disk", VIR_FROM_DOMAIN, VIR_ERR_XML_DETAIL },
        { "<memballoon model='virtio'/>", VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED },
        { "<zz/>", VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED },
        { "<disk type='zz'><target dev='vdz'/></disk>", VIR_FROM_XML, VIR_ERR_XML_ERROR },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_cmpint(virDomainAttachDevice(host->dom, wrong[i].xml), ==, -1);
        assertError(wrong[i].domain, wrong[i].code);
        g_assert_cmpint(virDomainDetachDevice(host->dom, wrong[i].xml), ==, -1);
        assertError(wrong[i].domain, wrong[i].code);
        g_assert_cmpint(virDomainUpdateDeviceFlags(host->dom, wrong[i].xml, 0), ==, -1);
        assertError(wrong[i].domain, wrong[i].code);
    }
}

#define SIZES(requested)                                                                          \
    "<memory model='virtio-mem'><target><size unit='MiB'>64</size><node>0</node>"                  \
    "<block unit='MiB'>2</block><requested unit='MiB'>" requested "</requested></target></memory>"

static void
hearSize(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, const char *alias,
         unsigned long long size, void *opaque)
{
    g_string_append_printf(opaque, "%s %llu; ", alias, size);
}

static void
hearRefusal(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, const char *alias,
            void *opaque)
{
    g_string_append_printf(opaque, "keeps %s; ", alias);
}

/* The guest takes what it is asked to, and lets memory go once it uses none of it. */
static void
testMemory(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d3", "11111111-2222-3333-4444-555555555556",
                                      "<maxMemory slots='4' unit='MiB'>1024</maxMemory><cpu><numa>"
                                      "<cell id='0' cpus='0-1' memory='8192'/></numa></cpu>");
    virDomainPtr dom = virDomainCreateXML(host->conn, xml, 0);

    g_assert_nonnull(dom);
    assertEvents(host, "started 0 d3; ");
    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL,
                                                VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearSize), host->events,
                                                NULL));
    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL,
                                                VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearRefusal),
                                                host->events, NULL));
    assertDone(virDomainAttachDevice(dom, SIZES("32")));
    assertHas(dom, "<current unit='KiB'>32768</current>", true, false);
    g_assert_cmpint(virDomainDetachDeviceAlias(dom, "virtiomem0", 0), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED, "does not release");
    assertEvents(host, "virtiomem0 32768; keeps virtiomem0; ");
    /* While it stands still it changes nothing. */
    assertDone(virDomainSuspend(dom));
    assertDone(virDomainUpdateDeviceFlags(dom, SIZES("0"), 0));
    assertEvents(host, "suspended 0 d3; ");
    assertDone(virDomainResume(dom));
    assertDone(virDomainDetachDeviceAlias(dom, "virtiomem0", 0));
    assertEvents(host, "resumed 0 d3; virtiomem0 0; ");
    virDomainFree(dom);
}

static void
hearChange(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, const char *before,
           const char *after, const char *alias, int reason, void *opaque)
{
    g_string_append_printf(opaque, "%s: %s %s %d; ", alias, before, after ? after : "-", reason);
}

#define POLICY_DISK(device, target, policy)                                                     \
    "<disk type='file' device='" device "'><source file='/default-pool/none' startupPolicy='"   \
    policy "'/><target dev='" target "' bus='ide'/></disk>"

/* A source that no volume of its pool is may be missing, if its disk says so; only for this run. */
static void
testMissing(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *disks;
        const char *events;     /* NULL: it does not start */
    } cases[] = {
        { POLICY_DISK("cdrom", "hda", "mandatory"), NULL },
        { POLICY_DISK("cdrom", "hda", "requisite"), NULL },
        { POLICY_DISK("disk", "hda", "optional") POLICY_DISK("cdrom", "hdb", "optional"),
          "started 0 d2; ide0-0-1: /default-pool/none - 0; ide0-0-0: /default-pool/none - 1; "
          "stopped 0 d2; " },
        { "<disk type='file' device='cdrom'><source file='/elsewhere' startupPolicy='mandatory'/>"
          "<target dev='hda' bus='ide'/></disk>", "started 0 d2; stopped 0 d2; " },
    };

    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_DISK_CHANGE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearChange),
                                                host->events, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *devices = g_strdup_printf("<devices>%s</devices>", cases[i].disks);
        g_autofree char *xml = documentOf("d2", TEST_UUID, devices);

        virDomainFree(virDomainDefineXML(host->conn, xml));
        g_string_truncate(host->events, 0);
        assertEvents(host, "defined 1 d2; ");
        if (!cases[i].events) {
            g_assert_cmpint(virDomainCreate(host->off), ==, -1);
            assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED, "is missing");
            continue;
        }
        assertDone(virDomainCreate(host->off));
        if (strstr(cases[i].events, "none")) {
            assertHas(host->off, "/default-pool/none", false, true);
            assertHas(host->off, "dev='hda'", false, true);
            assertHas(host->off, "dev='hdb'", true, true);
        }
        assertDone(virDomainShutdown(host->off));
        assertEvents(host, cases[i].events);
    }
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("attach-disk", testDisk);
    ADD("attach-interface", testInterface);
    ADD("alias", testAlias);
    ADD("medium", testMedium);
    ADD("kept", testKept);
    ADD("controller", testController);
    ADD("host-devices", testHostDevices);
    ADD("wrong-device", testWrong);
    ADD("attach/memory", testMemory);
    ADD("attach/missing-source", testMissing);
    return g_test_run();
}
