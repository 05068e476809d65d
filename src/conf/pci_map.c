/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A map of PCI buses: what is taken on each, what is free, and buses that are added. */

#include "conf/pci_map.h"

#define BUSES VIR_CONF_PCI_BUSES

static unsigned int
addBus(virConfPciMap *map, virDocDomainPciModel model)
{
    for (unsigned int bus = 1; bus < BUSES; bus++) {
        if (map->models[bus])
            continue;
        map->models[bus] = model;
        return bus;
    }
    return 0;
}

/* A root port with a bridge to the old bus behind it. */
static unsigned int
addOldBus(virConfPciMap *map)
{
    unsigned int port = addBus(map, VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT);

    if (!port)
        return 0;
    map->used[port][0] = 1;
    return addBus(map, VIR_DOC_DOMAIN_PCI_MODEL_PCIE_TO_PCI_BRIDGE);
}

static virDocDomainPciModel
oldBus(const virConfPciMap *map)
{
    return map->roots ? VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT : VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE;
}

/* One more bus on which something finds a place; 0 when there cannot be one. */
static unsigned int
grow(virConfPciMap *map, virConfPciPlug plug)
{
    if (!map->grows)
        return 0;
    if (!map->q35)
        return plug & (VIR_CONF_PCI_OLD | VIR_CONF_PCI_BRIDGE)
                   ? addBus(map, oldBus(map))
                   : 0;
    if (plug & (VIR_CONF_PCI_OLD | VIR_CONF_PCI_BRIDGE))
        return addOldBus(map);
    if (plug & (VIR_CONF_PCI_EXPRESS | VIR_CONF_PCI_UPSTREAM | VIR_CONF_PCI_TO_OLD))
        return addBus(map, VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT);
    return 0;
}

/* Buses up to one that a document names, with what is needed on the way. */
void
virConfPciMapGrowTo(virConfPciMap *map, unsigned int last, virConfPciPlug plug)
{
    bool told = map->models[last];

    for (unsigned int bus = 1; bus <= last; bus++) {
        if (map->models[bus])
            continue;
        if (!map->q35)
            map->models[bus] = oldBus(map);
        else if (bus == last && plug & VIR_CONF_PCI_OLD)
            map->models[bus] = VIR_DOC_DOMAIN_PCI_MODEL_PCIE_TO_PCI_BRIDGE;
        else
            map->models[bus] = VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT;
    }
    /* The bridge itself hangs on a port. */
    if (!told && map->q35 && plug & VIR_CONF_PCI_OLD && last > 1 && !map->used[last - 1][0] &&
        map->models[last - 1] == VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT)
        map->used[last - 1][0] = 1;
}

/* The next function of a slot that holds ports; -1 when it holds something else, or is full. */
static int
portFunction(const virConfPciMap *map, unsigned int bus, unsigned int slot)
{
    guint8 used = map->used[bus][slot];

    if (used && !map->ports[bus][slot])
        return -1;
    for (int function = 0; function < VIR_CONF_PCI_FUNCTIONS; function++) {
        if (!(used >> function & 1))
            return function;
    }
    return -1;
}

static bool
findOn(const virConfPciMap *map, unsigned int bus, virConfPciPlug plug, virConfPciPlace *place)
{
    const virConfPciBus *kind = virConfPciBusOf(map->models[bus]);

    if (!map->models[bus] || !(kind->accepts & plug))
        return false;
    for (unsigned int slot = kind->first; slot <= kind->last; slot++) {
        int function = plug & VIR_CONF_PCI_ROOT_PORT ? portFunction(map, bus, slot)
                       : map->used[bus][slot]      ? -1
                                                     : 0;

        if (function < 0)
            continue;
        *place = (virConfPciPlace){bus, slot, (unsigned int)function};
        return true;
    }
    return false;
}

void
virConfPciMapTake(virConfPciMap *map, virConfPciPlace place, virConfPciPlug plug)
{
    if (!map->used[place.bus][place.slot])
        map->ports[place.bus][place.slot] = plug == VIR_CONF_PCI_ROOT_PORT;
    map->used[place.bus][place.slot] |= (guint8)(1 << place.function);
}

/* A free place, which is taken; false when there is none. */
bool
virConfPciMapFind(virConfPciMap *map, virConfPciPlug plug, virConfPciPlace *place)
{
    unsigned int added;

    for (unsigned int bus = 0; bus < BUSES; bus++) {
        if (!findOn(map, bus, plug, place))
            continue;
        virConfPciMapTake(map, *place, plug);
        return true;
    }
    added = grow(map, plug);
    if (!added || !findOn(map, added, plug, place))
        return false;
    virConfPciMapTake(map, *place, plug);
    return true;
}
