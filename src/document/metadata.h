/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The <metadata> of an object: one element for each program, told apart by its namespace. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/issues.h"

G_BEGIN_DECLS

/* The element of a namespace as its owner wrote it, without the namespace; NULL when there is none.
 * `metadata` is the whole element or NULL. */
char *virDocMetadataGet(const char *metadata, const char *uri);

/* Whether a text can be the prefix of a namespace. */
bool virDocMetadataKeyFits(const char *key);

/* Replaces the element of a namespace by `xml`, whose elements without a namespace get this one, or
 * removes it when `xml` is NULL. `*metadata` becomes NULL when nothing is left. false, with nothing
 * changed, after reporting to `issues`. */
bool virDocMetadataSet(char **metadata, const char *key, const char *uri, const char *xml,
                       virDocIssues *issues);

G_END_DECLS
