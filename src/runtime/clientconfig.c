/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The client's own configuration file, libvirt.conf: URI aliases and the default URI. */

#include "runtime/clientconfig.h"

#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "runtime/error.h"

#define ALIASES "uri_aliases"
#define DEFAULT_URI "uri_default"
#define REMOTE_MODE "remote_mode"

static const char *const settings[] = { ALIASES, DEFAULT_URI, REMOTE_MODE, NULL };

char *
virClientConfigPath(void)
{
    const char *folder = geteuid() == 0 ? VIR_SYSCONFDIR : g_get_user_config_dir();

    return g_build_filename(folder, "libvirt", "libvirt.conf", NULL);
}

virConfig *
virClientConfigRead(const char *path)
{
    g_autofree char *problem = NULL;
    g_autofree char *unknown = NULL;
    g_autoptr(virConfig) config = NULL;

    if (access(path, R_OK) < 0)
        config = virConfigParse(path, "", 0, &problem);
    else
        config = virConfigLoad(path, &problem);
    if (!config) {
        virErrorRaise(VIR_FROM_CONF, VIR_ERR_CONF_SYNTAX, "%s", problem);
        return NULL;
    }
    unknown = virConfigUnknown(config, settings);
    if (unknown)
        VIR_LOG(VIR_LOG_WARNING, "runtime.clientconfig", "%s", unknown);
    return g_steal_pointer(&config);
}

/* NULL where nothing is said, also by an empty text. */
static bool
getText(const virConfig *config, const char *key, char **text)
{
    g_autofree char *problem = NULL;

    if (virConfigGetString(config, key, text, &problem) < 0) {
        virErrorRaise(VIR_FROM_CONF, VIR_ERR_INTERNAL_ERROR, "%s", problem);
        return false;
    }
    if (*text && !**text)
        g_clear_pointer(text, g_free);
    return true;
}

bool
virClientConfigDefault(const virConfig *config, char **uri)
{
    return getText(config, DEFAULT_URI, uri);
}

bool
virClientConfigRemoteMode(const virConfig *config, char **mode)
{
    return getText(config, REMOTE_MODE, mode);
}

static bool
isAliasName(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if (!g_ascii_isalnum(text[i]) && text[i] != '_' && text[i] != '-')
            return false;
    }
    return length > 0;
}

bool
virClientConfigAlias(const virConfig *config, const char *name, char **uri)
{
    g_autofree char *problem = NULL;
    g_autofree char *place = virConfigPlace(config, ALIASES);
    g_auto(GStrv) aliases = NULL;
    int found = virConfigGetStrings(config, ALIASES, /* alone= */ false, &aliases, &problem);
    int i;

    /* Customary: the wrong type is an internal error, a wrong element is one of syntax. */
    if (found < 0) {
        virErrorRaise(VIR_FROM_CONF, found == -1 ? VIR_ERR_INTERNAL_ERROR : VIR_ERR_CONF_SYNTAX,
                      "%s", problem);
        return false;
    }
    for (i = 0; aliases && aliases[i]; i++) {
        const char *sign = strchr(aliases[i], '=');
        size_t length = sign ? (size_t) (sign - aliases[i]) : 0;

        if (!sign || !isAliasName(aliases[i], length)) {
            virErrorRaise(VIR_FROM_URI, VIR_ERR_CONF_SYNTAX,
                          "%s: entry '%s' of '" ALIASES "' is not of the form 'alias=URI' with an "
                          "alias of letters, digits, '_' and '-'", place, aliases[i]);
            return false;
        }
        if (strncmp(name, aliases[i], length) == 0 && !name[length]) {
            *uri = g_strdup(sign + 1);
            return true;
        }
    }
    return true;
}
