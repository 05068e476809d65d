/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual processors one by one, and groups of limits that disks share. */

#include <libvirt/virterror.h>

#include "conf/domain_iotune.h"
#include "document/bitmap.h"
#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_defs.h"
#include "test_domain_stats.h"

typedef struct {
    const virDocBitmap *set;
    bool online;
} Vcpus;

/* Whether a processor is on: as listed, else the first ones are. */
static bool
isOnline(const virDocDomain *document, unsigned int vcpu)
{
    for (size_t i = 0; i < document->nvcpuStates; i++) {
        if (document->vcpuStates[i]->id == vcpu)
            return document->vcpuStates[i]->enabled == VIR_DOC_SWITCH_ON;
    }
    return vcpu < testDomainOnline(document);
}

static bool
vcpusFit(const virDocDomain *document, const void *opaque)
{
    const Vcpus *vcpus = opaque;
    size_t top = vcpus->set->nwords * 64;

    while (top > 0 && !virDocBitmapHas(vcpus->set, top - 1))
        top--;
    if (top > document->vcpu->count) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "vcpu %zu is not present in the domain, which has %u", top - 1,
                      document->vcpu->count);
        return false;
    }
    if (!vcpus->online && virDocBitmapHas(vcpus->set, 0)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "vCPU '0' can't be modified");
        return false;
    }
    for (unsigned int i = 0; i < top; i++) {
        if (virDocBitmapHas(vcpus->set, i) && isOnline(document, i) == vcpus->online) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "vCPU '%u' is already %s", i,
                          vcpus->online ? "online" : "offline");
            return false;
        }
    }
    return true;
}

/* Lists every processor with its state. */
static void
listVcpus(virDocDomain *document)
{
    for (unsigned int i = (unsigned int) document->nvcpuStates; i < document->vcpu->count; i++) {
        virDocDomainVcpuState *state = virDocDomainVcpuStateNew();

        state->hasId = true;
        state->id = i;
        state->enabled = isOnline(document, i) ? VIR_DOC_SWITCH_ON : VIR_DOC_SWITCH_OFF;
        state->hotpluggable = i > 0 ? VIR_DOC_SWITCH_ON : VIR_DOC_SWITCH_OFF;
        VIR_DOC_LIST_ADD(document, vcpuStates, state);
    }
}

static void
setVcpus(virDocDomain *document, const void *opaque)
{
    const Vcpus *vcpus = opaque;
    unsigned int count = 0;

    listVcpus(document);
    for (size_t i = 0; i < document->nvcpuStates; i++) {
        virDocDomainVcpuState *state = document->vcpuStates[i];

        if (virDocBitmapHas(vcpus->set, state->id))
            state->enabled = vcpus->online ? VIR_DOC_SWITCH_ON : VIR_DOC_SWITCH_OFF;
        count += state->enabled == VIR_DOC_SWITCH_ON;
    }
    document->vcpu->hasCurrent = count != document->vcpu->count;
    document->vcpu->current = count;
}

int
testDomainSetVcpu(virDomainPtr handle, const char *vcpumap, int state, unsigned int flags)
{
    g_autoptr(virDocBitmap) set = virDocBitmapParse(vcpumap);
    const Vcpus vcpus = { set, state != 0 };

    if (!set || !set->nwords) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "'%s' is no set of vcpus", vcpumap);
        return -1;
    }
    if (state != 0 && state != 1) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "state is %d, expected 0 or 1", state);
        return -1;
    }
    return testDomainEdit(handle, flags, vcpusFit, setVcpus, &vcpus);
}

typedef struct {
    const char *name;
    const virTypedParameter *params;
    int nparams;
} Group;

static virDocDomainDiskIotune *
findGroup(const virDocDomain *document, const char *name)
{
    for (size_t i = 0; i < document->nthrottlegroups; i++) {
        if (g_strcmp0(document->throttlegroups[i]->groupName, name) == 0)
            return document->throttlegroups[i];
    }
    return NULL;
}

static bool
groupFits(const virDocDomain *document, const void *opaque)
{
    const Group *group = opaque;
    g_autoptr(virDocDomainDiskIotune) tune =
        virConfIotuneChanged(VIR_FROM_TEST, findGroup(document, group->name), group->params,
                             group->nparams);

    return tune != NULL;
}

static void
setGroup(virDocDomain *document, const void *opaque)
{
    const Group *group = opaque;
    virDocDomainDiskIotune *old = findGroup(document, group->name);
    virDocDomainDiskIotune *tune =
        virConfIotuneChanged(VIR_FROM_TEST, old, group->params, group->nparams);

    g_free(tune->groupName);
    tune->groupName = g_strdup(group->name);
    for (size_t i = 0; i < document->nthrottlegroups; i++) {
        if (document->throttlegroups[i] == old) {
            virDocDomainDiskIotuneFree(old);
            document->throttlegroups[i] = tune;
            return;
        }
    }
    VIR_DOC_LIST_ADD(document, throttlegroups, tune);
}

int
testDomainSetThrottleGroup(virDomainPtr handle, const char *name, virTypedParameterPtr params,
                           int nparams, unsigned int flags)
{
    const Group group = { name, params, nparams };

    if (!*name) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "group must not be empty");
        return -1;
    }
    if (!virParamsCheck(params, nparams, virDomainBlockIotuneKeys, /* known= */ NULL))
        return -1;
    return testDomainEdit(handle, flags, groupFits, setGroup, &group);
}

static bool
groupIsFree(const virDocDomain *document, const void *opaque)
{
    const Group *group = opaque;

    if (!findGroup(document, group->name)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "throttlegroup '%s' doesn't exist",
                      group->name);
        return false;
    }
    for (size_t i = 0; i < document->ndisks; i++) {
        const virDocDomainDisk *disk = document->disks[i];

        for (size_t n = 0; n < disk->nthrottlefilters; n++) {
            if (g_strcmp0(disk->throttlefilters[n]->group, group->name) == 0) {
                virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                              "throttlegroup '%s' is used by disk '%s'", group->name,
                              disk->targetDev);
                return false;
            }
        }
    }
    return true;
}

static void
dropGroup(virDocDomain *document, const void *opaque)
{
    const Group *group = opaque;

    for (size_t i = 0; i < document->nthrottlegroups; i++) {
        if (g_strcmp0(document->throttlegroups[i]->groupName, group->name) == 0)
            virDocDomainDiskIotuneFree(VIR_DOC_LIST_TAKE(document, throttlegroups, i--));
    }
}

int
testDomainDelThrottleGroup(virDomainPtr handle, const char *name, unsigned int flags)
{
    const Group group = { .name = name };

    return testDomainEdit(handle, flags, groupIsFree, dropGroup, &group);
}
