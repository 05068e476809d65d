/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The drivers inside a static library, which has no modules to open. */

#include "driver/test.h"
#include "remote/remote.h"
#include "runtime/driver.h"

extern const virDriver *const virBuiltinDrivers[] __attribute__((visibility("hidden")));
const virDriver *const virBuiltinDrivers[] = {&testDriver, &remoteDriver, NULL};
