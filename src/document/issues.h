/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is wrong with a document: a bounded list of places and messages. */

#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

/* Further issues are only counted. */
#define VIR_DOC_ISSUES_MAX 64

typedef enum {
    VIR_DOC_ISSUE_MALFORMED, /* not XML */
    VIR_DOC_ISSUE_LIMIT,     /* XML, but larger or wilder than a document may be */
    VIR_DOC_ISSUE_CONTENT,   /* a value, or its absence, is wrong */
    VIR_DOC_ISSUE_SCHEMA,    /* strict parsing: not as described, so no schema would take it */
    VIR_DOC_ISSUE_CHECK,     /* a post-check refused */
} virDocIssueKind;

/* The error domain that programs expect of an issue. */
typedef enum {
    VIR_DOC_ORIGIN_CALLER,    /* that of whoever raises it */
    VIR_DOC_ORIGIN_XML,       /* that of XML */
    VIR_DOC_ORIGIN_ATTRIBUTE, /* that of XML in documents of domains; otherwise the caller's */
    VIR_DOC_ORIGIN_NONE,      /* none: an argument is not valid, as for sets of numbers */
} virDocOrigin;

typedef struct {
    virDocIssueKind kind;
    virDocOrigin origin;
    int error; /* code, or 0 for the usual one of the kind */
    size_t line;   /* from 1; 0 when unknown */
    size_t column; /* from 1, in bytes; 0 when unknown */
    char *path;    /* /domain/devices/disk[2]/target/@dev, or NULL */
    char *message;
} virDocIssue;

typedef struct {
    size_t count; /* entries in use */
    size_t found; /* issues met, also those that had no room */
    virDocIssue entries[VIR_DOC_ISSUES_MAX];
} virDocIssues;

virDocIssues *virDocIssuesNew(void);
void virDocIssuesFree(virDocIssues *issues);
/* Takes `path`, which may be NULL. */
void virDocIssuesAdd(virDocIssues *issues, virDocIssueKind kind, size_t line, size_t column,
                     char *path, const char *format, ...) G_GNUC_PRINTF(6, 7);
/* Lines in front of the documents that this thread reads from now on, for documents that stand inside
 * another one: issues count them. Returns the number before, to be restored. */
size_t virDocIssuesLinesBefore(size_t lines);
/* Says how the issue that was added last is raised. */
void virDocIssuesMark(virDocIssues *issues, virDocOrigin origin, int error);
/* One line per issue: "line 3, column 9: /network/forward/@mode: expected ...". */
char *virDocIssuesFormat(const virDocIssues *issues);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virDocIssues, virDocIssuesFree)

G_END_DECLS
