/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Passwords of screens: never in a command line, where anybody could read them. */

#include "qemu_process.h"

static const char *
protocolOf(const virDocDomainGraphics *graphics)
{
    return graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE ? "spice" : "vnc";
}

/* When it stops being good, as QEMU wants it. */
static char *
endOf(const virDocDomainGraphics *graphics)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) end = graphics->passwdValidTo ?
        g_date_time_new_from_iso8601(graphics->passwdValidTo, utc) : NULL;

    return end ? g_strdup_printf("%" G_GINT64_FORMAT, g_date_time_to_unix(end)) : g_strdup("never");
}

bool
qemuGraphicsPassword(qemuDomain *domain, const virDocDomainGraphics *graphics)
{
    const char *protocol = protocolOf(graphics);
    json_object *arguments = qemuJsonStrings("protocol", protocol, "password", graphics->passwd,
                                             NULL);
    g_autofree char *end = endOf(graphics);
    g_autoptr(json_object) set = NULL;
    g_autoptr(json_object) limited = NULL;

    if (graphics->connected)
        json_object_object_add(arguments, "connected",
                               json_object_new_string(virDocDomainGraphicsConnectedToString(
                                   graphics->connected)));
    set = qemuProcessAsk(domain, "set_password", arguments);
    if (set)
        limited = qemuProcessAsk(domain, "expire_password",
                                 qemuJsonStrings("protocol", protocol, "time", end, NULL));
    return limited != NULL;
}
