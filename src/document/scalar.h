/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Single values: from text to field and back, for every kind. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/describe.h"

G_BEGIN_DECLS

/* Stores `text` (with `unit`, for sizes; may be NULL) in the field. NULL when it was stored,
 * otherwise what was expected instead, to be freed. Empty strings are stored as absent where
 * emptiness means absence. */
char *virDocScalarParse(const virDocMember *member, void *data, const char *text, const char *unit);
/* The same for one item of a list of strings. */
char *virDocStringParse(const virDocMember *member, const char *text, char **value);

bool virDocScalarIsSet(const virDocMember *member, const void *data);
/* Appends the canonical spelling, not escaped. The value must be set. */
void virDocScalarFormat(const virDocMember *member, const void *data, GString *out);

void virDocScalarClear(const virDocMember *member, void *data);
void virDocScalarCopy(const virDocMember *member, void *to, const void *from);
bool virDocScalarEqual(const virDocMember *member, const void *one, const void *other);

/* Kinds held as char * that may stand in lists. */
bool virDocKindIsString(virDocKind kind);

G_END_DECLS
