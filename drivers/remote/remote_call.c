/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One procedure of the protocol over a connection's client. */

#include "remote_call.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "remote_private.h"
#include "remote_stream.h"
#include "rpc/trace.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/stream.h"
#include "wire/remote.h"

#define SOURCE "remote.call"
#define VERSION 1
/* How long the server may take to say good-bye, in microseconds. */
#define CLOSE_TIME (5 * G_USEC_PER_SEC)

static bool
encode(virXdrWriter *writer, const virWireProcedure *procedure, const virMessageHeader *header,
       const void *args, const remoteFiles *files)
{
    virMessageBegin(writer, header);
    if (files)
        virXdrWriteU32(writer, (uint32_t) files->inCount);
    if (!procedure->args || virWireEncode(writer, procedure->args, args)) {
        virMessageEnd(writer);
        return true;
    }
    virErrorRaise(VIR_FROM_RPC, VIR_ERR_RPC, "cannot send '%s' of %s: %s", writer->field,
                  procedure->name, virXdrFaultText(writer->fault));
    virXdrWriterClear(writer);
    return false;
}

/* Makes `ret` of the reply, which is taken. */
static int
decode(virMessage *message, const virWireProcedure *procedure, void *ret, virXdrReader *reply)
{
    if (!procedure->ret) {
        virTraceMessage(SOURCE, "received", NULL, &message->header, procedure, NULL, NULL);
        virMessageFree(message);
        return 0;
    }
    virXdrReaderInit(reply, message->payload, message->size);
    if (virWireDecode(reply, procedure->ret, ret)) {
        virTraceMessage(SOURCE, "received", NULL, &message->header, procedure, procedure->ret, ret);
        /* One block holds the message and its payload. */
        g_clear_pointer(&message->files, g_free);
        reply->owned = message;
        return 0;
    }
    virErrorRaise(VIR_FROM_RPC, VIR_ERR_RPC, "cannot read '%s' in the answer of %s: %s",
                  reply->field, procedure->name, virXdrFaultText(reply->fault));
    virXdrReaderClear(reply);
    virMessageFree(message);
    return -1;
}

/* Sends a call and waits; NULL with an error raised when it failed here or there. */
static virMessage *
converse(virClient *client, const virWireProcedure *procedure, virClientRequest *request,
         const void *args, const remoteFiles *files)
{
    virXdrWriter writer;
    virMessage *message;

    if (files) {
        request->header.type = VIR_MESSAGE_CALL_FILES;
        request->files = files->in;
        request->filesCount = files->inCount;
    }
    if (!encode(&writer, procedure, &request->header, args, files))
        return NULL;
    virTraceMessage(SOURCE, "sent", NULL, &request->header, procedure, procedure->args, args);
    message = virClientCall(client, request, &writer);
    if (message && message->header.status != VIR_MESSAGE_OK) {
        virMessageRaiseError(message);
        virTraceError(SOURCE, "received", NULL, &message->header, procedure, localGetLastError());
        virMessageFree(message);
        return NULL;
    }
    return message;
}

static virClientRequest
newRequest(virClient *client, const virWireProcedure *procedure)
{
    return (virClientRequest) {
        .header = {
            .program = procedure->program,
            .version = VERSION,
            .procedure = procedure->number,
            .type = VIR_MESSAGE_CALL,
            .serial = virClientSerial(client),
        },
    };
}

int
remoteClientCall(virClient *client, const virWireProcedure *procedure, const void *args, void *ret,
                 virXdrReader *reply)
{
    virClientRequest request = newRequest(client, procedure);
    virMessage *message = converse(client, procedure, &request, args, NULL);

    return message ? decode(message, procedure, ret, reply) : -1;
}

void
remoteClientSayGoodbye(virClient *client, const virWireProcedure *procedure)
{
    virClientRequest request = newRequest(client, procedure);

    if (!virClientAlive(client))
        return;
    request.deadline = g_get_monotonic_time() + CLOSE_TIME;
    virMessageFree(converse(client, procedure, &request, NULL, NULL));
}

int
remoteCall(virConnectPtr conn, const virWireProcedure *procedure, const void *args, void *ret,
           virXdrReader *reply)
{
    remotePrivate *private = conn->privateData;

    return remoteClientCall(private->client, procedure, args, ret, reply);
}

/* The descriptors of the reply go to the caller. */
static void
takeFiles(virMessage *message, remoteFiles *files)
{
    files->out = g_steal_pointer(&message->files);
    files->outCount = message->filesCount;
    message->filesCount = 0;
}

/* Own copies: a descriptor that is not open, or that another thread closes meanwhile, would end the
 * whole connection when it is sent. */
static bool
copyFiles(const remoteFiles *files, int *copies)
{
    for (size_t i = 0; i < files->inCount; i++) {
        copies[i] = fcntl(files->in[i], F_DUPFD_CLOEXEC, 3);
        if (copies[i] < 0) {
            virErrorRaiseSystem(VIR_FROM_REMOTE, errno, "cannot pass on the file descriptor %d",
                                files->in[i]);
            while (i > 0)
                close(copies[--i]);
            return false;
        }
    }
    return true;
}

int
remoteCallFds(virConnectPtr conn, const virWireProcedure *procedure, const void *args, void *ret,
              virXdrReader *reply, remoteFiles *files)
{
    remotePrivate *private = conn->privateData;
    virClientRequest request = newRequest(private->client, procedure);
    int copies[VIR_MESSAGE_FILES_MAX];
    remoteFiles sent = { .in = copies, .inCount = files->inCount };
    virMessage *message;

    if (!virClientLocal(private->client)) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_NO_SUPPORT,
                      "%s: file descriptors pass through unix sockets only", procedure->name);
        return -1;
    }
    if (files->inCount > VIR_MESSAGE_FILES_MAX) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_INVALID_ARG,
                      "%s: %zu file descriptors, but a call takes %d at most", procedure->name,
                      files->inCount, VIR_MESSAGE_FILES_MAX);
        return -1;
    }
    if (!copyFiles(files, copies))
        return -1;
    message = converse(private->client, procedure, &request, args,
                       procedure->filesIn ? &sent : NULL);
    for (size_t i = 0; i < sent.inCount; i++)
        close(copies[i]);
    if (!message)
        return -1;
    takeFiles(message, files);
    return decode(message, procedure, ret, reply);
}

int
remoteCallStream(virConnectPtr conn, const virWireProcedure *procedure, const void *args, void *ret,
                 virXdrReader *reply, virStreamPtr stream)
{
    remotePrivate *private = conn->privateData;
    virClientRequest request = newRequest(private->client, procedure);
    virClientStream *data;
    virMessage *message;

    if (stream->driver) {
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INVALID_ARG,
                      "the stream is in use already; take a new one");
        return -1;
    }
    data = virClientStreamNew(private->client, &request.header);
    message = converse(private->client, procedure, &request, args, NULL);
    if (!message || decode(message, procedure, ret, reply) < 0) {
        virClientStreamFree(data);
        return -1;
    }
    remoteStreamOpen(stream, data);
    return 0;
}

bool
remoteHasFeature(virConnectPtr conn, int feature)
{
    remotePrivate *private = conn->privateData;
    virWireConnectSupportsFeatureArgs args = { .feature = feature };
    virWireConnectSupportsFeatureRet ret;
    virXdrReader reply = { 0 };
    signed char known;

    if (feature < 0 || feature >= REMOTE_FEATURES)
        return false;
    known = __atomic_load_n(&private->features[feature], __ATOMIC_RELAXED);
    if (!known) {
        if (remoteCall(conn, virWireProcConnectSupportsFeature, &args, &ret, &reply) < 0) {
            virErrorReset();
            return false;
        }
        known = ret.supported ? 1 : -1;
        virXdrReaderClear(&reply);
        __atomic_store_n(&private->features[feature], known, __ATOMIC_RELAXED);
    }
    return known > 0;
}
