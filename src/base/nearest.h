/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The word that somebody probably meant. */

#pragma once

#include <stddef.h>

#include "base/visibility.h"

/*
 * The entry of `known` (`nknown` entries, NULL ones are skipped) that is nearest to `word`, NULL
 * when none is near enough to be worth mentioning.
 */
VIR_MODULE_API const char *virNearest(const char *word, const char *const *known, size_t nknown);
