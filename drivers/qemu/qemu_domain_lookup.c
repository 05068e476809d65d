/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding and listing domains. */

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "driver/qemu.h"
#include "qemu_domain.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* A handle of the domain a table has under a key; NULL without an error when it has none. */
static virDomainPtr
lookup(virConnectPtr conn, GHashTable *table, gconstpointer key)
{
    qemuHost *host = qemuHostOf(conn);
    qemuDomain *domain;
    virDomainPtr handle;

    g_mutex_lock(&host->tableLock);
    domain = g_hash_table_lookup(table, key);
    if (domain)
        qemuDomainRef(domain);
    g_mutex_unlock(&host->tableLock);
    if (!domain)
        return NULL;
    g_mutex_lock(&domain->lock);
    handle = qemuDomainHandle(conn, domain);
    qemuDomainUnlock(domain);
    return handle;
}

virDomainPtr
qemuDomainLookupByName(virConnectPtr conn, const char *name)
{
    virDomainPtr handle = lookup(conn, qemuHostOf(conn)->byName, name);

    if (!handle)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_NO_DOMAIN, "no domain with matching name '%s'", name);
    return handle;
}

virDomainPtr
qemuDomainLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    virDomainPtr handle = lookup(conn, qemuHostOf(conn)->byUUID, uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    if (!handle) {
        virUUIDFormat(uuid, text);
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_NO_DOMAIN, "no domain with matching uuid '%s'", text);
    }
    return handle;
}

/* Calls for every domain, locked, in order, until `one` says no. */
static void
eachDomain(virConnectPtr conn, bool (*one)(const qemuDomain *domain, void *opaque), void *opaque)
{
    g_autoptr(GPtrArray) all = qemuDomainAll(qemuHostOf(conn));
    bool more = true;

    for (guint i = 0; i < all->len && more; i++) {
        qemuDomain *domain = all->pdata[i];

        g_mutex_lock(&domain->lock);
        more = one(domain, opaque);
        g_mutex_unlock(&domain->lock);
    }
}

typedef struct {
    virConnectPtr conn;
    int id;
    virDomainPtr handle;
} Search;

static bool
compareId(const qemuDomain *domain, void *opaque)
{
    Search *search = opaque;

    if (domain->id == search->id)
        search->handle = qemuDomainHandle(search->conn, domain);
    return !search->handle;
}

virDomainPtr
qemuDomainLookupByID(virConnectPtr conn, int id)
{
    Search search = { .conn = conn, .id = id };

    if (id >= 0)
        eachDomain(conn, compareId, &search);
    if (!search.handle)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_NO_DOMAIN, "no domain with matching id %d", id);
    return search.handle;
}

typedef struct {
    bool active;
    int count, max;
    int *ids;
    char **names;
} Listing;

static bool
addToListing(const qemuDomain *domain, void *opaque)
{
    Listing *listing = opaque;

    if ((domain->id >= 0) == listing->active && (listing->active || domain->persistent)) {
        if (listing->ids)
            listing->ids[listing->count] = domain->id;
        if (listing->names)
            listing->names[listing->count] = g_strdup(domain->name);
        listing->count++;
    }
    return listing->count < listing->max;
}

static int
list(virConnectPtr conn, bool active, int *ids, char **names, int max)
{
    Listing listing = { .active = active, .ids = ids, .names = names, .max = max };

    if (max > 0)
        eachDomain(conn, addToListing, &listing);
    return listing.count;
}

int
qemuConnectNumOfDomains(virConnectPtr conn)
{
    return list(conn, /* active= */ true, NULL, NULL, G_MAXINT);
}

int
qemuConnectListDomains(virConnectPtr conn, int *ids, int maxids)
{
    return list(conn, /* active= */ true, ids, NULL, maxids);
}

int
qemuConnectNumOfDefinedDomains(virConnectPtr conn)
{
    return list(conn, /* active= */ false, NULL, NULL, G_MAXINT);
}

int
qemuConnectListDefinedDomains(virConnectPtr conn, char **const names, int maxnames)
{
    return list(conn, /* active= */ false, NULL, (char **) names, maxnames);
}

/* Whether one pair of opposite filters lets a domain through. */
static bool
passes(unsigned int flags, unsigned int yes, unsigned int no, bool value)
{
    return !(flags & (yes | no)) || flags & (value ? yes : no);
}

bool
qemuDomainSelected(const qemuDomain *domain, unsigned int flags)
{
    const unsigned int states = VIR_CONNECT_LIST_DOMAINS_RUNNING | VIR_CONNECT_LIST_DOMAINS_PAUSED |
        VIR_CONNECT_LIST_DOMAINS_SHUTOFF | VIR_CONNECT_LIST_DOMAINS_OTHER;
    unsigned int state = VIR_CONNECT_LIST_DOMAINS_OTHER;

    if (domain->state == VIR_DOMAIN_RUNNING)
        state = VIR_CONNECT_LIST_DOMAINS_RUNNING;
    else if (domain->state == VIR_DOMAIN_PAUSED)
        state = VIR_CONNECT_LIST_DOMAINS_PAUSED;
    else if (domain->state == VIR_DOMAIN_SHUTOFF)
        state = VIR_CONNECT_LIST_DOMAINS_SHUTOFF;
    return (!(flags & states) || flags & state) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_ACTIVE, VIR_CONNECT_LIST_DOMAINS_INACTIVE,
               domain->id >= 0) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_PERSISTENT, VIR_CONNECT_LIST_DOMAINS_TRANSIENT,
               domain->persistent) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_AUTOSTART, VIR_CONNECT_LIST_DOMAINS_NO_AUTOSTART,
               domain->autostart) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE,
               VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE, domain->managedSave) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT,
               VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT, false) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT,
               VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT, false);
}

typedef struct {
    virConnectPtr conn;
    unsigned int flags;
    GPtrArray *handles;         /* NULL: they are only counted */
    int count;
} Selection;

static bool
addToSelection(const qemuDomain *domain, void *opaque)
{
    Selection *selection = opaque;

    if (!qemuDomainSelected(domain, selection->flags))
        return true;
    selection->count++;
    if (selection->handles)
        g_ptr_array_add(selection->handles, qemuDomainHandle(selection->conn, domain));
    return true;
}

int
qemuConnectListAllDomains(virConnectPtr conn, virDomainPtr **domains, unsigned int flags)
{
    Selection selection = {
        .conn = conn,
        .flags = flags,
        .handles = domains ? g_ptr_array_new() : NULL,
    };

    eachDomain(conn, addToSelection, &selection);
    if (domains) {
        g_ptr_array_add(selection.handles, NULL);
        *domains = (virDomainPtr *) g_ptr_array_free(selection.handles, FALSE);
    }
    return selection.count;
}
