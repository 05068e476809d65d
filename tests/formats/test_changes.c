/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that join, leave and change, with a driver whose guest says yes, no, or later. */

#include <string.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "conf/domain_change.h"
#include "conf/domain_find.h"
#include "conf/domain_places.h"
#include "document/print.h"

#define BOTH (VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG)

static const char guestXML[] =
    "<domain type='qemu'><name>g</name><uuid>11111111-2222-3333-4444-555555555555</uuid>"
    "<memory unit='MiB'>64</memory><os><type arch='x86_64' machine='pc'>hvm</type></os><devices>"
    "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>"
    "<disk type='file' device='cdrom'><source file='/c'/><target dev='hdc' bus='ide'/></disk>"
    "<interface type='network'><mac address='52:54:00:00:00:01'/><source network='n'/></interface>"
    "</devices></domain>";

static bool
finish(virDocDomain *domain, const virConfDomainDriver *driver)
{
    virConfDomainAddDefaults(domain);
    return virConfDomainPlaceDevices(domain, driver);
}

static const virConfDomainDriver driver = {
    .errorDomain = VIR_FROM_QEMU,
    .arch = "x86_64",
    .usb = true,
    .finish = finish,
};

/* A guest, and what it is told. */
typedef struct {
    virDocDomain *live, *next;
    bool updated;
    virConfChangeResult answer; /* to the next change */
    bool keeps;                 /* the definition can be written */
    GString *told;
} Guest;

static virConfChangeResult
plug(void *opaque, const virDocDomain *document, const virConfDomainDevice *device)
{
    Guest *guest = opaque;
    const virDocDomainAddress *address = device->info->address;

    g_assert_nonnull(document);
    g_string_append_printf(guest->told, "+%s", device->info->aliasName);
    if (address && address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI)
        g_string_append_printf(guest->told, "@%llu", address->pciSlot);
    g_string_append_c(guest->told, ' ');
    return guest->answer;
}

static virConfChangeResult
unplug(void *opaque, const virConfDomainDevice *device)
{
    Guest *guest = opaque;

    g_string_append_printf(guest->told, "-%s ", device->member->name);
    return guest->answer;
}

static virConfChangeResult
change(void *opaque, const virConfDomainDevice *now, const virConfDomainDevice *then)
{
    Guest *guest = opaque;

    g_assert_true(now->member == then->member && now->data != then->data);
    g_string_append_printf(guest->told, "~%s ", now->member->name);
    return guest->answer;
}

static bool
keep(void *opaque, virDocDomain *config)
{
    Guest *guest = opaque;

    g_assert_false(config->hasId);
    g_string_append(guest->told, "keep ");
    return guest->keeps;
}

static const virConfDeviceHooks hooks = {
    .driver = &driver,
    .plug = plug,
    .unplug = unplug,
    .change = change,
    .keep = keep,
};

static Guest *
newGuest(void)
{
    Guest *guest = g_new0(Guest, 1);

    guest->live = virConfDomainParse(guestXML, &driver, VIR_DOC_PARSE_INACTIVE);
    g_assert_nonnull(guest->live);
    guest->live->hasId = true;
    guest->live->id = 7;
    guest->answer = VIR_CONF_CHANGE_DONE;
    guest->keeps = true;
    guest->told = g_string_new(NULL);
    return guest;
}

static void
freeGuest(Guest *guest)
{
    virDocDomainFree(guest->live);
    if (guest->next)
        virDocDomainFree(guest->next);
    g_string_free(guest->told, TRUE);
    g_free(guest);
}

static virConfDomainSides
sidesOf(Guest *guest)
{
    return (virConfDomainSides){&guest->live, &guest->next, &guest->updated, true, true};
}

typedef int (*Call)(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
                    const char *given, unsigned int flags, virConfDeviceOutcome *outcome);

/* Makes a change and compares what the guest was told, and the alias that listeners hear. */
static void
expect(Guest *guest, Call call, const char *given, unsigned int flags, int result,
       const char *told, const char *alias)
{
    g_auto(virConfDeviceOutcome) outcome = {0};
    virConfDomainSides sides = sidesOf(guest);

    g_string_truncate(guest->told, 0);
    g_assert_cmpint(call(&hooks, &sides, guest, given, flags, &outcome), ==, result);
    g_assert_cmpstr(guest->told->str, ==, told);
    g_assert_cmpstr(outcome.alias, ==, alias);
}

static void
assertHas(const virDocDomain *document, const char *part, bool has)
{
    g_autofree char *text = document ? virDocPrint(&virDocDomainRecord, NULL, document, 0) : NULL;

    if (text && (strstr(text, part) != NULL) != has)
        g_error("%s '%s' in\n%s", has ? "no" : "still", part, text);
}

static void
testAttach(void)
{
    Guest *guest = newGuest();
    const char *disk = "<disk type='file'><source file='/b'/><target dev='vdb' bus='virtio'/></disk>";
    const char *scsi = "<disk type='file'><source file='/s'/><target dev='sda' bus='scsi'/></disk>";

    /* Slots 2 and 3 hold interface and disk, 4 the balloon. */
    expect(guest, virConfDeviceAttach, disk, VIR_DOMAIN_AFFECT_LIVE, 0, "+virtio-disk1@5 ",
           "virtio-disk1");
    assertHas(guest->live, "dev='vdb'", true);
    assertHas(guest->next, "dev='vdb'", false);
    /* The controller comes first, and both are kept for the next start. */
    expect(guest, virConfDeviceAttach, scsi, BOTH, 0, "+scsi0@6 +scsi0-0-0-0 keep ", "scsi0-0-0-0");
    assertHas(guest->next, "<controller type='scsi' index='0' model='lsilogic'>", true);
    g_assert_true(guest->updated);
    g_assert_false(guest->next->hasId);
    freeGuest(guest);
}

static void
testRefused(void)
{
    Guest *guest = newGuest();
    const char *disk = "<disk type='file'><source file='/b'/><target dev='vdb' bus='virtio'/></disk>";
    const char *placed = "<rng model='virtio'><backend model='random'>/r</backend>"
                         "<address type='pci' domain='0' bus='0' slot='1' function='0'/></rng>";

    guest->answer = VIR_CONF_CHANGE_FAILED;
    expect(guest, virConfDeviceAttach, disk, BOTH, -1, "+virtio-disk1@5 ", NULL);
    assertHas(guest->live, "dev='vdb'", false);
    assertHas(guest->next, "dev='vdb'", false);
    expect(guest, virConfDeviceDetachAlias, "ua-x", VIR_DOMAIN_AFFECT_LIVE, -1, "", NULL);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_DEVICE_MISSING);
    guest->answer = VIR_CONF_CHANGE_DONE;
    /* The board has that place; the guest is not even asked. */
    expect(guest, virConfDeviceAttach, placed, BOTH, -1, "", NULL);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_XML_ERROR);
    /* What cannot be written down is not the definition. */
    guest->keeps = false;
    expect(guest, virConfDeviceAttach, disk, VIR_DOMAIN_AFFECT_CONFIG, -1, "keep ", NULL);
    assertHas(guest->next, "dev='vdb'", false);
    freeGuest(guest);
}

static void
testDetach(void)
{
    Guest *guest = newGuest();
    const char *nic = "<interface type='network'><mac address='52:54:00:00:00:01'/></interface>";

    guest->answer = VIR_CONF_CHANGE_ASKED;
    expect(guest, virConfDeviceDetach, nic, BOTH, 0, "-interface keep ", "net0");
    /* The guest has not answered yet; its next start is without. */
    assertHas(guest->live, "52:54:00:00:00:01", true);
    assertHas(guest->next, "52:54:00:00:00:01", false);
    g_assert_false(virConfDeviceGone(guest->live, "net1"));
    guest->live->interfaces[0]->info.aliasName = g_strdup("net0");
    g_assert_true(virConfDeviceGone(guest->live, "net0"));
    assertHas(guest->live, "52:54:00:00:00:01", false);
    freeGuest(guest);
}

static void
testUpdate(void)
{
    Guest *guest = newGuest();
    const char *medium = "<disk type='file' device='cdrom'><source file='/d'/>"
                         "<target dev='hdc' bus='ide'/></disk>";
    const char *cache = "<disk type='file'><driver cache='none'/><source file='/a'/>"
                        "<target dev='vda' bus='virtio'/></disk>";
    g_autofree char *slot = NULL;

    expect(guest, virConfDeviceUpdate, medium, BOTH, 0, "~disk keep ", "ide0-1-0");
    assertHas(guest->live, "file='/d'", true);
    assertHas(guest->next, "file='/d'", true);
    /* The guest would notice. */
    expect(guest, virConfDeviceUpdate, cache, BOTH, -1, "", NULL);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_OPERATION_UNSUPPORTED);
    g_assert_nonnull(strstr(virGetLastErrorMessage(), "disk/driver/@cache"));
    slot = g_strdup_printf("slot='0x%02llx'", guest->live->disks[0]->info.address->pciSlot);
    expect(guest, virConfDeviceUpdate, cache, VIR_DOMAIN_AFFECT_CONFIG, 0, "keep ", NULL);
    /* The disk is where it was. */
    assertHas(guest->next, slot, true);
    assertHas(guest->next, "cache='none'", true);
    assertHas(guest->live, "cache='none'", false);
    freeGuest(guest);
}

/* --- whether a guest would notice ------------------------------------------------------------------ */

typedef struct {
    const char *old, *new; /* a piece of the document, and what it becomes */
    const char *message;   /* of the refusal; NULL: the guest does not notice */
} Case;

static const Case cases[] = {
    {"<name>g</name>", "<name>h</name>", NULL},
    {"/a", "/b", NULL},
    {"network='n'", "network='m'", NULL},
    {"<memory unit='MiB'>64", "<memory unit='MiB'>128",
     "/domain/memory is 65536 KiB, and would be 131072 KiB"},
    {"11111111-", "21111111-",
     "/domain/uuid is 11111111-2222-3333-4444-555555555555, and would be "
     "21111111-2222-3333-4444-555555555555"},
    {"machine='pc'", "machine='pc-i440fx-7.2'",
     "/domain/os/type/@machine is pc, and would be pc-i440fx-7.2"},
    {"dev='vda'", "dev='vdb'", "/domain/devices/disk[1]/target/@dev is vda, and would be vdb"},
    {"52:54:00:00:00:01", "52:54:00:00:00:02",
     "/domain/devices/interface[1]/mac/@address is 52:54:00:00:00:01, and would be 52:54:00:00:00:02"},
    {"device='cdrom'", "device='disk'", "/domain/devices/disk[2]/@device is cdrom, and would be disk"},
    {"</devices>", "<rng model='virtio'><backend model='random'>/r</backend></rng></devices>",
     "/domain/devices/rng[1] is absent, and would be present"},
    {"<memory", "<vcpu>2</vcpu><memory", "/domain/vcpu is 1, and would be 2"},
    {"<memory", "<description>d</description><memory", NULL},
    {"<memory", "<cputune><shares>7</shares></cputune><memory", NULL},
    {"<devices>", "<features><acpi/></features><devices>",
     "/domain/features is absent, and would be present"},
    {"<devices>", "<on_crash>restart</on_crash><devices>", NULL},
    /* The screen takes a slot, and the others move. */
    {"</devices>", "<graphics type='vnc'/></devices>",
     "/domain/devices/disk[1]/address/@slot is 0x03, and would be 0x04"},
};

static void
testStability(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) parts = g_strsplit(guestXML, cases[i].old, 2);
        g_autofree char *changed = g_strconcat(parts[0], cases[i].new, parts[1], NULL);
        g_autoptr(virDocDomain) one = virConfDomainParse(guestXML, &driver, VIR_DOC_PARSE_INACTIVE);
        g_autoptr(virDocDomain) two = virConfDomainParse(changed, &driver, VIR_DOC_PARSE_INACTIVE);

        if (!two)
            g_error("%s\nin\n%s", virGetLastErrorMessage(), changed);
        if (virConfDomainIsStable(one, two) != !cases[i].message)
            g_error("%s -> %s: %s", cases[i].old, cases[i].new, virGetLastErrorMessage());
        if (!cases[i].message)
            continue;
        g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_CONFIG_UNSUPPORTED);
        if (!strstr(virGetLastErrorMessage(), cases[i].message))
            g_error("expected\n%s\nfound\n%s", cases[i].message, virGetLastErrorMessage());
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/changes/attach", testAttach);
    g_test_add_func("/changes/refused", testRefused);
    g_test_add_func("/changes/detach", testDetach);
    g_test_add_func("/changes/update", testUpdate);
    g_test_add_func("/changes/stability", testStability);
    return g_test_run();
}
