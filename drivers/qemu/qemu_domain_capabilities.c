/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What domains of one kind may have here: only what this driver gives them. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/domain.h"
#include "document/domaincapabilities.h"
#include "document/print.h"
#include "driver/qemu.h"
#include "qemu_driver.h"
#include "qemu_emulator.h"
#include "runtime/error.h"

/* A setting of a device and its values, up to NULL. */
typedef struct {
    const char *name;
    const char *const *values;
} Setting;

#define VALUES(...) ((const char *const[]) { __VA_ARGS__, NULL })

static virDocDomainCapabilitiesEnum *
newEnum(const Setting *setting)
{
    virDocDomainCapabilitiesEnum *list = virDocDomainCapabilitiesEnumNew();

    list->name = g_strdup(setting->name);
    list->nvalues = g_strv_length((GStrv) (uintptr_t) setting->values);
    list->values = g_strdupv((GStrv) (uintptr_t) setting->values);
    return list;
}

static virDocDomainCapabilitiesSupport *
newSupport(bool supported, const Setting *settings)
{
    virDocDomainCapabilitiesSupport *support = virDocDomainCapabilitiesSupportNew();

    support->supported = supported ? VIR_DOC_SWITCH_ON : VIR_DOC_SWITCH_OFF;
    for (; supported && settings->name; settings++)
        VIR_DOC_LIST_ADD(support, enums, newEnum(settings));
    return support;
}

#define SUPPORT(...) \
    newSupport(/* supported= */ true, (const Setting[]) { __VA_ARGS__ __VA_OPT__(,) { NULL, NULL } })
#define NONE newSupport(/* supported= */ false, /* settings= */ NULL)

static void
addDevices(virDocDomainCapabilities *all, bool x86)
{
    all->memoryBacking = SUPPORT({ "sourceType", VALUES("file", "anonymous", "memfd") });
    all->devicesDisk = SUPPORT(
        { "diskDevice", VALUES("disk", "cdrom", "floppy", "lun") },
        { "bus", x86 ? VALUES("ide", "fdc", "scsi", "virtio", "usb", "sata", "nvme") :
                 VALUES("scsi", "virtio", "usb") },
        { "model", VALUES("virtio", "virtio-transitional", "virtio-non-transitional") });
    all->devicesGraphics = SUPPORT({ "type", VALUES("sdl", "vnc", "spice", "egl-headless", "dbus") });
    all->devicesVideo = SUPPORT({ "modelType", VALUES("vga", "cirrus", "vmvga", "qxl", "virtio",
                                                      "none", "bochs", "ramfb") });
    all->devicesHostdev = SUPPORT(
        { "mode", VALUES("subsystem") },
        { "subsysType", VALUES("usb", "pci", "scsi", "scsi_host", "mdev") });
    all->devicesRng = SUPPORT(
        { "model", VALUES("virtio", "virtio-transitional", "virtio-non-transitional") },
        { "backendModel", VALUES("random", "egd", "builtin") });
    all->devicesFilesystem = SUPPORT({ "driverType", VALUES("path", "virtiofs") });
    all->devicesTpm = SUPPORT(
        { "model", x86 ? VALUES("tpm-tis", "tpm-crb") : VALUES("tpm-tis-device") },
        { "backendModel", VALUES("passthrough", "emulator", "external") });
    all->devicesRedirdev = SUPPORT({ "bus", VALUES("usb") });
    all->devicesChannel = SUPPORT({ "type", VALUES("pty", "unix", "spicevmc", "qemu-vdagent") });
    all->devicesPanic = SUPPORT({ "model", VALUES("isa", "hyperv", "pvpanic") });
    all->devicesConsole = SUPPORT({ "type", VALUES("null", "vc", "pty", "dev", "file", "pipe",
                                                   "stdio", "udp", "tcp", "unix", "spiceport", "dbus") });
}

static virDocDomainCapabilitiesCpuMode *
newMode(const char *name, bool supported)
{
    virDocDomainCapabilitiesCpuMode *mode = virDocDomainCapabilitiesCpuModeNew();

    mode->name = g_strdup(name);
    mode->supported = supported ? VIR_DOC_SWITCH_ON : VIR_DOC_SWITCH_OFF;
    return mode;
}

static void
addProcessors(virDocDomainCapabilities *all, const qemuEmulator *emulator, bool kvm)
{
    g_autofree char *suffix = g_strdup_printf("-%s-cpu", emulator->arch);
    virDocDomainCapabilitiesCpuMode *custom = newMode("custom", emulator->cpus->len > 0);

    VIR_DOC_LIST_ADD(all, cpuModes, newMode("host-passthrough", kvm));
    VIR_DOC_LIST_ADD(all, cpuModes, newMode("maximum", true));
    VIR_DOC_LIST_ADD(all, cpuModes, newMode("host-model", true));
    for (guint i = 0; i < emulator->cpus->len; i++) {
        virDocDomainCapabilitiesCpuModel *model = virDocDomainCapabilitiesCpuModelNew();

        model->name = g_strdup(emulator->cpus->pdata[i]);
        if (g_str_has_suffix(model->name, suffix))
            model->name[strlen(model->name) - strlen(suffix)] = '\0';
        model->usable = VIR_DOC_DOMAIN_CAPABILITIES_USABLE_UNKNOWN;
        VIR_DOC_LIST_ADD(custom, models, model);
    }
    VIR_DOC_LIST_ADD(all, cpuModes, custom);
}

/* Whether an asked word is a kind of domains that the emulator runs; its usual one for NULL. */
static const char *
kindOf(const qemuEmulator *emulator, const char *asked)
{
    if (!asked)
        return emulator->kvm ? "kvm" : "qemu";
    if (g_str_equal(asked, "qemu"))
        return "qemu";
    if (g_str_equal(asked, "kvm") && emulator->kvm)
        return "kvm";
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "domains of type '%s' do not run with '%s' here", asked, emulator->path);
    return NULL;
}

/* The emulator and the machine that are asked for; NULL with an error raised. */
static qemuEmulator *
choose(virConnectPtr conn, const char *path, const char *arch, const char *machine,
       const qemuMachine **found)
{
    g_autofree char *usual = path ? g_strdup(path) : qemuEmulatorsPath(arch);
    g_autoptr(qemuEmulator) emulator = NULL;

    if (!usual) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "no QEMU for architecture '%s' is installed", arch ? arch : "of the host");
        return NULL;
    }
    emulator = qemuEmulatorsGet(qemuHostOf(conn)->emulators, usual);
    if (!emulator)
        return NULL;
    if (arch && !g_str_equal(arch, emulator->arch)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "'%s' runs guests of architecture %s, not %s",
                      usual, emulator->arch, arch);
        return NULL;
    }
    *found = qemuEmulatorMachine(emulator, machine);
    if (*found)
        return g_steal_pointer(&emulator);
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "the machine '%s' is not supported by "
                  "emulator '%s'", machine ? machine : "(the usual one)", usual);
    return NULL;
}

char *
qemuConnectGetDomainCapabilities(virConnectPtr conn, const char *emulatorbin, const char *arch,
                                 const char *machine, const char *virttype,
                                 unsigned int flags G_GNUC_UNUSED)
{
    const qemuMachine *found = NULL;
    g_autoptr(qemuEmulator) emulator = choose(conn, emulatorbin, arch, machine, &found);
    const char *kind = emulator ? kindOf(emulator, virttype) : NULL;
    virDocDomainCapabilities *all;
    bool x86;
    char *text;

    if (!kind)
        return NULL;
    x86 = g_str_equal(emulator->arch, "x86_64") || g_str_equal(emulator->arch, "i686");
    all = virDocDomainCapabilitiesNew();
    all->path = g_strdup(emulator->path);
    all->domain = g_strdup(kind);
    all->machine = g_strdup(found->name);
    all->arch = g_strdup(emulator->arch);
    all->hasVcpuMax = true;
    all->vcpuMax = found->maxCpus;
    all->iothreads = SUPPORT();
    all->os = virDocDomainCapabilitiesOsNew();
    all->os->supported = VIR_DOC_SWITCH_ON;
    addProcessors(all, emulator, g_str_equal(kind, "kvm"));
    addDevices(all, x86);
    all->featuresVmcoreinfo = SUPPORT();
    all->featuresGenid = SUPPORT();
    all->featuresBackingStoreInput = NONE;
    all->featuresBackup = NONE;
    text = virDocPrint(&virDocDomainCapabilitiesRecord, NULL, all, 0);
    virDocDomainCapabilitiesFree(all);
    return text;
}
