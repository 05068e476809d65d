/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Carries bytes between the terminal and the console of a domain, on the event loop. */

#include "client/console.h"

#include <errno.h>
#include <termios.h>
#include <unistd.h>

#include "client/commands.h"
#include "client/connect.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/stream.h"

enum { CONSOLE_CHUNK = 4096, CONSOLE_ROOM = 64 * 1024 };

/* All members but the first three are used in the loop's thread, or under the lock. */
typedef struct {
    virshControl *ctl;
    virStreamPtr stream;
    int input; /* watch of the terminal, -1: none */
    GMutex lock;
    GCond ended;
    bool done;
    char *failure; /* why it ended, NULL: because somebody wanted it */
    GString *typed; /* what was typed and is not sent yet */
} virshConsole;

static void virshConsoleStop(virshConsole *console, const char *failure)
{
    g_mutex_lock(&console->lock);
    if (!console->done && failure)
        console->failure = g_strdup(failure);
    console->done = true;
    g_cond_signal(&console->ended);
    g_mutex_unlock(&console->lock);
}

static bool virshConsoleShow(const char *data, size_t length)
{
    while (length) {
        ssize_t wrote = write(STDOUT_FILENO, data, length);

        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        data += wrote;
        length -= (size_t)wrote;
    }
    return true;
}

static void virshConsoleReceive(virshConsole *console)
{
    char data[CONSOLE_CHUNK];
    int got = virStreamRecv(console->stream, data, sizeof(data));

    if (got == -2)
        return;
    if (got <= 0)
        virshConsoleStop(console, got < 0 ? virGetLastErrorMessage() : "console stream EOF");
    else if (!virshConsoleShow(data, (size_t)got))
        virshConsoleStop(console, "cannot write to the terminal");
}

static void virshConsoleSend(virshConsole *console)
{
    int sent;

    if (!console->typed->len)
        return;
    sent = virStreamSend(console->stream, console->typed->str, console->typed->len);
    if (sent == -2)
        return;
    if (sent < 0) {
        virshConsoleStop(console, virGetLastErrorMessage());
        return;
    }
    g_string_erase(console->typed, 0, sent);
}

/* Listens for room to send only while something waits to be sent. */
static void virshConsoleListen(virshConsole *console)
{
    virStreamEventUpdateCallback(console->stream,
                                 VIR_STREAM_EVENT_READABLE |
                                     (console->typed->len ? VIR_STREAM_EVENT_WRITABLE : 0));
}

static void onConsoleStream(virStreamPtr stream G_GNUC_UNUSED, int events, void *opaque)
{
    virshConsole *console = opaque;

    if (console->done)
        return;
    if (events & VIR_STREAM_EVENT_READABLE)
        virshConsoleReceive(console);
    if (events & VIR_STREAM_EVENT_WRITABLE)
        virshConsoleSend(console);
    if ((events & (VIR_STREAM_EVENT_ERROR | VIR_STREAM_EVENT_HANGUP)) &&
        !(events & VIR_STREAM_EVENT_READABLE))
        virshConsoleStop(console, "console stream EOF");
    if (!console->done)
        virshConsoleListen(console);
}

static void onConsoleInput(int watch G_GNUC_UNUSED, int fd, int events G_GNUC_UNUSED, void *opaque)
{
    virshConsole *console = opaque;
    char data[CONSOLE_CHUNK];
    ssize_t got;

    if (console->done || console->typed->len > CONSOLE_ROOM)
        return;
    got = read(fd, data, sizeof(data));
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        virshConsoleStop(console, got < 0 ? g_strerror(errno) : NULL);
        return;
    }
    for (ssize_t i = 0; i < got; i++)
        if (data[i] == console->ctl->escape) {
            virshConsoleStop(console, NULL);
            return;
        }
    g_string_append_len(console->typed, data, got);
    virshConsoleSend(console);
    if (!console->done)
        virshConsoleListen(console);
}

/* Everything typed goes to the guest as it is, Ctrl-C too. */
static bool virshTerminalRaw(virshControl *ctl, struct termios *before)
{
    struct termios raw;

    if (tcgetattr(STDIN_FILENO, before) < 0) {
        virshError(ctl, "unable to get tty attributes: %s", g_strerror(errno));
        return false;
    }
    raw = *before;
    cfmakeraw(&raw);
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) < 0) {
        virshError(ctl, "unable to set tty attributes: %s", g_strerror(errno));
        return false;
    }
    return true;
}

static void virshConsoleWait(virshConsole *console)
{
    int events = VIR_STREAM_EVENT_READABLE;
    bool good = virStreamEventAddCallback(console->stream, events, onConsoleStream, console,
                                          NULL) == 0;

    if (!good)
        virshConsoleStop(console, virGetLastErrorMessage());
    if (good)
        console->input = virEventAddHandle(STDIN_FILENO, VIR_EVENT_HANDLE_READABLE,
                                           onConsoleInput, console, NULL);
    g_mutex_lock(&console->lock);
    while (!console->done)
        g_cond_wait(&console->ended, &console->lock);
    g_mutex_unlock(&console->lock);
    if (console->input >= 0)
        virEventRemoveHandle(console->input);
    if (good)
        virStreamEventRemoveCallback(console->stream);
    /* no callback may run any more when the console goes */
    virshLoopStop(console->ctl);
    virshLoopStart(console->ctl);
}

static bool virshConsoleCarry(virshControl *ctl, virStreamPtr stream)
{
    virshConsole console = { .ctl = ctl, .stream = stream, .input = -1 };
    struct termios before;
    bool good;

    if (!virshLoopStart(ctl) || !virshTerminalRaw(ctl, &before))
        return false;
    g_mutex_init(&console.lock);
    g_cond_init(&console.ended);
    console.typed = g_string_new(NULL);
    virshConsoleWait(&console);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    good = !console.failure;
    if (!good)
        virshError(ctl, "%s", console.failure);
    virStreamAbort(stream);
    g_free(console.failure);
    g_string_free(console.typed, /* free_segment= */ TRUE);
    g_mutex_clear(&console.lock);
    g_cond_clear(&console.ended);
    return good;
}

bool virshConsoleRun(virshControl *ctl, virDomainPtr domain, const char *device,
                     unsigned int flags)
{
    g_autoptr(virshStream) stream = NULL;
    bool good;

    if (!isatty(STDIN_FILENO)) {
        virshError(ctl, "Cannot run interactive console without a controlling TTY");
        return false;
    }
    if (virDomainIsActive(domain) == 0) {
        virshError(ctl, "The domain is not running");
        return false;
    }
    stream = virStreamNew(ctl->connection, VIR_STREAM_NONBLOCK);
    if (!stream || virDomainOpenConsole(domain, device, stream, flags) < 0)
        return false;
    virshExtra(ctl, "Connected to domain '%s'\n", virDomainGetName(domain));
    if (ctl->escape > 0 && ctl->escape < 0x20)
        virshExtra(ctl, "Escape character is ^%c (Ctrl + %c)\n", ctl->escape | 0x40,
                   ctl->escape | 0x40);
    else
        virshExtra(ctl, "Escape character is %c\n", ctl->escape);
    fflush(stdout);
    good = virshConsoleCarry(ctl, stream);
    virshForgetFailure(ctl);
    return good;
}

bool shellConsole(virshControl *ctl, const virshArguments *arguments)
{
    const char *device = NULL;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "devname", &device))
        return false;
    flags |= virshFlag(arguments, "force") ? VIR_DOMAIN_CONSOLE_FORCE : 0;
    flags |= virshFlag(arguments, "safe") ? VIR_DOMAIN_CONSOLE_SAFE : 0;
    return virshConsoleRun(ctl, domain, device, flags);
}
