/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Thresholds of disks: an event when the guest has written so much. */

#include "test_domain_threshold.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_domain_guest.h"
#include "test_domain_stats.h"

/* The guest may stand still, and nobody says when it goes on: then it is looked at so often. */
#define LOOK_AGAIN (G_USEC_PER_SEC / 10)
#define LOOK_AGAIN_LATEST (3600 * (gint64) G_USEC_PER_SEC)

/* Which threshold the clock is to look at; it may be another one by then. */
typedef struct {
    unsigned char uuid[VIR_UUID_BUFLEN];
    char *target;
    unsigned long long offset;
} Due;

static void
freeDue(gpointer data)
{
    Due *due = data;

    g_free(due->target);
    g_free(due);
}

/* The guest of the model writes its disks from their beginning on, since it was turned on. */
static unsigned long long
writtenOffset(const testDomain *domain)
{
    return testDomainWrittenSince(domain, domain->ranBefore);
}

static void look(testHost *host, void *data);

static void
watch(testHost *host, const testDomain *domain, const char *target, unsigned long long offset)
{
    Due *due = g_new0(Due, 1);
    gint64 wait = testDomainTimeToWrite(offset) - testDomainRan(domain);

    memcpy(due->uuid, domain->uuid, VIR_UUID_BUFLEN);
    due->target = g_strdup(target);
    due->offset = offset;
    testClockAt(host->domains->clock,
                g_get_monotonic_time() + CLAMP(wait, domain->runsSince ? 1 : LOOK_AGAIN,
                                               LOOK_AGAIN_LATEST), look, due, freeDue);
}

static void
look(testHost *host, void *data)
{
    const Due *due = data;
    testDomain *domain = g_hash_table_lookup(host->domains->objects.byUUID, due->uuid);
    const unsigned long long *offset = domain && domain->thresholds ?
        g_hash_table_lookup(domain->thresholds, due->target) : NULL;
    const virDocDomainDisk *disk = offset ? virConfDomainFindDisk(domain->live, due->target) : NULL;
    unsigned long long written;

    if (!disk || *offset != due->offset)
        return;
    written = writtenOffset(domain);
    if (written < due->offset) {
        watch(host, domain, due->target, due->offset);
        return;
    }
    virEventStateQueue(host->events,
                       virDomainEventBlockThresholdNew(domain->name, domain->uuid, domain->id,
                                                       due->target, virConfDomainDiskSource(&disk->storage),
                                                       due->offset, written - due->offset));
    /* It is told once. */
    g_hash_table_remove(domain->thresholds, due->target);
}

void
testThresholdsDrop(testDomain *domain)
{
    g_clear_pointer(&domain->thresholds, g_hash_table_unref);
}

int
testDomainSetBlockThreshold(virDomainPtr handle, const char *dev, unsigned long long threshold,
                            unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    const virDocDomainDisk *disk;

    if (!domain)
        return -1;
    disk = virConfDomainFindDisk(domain->live, dev);
    if (!disk || !virConfDomainDiskSource(&disk->storage)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, disk ? "disk '%s' is empty" :
                      "block device '%s' not found in domain", dev);
        testDomainUnlock(handle);
        return -1;
    }
    if (!domain->thresholds)
        domain->thresholds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (threshold == 0) {
        g_hash_table_remove(domain->thresholds, disk->targetDev);
    } else {
        g_hash_table_insert(domain->thresholds, g_strdup(disk->targetDev),
                            g_memdup2(&threshold, sizeof(threshold)));
        watch(testHostOf(handle->conn), domain, disk->targetDev, threshold);
    }
    testDomainUnlock(handle);
    return 0;
}
