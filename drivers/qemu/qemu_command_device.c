/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: controllers, input, sound, and the smaller devices. */

#include <string.h>

#include "conf/domain_machine.h"
#include "qemu_command.h"

static const char *
usbDriver(virDocDomainUsbModel model)
{
    switch (model) {
    case VIR_DOC_DOMAIN_USB_MODEL_ABSENT:
    case VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI:
        return "piix3-usb-uhci";
    case VIR_DOC_DOMAIN_USB_MODEL_PIIX4_UHCI:
        return "piix4-usb-uhci";
    case VIR_DOC_DOMAIN_USB_MODEL_EHCI:
        return "usb-ehci";
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_EHCI1:
        return "ich9-usb-ehci1";
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI1:
        return "ich9-usb-uhci1";
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI2:
        return "ich9-usb-uhci2";
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI3:
        return "ich9-usb-uhci3";
    case VIR_DOC_DOMAIN_USB_MODEL_VT82C686B_UHCI:
        return "vt82c686b-usb-uhci";
    case VIR_DOC_DOMAIN_USB_MODEL_PCI_OHCI:
        return "pci-ohci";
    case VIR_DOC_DOMAIN_USB_MODEL_NEC_XHCI:
        return "nec-usb-xhci";
    case VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI:
        return "qemu-xhci";
    case VIR_DOC_DOMAIN_USB_MODEL_QUSB1:
    case VIR_DOC_DOMAIN_USB_MODEL_QUSB2:
    case VIR_DOC_DOMAIN_USB_MODEL_NONE:
    case VIR_DOC_DOMAIN_USB_MODEL_LAST:
        break;
    }
    return NULL;
}

static const char *
pciDriver(virDocDomainPciModel model)
{
    switch (model) {
    case VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE:
        return "pci-bridge";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT:
        return "pcie-root-port";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_TO_PCI_BRIDGE:
        return "pcie-pci-bridge";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_SWITCH_UPSTREAM_PORT:
        return "x3130-upstream";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_SWITCH_DOWNSTREAM_PORT:
        return "xio3130-downstream";
    case VIR_DOC_DOMAIN_PCI_MODEL_DMI_TO_PCI_BRIDGE:
        return "i82801b11-bridge";
    case VIR_DOC_DOMAIN_PCI_MODEL_ABSENT:
    case VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT:
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT:
    case VIR_DOC_DOMAIN_PCI_MODEL_PCI_EXPANDER_BUS:
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_EXPANDER_BUS:
    case VIR_DOC_DOMAIN_PCI_MODEL_LAST:
        break;
    }
    return NULL;
}

static const char *
scsiDriver(virDocDomainScsiModel model)
{
    static const char *const drivers[VIR_DOC_DOMAIN_SCSI_MODEL_LAST] = {
        [VIR_DOC_DOMAIN_SCSI_MODEL_LSILOGIC] = "lsi",
        [VIR_DOC_DOMAIN_SCSI_MODEL_LSISAS1068] = "mptsas1068",
        [VIR_DOC_DOMAIN_SCSI_MODEL_LSISAS1078] = "megasas",
        [VIR_DOC_DOMAIN_SCSI_MODEL_VMPVSCSI] = "pvscsi",
        [VIR_DOC_DOMAIN_SCSI_MODEL_DC390] = "dc-390",
        [VIR_DOC_DOMAIN_SCSI_MODEL_AM53C974] = "am53c974",
        [VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_TRANSITIONAL] = "virtio-scsi-pci-transitional",
        [VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_NON_TRANSITIONAL] = "virtio-scsi-pci-non-transitional",
    };

    if (!model || model == VIR_DOC_DOMAIN_SCSI_MODEL_AUTO ||
        model == VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_SCSI)
        return "virtio-scsi-pci";
    return drivers[model];
}

/* Whether the board of the machine has it. */
static bool
isOnBoard(const virDocDomain *document, const virDocDomainController *controller)
{
    switch (controller->type) {
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_FDC:
        return controller->index == 0 && virConfDomainIsPC(document);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA:
        return controller->index == 0 && virConfDomainIsQ35(document);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI:
        return controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT ||
               controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB:
        return controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_NONE;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_CCID:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_XENBUS:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ISA:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_NVME:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST:
        break;
    }
    return false;
}

static const char *
controllerDriver(const virDocDomainController *controller)
{
    switch (controller->type) {
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB:
        return usbDriver(controller->usbModel);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI:
        return pciDriver(controller->pciModel);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI:
        return scsiDriver(controller->scsiModel);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL:
        return "virtio-serial-pci";
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA:
        return "ahci";
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_FDC:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_CCID:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_XENBUS:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ISA:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_NVME:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST:
        break;
    }
    return NULL;
}

bool
qemuCommandController(qemuCommand *command, const virDocDomainController *controller)
{
    const char *driver = controllerDriver(controller);
    json_object *device;

    if (isOnBoard(command->document, controller))
        return true;
    if (!driver)
        return qemuCommandRefuse(command, "this driver does not know controller '%s' %u of this "
                                 "model",
                                 virDocDomainControllerTypeToString(controller->type),
                                 controller->index);
    device = qemuDevice(command, driver, &controller->info);
    if (controller->info.hasMasterStartport) {
        g_autofree char *master = g_strdup_printf("%s.0", controller->info.aliasName);

        /* It shares the bus of its master, and the name, which QEMU knows the master by. */
        json_object_object_del(device, "id");
        qemuSetString(device, "masterbus", master);
        qemuSetNumber(device, "firstport", controller->info.masterStartport);
    }
    if (controller->hasTargetPort)
        qemuSetNumber(device, "port", (gint64) controller->targetPort);
    if (controller->hasTargetChassis)
        qemuSetNumber(device, "chassis", controller->targetChassis);
    else if (controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE)
        qemuSetNumber(device, "chassis_nr", controller->hasTargetChassisNr ?
                      controller->targetChassisNr : controller->index);
    if (controller->hasPorts)
        qemuSetNumber(device, controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB ? "p2" :
                      "max_ports", controller->ports);
    if (controller->hasVectors)
        qemuSetNumber(device, "vectors", controller->vectors);
    if (controller->hasDriverQueues)
        qemuSetNumber(device, "num_queues", controller->driverQueues);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandControllers(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    /* What others hang on comes first. */
    for (int buses = 1; buses >= 0; buses--) {
        for (size_t i = 0; i < document->ncontrollers; i++) {
            const virDocDomainController *controller = document->controllers[i];

            if ((controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI) == buses &&
                !qemuCommandController(command, controller))
                return false;
        }
    }
    for (size_t i = 0; i < document->nhubs; i++)
        qemuCommandAddObject(command, "-device",
                             qemuDevice(command, "usb-hub", &document->hubs[i]->info));
    return true;
}

bool
qemuCommandInput(qemuCommand *command, const virDocDomainInput *input)
{
    bool usb = input->bus == VIR_DOC_DOMAIN_INPUT_BUS_USB;
    bool virtio = input->bus == VIR_DOC_DOMAIN_INPUT_BUS_VIRTIO;
    const char *driver = NULL;

    if (input->bus == VIR_DOC_DOMAIN_INPUT_BUS_PS2)
        return true;
    if (input->type == VIR_DOC_DOMAIN_INPUT_TYPE_MOUSE)
        driver = usb ? "usb-mouse" : "virtio-mouse-pci";
    else if (input->type == VIR_DOC_DOMAIN_INPUT_TYPE_TABLET)
        driver = usb ? "usb-tablet" : "virtio-tablet-pci";
    else if (input->type == VIR_DOC_DOMAIN_INPUT_TYPE_KEYBOARD)
        driver = usb ? "usb-kbd" : "virtio-keyboard-pci";
    if (!driver || !(usb || virtio))
        return qemuCommandRefuse(command, "this driver does not know input '%s' on bus '%s'",
                                 virDocDomainInputTypeToString(input->type),
                                 virDocDomainInputBusToString(input->bus));
    qemuCommandAddObject(command, "-device", qemuDevice(command, driver, &input->info));
    return true;
}

static bool
addSound(qemuCommand *command, const virDocDomainSound *sound)
{
    static const char *const drivers[VIR_DOC_DOMAIN_SOUND_MODEL_LAST] = {
        [VIR_DOC_DOMAIN_SOUND_MODEL_SB16] = "sb16",
        [VIR_DOC_DOMAIN_SOUND_MODEL_ES1370] = "ES1370",
        [VIR_DOC_DOMAIN_SOUND_MODEL_AC97] = "AC97",
        [VIR_DOC_DOMAIN_SOUND_MODEL_ICH6] = "intel-hda",
        [VIR_DOC_DOMAIN_SOUND_MODEL_ICH9] = "ich9-intel-hda",
        [VIR_DOC_DOMAIN_SOUND_MODEL_USB] = "usb-audio",
    };
    const char *driver = drivers[sound->model];
    json_object *device;

    if (!driver)
        return qemuCommandRefuse(command, "this driver does not know sound cards of model '%s'",
                                 virDocDomainSoundModelToString(sound->model));
    device = qemuDevice(command, driver, &sound->info);
    if (sound->model != VIR_DOC_DOMAIN_SOUND_MODEL_ICH6 &&
        sound->model != VIR_DOC_DOMAIN_SOUND_MODEL_ICH9)
        qemuSetString(device, "audiodev", "audio1");
    qemuCommandAddObject(command, "-device", device);
    if (sound->model == VIR_DOC_DOMAIN_SOUND_MODEL_ICH6 ||
        sound->model == VIR_DOC_DOMAIN_SOUND_MODEL_ICH9) {
        g_autofree char *name = g_strconcat(sound->info.aliasName, "-codec0", NULL);
        g_autofree char *bus = g_strconcat(sound->info.aliasName, ".0", NULL);
        json_object *codec = json_object_new_object();

        qemuSetString(codec, "driver", "hda-duplex");
        qemuSetString(codec, "id", name);
        qemuSetString(codec, "bus", bus);
        qemuSetNumber(codec, "cad", 0);
        qemuSetString(codec, "audiodev", "audio1");
        qemuCommandAddObject(command, "-device", codec);
    }
    return true;
}

static bool
addSounds(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->naudios; i++) {
        if (document->audios[i]->type != VIR_DOC_DOMAIN_AUDIO_TYPE_NONE)
            return qemuCommandRefuse(command, "this driver does not know audio of type '%s' yet",
                                     virDocDomainAudioTypeToString(document->audios[i]->type));
    }
    if (document->nsounds)
        qemuCommandAdd(command, "-audiodev", "{\"id\":\"audio1\",\"driver\":\"none\"}");
    for (size_t i = 0; i < document->nsounds; i++) {
        if (!addSound(command, document->sounds[i]))
            return false;
    }
    return true;
}

bool
qemuCommandWatchdog(qemuCommand *command, const virDocDomainWatchdog *watchdog)
{
    static const char *const actions[VIR_DOC_DOMAIN_WATCHDOG_ACTION_LAST] = {
        [VIR_DOC_DOMAIN_WATCHDOG_ACTION_ABSENT] = "reset",
        [VIR_DOC_DOMAIN_WATCHDOG_ACTION_RESET] = "reset",
        [VIR_DOC_DOMAIN_WATCHDOG_ACTION_SHUTDOWN] = "shutdown",
        [VIR_DOC_DOMAIN_WATCHDOG_ACTION_POWEROFF] = "poweroff",
        [VIR_DOC_DOMAIN_WATCHDOG_ACTION_PAUSE] = "pause",
        [VIR_DOC_DOMAIN_WATCHDOG_ACTION_NONE] = "none",
        [VIR_DOC_DOMAIN_WATCHDOG_ACTION_INJECT_NMI] = "inject-nmi",
    };
    bool isa = watchdog->model == VIR_DOC_DOMAIN_WATCHDOG_MODEL_IB700;

    if (!isa && watchdog->model != VIR_DOC_DOMAIN_WATCHDOG_MODEL_I6300ESB)
        return qemuCommandRefuse(command, "this driver does not know the watchdog '%s'",
                                 virDocDomainWatchdogModelToString(watchdog->model));
    if (!actions[watchdog->action])
        return qemuCommandRefuse(command, "this driver does not know the action '%s' of a watchdog",
                                 virDocDomainWatchdogActionToString(watchdog->action));
    qemuCommandAddFormat(command, "-action", "watchdog=%s", actions[watchdog->action]);
    qemuCommandAddObject(command, "-device",
                         qemuDevice(command, isa ? "ib700" : "i6300esb", &watchdog->info));
    return true;
}

bool
qemuCommandRng(qemuCommand *command, const virDocDomainRng *rng)
{
    g_autofree char *name = g_strconcat("obj", rng->info.aliasName, NULL);
    json_object *backend, *device;

    if (!rng->backend || rng->backend->model == VIR_DOC_DOMAIN_RNG_BACKEND_MODEL_EGD)
        return qemuCommandRefuse(command, "this driver does not know the source 'egd' of "
                                 "randomness");
    backend = json_object_new_object();
    if (rng->backend->model == VIR_DOC_DOMAIN_RNG_BACKEND_MODEL_BUILTIN) {
        qemuSetString(backend, "qom-type", "rng-builtin");
    } else {
        qemuSetString(backend, "qom-type", "rng-random");
        qemuSetString(backend, "filename",
                      rng->backend->path ? rng->backend->path : "/dev/random");
    }
    qemuSetString(backend, "id", name);
    qemuCommandAddObject(command, "-object", backend);
    device = qemuDevice(command, "virtio-rng-pci", &rng->info);
    qemuSetString(device, "rng", name);
    if (rng->hasRateBytes) {
        qemuSetNumber(device, "max-bytes", rng->rateBytes);
        qemuSetNumber(device, "period", rng->hasRatePeriod ? rng->ratePeriod : 1000);
    }
    qemuCommandAddObject(command, "-device", device);
    return true;
}

static void
addBalloon(qemuCommand *command)
{
    const virDocDomainMemballoon *balloon = command->document->memballoon;
    json_object *device;

    if (!balloon || balloon->model == VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE)
        return;
    device = qemuDevice(command, "virtio-balloon-pci", &balloon->info);
    qemuSetSwitch(device, "deflate-on-oom", balloon->autodeflate);
    qemuSetSwitch(device, "free-page-reporting", balloon->freePageReporting);
    qemuCommandAddObject(command, "-device", device);
}

static bool
addPanics(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->npanics; i++) {
        const virDocDomainPanic *panic = document->panics[i];
        bool pci = panic->model == VIR_DOC_DOMAIN_PANIC_MODEL_PVPANIC;

        /* The firmware, or the processor itself. */
        if (panic->model == VIR_DOC_DOMAIN_PANIC_MODEL_PSERIES ||
            panic->model == VIR_DOC_DOMAIN_PANIC_MODEL_S390)
            continue;
        if (panic->model && !pci && panic->model != VIR_DOC_DOMAIN_PANIC_MODEL_ISA)
            return qemuCommandRefuse(command, "this driver does not know the panic device '%s'",
                                     virDocDomainPanicModelToString(panic->model));
        qemuCommandAddObject(command, "-device",
                             qemuDevice(command, pci ? "pvpanic-pci" : "pvpanic", &panic->info));
    }
    return true;
}

static bool
addVsock(qemuCommand *command)
{
    const virDocDomainVsock *vsock = command->document->vsock;
    json_object *device;

    if (!vsock)
        return true;
    if (!vsock->hasCidAddress)
        return qemuCommandRefuse(command, "this driver does not choose the number of <vsock> yet: "
                                 "give <cid address='3'/> or more");
    device = qemuDevice(command, "vhost-vsock-pci", &vsock->info);
    qemuSetNumber(device, "guest-cid", vsock->cidAddress);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandDevices(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->ninputs; i++) {
        if (!qemuCommandInput(command, document->inputs[i]))
            return false;
    }
    addBalloon(command);
    if (!addSounds(command))
        return false;
    for (size_t i = 0; i < document->nwatchdogs; i++) {
        if (!qemuCommandWatchdog(command, document->watchdogs[i]))
            return false;
    }
    for (size_t i = 0; i < document->nrngs; i++) {
        if (!qemuCommandRng(command, document->rngs[i]))
            return false;
    }
    return addPanics(command) && addVsock(command);
}
