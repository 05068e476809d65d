/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed access to the options of one command line. */

#include "client/arguments.h"

#include <errno.h>
#include <string.h>

#include "client/output.h"

virshArguments *virshArgumentsNew(const virshCommand *command)
{
    virshArguments *arguments = g_new0(virshArguments, 1);

    arguments->command = command;
    arguments->values = g_new0(GPtrArray *, command->optionCount + 1);
    return arguments;
}

void virshArgumentsFree(virshArguments *arguments)
{
    while (arguments) {
        virshArguments *next = arguments->next;

        for (size_t i = 0; i < arguments->command->optionCount; i++)
            if (arguments->values[i])
                g_ptr_array_unref(arguments->values[i]);
        g_free(arguments->values);
        g_free(arguments);
        arguments = next;
    }
}

const GPtrArray *virshWords(const virshArguments *arguments, const char *name)
{
    for (size_t i = 0; i < arguments->command->optionCount; i++)
        if (g_str_equal(arguments->command->options[i].name, name))
            return arguments->values[i];
    return NULL;
}

bool virshFlag(const virshArguments *arguments, const char *name)
{
    return virshWords(arguments, name) != NULL;
}

bool virshAnyFlag(const virshArguments *arguments, const char *names)
{
    g_auto(GStrv) list = names ? g_strsplit(names, " ", -1) : NULL;

    for (size_t i = 0; list && list[i]; i++)
        if (*list[i] == '!' ? !virshFlag(arguments, list[i] + 1) : virshFlag(arguments, list[i]))
            return true;
    return !names;
}

const char *virshText(const virshArguments *arguments, const char *name)
{
    const GPtrArray *words = virshWords(arguments, name);

    return words ? g_ptr_array_index(words, 0) : NULL;
}

bool virshString(virshControl *ctl, const virshArguments *arguments, const char *name,
                 const char **value)
{
    const char *text = virshText(arguments, name);

    if (!text)
        return true;
    if (!*text) {
        virshError(ctl, "Failed to get option '%s': Option argument is empty", name);
        return false;
    }
    *value = text;
    return true;
}

bool virshLong(virshControl *ctl, const virshArguments *arguments, const char *name,
               long long *value)
{
    const char *text = virshText(arguments, name);
    char *end = NULL;
    long long number;

    if (!text)
        return true;
    errno = 0;
    number = g_ascii_strtoll(text, &end, 10);
    if (errno || end == text || *end || g_ascii_isspace(*text)) {
        virshError(ctl, "Numeric value '%s' for <%s> option is malformed or out of range", text,
                   name);
        return false;
    }
    for (size_t i = 0; i < arguments->command->optionCount; i++) {
        const virshOption *option = &arguments->command->options[i];

        if (!g_str_equal(option->name, name) || (!option->minimum && !option->maximum))
            continue;
        if (number < option->minimum || (option->maximum && number > option->maximum)) {
            virshError(ctl, "Numeric value '%s' for <%s> option is malformed or out of range",
                       text, name);
            return false;
        }
    }
    *value = number;
    return true;
}

bool virshInt(virshControl *ctl, const virshArguments *arguments, const char *name, int *value)
{
    long long number = *value;

    if (!virshLong(ctl, arguments, name, &number))
        return false;
    if (number < G_MININT || number > G_MAXINT) {
        virshError(ctl, "Numeric value '%s' for <%s> option is malformed or out of range",
                   virshText(arguments, name), name);
        return false;
    }
    *value = (int)number;
    return true;
}

bool virshUint(virshControl *ctl, const virshArguments *arguments, const char *name,
               unsigned int *value)
{
    long long number = *value;

    if (!virshLong(ctl, arguments, name, &number))
        return false;
    if (number < 0 || number > G_MAXUINT) {
        virshError(ctl, "Numeric value '%s' for <%s> option is malformed or out of range",
                   virshText(arguments, name), name);
        return false;
    }
    *value = (unsigned int)number;
    return true;
}

bool virshUlong(virshControl *ctl, const virshArguments *arguments, const char *name,
                unsigned long long *value)
{
    const char *text = virshText(arguments, name);
    char *end = NULL;
    unsigned long long number;

    if (!text)
        return true;
    errno = 0;
    number = g_ascii_strtoull(text, &end, 10);
    if (errno || !g_ascii_isdigit(*text) || *end) {
        virshError(ctl, "Numeric value '%s' for <%s> option is malformed or out of range", text,
                   name);
        return false;
    }
    *value = number;
    return true;
}

/* Bytes in one unit: "", b, k, KiB, KB, M, ...; zero when the suffix is unknown. */
static unsigned long long virshUnit(const char *suffix, unsigned long long scale)
{
    static const char letters[] = "kmgtpe";
    const char *at;
    unsigned long long base;
    unsigned long long unit = 1;

    if (!*suffix)
        return scale;
    if (g_ascii_strcasecmp(suffix, "b") == 0 || g_ascii_strcasecmp(suffix, "byte") == 0 ||
        g_ascii_strcasecmp(suffix, "bytes") == 0)
        return 1;
    at = strchr(letters, g_ascii_tolower(*suffix));
    if (!at)
        return 0;
    if (!suffix[1] || g_ascii_strcasecmp(suffix + 1, "ib") == 0)
        base = 1024;
    else if (g_ascii_strcasecmp(suffix + 1, "b") == 0)
        base = 1000;
    else
        return 0;
    for (const char *power = letters; power <= at; power++)
        unit *= base;
    return unit;
}

bool virshSizeText(const char *text, unsigned long long scale, unsigned long long *bytes,
                   const char **suffix)
{
    char *end = NULL;
    unsigned long long number;
    unsigned long long unit;

    errno = 0;
    number = g_ascii_strtoull(text, &end, 10);
    if (!g_ascii_isdigit(*text) || errno)
        return false;
    unit = virshUnit(end, scale);
    if (!unit && suffix)
        *suffix = end;
    if (!unit || number > G_MAXUINT64 / unit)
        return false;
    *bytes = number * unit;
    return true;
}

bool virshSize(virshControl *ctl, const virshArguments *arguments, const char *name,
               unsigned long long scale, unsigned long long *bytes)
{
    const char *text = virshText(arguments, name);

    if (!text)
        return true;
    if (!virshSizeText(text, scale, bytes, NULL)) {
        virshError(ctl, "Scaled numeric value '%s' for <%s> option is malformed or out of range",
                   text, name);
        return false;
    }
    return true;
}

bool virshWordBits(virshControl *ctl, const virshArguments *arguments, const char *name,
                   const char *words, unsigned int first, const char *wrong, unsigned int *flags)
{
    g_auto(GStrv) known = g_strsplit(words, "|", -1);
    g_auto(GStrv) given = NULL;
    const char *text = NULL;

    if (!virshString(ctl, arguments, name, &text))
        return false;
    given = g_strsplit(text ? text : "", ",", -1);
    for (size_t i = 0; given[i]; i++) {
        unsigned int bit = first;
        size_t k = 0;

        for (; known[k] && !g_str_equal(known[k], given[i]); k++)
            bit <<= 1;
        if (!known[k]) {
            g_autoptr(GString) said = g_string_new(wrong);

            g_string_replace(said, "%s", given[i], 0);
            virshError(ctl, "%s", said->str);
            return false;
        }
        *flags |= bit;
    }
    return true;
}

unsigned int virshOptionBits(const virshArguments *arguments, const virshOptionBit *bits,
                             size_t count)
{
    unsigned int flags = 0;

    for (size_t i = 0; i < count; i++)
        if (virshFlag(arguments, bits[i].option))
            flags |= bits[i].bit;
    return flags;
}

char *virshRest(const virshArguments *arguments, const char *name)
{
    const GPtrArray *words = virshWords(arguments, name);
    GString *out;

    if (!words)
        return NULL;
    out = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(out, "%s%s", i ? " " : "",
                               (const char *)g_ptr_array_index(words, i));
    return g_string_free(out, /* free_segment= */ FALSE);
}

const virshOption *virshOptionOf(const virshCommand *command, const char *name)
{
    for (size_t i = 0; i < command->optionCount; i++)
        if (g_str_equal(command->options[i].name, name))
            return &command->options[i];
    return NULL;
}

static void virshSayRequired(virshControl *ctl, const virshPair *pair)
{
    g_auto(GStrv) needed = g_strsplit(pair->second, " ", 2);

    if (pair->wrong)
        virshError(ctl, "%s", pair->wrong);
    else if (needed[1])
        virshError(ctl, "One of options --%s or --%s is required by option --%s", needed[0],
                   needed[1], pair->first);
    else
        virshError(ctl, "Option --%s is required by option --%s", pair->second, pair->first);
}

bool virshArgumentsCheck(virshControl *ctl, const virshArguments *arguments)
{
    const virshCommand *command = arguments->command;

    for (size_t i = 0; i < command->exclusiveCount; i++) {
        const virshPair *pair = &command->exclusive[i];

        if (!virshFlag(arguments, pair->first) || !virshFlag(arguments, pair->second))
            continue;
        if (pair->wrong)
            virshError(ctl, "%s", pair->wrong);
        else
            virshError(ctl, "Options --%s and --%s are mutually exclusive", pair->first,
                       pair->second);
        return false;
    }
    for (size_t i = 0; i < command->requiresCount; i++) {
        const virshPair *pair = &command->requires[i];

        if (!virshFlag(arguments, pair->first) || virshAnyFlag(arguments, pair->second))
            continue;
        virshSayRequired(ctl, pair);
        return false;
    }
    return true;
}

bool virshAffect(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                 unsigned int *flags)
{
    if (virshFlag(arguments, "config"))
        *flags |= VIR_DOMAIN_AFFECT_CONFIG;
    if (virshFlag(arguments, "live"))
        *flags |= VIR_DOMAIN_AFFECT_LIVE;
    if (virshFlag(arguments, "persistent")) {
        int active = domain ? virDomainIsActive(domain) : 0;

        if (active < 0) {
            virshError(ctl, "Failed to find out whether the domain is running");
            return false;
        }
        *flags |= VIR_DOMAIN_AFFECT_CONFIG;
        if (active)
            *flags |= VIR_DOMAIN_AFFECT_LIVE;
    }
    return true;
}
