/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of the protocol in debug logs, readable: who, which procedure, and what it carries. */

#include "rpc/trace.h"

#include "base/log.h"

/* The most that a line tells of what a message carries. */
#define SHOWN 1024

static const char *
typeName(uint32_t type)
{
    static const char *const names[] = {
        "call", "reply", "event", "stream", "call with files", "reply with files", "hole",
    };

    return type < G_N_ELEMENTS(names) ? names[type] : "unknown type";
}

static const char *
statusName(uint32_t status)
{
    static const char *const names[] = { "ok", "error", "continue" };

    return status < G_N_ELEMENTS(names) ? names[status] : "unknown status";
}

static void
trace(const char *source, const char *way, const char *peer, const virMessageHeader *header,
      const virWireProcedure *procedure, GString *text)
{
    if (text->len > SHOWN) {
        /* Not in the middle of a character. */
        gsize end = (gsize) (g_utf8_find_prev_char(text->str, text->str + SHOWN) - text->str);

        g_string_truncate(text, end);
        g_string_append(text, "...");
    }
    virLogWrite(VIR_LOG_DEBUG, source, procedure->name, "%s%s%s %s: serial %u, %s, %s%s%s",
                peer ? peer : "", peer ? " " : "", way, procedure->name, header->serial,
                typeName(header->type), statusName(header->status), text->len ? ", " : "",
                text->str);
}

void
virTraceMessage(const char *source, const char *way, const char *peer,
                const virMessageHeader *header, const virWireProcedure *procedure,
                const virWireType *type, const void *value)
{
    g_autoptr(GString) text = NULL;

    if (G_LIKELY(!virLogWants(VIR_LOG_DEBUG)))
        return;
    text = g_string_new(NULL);
    if (type && value)
        virWireDescribe(text, type, value);
    trace(source, way, peer, header, procedure, text);
}

void
virTraceError(const char *source, const char *way, const char *peer,
              const virMessageHeader *header, const virWireProcedure *procedure,
              const virError *error)
{
    g_autoptr(GString) text = NULL;

    if (G_LIKELY(!virLogWants(VIR_LOG_DEBUG)))
        return;
    text = g_string_new(NULL);
    if (error)
        g_string_printf(text, "code %d of domain %d: %s", error->code, error->domain,
                        error->message ? error->message : "no text");
    trace(source, way, peer, header, procedure, text);
}
