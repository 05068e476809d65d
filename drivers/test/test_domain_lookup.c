/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding and listing domains. */

#include "test_domain_moment.h"
#include "test_domain_records.h"

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* A handle of the domain a table has under a key; NULL without an error when it has none. */
static virDomainPtr
lookup(virConnectPtr conn, GHashTable *table, gconstpointer key)
{
    testHost *host = testHostOf(conn);
    virDomainPtr handle;

    g_mutex_lock(&host->lock);
    handle = testDomainHandle(conn, g_hash_table_lookup(table, key));
    g_mutex_unlock(&host->lock);
    return handle;
}

virDomainPtr
testDomainLookupByName(virConnectPtr conn, const char *name)
{
    virDomainPtr handle = lookup(conn, testHostOf(conn)->domains->byName, name);

    if (!handle)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "no domain with matching name '%s'", name);
    return handle;
}

virDomainPtr
testDomainLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    virDomainPtr handle = lookup(conn, testHostOf(conn)->domains->byUUID, uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    if (!handle) {
        virUUIDFormat(uuid, text);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "no domain with matching uuid '%s'", text);
    }
    return handle;
}

virDomainPtr
testDomainLookupByID(virConnectPtr conn, int id)
{
    virDomainPtr handle;

    if (id < 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "id %d is negative", id);
        return NULL;
    }
    handle = lookup(conn, testHostOf(conn)->domains->byId, GINT_TO_POINTER(id));
    if (!handle)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "no domain with matching id %d", id);
    return handle;
}

int
testConnectNumOfDomains(virConnectPtr conn)
{
    testHost *host = testHostOf(conn);
    int count;

    g_mutex_lock(&host->lock);
    count = (int) g_hash_table_size(host->domains->byId);
    g_mutex_unlock(&host->lock);
    return count;
}

int
testConnectNumOfDefinedDomains(virConnectPtr conn)
{
    testHost *host = testHostOf(conn);
    int count;

    g_mutex_lock(&host->lock);
    count = (int) (g_hash_table_size(host->domains->byName) - g_hash_table_size(host->domains->byId));
    g_mutex_unlock(&host->lock);
    return count;
}

int
testConnectListDomains(virConnectPtr conn, int *ids, int maxids)
{
    testHost *host = testHostOf(conn);
    const GList *one;
    int count = 0;

    g_mutex_lock(&host->lock);
    for (one = host->domains->all.head; one && count < maxids; one = one->next) {
        const testDomain *domain = one->data;

        if (domain->id >= 0)
            ids[count++] = domain->id;
    }
    g_mutex_unlock(&host->lock);
    return count;
}

int
testConnectListDefinedDomains(virConnectPtr conn, char **const names, int maxnames)
{
    testHost *host = testHostOf(conn);
    const GList *one;
    int count = 0;

    g_mutex_lock(&host->lock);
    for (one = host->domains->all.head; one && count < maxnames; one = one->next) {
        const testDomain *domain = one->data;

        if (domain->id < 0)
            names[count++] = g_strdup(domain->name);
    }
    g_mutex_unlock(&host->lock);
    return count;
}

/* Whether one pair of opposite filters lets a domain through. */
static bool
passes(unsigned int flags, unsigned int yes, unsigned int no, bool value)
{
    return !(flags & (yes | no)) || flags & (value ? yes : no);
}

bool
testDomainSelected(const testDomain *domain, unsigned int flags)
{
    const unsigned int states = VIR_CONNECT_LIST_DOMAINS_RUNNING | VIR_CONNECT_LIST_DOMAINS_PAUSED |
        VIR_CONNECT_LIST_DOMAINS_SHUTOFF | VIR_CONNECT_LIST_DOMAINS_OTHER;
    unsigned int state = VIR_CONNECT_LIST_DOMAINS_OTHER;

    if (!flags)
        return true;
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
               VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE, domain->managedSave != NULL) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT,
               VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT, domain->snapshots->all.length > 0) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT,
               VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT,
               domain->checkpoints->all.length > 0);
}

int
testConnectListAllDomains(virConnectPtr conn, virDomainPtr **domains, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autofree virDomainPtr *list = NULL;
    const GList *one;
    int count = 0;

    g_mutex_lock(&host->lock);
    list = g_new0(virDomainPtr, host->domains->all.length + 1);
    for (one = host->domains->all.head; one; one = one->next) {
        if (!testDomainSelected(one->data, flags))
            continue;
        if (domains)
            list[count] = testDomainHandle(conn, one->data);
        count++;
    }
    g_mutex_unlock(&host->lock);
    if (domains)
        *domains = g_steal_pointer(&list);
    return count;
}
