/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a server of disks and one client say to each other. */

#pragma once

#include <glib.h>

/* Talks over a connected socket until either side ends that; exports are testNbdExport. */
void testNbdTalk(int fd, const GPtrArray *exports);
