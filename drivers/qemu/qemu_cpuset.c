/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of the machine's processors: in documents, in calls, and for threads. */

#define _GNU_SOURCE 1

#include "qemu_cpuset.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

unsigned int
qemuCpusCount(void)
{
    long count = sysconf(_SC_NPROCESSORS_CONF);

    return count > 0 ? (unsigned int) count : 1;
}

virDocBitmap *
qemuCpusFrom(const unsigned char *bytes, int length)
{
    unsigned int cpus = qemuCpusCount();
    size_t size = MIN((size_t) length, (cpus + 7) / 8);
    g_autofree unsigned char *kept = g_memdup2(bytes, size);
    g_autoptr(virDocBitmap) set = NULL;

    if (cpus % 8 && size == (cpus + 7) / 8)
        kept[size - 1] &= (unsigned char) ((1 << cpus % 8) - 1);
    set = virDocBitmapFromBytes(kept, size);
    return set && set->nwords ? g_steal_pointer(&set) : NULL;
}

void
qemuCpusTo(const virDocBitmap *set, unsigned char *bytes, int length)
{
    unsigned int cpus = qemuCpusCount();

    memset(bytes, 0, (size_t) length);
    for (unsigned int i = 0; i < cpus && i < (unsigned int) length * 8; i++) {
        if (!set || virDocBitmapHas(set, i))
            bytes[i / 8] |= (unsigned char) (1 << i % 8);
    }
}

bool
qemuCpusApply(pid_t thread, const virDocBitmap *set, const char *what)
{
    unsigned int cpus = qemuCpusCount();
    size_t size = CPU_ALLOC_SIZE(cpus);
    cpu_set_t *mask = CPU_ALLOC(cpus);
    bool done;

    CPU_ZERO_S(size, mask);
    for (unsigned int i = 0; i < cpus; i++) {
        if (!set || virDocBitmapHas(set, i))
            CPU_SET_S(i, size, mask);
    }
    done = sched_setaffinity(thread, size, mask) == 0;
    if (!done)
        virErrorRaiseSystem(VIR_FROM_QEMU, errno,
                            "cannot choose the processors of %s (thread %d); are they there and "
                            "running?", what, (int) thread);
    CPU_FREE(mask);
    return done;
}
