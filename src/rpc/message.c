/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One message of the protocol: its length, its header, and the error that a payload may be. */

#include "rpc/message.h"

#include <stdlib.h>
#include <unistd.h>

#include "runtime/error.h"

void
virMessageFree(virMessage *message)
{
    unsigned int i;

    if (!message)
        return;
    for (i = 0; i < message->filesCount; i++) {
        if (message->files[i] >= 0)
            close(message->files[i]);
    }
    g_free(message->files);
    free(message);
}

static uint32_t
word(const unsigned char *bytes, int index)
{
    uint32_t raw;

    memcpy(&raw, bytes + index * 4, sizeof(raw));
    return be32toh(raw);
}

void
virMessageReadHeader(virMessageHeader *header, const unsigned char *bytes)
{
    header->program = word(bytes, 0);
    header->version = word(bytes, 1);
    header->procedure = (int32_t) word(bytes, 2);
    header->type = word(bytes, 3);
    header->serial = word(bytes, 4);
    header->status = word(bytes, 5);
}

void
virMessageBegin(virXdrWriter *writer, const virMessageHeader *header)
{
    virXdrWriterInit(writer, VIR_MESSAGE_MAX);
    virXdrWriteU32(writer, 0);
    virXdrWriteU32(writer, header->program);
    virXdrWriteU32(writer, header->version);
    virXdrWriteU32(writer, (uint32_t) header->procedure);
    virXdrWriteU32(writer, header->type);
    virXdrWriteU32(writer, header->serial);
    virXdrWriteU32(writer, header->status);
}

void
virMessageEnd(virXdrWriter *writer)
{
    virXdrPatchU32(writer, 0, (uint32_t) writer->used);
}

/* --- errors ------------------------------------------------------------------------------------- */

#define STRING_MAX 4194304
#define UUID_SIZE 16

static void
writeString(virXdrWriter *writer, const char *value)
{
    virXdrWriteU32(writer, value != NULL);
    if (value)
        virXdrWriteBytes(writer, STRING_MAX, value, MIN(strlen(value), STRING_MAX));
}

void
virMessageWriteError(virXdrWriter *writer, const virError *error)
{
    virXdrWriteU32(writer, (uint32_t) error->code);
    virXdrWriteU32(writer, (uint32_t) error->domain);
    writeString(writer, error->message);
    virXdrWriteU32(writer, error->level);
    /* The domain and the network that it is about are told in its text. */
    virXdrWriteU32(writer, 0);
    writeString(writer, error->str1);
    writeString(writer, error->str2);
    writeString(writer, error->str3);
    virXdrWriteU32(writer, (uint32_t) error->int1);
    virXdrWriteU32(writer, (uint32_t) error->int2);
    virXdrWriteU32(writer, 0);
}

static bool
readString(virXdrReader *reader, char **value)
{
    bool present;

    *value = NULL;
    return virXdrReadBool(reader, &present) &&
           (!present || virXdrReadString(reader, STRING_MAX, value));
}

/* An object that the error is about: its name, UUID and, a domain's, number. */
static bool
skipObject(virXdrReader *reader, bool numbered)
{
    unsigned char uuid[UUID_SIZE];
    bool present;
    uint32_t id;
    char *name;

    if (!virXdrReadBool(reader, &present))
        return false;
    return !present ||
           (virXdrReadString(reader, STRING_MAX, &name) &&
            virXdrReadFixed(reader, uuid, sizeof(uuid)) &&
            (!numbered || virXdrReadU32(reader, &id)));
}

static bool
readError(virXdrReader *reader, virError *error)
{
    uint32_t code, domain, level, int1, int2;

    if (!virXdrReadU32(reader, &code) || !virXdrReadU32(reader, &domain) ||
        !readString(reader, &error->message) || !virXdrReadU32(reader, &level) ||
        !skipObject(reader, /* numbered= */ true) || !readString(reader, &error->str1) ||
        !readString(reader, &error->str2) || !readString(reader, &error->str3) ||
        !virXdrReadU32(reader, &int1) || !virXdrReadU32(reader, &int2) ||
        !skipObject(reader, /* numbered= */ false))
        return false;
    virXdrReaderFinish(reader);
    error->code = (int) code;
    error->domain = (int) domain;
    error->level = (virErrorLevel) level;
    error->int1 = (int) int1;
    error->int2 = (int) int2;
    return error->code != VIR_ERR_OK;
}

void
virMessageRaiseError(virMessage *message)
{
    virXdrReader reader;
    virError error = { 0 };

    virXdrReaderInit(&reader, message->payload, message->size);
    if (readError(&reader, &error))
        virErrorRestore(&error);
    else
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_RPC, "the server sent an error that cannot be read");
    virXdrReaderClear(&reader);
}
