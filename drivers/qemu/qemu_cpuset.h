/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of the machine's processors: in documents, in calls, and for threads. */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "document/bitmap.h"

/* How many processors the machine has, running or not. */
unsigned int qemuCpusCount(void);
/* A set as calls give it, cut to the machine; NULL when nothing is left. */
virDocBitmap *qemuCpusFrom(const unsigned char *bytes, int length);
/* As calls want it; NULL means all of the machine. */
void qemuCpusTo(const virDocBitmap *set, unsigned char *bytes, int length);
/* Lets a thread run on these only, NULL: on all; false with an error raised that names `what` it is. */
bool qemuCpusApply(pid_t thread, const virDocBitmap *set, const char *what);
