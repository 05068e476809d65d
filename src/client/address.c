/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the short forms in which people write the addresses of devices. */

#include "client/address.h"

#include <errno.h>
#include <string.h>

#include "client/output.h"

enum { ADDRESS_PARTS = 4 };

/* Numbers of a base with points (or colons) between them; false when there are not `count`. */
static bool virshAddressParts(const char *text, int base, size_t count, unsigned long long *parts)
{
    g_auto(GStrv) words = g_strsplit_set(text, ".:", -1);

    if (g_strv_length(words) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        char *end = NULL;

        errno = 0;
        parts[i] = g_ascii_strtoull(words[i], &end, base);
        if (errno || end == words[i] || *end || !g_ascii_isxdigit(*words[i]) ||
            parts[i] > G_MAXUINT16)
            return false;
    }
    return true;
}

bool virshComposePci(GString *out, const char *text, bool multifunction)
{
    unsigned long long part[ADDRESS_PARTS];

    if (!virshAddressParts(text, 16, 4, part))
        return false;
    g_string_append_printf(out,
                           "  <address type='pci' domain='0x%04llx' bus='0x%02llx' "
                           "slot='0x%02llx' function='0x%llx'%s/>\n",
                           part[0], part[1], part[2], part[3],
                           multifunction ? " multifunction='on'" : "");
    return true;
}

/* Controller, bus and unit; what may follow them says nothing about a drive. */
static bool virshComposeDrive(GString *out, const char *text)
{
    unsigned long long part[ADDRESS_PARTS];

    if (!virshAddressParts(text, 10, 3, part) && !virshAddressParts(text, 10, 4, part))
        return false;
    g_string_append_printf(out,
                           "  <address type='drive' controller='%llu' bus='%llu' unit='%llu'/>\n",
                           part[0], part[1], part[2]);
    return true;
}

static bool virshComposeUsb(GString *out, const char *text)
{
    unsigned long long part[ADDRESS_PARTS];

    if (!virshAddressParts(text, 10, 2, part))
        return false;
    g_string_append_printf(out, "  <address type='usb' bus='%llu' port='%llu'/>\n", part[0],
                           part[1]);
    return true;
}

static bool virshComposeCcw(GString *out, const char *text)
{
    unsigned long long part[ADDRESS_PARTS];

    if (!virshAddressParts(text, 16, 3, part))
        return false;
    g_string_append_printf(out,
                           "  <address type='ccw' cssid='0x%02llx' ssid='0x%llx' "
                           "devno='0x%04llx'/>\n", part[0], part[1], part[2]);
    return true;
}

bool virshComposeAddress(virshControl *ctl, GString *out, const char *text, const char *target,
                         bool multifunction)
{
    bool virtual = g_str_has_prefix(target, "vd") || g_str_has_prefix(target, "xvd");
    bool scsi = g_str_has_prefix(target, "sd");
    const char *place = strchr(text, ':');
    g_autofree char *kind = place ? g_strndup(text, place - text) : NULL;
    bool fits = false;
    bool good = false;

    if (place)
        place++;
    if (virtual && g_strcmp0(kind, "pci") == 0) {
        fits = true;
        good = virshComposePci(out, place, multifunction);
    } else if (virtual && g_strcmp0(kind, "ccw") == 0) {
        fits = true;
        good = virshComposeCcw(out, place);
    } else if (scsi && g_strcmp0(kind, "usb") == 0) {
        fits = true;
        good = virshComposeUsb(out, place);
    } else if (scsi ? g_strcmp0(kind, "scsi") == 0 || g_strcmp0(kind, "sata") == 0
                    : !virtual && g_strcmp0(kind, "ide") == 0) {
        fits = true;
        good = virshComposeDrive(out, place);
    }
    if (good)
        return true;
    if (fits || !kind || !strstr(" pci ccw usb scsi sata ide ", kind))
        virshError(ctl, "Invalid address.");
    else
        virshError(ctl, virtual ? "expecting a pci:0000.00.00.00 or ccw:00.0.0000 address."
                        : scsi  ? "expecting a scsi:00.00.00 or usb:00.00 or sata:00.00.00 address."
                                : "expecting an ide:00.00.00 address.");
    return false;
}
