/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* qemu.conf: what the administrator says about all guests of a host. */

#include "qemu_settings.h"

#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "runtime/error.h"

/* Settings that contradict each other. */
static bool
checkTogether(const virConfig *file, const qemuSettings *settings, char **problem)
{
    g_autofree char *place = virConfigPlace(file, "remote_display_port_min");

    if (settings->displayPortMin <= settings->displayPortMax)
        return true;
    *problem = virSettingProblem(file, place ? "remote_display_port_min" : "remote_display_port_max",
                                 "makes the first port (%d) higher than the last (%d)",
                                 settings->displayPortMin, settings->displayPortMax);
    return false;
}

bool
qemuSettingsRead(qemuSettings *settings, const char *path, bool system)
{
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(virConfig) file = NULL;
    g_autofree char *problem = NULL;

    virSettingsInit(qemuSettingsTable, qemuSettingsTableCount, settings);
    if (access(path, F_OK) < 0)
        return true;
    file = virConfigLoad(path, &problem);
    if (!file || !virSettingsRead(file, qemuSettingsTable, qemuSettingsTableCount, system, settings,
                                  notes, &problem) ||
        !checkTogether(file, settings, &problem)) {
        virErrorRaise(VIR_FROM_CONF, VIR_ERR_CONF_SYNTAX, "%s", problem);
        return false;
    }
    for (guint i = 0; i < notes->len; i++)
        VIR_LOG(VIR_LOG_WARNING, "qemu.settings", "%s", (const char *) notes->pdata[i]);
    return true;
}

void
qemuSettingsClear(qemuSettings *settings)
{
    virSettingsClear(qemuSettingsTable, qemuSettingsTableCount, settings);
}
