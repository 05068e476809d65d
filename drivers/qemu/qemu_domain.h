/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A domain of QEMU: what is known of it, who may change it, and what it becomes. */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "conf/domain.h"
#include "qemu_driver.h"
#include "qemu_monitor.h"

/* What changes a domain, one at a time. */
typedef enum {
    QEMU_JOB_NONE,
    QEMU_JOB_START,
    QEMU_JOB_STOP,
    QEMU_JOB_MODIFY,
    QEMU_JOB_SAVE,
    QEMU_JOB_DUMP,
    QEMU_JOB_LAST
} qemuJobKind;

typedef struct {
    qemuJobKind kind;
    gint64 since;               /* g_get_monotonic_time() */
    GThread *owner;
    const char *cancel;         /* the command that breaks it off; NULL: nothing does */
    bool aborted;               /* somebody did */
    bool failed;
    gint64 ended;               /* 0: it goes on */
    guint64 total, done, remaining;     /* bytes of memory that it moves, moved, has left */
} qemuJob;

/* What follows when the guest turns itself off. */
typedef enum {
    QEMU_AFTER_SHUTDOWN_STOP,
    QEMU_AFTER_SHUTDOWN_RESET,  /* somebody asked it to reboot */
} qemuAfterShutdown;

/* A QEMU that runs. */
typedef struct {
    pid_t pid;                  /* 0: none */
    int pidfd;
    guint64 started;            /* by the clock of the kernel, to know the process again */
    GSource *watch;             /* of its end */
    qemuMonitor *monitor;       /* NULL before it listens and after its end */
    char *socket;               /* of the monitor */
    bool ours;                  /* a child of this process, which must be waited for */
    qemuAfterShutdown afterShutdown;
    int stopReason;             /* virDomainShutoffReason to come; 0: not known */
    int pauseReason;            /* virDomainPausedReason of the next stop */
    GArray *vcpus, *iothreads;  /* threads, see qemu_threads.h */
    char *cgroup;               /* name of its control group; NULL: it has none */
    GPtrArray *given;           /* paths of files that are QEMU's until its end; NULL: none */
    GHashTable *leaving;        /* devices that the guest is asked to give up, see qemu_unplug.h */
} qemuProcess;

/*
 * Counted. Its lock is held for moments only: who waits for QEMU has a job and lets go of the lock. So
 * everything may be read at any time, and what a guest is asked to become changes one job at a time.
 */
struct qemuDomain {
    int refs;
    qemuHost *host;             /* lives longer */
    GList link;                 /* in qemuHost.domains */

    /* Guards what follows. */
    GMutex lock;
    GCond jobEnded;
    qemuJob job;
    bool telling;               /* scripts hear of the end of its guest */
    int waiting;                /* calls that wait until it is over */
    qemuJob lastJob;            /* the last that moved memory, as long as nobody asked */
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    int id;                     /* -1 while off; changed by virConfObjectsSetId() */
    virDocDomain *live;
    virDocDomain *next;         /* the definition of the next start, when it differs */
    int state;
    int reason;
    bool persistent;
    bool autostart;
    bool updated;               /* defined anew while it ran */
    bool managedSave;           /* an image lies ready */
    virConnectPtr owner;        /* whose end is this domain's end; not a reference */
    qemuProcess process;
    unsigned long long balloon; /* KiB, as QEMU said last */
    gint64 agentSince;          /* somebody talks with the agent since then; 0: nobody */
    int agentPatience;          /* seconds that an agent may take; 0: as usual */
};

extern const virConfObjectKind qemuDomainKind;

qemuDomain *qemuDomainRef(qemuDomain *domain);
void qemuDomainUnref(qemuDomain *domain);

/* --- finding: qemu_domain.c; each gives a reference to a locked domain ----------------------- */

/* The domain behind a handle; NULL with an error raised. */
qemuDomain *qemuDomainLock(virDomainPtr handle);
/* Unlocks, and drops the reference. */
void qemuDomainUnlock(qemuDomain *domain);
/* The same with a job of this kind; who has one already is waited for, not for ever. */
qemuDomain *qemuDomainBegin(virDomainPtr handle, qemuJobKind kind);
bool qemuDomainBeginLocked(qemuDomain *domain, qemuJobKind kind);
void qemuDomainEnd(qemuDomain *domain);
/* Every domain of a host, each referred to; NULL-terminated, in order. */
GPtrArray *qemuDomainAll(qemuHost *host);

/* Whether the flags of virConnectListAllDomains() let it through. */
bool qemuDomainSelected(const qemuDomain *domain, unsigned int flags);

bool qemuDomainRequireActive(const qemuDomain *domain);

/* --- coming and going, with the domain locked ------------------------------------------------ */

/* What this driver says about documents of a host's guests. */
virConfDomainDriver qemuDomainDocuments(qemuHost *host);
/* Reads a document and completes it for this driver; NULL with an error raised. */
virDocDomain *qemuDomainParse(qemuHost *host, const char *xml, unsigned int flags);
/*
 * The domain that a document describes, locked and referred to: the one there is, with `document` left
 * alone, or a new one with it. NULL with an error raised when its name and UUID are two domains'.
 */
qemuDomain *qemuDomainAdopt(qemuHost *host, virDocDomain *document, bool *isNew);
/* Takes it out of the tables. */
void qemuDomainForget(qemuDomain *domain);
/* Gives it another name; false when that is taken. */
bool qemuDomainRenameInTables(qemuDomain *domain, const char *name);

virDomainPtr qemuDomainHandle(virConnectPtr conn, const qemuDomain *domain);
void qemuDomainAnnounce(const qemuDomain *domain, int event, int detail);

/* --- on disk: qemu_store.c -------------------------------------------------------------------- */

/* Writes the definition; false with an error raised, and then the old one still stands. */
bool qemuStoreDefinition(const qemuDomain *domain, virDocDomain *document);
void qemuStoreForget(const qemuDomain *domain);
bool qemuStoreAutostart(qemuDomain *domain, bool autostart);
/* Writes what a later process needs to find the running guest again. */
bool qemuStoreStatus(const qemuDomain *domain);
void qemuStoreForgetStatus(const qemuDomain *domain);
/* Notes that a QEMU begins to run at the socket of the domain, or that this is over. */
bool qemuStoreStarting(const qemuDomain *domain, bool starting);
char *qemuStoreSavePath(const qemuDomain *domain);
/* Reads every definition and finds the guests that run. */
void qemuStoreLoad(qemuHost *host);
