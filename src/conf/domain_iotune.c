/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of disks: bytes and operations per second, in bursts, for a while. */

#include "conf/domain_iotune.h"

#include <stddef.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "document/value.h"
#include "runtime/error.h"

#define LIMIT(NAME, Field, field)                                       \
    {VIR_DOMAIN_BLOCK_IOTUNE_##NAME, VIR_DOMAIN_TUNABLE_BLKDEV_##NAME,  \
     offsetof(virDocDomainDiskIotune, has##Field),                      \
     offsetof(virDocDomainDiskIotune, field)}

const virConfIotuneLimit virConfIotuneLimits[VIR_CONF_IOTUNE_LIMITS] = {
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

unsigned long long
virConfIotuneValue(const virDocDomainDiskIotune *tune, const virConfIotuneLimit *limit)
{
    if (!tune || !*(const bool *)((const char *)tune + limit->has))
        return 0;
    return *(const unsigned long long *)((const char *)tune + limit->value);
}

static unsigned long long
number(const virDocDomainDiskIotune *tune, const char *name)
{
    for (size_t i = 0; i < VIR_CONF_IOTUNE_LIMITS; i++) {
        if (!strcmp(virConfIotuneLimits[i].name, name))
            return virConfIotuneValue(tune, &virConfIotuneLimits[i]);
    }
    return 0;
}

void
virConfIotuneDescribe(const virDocDomainDiskIotune *tune, virParams *list)
{
    for (size_t i = 0; i < VIR_CONF_IOTUNE_LIMITS; i++) {
        if (i == GROUP_BEFORE)
            virParamsAddString(list, VIR_DOMAIN_BLOCK_IOTUNE_GROUP_NAME,
                               tune && tune->groupName ? tune->groupName : "");
        virParamsAddULLong(list, virConfIotuneLimits[i].name,
                           virConfIotuneValue(tune, &virConfIotuneLimits[i]));
    }
}

/* The kinds of numbers that come as total, read and write. */
static const char *const kinds[] = { "bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max" };

/* A total and its parts exclude each other; else raises. */
static bool
totalsFit(int domain, const virDocDomainDiskIotune *tune)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *total = g_strdup_printf("total_%s", kinds[i]);
        g_autofree char *part[2] = { g_strdup_printf("read_%s", kinds[i]),
                                     g_strdup_printf("write_%s", kinds[i]) };
        bool clash = number(tune, total) && (number(tune, part[0]) || number(tune, part[1]));

        g_free(g_steal_pointer(&part[1]));
        if (clash) {
            virErrorRaise(domain, VIR_ERR_INVALID_ARG,
                          "total and read/write of %s cannot be set at the same time", kinds[i]);
            return false;
        }
    }
    return true;
}

/* A burst is more than what it is a burst of, and only a burst has a length; else raises. */
static bool
burstsFit(int domain, const virDocDomainDiskIotune *tune)
{
    for (size_t i = 0; i < VIR_CONF_IOTUNE_LIMITS; i++) {
        g_autofree char *max = g_strdup_printf("%s_max", virConfIotuneLimits[i].name);
        g_autofree char *length = g_strdup_printf("%s_max_length", virConfIotuneLimits[i].name);
        unsigned long long value = number(tune, virConfIotuneLimits[i].name);

        if (i >= 6)
            break;
        if (number(tune, max) && value > number(tune, max)) {
            virErrorRaise(domain, VIR_ERR_INVALID_ARG, "%s cannot be set higher than %s",
                          virConfIotuneLimits[i].name, max);
            return false;
        }
        if (number(tune, length) && !number(tune, max)) {
            virErrorRaise(domain, VIR_ERR_INVALID_ARG, "%s needs %s", length, max);
            return false;
        }
    }
    return true;
}

virDocDomainDiskIotune *
virConfIotuneChanged(int domain, const virDocDomainDiskIotune *before,
                     const virTypedParameter *params, int nparams)
{
    g_autoptr(virDocDomainDiskIotune) tune =
        before ? virDocDomainDiskIotuneCopy(before) : virDocDomainDiskIotuneNew();
    const char *group = virParamsString(params, nparams, VIR_DOMAIN_BLOCK_IOTUNE_GROUP_NAME);

    for (size_t i = 0; i < VIR_CONF_IOTUNE_LIMITS; i++) {
        const virConfIotuneLimit *limit = &virConfIotuneLimits[i];
        const virTypedParameter *param = virParamsFind(params, nparams, limit->name);

        if (!param)
            continue;
        *(bool *)((char *)tune + limit->has) = param->value.ul > 0;
        *(unsigned long long *)((char *)tune + limit->value) = param->value.ul;
    }
    if (group) {
        g_free(tune->groupName);
        tune->groupName = *group ? g_strdup(group) : NULL;
    }
    return totalsFit(domain, tune) && burstsFit(domain, tune) ? g_steal_pointer(&tune) : NULL;
}

void
virConfIotunePut(virDocDomainDisk *disk, virDocDomainDiskIotune *tune)
{
    g_autoptr(virDocDomainDiskIotune) none = virDocDomainDiskIotuneNew();

    if (disk->iotune)
        virDocDomainDiskIotuneFree(disk->iotune);
    disk->iotune = tune;
    if (virDocEqual(&virDocDomainDiskIotuneRecord, tune, none))
        g_clear_pointer(&disk->iotune, virDocDomainDiskIotuneFree);
}

void
virConfIotuneNews(const virDocDomainDisk *disk, const virTypedParameter *params, int nparams,
                  virParams *list)
{
    virParamsAddString(list, VIR_DOMAIN_TUNABLE_BLKDEV_DISK, disk->targetDev);
    for (size_t i = 0; i < VIR_CONF_IOTUNE_LIMITS; i++) {
        const virTypedParameter *param =
            virParamsFind(params, nparams, virConfIotuneLimits[i].name);

        if (param)
            virParamsAddULLong(list, virConfIotuneLimits[i].event, param->value.ul);
    }
}
