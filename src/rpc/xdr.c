/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* External data representation (RFC 4506): strings, byte sequences, counts, and their memory. */

#include "rpc/xdr.h"

#include <stdalign.h>
#include <stdlib.h>

#include <glib.h>

/* Small lists share a block; a longer one gets a block of its size. */
#define BLOCK_SIZE 4000
#define FIRST_BUFFER 512

struct virXdrBlock {
    virXdrBlock *next;
    size_t used;
    size_t size;
    alignas(max_align_t) unsigned char data[];
};

const char *
virXdrFaultText(virXdrFault fault)
{
    switch (fault) {
    case VIR_XDR_FINE:
        return "no fault";
    case VIR_XDR_SHORT:
        return "the message ends inside it";
    case VIR_XDR_LIMIT:
        return "it is longer than its limit";
    case VIR_XDR_TEXT:
        return "it is not a string";
    case VIR_XDR_VALUE:
        return "its value is out of range";
    }
    return "unknown fault";
}

void
virXdrReaderInit(virXdrReader *reader, void *data, size_t size)
{
    *reader = (virXdrReader){ .next = data, .end = (unsigned char *) data + size };
    reader->seal = reader->end;
}

void
virXdrReaderInitOwned(virXdrReader *reader, void *data, size_t size)
{
    virXdrReaderInit(reader, data, size);
    reader->owned = data;
}

void
virXdrReaderClear(virXdrReader *reader)
{
    while (reader->blocks) {
        virXdrBlock *block = reader->blocks;

        reader->blocks = block->next;
        g_free(block);
    }
    free(reader->owned);
    *reader = (virXdrReader){ 0 };
}

void *
virXdrReaderAlloc(virXdrReader *reader, size_t count, size_t size)
{
    size_t wanted = (count * size + sizeof(max_align_t) - 1) / sizeof(max_align_t) *
                    sizeof(max_align_t);
    virXdrBlock *block = reader->blocks;
    void *result;

    if (!block || block->size - block->used < wanted) {
        size_t room = MAX(wanted, BLOCK_SIZE);

        block = g_malloc(sizeof(*block) + room);
        block->used = 0;
        block->size = room;
        block->next = reader->blocks;
        reader->blocks = block;
    }
    result = block->data + block->used;
    block->used += wanted;
    return result;
}

bool
virXdrReadBool(virXdrReader *reader, bool *value)
{
    uint32_t raw;

    if (!virXdrReadU32(reader, &raw))
        return false;
    /* Clients exist that send other numbers than one for true. */
    *value = raw != 0;
    return true;
}

bool
virXdrReadFixed(virXdrReader *reader, void *value, size_t size)
{
    if (virXdrReaderLeft(reader) < size + virXdrPadding(size))
        return virXdrReaderFail(reader, VIR_XDR_SHORT);
    memcpy(value, reader->next, size);
    *reader->seal = 0;
    reader->next += size + virXdrPadding(size);
    return true;
}

bool
virXdrReadBytes(virXdrReader *reader, size_t limit, unsigned char **value, size_t *size)
{
    uint32_t count;

    if (!virXdrReadU32(reader, &count))
        return false;
    if (count > limit)
        return virXdrReaderFail(reader, VIR_XDR_LIMIT);
    if (virXdrReaderLeft(reader) < (size_t) count + virXdrPadding(count))
        return virXdrReaderFail(reader, VIR_XDR_SHORT);
    *value = reader->next;
    *size = count;
    reader->next += count + virXdrPadding(count);
    return true;
}

bool
virXdrReadString(virXdrReader *reader, size_t limit, char **value)
{
    unsigned char *text;
    size_t size;

    if (!virXdrReadBytes(reader, limit, &text, &size))
        return false;
    if (memchr(text, 0, size))
        return virXdrReaderFail(reader, VIR_XDR_TEXT);
    /* Either the padding or, once it was read, the first byte of what follows. */
    if (virXdrPadding(size))
        text[size] = 0;
    else
        reader->seal = text + size;
    *value = (char *) text;
    return true;
}

bool
virXdrReadCount(virXdrReader *reader, size_t limit, size_t least, size_t *count)
{
    uint32_t raw;

    if (!virXdrReadU32(reader, &raw))
        return false;
    if (raw > limit)
        return virXdrReaderFail(reader, VIR_XDR_LIMIT);
    if (raw > virXdrReaderLeft(reader) / least)
        return virXdrReaderFail(reader, VIR_XDR_SHORT);
    *count = raw;
    return true;
}

void
virXdrWriterInit(virXdrWriter *writer, size_t limit)
{
    *writer = (virXdrWriter){ .limit = limit };
}

void
virXdrWriterClear(virXdrWriter *writer)
{
    free(writer->data);
    *writer = (virXdrWriter){ 0 };
}

unsigned char *
virXdrWriterSteal(virXdrWriter *writer, size_t *size)
{
    unsigned char *data = writer->data;

    *size = writer->used;
    *writer = (virXdrWriter){ .limit = writer->limit };
    return data;
}

bool
virXdrWriterGrow(virXdrWriter *writer, size_t more)
{
    unsigned char *data;
    size_t size;

    if (more > writer->limit - writer->used)
        return virXdrWriterFail(writer, VIR_XDR_LIMIT);
    size = MAX(MAX(writer->size * 2, writer->used + more), FIRST_BUFFER);
    size = MIN(size, writer->limit);
    data = realloc(writer->data, size);
    if (!data)
        g_error("out of memory for a message of %zu bytes", size);
    writer->data = data;
    writer->size = size;
    return true;
}

bool
virXdrWriteString(virXdrWriter *writer, size_t limit, const char *value)
{
    if (!value)
        return virXdrWriterFail(writer, VIR_XDR_TEXT);
    return virXdrWriteBytes(writer, limit, value, strlen(value));
}
