/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes text so that an XML parser reads exactly the same back. */

#include "document/escape.h"

#include <string.h>

/* What stands for a byte, NULL when it stands for itself. */
static const char *
replacement(unsigned char byte, char quote)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\'':
        return quote == '\'' ? "&apos;" : NULL;
    case '"':
        return quote == '"' ? "&quot;" : NULL;
    case '\r':
        return "&#13;";
    case '\n':
        return quote ? "&#10;" : NULL;
    case '\t':
        return quote ? "&#9;" : NULL;
    default:
        return byte < 0x20 ? "" : NULL;
    }
}

void
virDocEscape(GString *out, const char *text, char quote)
{
    const char *start = text;

    for (; *text; text++) {
        const char *other;

        if ((unsigned char)*text > '>')
            continue;
        if (!(other = replacement((unsigned char)*text, quote)))
            continue;
        g_string_append_len(out, start, text - start);
        g_string_append(out, other);
        start = text + 1;
    }
    g_string_append_len(out, start, text - start);
}
