/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Logging: levels, filters by source, outputs; nearly free while nothing listens. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "base/visibility.h"

typedef enum {
    VIR_LOG_DEBUG = 1,
    VIR_LOG_INFO,
    VIR_LOG_WARNING,
    VIR_LOG_ERROR,
} virLogLevel;

/* The lowest level that anything wants to see; read without a lock. */
VIR_MODULE_API extern int virLogLowest;

static inline bool
virLogWants(virLogLevel level)
{
    return (int) level >= __atomic_load_n(&virLogLowest, __ATOMIC_RELAXED);
}

/*
 * Reads LIBVIRT_DEBUG, LIBVIRT_LOG_FILTERS and LIBVIRT_LOG_OUTPUTS; safe to call again. Returns the
 * problem, to be freed, when a word is wrong; the others count.
 */
VIR_MODULE_API char *virLogConfigure(void);
/* Where journald listens; a test puts a socket of its own here before it names that output. */
VIR_MODULE_API extern const char *virLogJournalSocket;

/* What a source must reach where no filter speaks of it. */
VIR_MODULE_API void virLogSetLevel(virLogLevel level);
/*
 * Replace the filters (LEVEL:SOURCE) or the outputs (LEVEL:KIND[:TARGET]), words with spaces between.
 * False with a problem, to be freed, when a word is wrong; nothing has changed then.
 */
VIR_MODULE_API bool virLogSetFilters(const char *text, char **problem);
VIR_MODULE_API bool virLogSetOutputs(const char *text, char **problem);
/* The same words, to be freed, and how many they are. */
VIR_MODULE_API char *virLogGetFilters(unsigned int *count);
VIR_MODULE_API char *virLogGetOutputs(unsigned int *count);

VIR_MODULE_API void virLogWrite(virLogLevel level, const char *source, const char *function,
                                const char *format, ...) G_GNUC_PRINTF(4, 5);

#define VIR_LOG(level, source, ...)                                     \
    do {                                                                \
        if (virLogWants(level))                                         \
            virLogWrite(level, source, __func__, __VA_ARGS__);          \
    } while (0)
