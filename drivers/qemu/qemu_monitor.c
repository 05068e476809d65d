/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* QMP: asking a running QEMU, and hearing from it. */

#define _GNU_SOURCE 1

#include "qemu_monitor.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "runtime/error.h"

#define SOURCE "qemu.monitor"
/* A line that is longer is no answer of QEMU. */
#define LINE_MAX_BYTES (16 << 20)
#define READ_BYTES 16384
/* Nested deeper than any answer of QEMU. */
#define DEPTH_MAX 64

/* Somebody who waits for a result. */
typedef struct {
    gint64 id;
    json_object *reply;         /* the whole message, when it has come */
} Waiter;

struct qemuMonitor {
    int refs;
    qemuLoop *loop;
    const qemuMonitorListener *listener;
    void *opaque;
    GDestroyNotify release;

    /* Held while a command is written, which may take as long as QEMU does not read; taken first. */
    GMutex writing;
    int fd;                     /* closed with both locks held; -1 then */

    /* Guards what follows; nobody waits for QEMU with it held. */
    GMutex lock;
    GCond changed;              /* a reply came, or the end */
    bool closed;
    GSource *source;            /* NULL: closed */
    GList *waiters;             /* on the stacks of those who wait */

    gint64 lastId;              /* atomic */
    GByteArray *input;          /* of the thread of the loop only */
};

static void
freeMonitor(qemuMonitor *monitor)
{
    g_byte_array_unref(monitor->input);
    g_mutex_clear(&monitor->lock);
    g_mutex_clear(&monitor->writing);
    g_cond_clear(&monitor->changed);
    g_free(monitor);
}

qemuMonitor *
qemuMonitorRef(qemuMonitor *monitor)
{
    g_atomic_int_inc(&monitor->refs);
    return monitor;
}

void
qemuMonitorUnref(qemuMonitor *monitor)
{
    if (monitor && g_atomic_int_dec_and_test(&monitor->refs))
        freeMonitor(monitor);
}

void
qemuMonitorClose(qemuMonitor *monitor)
{
    GSource *source;

    g_mutex_lock(&monitor->lock);
    source = g_steal_pointer(&monitor->source);
    if (!monitor->closed)
        shutdown(monitor->fd, SHUT_RDWR);
    monitor->closed = true;
    g_cond_broadcast(&monitor->changed);
    g_mutex_unlock(&monitor->lock);
    /* Whoever writes now fails at once. */
    g_mutex_lock(&monitor->writing);
    if (monitor->fd >= 0)
        close(monitor->fd);
    monitor->fd = -1;
    g_mutex_unlock(&monitor->writing);
    if (source) {
        g_source_destroy(source);
        g_source_unref(source);
    }
}

/* Gives a reply to whoever waits for it; a late one is dropped, and a second one. */
static void
deliver(qemuMonitor *monitor, json_object *message)
{
    gint64 id = qemuJsonInteger(message, "id");
    GList *one;

    g_mutex_lock(&monitor->lock);
    for (one = monitor->waiters; one; one = one->next) {
        Waiter *waiter = one->data;

        if (waiter->id != id || waiter->reply)
            continue;
        waiter->reply = json_object_get(message);
        g_cond_broadcast(&monitor->changed);
        break;
    }
    g_mutex_unlock(&monitor->lock);
}

/* Takes in one line; false when it is no QMP. */
static bool
takeLine(qemuMonitor *monitor, const char *line, size_t length)
{
    g_autoptr(json_tokener) tokener = json_tokener_new_ex(DEPTH_MAX);
    g_autoptr(json_object) message = json_tokener_parse_ex(tokener, line, (int) length);
    const char *event;

    if (!message || !json_object_is_type(message, json_type_object)) {
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "what came is no QMP: %.*s", (int) MIN(length, 200), line);
        return false;
    }
    VIR_LOG(VIR_LOG_DEBUG, SOURCE, "received %.*s", (int) MIN(length, 2000), line);
    event = qemuJsonString(message, "event");
    if (event)
        monitor->listener->event(event, qemuJsonGet(message, "data"), monitor->opaque);
    else if (!qemuJsonGet(message, "QMP"))
        deliver(monitor, message);
    return true;
}

/* Takes in the lines that are complete; false when one is no QMP. */
static bool
takeInput(qemuMonitor *monitor)
{
    GByteArray *input = monitor->input;
    size_t start = 0;
    const guint8 *end;

    while ((end = memchr(input->data + start, '\n', input->len - start))) {
        size_t length = (size_t) (end - input->data) - start;
        const char *line = (const char *) input->data + start;

        if (length && line[length - 1] == '\r')
            length--;
        if (length && !takeLine(monitor, line, length))
            return false;
        start = (size_t) (end - input->data) + 1;
    }
    g_byte_array_remove_range(input, 0, (guint) start);
    return input->len <= LINE_MAX_BYTES;
}

static gboolean
readable(gint fd, GIOCondition condition G_GNUC_UNUSED, gpointer opaque)
{
    qemuMonitor *monitor = opaque;
    guint8 bytes[READ_BYTES];
    ssize_t got = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);

    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return G_SOURCE_CONTINUE;
    if (got > 0) {
        g_byte_array_append(monitor->input, bytes, (guint) got);
        if (takeInput(monitor))
            return G_SOURCE_CONTINUE;
    }
    qemuMonitorClose(monitor);
    monitor->listener->closed(monitor->opaque);
    return G_SOURCE_REMOVE;
}

/* The source is gone: nothing is called any more. */
static void
released(gpointer opaque)
{
    qemuMonitor *monitor = opaque;

    if (monitor->release)
        monitor->release(monitor->opaque);
    qemuMonitorUnref(monitor);
}

qemuMonitor *
qemuMonitorNew(int fd, qemuLoop *loop, const qemuMonitorListener *listener, void *opaque,
               GDestroyNotify release)
{
    qemuMonitor *monitor = g_new0(qemuMonitor, 1);

    monitor->refs = 2;          /* the caller's, and that of the source */
    monitor->fd = fd;
    monitor->loop = loop;
    monitor->listener = listener;
    monitor->opaque = opaque;
    monitor->release = release;
    monitor->input = g_byte_array_new();
    g_mutex_init(&monitor->lock);
    g_mutex_init(&monitor->writing);
    g_cond_init(&monitor->changed);
    g_mutex_lock(&monitor->lock);
    monitor->source = qemuLoopWatch(loop, fd, G_IO_IN | G_IO_HUP | G_IO_ERR, readable, monitor,
                                    released);
    g_mutex_unlock(&monitor->lock);
    return monitor;
}

/* Writes bytes of a text, the first of them with a descriptor; how many, or -1 with errno. */
static ssize_t
writeSome(int to, const char *text, size_t length, int fd)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = { .room = { 0 } };
    struct iovec bytes = { .iov_base = (void *) (uintptr_t) text, .iov_len = length };
    struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1 };

    if (fd >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof(control.room);
        control.head.cmsg_level = SOL_SOCKET;
        control.head.cmsg_type = SCM_RIGHTS;
        control.head.cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
    }
    return sendmsg(to, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Writes a whole text before a moment; 0 or an errno. */
static int
writeAll(qemuMonitor *monitor, const char *text, int fd, gint64 until)
{
    size_t length = strlen(text), done = 0;

    while (done < length) {
        ssize_t put = writeSome(monitor->fd, text + done, length - done, done ? -1 : fd);
        struct pollfd room = { .fd = monitor->fd, .events = POLLOUT };
        gint64 left = (until - g_get_monotonic_time()) / G_TIME_SPAN_MILLISECOND;

        if (put > 0) {
            done += (size_t) put;
            continue;
        }
        if ((put == 0 || errno == EAGAIN || errno == EINTR) && left > 0) {
            poll(&room, 1, (int) MIN(left, 1000));
            continue;
        }
        /* Half a command can't be followed by another. */
        if (done)
            shutdown(monitor->fd, SHUT_RDWR);
        return left > 0 ? errno : ETIMEDOUT;
    }
    return 0;
}

/* The same, one command after the other. */
static int
writeLine(qemuMonitor *monitor, const char *line, int fd, gint64 until)
{
    int error;

    g_mutex_lock(&monitor->writing);
    error = monitor->fd >= 0 ? writeAll(monitor, line, fd, until) : EPIPE;
    g_mutex_unlock(&monitor->writing);
    return error;
}

/* The line of a command; takes `arguments`. */
static char *
formatCommand(const char *command, json_object *arguments, gint64 id)
{
    g_autoptr(json_object) message = json_object_new_object();

    json_object_object_add(message, "execute", json_object_new_string(command));
    if (arguments)
        json_object_object_add(message, "arguments", arguments);
    json_object_object_add(message, "id", json_object_new_int64(id));
    return g_strconcat(json_object_to_json_string_ext(message, JSON_C_TO_STRING_PLAIN), "\r\n",
                       NULL);
}

static gint64
takeId(qemuMonitor *monitor)
{
    return __atomic_add_fetch(&monitor->lastId, 1, __ATOMIC_RELAXED);
}

/* Sends and waits; the whole reply, NULL with an error raised. */
json_object *
qemuMonitorReply(qemuMonitor *monitor, const char *command, json_object *arguments, int fd,
         unsigned int patience)
{
    gint64 until = g_get_monotonic_time() + patience * (gint64) G_TIME_SPAN_MILLISECOND;
    Waiter waiter = { .id = takeId(monitor) };
    g_autofree char *line = formatCommand(command, arguments, waiter.id);
    bool inTime = true;
    int error;

    VIR_LOG(VIR_LOG_DEBUG, SOURCE, "sends %.2000s", line);
    g_mutex_lock(&monitor->lock);
    monitor->waiters = g_list_prepend(monitor->waiters, &waiter);
    g_mutex_unlock(&monitor->lock);
    error = writeLine(monitor, line, fd, until);
    g_mutex_lock(&monitor->lock);
    while (!error && !waiter.reply && !monitor->closed && inTime)
        inTime = g_cond_wait_until(&monitor->changed, &monitor->lock, until);
    monitor->waiters = g_list_remove(monitor->waiters, &waiter);
    g_mutex_unlock(&monitor->lock);
    if (waiter.reply)
        return waiter.reply;
    if (!inTime || error == ETIMEDOUT)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_TIMEOUT,
                      "QEMU did not answer '%s' within %u seconds", command, patience / 1000);
    else
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "QEMU ended while it was asked for '%s'", command);
    return NULL;
}

json_object *
qemuMonitorTry(qemuMonitor *monitor, const char *command, json_object *arguments, int fd,
               unsigned int patience, char **refusal)
{
    g_autoptr(json_object) reply = qemuMonitorReply(monitor, command, arguments, fd, patience);
    json_object *error;

    *refusal = NULL;
    if (!reply)
        return NULL;
    error = qemuJsonGet(reply, "error");
    if (error || !qemuJsonGet(reply, "return")) {
        const char *text = qemuJsonString(error, "desc");

        *refusal = g_strdup(text ? text : "it did not say why");
        return NULL;
    }
    return json_object_get(qemuJsonGet(reply, "return"));
}

json_object *
qemuMonitorCall(qemuMonitor *monitor, const char *command, json_object *arguments, int fd,
                unsigned int patience)
{
    g_autofree char *refusal = NULL;
    json_object *result = qemuMonitorTry(monitor, command, arguments, fd, patience, &refusal);

    if (refusal)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR,
                      "unable to execute QEMU command '%s': %s", command, refusal);
    return result;
}

void
qemuMonitorTell(qemuMonitor *monitor, const char *command, json_object *arguments)
{
    g_autofree char *line = formatCommand(command, arguments, takeId(monitor));
    int error = EAGAIN;

    /* The thread of the loop waits for nobody: not for QEMU, not for who waits for QEMU. */
    if (g_mutex_trylock(&monitor->writing)) {
        error = monitor->fd >= 0 ? writeAll(monitor, line, QEMU_MONITOR_NO_FD, 0) : EPIPE;
        g_mutex_unlock(&monitor->writing);
    }
    if (error)
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot tell QEMU '%s': %s", command, g_strerror(error));
}
