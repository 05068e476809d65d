/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys by the numbers that different systems give them. */

#pragma once

/* QEMU's number of a key in a set of codes (virKeycodeSet); 0: there is no such key. */
unsigned int qemuKeyNumber(unsigned int codeset, unsigned int code);
