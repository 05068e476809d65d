/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: input, watchdogs, randomness, and the smaller devices. */

#include <errno.h>
#include <fcntl.h>
#include <linux/vhost.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "conf/domain_machine.h"
#include "qemu_command.h"
#include "runtime/error.h"

/* Smaller numbers of sockets are the host's. */
#define FIRST_CID 3

/* A device of the host's input system that QEMU reads itself. */
static void
addEvdev(qemuCommand *command, const virDocDomainInput *input)
{
    json_object *object = json_object_new_object();

    qemuSetString(object, "qom-type", "input-linux");
    qemuSetString(object, "id", input->info.aliasName);
    qemuSetString(object, "evdev", input->sourceDev);
    qemuSetSwitch(object, "repeat", input->sourceRepeat);
    if (input->sourceGrab == VIR_DOC_DOMAIN_INPUT_GRAB_ALL)
        qemuSetTrue(object, "grab_all", true);
    if (input->sourceGrabToggle)
        qemuSetString(object, "grab-toggle",
                      virDocDomainInputToggleToString(input->sourceGrabToggle));
    qemuCommandAddObject(command, "-object", object);
}

bool
qemuCommandInput(qemuCommand *command, const virDocDomainInput *input)
{
    static const struct {
        const char *usb, *virtio;
    } drivers[VIR_DOC_DOMAIN_INPUT_TYPE_LAST] = {
        [VIR_DOC_DOMAIN_INPUT_TYPE_MOUSE] = { "usb-mouse", "virtio-mouse-pci" },
        [VIR_DOC_DOMAIN_INPUT_TYPE_TABLET] = { "usb-tablet", "virtio-tablet-pci" },
        [VIR_DOC_DOMAIN_INPUT_TYPE_KEYBOARD] = { "usb-kbd", "virtio-keyboard-pci" },
        [VIR_DOC_DOMAIN_INPUT_TYPE_PASSTHROUGH] = { NULL, "virtio-input-host-pci" },
    };
    const char *driver = NULL;
    json_object *device;

    if (input->type == VIR_DOC_DOMAIN_INPUT_TYPE_EVDEV) {
        addEvdev(command, input);
        return true;
    }
    if (input->bus == VIR_DOC_DOMAIN_INPUT_BUS_PS2)
        return true;
    if (input->bus == VIR_DOC_DOMAIN_INPUT_BUS_USB)
        driver = drivers[input->type].usb;
    else if (input->bus == VIR_DOC_DOMAIN_INPUT_BUS_VIRTIO)
        driver = drivers[input->type].virtio;
    if (!driver || input->model > VIR_DOC_DOMAIN_INPUT_MODEL_VIRTIO)
        return qemuCommandRefuse(command, "QEMU has no <input type='%s' bus='%s'> of the model '%s'",
                                 virDocDomainInputTypeToString(input->type),
                                 virDocDomainInputBusToString(input->bus),
                                 input->model ? virDocDomainInputModelToString(input->model) :
                                 "virtio");
    device = qemuDevice(command, driver, &input->info);
    if (input->type == VIR_DOC_DOMAIN_INPUT_TYPE_PASSTHROUGH)
        qemuSetString(device, "evdev", input->sourceEvdev);
    qemuSetVirtio(device, &input->driverVirtio);
    qemuCommandAddObject(command, "-device", device);
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
    bool board = watchdog->model == VIR_DOC_DOMAIN_WATCHDOG_MODEL_ITCO &&
                 virConfDomainIsQ35(command->document);

    if (!isa && !board && watchdog->model != VIR_DOC_DOMAIN_WATCHDOG_MODEL_I6300ESB)
        return qemuCommandRefuse(command, "this driver does not know the watchdog '%s'",
                                 virDocDomainWatchdogModelToString(watchdog->model));
    if (!actions[watchdog->action])
        return qemuCommandRefuse(command, "this driver does not know the action '%s' of a watchdog",
                                 virDocDomainWatchdogActionToString(watchdog->action));
    qemuCommandAddFormat(command, "-action", "watchdog=%s", actions[watchdog->action]);
    /* The one on the board waits for a jumper. */
    if (board)
        qemuCommandAdd(command, "-global", "ICH9-LPC.noreboot=off");
    else
        qemuCommandAddObject(command, "-device",
                             qemuDevice(command, isa ? "ib700" : "i6300esb", &watchdog->info));
    return true;
}

/* Where randomness comes from; false with an error raised. */
static bool
addRandomness(qemuCommand *command, const virDocDomainRng *rng, const char *name)
{
    const virDocDomainRngBackend *source = rng->backend;
    json_object *object;

    if (source->model == VIR_DOC_DOMAIN_RNG_BACKEND_MODEL_EGD &&
        !qemuCommandBackend(command, &source->source, &rng->info, NULL))
        return false;
    object = json_object_new_object();
    if (source->model == VIR_DOC_DOMAIN_RNG_BACKEND_MODEL_BUILTIN) {
        qemuSetString(object, "qom-type", "rng-builtin");
    } else if (source->model == VIR_DOC_DOMAIN_RNG_BACKEND_MODEL_EGD) {
        g_autofree char *channel = g_strconcat("char", rng->info.aliasName, NULL);

        qemuSetString(object, "qom-type", "rng-egd");
        qemuSetString(object, "chardev", channel);
    } else {
        qemuSetString(object, "qom-type", "rng-random");
        qemuSetString(object, "filename", source->path ? source->path : "/dev/urandom");
    }
    qemuSetString(object, "id", name);
    qemuCommandAddObject(command, "-object", object);
    return true;
}

bool
qemuCommandRng(qemuCommand *command, const virDocDomainRng *rng)
{
    g_autofree char *name = g_strconcat("obj", rng->info.aliasName, NULL);
    g_autofree char *driver = qemuVirtioDriver("virtio-rng-pci",
                                               virDocDomainRngModelToString(rng->model));
    json_object *device;

    if (!rng->backend)
        return qemuCommandRefuse(command, "<rng> '%s' has no <backend>", rng->info.aliasName);
    if (!addRandomness(command, rng, name))
        return false;
    device = qemuDevice(command, driver, &rng->info);
    qemuSetString(device, "rng", name);
    if (rng->hasRateBytes) {
        qemuSetNumber(device, "max-bytes", rng->rateBytes);
        qemuSetNumber(device, "period", rng->hasRatePeriod ? rng->ratePeriod : 1000);
    }
    qemuSetVirtio(device, &rng->driverVirtio);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

static bool
addBalloon(qemuCommand *command)
{
    const virDocDomainMemballoon *balloon = command->document->memballoon;
    g_autofree char *driver = NULL;
    json_object *device;

    if (!balloon || balloon->model == VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE)
        return true;
    if (balloon->model == VIR_DOC_DOMAIN_MEMBALLOON_MODEL_XEN)
        return qemuCommandRefuse(command, "QEMU has no <memballoon model='xen'>");
    driver = qemuVirtioDriver("virtio-balloon-pci",
                              virDocDomainMemballoonModelToString(balloon->model));
    device = qemuDevice(command, driver, &balloon->info);
    qemuSetSwitch(device, "deflate-on-oom", balloon->autodeflate);
    qemuSetSwitch(device, "free-page-reporting", balloon->freePageReporting);
    qemuSetVirtio(device, &balloon->driverVirtio);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

static bool
addPanics(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->npanics; i++) {
        const virDocDomainPanic *panic = document->panics[i];
        bool pci = panic->model == VIR_DOC_DOMAIN_PANIC_MODEL_PVPANIC;

        /* Those are the firmware's, or a property of the processors. */
        if (panic->model == VIR_DOC_DOMAIN_PANIC_MODEL_PSERIES ||
            panic->model == VIR_DOC_DOMAIN_PANIC_MODEL_S390 ||
            panic->model == VIR_DOC_DOMAIN_PANIC_MODEL_HYPERV)
            continue;
        if (panic->model && !pci && panic->model != VIR_DOC_DOMAIN_PANIC_MODEL_ISA)
            return qemuCommandRefuse(command, "this driver does not know the panic device '%s'",
                                     virDocDomainPanicModelToString(panic->model));
        qemuCommandAddObject(command, "-device",
                             qemuDevice(command, pci ? "pvpanic-pci" : "pvpanic", &panic->info));
    }
    return true;
}

/* The device of sockets, with a number that the kernel guards; -1 with an error raised. */
static int
openVsock(const qemuCommand *command, const virDocDomainVsock *vsock, guint64 *cid)
{
    bool chosen = vsock->hasCidAddress && vsock->cidAutomatic != VIR_DOC_SWITCH_ON;
    int fd = open("/dev/vhost-vsock", O_RDWR | O_CLOEXEC);

    *cid = chosen ? vsock->cidAddress : FIRST_CID;
    while (fd >= 0 && ioctl(fd, VHOST_VSOCK_SET_GUEST_CID, cid) < 0) {
        if (errno != EADDRINUSE || chosen || ++*cid > G_MAXINT32) {
            virErrorRaiseSystem(VIR_FROM_QEMU, errno, "domain '%s': the number %llu of <vsock> "
                                "cannot be had", command->document->name,
                                (unsigned long long) *cid);
            close(fd);
            return -1;
        }
    }
    if (fd < 0)
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "domain '%s': <vsock> needs /dev/vhost-vsock "
                            "(module vhost_vsock)", command->document->name);
    return fd;
}

bool
qemuCommandVsock(qemuCommand *command, const virDocDomainVsock *vsock)
{
    g_autofree char *driver = qemuVirtioDriver("vhost-vsock-pci",
                                               virDocDomainVsockModelToString(vsock->model));
    g_autofree char *passed = NULL;
    guint64 cid = vsock->hasCidAddress ? vsock->cidAddress : FIRST_CID;
    json_object *device;

    if (!command->shown) {
        int fd = openVsock(command, vsock, &cid);

        if (fd < 0)
            return false;
        passed = qemuCommandPassed(command, fd);
    }
    device = qemuDevice(command, driver, &vsock->info);
    qemuSetNumber(device, "guest-cid", (gint64) cid);
    qemuSetString(device, "vhostfd", passed);
    qemuSetVirtio(device, &vsock->driverVirtio);
    command->cid = (unsigned int) cid;
    qemuCommandAddObject(command, "-device", device);
    return true;
}

static void
addPstore(qemuCommand *command)
{
    const virDocDomainPstore *pstore = command->document->pstore;
    json_object *object = json_object_new_object(), *device;

    qemuSetString(object, "qom-type", "memory-backend-file");
    qemuSetString(object, "id", "mempstore0");
    qemuSetString(object, "mem-path", pstore->path);
    qemuSetTrue(object, "share", true);
    qemuSetNumber(object, "size", (gint64) pstore->size * 1024);
    qemuCommandAddObject(command, "-object", object);
    device = qemuDevice(command, "acpi-erst", &pstore->info);
    qemuSetString(device, "memdev", "mempstore0");
    qemuCommandAddObject(command, "-device", device);
}

bool
qemuCommandDevices(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->ninputs; i++) {
        if (!qemuCommandInput(command, document->inputs[i]))
            return false;
    }
    if (!addBalloon(command))
        return false;
    for (size_t i = 0; i < document->nwatchdogs; i++) {
        if (!qemuCommandWatchdog(command, document->watchdogs[i]))
            return false;
    }
    for (size_t i = 0; i < document->nrngs; i++) {
        if (!qemuCommandRng(command, document->rngs[i]))
            return false;
    }
    if (document->pstore)
        addPstore(command);
    return addPanics(command) && (!document->vsock || qemuCommandVsock(command, document->vsock));
}
