/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a running guest makes of its devices: memory that it takes, and what it does not release. */

#include "test_domain_use.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_alias.h"
#include "conf/domain_find.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "test_domain_defs.h"

static bool
changesSize(const virDocDomainMemory *memory)
{
    return memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_MEM && memory->hasTargetRequested;
}

void
testGuestUsesMemory(testHost *host, testDomain *domain)
{
    const virDocMember *member = virConfDomainDeviceKind("memory");

    /* A guest that stands still changes nothing. */
    for (size_t i = 0; domain->state == VIR_DOMAIN_RUNNING && i < domain->live->nmemoryDevices; i++) {
        virConfDomainDevice device = virConfDomainDeviceAt(domain->live, member, i);
        virDocDomainMemory *memory = device.data;
        g_autofree char *alias = NULL;

        if (!changesSize(memory) || (memory->hasTargetCurrent &&
                                     memory->targetCurrent == memory->targetRequested))
            continue;
        memory->hasTargetCurrent = true;
        memory->targetCurrent = memory->targetRequested;
        alias = virConfDomainAliasOf(domain->live, &device);
        virEventStateQueue(host->events, virDomainEventMemoryDeviceSizeChangeNew(
                               domain->name, domain->uuid, domain->id, alias,
                               memory->targetCurrent));
    }
}

/* Whether a disk or an interface has this name, or a device this alias. */
static bool
isNamed(const testDomain *domain, const virConfDomainDevice *device, const char *name)
{
    g_autofree char *alias = virConfDomainAliasOf(domain->live, device);

    return virConfDomainFindDisk(domain->live, name) == device->data ||
           virConfDomainFindInterface(domain->live, name) == device->data ||
           g_strcmp0(alias, name) == 0;
}

bool
testGuestHas(const testDomain *domain, const char *name)
{
    virConfDomainDevice device;

    return virConfDomainFindDisk(domain->live, name) ||
           virConfDomainFindInterface(domain->live, name) ||
           virConfDomainLookUpAlias(domain->live, name, &device);
}

void
testGuestHolds(testDomain *domain, const char *name)
{
    if (!domain->guest.held)
        domain->guest.held = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add(domain->guest.held, g_strdup(name));
}

static bool
isHeld(const testDomain *domain, const virConfDomainDevice *device)
{
    GHashTableIter names;
    gpointer name;

    if (!domain->guest.held)
        return false;
    g_hash_table_iter_init(&names, domain->guest.held);
    while (g_hash_table_iter_next(&names, &name, NULL)) {
        if (isNamed(domain, device, name))
            return true;
    }
    return false;
}

/* Memory of changing size is released once the guest uses none of it. */
static bool
isUsedMemory(const virConfDomainDevice *device)
{
    const virDocDomainMemory *memory = device->data;

    return device->member->record == &virDocDomainMemoryRecord && changesSize(memory) &&
           memory->hasTargetCurrent && memory->targetCurrent > 0;
}

bool
testGuestReleases(testHost *host, const testDomain *domain, const virConfDomainDevice *device)
{
    g_autofree char *alias = NULL;

    if (!isUsedMemory(device) && !isHeld(domain, device))
        return true;
    alias = virConfDomainAliasOf(domain->live, device);
    virEventStateQueue(host->events, virDomainEventDeviceRemovalFailedNew(
                           domain->name, domain->uuid, domain->id, alias));
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                  "the guest of domain '%s' uses device '%s' and does not release it%s",
                  domain->name, alias,
                  isUsedMemory(device) ? "; ask it for a size of 0 first" : "");
    return false;
}

bool
testGuestOpens(const testDomain *domain, const virConfDomainDevice *drive)
{
    const virDocDomainDisk *disk = drive->data;

    if (!isHeld(domain, drive))
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                  "the guest of domain '%s' locked the tray of '%s'; force it open, or wait",
                  domain->name, disk->targetDev);
    return false;
}
