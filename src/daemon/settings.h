/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of settings and options, generated from config/libvirtd.xml. */

#pragma once

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "daemon/config.h"

/* How a setting is written, and what is made of it. */
typedef enum {
    VIR_SETTING_BOOL,       /* 0 or 1 */
    VIR_SETTING_NUMBER,     /* from low to high */
    VIR_SETTING_STRING,     /* "" is NULL */
    VIR_SETTING_LIST,       /* of strings; absent is NULL */
    VIR_SETTING_PORT,       /* a string with a number or the name of a service */
    VIR_SETTING_MODE,       /* a string with octal permissions */
    VIR_SETTING_AUTH,       /* a string, a virServeAuth */
    VIR_SETTING_GROUP,      /* a string with a group that exists */
    VIR_SETTING_CHOICE,     /* one of some words */
    VIR_SETTING_UUID,       /* a string with a UUID */
} virSettingKind;

#define VIR_SETTING_NOWHERE ((size_t) -1)

typedef struct {
    const char *name;
    virSettingKind kind;
    size_t offset;          /* in virDaemonConfig, or VIR_SETTING_NOWHERE */
    gint64 low;
    gint64 high;
    gint64 number;          /* the default, of bool, number and mode */
    const char *text;       /* the default, of the others */
    const char *choices;    /* with blanks between */
    bool reload;            /* takes effect while the daemon runs */
    bool system;            /* for the daemon of the machine only */
    bool sockets;           /* speaks of sockets that the daemon makes itself */
    const char *unused;     /* why it has no effect, NULL: it has */
    bool refuse;            /* and must not be asked for */
} virDaemonSetting;

extern const virDaemonSetting virDaemonSettings[];
extern const size_t virDaemonSettingsCount;

/* The value of a setting that is kept, as the file would have it; to be freed. */
char *virDaemonSettingText(const virDaemonConfig *config, const virDaemonSetting *setting);

/* For getopt_long(), and for people. */
extern const struct option virDaemonLongOptions[];
extern const char virDaemonShortOptions[];
extern const char virDaemonOptionsHelp[];
