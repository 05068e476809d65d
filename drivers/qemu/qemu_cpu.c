/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors as sets of features: that of the machine, those of documents, and what fits what. */

#include "qemu_cpu.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "document/capabilities.h"
#include "document/cpu.h"
#include "document/parse.h"
#include "document/raise.h"
#include "runtime/error.h"

/* More than any model has features. */
#define SAME_MAKER 4096

/* Models that are all a hypervisor can do, and no processor. */
static bool
isOpen(const qemuCpuSet *model)
{
    return g_str_equal(model->model, "max") || g_str_equal(model->model, "host") ||
           g_str_equal(model->model, "base");
}

static const qemuCpuSet *
findModel(const GPtrArray *models, const char *name)
{
    for (guint i = 0; i < models->len; i++) {
        const qemuCpuSet *model = models->pdata[i];

        if (g_str_equal(model->model, name))
            return model;
    }
    return NULL;
}

static bool
has(const qemuCpuSet *set, const char *feature)
{
    return g_hash_table_contains(set->features, feature);
}

/* Whether any model of QEMU has it. */
static bool
isKnown(const GPtrArray *models, const char *feature)
{
    for (guint i = 0; i < models->len; i++) {
        if (has(models->pdata[i], feature))
            return true;
    }
    return false;
}

static qemuCpuSet *
newSet(void)
{
    qemuCpuSet *set = g_new0(qemuCpuSet, 1);

    set->features = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return set;
}

/* QEMU's name of a feature that the kernel tells. */
static char *
nameOf(const char *flag)
{
    static const char *const others[][2] = {
        { "sse4_1", "sse4.1" }, { "sse4_2", "sse4.2" }, { "tsc_deadline_timer", "tsc-deadline" },
        { "cr8_legacy", "cr8legacy" }, { "nonstop_tsc", "invtsc" }, { "md_clear", "md-clear" },
        { "cmp_legacy", "cmp-legacy" },
    };
    char *name;

    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        if (g_str_equal(others[i][0], flag))
            return g_strdup(others[i][1]);
    }
    name = g_strdup(flag);
    return g_strdelimit(name, "_", '-');
}

/* The value of the first line of /proc/cpuinfo with a name; NULL when there is none. */
static char *
lineOf(const char *text, const char *name)
{
    const char *line = strstr(text, name), *value = line ? strchr(line, ':') : NULL;
    const char *end = value ? strchr(value, '\n') : NULL;

    return end ? g_strstrip(g_strndup(value + 1, (gsize) (end - value - 1))) : NULL;
}

qemuCpuSet *
qemuCpuHost(const GPtrArray *models)
{
    /* Every hypervisor gives them, also where the kernel does not speak of them. */
    static const char *const always[] = { "apic", "mtrr", "mca", "mce", "msr", "hypervisor" };
    qemuCpuSet *set = newSet();
    g_autofree char *text = NULL;
    g_autofree char *flags = NULL;
    g_auto(GStrv) all = NULL;
    const qemuCpuSet *near;

    if (g_file_get_contents("/proc/cpuinfo", &text, NULL, NULL)) {
        set->vendor = lineOf(text, "vendor_id");
        flags = lineOf(text, "flags");
    }
    all = g_strsplit(flags ? flags : "", " ", -1);
    for (size_t i = 0; all[i]; i++) {
        g_autofree char *name = nameOf(all[i]);

        if (*name && isKnown(models, name))
            g_hash_table_add(set->features, g_steal_pointer(&name));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
        g_hash_table_add(set->features, g_strdup(always[i]));
    near = qemuCpuNearest(models, set);
    set->model = g_strdup(near ? near->model : NULL);
    return set;
}

qemuCpuSet *
qemuCpuBest(const GPtrArray *models, bool kvm)
{
    const qemuCpuSet *all = findModel(models, "max");
    qemuCpuSet *set;
    GHashTableIter features;
    gpointer name;

    /* With KVM a guest has what the machine has. */
    if (kvm || !all)
        return qemuCpuHost(models);
    set = newSet();
    g_hash_table_iter_init(&features, all->features);
    while (g_hash_table_iter_next(&features, &name, NULL))
        g_hash_table_add(set->features, g_strdup(name));
    return set;
}

/* Whether all of one is in the other. */
static bool
isPart(const qemuCpuSet *one, const qemuCpuSet *other)
{
    GHashTableIter features;
    gpointer name;

    g_hash_table_iter_init(&features, one->features);
    while (g_hash_table_iter_next(&features, &name, NULL)) {
        if (!has(other, name))
            return false;
    }
    return true;
}

const qemuCpuSet *
qemuCpuNearest(const GPtrArray *models, const qemuCpuSet *set)
{
    const qemuCpuSet *best = NULL;
    gint bestWorth = -1;

    for (guint i = 0; i < models->len; i++) {
        const qemuCpuSet *model = models->pdata[i];
        gint worth = (gint) g_hash_table_size(model->features);

        if (isOpen(model) || !isPart(model, set))
            continue;
        /* Guests choose what they do by the maker: its models come before those with more features. */
        if (set->vendor && !g_strcmp0(model->vendor, set->vendor))
            worth += SAME_MAKER;
        if (worth > bestWorth || (worth == bestWorth && strcmp(model->model, best->model) < 0)) {
            best = model;
            bestWorth = worth;
        }
    }
    return best;
}

static int
compareNames(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
qemuCpuMissing(const qemuCpuSet *wanted, const qemuCpuSet *there)
{
    GPtrArray *missing = g_ptr_array_new();
    GHashTableIter features;
    gpointer name;

    g_hash_table_iter_init(&features, wanted->features);
    while (g_hash_table_iter_next(&features, &name, NULL)) {
        if (!there || !has(there, name))
            g_ptr_array_add(missing, name);
    }
    g_ptr_array_sort(missing, compareNames);
    return missing;
}

/* Begins with the features of a model; NULL with an error raised when QEMU has no such model. */
static qemuCpuSet *
fromModel(const GPtrArray *models, const char *name)
{
    const qemuCpuSet *model = name ? findModel(models, name) : NULL;
    qemuCpuSet *set;
    GHashTableIter features;
    gpointer feature;

    if (name && !model) {
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_INTERNAL_ERROR, "Unknown CPU model %s", name);
        return NULL;
    }
    set = newSet();
    set->model = g_strdup(name);
    set->vendor = g_strdup(model ? model->vendor : NULL);
    if (!model)
        return set;
    g_hash_table_iter_init(&features, model->features);
    while (g_hash_table_iter_next(&features, &feature, NULL))
        g_hash_table_add(set->features, g_strdup(feature));
    return set;
}

/* The processor of a host's capabilities. */
static qemuCpuSet *
fromHost(const GPtrArray *models, const virDocCapabilitiesCpu *cpu)
{
    qemuCpuSet *set = fromModel(models, cpu->model);

    for (size_t i = 0; set && i < cpu->nfeatures; i++)
        g_hash_table_add(set->features, g_strdup(cpu->features[i]->name));
    return set;
}

static qemuCpuSet *
fromGuest(const GPtrArray *models, const virDocCpu *cpu)
{
    qemuCpuSet *set = fromModel(models, cpu->model ? cpu->model->name : NULL);

    for (size_t i = 0; set && i < cpu->nfeatures; i++) {
        const virDocCpuFeature *feature = cpu->features[i];

        if (feature->policy == VIR_DOC_CPU_FEATURE_POLICY_DISABLE ||
            feature->policy == VIR_DOC_CPU_FEATURE_POLICY_FORBID ||
            feature->policy == VIR_DOC_CPU_FEATURE_POLICY_OPTIONAL)
            g_hash_table_remove(set->features, feature->name);
        else
            g_hash_table_add(set->features, g_strdup(feature->name));
    }
    return set;
}

qemuCpuSet *
qemuCpuParse(const GPtrArray *models, const char *xml)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { 0 };
    /* Only a host says of which architecture it is. */
    bool host = strstr(xml, "<arch>") != NULL;
    const virDocRecord *record = host ? &virDocCapabilitiesCpuRecord : &virDocCpuRecord;
    void *cpu = virDocParse(record, "cpu", xml, &options, issues);
    qemuCpuSet *set;

    if (!cpu) {
        virDocIssuesRaise(issues, VIR_FROM_CPU);
        return NULL;
    }
    set = host ? fromHost(models, cpu) : fromGuest(models, cpu);
    virDocFree(record, cpu);
    return set;
}
