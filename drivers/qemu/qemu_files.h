/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files and devices of the host that a guest's QEMU opens by itself, as its document names them. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "document/domain.h"

typedef struct {
    char *path;
    char *what;                 /* whose it is, for people */
    bool write;
    bool made;                  /* QEMU makes it when it is not there */
    bool read;                  /* only: it changes hands when QEMU could not read it, no sooner */
    bool kept;                  /* it never changes hands */
} qemuFile;

/* All of a guest; of qemuFile. Images below images are found by their heads. */
GPtrArray *qemuFilesOf(const virDocDomain *document);
/* Those of one disk. */
GPtrArray *qemuFilesOfDisk(const virDocDomainDisk *disk);
/* The file of a source that is on the host; NULL: it is elsewhere, or nothing. */
const char *qemuFileOfSource(const virDocDomainStorageSource *source);
