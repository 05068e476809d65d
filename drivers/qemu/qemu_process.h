/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The QEMU of a domain: its start, its end, and finding it again. */

#pragma once

#include <stdbool.h>

#include "qemu_command.h"
#include "qemu_domain.h"
#include "qemu_identity.h"

/* What is special about a start. */
typedef struct {
    bool paused;
    int incoming;               /* descriptor of saved state, the start's to close; -1: it boots */
    virDocDomain *document;     /* of what is started, taken; NULL: the definition */
    bool resetVariables;        /* those of the firmware are made anew */
    bool wasRunning;            /* of saved state: it goes on unless it is to be paused */
} qemuStart;

#define QEMU_START_BOOT { .incoming = -1 }

/*
 * Starts a domain that is off and has a job. 0, or -1 with an error raised and everything as before. The
 * lock is let go meanwhile.
 */
int qemuProcessStart(qemuDomain *domain, qemuStart *start);

/*
 * Ends the process of a domain that has a job and waits for its end; politely only, or at last by force.
 * 0, or -1 with an error raised. The lock is let go meanwhile.
 */
int qemuProcessStop(qemuDomain *domain, int reason, bool politely);

/* Waits until a process of the domain is gone, for so many milliseconds at most. */
bool qemuProcessAwaitEnd(qemuDomain *domain, pid_t pid, unsigned int patience);

/* Takes a guest over that an earlier process started: its pid, when it was started, its monitor. */
bool qemuProcessAdopt(qemuDomain *domain);

/*
 * Asks the guest's QEMU, with the lock let go meanwhile: whoever has no job finds the domain changed, even
 * off, afterwards. See qemuMonitorCall().
 */
json_object *qemuProcessAsk(qemuDomain *domain, const char *command, json_object *arguments);
json_object *qemuProcessAskWith(qemuDomain *domain, const char *command, json_object *arguments,
                                int fd, unsigned int patience);

/* The same where QEMU's refusal is no error: see qemuMonitorTry(). */
json_object *qemuProcessTry(qemuDomain *domain, const char *command, json_object *arguments,
                            char **refusal);

/* All of the answer, be it a result or a refusal: see qemuMonitorReply(). */
json_object *qemuProcessReply(qemuDomain *domain, const char *command, json_object *arguments);

/* Changes the state; writes it down, too. */
void qemuDomainSetState(qemuDomain *domain, int state, int reason);

/* The domain's process is gone, for a virDomainShutoffReason; with the lock held. */
void qemuProcessSettle(qemuDomain *domain, int reason);

/* When a process was started, by the clock of the kernel; 0 when there is none. */
guint64 qemuProcessStarted(pid_t pid);

/* Whether programs of the guest listen at its channels, by the answer to query-chardev. */
void qemuProcessLearnChannels(virDocDomain *document, json_object *list);

/* Makes the password of a screen, and how long it holds, what its description says. */
bool qemuGraphicsPassword(qemuDomain *domain, const virDocDomainGraphics *graphics);

/* --- qemu_event.c ----------------------------------------------------------------------------- */

/* What QEMU says; `opaque` is the domain. */
extern const qemuMonitorListener qemuGuestListener;

/* --- qemu_launch.c ---------------------------------------------------------------------------- */

/* What becomes of a process before it is QEMU. */
typedef struct {
    const qemuSettings *settings;
    const qemuIdentity *identity;
    const char *home;           /* of another user */
    const GArray *joins;        /* descriptors, see qemuCgroupMake() */
} qemuLaunchPlace;

/* Runs a command line; the descriptor of its log stays open in it. false with an error raised. */
bool qemuLaunch(const qemuCommand *command, const qemuLaunchPlace *place, int log, pid_t *pid);
/* A listening socket at a path, and a connection to it that QEMU will find; false with an error raised. */
bool qemuListen(const char *path, int *listening, int *connected);
/* A connection to the socket of a QEMU that runs; -1 with an error raised. */
int qemuConnect(const char *path);
/* Waits a moment for the other side to close, and closes. */
void qemuAwaitClose(int fd);
/* Removes the folder of a guest's sockets with what is left there. */
void qemuRemoveSockets(const char *socket);
/* The log of a domain, with the command line in it; -1 with an error raised. */
int qemuLogOpen(const qemuDomain *domain, const qemuCommand *command, off_t *start);
/* What QEMU wrote since a place of its log. */
char *qemuLogSince(const qemuDomain *domain, off_t start);

/* --- qemu_domain_save.c ----------------------------------------------------------------------- */

/* Starts a domain from its managed image, which is gone then; 0, or -1 with an error raised. */
int qemuSavedStart(qemuDomain *domain, bool paused);
/* Removes the managed image, if there is one. */
void qemuSavedForget(qemuDomain *domain);
