/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The list of the devices of the host. */

#include <stdlib.h>

#include "client/commands.h"
#include "client/completers.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/report.h"
#include "client/tree.h"

/* In the order of the bits of the API. */
#define VIRSH_CAPABILITIES \
    "system|pci|usb_device|usb|net|scsi_host|scsi_target|scsi|storage|fc_host|vports|" \
    "scsi_generic|drm|mdev_types|mdev|ccw|css|vdpa|ap_card|ap_queue|ap_matrix|vpd|" \
    "ccwgroup_dev|ccwgroup_member"

static int virshCompareDevices(const void *a, const void *b)
{
    return g_ascii_strcasecmp(virNodeDeviceGetName(*(const virNodeDevicePtr *)a),
                              virNodeDeviceGetName(*(const virNodeDevicePtr *)b));
}

static void virshDeviceTree(virshControl *ctl, virNodeDevicePtr *devices, size_t count)
{
    g_autofree const char **names = g_new0(const char *, count + 1);
    g_autofree const char **parents = g_new0(const char *, count + 1);

    for (size_t i = 0; i < count; i++) {
        names[i] = virNodeDeviceGetName(devices[i]);
        /* the strings live as long as the devices */
        if (!g_str_equal(names[i], "computer"))
            parents[i] = virNodeDeviceGetParent(devices[i]);
    }
    virshTreePrint(ctl, names, parents, count, NULL);
}

bool shellNodedevList(virshControl *ctl, const virshArguments *arguments)
{
    static const virshOptionBit kinds[] = {
        { "persistent", VIR_CONNECT_LIST_NODE_DEVICES_PERSISTENT },
        { "transient", VIR_CONNECT_LIST_NODE_DEVICES_TRANSIENT },
    };
    g_autoptr(virshReport) report = NULL;
    virNodeDevicePtr *devices = NULL;
    unsigned int flags = 0;
    bool tree = virshFlag(arguments, "tree");
    int count;

    if (tree && (virshFlag(arguments, "cap") || virshFlag(arguments, "inactive"))) {
        virshError(ctl, "Option --tree is incompatible with --cap and --inactive");
        return false;
    }
    if (!virshWordBits(ctl, arguments, "cap", VIRSH_CAPABILITIES,
                       VIR_CONNECT_LIST_NODE_DEVICES_CAP_SYSTEM, "Invalid capability type",
                       &flags))
        return false;
    if (virshFlag(arguments, "inactive") || virshFlag(arguments, "all"))
        flags |= VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE;
    if (!virshFlag(arguments, "inactive"))
        flags |= VIR_CONNECT_LIST_NODE_DEVICES_ACTIVE;
    flags |= virshOptionBits(arguments, kinds, G_N_ELEMENTS(kinds));
    count = virConnectListAllNodeDevices(ctl->connection, &devices, flags);
    if (count < 0) {
        virshError(ctl, "Failed to list node devices");
        return false;
    }
    if (count)
        qsort(devices, (size_t)count, sizeof(*devices), virshCompareDevices);
    report = virshReportNew(ctl, arguments);
    if (tree && !virshWantsJson(arguments))
        virshDeviceTree(ctl, devices, (size_t)count);
    for (int i = 0; i < count; i++) {
        virshReportRow(report);
        virshPutText(report, "name", virNodeDeviceGetName(devices[i]));
        if (virshReportShows(report, "parent"))
            virshPutText(report, "parent", virNodeDeviceGetParent(devices[i]));
        virNodeDeviceFree(devices[i]);
    }
    free(devices);
    virshForgetFailure(ctl);
    return tree && !virshWantsJson(arguments) ? true : virshReportEnd(report);
}

void offerDeviceCapability(virshControl *ctl G_GNUC_UNUSED,
                           const virshArguments *arguments G_GNUC_UNUSED, GPtrArray *found,
                           const char *prefix)
{
    g_autofree char *words = g_strdup(VIRSH_CAPABILITIES);

    virshOfferWords(found, prefix, g_strdelimit(words, "|", ' '));
}
