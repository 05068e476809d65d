/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What clients listen for, and the messages that tell them. */

#include "daemon/events.h"

void
virServeEventsForget(virServeClient *client, virConnectPtr conn G_GNUC_UNUSED)
{
    g_clear_pointer(&client->listeners, g_ptr_array_unref);
}
