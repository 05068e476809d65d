/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file with the daemon's process number, locked while it runs. */

#pragma once

/* A descriptor that holds the lock; -1 with an error raised when another process does. */
int virPidFileTake(const char *path);
void virPidFileRelease(const char *path, int fd);
