/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tables of text for people: aligned columns under a line of titles. */

#include "client/table.h"

#include "client/output.h"

struct _virshTable {
    size_t columns;
    GPtrArray *rows; /* of NULL-terminated string arrays, the first one holds the titles */
};

/* Control characters would break the table and could steer the terminal. */
static char *virshCell(const char *text)
{
    GString *out = g_string_new(NULL);

    for (const char *at = text ? text : ""; *at;) {
        gunichar letter = g_utf8_get_char_validated(at, -1);

        if (letter == (gunichar)-1 || letter == (gunichar)-2 || !g_unichar_isprint(letter)) {
            g_string_append_printf(out, "\\x%02x", (unsigned char)*at);
            at++;
        } else {
            g_string_append_unichar(out, letter);
            at = g_utf8_next_char(at);
        }
    }
    return g_string_free(out, /* free_segment= */ FALSE);
}

static size_t virshWidth(const char *text)
{
    size_t width = 0;

    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);

        if (!g_unichar_iszerowidth(letter))
            width += g_unichar_iswide(letter) ? 2 : 1;
    }
    return width;
}

virshTable *virshTableNew(const char *const *titles)
{
    virshTable *table = g_new0(virshTable, 1);

    table->columns = g_strv_length((char **)titles);
    table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    virshTableRow(table, titles);
    return table;
}

void virshTableRow(virshTable *table, const char *const *cells)
{
    char **row = g_new0(char *, table->columns + 1);

    for (size_t i = 0; i < table->columns; i++)
        row[i] = virshCell(cells[i]);
    g_ptr_array_add(table->rows, row);
}

static void virshTableLine(GString *out, char **row, const size_t *widths, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        g_string_append_printf(out, " %s", row[i]);
        if (i + 1 < columns)
            for (size_t pad = virshWidth(row[i]); pad < widths[i] + 2; pad++)
                g_string_append_c(out, ' ');
    }
    g_string_append_c(out, '\n');
}

void virshTablePrint(virshControl *ctl, virshTable *table)
{
    g_autofree size_t *widths = g_new0(size_t, table->columns);
    g_autoptr(GString) out = g_string_new(NULL);
    size_t total = 0;

    /* without the heading its titles take no room either */
    for (guint r = ctl->quiet ? 1 : 0; r < table->rows->len; r++) {
        char **row = g_ptr_array_index(table->rows, r);

        for (size_t i = 0; i < table->columns; i++)
            widths[i] = MAX(widths[i], virshWidth(row[i]));
    }
    for (size_t i = 0; i < table->columns; i++)
        total += widths[i] + 3;
    for (guint r = ctl->quiet ? 1 : 0; r < table->rows->len; r++) {
        virshTableLine(out, g_ptr_array_index(table->rows, r), widths, table->columns);
        if (r == 0) {
            for (size_t i = 0; i < total; i++)
                g_string_append_c(out, '-');
            g_string_append_c(out, '\n');
        }
    }
    fwrite(out->str, 1, out->len, stdout);
}

void virshTableFree(virshTable *table)
{
    if (!table)
        return;
    g_ptr_array_unref(table->rows);
    g_free(table);
}
