/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Tables of the program net: structures and procedures. */

#include "wire/net.h"

#include <stddef.h>

static const virWireField fieldsHeader[] = {
    { "proc", NULL, 0, 0, offsetof(virWireHeader, proc),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "type", NULL, 0, 0, offsetof(virWireHeader, type),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "serial", NULL, 0, 0, offsetof(virWireHeader, serial),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
const virWireType virWireTypeHeader = {
    "virNetMessageHeader", sizeof(virWireHeader), 12, 3, fieldsHeader,
};
