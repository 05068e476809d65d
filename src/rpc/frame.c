/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages out of a socket's bytes, and bytes out of messages, as far as the socket takes them. */

#include "rpc/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* A message longer than this is received into its own memory. */
#define LARGE 16384
/* The room a large message gets at first; doubled as it fills, so a lie about a length costs nothing. */
#define LARGE_FIRST 65536

void
virFrameReaderClear(virFrameReader *reader)
{
    virMessageFree(reader->large);
    virMessageFree(reader->awaiting);
    free(reader->kept);
    memset(reader, 0, sizeof(*reader));
}

static virMessage *
newMessage(size_t room)
{
    /* One byte behind the payload is for ending its last string. */
    virMessage *message = malloc(sizeof(*message) + room + 1);

    if (!message)
        g_error("out of memory for a message of %zu bytes", room);
    memset(message, 0, sizeof(*message));
    return message;
}

static virMessage *
fail(virFrameReader *reader, const char *fault)
{
    reader->fault = fault;
    return NULL;
}

/* --- receiving --------------------------------------------------------------------------------- */

static void
growLarge(virFrameReader *reader)
{
    size_t room = MIN(reader->largeRoom * 2, reader->large->size);
    virMessage *message = realloc(reader->large, sizeof(*message) + room + 1);

    if (!message)
        g_error("out of memory for a message of %zu bytes", room);
    reader->large = message;
    reader->largeRoom = room;
}

ssize_t
virFrameReaderReceive(virFrameReader *reader, virSocket *socket, void *scratch, size_t scratchSize,
                      bool *drained)
{
    size_t room = scratchSize;
    bool more;
    ssize_t got;

    if (reader->large) {
        if (reader->largeHave == reader->largeRoom)
            growLarge(reader);
        room = reader->largeRoom - reader->largeHave;
        scratch = reader->large->data + reader->largeHave;
    }
    got = virSocketReceive(socket, scratch, room, &more);
    *drained = got > 0 ? (size_t) got < room && !more : true;
    if (got <= 0)
        return got;
    if (reader->large) {
        reader->largeHave += (size_t) got;
    } else {
        reader->scratch = scratch;
        reader->scratchSize = (size_t) got;
        /* What was left over goes first. */
        if (reader->keptSize)
            virFrameReaderSettle(reader);
    }
    return got;
}

void
virFrameReaderSettle(virFrameReader *reader)
{
    unsigned char *kept;

    if (!reader->keptSize) {
        free(reader->kept);
        reader->kept = NULL;
        reader->keptStart = 0;
    }
    if (reader->scratchSize) {
        kept = malloc(reader->keptSize + reader->scratchSize);
        if (!kept)
            g_error("out of memory for received bytes");
        if (reader->keptSize)
            memcpy(kept, reader->kept + reader->keptStart, reader->keptSize);
        memcpy(kept + reader->keptSize, reader->scratch, reader->scratchSize);
        free(reader->kept);
        reader->kept = kept;
        reader->keptStart = 0;
        reader->keptSize += reader->scratchSize;
    }
    reader->scratch = NULL;
    reader->scratchSize = 0;
}

bool
virFrameReaderPending(const virFrameReader *reader)
{
    return reader->keptSize > 0 || reader->scratchSize > 0 ||
           (reader->large && reader->largeHave == reader->large->size);
}

/* --- cutting ----------------------------------------------------------------------------------- */

static const unsigned char *
view(const virFrameReader *reader, size_t *size)
{
    if (reader->keptSize) {
        *size = reader->keptSize;
        return reader->kept + reader->keptStart;
    }
    *size = reader->scratchSize;
    return reader->scratch;
}

static void
consume(virFrameReader *reader, size_t size)
{
    if (reader->keptSize) {
        reader->keptStart += size;
        reader->keptSize -= size;
    } else {
        reader->scratch += size;
        reader->scratchSize -= size;
    }
}

/* The bytes of a message are there: reads its header and how many descriptors come with it. */
static virMessage *
openMessage(virFrameReader *reader, virMessage *message)
{
    uint32_t count;

    virMessageReadHeader(&message->header, message->data);
    message->payload = message->data + VIR_MESSAGE_HEADER;
    message->size -= VIR_MESSAGE_HEADER;
    if (message->header.type != VIR_MESSAGE_CALL_FILES &&
        message->header.type != VIR_MESSAGE_REPLY_FILES)
        return message;
    if (message->size < sizeof(count)) {
        virMessageFree(message);
        return fail(reader, "a message with file descriptors does not say how many");
    }
    memcpy(&count, message->payload, sizeof(count));
    count = be32toh(count);
    if (count > VIR_MESSAGE_FILES_MAX) {
        virMessageFree(message);
        return fail(reader, "a message has too many file descriptors");
    }
    message->payload += sizeof(count);
    message->size -= sizeof(count);
    if (count) {
        message->files = g_new(int, count);
        message->filesCount = count;
        memset(message->files, -1, count * sizeof(int));
        reader->awaiting = message;
        return NULL;
    }
    return message;
}

/* Each descriptor arrives with a byte of its own behind the message. */
static virMessage *
takeFiles(virFrameReader *reader, virSocket *socket)
{
    virMessage *message = reader->awaiting;
    unsigned int i;
    size_t size;

    for (i = 0; i < message->filesCount; i++) {
        if (message->files[i] >= 0)
            continue;
        view(reader, &size);
        if (!size)
            return NULL;
        message->files[i] = virSocketTakeFile(socket);
        if (message->files[i] < 0)
            return fail(reader, "a file descriptor was announced and did not come");
        consume(reader, 1);
    }
    reader->awaiting = NULL;
    return message;
}

static virMessage *
takeLarge(virFrameReader *reader)
{
    virMessage *message = reader->large;

    if (reader->largeHave < message->size)
        return NULL;
    if (reader->largeRoom < message->size)
        growLarge(reader);
    message = reader->large;
    reader->large = NULL;
    return openMessage(reader, message);
}

static void
startLarge(virFrameReader *reader, size_t size)
{
    size_t have;
    const unsigned char *bytes = view(reader, &have);

    reader->largeRoom = MIN(size, MAX(LARGE_FIRST, have));
    reader->large = newMessage(reader->largeRoom);
    reader->large->size = size;
    reader->largeHave = MIN(have, size);
    memcpy(reader->large->data, bytes, reader->largeHave);
    consume(reader, reader->largeHave);
}

virMessage *
virFrameReaderNext(virFrameReader *reader, virSocket *socket)
{
    const unsigned char *bytes;
    virMessage *message;
    size_t have, size;
    uint32_t length;

    if (reader->fault)
        return NULL;
    if (reader->awaiting)
        return takeFiles(reader, socket);
    if (!reader->large) {
        bytes = view(reader, &have);
        if (have < VIR_MESSAGE_LENGTH)
            return NULL;
        memcpy(&length, bytes, sizeof(length));
        size = be32toh(length);
        if (size > VIR_MESSAGE_MAX)
            return fail(reader, "a message is longer than the protocol allows");
        if (size < VIR_MESSAGE_LENGTH)
            return fail(reader, "a message is shorter than its length");
        size -= VIR_MESSAGE_LENGTH;
        if (have - VIR_MESSAGE_LENGTH < size && size <= LARGE)
            return NULL;
        if (size < VIR_MESSAGE_HEADER)
            return fail(reader, "a message is shorter than its header");
        consume(reader, VIR_MESSAGE_LENGTH);
        if (have - VIR_MESSAGE_LENGTH >= size) {
            message = newMessage(size);
            message->size = size;
            memcpy(message->data, bytes + VIR_MESSAGE_LENGTH, size);
            consume(reader, size);
            message = openMessage(reader, message);
        } else {
            startLarge(reader, size);
            message = NULL;
        }
    } else {
        message = takeLarge(reader);
    }
    return reader->awaiting ? takeFiles(reader, socket) : message;
}

/* --- sending ----------------------------------------------------------------------------------- */

struct virFrame {
    virFrame *next;
    unsigned char *data;
    size_t size;
    size_t sent;
    int *files;
    size_t filesCount;
    size_t filesSent;
};

static void
freeFrame(virFrame *frame)
{
    size_t i;

    for (i = frame->filesSent; i < frame->filesCount; i++)
        close(frame->files[i]);
    g_free(frame->files);
    free(frame->data);
    g_free(frame);
}

void
virFrameQueueClear(virFrameQueue *queue)
{
    while (queue->first) {
        virFrame *frame = queue->first;

        queue->first = frame->next;
        freeFrame(frame);
    }
    memset(queue, 0, sizeof(*queue));
}

static virFrameProgress
stopped(void)
{
    return errno == EAGAIN || errno == EWOULDBLOCK ? VIR_FRAME_BLOCKED : VIR_FRAME_BROKEN;
}

static virFrameProgress
sendBytes(virSocket *socket, const unsigned char *data, size_t size, size_t *sent)
{
    while (*sent < size) {
        ssize_t done = virSocketSend(socket, data + *sent, size - *sent);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return stopped();
        *sent += (size_t) done;
    }
    return VIR_FRAME_SENT;
}

static virFrameProgress
sendFiles(virSocket *socket, const int *files, size_t count, size_t *sent)
{
    while (*sent < count) {
        ssize_t done = virSocketSendFile(socket, files[*sent]);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return stopped();
        (*sent)++;
    }
    return VIR_FRAME_SENT;
}

/* Keeps what could not be sent; -1 when a descriptor cannot be duplicated. */
static int
keep(virFrameQueue *queue, virXdrWriter *writer, size_t sent, const int *files, size_t filesCount,
     size_t filesSent)
{
    virFrame *frame = g_new0(virFrame, 1);
    size_t i;

    /* Many may wait for a slow reader: each takes no more than it needs. */
    frame->data = virXdrWriterSteal(writer, &frame->size);
    frame->data = g_realloc(frame->data, frame->size);
    frame->sent = sent;
    if (filesCount > filesSent)
        frame->files = g_new(int, filesCount - filesSent);
    for (i = filesSent; i < filesCount; i++) {
        int copy = fcntl(files[i], F_DUPFD_CLOEXEC, 0);

        if (copy < 0) {
            freeFrame(frame);
            return -1;
        }
        frame->files[frame->filesCount++] = copy;
    }
    if (queue->last)
        queue->last->next = frame;
    else
        queue->first = frame;
    queue->last = frame;
    queue->bytes += frame->size - frame->sent;
    queue->count++;
    return 0;
}

virFrameProgress
virFrameQueueSend(virFrameQueue *queue, virSocket *socket, virXdrWriter *writer, const int *files,
                  size_t filesCount)
{
    virFrameProgress progress = VIR_FRAME_BLOCKED;
    size_t sent = 0, filesSent = 0;

    if (!queue->first) {
        progress = sendBytes(socket, writer->data, writer->used, &sent);
        if (progress == VIR_FRAME_SENT)
            progress = sendFiles(socket, files, filesCount, &filesSent);
    }
    if (progress == VIR_FRAME_BLOCKED &&
        keep(queue, writer, sent, files, filesCount, filesSent) < 0)
        progress = VIR_FRAME_BROKEN;
    virXdrWriterClear(writer);
    return progress;
}

virFrameProgress
virFrameQueueFlush(virFrameQueue *queue, virSocket *socket)
{
    while (queue->first) {
        virFrame *frame = queue->first;
        size_t before = frame->sent;
        virFrameProgress progress = sendBytes(socket, frame->data, frame->size, &frame->sent);

        queue->bytes -= frame->sent - before;
        if (progress == VIR_FRAME_SENT) {
            before = frame->filesSent;
            progress = sendFiles(socket, frame->files, frame->filesCount, &frame->filesSent);
            while (before < frame->filesSent)
                close(frame->files[before++]);
        }
        if (progress != VIR_FRAME_SENT)
            return progress;
        queue->first = frame->next;
        if (!queue->first)
            queue->last = NULL;
        queue->count--;
        freeFrame(frame);
    }
    return VIR_FRAME_SENT;
}
