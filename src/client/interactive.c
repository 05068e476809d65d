/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The prompt, and the commands that only make sense at it. */

#include "client/interactive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/commands.h"
#include "client/line.h"
#include "client/output.h"
#include "client/parse.h"
#include "client/program.h"

bool virshInteract(virshControl *ctl)
{
    g_autofree char *prompt = g_strdup_printf("%s %c ", virshProgramName,
                                              ctl->readonly ? '>' : '#');

    ctl->interactive = true;
    virshExtra(ctl, "Welcome to %s, the %s interactive terminal.\n\n"
                    "Type:  'help' for help with commands\n"
                    "       'quit' to quit\n\n",
               virshProgramName, ctl->connection ? "virtualization"
                                                 : "administrating virtualization");
    virshLineOpen(ctl);
    while (!ctl->quit) {
        char *line = virshLineRead(ctl, prompt);
        g_autoptr(virshArguments) commands = NULL;

        if (!line)
            break;
        virshLineRemember(line);
        if (virshParseLine(ctl, line, &commands) && commands)
            virshRun(ctl, commands);
        free(line);
    }
    virshLineClose();
    /* the next prompt, ours or the login shell's, starts on a line of its own */
    fputc('\n', stdout);
    return true;
}

bool shellQuit(virshControl *ctl, const virshArguments *arguments G_GNUC_UNUSED)
{
    ctl->quit = true;
    return true;
}

bool shellExit(virshControl *ctl, const virshArguments *arguments)
{
    return shellQuit(ctl, arguments);
}

bool shellCd(virshControl *ctl, const virshArguments *arguments)
{
    const char *folder = NULL;

    if (!ctl->interactive) {
        virshError(ctl, "cd: command valid only in interactive mode");
        return false;
    }
    if (!virshString(ctl, arguments, "dir", &folder))
        return false;
    if (!folder)
        folder = g_get_home_dir();
    if (chdir(folder) < 0) {
        virshError(ctl, "cd: %s: %s", g_strerror(errno), folder);
        return false;
    }
    return true;
}

bool shellPwd(virshControl *ctl, const virshArguments *arguments G_GNUC_UNUSED)
{
    g_autofree char *folder = g_get_current_dir();

    virshPrint(ctl, "%s\n", folder);
    return true;
}

/* One word the way a POSIX shell needs it quoted; plain words stay as they are. */
static void virshQuote(GString *out, const char *word)
{
    const char *at = word;

    while (g_ascii_isalnum(*at) || (*at && strchr("@%_-+=:,./", *at)))
        at++;
    if (*word && !*at) {
        g_string_append(out, word);
        return;
    }
    g_string_append_c(out, '\'');
    for (at = word; *at; at++) {
        if (*at == '\'')
            g_string_append(out, "'\\''");
        else
            g_string_append_c(out, *at);
    }
    g_string_append_c(out, '\'');
}

/* The pieces between commas, each on a line; a doubled comma is one comma of a piece. */
static void virshSplit(GString *out, const char *word)
{
    for (; *word; word++) {
        if (*word == ',' && word[1] == ',')
            g_string_append_c(out, *word++);
        else
            g_string_append_c(out, *word == ',' ? '\n' : *word);
    }
    g_string_append_c(out, '\n');
}

bool shellEcho(virshControl *ctl, const virshArguments *arguments)
{
    const GPtrArray *words = virshWords(arguments, "string");
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; words && i < words->len; i++) {
        g_autoptr(GString) text = g_string_new(NULL);

        if (virshFlag(arguments, "xml")) {
            g_autofree char *escaped = g_markup_escape_text(g_ptr_array_index(words, i), -1);

            g_string_append(text, escaped);
            g_string_replace(text, "&#39;", "&apos;", 0);
        } else {
            g_string_append(text, g_ptr_array_index(words, i));
        }
        if (i)
            g_string_append_c(out, ' ');
        if (virshFlag(arguments, "shell"))
            virshQuote(out, text->str);
        else if (virshFlag(arguments, "split"))
            virshSplit(out, text->str);
        else
            g_string_append(out, text->str);
    }
    if (virshFlag(arguments, "err"))
        virshError(ctl, "%s", out->str);
    else
        virshPrint(ctl, "%s", out->str);
    return true;
}
