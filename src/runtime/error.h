/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The thread's last error: raising it, and handing it to whom it concerns. */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "base/visibility.h"

/* Sets the thread's last error: the code's standard text, a colon, and the detail. */
VIR_MODULE_API void virErrorRaise(int domain, int code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* The same for a failed system call; the text of `number` follows the detail. */
VIR_MODULE_API void virErrorRaiseSystem(int domain, int number, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Sets the thread's last error to a copy of one that was raised elsewhere. */
VIR_MODULE_API void virErrorRestore(const virError *error);

/*
 * A wrong argument of a public function: the message is the detail alone, str1 names the function
 * and str2 the argument.
 */
VIR_MODULE_API void virErrorRaiseArgument(int domain, const char *function, const char *argument,
                                          const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Whether this thread has an error that was not handed out yet; cheap. */
VIR_MODULE_API extern __thread int virErrorPending;

VIR_MODULE_API void virErrorForget(void);

/* Clears the thread's last error, as every public call does first. */
static inline void
virErrorReset(void)
{
    if (G_UNLIKELY(virErrorPending))
        virErrorForget();
}

/*
 * Ends a failed call: copies the error into the connection and calls the connection's handler,
 * else the global one, else prints it. A call that failed without an error gets one.
 */
VIR_MODULE_API void virErrorDispatch(virConnectPtr conn);
/* The same for a call on an object: errors about domains and networks name theirs. */
VIR_MODULE_API void virErrorDispatchAbout(virConnectPtr conn, const void *object);
