/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated entry points call: trace, reset, and one function per kind of mistake. */

#pragma once

#include "base/log.h"
#include "base/uuid.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/handle.h"

#define VIR_TRACE_STRING(text) ((text) ? (text) : "(null)")
#define VIR_TRACE(function, ...)                                                \
    do {                                                                        \
        if (G_UNLIKELY(virLogWants(VIR_LOG_DEBUG)))                             \
            virLogWrite(VIR_LOG_DEBUG, "libvirt", function, __VA_ARGS__);       \
    } while (0)

VIR_MODULE_API void virEntryBadHandle(int domain, const char *function,
                                      const virHandleClass *class);
VIR_MODULE_API void virEntryForeign(int domain, const char *function, const char *argument);
VIR_MODULE_API void virEntryUsed(int domain, const char *function, const char *argument);
VIR_MODULE_API void virEntryNull(int domain, const char *function, const char *argument);
VIR_MODULE_API void virEntryNegative(int domain, const char *function, const char *argument);
VIR_MODULE_API void virEntryPositive(int domain, const char *function, const char *argument);
VIR_MODULE_API void virEntryZero(int domain, const char *function, const char *argument);
VIR_MODULE_API void virEntryRange(int domain, const char *function, const char *argument,
                                  int value);
VIR_MODULE_API void virEntryReadOnly(int domain, const char *function);
VIR_MODULE_API void virEntryUnsupported(int domain, virConnectPtr conn, const char *function);
VIR_MODULE_API void virEntryFlags(int domain, const char *function, unsigned int flags,
                                  unsigned int known);
VIR_MODULE_API void virEntryFlagNeeds(int domain, const char *function, const char *flag,
                                      const char *needs);
VIR_MODULE_API void virEntryFlagsExclude(int domain, const char *function, const char *flag,
                                         const char *other);
VIR_MODULE_API void virEntryUUID(int domain, const char *function, const char *argument);
