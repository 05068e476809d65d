/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Objects of one kind by name and UUID, in the order in which they came. */

#include "test_table.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "document/raise.h"
#include "document/value.h"
#include "runtime/error.h"

guint
testUUIDHash(gconstpointer key)
{
    guint hash;

    /* Random bytes are their own hash. */
    memcpy(&hash, key, sizeof(hash));
    return hash;
}

gboolean
testUUIDEqual(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, VIR_UUID_BUFLEN) == 0;
}

void
testTableInit(testTable *table, const testKind *kind)
{
    table->kind = kind;
    table->byName = g_hash_table_new(g_str_hash, g_str_equal);
    table->byUUID = g_hash_table_new(testUUIDHash, testUUIDEqual);
    g_queue_init(&table->all);
}

static void
freeObject(const testKind *kind, testObject *object)
{
    if (kind->clear)
        kind->clear(object);
    virDocFree(kind->record, object->live);
    virDocFree(kind->record, object->next);
    g_free(object->name);
    g_free(object);
}

void
testTableClear(testTable *table)
{
    GList *link;

    if (!table->kind)
        return;
    while ((link = g_queue_pop_head_link(&table->all)))
        freeObject(table->kind, link->data);
    g_hash_table_unref(table->byName);
    g_hash_table_unref(table->byUUID);
}

void *
testTableAdd(testTable *table, const char *name, const unsigned char *uuid, void *document)
{
    testObject *object = g_malloc0(table->kind->size);

    object->link.data = object;
    object->name = g_strdup(name);
    object->live = document;
    g_hash_table_insert(table->byName, object->name, object);
    if (uuid) {
        memcpy(object->uuid, uuid, VIR_UUID_BUFLEN);
        g_hash_table_insert(table->byUUID, object->uuid, object);
    }
    g_queue_push_tail_link(&table->all, &object->link);
    return object;
}

void
testTableRemove(testTable *table, void *gone)
{
    testObject *object = gone;

    g_hash_table_remove(table->byName, object->name);
    if (g_hash_table_lookup(table->byUUID, object->uuid) == object)
        g_hash_table_remove(table->byUUID, object->uuid);
    g_queue_unlink(&table->all, &object->link);
    freeObject(table->kind, object);
}

void
testTableRename(testTable *table, void *renamed, const char *name)
{
    testObject *object = renamed;

    g_hash_table_remove(table->byName, object->name);
    g_free(object->name);
    object->name = g_strdup(name);
    g_hash_table_insert(table->byName, object->name, object);
}

void *
testTableByName(const testTable *table, const char *name)
{
    void *object = g_hash_table_lookup(table->byName, name);

    if (!object)
        virErrorRaise(VIR_FROM_TEST, table->kind->missingCode, "no %s with matching name '%s'",
                      table->kind->word, name);
    return object;
}

void *
testTableByUUID(const testTable *table, const unsigned char *uuid)
{
    void *object = g_hash_table_lookup(table->byUUID, uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    if (!object) {
        virUUIDFormat(uuid, text);
        virErrorRaise(VIR_FROM_TEST, table->kind->missingCode, "no %s with matching uuid '%s'",
                      table->kind->word, text);
    }
    return object;
}

int
testTableMatch(const testTable *table, const char *name, const unsigned char *uuid, void **object)
{
    testObject *named = g_hash_table_lookup(table->byName, name);
    testObject *same = g_hash_table_lookup(table->byUUID, uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    *object = same;
    if (named == same)
        return 0;
    virUUIDFormat(named ? named->uuid : same->uuid, text);
    virErrorRaise(table->kind->documentDomain, VIR_ERR_OPERATION_FAILED,
                  "%s '%s' already exists with uuid %s", table->kind->word,
                  named ? named->name : same->name, text);
    return -1;
}

void
testObjectDefine(const testTable *table, testObject *object, void *document)
{
    void **place = object->active ? &object->next : &object->live;

    virDocFree(table->kind->record, *place);
    *place = document;
}

void
testObjectSettle(const testTable *table, testObject *object)
{
    if (!object->next)
        return;
    virDocFree(table->kind->record, object->live);
    object->live = g_steal_pointer(&object->next);
}

void *
testObjectDefinition(const testObject *object)
{
    return object->next ? object->next : object->live;
}

void *
testKindParse(const testKind *kind, const char *xml, bool strict)
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
testFillUUID(unsigned char *uuid, bool *has)
{
    if (*has)
        return 0;
    if (virUUIDGenerate(uuid) < 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "no randomness for a UUID");
        return -1;
    }
    *has = true;
    return 0;
}

int
testTableListNames(const testTable *table, bool active, char **names, int max)
{
    int count = 0;

    for (const GList *link = table->all.head; link && count < max; link = link->next) {
        const testObject *object = link->data;

        if (object->active != active)
            continue;
        if (names)
            names[count] = g_strdup(object->name);
        count++;
    }
    return count;
}
