/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events of QEMU monitors: every callback is one of the server's, with its own filter there. */

#pragma once

#include <libvirt/libvirt.h>

/* `message` is a virWireDomainQemuMonitorEventMsg. */
void remoteMonitorReceive(virConnectPtr conn, const void *message);
