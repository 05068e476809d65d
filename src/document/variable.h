/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Masks of addresses, and variables that stand for values. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/describe.h"

G_BEGIN_DECLS

/* The number of leading ones of a mask, as text; NULL when `text` is no mask of the kind. */
char *virDocMaskParse(virDocKind kind, const char *text);

/* Whether `text` is $NAME, $NAME[3] or $NAME[@1]. */
bool virDocVariableIsValid(const char *text);

/* A variable, a name or a value of the kind the variable stands for, in its canonical spelling.
 * Returns what is wrong, or NULL. */
char *virDocVariableParse(const virDocMember *member, const char *text, char **value);

G_END_DECLS
