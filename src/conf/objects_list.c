/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What connections are told of the objects of a host: handles, names, numbers, through filters. */

#include "conf/objects.h"
#include "conf/objects_parts.h"

bool
virConfObjectsSelected(const virConfObjectKind *kind, const void *object, unsigned int flags)
{
    const virConfObject *head = object;

    if (!kind->layout && !(virConfFilterPasses(flags, kind->active, head->active) &&
                           virConfFilterPasses(flags, kind->persistent, head->persistent) &&
                           virConfFilterPasses(flags, kind->autostart, head->autostart)))
        return false;
    return !kind->passes || kind->passes(object, flags);
}

/* Called for each object, guarded, in order; false ends the walk. */
typedef bool (*Visitor)(const virConfObjectKind *kind, const void *object, void *opaque);

static void
eachGuarded(virConfObjects *objects, Visitor visitor, void *opaque)
{
    g_mutex_lock(objects->guard);
    for (const GList *link = objects->all.head; link; link = link->next) {
        if (!visitor(objects->kind, link->data, opaque))
            break;
    }
    g_mutex_unlock(objects->guard);
}

static void
each(virConfObjects *objects, Visitor visitor, void *opaque)
{
    const virConfObjectKind *kind = objects->kind;
    g_autoptr(GPtrArray) all = NULL;
    bool more = true;

    if (objects->guard) {
        eachGuarded(objects, visitor, opaque);
        return;
    }
    all = virConfObjectsAll(objects);
    for (guint i = 0; i < all->len && more; i++) {
        GMutex *lock = kind->lock(all->pdata[i]);

        g_mutex_lock(lock);
        more = visitor(kind, all->pdata[i], opaque);
        g_mutex_unlock(lock);
    }
}

/* Handles of objects with numbers are made of what changes with the lock of the list only; those of others
 * need the guard, too. NULL when nothing is found. */
static void *
handleOf(virConfObjects *objects, virConnectPtr conn, GHashTable *const *table, gconstpointer key)
{
    GMutex *guard = objects->kind->layout ? NULL : objects->guard;
    const void *object;
    void *handle = NULL;

    if (guard)
        g_mutex_lock(guard);
    g_mutex_lock(&objects->lock);
    object = g_hash_table_lookup(*table, key);
    if (object)
        handle = objects->kind->handle(conn, object);
    g_mutex_unlock(&objects->lock);
    if (guard)
        g_mutex_unlock(guard);
    return handle;
}

void *
virConfObjectsLookUpByName(virConfObjects *objects, virConnectPtr conn, const char *name)
{
    void *handle = handleOf(objects, conn, &objects->byName, name);

    if (!handle)
        virConfObjectsNoName(objects, name);
    return handle;
}

void *
virConfObjectsLookUpByUUID(virConfObjects *objects, virConnectPtr conn, const unsigned char *uuid)
{
    void *handle = handleOf(objects, conn, &objects->byUUID, uuid);

    if (!handle)
        virConfObjectsNoUUID(objects, uuid);
    return handle;
}

void *
virConfObjectsLookUpById(virConfObjects *objects, virConnectPtr conn, int id)
{
    void *handle = id < 0 ? NULL : handleOf(objects, conn, &objects->byId, GINT_TO_POINTER(id));

    if (!handle)
        virConfObjectsNoId(objects, id);
    return handle;
}

typedef struct {
    virConnectPtr conn;
    bool (*fits)(const void *object, const void *opaque);
    const void *opaque;
    void *handle;
} Search;

static bool
visitSearch(const virConfObjectKind *kind, const void *object, void *opaque)
{
    Search *search = opaque;

    if (search->fits(object, search->opaque))
        search->handle = kind->handle(search->conn, object);
    return !search->handle;
}

void *
virConfObjectsLookUpFirst(virConfObjects *objects, virConnectPtr conn,
                          bool (*fits)(const void *object, const void *opaque),
                          const void *opaque)
{
    Search search = {.conn = conn, .fits = fits, .opaque = opaque};

    each(objects, visitSearch, &search);
    return search.handle;
}

/* What of each object that passes is wanted; what is NULL is not. */
typedef struct {
    unsigned int flags;
    virConnectPtr conn;
    char **names;
    int *ids;
    GPtrArray *handles;
    int count, max;
} Listing;

static bool
visitListing(const virConfObjectKind *kind, const void *object, void *opaque)
{
    Listing *listing = opaque;

    if (!virConfObjectsSelected(kind, object, listing->flags))
        return true;
    if (listing->names)
        listing->names[listing->count] = g_strdup(virConfObjectName(kind, object));
    if (listing->ids)
        listing->ids[listing->count] = virConfObjectId(kind, object);
    if (listing->handles)
        g_ptr_array_add(listing->handles, kind->handle(listing->conn, object));
    listing->count++;
    return listing->count < listing->max;
}

static int
list(virConfObjects *objects, Listing *listing)
{
    if (listing->max > 0)
        each(objects, visitListing, listing);
    return listing->count;
}

int
virConfObjectsCount(virConfObjects *objects, unsigned int flags)
{
    Listing listing = {.flags = flags, .max = G_MAXINT};

    return list(objects, &listing);
}

int
virConfObjectsListNames(virConfObjects *objects, unsigned int flags, char **names, int max)
{
    Listing listing = {.flags = flags, .names = names, .max = max};

    return list(objects, &listing);
}

int
virConfObjectsListIds(virConfObjects *objects, unsigned int flags, int *ids, int max)
{
    Listing listing = {.flags = flags, .ids = ids, .max = max};

    return list(objects, &listing);
}

int
virConfObjectsListAll(virConfObjects *objects, virConnectPtr conn, void ***handles,
                      unsigned int flags)
{
    Listing listing = {
        .flags = flags,
        .conn = conn,
        .handles = handles ? g_ptr_array_new() : NULL,
        .max = G_MAXINT,
    };

    list(objects, &listing);
    if (handles) {
        g_ptr_array_add(listing.handles, NULL);
        *handles = g_ptr_array_free(listing.handles, FALSE);
    }
    return listing.count;
}
