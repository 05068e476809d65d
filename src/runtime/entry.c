/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The mistakes a caller can make before any driver is reached, each with its error. */

#include "runtime/entry.h"

#include <libvirt/virterror.h>

void
virEntryBadHandle(int domain, const char *function, const virHandleClass *class)
{
    virErrorRaise(domain, class->invalidCode, "%s", function);
}

void
virEntryForeign(int domain, const char *function, const char *argument)
{
    virErrorRaiseArgument(domain, function, argument, "%s in %s must belong to the same connection",
                          argument, function);
}

void
virEntryUsed(int domain, const char *function, const char *argument)
{
    virErrorRaise(domain, VIR_ERR_OPERATION_INVALID,
                  "%s in %s is in use already: a stream carries one transfer", argument, function);
}

void
virEntryNull(int domain, const char *function, const char *argument)
{
    virErrorRaiseArgument(domain, function, argument, "%s in %s must not be NULL", argument,
                          function);
}

void
virEntryNegative(int domain, const char *function, const char *argument)
{
    virErrorRaiseArgument(domain, function, argument, "%s in %s must be zero or greater", argument,
                          function);
}

void
virEntryPositive(int domain, const char *function, const char *argument)
{
    virErrorRaiseArgument(domain, function, argument, "%s in %s must be greater than zero",
                          argument, function);
}

void
virEntryZero(int domain, const char *function, const char *argument)
{
    virErrorRaiseArgument(domain, function, argument, "%s in %s must not be zero", argument,
                          function);
}

void
virEntryRange(int domain, const char *function, const char *argument, int value)
{
    virErrorRaiseArgument(domain, function, argument, "%s in %s is out of range: %d", argument,
                          function, value);
}

void
virEntryReadOnly(int domain, const char *function)
{
    virErrorRaise(domain, VIR_ERR_OPERATION_DENIED, "read only access prevents %s", function);
}

void
virEntryUnsupported(int domain, virConnectPtr conn, const char *function)
{
    VIR_LOG(VIR_LOG_INFO, "runtime.entry", "the %s driver has no %s",
            conn && conn->driver ? conn->driver->name : "connection's", function);
    virErrorRaise(domain, VIR_ERR_NO_SUPPORT, "%s", function);
}

void
virEntryFlags(int domain, const char *function, unsigned int flags, unsigned int known)
{
    virErrorRaiseArgument(domain, function, "flags", "unsupported flags (0x%x) in function %s",
                          flags & ~known, function);
}

void
virEntryFlagNeeds(int domain, const char *function, const char *flag, const char *needs)
{
    virErrorRaiseArgument(domain, function, "flags", "flag '%s' in %s requires flag '%s'", flag,
                          function, needs);
}

void
virEntryFlagsExclude(int domain, const char *function, const char *flag, const char *other)
{
    virErrorRaiseArgument(domain, function, "flags",
                          "flags '%s' and '%s' in %s are mutually exclusive", flag, other, function);
}

void
virEntryUUID(int domain, const char *function, const char *argument)
{
    virErrorRaiseArgument(domain, function, argument, "%s in %s must be a valid UUID", argument,
                          function);
}
