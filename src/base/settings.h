/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tables of settings, generated from config/: what a configuration file may say, read into a struct. */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <glib.h>

#include "base/config.h"

/* How a setting is written, and what its member is. */
typedef enum {
    VIR_SETTING_BOOL,       /* 0 or 1: bool */
    VIR_SETTING_NUMBER,     /* from low to high: int */
    VIR_SETTING_SIZE,       /* bytes, or "unlimited": gint64, -1 is without a limit */
    VIR_SETTING_STRING,     /* "" is NULL: char *, as those that follow unless they say otherwise */
    VIR_SETTING_LIST,       /* of strings; absent is NULL: GStrv */
    VIR_SETTING_PORT,       /* a string with a number or the name of a service */
    VIR_SETTING_MODE,       /* a string with octal permissions: mode_t */
    VIR_SETTING_AUTH,       /* "none", "sasl" or "polkit": an enumeration with these numbers */
    VIR_SETTING_USER,       /* a user who exists, by name or as "+NUMBER" */
    VIR_SETTING_GROUP,      /* a group that exists, by name or as "+NUMBER" */
    VIR_SETTING_CHOICE,     /* one of some words */
    VIR_SETTING_UUID,       /* a string with a UUID */
} virSettingKind;

#define VIR_SETTING_NOWHERE ((size_t) -1)

typedef struct {
    const char *name;
    virSettingKind kind;
    size_t offset;          /* of the member, or VIR_SETTING_NOWHERE */
    gint64 low;
    gint64 high;
    gint64 number;          /* the default, of those that are numbers */
    const char *text;       /* the default, of the others */
    const char *choices;    /* with blanks between */
    bool alone;             /* of a list: one string outside of brackets is a list of one */
    bool reload;            /* takes effect while the daemon runs */
    bool system;            /* for the daemon of the machine only */
    bool sockets;           /* speaks of sockets that the daemon makes itself */
    const char *unused;     /* why it has no effect, NULL: it has */
    bool refuse;            /* and must not be asked for */
} virSetting;

/* Makes the members what they are without a file. */
VIR_MODULE_API void virSettingsInit(const virSetting *all, size_t count, void *target);
/* Frees what the members hold. */
VIR_MODULE_API void virSettingsClear(const virSetting *all, size_t count, void *target);

/*
 * Reads a file into initialized members; `system` is the daemon of the machine. What has no effect is said
 * in `notes`, sentences with file and line. False with a problem, to be freed, that names file and line,
 * too; the members may have changed then.
 */
VIR_MODULE_API bool virSettingsRead(const virConfig *file, const virSetting *all, size_t count,
                                    bool system, void *target, GPtrArray *notes, char **problem);

/* A problem with a setting that the file has: its place and its name come first. */
VIR_MODULE_API char *virSettingProblem(const virConfig *file, const char *name, const char *format,
                                       ...) G_GNUC_PRINTF(3, 4);

/* The value of a setting that is kept, as the file would have it; to be freed. */
VIR_MODULE_API char *virSettingText(const void *target, const virSetting *setting);

/* The number of a user or a group that a setting names; false when there is none of that name. */
VIR_MODULE_API bool virSettingUser(const char *text, uid_t *user);
VIR_MODULE_API bool virSettingGroup(const char *text, gid_t *group);
