/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The shell: reads the program's own options, then runs a command line or a conversation. */

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "client/help.h"
#include "client/interactive.h"
#include "client/loop.h"
#include "client/output.h"
#include "client/parse.h"
#include "client/program.h"

enum { VIRSH_DEBUG_MAX = 4 };

/* The program's own options, as getopt_long() wants them. */
typedef struct {
    GArray *words;    /* of struct option, with an empty one at the end */
    GString *letters;
} virshOptionTable;

/* The option that has no letter. */
enum { VIRSH_OPTION_NO_AGENT = 0x100 };

static void virshOptionTableFill(virshOptionTable *table)
{
    table->words = g_array_new(/* zero_terminated= */ TRUE, /* clear= */ TRUE,
                               sizeof(struct option));
    table->letters = g_string_new("+:V");
    for (size_t i = 0; i < virshGlobalCount; i++) {
        const virshGlobal *global = &virshGlobals[i];
        struct option option = { global->name, no_argument, NULL,
                                 global->letter ? global->letter : VIRSH_OPTION_NO_AGENT };

        if (global->value)
            option.has_arg = global->optional ? optional_argument : required_argument;
        g_array_append_val(table->words, option);
        if (global->letter)
            g_string_append_printf(table->letters, "%c%s", global->letter,
                                   option.has_arg == required_argument ? ":" : "");
    }
}

static void virshOptionTableClear(virshOptionTable *table)
{
    g_array_unref(table->words);
    g_string_free(table->letters, /* free_segment= */ TRUE);
}

static void virshShowVersion(virshControl *ctl, bool full)
{
    unsigned long version = 0;

    virGetVersion(&version, NULL, NULL);
    if (full)
        virshPrint(ctl, "%s command line tool of libvirt ", virshProgramTitle);
    virshPrint(ctl, "%lu.%lu.%lu\n", version / 1000000, version / 1000 % 1000, version % 1000);
}

/* The escape of a console: one character, or "^X" for a control character. */
static bool virshSetEscape(virshControl *ctl, const char *text)
{
    bool control = text[0] == '^' && text[1] && !text[2];

    if (control && (g_ascii_isupper(text[1]) || strchr("@[\\]^_", text[1]))) {
        ctl->escape = text[1] & 0x1f;
        return true;
    }
    if (text[0] && text[0] != '^' && !text[1]) {
        ctl->escape = text[0];
        return true;
    }
    virshError(ctl, "Invalid string '%s' for escape sequence", text);
    return false;
}

static bool virshSetDebug(virshControl *ctl, const char *text)
{
    char *end = NULL;
    long level;

    errno = 0;
    level = strtol(text, &end, 10);
    if (errno || end == text || *end) {
        virshError(ctl, "option %s takes a numeric argument", "-d");
        return false;
    }
    if (level < 0 || level > VIRSH_DEBUG_MAX)
        virshError(ctl, "ignoring debug level %ld out of range [0-%d]", level, VIRSH_DEBUG_MAX);
    else
        ctl->debug = (int)level;
    return true;
}

static bool virshSetKeepalive(virshControl *ctl, int letter, const char *text, int *value)
{
    char *end = NULL;
    long number;

    errno = 0;
    number = strtol(text, &end, 10);
    if (errno || end == text || *end || number > G_MAXINT) {
        virshError(ctl, "Invalid value for option -%c", letter);
        return false;
    }
    if (number < 0) {
        virshError(ctl, "option -%c requires a positive integer argument", letter);
        return false;
    }
    *value = (int)number;
    return true;
}

static bool virshSetLog(virshControl *ctl, const char *path)
{
    FILE *log = fopen(path, "ae");

    if (!log) {
        virshError(ctl, "failed to open the log file '%s': %s", path, g_strerror(errno));
        return false;
    }
    if (ctl->log)
        fclose(ctl->log);
    ctl->log = log;
    return true;
}

static void virshBadOption(virshControl *ctl, int found, char **argv)
{
    const char *name = NULL;

    for (size_t i = 0; i < virshGlobalCount; i++)
        if (virshGlobals[i].letter == optopt)
            name = virshGlobals[i].name;
    if (found == ':' && name)
        virshError(ctl, "option '-%c'/'--%s' requires an argument", optopt, name);
    else if (optopt)
        virshError(ctl, "unsupported option '-%c'. See --help.", optopt);
    else
        virshError(ctl, "unsupported option '%s'. See --help.", argv[optind - 1]);
}

/* What one option asks for; false ends the program at once, with `*status`. */
static bool virshObey(virshControl *ctl, int letter, char **argv, int *status)
{
    bool good = true;

    switch (letter) {
    case 'c':
        g_free(ctl->uri);
        ctl->uri = g_strdup(optarg);
        ctl->named = true;
        break;
    case 'd':
        good = virshSetDebug(ctl, optarg);
        break;
    case 'e':
        good = virshSetEscape(ctl, optarg);
        break;
    case 'h':
        virshHelpGlobal(ctl);
        return false;
    case 'k':
        good = virshSetKeepalive(ctl, letter, optarg, &ctl->keepaliveInterval);
        break;
    case 'K':
        good = virshSetKeepalive(ctl, letter, optarg, &ctl->keepaliveCount);
        break;
    case 'l':
        good = virshSetLog(ctl, optarg);
        break;
    case VIRSH_OPTION_NO_AGENT:
        ctl->noAgent = true;
        break;
    case 'q':
        ctl->quiet = true;
        break;
    case 'r':
        ctl->readonly = true;
        break;
    case 't':
        ctl->timing = true;
        break;
    case 'v':
    case 'V':
        virshShowVersion(ctl, letter == 'V' || g_strcmp0(optarg, "long") == 0);
        return false;
    default:
        virshBadOption(ctl, letter, argv);
        good = false;
    }
    if (!good)
        *status = EXIT_FAILURE;
    return good;
}

/* Returns false to end the program at once, with `*status`. */
static bool virshOptions(virshControl *ctl, int argc, char **argv, int *status)
{
    virshOptionTable table;
    bool good = true;
    int letter;

    *status = EXIT_SUCCESS;
    opterr = 0;
    virshOptionTableFill(&table);
    while (good && (letter = getopt_long(argc, argv, table.letters->str,
                                         (const struct option *)(void *)table.words->data,
                                         NULL)) != -1)
        good = virshObey(ctl, letter, argv, status);
    virshOptionTableClear(&table);
    return good;
}

/* One word is a whole command string; several words are one command. */
static bool virshNeedConnection(const virshArguments *commands)
{
    for (; commands; commands = commands->next)
        if (!commands->help && !(commands->command->flags & VIRSH_COMMAND_OFFLINE))
            return true;
    return false;
}

static bool virshBatch(virshControl *ctl, char **words, size_t count)
{
    g_autoptr(virshArguments) commands = NULL;
    bool good = count == 1 ? virshParseLine(ctl, words[0], &commands)
                           : virshParseWords(ctl, words, count, &commands);

    if (!good || !commands)
        return good && *words[0] != '\0';
    /* a connection that was named is there for all commands, or for none */
    if (ctl->named && virshNeedConnection(commands) && !virshConnected(ctl)) {
        virshReportFailure(ctl);
        return false;
    }
    return virshRun(ctl, commands);
}

static void virshEnvironment(virshControl *ctl)
{
    const char *debug = virshVariable("DEBUG");
    const char *uri = virshVariable("DEFAULT_CONNECT_URI");
    const char *log = virshVariable("LOG_FILE");

    ctl->debug = VIRSH_DEBUG_MAX;
    ctl->escape = 0x1d;
    ctl->keepaliveInterval = 5;
    ctl->keepaliveCount = 6;
    if (debug)
        virshSetDebug(ctl, debug);
    if (uri)
        ctl->uri = g_strdup(uri);
    if (log)
        virshSetLog(ctl, log);
}

/* Who completes a word waits for it, and the memory of thousands of objects is given back by the end of the process in
 * no time; only who looks for leaks wants to see it given back piece by piece. */
#ifndef __has_feature
# define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
static const bool closesAll = true;
#else
static const bool closesAll = false;
#endif

int main(int argc, char **argv)
{
    virshControl ctl = { 0 };
    int status = EXIT_SUCCESS;
    bool good = true;

    setlocale(LC_ALL, "");
    virshEnvironment(&ctl);
    if (!virshOptions(&ctl, argc, argv, &status)) {
        g_free(ctl.uri);
        return status;
    }
    if (virInitialize() < 0 || virEventRegisterDefaultImpl() < 0) {
        virshError(&ctl, "Failed to initialize the library");
        return EXIT_FAILURE;
    }
    virshWatchFailures(&ctl);
    if (optind < argc)
        good = virshBatch(&ctl, argv + optind, (size_t)(argc - optind));
    else if (!(good = virshReady(&ctl)))
        virshReportFailure(&ctl);
    else
        good = virshInteract(&ctl);
    if (closesAll || !ctl.inProcess || !ctl.completed)
        virshDisconnect(&ctl);
    virshLoopStop(&ctl);
    g_free(ctl.failure);
    g_free(ctl.uri);
    if (ctl.log)
        fclose(ctl.log);
    if (fflush(stdout) != 0 && errno != EPIPE)
        good = false;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
