/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams over a descriptor: a terminal, a socket, a file. */

#pragma once

#include <stdbool.h>

#include <libvirt/libvirt.h>

#include "base/visibility.h"

/* Called once when the stream ends, in whatever way. */
typedef void (*virFdStreamDone)(void *opaque);

/*
 * Makes a stream that was not opened yet one over a descriptor, which it takes and closes at its end. It
 * sends, receives, or both; `done` may be NULL. 0, or -1 with an error raised, the descriptor closed and
 * `done` not called.
 */
VIR_MODULE_API int virFdStreamOpen(virStreamPtr st, int fd, bool receives, bool sends,
                                   virFdStreamDone done, void *opaque);
