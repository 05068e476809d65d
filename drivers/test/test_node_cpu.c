/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processor models by architecture, and what processors have in common. */

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/cpu.h"
#include "driver/test.h"
#include "runtime/error.h"
#include "test_driver.h"
#include "test_node.h"

/* Names of the models that guests can be given; those of x86 are known with their features. */
static const char *const modelsPower[] = {
    "POWER6", "POWER7", "POWER8", "POWER9", "POWER10", "POWERPC_e5500", "POWERPC_e6500", NULL,
};
static const char *const modelsNone[] = { NULL };

/* Every architecture there is a name for; where processors are not known, models is NULL. */
static const struct {
    const char *name;
    const char *const *models;  /* NULL: none are known, unless x86 */
    bool x86;
} architectures[] = {
    { "aarch64", modelsNone, false },
    { "alpha", NULL, false },
    { "armv6l", modelsNone, false },
    { "armv7b", modelsNone, false },
    { "armv7l", modelsNone, false },
    { "cris", NULL, false },
    { "i686", NULL, true },
    { "ia64", NULL, false },
    { "lm32", NULL, false },
    { "m68k", NULL, false },
    { "microblaze", NULL, false },
    { "microblazeel", NULL, false },
    { "mips", NULL, false },
    { "mips64", NULL, false },
    { "mips64el", NULL, false },
    { "mipsel", NULL, false },
    { "parisc", NULL, false },
    { "parisc64", NULL, false },
    { "ppc", NULL, false },
    { "ppc64", modelsPower, false },
    { "ppc64le", modelsPower, false },
    { "ppcemb", NULL, false },
    { "riscv32", NULL, false },
    { "riscv64", NULL, false },
    { "s390", modelsNone, false },
    { "s390x", modelsNone, false },
    { "sh4", NULL, false },
    { "sh4eb", NULL, false },
    { "sparc", NULL, false },
    { "sparc64", NULL, false },
    { "unicore32", NULL, false },
    { "x86_64", NULL, true },
    { "xtensa", NULL, false },
    { "xtensaeb", NULL, false },
};

const char *const *
testCpuModels(const char *arch)
{
    for (size_t i = 0; i < G_N_ELEMENTS(architectures); i++) {
        if (g_str_equal(architectures[i].name, arch))
            return architectures[i].x86 ? virConfCpuModelNames() : architectures[i].models;
    }
    return NULL;
}

/* Whether an architecture is one there is a name for, else raises. */
static bool
requireArchitecture(const char *arch)
{
    for (size_t i = 0; i < G_N_ELEMENTS(architectures); i++) {
        if (g_str_equal(architectures[i].name, arch))
            return true;
    }
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "cannot find architecture %s", arch);
    return false;
}

/* The models of an architecture, NULL with an error raised. */
static const char *const *
findModels(const char *arch)
{
    const char *const *models;

    if (!requireArchitecture(arch))
        return NULL;
    models = testCpuModels(arch);
    if (!models)
        virErrorRaise(VIR_FROM_CPU, VIR_ERR_NO_SUPPORT,
                      "processor models of architecture '%s' are not known", arch);
    return models;
}

int
testConnectGetCPUModelNames(virConnectPtr conn G_GNUC_UNUSED, const char *arch, char ***models,
                            unsigned int flags G_GNUC_UNUSED)
{
    const char *const *found = findModels(arch);

    if (!found)
        return -1;
    if (models)
        *models = g_strdupv((char **) found);
    return (int) g_strv_length((char **) found);
}

/* What the host can give; its model is the one that a node document names, if that is known. */
static virConfCpuHost
hostOf(virConnectPtr conn)
{
    const testHost *host = testHostOf(conn);

    return (virConfCpuHost) { host->machine->capabilities->host->cpu->arch, host->node.model };
}

/* How a processor fits; one that does not is an error where that is asked for. */
static int
compare(virConnectPtr conn, const char *document, unsigned int flags)
{
    virConfCpuHost host = hostOf(conn);
    g_autofree char *why = NULL;
    int result = virConfCpuCompare(document, flags & VIR_CONNECT_COMPARE_CPU_VALIDATE_XML, &host,
                                   &why);

    if (result != VIR_CPU_COMPARE_INCOMPATIBLE ||
        !(flags & VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE))
        return result;
    virErrorRaise(VIR_FROM_CPU, VIR_ERR_CPU_INCOMPATIBLE, "%s", why);
    return VIR_CPU_COMPARE_ERROR;
}

int
testConnectCompareCPU(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    return compare(conn, xmlDesc, flags);
}

int
testConnectCompareHypervisorCPU(virConnectPtr conn, const char *emulator, const char *arch,
                                const char *machine, const char *virttype, const char *xmlCPU,
                                unsigned int flags)
{
    if (!testRequireHypervisor(conn, emulator, arch, machine, virttype))
        return VIR_CPU_COMPARE_ERROR;
    return compare(conn, xmlCPU, flags);
}

/* What the flags ask of a common processor. */
static unsigned int
wishes(unsigned int flags)
{
    return (flags & VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES ? VIR_CONF_CPU_EXPAND : 0) |
           (flags & VIR_CONNECT_BASELINE_CPU_MIGRATABLE ? VIR_CONF_CPU_MIGRATABLE : 0);
}

char *
testConnectBaselineCPU(virConnectPtr conn G_GNUC_UNUSED, const char **xmlCPUs, unsigned int ncpus,
                       unsigned int flags)
{
    return virConfCpuBaseline(xmlCPUs, ncpus, /* host= */ NULL, wishes(flags));
}

char *
testConnectBaselineHypervisorCPU(virConnectPtr conn, const char *emulator, const char *arch,
                                 const char *machine, const char *virttype, const char **xmlCPUs,
                                 unsigned int ncpus, unsigned int flags)
{
    virConfCpuHost host = hostOf(conn);

    if (!testRequireHypervisor(conn, emulator, arch, machine, virttype))
        return NULL;
    return virConfCpuBaseline(xmlCPUs, ncpus,
                              flags & VIR_CONNECT_BASELINE_CPU_IGNORE_HOST ? NULL : &host,
                              wishes(flags));
}
