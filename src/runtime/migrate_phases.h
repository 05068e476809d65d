/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the conductor of a migration and its phases share. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "runtime/driver.h"
#include "runtime/migrate.h"

/* How far a migration has come, as a set. */
enum {
    VIR_MIGRATION_HELD = 1 << 0,       /* the source waits for a word about how it ended */
    VIR_MIGRATION_PREPARED = 1 << 1,   /* the destination waits for the guest */
    VIR_MIGRATION_PERFORMED = 1 << 2,  /* the guest was sent */
    VIR_MIGRATION_FINISHED = 1 << 3,   /* the guest is on the destination */
};

typedef struct {
    const virMigration *wish;
    const virHypervisorDriver *source;
    const virHypervisorDriver *target;
    const char *dname;              /* NULL: it keeps its name */
    unsigned long long bandwidth;   /* MiB/s, 0: no limit */
    unsigned int sourceFlags;
    unsigned int targetFlags;
    virTypedParameterPtr params;    /* ours: they gain the URI and the name */
    int nparams;
    int maxparams;
    char *uri;                      /* where the guest goes; NULL until somebody knows */
    char *xml;                      /* what the destination is to run */
    virMigrationCookie cookie;      /* what the last phase left for the next */
    virStreamPtr stream;            /* TUNNELLED: what the guest goes through */
    virDomainPtr moved;             /* the domain on the destination */
    unsigned int reached;
    bool failed;
    virErrorPtr error;              /* the first one */
} virMigrationMove;

/* One phase: 0, or -1 with an error raised. */
typedef struct {
    const char *name;
    int (*run)(virMigrationMove *move);
    unsigned int needs;
    bool cleansUp;                  /* it runs after a failure too */
    bool sends;                     /* it moves the guest, so an offline migration has none */
} virMigrationPhase;

/* A generation of the protocol: what both sides must have, and its phases. */
typedef struct {
    int feature;                    /* of the protocol */
    bool takesDocument;             /* the destination may be given another document */
    const virMigrationPhase *phases;    /* ends with a phase without a name */
} virMigrationGeneration;

/* All of them, the newest first; ends with one without phases. */
extern const virMigrationGeneration virMigrationGenerations[];

/* The value of a string parameter, NULL when it is absent. */
const char *virMigrationString(virTypedParameterPtr params, int nparams, const char *name);
/* Whether no guest goes, but its definition: there is nothing to send, so no Perform phase. */
bool virMigrationIsOffline(const virMigrationMove *move);
