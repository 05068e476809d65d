/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What several processors have in common, and how one fits on a host. */

#include "conf/cpu.h"

#include <string.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "conf/domain_parts.h"
#include "document/parse.h"
#include "document/print.h"
#include "document/raise.h"
#include "runtime/error.h"

static bool
isX86(const char *arch)
{
    return g_str_equal(arch, "x86_64") || g_str_equal(arch, "i686");
}

/* The description of a processor; NULL with an error raised. */
static virDocCpu *
parse(const char *text, bool strict)
{
    static const virDocCheckEntry checks[] = { { "cpu", virConfCheckCpu } };
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {
        .flags = strict ? VIR_DOC_PARSE_STRICT : 0,
        .checks = checks,
        .nchecks = G_N_ELEMENTS(checks),
    };
    virDocCpu *cpu = virDocParse(&virDocCpuRecord, NULL, text, &options, issues);

    if (!cpu)
        virDocIssuesRaise(issues, VIR_FROM_CPU);
    return cpu;
}

/* The set of a model of x86 with what a document adds and takes; false with an error raised. */
static bool
collect(const virDocCpu *cpu, virConfCpuFeatures *set)
{
    const virConfCpuModel *model = virConfCpuModelFind(cpu->model->name);

    if (!model) {
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_INTERNAL_ERROR, "there is no CPU model '%s' of x86",
                      cpu->model->name);
        return false;
    }
    *set = model->features;
    for (size_t i = 0; i < cpu->nfeatures; i++) {
        const virDocCpuFeature *feature = cpu->features[i];
        int number = virConfCpuFeatureNumber(feature->name);

        if (number < 0) {
            virErrorRaise(VIR_FROM_CPU, VIR_ERR_INTERNAL_ERROR, "there is no CPU feature '%s'",
                          feature->name);
            return false;
        }
        if (feature->policy == VIR_DOC_CPU_FEATURE_POLICY_FORCE ||
            feature->policy == VIR_DOC_CPU_FEATURE_POLICY_REQUIRE)
            virConfCpuSet(set, (unsigned int) number, true);
        else if (feature->policy == VIR_DOC_CPU_FEATURE_POLICY_DISABLE ||
                 feature->policy == VIR_DOC_CPU_FEATURE_POLICY_FORBID)
            virConfCpuSet(set, (unsigned int) number, false);
    }
    return true;
}

static virConfCpuFeatures
both(const virConfCpuFeatures *one, const virConfCpuFeatures *other)
{
    virConfCpuFeatures result;

    for (int i = 0; i < VIR_CONF_CPU_WORDS; i++)
        result.words[i] = one->words[i] & other->words[i];
    return result;
}

/* How many features the first set has that the second one lacks. */
static int
beyond(const virConfCpuFeatures *one, const virConfCpuFeatures *other)
{
    int count = 0;

    for (int i = 0; i < VIR_CONF_CPU_WORDS; i++)
        count += __builtin_popcountll(one->words[i] & ~other->words[i]);
    return count;
}

/* What a host has; everything that any model has when its own is not known. */
static virConfCpuFeatures
featuresOf(const virConfCpuHost *host)
{
    const virConfCpuModel *model = host->model ? virConfCpuModelFind(host->model) : NULL;
    virConfCpuFeatures all = { { 0 } };

    if (model)
        return model->features;
    for (unsigned int i = 0; virConfCpuFeatureName(i); i++)
        virConfCpuSet(&all, i, true);
    return all;
}

/* --- what several have in common --------------------------------------------------------------- */

/* Whether the descriptions can be put together, else raises. */
static bool
isComplete(virDocCpu *const *cpus, unsigned int ncpus)
{
    for (unsigned int i = 0; i < ncpus; i++) {
        if (!cpus[i]->arch && !cpus[i]->model && cpus[i]->mode) {
            virErrorRaise(VIR_FROM_CPU, VIR_ERR_CONFIG_UNSUPPORTED,
                          "description %u has a 'mode', which is for guests", i);
            return false;
        }
        if (!cpus[i]->arch || !cpus[i]->model) {
            virErrorRaise(VIR_FROM_CPU, VIR_ERR_XML_ERROR, "description %u lacks <%s>", i,
                          cpus[i]->arch ? "model" : "arch");
            return false;
        }
        if (cpus[i]->vendor && cpus[0]->vendor && !g_str_equal(cpus[i]->vendor, cpus[0]->vendor)) {
            virErrorRaise(VIR_FROM_CPU, VIR_ERR_OPERATION_FAILED,
                          "processors of %s and %s have too little in common", cpus[0]->vendor,
                          cpus[i]->vendor);
            return false;
        }
    }
    return true;
}

/* Whether all have the model of the first. */
static bool
sameModel(virDocCpu *const *cpus, unsigned int ncpus)
{
    for (unsigned int i = 1; i < ncpus; i++) {
        if (!g_str_equal(cpus[i]->model->name, cpus[0]->model->name))
            return false;
    }
    return true;
}

/* The maker that all have, as their models tell; NULL when there is none. */
static const char *
commonVendor(virDocCpu *const *cpus, unsigned int ncpus)
{
    const char *vendor = virConfCpuModelFind(cpus[0]->model->name)->vendor;

    for (unsigned int i = 1; i < ncpus; i++) {
        if (g_strcmp0(virConfCpuModelFind(cpus[i]->model->name)->vendor, vendor) != 0)
            return NULL;
    }
    return vendor;
}

/* The model by which a set is described shortest; what it has too much counts double. */
static const virConfCpuModel *
nearest(const virConfCpuFeatures *set, const char *vendor)
{
    const virConfCpuModel *best = NULL;
    int least = G_MAXINT;

    for (const virConfCpuModel *model = virConfCpuModels(); model->name; model++) {
        int distance = 2 * beyond(&model->features, set) + beyond(set, &model->features);

        if (!model->usual || (model->vendor && g_strcmp0(model->vendor, vendor) != 0) ||
            distance >= least)
            continue;
        best = model;
        least = distance;
    }
    return best;
}

static void
addFeature(virDocCpu *result, const char *name, virDocCpuFeaturePolicy policy)
{
    virDocCpuFeature *feature = virDocCpuFeatureNew();

    feature->name = g_strdup(name);
    feature->policy = policy;
    VIR_DOC_LIST_ADD(result, features, feature);
}

static int
byName(const void *one, const void *other)
{
    return strcmp((*(virDocCpuFeature *const *) one)->name,
                  (*(virDocCpuFeature *const *) other)->name);
}

/* Describes a set by a model; in full the features come by name. */
static void
describe(virDocCpu *result, const virConfCpuFeatures *set, const virConfCpuModel *model, bool full)
{
    for (unsigned int i = 0; virConfCpuFeatureName(i); i++) {
        if (virConfCpuHas(set, i) && (full || !virConfCpuHas(&model->features, i)))
            addFeature(result, virConfCpuFeatureName(i), VIR_DOC_CPU_FEATURE_POLICY_REQUIRE);
    }
    for (unsigned int i = 0; virConfCpuFeatureName(i); i++) {
        if (!virConfCpuHas(set, i) && virConfCpuHas(&model->features, i))
            addFeature(result, virConfCpuFeatureName(i), VIR_DOC_CPU_FEATURE_POLICY_DISABLE);
    }
    if (full && result->nfeatures)
        qsort(result->features, result->nfeatures, sizeof(result->features[0]), byName);
}

/* Puts processors of x86 together; 0, or -1 with an error raised. */
static int
baselineX86(virDocCpu *result, virDocCpu *const *cpus, unsigned int ncpus,
            const virConfCpuHost *host, unsigned int flags)
{
    int invtsc = virConfCpuFeatureNumber("invtsc");
    const virConfCpuModel *model;
    virConfCpuFeatures set;

    if (!collect(cpus[0], &set))
        return -1;
    for (unsigned int i = 1; i < ncpus; i++) {
        virConfCpuFeatures own;

        if (!collect(cpus[i], &own))
            return -1;
        set = both(&set, &own);
    }
    if (host) {
        virConfCpuFeatures there = featuresOf(host);

        set = both(&set, &there);
    }
    /* Its rate would have to be that of every other host. */
    if (flags & VIR_CONF_CPU_MIGRATABLE && invtsc >= 0)
        virConfCpuSet(&set, (unsigned int) invtsc, false);
    model = sameModel(cpus, ncpus) ? virConfCpuModelFind(cpus[0]->model->name)
                                   : nearest(&set, commonVendor(cpus, ncpus));
    result->model->name = g_strdup(model->name);
    describe(result, &set, model, flags & VIR_CONF_CPU_EXPAND);
    return 0;
}

/* Others are known by their model only: all have to be the same. */
static int
baselineOther(virDocCpu *result, virDocCpu *const *cpus, unsigned int ncpus)
{
    const char *arch = cpus[0]->arch;

    if (!g_str_has_prefix(arch, "ppc64") && !g_str_equal(arch, "aarch64")) {
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_NO_SUPPORT,
                      "processors of architecture '%s' cannot be put together here", arch);
        return -1;
    }
    for (unsigned int i = 1; i < ncpus; i++) {
        if (g_str_equal(cpus[i]->arch, arch) && sameModel(cpus, ncpus))
            continue;
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_OPERATION_FAILED,
                      "processors '%s' and '%s' have nothing in common", cpus[0]->model->name,
                      cpus[i]->model->name);
        return -1;
    }
    result->model->name = g_strdup(cpus[0]->model->name);
    return 0;
}

static char *
baseline(virDocCpu *const *cpus, unsigned int ncpus, const virConfCpuHost *host,
         unsigned int flags)
{
    g_autoptr(virDocCpu) result = virDocCpuNew();
    bool vendors = true;

    if (!isComplete(cpus, ncpus))
        return NULL;
    result->mode = VIR_DOC_CPU_MODE_CUSTOM;
    result->match = VIR_DOC_CPU_MATCH_EXACT;
    result->model = virDocCpuModelNew();
    result->model->fallback = sameModel(cpus, ncpus) ? VIR_DOC_CPU_FALLBACK_FORBID
                                                     : VIR_DOC_CPU_FALLBACK_ALLOW;
    for (unsigned int i = 0; i < ncpus; i++)
        vendors = vendors && cpus[i]->vendor;
    if (vendors)
        result->vendor = g_strdup(cpus[0]->vendor);
    if ((isX86(cpus[0]->arch) ? baselineX86(result, cpus, ncpus, host, flags)
                              : baselineOther(result, cpus, ncpus)) < 0)
        return NULL;
    return virDocPrint(&virDocCpuRecord, NULL, result, 0);
}

char *
virConfCpuBaseline(const char *const *documents, unsigned int ndocuments,
                   const virConfCpuHost *host, unsigned int flags)
{
    g_autofree virDocCpu **cpus = g_new0(virDocCpu *, ndocuments);
    unsigned int read = 0;
    char *text = NULL;

    if (!ndocuments) {
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_INVALID_ARG, "no processor is described");
        return NULL;
    }
    while (read < ndocuments && (cpus[read] = parse(documents[read], /* strict= */ false))) {
        /* the processors of domain capabilities are those of the host, and do not say it */
        if (host && cpus[read]->model && !cpus[read]->arch)
            cpus[read]->arch = g_strdup(host->arch);
        read++;
    }
    if (read == ndocuments)
        text = baseline(cpus, ndocuments, host, flags);
    while (read)
        virDocCpuFree(cpus[--read]);
    return text;
}

/* --- how one fits ------------------------------------------------------------------------------ */

/* A feature that the host has although the description forbids it; NULL when there is none. */
static const char *
forbidden(const virDocCpu *cpu, const virConfCpuFeatures *host)
{
    for (size_t i = 0; i < cpu->nfeatures; i++) {
        int number = virConfCpuFeatureNumber(cpu->features[i]->name);

        if (cpu->features[i]->policy == VIR_DOC_CPU_FEATURE_POLICY_FORBID && number >= 0 &&
            virConfCpuHas(host, (unsigned int) number))
            return cpu->features[i]->name;
    }
    return NULL;
}

/* Takes out what a guest gets whether the host has it or not. */
static void
dropForced(const virDocCpu *cpu, virConfCpuFeatures *set)
{
    for (size_t i = 0; i < cpu->nfeatures; i++) {
        int number = virConfCpuFeatureNumber(cpu->features[i]->name);

        if (cpu->features[i]->policy == VIR_DOC_CPU_FEATURE_POLICY_FORCE && number >= 0)
            virConfCpuSet(set, (unsigned int) number, false);
    }
}

/* The names of the features of one set that the other one lacks. */
static char *
missing(const virConfCpuFeatures *wanted, const virConfCpuFeatures *there)
{
    GString *names = g_string_new("the host lacks");

    for (unsigned int i = 0; virConfCpuFeatureName(i); i++) {
        if (virConfCpuHas(wanted, i) && !virConfCpuHas(there, i))
            g_string_append_printf(names, " %s", virConfCpuFeatureName(i));
    }
    return g_string_free(names, /* free_segment= */ FALSE);
}

static int
compareX86(const virDocCpu *cpu, const virConfCpuHost *host, char **why)
{
    const virConfCpuModel *own = host->model ? virConfCpuModelFind(host->model) : NULL;
    virConfCpuFeatures there = featuresOf(host);
    virConfCpuFeatures wanted;
    const char *name;

    if (!collect(cpu, &wanted))
        return VIR_CPU_COMPARE_ERROR;
    name = forbidden(cpu, &there);
    if (name) {
        *why = g_strdup_printf("the host has '%s', which is forbidden", name);
        return VIR_CPU_COMPARE_INCOMPATIBLE;
    }
    if (cpu->vendor && own && own->vendor && !g_str_equal(cpu->vendor, own->vendor)) {
        *why = g_strdup_printf("the host is of vendor %s", own->vendor);
        return VIR_CPU_COMPARE_INCOMPATIBLE;
    }
    dropForced(cpu, &wanted);
    if (beyond(&wanted, &there)) {
        *why = missing(&wanted, &there);
        return VIR_CPU_COMPARE_INCOMPATIBLE;
    }
    if (!beyond(&there, &wanted))
        return VIR_CPU_COMPARE_IDENTICAL;
    if (cpu->match != VIR_DOC_CPU_MATCH_STRICT)
        return VIR_CPU_COMPARE_SUPERSET;
    *why = g_strdup("the host has more, and the match is strict");
    return VIR_CPU_COMPARE_INCOMPATIBLE;
}

int
virConfCpuCompare(const char *document, bool strict, const virConfCpuHost *host, char **why)
{
    g_autoptr(virDocCpu) cpu = parse(document, strict);

    if (!cpu)
        return VIR_CPU_COMPARE_ERROR;
    /* A processor of 64 bits runs what was made for 32, not the other way. */
    if (cpu->arch && !g_str_equal(cpu->arch, host->arch) &&
        !(g_str_equal(cpu->arch, "i686") && g_str_equal(host->arch, "x86_64"))) {
        *why = g_strdup_printf("the host is of architecture %s", host->arch);
        return VIR_CPU_COMPARE_INCOMPATIBLE;
    }
    /* As the host, or as much as it can: that always fits. */
    if (cpu->mode && cpu->mode != VIR_DOC_CPU_MODE_CUSTOM)
        return VIR_CPU_COMPARE_IDENTICAL;
    if (!cpu->model) {
        if (cpu->arch)
            return VIR_CPU_COMPARE_IDENTICAL;
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_XML_ERROR, "there is neither <arch> nor <model>");
        return VIR_CPU_COMPARE_ERROR;
    }
    if (isX86(host->arch))
        return compareX86(cpu, host, why);
    virErrorRaise(VIR_FROM_CPU, VIR_ERR_NO_SUPPORT,
                  "processors of architecture '%s' cannot be compared here", host->arch);
    return VIR_CPU_COMPARE_ERROR;
}
