/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Programs that serve devices of a guest: they run before QEMU connects to them, and end with it. */

#pragma once

#include <stdbool.h>

#include "qemu_command.h"
#include "qemu_identity.h"

/*
 * Runs the programs of a command and waits until each listens, for whoever runs QEMU; false with an error
 * raised. They end with the command, unless QEMU has them.
 */
bool qemuBesideStart(const qemuCommand *command, const qemuIdentity *identity, int log);
/* QEMU is connected: they end when it does. */
void qemuBesideLeave(const qemuCommand *command);
