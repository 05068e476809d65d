/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts XML documents together from the words of people. */

#include "client/compose.h"

#include <string.h>

void virshCompose(GString *out, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list list;

    va_start(list, format);
    text = g_markup_vprintf_escaped(format, list);
    va_end(list);
    g_string_append(out, text);
}

void virshComposeIf(GString *out, const char *format, const char *text)
{
    g_autofree char *escaped = text ? g_markup_escape_text(text, -1) : NULL;
    const char *place = strstr(format, "%s");

    if (!text || !place)
        return;
    g_string_append_len(out, format, place - format);
    g_string_append(out, escaped);
    g_string_append(out, place + 2);
}
