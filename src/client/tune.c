/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes parameters of the API from options, and shows parameters. */

#include "client/tune.h"

#include <errno.h>
#include <string.h>

#include "client/names.h"
#include "client/output.h"

static bool virshTuneWrong(virshControl *ctl, const virshTuned *tuned, const char *text)
{
    const char *sentence = tuned->negative && *text == '-' ? tuned->negative : tuned->wrong;
    g_autoptr(GString) said = g_string_new(sentence);

    if (sentence) {
        g_string_replace(said, "%s", text, 0);
        virshError(ctl, "%s", said->str);
    } else {
        virshError(ctl, tuned->scale ? "Scaled numeric value '%s' for <%s> option is malformed "
                                       "or out of range"
                                     : "Numeric value '%s' for <%s> option is malformed or out of range", text,
                   tuned->option);
    }
    return false;
}

/* A size with unit; any negative number stands for no limit. */
static bool virshTuneSize(const virshTuned *tuned, const char *text, unsigned long long *value)
{
    if (tuned->unlimited && *text == '-' && g_ascii_isdigit(text[1])) {
        *value = VIR_DOMAIN_MEMORY_PARAM_UNLIMITED;
        return true;
    }
    if (!virshSizeText(text, tuned->scale, value, NULL))
        return false;
    *value = *value / tuned->divide + (*value % tuned->divide != 0);
    return true;
}

static bool virshTuneWord(const virshTuned *tuned, const char *text, long long *value)
{
    g_auto(GStrv) words = g_strsplit(tuned->words, "|", -1);
    char *end = NULL;

    *value = virshWordIndex((const char *const *)words, text);
    if (*value >= 0)
        return true;
    *value = g_ascii_strtoll(text, &end, 10);
    return g_ascii_isdigit(*text) && !*end && *value < (long long)g_strv_length(words);
}

static bool virshTuneNumber(const virshTuned *tuned, const char *text, long long *value)
{
    char *end = NULL;

    errno = 0;
    *value = g_ascii_strtoll(text, &end, 10);
    if (errno || *end || !(g_ascii_isdigit(*text) || (*text == '-' && g_ascii_isdigit(text[1]))))
        return false;
    switch (tuned->type) {
    case VIR_TYPED_PARAM_INT:
        return *value >= G_MININT && *value <= G_MAXINT;
    case VIR_TYPED_PARAM_UINT:
        return *value >= 0 && *value <= G_MAXUINT;
    case VIR_TYPED_PARAM_ULLONG:
        return *value >= 0;
    }
    return true;
}

/* Adds one whole number as the type of the parameter. */
static bool virshTuneAdd(const virshTuned *tuned, const char *key, unsigned long long value,
                         virTypedParameterPtr *fields, int *count, int *room)
{
    switch ((virTypedParameterType)tuned->type) {
    case VIR_TYPED_PARAM_INT:
        return virTypedParamsAddInt(fields, count, room, key, (int)value) == 0;
    case VIR_TYPED_PARAM_UINT:
        return virTypedParamsAddUInt(fields, count, room, key, (unsigned int)value) == 0;
    case VIR_TYPED_PARAM_LLONG:
        return virTypedParamsAddLLong(fields, count, room, key, (long long)value) == 0;
    case VIR_TYPED_PARAM_ULLONG:
        return virTypedParamsAddULLong(fields, count, room, key, value) == 0;
    case VIR_TYPED_PARAM_BOOLEAN:
        return virTypedParamsAddBoolean(fields, count, room, key, value != 0) == 0;
    case VIR_TYPED_PARAM_DOUBLE:
    case VIR_TYPED_PARAM_STRING:
        break;
    }
    return false;
}

/* "1,2,3" as the keys inbound.average, inbound.peak, inbound.burst. */
static bool virshTuneParts(virshControl *ctl, const virshTuned *tuned, const char *text,
                           virTypedParameterPtr *fields, int *count, int *room)
{
    g_auto(GStrv) names = g_strsplit(tuned->parts, " ", -1);
    g_auto(GStrv) given = g_strsplit(text, ",", -1);
    size_t most = g_strv_length(names);

    if (g_strv_length(given) > most) {
        if (tuned->wrong && g_strv_length(given) == most + 1)
            return virshTuneWrong(ctl, tuned, text);
        virshError(ctl, "Rate string '%s' has too many fields", text);
        return false;
    }
    for (size_t i = 0; given[i]; i++) {
        g_autofree char *key = g_strdup_printf("%s.%s", tuned->key, names[i]);
        long long value;

        /* what is left out between two commas is zero */
        if (!virshTuneNumber(tuned, *given[i] ? given[i] : "0", &value)) {
            virshError(ctl, "field '%s' is malformed", names[i]);
            return false;
        }
        if (!virshTuneAdd(tuned, key, (unsigned long long)value, fields, count, room))
            return false;
    }
    return true;
}

static bool virshTuneOne(virshControl *ctl, const virshArguments *arguments,
                         const virshTuned *tuned, virTypedParameterPtr *fields, int *count,
                         int *room)
{
    const char *text = NULL;
    unsigned long long size = 0;
    long long value = 0;

    if (!virshString(ctl, arguments, tuned->option, &text))
        return false;
    if (!text)
        return true;
    if (tuned->parts)
        return virshTuneParts(ctl, tuned, text, fields, count, room);
    if (tuned->type == VIR_TYPED_PARAM_STRING)
        return virTypedParamsAddString(fields, count, room, tuned->key, text) == 0;
    if (tuned->scale) {
        if (!virshTuneSize(tuned, text, &size))
            return virshTuneWrong(ctl, tuned, text);
        return virshTuneAdd(tuned, tuned->key, size, fields, count, room);
    }
    if (tuned->words ? !virshTuneWord(tuned, text, &value) : !virshTuneNumber(tuned, text, &value))
        return virshTuneWrong(ctl, tuned, text);
    return virshTuneAdd(tuned, tuned->key, (unsigned long long)value, fields, count, room);
}

bool virshTuneCollect(virshControl *ctl, const virshArguments *arguments, const virshTuned *tuned,
                      size_t count, virTypedParameterPtr *fields, int *fieldCount)
{
    int room = 0;

    for (size_t i = 0; i < count; i++)
        if (!virshTuneOne(ctl, arguments, &tuned[i], fields, fieldCount, &room))
            return false;
    return true;
}

/* The word for the value of a field, NULL when there are none for it. */
static char *virshTuneSpelling(virTypedParameterPtr field, const virshTuned *tuned, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tuned[i].words && g_str_equal(tuned[i].key, field->field) &&
            field->type == VIR_TYPED_PARAM_INT) {
            g_auto(GStrv) words = g_strsplit(tuned[i].words, "|", -1);

            return g_strdup(virshWordAt((const char *const *)words, field->value.i));
        }
    return NULL;
}

bool virshTuneShow(virshControl *ctl, const virshArguments *arguments,
                   virTypedParameterPtr fields, int count, unsigned long long unlimited,
                   const virshTuned *tuned, size_t tunedCount)
{
    g_autoptr(virshReport) report = virshReportNew(ctl, arguments);

    virshReportRow(report);
    for (int i = 0; i < count; i++) {
        bool open = unlimited && fields[i].type == VIR_TYPED_PARAM_ULLONG &&
                    fields[i].value.ul == unlimited;

        g_autofree char *word = virshTuneSpelling(&fields[i], tuned, tunedCount);

        if (word)
            virshPutExtra(report, fields[i].field, word);
        else
            virshPutParameter(report, &fields[i], open ? "unlimited" : NULL);
    }
    return virshReportEnd(report);
}
