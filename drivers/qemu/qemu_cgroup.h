/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Control groups of guests: where the kernel lets this host make some, each running guest has one. */

#pragma once

#include <stdbool.h>

#include "qemu_domain.h"

/* Where groups can be made, by what this process may do now; reasons for what it may not. */
void qemuCgroupsFind(qemuCgroups *groups, const qemuSettings *settings, bool wanted);
/* Removes groups in which nothing runs: of guests that ended, or never started, while nobody looked. */
void qemuCgroupsSweep(const qemuCgroups *groups);
void qemuCgroupsClear(qemuCgroups *groups);

/* Whether a controller can be used; else raises, with the reason. */
bool qemuCgroupRequire(const qemuHost *host, qemuCgroupController controller);

/*
 * Makes the group of a guest that starts, with the limits and devices of its document; false with an error
 * raised. Descriptors in `joins` are for the child to write "0" to.
 */
bool qemuCgroupMake(qemuDomain *domain, const virDocDomain *document, int id, GArray *joins);
/* Groups of their own, with their limits, for the threads that the guest has now. */
bool qemuCgroupThreads(qemuDomain *domain, const virDocDomain *document);
/* Lets a running guest use the devices among files, or not any more. */
void qemuCgroupAllow(const qemuDomain *domain, GPtrArray *files, bool allowed);
/* After its end. */
void qemuCgroupRemove(qemuDomain *domain);

/* --- of a running guest; `part` is NULL, "emulator", "vcpu" or "iothread" with a number ------------ */

/* Writes a file of a group; false with an error raised that names it. */
bool qemuCgroupWrite(const qemuDomain *domain, qemuCgroupController controller, const char *part,
                     const char *file, const char *format, ...) G_GNUC_PRINTF(5, 6);
/* The text of a file, NULL when it can't be read. */
char *qemuCgroupRead(const qemuDomain *domain, qemuCgroupController controller, const char *part,
                     const char *file);

/* --- qemu_cgroup_tune.c: what a document says of limits -------------------------------------------- */

/* Limits of the whole guest, of its memory and of its devices; false with an error raised. */
bool qemuCgroupTune(qemuDomain *domain, const virDocDomain *document);
/* Time of one thread group; 0 leaves a period alone, and a quota. */
bool qemuCgroupTime(const qemuDomain *domain, const char *part, unsigned long long period,
                    long long quota);
