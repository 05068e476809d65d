/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a guest of the model has done: everything grows evenly with the time in which it ran. */

#pragma once

#include "test_domain.h"

/* What follows is called with the lock of the host held. */

/* Nanoseconds of all processors; each virtual one is always busy. */
unsigned long long testDomainCpuTime(const testDomain *domain);
/* The parts of that, of one processor or all. */
unsigned long long testDomainUserTime(unsigned long long cpuTime);
unsigned long long testDomainSystemTime(unsigned long long cpuTime);

unsigned int testDomainOnline(const virDocDomain *document);

typedef struct {
    long long readRequests, readBytes, readTime;
    long long writeRequests, writeBytes, writeTime;
    long long flushRequests, flushTime;
} testDiskStats;

/* What the guest wrote to each disk since testDomainRanEver() was so much. */
unsigned long long testDomainWrittenSince(const testDomain *domain, gint64 ran);

/* How long it takes a guest that runs to write so much, in microseconds. */
gint64 testDomainTimeToWrite(unsigned long long bytes);

/* Of one disk, whichever: the guest treats them alike. */
void testDomainDiskStats(const testDomain *domain, testDiskStats *stats);

void testDomainInterfaceCounters(const testDomain *domain, virDomainInterfaceStatsPtr stats);

/* All that the balloon tells; returns how many of at most `max` there are. */
unsigned int testDomainMemoryCounters(const testDomain *domain, virDomainMemoryStatPtr stats,
                                      unsigned int max);
