/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Slots for handles: taken and given back without ever returning memory to the system. */

#include "runtime/handle.h"

#include <string.h>

#include <glib.h>

#define SLOTS_PER_CHUNK 64
#define LOCAL_MAX 32

typedef struct Slot Slot;
struct Slot {
    virHandle head;
    Slot *next;
};

/* A thread's own free slots; what is above LOCAL_MAX goes to the shared list. */
typedef struct {
    Slot *free;
    int count;
} LocalSlots;

/* Guards sharedFree; never held while calling out. */
static GMutex sharedLock;
static Slot *sharedFree;

/* NULL before the thread's first handle, and again at its end: destructors may still use some. */
static __thread LocalSlots *mySlots;

static void
returnSlots(void *data)
{
    LocalSlots *mine = data;

    mySlots = NULL;
    g_mutex_lock(&sharedLock);
    while (mine->free) {
        Slot *slot = mine->free;

        mine->free = slot->next;
        slot->next = sharedFree;
        sharedFree = slot;
    }
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

/* Moves some free slots to this thread, making a new chunk when there are none. */
static void
refill(LocalSlots *mine)
{
    g_mutex_lock(&sharedLock);
    while (sharedFree && mine->count < LOCAL_MAX / 2) {
        Slot *slot = sharedFree;

        sharedFree = slot->next;
        slot->next = mine->free;
        mine->free = slot;
        mine->count++;
    }
    g_mutex_unlock(&sharedLock);
    if (!mine->free) {
        char *chunk = g_malloc0((size_t) SLOTS_PER_CHUNK * VIR_HANDLE_MAX);
        int i;

        for (i = 0; i < SLOTS_PER_CHUNK; i++) {
            Slot *slot = (Slot *) (void *) (chunk + (size_t) i * VIR_HANDLE_MAX);

            slot->next = mine->free;
            mine->free = slot;
            mine->count++;
        }
    }
}

void *
virHandleNew(const virHandleClass *class)
{
    LocalSlots *mine = getLocal();
    Slot *slot;

    g_assert(class->size <= VIR_HANDLE_MAX);
    if (!mine->free)
        refill(mine);
    slot = mine->free;
    mine->free = slot->next;
    mine->count--;
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
    LocalSlots *mine;
    Slot *slot = (Slot *) handle;
    int left;

    if (!handle)
        return 0;
    left = __atomic_sub_fetch(&handle->refs, 1, __ATOMIC_ACQ_REL);
    /* Less than none: a caller gave up what it did not have, and the object is gone already. */
    if (left)
        return MAX(left, 0);
    if (handle->class->dispose)
        handle->class->dispose(handle);
    __atomic_store_n(&handle->class, NULL, __ATOMIC_RELEASE);
    mine = getLocal();
    if (mine->count >= LOCAL_MAX + SLOTS_PER_CHUNK) {
        g_mutex_lock(&sharedLock);
        slot->next = sharedFree;
        sharedFree = slot;
        g_mutex_unlock(&sharedLock);
    } else {
        slot->next = mine->free;
        mine->free = slot;
        mine->count++;
    }
    return 0;
}
