/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virsh: reads the program's own options, then runs a command line or a conversation. */

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "client/commands.h"
#include "client/connect.h"
#include "client/help.h"
#include "client/interactive.h"
#include "client/output.h"
#include "client/parse.h"

enum { VIRSH_DEBUG_MAX = 4 };

static const struct option longOptions[] = {
    { "connect", required_argument, NULL, 'c' },
    { "debug", required_argument, NULL, 'd' },
    { "escape", required_argument, NULL, 'e' },
    { "help", no_argument, NULL, 'h' },
    { "keepalive-interval", required_argument, NULL, 'k' },
    { "keepalive-count", required_argument, NULL, 'K' },
    { "log", required_argument, NULL, 'l' },
    { "no-pkttyagent", no_argument, NULL, 'n' },
    { "quiet", no_argument, NULL, 'q' },
    { "readonly", no_argument, NULL, 'r' },
    { "timing", no_argument, NULL, 't' },
    { "version", optional_argument, NULL, 'v' },
    { NULL, 0, NULL, 0 },
};

static void virshShowVersion(virshControl *ctl, bool full)
{
    unsigned long version = 0;

    virGetVersion(&version, NULL, NULL);
    if (full)
        virshPrint(ctl, "Virsh command line tool of libvirt ");
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

    for (size_t i = 0; longOptions[i].name; i++)
        if (longOptions[i].val == optopt)
            name = longOptions[i].name;
    if (found == ':' && name)
        virshError(ctl, "option '-%c'/'--%s' requires an argument", optopt, name);
    else if (optopt)
        virshError(ctl, "unsupported option '-%c'. See --help.", optopt);
    else
        virshError(ctl, "unsupported option '%s'. See --help.", argv[optind - 1]);
}

/* Returns false to end the program at once, with `*status`. */
static bool virshOptions(virshControl *ctl, int argc, char **argv, int *status)
{
    int letter;
    bool good = true;

    *status = EXIT_SUCCESS;
    opterr = 0;
    while (good && (letter = getopt_long(argc, argv, "+:c:d:e:hk:K:l:qrtvV", longOptions,
                                         NULL)) != -1) {
        switch (letter) {
        case 'c':
            g_free(ctl->uri);
            ctl->uri = g_strdup(optarg);
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
        case 'n':
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
    }
    *status = good ? EXIT_SUCCESS : EXIT_FAILURE;
    return good;
}

/* One word is a whole command string; several words are one command. */
static bool virshBatch(virshControl *ctl, char **words, size_t count)
{
    g_autoptr(virshArguments) commands = NULL;
    bool good = count == 1 ? virshParseLine(ctl, words[0], &commands)
                           : virshParseWords(ctl, words, count, &commands);

    return good && (commands ? virshRun(ctl, commands) : *words[0] != '\0');
}

static void virshEnvironment(virshControl *ctl)
{
    const char *debug = g_getenv("VIRSH_DEBUG");
    const char *uri = g_getenv("VIRSH_DEFAULT_CONNECT_URI");
    const char *log = g_getenv("VIRSH_LOG_FILE");

    ctl->debug = VIRSH_DEBUG_MAX;
    ctl->escape = 0x1d;
    ctl->keepaliveInterval = 5;
    ctl->keepaliveCount = 6;
    if (debug && *debug)
        virshSetDebug(ctl, debug);
    if (uri && *uri)
        ctl->uri = g_strdup(uri);
    if (log && *log)
        virshSetLog(ctl, log);
}

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
    else if (!(good = virshConnected(&ctl)))
        virshReportFailure(&ctl);
    else
        good = virshInteract(&ctl);
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
