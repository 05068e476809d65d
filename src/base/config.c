/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configuration files: the parser, which knows the place of everything, and the typed readers. */

#include "base/config.h"

#include <errno.h>
#include <string.h>

#include "base/nearest.h"

#define MAX_DEPTH 16

typedef enum {
    KIND_INTEGER,
    KIND_STRING,
    KIND_LIST,
} Kind;

typedef struct Value Value;
struct Value {
    Kind kind;
    int line, column;
    gint64 integer;
    char *string;
    GPtrArray *list;    /* of Value */
};

typedef struct {
    char *name;
    int line, column;
    Value *value;
} Setting;

struct virConfig {
    char *file;
    GPtrArray *settings;    /* of Setting, in the order of the file */
};

typedef struct {
    const char *file;
    const char *next;
    const char *end;
    int line;
    const char *lineStart;
    char *problem;          /* set by the first failure */
} Parser;

static void
freeValue(void *data)
{
    Value *value = data;

    if (!value)
        return;
    g_free(value->string);
    if (value->list)
        g_ptr_array_unref(value->list);
    g_free(value);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Value, freeValue)

static void
freeSetting(void *data)
{
    Setting *setting = data;

    g_free(setting->name);
    freeValue(setting->value);
    g_free(setting);
}

void
virConfigFree(virConfig *config)
{
    if (!config)
        return;
    g_free(config->file);
    g_ptr_array_unref(config->settings);
    g_free(config);
}

/* --- the parser ----------------------------------------------------------------------------- */

static void
refuseAt(Parser *parser, int line, int column, const char *expected)
{
    if (!parser->problem)
        parser->problem = g_strdup_printf("%s:%d:%d: %s", parser->file, line, column, expected);
}

static int
column(const Parser *parser)
{
    return (int) (parser->next - parser->lineStart) + 1;
}

static void
refuse(Parser *parser, const char *expected)
{
    refuseAt(parser, parser->line, column(parser), expected);
}

static bool
atEnd(const Parser *parser)
{
    return parser->next >= parser->end;
}

static bool
at(const Parser *parser, char wanted)
{
    return !atEnd(parser) && *parser->next == wanted;
}

static void
step(Parser *parser)
{
    if (*parser->next++ == '\n') {
        parser->line++;
        parser->lineStart = parser->next;
    }
}

/* Blanks of one line, and a comment up to its line feed. */
static void
skipBlanks(Parser *parser)
{
    while (at(parser, ' ') || at(parser, '\t') || at(parser, '\r'))
        step(parser);
    if (at(parser, '#')) {
        while (!atEnd(parser) && *parser->next != '\n')
            step(parser);
    }
}

static void
skipLines(Parser *parser)
{
    skipBlanks(parser);
    while (at(parser, '\n')) {
        step(parser);
        skipBlanks(parser);
    }
}

static char *
parseName(Parser *parser)
{
    const char *start = parser->next;

    if (atEnd(parser) || !g_ascii_isalpha(*parser->next)) {
        refuse(parser, "expected the name of a setting, which begins with a letter");
        return NULL;
    }
    while (!atEnd(parser) && (g_ascii_isalnum(*parser->next) || strchr("_.", *parser->next)))
        step(parser);
    return g_strndup(start, (gsize) (parser->next - start));
}

static Value *
newValue(const Parser *parser, Kind kind)
{
    Value *value = g_new0(Value, 1);

    value->kind = kind;
    value->line = parser->line;
    value->column = column(parser);
    return value;
}

static Value *
parseInteger(Parser *parser)
{
    g_autoptr(Value) value = newValue(parser, KIND_INTEGER);
    g_autofree char *digits = NULL;
    const char *start = parser->next;

    if (at(parser, '-') || at(parser, '+'))
        step(parser);
    while (!atEnd(parser) && g_ascii_isdigit(*parser->next))
        step(parser);
    digits = g_strndup(start, (gsize) (parser->next - start));
    if (!g_ascii_string_to_signed(*digits == '+' ? digits + 1 : digits, 10, G_MININT64, G_MAXINT64,
                                  &value->integer, NULL)) {
        refuseAt(parser, value->line, value->column,
                 "expected an integer of at most 64 bits");
        return NULL;
    }
    return g_steal_pointer(&value);
}

static bool
atTriple(const Parser *parser)
{
    return parser->end - parser->next >= 3 && memcmp(parser->next, "\"\"\"", 3) == 0;
}

static Value *
parseLongString(Parser *parser)
{
    g_autoptr(Value) value = newValue(parser, KIND_STRING);
    const char *start = parser->next += 3;

    while (!atEnd(parser) && !atTriple(parser))
        step(parser);
    if (atEnd(parser)) {
        refuseAt(parser, value->line, value->column, "this string is not ended by \"\"\"");
        return NULL;
    }
    value->string = g_strndup(start, (gsize) (parser->next - start));
    parser->next += 3;
    return g_steal_pointer(&value);
}

static Value *
parseString(Parser *parser)
{
    g_autoptr(Value) value = newValue(parser, KIND_STRING);
    char quote = *parser->next;
    const char *start = parser->next + 1;

    step(parser);
    while (!atEnd(parser) && *parser->next != quote && *parser->next != '\n')
        step(parser);
    if (!at(parser, quote)) {
        refuseAt(parser, value->line, value->column, "this string is not ended on its line");
        return NULL;
    }
    value->string = g_strndup(start, (gsize) (parser->next - start));
    step(parser);
    return g_steal_pointer(&value);
}

static Value *parseValue(Parser *parser, int depth);

static Value *
parseList(Parser *parser, int depth)
{
    g_autoptr(Value) list = newValue(parser, KIND_LIST);

    list->list = g_ptr_array_new_with_free_func(freeValue);
    if (depth >= MAX_DEPTH) {
        refuse(parser, "this list is nested too deeply");
        return NULL;
    }
    step(parser);
    skipLines(parser);
    while (!at(parser, ']')) {
        Value *value = parseValue(parser, depth + 1);

        if (!value)
            return NULL;
        g_ptr_array_add(list->list, value);
        skipLines(parser);
        if (at(parser, ',')) {
            step(parser);
            skipLines(parser);
        } else if (!at(parser, ']')) {
            if (atEnd(parser))
                refuseAt(parser, list->line, list->column, "this list is not ended by ]");
            else
                refuse(parser, "expected , or ] in a list");
            return NULL;
        }
    }
    step(parser);
    return g_steal_pointer(&list);
}

static Value *
parseValue(Parser *parser, int depth)
{
    if (!atEnd(parser)) {
        if (at(parser, '['))
            return parseList(parser, depth);
        if (atTriple(parser))
            return parseLongString(parser);
        if (at(parser, '"') || at(parser, '\''))
            return parseString(parser);
        if (g_ascii_isdigit(*parser->next) || at(parser, '-') || at(parser, '+'))
            return parseInteger(parser);
    }
    refuse(parser, "expected a value: an integer, a string in quotes, or a list in [ ]");
    return NULL;
}

static void
addSetting(virConfig *config, char *name, int line, int place, Value *value)
{
    Setting *setting = g_new0(Setting, 1);

    setting->name = name;
    setting->line = line;
    setting->column = place;
    setting->value = value;
    g_ptr_array_add(config->settings, setting);
}

static bool
parseSetting(Parser *parser, virConfig *config)
{
    int line = parser->line;
    int place = column(parser);
    g_autofree char *name = parseName(parser);
    g_autoptr(Value) value = NULL;

    if (!name)
        return false;
    skipBlanks(parser);
    if (!at(parser, '=')) {
        refuse(parser, "expected = after the name of a setting");
        return false;
    }
    step(parser);
    skipBlanks(parser);
    value = parseValue(parser, 0);
    if (!value)
        return false;
    skipBlanks(parser);
    if (at(parser, ';')) {
        step(parser);
    } else if (!atEnd(parser) && !at(parser, '\n')) {
        refuse(parser, "expected the end of the line after a value");
        return false;
    }
    addSetting(config, g_steal_pointer(&name), line, place, g_steal_pointer(&value));
    return true;
}

virConfig *
virConfigParse(const char *name, const char *text, size_t length, char **problem)
{
    g_autoptr(virConfig) config = g_new0(virConfig, 1);
    Parser parser = { .file = name, .next = text, .end = text + length, .line = 1,
                      .lineStart = text };
    const char *hole = memchr(text, '\0', length);

    config->file = g_strdup(name);
    config->settings = g_ptr_array_new_with_free_func(freeSetting);
    if (hole)
        parser.end = hole;
    for (skipLines(&parser); !atEnd(&parser); skipLines(&parser)) {
        if (!parseSetting(&parser, config))
            break;
    }
    if (!parser.problem && hole)
        refuse(&parser, "a byte of the value zero is no text");
    if (parser.problem) {
        *problem = parser.problem;
        return NULL;
    }
    return g_steal_pointer(&config);
}

virConfig *
virConfigLoad(const char *path, char **problem)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    if (!g_file_get_contents(path, &text, &length, &error)) {
        *problem = g_strdup_printf("%s: cannot be read: %s", path, g_strerror(errno));
        return NULL;
    }
    return virConfigParse(path, text, length, problem);
}

/* --- the readers ---------------------------------------------------------------------------- */

static const Setting *
find(const virConfig *config, const char *name)
{
    guint i;

    for (i = config->settings->len; i > 0; i--) {
        const Setting *setting = g_ptr_array_index(config->settings, i - 1);

        if (g_str_equal(setting->name, name))
            return setting;
    }
    return NULL;
}

static int
wrongValue(const virConfig *config, const Setting *setting, const Value *value,
           const char *expected, char **problem)
{
    *problem = g_strdup_printf("%s:%d:%d: expected %s for '%s'", config->file, value->line,
                               value->column, expected, setting->name);
    return -1;
}

int
virConfigGetString(const virConfig *config, const char *name, char **value, char **problem)
{
    const Setting *setting = find(config, name);

    if (!setting)
        return 0;
    if (setting->value->kind != KIND_STRING)
        return wrongValue(config, setting, setting->value, "a string", problem);
    *value = g_strdup(setting->value->string);
    return 1;
}

int
virConfigGetInteger(const virConfig *config, const char *name, gint64 low, gint64 high,
                    gint64 *value, char **problem)
{
    const Setting *setting = find(config, name);

    if (!setting)
        return 0;
    if (setting->value->kind != KIND_INTEGER || setting->value->integer < low ||
        setting->value->integer > high) {
        g_autofree char *expected = g_strdup_printf("an integer from %" G_GINT64_FORMAT
                                                    " to %" G_GINT64_FORMAT, low, high);

        return wrongValue(config, setting, setting->value, expected, problem);
    }
    *value = setting->value->integer;
    return 1;
}

int
virConfigGetBool(const virConfig *config, const char *name, bool *value, char **problem)
{
    const Setting *setting = find(config, name);

    if (!setting)
        return 0;
    if (setting->value->kind != KIND_INTEGER || setting->value->integer < 0 ||
        setting->value->integer > 1)
        return wrongValue(config, setting, setting->value, "0 or 1", problem);
    *value = setting->value->integer == 1;
    return 1;
}

int
virConfigGetStrings(const virConfig *config, const char *name, bool alone, GStrv *value,
                    char **problem)
{
    const Setting *setting = find(config, name);
    const char *expected = alone ? "a string or a list of strings" : "a list of strings";
    g_autoptr(GPtrArray) words = NULL;
    const Value *read;
    guint i;

    if (!setting)
        return 0;
    read = setting->value;
    words = g_ptr_array_new_with_free_func(g_free);
    if (alone && read->kind == KIND_STRING)
        g_ptr_array_add(words, g_strdup(read->string));
    else if (read->kind != KIND_LIST)
        return wrongValue(config, setting, read, expected, problem);
    for (i = 0; read->kind == KIND_LIST && i < read->list->len; i++) {
        const Value *one = g_ptr_array_index(read->list, i);

        if (one->kind != KIND_STRING) {
            wrongValue(config, setting, one, expected, problem);
            return -2;
        }
        g_ptr_array_add(words, g_strdup(one->string));
    }
    g_ptr_array_add(words, NULL);
    *value = (GStrv) g_ptr_array_free(g_steal_pointer(&words), /* free_segment= */ FALSE);
    return 1;
}

char *
virConfigPlace(const virConfig *config, const char *name)
{
    const Setting *setting = find(config, name);

    if (!setting)
        return NULL;
    return g_strdup_printf("%s:%d:%d", config->file, setting->value->line,
                           setting->value->column);
}

char *
virConfigUnknown(const virConfig *config, const char *const *known)
{
    guint i;

    for (i = 0; i < config->settings->len; i++) {
        const Setting *setting = g_ptr_array_index(config->settings, i);
        const char *near;

        if (g_strv_contains(known, setting->name))
            continue;
        near = virNearest(setting->name, known, g_strv_length((char **) known));
        return g_strdup_printf("%s:%d:%d: there is no setting '%s'%s%s%s", config->file,
                               setting->line, setting->column, setting->name,
                               near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    }
    return NULL;
}
