/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The threads of a running QEMU: one for each processor of its guest, and those that serve disks. */

#include "qemu_threads.h"

#include <string.h>

#include "qemu_cpuset.h"
#include "qemu_process.h"

/* A number by which people know it, and a thread of the kernel. */
typedef struct {
    unsigned int number;
    pid_t thread;
} Thread;

static pid_t
find(const GArray *threads, unsigned int number)
{
    for (guint i = 0; threads && i < threads->len; i++) {
        if (g_array_index(threads, Thread, i).number == number)
            return g_array_index(threads, Thread, i).thread;
    }
    return 0;
}

pid_t
qemuThreadsVcpu(const qemuDomain *domain, unsigned int vcpu)
{
    return find(domain->process.vcpus, vcpu);
}

pid_t
qemuThreadsIothread(const qemuDomain *domain, unsigned int id)
{
    return find(domain->process.iothreads, id);
}

unsigned int
qemuThreadsVcpus(const qemuDomain *domain)
{
    return domain->process.vcpus ? domain->process.vcpus->len : 0;
}

void
qemuThreadsForget(qemuDomain *domain)
{
    g_clear_pointer(&domain->process.vcpus, g_array_unref);
    g_clear_pointer(&domain->process.iothreads, g_array_unref);
}

/* The threads in an answer; those without a number are none of ours. */
static GArray *
takeThreads(json_object *list, bool (*number)(json_object *one, unsigned int *found))
{
    GArray *threads = g_array_new(/* zero_terminated= */ false, /* clear= */ true, sizeof(Thread));
    size_t count = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

    for (size_t i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(list, i);
        Thread thread = { .thread = (pid_t) qemuJsonInteger(one, "thread-id") };

        if (thread.thread > 0 && number(one, &thread.number))
            g_array_append_val(threads, thread);
    }
    return threads;
}

GArray *
qemuThreadsNumbers(const GArray *threads)
{
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(unsigned int));

    for (guint i = 0; threads && i < threads->len; i++)
        g_array_append_val(numbers, g_array_index(threads, Thread, i).number);
    return numbers;
}

static bool
numberOfVcpu(json_object *one, unsigned int *found)
{
    gint64 index = qemuJsonInteger(one, "cpu-index");

    *found = (unsigned int) index;
    return qemuJsonGet(one, "cpu-index") && index >= 0 && index < G_MAXINT;
}

static bool
numberOfIothread(json_object *one, unsigned int *found)
{
    const char *id = qemuJsonString(one, "id");

    if (!id || !g_str_has_prefix(id, "iothread"))
        return false;
    *found = (unsigned int) g_ascii_strtoull(id + strlen("iothread"), NULL, 10);
    return true;
}

bool
qemuThreadsLearn(qemuDomain *domain)
{
    g_autoptr(json_object) vcpus = qemuProcessAsk(domain, "query-cpus-fast", NULL);
    g_autoptr(json_object) iothreads = vcpus ? qemuProcessAsk(domain, "query-iothreads", NULL) :
                                       NULL;

    if (!iothreads)
        return false;
    qemuThreadsForget(domain);
    domain->process.vcpus = takeThreads(vcpus, numberOfVcpu);
    domain->process.iothreads = takeThreads(iothreads, numberOfIothread);
    return true;
}

const virDocBitmap *
qemuPinOfVcpu(const virDocDomain *document, unsigned int vcpu)
{
    const virDocDomainCputune *tune = document->cputune;

    for (size_t i = 0; tune && i < tune->nvcpupins; i++) {
        if (tune->vcpupins[i]->vcpu == vcpu)
            return tune->vcpupins[i]->cpuset;
    }
    return document->vcpu->cpuset;
}

const virDocBitmap *
qemuPinOfIothread(const virDocDomain *document, unsigned int id)
{
    const virDocDomainCputune *tune = document->cputune;

    for (size_t i = 0; tune && i < tune->niothreadpins; i++) {
        if (tune->iothreadpins[i]->iothread == id)
            return tune->iothreadpins[i]->cpuset;
    }
    return document->vcpu->cpuset;
}

const virDocBitmap *
qemuPinOfEmulator(const virDocDomain *document)
{
    return document->cputune && document->cputune->emulatorpinCpuset ?
        document->cputune->emulatorpinCpuset : document->vcpu->cpuset;
}

/* Calls for each thread of a kind that may not run anywhere; false at the first that fails. */
static bool
placeAll(const GArray *threads, const virDocDomain *document, const char *what,
         const virDocBitmap *(*pin)(const virDocDomain *document, unsigned int number))
{
    for (guint i = 0; threads && i < threads->len; i++) {
        const Thread *one = &g_array_index(threads, Thread, i);
        const virDocBitmap *set = pin(document, one->number);
        g_autofree char *name = g_strdup_printf("%s %u of domain '%s'", what, one->number,
                                                document->name);

        if (set && !qemuCpusApply(one->thread, set, name))
            return false;
    }
    return true;
}

static bool
isOfGuest(const qemuDomain *domain, pid_t thread)
{
    const GArray *const kinds[] = { domain->process.vcpus, domain->process.iothreads };

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        for (guint i = 0; kinds[k] && i < kinds[k]->len; i++) {
            if (g_array_index(kinds[k], Thread, i).thread == thread)
                return true;
        }
    }
    return false;
}

bool
qemuThreadsPlaceEmulator(qemuDomain *domain, const virDocBitmap *set)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/task", (int) domain->process.pid);
    g_autofree char *what = g_strdup_printf("the emulator of domain '%s'", domain->name);
    g_autoptr(GDir) tasks = NULL;
    const char *name;

    if (!qemuCpusApply(domain->process.pid, set, what))
        return false;
    tasks = g_dir_open(path, 0, NULL);
    while (tasks && (name = g_dir_read_name(tasks))) {
        pid_t thread = (pid_t) g_ascii_strtoll(name, NULL, 10);

        /* Workers come and go: one that ended meanwhile needs no place. */
        if (thread != domain->process.pid && !isOfGuest(domain, thread) &&
            !qemuCpusApply(thread, set, what))
            virResetLastError();
    }
    return true;
}

bool
qemuThreadsPlace(qemuDomain *domain, const virDocDomain *document)
{
    const virDocBitmap *emulator = qemuPinOfEmulator(document);

    return placeAll(domain->process.vcpus, document, "processor", qemuPinOfVcpu) &&
           placeAll(domain->process.iothreads, document, "I/O thread", qemuPinOfIothread) &&
           (!emulator || qemuThreadsPlaceEmulator(domain, emulator));
}
