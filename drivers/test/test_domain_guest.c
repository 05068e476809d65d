/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the guest itself is asked, as by an agent in it: its name, clock, file systems, users. */

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_domain_guest.h"

testDomain *
testDomainLockGuest(virDomainPtr handle)
{
    testDomain *domain = testDomainLockForChange(handle);

    if (domain && !testDomainRequireActive(domain)) {
        testDomainUnlock(handle);
        return NULL;
    }
    return domain;
}

char *
testDomainGetHostname(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    char *name;

    if (!domain)
        return NULL;
    name = g_strdup_printf("%shost", domain->name);
    testDomainUnlock(handle);
    return name;
}

int
testDomainGetTime(virDomainPtr handle, long long *seconds, unsigned int *nseconds,
                  unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    gint64 now;

    if (!domain)
        return -1;
    if (domain->id < 0) {
        testDomainUnlock(handle);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "domain is not running");
        return -1;
    }
    now = g_get_real_time() + domain->guest.timeOffset;
    testDomainUnlock(handle);
    if (seconds)
        *seconds = now / G_USEC_PER_SEC;
    if (nseconds)
        *nseconds = (unsigned int) (now % G_USEC_PER_SEC * 1000);
    return 0;
}

int
testDomainSetTime(virDomainPtr handle, long long seconds, unsigned int nseconds,
                  unsigned int flags)
{
    testDomain *domain;
    gint64 offset = 0;

    if (seconds < 0 || seconds > G_MAXINT64 / G_USEC_PER_SEC / 2 || nseconds >= 1000000000) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "%lld seconds and %u nanoseconds is no time of a guest's clock", seconds,
                      nseconds);
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    /* The clock that a guest can set its time by is that of the host. */
    if (!(flags & VIR_DOMAIN_TIME_SYNC))
        offset = seconds * G_USEC_PER_SEC + nseconds / 1000 - g_get_real_time();
    domain->guest.timeOffset = offset;
    virEventStateQueue(handle->conn->events,
                       virDomainEventRtcChangeNew(domain->name, domain->uuid, domain->id,
                                                  offset / G_USEC_PER_SEC));
    testDomainUnlock(handle);
    return 0;
}

int
testDomainSetUserPassword(virDomainPtr handle, const char *user, const char *password,
                          unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);

    if (!domain)
        return -1;
    if (!domain->guest.passwords)
        domain->guest.passwords = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(domain->guest.passwords, g_strdup(user), g_strdup(password));
    testDomainUnlock(handle);
    return 0;
}

const testMount *
testDomainMounts(const testDomain *domain, size_t *count, const char **disk)
{
    /* The guest lives on its first hard disk: a partition for itself, one to boot from. */
    static const testMount mounts[] = { { "/", 1, "ext4" }, { "/boot", 2, "ext4" } };

    for (size_t i = 0; i < domain->live->ndisks; i++) {
        if (domain->live->disks[i]->device <= VIR_DOC_DOMAIN_DISK_DEVICE_LUN) {
            *count = G_N_ELEMENTS(mounts);
            *disk = domain->live->disks[i]->targetDev;
            return mounts;
        }
    }
    *count = 0;
    *disk = NULL;
    return mounts;
}

static virDomainFSInfoPtr
describe(const testMount *mount, const char *disk)
{
    virDomainFSInfoPtr info = g_new0(virDomainFSInfo, 1);

    info->mountpoint = g_strdup(mount->point);
    info->name = g_strdup_printf("%s%d", disk, mount->partition);
    info->fstype = g_strdup(mount->type);
    info->ndevAlias = 1;
    info->devAlias = g_new0(char *, 1);
    info->devAlias[0] = g_strdup(disk);
    return info;
}

int
testDomainGetFSInfo(virDomainPtr handle, virDomainFSInfoPtr **info,
                    unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    const testMount *mounts;
    const char *disk;
    size_t count;

    if (!domain)
        return -1;
    mounts = testDomainMounts(domain, &count, &disk);
    *info = g_new0(virDomainFSInfoPtr, count + 1);
    for (size_t i = 0; i < count; i++)
        (*info)[i] = describe(&mounts[i], disk);
    testDomainUnlock(handle);
    return (int) count;
}

/* Whether the guest has mounted something there; else raises. */
static bool
hasMount(const testDomain *domain, const char *point)
{
    const testMount *mounts;
    const char *disk;
    size_t count;

    mounts = testDomainMounts(domain, &count, &disk);
    for (size_t i = 0; i < count; i++) {
        if (g_str_equal(mounts[i].point, point))
            return true;
    }
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "mount point not found: %s", point);
    return false;
}

/* Whether a call that names mount points, or means all, means this one. */
static bool
isMeant(const char *point, const char **named, unsigned int nnamed)
{
    for (unsigned int i = 0; i < nnamed; i++) {
        if (g_strcmp0(named[i], point) == 0)
            return true;
    }
    return nnamed == 0;
}

/* Freezes or thaws what is meant; returns how many changed, or -1 with an error raised. */
static int
setFrozen(testDomain *domain, const char **named, unsigned int nnamed, bool frozen)
{
    const testMount *mounts;
    const char *disk;
    size_t count;
    int changed = 0;

    if (!named)
        nnamed = 0;
    for (unsigned int i = 0; i < nnamed; i++) {
        if (!hasMount(domain, named[i] ? named[i] : "(NULL)"))
            return -1;
    }
    mounts = testDomainMounts(domain, &count, &disk);
    if (!domain->guest.frozen)
        domain->guest.frozen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < count; i++) {
        if (!isMeant(mounts[i].point, named, nnamed) ||
            g_hash_table_contains(domain->guest.frozen, mounts[i].point) == frozen)
            continue;
        if (frozen)
            g_hash_table_add(domain->guest.frozen, g_strdup(mounts[i].point));
        else
            g_hash_table_remove(domain->guest.frozen, mounts[i].point);
        changed++;
    }
    return changed;
}

int
testDomainFSFreeze(virDomainPtr handle, const char **mountpoints, unsigned int nmountpoints,
                   unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    int changed;

    if (!domain)
        return -1;
    changed = setFrozen(domain, mountpoints, nmountpoints, /* frozen= */ true);
    testDomainUnlock(handle);
    return changed;
}

int
testDomainFSThaw(virDomainPtr handle, const char **mountpoints, unsigned int nmountpoints,
                 unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    int changed;

    if (!domain)
        return -1;
    changed = setFrozen(domain, mountpoints, nmountpoints, /* frozen= */ false);
    testDomainUnlock(handle);
    return changed;
}

int
testDomainFSTrim(virDomainPtr handle, const char *mountPoint,
                 unsigned long long minimum G_GNUC_UNUSED, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (!mountPoint || hasMount(domain, mountPoint)) {
        testDomainTrimmed(testHostOf(handle->conn), domain);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
