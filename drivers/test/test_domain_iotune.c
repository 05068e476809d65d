/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of disks: bytes and operations per second, in bursts, for a while. */

#include <stddef.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_domain_defs.h"
#include "test_domain_iotune.h"
#include "test_params.h"

/* A number of the document and its parameter, in the order in which they are told. */
typedef struct {
    const char *name;
    size_t has;
    size_t value;
    const char *event;
} Limit;

#define LIMIT(NAME, Field, field)                                       \
    { VIR_DOMAIN_BLOCK_IOTUNE_##NAME,                                   \
      offsetof(virDocDomainDiskIotune, has##Field),                     \
      offsetof(virDocDomainDiskIotune, field),                          \
      VIR_DOMAIN_TUNABLE_BLKDEV_##NAME }

static const Limit limits[] = {
    LIMIT(TOTAL_BYTES_SEC, TotalBytesSec, totalBytesSec),
    LIMIT(READ_BYTES_SEC, ReadBytesSec, readBytesSec),
    LIMIT(WRITE_BYTES_SEC, WriteBytesSec, writeBytesSec),
    LIMIT(TOTAL_IOPS_SEC, TotalIopsSec, totalIopsSec),
    LIMIT(READ_IOPS_SEC, ReadIopsSec, readIopsSec),
    LIMIT(WRITE_IOPS_SEC, WriteIopsSec, writeIopsSec),
    LIMIT(TOTAL_BYTES_SEC_MAX, TotalBytesSecMax, totalBytesSecMax),
    LIMIT(READ_BYTES_SEC_MAX, ReadBytesSecMax, readBytesSecMax),
    LIMIT(WRITE_BYTES_SEC_MAX, WriteBytesSecMax, writeBytesSecMax),
    LIMIT(TOTAL_IOPS_SEC_MAX, TotalIopsSecMax, totalIopsSecMax),
    LIMIT(READ_IOPS_SEC_MAX, ReadIopsSecMax, readIopsSecMax),
    LIMIT(WRITE_IOPS_SEC_MAX, WriteIopsSecMax, writeIopsSecMax),
    LIMIT(SIZE_IOPS_SEC, SizeIopsSec, sizeIopsSec),
    LIMIT(TOTAL_BYTES_SEC_MAX_LENGTH, TotalBytesSecMaxLength, totalBytesSecMaxLength),
    LIMIT(READ_BYTES_SEC_MAX_LENGTH, ReadBytesSecMaxLength, readBytesSecMaxLength),
    LIMIT(WRITE_BYTES_SEC_MAX_LENGTH, WriteBytesSecMaxLength, writeBytesSecMaxLength),
    LIMIT(TOTAL_IOPS_SEC_MAX_LENGTH, TotalIopsSecMaxLength, totalIopsSecMaxLength),
    LIMIT(READ_IOPS_SEC_MAX_LENGTH, ReadIopsSecMaxLength, readIopsSecMaxLength),
    LIMIT(WRITE_IOPS_SEC_MAX_LENGTH, WriteIopsSecMaxLength, writeIopsSecMaxLength),
};

/* Where the group's name stands among them. */
#define GROUP_BEFORE 13

static unsigned long long *
valueOf(virDocDomainDiskIotune *tune, const Limit *limit)
{
    return (unsigned long long *) ((char *) tune + limit->value);
}

static bool *
hasOf(virDocDomainDiskIotune *tune, const Limit *limit)
{
    return (bool *) ((char *) tune + limit->has);
}

static unsigned long long
number(virDocDomainDiskIotune *tune, const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        if (g_str_equal(limits[i].name, name))
            return *hasOf(tune, &limits[i]) ? *valueOf(tune, &limits[i]) : 0;
    }
    return 0;
}

static virDocDomainDisk *
findDisk(const virDocDomain *document, const char *name)
{
    virDocDomainDisk *disk = virConfDomainFindDisk(document, name);

    if (!disk)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "disk '%s' was not found in the domain config", name);
    return disk;
}

int
testDomainGetBlockIoTune(virDomainPtr handle, const char *name, virTypedParameterPtr params,
                         int *nparams, unsigned int flags)
{
    g_auto(testParams) list = { NULL, 0, 0 };
    const virDocDomain *document;
    virDocDomainDisk *disk = NULL;
    testDomain *domain;

    if (*nparams == 0) {
        *nparams = G_N_ELEMENTS(limits) + 1;
        return 0;
    }
    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    document = testDomainOneDef(domain, flags);
    if (document)
        disk = findDisk(document, name);
    for (size_t i = 0; disk && i < G_N_ELEMENTS(limits); i++) {
        if (i == GROUP_BEFORE)
            testParamsAddString(&list, VIR_DOMAIN_BLOCK_IOTUNE_GROUP_NAME,
                                disk->iotune && disk->iotune->groupName ?
                                disk->iotune->groupName : "");
        testParamsAddULLong(&list, limits[i].name,
                            disk->iotune ? number(disk->iotune, limits[i].name) : 0);
    }
    testDomainUnlock(handle);
    return disk ? testParamsFill(&list, params, nparams) : -1;
}

/* The kinds of numbers that come as total, read and write. */
static const char *const kinds[] = { "bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max" };

/* A total and its parts exclude each other; else raises. */
static bool
totalsFit(virDocDomainDiskIotune *tune)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *total = g_strdup_printf("total_%s", kinds[i]);
        g_autofree char *part[2] = { g_strdup_printf("read_%s", kinds[i]),
                                     g_strdup_printf("write_%s", kinds[i]) };
        bool clash = number(tune, total) && (number(tune, part[0]) || number(tune, part[1]));

        g_free(g_steal_pointer(&part[1]));
        if (clash) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                          "total and read/write of %s cannot be set at the same time", kinds[i]);
            return false;
        }
    }
    return true;
}

/* A burst is more than what it is a burst of, and only a burst has a length; else raises. */
static bool
burstsFit(virDocDomainDiskIotune *tune)
{
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        g_autofree char *max = g_strdup_printf("%s_max", limits[i].name);
        g_autofree char *length = g_strdup_printf("%s_max_length", limits[i].name);
        unsigned long long value = number(tune, limits[i].name);

        if (i >= 6)
            break;
        if (number(tune, max) && value > number(tune, max)) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "%s cannot be set higher than %s",
                          limits[i].name, max);
            return false;
        }
        if (number(tune, length) && !number(tune, max)) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "%s needs %s", length, max);
            return false;
        }
    }
    return true;
}

virDocDomainDiskIotune *
testIotuneChanged(const virDocDomainDiskIotune *before, const virTypedParameter *params,
                  int nparams)
{
    g_autoptr(virDocDomainDiskIotune) tune = before ? virDocDomainDiskIotuneCopy(before) :
        virDocDomainDiskIotuneNew();
    const char *group = testParamsString(params, nparams, VIR_DOMAIN_BLOCK_IOTUNE_GROUP_NAME);

    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        const virTypedParameter *param = testParamsFind(params, nparams, limits[i].name);

        if (!param)
            continue;
        *hasOf(tune, &limits[i]) = param->value.ul > 0;
        *valueOf(tune, &limits[i]) = param->value.ul;
    }
    if (group) {
        g_free(tune->groupName);
        tune->groupName = *group ? g_strdup(group) : NULL;
    }
    if (!totalsFit(tune) || !burstsFit(tune))
        return NULL;
    return g_steal_pointer(&tune);
}

/* Tells listeners what of a running disk changed. */
static void
announce(virDomainPtr handle, const testDomain *domain, const virDocDomainDisk *disk,
         const virTypedParameter *params, int nparams)
{
    g_auto(testParams) list = { NULL, 0, 0 };

    testParamsAddString(&list, VIR_DOMAIN_TUNABLE_BLKDEV_DISK, disk->targetDev);
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        const virTypedParameter *param = testParamsFind(params, nparams, limits[i].name);

        if (param)
            testParamsAddULLong(&list, limits[i].event, param->value.ul);
    }
    virEventStateQueue(handle->conn->events,
                       virDomainEventTunableNew(domain->name, domain->uuid, domain->id, list.params,
                                                list.nparams));
}

/* Puts limits in place; an empty set of them vanishes from the document. */
static void
put(virDocDomainDisk *disk, virDocDomainDiskIotune *tune)
{
    g_autoptr(virDocDomainDiskIotune) none = virDocDomainDiskIotuneNew();

    if (disk->iotune)
        virDocDomainDiskIotuneFree(disk->iotune);
    disk->iotune = tune;
    if (virDocEqual(&virDocDomainDiskIotuneRecord, tune, none))
        g_clear_pointer(&disk->iotune, virDocDomainDiskIotuneFree);
}

/* Changes every side, or none with an error raised. */
static bool
change(virDomainPtr handle, testDomain *domain, const char *name, const virTypedParameter *params,
       int nparams, unsigned int flags)
{
    const virDocDomain *sides[2];
    virDocDomainDiskIotune *tunes[2] = { NULL, NULL };
    testDomainDefs defs;
    bool fits = testDomainDefsToCheck(domain, flags, &sides[0], &sides[1]);

    for (int i = 0; fits && i < 2; i++) {
        const virDocDomainDisk *disk = sides[i] ? findDisk(sides[i], name) : NULL;

        if (!sides[i])
            continue;
        tunes[i] = disk ? testIotuneChanged(disk->iotune, params, nparams) : NULL;
        fits = tunes[i] != NULL;
    }
    fits = fits && testDomainDefsToChange(domain, flags, &defs);
    for (int i = 0; i < 2; i++) {
        if (fits && tunes[i])
            put(virConfDomainFindDisk(testDomainDefsSide(&defs, i), name), tunes[i]);
        else if (tunes[i])
            virDocDomainDiskIotuneFree(tunes[i]);
    }
    if (fits && defs.live)
        announce(handle, domain, virConfDomainFindDisk(defs.live, name), params, nparams);
    return fits;
}

int
testDomainSetBlockIoTune(virDomainPtr handle, const char *name, virTypedParameterPtr params,
                         int nparams, unsigned int flags)
{
    testDomain *domain;
    bool done;

    if (!testParamsCheck(params, nparams, virDomainBlockIotuneKeys, /* known= */ NULL))
        return -1;
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    done = change(handle, domain, name, params, nparams, flags);
    testDomainUnlock(handle);
    return done ? 0 : -1;
}
