/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a parser is, for the parser and for checks. */

#pragma once

#include <glib.h>

#include "document/parse.h"
#include "document/tree.h"

G_BEGIN_DECLS

struct _virDocContext {
    const char *xml;
    const virDocParseOptions *options;
    virDocIssues *issues;
    const virDocTreeNode *node; /* of the record being checked */
    /* the newest place whose line was asked for: the next one is counted from there */
    uint32_t knownOffset;
    size_t knownLine;
};

/* Reports at an element, or at one of its attributes. */
void virDocContextIssue(virDocContext *context, virDocIssueKind kind, const virDocTreeNode *node,
                        const virDocAttribute *attribute, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

G_END_DECLS
