/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Between the generated samples (gen/tests/wire_samples.c) and the test that judges them. */

#pragma once

#include <stddef.h>

#include "rpc/wire.h"

/* Encodes `value` and compares: `bytes` are the generator's. */
void compareSample(const virWireType *type, const void *value, const unsigned char *bytes,
                   size_t size);
/* Calls compareSample() for the call and the reply of every procedure. */
void wireSamples(void);
