/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A map of PCI buses: what is taken on each, what is free, and buses that are added. */

#pragma once

#include "conf/pci_buses.h"

G_BEGIN_DECLS

#define VIR_CONF_PCI_BUSES 256

typedef struct {
    unsigned int bus, slot, function;
} virConfPciPlace;

typedef struct {
    bool q35;
    bool roots;                                          /* buses that are added are roots, too */
    bool grows;                                          /* buses may be added */
    virDocDomainPciModel models[VIR_CONF_PCI_BUSES];     /* ABSENT: there is no such bus */
    guint8 used[VIR_CONF_PCI_BUSES][VIR_CONF_PCI_SLOTS]; /* a bit for each function */
    bool ports[VIR_CONF_PCI_BUSES][VIR_CONF_PCI_SLOTS];  /* the slot holds root ports only */
} virConfPciMap;

/* Adds buses up to one that a document names, with what is needed on the way. */
void virConfPciMapGrowTo(virConfPciMap *map, unsigned int last, virConfPciPlug plug);
void virConfPciMapTake(virConfPciMap *map, virConfPciPlace place, virConfPciPlug plug);
/* The first free place where something can be plugged in, which is taken; false for none. */
bool virConfPciMapFind(virConfPciMap *map, virConfPciPlug plug, virConfPciPlace *place);

G_END_DECLS
