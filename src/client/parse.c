/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Splits lines into words, binds words to options, runs what came out. */

#include "client/parse.h"

#include <string.h>

#include "client/help.h"
#include "client/output.h"
#include "client/program.h"

static void virshTokenClear(gpointer token)
{
    g_free(((virshToken *)token)->text);
}

static void virshTokenAdd(GArray *tokens, char *text)
{
    virshToken token = { text };

    g_array_append_val(tokens, token);
}

/* Reads one word that starts at `*line`; returns NULL when a double quote or escape is open. */
static GString *virshWord(const char **line, bool open, const char **problem)
{
    GString *word = g_string_new(NULL);
    const char *at = *line;
    char quote = 0;

    for (; *at; at++) {
        if (!quote && (g_ascii_isspace(*at) || *at == ';'))
            break;
        if (*at == quote) {
            quote = 0;
        } else if (!quote && (*at == '\'' || *at == '"')) {
            quote = *at;
        } else if (*at == '\\' && quote != '\'') {
            if (!at[1]) {
                if (!open)
                    *problem = "dangling \\";
                break;
            }
            g_string_append_c(word, *++at);
        } else {
            g_string_append_c(word, *at);
        }
    }
    /* an open single quote reaches to the end of the line, as it always did */
    if (quote == '"' && !open)
        *problem = "missing \"";
    if (*problem) {
        g_string_free(word, /* free_segment= */ TRUE);
        return NULL;
    }
    *line = *at == '\\' ? at + 1 : at;
    return word;
}

GArray *virshTokenize(const char *line, bool open, const char **problem)
{
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(virshToken));

    g_array_set_clear_func(tokens, virshTokenClear);
    *problem = NULL;
    while (*line) {
        if (*line == ';' || *line == '\n') {
            virshTokenAdd(tokens, NULL);
            line++;
        } else if (g_ascii_isspace(*line)) {
            line++;
        } else if (*line == '#') {
            line += strcspn(line, "\n");
        } else {
            GString *word = virshWord(&line, open, problem);

            if (!word)
                return NULL;
            virshTokenAdd(tokens, g_string_free(word, /* free_segment= */ FALSE));
        }
    }
    virshTokenAdd(tokens, NULL);
    return g_steal_pointer(&tokens);
}

const virshCommand *virshFindCommand(const char *name)
{
    for (size_t g = 0; g < virshGroupCount; g++)
        for (size_t i = 0; i < virshGroups[g].count; i++)
            if (g_str_equal(virshGroups[g].commands[i].name, name))
                return &virshGroups[g].commands[i];
    return NULL;
}

static void virshStore(virshArguments *arguments, size_t index, const char *text)
{
    if (!arguments->values[index])
        arguments->values[index] = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(arguments->values[index], g_strdup(text));
}

static const char *virshLabel(const virshOption *option)
{
    switch (option->kind) {
    case VIRSH_KIND_INT:
    case VIRSH_KIND_UINT:
    case VIRSH_KIND_ULONG:
    case VIRSH_KIND_SIZE:
        return "number";
    case VIRSH_KIND_FLAG:
    case VIRSH_KIND_STRING:
    case VIRSH_KIND_ENUM:
    case VIRSH_KIND_FILE:
    case VIRSH_KIND_OBJECT:
    case VIRSH_KIND_REST:
        break;
    }
    return "string";
}

/* Binds `--name`, `--name=value` or `--name value`; `*used` counts the extra word it took. */
static bool virshBindOption(virshControl *ctl, virshArguments *arguments, const char *word,
                            const char *following, size_t *used)
{
    const virshCommand *command = arguments->command;
    const char *value = strchr(word, '=');
    g_autofree char *name = value ? g_strndup(word, value - word) : g_strdup(word);

    if (value)
        value++;
    if (g_str_equal(name, "help") && !value) {
        arguments->help = true;
        return true;
    }
    for (size_t i = 0; i < command->optionCount; i++) {
        const virshOption *option = &command->options[i];

        if (!g_str_equal(option->name, name))
            continue;
        if (arguments->values[i] && option->kind != VIRSH_KIND_REST) {
            virshError(ctl, "option --%s already seen", name);
            return false;
        }
        if (option->kind == VIRSH_KIND_FLAG) {
            if (value) {
                virshError(ctl, "invalid '=' after option --%s", name);
                return false;
            }
            virshStore(arguments, i, "");
            return true;
        }
        if (!value) {
            value = following;
            *used = 1;
        }
        if (!value) {
            virshError(ctl, "expected syntax: --%s <%s>", name, virshLabel(option));
            return false;
        }
        virshStore(arguments, i, value);
        return true;
    }
    virshError(ctl, "command '%s' doesn't support option --%s", command->name, name);
    return false;
}

static bool virshBindData(virshControl *ctl, virshArguments *arguments, const char *word)
{
    const virshCommand *command = arguments->command;

    for (size_t i = 0; i < command->optionCount; i++) {
        const virshOption *option = &command->options[i];

        if (option->flags & VIRSH_OPTION_NAMED)
            continue;
        if (arguments->values[i] && option->kind != VIRSH_KIND_REST)
            continue;
        virshStore(arguments, i, word);
        return true;
    }
    virshError(ctl, "unexpected data '%s'", word);
    return false;
}

static void virshComplain(virshControl *ctl, const virshCommand *command,
                          const virshOption *option)
{
    if (g_str_equal(virshLabel(option), "number") || (option->flags & VIRSH_OPTION_NAMED))
        virshError(ctl, "command '%s' requires --%s option", command->name, option->name);
    else
        virshError(ctl, "command '%s' requires <%s> option", command->name, option->name);
}

/* Whether everything is there that the command requires; names all that is not. */
static bool virshHasRequired(virshControl *ctl, const virshArguments *arguments)
{
    const virshCommand *command = arguments->command;
    bool complete = true;

    for (size_t i = 0; i < command->optionCount; i++) {
        if (!(command->options[i].flags & VIRSH_OPTION_REQUIRED) || arguments->values[i])
            continue;
        virshComplain(ctl, command, &command->options[i]);
        complete = false;
    }
    return complete;
}

/* Binds one command: words[0] is its name. Returns NULL after reporting what is wrong. */
static virshArguments *virshBind(virshControl *ctl, char **words, size_t count)
{
    const virshCommand *command = virshFindCommand(words[0]);
    g_autoptr(virshArguments) arguments = NULL;
    bool data = false;

    if (!command) {
        virshError(ctl, "unknown command: '%s'", words[0]);
        return NULL;
    }
    arguments = virshArgumentsNew(command);
    for (size_t i = 1; i < count && !arguments->help; i++) {
        const char *word = words[i];
        size_t used = 0;

        if (!data && g_str_equal(word, "--")) {
            data = true;
        } else if (!data && g_str_has_prefix(word, "--") && g_ascii_isalnum(word[2])) {
            if (!virshBindOption(ctl, arguments, word + 2, i + 1 < count ? words[i + 1] : NULL,
                                 &used))
                return NULL;
            i += used;
        } else if (!virshBindData(ctl, arguments, word)) {
            return NULL;
        }
    }
    if (!arguments->help && !virshHasRequired(ctl, arguments))
        return NULL;
    return g_steal_pointer(&arguments);
}

bool virshParseWords(virshControl *ctl, char **words, size_t count, virshArguments **commands)
{
    *commands = count ? virshBind(ctl, words, count) : NULL;
    return !count || *commands;
}

bool virshParseLine(virshControl *ctl, const char *line, virshArguments **commands)
{
    const char *problem = NULL;
    g_autoptr(GArray) tokens = virshTokenize(line, /* open= */ false, &problem);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autoptr(virshArguments) first = NULL;
    virshArguments **tail = &first;

    if (!tokens) {
        virshError(ctl, "%s", problem);
        return false;
    }
    for (guint i = 0; i < tokens->len; i++) {
        char *text = g_array_index(tokens, virshToken, i).text;

        if (text) {
            g_ptr_array_add(words, text);
        } else if (words->len) {
            *tail = virshBind(ctl, (char **)words->pdata, words->len);
            if (!*tail)
                return false;
            tail = &(*tail)->next;
            g_ptr_array_set_size(words, 0);
        }
    }
    *commands = g_steal_pointer(&first);
    return true;
}

static bool virshRunOne(virshControl *ctl, const virshArguments *arguments)
{
    const virshCommand *command = arguments->command;

    if (arguments->help)
        return virshHelpCommand(ctl, command);
    if (!virshArgumentsCheck(ctl, arguments))
        return false;
    if (!(command->flags & VIRSH_COMMAND_OFFLINE) && !virshConnected(ctl))
        return false;
    return command->hook(ctl, arguments);
}

bool virshRun(virshControl *ctl, const virshArguments *commands)
{
    bool success = true;

    for (; commands && !ctl->quit; commands = commands->next) {
        gint64 before = g_get_monotonic_time();

        virshForgetFailure(ctl);
        success = virshRunOne(ctl, commands);
        if (ctl->quit || (commands->command->flags & VIRSH_COMMAND_HIDDEN))
            break;
        if (!success)
            virshReportFailure(ctl);
        if (ctl->timing)
            virshPrint(ctl, "\n(Time: %.3f ms)\n\n",
                       (double)(g_get_monotonic_time() - before) / 1000.0);
        else
            virshExtra(ctl, "\n");
        fflush(stdout);
    }
    return success;
}
