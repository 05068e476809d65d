/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of the protocol in debug logs, readable: who, which procedure, and what it carries. */

#pragma once

#include "rpc/message.h"
#include "rpc/wire.h"

/*
 * Logs a message when debug messages are wanted. `way` is "sent" or "received", `peer` is for the reader
 * (may be NULL), `value` what the message carries: a value of `type`, NULL for nothing. Secrets are left
 * out, and a line has an end.
 */
VIR_MODULE_API void virTraceMessage(const char *source, const char *way, const char *peer,
                                    const virMessageHeader *header,
                                    const virWireProcedure *procedure, const virWireType *type,
                                    const void *value);
/* The same of an error, which is an answer too. */
VIR_MODULE_API void virTraceError(const char *source, const char *way, const char *peer,
                                  const virMessageHeader *header,
                                  const virWireProcedure *procedure, const virError *error);
