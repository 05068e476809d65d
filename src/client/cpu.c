/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that compare CPUs and find what they have in common. */

#include <string.h>

#include "client/commands.h"
#include "client/compose.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/report.h"

/* A CPU, whole documents that have one, and capabilities, which describe the model apart. */
static const char cpuPath[] =
    "/documents/cpu|/documents/domain/cpu|/documents/capabilities/host/cpu|"
    "/documents/domainCapabilities/cpu/mode[@name='host-model' and @supported='yes']";

/* Any number of documents in one file, below one root. */
static virshDocument *virshCpuFile(virshControl *ctl, const char *file)
{
    g_autofree char *text = virshReadFile(ctl, file);
    g_autoptr(GString) whole = NULL;
    const char *at = text;

    if (!text)
        return NULL;
    whole = g_string_new("<documents>");
    while (*at) {
        /* declarations may only stand at the beginning of a document */
        const char *declared = strstr(at, "<?xml ");
        const char *end = declared ? strstr(declared, "?>") : NULL;

        if (!end) {
            g_string_append(whole, at);
            break;
        }
        g_string_append_len(whole, at, declared - at);
        at = end + 2;
    }
    g_string_append(whole, "</documents>");
    return virshDocumentNew(ctl, whole->str, /* blanks= */ true);
}

/* The CPU elements of a file, NULL-terminated; NULL after reporting that there is none. */
static char **virshCpus(virshControl *ctl, const char *file)
{
    g_autoptr(virshDocument) document = virshCpuFile(ctl, file);
    g_autoptr(GPtrArray) cpus = g_ptr_array_new_with_free_func(g_free);
    size_t count;

    if (!document)
        return NULL;
    count = virshDocumentSelect(document, cpuPath);
    for (size_t i = 0; i < count; i++) {
        char *text = virshDocumentText(document, i);

        if (g_str_has_prefix(text, "<mode")) {
            /* what describes the CPU of the host stands inside; the element itself is no CPU */
            const char *begin = strchr(text, '>');
            const char *end = g_strrstr(text, "</mode>");
            char *cpu = begin && end ? g_strdup_printf("<cpu>%.*s</cpu>", (int)(end - begin - 1),
                                                       begin + 1)
                                     : g_strdup("<cpu/>");

            g_free(text);
            text = cpu;
        }
        g_ptr_array_add(cpus, text);
    }
    if (!count) {
        virshError(ctl, "File '%s' does not contain any <cpu> element or valid domain XML, host "
                        "capabilities XML, or domain capabilities XML", file);
        return NULL;
    }
    g_ptr_array_add(cpus, NULL);
    g_ptr_array_set_free_func(cpus, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&cpus), /* free_segment= */ FALSE);
}

static unsigned int virshCompareFlags(const virshArguments *arguments)
{
    unsigned int flags = 0;

    flags |= virshFlag(arguments, "error") ? VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE : 0;
    flags |= virshFlag(arguments, "validate") ? VIR_CONNECT_COMPARE_CPU_VALIDATE_XML : 0;
    return flags;
}

static unsigned int virshBaselineFlags(const virshArguments *arguments)
{
    static const virshOptionBit bits[] = {
        { "features", VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES },
        { "migratable", VIR_CONNECT_BASELINE_CPU_MIGRATABLE },
        { "ignore-host", VIR_CONNECT_BASELINE_CPU_IGNORE_HOST },
    };

    return virshOptionBits(arguments, bits, G_N_ELEMENTS(bits));
}

/* Says how the CPU of a file compares with another one; only a CPU that fits is a success. */
static bool virshCompared(virshControl *ctl, const virshArguments *arguments, int result,
                          const char *file, const char *host, const char *upper,
                          const char *failed)
{
    static const char *const words[] = { "incompatible", "identical", "superset" };

    if (virshWantsJson(arguments) && result >= 0 && result < (int)G_N_ELEMENTS(words))
        return virshAnswer(ctl, arguments, "result", words[result]) &&
               result != VIR_CPU_COMPARE_INCOMPATIBLE;
    switch (result) {
    case VIR_CPU_COMPARE_INCOMPATIBLE:
        virshPrint(ctl, "CPU described in %s is incompatible with %s\n", file, host);
        return false;
    case VIR_CPU_COMPARE_IDENTICAL:
        virshPrint(ctl, "CPU described in %s is identical to %s\n", file, host);
        return true;
    case VIR_CPU_COMPARE_SUPERSET:
        virshPrint(ctl, "%s is a superset of CPU described in %s\n", upper, file);
        return true;
    }
    virshError(ctl, "Failed to compare %s with %s", failed, file);
    return false;
}

bool shellCpuCompare(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL;
    g_auto(GStrv) cpus = NULL;

    if (!virshString(ctl, arguments, "file", &file))
        return false;
    cpus = virshCpus(ctl, file);
    return cpus && virshCompared(ctl, arguments,
                                 virConnectCompareCPU(ctl->connection, cpus[0],
                                                      virshCompareFlags(arguments)),
                                 file, "host CPU", "Host CPU", "host CPU");
}

bool shellCpuBaseline(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL;
    g_auto(GStrv) cpus = NULL;
    g_autofree char *result = NULL;

    if (!virshString(ctl, arguments, "file", &file))
        return false;
    cpus = virshCpus(ctl, file);
    if (!cpus)
        return false;
    result = virConnectBaselineCPU(ctl->connection, (const char **)cpus, g_strv_length(cpus),
                                   virshBaselineFlags(arguments));
    if (!result)
        return false;
    virshPrint(ctl, "%s", result);
    return true;
}

typedef struct {
    const char *emulator;
    const char *arch;
    const char *machine;
    const char *type;
} virshHypervisor;

static bool virshHypervisorOf(virshControl *ctl, const virshArguments *arguments,
                              virshHypervisor *kind)
{
    return virshString(ctl, arguments, "virttype", &kind->type) &&
           virshString(ctl, arguments, "emulator", &kind->emulator) &&
           virshString(ctl, arguments, "arch", &kind->arch) &&
           virshString(ctl, arguments, "machine", &kind->machine);
}

bool shellHypervisorCpuCompare(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL;
    virshHypervisor kind = { 0 };
    g_auto(GStrv) cpus = NULL;
    int result;

    if (!virshHypervisorOf(ctl, arguments, &kind) || !virshString(ctl, arguments, "file", &file))
        return false;
    cpus = virshCpus(ctl, file);
    if (!cpus)
        return false;
    result = virConnectCompareHypervisorCPU(ctl->connection, kind.emulator, kind.arch,
                                            kind.machine, kind.type, cpus[0],
                                            virshCompareFlags(arguments));
    return virshCompared(ctl, arguments, result, file, "the CPU provided by hypervisor on the host",
                         "The CPU provided by hypervisor on the host", "hypervisor CPU");
}

bool shellHypervisorCpuBaseline(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL, *model = NULL;
    virshHypervisor kind = { 0 };
    g_auto(GStrv) cpus = NULL;
    g_autofree char *result = NULL;

    if (!virshHypervisorOf(ctl, arguments, &kind) || !virshString(ctl, arguments, "file", &file) ||
        !virshString(ctl, arguments, "model", &model))
        return false;
    if (!file && !model) {
        virshError(ctl, "Either --file or --model must be provided");
        return false;
    }
    if (model) {
        g_autoptr(GString) out = g_string_new(NULL);

        virshCompose(out, "<cpu><model>%s</model></cpu>", model);
        cpus = g_new0(char *, 2);
        cpus[0] = g_strdup(out->str);
    } else {
        cpus = virshCpus(ctl, file);
    }
    if (!cpus)
        return false;
    result = virConnectBaselineHypervisorCPU(ctl->connection, kind.emulator, kind.arch,
                                             kind.machine, kind.type, (const char **)cpus,
                                             g_strv_length(cpus), virshBaselineFlags(arguments));
    if (!result)
        return false;
    virshPrint(ctl, "%s", result);
    return true;
}

bool shellHypervisorCpuModels(virshControl *ctl, const virshArguments *arguments)
{
    virshHypervisor kind = { 0 };
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *text = NULL;
    size_t count;

    if (!virshHypervisorOf(ctl, arguments, &kind))
        return false;
    text = virConnectGetDomainCapabilities(ctl->connection, kind.emulator, kind.arch, kind.machine,
                                           kind.type, 0);
    document = text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
    if (!document)
        return false;
    count = virshDocumentSelect(document, "/domainCapabilities/cpu/mode[@name='custom']/model");
    report = virshReportNew(ctl, arguments);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *name = virshDocumentValue(document, i, "string(.)");
        g_autofree char *usable = virshDocumentValue(document, i, "string(./@usable)");

        if (g_strcmp0(usable, "no") == 0 && !virshFlag(arguments, "all"))
            continue;
        virshReportRow(report);
        virshPutText(report, "name", name);
        virshPutText(report, "usable", usable);
    }
    return virshReportEnd(report);
}
