/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* UUIDs as sixteen bytes and as text. */

#include "base/uuid.h"

#include <string.h>
#include <sys/random.h>

#include <glib.h>

int
virUUIDParse(const char *text, unsigned char *uuid)
{
    unsigned char parsed[VIR_UUID_BYTES] = { 0 };
    int digits = 0;

    while (g_ascii_isspace(*text))
        text++;
    for (; *text && digits < 2 * VIR_UUID_BYTES; text++) {
        int value;

        if (*text == '-')
            continue;
        value = g_ascii_xdigit_value(*text);
        if (value < 0)
            return -1;
        parsed[digits / 2] = (unsigned char) (parsed[digits / 2] << 4 | value);
        digits++;
    }
    while (g_ascii_isspace(*text))
        text++;
    if (*text || digits != 2 * VIR_UUID_BYTES)
        return -1;
    memcpy(uuid, parsed, VIR_UUID_BYTES);
    return 0;
}

void
virUUIDFormat(const unsigned char *uuid, char *text)
{
    static const char hex[] = "0123456789abcdef";
    int i;

    for (i = 0; i < VIR_UUID_BYTES; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *text++ = '-';
        *text++ = hex[uuid[i] >> 4];
        *text++ = hex[uuid[i] & 15];
    }
    *text = '\0';
}

int
virUUIDGenerate(unsigned char *uuid)
{
    unsigned char random[VIR_UUID_BYTES];

    if (getrandom(random, sizeof(random), 0) != (ssize_t) sizeof(random))
        return -1;
    random[6] = (random[6] & 0x0f) | 0x40;
    random[8] = (random[8] & 0x3f) | 0x80;
    memcpy(uuid, random, sizeof(random));
    return 0;
}
