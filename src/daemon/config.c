/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The daemon's configuration file, libvirtd.conf: every setting, checked. */

#include "daemon/config.h"

#include <unistd.h>

#include "base/config.h"
#include "daemon/settings.h"

G_STATIC_ASSERT(VIR_SERVE_AUTH_SASL == 1 && VIR_SERVE_AUTH_POLKIT == 2);    /* as VIR_SETTING_AUTH says */

void
virDaemonConfigFree(virDaemonConfig *config)
{
    if (!config)
        return;
    virSettingsClear(virDaemonSettings, virDaemonSettingsCount, config);
    g_ptr_array_unref(config->notes);
    g_free(config);
}

virDaemonConfig *
virDaemonConfigNew(void)
{
    virDaemonConfig *config = g_new0(virDaemonConfig, 1);

    config->notes = g_ptr_array_new_with_free_func(g_free);
    config->groupId = (gid_t) -1;
    virSettingsInit(virDaemonSettings, virDaemonSettingsCount, config);
    /* Administrators have no settings of their own for these. */
    config->admin.allRequests = config->server.allRequests;
    return config;
}

/* Settings that contradict each other. */
static bool
checkTogether(const virConfig *file, const virDaemonConfig *config, char **problem)
{
    const struct {
        const char *least, *most;
        const virDaemonServerConfig *server;
    } pairs[] = {
        { "min_workers", "max_workers", &config->server },
        { "admin_min_workers", "admin_max_workers", &config->admin },
    };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const virDaemonServerConfig *server = pairs[i].server;
        g_autofree char *place = virConfigPlace(file, pairs[i].least);

        if (server->least <= server->most)
            continue;
        *problem = virSettingProblem(file, place ? pairs[i].least : pairs[i].most,
                                     "makes '%s' (%u) greater than '%s' (%u)", pairs[i].least,
                                     server->least, pairs[i].most, server->most);
        return false;
    }
    return true;
}

virDaemonConfig *
virDaemonConfigRead(const char *path, bool required, bool system, char **problem)
{
    g_autoptr(virDaemonConfig) config = virDaemonConfigNew();
    g_autoptr(virConfig) file = NULL;

    if (!required && access(path, F_OK) < 0)
        return g_steal_pointer(&config);
    file = virConfigLoad(path, problem);
    if (!file || !virSettingsRead(file, virDaemonSettings, virDaemonSettingsCount, system, config,
                                  config->notes, problem) ||
        !checkTogether(file, config, problem))
        return NULL;
    if (config->group)
        virSettingGroup(config->group, &config->groupId);
    return g_steal_pointer(&config);
}
