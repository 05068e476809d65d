/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tells ThreadSanitizer about GLib's locks, which are futexes it cannot see; preloaded by ./run. */

#define _GNU_SOURCE 1

#include <dlfcn.h>

#include <glib.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

/* The function of GLib behind the one of the same name here. */
#define REAL(name, type)                                                                        \
    static __typeof__(type) real;                                                                           \
    __typeof__(type) call = __atomic_load_n(&real, __ATOMIC_RELAXED);                                       \
    if (!call) {                                                                                \
        *(void **) &call = dlsym(RTLD_NEXT, #name);                                             \
        __atomic_store_n(&real, call, __ATOMIC_RELAXED);                                        \
    }

#undef g_mutex_lock
#undef g_mutex_unlock
#undef g_mutex_trylock

void
g_mutex_lock(GMutex *mutex)
{
    REAL(g_mutex_lock, void (*)(GMutex *))

    call(mutex);
    __tsan_acquire(mutex);
}

gboolean
g_mutex_trylock(GMutex *mutex)
{
    REAL(g_mutex_trylock, gboolean (*)(GMutex *))

    if (!call(mutex))
        return FALSE;
    __tsan_acquire(mutex);
    return TRUE;
}

void
g_mutex_unlock(GMutex *mutex)
{
    REAL(g_mutex_unlock, void (*)(GMutex *))

    __tsan_release(mutex);
    call(mutex);
}

void
g_cond_wait(GCond *cond, GMutex *mutex)
{
    REAL(g_cond_wait, void (*)(GCond *, GMutex *))

    __tsan_release(mutex);
    call(cond, mutex);
    __tsan_acquire(mutex);
}

gboolean
g_cond_wait_until(GCond *cond, GMutex *mutex, gint64 end)
{
    REAL(g_cond_wait_until, gboolean (*)(GCond *, GMutex *, gint64))
    gboolean signalled;

    __tsan_release(mutex);
    signalled = call(cond, mutex, end);
    __tsan_acquire(mutex);
    return signalled;
}
