/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* qemu.conf: what the administrator says about all guests of a host. */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <glib.h>

#include "base/settings.h"

/* The members that the table in gen/settings/qemu.c fills. */
typedef struct {
    char *vncListen;
    char *vncPassword;          /* NULL: none */
    char *spiceListen;
    char *spicePassword;
    int displayPortMin;
    int displayPortMax;
    GStrv securityDrivers;      /* NULL: dac */
    char *user;                 /* NULL: whoever is customary */
    char *group;
    bool dynamicOwnership;
    bool rememberOwner;
    int sandbox;                /* 0: without */
    GStrv cgroupControllers;    /* NULL: all there are */
    GStrv cgroupDeviceAcl;      /* NULL: the customary ones */
    int autoStartDelay;         /* milliseconds */
    int maxProcesses;           /* 0: as the daemon */
    int maxFiles;
    gint64 maxCore;             /* -1: without a limit */
    int maxQueued;              /* 0: without a limit */
    bool logTimestamp;
} qemuSettings;

extern const virSetting qemuSettingsTable[];
extern const size_t qemuSettingsTableCount;

/* Reads the file at a path, which may be absent; false with an error raised that names file and line. */
bool qemuSettingsRead(qemuSettings *settings, const char *path, bool system);
void qemuSettingsClear(qemuSettings *settings);
