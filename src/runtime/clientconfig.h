/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The client's own configuration file, libvirt.conf: URI aliases, the default URI, which sockets are looked for. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "base/config.h"

/* Root reads the file of the system, everybody else one of their own. */
VIR_MODULE_API char *virClientConfigPath(void);

/* An absent file is an empty one; NULL with an error raised when it is wrong. */
VIR_MODULE_API virConfig *virClientConfigRead(const char *path);

/* The default URI, NULL when there is none. False with an error raised when it is wrong. */
VIR_MODULE_API bool virClientConfigDefault(const virConfig *config, char **uri);

/* Which kind of daemon to look for, as `mode` of a URI, NULL when it is not said. False with an error raised. */
VIR_MODULE_API bool virClientConfigRemoteMode(const virConfig *config, char **mode);

/* The URI that `name` is an alias of, NULL when it is none. False with an error raised. */
VIR_MODULE_API bool virClientConfigAlias(const virConfig *config, const char *name, char **uri);
