/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors: which features the models have, what several have in common, and which fits where. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "document/cpu.h"

/* A set of features; those that are known fit. */
#define VIR_CONF_CPU_WORDS 4
typedef struct {
    uint64_t words[VIR_CONF_CPU_WORDS];
} virConfCpuFeatures;

/* A model of x86, with everything it has. */
typedef struct {
    const char *name;
    const char *vendor;         /* NULL: of nobody in particular */
    bool usual;                 /* others are described by it */
    virConfCpuFeatures features;
} virConfCpuModel;

/* Every model of x86 in the customary order, ended by one without a name. */
const virConfCpuModel *virConfCpuModels(void);
/* Their names, ended by NULL. */
const char *const *virConfCpuModelNames(void);
/* NULL when there is none of that name. */
const virConfCpuModel *virConfCpuModelFind(const char *name);
/* The number of a feature in sets, -1 for what is none; and the other way, NULL past the last. */
int virConfCpuFeatureNumber(const char *name);
const char *virConfCpuFeatureName(unsigned int number);
/* Whether a set has a feature; makes it have or lack one. */
bool virConfCpuHas(const virConfCpuFeatures *set, unsigned int number);
void virConfCpuSet(virConfCpuFeatures *set, unsigned int number, bool has);

/* What a host can give: any model where its own is not known. */
typedef struct {
    const char *arch;
    const char *model;          /* NULL or of no known name: any */
} virConfCpuHost;

typedef enum {
    VIR_CONF_CPU_EXPAND = 1 << 0,       /* list the features of the model too */
    VIR_CONF_CPU_MIGRATABLE = 1 << 1,   /* without what keeps guests from migrating */
} virConfCpuFlags;

/*
 * The richest processor that each of the described ones is at least, and `host` too unless NULL, as
 * a document; NULL with an error raised.
 */
char *virConfCpuBaseline(const char *const *documents, unsigned int ndocuments,
                         const virConfCpuHost *host, unsigned int flags);

/*
 * How a described processor fits on a host: a virCPUCompareResult, where `why` is set for one that
 * does not; VIR_CPU_COMPARE_ERROR with an error raised.
 */
int virConfCpuCompare(const char *document, bool strict, const virConfCpuHost *host, char **why);
