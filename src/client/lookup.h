/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the objects that people name, and reads the files that they name. */

#pragma once

#include "client/arguments.h"

typedef virDomain virshDomain;
typedef virNetwork virshNetwork;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshDomain, virDomainFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshNetwork, virNetworkFree)

/* By id, UUID or name, whichever fits; `typed`, when given, gets the word of the user, which
 * lives as long as `arguments`. NULL after reporting that there is no such object. */
virDomainPtr virshFindDomain(virshControl *ctl, const virshArguments *arguments,
                             const char *option, const char **typed);
virDomainPtr virshFindDomainByWord(virshControl *ctl, const char *word);
virNetworkPtr virshFindNetwork(virshControl *ctl, const virshArguments *arguments,
                               const char *option, const char **typed);

/* The contents of a document file, at most 10 MiB; NULL after reporting the failure. */
char *virshReadFile(virshControl *ctl, const char *path);
