/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of node devices mean: which kinds a device is of, and what others hang on it by. */

#pragma once

#include "document/nodedev.h"

/* A name of a kind of device, and the filter of virConnectListAllNodeDevices for it. */
typedef struct {
    const char *name;
    unsigned int filter;
} virConfNodeDeviceKind;

/* Every kind, ended by one without a name. */
extern const virConfNodeDeviceKind virConfNodeDeviceKinds[];

/* The filters of every kind the device is of: that of an adapter on Fibre Channel has two. */
unsigned int virConfNodeDeviceFilters(const virDocNodeDevice *device);
/* The filter of a kind by its name; 0 when there is none. */
unsigned int virConfNodeDeviceFilter(const char *name);

/* The capability of a type, NULL when the device has none. */
virDocNodeDeviceCapability *virConfNodeDeviceCapability(const virDocNodeDevice *device,
                                                        virDocNodeDeviceType type);
/* What a SCSI adapter can do beyond; NULL when it cannot, or is none. */
virDocNodeDeviceHostCapability *virConfNodeDeviceHost(const virDocNodeDevice *device,
                                                      virDocNodeDeviceHostType type);
/* The shares of a type that the device offers; NULL when it does not. */
virDocNodeDeviceMdevType *virConfNodeDeviceOffer(const virDocNodeDevice *device, const char *id);

/* Where the device is on its bus, as 0000:00:02.0; NULL when its kind has no such address. */
char *virConfNodeDeviceAddress(const virDocNodeDevice *device);
/* The name of a mediated device with this identity on a parent at an address. */
char *virConfNodeDeviceMdevName(const unsigned char *uuid, const char *address);

/* Whether a text is a name of Fibre Channel: sixteen digits. */
bool virConfNodeDeviceIsWwn(const char *text);
