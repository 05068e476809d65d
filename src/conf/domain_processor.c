/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors of domains: model and nodes, and how those of the host are shared out. */

#include <string.h>

#include "conf/domain_parts.h"
#include "document/value.h"

/* Characters of a vendor, as the processor tells it. */
#define VENDOR_LENGTH 12
/* Distances of a node to itself and to another, where they are not told. */
#define DISTANCE_LOCAL  10
#define DISTANCE_REMOTE 20

static void
checkModel(virDocCpu *cpu, virDocContext *context)
{
    virDocCpuModel *model = cpu->model;

    if (model && model->vendorId && strlen(model->vendorId) != VENDOR_LENGTH)
        virDocContextReport(context, "model", "'vendor_id' has %d characters", VENDOR_LENGTH);
    if (!model || !model->name) {
        if (cpu->nfeatures && (!cpu->mode || cpu->mode == VIR_DOC_CPU_MODE_CUSTOM))
            virDocContextReport(context, "feature", "features need a model");
        if (cpu->vendor)
            virDocContextReport(context, "vendor", "a vendor needs a model");
        g_clear_pointer(&cpu->model, virDocCpuModelFree);
        cpu->match = VIR_DOC_CPU_MATCH_ABSENT;
        if (cpu->mode == VIR_DOC_CPU_MODE_CUSTOM)
            cpu->mode = VIR_DOC_CPU_MODE_ABSENT;
        return;
    }
    if (!cpu->mode)
        cpu->mode = VIR_DOC_CPU_MODE_CUSTOM;
    if (cpu->mode == VIR_DOC_CPU_MODE_CUSTOM) {
        if (!cpu->match)
            cpu->match = VIR_DOC_CPU_MATCH_EXACT;
    } else {
        cpu->match = VIR_DOC_CPU_MATCH_ABSENT;
    }
    if (!model->fallback)
        model->fallback = VIR_DOC_CPU_FALLBACK_ALLOW;
}

static void
checkFeatures(virDocCpu *cpu, virDocContext *context)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < cpu->nfeatures; i++) {
        virDocCpuFeature *feature = cpu->features[i];

        if (!g_hash_table_add(seen, feature->name))
            virDocContextReport(context, "feature", "feature '%s' is given twice", feature->name);
        if (!feature->policy)
            feature->policy = VIR_DOC_CPU_FEATURE_POLICY_REQUIRE;
    }
}

static virDocCpuNode *
findNode(const virDocCpuNuma *numa, unsigned int id)
{
    for (size_t i = 0; i < numa->ncells; i++) {
        if (numa->cells[i]->hasId && numa->cells[i]->id == id)
            return numa->cells[i];
    }
    return NULL;
}

static void
checkNodes(virDocCpuNuma *numa, virDocContext *context)
{
    for (size_t i = 0; i < numa->ncells; i++) {
        virDocCpuNode *node = numa->cells[i];

        if (!node->hasId)
            node->id = (unsigned int)i;
        node->hasId = true;
        if (node->id >= numa->ncells)
            virDocContextReport(context, "numa/cell", "nodes are numbered from 0 to %zu",
                                numa->ncells - 1);
        for (size_t j = 0; j < i; j++) {
            if (numa->cells[j]->id == node->id)
                virDocContextReport(context, "numa/cell", "node %u is given twice", node->id);
            if (node->cpus && numa->cells[j]->cpus &&
                virDocBitmapOverlaps(node->cpus, numa->cells[j]->cpus))
                virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "numa/cell",
                                      "nodes %u and %u have processors in common", node->id,
                                      numa->cells[j]->id);
        }
    }
}

static virDocCpuDistance *
findDistance(const virDocCpuNode *node, unsigned int to)
{
    for (size_t i = 0; i < node->ndistances; i++) {
        if (node->distances[i]->id == to)
            return node->distances[i];
    }
    return NULL;
}

static void
checkDistances(const virDocCpuNuma *numa, virDocContext *context)
{
    for (size_t i = 0; i < numa->ncells; i++) {
        const virDocCpuNode *node = numa->cells[i];

        for (size_t j = 0; j < node->ndistances; j++) {
            const virDocCpuDistance *distance = node->distances[j];

            if (!findNode(numa, distance->id))
                virDocContextReport(context, "numa/cell", "node %u is at a distance to node %u, "
                                    "which there is not", node->id, distance->id);
            if (distance->id == node->id && distance->hasValue && distance->value != DISTANCE_LOCAL)
                virDocContextReport(context, "numa/cell", "the distance of node %u to itself is %d, "
                                    "not %u", node->id, DISTANCE_LOCAL, distance->value);
        }
    }
}

/* Where one distance is told, all are: those back are the same, those to itself the smallest. */
static void
completeDistances(virDocCpuNuma *numa)
{
    bool any = false;

    for (size_t i = 0; i < numa->ncells; i++)
        any |= numa->cells[i]->ndistances != 0;
    for (size_t i = 0; any && i < numa->ncells; i++) {
        virDocCpuNode *node = numa->cells[i];

        for (unsigned int to = 0; to < numa->ncells; to++) {
            const virDocCpuNode *other = findNode(numa, to);
            const virDocCpuDistance *back = other ? findDistance(other, node->id) : NULL;
            virDocCpuDistance *distance;
            size_t at = 0;

            if (findDistance(node, to))
                continue;
            distance = virDocCpuDistanceNew();
            distance->hasId = distance->hasValue = true;
            distance->id = to;
            distance->value = to == node->id ? DISTANCE_LOCAL : back ? back->value :
                              DISTANCE_REMOTE;
            while (at < node->ndistances && node->distances[at]->id < to)
                at++;
            VIR_DOC_LIST_INSERT(node, distances, at, distance);
        }
    }
}

void
virConfCheckCpu(void *data, virDocContext *context)
{
    virDocCpu *cpu = data;

    checkModel(cpu, context);
    checkFeatures(cpu, context);
    if (cpu->hasTopologySockets && !cpu->hasTopologyDies) {
        cpu->hasTopologyDies = true;
        cpu->topologyDies = 1;
    }
    if (cpu->numa) {
        checkNodes(cpu->numa, context);
        checkDistances(cpu->numa, context);
        completeDistances(cpu->numa);
    }
}

static void
completeIothreads(virDocDomain *domain, virDocContext *context)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    if (!domain->niothreadIds)
        return;
    for (size_t i = 0; i < domain->niothreadIds; i++) {
        unsigned int id = domain->iothreadIds[i]->id;

        if (!g_hash_table_add(seen, GUINT_TO_POINTER(id)))
            virDocContextReport(context, "iothreadids", "I/O thread %u is given twice", id);
    }
    if (!domain->hasIothreads || domain->iothreads < domain->niothreadIds)
        domain->iothreads = (unsigned int)domain->niothreadIds;
    domain->hasIothreads = true;
    for (unsigned int id = 1; domain->niothreadIds < domain->iothreads; id++) {
        virDocDomainIothread *thread;

        if (g_hash_table_contains(seen, GUINT_TO_POINTER(id)))
            continue;
        thread = virDocDomainIothreadNew();
        thread->hasId = true;
        thread->id = id;
        VIR_DOC_LIST_ADD(domain, iothreadIds, thread);
    }
}

/* The kernel's bounds for periods and shares of time, in microseconds. */
static void
checkTime(virDocContext *context, const char *name, bool has, long long value, long long high)
{
    g_autofree char *path = g_strdup_printf("cputune/%s", name);

    if (has && value > 0 && (value < 1000 || value > high))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, path,
                              "expected 1000 to %lld microseconds, found %lld", high, value);
}

static void
checkTimes(const virDocDomainCputune *tune, virDocContext *context)
{
    const long long period = 1000000, quota = 17592186044415;

    checkTime(context, "period", tune->hasPeriod, (long long)tune->period, period);
    checkTime(context, "global_period", tune->hasGlobalPeriod, (long long)tune->globalPeriod,
              period);
    checkTime(context, "emulator_period", tune->hasEmulatorPeriod,
              (long long)tune->emulatorPeriod, period);
    checkTime(context, "iothread_period", tune->hasIothreadPeriod,
              (long long)tune->iothreadPeriod, period);
    checkTime(context, "quota", tune->hasQuota, tune->quota, quota);
    checkTime(context, "global_quota", tune->hasGlobalQuota, tune->globalQuota, quota);
    checkTime(context, "emulator_quota", tune->hasEmulatorQuota, tune->emulatorQuota, quota);
    checkTime(context, "iothread_quota", tune->hasIothreadQuota, tune->iothreadQuota, quota);
}

void
virConfDomainCompleteTuning(virDocDomain *domain, virDocContext *context)
{
    virDocDomainCputune *tune = domain->cputune;
    g_autoptr(GHashTable) pinned = g_hash_table_new(NULL, NULL);

    completeIothreads(domain, context);
    if (domain->memoryBacking) {
        /* Large pages of no size would be divided by. */
        for (size_t i = 0; i < domain->memoryBacking->nhugepagesPages; i++) {
            if (!domain->memoryBacking->hugepagesPages[i]->size)
                virDocContextComplain(context, VIR_ERR_XML_DETAIL, "memoryBacking/hugepages",
                                      "large pages have a size");
        }
    }
    if (domain->numatune && domain->numatune->memoryNodeset && !domain->numatune->memoryMode)
        domain->numatune->memoryMode = VIR_DOC_DOMAIN_NUMA_MODE_STRICT;
    if (!tune)
        return;
    checkTimes(tune, context);
    /* A processor that is not there is pinned to nothing. */
    for (size_t i = tune->nvcpupins; i-- > 0;) {
        if (tune->vcpupins[i]->vcpu >= domain->vcpu->count)
            virDocDomainVcpuPinFree(VIR_DOC_LIST_TAKE(tune, vcpupins, i));
    }
    for (size_t i = 0; i < tune->nvcpupins; i++) {
        if (!g_hash_table_add(pinned, GUINT_TO_POINTER(tune->vcpupins[i]->vcpu)))
            virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, "cputune",
                                  "virtual processor %u is pinned twice", tune->vcpupins[i]->vcpu);
    }
    if (virDocEqual(&virDocDomainCputuneRecord, tune, &(virDocDomainCputune){0}))
        g_clear_pointer(&domain->cputune, virDocDomainCputuneFree);
}
