/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Slots for handles: taken and given back without ever returning memory to the system. */

#include "runtime/handle.h"

#include <stdlib.h>
#include <string.h>

#include <glib.h>

#define SLOTS_PER_CHUNK 64
#define LOCAL_MAX 32
#define CACHE_LINE 64

typedef struct Slot Slot;
struct Slot {
    virHandle head;
    Slot *next;
};

/* Free slots of one size. */
typedef struct {
    Slot *first;
    int count;
} SlotList;

/* Most objects need one line of the cache, connections and streams much more. */
static const size_t slotSizes[] = { CACHE_LINE, 2 * CACHE_LINE, VIR_HANDLE_MAX };

#define SIZES G_N_ELEMENTS(slotSizes)

/* A thread's own free slots; what is above LOCAL_MAX goes to the shared lists. */
typedef struct {
    SlotList lists[SIZES];
} LocalSlots;

/* Guards sharedSlots; never held while calling out. */
static GMutex sharedLock;
static SlotList sharedSlots[SIZES];

/* NULL before the thread's first handle, and again at its end: destructors may still use some. */
static __thread LocalSlots *mySlots;

static void
push(SlotList *list, Slot *slot)
{
    slot->next = list->first;
    list->first = slot;
    list->count++;
}

static Slot *
pop(SlotList *list)
{
    Slot *slot = list->first;

    list->first = slot->next;
    list->count--;
    return slot;
}

/* Moves slots until so many are left. */
static void
move(SlotList *to, SlotList *from, int left)
{
    while (from->count > left)
        push(to, pop(from));
}

static void
returnSlots(void *data)
{
    LocalSlots *mine = data;
    size_t i;

    mySlots = NULL;
    g_mutex_lock(&sharedLock);
    for (i = 0; i < SIZES; i++)
        move(&sharedSlots[i], &mine->lists[i], 0);
    g_mutex_unlock(&sharedLock);
    g_free(mine);
}

static GPrivate localSlots = G_PRIVATE_INIT(returnSlots);

static LocalSlots *
getLocal(void)
{
    if (!mySlots) {
        mySlots = g_new0(LocalSlots, 1);
        g_private_set(&localSlots, mySlots);
    }
    return mySlots;
}

static size_t
sizeIndex(const virHandleClass *class)
{
    size_t i = 0;

    while (class->size > slotSizes[i])
        i++;
    return i;
}

/* Moves some free slots to this thread, making a new chunk when there are none. */
static void
refill(SlotList *mine, size_t index)
{
    SlotList *shared = &sharedSlots[index];

    g_mutex_lock(&sharedLock);
    move(mine, shared, MAX(shared->count - LOCAL_MAX, 0));
    g_mutex_unlock(&sharedLock);
    if (!mine->first) {
        size_t size = slotSizes[index];
        char *chunk = aligned_alloc(CACHE_LINE, SLOTS_PER_CHUNK * size);
        size_t i;

        if (!chunk)
            g_error("no memory for %d handles", SLOTS_PER_CHUNK);
        memset(chunk, 0, SLOTS_PER_CHUNK * size);
        /* Taken in the order of their places. */
        for (i = SLOTS_PER_CHUNK; i > 0; i--)
            push(mine, (Slot *) (void *) (chunk + (i - 1) * size));
    }
}

void *
virHandleNew(const virHandleClass *class)
{
    size_t index = sizeIndex(class);
    SlotList *mine = &getLocal()->lists[index];
    Slot *slot;

    g_assert(class->size <= VIR_HANDLE_MAX);
    if (!mine->first)
        refill(mine, index);
    slot = pop(mine);
    /* Lists take thousands at once: the next one is fetched while this one is filled. */
    __builtin_prefetch(mine->first);
    /* A thread with a stale handle may be looking at the head. */
    memset((char *) slot + sizeof(slot->head), 0, class->size - sizeof(slot->head));
    __atomic_store_n(&slot->head.refs, 1, __ATOMIC_RELAXED);
    __atomic_store_n(&slot->head.class, class, __ATOMIC_RELEASE);
    return slot;
}

void
virHandleRef(virHandle *handle)
{
    __atomic_add_fetch(&handle->refs, 1, __ATOMIC_RELAXED);
}

bool
virHandleTryRef(virHandle *handle)
{
    int refs = __atomic_load_n(&handle->refs, __ATOMIC_RELAXED);

    while (refs > 0) {
        if (__atomic_compare_exchange_n(&handle->refs, &refs, refs + 1, /* weak= */ true,
                                        __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
            return true;
    }
    return false;
}

int
virHandleUnref(virHandle *handle)
{
    const virHandleClass *class;
    SlotList *mine;
    size_t index;
    int left;

    if (!handle)
        return 0;
    left = __atomic_sub_fetch(&handle->refs, 1, __ATOMIC_ACQ_REL);
    /* Less than none: a caller gave up what it did not have, and the object is gone already. */
    if (left)
        return MAX(left, 0);
    class = handle->class;
    if (class->dispose)
        class->dispose(handle);
    index = sizeIndex(class);
    __atomic_store_n(&handle->class, NULL, __ATOMIC_RELEASE);
    mine = &getLocal()->lists[index];
    push(mine, (Slot *) handle);
    if (mine->count > LOCAL_MAX + SLOTS_PER_CHUNK) {
        g_mutex_lock(&sharedLock);
        move(&sharedSlots[index], mine, LOCAL_MAX);
        g_mutex_unlock(&sharedLock);
    }
    return 0;
}
