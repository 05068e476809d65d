/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes text so that an XML parser reads exactly the same back. */

#pragma once

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* `attribute`: also quotes, tabs and line ends, which parsers change inside attributes. Characters that
 * XML cannot express at all (most below U+0020) are left out. */
void virDocEscape(GString *out, const char *text, bool attribute);

G_END_DECLS
