/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists that a call owns: what the generated dispatch hands to public functions and to replies. */

#pragma once

#include "daemon/serve.h"

/* Room for `count` parameters, whose strings are freed with the call; NULL for none. */
virTypedParameterPtr virServeParams(virServeCall *call, int count);
/* Room for `count` strings, which are freed with the call. */
char **virServeStrings(virServeCall *call, int count);

/* A handle, which is released with the call; returns it. */
void *virServeHold(virServeCall *call, void *handle);

/* Lists that a public function made. */
void virServeOwnParams(virServeCall *call, virTypedParameterPtr params, int count);
void virServeOwnStrings(virServeCall *call, char **strings, int count);
void virServeOwnHandles(virServeCall *call, void *handles, int count);
/* The list is freed, each record of it by `release`. */
void virServeOwnRecords(virServeCall *call, void *records, int count,
                        void (*release)(void *record));

/* Moves the parameters that are set to the front, the others behind them; how many are set. */
size_t virServePackParams(virTypedParameterPtr params, size_t count);

/* Whether a list of `count` items may go back; -1 with an error raised. Parameters have no limitName. */
int virServeCount(const char *name, int count, int limit, const char *limitName);
/*
 * The size of a list of `rows` times `each` items, which are called `names`; -1 with an error raised
 * above the limit.
 */
int virServeRoom(const char *names, unsigned int rows, unsigned int each, size_t limit,
                 size_t *room);

/* 0 when at least `count` descriptors came with the call, else -1 with an error raised. */
int virServeWantFiles(const virServeCall *call, size_t count);
/* The reply takes the descriptors along and closes them; frees the array. */
void virServeGiveFiles(virServeCall *call, int *files, size_t count);
