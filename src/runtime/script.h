/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scripts of the administrator that are told what happens, and may refuse it. */

#pragma once

#include <stdbool.h>

#include "base/visibility.h"

/* What happens; the words are the script's arguments after its name. */
typedef struct {
    const char *object;         /* name of the domain; NULL is "-", as for the words below */
    const char *operation;
    const char *part;
    const char *extra;
    const char *document;       /* on standard input; NULL: nothing */
} virScriptCall;

/* Whether there is any script of a kind in a folder: `kind` itself, or files in `kind`.d. */
VIR_MODULE_API bool virScriptExists(const char *folder, const char *kind);
/*
 * Runs them one after the other, `kind` first, then those of `kind`.d by name. What they print is in
 * *output, to be freed: each reads what the one before has printed, if that is something. False with an
 * error raised when one fails, which ends it. No lock may be held.
 */
VIR_MODULE_API bool virScriptRun(const char *folder, const char *kind, const virScriptCall *call,
                                 char **output);
