/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the runtime asks of the event loop beyond the public functions. */

#pragma once

#include <stdbool.h>

#include "base/visibility.h"

/* Whether an implementation is registered, so that events can be delivered. */
VIR_MODULE_API bool virEventLoopPresent(void);
