/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The search for sources of storage pools on the model host and around it. */

#include <libvirt/virterror.h>

#include "document/parse.h"
#include "document/print.h"
#include "document/raise.h"
#include "document/storagepoolsources.h"
#include "driver/test.h"
#include "runtime/error.h"

/* Volume groups of the model host. */
static const struct {
    const char *device;
    const char *name;
} groups[] = {
    { "/dev/sda20", "testvg1" },
    { "/dev/sda21", "testvg2" },
};

/* What every host around the model exports. */
#define SHARE "/testshare"

static char *
print(virDocStoragePoolSources *sources)
{
    char *text = virDocPrint(&virDocStoragePoolSourcesRecord, NULL, sources, 0);

    virDocStoragePoolSourcesFree(sources);
    return text;
}

static char *
findGroups(void)
{
    virDocStoragePoolSources *found = virDocStoragePoolSourcesNew();

    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        virDocStoragePoolSource *source = virDocStoragePoolSourceNew();
        virDocStoragePoolDevice *device = virDocStoragePoolDeviceNew();

        device->path = g_strdup(groups[i].device);
        VIR_DOC_LIST_ADD(source, devices, device);
        source->name = g_strdup(groups[i].name);
        source->formatType = g_strdup("lvm2");
        VIR_DOC_LIST_ADD(found, sources, source);
    }
    return print(found);
}

static char *
findShares(const char *specification)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocStoragePoolSources *found;
    virDocStoragePoolSource *source = NULL;

    if (specification) {
        source = virDocParse(&virDocStoragePoolSourceRecord, NULL, specification, NULL, issues);
        if (!source) {
            virDocIssuesRaise(issues, VIR_FROM_STORAGE);
            return NULL;
        }
    }
    if (!source || source->nhosts != 1) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "sources of type netfs are looked for on one host, which the specification "
                      "names: <source><host name='...'/></source>");
        virDocStoragePoolSourceFree(source);
        return NULL;
    }
    g_free(source->dirPath);
    source->dirPath = g_strdup(SHARE);
    g_free(source->formatType);
    source->formatType = g_strdup("nfs");
    found = virDocStoragePoolSourcesNew();
    VIR_DOC_LIST_ADD(found, sources, source);
    return print(found);
}

char *
testConnectFindStoragePoolSources(virConnectPtr conn G_GNUC_UNUSED, const char *type,
                                  const char *srcSpec, unsigned int flags G_GNUC_UNUSED)
{
    virDocStoragePoolType found = virDocStoragePoolTypeFromString(type);

    if (found == VIR_DOC_STORAGE_POOL_TYPE_LOGICAL)
        return findGroups();
    if (found == VIR_DOC_STORAGE_POOL_TYPE_NETFS)
        return findShares(srcSpec);
    if (found == VIR_DOC_STORAGE_POOL_TYPE_ABSENT)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_SUPPORT,
                      "there are no pools of type '%s'", type);
    else
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_SUPPORT,
                      "the model has no sources for pools of type '%s'", type);
    return NULL;
}
