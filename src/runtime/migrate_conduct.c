/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The conductor of a migration: which generation both sides speak, and its phases in order.
 *
 * A phase runs when what it needs was reached, and after a failure only if it cleans up. The first
 * error is the one that is told, whatever goes wrong while cleaning up.
 */

#include "migrate_phases.h"

#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/entry.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"

static bool
bothHave(const virMigration *wish, int feature)
{
    return virDriverHasFeature(wish->domain->conn, feature) &&
           virDriverHasFeature(wish->dconn, feature);
}

/* The newest generation that both sides know and that can carry what is wanted; NULL raised. */
static const virMigrationGeneration *
choose(const virMigration *wish, const char *function)
{
    const virMigrationGeneration *one;
    bool wantsDocument = virMigrationString(wish->params, wish->nparams,
                                            VIR_MIGRATE_PARAM_DEST_XML);

    if (!bothHave(wish, VIR_DRV_FEATURE_MIGRATION_PARAMS) &&
        !virMigrateIsPlain(wish->params, wish->nparams))
        return NULL;
    for (one = virMigrationGenerations; one->phases; one++) {
        if (!bothHave(wish, one->feature))
            continue;
        if (!one->takesDocument && wantsDocument) {
            virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_ARGUMENT_UNSUPPORTED,
                          "Unable to change target guest XML during migration");
            return NULL;
        }
        return one;
    }
    virEntryUnsupported(VIR_FROM_DOMAIN, wish->domain->conn, function);
    return NULL;
}

static void
run(virMigrationMove *move, const virMigrationPhase *phase)
{
    for (; phase->name; phase++) {
        if ((move->reached & phase->needs) != phase->needs ||
            (move->failed && !phase->cleansUp) || (phase->sends && virMigrationIsOffline(move)))
            continue;
        VIR_TRACE(__func__, "domain=%s, phase=%s, failed=%d", move->wish->domain->name,
                  phase->name, move->failed);
        if (phase->run(move) == 0 || move->failed)
            continue;
        move->failed = true;
        move->error = localSaveLastError();
    }
}

static void
copyParams(virMigrationMove *move, const virMigration *wish)
{
    move->nparams = move->maxparams = wish->nparams;
    move->params = g_new0(virTypedParameter, (gsize) wish->nparams);
    for (int i = 0; i < wish->nparams; i++) {
        move->params[i] = wish->params[i];
        if (wish->params[i].type == VIR_TYPED_PARAM_STRING)
            move->params[i].value.s = g_strdup(wish->params[i].value.s);
    }
}

virDomainPtr
virMigrateConduct(const virMigration *wish, const char *function)
{
    const virMigrationGeneration *generation = choose(wish, function);
    virTypedParameterPtr bandwidth;
    virMigrationMove move = {
        .wish = wish,
        .source = wish->domain->conn->hypervisor,
        .target = wish->dconn->hypervisor,
        .dname = virMigrationString(wish->params, wish->nparams, VIR_MIGRATE_PARAM_DEST_NAME),
        .sourceFlags = wish->flags,
        /* Only the source can keep changes away; older destinations do not know the flag. */
        .targetFlags = wish->flags & ~(unsigned int) VIR_MIGRATE_CHANGE_PROTECTION,
    };

    if (!generation)
        return NULL;
    if (generation->takesDocument &&
        virDriverHasFeature(wish->domain->conn, VIR_DRV_FEATURE_MIGRATE_CHANGE_PROTECTION))
        move.sourceFlags |= VIR_MIGRATE_CHANGE_PROTECTION;
    bandwidth = localTypedParamsGet(wish->params, wish->nparams, VIR_MIGRATE_PARAM_BANDWIDTH);
    move.bandwidth = bandwidth ? bandwidth->value.ul : 0;
    move.uri = g_strdup(virMigrationString(wish->params, wish->nparams, VIR_MIGRATE_PARAM_URI));
    copyParams(&move, wish);
    run(&move, generation->phases);
    if (move.error) {
        virErrorRestore(move.error);
        localFreeError(move.error);
    }
    if (move.failed && move.moved) {
        virHandleUnref(&move.moved->handle);
        move.moved = NULL;
    }
    localTypedParamsFree(move.params, move.nparams);
    if (move.stream)
        virHandleUnref((virHandle *) move.stream);
    g_free(move.cookie.data);
    g_free(move.uri);
    g_free(move.xml);
    return move.moved;
}
