/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the guest's agent tells: names, users, its system, processors, file systems. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/bitmap.h"
#include "driver/qemu.h"
#include "qemu_agent.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"

static size_t
lengthOf(json_object *list)
{
    return json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
}

char *
qemuDomainGetHostname(virDomainPtr handle, unsigned int flags)
{
    qemuDomain *domain;
    g_autoptr(json_object) result = NULL;
    const char *name;

    if (flags & VIR_DOMAIN_GET_HOSTNAME_LEASE) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                      "this driver has no leases of networks; ask the agent "
                      "(VIR_DOMAIN_GET_HOSTNAME_AGENT)");
        return NULL;
    }
    domain = qemuDomainLock(handle);
    if (!domain)
        return NULL;
    result = qemuAgentCall(domain, "guest-get-host-name", NULL);
    qemuDomainUnlock(domain);
    name = qemuJsonString(result, "host-name");
    if (result && !name)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_NO_HOSTNAME, "the agent of '%s' tells no name",
                      handle->name);
    return g_strdup(name);
}

/* --- disks behind file systems --------------------------------------------------------------- */

/* Whether the guest's description of where a disk is fits an address. */
static bool
isAt(json_object *disk, const virDocDomainAddress *address)
{
    json_object *pci = qemuJsonGet(disk, "pci-controller");

    if (!address)
        return false;
    if (address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI)
        return pci && qemuJsonInteger(pci, "bus") == (gint64) address->pciBus &&
               qemuJsonInteger(pci, "slot") == (gint64) address->pciSlot &&
               qemuJsonInteger(pci, "function") == (gint64) address->function;
    return address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_DRIVE &&
           qemuJsonInteger(disk, "bus") == address->bus &&
           qemuJsonInteger(disk, "target") == address->target &&
           qemuJsonInteger(disk, "unit") == address->unit;
}

/* The name in the document of a disk that the guest describes; NULL for an unknown one. */
static const char *
targetOf(const virDocDomain *document, json_object *disk)
{
    static const char *const buses[VIR_DOC_DOMAIN_DISK_BUS_LAST] = {
        [VIR_DOC_DOMAIN_DISK_BUS_IDE] = "ide",   [VIR_DOC_DOMAIN_DISK_BUS_SCSI] = "scsi",
        [VIR_DOC_DOMAIN_DISK_BUS_SATA] = "sata", [VIR_DOC_DOMAIN_DISK_BUS_VIRTIO] = "virtio",
        [VIR_DOC_DOMAIN_DISK_BUS_USB] = "usb",   [VIR_DOC_DOMAIN_DISK_BUS_FDC] = "fdc",
    };

    for (size_t i = 0; i < document->ndisks; i++) {
        const virDocDomainDisk *one = document->disks[i];

        if (!g_strcmp0(buses[one->targetBus], qemuJsonString(disk, "bus-type")) &&
            isAt(disk, one->info.address))
            return one->targetDev;
    }
    return NULL;
}

static virDomainFSInfoPtr
newFilesystem(const virDocDomain *document, json_object *from)
{
    virDomainFSInfoPtr info = g_new0(virDomainFSInfo, 1);
    json_object *disks = qemuJsonGet(from, "disk");
    size_t count = lengthOf(disks);

    info->mountpoint = g_strdup(qemuJsonString(from, "mountpoint"));
    info->name = g_strdup(qemuJsonString(from, "name"));
    info->fstype = g_strdup(qemuJsonString(from, "type"));
    info->devAlias = g_new0(char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *target = targetOf(document, json_object_array_get_idx(disks, i));

        if (target)
            info->devAlias[info->ndevAlias++] = g_strdup(target);
    }
    return info;
}

int
qemuDomainGetFSInfo(virDomainPtr handle, virDomainFSInfoPtr **info,
                    unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);
    g_autoptr(json_object) result = NULL;
    size_t count;

    if (!domain)
        return -1;
    result = qemuAgentCall(domain, "guest-get-fsinfo", NULL);
    count = lengthOf(result);
    if (result)
        *info = g_new0(virDomainFSInfoPtr, count + 1);
    for (size_t i = 0; i < count; i++)
        (*info)[i] = newFilesystem(domain->live, json_object_array_get_idx(result, i));
    qemuDomainUnlock(domain);
    return result ? (int) count : -1;
}

/* --- processors of the guest ----------------------------------------------------------------- */

/* The processors that answer to a question, as text; all of them for NULL. */
static char *
listOf(json_object *vcpus, const char *wanted)
{
    g_autofree unsigned char *bytes = g_malloc0(8192);
    g_autoptr(virDocBitmap) set = NULL;

    for (size_t i = 0; i < lengthOf(vcpus); i++) {
        json_object *one = json_object_array_get_idx(vcpus, i);
        gint64 number = qemuJsonInteger(one, "logical-id");

        if (number >= 0 && number < 8192 * 8 && (!wanted || qemuJsonTrue(one, wanted)))
            bytes[number / 8] |= (unsigned char) (1 << number % 8);
    }
    set = virDocBitmapFromBytes(bytes, 8192);
    return set && set->nwords ? virDocBitmapFormat(set) : g_strdup("");
}

int
qemuDomainGetGuestVcpus(virDomainPtr handle, virTypedParameterPtr *params, unsigned int *nparams,
                        unsigned int flags G_GNUC_UNUSED)
{
    static const char *const names[][2] = {
        { "vcpus", NULL }, { "online", "online" }, { "offlinable", "can-offline" },
    };
    qemuDomain *domain = qemuDomainLock(handle);
    g_auto(virParams) list = { NULL, 0, 0 };
    g_autoptr(json_object) result = NULL;
    int count = 0;

    if (!domain)
        return -1;
    result = qemuAgentCall(domain, "guest-get-vcpus", NULL);
    qemuDomainUnlock(domain);
    if (!result)
        return -1;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *text = listOf(result, names[i][1]);

        virParamsAddString(&list, names[i][0], text);
    }
    virParamsGive(&list, params, &count);
    *nparams = (unsigned int) count;
    return 0;
}

int
qemuDomainSetGuestVcpus(virDomainPtr handle, const char *cpumap, int state,
                        unsigned int flags G_GNUC_UNUSED)
{
    g_autoptr(virDocBitmap) set = virDocBitmapParse(cpumap);
    json_object *arguments, *list;
    g_autoptr(json_object) result = NULL;
    qemuDomain *domain;

    if (!set || !set->nwords) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "'%s' is no set of vcpus", cpumap);
        return -1;
    }
    domain = qemuDomainLock(handle);
    if (!domain)
        return -1;
    arguments = json_object_new_object();
    list = json_object_new_array();
    for (size_t i = 0; i < set->nwords * 64; i++) {
        json_object *one;

        if (!virDocBitmapHas(set, i))
            continue;
        one = json_object_new_object();
        json_object_object_add(one, "logical-id", json_object_new_int64((gint64) i));
        json_object_object_add(one, "online", json_object_new_boolean(state != 0));
        json_object_array_add(list, one);
    }
    json_object_object_add(arguments, "vcpus", list);
    result = qemuAgentCall(domain, "guest-set-vcpus", arguments);
    qemuDomainUnlock(domain);
    return result ? 0 : -1;
}

/* --- all in one answer ------------------------------------------------------------------------ */

/* Adds a text where the guest tells it. */
static void
addText(virParams *list, const char *name, json_object *from, const char *member)
{
    if (qemuJsonString(from, member))
        virParamsAddString(list, name, qemuJsonString(from, member));
}

static void
addUsers(virParams *list, json_object *users, const virDocDomain *document G_GNUC_UNUSED)
{
    virParamsAddUInt(list, VIR_DOMAIN_GUEST_INFO_USER_COUNT, (unsigned int) lengthOf(users));
    for (size_t i = 0; i < lengthOf(users); i++) {
        json_object *user = json_object_array_get_idx(users, i);
        g_autofree char *prefix = g_strdup_printf(VIR_DOMAIN_GUEST_INFO_USER_PREFIX "%zu", i);
        g_autofree char *name = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_USER_SUFFIX_NAME, NULL);
        g_autofree char *domain = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_USER_SUFFIX_DOMAIN,
                                              NULL);
        g_autofree char *login = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_USER_SUFFIX_LOGIN_TIME,
                                             NULL);

        addText(list, name, user, "user");
        addText(list, domain, user, "domain");
        virParamsAddULLong(list, login, (unsigned long long)
                           (json_object_get_double(qemuJsonGet(user, "login-time")) * 1000));
    }
}

static void
addSystem(virParams *list, json_object *system, const virDocDomain *document G_GNUC_UNUSED)
{
    static const char *const names[][2] = {
        { VIR_DOMAIN_GUEST_INFO_OS_ID, "id" },
        { VIR_DOMAIN_GUEST_INFO_OS_NAME, "name" },
        { VIR_DOMAIN_GUEST_INFO_OS_PRETTY_NAME, "pretty-name" },
        { VIR_DOMAIN_GUEST_INFO_OS_VERSION, "version" },
        { VIR_DOMAIN_GUEST_INFO_OS_VERSION_ID, "version-id" },
        { VIR_DOMAIN_GUEST_INFO_OS_MACHINE, "machine" },
        { VIR_DOMAIN_GUEST_INFO_OS_VARIANT, "variant" },
        { VIR_DOMAIN_GUEST_INFO_OS_VARIANT_ID, "variant-id" },
        { VIR_DOMAIN_GUEST_INFO_OS_KERNEL_RELEASE, "kernel-release" },
        { VIR_DOMAIN_GUEST_INFO_OS_KERNEL_VERSION, "kernel-version" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        addText(list, names[i][0], system, names[i][1]);
}

static void
addZone(virParams *list, json_object *zone, const virDocDomain *document G_GNUC_UNUSED)
{
    addText(list, VIR_DOMAIN_GUEST_INFO_TIMEZONE_NAME, zone, "zone");
    virParamsAddInt(list, VIR_DOMAIN_GUEST_INFO_TIMEZONE_OFFSET,
                    (int) qemuJsonInteger(zone, "offset"));
}

static void
addName(virParams *list, json_object *name, const virDocDomain *document G_GNUC_UNUSED)
{
    addText(list, VIR_DOMAIN_GUEST_INFO_HOSTNAME_HOSTNAME, name, "host-name");
}

static void
addFilesystem(virParams *list, json_object *one, const virDocDomain *document, size_t number)
{
    g_autofree char *prefix = g_strdup_printf(VIR_DOMAIN_GUEST_INFO_FS_PREFIX "%zu", number);
    g_autofree char *count = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_DISK_COUNT, NULL);
    json_object *disks = qemuJsonGet(one, "disk");
    static const char *const texts[][2] = {
        { VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_NAME, "name" },
        { VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_MOUNTPOINT, "mountpoint" },
        { VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_FSTYPE, "type" },
    };
    static const char *const sizes[][2] = {
        { VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_TOTAL_BYTES, "total-bytes" },
        { VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_USED_BYTES, "used-bytes" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *name = g_strconcat(prefix, texts[i][0], NULL);

        addText(list, name, one, texts[i][1]);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree char *name = g_strconcat(prefix, sizes[i][0], NULL);

        if (qemuJsonGet(one, sizes[i][1]))
            virParamsAddULLong(list, name,
                               (unsigned long long) qemuJsonInteger(one, sizes[i][1]));
    }
    virParamsAddUInt(list, count, (unsigned int) lengthOf(disks));
    for (size_t i = 0; i < lengthOf(disks); i++) {
        json_object *disk = json_object_array_get_idx(disks, i);
        g_autofree char *start = g_strdup_printf("%s" VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_DISK_PREFIX
                                                 "%zu", prefix, i);
        g_autofree char *alias =
            g_strconcat(start, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_DISK_SUFFIX_ALIAS, NULL);
        g_autofree char *device =
            g_strconcat(start, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_DISK_SUFFIX_DEVICE, NULL);
        g_autofree char *serial =
            g_strconcat(start, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_DISK_SUFFIX_SERIAL, NULL);

        if (targetOf(document, disk))
            virParamsAddString(list, alias, targetOf(document, disk));
        addText(list, device, disk, "dev");
        addText(list, serial, disk, "serial");
    }
}

static void
addFilesystems(virParams *list, json_object *all, const virDocDomain *document)
{
    virParamsAddUInt(list, VIR_DOMAIN_GUEST_INFO_FS_COUNT, (unsigned int) lengthOf(all));
    for (size_t i = 0; i < lengthOf(all); i++)
        addFilesystem(list, json_object_array_get_idx(all, i), document, i);
}

/* A kind of information, the agent's command for it, and what becomes of the answer. */
static const struct {
    unsigned int bit;
    const char *command;
    void (*add)(virParams *list, json_object *result, const virDocDomain *document);
} kinds[] = {
    { VIR_DOMAIN_GUEST_INFO_USERS, "guest-get-users", addUsers },
    { VIR_DOMAIN_GUEST_INFO_OS, "guest-get-osinfo", addSystem },
    { VIR_DOMAIN_GUEST_INFO_TIMEZONE, "guest-get-timezone", addZone },
    { VIR_DOMAIN_GUEST_INFO_HOSTNAME, "guest-get-host-name", addName },
    { VIR_DOMAIN_GUEST_INFO_FILESYSTEM, "guest-get-fsinfo", addFilesystems },
};

int
qemuDomainGetGuestInfo(virDomainPtr handle, unsigned int types, virTypedParameterPtr *params,
                       int *nparams, unsigned int flags G_GNUC_UNUSED)
{
    g_auto(virParams) list = { NULL, 0, 0 };
    unsigned int known = 0;
    qemuDomain *domain;
    bool good = true;

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        known |= kinds[i].bit;
    if (types & ~known) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "this driver asks for no information of the kinds 0x%x", types & ~known);
        return -1;
    }
    domain = qemuDomainLock(handle);
    if (!domain)
        return -1;
    for (size_t i = 0; good && i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(json_object) result = NULL;

        if (types && !(types & kinds[i].bit))
            continue;
        result = qemuAgentCall(domain, kinds[i].command, NULL);
        if (result)
            kinds[i].add(&list, result, domain->live);
        /* Who asks for everything gets what there is; a silent agent has nothing. */
        else if (types || virGetLastErrorCode() != VIR_ERR_AGENT_COMMAND_FAILED)
            good = false;
        else
            virResetLastError();
    }
    qemuDomainUnlock(domain);
    return good ? virParamsGive(&list, params, nparams) : -1;
}
