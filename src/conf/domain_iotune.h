/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of disks: bytes and operations per second, in bursts, for a while. */

#pragma once

#include <libvirt/libvirt.h>

#include "conf/domain.h"
#include "runtime/parameters.h"

G_BEGIN_DECLS

/* Every limit, in the order in which they are told. */
#define VIR_CONF_IOTUNE_LIMITS 19
typedef struct {
    const char *name;  /* of the parameter; also that of QEMU, without "sec" */
    const char *event; /* the same where listeners are told */
    size_t has;
    size_t value;
} virConfIotuneLimit;
extern const virConfIotuneLimit virConfIotuneLimits[VIR_CONF_IOTUNE_LIMITS];

/* A limit's value, 0: there is none. `tune` may be NULL. */
unsigned long long virConfIotuneValue(const virDocDomainDiskIotune *tune,
                                      const virConfIotuneLimit *limit);

/* Adds all limits and the name of the group. */
void virConfIotuneDescribe(const virDocDomainDiskIotune *tune, virParams *list);

/* Limits with some of them changed, to be freed; NULL with an error of a domain (virErrorDomain) raised
 * when they can't be together. */
virDocDomainDiskIotune *virConfIotuneChanged(int domain, const virDocDomainDiskIotune *before,
                                             const virTypedParameter *params, int nparams);

/* Puts limits in place, which are taken; an empty set of them vanishes from the document. */
void virConfIotunePut(virDocDomainDisk *disk, virDocDomainDiskIotune *tune);

/* What of a disk changed, as listeners of tuning are told. */
void virConfIotuneNews(const virDocDomainDisk *disk, const virTypedParameter *params, int nparams,
                       virParams *list);

G_END_DECLS
