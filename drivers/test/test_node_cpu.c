/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processor models by architecture. */

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "test_node.h"

/* Names of the models that guests can be given, in the customary order. */
static const char *const modelsX86[] = {
    "486", "pentium", "pentium2", "pentium3", "pentiumpro", "coreduo", "n270", "core2duo",
    "qemu32", "kvm32", "cpu64-rhel5", "cpu64-rhel6", "qemu64", "kvm64", "Conroe", "Penryn",
    "Nehalem", "Nehalem-IBRS", "Westmere", "Westmere-IBRS", "SandyBridge", "SandyBridge-IBRS",
    "IvyBridge", "IvyBridge-IBRS", "Haswell-noTSX", "Haswell-noTSX-IBRS", "Haswell",
    "Haswell-IBRS", "Broadwell-noTSX", "Broadwell-noTSX-IBRS", "Broadwell", "Broadwell-IBRS",
    "Skylake-Client", "Skylake-Client-IBRS", "Skylake-Client-noTSX-IBRS", "Skylake-Server",
    "Skylake-Server-IBRS", "Skylake-Server-noTSX-IBRS", "Cascadelake-Server",
    "Cascadelake-Server-noTSX", "Icelake-Client", "Icelake-Client-noTSX", "Icelake-Server",
    "Icelake-Server-noTSX", "Cooperlake", "Snowridge", "athlon", "phenom", "Opteron_G1",
    "Opteron_G2", "Opteron_G3", "Opteron_G4", "Opteron_G5", "EPYC", "EPYC-IBPB", "EPYC-Rome",
    "EPYC-Milan", "Dhyana", NULL,
};
static const char *const modelsPower[] = {
    "POWER6", "POWER7", "POWER8", "POWER9", "POWER10", "POWERPC_e5500", "POWERPC_e6500", NULL,
};
static const char *const modelsNone[] = { NULL };

/* Every architecture there is a name for; where processors are not known, models is NULL. */
static const struct {
    const char *name;
    const char *const *models;
} architectures[] = {
    { "aarch64", modelsNone },
    { "alpha", NULL },
    { "armv6l", modelsNone },
    { "armv7b", modelsNone },
    { "armv7l", modelsNone },
    { "cris", NULL },
    { "i686", modelsX86 },
    { "ia64", NULL },
    { "lm32", NULL },
    { "m68k", NULL },
    { "microblaze", NULL },
    { "microblazeel", NULL },
    { "mips", NULL },
    { "mips64", NULL },
    { "mips64el", NULL },
    { "mipsel", NULL },
    { "parisc", NULL },
    { "parisc64", NULL },
    { "ppc", NULL },
    { "ppc64", modelsPower },
    { "ppc64le", modelsPower },
    { "ppcemb", NULL },
    { "riscv32", NULL },
    { "riscv64", NULL },
    { "s390", modelsNone },
    { "s390x", modelsNone },
    { "sh4", NULL },
    { "sh4eb", NULL },
    { "sparc", NULL },
    { "sparc64", NULL },
    { "unicore32", NULL },
    { "x86_64", modelsX86 },
    { "xtensa", NULL },
    { "xtensaeb", NULL },
};

/* The models of an architecture, NULL with an error raised. */
static const char *const *
findModels(const char *arch)
{
    for (size_t i = 0; i < G_N_ELEMENTS(architectures); i++) {
        if (!g_str_equal(architectures[i].name, arch))
            continue;
        if (!architectures[i].models)
            virErrorRaise(VIR_FROM_CPU, VIR_ERR_NO_SUPPORT,
                          "processor models of architecture '%s' are not known", arch);
        return architectures[i].models;
    }
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "cannot find architecture %s", arch);
    return NULL;
}

const char *const *
testCpuModels(const char *arch)
{
    for (size_t i = 0; i < G_N_ELEMENTS(architectures); i++) {
        if (g_str_equal(architectures[i].name, arch))
            return architectures[i].models;
    }
    return NULL;
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
