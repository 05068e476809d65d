/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loads the libraries beside the main one on demand. */

#include "client/extra.h"

#include <dlfcn.h>

#include "client/output.h"

void *virshExtraFunction(virshControl *ctl, const char *library, const char *name)
{
    g_autofree char *file = g_strdup_printf("%s.so.0", library);
    /* stays open: its functions are used until the shell ends */
    void *handle = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    void *function = handle ? dlsym(handle, name) : NULL;

    if (!function)
        virshError(ctl, "this command needs %s: %s", library, dlerror());
    return function;
}
