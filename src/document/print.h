/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the struct of a described record to XML text in the customary form. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/describe.h"

G_BEGIN_DECLS

typedef enum {
    VIR_DOC_PRINT_SECURE = 1 << 0,     /* with secrets */
    VIR_DOC_PRINT_INACTIVE = 1 << 1,   /* the definition, without what only a running object has */
    VIR_DOC_PRINT_MIGRATABLE = 1 << 2, /* without what another host must not see */
    VIR_DOC_PRINT_STATUS = 1 << 3,     /* with what is only kept in state files */
} virDocPrintFlags;

/* Two spaces per level, attributes in single quotes. `element` NULL: the record's usual name. Two
 * flags together (secure and inactive) have the effect of both. */
char *virDocPrint(const virDocRecord *record, const char *element, const void *data,
                  unsigned int flags);
/* The same, appended to `out` at a depth, to be part of a larger document. */
void virDocPrintInto(GString *out, const virDocRecord *record, const char *element,
                     const void *data, unsigned int flags, unsigned int depth);

G_END_DECLS
