/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Firmware of guests: which of the host's goes with a document, and the file of its variables. */

#pragma once

#include <stdbool.h>

#include "qemu_driver.h"
#include "qemu_emulator.h"

/*
 * Names the loader, the template of its variables and their file where the document asks for a kind of
 * firmware only; false with an error raised. `folder` is where the files of variables are.
 */
bool qemuFirmwareChoose(virDocDomain *document, qemuEmulators *emulators, const char *folder);

/* Makes the file of the variables from its template: if there is none yet, or anew. */
bool qemuFirmwareMakeVariables(const virDocDomain *document, bool anew);

/* The file of the variables; NULL when there is none. */
const char *qemuFirmwareVariables(const virDocDomain *document);
