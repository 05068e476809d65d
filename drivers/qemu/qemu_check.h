/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a start would stumble over, found before QEMU runs and named with its remedy. */

#pragma once

#include <stdbool.h>

#include "qemu_files.h"
#include "qemu_identity.h"

/* Whether whoever runs QEMU can read a file where it is. */
bool qemuCheckReads(const qemuIdentity *identity, const char *path);
/*
 * Every file is there, and every folder on the way lets QEMU through. What changes hands need not be
 * accessible yet. False with an error raised that names the file, what is wrong and the remedy.
 */
bool qemuCheckFiles(const qemuIdentity *identity, GPtrArray *files, const virDocDomain *document);
/* Ports that the document asks for, bridges and devices of its networks, its memory; the same. */
bool qemuCheckHost(const virDocDomain *document);
/* Takes the media away that are not there and need not be. */
void qemuCheckDrop(virDocDomain *document);
