/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sources of disks that are not there when a domain starts. */

#include "test_domain_sources.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_alias.h"
#include "conf/domain_find.h"
#include "document/value.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "test_domain_defs.h"
#include "test_storage.h"

/* The active pool whose place on the host is the folder of a path; NULL when there is none. */
static const testPool *
poolAround(testHost *host, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);

    for (GList *one = host->storage->pools.all.head; one; one = one->next) {
        const testPool *pool = one->data;
        const virDocStoragePool *document = pool->head.live;

        if (pool->head.active && g_strcmp0(document->targetPath, folder) == 0)
            return pool;
    }
    return NULL;
}

/* The model knows what its pools hold. Files elsewhere are there: nobody can say that they are not. */
static bool
isMissing(testHost *host, const virDocDomainStorageSource *source)
{
    const char *path = source->sourceFile ? source->sourceFile : source->sourceDev;

    if (source->type == VIR_DOC_DOMAIN_STORAGE_TYPE_VOLUME) {
        const testPool *pool = g_hash_table_lookup(host->storage->pools.byName,
                                                   source->sourcePool);

        return !pool || !pool->head.active ||
               !g_hash_table_contains(pool->volumes, source->sourceVolume);
    }
    return path && poolAround(host, path) && !g_hash_table_contains(host->storage->byPath, path);
}

static bool
mayBeDropped(const virDocDomainStorageSource *source, bool goesOn)
{
    return source->sourceStartupPolicy == VIR_DOC_DOMAIN_STARTUP_POLICY_OPTIONAL ||
           (source->sourceStartupPolicy == VIR_DOC_DOMAIN_STARTUP_POLICY_REQUISITE && goesOn);
}

bool
testSourcesThere(testHost *host, const virDocDomain *document, bool goesOn)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        const virDocDomainDisk *disk = document->disks[i];

        /* Only a disk that says what shall happen is looked at. */
        if (disk->storage.sourceStartupPolicy == VIR_DOC_DOMAIN_STARTUP_POLICY_ABSENT ||
            mayBeDropped(&disk->storage, goesOn) || !isMissing(host, &disk->storage))
            continue;
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "source '%s' of disk '%s' is missing, and its startup policy is %s",
                      virConfDomainDiskSource(&disk->storage), disk->targetDev,
                      virDocDomainStartupPolicyToString(disk->storage.sourceStartupPolicy));
        return false;
    }
    return true;
}

/* Leaves a drive empty, or takes a disk out. */
static void
drop(testHost *host, testDomain *domain, size_t index)
{
    const virDocMember *member = virConfDomainDeviceKind("disk");
    virConfDomainDevice device = virConfDomainDeviceAt(domain->live, member, index);
    virDocDomainDisk *disk = device.data;
    virDocDomainStorageType type = disk->storage.type;
    bool removable = disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM ||
                     disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY;
    g_autofree char *source = g_strdup(virConfDomainDiskSource(&disk->storage));
    g_autofree char *alias = virConfDomainAliasOf(domain->live, &device);

    if (removable) {
        virDocClear(&virDocDomainStorageSourceRecord, &disk->storage);
        disk->storage = (virDocDomainStorageSource) { .type = type };
    } else {
        virDocDomainDiskFree(VIR_DOC_LIST_TAKE(domain->live, disks, index));
    }
    virEventStateQueue(host->events, virDomainEventDiskChangeNew(
                           domain->name, domain->uuid, domain->id, source, /* newSrcPath= */ NULL,
                           alias, removable ? VIR_DOMAIN_EVENT_DISK_CHANGE_MISSING_ON_START :
                           VIR_DOMAIN_EVENT_DISK_DROP_MISSING_ON_START));
}

void
testSourcesDrop(testHost *host, testDomain *domain, bool goesOn)
{
    for (size_t i = domain->live->ndisks; i-- > 0;) {
        const virDocDomainStorageSource *source = &domain->live->disks[i]->storage;

        if (!mayBeDropped(source, goesOn) || !isMissing(host, source))
            continue;
        /* Only this run goes without it. */
        testDomainKeepDefinition(domain);
        drop(host, domain, i);
    }
}
