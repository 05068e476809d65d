/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents of domains: those of the first releases, defaults, places of devices, what is refused. */

#include <glib.h>
#include <string.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "conf/domain.h"
#include "document/print.h"

static const virConfDomainDriver driver = {.arch = "x86_64", .multicast = true};

#define GUEST(devices) \
    "<domain type='test'><name>g</name><uuid>11111111-2222-3333-4444-555555555555</uuid>" \
    "<memory>65536</memory><os><type>hvm</type></os><devices>" devices "</devices></domain>"

static virDocDomain *
mustParse(const char *xml)
{
    virDocDomain *domain = virConfDomainParse(xml, &driver, VIR_DOC_PARSE_INACTIVE);

    if (!domain)
        g_error("%s\nin\n%s", virGetLastErrorMessage(), xml);
    return domain;
}

/* What is accepted prints stably, and is accepted in that form even strictly. */
static virDocDomain *
mustBeStable(const char *xml)
{
    g_autoptr(virDocDomain) domain = mustParse(xml);
    g_autofree char *text = virDocPrint(&virDocDomainRecord, NULL, domain, VIR_DOC_PRINT_SECURE);
    g_autoptr(virDocDomain) again = virConfDomainParse(text, &driver, VIR_DOC_PARSE_STRICT);
    g_autofree char *second = NULL;

    if (!again)
        g_error("%s\nin\n%s", virGetLastErrorMessage(), text);
    second = virDocPrint(&virDocDomainRecord, NULL, again, VIR_DOC_PRINT_SECURE);
    if (strcmp(text, second))
        g_error("%s\nthen\n%s", text, second);
    return g_steal_pointer(&domain);
}

static void
assertRefused(const char *xml, int code, const char *message)
{
    g_assert_null(virConfDomainParse(xml, &driver, VIR_DOC_PARSE_INACTIVE));
    g_assert_cmpint(virGetLastErrorCode(), ==, code);
    if (!g_str_has_suffix(virGetLastErrorMessage(), message))
        g_error("expected\n%s\nfound\n%s", message, virGetLastErrorMessage());
}

/* Checklist XML-06 to XML-40: a paravirtual guest, as the first releases wrote it. */
static void
testFirstXen(void)
{
    g_autoptr(virDocDomain) domain = mustBeStable(
        "<domain id='18'><name>pv</name><os><type>linux</type><kernel>/boot/k</kernel>"
        "<initrd>/boot/i</initrd><root>/dev/sda1</root><cmdline> ro quiet=0 3</cmdline></os>"
        "<memory>131072</memory><vcpu>1</vcpu><on_reboot>restart</on_reboot>"
        "<on_poweroff>destroy</on_poweroff><on_crash>rename-restart</on_crash><devices>"
        "<disk type='file'><source file='/u/pv.img'/><target dev='sda1'/></disk>"
        "<disk type='block'><source dev='hda5'/><target dev='sda2'/><readonly/><shareable/></disk>"
        "<interface type='bridge'><source bridge='xenbr0'/><mac address='aa:00:00:00:00:11'/>"
        "<ip address='10.0.0.2'/><script path='/etc/xen/scripts/vif-bridge'/></interface>"
        "<console tty='/dev/pts/5'/></devices></domain>");

    g_assert_cmpint(domain->type, ==, VIR_DOC_DOMAIN_TYPE_XEN);
    g_assert_cmpstr(domain->os->cmdline, ==, " ro quiet=0 3");
    g_assert_cmpstr(domain->os->root, ==, "/dev/sda1");
    g_assert_cmpint(domain->onCrash, ==, VIR_DOC_DOMAIN_CRASH_ACTION_RENAME_RESTART);
    g_assert_cmpstr(domain->disks[0]->targetDev, ==, "sda1");
    g_assert_true(domain->disks[1]->readonly && domain->disks[1]->shareable);
    g_assert_cmpstr(domain->interfaces[0]->sourceBridge, ==, "xenbr0");
    g_assert_cmpstr(domain->interfaces[0]->ips[0]->address, ==, "10.0.0.2");
    g_assert_cmpuint(domain->nconsoles, ==, 1);
}

/* Checklist HVM-01 to HVM-28, KVM-02 to KVM-10, QEMU-01 to QEMU-09. */
static void
testFirstMachines(void)
{
    g_autoptr(virDocDomain) xen = mustBeStable(
        "<domain type='xen' id='3'><name>fv</name><uuid>4dea22b31d52d8f32516782e98ab3fa0</uuid>"
        "<os><type>hvm</type><loader>/usr/lib/xen/boot/hvmloader</loader><boot dev='hd'/></os>"
        "<memory>524288</memory><vcpu>1</vcpu><features><pae/><acpi/><apic/></features>"
        "<clock sync=\"localtime\"/><devices><emulator>/usr/lib/xen/bin/qemu-dm</emulator>"
        "<interface type='bridge'><source bridge='xenbr0'/><script path='vif-bridge'/></interface>"
        "<disk type='file'><source file='/var/fv'/><target dev='hda'/></disk>"
        "<disk type='file' device='cdrom'><source file='/b.iso'/><target dev='hdc'/><readonly/>"
        "</disk><disk type='file' device='floppy'><source file='/fd.img'/><target dev='fda'/>"
        "</disk><graphics type='vnc' port='5904'/></devices></domain>");
    g_autoptr(virDocDomain) kvm = mustBeStable(
        "<domain type='kvm'><name>k</name><memory>131072</memory><vcpu>1</vcpu><os><type>hvm</type>"
        "</os><devices><disk type='file' device='disk'><source file='/d.img'/><target dev='hda'/>"
        "</disk><interface type='user'><mac address='24:42:53:21:52:45'/></interface>"
        "<graphics type='vnc' port='-1'/></devices></domain>");
    g_autoptr(virDocDomain) qemu = mustBeStable(
        "<domain type='kqemu'><name>q</name><memory>219200</memory>"
        "<currentMemory>219200</currentMemory><vcpu>2</vcpu><os>"
        "<type arch='i686' machine='pc'>hvm</type><boot dev='cdrom'/></os><devices>"
        "<interface type='network'><source name='default'/></interface></devices></domain>");

    g_assert_cmpint(xen->clock->offset, ==, VIR_DOC_DOMAIN_CLOCK_OFFSET_LOCALTIME);
    g_assert_cmpint(xen->graphics[0]->port, ==, 5904);
    g_assert_cmpint(kvm->os->boots[0]->dev, ==, VIR_DOC_DOMAIN_BOOT_DEVICE_HD);
    g_assert_cmpint(kvm->graphics[0]->autoport, ==, VIR_DOC_SWITCH_ON);
    g_assert_cmpstr(qemu->interfaces[0]->sourceNetwork, ==, "default");
    g_assert_cmpint(qemu->type, ==, VIR_DOC_DOMAIN_TYPE_KQEMU);
}

/* Checklist NET-01 to NET-28: every kind, with and without details. */
static void
testFirstInterfaces(void)
{
    g_autoptr(virDocDomain) domain = mustBeStable(GUEST(
        "<interface type='user'/>"
        "<interface type='user'><mac address=\"11:22:33:44:55:66\"/></interface>"
        "<interface type='network'><source network='default'/></interface>"
        "<interface type='network'><source network='default'/><target dev='tap7'/></interface>"
        "<interface type='bridge'><source dev='br0'/></interface>"
        "<interface type='bridge'><source dev='br0'/><target dev='tap8'/></interface>"
        "<interface type='ethernet'/>"
        "<interface type='ethernet'><target dev='tap9'/><script path='/etc/up'/></interface>"
        "<interface type='mcast'><source address='230.0.0.1' port='5558'/></interface>"
        "<interface type='server'><source address='192.168.0.1' port='5558'/></interface>"
        "<interface type='client'><source address='192.168.0.1' port='5558'/></interface>"));

    g_assert_cmpuint(domain->ninterfaces, ==, 11);
    g_assert_cmpstr(domain->interfaces[4]->sourceBridge, ==, "br0");
    g_assert_cmpstr(domain->interfaces[7]->scriptPath, ==, "/etc/up");
    g_assert_cmpuint(domain->interfaces[8]->sourcePort, ==, 5558);
    for (size_t i = 0; i < domain->ninterfaces; i++)
        g_assert_true(domain->interfaces[i]->hasMacAddress);
}

static void
testDefaults(void)
{
    g_autoptr(virDocDomain) domain =
        mustBeStable("<domain type='test'><name>d</name><memory unit='MiB'>1</memory>"
                     "<currentMemory unit='GiB'>1</currentMemory><os><type>hvm</type></os>"
                     "</domain>");

    g_assert_true(domain->hasUuid);
    g_assert_cmpuint(domain->memory, ==, 1024);
    g_assert_cmpuint(domain->currentMemory, ==, 1024);
    g_assert_cmpuint(domain->vcpu->count, ==, 1);
    g_assert_cmpint(domain->vcpu->placement, ==, VIR_DOC_DOMAIN_VCPU_PLACEMENT_STATIC);
    g_assert_cmpstr(domain->os->type->arch, ==, "x86_64");
    g_assert_cmpint(domain->os->boots[0]->dev, ==, VIR_DOC_DOMAIN_BOOT_DEVICE_HD);
    g_assert_cmpint(domain->clock->offset, ==, VIR_DOC_DOMAIN_CLOCK_OFFSET_UTC);
    g_assert_cmpint(domain->onPoweroff, ==, VIR_DOC_DOMAIN_LIFECYCLE_DESTROY);
    g_assert_cmpint(domain->onReboot, ==, VIR_DOC_DOMAIN_LIFECYCLE_RESTART);
    g_assert_cmpint(domain->onCrash, ==, VIR_DOC_DOMAIN_CRASH_ACTION_DESTROY);
}

/* The names of the disks in order, and where each sits: "hda 0:0:0". */
static char *
places(const virDocDomain *domain)
{
    GString *out = g_string_new(NULL);

    for (size_t i = 0; i < domain->ndisks; i++) {
        const virDocDomainAddress *address = domain->disks[i]->info.address;

        g_string_append_printf(out, "%s%s", i ? " " : "", domain->disks[i]->targetDev);
        if (address)
            g_string_append_printf(out, " %u:%u:%u", address->controller, address->bus,
                                   address->unit);
    }
    for (size_t i = 0; i < domain->ncontrollers; i++)
        g_string_append_printf(out, " %s%u",
                               virDocDomainControllerTypeToString(domain->controllers[i]->type),
                               domain->controllers[i]->index);
    return g_string_free(out, /* free_segment= */ FALSE);
}

static void
testPlaces(void)
{
#define DISK(name, bus) "<disk><source file='/a'/><target dev='" name "'" bus "/></disk>"
    static const struct {
        const char *xml;
        const char *expected;
    } cases[] = {
        {GUEST(DISK("hdd", "") DISK("hda", "")), "hda 0:0:0 hdd 0:1:1 ide0"},
        {GUEST(DISK("hde", "")), "hde 1:0:0 ide0 ide1"},
        {GUEST(DISK("sdh", "") DISK("sdaa", "")), "sdh 1:0:0 sdaa 3:0:5 scsi0 scsi1 scsi2 scsi3"},
        {GUEST(DISK("sdg", " bus='sata'")), "sdg 1:0:0 sata0 sata1"},
        {GUEST("<disk device='floppy'><target dev='fdb'/></disk>"), "fdb 0:0:1 fdc0"},
        {GUEST(DISK("vdb", "") DISK("vda", "") DISK("hda", "") DISK("vdc", "")),
         "vda vdb vdc hda 0:0:0 ide0"},
        {GUEST(DISK("sda", " bus='usb'")), "sda"},
        {GUEST("<controller type='scsi' index='1'/>" DISK("sdh", "")), "sdh 1:0:0 scsi0 scsi1"},
        {GUEST("<controller type='scsi'/><controller type='scsi'/><controller type='ide' "
               "index='3'/><controller type='ide'/>"), " scsi0 scsi1 ide0 ide3"},
        {GUEST("<channel type='pty'><target type='virtio'/></channel><smartcard mode='host'/>"),
         " ccid0 virtio-serial0"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(virDocDomain) domain = mustBeStable(cases[i].xml);
        g_autofree char *found = places(domain);

        g_assert_cmpstr(found, ==, cases[i].expected);
    }
#undef DISK
}

static void
testConsoles(void)
{
    g_autoptr(virDocDomain) serial = mustBeStable(GUEST("<serial type='pty'/>"));
    g_autoptr(virDocDomain) console = mustBeStable(GUEST("<console type='pty'/>"));
    g_autoptr(virDocDomain) usb =
        mustBeStable(GUEST("<serial type='pty'><target type='usb-serial'/></serial>"));
    g_autoptr(virDocDomain) ports = mustBeStable(
        GUEST("<serial type='pty'/><serial type='pty'><target port='5'/></serial>"));

    g_assert_cmpuint(serial->nconsoles, ==, 1);
    g_assert_cmpint(serial->consoles[0]->targetType, ==, VIR_DOC_DOMAIN_CHARACTER_TARGET_SERIAL);
    g_assert_cmpuint(console->nserials, ==, 1);
    g_assert_cmpuint(usb->nconsoles, ==, 0);
    g_assert_cmpuint(ports->serials[0]->targetPort, ==, 6);
}

static void
testScreens(void)
{
    g_autoptr(virDocDomain) domain = mustBeStable(
        GUEST("<graphics type='vnc' listen='1.2.3.4'/><graphics type='spice'/>"
              "<graphics type='vnc'><listen type='socket' socket='/s'/></graphics>"
              "<input type='tablet'/><input type='mouse'/>"));

    g_assert_cmpint(domain->graphics[0]->port, ==, -1);
    g_assert_cmpstr(domain->graphics[0]->listens[0]->address, ==, "1.2.3.4");
    g_assert_cmpint(domain->graphics[1]->listens[0]->type, ==, VIR_DOC_DOMAIN_LISTEN_TYPE_NONE);
    g_assert_cmpstr(domain->graphics[2]->socket, ==, "/s");
    g_assert_cmpint(domain->videos[0]->modelType, ==, VIR_DOC_DOMAIN_VIDEO_MODEL_CIRRUS);
    g_assert_cmpint(domain->videos[0]->modelPrimary, ==, VIR_DOC_SWITCH_ON);
    g_assert_cmpint(domain->inputs[0]->bus, ==, VIR_DOC_DOMAIN_INPUT_BUS_USB);
    g_assert_cmpint(domain->inputs[1]->bus, ==, VIR_DOC_DOMAIN_INPUT_BUS_PS2);
}

/* Everything that is wrong is said at once, each at its place. */
static void
testMessages(void)
{
    assertRefused("<domain type='tset'>\n<name>a</name>\n<memory>x</memory>\n<os><type>hvm</type>"
                  "</os>\n<devices>\n <disk><target dev='vda' bus='vritio'/></disk>\n</devices>\n"
                  "</domain>",
                  VIR_ERR_CONFIG_UNSUPPORTED,
                  "line 1, column 15: /domain/@type: expected one of xen, qemu, kqemu, kvm, test, "
                  "lxc, uml, openvz, vmware, hyperv, vbox, phyp, ..., found 'tset', did you mean "
                  "'test'?\n"
                  "line 3, column 1: /domain/memory: expected a size, found 'x'\n"
                  "line 6, column 31: /domain/devices/disk/target/@bus: expected one of ide, fdc, "
                  "scsi, virtio, xen, usb, uml, sata, sd, nvme, found 'vritio', did you mean "
                  "'virtio'?");
    assertRefused(GUEST("\n<disk><source file='/a'/><target dev='vda'/></disk>\n"
                        "<disk><source file='/b'/><target dev='vda'/></disk>\n"
                        "<redirdev bus='usb' type='spicevmc'/>"),
                  VIR_ERR_XML_ERROR,
                  "line 3, column 1: /domain/devices/disk[2]: target 'vda' is used for more than "
                  "one disk\n"
                  "line 4, column 1: /domain/devices/redirdev: the domain has no USB");
}

/* Documents made to hurt end in time, with an error. */
static void
testHostile(void)
{
    g_autoptr(GString) many = g_string_new("<domain type='test'><name>a</name><memory>1</memory>"
                                           "<os><type>hvm</type></os><devices>");

    assertRefused("<!DOCTYPE domain [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><domain>&a;</domain>",
                  VIR_ERR_XML_ERROR, "a document has no DOCTYPE");
    for (unsigned int i = 0; i < 5000; i++)
        g_string_append_printf(many, "<disk><source file='/a'/><target dev='vd%u'/></disk>", i);
    g_string_append(many, "</devices></domain>");
    g_assert_null(virConfDomainParse(many->str, &driver, VIR_DOC_PARSE_INACTIVE));
    g_assert_nonnull(strstr(virGetLastErrorMessage(), "more than 4096 <disk> elements"));
    assertRefused(GUEST("<disk><source file='/a'/><target dev='sda'/><address type='drive' "
                        "controller='4294967295'/></disk>"),
                  VIR_ERR_XML_ERROR,
                  "expected an integer from 0 to 1023, found '4294967295'");
}

static void
testStability(void)
{
#define DISK(file, serial) \
    GUEST("<disk><source file='" file "'/><target dev='vda'/><serial>" serial "</serial></disk>")
    g_autoptr(virDocDomain) one = mustParse(DISK("/a", "s"));
    g_autoptr(virDocDomain) moved = mustParse(DISK("/b", "s"));
    g_autoptr(virDocDomain) other = mustParse(DISK("/a", "t"));
#undef DISK

    g_assert_true(virConfDomainIsStable(one, one));
    g_assert_true(virConfDomainIsStable(one, moved));
    g_assert_false(virConfDomainIsStable(one, other));
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_CONFIG_UNSUPPORTED);
    g_assert_true(g_str_has_suffix(virGetLastErrorMessage(),
                                   "/domain/devices/disk[1]/serial is s, and would be t"));
}

/* A check that a description names and nobody wrote would never run. */
static void
checkNamed(const virDocRecord *record, GHashTable *seen)
{
    bool found = !record->check;

    if (!g_hash_table_add(seen, (gpointer)record))
        return;
    for (size_t i = 0; !found && i < VIR_CONF_DOMAIN_CHECKS; i++)
        found = !strcmp(virConfDomainChecks[i].name, record->check);
    if (!found)
        g_error("no check '%s'", record->check);
    for (size_t i = 0; i < record->nmembers; i++) {
        if (record->members[i].record)
            checkNamed(record->members[i].record, seen);
    }
}

static void
testChecksAreWritten(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    checkNamed(&virDocDomainRecord, seen);
    g_assert_cmpuint(g_hash_table_size(seen), >, 100);
}

static void
ignoreError(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    virSetErrorFunc(NULL, ignoreError);
    g_test_add_func("/domain/first-xen", testFirstXen);
    g_test_add_func("/domain/first-machines", testFirstMachines);
    g_test_add_func("/domain/first-interfaces", testFirstInterfaces);
    g_test_add_func("/domain/defaults", testDefaults);
    g_test_add_func("/domain/places", testPlaces);
    g_test_add_func("/domain/consoles", testConsoles);
    g_test_add_func("/domain/screens", testScreens);
    g_test_add_func("/domain/messages", testMessages);
    g_test_add_func("/domain/hostile", testHostile);
    g_test_add_func("/domain/stability", testStability);
    g_test_add_func("/domain/checks-are-written", testChecksAreWritten);
    return g_test_run();
}
