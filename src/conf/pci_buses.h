/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The buses that PCI and PCIe machines are made of, and which device finds a place on which. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/domain.h"

G_BEGIN_DECLS

#define VIR_CONF_PCI_SLOTS     32
#define VIR_CONF_PCI_FUNCTIONS 8

/* What a device plugs into; a bit each, because buses accept several. */
typedef enum {
    VIR_CONF_PCI_NOWHERE = 0,
    VIR_CONF_PCI_OLD = 1 << 0,        /* a conventional device */
    VIR_CONF_PCI_EXPRESS = 1 << 1,    /* a PCI Express device */
    VIR_CONF_PCI_BRIDGE = 1 << 2,     /* pci-bridge */
    VIR_CONF_PCI_EXPANDER = 1 << 3,   /* pci-expander-bus, pcie-expander-bus */
    VIR_CONF_PCI_ROOT_PORT = 1 << 4,
    VIR_CONF_PCI_UPSTREAM = 1 << 5,
    VIR_CONF_PCI_DOWNSTREAM = 1 << 6,
    VIR_CONF_PCI_DMI_BRIDGE = 1 << 7, /* dmi-to-pci-bridge */
    VIR_CONF_PCI_TO_OLD = 1 << 8,     /* pcie-to-pci-bridge */
} virConfPciPlug;

typedef struct {
    virConfPciPlug plug;    /* where the controller itself finds a place */
    unsigned int accepts;   /* virConfPciPlug bits of what finds a place on its bus */
    unsigned int first, last; /* slots that are given away */
    unsigned int preferred; /* slot of the controller itself where that is free; 0: any */
    virDocDomainPciHardware hardware; /* that stands for the model; ABSENT: the model is all */
} virConfPciBus;

/* What there is to know of a model of controller. */
const virConfPciBus *virConfPciBusOf(virDocDomainPciModel model);

G_END_DECLS
