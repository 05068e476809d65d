/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Controllers: their numbers, and those that devices need without naming them. */

#include <string.h>

#include "conf/domain_parts.h"

virDocDomainController *
virConfDomainFindController(const virDocDomain *domain, virDocDomainControllerType type,
                            unsigned int index)
{
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        virDocDomainController *controller = domain->controllers[i];

        if (controller->type == type && controller->hasIndex && controller->index == index)
            return controller;
    }
    return NULL;
}

/* Controllers of one kind stand together in the order of their numbers; a printed document keeps it. */
void
virConfDomainSortControllers(virDocDomain *domain)
{
    for (size_t i = 1; i < domain->ncontrollers; i++) {
        virDocDomainController *controller = domain->controllers[i];
        size_t at = SIZE_MAX;

        for (size_t j = i; j-- > 0;) {
            const virDocDomainController *other = domain->controllers[j];

            if (other->type != controller->type)
                continue;
            if (other->index > controller->index)
                at = j;
            else if (at == SIZE_MAX)
                at = j + 1;
        }
        if (at >= i)
            continue;
        memmove(&domain->controllers[at + 1], &domain->controllers[at],
                (i - at) * sizeof(controller));
        domain->controllers[at] = controller;
    }
}

void
virConfDomainAddControllers(virDocDomain *domain, virDocDomainControllerType type,
                            long last)
{
    for (long index = 0; index <= last; index++) {
        virDocDomainController *controller;

        if (virConfDomainFindController(domain, type, (unsigned int)index))
            continue;
        controller = virDocDomainControllerNew();
        controller->type = type;
        controller->hasIndex = true;
        controller->index = (unsigned int)index;
        VIR_DOC_LIST_ADD(domain, controllers, controller);
    }
    if (last >= 0)
        virConfDomainSortControllers(domain);
}

virDocDomainAddress *
virConfDomainDriveAddress(unsigned int controller, unsigned int bus, unsigned int unit)
{
    virDocDomainAddress *address = virDocDomainAddressNew();

    address->type = VIR_DOC_DOMAIN_ADDRESS_TYPE_DRIVE;
    address->hasController = address->hasBus = address->hasTarget = address->hasUnit = true;
    address->controller = controller;
    address->bus = bus;
    address->unit = unit;
    return address;
}

static bool
isCompanion(const virDocDomainController *controller)
{
    return controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB &&
           controller->info.hasMasterStartport;
}

void
virConfCheckController(void *data, virDocContext *context)
{
    virDocDomainController *controller = data;

    if (controller->type != VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI)
        return;
    if (controller->hasIndex && controller->index &&
        (controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT ||
         controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT) &&
        !controller->hasTargetIndex && controller->index > 255)
        virDocContextReport(context, NULL, "a machine has at most 256 PCI buses");
}

/* The next free number of each kind, in the order of the document. */
static void
numberControllers(virDocDomain *domain)
{
    unsigned int next[VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST] = {0};
    const virDocDomainController *before = NULL;

    for (size_t i = 0; i < domain->ncontrollers; i++) {
        virDocDomainController *controller = domain->controllers[i];

        /* A companion belongs to the controller before it. */
        if (!controller->hasIndex && isCompanion(controller) && before) {
            controller->index = before->index;
        } else if (!controller->hasIndex) {
            while (virConfDomainFindController(domain, controller->type, next[controller->type]))
                next[controller->type]++;
            controller->index = next[controller->type];
        }
        controller->hasIndex = true;
        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB && !isCompanion(controller))
            before = controller;
    }
}

static void
checkNumbers(const virDocDomain *domain, virDocContext *context)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (size_t i = 0; i < domain->ncontrollers; i++) {
        const virDocDomainController *controller = domain->controllers[i];
        guint key = controller->index * VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST + controller->type;

        if (!isCompanion(controller) && !g_hash_table_add(seen, GUINT_TO_POINTER(key)))
            virDocContextReport(context, "devices", "controller '%s' %u is given twice",
                                virDocDomainControllerTypeToString(controller->type),
                                controller->index);
    }
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        const virDocDomainController *controller = domain->controllers[i];
        guint key = controller->index * VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST + controller->type;

        if (isCompanion(controller) && !g_hash_table_contains(seen, GUINT_TO_POINTER(key)))
            virDocContextComplain(context, VIR_ERR_XML_DETAIL, "devices",
                                  "the USB controller %u has companions, but is missing",
                                  controller->index);
    }
}

void
virConfDomainCompleteControllers(virDocDomain *domain, virDocContext *context)
{
    numberControllers(domain);
    checkNumbers(domain, context);
    virConfDomainSortControllers(domain);
}
