/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* QMP: asking a running QEMU, and hearing from it. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <json-c/json.h>

#include "qemu_loop.h"

typedef struct qemuMonitor qemuMonitor;

/* Called in the thread of the loop, with no lock held. */
typedef struct {
    void (*event)(const char *name, json_object *data, void *opaque);
    /* QEMU closed the connection, or said what is no QMP. */
    void (*closed)(void *opaque);
} qemuMonitorListener;

/* Takes the descriptor of a connected socket. `release` gets `opaque` when nothing is called any more. */
qemuMonitor *qemuMonitorNew(int fd, qemuLoop *loop, const qemuMonitorListener *listener,
                            void *opaque, GDestroyNotify release);
qemuMonitor *qemuMonitorRef(qemuMonitor *monitor);
void qemuMonitorUnref(qemuMonitor *monitor);
/* Ends the conversation: who waits gets an error, nothing is called any more. */
void qemuMonitorClose(qemuMonitor *monitor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(qemuMonitor, qemuMonitorUnref)

/* How long a command may take, in milliseconds, unless it says otherwise. */
#define QEMU_MONITOR_PATIENCE 30000

/* Passed with a command; -1 for none. */
#define QEMU_MONITOR_NO_FD (-1)

/*
 * Sends a command and waits for its result, which the caller owns; NULL with an error raised. Takes
 * `arguments`, which may be NULL.
 */
json_object *qemuMonitorCall(qemuMonitor *monitor, const char *command, json_object *arguments,
                             int fd, unsigned int patience);
/* The same where QEMU's refusal is no error: its text in *refusal instead, to be freed. */
json_object *qemuMonitorTry(qemuMonitor *monitor, const char *command, json_object *arguments,
                            int fd, unsigned int patience, char **refusal);
/* The same with all of the answer, be it a result or a refusal; NULL with an error raised for none. */
json_object *qemuMonitorReply(qemuMonitor *monitor, const char *command, json_object *arguments,
                              int fd, unsigned int patience);
/* Sends a command whose result nobody waits for; from the thread of the loop too. */
void qemuMonitorTell(qemuMonitor *monitor, const char *command, json_object *arguments);

/* Members of objects; NULL, 0 or false where they are missing or of another type. */
json_object *qemuJsonGet(json_object *object, const char *name);
const char *qemuJsonString(json_object *object, const char *name);
gint64 qemuJsonInteger(json_object *object, const char *name);
bool qemuJsonTrue(json_object *object, const char *name);

/* An object of strings, NULL-terminated pairs. */
json_object *qemuJsonStrings(const char *name, ...) G_GNUC_NULL_TERMINATED;
/* A list of strings, and back; NULL is an empty one. */
json_object *qemuJsonList(const GPtrArray *texts);
GPtrArray *qemuJsonTexts(json_object *list);

static inline void
qemuJsonPut(json_object *object)
{
    json_object_put(object);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_object, qemuJsonPut)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_tokener, json_tokener_free)
