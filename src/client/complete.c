/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completes commands, options, choices and the names of objects. */

#include "client/complete.h"

#include <string.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/completers.h"
#include "client/output.h"
#include "client/parse.h"
#include "client/program.h"

void virshOfferWords(GPtrArray *found, const char *prefix, const char *words)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    const char *comma = strrchr(prefix, ',');
    size_t before = comma ? (size_t)(comma - prefix) + 1 : 0;

    for (size_t i = 0; list[i]; i++)
        if (g_str_has_prefix(list[i], prefix + before))
            g_ptr_array_add(found, g_strdup_printf("%.*s%s", (int)before, prefix, list[i]));
}

void virshOffer(GPtrArray *found, const char *prefix, const char *word)
{
    if (word && g_str_has_prefix(word, prefix))
        g_ptr_array_add(found, g_strdup(word));
}

static void virshOfferCommands(GPtrArray *found, const char *prefix, bool groups)
{
    for (size_t g = 0; g < virshGroupCount; g++) {
        if (groups)
            virshOffer(found, prefix, virshGroups[g].name);
        for (size_t i = 0; i < virshGroups[g].count; i++)
            if (!(virshGroups[g].commands[i].flags & VIRSH_COMMAND_HIDDEN))
                virshOffer(found, prefix, virshGroups[g].commands[i].name);
    }
}

/* The options that the finished words give, as far as they make sense; the rest is left out. */
static virshArguments *virshArgumentsFor(const virshCommand *command, char **words, size_t count)
{
    virshArguments *arguments = virshArgumentsNew(command);

    for (size_t i = 1; i < count; i++) {
        bool named = g_str_has_prefix(words[i], "--");
        const char *equal = named ? strchr(words[i], '=') : NULL;
        g_autofree char *name = named ? g_strndup(words[i] + 2, strcspn(words[i] + 2, "=")) : NULL;
        const char *value = equal ? equal + 1 : words[i];

        for (size_t o = 0; o < command->optionCount; o++) {
            const virshOption *option = &command->options[o];

            if (named ? !g_str_equal(option->name, name)
                      : (option->flags & VIRSH_OPTION_NAMED) || arguments->values[o])
                continue;
            if (named && option->kind == VIRSH_KIND_FLAG)
                value = "";
            else if (named && !equal)
                value = ++i < count ? words[i] : NULL;
            if (value && !arguments->values[o]) {
                arguments->values[o] = g_ptr_array_new_with_free_func(g_free);
                g_ptr_array_add(arguments->values[o], g_strdup(value));
            }
            break;
        }
    }
    return arguments;
}

static void virshOfferValue(virshControl *ctl, GPtrArray *found, const char *prefix,
                            const virshCommand *command, const virshOption *option,
                            char **words, size_t count)
{
    g_autoptr(virshArguments) arguments = NULL;

    if (option->choices) {
        g_auto(GStrv) choices = g_strsplit(option->choices, " ", -1);

        for (size_t i = 0; choices[i]; i++)
            virshOffer(found, prefix, choices[i]);
    }
    if (g_str_equal(command->name, "help"))
        virshOfferCommands(found, prefix, /* groups= */ true);
    if ((!option->object && !option->complete) || !virshConnected(ctl))
        return;
    arguments = virshArgumentsFor(command, words, count);
    if (option->complete)
        option->complete(ctl, arguments, found, prefix);
    if (option->object)
        virshOfferObjects(ctl, arguments, found, prefix, option);
}

/* Marks the options that the finished words use; returns the one that waits for its value. */
static const virshOption *virshScan(const virshCommand *command, char **words, size_t count,
                                    bool *seen, bool *data)
{
    for (size_t i = 1; i < count; i++) {
        const virshOption *option = NULL;

        if (!*data && g_str_equal(words[i], "--")) {
            *data = true;
        } else if (!*data && g_str_has_prefix(words[i], "--")) {
            g_autofree char *name = g_strndup(words[i] + 2, strcspn(words[i] + 2, "="));

            option = virshOptionOf(command, name);
            if (!option)
                continue;
            seen[option - command->options] = true;
            if (option->kind == VIRSH_KIND_FLAG || strchr(words[i], '='))
                continue;
            if (++i == count)
                return option;
        } else {
            for (size_t o = 0; o < command->optionCount && !option; o++)
                if (!(command->options[o].flags & VIRSH_OPTION_NAMED) && !seen[o])
                    option = &command->options[o];
            if (option && option->kind != VIRSH_KIND_REST)
                seen[option - command->options] = true;
        }
    }
    return NULL;
}

static void virshCompleteOption(virshControl *ctl, GPtrArray *found, const virshCommand *command,
                                char **words, size_t count, const char *prefix)
{
    g_autofree bool *seen = g_new0(bool, command->optionCount + 1);
    bool data = false;
    const virshOption *waiting = virshScan(command, words, count, seen, &data);

    if (waiting) {
        virshOfferValue(ctl, found, prefix, command, waiting, words, count);
        return;
    }
    if (!data && *prefix == '-') {
        for (size_t i = 0; i < command->optionCount; i++) {
            g_autofree char *word = g_strdup_printf("--%s", command->options[i].name);

            if (!seen[i])
                virshOffer(found, prefix, word);
        }
        virshOffer(found, prefix, "--help");
        return;
    }
    for (size_t i = 0; i < command->optionCount; i++)
        if (!(command->options[i].flags & VIRSH_OPTION_NAMED) && !seen[i]) {
            virshOfferValue(ctl, found, prefix, command, &command->options[i], words, count);
            return;
        }
}

GPtrArray *virshComplete(virshControl *ctl, char **words, size_t count, const char *prefix)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    const virshCommand *command;

    if (!count) {
        virshOfferCommands(found, prefix, /* groups= */ false);
        return found;
    }
    command = virshFindCommand(words[0]);
    /* whoever asks for candidates does not want to hear why there are none */
    ctl->silent = true;
    if (command)
        virshCompleteOption(ctl, found, command, words, count, prefix);
    ctl->silent = false;
    virshForgetFailure(ctl);
    return found;
}

bool shellComplete(virshControl *ctl, const virshArguments *arguments)
{
    const GPtrArray *words = virshWords(arguments, "string");
    g_autoptr(GPtrArray) found = NULL;

    ctl->completed = true;
    if (!words)
        return true;
    found = virshComplete(ctl, (char **)words->pdata, words->len - 1,
                          g_ptr_array_index(words, words->len - 1));
    for (guint i = 0; i < found->len; i++)
        virshPrint(ctl, "%s\n", (const char *)g_ptr_array_index(found, i));
    return true;
}
