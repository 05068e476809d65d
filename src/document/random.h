/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents made up from a seed, for tests and fuzzing. */

#pragma once

#include <glib.h>

#include "document/describe.h"

G_BEGIN_DECLS

/* A struct that its own printer and schema accept; the same for the same seed on every machine.
 * What post-checks ask for is not looked after. */
void *virDocRandom(const virDocRecord *record, guint64 seed);

G_END_DECLS
