/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest's side of a console or channel that a stream is connected to. */

#include "test_terminal.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "runtime/error.h"
#include "runtime/stream.h"
#include "test_stream_watch.h"

/* As on a serial line, what nobody reads gets lost. */
#define UNREAD_MAX 65536

/* One stream's connection; the lock of the host is taken before that of a terminal. */
struct testTerminal {
    gint refs;                  /* atomic: the stream, and the domain while it is connected */
    testTerminalKind kind;
    unsigned char uuid[VIR_UUID_BUFLEN];
    char *device;
    char *prompt;
    bool waits;                 /* a read waits for something to come */
    testStreamWatch watch;

    GMutex lock;                /* guards what follows */
    GCond changed;
    GString *unread;            /* what the guest said */
    bool ended;                 /* by the guest's side */
    bool closed;                /* by the stream's side */
};

static void
unref(gpointer data)
{
    testTerminal *terminal = data;

    if (!g_atomic_int_dec_and_test(&terminal->refs))
        return;
    testStreamWatchClear(&terminal->watch);
    g_mutex_clear(&terminal->lock);
    g_cond_clear(&terminal->changed);
    g_string_free(terminal->unread, /* free_segment= */ true);
    g_free(terminal->device);
    g_free(terminal->prompt);
    g_free(terminal);
}

static int
readiness(testTerminal *terminal)
{
    int ready = VIR_STREAM_EVENT_WRITABLE;

    g_mutex_lock(&terminal->lock);
    if (terminal->unread->len > 0 || terminal->ended)
        ready |= VIR_STREAM_EVENT_READABLE;
    if (terminal->ended)
        ready |= VIR_STREAM_EVENT_HANGUP;
    g_mutex_unlock(&terminal->lock);
    return ready;
}

/* Tells who waits for events; of two threads that do so, the later one has looked later. */
static void
tell(testTerminal *terminal)
{
    int ready = readiness(terminal), told;

    do {
        told = ready;
        testStreamWatchReady(&terminal->watch, told);
        ready = readiness(terminal);
    } while (ready != told);
}

/* What the guest says; with the terminal locked. */
static void
say(testTerminal *terminal, const char *bytes, size_t nbytes)
{
    g_string_append_len(terminal->unread, bytes, (gssize) nbytes);
    if (terminal->unread->len > UNREAD_MAX)
        g_string_erase(terminal->unread, 0, (gssize) (terminal->unread->len - UNREAD_MAX));
    g_cond_broadcast(&terminal->changed);
}

static void
prompt(testTerminal *terminal)
{
    say(terminal, "\r\n", 2);
    say(terminal, terminal->prompt, strlen(terminal->prompt));
}

/* What the guest makes of bytes; with the terminal locked. */
static void
hear(testTerminal *terminal, const char *bytes, size_t nbytes)
{
    if (terminal->kind == TEST_TERMINAL_ECHO) {
        say(terminal, bytes, nbytes);
        return;
    }
    for (size_t i = 0; i < nbytes; i++) {
        if (bytes[i] == '\r' || bytes[i] == '\n')
            prompt(terminal);
        else
            say(terminal, &bytes[i], 1);
    }
}

/* Raises what is wrong with a stream that was closed. */
static int
refuse(const testTerminal *terminal)
{
    if (terminal->closed)
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the stream has ended");
    else
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_OPERATION_FAILED,
                      "nobody is at the other end of '%s' any more", terminal->device);
    return -1;
}

static int
sendData(virStreamPtr st, const char *bytes, size_t nbytes)
{
    testTerminal *terminal = st->privateData;
    int ret;

    nbytes = MIN(nbytes, G_MAXINT);
    g_mutex_lock(&terminal->lock);
    if (terminal->closed || terminal->ended) {
        ret = refuse(terminal);
    } else {
        hear(terminal, bytes, nbytes);
        ret = (int) nbytes;
    }
    g_mutex_unlock(&terminal->lock);
    tell(terminal);
    return ret;
}

static int
receive(virStreamPtr st, char *bytes, size_t nbytes, unsigned int flags G_GNUC_UNUSED)
{
    testTerminal *terminal = st->privateData;
    int ret;

    g_mutex_lock(&terminal->lock);
    while (terminal->waits && !terminal->unread->len && !terminal->ended && !terminal->closed)
        g_cond_wait(&terminal->changed, &terminal->lock);
    nbytes = MIN(nbytes, terminal->unread->len);
    if (terminal->closed)
        ret = refuse(terminal);
    else if (nbytes == 0 && !terminal->ended)
        ret = -2;
    else
        ret = (int) nbytes;
    if (ret > 0) {
        memcpy(bytes, terminal->unread->str, nbytes);
        g_string_erase(terminal->unread, 0, (gssize) nbytes);
    }
    g_mutex_unlock(&terminal->lock);
    tell(terminal);
    return ret;
}

static int
addCallback(virStreamPtr st, int events, virStreamEventCallback cb, void *opaque,
            virFreeCallback ff)
{
    testTerminal *terminal = st->privateData;

    tell(terminal);
    return testStreamWatchAdd(&terminal->watch, st, events, cb, opaque, ff);
}

static int
updateCallback(virStreamPtr st, int events)
{
    testTerminal *terminal = st->privateData;

    return testStreamWatchUpdate(&terminal->watch, events);
}

static int
removeCallback(virStreamPtr st)
{
    testTerminal *terminal = st->privateData;

    return testStreamWatchRemove(&terminal->watch);
}

/* Ends the stream's side, so that the device is free; false when that was done before. */
static bool
hangUp(virStreamPtr st)
{
    testTerminal *terminal = st->privateData;
    testHost *host = testHostOf(st->conn);
    testDomain *domain;
    bool first;

    g_mutex_lock(&terminal->lock);
    first = !terminal->closed;
    terminal->closed = true;
    g_cond_broadcast(&terminal->changed);
    g_mutex_unlock(&terminal->lock);
    if (!first)
        return false;
    testStreamWatchStop(&terminal->watch);
    g_mutex_lock(&host->lock);
    domain = g_hash_table_lookup(host->domains->objects.byUUID, terminal->uuid);
    if (domain && domain->terminals &&
        g_hash_table_lookup(domain->terminals, terminal->device) == terminal)
        g_hash_table_remove(domain->terminals, terminal->device);
    g_mutex_unlock(&host->lock);
    return true;
}

static int
finish(virStreamPtr st)
{
    return hangUp(st) ? 0 : refuse(st->privateData);
}

static void
release(virStreamPtr st)
{
    hangUp(st);
    unref(st->privateData);
}

static const virStreamDriver driver = {
    .send = sendData,
    .receive = receive,
    .addCallback = addCallback,
    .updateCallback = updateCallback,
    .removeCallback = removeCallback,
    .finish = finish,
    .abort = finish,
    .release = release,
};

/* Ends the guest's side of a connection, and gives up the domain's reference. */
static void
end(gpointer data)
{
    testTerminal *terminal = data;

    g_mutex_lock(&terminal->lock);
    terminal->ended = true;
    g_cond_broadcast(&terminal->changed);
    g_mutex_unlock(&terminal->lock);
    tell(terminal);
    unref(terminal);
}

int
testTerminalOpen(testDomain *domain, const char *device, testTerminalKind kind, virStreamPtr st,
                 bool force)
{
    testTerminal *terminal;

    if (!domain->terminals)
        domain->terminals = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, end);
    if (g_hash_table_contains(domain->terminals, device)) {
        if (!force) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                          "Active console session exists for this domain");
            return -1;
        }
        g_hash_table_remove(domain->terminals, device);
    }
    terminal = g_new0(testTerminal, 1);
    terminal->refs = 2;
    terminal->kind = kind;
    memcpy(terminal->uuid, domain->uuid, VIR_UUID_BUFLEN);
    terminal->device = g_strdup(device);
    terminal->prompt = g_strdup_printf("%shost login: ", domain->name);
    terminal->waits = !(st->flags & VIR_STREAM_NONBLOCK);
    testStreamWatchInit(&terminal->watch);
    g_mutex_init(&terminal->lock);
    g_cond_init(&terminal->changed);
    terminal->unread = g_string_new("");
    if (kind == TEST_TERMINAL_LOGIN)
        prompt(terminal);
    g_hash_table_insert(domain->terminals, terminal->device, terminal);
    st->privateData = terminal;
    st->driver = &driver;
    return 0;
}

void
testTerminalsDrop(testDomain *domain)
{
    g_clear_pointer(&domain->terminals, g_hash_table_unref);
}
