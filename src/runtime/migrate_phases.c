/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The phases of a migration, one table per generation of the protocol. */

#include "migrate_phases.h"

#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/entry.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"

static int
missing(const virMigrationMove *move, const char *hook)
{
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_NO_SUPPORT, "%s of domain '%s'", hook,
                  move->wish->domain->name);
    return -1;
}

/* What a phase hands out takes the place of what it was given. */
static void
passOn(virMigrationMove *move, unsigned char *data, int length)
{
    g_free(move->cookie.data);
    move->cookie = (virMigrationCookie) { data, data ? length : 0 };
}

bool
virMigrationIsOffline(const virMigrationMove *move)
{
    return move->sourceFlags & VIR_MIGRATE_OFFLINE;
}

/* Takes in the address that the destination wants the guest sent to. */
static int
takeAddress(virMigrationMove *move, char *uri)
{
    if (uri) {
        g_free(move->uri);
        move->uri = uri;
    }
    if (move->uri || virMigrationIsOffline(move))
        return 0;
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INTERNAL_ERROR,
                  "the destination did not say where domain '%s' is to be sent",
                  move->wish->domain->name);
    return -1;
}

static void
setString(virMigrationMove *move, const char *name, const char *value)
{
    virTypedParameterPtr old = localTypedParamsGet(move->params, move->nparams, name);

    if (old) {
        g_free(old->value.s);
        old->value.s = g_strdup(value);
    } else {
        localTypedParamsAddString(&move->params, &move->nparams, &move->maxparams, name, value);
    }
}

const char *
virMigrationString(virTypedParameterPtr params, int nparams, const char *name)
{
    virTypedParameterPtr one = localTypedParamsGet(params, nparams, name);

    return one && one->type == VIR_TYPED_PARAM_STRING ? one->value.s : NULL;
}

static const char *
documentOf(const virMigrationMove *move)
{
    return virMigrationString(move->params, move->nparams, VIR_MIGRATE_PARAM_DEST_XML);
}

/* The name that the destination knows the domain by. */
static const char *
targetName(const virMigrationMove *move)
{
    return move->dname ? move->dname : move->wish->domain->name;
}

/* --- the first and the second generation ---------------------------------------------------------- */

/* What the source runs, for a destination that is told by us. A guest that stood still does so on. */
static int
describe(virMigrationMove *move)
{
    virDomainPtr domain = move->wish->domain;
    unsigned int flags = VIR_DOMAIN_XML_SECURE;
    int state, reason;

    if (!move->source->DomainGetState || !move->source->DomainGetXMLDesc)
        return missing(move, "virDomainGetXMLDesc");
    if (move->source->DomainGetState(domain, &state, &reason, 0) < 0)
        return -1;
    if (state == VIR_DOMAIN_PAUSED)
        move->sourceFlags = move->targetFlags |= VIR_MIGRATE_PAUSED;
    if (virDriverHasFeature(domain->conn, VIR_DRV_FEATURE_XML_MIGRATABLE))
        flags |= VIR_DOMAIN_XML_MIGRATABLE;
    move->xml = move->source->DomainGetXMLDesc(domain, flags);
    return move->xml ? 0 : -1;
}

static int
prepare1(virMigrationMove *move)
{
    g_autofree char *uri = NULL;
    unsigned char *cookie = NULL;
    int length = 0;

    if (!move->target->DomainMigratePrepare)
        return missing(move, "virDomainMigratePrepare");
    if (move->target->DomainMigratePrepare(move->wish->dconn, move->uri, move->targetFlags,
                                           move->dname, move->bandwidth, &cookie, &length,
                                           &uri) < 0)
        return -1;
    move->reached |= VIR_MIGRATION_PREPARED;
    passOn(move, cookie, length);
    return takeAddress(move, g_steal_pointer(&uri));
}

static int
prepare2(virMigrationMove *move)
{
    g_autofree char *uri = NULL;
    unsigned char *cookie = NULL;
    int length = 0;

    if (!move->target->DomainMigratePrepare2)
        return missing(move, "virDomainMigratePrepare2");
    if (move->target->DomainMigratePrepare2(move->wish->dconn, move->uri, move->targetFlags,
                                            move->dname, move->bandwidth, move->xml, &cookie,
                                            &length, &uri) < 0)
        return -1;
    move->reached |= VIR_MIGRATION_PREPARED;
    passOn(move, cookie, length);
    return takeAddress(move, g_steal_pointer(&uri));
}

/* The destination is given what it made itself: nothing comes back from the source. */
static int
perform(virMigrationMove *move)
{
    if (!move->source->DomainMigratePerform)
        return missing(move, "virDomainMigratePerform");
    if (move->source->DomainMigratePerform(move->wish->domain, move->cookie.data,
                                           move->cookie.length, move->uri, move->sourceFlags,
                                           move->dname, move->bandwidth) < 0)
        return -1;
    move->reached |= VIR_MIGRATION_PERFORMED;
    return 0;
}

static int
finish1(virMigrationMove *move)
{
    if (!move->target->DomainMigrateFinish)
        return missing(move, "virDomainMigrateFinish");
    move->moved = move->target->DomainMigrateFinish(move->wish->dconn, targetName(move),
                                                    move->cookie.data, move->cookie.length,
                                                    move->uri, move->targetFlags);
    return move->moved ? 0 : -1;
}

/* A destination that was told of a failure has no domain to show, and that is no error. */
static int
judgeFinish(virMigrationMove *move)
{
    if (move->failed && move->moved) {
        virHandleUnref(&move->moved->handle);
        move->moved = NULL;
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INTERNAL_ERROR,
                      "the destination ignored that the migration of domain '%s' was called off",
                      move->wish->domain->name);
        return -1;
    }
    if (move->moved)
        move->reached |= VIR_MIGRATION_FINISHED;
    return move->moved || move->failed ? 0 : -1;
}

static int
finish2(virMigrationMove *move)
{
    if (!move->target->DomainMigrateFinish2)
        return missing(move, "virDomainMigrateFinish2");
    move->moved = move->target->DomainMigrateFinish2(move->wish->dconn, targetName(move),
                                                     move->cookie.data, move->cookie.length,
                                                     move->uri ? move->uri : "",
                                                     move->targetFlags, move->failed);
    return judgeFinish(move);
}

/* --- the third generation ------------------------------------------------------------------------- */

/* From now on the source may hold the domain for us, so it is to hear how it ended. */
static void
beginDone(virMigrationMove *move, unsigned char *cookie, int length)
{
    if (virDriverHasFeature(move->wish->domain->conn, VIR_DRV_FEATURE_MIGRATE_CHANGE_PROTECTION))
        move->reached |= VIR_MIGRATION_HELD;
    passOn(move, cookie, length);
}

static int
begin3(virMigrationMove *move)
{
    unsigned char *cookie = NULL;
    int length = 0;

    if (!move->source->DomainMigrateBegin3)
        return missing(move, "virDomainMigrateBegin3");
    move->xml = move->source->DomainMigrateBegin3(move->wish->domain, documentOf(move),
                                                  move->sourceFlags, move->dname,
                                                  move->bandwidth, &cookie, &length);
    if (!move->xml)
        return -1;
    beginDone(move, cookie, length);
    return 0;
}

static int
begin3Params(virMigrationMove *move)
{
    unsigned char *cookie = NULL;
    int length = 0;

    if (!move->source->DomainMigrateBegin3Params)
        return missing(move, "virDomainMigrateBegin3Params");
    move->xml = move->source->DomainMigrateBegin3Params(move->wish->domain, move->params,
                                                        move->nparams, move->sourceFlags,
                                                        &cookie, &length);
    if (!move->xml)
        return -1;
    setString(move, VIR_MIGRATE_PARAM_DEST_XML, move->xml);
    beginDone(move, cookie, length);
    return 0;
}

static int
openTunnel(virMigrationMove *move)
{
    move->stream = localStreamNew(move->wish->dconn, 0);
    return move->stream ? 0 : -1;
}

static int
prepare3(virMigrationMove *move)
{
    const virHypervisorDriver *target = move->target;
    virConnectPtr dconn = move->wish->dconn;
    g_autofree char *uri = NULL;
    unsigned char *cookie = NULL;
    int length = 0, done;

    if (move->targetFlags & VIR_MIGRATE_TUNNELLED) {
        if (!target->DomainMigratePrepareTunnel3)
            return missing(move, "virDomainMigratePrepareTunnel3");
        if (openTunnel(move) < 0)
            return -1;
        done = target->DomainMigratePrepareTunnel3(dconn, move->stream, move->cookie.data,
                                                   move->cookie.length, move->targetFlags,
                                                   move->dname, move->bandwidth, move->xml,
                                                   &cookie, &length);
    } else {
        if (!target->DomainMigratePrepare3)
            return missing(move, "virDomainMigratePrepare3");
        done = target->DomainMigratePrepare3(dconn, move->cookie.data, move->cookie.length,
                                             move->uri, move->targetFlags, move->dname,
                                             move->bandwidth, move->xml, &cookie, &length, &uri);
    }
    if (done < 0)
        return -1;
    move->reached |= VIR_MIGRATION_PREPARED;
    passOn(move, cookie, length);
    return move->stream ? 0 : takeAddress(move, g_steal_pointer(&uri));
}

static int
prepare3Params(virMigrationMove *move)
{
    const virHypervisorDriver *target = move->target;
    virConnectPtr dconn = move->wish->dconn;
    g_autofree char *uri = NULL;
    unsigned char *cookie = NULL;
    int length = 0, done;

    if (move->targetFlags & VIR_MIGRATE_TUNNELLED) {
        if (!target->DomainMigratePrepareTunnel3Params)
            return missing(move, "virDomainMigratePrepareTunnel3Params");
        if (openTunnel(move) < 0)
            return -1;
        done = target->DomainMigratePrepareTunnel3Params(dconn, move->stream, move->params,
                                                         move->nparams, move->cookie.data,
                                                         move->cookie.length, move->targetFlags,
                                                         &cookie, &length);
    } else {
        if (!target->DomainMigratePrepare3Params)
            return missing(move, "virDomainMigratePrepare3Params");
        done = target->DomainMigratePrepare3Params(dconn, move->params, move->nparams,
                                                   move->cookie.data, move->cookie.length,
                                                   move->targetFlags, &cookie, &length, &uri);
    }
    if (done < 0)
        return -1;
    move->reached |= VIR_MIGRATION_PREPARED;
    passOn(move, cookie, length);
    if (move->stream)
        return 0;
    if (takeAddress(move, g_steal_pointer(&uri)) < 0)
        return -1;
    if (move->uri)
        setString(move, VIR_MIGRATE_PARAM_URI, move->uri);
    return 0;
}

/* A source that tried holds the domain until it hears how it ended, whether it succeeded or not. */
static int
performDone(virMigrationMove *move, int done, unsigned char *cookie, int length)
{
    move->reached |= VIR_MIGRATION_HELD;
    passOn(move, cookie, length);
    if (done < 0)
        return -1;
    move->reached |= VIR_MIGRATION_PERFORMED;
    return 0;
}

static int
send3(virMigrationMove *move)
{
    virMigrationCookie cookie = { NULL, 0 };
    int done = move->wish->send(move->stream, move->uri, &move->cookie, &cookie,
                                move->wish->opaque);

    return performDone(move, done, cookie.data, cookie.length);
}

static int
perform3(virMigrationMove *move)
{
    unsigned char *cookie = NULL;
    int length = 0, done;

    if (move->wish->send)
        return send3(move);
    if (!move->source->DomainMigratePerform3)
        return missing(move, "virDomainMigratePerform3");
    done = move->source->DomainMigratePerform3(move->wish->domain, documentOf(move),
                                               move->cookie.data, move->cookie.length,
                                               /* dconnuri= */ NULL, move->uri,
                                               move->sourceFlags, move->dname, move->bandwidth,
                                               &cookie, &length);
    return performDone(move, done, cookie, length);
}

static int
perform3Params(virMigrationMove *move)
{
    unsigned char *cookie = NULL;
    int length = 0, done;

    if (move->wish->send)
        return send3(move);
    if (!move->source->DomainMigratePerform3Params)
        return missing(move, "virDomainMigratePerform3Params");
    done = move->source->DomainMigratePerform3Params(move->wish->domain, /* dconnuri= */ NULL,
                                                     move->params, move->nparams,
                                                     move->cookie.data, move->cookie.length,
                                                     move->sourceFlags, &cookie, &length);
    return performDone(move, done, cookie, length);
}

static int
finish3(virMigrationMove *move)
{
    unsigned char *cookie = NULL;
    int length = 0;

    if (!move->target->DomainMigrateFinish3)
        return missing(move, "virDomainMigrateFinish3");
    move->moved = move->target->DomainMigrateFinish3(move->wish->dconn, targetName(move),
                                                     move->cookie.data, move->cookie.length,
                                                     /* dconnuri= */ NULL, move->uri,
                                                     move->targetFlags, move->failed, &cookie,
                                                     &length);
    passOn(move, cookie, length);
    return judgeFinish(move);
}

static int
finish3Params(virMigrationMove *move)
{
    unsigned char *cookie = NULL;
    int length = 0;

    if (!move->target->DomainMigrateFinish3Params)
        return missing(move, "virDomainMigrateFinish3Params");
    setString(move, VIR_MIGRATE_PARAM_DEST_NAME, targetName(move));
    move->moved = move->target->DomainMigrateFinish3Params(move->wish->dconn, move->params,
                                                           move->nparams, move->cookie.data,
                                                           move->cookie.length,
                                                           move->targetFlags, move->failed,
                                                           &cookie, &length);
    passOn(move, cookie, length);
    return judgeFinish(move);
}

/* The guest runs on the destination already: that the source cannot let go of it is no failure. */
static int
confirmDone(virMigrationMove *move, int done)
{
    if (done < 0 && move->reached & VIR_MIGRATION_FINISHED) {
        virLogWrite(VIR_LOG_WARNING, "libvirt", __func__,
                    "domain '%s' is on the destination, but the source still holds it: %s",
                    move->wish->domain->name, localGetLastErrorMessage());
        virErrorReset();
        return 0;
    }
    return done;
}

static int
confirm3(virMigrationMove *move)
{
    if (!move->source->DomainMigrateConfirm3)
        return missing(move, "virDomainMigrateConfirm3");
    return confirmDone(move, move->source->DomainMigrateConfirm3(
        move->wish->domain, move->cookie.data, move->cookie.length, move->sourceFlags,
        move->failed));
}

static int
confirm3Params(virMigrationMove *move)
{
    if (!move->source->DomainMigrateConfirm3Params)
        return missing(move, "virDomainMigrateConfirm3Params");
    return confirmDone(move, move->source->DomainMigrateConfirm3Params(
        move->wish->domain, move->params, move->nparams, move->cookie.data, move->cookie.length,
        move->sourceFlags, move->failed));
}

/* --- the generations ------------------------------------------------------------------------------ */

static const virMigrationPhase firstPhases[] = {
    { .name = "describe", .run = describe },
    { .name = "prepare", .run = prepare1 },
    { .name = "perform", .run = perform, .needs = VIR_MIGRATION_PREPARED, .sends = true },
    { .name = "finish", .run = finish1, .needs = VIR_MIGRATION_PERFORMED },
    { .name = NULL },
};

static const virMigrationPhase secondPhases[] = {
    { .name = "describe", .run = describe },
    { .name = "prepare", .run = prepare2 },
    { .name = "perform", .run = perform, .needs = VIR_MIGRATION_PREPARED, .sends = true },
    { .name = "finish", .run = finish2, .needs = VIR_MIGRATION_PREPARED, .cleansUp = true },
    { .name = NULL },
};

static const virMigrationPhase thirdPhases[] = {
    { .name = "begin", .run = begin3 },
    { .name = "prepare", .run = prepare3 },
    { .name = "perform", .run = perform3, .needs = VIR_MIGRATION_PREPARED, .sends = true },
    { .name = "finish", .run = finish3, .needs = VIR_MIGRATION_PREPARED, .cleansUp = true },
    { .name = "confirm", .run = confirm3, .needs = VIR_MIGRATION_HELD, .cleansUp = true },
    { .name = NULL },
};

static const virMigrationPhase paramsPhases[] = {
    { .name = "begin", .run = begin3Params },
    { .name = "prepare", .run = prepare3Params },
    { .name = "perform", .run = perform3Params, .needs = VIR_MIGRATION_PREPARED, .sends = true },
    { .name = "finish", .run = finish3Params, .needs = VIR_MIGRATION_PREPARED, .cleansUp = true },
    { .name = "confirm", .run = confirm3Params, .needs = VIR_MIGRATION_HELD, .cleansUp = true },
    { .name = NULL },
};

const virMigrationGeneration virMigrationGenerations[] = {
    { VIR_DRV_FEATURE_MIGRATION_PARAMS, true, paramsPhases },
    { VIR_DRV_FEATURE_MIGRATION_V3, true, thirdPhases },
    { VIR_DRV_FEATURE_MIGRATION_V2, false, secondPhases },
    { VIR_DRV_FEATURE_MIGRATION_V1, false, firstPhases },
    { .phases = NULL },
};
