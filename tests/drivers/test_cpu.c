/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors on the test hypervisor: what several have in common, and which fit on the host. */

#include <stdlib.h>

#include "drivers/node_file.h"

#define CPU(arch, model, more) "<cpu><arch>" arch "</arch><model>" model "</model>" more "</cpu>"
#define X86(model, more) CPU("x86_64", model, more)
#define NEED(name) "<feature policy='require' name='" name "'/>"
#define NOT(name) "<feature policy='disable' name='" name "'/>"

static virConnectPtr conn;

/* What one or two processors have in common. */
static const struct {
    const char *cpus[2];
    unsigned int flags;
    const char *model;          /* of the answer, with its fallback */
    const char *features;       /* the rest of it, without white space between elements */
} fits[] = {
    { { X86("Nehalem", "") }, 0, "<model fallback='forbid'>Nehalem</model>", "" },
    { { X86("Nehalem", "<feature name='aes'/>") }, 0, "<model fallback='forbid'>Nehalem</model>",
      NEED("aes") },
    { { X86("Nehalem", ""), X86("Westmere", "") }, 0, "<model fallback='allow'>Nehalem</model>", "" },
    { { X86("Nehalem", "<feature name='aes'/>"), X86("Westmere", "") }, 0,
      "<model fallback='allow'>Westmere</model>", "" },
    { { X86("Nehalem", "<vendor>Intel</vendor>"), X86("Westmere", "<vendor>Intel</vendor>") }, 0,
      "<model fallback='allow'>Nehalem</model>", "<vendor>Intel</vendor>" },
    { { X86("Haswell", ""), X86("Broadwell-noTSX", "") }, 0,
      "<model fallback='allow'>Haswell-noTSX</model>", "" },
    { { X86("Skylake-Server", ""), X86("Cooperlake", "") }, 0,
      "<model fallback='allow'>Skylake-Server</model>", NOT("mpx") },
    { { X86("Nehalem", ""), X86("EPYC", "") }, 0, "<model fallback='allow'>kvm64</model>",
      NEED("ssse3") NEED("sse4.1") NEED("sse4.2") NEED("popcnt") NEED("lahf_lm") },
    { { CPU("i686", "pentium", ""), X86("Nehalem", "") }, 0,
      "<model fallback='allow'>pentium</model>", NOT("vme") },
    { { CPU("i686", "486", "") }, VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES,
      "<model fallback='forbid'>486</model>", NEED("fpu") NEED("pse") NEED("vme") },
    { { X86("EPYC", "<feature name='invtsc'/>") }, VIR_CONNECT_BASELINE_CPU_MIGRATABLE,
      "<model fallback='forbid'>EPYC</model>", "" },
    { { CPU("ppc64", "POWER8", "") }, 0, "<model fallback='forbid'>POWER8</model>", "" },
};

/* The text without line ends and indentation. */
static char *
packed(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", 0);

    for (char **line = lines; *line; line++)
        g_strstrip(*line);
    return g_strjoinv("", lines);
}

static void
testBaseline(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(fits); i++) {
        const char *cpus[2] = { fits[i].cpus[0], fits[i].cpus[1] };
        char *text = virConnectBaselineCPU(conn, cpus, cpus[1] ? 2 : 1, fits[i].flags);
        g_autofree char *expected = g_strdup_printf(
            "<cpu mode='custom' match='exact'>%s%s</cpu>", fits[i].model, fits[i].features);
        g_autofree char *given = NULL;

        if (!text)
            g_error("%s: %s", cpus[0], virGetLastErrorMessage());
        given = packed(text);
        g_assert_cmpstr(given, ==, expected);
        free(text);
    }
}

static void
testWrongBaseline(void)
{
    static const struct {
        const char *cpus[2];
        int code;
    } wrong[] = {
        { { X86("nope", "") }, VIR_ERR_INTERNAL_ERROR },
        { { X86("Nehalem", "<feature name='nope'/>") }, VIR_ERR_INTERNAL_ERROR },
        { { X86("Nehalem", "<vendor>Intel</vendor>"), X86("EPYC", "<vendor>AMD</vendor>") },
          VIR_ERR_OPERATION_FAILED },
        { { "<cpu><model>Nehalem</model></cpu>" }, VIR_ERR_XML_ERROR },
        { { "<cpu><arch>x86_64</arch></cpu>" }, VIR_ERR_XML_ERROR },
        { { "<cpu mode='host-passthrough'/>" }, VIR_ERR_CONFIG_UNSUPPORTED },
        { { CPU("ppc64", "POWER8", ""), CPU("ppc64", "POWER9", "") }, VIR_ERR_OPERATION_FAILED },
        { { CPU("s390x", "z14", "") }, VIR_ERR_NO_SUPPORT },
        { { "x" }, VIR_ERR_XML_DETAIL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        const char *cpus[2] = { wrong[i].cpus[0], wrong[i].cpus[1] };

        g_assert_null(virConnectBaselineCPU(conn, cpus, cpus[1] ? 2 : 1, 0));
        assertError(VIR_FROM_CPU, wrong[i].code);
    }
}

static void
assertCompared(virConnectPtr on, const char *cpu, int expected)
{
    int result = virConnectCompareCPU(on, cpu, 0);

    if (result != expected)
        g_error("%s: %d, %s", cpu, result, virGetLastErrorMessage());
    g_assert_cmpint(virConnectCompareHypervisorCPU(on, NULL, NULL, NULL, NULL, cpu, 0), ==, result);
}

static void
testCompare(void)
{
    const unsigned int fail = VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE;
    virConnectPtr known = mustOpenNode("<node><cpu><model>Westmere</model></cpu></node>");

    /* The built-in host can be any model of its architecture. */
    assertCompared(conn, CPU("i686", "pentium", ""), VIR_CPU_COMPARE_SUPERSET);
    assertCompared(conn, X86("Nehalem", ""), VIR_CPU_COMPARE_INCOMPATIBLE);
    assertCompared(conn, "<cpu mode='host-model'/>", VIR_CPU_COMPARE_IDENTICAL);
    assertCompared(conn, "<cpu><arch>i686</arch></cpu>", VIR_CPU_COMPARE_IDENTICAL);
    assertCompared(known, "<cpu><model>Westmere</model></cpu>", VIR_CPU_COMPARE_IDENTICAL);
    assertCompared(known, "<cpu><model>Nehalem</model></cpu>", VIR_CPU_COMPARE_SUPERSET);
    assertCompared(known, "<cpu match='strict'><model>Nehalem</model></cpu>",
                   VIR_CPU_COMPARE_INCOMPATIBLE);
    assertCompared(known, "<cpu><model>SandyBridge</model></cpu>", VIR_CPU_COMPARE_INCOMPATIBLE);
    assertCompared(known, "<cpu><model>Westmere</model>" NEED("svm") "</cpu>",
                   VIR_CPU_COMPARE_INCOMPATIBLE);
    assertCompared(known, "<cpu><model>Westmere</model><feature policy='force' name='svm'/></cpu>",
                   VIR_CPU_COMPARE_IDENTICAL);
    assertCompared(known, "<cpu><model>Nehalem</model><feature policy='forbid' name='aes'/></cpu>",
                   VIR_CPU_COMPARE_INCOMPATIBLE);
    assertCompared(known, "<cpu><model>Nehalem</model><vendor>AMD</vendor></cpu>",
                   VIR_CPU_COMPARE_INCOMPATIBLE);
    g_assert_cmpint(virConnectCompareCPU(known, "<cpu><model>SandyBridge</model></cpu>", fail), ==,
                    VIR_CPU_COMPARE_ERROR);
    assertMessage(VIR_FROM_CPU, VIR_ERR_CPU_INCOMPATIBLE, "x2apic tsc-deadline");
    g_assert_cmpint(virConnectCompareCPU(known, "<cpu/>", 0), ==, VIR_CPU_COMPARE_ERROR);
    assertError(VIR_FROM_CPU, VIR_ERR_XML_ERROR);
    g_assert_cmpint(virConnectCompareHypervisorCPU(known, "/bin/x", NULL, NULL, NULL, "<cpu/>", 0),
                    ==, VIR_CPU_COMPARE_ERROR);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "/bin/x");
    virConnectClose(known);
}

/* What the hypervisor can have in common with others ends at what its host has. */
static void
testLimited(void)
{
    virConnectPtr known = mustOpenNode("<node><cpu><model>Nehalem</model></cpu></node>");
    const char *cpus[] = { X86("SandyBridge", ""), X86("Haswell", "") };
    char *limited = virConnectBaselineHypervisorCPU(known, NULL, NULL, NULL, NULL, cpus, 2, 0);
    char *all = virConnectBaselineHypervisorCPU(known, NULL, NULL, NULL, NULL, cpus, 2,
                                                VIR_CONNECT_BASELINE_CPU_IGNORE_HOST);

    g_assert_nonnull(limited);
    g_assert_nonnull(all);
    g_assert_nonnull(strstr(limited, ">Nehalem<"));
    g_assert_nonnull(strstr(all, ">SandyBridge<"));
    free(limited);
    free(all);
    virConnectClose(known);
}

int
main(int argc, char **argv)
{
    int result;

    g_test_init(&argc, &argv, NULL);
    conn = mustOpen("test:///default");
    g_test_add_func("/cpu/baseline", testBaseline);
    g_test_add_func("/cpu/baseline/wrong", testWrongBaseline);
    g_test_add_func("/cpu/baseline/limited", testLimited);
    g_test_add_func("/cpu/compare", testCompare);
    result = g_test_run();
    virConnectClose(conn);
    return result;
}
