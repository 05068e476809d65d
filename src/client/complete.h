/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can stand at the end of an unfinished command line. */

#pragma once

#include "client/shell.h"

/* `words` are the finished words of the command; `prefix` is the one being typed. Returns the
 * candidates in order, each a whole word. */
GPtrArray *virshComplete(virshControl *ctl, char **words, size_t count, const char *prefix);

/* Adds a word that starts with `prefix`; a NULL word is left out. */
void virshOffer(GPtrArray *found, const char *prefix, const char *word);
