/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes text so that an XML parser reads exactly the same back. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `quote`: the quote around an attribute, NUL for text. In attributes tabs and line ends are
 * escaped too, because parsers change them there. Characters that XML cannot express at all (most
 * below U+0020) are left out. */
void virDocEscape(GString *out, const char *text, char quote);

G_END_DECLS
