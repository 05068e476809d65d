/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: any conversation of a client with the daemon; every answer must be well formed.
 * libFuzzer, or files as arguments. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <poll.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "daemon/daemon.h"
#include "fuzz/input.h"
#include "rpc/message.h"
#include "runtime/driver.h"
#include "wire/lxc.h"
#include "wire/net.h"
#include "wire/qemu.h"
#include "wire/remote.h"

#define MESSAGES 12
#define PATIENCE 20000      /* milliseconds without an answer after which the daemon is stuck */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
const char *__asan_default_options(void);

/* The lowest layer is in the daemon and in the library, each with its own variables. */
const char *
__asan_default_options(void)
{
    return "detect_odr_violation=0";
}

static const virWireProgram *const programs[] = {
    &virWireProgramRemote, &virWireProgramQemu, &virWireProgramLxc,
};

/* They write files whose names the client chooses. */
static const char *const excluded[] = {
    "DomainSave", "DomainSaveFlags", "DomainSaveParams", "DomainCoreDump", "DomainCoreDumpWithFormat",
    "DomainSaveImageDefineXML", "DomainBlockCopy", "DomainBlockRebase",
};

static const char *folder;

static gpointer
runDaemon(gpointer daemon)
{
    virDaemonRun(daemon);
    return NULL;
}

static void
quiet(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

/* One daemon for all runs: the state of test:///default ends with the connection of each. */
static void
start(void)
{
    g_autofree char *here = g_get_current_dir();
    g_autofree char *modules = g_build_filename(here, ".libs", NULL);
    g_autofree char *text = NULL;
    /* The daemon keeps looking at them. */
    static virDaemonOptions options;
    static virDaemonPaths paths = { .system = true };
    static char *config;
    virDaemon *daemon;

    g_setenv("LIBVIRT_DRIVER_DIR", modules, /* overwrite= */ false);
    folder = fuzzFolder();
    config = g_build_filename(folder, "libvirtd.conf", NULL);
    text = g_strdup_printf("unix_sock_dir = \"%s\"\nlog_level = 4\nmax_client_requests = 20\n",
                           folder);
    if (!g_file_set_contents(config, text, -1, NULL))
        g_error("cannot write %s", config);
    options.config = config;
    paths.config = config;
    paths.socketFolder = (char *) folder;
    virInitialize();
    virSetErrorFunc(NULL, quiet);
    virDriverServeHere();
    daemon = virDaemonNew(&options, &paths);
    if (!daemon)
        g_error("%s", virGetLastErrorMessage());
    g_thread_unref(g_thread_new("daemon", runDaemon, daemon));
}

static int
dial(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_snprintf(address.sun_path, sizeof(address.sun_path), "%s/libvirt-sock", folder);
    if (fd < 0 || connect(fd, (struct sockaddr *) &address, sizeof(address)) < 0)
        g_error("cannot connect: %s", g_strerror(errno));
    return fd;
}

static void
transmit(int fd, virXdrWriter *writer)
{
    size_t size, sent = 0;
    unsigned char *data;

    if (writer->fault) {
        virXdrWriterClear(writer);
        return;
    }
    data = virXdrWriterSteal(writer, &size);
    while (sent < size) {
        ssize_t got = send(fd, data + sent, size - sent, MSG_NOSIGNAL);

        if (got <= 0)
            break;          /* the daemon has had enough of it */
        sent += (size_t) got;
    }
    free(data);
}

static void
call(int fd, const virWireProcedure *procedure, uint32_t serial, FuzzInput *input)
{
    virMessageHeader header = {
        .program = procedure->program, .version = 1, .procedure = procedure->number,
        .serial = serial,
    };
    virXdrWriter writer;

    /* Most headers are right. */
    if (input && fuzzNext(input, 16) == 15) {
        header.type = fuzzNext(input, 8);
        header.status = fuzzNext(input, 4);
        header.version = fuzzNext(input, 3);
    }
    virMessageBegin(&writer, &header);
    if (header.type == VIR_MESSAGE_CALL_FILES)
        virXdrWriteU32(&writer, 0);
    if (input && procedure->args) {
        if (fuzzNext(input, 16) == 15)
            fuzzWriteBytes(&writer, input, 64);
        else
            fuzzWrite(&writer, input, procedure->args);
    }
    virMessageEnd(&writer);
    transmit(fd, &writer);
}

static void
openConnection(int fd)
{
    virMessageHeader header = {
        .program = virWireProgramRemote.number, .version = 1,
        .procedure = virWireProcConnectOpen->number,
    };
    virWireConnectOpenArgs args = { .name = "test:///default" };
    virXdrWriter writer;

    virMessageBegin(&writer, &header);
    virWireEncode(&writer, virWireProcConnectOpen->args, &args);
    virMessageEnd(&writer);
    transmit(fd, &writer);
}

static const virWireProcedure *
choose(FuzzInput *input)
{
    const virWireProgram *program = programs[fuzzNext(input, 8) == 7 ? fuzzNext(input, 3) : 0];
    const virWireProcedure *procedure =
        &program->procedures[fuzzNext(input, (unsigned int) MAX(program->count, 257)) % program->count];

    for (size_t i = 0; i < G_N_ELEMENTS(excluded); i++) {
        if (g_str_equal(procedure->name, excluded[i]))
            return virWireProcConnectGetLibVersion;
    }
    return procedure == virWireProcConnectOpen || procedure == virWireProcConnectClose
        ? virWireProcConnectGetHostname : procedure;
}

/* What the daemon sends must be what the protocol says of that procedure, to the last byte. */
static void
judge(unsigned char *data, size_t size)
{
    alignas(max_align_t) unsigned char value[VIR_WIRE_STRUCT_MAX];
    const virWireProcedure *procedure = NULL;
    const virWireType *type;
    virMessageHeader header;
    virXdrReader reader;
    uint32_t files;

    virMessageReadHeader(&header, data);
    for (size_t i = 0; i < G_N_ELEMENTS(programs) && !procedure; i++) {
        if (programs[i]->number == header.program)
            procedure = virWireFind(programs[i], header.procedure);
    }
    if (header.type == VIR_MESSAGE_STREAM || header.type == VIR_MESSAGE_STREAM_HOLE ||
        (!procedure && header.status == VIR_MESSAGE_OK))
        return;             /* keepalive */
    type = header.status == VIR_MESSAGE_ERROR ? &virWireTypeNetError
           : header.type == VIR_MESSAGE_EVENT ? procedure->args : procedure->ret;
    virXdrReaderInit(&reader, data + VIR_MESSAGE_HEADER, size - VIR_MESSAGE_HEADER);
    if (header.type == VIR_MESSAGE_REPLY_FILES)
        virXdrReadU32(&reader, &files);
    if (type && !virWireDecode(&reader, type, value))
        g_error("an answer of %s cannot be decoded: %s", procedure ? procedure->name : "?",
                reader.field);
    if (reader.next != reader.end)
        g_error("an answer of %s has %zu bytes too many", procedure ? procedure->name : "?",
                (size_t) (reader.end - reader.next));
    if (header.status == VIR_MESSAGE_ERROR) {
        const virWireNetError *error = (const virWireNetError *) (void *) value;

        /* The whole text or its beginning: some quote what the client sent, which may be anything. */
        if (!error->code || !error->message ||
            g_str_has_prefix(error->message, "Unable to encode") ||
            g_str_equal(error->message, "internal error: the call failed without saying why"))
            g_error("%s gives the error %d: %s", procedure ? procedure->name : "?", error->code,
                    error->message ? error->message : "no text");
    }
    virXdrReaderClear(&reader);
}

static bool
receiveAll(int fd, void *data, size_t size)
{
    size_t have = 0;

    while (have < size) {
        struct pollfd wait = { .fd = fd, .events = POLLIN };
        ssize_t got;

        if (poll(&wait, 1, PATIENCE) == 0)
            g_error("the daemon does not answer");
        got = recv(fd, (char *) data + have, size - have, 0);
        if (got <= 0)
            return false;
        have += (size_t) got;
    }
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    FuzzInput input = { .bytes = bytes, .left = size };
    unsigned char prefix[VIR_MESSAGE_LENGTH];
    uint32_t serial = 1;
    int fd;

    if (!folder)
        start();
    fd = dial();
    if (fuzzNext(&input, 16))
        openConnection(fd);
    while (input.left && serial < MESSAGES)
        call(fd, choose(&input), serial++, &input);
    /* A wrong message may have ended the connection; else this does, behind all answers. */
    call(fd, virWireProcConnectClose, serial, NULL);
    shutdown(fd, SHUT_WR);
    while (receiveAll(fd, prefix, sizeof(prefix))) {
        size_t length = GUINT32_FROM_BE(*(uint32_t *) (void *) prefix);
        g_autofree unsigned char *data = NULL;

        if (length < VIR_MESSAGE_LENGTH + VIR_MESSAGE_HEADER || length > VIR_MESSAGE_MAX)
            g_error("a message of %zu bytes", length);
        /* One byte more, which the reader may write to. */
        data = g_malloc(length - VIR_MESSAGE_LENGTH + 1);
        if (!receiveAll(fd, data, length - VIR_MESSAGE_LENGTH))
            break;
        judge(data, length - VIR_MESSAGE_LENGTH);
    }
    close(fd);
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
