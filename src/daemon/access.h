/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What clients may do, call by call: the access module, loaded where the settings ask for it. */

#pragma once

#include <stdbool.h>

#include "access/permissions.h"
#include "daemon/client.h"
#include "daemon/config.h"

/* Loads what the settings ask for; 0, or -1 with an error raised. */
int virDaemonAccessBegin(const virDaemonConfig *config);
/* Whoever waits for an answer is refused, and so is who asks from now on. */
void virDaemonAccessEnd(void);

/* Whether access drivers decide, so that any call may have to wait for them. */
bool virDaemonAccessAsks(void);
/* Whether processes of clients are to be told from those that had their number before. */
bool virDaemonAccessNeedsStart(void);
/* When a process started, in clock ticks since the host did; 0 when that is not known. */
unsigned long long virDaemonAccessStart(pid_t process);

/* Checks what the client does with its new connection from now on. */
void virDaemonAccessGuard(const virServeClient *client, virConnectPtr conn);
/* Whether it may; true where nobody is asked, false with an error raised. */
bool virDaemonAccessMay(virConnectPtr conn, virAccessPermission permission);

/* Asks polkit whether the client may use its socket; 0, or -1 with an error raised. */
int virDaemonAccessAuthenticate(virServeClient *client);

/*
 * An event about an object, for a client: sent at once where nobody is asked, else when the client may
 * see that object; events of one client keep their order.
 */
void virDaemonAccessTell(virServeClient *client, virConnectPtr conn, virAccessPermission permission,
                         const void *handle, const virWireProcedure *procedure, const void *message);
