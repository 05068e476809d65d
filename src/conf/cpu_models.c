/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Models of x86 processors and their features. */

#include "conf/cpu.h"

#include <string.h>

/* A model as a change of an earlier one: what it has beyond, and with a dash what it lacks. */
typedef struct {
    const char *name;
    const char *vendor;
    bool usual;
    const char *base;
    const char *changes;
} Model;

/* In the order of their bits in the answers of the processor, which is that of documents. */
static const char features[] =
    "fpu vme pse de tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 pn clflush ds "
    "acpi mmx fxsr sse sse2 ss ht tm ia64 pbe pni pclmuldq dtes64 monitor ds_cpl vmx smx est "
    "tm2 ssse3 cid fma cx16 xtpr pdcm pcid dca sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline "
    "aes xsave osxsave avx f16c rdrand hypervisor arat fsgsbase tsc_adjust sgx bmi1 hle avx2 "
    "smep bmi2 erms invpcid rtm cmt mpx avx512f avx512dq rdseed adx smap avx512ifma pcommit "
    "clflushopt clwb intel-pt avx512pf avx512er avx512cd sha-ni avx512bw avx512vl avx512vbmi "
    "umip pku waitpkg avx512vbmi2 gfni vaes vpclmulqdq avx512vnni avx512bitalg "
    "avx512-vpopcntdq la57 rdpid bus-lock-detect cldemote movdiri movdir64b sgxlc pks "
    "avx512-4vnniw avx512-4fmaps fsrm avx512-vp2intersect md-clear serialize tsx-ldtrk "
    "arch-lbr amx-bf16 avx512-fp16 amx-tile amx-int8 spec-ctrl stibp arch-capabilities "
    "core-capability ssbd avx-vnni avx512-bf16 xsaveopt xsavec xgetbv1 xsaves xfd sgx1 sgx2 "
    "sgx-exinfo sgx-debug sgx-mode64 sgx-provisionkey sgx-tokenkey sgx-kss intel-pt-lip "
    "syscall nx mmxext fxsr_opt pdpe1gb rdtscp lm 3dnowext 3dnow lahf_lm cmp_legacy svm "
    "extapic cr8legacy abm sse4a misalignsse 3dnowprefetch osvw ibs xop skinit wdt lwp fma4 "
    "tce nodeid_msr tbm topoext perfctr_core perfctr_nb invtsc clzero xsaveerptr wbnoinvd "
    "ibpb ibrs amd-stibp amd-ssbd virt-ssbd amd-no-ssb npt lbrv svm-lock nrip-save tsc-scale "
    "vmcb-clean flushbyasid decodeassists pause-filter pfthreshold avic v-vmsave-vmload vgif "
    "svme-addr-chk rdctl-no ibrs-all rsba skip-l1dfl-vmentry ssb-no mds-no pschange-mc-no "
    "tsx-ctrl taa-no split-lock-detect";

static const Model models[] = {
    { "486", NULL, true, NULL, "fpu vme pse" },
    { "pentium", NULL, true, "486", "de tsc msr mce cx8 mmx" },
    { "pentium2", NULL, true, "pentium", "pae sep mtrr pge mca cmov pat pse36 fxsr" },
    { "pentium3", NULL, true, "pentium2", "sse" },
    { "pentiumpro", NULL, true, "pentium3", "apic sse2 -vme -mtrr -mca -pse36" },
    { "coreduo", "Intel", true, "pentium3", "apic clflush sse2 pni monitor nx -pse36" },
    { "n270", "Intel", true, "coreduo", "ssse3" },
    { "core2duo", "Intel", true, "n270", "pse36 syscall lm" },
    { "qemu32", NULL, true, "pentiumpro", "pni" },
    { "kvm32", NULL, true, "coreduo", "pse36 -vme -monitor -nx" },
    { "cpu64-rhel5", NULL, false, "core2duo", "-vme -monitor -ssse3" },
    { "cpu64-rhel6", NULL, false, "cpu64-rhel5", "cx16 lahf_lm" },
    { "qemu64", NULL, true, "cpu64-rhel5", "cx16 svm" },
    { "kvm64", NULL, true, "cpu64-rhel5", "cx16" },
    { "Conroe", "Intel", true, "cpu64-rhel5", "ssse3 lahf_lm" },
    { "Penryn", "Intel", true, "cpu64-rhel6", "ssse3 sse4.1" },
    { "Nehalem", "Intel", true, "Penryn", "sse4.2 popcnt" },
    { "Nehalem-IBRS", "Intel", true, "Nehalem", "spec-ctrl" },
    { "Westmere", "Intel", true, "Nehalem", "aes" },
    { "Westmere-IBRS", "Intel", true, "Nehalem-IBRS", "aes" },
    { "SandyBridge", "Intel", true, "Westmere", "pclmuldq x2apic tsc-deadline xsave avx rdtscp" },
    { "SandyBridge-IBRS", "Intel", true, "SandyBridge", "spec-ctrl" },
    { "IvyBridge", "Intel", true, "SandyBridge", "vme f16c rdrand fsgsbase smep erms" },
    { "IvyBridge-IBRS", "Intel", true, "IvyBridge", "spec-ctrl" },
    { "Haswell-noTSX", "Intel", true, "SandyBridge",
      "fma pcid movbe fsgsbase bmi1 avx2 smep bmi2 erms invpcid" },
    { "Haswell-noTSX-IBRS", "Intel", true, "Haswell-noTSX", "spec-ctrl" },
    { "Haswell", "Intel", true, "Haswell-noTSX", "hle rtm" },
    { "Haswell-IBRS", "Intel", true, "Haswell", "spec-ctrl" },
    { "Broadwell-noTSX", "Intel", true, "Haswell-noTSX", "rdseed adx smap 3dnowprefetch" },
    { "Broadwell-noTSX-IBRS", "Intel", true, "Broadwell-noTSX", "spec-ctrl" },
    { "Broadwell", "Intel", true, "Broadwell-noTSX", "hle rtm" },
    { "Broadwell-IBRS", "Intel", true, "Broadwell", "spec-ctrl" },
    { "Skylake-Client", "Intel", true, "Broadwell",
      "vme f16c rdrand arat mpx xsaveopt xsavec xgetbv1 abm" },
    { "Skylake-Client-IBRS", "Intel", true, "Skylake-Client", "spec-ctrl" },
    { "Skylake-Client-noTSX-IBRS", "Intel", false, "Skylake-Client-IBRS", "-hle -rtm" },
    { "Skylake-Server", "Intel", true, "Skylake-Client",
      "avx512f avx512dq clwb avx512cd avx512bw avx512vl pdpe1gb" },
    { "Skylake-Server-IBRS", "Intel", true, "Skylake-Server", "spec-ctrl" },
    { "Skylake-Server-noTSX-IBRS", "Intel", false, "Skylake-Server-IBRS", "-hle -rtm" },
    { "Cascadelake-Server", "Intel", true, "Skylake-Server-IBRS", "clflushopt avx512vnni ssbd" },
    { "Cascadelake-Server-noTSX", "Intel", false, "Cascadelake-Server", "-hle -rtm" },
    { "Icelake-Client", "Intel", true, "Skylake-Client-IBRS",
      "avx512vbmi umip pku avx512vbmi2 gfni vaes vpclmulqdq avx512vnni avx512bitalg "
      "avx512-vpopcntdq ssbd wbnoinvd" },
    { "Icelake-Client-noTSX", "Intel", false, "Icelake-Client", "-hle -rtm" },
    { "Icelake-Server", "Intel", true, "Icelake-Client",
      "avx512f avx512dq clflushopt clwb avx512cd avx512bw avx512vl la57 pdpe1gb" },
    { "Icelake-Server-noTSX", "Intel", false, "Icelake-Server", "-hle -rtm" },
    { "Cooperlake", "Intel", true, "Cascadelake-Server",
      "pku stibp arch-capabilities avx512-bf16 rdctl-no ibrs-all skip-l1dfl-vmentry mds-no "
      "pschange-mc-no taa-no -mpx" },
    { "Snowridge", "Intel", true, "IvyBridge-IBRS",
      "movbe arat rdseed smap clflushopt clwb sha-ni umip gfni cldemote movdiri movdir64b "
      "arch-capabilities core-capability ssbd xsaveopt xsavec xgetbv1 pdpe1gb 3dnowprefetch "
      "split-lock-detect -avx -f16c" },
    { "athlon", "AMD", true, "pentium3", "apic sse2 mmxext 3dnowext 3dnow -mca" },
    { "phenom", "AMD", true, "cpu64-rhel5", "monitor mmxext fxsr_opt 3dnowext 3dnow svm" },
    { "Opteron_G1", NULL, true, "cpu64-rhel5", "" },
    { "Opteron_G2", "AMD", true, "cpu64-rhel6", "rdtscp svm" },
    { "Opteron_G3", "AMD", true, "Opteron_G2", "popcnt abm sse4a misalignsse" },
    { "Opteron_G4", "AMD", true, "SandyBridge",
      "pdpe1gb svm abm sse4a misalignsse 3dnowprefetch xop fma4 -x2apic -tsc-deadline" },
    { "Opteron_G5", "AMD", true, "Opteron_G4", "fma f16c tbm" },
    { "EPYC", "AMD", true, "Skylake-Client-noTSX-IBRS",
      "clflushopt sha-ni mmxext fxsr_opt pdpe1gb svm cr8legacy sse4a misalignsse osvw -pcid "
      "-x2apic -tsc-deadline -erms -invpcid -mpx -spec-ctrl" },
    { "EPYC-IBPB", "AMD", true, "EPYC", "ibpb" },
    { "EPYC-Rome", "AMD", true, "EPYC-IBPB",
      "clwb umip rdpid perfctr_core clzero xsaveerptr wbnoinvd amd-stibp npt nrip-save" },
    { "EPYC-Milan", "AMD", true, "EPYC-Rome",
      "pcid erms invpcid pku fsrm xsaves ibrs amd-ssbd svme-addr-chk" },
    { "Dhyana", "Hygon", true, "EPYC-IBPB", "-pclmuldq -aes -sha-ni" },
};

#define MODELS G_N_ELEMENTS(models)

/* All that is known, made once and never freed. */
typedef struct {
    char **names;               /* of features */
    GHashTable *numbers;        /* name of a feature -> its number plus 1 */
    virConfCpuModel models[MODELS + 1];
    const char *modelNames[MODELS + 1];
} Catalogue;

bool
virConfCpuHas(const virConfCpuFeatures *set, unsigned int number)
{
    return set->words[number / 64] >> number % 64 & 1;
}

void
virConfCpuSet(virConfCpuFeatures *set, unsigned int number, bool has)
{
    uint64_t bit = UINT64_C(1) << number % 64;

    if (has)
        set->words[number / 64] |= bit;
    else
        set->words[number / 64] &= ~bit;
}

/* Fills in a model, whose base came before. */
static void
addModel(Catalogue *all, size_t at)
{
    g_auto(GStrv) changes = g_strsplit(models[at].changes, " ", 0);
    virConfCpuModel *model = &all->models[at];

    for (size_t i = 0; models[at].base && i < at; i++) {
        if (g_str_equal(models[i].name, models[at].base))
            model->features = all->models[i].features;
    }
    model->name = all->modelNames[at] = models[at].name;
    model->vendor = models[at].vendor;
    model->usual = models[at].usual;
    for (size_t i = 0; changes[i]; i++) {
        bool lacks = *changes[i] == '-';
        gpointer number = g_hash_table_lookup(all->numbers, changes[i] + lacks);

        if (number)
            virConfCpuSet(&model->features, GPOINTER_TO_UINT(number) - 1, !lacks);
    }
}

static gpointer
makeCatalogue(gpointer opaque G_GNUC_UNUSED)
{
    Catalogue *all = g_new0(Catalogue, 1);

    all->names = g_strsplit(features, " ", 0);
    all->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; all->names[i]; i++)
        g_hash_table_insert(all->numbers, all->names[i], GUINT_TO_POINTER(i + 1));
    g_assert(g_strv_length(all->names) <= VIR_CONF_CPU_WORDS * 64);
    for (size_t i = 0; i < MODELS; i++)
        addModel(all, i);
    return all;
}

static const Catalogue *
catalogue(void)
{
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, makeCatalogue, NULL);
}

const virConfCpuModel *
virConfCpuModels(void)
{
    return catalogue()->models;
}

const char *const *
virConfCpuModelNames(void)
{
    return catalogue()->modelNames;
}

const virConfCpuModel *
virConfCpuModelFind(const char *name)
{
    for (const virConfCpuModel *model = virConfCpuModels(); model->name; model++) {
        if (g_str_equal(model->name, name))
            return model;
    }
    return NULL;
}

int
virConfCpuFeatureNumber(const char *name)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(catalogue()->numbers, name)) - 1;
}

const char *
virConfCpuFeatureName(unsigned int number)
{
    /* The list ends with NULL, and nobody asks beyond its end. */
    return catalogue()->names[number];
}
