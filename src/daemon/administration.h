/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What administrators see and change: servers, clients, limits, logging. */

#pragma once

#include <libvirt/libvirt-admin.h>

/* A connection to this daemon itself, for the calls that arrive at the administration socket. */
virAdmConnectPtr virDaemonAdminNew(void);
