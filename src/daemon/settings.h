/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of settings and options, generated from config/libvirtd.xml. */

#pragma once

#include <getopt.h>
#include <stddef.h>

#include "base/settings.h"
#include "daemon/config.h"

extern const virSetting virDaemonSettings[];
extern const size_t virDaemonSettingsCount;

/* For getopt_long(), and for people. */
extern const struct option virDaemonLongOptions[];
extern const char virDaemonShortOptions[];
extern const char virDaemonOptionsHelp[];
