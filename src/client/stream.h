/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Carries data between streams of the library and files. */

#pragma once

#include "client/shell.h"

typedef virStream virshStream;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshStream, virStreamFree)

/* Opens a file for writing what comes; `*created` tells whether it is new. -1 after a failure. */
int virshCreateFile(const char *path, bool *created);

/* Everything that the stream gives into the file, or of the file into the stream; holes stay holes
 * with `sparse`. Negative after a failure; the caller finishes or aborts the stream. */
int virshStreamToFile(virStreamPtr stream, int fd, bool sparse);
int virshFileToStream(virStreamPtr stream, int fd, bool sparse);
