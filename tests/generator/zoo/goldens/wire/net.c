/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Tables of the program net: structures and procedures. */

#include "wire/net.h"

#include <stddef.h>

static const virWireField fieldsNetHeader[] = {
    { "proc", NULL, 0, 0, offsetof(virWireNetHeader, proc),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "type", NULL, 0, 0, offsetof(virWireNetHeader, type),
      VIR_WIRE_INT, VIR_WIRE_ONE, false },
    { "serial", NULL, 0, 0, offsetof(virWireNetHeader, serial),
      VIR_WIRE_UINT, VIR_WIRE_ONE, false },
};
const virWireType virWireTypeNetHeader = {
    "virNetMessageHeader", sizeof(virWireNetHeader), 12, 3, fieldsNetHeader,
};
