/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Collects the described values of a command and prints them as text or as JSON. */

#include "client/report.h"

#include <math.h>
#include <string.h>

#include "client/jsontext.h"
#include "client/names.h"
#include "client/output.h"
#include "client/table.h"

typedef struct {
    const virshColumn *column; /* NULL: the description does not know the key */
    char *key;
    char *title;
    char *shown; /* in the language of the report: text or JSON; NULL: no value */
} virshCell;

struct _virshReport {
    virshControl *ctl;
    const virshArguments *arguments;
    const virshView *view;
    bool json;
    bool ended;
    GPtrArray *rows; /* of arrays of virshCell */
};

static void virshCellFree(gpointer data)
{
    virshCell *cell = data;

    g_free(cell->key);
    g_free(cell->title);
    g_free(cell->shown);
    g_free(cell);
}

static void virshRowFree(gpointer row)
{
    g_ptr_array_unref(row);
}

bool virshWantsJson(const virshArguments *arguments)
{
    return g_strcmp0(virshText(arguments, "output"), "json") == 0;
}

static const virshView *virshChooseView(const virshArguments *arguments)
{
    const virshCommand *command = arguments->command;

    for (size_t i = 0; i < command->viewCount; i++)
        if (virshAnyFlag(arguments, command->views[i].when))
            return &command->views[i];
    g_assert_not_reached();
}

virshReport *virshReportNew(virshControl *ctl, const virshArguments *arguments)
{
    virshReport *report = g_new0(virshReport, 1);

    report->ctl = ctl;
    report->arguments = arguments;
    report->view = virshChooseView(arguments);
    report->json = virshWantsJson(arguments);
    report->rows = g_ptr_array_new_with_free_func(virshRowFree);
    return report;
}

bool virshReportJson(const virshReport *report)
{
    return report->json;
}

static bool virshColumnShown(const virshReport *report, const virshColumn *column)
{
    return (report->json || !column->json) && virshAnyFlag(report->arguments, column->when);
}

/* The column of a key, NULL when the options of this run leave it out. */
static const virshColumn *virshColumnOf(const virshReport *report, const char *key)
{
    for (size_t i = 0; i < report->view->count; i++) {
        const virshColumn *column = &report->view->columns[i];

        if (g_str_equal(column->key, key))
            return virshColumnShown(report, column) ? column : NULL;
    }
    return NULL;
}

bool virshReportShows(const virshReport *report, const char *key)
{
    return virshColumnOf(report, key) != NULL;
}

bool virshReportAsks(const virshReport *report, const char *function)
{
    for (size_t i = 0; i < report->view->count; i++) {
        const virshColumn *column = &report->view->columns[i];

        if (g_strcmp0(column->get, function) == 0 && virshColumnShown(report, column))
            return true;
    }
    return false;
}

void virshReportRow(virshReport *report)
{
    g_ptr_array_add(report->rows, g_ptr_array_new_with_free_func(virshCellFree));
}

static void virshAdd(virshReport *report, const virshColumn *column, const char *key,
                     const char *title, char *shown)
{
    virshCell *cell = g_new0(virshCell, 1);

    cell->column = column;
    cell->key = g_strdup(key);
    cell->title = g_strdup(title);
    cell->shown = shown;
    g_ptr_array_add(g_ptr_array_index(report->rows, report->rows->len - 1), cell);
}

/* The shortest number that reads as this value again. */
static char *virshJsonDouble(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    if (!isfinite(value))
        return g_strdup("null");
    g_ascii_formatd(text, sizeof(text), "%.15g", value);
    if (g_ascii_strtod(text, NULL) < value || g_ascii_strtod(text, NULL) > value)
        g_ascii_dtostr(text, sizeof(text), value);
    return g_strdup(text);
}

static char *virshWithUnit(const virshColumn *column, char *text)
{
    char *out;

    if (!column->unit && !column->pad)
        return text;
    out = g_strdup_printf("%-*s%s", column->pad, text, column->unit ? column->unit : "");
    g_free(text);
    return out;
}

void virshPutText(virshReport *report, const char *key, const char *text)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (!text)
        virshPutNone(report, key);
    else if (column)
        virshAdd(report, column, key, column->title,
                 report->json ? jsonQuote(text) : virshWithUnit(column, g_strdup(text)));
}

void virshPutNone(virshReport *report, const char *key)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (column)
        virshAdd(report, column, key, column->title, NULL);
}

/* The word at an index of a list that is separated by bars. */
static char *virshColumnWord(const virshColumn *column, long long index)
{
    const char *at = column->words;

    for (; at && index > 0; index--) {
        at = strchr(at, '|');
        at += at != NULL;
    }
    if (!at || index < 0)
        return g_strdup("unknown");
    return g_strndup(at, strcspn(at, "|"));
}

static bool virshColumnPretty(const virshReport *report, const virshColumn *column)
{
    switch (column->pretty) {
    case VIRSH_PRETTY_NEVER:
        return false;
    case VIRSH_PRETTY_ALWAYS:
        return true;
    case VIRSH_PRETTY_WITH:
        return virshFlag(report->arguments, column->prettyOption);
    case VIRSH_PRETTY_UNLESS:
        return !virshFlag(report->arguments, column->prettyOption);
    }
    return false;
}

static char *virshBytesText(const virshReport *report, const virshColumn *column,
                            unsigned long long bytes)
{
    const char *unit = NULL;
    double value;

    if (!virshColumnPretty(report, column))
        return virshWithUnit(column, g_strdup_printf("%llu", bytes));
    value = virshPretty(bytes, &unit);
    /* a rate keeps its "/s"; " bytes" is only right without a larger unit */
    return g_strdup_printf("%.*f %s%s", column->decimals, value, unit,
                           column->unit && *column->unit == '/' ? column->unit : "");
}

void virshPutInt(virshReport *report, const char *key, long long value)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (!column)
        return;
    if (column->words) {
        g_autofree char *word = virshColumnWord(column, value);

        virshPutText(report, key, word);
        return;
    }
    if (column->kind == VIRSH_VALUE_BYTES && value >= 0) {
        virshPutUint(report, key, (unsigned long long)value);
        return;
    }
    virshAdd(report, column, key, column->title,
             report->json ? g_strdup_printf("%lld", value)
                          : virshWithUnit(column, g_strdup_printf("%lld", value)));
}

void virshPutUint(virshReport *report, const char *key, unsigned long long value)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (!column)
        return;
    if (column->words)
        virshPutInt(report, key, (long long)MIN(value, G_MAXINT));
    else
        virshAdd(report, column, key, column->title,
                 report->json ? g_strdup_printf("%llu", value)
                              : virshBytesText(report, column, value));
}

void virshPutDouble(virshReport *report, const char *key, double value)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (column)
        virshAdd(report, column, key, column->title,
                 report->json
                     ? virshJsonDouble(value)
                     : virshWithUnit(column, g_strdup_printf("%.*f", column->decimals, value)));
}

void virshPutBool(virshReport *report, const char *key, bool value)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (column)
        virshAdd(report, column, key, column->title,
                 report->json ? g_strdup(value ? "true" : "false")
                              : virshColumnWord(column, value));
}

void virshPutShown(virshReport *report, const char *key, const char *text, long long value)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (column)
        virshAdd(report, column, key, column->title,
                 report->json ? g_strdup_printf("%lld", value) : g_strdup(text));
}

void virshPutShownDouble(virshReport *report, const char *key, const char *text, double value)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (column)
        virshAdd(report, column, key, column->title,
                 report->json ? virshJsonDouble(value) : g_strdup(text));
}

void virshPutShownText(virshReport *report, const char *key, const char *text, const char *value)
{
    const virshColumn *column = virshColumnOf(report, key);

    if (column)
        virshAdd(report, column, key, column->title,
                 report->json ? jsonQuote(value) : g_strdup(text));
}

void virshPutExtraShown(virshReport *report, const char *key, const char *title, const char *text,
                        unsigned long long value)
{
    virshAdd(report, NULL, key, title,
             report->json ? g_strdup_printf("%llu", value) : g_strdup(text));
}

bool virshAnswer(virshControl *ctl, const virshArguments *arguments, const char *key,
                 const char *text)
{
    g_autoptr(virshReport) report = NULL;

    if (!virshWantsJson(arguments)) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, key, text);
    return virshReportEnd(report);
}

void virshPutExtra(virshReport *report, const char *key, const char *text)
{
    virshAdd(report, NULL, key, key, report->json ? jsonQuote(text) : g_strdup(text));
}

void virshPutExtraUint(virshReport *report, const char *key, const char *title,
                       unsigned long long value)
{
    virshAdd(report, NULL, key, title, g_strdup_printf("%llu", value));
}

char *virshParameterJson(virTypedParameterPtr parameter)
{
    switch ((virTypedParameterType)parameter->type) {
    case VIR_TYPED_PARAM_INT:
    case VIR_TYPED_PARAM_UINT:
    case VIR_TYPED_PARAM_LLONG:
    case VIR_TYPED_PARAM_ULLONG:
        return virshParameterText(parameter);
    case VIR_TYPED_PARAM_DOUBLE:
        return virshJsonDouble(parameter->value.d);
    case VIR_TYPED_PARAM_BOOLEAN:
        return g_strdup(parameter->value.b ? "true" : "false");
    case VIR_TYPED_PARAM_STRING:
        return jsonQuote(parameter->value.s ? parameter->value.s : "");
    }
    return g_strdup("null");
}

void virshPutParameter(virshReport *report, virTypedParameterPtr parameter, const char *text)
{
    char *shown = report->json ? virshParameterJson(parameter)
                  : text       ? g_strdup(text)
                               : virshParameterText(parameter);

    virshAdd(report, NULL, parameter->field, parameter->field, shown);
}

static const virshCell *virshCellOf(GPtrArray *row, const virshColumn *column)
{
    for (guint i = 0; i < row->len; i++) {
        const virshCell *cell = g_ptr_array_index(row, i);

        if (cell->column == column)
            return cell;
    }
    return NULL;
}

static void virshReportTable(virshReport *report)
{
    const virshView *view = report->view;
    g_autofree const char **cells = g_new0(const char *, view->count + 1);
    g_autoptr(virshTable) table = NULL;
    size_t shown = 0;

    for (size_t i = 0; i < view->count; i++)
        if (virshColumnShown(report, &view->columns[i]))
            cells[shown++] = view->columns[i].title;
    table = virshTableNew(cells);
    for (guint r = 0; r < report->rows->len; r++) {
        shown = 0;
        for (size_t i = 0; i < view->count; i++) {
            const virshColumn *column = &view->columns[i];
            const virshCell *cell;

            if (!virshColumnShown(report, column))
                continue;
            cell = virshCellOf(g_ptr_array_index(report->rows, r), column);
            cells[shown++] = cell && cell->shown ? cell->shown : column->none;
        }
        virshTableRow(table, cells);
    }
    virshTablePrint(report->ctl, table);
}

static void virshFieldLine(virshReport *report, const virshCell *cell)
{
    const virshView *view = report->view;
    const char *value = cell->shown ? cell->shown : cell->column ? cell->column->none : NULL;

    if (value)
        virshPrint(report->ctl, "%s%-*s%s%s\n", view->head ? view->head : "", view->width,
                   cell->title, view->between, value);
}

static void virshRecordFields(virshReport *report, GPtrArray *row)
{
    for (size_t i = 0; i < report->view->count; i++)
        for (guint c = 0; c < row->len; c++) {
            const virshCell *cell = g_ptr_array_index(row, c);

            if (cell->column == &report->view->columns[i])
                virshFieldLine(report, cell);
        }
    for (guint c = 0; c < row->len; c++) {
        const virshCell *cell = g_ptr_array_index(row, c);

        if (!cell->column)
            virshFieldLine(report, cell);
    }
}

static void virshRecordWords(virshReport *report, GPtrArray *row)
{
    const char *gap = "";

    for (size_t i = 0; i < report->view->count; i++) {
        const virshCell *cell = virshCellOf(row, &report->view->columns[i]);
        const char *value = cell && cell->shown ? cell->shown : report->view->columns[i].none;

        if (!cell || !value)
            continue;
        virshPrint(report->ctl, "%s%s", gap, value);
        gap = report->view->between;
    }
    virshPrint(report->ctl, "\n");
}

static void virshReportText(virshReport *report)
{
    if (report->view->caption)
        virshPrint(report->ctl, "%s\n", report->view->caption);
    if (report->view->kind == VIRSH_VIEW_TABLE) {
        virshReportTable(report);
        return;
    }
    for (guint r = 0; r < report->rows->len; r++) {
        if (r && report->view->gap)
            virshPrint(report->ctl, "\n");
        if (report->view->kind == VIRSH_VIEW_FIELDS)
            virshRecordFields(report, g_ptr_array_index(report->rows, r));
        else
            virshRecordWords(report, g_ptr_array_index(report->rows, r));
    }
}

/* A repeated column is one array under its key, in the place of the first of its values. */
static void virshJsonMember(GString *out, GPtrArray *row, guint index)
{
    const virshCell *cell = g_ptr_array_index(row, index);
    const char *gap = "";

    if (!cell->column || !cell->column->repeated) {
        g_string_append(out, cell->shown ? cell->shown : "null");
        return;
    }
    g_string_append_c(out, '[');
    for (guint i = index; i < row->len; i++) {
        const virshCell *other = g_ptr_array_index(row, i);

        if (other->column != cell->column || !other->shown)
            continue;
        g_string_append_printf(out, "%s%s", gap, other->shown);
        gap = ", ";
    }
    g_string_append_c(out, ']');
}

static void virshJsonRecord(GString *out, GPtrArray *row, const char *indent)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    g_string_append(out, "{");
    for (guint i = 0; i < row->len; i++) {
        const virshCell *cell = g_ptr_array_index(row, i);
        g_autofree char *key = jsonQuote(cell->key);

        if (!g_hash_table_add(seen, cell->key))
            continue;
        g_string_append_printf(out, "%s\n%s  %s: ", g_hash_table_size(seen) > 1 ? "," : "",
                               indent, key);
        virshJsonMember(out, row, i);
    }
    g_string_append_printf(out, "\n%s}", indent);
}

static void virshReportAsJson(virshReport *report)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (!report->view->many) {
        if (report->rows->len)
            virshJsonRecord(out, g_ptr_array_index(report->rows, 0), "");
        else
            g_string_append(out, "{}");
    } else {
        g_string_append_c(out, '[');
        for (guint r = 0; r < report->rows->len; r++) {
            g_string_append(out, r ? ",\n  " : "\n  ");
            virshJsonRecord(out, g_ptr_array_index(report->rows, r), "  ");
        }
        g_string_append(out, report->rows->len ? "\n]" : "]");
    }
    virshPrint(report->ctl, "%s\n", out->str);
}

bool virshReportEnd(virshReport *report)
{
    report->ended = true;
    if (report->json)
        virshReportAsJson(report);
    else
        virshReportText(report);
    return true;
}

void virshReportFree(virshReport *report)
{
    if (!report)
        return;
    if (!report->ended && !report->json && report->view->kind == VIRSH_VIEW_FIELDS)
        virshReportText(report);
    g_ptr_array_unref(report->rows);
    g_free(report);
}
