/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of node devices mean: which kinds a device is of, and what others hang on it by. */

#include "conf/nodedev.h"

#include <string.h>

#include <libvirt/libvirt.h>

#include "base/uuid.h"

const virConfNodeDeviceKind virConfNodeDeviceKinds[] = {
    { "system", VIR_CONNECT_LIST_NODE_DEVICES_CAP_SYSTEM },
    { "pci", VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV },
    { "usb_device", VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV },
    { "usb", VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_INTERFACE },
    { "net", VIR_CONNECT_LIST_NODE_DEVICES_CAP_NET },
    { "scsi_host", VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_HOST },
    { "scsi_target", VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_TARGET },
    { "scsi", VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI },
    { "storage", VIR_CONNECT_LIST_NODE_DEVICES_CAP_STORAGE },
    { "fc_host", VIR_CONNECT_LIST_NODE_DEVICES_CAP_FC_HOST },
    { "vports", VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPORTS },
    { "scsi_generic", VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_GENERIC },
    { "drm", VIR_CONNECT_LIST_NODE_DEVICES_CAP_DRM },
    { "mdev_types", VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV_TYPES },
    { "mdev", VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV },
    { "ccw", VIR_CONNECT_LIST_NODE_DEVICES_CAP_CCW_DEV },
    { "css", VIR_CONNECT_LIST_NODE_DEVICES_CAP_CSS_DEV },
    { "vdpa", VIR_CONNECT_LIST_NODE_DEVICES_CAP_VDPA },
    { "ap_card", VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_CARD },
    { "ap_queue", VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_QUEUE },
    { "ap_matrix", VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_MATRIX },
    { "vpd", VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPD },
    { "ccwgroup", VIR_CONNECT_LIST_NODE_DEVICES_CAP_CCWGROUP_DEV },
    { "ccwgroup_member", VIR_CONNECT_LIST_NODE_DEVICES_CAP_CCWGROUP_MEMBER },
    { NULL, 0 },
};

unsigned int
virConfNodeDeviceFilter(const char *name)
{
    for (const virConfNodeDeviceKind *kind = virConfNodeDeviceKinds; kind->name; kind++) {
        if (g_str_equal(kind->name, name))
            return kind->filter;
    }
    /* The filter and its name in lists have a name of their own, beside that of the document. */
    return g_str_equal(name, "pci_dev") ? VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV : 0;
}

/* The filters of what a capability is beyond its type. */
static unsigned int
filtersBeyond(const virDocNodeDeviceCapability *capability)
{
    unsigned int filters = 0;

    for (size_t i = 0; i < capability->nhostCapabilities; i++)
        filters |= capability->hostCapabilities[i]->type == VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST ?
            VIR_CONNECT_LIST_NODE_DEVICES_CAP_FC_HOST : VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPORTS;
    for (size_t i = 0; i < capability->npciCapabilities; i++) {
        if (capability->pciCapabilities[i]->type == VIR_DOC_NODE_DEVICE_PCI_TYPE_MDEV_TYPES)
            filters |= VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV_TYPES;
        if (capability->pciCapabilities[i]->type == VIR_DOC_NODE_DEVICE_PCI_TYPE_VPD)
            filters |= VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPD;
    }
    if (capability->nmdevTypes)
        filters |= VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV_TYPES;
    if (capability->nccwCapabilities)
        filters |= VIR_CONNECT_LIST_NODE_DEVICES_CAP_CCWGROUP_MEMBER;
    return filters;
}

unsigned int
virConfNodeDeviceFilters(const virDocNodeDevice *device)
{
    unsigned int filters = 0;

    for (size_t i = 0; i < device->ncapabilities; i++)
        filters |= virConfNodeDeviceFilter(
            virDocNodeDeviceTypeToString(device->capabilities[i]->type)) |
            filtersBeyond(device->capabilities[i]);
    return filters;
}

virDocNodeDeviceCapability *
virConfNodeDeviceCapability(const virDocNodeDevice *device, virDocNodeDeviceType type)
{
    for (size_t i = 0; i < device->ncapabilities; i++) {
        if (device->capabilities[i]->type == type)
            return device->capabilities[i];
    }
    return NULL;
}

virDocNodeDeviceHostCapability *
virConfNodeDeviceHost(const virDocNodeDevice *device, virDocNodeDeviceHostType type)
{
    const virDocNodeDeviceCapability *host =
        virConfNodeDeviceCapability(device, VIR_DOC_NODE_DEVICE_TYPE_SCSI_HOST);

    for (size_t i = 0; host && i < host->nhostCapabilities; i++) {
        if (host->hostCapabilities[i]->type == type)
            return host->hostCapabilities[i];
    }
    return NULL;
}

static virDocNodeDeviceMdevType *
offerIn(virDocNodeDeviceMdevType **types, size_t ntypes, const char *id)
{
    for (size_t i = 0; i < ntypes; i++) {
        if (g_str_equal(types[i]->id, id))
            return types[i];
    }
    return NULL;
}

virDocNodeDeviceMdevType *
virConfNodeDeviceOffer(const virDocNodeDevice *device, const char *id)
{
    virDocNodeDeviceMdevType *found = NULL;

    for (size_t i = 0; i < device->ncapabilities && !found; i++) {
        const virDocNodeDeviceCapability *one = device->capabilities[i];

        for (size_t j = 0; j < one->npciCapabilities && !found; j++)
            found = offerIn(one->pciCapabilities[j]->mdevTypes,
                            one->pciCapabilities[j]->nmdevTypes, id);
        for (size_t j = 0; j < one->nmdevTypes && !found; j++)
            found = offerIn(one->mdevTypes[j]->types, one->mdevTypes[j]->ntypes, id);
    }
    return found;
}

char *
virConfNodeDeviceAddress(const virDocNodeDevice *device)
{
    for (size_t i = 0; i < device->ncapabilities; i++) {
        const virDocNodeDeviceCapability *one = device->capabilities[i];

        if (one->type == VIR_DOC_NODE_DEVICE_TYPE_PCI)
            return g_strdup_printf("%04x:%02x:%02x.%x", one->domain, one->pciBus, one->slot,
                                   one->function);
        if (one->type == VIR_DOC_NODE_DEVICE_TYPE_CSS)
            return g_strdup_printf("%llx.%llx.%04llx", one->cssid, one->ssid, one->devno);
        if (one->type == VIR_DOC_NODE_DEVICE_TYPE_AP_MATRIX)
            return g_strdup("matrix");
    }
    return NULL;
}

char *
virConfNodeDeviceMdevName(const unsigned char *uuid, const char *address)
{
    char text[VIR_UUID_STRING_BUFLEN];
    char *name;

    virUUIDFormat(uuid, text);
    name = g_strdup_printf("mdev_%s_%s", text, address);
    return g_strdelimit(name, "-:.", '_');
}

bool
virConfNodeDeviceIsWwn(const char *text)
{
    return strlen(text) == 16 && strspn(text, "0123456789abcdefABCDEF") == 16;
}
