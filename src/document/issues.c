/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is wrong with a document: a bounded list of places and messages. */

#include "document/issues.h"

/* Whoever reads an inline document knows this, but calls functions that know only its text. */
static __thread size_t linesBefore;

virDocIssues *
virDocIssuesNew(void)
{
    return g_new0(virDocIssues, 1);
}

void
virDocIssuesFree(virDocIssues *issues)
{
    if (!issues)
        return;
    for (size_t i = 0; i < issues->count; i++) {
        g_free(issues->entries[i].path);
        g_free(issues->entries[i].message);
    }
    g_free(issues);
}

void
virDocIssuesAdd(virDocIssues *issues, virDocIssueKind kind, size_t line, size_t column, char *path,
                const char *format, ...)
{
    virDocIssue *issue;
    va_list arguments;

    issues->found++;
    if (issues->count == VIR_DOC_ISSUES_MAX) {
        g_free(path);
        return;
    }
    issue = &issues->entries[issues->count++];
    *issue = (virDocIssue){.kind = kind,
                           .line = line ? line + linesBefore : 0,
                           .column = column,
                           .path = path};
    va_start(arguments, format);
    issue->message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

size_t
virDocIssuesLinesBefore(size_t lines)
{
    size_t before = linesBefore;

    linesBefore = lines;
    return before;
}

void
virDocIssuesMark(virDocIssues *issues, virDocOrigin origin, int error)
{
    /* Beyond the limit nothing was added. */
    if (issues->found > issues->count)
        return;
    issues->entries[issues->count - 1].origin = origin;
    issues->entries[issues->count - 1].error = error;
}

char *
virDocIssuesFormat(const virDocIssues *issues)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < issues->count; i++) {
        const virDocIssue *issue = &issues->entries[i];

        if (text->len)
            g_string_append_c(text, '\n');
        if (issue->line && issue->column)
            g_string_append_printf(text, "line %zu, column %zu: ", issue->line, issue->column);
        else if (issue->line)
            g_string_append_printf(text, "line %zu: ", issue->line);
        if (issue->path)
            g_string_append_printf(text, "%s: ", issue->path);
        g_string_append(text, issue->message);
    }
    if (issues->found > issues->count)
        g_string_append_printf(text, "\nand %zu more", issues->found - issues->count);
    return g_string_free(text, /* free_segment= */ FALSE);
}
