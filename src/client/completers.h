/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Candidates for words that are no names of objects of the connection. */

#pragma once

#include "client/complete.h"

/* Adds those of the words (separated by blanks) that start with `prefix`; in a list separated by
 * commas the part behind the last comma counts. */
void virshOfferWords(GPtrArray *found, const char *prefix, const char *words);
