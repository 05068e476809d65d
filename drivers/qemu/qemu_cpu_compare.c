/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether processors fit this machine or its emulators, and what several of them have in common. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/cpu.h"
#include "document/print.h"
#include "driver/qemu.h"
#include "qemu_cpu.h"
#include "qemu_driver.h"
#include "runtime/error.h"

/* What is compared with: an emulator's models and what there is at most. */
typedef struct {
    GPtrArray *models;
    qemuCpuSet *there;
} Side;

static void
clearSide(Side *side)
{
    if (side->models)
        g_ptr_array_unref(side->models);
    qemuCpuSetFree(side->there);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, clearSide)

/* False with an error raised. */
static bool
open(virConnectPtr conn, const char *emulator, const char *arch, Side *side)
{
    g_autofree char *path = emulator ? g_strdup(emulator) : qemuEmulatorsPath(arch);

    if (!path) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "no QEMU for architecture '%s' is installed", arch ? arch : "of the host");
        return false;
    }
    side->models = qemuCpuModels(qemuHostOf(conn)->emulators, path);
    return side->models != NULL;
}

static char *
join(const GPtrArray *names)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(text, "%s%s", i ? "," : "", (char *) names->pdata[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static int
compare(const Side *side, const char *xml, unsigned int flags)
{
    g_autoptr(qemuCpuSet) wanted = qemuCpuParse(side->models, xml);
    g_autoptr(GPtrArray) missing = NULL;
    g_autoptr(GPtrArray) more = NULL;

    if (!wanted)
        return VIR_CPU_COMPARE_ERROR;
    missing = qemuCpuMissing(wanted, side->there);
    more = qemuCpuMissing(side->there, wanted);
    if (!missing->len)
        return more->len ? VIR_CPU_COMPARE_SUPERSET : VIR_CPU_COMPARE_IDENTICAL;
    if (flags & VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE) {
        g_autofree char *names = join(missing);

        virErrorRaise(VIR_FROM_CPU, VIR_ERR_CPU_INCOMPATIBLE,
                      "Host CPU does not provide required features: %s", names);
        return VIR_CPU_COMPARE_ERROR;
    }
    return VIR_CPU_COMPARE_INCOMPATIBLE;
}

int
qemuConnectCompareCPU(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    g_auto(Side) side = { NULL, NULL };

    if (!open(conn, /* emulator= */ NULL, /* arch= */ NULL, &side))
        return VIR_CPU_COMPARE_ERROR;
    side.there = qemuCpuHost(side.models);
    return compare(&side, xmlDesc, flags);
}

static bool
isKvm(const char *virttype)
{
    return virttype && g_str_equal(virttype, "kvm");
}

int
qemuConnectCompareHypervisorCPU(virConnectPtr conn, const char *emulator, const char *arch,
                                const char *machine G_GNUC_UNUSED, const char *virttype,
                                const char *xmlCPU, unsigned int flags)
{
    g_auto(Side) side = { NULL, NULL };

    if (!open(conn, emulator, arch, &side))
        return VIR_CPU_COMPARE_ERROR;
    side.there = qemuCpuBest(side.models, isKvm(virttype));
    return compare(&side, xmlCPU, flags);
}

/* Leaves in a set what is in another, too. */
static void
intersect(qemuCpuSet *set, const qemuCpuSet *other)
{
    g_autoptr(GPtrArray) missing = qemuCpuMissing(set, other);

    for (guint i = 0; i < missing->len; i++)
        g_hash_table_remove(set->features, missing->pdata[i]);
    if (g_strcmp0(set->vendor, other->vendor) != 0)
        g_clear_pointer(&set->vendor, g_free);
}

static void
addFeature(virDocCpu *cpu, const char *name)
{
    virDocCpuFeature *feature = virDocCpuFeatureNew();

    feature->policy = VIR_DOC_CPU_FEATURE_POLICY_REQUIRE;
    feature->name = g_strdup(name);
    VIR_DOC_LIST_ADD(cpu, features, feature);
}

/* A set as a guest's processor: its nearest model and what is beyond it. */
static char *
print(const GPtrArray *models, const qemuCpuSet *set, bool all)
{
    const qemuCpuSet *near = qemuCpuNearest(models, set);
    g_autoptr(GPtrArray) beyond = NULL;
    g_autoptr(virDocCpu) cpu = NULL;

    if (!near) {
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_OPERATION_FAILED,
                      "CPUs are incompatible: they have no model in common");
        return NULL;
    }
    beyond = qemuCpuMissing(set, all ? NULL : near);
    cpu = virDocCpuNew();
    cpu->mode = VIR_DOC_CPU_MODE_CUSTOM;
    cpu->match = VIR_DOC_CPU_MATCH_EXACT;
    cpu->model = virDocCpuModelNew();
    cpu->model->fallback = VIR_DOC_CPU_FALLBACK_FORBID;
    cpu->model->name = g_strdup(near->model);
    for (guint i = 0; i < beyond->len; i++)
        addFeature(cpu, beyond->pdata[i]);
    return virDocPrint(&virDocCpuRecord, NULL, cpu, 0);
}

static char *
baseline(const Side *side, const char *const *cpus, unsigned int count, unsigned int flags)
{
    g_autoptr(qemuCpuSet) common = NULL;

    for (unsigned int i = 0; i < count; i++) {
        g_autoptr(qemuCpuSet) one = cpus[i] ? qemuCpuParse(side->models, cpus[i]) : NULL;

        if (!one)
            return NULL;
        if (common)
            intersect(common, one);
        else
            common = g_steal_pointer(&one);
    }
    if (!common) {
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_INVALID_ARG, "no CPUs given");
        return NULL;
    }
    if (side->there && !(flags & VIR_CONNECT_BASELINE_CPU_IGNORE_HOST))
        intersect(common, side->there);
    /* Its rate is that of one machine. */
    if (flags & VIR_CONNECT_BASELINE_CPU_MIGRATABLE)
        g_hash_table_remove(common->features, "invtsc");
    return print(side->models, common, flags & VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES);
}

char *
qemuConnectBaselineCPU(virConnectPtr conn, const char **xmlCPUs, unsigned int ncpus,
                       unsigned int flags)
{
    g_auto(Side) side = { NULL, NULL };

    if (!open(conn, /* emulator= */ NULL, /* arch= */ NULL, &side))
        return NULL;
    return baseline(&side, (const char *const *) xmlCPUs, ncpus, flags);
}

char *
qemuConnectBaselineHypervisorCPU(virConnectPtr conn, const char *emulator, const char *arch,
                                 const char *machine G_GNUC_UNUSED, const char *virttype,
                                 const char **xmlCPUs, unsigned int ncpus, unsigned int flags)
{
    g_auto(Side) side = { NULL, NULL };

    if (!open(conn, emulator, arch, &side))
        return NULL;
    side.there = qemuCpuBest(side.models, isKvm(virttype));
    return baseline(&side, (const char *const *) xmlCPUs, ncpus, flags);
}
