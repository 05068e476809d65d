/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What parser and checks say about a document, at its place. */

#include "document/context.h"

void
virDocContextIssue(virDocContext *context, virDocIssueKind kind, const virDocTreeNode *node,
                   const virDocAttribute *attribute, const char *format, ...)
{
    uint32_t offset =
        attribute && attribute->offset != UINT32_MAX ? attribute->offset : node->offset;
    size_t line = node->line, column = 0;
    g_autofree char *message = NULL;
    char *path = NULL;
    va_list arguments;

    /* A strict parser says what the schema says, so a wrong value is the schema's refusal too. */
    if (kind == VIR_DOC_ISSUE_CONTENT && context->options->flags & VIR_DOC_PARSE_STRICT)
        kind = VIR_DOC_ISSUE_SCHEMA;
    if (context->issues->count < VIR_DOC_ISSUES_MAX) {
        path = virDocTreeNodePath(node, attribute ? attribute->name : NULL);
        if (offset != UINT32_MAX)
            virDocTreePlace(context->xml, offset, &line, &column);
    }
    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    virDocIssuesAdd(context->issues, kind, line, column, path, "%s", message);
}

G_GNUC_PRINTF(4, 0)
static void
complain(virDocContext *context, int error, const char *member, const char *format,
         va_list arguments)
{
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    const virDocTreeNode *node = context->node;
    g_autofree char *base = virDocTreeNodePath(node, /* attribute= */ NULL);
    const virDocTreeNode *place = member ? virDocTreeNodeFind(node, member) : node;
    size_t line = place->line, column = 0;

    if (place->offset != UINT32_MAX)
        virDocTreePlace(context->xml, place->offset, &line, &column);
    virDocIssuesAdd(context->issues, VIR_DOC_ISSUE_CHECK, line, column,
                    member ? g_strconcat(base, "/", member, NULL) : g_steal_pointer(&base), "%s",
                    message);
    virDocIssuesMark(context->issues, VIR_DOC_ORIGIN_CALLER, error);
}

void
virDocContextReport(virDocContext *context, const char *member, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    complain(context, /* error= */ 0, member, format, arguments);
    va_end(arguments);
}

void
virDocContextComplain(virDocContext *context, int error, const char *member, const char *format,
                      ...)
{
    va_list arguments;

    va_start(arguments, format);
    complain(context, error, member, format, arguments);
    va_end(arguments);
}

size_t
virDocContextLine(virDocContext *context)
{
    uint32_t offset = context->node->offset;
    bool later = context->knownLine && context->knownOffset <= offset;
    size_t line, column;

    if (offset == UINT32_MAX)
        return context->node->line;
    /* checks come in the order of the document, so that each line is counted once */
    if (later)
        virDocTreePlace(context->xml + context->knownOffset, offset - context->knownOffset, &line,
                        &column);
    else
        virDocTreePlace(context->xml, offset, &line, &column);
    context->knownLine = later ? context->knownLine + line - 1 : line;
    context->knownOffset = offset;
    return context->knownLine;
}

void *
virDocContextOpaque(const virDocContext *context)
{
    return context->options->opaque;
}

unsigned int
virDocContextFlags(const virDocContext *context)
{
    return context->options->flags;
}
