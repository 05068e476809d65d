/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Heads of files: the first bytes as a described struct, and back. */

#pragma once

#include <glib.h>
#include <stddef.h>

#include "document/describe.h"
#include "document/issues.h"

G_BEGIN_DECLS

/* Reads a head that this machine wrote, or one of the other byte order. NULL after reporting what is wrong:
 * too few bytes, or every member that does not hold what is described. */
void *virDocHeadRead(const virDocRecord *record, const void *bytes, size_t length,
                     virDocIssues *issues);
/* Writes a head, all of its record->bytes: what no member has is zero. */
void virDocHeadWrite(const virDocRecord *record, const void *data, void *bytes);

G_END_DECLS
