/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words that stand for the numbers of the API in output and on the command line. */

#pragma once

#include "client/shell.h"

const char *virshDomainState(int state);
const char *virshDomainReason(int state, int reason);
const char *virshVcpuState(int state);

/* The index of `word` in a NULL-terminated list, -1 when it is not there. */
int virshWordIndex(const char *const *words, const char *word);
const char *virshWordAt(const char *const *words, int index);

/* A CPU map as ranges, "0-3,5". */
char *virshMapFormat(const unsigned char *map, int cpus);

/* Reads ranges, "^" exclusions and "r" (all) into a map of `cpus` CPUs; NULL after reporting. */
unsigned char *virshMapParse(virshControl *ctl, const char *text, int cpus, int *length);

/* Bytes in the largest fitting unit. */
double virshPretty(unsigned long long bytes, const char **unit);

/* How many CPUs the node has, 0 after a failure. */
int virshNodeCpus(virshControl *ctl);

/* A typed parameter's value as text. */
char *virshParameterText(virTypedParameterPtr parameter);
