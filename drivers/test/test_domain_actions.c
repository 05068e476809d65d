/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What follows when a guest ends, what it is labelled with, and what there is to say about it. */

#define VIR_ENUM_SENTINELS

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_block.h"
#include "test_domain_defs.h"

static const char *const actionWords[VIR_DOMAIN_LIFECYCLE_ACTION_LAST] = {
    [VIR_DOMAIN_LIFECYCLE_ACTION_DESTROY] = "destroy",
    [VIR_DOMAIN_LIFECYCLE_ACTION_RESTART] = "restart",
    [VIR_DOMAIN_LIFECYCLE_ACTION_RESTART_RENAME] = "rename-restart",
    [VIR_DOMAIN_LIFECYCLE_ACTION_PRESERVE] = "preserve",
    [VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_DESTROY] = "coredump-destroy",
    [VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_RESTART] = "coredump-restart",
};

static bool
actionFits(unsigned int type, unsigned int action)
{
    if (type >= VIR_DOMAIN_LIFECYCLE_LAST) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "invalid lifecycle type '%u'", type);
        return false;
    }
    if (action >= VIR_DOMAIN_LIFECYCLE_ACTION_LAST) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "invalid lifecycle action '%u'",
                      action);
        return false;
    }
    if (type != VIR_DOMAIN_LIFECYCLE_CRASH &&
        action >= VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_DESTROY) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED,
                      "Lifecycle event '%s' doesn't support '%s' action",
                      type == VIR_DOMAIN_LIFECYCLE_POWEROFF ? "poweroff" : "reboot",
                      actionWords[action]);
        return false;
    }
    return true;
}

static void
setAction(virDocDomain *document, unsigned int type, unsigned int action)
{
    const char *word = actionWords[action];

    if (type == VIR_DOMAIN_LIFECYCLE_POWEROFF)
        document->onPoweroff = virDocDomainLifecycleFromString(word);
    else if (type == VIR_DOMAIN_LIFECYCLE_REBOOT)
        document->onReboot = virDocDomainLifecycleFromString(word);
    else
        document->onCrash = virDocDomainCrashActionFromString(word);
}

int
testDomainSetLifecycleAction(virDomainPtr handle, unsigned int type, unsigned int action,
                             unsigned int flags)
{
    testDomainDefs defs;
    testDomain *domain;
    int ret = -1;

    if (!actionFits(type, action))
        return -1;
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (testDomainDefsToChange(domain, flags, &defs)) {
        if (defs.live)
            setAction(defs.live, type, action);
        if (defs.config)
            setAction(defs.config, type, action);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

/* A running guest has the label of the model node's security model; one that is off has none. */
static void
label(const testDomain *domain, virSecurityLabelPtr seclabel)
{
    memset(seclabel, 0, sizeof(*seclabel));
    if (domain->id < 0)
        return;
    g_strlcpy(seclabel->label, "libvirt-test", sizeof(seclabel->label));
    seclabel->enforcing = 1;
}

int
testDomainGetSecurityLabel(virDomainPtr handle, virSecurityLabelPtr seclabel)
{
    testDomain *domain = testDomainLock(handle);

    if (!domain)
        return -1;
    label(domain, seclabel);
    testDomainUnlock(handle);
    return 0;
}

int
testDomainGetSecurityLabelList(virDomainPtr handle, virSecurityLabelPtr *seclabels)
{
    testDomain *domain = testDomainLock(handle);
    int count;

    if (!domain)
        return -1;
    count = domain->id >= 0;
    *seclabels = g_new0(virSecurityLabel, 1);
    label(domain, *seclabels);
    testDomainUnlock(handle);
    return count;
}

/* Errors of disks are all that a guest of the model is warned about. */
int
testDomainGetMessages(virDomainPtr handle, char ***msgs, unsigned int flags)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    testDomain *domain = testDomainLock(handle);
    int count;

    if (!domain)
        return -1;
    for (size_t i = 0; i < domain->live->ndisks; i++) {
        const virDocDomainDisk *disk = domain->live->disks[i];
        const testDiskImage *image = testDomainImage(testHostOf(handle->conn), disk);

        if (image && image->error && (!flags || flags & VIR_DOMAIN_MESSAGE_IOERRORS))
            g_ptr_array_add(list, g_strdup_printf("I/O error: disk='%s', message='%s'",
                                                  disk->targetDev,
                                                  image->error == VIR_DOMAIN_DISK_ERROR_NO_SPACE ?
                                                  "no space" : "unspecified error"));
    }
    testDomainUnlock(handle);
    count = (int) list->len;
    g_ptr_array_add(list, NULL);
    *msgs = (char **) g_ptr_array_steal(list, NULL);
    return count;
}
