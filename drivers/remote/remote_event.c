/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which events a connection has asked its server for: each once, however many listen here. */

#include "drivers/remote/remote_event.h"

#include <glib.h>
#include <libvirt/virterror.h>

#include "drivers/remote/remote_monitor.h"
#include "runtime/error.h"
#include "wire/qemu.h"

/* An event of a family that somebody listens to. */
typedef struct {
    const remoteEventFamily *family;
    int event;
    int listeners;
    int server;             /* the server's number of our callback */
} Subject;

struct remoteListening {
    /* Held while the server is asked, too, so that it is asked once; no other lock is taken then. */
    GMutex lock;
    GPtrArray *subjects;
    GHashTable *ids;        /* number of a listener -> Subject, which outlives it */
    GHashTable *monitors;   /* number of a listener -> the server's number of it */
};

remoteListening *
remoteListeningNew(void)
{
    remoteListening *listening = g_new0(remoteListening, 1);

    g_mutex_init(&listening->lock);
    listening->subjects = g_ptr_array_new_with_free_func(g_free);
    listening->ids = g_hash_table_new(NULL, NULL);
    listening->monitors = g_hash_table_new(NULL, NULL);
    return listening;
}

void
remoteListeningFree(remoteListening *listening)
{
    if (!listening)
        return;
    g_hash_table_unref(listening->ids);
    g_hash_table_unref(listening->monitors);
    g_ptr_array_unref(listening->subjects);
    g_mutex_clear(&listening->lock);
    g_free(listening);
}

/* Called with the lock held. */
static Subject *
find(remoteListening *listening, const remoteEventFamily *family, int event)
{
    Subject *subject;

    for (guint i = 0; i < listening->subjects->len; i++) {
        subject = g_ptr_array_index(listening->subjects, i);
        if (subject->family == family && subject->event == event)
            return subject;
    }
    subject = g_new0(Subject, 1);
    subject->family = family;
    subject->event = event;
    g_ptr_array_add(listening->subjects, subject);
    return subject;
}

/* One listener less; called with the lock held. 0, or -1 with an error raised. */
static int
drop(virConnectPtr conn, Subject *subject)
{
    if (--subject->listeners > 0)
        return 0;
    return subject->family->stop(conn, subject->server);
}

int
remoteEventsNeed(virConnectPtr conn, const remoteEventFamily *family, int event)
{
    remoteListening *listening = remoteListeningOf(conn);
    Subject *subject;
    int result = 0;

    g_mutex_lock(&listening->lock);
    subject = find(listening, family, event);
    if (subject->listeners == 0)
        result = family->start(conn, event, &subject->server);
    if (result == 0)
        subject->listeners++;
    g_mutex_unlock(&listening->lock);
    return result;
}

int
remoteEventsStarted(virConnectPtr conn, const remoteEventFamily *family, int event, int id,
                    bool kept)
{
    remoteListening *listening = remoteListeningOf(conn);
    virError *error;

    g_mutex_lock(&listening->lock);
    if (id < 0) {
        /* What failed here is the error, whatever the server says to the end of it. */
        error = virSaveLastError();
        drop(conn, find(listening, family, event));
        if (error)
            virErrorRestore(error);
        virFreeError(error);
    } else if (kept) {
        g_hash_table_insert(listening->ids, GINT_TO_POINTER(id), find(listening, family, event));
    }
    g_mutex_unlock(&listening->lock);
    return id;
}

int
remoteEventsStopped(virConnectPtr conn, const remoteEventFamily *family, int id)
{
    remoteListening *listening = remoteListeningOf(conn);
    Subject *subject;
    int result = 0;

    g_mutex_lock(&listening->lock);
    subject = g_hash_table_lookup(listening->ids, GINT_TO_POINTER(id));
    if (subject && subject->family == family) {
        g_hash_table_remove(listening->ids, GINT_TO_POINTER(id));
        result = drop(conn, subject);
    }
    g_mutex_unlock(&listening->lock);
    return result;
}

int
remoteEventsGiveBack(virConnectPtr conn, const remoteEventFamily *family, int event)
{
    remoteListening *listening = remoteListeningOf(conn);
    int result;

    g_mutex_lock(&listening->lock);
    result = drop(conn, find(listening, family, event));
    g_mutex_unlock(&listening->lock);
    return result;
}

void
remoteMonitorKeep(remoteListening *listening, int id, int server)
{
    g_mutex_lock(&listening->lock);
    g_hash_table_insert(listening->monitors, GINT_TO_POINTER(id), GINT_TO_POINTER(server));
    g_mutex_unlock(&listening->lock);
}

bool
remoteMonitorTake(remoteListening *listening, int id, int *server)
{
    gpointer key, value;
    bool found;

    g_mutex_lock(&listening->lock);
    found = g_hash_table_steal_extended(listening->monitors, GINT_TO_POINTER(id), &key, &value);
    g_mutex_unlock(&listening->lock);
    if (found)
        *server = GPOINTER_TO_INT(value);
    return found;
}

bool
remoteEventReceive(virConnectPtr conn, const virWireProcedure *procedure, const void *message)
{
    if (procedure == virWireProcDomainQemuMonitorEvent) {
        remoteMonitorReceive(conn, message);
        return true;
    }
    for (const remoteEvent *event = remoteEvents; event->procedure; event++) {
        if (event->procedure == procedure) {
            event->receive(conn, message);
            return true;
        }
    }
    return false;
}
