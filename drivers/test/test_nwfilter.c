/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network filters of the test hypervisor: definitions that refer to each other, never in a circle. */

#include "test_nwfilter.h"

#include <libvirt/virterror.h>

#include "conf/nwfilter.h"
#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain.h"

static void *
handleOf(virConnectPtr conn, const void *object)
{
    const virConfObject *filter = object;

    return filter ? virNWFilterNew(conn, filter->name, filter->uuid) : NULL;
}

static const virConfObjectKind filterKind = {
    .word = "network filter",
    .record = &virDocNwFilterRecord,
    .checks = virConfNwFilterChecks,
    .nchecks = G_N_ELEMENTS(virConfNwFilterChecks),
    .documentDomain = VIR_FROM_NWFILTER,
    .missingCode = VIR_ERR_NO_NWFILTER,
    .size = sizeof(virConfObject),
    .handle = handleOf,
};

static void *
bindingHandleOf(virConnectPtr conn, const void *object)
{
    const virConfObject *binding = object;

    return binding ? virNWFilterBindingNew(
        conn, binding->name, ((const virDocNwFilterBinding *) binding->live)->filterref->filter)
                   : NULL;
}

static const virConfObjectKind bindingKind = {
    .word = "network filter binding",
    .record = &virDocNwFilterBindingRecord,
    .checks = virConfNwFilterChecks,
    .nchecks = G_N_ELEMENTS(virConfNwFilterChecks),
    .documentDomain = VIR_FROM_NWFILTER,
    .missingCode = VIR_ERR_NO_NWFILTER_BINDING,
    .size = sizeof(virConfObject),
    .handle = bindingHandleOf,
};

void
testFilterSetUp(testHost *host)
{
    host->filters = g_new0(struct testFilters, 1);
    /* Under another domain clients of other versions take NO_NWFILTER for a code of very old servers. */
    virConfObjectsInit(&host->filters->all, &filterKind, VIR_FROM_NWFILTER, &host->lock);
    virConfObjectsInit(&host->filters->bindings, &bindingKind, VIR_FROM_NWFILTER, &host->lock);
}

void
testFilterTearDown(testHost *host)
{
    if (!host->filters)
        return;
    virConfObjectsClear(&host->filters->bindings);
    virConfObjectsClear(&host->filters->all);
    g_free(host->filters);
}

static virConfObjects *
filtersOf(virConnectPtr conn)
{
    return &testHostOf(conn)->filters->all;
}

static virConfObjects *
bindingsOf(virConnectPtr conn)
{
    return &testHostOf(conn)->filters->bindings;
}

/* --- what refers to what ----------------------------------------------------------------------- */

/* Adds the filters that a document refers to, each once, to those that are still to be looked at. */
static void
addReferences(const virDocNwFilter *document, GHashTable *seen, GQueue *waiting)
{
    for (size_t i = 0; i < document->nentries; i++) {
        const virDocNwFilterEntry *entry = document->entries[i];

        if (entry->kind == VIR_DOC_NW_FILTER_ENTRY_KIND_FILTERREF &&
            g_hash_table_add(seen, entry->reference.filter))
            g_queue_push_tail(waiting, entry->reference.filter);
    }
}

/* Whether what a document refers to, at any depth, is or refers to a filter. */
static bool
leadsTo(testHost *host, const virDocNwFilter *document, const char *to)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GQueue waiting = G_QUEUE_INIT;
    const char *name;
    bool found = false;

    addReferences(document, seen, &waiting);
    while (!found && (name = g_queue_pop_head(&waiting))) {
        const virConfObject *filter = g_hash_table_lookup(host->filters->all.byName, name);

        found = g_str_equal(name, to);
        if (filter)
            addReferences(filter->live, seen, &waiting);
    }
    g_queue_clear(&waiting);
    return found;
}

bool
testFilterLeadsTo(testHost *host, const char *from, const char *to)
{
    const virConfObject *filter = g_hash_table_lookup(host->filters->all.byName, from);

    return g_str_equal(from, to) || (filter && leadsTo(host, filter->live, to));
}

/* The port for which a filter holds, NULL when there is none; called with the lock held. */
static const char *
portOf(testHost *host, const char *filter)
{
    for (const GList *link = host->filters->bindings.all.head; link; link = link->next) {
        const virConfObject *binding = link->data;
        const virDocNwFilterBinding *document = binding->live;

        if (testFilterLeadsTo(host, document->filterref->filter, filter))
            return binding->name;
    }
    return NULL;
}

/* The running domain an interface of which has a filter, NULL when there is none. */
static const char *
domainOf(testHost *host, const char *filter)
{
    for (const GList *link = host->domains->objects.all.head; link; link = link->next) {
        const testDomain *domain = link->data;

        for (size_t i = 0; domain->id >= 0 && i < domain->live->ninterfaces; i++) {
            const virDocNwFilterReference *used = domain->live->interfaces[i]->filterref;

            if (used && testFilterLeadsTo(host, used->filter, filter))
                return domain->name;
        }
    }
    return NULL;
}

/* --- filters ----------------------------------------------------------------------------------- */

/* The filter behind a handle, with the host locked; NULL unlocked, with an error raised. */
static virConfObject *
lockFilter(virNWFilterPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    virConfObject *filter;

    g_mutex_lock(&host->lock);
    filter = virConfObjectsByUUID(&host->filters->all, handle->uuid);
    if (!filter)
        g_mutex_unlock(&host->lock);
    return filter;
}

/* Takes in a document that it owns whatever happens; NULL with an error raised. */
static virConfObject *
adopt(testHost *host, virDocNwFilter *document)
{
    g_autoptr(virDocNwFilter) owned = document;
    virConfObjects *table = &host->filters->all;
    void *same;

    if (virConfObjectsMatch(table, document->name, document->uuid, &same) < 0)
        return NULL;
    if (leadsTo(host, document, document->name)) {
        virErrorRaise(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_FAILED,
                      "network filter '%s' would refer to itself", document->name);
        return NULL;
    }
    if (same)
        virConfObjectDefine(table->kind, same, g_steal_pointer(&owned));
    else
        same = virConfObjectsMake(table, document->name, document->uuid, g_steal_pointer(&owned));
    return same;
}

virNWFilterPtr
testNWFilterDefineXMLFlags(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDocNwFilter *document = virConfKindParse(&filterKind, xmlDesc,
                                                flags & VIR_NWFILTER_DEFINE_VALIDATE);
    virNWFilterPtr handle;

    if (!document)
        return NULL;
    if (virConfFillUUID(document->uuid, &document->hasUuid) < 0) {
        virDocNwFilterFree(document);
        return NULL;
    }
    g_mutex_lock(&host->lock);
    handle = handleOf(conn, adopt(host, document));
    g_mutex_unlock(&host->lock);
    return handle;
}

virNWFilterPtr
testNWFilterDefineXML(virConnectPtr conn, const char *xmlDesc)
{
    return testNWFilterDefineXMLFlags(conn, xmlDesc, 0);
}

int
testNWFilterUndefine(virNWFilterPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    virConfObject *filter = lockFilter(handle);
    const char *port, *domain;
    int ret = -1;

    if (!filter)
        return -1;
    port = portOf(host, filter->name);
    domain = port ? NULL : domainOf(host, filter->name);
    if (port || domain) {
        virErrorRaise(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_INVALID,
                      "network filter '%s' holds for %s '%s'", filter->name,
                      port ? "port" : "domain", port ? port : domain);
    } else {
        virConfObjectsRemove(&host->filters->all, filter);
        ret = 0;
    }
    g_mutex_unlock(&host->lock);
    return ret;
}

char *
testNWFilterGetXMLDesc(virNWFilterPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    virConfObject *filter = lockFilter(handle);
    char *text;

    if (!filter)
        return NULL;
    text = virDocPrint(&virDocNwFilterRecord, NULL, filter->live, 0);
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
    return text;
}

virNWFilterPtr
testNWFilterLookupByName(virConnectPtr conn, const char *name)
{
    return virConfObjectsLookUpByName(filtersOf(conn), conn, name);
}

virNWFilterPtr
testNWFilterLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    return virConfObjectsLookUpByUUID(filtersOf(conn), conn, uuid);
}

int
testConnectNumOfNWFilters(virConnectPtr conn)
{
    return virConfObjectsCount(filtersOf(conn), 0);
}

int
testConnectListNWFilters(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(filtersOf(conn), 0, names, maxnames);
}

int
testConnectListAllNWFilters(virConnectPtr conn, virNWFilterPtr **filters,
                            unsigned int flags G_GNUC_UNUSED)
{
    return virConfObjectsListAll(filtersOf(conn), conn, (void ***) filters, 0);
}

/* --- bindings ---------------------------------------------------------------------------------- */

/* The binding behind a handle, with the host locked; NULL unlocked, with an error raised. */
static virConfObject *
lockBinding(virNWFilterBindingPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    virConfObject *binding;

    g_mutex_lock(&host->lock);
    binding = virConfObjectsByName(&host->filters->bindings, handle->portdev);
    if (!binding)
        g_mutex_unlock(&host->lock);
    return binding;
}

virNWFilterBindingPtr
testNWFilterBindingCreateXML(virConnectPtr conn, const char *xml, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autoptr(virDocNwFilterBinding) document =
        virConfKindParse(&bindingKind, xml, flags & VIR_NWFILTER_BINDING_CREATE_VALIDATE);
    virNWFilterBindingPtr handle = NULL;
    virConfObjects *table = bindingsOf(conn);
    const char *port;

    if (!document)
        return NULL;
    port = document->portdevName;
    g_mutex_lock(&host->lock);
    if (g_hash_table_lookup(table->byName, port)) {
        virErrorRaise(VIR_FROM_NWFILTER, VIR_ERR_OPERATION_FAILED,
                      "a network filter holds for port '%s' already", port);
    } else if (virConfObjectsByName(&host->filters->all, document->filterref->filter)) {
        virConfObject *binding = virConfObjectsMake(table, port, NULL, g_steal_pointer(&document));

        binding->active = true;
        handle = bindingHandleOf(conn, binding);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

int
testNWFilterBindingDelete(virNWFilterBindingPtr handle)
{
    virConfObject *binding = lockBinding(handle);

    if (!binding)
        return -1;
    virConfObjectsRemove(bindingsOf(handle->conn), binding);
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
    return 0;
}

char *
testNWFilterBindingGetXMLDesc(virNWFilterBindingPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    virConfObject *binding = lockBinding(handle);
    char *text;

    if (!binding)
        return NULL;
    text = virDocPrint(&virDocNwFilterBindingRecord, NULL, binding->live, 0);
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
    return text;
}

virNWFilterBindingPtr
testNWFilterBindingLookupByPortDev(virConnectPtr conn, const char *portdev)
{
    return virConfObjectsLookUpByName(bindingsOf(conn), conn, portdev);
}

int
testConnectListAllNWFilterBindings(virConnectPtr conn, virNWFilterBindingPtr **bindings,
                                   unsigned int flags G_GNUC_UNUSED)
{
    return virConfObjectsListAll(bindingsOf(conn), conn, (void ***) bindings, 0);
}
