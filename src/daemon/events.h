/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What clients listen for, and the messages that tell them. */

#pragma once

#include "daemon/client.h"

/* The client is gone, or closes its connection: it hears nothing any more. */
void virServeEventsForget(virServeClient *client, virConnectPtr conn);
