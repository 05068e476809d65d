/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a call owns while it is served. */

#pragma once

#include "daemon/serve.h"

/* Releases what the answer borrowed from, and the connection, once the answer was encoded. */
void virServeCallRelease(virServeCall *call);
/* Releases all that belongs to the call and is still there; its stream is the caller's. */
void virServeCallClear(virServeCall *call);
