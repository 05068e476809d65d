/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configuration files: `name = value` lines with strings, integers and lists; typed reading. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "base/visibility.h"

/*
 * The grammar: a setting is `name = value`, one per line or separated by `;`, `#` begins a comment.
 * A value is an integer, a string in '...' or "..." on one line (without escapes), a string in
 * """...""" over several lines, or a list `[ value, ... ]`. Of two settings of one name the last
 * counts.
 */
typedef struct virConfig virConfig;

/*
 * Problems are sentences of the form FILE:LINE:COLUMN: what is wrong and what was expected. They
 * are stored in *problem, to be freed by the caller, and only when a function fails.
 */

/* Reads a file; NULL with a problem when it cannot be read or parsed. */
VIR_MODULE_API virConfig *virConfigLoad(const char *path, char **problem);
/* `name` stands for the file in problems. */
VIR_MODULE_API virConfig *virConfigParse(const char *name, const char *text, size_t length,
                                         char **problem);
VIR_MODULE_API void virConfigFree(virConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(virConfig, virConfigFree)

/*
 * Readers: 1 with the value, 0 when the setting is absent (the output is left alone), -1 with a
 * problem when it is of another type or out of range.
 */
VIR_MODULE_API int virConfigGetString(const virConfig *config, const char *name, char **value,
                                      char **problem);
/* Integers from `low` to `high`. */
VIR_MODULE_API int virConfigGetInteger(const virConfig *config, const char *name, gint64 low,
                                       gint64 high, gint64 *value, char **problem);
/* 0 or 1. */
VIR_MODULE_API int virConfigGetBool(const virConfig *config, const char *name, bool *value,
                                    char **problem);
/* A list of strings; `alone`: one string outside of a list is taken for a list of one.
 * -2 with a problem when it is a list that has something else in it. */
VIR_MODULE_API int virConfigGetStrings(const virConfig *config, const char *name, bool alone,
                                       GStrv *value, char **problem);

/* Where a setting stands, for problems that only its reader can see; NULL when it is absent. */
VIR_MODULE_API char *virConfigPlace(const virConfig *config, const char *name);

/* The problem of the first setting whose name is not in the list; NULL when all are known. */
VIR_MODULE_API char *virConfigUnknown(const virConfig *config, const char *const *known);
