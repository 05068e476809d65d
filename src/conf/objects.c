/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The objects of one kind that a host has: kept, found, changed. Lists are in objects_list.c. */

#include "conf/objects.h"

#include <libvirt/virterror.h>
#include <string.h>

#include "base/uuid.h"
#include "conf/objects_parts.h"
#include "document/raise.h"
#include "document/value.h"
#include "runtime/error.h"

static const virConfObjectLayout head = {
    .link = offsetof(virConfObject, link),
    .name = offsetof(virConfObject, name),
    .uuid = offsetof(virConfObject, uuid),
};

static void *
fieldAt(const void *object, size_t offset)
{
    return (char *)object + offset;
}

static const virConfObjectLayout *
layoutOf(const virConfObjectKind *kind)
{
    return kind->layout ? kind->layout : &head;
}

static GList *
linkOf(const virConfObjectKind *kind, const void *object)
{
    return fieldAt(object, layoutOf(kind)->link);
}

static char **
nameOf(const virConfObjectKind *kind, const void *object)
{
    return fieldAt(object, layoutOf(kind)->name);
}

static unsigned char *
uuidOf(const virConfObjectKind *kind, const void *object)
{
    return fieldAt(object, layoutOf(kind)->uuid);
}

const char *
virConfObjectName(const virConfObjectKind *kind, const void *object)
{
    return *nameOf(kind, object);
}

int
virConfObjectId(const virConfObjectKind *kind, const void *object)
{
    return kind->layout ? *(const int *)fieldAt(object, kind->layout->id) : -1;
}

guint
virConfUUIDHash(gconstpointer key)
{
    guint hash;

    /* Random bytes are their own hash. */
    memcpy(&hash, key, sizeof(hash));
    return hash;
}

gboolean
virConfUUIDEqual(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, VIR_UUID_BUFLEN) == 0;
}

void
virConfObjectsInit(virConfObjects *objects, const virConfObjectKind *kind, int errorDomain,
                   GMutex *guard)
{
    *objects = (virConfObjects){
        .kind = kind,
        .errorDomain = errorDomain,
        .guard = guard,
        .byName = g_hash_table_new(g_str_hash, g_str_equal),
        .byUUID = g_hash_table_new(virConfUUIDHash, virConfUUIDEqual),
        .byId = g_hash_table_new(NULL, NULL),
        .nextId = 1,
    };
    g_mutex_init(&objects->lock);
    g_queue_init(&objects->all);
}

/* Ends the reference of a list. */
static void
release(const virConfObjectKind *kind, void *data)
{
    virConfObject *object = data;

    if (kind->unref) {
        kind->unref(data);
        return;
    }
    if (kind->clear)
        kind->clear(object);
    virDocFree(kind->record, object->live);
    virDocFree(kind->record, object->next);
    g_free(object->name);
    g_free(object);
}

void
virConfObjectsClear(virConfObjects *objects)
{
    GList *link;

    if (!objects->kind)
        return;
    while ((link = g_queue_pop_head_link(&objects->all)))
        release(objects->kind, link->data);
    g_hash_table_unref(objects->byName);
    g_hash_table_unref(objects->byUUID);
    g_hash_table_unref(objects->byId);
    g_mutex_clear(&objects->lock);
    objects->kind = NULL;
}

#define SWAP(a, b)                \
    do {                          \
        __typeof__(a) kept = (a); \
        (a) = (b);                \
        (b) = kept;               \
    } while (0)

void
virConfObjectsSwap(virConfObjects *one, virConfObjects *other)
{
    SWAP(one->byName, other->byName);
    SWAP(one->byUUID, other->byUUID);
    SWAP(one->byId, other->byId);
    SWAP(one->all, other->all);
    SWAP(one->nextId, other->nextId);
}

static void *
refer(const virConfObjectKind *kind, void *object)
{
    if (object && kind->ref)
        kind->ref(object);
    return object;
}

/* What has this name and UUID, with the lock held; false with an error raised, unlocked. */
static bool
match(virConfObjects *objects, const char *name, const unsigned char *uuid, void **same)
{
    void *named = g_hash_table_lookup(objects->byName, name);
    char text[VIR_UUID_STRING_BUFLEN];
    g_autofree char *taken = NULL;
    const void *other;

    *same = uuid ? g_hash_table_lookup(objects->byUUID, uuid) : named;
    if (named == *same)
        return true;
    other = named ? named : *same;
    virUUIDFormat(uuidOf(objects->kind, other), text);
    taken = g_strdup(*nameOf(objects->kind, other));
    g_mutex_unlock(&objects->lock);
    *same = NULL;
    virErrorRaise(objects->kind->documentDomain, VIR_ERR_OPERATION_FAILED,
                  "%s '%s' already exists with uuid %s", objects->kind->word, taken, text);
    return false;
}

int
virConfObjectsMatch(virConfObjects *objects, const char *name, const unsigned char *uuid,
                    void **object)
{
    g_mutex_lock(&objects->lock);
    if (!match(objects, name, uuid, object))
        return -1;
    refer(objects->kind, *object);
    g_mutex_unlock(&objects->lock);
    return 0;
}

void *
virConfObjectsAdd(virConfObjects *objects, void *object, bool uuid)
{
    const virConfObjectKind *kind = objects->kind;
    GList *link = linkOf(kind, object);
    void *same;

    g_mutex_lock(&objects->lock);
    if (!match(objects, *nameOf(kind, object), uuid ? uuidOf(kind, object) : NULL, &same))
        return NULL;
    if (!same) {
        same = refer(kind, object);
        link->data = object;
        g_hash_table_insert(objects->byName, *nameOf(kind, object), object);
        if (uuid)
            g_hash_table_insert(objects->byUUID, uuidOf(kind, object), object);
        g_queue_push_tail_link(&objects->all, link);
    }
    refer(kind, same);
    g_mutex_unlock(&objects->lock);
    return same;
}

static bool
isListed(const virConfObjects *objects, const void *object)
{
    return g_hash_table_lookup(objects->byName, *nameOf(objects->kind, object)) == object;
}

static void
forgetId(virConfObjects *objects, const void *object)
{
    const virConfObjectKind *kind = objects->kind;
    int id;

    if (!kind->layout)
        return;
    id = *(int *)fieldAt(object, kind->layout->id);
    if (g_hash_table_lookup(objects->byId, GINT_TO_POINTER(id)) == object)
        g_hash_table_remove(objects->byId, GINT_TO_POINTER(id));
}

bool
virConfObjectsRemove(virConfObjects *objects, void *object)
{
    const virConfObjectKind *kind = objects->kind;
    bool listed;

    g_mutex_lock(&objects->lock);
    listed = isListed(objects, object);
    if (listed) {
        g_hash_table_remove(objects->byName, *nameOf(kind, object));
        if (g_hash_table_lookup(objects->byUUID, uuidOf(kind, object)) == object)
            g_hash_table_remove(objects->byUUID, uuidOf(kind, object));
        forgetId(objects, object);
        g_queue_unlink(&objects->all, linkOf(kind, object));
    }
    g_mutex_unlock(&objects->lock);
    if (listed)
        release(kind, object);
    return listed;
}

bool
virConfObjectsRename(virConfObjects *objects, void *object, const char *name)
{
    char **place = nameOf(objects->kind, object);
    bool isFree;

    g_mutex_lock(&objects->lock);
    isFree = !g_hash_table_contains(objects->byName, name);
    if (isFree && isListed(objects, object)) {
        g_hash_table_remove(objects->byName, *place);
        g_free(*place);
        *place = g_strdup(name);
        g_hash_table_insert(objects->byName, *place, object);
    }
    g_mutex_unlock(&objects->lock);
    return isFree;
}

int
virConfObjectsTakeId(virConfObjects *objects)
{
    int id;

    g_mutex_lock(&objects->lock);
    id = objects->nextId++;
    g_mutex_unlock(&objects->lock);
    return id;
}

void
virConfObjectsSetId(virConfObjects *objects, void *object, int id)
{
    g_mutex_lock(&objects->lock);
    forgetId(objects, object);
    *(int *)fieldAt(object, objects->kind->layout->id) = id;
    /* What was taken out is found by nothing any more. */
    if (id >= 0 && isListed(objects, object)) {
        g_hash_table_insert(objects->byId, GINT_TO_POINTER(id), object);
        objects->nextId = MAX(objects->nextId, id + 1);
    }
    g_mutex_unlock(&objects->lock);
}

static void *
find(virConfObjects *objects, GHashTable *table, gconstpointer key)
{
    void *object;

    g_mutex_lock(&objects->lock);
    object = refer(objects->kind, g_hash_table_lookup(table, key));
    g_mutex_unlock(&objects->lock);
    return object;
}

void
virConfObjectsNoName(const virConfObjects *objects, const char *name)
{
    virErrorRaise(objects->errorDomain, objects->kind->missingCode, "no %s with matching name '%s'",
                  objects->kind->word, name);
}

void
virConfObjectsNoUUID(const virConfObjects *objects, const unsigned char *uuid)
{
    char text[VIR_UUID_STRING_BUFLEN];

    virUUIDFormat(uuid, text);
    virErrorRaise(objects->errorDomain, objects->kind->missingCode, "no %s with matching uuid '%s'",
                  objects->kind->word, text);
}

void
virConfObjectsNoId(const virConfObjects *objects, int id)
{
    virErrorRaise(objects->errorDomain, objects->kind->missingCode, "no %s with matching id %d",
                  objects->kind->word, id);
}

void *
virConfObjectsByName(virConfObjects *objects, const char *name)
{
    void *object = find(objects, objects->byName, name);

    if (!object)
        virConfObjectsNoName(objects, name);
    return object;
}

void *
virConfObjectsByUUID(virConfObjects *objects, const unsigned char *uuid)
{
    void *object = find(objects, objects->byUUID, uuid);

    if (!object)
        virConfObjectsNoUUID(objects, uuid);
    return object;
}

GPtrArray *
virConfObjectsAll(virConfObjects *objects)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(objects->kind->ref ? objects->kind->unref : NULL);

    g_mutex_lock(&objects->lock);
    for (const GList *link = objects->all.head; link; link = link->next)
        g_ptr_array_add(all, refer(objects->kind, link->data));
    g_mutex_unlock(&objects->lock);
    return all;
}

/* --- objects that begin with a virConfObject --------------------------------------------------- */

void *
virConfObjectsMake(virConfObjects *objects, const char *name, const unsigned char *uuid,
                   void *document)
{
    virConfObject *object = g_malloc0(objects->kind->size);
    void *made;

    object->name = g_strdup(name);
    object->live = document;
    if (uuid)
        memcpy(object->uuid, uuid, VIR_UUID_BUFLEN);
    made = virConfObjectsAdd(objects, object, uuid != NULL);
    if (made != object)
        release(objects->kind, object);
    return made;
}

void
virConfObjectDefine(const virConfObjectKind *kind, virConfObject *object, void *document)
{
    void **place = object->active ? &object->next : &object->live;

    virDocFree(kind->record, *place);
    *place = document;
}

void
virConfObjectSettle(const virConfObjectKind *kind, virConfObject *object)
{
    if (!object->next)
        return;
    virDocFree(kind->record, object->live);
    object->live = g_steal_pointer(&object->next);
}

void *
virConfObjectDefinition(const virConfObject *object)
{
    return object->next ? object->next : object->live;
}

void *
virConfKindParse(const virConfObjectKind *kind, const char *xml, bool strict)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {
        .flags = strict ? VIR_DOC_PARSE_STRICT : 0,
        .checks = kind->checks,
        .nchecks = kind->nchecks,
    };
    void *document = virDocParse(kind->record, NULL, xml, &options, issues);

    if (!document)
        virDocIssuesRaise(issues, kind->documentDomain);
    return document;
}

int
virConfFillUUID(unsigned char *uuid, bool *has)
{
    if (*has)
        return 0;
    if (virUUIDGenerate(uuid) < 0) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INTERNAL_ERROR, "no randomness for a UUID");
        return -1;
    }
    *has = true;
    return 0;
}
