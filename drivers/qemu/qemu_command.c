/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: its parts put together, and what they share. */

#include "qemu_command.h"

#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

/* The first number for descriptors that QEMU gets; those below are its standard ones. */
#define FIRST_NUMBER 10

static void
freeBeside(gpointer data)
{
    qemuBeside *beside = data;

    /* Nobody came to be served. */
    if (beside->pidfd >= 0) {
        syscall(SYS_pidfd_send_signal, beside->pidfd, SIGTERM, NULL, 0);
        close(beside->pidfd);
    }
    g_free(beside->socket);
    g_strfreev(beside->arguments);
    g_free(beside);
}

static void
closePassed(gpointer data)
{
    const qemuPassed *passed = data;

    if (passed->fd >= 0)
        close(passed->fd);
}

void
qemuCommandFree(qemuCommand *command)
{
    if (!command)
        return;
    g_ptr_array_unref(command->arguments);
    g_ptr_array_unref(command->environment);
    g_array_unref(command->passed);
    g_hash_table_unref(command->turns);
    g_hash_table_unref(command->taps);
    g_ptr_array_unref(command->beside);
    g_free(command->unknown);
    g_free(command);
}

void
qemuCommandAdd(qemuCommand *command, const char *option, const char *value)
{
    g_ptr_array_add(command->arguments, g_strdup(option));
    if (value)
        g_ptr_array_add(command->arguments, g_strdup(value));
}

void
qemuCommandAddFormat(qemuCommand *command, const char *option, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(command->arguments, g_strdup(option));
    g_ptr_array_add(command->arguments, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* Remembers the first device that QEMU does not have; it is raised when the parts are complete. */
static void
lookUp(qemuCommand *command, json_object *device)
{
    const char *driver = json_object_get_string(json_object_object_get(device, "driver"));
    const char *id = json_object_get_string(json_object_object_get(device, "id"));
    const GPtrArray *known = command->emulator->devices;

    if (!driver || !known->len || command->unknown ||
        g_ptr_array_find_with_equal_func((GPtrArray *) (uintptr_t) known, driver, g_str_equal, NULL))
        return;
    command->unknown = g_strdup_printf("'%s'%s%s%s", driver, id ? " (device '" : "", id ? id : "",
                                       id ? "')" : "");
}

bool
qemuCommandIsKnown(const qemuCommand *command)
{
    return !command->unknown ||
           qemuCommandRefuse(command, "'%s' was built without %s", command->emulator->path,
                             command->unknown);
}

void
qemuCommandBeside(qemuCommand *command, const char *socket, char **arguments)
{
    qemuBeside *beside = g_new0(qemuBeside, 1);

    beside->socket = g_strdup(socket);
    beside->arguments = arguments;
    beside->pidfd = -1;
    g_ptr_array_add(command->beside, beside);
}

void
qemuCommandAddObject(qemuCommand *command, const char *option, json_object *object)
{
    if (g_str_equal(option, "-device"))
        lookUp(command, object);
    qemuCommandAdd(command, option,
                   json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
                                                  JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(object);
}

int
qemuCommandPass(qemuCommand *command, int fd)
{
    qemuPassed passed = { .fd = fd, .number = FIRST_NUMBER + (int) command->passed->len };

    g_array_append_val(command->passed, passed);
    return passed.number;
}

char *
qemuCommandPassed(qemuCommand *command, int fd)
{
    /* A name that is no number is one that QEMU was told before. */
    return g_strdup_printf(command->plugged ? "plugged%d" : "%d", qemuCommandPass(command, fd));
}

char *
qemuCommandEscape(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);

    return g_strjoinv(",,", parts);
}

void
qemuSetString(json_object *object, const char *name, const char *value)
{
    if (value)
        json_object_object_add(object, name, json_object_new_string(value));
}

void
qemuSetNumber(json_object *object, const char *name, gint64 value)
{
    json_object_object_add(object, name, json_object_new_int64(value));
}

void
qemuSetTrue(json_object *object, const char *name, bool value)
{
    json_object_object_add(object, name, json_object_new_boolean(value));
}

char *
qemuVirtioDriver(const char *driver, const char *model)
{
    if (!model || !g_str_has_prefix(model, "virtio-"))
        return g_strdup(driver);
    return g_strconcat(driver, model + strlen("virtio"), NULL);
}

void
qemuSetVirtio(json_object *device, const virDocDomainVirtioOptions *options)
{
    qemuSetSwitch(device, "iommu_platform", options->iommu);
    qemuSetSwitch(device, "ats", options->ats);
    qemuSetSwitch(device, "packed", options->packed);
    qemuSetSwitch(device, "page-per-vq", options->pagePerVq);
}

void
qemuSetSwitch(json_object *object, const char *name, virDocSwitch value)
{
    if (value)
        qemuSetTrue(object, name, value == VIR_DOC_SWITCH_ON);
}

bool
qemuCommandRefuse(const qemuCommand *command, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED, "domain '%s': %s",
                  command->document->name, text);
    return false;
}

/* The name of the PCI bus with a number. */
static const char *
busName(const qemuCommand *command, unsigned long long bus)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->ncontrollers; i++) {
        const virDocDomainController *controller = document->controllers[i];

        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI && controller->index == bus)
            return controller->info.aliasName;
    }
    return bus ? NULL : "pci.0";
}

static void
setPlace(const qemuCommand *command, json_object *device, const virDocDomainAddress *address)
{
    g_autofree char *place = NULL;

    if (address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI && address->hasPciSlot) {
        place = address->function ?
            g_strdup_printf("0x%llx.0x%llx", address->pciSlot, address->function) :
            g_strdup_printf("0x%llx", address->pciSlot);
        qemuSetString(device, "bus", busName(command, address->pciBus));
        qemuSetSwitch(device, "multifunction", address->multifunction);
        qemuSetString(device, "addr", place);
    } else if (address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_USB && address->port) {
        place = address->hasBus && address->bus ? g_strdup_printf("usb%u.0", address->bus) :
                g_strdup("usb.0");
        qemuSetString(device, "bus", place);
        qemuSetString(device, "port", address->port);
    }
}

json_object *
qemuDevice(const qemuCommand *command, const char *driver, const virDocDomainDeviceInfo *info)
{
    json_object *device = json_object_new_object();

    qemuSetString(device, "driver", driver);
    qemuSetString(device, "id", info->aliasName);
    if (info->hasBootOrder)
        qemuSetNumber(device, "bootindex", info->bootOrder);
    else if (g_hash_table_contains(command->turns, info))
        qemuSetNumber(device, "bootindex",
                      GPOINTER_TO_INT(g_hash_table_lookup(command->turns, info)));
    if (info->romBar || info->romEnabled)
        qemuSetNumber(device, "rombar", info->romBar != VIR_DOC_SWITCH_OFF &&
                      info->romEnabled != VIR_DOC_SWITCH_OFF);
    qemuSetString(device, "romfile", info->romFile);
    if (info->hasAcpiIndex)
        qemuSetNumber(device, "acpi-index", info->acpiIndex);
    if (info->address)
        setPlace(command, device, info->address);
    return device;
}

/* The first device of a kind to boot from; NULL when there is none. */
static const virDocDomainDeviceInfo *
firstToBoot(const virDocDomain *document, virDocDomainBootDevice kind)
{
    static const virDocDomainDiskDevice disks[VIR_DOC_DOMAIN_BOOT_DEVICE_LAST] = {
        [VIR_DOC_DOMAIN_BOOT_DEVICE_FD] = VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY,
        [VIR_DOC_DOMAIN_BOOT_DEVICE_HD] = VIR_DOC_DOMAIN_DISK_DEVICE_DISK,
        [VIR_DOC_DOMAIN_BOOT_DEVICE_CDROM] = VIR_DOC_DOMAIN_DISK_DEVICE_CDROM,
    };

    if (kind == VIR_DOC_DOMAIN_BOOT_DEVICE_NETWORK)
        return document->ninterfaces ? &document->interfaces[0]->info : NULL;
    for (size_t i = 0; i < document->ndisks; i++) {
        if (document->disks[i]->device == disks[kind])
            return &document->disks[i]->info;
    }
    return NULL;
}

/* Kinds of devices to boot from are turns of the first device of each kind. */
static void
takeTurns(qemuCommand *command)
{
    const virDocDomainOs *os = command->document->os;

    for (size_t i = 0; i < os->nboots; i++) {
        const virDocDomainDeviceInfo *info = firstToBoot(command->document, os->boots[i]->dev);

        if (info && !g_hash_table_contains(command->turns, info))
            g_hash_table_insert(command->turns, (gpointer) info, GINT_TO_POINTER((int) i + 1));
    }
}

static void
addMonitor(qemuCommand *command, int socket)
{
    if (socket >= 0)
        qemuCommandAddFormat(command, "-chardev", "socket,id=charmonitor,fd=%d,server=on,wait=off",
                             qemuCommandPass(command, socket));
    else
        qemuCommandAdd(command, "-chardev",
                       "socket,id=charmonitor,path=monitor.sock,server=on,wait=off");
    qemuCommandAdd(command, "-mon", "chardev=charmonitor,id=monitor,mode=control");
}

/* What QEMU makes of commands that it will not have for ever. */
static bool
addDeprecation(qemuCommand *command)
{
    static const char *const words[][2] = {
        { "none", NULL }, { "omit", "deprecated-output=hide" },
        { "reject", "deprecated-input=reject,deprecated-output=hide" },
        { "crash", "deprecated-input=crash,deprecated-output=hide" },
    };
    const char *asked = command->document->qemuDeprecationBehavior;

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!g_str_equal(asked, words[i][0]))
            continue;
        if (words[i][1])
            qemuCommandAdd(command, "-compat", words[i][1]);
        return true;
    }
    return qemuCommandRefuse(command, "<qemu:deprecation behavior='%s'>: expected none, omit, "
                             "reject or crash", asked);
}

/* What people gave in the namespace of QEMU goes last, as it is. */
static void
addPassthrough(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->nqemuQemuArgs; i++)
        qemuCommandAdd(command, document->qemuQemuArgs[i]->value, NULL);
    for (size_t i = 0; i < document->nqemuQemuEnvs; i++)
        g_ptr_array_add(command->environment,
                        g_strconcat(document->qemuQemuEnvs[i]->name, "=",
                                    document->qemuQemuEnvs[i]->value ?
                                    document->qemuQemuEnvs[i]->value : "", NULL));
}

/* Where threads run is known, how they share processors is not yet. */
static bool
hasUnknownTuning(const virDocDomainCputune *tune)
{
    return tune && (tune->emulatorschedScheduler || tune->nvcpuscheds || tune->niothreadscheds ||
                    tune->ncachetunes || tune->nmemorytunes);
}

/* What has no part in the command line yet; false with an error raised. */
static bool
refuseUnknown(const qemuCommand *command)
{
    const virDocDomain *document = command->document;
    const struct {
        bool given;
        const char *what;
    } parts[] = {
        { hasUnknownTuning(document->cputune), "cputune" },
        { document->nthrottlegroups, "throttlegroups" }, { document->nperfEvents, "perf" },
        { document->resourcePartition || document->resourceFibrechannelAppid, "resource" },
        { document->nleases, "lease" }, { document->nvram, "nvram" },
        { document->launchSecurity, "launchSecurity" }, { document->nkeywrapCiphers, "keywrap" },
        { document->nidmapUids + document->nidmapGids, "idmap" },
        { document->nqemuQemuDevices, "qemu:override" },
    };

    /* A guest that would run without what was asked for does not run. */
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].given)
            return qemuCommandRefuse(command, "this driver does not know <%s> yet", parts[i].what);
    }
    return true;
}

qemuCommand *
qemuCommandEmpty(const virDocDomain *document, const qemuEmulator *emulator, const char *folder)
{
    qemuCommand *command = g_new0(qemuCommand, 1);

    command->document = document;
    command->folder = folder;
    command->emulator = emulator;
    command->arguments = g_ptr_array_new_with_free_func(g_free);
    command->environment = g_ptr_array_new_with_free_func(g_free);
    command->passed = g_array_new(/* zero_terminated= */ false, /* clear= */ false,
                                  sizeof(qemuPassed));
    g_array_set_clear_func(command->passed, closePassed);
    command->turns = g_hash_table_new(NULL, NULL);
    command->taps = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    command->beside = g_ptr_array_new_with_free_func(freeBeside);
    return command;
}

void
qemuCommandLearn(qemuCommand *command)
{
    GHashTableIter all;
    gpointer key, name;

    g_hash_table_iter_init(&all, command->taps);
    while (g_hash_table_iter_next(&all, &key, &name)) {
        virDocDomainInterface *interface = key;

        g_free(interface->targetDev);
        interface->targetDev = g_strdup(name);
    }
    if (command->cid && command->document->vsock) {
        command->document->vsock->cidAddress = command->cid;
        command->document->vsock->hasCidAddress = true;
    }
}

qemuCommand *
qemuCommandNew(const virDocDomain *document, const qemuEmulator *emulator,
               const qemuCommandPlace *place)
{
    g_autoptr(qemuCommand) command = qemuCommandEmpty(document, emulator, place->folder);

    command->shown = place->monitor < 0;
    takeTurns(command);
    qemuCommandAdd(command, document->emulator, NULL);
    /* From here on the descriptors are the command's, also when it fails. */
    addMonitor(command, place->monitor);
    if (place->incoming >= 0)
        qemuCommandAddFormat(command, "-incoming", "fd:%d",
                             qemuCommandPass(command, place->incoming));
    if (!refuseUnknown(command) || !qemuCommandMachine(command) ||
        !qemuCommandIommus(command) || !qemuCommandControllers(command) ||
        !qemuCommandMemoryDevices(command) || !qemuCommandDisks(command) ||
        !qemuCommandShares(command) || !qemuCommandInterfaces(command) ||
        !qemuCommandCharacters(command) || !qemuCommandSecurity(command) ||
        !qemuCommandDisplays(command) || !qemuCommandSounds(command) ||
        !qemuCommandDevices(command) || !qemuCommandHostdevs(command) ||
        !qemuCommandIsKnown(command))
        return NULL;
    if (document->qemuDeprecationBehavior && !addDeprecation(command))
        return NULL;
    if (!place->settings || place->settings->sandbox)
        qemuCommandAdd(command, "-sandbox",
                       "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
    if (!place->settings || place->settings->logTimestamp)
        qemuCommandAdd(command, "-msg", "timestamp=on");
    addPassthrough(command);
    g_ptr_array_add(command->arguments, NULL);
    return g_steal_pointer(&command);
}

char *
qemuCommandText(const qemuCommand *command)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint i;

    for (i = 0; i < command->environment->len; i++)
        g_string_append_printf(text, "%s \\\n", (char *) command->environment->pdata[i]);
    for (i = 0; command->arguments->pdata[i]; i++) {
        const char *argument = command->arguments->pdata[i];
        bool plain = *argument && strspn(argument, "abcdefghijklmnopqrstuvwxyz"
                                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./,:+@")
                     == strlen(argument);
        g_autofree char *quoted = plain ? g_strdup(argument) : g_shell_quote(argument);

        if (i)
            g_string_append(text, *argument == '-' ? " \\\n" : " ");
        g_string_append(text, quoted);
    }
    g_string_append_c(text, '\n');
    return g_string_free(g_steal_pointer(&text), FALSE);
}
