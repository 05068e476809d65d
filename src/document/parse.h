/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From XML text to the struct of a described record. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/describe.h"
#include "document/issues.h"

G_BEGIN_DECLS

typedef enum {
    VIR_DOC_PARSE_STRICT = 1 << 0,   /* what is not described is an issue */
    VIR_DOC_PARSE_INACTIVE = 1 << 1, /* values of running objects are not read */
} virDocParseFlags;

typedef struct _virDocContext virDocContext;

/* What a record means beyond its grammar: may fill in fields, and report. */
typedef void (*virDocCheck)(void *data, virDocContext *context);

typedef struct {
    const char *name; /* as in the description: check="name" */
    virDocCheck check;
} virDocCheckEntry;

typedef struct {
    unsigned int flags; /* virDocParseFlags */
    const virDocCheckEntry *checks;
    size_t nchecks;
    void *opaque; /* for the checks, see virDocContextOpaque */
} virDocParseOptions;

/* Parses a document whose root is `element` (NULL: the record's usual one). `options` may be NULL.
 * Either everything is right and the struct is returned, or NULL and every problem is in `issues`.
 */
void *virDocParse(const virDocRecord *record, const char *element, const char *xml,
                  const virDocParseOptions *options, virDocIssues *issues);
/* The same from a file, of at most VIR_DOC_SIZE_MAX bytes. */
void *virDocParseFile(const virDocRecord *record, const char *element, const char *path,
                      const virDocParseOptions *options, virDocIssues *issues);
/* The name of the root element of a document, NULL (after reporting) when it is none. */
char *virDocRootName(const char *xml, virDocIssues *issues);

/* For checks: report at the element of the record being checked, or inside it at `member`, a path
 * such as "target/@dev" or "devices/disk[2]"; NULL: the element itself. */
void virDocContextReport(virDocContext *context, const char *member, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* The same with a code of its own. */
void virDocContextComplain(virDocContext *context, int error, const char *member,
                           const char *format, ...) G_GNUC_PRINTF(4, 5);
/* Reads the element of the record being checked as another record, without its text once more; as
 * virDocParse. */
void *virDocContextParse(const virDocContext *context, const virDocRecord *record,
                         const virDocParseOptions *options, virDocIssues *issues);
/* The line of the element of the record being checked; 0 when unknown. */
size_t virDocContextLine(virDocContext *context);
void *virDocContextOpaque(const virDocContext *context);
unsigned int virDocContextFlags(const virDocContext *context);

G_END_DECLS
