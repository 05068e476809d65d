/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the objects that people name, and reads the files that they name. */

#pragma once

#include "client/virsh_objects.h"

/* By name in the pool, by key or path anywhere. NULL without a volume; `reported` tells whether
 * the person knows already. */
virStorageVolPtr virshFindVolumeByWord(virshControl *ctl, const char *word, const char *pool,
                                       bool *reported);

/* True for a number that can be the id of a domain. */
bool virshWordIsId(const char *word);

/* The contents of a document file, at most 10 MiB; NULL after reporting the failure. */
char *virshReadFile(virshControl *ctl, const char *path);

/* The same, but a word that starts with "<" is the document itself. */
char *virshReadDocument(virshControl *ctl, const char *word);
