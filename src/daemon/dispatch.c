/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of clients: finds the procedure, decides where it runs, and answers. */

#include <stdalign.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "daemon/access.h"
#include "daemon/call.h"
#include "daemon/client.h"
#include "daemon/memory.h"
#include "daemon/pool.h"
#include "daemon/server.h"
#include "daemon/stream.h"
#include "rpc/trace.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"

#define SOURCE "daemon.dispatch"
/* A quick procedure that held up a thread runs on workers for so long, in microseconds. */
#define SLOW_TIME (60 * G_USEC_PER_SEC)

/* A call that waits for a worker, or runs on one. */
typedef struct {
    virPoolJob job;
    virServeClient *client;
    virMessage *message;
    const virServeProcedure *procedure;
} Request;

/* --- procedures that are slower than they should be ---------------------------------------------- */

static GMutex slowLock;
static GHashTable *slow;        /* procedure -> when it may be quick again; guarded by slowLock */
static int slowCount;           /* of them; read without the lock */

void
virServeMarkSlow(const virServeProcedure *procedure)
{
    gint64 *until = g_new(gint64, 1);

    *until = g_get_monotonic_time() + SLOW_TIME;
    VIR_LOG(VIR_LOG_WARNING, SOURCE, "%s held up a thread of the loop: it runs on workers now",
            procedure->wire->name);
    g_mutex_lock(&slowLock);
    if (!slow)
        slow = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_hash_table_insert(slow, (gpointer) procedure, until);
    __atomic_store_n(&slowCount, (int) g_hash_table_size(slow), __ATOMIC_RELAXED);
    g_mutex_unlock(&slowLock);
}

static bool
isQuick(const virServeProcedure *procedure)
{
    const gint64 *until;

    if (procedure->blocks != VIR_SERVE_QUICK)
        return false;
    if (G_LIKELY(!__atomic_load_n(&slowCount, __ATOMIC_RELAXED)))
        return true;
    g_mutex_lock(&slowLock);
    until = g_hash_table_lookup(slow, procedure);
    if (until && *until <= g_get_monotonic_time()) {
        g_hash_table_remove(slow, procedure);
        __atomic_store_n(&slowCount, (int) g_hash_table_size(slow), __ATOMIC_RELAXED);
        until = NULL;
    }
    g_mutex_unlock(&slowLock);
    return until == NULL;
}

/* --- logs --------------------------------------------------------------------------------------- */

/* What a message is about, NULL for what the protocol does not know. */
static const virWireProcedure *
procedureOf(virServeClient *client, const virMessageHeader *header)
{
    const virServeProgram *program = virServerProgram(client->server, header->program,
                                                      header->version);

    return program ? virWireFind(program->wire, header->procedure) : NULL;
}

static void
logMessage(const virServeClient *client, const char *way, const virMessageHeader *header,
           const virWireProcedure *procedure, const virWireType *type, const void *value)
{
    if (G_LIKELY(!virLogWants(VIR_LOG_DEBUG)))
        return;
    virTraceMessage(SOURCE, way, VIR_CLIENT_NAME(client), header, procedure, type, value);
}

static void
logError(virServeClient *client, const virMessageHeader *header, const virError *error)
{
    const virWireProcedure *procedure;

    if (G_LIKELY(!virLogWants(VIR_LOG_DEBUG)))
        return;
    procedure = procedureOf(client, header);
    if (procedure)
        virTraceError(SOURCE, "sent", VIR_CLIENT_NAME(client), header, procedure, error);
}

/* --- answers ------------------------------------------------------------------------------------ */

static virMessageHeader
beginReply(virXdrWriter *writer, const virMessage *message, virMessageType type,
           virMessageStatus status)
{
    virMessageHeader header = message->header;

    header.type = type;
    header.status = status;
    virMessageBegin(writer, &header);
    return header;
}

static void
replyError(virServeClient *client, const virMessage *message, const virError *error)
{
    virXdrWriter writer;
    virMessageHeader header = beginReply(&writer, message, VIR_MESSAGE_REPLY, VIR_MESSAGE_ERROR);

    logError(client, &header, error);
    virMessageWriteError(&writer, error);
    virMessageEnd(&writer);
    virServeClientSend(client, &writer, NULL, 0);
}

/* The thread's last error is the answer. */
static void
replyRaised(virServeClient *client, const virMessage *message)
{
    if (!localGetLastError())
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR,
                      "the call failed without saying why");
    replyError(client, message, localGetLastError());
    virErrorReset();
}

/* The message itself was wrong: such errors are told as they are, without a prefix. */
static void G_GNUC_PRINTF(3, 4)
replyWrong(virServeClient *client, const virMessage *message, const char *format, ...)
{
    g_autofree char *text = NULL;
    virError error = {
        .code = VIR_ERR_RPC,
        .domain = VIR_FROM_RPC,
        .level = VIR_ERR_ERROR,
        .str1 = (char *) "%s",
        .int1 = -1,
        .int2 = -1,
    };
    va_list arguments;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    error.message = error.str2 = text;
    VIR_LOG(VIR_LOG_INFO, SOURCE, "%s: %s", VIR_CLIENT_NAME(client), text);
    replyError(client, message, &error);
}

/*
 * Before the answer of a worker is sent nothing holds the connection for this call any more: a client that closes it
 * next finds that what it opened is gone. A thread that reads comes to that message only after this call.
 */
static void
settle(virServeCall *call, const virServeProcedure *procedure)
{
    if (procedure->blocks != VIR_SERVE_QUICK)
        virServeCallRelease(call);
}

static void
replyResult(virServeCall *call, const virMessage *message, const virServeProcedure *procedure,
            const void *ret)
{
    virXdrWriter writer;
    bool files = call->filesOutCount > 0;
    virMessageHeader header;

    header = beginReply(&writer, message, files ? VIR_MESSAGE_REPLY_FILES : VIR_MESSAGE_REPLY,
                        VIR_MESSAGE_OK);
    if (files)
        virXdrWriteU32(&writer, (uint32_t) call->filesOutCount);
    if (procedure->wire->ret && !virWireEncode(&writer, procedure->wire->ret, ret)) {
        g_autofree char *field = g_strdup(writer.field);
        virXdrFault fault = writer.fault;

        virXdrWriterClear(&writer);
        replyWrong(call->client, message, "Unable to encode message payload: %s of %s: %s", field,
                   procedure->wire->name, virXdrFaultText(fault));
        return;
    }
    logMessage(call->client, "sent", &header, procedure->wire, procedure->wire->ret, ret);
    virMessageEnd(&writer);
    settle(call, procedure);
    virServeClientSend(call->client, &writer, call->filesOut, call->filesOutCount);
}

/* --- running ------------------------------------------------------------------------------------ */

/* Runs the procedure, and answers. */
static void
serve(virServeCall *call, const virMessage *message, const virServeProcedure *procedure,
      const void *args)
{
    alignas(max_align_t) unsigned char ret[VIR_WIRE_STRUCT_MAX];
    virServeStream *stream = NULL;

    if (procedure->wire->stream != VIR_WIRE_STREAM_NONE) {
        call->stream = virStreamNew(call->conn, VIR_STREAM_NONBLOCK);
        if (!call->stream) {
            replyRaised(call->client, message);
            return;
        }
    }
    if (procedure->wire->ret)
        memset(ret, 0, procedure->wire->ret->size);
    if (procedure->serve(call, args, ret) < 0) {
        settle(call, procedure);
        replyRaised(call->client, message);
    } else {
        if (call->stream)
            stream = virServeStreamNew(call, message, procedure->wire->stream);
        replyResult(call, message, procedure, ret);
        if (stream)
            virServeStreamStart(stream);
    }
    if (call->stream)
        virStreamFree(call->stream);
}

/* Decodes the call and runs it, on whatever thread. */
static void
execute(virServeClient *client, virMessage *message, const virServeProcedure *procedure)
{
    alignas(max_align_t) unsigned char args[VIR_WIRE_STRUCT_MAX];
    virServeCall call = {
        .client = client,
        .filesIn = message->files,
        .filesInCount = message->filesCount,
    };
    virXdrReader reader;
    bool last = false;

    virXdrReaderInit(&reader, message->payload, message->size);
    if (procedure->wire->args && !virWireDecode(&reader, procedure->wire->args, args)) {
        replyWrong(client, message, "Unable to decode message payload");
        virXdrReaderClear(&reader);
        return;
    }
    logMessage(client, "received", &message->header, procedure->wire, procedure->wire->args, args);
    g_mutex_lock(&client->lock);
    call.conn = client->conn;
    call.admin = client->admin;
    if (call.conn)
        virHandleRef(&call.conn->handle);
    if (call.admin)
        virHandleRef(&call.admin->handle);
    g_mutex_unlock(&client->lock);
    if (!call.conn && !call.admin && !procedure->early) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "hypervisor connection not open");
        replyRaised(client, message);
    } else {
        serve(&call, message, procedure, args);
        last = call.last;
    }
    virServeCallClear(&call);
    virXdrReaderClear(&reader);
    virMemoryCallDone();
    if (last)
        virServeClientCloseLater(client);
}

static void
runOnWorker(virPoolJob *job)
{
    Request *request = (Request *) (void *) job;

    execute(request->client, request->message, request->procedure);
    virMessageFree(request->message);
    virServeClientEnd(request->client, 0);
    virServeClientUnref(request->client);
    g_free(request);
}

/* Whether the answer may be long, and so the call that makes it. */
static bool
answersList(const virWireProcedure *procedure)
{
    const virWireType *type = procedure->ret;

    for (unsigned int i = 0; type && i < type->count; i++) {
        if (type->fields[i].form == VIR_WIRE_LIST && type->fields[i].kind != VIR_WIRE_OPAQUE)
            return true;
    }
    return false;
}

/* Runs a quick call here; false when another thread reads the client by now. */
static bool
runHere(virServeClient *client, virMessage *message, const virServeProcedure *procedure)
{
    virLoop *loop = virServerLoop(client->server);
    uint64_t job;

    /* Another thread may go on with what is left in the reader. */
    virFrameReaderSettle(&client->reader);
    if (virServeClientBegin(client, procedure, &job)) {
        if (answersList(procedure->wire))
            virLoopDelegate(loop);
        virLoopBegin(loop, &client->source, job);
        execute(client, message, procedure);
        virLoopEnd(loop);
    }
    virMessageFree(message);
    return virServeClientEnd(client, job);
}

static void
runLater(virServeClient *client, virMessage *message, const virServeProcedure *procedure)
{
    Request *request = g_new0(Request, 1);

    request->job.run = runOnWorker;
    request->client = client;
    request->message = message;
    request->procedure = procedure;
    virServeClientRef(client);
    virServeClientBegin(client, procedure, NULL);
    virPoolPush(virServerPool(client->server), &request->job, procedure->wire->high);
}

/* --- messages ----------------------------------------------------------------------------------- */

/* The procedure that a call asks for; NULL when the answer was sent already. */
static const virServeProcedure *
findProcedure(virServeClient *client, const virMessage *message)
{
    const virMessageHeader *header = &message->header;
    const virServeProgram *program = virServerProgram(client->server, header->program,
                                                      header->version);
    const virWireProcedure *wire;
    const virServeProcedure *procedure;

    if (!program) {
        replyWrong(client, message, "Cannot find program %u version %u", header->program,
                   header->version);
        return NULL;
    }
    if (header->status != VIR_MESSAGE_OK) {
        replyWrong(client, message, "Unexpected message status %u", header->status);
        return NULL;
    }
    wire = virWireFind(program->wire, header->procedure);
    procedure = wire ? &program->procedures[wire - program->wire->procedures] : NULL;
    if (!procedure || wire->direction != VIR_WIRE_CALL) {
        replyWrong(client, message, "unknown procedure: %d", header->procedure);
        return NULL;
    }
    if (!procedure->serve) {
        /* A step of the migration of domains that no driver takes here. */
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_NO_SUPPORT, "vir%s", wire->name);
        replyRaised(client, message);
        return NULL;
    }
    if (!client->authenticated && !procedure->anonymous) {
        replyWrong(client, message, "authentication required");
        return NULL;
    }
    return procedure;
}

static bool
dispatchCall(virServeClient *client, virMessage *message)
{
    const virServeProcedure *procedure = findProcedure(client, message);

    if (!procedure) {
        virMessageFree(message);
        return true;
    }
    /* What is quick may have to wait for whoever decides whether the client may. */
    if (isQuick(procedure) && !virDaemonAccessAsks())
        return runHere(client, message, procedure);
    runLater(client, message, procedure);
    return true;
}

static void
dispatchKeepalive(virServeClient *client, const virMessage *message)
{
    virXdrWriter writer;

    if (message->header.procedure == VIR_KEEPALIVE_PING) {
        virKeepaliveWrite(&writer, VIR_KEEPALIVE_PONG);
        virServeClientSend(client, &writer, NULL, 0);
    }
}

bool
virServeDispatch(virServeClient *client, virMessage *message)
{
    switch (message->header.type) {
    case VIR_MESSAGE_CALL:
    case VIR_MESSAGE_CALL_FILES:
        return dispatchCall(client, message);
    case VIR_MESSAGE_STREAM:
    case VIR_MESSAGE_STREAM_HOLE:
        virServeStreamTake(client, message);
        return true;
    case VIR_MESSAGE_EVENT:
        if (message->header.program == VIR_KEEPALIVE_PROGRAM)
            dispatchKeepalive(client, message);
        break;
    default:
        VIR_LOG(VIR_LOG_DEBUG, SOURCE, "%s: message of type %u passed over",
                VIR_CLIENT_NAME(client), message->header.type);
    }
    virMessageFree(message);
    return true;
}

bool
virServeEncode(virServeClient *client, const virWireProcedure *procedure, const void *message,
               virXdrWriter *writer)
{
    virMessageHeader header = {
        .program = procedure->program,
        .version = 1,
        .procedure = procedure->number,
        .type = VIR_MESSAGE_EVENT,
        .serial = 1,
    };

    virMessageBegin(writer, &header);
    if (procedure->args && !virWireEncode(writer, procedure->args, message)) {
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "an event %s does not fit: %s: %s", procedure->name,
                writer->field, virXdrFaultText(writer->fault));
        virXdrWriterClear(writer);
        return false;
    }
    logMessage(client, "sent", &header, procedure, procedure->args, message);
    virMessageEnd(writer);
    return true;
}

void
virServeSend(virServeClient *client, const virWireProcedure *procedure, const void *message)
{
    virXdrWriter writer;

    if (virServeEncode(client, procedure, message, &writer))
        virServeClientSend(client, &writer, NULL, 0);
}
