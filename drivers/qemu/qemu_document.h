/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of domains mean to QEMU: devices that every machine has, places, and names. */

#pragma once

#include <stdbool.h>

#include "document/domain.h"
#include "document/parse.h"

/* The two families of PC machines differ in their buses. */
static inline bool
qemuMachineIsQ35(const virDocDomain *document)
{
    const char *machine = document->os->type->machine;

    return g_str_has_prefix(machine, "pc-q35") || g_str_equal(machine, "q35");
}

static inline bool
qemuMachineIsPC(const virDocDomain *document)
{
    const char *machine = document->os->type->machine;

    return !qemuMachineIsQ35(document) &&
           (g_str_has_prefix(machine, "pc") || g_str_equal(machine, "isapc"));
}

/* Adds the devices that a machine has although nobody asked for them. */
void qemuCompleteDevices(virDocDomain *document);
/* Gives every device of the PCI bus a place there; false with an error raised. */
bool qemuCompletePCI(virDocDomain *document);
/* Gives every device of a guest that is to run a name. */
void qemuNameDevices(virDocDomain *document);

/* Whether a console is only another name of the first serial port. */
bool qemuConsoleIsSerial(const virDocDomain *document, size_t index);
