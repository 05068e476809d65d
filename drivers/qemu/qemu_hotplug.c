/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of a QEMU that runs: the parts of its command line, said over the monitor. */

#include "qemu_hotplug.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_change.h"
#include "conf/domain_find.h"
#include "qemu_beside.h"
#include "qemu_command.h"
#include "qemu_iotune.h"
#include "qemu_owner.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/events.h"

/* How long a guest may take to open the tray of a drive, in milliseconds. */
#define TRAY_PATIENCE 5000

/* Describes a device of one kind. */
#define PART(Kind)                                                                              \
    static bool                                                                                 \
    describe##Kind(qemuCommand *command, const void *device)                                    \
    {                                                                                           \
        return qemuCommand##Kind(command, device);                                              \
    }

PART(Controller)
PART(Disk)
PART(Interface)
PART(Serial)
PART(Parallel)
PART(Console)
PART(Channel)
PART(Redirdev)
PART(Input)
PART(Watchdog)
PART(Rng)
PART(Hostdev)
PART(MemoryDevice)
PART(Shmem)
PART(Filesystem)
PART(Vsock)
PART(Sound)
PART(Hub)

/* The part of a command line that a device is; false with an error raised. */
static bool
describe(qemuCommand *command, const virConfDomainDevice *device)
{
    static const struct {
        const char *kind;
        bool (*describe)(qemuCommand *command, const void *device);
    } kinds[] = {
        { "controller", describeController }, { "disk", describeDisk },
        { "interface", describeInterface },   { "serial", describeSerial },
        { "parallel", describeParallel },     { "console", describeConsole },
        { "channel", describeChannel },       { "redirdev", describeRedirdev },
        { "input", describeInput },           { "watchdog", describeWatchdog },
        { "rng", describeRng },               { "hostdev", describeHostdev },
        { "memory", describeMemoryDevice },   { "shmem", describeShmem },
        { "filesystem", describeFilesystem }, { "vsock", describeVsock },
        { "sound", describeSound },           { "hub", describeHub },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (g_str_equal(kinds[i].kind, device->member->name))
            return kinds[i].describe(command, device->data) && qemuCommandIsKnown(command);
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                  "a <%s> can't be plugged into a running guest by this driver",
                  device->member->name);
    return false;
}

/* An option of the command line, and the commands that do and undo the same; NULL: nothing undoes it. */
typedef struct {
    const char *option, *add, *remove, *key;
} Step;

static const Step steps[] = {
    { "-blockdev", "blockdev-add", "blockdev-del", "node-name" },
    { "-netdev", "netdev_add", "netdev_del", "id" },
    { "-object", "object-add", "object-del", "id" },
    { "-chardev", "chardev-add", "chardev-remove", "id" },
    { "-device", "device_add", NULL, "id" },
    { "-action", "set-action", NULL, NULL },
};

static const Step *
stepOf(const char *option)
{
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (g_str_equal(steps[i].option, option))
            return &steps[i];
    }
    return NULL;
}

/* The name that QEMU knows a part by, out of the value of its option; NULL for none. */
static char *
nameOf(const Step *step, const char *value)
{
    g_autoptr(json_object) object = *value == '{' ? json_tokener_parse(value) : NULL;
    const char *start, *end;

    if (object)
        return g_strdup(step->key ? qemuJsonString(object, step->key) : NULL);
    start = step->key ? strstr(value, ",id=") : NULL;
    end = start ? strchr(start + 1, ',') : NULL;
    if (!start)
        return NULL;
    start += strlen(",id=");
    return end ? g_strndup(start, (gsize) (end - start)) : g_strdup(start);
}

/* Adds a character device, in the words of the command line. */
static bool
addCharacter(qemuDomain *domain, const char *value)
{
    g_autofree char *line = g_strconcat("chardev-add ", value, NULL);
    g_autoptr(json_object) result =
        qemuProcessAsk(domain, "human-monitor-command",
                       qemuJsonStrings("command-line", line, NULL));
    const char *answer = json_object_is_type(result, json_type_string) ?
        json_object_get_string(result) : NULL;

    /* It says nothing when all is well. */
    if (answer && *answer)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "QEMU of domain '%s' does not take the character device: %s", domain->name,
                      answer);
    return answer && !*answer;
}

/* Sets "name=value", as what a watchdog does. */
static bool
setAction(qemuDomain *domain, const char *value)
{
    g_auto(GStrv) pair = g_strsplit(value, "=", 2);
    g_autoptr(json_object) result =
        qemuProcessAsk(domain, "set-action", qemuJsonStrings(pair[0], pair[1], NULL));

    return result != NULL;
}

static bool
perform(qemuDomain *domain, const Step *step, const char *value)
{
    g_autoptr(json_object) result = NULL;

    if (g_str_equal(step->option, "-chardev"))
        return addCharacter(domain, value);
    if (g_str_equal(step->option, "-action"))
        return setAction(domain, value);
    result = qemuProcessAsk(domain, step->add, json_tokener_parse(value));
    return result != NULL;
}

/* Gives QEMU the descriptors that the parts speak of. */
static bool
passDescriptors(qemuDomain *domain, const qemuCommand *command)
{
    for (guint i = 0; i < command->passed->len; i++) {
        const qemuPassed *passed = &g_array_index(command->passed, qemuPassed, i);
        g_autofree char *name = g_strdup_printf("plugged%d", passed->number);
        g_autoptr(json_object) result =
            qemuProcessAskWith(domain, "getfd", qemuJsonStrings("fdname", name, NULL), passed->fd,
                               QEMU_MONITOR_PATIENCE);

        if (!result)
            return false;
    }
    return true;
}

/* Undoes the first `count` arguments of a command, last first; `tell` waits for no answer. */
static void
undo(qemuDomain *domain, const qemuCommand *command, guint count, bool tell)
{
    while (count >= 2) {
        const Step *step = stepOf(command->arguments->pdata[count - 2]);
        g_autofree char *name = step ? nameOf(step, command->arguments->pdata[count - 1]) : NULL;
        json_object *arguments;

        count -= 2;
        if (!name || !step->remove || !domain->process.monitor)
            continue;
        arguments = qemuJsonStrings(step->key, name, NULL);
        if (tell)
            qemuMonitorTell(domain->process.monitor, step->remove, arguments);
        else
            json_object_put(qemuProcessAsk(domain, step->remove, arguments));
    }
    virResetLastError();
}

/* Does what a command says, all or nothing; false with an error raised. */
static bool
performAll(qemuDomain *domain, const qemuCommand *command)
{
    const GPtrArray *arguments = command->arguments;
    bool done = passDescriptors(domain, command);
    guint i = 0;

    for (; done && i + 1 < arguments->len; i += 2) {
        const Step *step = stepOf(arguments->pdata[i]);

        if (!step)
            done = qemuCommandRefuse(command, "'%s' can't be given to a running guest",
                                     (char *) arguments->pdata[i]);
        else
            done = perform(domain, step, arguments->pdata[i + 1]);
        if (!done)
            break;
    }
    if (!done) {
        virErrorPtr error = virSaveLastError();

        undo(domain, command, i, /* tell= */ false);
        virErrorRestore(error);
        virFreeError(error);
    }
    return done;
}

/* The link of an interface is up when it joins. */
static bool
setLink(qemuDomain *domain, const virConfDomainDevice *device)
{
    const virDocDomainInterface *interface = device->data;

    return device->member->record != &virDocDomainInterfaceRecord ||
           interface->linkState != VIR_DOC_DOMAIN_LINK_STATE_DOWN ||
           qemuHotplugLink(domain, interface);
}

static bool
setLimits(qemuDomain *domain, const virConfDomainDevice *device)
{
    const virDocDomainDisk *disk = device->data;

    return device->member->record != &virDocDomainDiskRecord || !disk->iotune ||
           qemuIotuneApply(domain, disk, disk->iotune);
}

bool
qemuHotplugLink(qemuDomain *domain, const virDocDomainInterface *interface)
{
    json_object *arguments = qemuJsonStrings("name", interface->info.aliasName, NULL);
    g_autoptr(json_object) result = NULL;

    json_object_object_add(arguments, "up",
                           json_object_new_boolean(interface->linkState !=
                                                   VIR_DOC_DOMAIN_LINK_STATE_DOWN));
    result = qemuProcessAsk(domain, "set_link", arguments);
    return result != NULL;
}

/* Gives QEMU the files of a device that comes. */
static bool
giveFiles(qemuDomain *domain, const virConfDomainDevice *device)
{
    return device->member->record != &virDocDomainDiskRecord ||
           qemuOwnerGiveDisk(domain, device->data);
}

static void
takeFilesBack(qemuDomain *domain, const virConfDomainDevice *device)
{
    if (device->member->record == &virDocDomainDiskRecord)
        qemuOwnerTakeBackDisk(domain, device->data);
}

/* Programs that serve the device run before QEMU hears of it. */
static bool
startBeside(qemuDomain *domain, const qemuCommand *command)
{
    g_auto(qemuIdentity) identity = { 0 };

    return !command->beside->len ||
           (qemuIdentityFind(&identity, domain->host, domain->live, /* running= */ true) &&
            qemuBesideStart(command, &identity, -1));
}

bool
qemuHotplugAdd(qemuDomain *domain, const virDocDomain *document,
               const virConfDomainDevice *device)
{
    g_autofree char *folder = g_path_get_dirname(domain->process.socket);
    g_autoptr(qemuEmulator) emulator = qemuEmulatorsGet(domain->host->emulators,
                                                        document->emulator);
    g_autoptr(qemuCommand) command = NULL;

    if (!emulator || !giveFiles(domain, device))
        return false;
    command = qemuCommandEmpty(document, emulator, folder);
    command->plugged = true;
    if (!describe(command, device) || !startBeside(domain, command) ||
        !performAll(domain, command)) {
        takeFilesBack(domain, device);
        return false;
    }
    if (!setLink(domain, device) || !setLimits(domain, device) || !qemuDomainRequireActive(domain))
        return false;
    qemuBesideLeave(command);
    qemuCommandLearn(command);
    return true;
}

/* What there is behind a device; NULL when nothing is known of it. */
static qemuCommand *
partsOf(qemuDomain *domain, const virConfDomainDevice *device)
{
    g_autoptr(qemuEmulator) emulator = qemuEmulatorsGet(domain->host->emulators,
                                                        domain->live->emulator);
    g_autoptr(qemuCommand) command = emulator ? qemuCommandEmpty(domain->live, emulator, NULL) :
                                                NULL;

    if (!command)
        return NULL;
    /* To be read, not to be done. */
    command->shown = true;
    return describe(command, device) ? g_steal_pointer(&command) : NULL;
}

void
qemuHotplugRelease(qemuDomain *domain, const virConfDomainDevice *device)
{
    g_autoptr(qemuCommand) command = partsOf(domain, device);

    if (command)
        undo(domain, command, command->arguments->len, /* tell= */ false);
    virResetLastError();
    takeFilesBack(domain, device);
}

/* --- media ----------------------------------------------------------------------------------- */

/* Sends a command about a drive; false with an error raised. */
static bool
tellDrive(qemuDomain *domain, const char *command, const char *alias)
{
    g_autoptr(json_object) result = qemuProcessAsk(domain, command,
                                                   qemuJsonStrings("id", alias, NULL));

    return result != NULL;
}

static virDocDomainDisk *
driveOf(const qemuDomain *domain, const char *alias)
{
    for (size_t i = 0; domain->id >= 0 && i < domain->live->ndisks; i++) {
        if (!g_strcmp0(domain->live->disks[i]->info.aliasName, alias))
            return domain->live->disks[i];
    }
    return NULL;
}

/* Opens the tray; the guest may hold it closed. */
static bool
openTray(qemuDomain *domain, const char *alias, bool force)
{
    gint64 until = g_get_monotonic_time() + TRAY_PATIENCE * (gint64) G_TIME_SPAN_MILLISECOND;
    json_object *arguments = qemuJsonStrings("id", alias, NULL);
    g_autoptr(json_object) result = NULL;

    json_object_object_add(arguments, "force", json_object_new_boolean(force));
    result = qemuProcessAsk(domain, "blockdev-open-tray", arguments);
    if (!result)
        return false;
    while (!force && driveOf(domain, alias) &&
           driveOf(domain, alias)->targetTray != VIR_DOC_DOMAIN_DISK_TRAY_OPEN) {
        g_autoptr(json_object) gone = NULL;
        g_autofree char *refusal = NULL;

        /* One without a lock opens at once, and says so in an event that may be on its way. */
        gone = qemuProcessTry(domain, "blockdev-remove-medium", qemuJsonStrings("id", alias, NULL),
                              &refusal);
        if (gone)
            return true;
        if (g_get_monotonic_time() > until) {
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                          "the guest of domain '%s' holds the tray of '%s' closed; the flag to force "
                          "it opens it", domain->name, alias);
            return false;
        }
        g_mutex_unlock(&domain->lock);
        g_usleep(50 * G_TIME_SPAN_MILLISECOND);
        g_mutex_lock(&domain->lock);
    }
    return qemuDomainRequireActive(domain);
}

/* Puts a medium into an open drive; false with an error raised. */
static bool
insert(qemuDomain *domain, const qemuCommand *command, const virDocDomainDisk *disk,
       const char *alias)
{
    g_autofree char *node = qemuDiskNode(disk, "format");
    g_autoptr(json_object) result = NULL;

    if (qemuDiskIsEmpty(disk))
        return true;
    if (!performAll(domain, command))
        return false;
    result = qemuProcessAsk(domain, "blockdev-insert-medium",
                            qemuJsonStrings("id", alias, "node-name", node, NULL));
    if (!result)
        undo(domain, command, command->arguments->len, /* tell= */ false);
    return result != NULL;
}

/* The nodes of a medium; NULL with an error raised. */
static qemuCommand *
mediumOf(qemuDomain *domain, const virDocDomainDisk *disk)
{
    g_autoptr(qemuEmulator) emulator = qemuEmulatorsGet(domain->host->emulators,
                                                        domain->live->emulator);
    g_autoptr(qemuCommand) command = emulator ? qemuCommandEmpty(domain->live, emulator, NULL) :
                                                NULL;

    if (!command)
        return NULL;
    command->plugged = true;
    return qemuCommandDiskNodes(command, disk) ? g_steal_pointer(&command) : NULL;
}

bool
qemuHotplugMedium(qemuDomain *domain, const virDocDomainDisk *now, const virDocDomainDisk *then,
                  bool force)
{
    /* Copies: the document may be another when QEMU has answered. */
    g_autoptr(virDocDomainDisk) before = virDocDomainDiskCopy(now);
    g_autofree char *alias = g_strdup(now->info.aliasName);
    g_autoptr(qemuCommand) old = mediumOf(domain, before);
    g_autoptr(qemuCommand) new = old ? mediumOf(domain, then) : NULL;
    bool done;

    if (!new || !qemuOwnerGiveDisk(domain, then))
        return false;
    if (!openTray(domain, alias, force)) {
        qemuOwnerTakeBackDisk(domain, then);
        return false;
    }
    if (!qemuDiskIsEmpty(before)) {
        g_autofree char *refusal = NULL;

        /* It may be out already. */
        json_object_put(qemuProcessTry(domain, "blockdev-remove-medium",
                                       qemuJsonStrings("id", alias, NULL), &refusal));
        undo(domain, old, old->arguments->len, /* tell= */ false);
    }
    done = insert(domain, new, then, alias);
    if (!done) {
        virErrorPtr error = virSaveLastError();

        qemuOwnerTakeBackDisk(domain, then);
        insert(domain, old, before, alias);
        tellDrive(domain, "blockdev-close-tray", alias);
        virErrorRestore(error);
        virFreeError(error);
        return false;
    }
    qemuOwnerTakeBackDisk(domain, before);
    return tellDrive(domain, "blockdev-close-tray", alias) && qemuDomainRequireActive(domain);
}

/* --- what the guest does by itself ----------------------------------------------------------- */

void
qemuDeviceGone(qemuDomain *domain, const char *alias)
{
    virConfDomainDevice device;
    g_autoptr(qemuCommand) command = NULL;

    if (!virConfDomainFindAlias(domain->live, alias, /* driver= */ NULL, &device)) {
        virResetLastError();
        return;
    }
    command = partsOf(domain, &device);
    if (command)
        undo(domain, command, command->arguments->len, /* tell= */ true);
    virResetLastError();
    takeFilesBack(domain, &device);
    virEventStateQueue(domain->host->events,
                       virDomainEventDeviceRemovedNew(domain->name, domain->uuid, domain->id,
                                                      alias));
    virConfDeviceGone(domain->live, alias);
    qemuStoreStatus(domain);
}
