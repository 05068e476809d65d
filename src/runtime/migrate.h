/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Conducting a migration: what source and destination are asked, in which order, and what then. */

#pragma once

#include <stdbool.h>

#include <libvirt/libvirt.h>

#include "base/visibility.h"

/* What the other side is to be told, opaque to whoever conducts; data is NULL or g_free'd. */
typedef struct {
    unsigned char *data;
    int length;
} virMigrationCookie;

/* What is wanted; everything is borrowed while the migration goes on. */
typedef struct {
    virDomainPtr domain;            /* on the source */
    virConnectPtr dconn;            /* the destination */
    virTypedParameterPtr params;    /* VIR_MIGRATE_PARAM_* */
    int nparams;
    unsigned int flags;             /* virDomainMigrateFlags */
    /*
     * Takes the place of the Perform phase, for a source that conducts its own migration: sends the
     * guest through `stream` (NULL unless TUNNELLED) or to `uri`. 0, or -1 with an error raised.
     */
    int (*send)(virStreamPtr stream, const char *uri, const virMigrationCookie *in,
                virMigrationCookie *out, void *opaque);
    void *opaque;
} virMigration;

/*
 * Moves the domain by the newest generation of phases that both sides know, and returns it as the
 * destination has it; NULL with the first error raised, when both sides were cleaned up. `function`
 * is who asked, for errors.
 */
VIR_MODULE_API virDomainPtr virMigrateConduct(const virMigration *wish, const char *function);

/* Whether parameters are only those that generations without parameters can carry; else raises. */
bool virMigrateIsPlain(virTypedParameterPtr params, int nparams);
