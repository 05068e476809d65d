/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a call owns while it is served. */

#pragma once

#include "daemon/serve.h"

/* Releases all that belongs to the call; its connection and stream are the caller's. */
void virServeCallClear(virServeCall *call);
