/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Line editing through readline or libedit, opened at run time: batch use never loads it. */

#define _GNU_SOURCE 1

#include "client/line.h"

#include <dlfcn.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/complete.h"
#include "client/interrupt.h"
#include "client/parse.h"
#include "client/program.h"

typedef char *(*virshGenerator)(const char *text, int state);

/* The entry points that we use; all NULL when no editing library is there. */
static struct {
    void (*addHistory)(const char *line);
    int (*readHistory)(const char *path);
    int (*writeHistory)(const char *path);
    void (*stifle)(int lines);
    char **(*matches)(const char *text, virshGenerator generator);
    char **buffer;
    void (*begin)(const char *prompt, void (*handler)(char *line));
    void (*feed)(void);
    void (*end)(void);
} editor;

static virshControl *completing;  /* readline's callbacks carry no pointer of ours */
static GPtrArray *candidates;
static char *historyPath;
static char *lastLine;
static bool editing; /* a line that is not whole */
static char *edited; /* the last that was; NULL at the end of the input */

static char *virshCandidate(const char *text G_GNUC_UNUSED, int state)
{
    static guint next;

    if (state == 0)
        next = 0;
    if (!candidates || next >= candidates->len)
        return NULL;
    /* readline frees it with free() */
    return strdup(g_ptr_array_index(candidates, next++));
}

/* Words of the last command on the line before `start`. */
static char **virshAttempt(const char *text, int start, int end G_GNUC_UNUSED)
{
    g_autofree char *before = g_strndup(*editor.buffer, (gsize)start);
    const char *problem = NULL;
    g_autoptr(GArray) tokens = virshTokenize(before, /* open= */ true, &problem);
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    for (guint i = 0; tokens && i + 1 < tokens->len; i++) {
        char *word = g_array_index(tokens, virshToken, i).text;

        if (word)
            g_ptr_array_add(words, word);
        else
            g_ptr_array_set_size(words, 0);
    }
    g_clear_pointer(&candidates, g_ptr_array_unref);
    candidates = virshComplete(completing, (char **)words->pdata, words->len, text);
    return candidates->len ? editor.matches(text, virshCandidate) : NULL;
}

static bool virshLoadEditor(void)
{
    static const char *const names[] = { "libreadline.so.8", "libreadline.so.7", "libedit.so.2" };
    void *library = NULL;
    void **attempt;
    const char **breaks;

    for (size_t i = 0; i < G_N_ELEMENTS(names) && !library; i++)
        library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
    if (!library)
        return false;
    editor.begin = (void (*)(const char *, void (*)(char *)))dlsym(library,
                                                                   "rl_callback_handler_install");
    editor.feed = (void (*)(void))dlsym(library, "rl_callback_read_char");
    editor.end = (void (*)(void))dlsym(library, "rl_callback_handler_remove");
    editor.addHistory = (void (*)(const char *))dlsym(library, "add_history");
    editor.readHistory = (int (*)(const char *))dlsym(library, "read_history");
    editor.writeHistory = (int (*)(const char *))dlsym(library, "write_history");
    editor.stifle = (void (*)(int))dlsym(library, "stifle_history");
    editor.matches =
        (char **(*)(const char *, virshGenerator))dlsym(library, "rl_completion_matches");
    editor.buffer = dlsym(library, "rl_line_buffer");
    attempt = dlsym(library, "rl_attempted_completion_function");
    breaks = dlsym(library, "rl_completer_word_break_characters");
    if (!editor.begin || !editor.feed || !editor.end || !editor.addHistory || !editor.readHistory || !editor.writeHistory ||
        !editor.stifle || !editor.matches || !editor.buffer || !attempt || !breaks) {
        memset(&editor, 0, sizeof(editor));
        return false;
    }
    *attempt = (void *)virshAttempt;
    *breaks = " \t\n\\`@$><=;|&{(";
    return true;
}

void virshLineOpen(virshControl *ctl)
{
    g_autofree char *folder = g_build_filename(g_get_user_cache_dir(), "libvirt", virshProgramName,
                                               NULL);
    const char *size = virshVariable("HISTSIZE");
    int lines = 500;

    if (!isatty(STDIN_FILENO) || !virshLoadEditor())
        return;
    completing = ctl;
    if (size && g_ascii_isdigit(*size))
        lines = (int)MIN(g_ascii_strtoull(size, NULL, 10), 1000000);
    editor.stifle(lines);
    if (g_mkdir_with_parents(folder, 0700) == 0) {
        historyPath = g_build_filename(folder, "history", NULL);
        editor.readHistory(historyPath);
    }
}

static void virshTakeLine(char *line)
{
    editor.end();
    editing = false;
    edited = line;
}

/* An interrupt at the prompt is for the line, not for the shell and what it holds. */
static char *virshEditLine(const char *prompt)
{
    struct sigaction before;
    sigset_t interrupt, mask;

    virshInterruptBegin(&before);
    /* Taken while waiting only: one that came just before would wait for the next key. */
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &mask);
    editing = true;
    editor.begin(prompt, virshTakeLine);
    while (editing) {
        struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
        int ready = ppoll(&input, 1, /* timeout= */ NULL, &mask);

        if (virshInterruptTake()) {
            virshTakeLine(strdup(""));
            fputs("^C\n", stdout);
        } else if (ready > 0) {
            editor.feed();
        }
    }
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    virshInterruptEnd(&before);
    return edited;
}

char *virshLineRead(virshControl *ctl G_GNUC_UNUSED, const char *prompt)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;

    if (editor.begin)
        return virshEditLine(prompt);
    fputs(prompt, stdout);
    fflush(stdout);
    length = getline(&line, &room, stdin);
    if (length < 0) {
        free(line);
        return NULL;
    }
    if (length && line[length - 1] == '\n')
        line[length - 1] = '\0';
    /* without a terminal nobody else shows what was read */
    if (!isatty(STDIN_FILENO)) {
        fprintf(stdout, "%s\n", line);
        fflush(stdout);
    }
    return line;
}

void virshLineRemember(const char *line)
{
    if (!editor.addHistory || !*line || g_strcmp0(line, lastLine) == 0)
        return;
    editor.addHistory(line);
    g_free(lastLine);
    lastLine = g_strdup(line);
}

void virshLineClose(void)
{
    if (historyPath && editor.writeHistory)
        editor.writeHistory(historyPath);
    g_clear_pointer(&historyPath, g_free);
    g_clear_pointer(&lastLine, g_free);
    g_clear_pointer(&candidates, g_ptr_array_unref);
}
