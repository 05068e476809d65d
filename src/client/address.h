/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The short forms in which people write the addresses of devices. */

#pragma once

#include "client/shell.h"

/* Appends an <address> element for "0000:00:05.0" or "0000.00.05.0"; false when it is neither. */
bool virshComposePci(GString *out, const char *text, bool multifunction);

/* Appends an <address> element for "pci:0000.00.05.0", "ccw:fe.0.0001", "scsi:0.0.3", "usb:1.2",
 * "sata:1.2.3" or "ide:0.1.2", whichever fits the target; false after reporting. */
bool virshComposeAddress(virshControl *ctl, GString *out, const char *text, const char *target,
                         bool multifunction);
