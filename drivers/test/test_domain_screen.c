/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The screen of a guest as an image: PNG, so that any program can show it. */

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_guest.h"
#include "test_stream.h"

#define WIDTH 320U
#define HEIGHT 200U
/* The picture has a column of its own for each byte of the UUID. */
#define COLUMN (WIDTH / VIR_UUID_BUFLEN)
/* Most bytes of a stored block of the deflate format. */
#define BLOCK 65535U

static guint32
crcOf(const guint8 *data, gsize size)
{
    guint32 crc = 0xffffffff;

    for (gsize i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

static void
appendNumber(GByteArray *out, guint32 number)
{
    guint32 big = GUINT32_TO_BE(number);

    g_byte_array_append(out, (const guint8 *) &big, sizeof(big));
}

static void
appendChunk(GByteArray *out, const char *type, const guint8 *data, guint size)
{
    guint start;

    appendNumber(out, size);
    start = out->len;
    g_byte_array_append(out, (const guint8 *) type, 4);
    g_byte_array_append(out, data, size);
    appendNumber(out, crcOf(out->data + start, out->len - start));
}

/* Bytes as the zlib format wants them, stored as they are. */
static GByteArray *
wrapInZlib(const GByteArray *raw)
{
    GByteArray *out = g_byte_array_new();
    guint32 low = 1, high = 0;

    g_byte_array_append(out, (const guint8 *) "\x78\x01", 2);
    for (guint at = 0; at < raw->len; at += BLOCK) {
        guint16 size = (guint16) MIN(BLOCK, raw->len - at);
        guint8 head[5] = { at + size == raw->len, size & 0xff, size >> 8, ~size & 0xff,
                           (~size >> 8) & 0xff };

        g_byte_array_append(out, head, sizeof(head));
        g_byte_array_append(out, raw->data + at, size);
    }
    for (guint i = 0; i < raw->len; i++) {
        low = (low + raw->data[i]) % 65521;
        high = (high + low) % 65521;
    }
    appendNumber(out, high << 16 | low);
    return out;
}

/* What the guest shows: grey columns that tell guests apart, and a line that moves with its time. */
static GByteArray *
draw(const testDomain *domain)
{
    GByteArray *raw = g_byte_array_new();
    guint line = (guint) (testDomainRan(domain) / G_USEC_PER_SEC % HEIGHT);

    for (guint y = 0; y < HEIGHT; y++) {
        guint8 row[1 + WIDTH] = { 0 };

        for (guint x = 0; x < WIDTH; x++)
            row[1 + x] = y == line ? 0xff : domain->uuid[x / COLUMN];
        g_byte_array_append(raw, row, sizeof(row));
    }
    return raw;
}

static GByteArray *
picture(const testDomain *domain)
{
    const guint8 head[13] = { 0, 0, WIDTH >> 8, WIDTH & 0xff, 0, 0, HEIGHT >> 8, HEIGHT & 0xff,
                              /* bits= */ 8, /* grey= */ 0, 0, 0, 0 };
    g_autoptr(GByteArray) raw = draw(domain);
    g_autoptr(GByteArray) data = wrapInZlib(raw);
    GByteArray *out = g_byte_array_new();

    g_byte_array_append(out, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
    appendChunk(out, "IHDR", head, sizeof(head));
    appendChunk(out, "IDAT", data->data, data->len);
    appendChunk(out, "IEND", NULL, 0);
    return out;
}

char *
testDomainScreenshot(virDomainPtr handle, virStreamPtr stream, unsigned int screen,
                     unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain;
    g_autoptr(GByteArray) image = NULL;
    testData *data;

    if (screen != 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "the guest has screen 0, not %u", screen);
        return NULL;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return NULL;
    image = picture(domain);
    testDomainUnlock(handle);
    data = testDataNew(image->len);
    testDataWrite(data, 0, image->data, image->len);
    testStreamRead(stream, data, 0, image->len, /* sparse= */ false, /* done= */ NULL,
                   /* opaque= */ NULL);
    testDataUnref(data);
    return g_strdup("image/png");
}
