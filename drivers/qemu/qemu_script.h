/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What hook scripts are told of guests. */

#pragma once

#include <stdbool.h>

#include "qemu_domain.h"

/*
 * Tells the scripts of the host that something happens to a domain, which is locked and has a job; the lock
 * is let go meanwhile. False with an error raised when one refuses.
 */
bool qemuScriptTell(qemuDomain *domain, virDocDomain *document, const char *operation,
                    const char *part);
/* The same for the end of a guest, which nothing can refuse: beside everything else, in their order. */
void qemuScriptTellEnd(qemuDomain *domain);
/* Waits until scripts have heard of the end before; the lock is let go meanwhile. */
void qemuScriptAwait(qemuDomain *domain);
/* What scripts make of a document that is restored; NULL: nothing, or with an error raised (`refused`). */
char *qemuScriptRestore(const qemuHost *host, const char *name, const char *document, bool *refused);
