/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A server of disks over the Network Block Device protocol, for those who fetch a backup. */

#pragma once

#include <glib.h>

typedef struct testNbd testNbd;

/* A disk that is served: each byte is the low byte of its offset, as everywhere in the model. */
typedef struct {
    char *name;
    unsigned long long size;
} testNbdExport;

/* Listens on a TCP address in numbers (or localhost), or a unix socket; -1 with an error raised. */
int testNbdListenTcp(const char *address, unsigned int port);
int testNbdListenUnix(const char *path);

/*
 * Serves on a listening socket, which it owns from now on, until it is stopped; the path of a unix
 * socket goes with it, NULL without. Takes the exports. NULL with an error raised, and all given up.
 */
testNbd *testNbdStart(int fd, const char *path, GPtrArray *exports);
/* Ends every connection. Nothing of the server takes a lock of the model. */
void testNbdStop(testNbd *server);

/* A list of exports for testNbdStart(). */
GPtrArray *testNbdExportsNew(void);
void testNbdExportsAdd(GPtrArray *exports, const char *name, unsigned long long size);
