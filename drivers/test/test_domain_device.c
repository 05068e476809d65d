/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A device of a domain of whatever kind: read from a document, found among others. */

#include "test_domain_device.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "document/parse.h"
#include "document/raise.h"
#include "document/value.h"
#include "runtime/error.h"
#include "test_domain_devices.h"

/* Devices of one kind that a domain may have. */
#define DEVICES_MAX 1024

void
testDeviceClear(testDevice *device)
{
    if (device->data)
        virDocFree(device->member->record, device->data);
    *device = (testDevice) { NULL, NULL };
}

/* The members of a domain's <devices>. */
static const virDocRecord *
devicesRecord(void)
{
    for (size_t i = 0; i < virDocDomainRecord.nmembers; i++) {
        if (g_str_equal(virDocDomainRecord.members[i].name, "devices"))
            return virDocDomainRecord.members[i].record;
    }
    g_assert_not_reached();
}

static bool
isList(const virDocMember *member)
{
    return member->record && member->flags & VIR_DOC_LIST;
}

static const virDocMember *
kindOf(const char *element)
{
    const virDocRecord *devices = devicesRecord();

    for (size_t i = 0; i < devices->nmembers; i++) {
        if (isList(&devices->members[i]) && g_str_equal(devices->members[i].name, element))
            return &devices->members[i];
    }
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                  "<%s> is no device that can be plugged in or out", element);
    return NULL;
}

int
testDeviceParse(const char *xml, testDevice *device)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { .flags = VIR_DOC_PARSE_INACTIVE };
    g_autofree char *element = virDocRootName(xml, issues);

    if (!element) {
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
        return -1;
    }
    device->member = kindOf(element);
    if (!device->member)
        return -1;
    device->data = virDocParse(device->member->record, element, xml, &options, issues);
    if (!device->data) {
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
        return -1;
    }
    return 0;
}

static const virDocMember *
infoMember(const virDocRecord *record)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        if (record->members[i].place == VIR_DOC_PLACE_INSIDE &&
            record->members[i].record == &virDocDomainDeviceInfoRecord)
            return &record->members[i];
    }
    return NULL;
}

virDocDomainDeviceInfo *
testDeviceInfo(const testDevice *device)
{
    const virDocMember *info = infoMember(device->member->record);

    return info ? virDocField(info, device->data) : NULL;
}

/* Words that programs know devices by. */
static const char *
aliasStem(const char *element)
{
    if (g_str_equal(element, "interface"))
        return "net";
    if (g_str_equal(element, "filesystem"))
        return "fs";
    return element;
}

static bool
aliasTaken(const virDocDomain *document, const char *alias)
{
    const virDocRecord *devices = devicesRecord();

    for (size_t i = 0; i < devices->nmembers; i++) {
        const virDocMember *member = &devices->members[i];

        for (size_t at = 0; isList(member) && at < virDocArrayLength(member, document); at++) {
            const testDevice one = { member, virDocArray(member, document)[at] };
            const virDocDomainDeviceInfo *info = testDeviceInfo(&one);

            if (info && g_strcmp0(info->aliasName, alias) == 0)
                return true;
        }
    }
    return false;
}

char *
testDeviceAlias(const virDocDomain *document, const testDevice *device)
{
    const virDocDomainDeviceInfo *info = testDeviceInfo(device);

    if (info && info->aliasName)
        return g_strdup(info->aliasName);
    for (unsigned int number = 0;; number++) {
        g_autofree char *alias = g_strdup_printf("%s%u", aliasStem(device->member->name), number);

        if (!aliasTaken(document, alias))
            return g_steal_pointer(&alias);
    }
}

/* Whether all that is said of one device is true of another; what is not said does not matter. */
static bool
fits(const testDevice *device, const void *other)
{
    g_autoptr(GPtrArray) differences = virDocDiff(device->member->record, device->data, other,
                                                  G_MAXUINT);

    for (guint i = 0; i < differences->len; i++) {
        const virDocDifference *difference = g_ptr_array_index(differences, i);

        if (difference->one && !strstr(difference->path, "/address/"))
            return false;
    }
    return true;
}

static bool
isSame(const testDevice *device, const void *other)
{
    if (device->member->record == &virDocDomainDiskRecord)
        return g_strcmp0(((const virDocDomainDisk *) device->data)->targetDev,
                         ((const virDocDomainDisk *) other)->targetDev) == 0;
    if (device->member->record == &virDocDomainInterfaceRecord) {
        const virDocDomainInterface *one = device->data, *two = other;

        if (one->hasMacAddress)
            return two->hasMacAddress &&
                   memcmp(one->macAddress, two->macAddress, sizeof(one->macAddress)) == 0;
    }
    return fits(device, other);
}

gssize
testDeviceFind(const virDocDomain *document, const testDevice *device)
{
    void **items = virDocArray(device->member, document);
    gssize found = -1;

    for (size_t i = 0; i < virDocArrayLength(device->member, document); i++) {
        if (!isSame(device, items[i]))
            continue;
        if (found >= 0) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                          "more than one <%s> fits the description", device->member->name);
            return -1;
        }
        found = (gssize) i;
    }
    if (found < 0)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_DEVICE_MISSING, "no <%s> fits the description",
                      device->member->name);
    return found;
}

bool
testDeviceFindAlias(const virDocDomain *document, const char *alias, testDevice *device,
                    size_t *at)
{
    const virDocRecord *devices = devicesRecord();

    for (size_t i = 0; i < devices->nmembers; i++) {
        const virDocMember *member = &devices->members[i];

        for (*at = 0; isList(member) && *at < virDocArrayLength(member, document); ++*at) {
            const virDocDomainDeviceInfo *info;

            *device = (testDevice) { member, virDocArray(member, document)[*at] };
            info = testDeviceInfo(device);
            if (info && g_strcmp0(info->aliasName, alias) == 0)
                return true;
        }
    }
    *device = (testDevice) { NULL, NULL };
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_DEVICE_MISSING, "no device has the alias '%s'", alias);
    return false;
}

/* Whether a disk or an interface is like no other; else raises. */
static bool
isNew(const virDocDomain *document, const testDevice *device)
{
    if (device->member->record == &virDocDomainDiskRecord) {
        const virDocDomainDisk *disk = device->data;

        for (size_t i = 0; i < document->ndisks; i++) {
            if (g_strcmp0(document->disks[i]->targetDev, disk->targetDev) == 0) {
                virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                              "target %s already exists", disk->targetDev);
                return false;
            }
        }
    }
    if (device->member->record == &virDocDomainInterfaceRecord) {
        const virDocDomainInterface *interface = device->data;

        for (size_t i = 0; interface->hasMacAddress && i < document->ninterfaces; i++) {
            if (memcmp(document->interfaces[i]->macAddress, interface->macAddress,
                       sizeof(interface->macAddress)) == 0) {
                virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                              "an interface with this hardware address already exists");
                return false;
            }
        }
    }
    return true;
}

bool
testDeviceMayJoin(const virDocDomain *document, const testDevice *device)
{
    const virDocDomainDeviceInfo *info = testDeviceInfo(device);

    if (virDocArrayLength(device->member, document) >= DEVICES_MAX) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "a domain has at most %d devices of a kind", DEVICES_MAX);
        return false;
    }
    if (info && info->aliasName && aliasTaken(document, info->aliasName)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "a device with the alias '%s' already exists", info->aliasName);
        return false;
    }
    return isNew(document, device);
}

void
testDeviceJoin(virDocDomain *document, const testDevice *device)
{
    virDocArrayAdd(device->member, document, virDocCopy(device->member->record, device->data));
}

void
testDeviceLeave(virDocDomain *document, const virDocMember *member, size_t at)
{
    size_t *count = (size_t *) ((char *) document + member->count);

    virDocFree(member->record, virDocListTake(virDocField(member, document), count, at));
}
