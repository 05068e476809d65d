/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: the remote driver against a server that answers anything, right or wrong. Every public
 * function is called as the contract tests do. libFuzzer, or files as arguments. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/virterror.h>

#include "contract/contract.h"
#include "fuzz/input.h"
#include "rpc/message.h"
#include "runtime/connect.h"
#include "runtime/handle.h"
#include "wire/lxc.h"
#include "wire/net.h"
#include "wire/qemu.h"
#include "wire/remote.h"

#define FUNCTIONS 6

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
const char *__asan_default_options(void);

/*
 * The lowest layer is in the target and in the library, each with its own variables. What a function
 * returns is dropped, as in the contract tests, where it always fails.
 */
const char *
__asan_default_options(void)
{
    return "detect_odr_violation=0:detect_leaks=0";
}

static const virWireProgram *const programs[] = {
    &virWireProgramRemote, &virWireProgramQemu, &virWireProgramLxc,
};

static const char *folder;
static char *uri;
static int listener;

/* --- the server ------------------------------------------------------------------------------------ */

static bool
receiveAll(int fd, void *data, size_t size)
{
    size_t have = 0;

    while (have < size) {
        ssize_t got = recv(fd, (char *) data + have, size - have, 0);

        if (got <= 0)
            return false;
        have += (size_t) got;
    }
    return true;
}

static void
transmit(int fd, virXdrWriter *writer)
{
    size_t size;
    unsigned char *data;

    if (writer->fault) {
        virXdrWriterClear(writer);
        return;
    }
    data = virXdrWriterSteal(writer, &size);
    if (send(fd, data, size, MSG_NOSIGNAL) < 0)
        g_debug("the client is gone");
    free(data);
}

static const virWireProcedure *
findProcedure(const virMessageHeader *header)
{
    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        if (programs[i]->number == header->program)
            return virWireFind(programs[i], header->procedure);
    }
    return NULL;
}

/* Messages that nobody asked for: events, pieces of streams, answers to nothing. */
static void
interrupt(int fd, FuzzInput *input)
{
    const virWireProgram *program = programs[fuzzNext(input, G_N_ELEMENTS(programs))];
    const virWireProcedure *procedure =
        &program->procedures[fuzzNext(input, 512) % program->count];
    virMessageHeader header = {
        .program = program->number, .version = 1, .procedure = procedure->number,
        .type = fuzzNext(input, 2) ? VIR_MESSAGE_EVENT : fuzzNext(input, 8),
        .serial = fuzzNext(input, 8), .status = fuzzNext(input, 4) ? 0 : fuzzNext(input, 4),
    };
    virXdrWriter writer;

    virMessageBegin(&writer, &header);
    if (procedure->args && fuzzNext(input, 8))
        fuzzWrite(&writer, input, procedure->args);
    else
        fuzzWriteBytes(&writer, input, 32);
    virMessageEnd(&writer);
    transmit(fd, &writer);
}

/* What opens a connection is answered rightly, so that something comes behind it. */
static bool
answerOpening(virXdrWriter *writer, const virWireProcedure *procedure)
{
    if (procedure == virWireProcAuthList) {
        virXdrWriteU32(writer, 1);
        virXdrWriteU32(writer, 0);
        return true;
    }
    if (procedure == virWireProcConnectSupportsFeature) {
        virXdrWriteU32(writer, 1);
        return true;
    }
    return procedure == virWireProcConnectOpen || procedure == virWireProcConnectClose;
}

static void
answer(int fd, const virMessageHeader *asked, FuzzInput *input)
{
    const virWireProcedure *procedure = findProcedure(asked);
    unsigned int way = fuzzNext(input, 15);
    virMessageHeader header = *asked;
    virXdrWriter writer;

    header.type = VIR_MESSAGE_REPLY;
    header.status = VIR_MESSAGE_OK;
    if (way == 14)
        header.status = VIR_MESSAGE_ERROR;
    virMessageBegin(&writer, &header);
    if (!procedure || way == 13)
        fuzzWriteBytes(&writer, input, 48);
    else if (answerOpening(&writer, procedure))
        ((unsigned char *) writer.data)[27] = VIR_MESSAGE_OK;
    else if (header.status == VIR_MESSAGE_ERROR)
        fuzzWrite(&writer, input, &virWireTypeNetError);
    else if (procedure->ret)
        fuzzWrite(&writer, input, procedure->ret);
    if (fuzzNext(input, 32) == 31)
        fuzzWriteBytes(&writer, input, 16);
    if (writer.fault) {
        /* Longer than the protocol lets anything be: an empty answer, for the client waits. */
        virXdrWriterClear(&writer);
        virMessageBegin(&writer, &header);
    }
    virMessageEnd(&writer);
    transmit(fd, &writer);
}

/* A byte behind the message for each file that came along. */
static bool
skipFiles(int fd, const unsigned char *payload)
{
    uint32_t files = GUINT32_FROM_BE(*(const uint32_t *) (const void *) payload);
    char byte;

    while (files--) {
        if (!receiveAll(fd, &byte, 1))
            return false;
    }
    return true;
}

/* The end of a stream is confirmed, else the client would wait for it. */
static void
endStream(int fd, const virMessageHeader *asked)
{
    virMessageHeader header = *asked;
    virXdrWriter writer;

    header.status = VIR_MESSAGE_OK;
    virMessageBegin(&writer, &header);
    virMessageEnd(&writer);
    transmit(fd, &writer);
}

static gpointer
serve(gpointer data)
{
    FuzzInput *input = data;
    unsigned char prefix[VIR_MESSAGE_LENGTH];
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    const struct timeval silence = { .tv_usec = 300 * 1000 };

    /* Who waits for data of a stream that this server does not send is sent away. */
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof(silence));
    while (receiveAll(fd, prefix, sizeof(prefix))) {
        size_t length = GUINT32_FROM_BE(*(uint32_t *) (void *) prefix);
        g_autofree unsigned char *message = NULL;
        virMessageHeader header;

        if (length < VIR_MESSAGE_LENGTH + VIR_MESSAGE_HEADER || length > VIR_MESSAGE_MAX)
            g_error("the client sends a message of %zu bytes", length);
        message = g_malloc(length);
        if (!receiveAll(fd, message, length - VIR_MESSAGE_LENGTH))
            break;
        virMessageReadHeader(&header, message);
        if (header.type == VIR_MESSAGE_STREAM && header.status != VIR_MESSAGE_CONTINUE)
            endStream(fd, &header);
        if (header.type == VIR_MESSAGE_CALL_FILES && !skipFiles(fd, message + VIR_MESSAGE_HEADER))
            break;
        if (header.type != VIR_MESSAGE_CALL && header.type != VIR_MESSAGE_CALL_FILES)
            continue;
        /* Behind the last byte every answer is an end. */
        if (!input->left)
            break;
        while (fuzzNext(input, 8) == 7)
            interrupt(fd, input);
        answer(fd, &header, input);
    }
    close(fd);
    return NULL;
}

/* --- what the calls stand on ------------------------------------------------------------------------ */

void *
contractScratch(Contract *f, int number)
{
    return f->scratch[number];
}

void *
contractCount(Contract *f, int number, int value)
{
    int *place = contractScratch(f, number);

    *place = value;
    return place;
}

static long
answerNothing(void)
{
    return 0;
}

void (*const contractCallback)(void) = (void (*)(void)) answerNothing;

bool
contractTakeString(char *text)
{
    free(text);
    return text != NULL;
}

static void
clean(Contract *f)
{
    memset(f->scratch, 0, sizeof(f->scratch));
    virResetLastError();
}

void
contractFails(Contract *f, const char *what G_GNUC_UNUSED, bool failed G_GNUC_UNUSED,
              virConnectPtr conn G_GNUC_UNUSED, int domain G_GNUC_UNUSED, int code G_GNUC_UNUSED)
{
    clean(f);
}

void
contractHonest(Contract *f, const char *what G_GNUC_UNUSED, bool failed G_GNUC_UNUSED,
               virConnectPtr conn G_GNUC_UNUSED)
{
    clean(f);
}

void
contractSilent(Contract *f, const char *what G_GNUC_UNUSED, bool failed G_GNUC_UNUSED)
{
    clean(f);
}

void
contractRefuses(Contract *f, const char *what G_GNUC_UNUSED, bool failed G_GNUC_UNUSED,
                int domain G_GNUC_UNUSED, int code G_GNUC_UNUSED)
{
    clean(f);
}

void
contractCalled(Contract *f, const char *what G_GNUC_UNUSED, bool failed G_GNUC_UNUSED)
{
    clean(f);
}

const struct virDriver *
contractDriver(const char *scheme G_GNUC_UNUSED)
{
    return NULL;
}

/* --- one run ---------------------------------------------------------------------------------------- */

static void
quiet(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

static void
start(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    g_autofree char *here = g_get_current_dir();
    g_autofree char *modules = g_build_filename(here, ".libs", NULL);

    g_setenv("LIBVIRT_DRIVER_DIR", modules, /* overwrite= */ false);
    folder = fuzzFolder();
    g_snprintf(address.sun_path, sizeof(address.sun_path), "%s/sock", folder);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *) &address, sizeof(address)) < 0 ||
        listen(listener, 1) < 0)
        g_error("cannot listen: %s", g_strerror(errno));
    uri = g_strdup_printf("test+unix:///default?socket=%s", address.sun_path);
    virInitialize();
    virSetErrorFunc(NULL, quiet);
}

/* Functions that do not concern one connection, or run a whole event loop. */
static bool
isSkipped(const char *name)
{
    return g_str_has_prefix(name, "virEvent") || g_str_has_prefix(name, "virAdm") ||
           g_str_has_prefix(name, "virConnectOpen") || g_str_has_prefix(name, "virInitialize") ||
           g_str_has_prefix(name, "virSetError") || g_str_has_prefix(name, "virDomainMigrate") ||
           g_str_has_prefix(name, "virDomainLxcEnter") || strstr(name, "Free") || strstr(name, "Close") ||
           strstr(name, "Ref");
}

static void
callSome(virConnectPtr conn, FuzzInput *input)
{
    g_autofree Contract *f = g_new0(Contract, 1);
    virTypedParameter param = { .field = "cpu_shares", .type = VIR_TYPED_PARAM_INT };
    int tables = 0, i, j, count;

    f->fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    f->params = &param;
    f->rw.conn = f->ro.conn = f->foreign.conn = f->freed.conn = conn;
    f->rw.admConn = virHandleNew(&virAdmConnectClass);
    f->rw.stream = virStreamNew(conn, 0);
    contractMakeHandles(&f->rw);
    f->ro = f->foreign = f->freed = f->rw;
    while (contractTables[tables])
        tables++;
    for (i = 0; i < FUNCTIONS && input->left; i++) {
        const ContractFunction *table = contractTables[fuzzNext(input, (unsigned int) tables)];

        for (count = 0; table[count].name; count++)
            continue;
        j = (int) fuzzNext(input, 512) % MAX(count, 1);
        if (count && !isSkipped(table[j].name))
            table[j].run(f);
    }
    close(f->fd);
    contractFreeHandles(&f->rw);
    virStreamFree(f->rw.stream);
    virHandleUnref(&f->rw.admConn->handle);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    size_t half = MIN(size / 4, 32);
    FuzzInput calls = { .bytes = bytes, .left = half };
    FuzzInput answers = { .bytes = bytes + half, .left = size - half };
    GThread *server;
    virConnectPtr conn;

    if (!folder)
        start();
    if (answers.left < 4)
        return 0;
    server = g_thread_new("server", serve, &answers);
    conn = virConnectOpen(uri);
    if (conn) {
        callSome(conn, &calls);
        /* Objects that the calls returned and nobody has hold references: they are given back for them. */
        while (virConnectClose(conn) > 0)
            continue;
    }
    g_thread_join(server);
    return 0;
}

/* Weak: libFuzzer brings a main() of its own. */
__attribute__((weak)) int
main(int argc, char **argv)
{
    g_print("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL;
        gsize length;

        if (!g_file_get_contents(argv[i], &text, &length, &error))
            g_error("%s", error->message);
        LLVMFuzzerTestOneInput((const uint8_t *) text, length);
        g_print("ok %d - %s\n", i, argv[i]);
    }
    return 0;
}
