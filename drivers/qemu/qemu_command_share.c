/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: file systems and memory that it shares with the host and other guests. */

#include <string.h>

#include "qemu_command.h"

/* Where programs of QEMU's own are that nobody calls by hand. */
static const char *const daemons[] = { "/usr/lib/qemu/virtiofsd", "/usr/libexec/virtiofsd" };

/* The program that serves a shared folder; NULL with an error raised. */
static char *
serverOf(const qemuCommand *command, const virDocDomainFilesystem *filesystem)
{
    if (filesystem->binaryPath)
        return g_strdup(filesystem->binaryPath);
    for (size_t i = 0; i < G_N_ELEMENTS(daemons); i++) {
        if (g_file_test(daemons[i], G_FILE_TEST_IS_EXECUTABLE))
            return g_strdup(daemons[i]);
    }
    qemuCommandRefuse(command, "<filesystem> '%s': no program virtiofsd is installed; "
                      "<binary path='...'/> names one", filesystem->info.aliasName);
    return NULL;
}

/* The settings of the program, as it takes them. */
static char *
serverOptions(const virDocDomainFilesystem *filesystem)
{
    g_autofree char *source = qemuCommandEscape(filesystem->sourceDir);
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text, "source=%s", source);
    if (filesystem->binaryCacheMode)
        g_string_append_printf(text, ",cache=%s",
                               virDocDomainFilesystemCacheToString(filesystem->binaryCacheMode));
    if (filesystem->binarySandboxMode)
        g_string_append_printf(text, ",sandbox=%s",
                               virDocDomainFilesystemSandboxToString(filesystem->binarySandboxMode));
    if (filesystem->binaryXattr)
        g_string_append(text, filesystem->binaryXattr == VIR_DOC_SWITCH_ON ? ",xattr" : ",no_xattr");
    if (filesystem->binaryLockPosix)
        g_string_append(text, filesystem->binaryLockPosix == VIR_DOC_SWITCH_ON ? ",posix_lock" :
                        ",no_posix_lock");
    if (filesystem->binaryLockFlock)
        g_string_append(text, filesystem->binaryLockFlock == VIR_DOC_SWITCH_ON ? ",flock" :
                        ",no_flock");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Runs the program beside QEMU, unless the document names the socket of one that runs. */
static bool
addServer(qemuCommand *command, const virDocDomainFilesystem *filesystem, const char *socket)
{
    g_auto(GStrv) arguments = NULL;

    if (filesystem->sourceSocket)
        return true;
    if (!filesystem->sourceDir)
        return qemuCommandRefuse(command, "<filesystem> '%s' names neither a folder nor a socket",
                                 filesystem->info.aliasName);
    arguments = g_new0(char *, 6);
    arguments[0] = serverOf(command, filesystem);
    if (!arguments[0])
        return false;
    arguments[1] = g_strconcat("--socket-path=", socket, NULL);
    arguments[2] = g_strdup("-o");
    arguments[3] = serverOptions(filesystem);
    if (filesystem->hasBinaryThreadPoolSize)
        arguments[4] = g_strdup_printf("--thread-pool-size=%u", filesystem->binaryThreadPoolSize);
    qemuCommandBeside(command, socket, g_steal_pointer(&arguments));
    return true;
}

/* Whether other processes see the guest's memory, as those must that serve its queues. */
static bool
hasSharedMemory(const virDocDomain *document)
{
    const virDocDomainMemoryBacking *backing = document->memoryBacking;
    const virDocCpuNuma *numa = document->cpu ? document->cpu->numa : NULL;

    for (size_t i = 0; numa && i < numa->ncells; i++) {
        if (numa->cells[i]->memAccess == VIR_DOC_CPU_MEMORY_ACCESS_SHARED)
            return true;
    }
    return backing && backing->accessMode == VIR_DOC_DOMAIN_MEMORY_ACCESS_SHARED;
}

bool
qemuCommandNeedShared(const qemuCommand *command, const char *what)
{
    return hasSharedMemory(command->document) ||
           qemuCommandRefuse(command, "%s needs shared memory: <memoryBacking><source type='memfd'/>"
                             "<access mode='shared'/></memoryBacking>", what);
}

static bool
addVirtiofs(qemuCommand *command, const virDocDomainFilesystem *filesystem)
{
    const virDocDomainDeviceInfo *info = &filesystem->info;
    g_autofree char *what = g_strdup_printf("<filesystem> '%s' (virtiofs)", info->aliasName);
    g_autofree char *file = g_strconcat(info->aliasName, "-fs.sock", NULL);
    g_autofree char *socket = filesystem->sourceSocket ? g_strdup(filesystem->sourceSocket) :
        g_build_filename(command->folder ? command->folder : ".", file, NULL);
    g_autofree char *escaped = qemuCommandEscape(socket);
    g_autofree char *channel = g_strconcat("chr-vu-", info->aliasName, NULL);
    json_object *device;

    if (filesystem->readonly)
        return qemuCommandRefuse(command, "%s: virtiofsd of this age cannot serve <readonly/>; the guest "
                                 "can mount it read-only", what);
    if (!qemuCommandNeedShared(command, what) || !addServer(command, filesystem, socket))
        return false;
    qemuCommandAddFormat(command, "-chardev", "socket,id=%s,path=%s", channel, escaped);
    device = qemuDevice(command, "vhost-user-fs-pci", info);
    qemuSetString(device, "chardev", channel);
    if (filesystem->hasDriverQueue)
        qemuSetNumber(device, "queue-size", filesystem->driverQueue);
    qemuSetString(device, "tag", filesystem->targetDir);
    qemuSetVirtio(device, &filesystem->driverVirtio);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

static void
add9p(qemuCommand *command, const virDocDomainFilesystem *filesystem)
{
    static const char *const models[VIR_DOC_DOMAIN_FILESYSTEM_ACCESS_LAST] = {
        [VIR_DOC_DOMAIN_FILESYSTEM_ACCESS_ABSENT] = "passthrough",
        [VIR_DOC_DOMAIN_FILESYSTEM_ACCESS_PASSTHROUGH] = "passthrough",
        [VIR_DOC_DOMAIN_FILESYSTEM_ACCESS_MAPPED] = "mapped",
        [VIR_DOC_DOMAIN_FILESYSTEM_ACCESS_SQUASH] = "none",
    };
    const virDocDomainDeviceInfo *info = &filesystem->info;
    g_autofree char *id = g_strconcat("fsdev-", info->aliasName, NULL);
    g_autofree char *path = qemuCommandEscape(filesystem->sourceDir);
    g_autofree char *driver =
        qemuVirtioDriver("virtio-9p-pci", virDocDomainFilesystemModelToString(filesystem->model));
    g_autoptr(GString) text = g_string_new(NULL);
    json_object *device;

    g_string_append_printf(text, "local,security_model=%s", models[filesystem->accessmode]);
    if (filesystem->multidevs)
        g_string_append_printf(text, ",multidevs=%s",
                               virDocDomainFilesystemMultidevsToString(filesystem->multidevs));
    if (filesystem->hasFmode)
        g_string_append_printf(text, ",fmode=%04llo", filesystem->fmode);
    if (filesystem->hasDmode)
        g_string_append_printf(text, ",dmode=%04llo", filesystem->dmode);
    if (filesystem->driverWrpolicy)
        g_string_append(text, ",writeout=immediate");
    g_string_append_printf(text, ",id=%s,path=%s", id, path);
    if (filesystem->readonly)
        g_string_append(text, ",readonly=on");
    qemuCommandAdd(command, "-fsdev", text->str);
    device = qemuDevice(command, driver, info);
    qemuSetString(device, "fsdev", id);
    qemuSetString(device, "mount_tag", filesystem->targetDir);
    qemuSetVirtio(device, &filesystem->driverVirtio);
    qemuCommandAddObject(command, "-device", device);
}

bool
qemuCommandFilesystem(qemuCommand *command, const virDocDomainFilesystem *filesystem)
{
    virDocDomainFilesystemDriver driver = filesystem->driverType;

    if (filesystem->type && filesystem->type != VIR_DOC_DOMAIN_FILESYSTEM_TYPE_MOUNT)
        return qemuCommandRefuse(command, "<filesystem type='%s'>: guests of QEMU share folders only "
                                 "(type='mount')",
                                 virDocDomainFilesystemTypeToString(filesystem->type));
    if (filesystem->hasSpaceHardLimit || filesystem->hasSpaceSoftLimit || filesystem->hasIdmap)
        return qemuCommandRefuse(command, "<filesystem> '%s': limits of space and <idmap> are for "
                                 "containers", filesystem->info.aliasName);
    if (driver == VIR_DOC_DOMAIN_FILESYSTEM_DRIVER_VIRTIOFS)
        return addVirtiofs(command, filesystem);
    if (driver && driver != VIR_DOC_DOMAIN_FILESYSTEM_DRIVER_DEFAULT &&
        driver != VIR_DOC_DOMAIN_FILESYSTEM_DRIVER_PATH)
        return qemuCommandRefuse(command, "<filesystem> '%s': expected <driver type='path'> or "
                                 "'virtiofs', found '%s'", filesystem->info.aliasName,
                                 virDocDomainFilesystemDriverToString(driver));
    if (!filesystem->sourceDir)
        return qemuCommandRefuse(command, "<filesystem> '%s' names no folder",
                                 filesystem->info.aliasName);
    add9p(command, filesystem);
    return true;
}

/* --- memory ---------------------------------------------------------------------------------- */

/* A server hands the memory out. */
static bool
addShmemServer(qemuCommand *command, const virDocDomainShmem *shmem)
{
    const virDocDomainDeviceInfo *info = &shmem->info;
    g_autofree char *channel = g_strconcat("char", info->aliasName, NULL);
    g_autofree char *path = shmem->serverPath ? qemuCommandEscape(shmem->serverPath) :
        g_strconcat("/var/lib/libvirt/shmem-", shmem->name, "-sock", NULL);
    json_object *device;

    qemuCommandAddFormat(command, "-chardev", "socket,id=%s,path=%s", channel, path);
    device = qemuDevice(command, "ivshmem-doorbell", info);
    qemuSetString(device, "chardev", channel);
    if (shmem->hasMsiVectors)
        qemuSetNumber(device, "vectors", shmem->msiVectors);
    qemuSetSwitch(device, "ioeventfd", shmem->msiIoeventfd);
    if (shmem->role == VIR_DOC_DOMAIN_SHMEM_ROLE_MASTER)
        qemuSetString(device, "master", "on");
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandShmem(qemuCommand *command, const virDocDomainShmem *shmem)
{
    const virDocDomainDeviceInfo *info = &shmem->info;
    g_autofree char *id = g_strconcat("shmmem-", info->aliasName, NULL);
    g_autofree char *path = g_build_filename("/dev/shm", shmem->name, NULL);
    json_object *object, *device;

    if (shmem->modelType == VIR_DOC_DOMAIN_SHMEM_MODEL_IVSHMEM)
        return qemuCommandRefuse(command, "<shmem> '%s': this QEMU has the models 'ivshmem-plain' and "
                                 "'ivshmem-doorbell' only", shmem->name);
    if (strchr(shmem->name, '/'))
        return qemuCommandRefuse(command, "<shmem>: the name '%s' contains '/'", shmem->name);
    if (shmem->modelType == VIR_DOC_DOMAIN_SHMEM_MODEL_IVSHMEM_DOORBELL)
        return addShmemServer(command, shmem);
    object = json_object_new_object();
    qemuSetString(object, "qom-type", "memory-backend-file");
    qemuSetString(object, "id", id);
    qemuSetString(object, "mem-path", path);
    qemuSetNumber(object, "size", (gint64) (shmem->hasSize ? shmem->size : 4) << 20);
    qemuSetTrue(object, "share", true);
    qemuCommandAddObject(command, "-object", object);
    device = qemuDevice(command, "ivshmem-plain", info);
    qemuSetString(device, "memdev", id);
    if (shmem->role == VIR_DOC_DOMAIN_SHMEM_ROLE_MASTER)
        qemuSetString(device, "master", "on");
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandShares(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->nfilesystems; i++) {
        if (!qemuCommandFilesystem(command, document->filesystems[i]))
            return false;
    }
    for (size_t i = 0; i < document->nshmems; i++) {
        if (!qemuCommandShmem(command, document->shmems[i]))
            return false;
    }
    return true;
}
