/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about the memory pages of the NUMA cells of the host. */

#include <stdlib.h>

#include "client/commands.h"
#include "client/completers.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/report.h"

enum { VIRSH_KIBIBYTE = 1024 };

/* The numbers that a path selects in the capabilities of the host. */
static GArray *virshHostNumbers(virshControl *ctl, const char *path, const char *value)
{
    g_autofree char *text = virConnectGetCapabilities(ctl->connection);
    g_autoptr(virshDocument) document = NULL;
    GArray *numbers;
    size_t count;

    if (!text) {
        virshError(ctl, "unable to get node capabilities");
        return NULL;
    }
    document = virshDocumentNew(ctl, text, /* blanks= */ true);
    if (!document)
        return NULL;
    numbers = g_array_new(FALSE, FALSE, sizeof(unsigned int));
    count = virshDocumentSelect(document, path);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *word = virshDocumentValue(document, i, value);
        unsigned int number = word ? (unsigned int)g_ascii_strtoull(word, NULL, 10) : 0;

        if (word)
            g_array_append_val(numbers, number);
    }
    return numbers;
}

static GArray *virshHostCells(virshControl *ctl)
{
    return virshHostNumbers(ctl, "/capabilities/host/topology/cells/cell", "string(./@id)");
}

static bool virshPageSize(virshControl *ctl, const virshArguments *arguments, unsigned int *size)
{
    unsigned long long bytes = 0;

    if (!virshSize(ctl, arguments, "pagesize", VIRSH_KIBIBYTE, &bytes))
        return false;
    if (bytes / VIRSH_KIBIBYTE > G_MAXUINT) {
        virshError(ctl, "Numeric value '%s' for <%s> option is malformed or out of range",
                   virshText(arguments, "pagesize"), "pagesize");
        return false;
    }
    *size = (unsigned int)(bytes / VIRSH_KIBIBYTE);
    return true;
}

/* Puts the free pages of one cell into the report, or prints them; a cell may have none. */
static bool virshFreeOfCell(virshControl *ctl, virshReport *report, GArray *sizes, int cell)
{
    g_autofree unsigned long long *counts = g_new0(unsigned long long, sizes->len + 1);

    if (virNodeGetFreePages(ctl->connection, sizes->len, (unsigned int *)(void *)sizes->data, cell,
                            1, counts, 0) < 0)
        return false;
    for (guint i = 0; i < sizes->len; i++) {
        unsigned int size = g_array_index(sizes, unsigned int, i);

        if (report) {
            virshReportRow(report);
            virshPutInt(report, "cell", cell);
            virshPutUint(report, "pagesize", size);
            virshPutUint(report, "free", counts[i]);
        } else {
            virshPrint(ctl, "%uKiB: %llu\n", size, counts[i]);
        }
    }
    return true;
}

static bool virshFreeEverywhere(virshControl *ctl, virshReport *report, GArray *sizes)
{
    g_autoptr(GArray) cells = virshHostCells(ctl);

    if (!cells)
        return false;
    for (guint i = 0; i < cells->len; i++) {
        unsigned int cell = g_array_index(cells, unsigned int, i);

        if (!report)
            virshPrint(ctl, "Node %u:\n", cell);
        if (!virshFreeOfCell(ctl, report, sizes, (int)cell))
            virshForgetFailure(ctl);
        if (!report)
            virshPrint(ctl, "\n");
    }
    return true;
}

bool shellFreepages(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int size = 0;
    int cell = -1;
    g_autoptr(virshReport) report = virshWantsJson(arguments) ? virshReportNew(ctl, arguments)
                                                              : NULL;
    g_autoptr(GArray) sizes = NULL;
    bool good;

    if (!virshPageSize(ctl, arguments, &size) || !virshInt(ctl, arguments, "cellno", &cell))
        return false;
    if (!virshFlag(arguments, "all") && cell < 0) {
        virshError(ctl, virshFlag(arguments, "cellno") ? "cell number must be a non-negative number"
                                                       : "missing cellno argument");
        return false;
    }
    if (!virshFlag(arguments, "all") && !size) {
        virshError(ctl, "missing pagesize argument");
        return false;
    }
    if (size) {
        sizes = g_array_new(FALSE, FALSE, sizeof(unsigned int));
        g_array_append_val(sizes, size);
    } else {
        sizes = virshHostNumbers(ctl, "/capabilities/host/cpu/pages", "string(./@size)");
    }
    if (!sizes)
        return false;
    good = virshFlag(arguments, "all") ? virshFreeEverywhere(ctl, report, sizes)
                                       : virshFreeOfCell(ctl, report, sizes, cell);
    return good && (!report || virshReportEnd(report));
}

bool shellAllocpages(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int size = 0;
    unsigned long long count = 0;
    unsigned int cells = 1;
    int cell = -1;
    unsigned int flags = virshFlag(arguments, "add") ? VIR_NODE_ALLOC_PAGES_ADD
                                                     : VIR_NODE_ALLOC_PAGES_SET;

    if (!virshInt(ctl, arguments, "cellno", &cell) || !virshPageSize(ctl, arguments, &size) ||
        !virshUlong(ctl, arguments, "pagecount", &count))
        return false;
    if (virshFlag(arguments, "cellno") && cell < -1) {
        virshError(ctl, "cell number must be greater than -1");
        return false;
    }
    if (virshFlag(arguments, "all")) {
        g_autoptr(GArray) known = virshHostCells(ctl);

        if (!known)
            return false;
        cell = 0;
        cells = known->len;
    }
    return virNodeAllocPages(ctl->connection, 1, &size, &count, cell, cells, flags) >= 0;
}

void offerCell(virshControl *ctl, const virshArguments *arguments G_GNUC_UNUSED, GPtrArray *found,
               const char *prefix)
{
    g_autoptr(GArray) cells = virshHostCells(ctl);

    for (guint i = 0; cells && i < cells->len; i++) {
        g_autofree char *word = g_strdup_printf("%u", g_array_index(cells, unsigned int, i));

        virshOffer(found, prefix, word);
    }
}
