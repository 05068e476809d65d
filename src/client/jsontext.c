/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Indents JSON and finds members in it, without making anything of it in between. */

#include "client/jsontext.h"

#include <stdbool.h>
#include <string.h>

char *jsonQuote(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new("\"");

    for (const char *at = valid; *at; at++) {
        if (*at == '"' || *at == '\\')
            g_string_append_printf(out, "\\%c", *at);
        else if (*at == '\n')
            g_string_append(out, "\\n");
        else if (*at == '\t')
            g_string_append(out, "\\t");
        else if ((unsigned char)*at < 0x20 || *at == 0x7f)
            g_string_append_printf(out, "\\u%04x", (unsigned char)*at);
        else
            g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
    return g_string_free(out, /* free_segment= */ FALSE);
}

/* Behind the string that starts at `at`; the end of the text when it is open. */
static const char *jsonString(const char *at)
{
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1])
            at++;
    return *at ? at + 1 : at;
}

static void jsonBreak(GString *out, int depth)
{
    g_string_append_c(out, '\n');
    for (int i = 0; i < depth; i++)
        g_string_append(out, "  ");
}

static const char *jsonSkipSpace(const char *at)
{
    while (g_ascii_isspace(*at))
        at++;
    return at;
}

char *jsonIndent(const char *text)
{
    GString *out = g_string_new(NULL);
    int depth = 0;

    for (const char *at = text; *at;) {
        const char *end;

        switch (*at) {
        case '"':
            end = jsonString(at);
            g_string_append_len(out, at, end - at);
            at = end;
            continue;
        case '{':
        case '[':
            g_string_append_c(out, *at);
            end = jsonSkipSpace(at + 1);
            if (*end == '}' || *end == ']') {
                g_string_append_c(out, *end);
                at = end + 1;
                continue;
            }
            jsonBreak(out, ++depth);
            break;
        case '}':
        case ']':
            depth = MAX(depth - 1, 0);
            jsonBreak(out, depth);
            g_string_append_c(out, *at);
            break;
        case ',':
            g_string_append_c(out, *at);
            jsonBreak(out, depth);
            break;
        case ':':
            g_string_append(out, ": ");
            break;
        default:
            if (!g_ascii_isspace(*at))
                g_string_append_c(out, *at);
        }
        at++;
    }
    return g_string_free(out, /* free_segment= */ FALSE);
}

/* Behind the value that starts at `at`. */
static const char *jsonValueEnd(const char *at)
{
    int depth = 0;

    for (; *at; at++) {
        if (*at == '"') {
            at = jsonString(at) - 1;
            if (!depth)
                return at + 1;
        } else if (*at == '{' || *at == '[') {
            depth++;
        } else if (*at == '}' || *at == ']') {
            if (!depth)
                return at;
            if (--depth == 0)
                return at + 1;
        } else if (!depth && *at == ',') {
            return at;
        }
    }
    return at;
}

/* What a string of JSON means. */
static char *jsonUnquote(const char *at, size_t length)
{
    GString *out = g_string_new(NULL);
    const char *end = at + length;

    for (; at < end; at++) {
        static const char letters[] = "\"\\/bfnrt";
        static const char meanings[] = "\"\\/\b\f\n\r\t";
        const char *letter;

        if (*at != '\\' || at + 1 >= end) {
            g_string_append_c(out, *at);
            continue;
        }
        at++;
        letter = strchr(letters, *at);
        if (*at == 'u' && at + 4 < end) {
            char digits[5] = { at[1], at[2], at[3], at[4], '\0' };

            g_string_append_unichar(out, (gunichar)g_ascii_strtoull(digits, NULL, 16));
            at += 4;
        } else {
            g_string_append_c(out, letter ? meanings[letter - letters] : *at);
        }
    }
    return g_string_free(out, /* free_segment= */ FALSE);
}

char *jsonMember(const char *text, const char *key)
{
    const char *at = jsonSkipSpace(text);

    if (*at++ != '{')
        return NULL;
    for (at = jsonSkipSpace(at); *at == '"'; at = jsonSkipSpace(at)) {
        const char *name = at + 1;
        const char *behind = jsonString(at);
        size_t length = behind > name ? (size_t)(behind - name) - 1 : 0;
        const char *value = jsonSkipSpace(behind);
        const char *end;

        if (*value != ':')
            return NULL;
        value = jsonSkipSpace(value + 1);
        end = jsonValueEnd(value);
        if (length == strlen(key) && strncmp(name, key, length) == 0) {
            if (*value == '"' && end - value >= 2)
                return jsonUnquote(value + 1, (size_t)(end - value) - 2);
            return g_strchomp(g_strndup(value, (gsize)(end - value)));
        }
        at = jsonSkipSpace(end);
        if (*at != ',')
            return NULL;
        at = jsonSkipSpace(at + 1);
    }
    return NULL;
}
