/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The Network Block Device protocol: the fixed newstyle handshake, then simple replies to reads. */

#include "test_nbd_talk.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "test_nbd.h"

#define SERVER_MAGIC UINT64_C(0x4e42444d41474943)   /* NBDMAGIC */
#define OPTION_MAGIC UINT64_C(0x49484156454f5054)   /* IHAVEOPT */
#define ANSWER_MAGIC UINT64_C(0x3e889045565a9)
#define REQUEST_MAGIC UINT32_C(0x25609513)
#define REPLY_MAGIC UINT32_C(0x67446698)

#define HANDSHAKE_FLAGS 3           /* fixed newstyle; no padding when the client agrees */
#define NO_PADDING 2
#define EXPORT_FLAGS 3              /* there are flags; read only */

enum { OPTION_EXPORT = 1, OPTION_ABORT = 2, OPTION_LIST = 3, OPTION_INFO = 6, OPTION_GO = 7 };
enum { ANSWER_DONE = 1, ANSWER_SERVER = 2, ANSWER_INFO = 3 };
#define ANSWER_UNSUPPORTED UINT32_C(0x80000001)
#define ANSWER_INVALID UINT32_C(0x80000003)
#define ANSWER_UNKNOWN UINT32_C(0x80000006)
enum { INFO_EXPORT = 0, INFO_SIZES = 3 };
enum { REQUEST_READ = 0, REQUEST_END = 2 };

#define OPTION_MAX 8192             /* bytes of an option; names have at most 4096 */
#define READ_MAX (UINT32_C(32) << 20)
#define CHUNK_SIZE 65536
#define PADDING 124

typedef struct {
    int fd;
    const GPtrArray *exports;
    bool padded;                /* the end of the handshake is */
} Talk;

/* --- bytes ------------------------------------------------------------------------------------- */

static bool
hear(const Talk *talk, void *to, size_t length)
{
    char *at = to;

    while (length) {
        ssize_t got = recv(talk->fd, at, length, 0);

        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0) {
            at += got;
            length -= (size_t) got;
        }
    }
    return true;
}

static bool
say(const Talk *talk, const void *from, size_t length)
{
    const char *at = from;

    while (length) {
        ssize_t put = send(talk->fd, at, length, MSG_NOSIGNAL);

        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0) {
            at += put;
            length -= (size_t) put;
        }
    }
    return true;
}

static void
put16(GByteArray *out, uint16_t value)
{
    value = GUINT16_TO_BE(value);
    g_byte_array_append(out, (const guint8 *) &value, sizeof(value));
}

static void
put32(GByteArray *out, uint32_t value)
{
    value = GUINT32_TO_BE(value);
    g_byte_array_append(out, (const guint8 *) &value, sizeof(value));
}

static void
put64(GByteArray *out, uint64_t value)
{
    value = GUINT64_TO_BE(value);
    g_byte_array_append(out, (const guint8 *) &value, sizeof(value));
}

static uint32_t
get32(const unsigned char *bytes)
{
    uint32_t value;

    memcpy(&value, bytes, sizeof(value));
    return GUINT32_FROM_BE(value);
}

static uint64_t
get64(const unsigned char *bytes)
{
    uint64_t value;

    memcpy(&value, bytes, sizeof(value));
    return GUINT64_FROM_BE(value);
}

/* --- the handshake ----------------------------------------------------------------------------- */

static bool
answer(const Talk *talk, uint32_t option, uint32_t type, const GByteArray *data)
{
    g_autoptr(GByteArray) out = g_byte_array_new();

    put64(out, ANSWER_MAGIC);
    put32(out, option);
    put32(out, type);
    put32(out, data ? data->len : 0);
    if (data)
        g_byte_array_append(out, data->data, data->len);
    return say(talk, out->data, out->len);
}

/* The export of a name, which may be empty for the only one; NULL when there is none. */
static const testNbdExport *
findExport(const Talk *talk, const char *name, size_t length)
{
    for (guint i = 0; i < talk->exports->len; i++) {
        const testNbdExport *one = g_ptr_array_index(talk->exports, i);

        if ((length == 0 && talk->exports->len == 1) ||
            (strlen(one->name) == length && memcmp(one->name, name, length) == 0))
            return one;
    }
    return NULL;
}

static bool
answerList(const Talk *talk)
{
    for (guint i = 0; i < talk->exports->len; i++) {
        const testNbdExport *one = g_ptr_array_index(talk->exports, i);
        g_autoptr(GByteArray) out = g_byte_array_new();

        put32(out, (uint32_t) strlen(one->name));
        g_byte_array_append(out, (const guint8 *) one->name, (guint) strlen(one->name));
        if (!answer(talk, OPTION_LIST, ANSWER_SERVER, out))
            return false;
    }
    return answer(talk, OPTION_LIST, ANSWER_DONE, NULL);
}

/* Tells about the export that a client asks for; *chosen NULL when it has to ask again. */
static bool
answerInfo(const Talk *talk, uint32_t option, const unsigned char *data, uint32_t length,
           const testNbdExport **chosen)
{
    g_autoptr(GByteArray) size = g_byte_array_new();
    g_autoptr(GByteArray) blocks = g_byte_array_new();
    const testNbdExport *export;

    *chosen = NULL;
    if (length < 6 || get32(data) > length - 6)
        return answer(talk, option, ANSWER_INVALID, NULL);
    export = findExport(talk, (const char *) data + 4, get32(data));
    if (!export)
        return answer(talk, option, ANSWER_UNKNOWN, NULL);
    put16(size, INFO_EXPORT);
    put64(size, export->size);
    put16(size, EXPORT_FLAGS);
    put16(blocks, INFO_SIZES);
    put32(blocks, 1);
    put32(blocks, 4096);
    put32(blocks, READ_MAX);
    if (!answer(talk, option, ANSWER_INFO, size) || !answer(talk, option, ANSWER_INFO, blocks) ||
        !answer(talk, option, ANSWER_DONE, NULL))
        return false;
    *chosen = option == OPTION_GO ? export : NULL;
    return true;
}

/* The old way to choose: no answer but the export itself. */
static const testNbdExport *
choose(const Talk *talk, const unsigned char *data, uint32_t length)
{
    const testNbdExport *export = findExport(talk, (const char *) data, length);
    g_autoptr(GByteArray) out = g_byte_array_new();

    if (!export)
        return NULL;
    put64(out, export->size);
    put16(out, EXPORT_FLAGS);
    if (talk->padded) {
        g_byte_array_set_size(out, out->len + PADDING);
        memset(out->data + out->len - PADDING, 0, PADDING);
    }
    return say(talk, out->data, out->len) ? export : NULL;
}

/* Answers options until the client chose an export; NULL when it went away. */
static const testNbdExport *
negotiate(const Talk *talk)
{
    g_autofree unsigned char *data = g_malloc(OPTION_MAX);
    const testNbdExport *chosen = NULL;
    unsigned char head[16];

    while (!chosen) {
        uint32_t option, length;
        bool goes;

        if (!hear(talk, head, sizeof(head)) || get64(head) != OPTION_MAGIC)
            return NULL;
        option = get32(head + 8);
        length = get32(head + 12);
        if (length > OPTION_MAX || !hear(talk, data, length))
            return NULL;
        if (option == OPTION_EXPORT)
            return choose(talk, data, length);
        if (option == OPTION_LIST)
            goes = length ? answer(talk, option, ANSWER_INVALID, NULL) : answerList(talk);
        else if (option == OPTION_INFO || option == OPTION_GO)
            goes = answerInfo(talk, option, data, length, &chosen);
        else if (option == OPTION_ABORT)
            goes = answer(talk, option, ANSWER_DONE, NULL) && false;
        else
            goes = answer(talk, option, ANSWER_UNSUPPORTED, NULL);
        if (!goes)
            return NULL;
    }
    return chosen;
}

/* --- requests ---------------------------------------------------------------------------------- */

static bool
reply(const Talk *talk, uint32_t error, uint64_t cookie)
{
    g_autoptr(GByteArray) out = g_byte_array_new();

    put32(out, REPLY_MAGIC);
    put32(out, error);
    put64(out, cookie);
    return say(talk, out->data, out->len);
}

/* Each byte of an image is the low byte of its offset. */
static bool
sendData(const Talk *talk, uint64_t offset, uint32_t length)
{
    g_autofree unsigned char *chunk = g_malloc(CHUNK_SIZE);

    /* A chunk has a whole number of periods, so that all are alike. */
    for (size_t i = 0; i < CHUNK_SIZE; i++)
        chunk[i] = (unsigned char) (offset + i);
    while (length) {
        uint32_t part = MIN(length, CHUNK_SIZE);

        if (!say(talk, chunk, part))
            return false;
        length -= part;
    }
    return true;
}

static void
serveReads(const Talk *talk, const testNbdExport *export)
{
    unsigned char head[28];

    while (hear(talk, head, sizeof(head)) && get32(head) == REQUEST_MAGIC) {
        unsigned int type = head[6] << 8 | head[7];
        uint64_t cookie = get64(head + 8), offset = get64(head + 16);
        uint32_t length = get32(head + 24);
        bool fits = length <= READ_MAX && offset <= export->size && length <= export->size - offset;

        if (type == REQUEST_END)
            return;
        /* Whoever sends data with a request that was never offered is not followed any more. */
        if (type != REQUEST_READ) {
            reply(talk, EPERM, cookie);
            return;
        }
        if (!reply(talk, fits ? 0 : EINVAL, cookie) || (fits && !sendData(talk, offset, length)))
            return;
    }
}

void
testNbdTalk(int fd, const GPtrArray *exports)
{
    g_autoptr(GByteArray) greeting = g_byte_array_new();
    Talk talk = { .fd = fd, .exports = exports };
    const testNbdExport *export;
    unsigned char flags[4];

    put64(greeting, SERVER_MAGIC);
    put64(greeting, OPTION_MAGIC);
    put16(greeting, HANDSHAKE_FLAGS);
    if (!say(&talk, greeting->data, greeting->len) || !hear(&talk, flags, sizeof(flags)))
        return;
    talk.padded = !(get32(flags) & NO_PADDING);
    export = negotiate(&talk);
    if (export)
        serveReads(&talk, export);
}
