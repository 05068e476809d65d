/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting for events: one frame for every kind of object. */

#pragma once

#include "client/arguments.h"

/* One wait; the callbacks run in the loop's thread, what they change is guarded by `lock`. */
typedef struct {
    GMutex lock;
    GCond changed;
    const virshArguments *arguments;
    bool loop;
    bool timestamp;
    bool json;
    bool pretty;
    bool done;
    unsigned int count;
    gint64 deadline;
} virshWait;

/* Begins a wait with --loop, --timestamp, --timeout and --output; false after reporting. */
bool virshWaitInit(virshControl *ctl, virshWait *wait, const virshArguments *arguments);
void virshWaitEnd(virshControl *ctl, virshWait *wait);

/* Waits for the event, for the timeout or for Ctrl-C, and tells which it was. */
bool virshWaitRun(virshControl *ctl, virshWait *wait);

/* The same without a word, for a command that looks itself after each event; `virshWaitWake` is
 * what its callbacks do. */
typedef enum {
    VIRSH_WAIT_EVENT,
    VIRSH_WAIT_LATE,
    VIRSH_WAIT_INTERRUPTED,
} virshWaitResult;

virshWaitResult virshWaitNext(virshWait *wait);
void virshWaitWake(virshWait *wait);

/* Called by callbacks: prints one line, and ends a wait that is not --loop. */
void virshEventPrint(virshWait *wait, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* One event with its values, which callbacks collect. */
typedef struct _virshEvent virshEvent;

virshEvent *virshEventNew(void *wait, const char *name, const char *kind, const char *object);
void virshEventText(virshEvent *event, const char *name, const char *key, const char *text);
void virshEventNumber(virshEvent *event, const char *name, const char *key, long long value);
void virshEventUnsigned(virshEvent *event, const char *name, const char *key,
                        unsigned long long value);
/* A number that has words: those of the list (separated by bars) that `by` chooses among the lists
 * (separated by semicolons). */
void virshEventWord(virshEvent *event, const char *name, const char *key, const char *words,
                    int by, int value);
void virshEventParameters(virshEvent *event, const char *name, virTypedParameterPtr parameters,
                          int count);
/* Prints the line, in which "{name}" stands for a value, or the values as JSON, and frees both. */
void virshEventEmit(virshEvent *event, const char *line);

/* A kind of event, and where its callbacks are put. */
typedef struct {
    const char *name;
    int id;
    void (*callback)(void);
} virshEventKind;

typedef struct {
    const virshEventKind *kinds;
    size_t count;
    int (*add)(virConnectPtr connection, void *object, const virshEventKind *kind, void *wait);
    int (*drop)(virConnectPtr connection, int id);
} virshEventSource;

/* Does what the options say: lists the kinds, or waits for one of them or, with --all, for any. */
bool virshEventsRun(virshControl *ctl, const virshArguments *arguments,
                    const virshEventSource *source, void *object);
