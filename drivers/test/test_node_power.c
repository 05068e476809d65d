/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A host that sleeps for a while: its guests stand still, and know nothing of it. */

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "test_domain.h"
#include "test_node.h"

/* Most seconds that a host sleeps: ten years. */
#define SLEEP_MAX (10ULL * 365 * 24 * 3600)

void
testPowerSetUp(testMachine *machine, const virDocNode *node)
{
    virDocCapabilitiesHost *host = machine->capabilities->host;

    host->powerManagementSuspendMem = node->sleepMem;
    host->powerManagementSuspendDisk = node->sleepDisk;
    host->powerManagementSuspendHybrid = node->sleepHybrid;
    machine->leastSleep = node->sleepLeast;
}

static bool
canSleep(const testMachine *machine, unsigned int target)
{
    const virDocCapabilitiesHost *host = machine->capabilities->host;

    switch (target) {
    case VIR_NODE_SUSPEND_TARGET_MEM:
        return host->powerManagementSuspendMem;
    case VIR_NODE_SUSPEND_TARGET_DISK:
        return host->powerManagementSuspendDisk;
    case VIR_NODE_SUSPEND_TARGET_HYBRID:
        return host->powerManagementSuspendHybrid;
    }
    return false;
}

static void
wakeUp(testHost *host, void *data G_GNUC_UNUSED)
{
    host->machine->asleep = false;
    for (GList *one = host->domains->objects.all.head; one; one = one->next)
        testDomainStandsStill(one->data, /* still= */ false);
}

static void
fallAsleep(testHost *host, unsigned long long seconds)
{
    host->machine->asleep = true;
    for (GList *one = host->domains->objects.all.head; one; one = one->next)
        testDomainStandsStill(one->data, /* still= */ true);
    testClockAt(host->domains->clock,
                g_get_monotonic_time() + (gint64) MIN(seconds, SLEEP_MAX) * G_TIME_SPAN_SECOND,
                wakeUp, /* data= */ NULL, /* release= */ NULL);
}

int
testNodeSuspendForDuration(virConnectPtr conn, unsigned int target, unsigned long long duration,
                           unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(conn);
    testMachine *machine = host->machine;
    int ret = -1;

    g_mutex_lock(&host->lock);
    if (duration < machine->leastSleep) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "the host sleeps for at least %u seconds, not for %llu", machine->leastSleep,
                      duration);
    } else if (!canSleep(machine, target)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "the host cannot sleep in way %u; its capabilities tell the ways it can",
                      target);
    } else if (machine->asleep) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "the host sleeps already");
    } else {
        fallAsleep(host, duration);
        ret = 0;
    }
    g_mutex_unlock(&host->lock);
    return ret;
}
