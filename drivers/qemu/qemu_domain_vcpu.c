/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors of guests: how many there are, plugged in and out. */

#include <stdlib.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_cgroup.h"
#include "qemu_change.h"
#include "qemu_cpuset.h"
#include "qemu_process.h"
#include "qemu_threads.h"
#include "qemu_unplug.h"
#include "runtime/error.h"
#include "runtime/objects.h"

static unsigned int
onlineIn(const virDocDomain *document)
{
    return document->vcpu->hasCurrent ? document->vcpu->current : document->vcpu->count;
}

static bool
fits(const virDocDomain *document, const void *opaque)
{
    unsigned int wanted = *(const unsigned int *) opaque;

    if (wanted <= document->vcpu->count)
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "requested vcpus is greater than max allowable vcpus for the domain: %u > %u",
                  wanted, document->vcpu->count);
    return false;
}

/* Where a processor is in the order of a machine. */
static int
comparePlaces(const void *a, const void *b)
{
    static const char *const members[] = { "socket-id", "die-id", "core-id", "thread-id" };
    json_object *one = qemuJsonGet(*(json_object *const *) a, "props");
    json_object *two = qemuJsonGet(*(json_object *const *) b, "props");

    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        gint64 here = qemuJsonInteger(one, members[i]), there = qemuJsonInteger(two, members[i]);

        if (here != there)
            return here < there ? -1 : 1;
    }
    return 0;
}

/* Plugs one into a place, as processor `number`; false with an error raised. */
static bool
plugOne(qemuDomain *domain, json_object *place, unsigned int number)
{
    g_autofree char *alias = g_strdup_printf("vcpu%u", number);
    json_object *device = qemuJsonStrings("driver", qemuJsonString(place, "type"), "id", alias,
                                          NULL);
    g_autoptr(json_object) result = NULL;

    json_object_object_foreach(qemuJsonGet(place, "props"), name, value)
        json_object_object_add(device, name, json_object_get(value));
    result = qemuProcessAsk(domain, "device_add", device);
    return result != NULL;
}

static bool
plugMore(qemuDomain *domain, unsigned int wanted)
{
    g_autoptr(json_object) places = qemuProcessAsk(domain, "query-hotpluggable-cpus", NULL);
    size_t count = json_object_is_type(places, json_type_array) ?
        json_object_array_length(places) : 0;
    unsigned int online = qemuThreadsVcpus(domain);

    if (!places)
        return false;
    json_object_array_sort(places, comparePlaces);
    for (size_t i = 0; i < count && online < wanted; i++) {
        json_object *place = json_object_array_get_idx(places, i);

        if (qemuJsonGet(place, "qom-path"))
            continue;
        if (!plugOne(domain, place, (unsigned int) i))
            return false;
        online++;
    }
    if (online >= wanted)
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                  "the machine of domain '%s' has room for %u processors only", domain->name,
                  online);
    return false;
}

/* Takes processors away from the end; the guest has to agree. */
static bool
plugLess(qemuDomain *domain, unsigned int wanted)
{
    unsigned int number = domain->live->vcpu->count;

    while (number-- > 0 && qemuThreadsVcpus(domain) > wanted) {
        g_autofree char *alias = g_strdup_printf("vcpu%u", number);
        qemuUnplugResult result;

        if (!qemuThreadsVcpu(domain, number))
            continue;
        result = qemuUnplug(domain, alias);
        if (result == QEMU_UNPLUG_ASKED)
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_TIMEOUT,
                          "the guest of domain '%s' did not give up processor %u within 5 seconds; "
                          "it may still do so", domain->name, number);
        if (result != QEMU_UNPLUG_GONE || !qemuThreadsLearn(domain) ||
            !qemuDomainRequireActive(domain))
            return false;
    }
    return true;
}

static void
edit(virDocDomain *document, const void *opaque)
{
    unsigned int wanted = *(const unsigned int *) opaque;

    /* Counted, processors are no longer chosen one by one. */
    while (document->nvcpuStates > 0)
        virDocDomainVcpuStateFree(VIR_DOC_LIST_TAKE(document, vcpuStates,
                                                    document->nvcpuStates - 1));
    document->vcpu->hasCurrent = wanted != document->vcpu->count;
    document->vcpu->current = wanted;
}

/* Whatever became of a change is what the document says. */
static void
settle(qemuDomain *domain)
{
    unsigned int now;

    if (domain->id < 0 || !qemuThreadsLearn(domain) || domain->id < 0)
        return;
    /* New threads belong to the guest's group already; what is missing is a part of their own. */
    if (!qemuCgroupThreads(domain, domain->live))
        virResetLastError();
    now = qemuThreadsVcpus(domain);
    if (now > 0 && now != onlineIn(domain->live)) {
        edit(domain->live, &now);
        qemuStoreStatus(domain);
    }
}

static bool
plug(qemuDomain *domain, const void *opaque)
{
    unsigned int wanted = *(const unsigned int *) opaque, online = qemuThreadsVcpus(domain);
    bool done = wanted > online ? plugMore(domain, wanted) :
                wanted == online || plugLess(domain, wanted);
    virErrorPtr error = done ? NULL : virSaveLastError();

    settle(domain);
    if (error) {
        virErrorRestore(error);
        virFreeError(error);
        return false;
    }
    return qemuDomainRequireActive(domain) && qemuThreadsPlace(domain, domain->live);
}

static void
editMaximum(virDocDomain *document, const void *opaque)
{
    unsigned int wanted = *(const unsigned int *) opaque;
    unsigned int now = MIN(onlineIn(document), wanted);

    document->vcpu->count = wanted;
    edit(document, &now);
}

static bool
fitsTopology(const virDocDomain *document, const void *opaque)
{
    const virDocCpu *cpu = document->cpu;

    (void) opaque;
    if (!cpu || !cpu->hasTopologySockets)
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "CPU topology of domain '%s' says how many processors there are: change it in the "
                  "document", document->name);
    return false;
}

int
qemuDomainSetVcpusFlags(virDomainPtr handle, unsigned int nvcpus, unsigned int flags)
{
    static const qemuChange number = { .check = fits, .act = plug, .edit = edit };
    static const qemuChange maximum = { .check = fitsTopology, .edit = editMaximum };
    unsigned int sides = flags & (VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG);

    if (flags & VIR_DOMAIN_VCPU_MAXIMUM && flags & VIR_DOMAIN_VCPU_LIVE) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "the most processors of a running guest can't change: use "
                      "VIR_DOMAIN_VCPU_CONFIG alone");
        return -1;
    }
    return qemuDomainChange(handle, sides, flags & VIR_DOMAIN_VCPU_MAXIMUM ? &maximum : &number,
                            &nvcpus);
}

int
qemuDomainSetVcpus(virDomainPtr handle, unsigned int nvcpus)
{
    return qemuDomainSetVcpusFlags(handle, nvcpus, VIR_DOMAIN_AFFECT_LIVE);
}
