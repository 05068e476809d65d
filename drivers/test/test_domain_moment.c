/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moments of a domain that are kept: a forest of named documents. */

#include "test_domain_moment.h"

#include <libvirt/virterror.h>

#include "document/value.h"
#include "runtime/error.h"

static void
freeMoment(testMoment *moment, const testMomentKind *kind)
{
    virDocFree(kind->record, moment->document);
    g_free(moment->name);
    g_free(moment);
}

testMoments *
testMomentsNew(const testMomentKind *kind)
{
    testMoments *moments = g_new0(testMoments, 1);

    moments->kind = kind;
    moments->byName = g_hash_table_new(g_str_hash, g_str_equal);
    g_queue_init(&moments->all);
    return moments;
}

static void
removeOne(testMoments *moments, testMoment *moment)
{
    g_hash_table_remove(moments->byName, moment->name);
    g_queue_unlink(&moments->all, &moment->link);
    if (moment->parent)
        moment->parent->children--;
    freeMoment(moment, moments->kind);
}

void
testMomentsFree(testMoments *moments)
{
    if (!moments)
        return;
    while (moments->all.head) {
        testMoment *moment = moments->all.head->data;

        moment->parent = NULL;
        removeOne(moments, moment);
    }
    g_hash_table_unref(moments->byName);
    g_free(moments);
}

testMoment *
testMomentsFind(const testMoments *moments, const char *name)
{
    testMoment *moment = g_hash_table_lookup(moments->byName, name);

    if (!moment)
        virErrorRaise(VIR_FROM_TEST, moments->kind->missingCode,
                      "no domain %s with matching name '%s'", moments->kind->word, name);
    return moment;
}

testMoment *
testMomentsAdd(testMoments *moments, const char *name, testMoment *parent, void *document)
{
    testMoment *moment = g_new0(testMoment, 1);

    moment->link.data = moment;
    moment->name = g_strdup(name);
    moment->document = document;
    g_hash_table_insert(moments->byName, moment->name, moment);
    g_queue_push_tail_link(&moments->all, &moment->link);
    testMomentSetParent(moment, parent);
    return moment;
}

void
testMomentSetParent(testMoment *moment, testMoment *parent)
{
    if (moment->parent)
        moment->parent->children--;
    moment->parent = parent;
    if (parent)
        parent->children++;
}

bool
testMomentIsBelow(const testMoment *moment, const testMoment *ancestor)
{
    for (moment = moment->parent; moment; moment = moment->parent) {
        if (moment == ancestor)
            return true;
    }
    return false;
}

/* Where the current moment goes when some vanish. */
static void
moveCurrent(testMoments *moments, testMoment *moment, bool itself, bool descendants)
{
    if (moments->current == moment && itself)
        moments->current = moment->parent;
    else if (descendants && moments->current && testMomentIsBelow(moments->current, moment))
        moments->current = itself ? moment->parent : moment;
}

void
testMomentsDrop(testMoments *moments, testMoment *moment, bool itself, bool descendants)
{
    g_autoptr(GPtrArray) gone = g_ptr_array_new();

    moveCurrent(moments, moment, itself, descendants);
    for (GList *one = moments->all.head; one; one = one->next) {
        testMoment *other = one->data;

        if (descendants && testMomentIsBelow(other, moment))
            g_ptr_array_add(gone, other);
        else if (itself && other->parent == moment)
            testMomentSetParent(other, moment->parent);
    }
    /* Nothing points to one that vanishes but others that vanish. */
    for (guint i = 0; i < gone->len; i++)
        testMomentSetParent(g_ptr_array_index(gone, i), NULL);
    for (guint i = 0; i < gone->len; i++)
        removeOne(moments, g_ptr_array_index(gone, i));
    if (itself)
        removeOne(moments, moment);
}

static bool
passes(const testMoment *moment, const testMomentFilter *filter)
{
    if (filter->from && (filter->deep ? !testMomentIsBelow(moment, filter->from) :
                         moment->parent != filter->from))
        return false;
    if (filter->roots && moment->parent)
        return false;
    if ((filter->leaves && moment->children > 0) || (filter->inner && moment->children == 0))
        return false;
    return !filter->also || filter->also(moment, filter->flags);
}

/* Children of each moment (of NULL: those without a parent), the newest first. */
static GHashTable *
family(const testMoments *moments)
{
    GHashTable *children = g_hash_table_new_full(NULL, NULL, NULL,
                                                 (GDestroyNotify) g_ptr_array_unref);

    for (const GList *one = moments->all.tail; one; one = one->prev) {
        testMoment *moment = one->data;
        GPtrArray *list = g_hash_table_lookup(children, moment->parent);

        if (!list) {
            list = g_ptr_array_new();
            g_hash_table_insert(children, moment->parent, list);
        }
        g_ptr_array_add(list, moment);
    }
    return children;
}

/* Every moment, each behind its parent and before the older ones beside it. */
static GPtrArray *
walk(const testMoments *moments)
{
    g_autoptr(GHashTable) children = family(moments);
    g_autoptr(GPtrArray) waiting = g_ptr_array_new();
    GPtrArray *order = g_ptr_array_new();
    const GPtrArray *next = g_hash_table_lookup(children, NULL);

    for (;;) {
        testMoment *moment;

        for (guint i = next ? next->len : 0; i > 0; i--)
            g_ptr_array_add(waiting, g_ptr_array_index(next, i - 1));
        if (!waiting->len)
            return order;
        moment = g_ptr_array_remove_index(waiting, waiting->len - 1);
        g_ptr_array_add(order, moment);
        next = g_hash_table_lookup(children, moment);
    }
}

GPtrArray *
testMomentsList(const testMoments *moments, const testMomentFilter *filter)
{
    g_autoptr(GPtrArray) order = filter->topological ? walk(moments) : NULL;
    GPtrArray *list = g_ptr_array_new();

    for (guint i = 0; order && i < order->len; i++) {
        if (passes(g_ptr_array_index(order, i), filter))
            g_ptr_array_add(list, g_ptr_array_index(order, i));
    }
    for (const GList *one = moments->all.head; !order && one; one = one->next) {
        if (passes(one->data, filter))
            g_ptr_array_add(list, one->data);
    }
    return list;
}

int
testMomentsNames(const testMoments *moments, const testMomentFilter *filter, char **names, int max)
{
    g_autoptr(GPtrArray) list = testMomentsList(moments, filter);
    int count = (int) list->len;

    /* Who brings no room wants to know how much is needed. */
    if (!names || max == 0)
        return count;
    count = MIN(count, max);
    for (int i = 0; i < count; i++)
        names[i] = g_strdup(((testMoment *) g_ptr_array_index(list, (guint) i))->name);
    return count;
}
