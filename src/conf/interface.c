/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of host interfaces mean beyond their grammar. */

#include "conf/interface.h"

static void
checkInterface(void *data, virDocContext *context)
{
    const virDocInterface *interface = data;

    if (!interface->name)
        virDocContextReport(context, NULL, "attribute 'name' is missing");
    switch (interface->type) {
    case VIR_DOC_INTERFACE_TYPE_BRIDGE:
        if (!interface->hasBridge)
            virDocContextReport(context, NULL, "element <bridge> is missing");
        break;
    case VIR_DOC_INTERFACE_TYPE_BOND:
        if (!interface->hasBond)
            virDocContextReport(context, NULL, "element <bond> is missing");
        if (interface->hasBondMiimonFreq && interface->hasBondArpmonInterval)
            virDocContextReport(context, "bond", "links are watched in one way");
        break;
    case VIR_DOC_INTERFACE_TYPE_VLAN:
        if (!interface->hasVlanTag || !interface->vlanInterfaceName)
            virDocContextReport(context, NULL, "a <vlan> with an <interface> is missing");
        break;
    case VIR_DOC_INTERFACE_TYPE_ETHERNET:
    case VIR_DOC_INTERFACE_TYPE_ABSENT:
    case VIR_DOC_INTERFACE_TYPE_LAST:
        break;
    }
}

const virDocCheckEntry virConfInterfaceChecks[VIR_CONF_INTERFACE_CHECKS] = {
    { "interface", checkInterface },
};
