/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is the same for every program built on the shell, but for its name. */

#include "client/program.h"

const char *virshVariable(const char *name)
{
    g_autofree char *whole = g_strdup_printf("%s_%s", virshProgramVariables, name);
    const char *value = g_getenv(whole);

    return value && *value ? value : NULL;
}
