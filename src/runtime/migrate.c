/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The public functions of migration: what they refuse, and which of the ways they go. */

#include "migrate.h"

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/entry.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"

/* The parameters that the older functions have as arguments; cleared with localTypedParamsClear. */
typedef struct {
    virTypedParameter params[4];
    int nparams;
} Plain;

static void
plainClear(Plain *plain)
{
    localTypedParamsClear(plain->params, plain->nparams);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Plain, plainClear)

static void
addString(Plain *plain, const char *name, const char *value)
{
    virTypedParameterPtr one = &plain->params[plain->nparams];

    if (!value)
        return;
    g_strlcpy(one->field, name, sizeof(one->field));
    one->type = VIR_TYPED_PARAM_STRING;
    one->value.s = g_strdup(value);
    plain->nparams++;
}

static Plain
collect(const char *uri, const char *dname, const char *dxml, unsigned long bandwidth)
{
    Plain plain = { .nparams = 0 };
    virTypedParameterPtr one;

    addString(&plain, VIR_MIGRATE_PARAM_URI, uri);
    addString(&plain, VIR_MIGRATE_PARAM_DEST_NAME, dname);
    addString(&plain, VIR_MIGRATE_PARAM_DEST_XML, dxml);
    if (bandwidth > 0) {
        one = &plain.params[plain.nparams++];
        g_strlcpy(one->field, VIR_MIGRATE_PARAM_BANDWIDTH, sizeof(one->field));
        one->type = VIR_TYPED_PARAM_ULLONG;
        one->value.ul = bandwidth;
    }
    return plain;
}

bool
virMigrateIsPlain(virTypedParameterPtr params, int nparams)
{
    static const char *const plain[] = {
        VIR_MIGRATE_PARAM_URI, VIR_MIGRATE_PARAM_DEST_NAME, VIR_MIGRATE_PARAM_DEST_XML,
        VIR_MIGRATE_PARAM_BANDWIDTH, NULL,
    };

    for (int i = 0; i < nparams; i++) {
        if (g_strv_contains(plain, params[i].field))
            continue;
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "Migration APIs with extensible parameters are not supported but extended "
                      "parameters were passed");
        return false;
    }
    return true;
}

/* Whether the parameters that this side looks at have the type they should; else raises. */
static bool
typesAreRight(virTypedParameterPtr params, int nparams)
{
    static const char *const strings[] = {
        VIR_MIGRATE_PARAM_URI, VIR_MIGRATE_PARAM_DEST_NAME, VIR_MIGRATE_PARAM_DEST_XML,
    };
    unsigned long long number;
    const char *text;

    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++) {
        if (localTypedParamsGetString(params, nparams, strings[i], &text) < 0)
            return false;
    }
    return localTypedParamsGetULLong(params, nparams, VIR_MIGRATE_PARAM_BANDWIDTH, &number) >= 0;
}

static bool
unsupported(const char *what)
{
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_ARGUMENT_UNSUPPORTED, "%s", what);
    return false;
}

/* What both sides must know for the flags; the destination may be unknown. Else raises. */
static bool
sidesAreAble(virDomainPtr domain, virConnectPtr dconn, unsigned int flags)
{
    if (!(flags & VIR_MIGRATE_OFFLINE))
        return true;
    if (!virDriverHasFeature(domain->conn, VIR_DRV_FEATURE_MIGRATION_OFFLINE))
        return unsupported("offline migration is not supported by the source host");
    if (dconn && !virDriverHasFeature(dconn, VIR_DRV_FEATURE_MIGRATION_OFFLINE))
        return unsupported("offline migration is not supported by the destination host");
    return true;
}

/* --- without a connection to the destination ------------------------------------------------------ */

static const char *
stringOf(virTypedParameterPtr params, int nparams, const char *name)
{
    const char *text = NULL;

    localTypedParamsGetString(params, nparams, name, &text);
    return text;
}

/* The one phase that the source does with parameters. */
static int
performParams(virDomainPtr domain, const char *dconnuri, virTypedParameterPtr params, int nparams,
              unsigned int flags)
{
    g_autofree unsigned char *cookie = NULL;
    int length = 0;

    return domain->conn->hypervisor->DomainMigratePerform3Params(domain, dconnuri, params, nparams,
                                                                 NULL, 0, flags, &cookie, &length);
}

/* The same with what the older generations can carry. */
static int
performPlain(virDomainPtr domain, const char *dconnuri, virTypedParameterPtr params, int nparams,
             unsigned int flags, const char *function)
{
    const virHypervisorDriver *driver = domain->conn->hypervisor;
    const char *uri = stringOf(params, nparams, VIR_MIGRATE_PARAM_URI);
    const char *dname = stringOf(params, nparams, VIR_MIGRATE_PARAM_DEST_NAME);
    const char *dxml = stringOf(params, nparams, VIR_MIGRATE_PARAM_DEST_XML);
    g_autofree unsigned char *cookie = NULL;
    unsigned long long bandwidth = 0;
    int length = 0;

    localTypedParamsGetULLong(params, nparams, VIR_MIGRATE_PARAM_BANDWIDTH, &bandwidth);
    if (virDriverHasFeature(domain->conn, VIR_DRV_FEATURE_MIGRATION_V3) &&
        driver->DomainMigratePerform3)
        return driver->DomainMigratePerform3(domain, dxml, NULL, 0, dconnuri, uri, flags, dname,
                                             bandwidth, &cookie, &length);
    if (!driver->DomainMigratePerform) {
        virEntryUnsupported(VIR_FROM_DOMAIN, domain->conn, function);
        return -1;
    }
    if (dxml) {
        unsupported("Unable to change target guest XML during migration");
        return -1;
    }
    /* There is room for one address only. */
    if (dconnuri && uri) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INTERNAL_ERROR,
                      "Unable to override peer2peer migration URI");
        return -1;
    }
    return driver->DomainMigratePerform(domain, NULL, 0, dconnuri ? dconnuri : uri ? uri : "",
                                        flags, dname, bandwidth);
}

/* The source does it all: it conducts (peer to peer), or its hypervisor needs no conductor. */
static int
migrateUnmanaged(virDomainPtr domain, const char *dconnuri, virTypedParameterPtr params,
                 int nparams, unsigned int flags, const char *function)
{
    bool peer = flags & VIR_MIGRATE_PEER2PEER;

    if (!typesAreRight(params, nparams) || !sidesAreAble(domain, /* dconn= */ NULL, flags))
        return -1;
    if (peer && !virDriverHasFeature(domain->conn, VIR_DRV_FEATURE_MIGRATION_P2P)) {
        unsupported("p2p migration is not supported by the source host");
        return -1;
    }
    if (!peer && !virDriverHasFeature(domain->conn, VIR_DRV_FEATURE_MIGRATION_DIRECT)) {
        unsupported("direct migration is not supported by the source host");
        return -1;
    }
    if (peer && !dconnuri) {
        virErrorRaiseArgument(VIR_FROM_DOMAIN, function, "dconnuri",
                              "peer-to-peer migration needs the URI of the destination");
        return -1;
    }
    if (!peer)
        dconnuri = NULL;
    if (virDriverHasFeature(domain->conn, VIR_DRV_FEATURE_MIGRATION_PARAMS) &&
        domain->conn->hypervisor->DomainMigratePerform3Params)
        return performParams(domain, dconnuri, params, nparams, flags);
    if (!virMigrateIsPlain(params, nparams))
        return -1;
    return performPlain(domain, dconnuri, params, nparams, flags, function);
}

/* --- between two connections ---------------------------------------------------------------------- */

/* The source conducts, and we look for the domain at the destination afterwards. */
static virDomainPtr
migratePeer(virDomainPtr domain, virConnectPtr dconn, const char *duri, Plain *plain,
            unsigned int flags, const char *function)
{
    const char *dname = stringOf(plain->params, plain->nparams, VIR_MIGRATE_PARAM_DEST_NAME);
    g_autofree char *own = NULL;

    if (!virDriverHasFeature(domain->conn, VIR_DRV_FEATURE_MIGRATION_P2P)) {
        virEntryUnsupported(VIR_FROM_DOMAIN, domain->conn, function);
        return NULL;
    }
    if (!duri) {
        if (!dconn->hypervisor->ConnectGetURI) {
            virEntryUnsupported(VIR_FROM_DOMAIN, dconn, "virConnectGetURI");
            return NULL;
        }
        own = dconn->hypervisor->ConnectGetURI(dconn);
        if (!own)
            return NULL;
        duri = own;
    }
    if (migrateUnmanaged(domain, duri, plain->params, plain->nparams, flags, function) < 0)
        return NULL;
    if (!dconn->hypervisor->DomainLookupByName) {
        virEntryUnsupported(VIR_FROM_DOMAIN, dconn, "virDomainLookupByName");
        return NULL;
    }
    return dconn->hypervisor->DomainLookupByName(dconn, dname ? dname : domain->name);
}

/* We conduct. */
static virDomainPtr
migrateManaged(virDomainPtr domain, virConnectPtr dconn, virTypedParameterPtr params, int nparams,
               unsigned int flags, const char *function)
{
    virMigration wish = {
        .domain = domain,
        .dconn = dconn,
        .params = params,
        .nparams = nparams,
        .flags = flags,
    };

    if (flags & VIR_MIGRATE_CHANGE_PROTECTION &&
        !virDriverHasFeature(domain->conn, VIR_DRV_FEATURE_MIGRATE_CHANGE_PROTECTION)) {
        unsupported("cannot enforce change protection");
        return NULL;
    }
    return virMigrateConduct(&wish, function);
}

/* virDomainMigrate and virDomainMigrate2. */
static virDomainPtr
migratePlain(virDomainPtr domain, virConnectPtr dconn, const char *dxml, unsigned long flags,
             const char *dname, const char *uri, unsigned long bandwidth, const char *function)
{
    bool peer = flags & VIR_MIGRATE_PEER2PEER;
    /* Peer to peer the URI leads to the destination's daemon; the guest finds its own way. */
    g_auto(Plain) plain = collect(peer ? NULL : uri, dname, dxml, bandwidth);

    if (virConnectReadOnly(dconn)) {
        virEntryReadOnly(VIR_FROM_DOMAIN, function);
        return NULL;
    }
    if (!sidesAreAble(domain, dconn, (unsigned int) flags))
        return NULL;
    if (peer)
        return migratePeer(domain, dconn, uri, &plain, (unsigned int) flags, function);
    if (flags & VIR_MIGRATE_TUNNELLED) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID,
                      "cannot perform tunnelled migration without using peer2peer flag");
        return NULL;
    }
    return migrateManaged(domain, dconn, plain.params, plain.nparams, (unsigned int) flags,
                          function);
}

virDomainPtr
localDomainMigrate(virDomainPtr domain, virConnectPtr dconn, unsigned long flags,
                   const char *dname, const char *uri, unsigned long bandwidth)
{
    return migratePlain(domain, dconn, /* dxml= */ NULL, flags, dname, uri, bandwidth,
                        "virDomainMigrate");
}

virDomainPtr
localDomainMigrate2(virDomainPtr domain, virConnectPtr dconn, const char *dxml,
                    unsigned long flags, const char *dname, const char *uri,
                    unsigned long bandwidth)
{
    return migratePlain(domain, dconn, dxml, flags, dname, uri, bandwidth, "virDomainMigrate2");
}

virDomainPtr
localDomainMigrate3(virDomainPtr domain, virConnectPtr dconn, virTypedParameterPtr params,
                    unsigned int nparams, unsigned int flags)
{
    static const char function[] = "virDomainMigrate3";

    if (virConnectReadOnly(dconn)) {
        virEntryReadOnly(VIR_FROM_DOMAIN, function);
        return NULL;
    }
    if (flags & VIR_MIGRATE_PEER2PEER) {
        virErrorRaiseArgument(VIR_FROM_DOMAIN, function, "flags",
                              "use virDomainMigrateToURI3 for peer-to-peer migration");
        return NULL;
    }
    if (flags & VIR_MIGRATE_TUNNELLED) {
        virErrorRaiseArgument(VIR_FROM_DOMAIN, function, "flags",
                              "cannot perform tunnelled migration without using peer2peer flag");
        return NULL;
    }
    if (!typesAreRight(params, (int) nparams) || !sidesAreAble(domain, dconn, flags))
        return NULL;
    return migrateManaged(domain, dconn, params, (int) nparams, flags, function);
}

int
localDomainMigrateToURI(virDomainPtr domain, const char *duri, unsigned long flags,
                        const char *dname, unsigned long bandwidth)
{
    bool peer = flags & VIR_MIGRATE_PEER2PEER;
    g_auto(Plain) plain = collect(peer ? NULL : duri, dname, /* dxml= */ NULL, bandwidth);

    return migrateUnmanaged(domain, peer ? duri : NULL, plain.params, plain.nparams,
                            (unsigned int) flags, "virDomainMigrateToURI");
}

int
localDomainMigrateToURI2(virDomainPtr domain, const char *dconnuri, const char *miguri,
                         const char *dxml, unsigned long flags, const char *dname,
                         unsigned long bandwidth)
{
    g_auto(Plain) plain = collect(miguri, dname, dxml, bandwidth);

    return migrateUnmanaged(domain, dconnuri, plain.params, plain.nparams, (unsigned int) flags,
                            "virDomainMigrateToURI2");
}

int
localDomainMigrateToURI3(virDomainPtr domain, const char *dconnuri, virTypedParameterPtr params,
                         unsigned int nparams, unsigned int flags)
{
    return migrateUnmanaged(domain, dconnuri, params, (int) nparams, flags,
                            "virDomainMigrateToURI3");
}
