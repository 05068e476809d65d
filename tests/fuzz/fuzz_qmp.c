/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes what a QEMU says over its monitor: any bytes are an answer, an event, or the end. */

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/virterror.h>

#include "qemu_monitor.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What is asked; the conversation is over before the last of it would be waited for. */
#define QUESTIONS 3
/* Milliseconds: the other end closes at once, so that nobody waits so long. */
#define PATIENCE 5000
/* More than a socket takes at once would wait for a reader. */
#define SIZE_MAX_BYTES 65536

/* A conversation, and what was heard in it. */
typedef struct {
    GMutex lock;
    GCond changed;
    bool released;
    bool closed;
} Heard;

static void
onEvent(const char *name, json_object *data, void *opaque)
{
    Heard *heard = opaque;

    /* As handlers look at them. */
    qemuJsonString(data, "device");
    qemuJsonInteger(data, "actual");
    qemuJsonTrue(data, "guest");
    g_mutex_lock(&heard->lock);
    if (heard->closed || !name)
        g_error("an event after the end");
    g_mutex_unlock(&heard->lock);
}

static void
onClosed(void *opaque)
{
    Heard *heard = opaque;

    g_mutex_lock(&heard->lock);
    if (heard->closed)
        g_error("the end is told twice");
    heard->closed = true;
    g_mutex_unlock(&heard->lock);
}

static void
onReleased(void *opaque)
{
    Heard *heard = opaque;

    g_mutex_lock(&heard->lock);
    heard->released = true;
    g_cond_signal(&heard->changed);
    g_mutex_unlock(&heard->lock);
}

/* Asks; a result or a refusal or an error, one of them. */
static void
askSomething(qemuMonitor *monitor)
{
    g_autofree char *refusal = NULL;
    g_autoptr(json_object) result = NULL;

    virResetLastError();
    result = qemuMonitorTry(monitor, "query-status", qemuJsonStrings("name", "x", NULL),
                            QEMU_MONITOR_NO_FD, PATIENCE, &refusal);
    if ((result != NULL) + (refusal != NULL) + (!result && !refusal && virGetLastError()) != 1)
        g_error("a question has not one outcome");
    if (virGetLastErrorCode() == VIR_ERR_OPERATION_TIMEOUT)
        g_error("somebody waited for one who had gone");
    qemuJsonString(result, "status");
    qemuJsonGet(qemuJsonGet(result, "ram"), "total");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const qemuMonitorListener listener = { .event = onEvent, .closed = onClosed };
    static qemuLoop *loop;
    Heard heard = { .released = false };
    qemuMonitor *monitor;
    int pair[2];

    if (!loop)
        loop = qemuLoopNew();
    if (size > SIZE_MAX_BYTES || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return 0;
    g_mutex_init(&heard.lock);
    g_cond_init(&heard.changed);
    monitor = qemuMonitorNew(pair[0], loop, &listener, &heard, onReleased);
    if (size && send(pair[1], bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        g_error("the socket takes nothing");
    shutdown(pair[1], SHUT_WR);
    for (int i = 0; i < QUESTIONS; i++)
        askSomething(monitor);
    qemuMonitorTell(monitor, "cont", NULL);
    qemuMonitorClose(monitor);
    close(pair[1]);
    g_mutex_lock(&heard.lock);
    while (!heard.released)
        g_cond_wait(&heard.changed, &heard.lock);
    g_mutex_unlock(&heard.lock);
    qemuMonitorUnref(monitor);
    g_mutex_clear(&heard.lock);
    g_cond_clear(&heard.changed);
    return 0;
}

/* Weak: libFuzzer brings a main() of its own. */
__attribute__((weak)) int
main(int argc, char **argv)
{
    g_print("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL;
        gsize length;

        if (!g_file_get_contents(argv[i], &text, &length, &error))
            g_error("%s", error->message);
        LLVMFuzzerTestOneInput((const uint8_t *)text, length);
        g_print("ok %d - %s\n", i, argv[i]);
    }
    return 0;
}
