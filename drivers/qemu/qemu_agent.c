/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest's agent: a program inside that answers over a channel, if it likes. */

#include "qemu_agent.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include "qemu_process.h"
#include "runtime/error.h"

/* How long an agent may take to say that it is there, in milliseconds. */
#define SYNC_PATIENCE 5000
/* How long it may take for a command, unless somebody says otherwise. */
#define COMMAND_PATIENCE 30000
/* An agent that has something against it says so at once. */
#define TELL_PATIENCE 3000
/* More than that is no answer. */
#define ANSWER_MAX (16 << 20)
/* Before it, whatever the agent had begun to read or to write is forgotten. */
#define DELIMITER '\xff'

/* A conversation that goes on. */
typedef struct {
    int fd;
    GByteArray *input;
    gint64 until;               /* G_MAXINT64: for ever */
    bool delimited;             /* the delimiter has come */
} Talk;

static const virDocDomainCharacter *
channelOf(const qemuDomain *domain)
{
    for (size_t i = 0; i < domain->live->nchannels; i++) {
        if (!g_strcmp0(domain->live->channels[i]->targetName, QEMU_AGENT_CHANNEL))
            return domain->live->channels[i];
    }
    return NULL;
}

bool
qemuAgentIsThere(const qemuDomain *domain)
{
    const virDocDomainCharacter *channel = channelOf(domain);

    if (!channel)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "QEMU guest agent is not configured: domain '%s' has no channel '%s'",
                      domain->name, QEMU_AGENT_CHANNEL);
    else if (channel->targetState != VIR_DOC_DOMAIN_CHANNEL_STATE_CONNECTED)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_AGENT_UNRESPONSIVE,
                      "QEMU guest agent is not connected: does it run in the guest of domain '%s'?",
                      domain->name);
    else
        return true;
    return false;
}

/* The socket of the channel; NULL with an error raised. */
static char *
socketOf(const qemuDomain *domain)
{
    const virDocDomainCharacter *channel = channelOf(domain);
    g_autofree char *folder = NULL;
    g_autofree char *file = NULL;

    if (channel->source.type != VIR_DOC_DOMAIN_CHARACTER_TYPE_UNIX) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "the channel of the agent of domain '%s' is not of type 'unix'",
                      domain->name);
        return NULL;
    }
    if (channel->source.sourcePath)
        return g_strdup(channel->source.sourcePath);
    folder = g_path_get_dirname(domain->process.socket);
    file = g_strconcat(channel->info.aliasName, ".sock", NULL);
    return g_build_filename(folder, file, NULL);
}

static bool
say(const Talk *talk, const char *text, size_t length)
{
    size_t done = 0;

    while (done < length) {
        ssize_t put = send(talk->fd, text + done, length - done, MSG_NOSIGNAL | MSG_DONTWAIT);
        struct pollfd room = { .fd = talk->fd, .events = POLLOUT };

        if (put > 0)
            done += (size_t) put;
        else if (put < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        else if (g_get_monotonic_time() > talk->until)
            return false;
        else
            poll(&room, 1, 100);
    }
    return true;
}

/* Milliseconds that are left, as poll() wants them. */
static int
left(const Talk *talk)
{
    gint64 rest;

    if (talk->until == G_MAXINT64)
        return -1;
    rest = (talk->until - g_get_monotonic_time()) / G_TIME_SPAN_MILLISECOND;
    return (int) CLAMP(rest, 0, G_MAXINT);
}

/* Reads some bytes; false at the end, or when the time is over. */
static bool
hear(Talk *talk)
{
    struct pollfd ready = { .fd = talk->fd, .events = POLLIN };
    guint8 bytes[4096];
    ssize_t got;

    if (poll(&ready, 1, left(talk)) <= 0)
        return false;
    got = recv(talk->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
    if (got > 0)
        g_byte_array_append(talk->input, bytes, (guint) got);
    return got > 0 && talk->input->len < ANSWER_MAX;
}

/* Drops everything up to the delimiter. */
static void
dropStale(Talk *talk)
{
    const guint8 *end = talk->input->len ?
        memchr(talk->input->data, DELIMITER, talk->input->len) : NULL;

    if (end)
        g_byte_array_remove_range(talk->input, 0, (guint) (end - talk->input->data) + 1);
    else
        g_byte_array_set_size(talk->input, 0);
    talk->delimited |= end != NULL;
}

/* The next line of the agent; NULL at the end, or when the time is over. */
static char *
nextLine(Talk *talk)
{
    for (;;) {
        const guint8 *end;

        if (!talk->delimited)
            dropStale(talk);
        end = talk->delimited && talk->input->len ?
            memchr(talk->input->data, '\n', talk->input->len) : NULL;
        if (end) {
            guint length = (guint) (end - talk->input->data);
            char *line = g_strndup((const char *) talk->input->data, length);

            g_byte_array_remove_range(talk->input, 0, length + 1);
            if (*g_strstrip(line))
                return line;
            g_free(line);
        } else if (!hear(talk)) {
            return NULL;
        }
    }
}

/* Makes sure that what comes next is an answer to what is asked next. */
static bool
synchronize(Talk *talk)
{
    guint32 id = g_random_int() & G_MAXINT32;
    g_autofree char *text = g_strdup_printf("%c{\"execute\":\"guest-sync-delimited\",\"arguments\":"
                                            "{\"id\":%u}}\n", DELIMITER, id);

    if (!say(talk, text, strlen(text)))
        return false;
    for (;;) {
        g_autofree char *line = nextLine(talk);
        g_autoptr(json_object) answer = line ? json_tokener_parse(line) : NULL;

        if (!line)
            return false;
        if (qemuJsonGet(answer, "return") && qemuJsonInteger(answer, "return") == id)
            return true;
        /* The answer to what somebody asked before; ours is behind another delimiter. */
        talk->delimited = false;
    }
}

/* One conversation at a time; false with an error raised when the one before takes too long. */
static bool
takeTurn(qemuDomain *domain)
{
    gint64 until = g_get_monotonic_time() + COMMAND_PATIENCE * (gint64) G_TIME_SPAN_MILLISECOND;

    while (domain->agentSince) {
        if (g_cond_wait_until(&domain->jobEnded, &domain->lock, until))
            continue;
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_TIMEOUT,
                      "the agent of domain '%s' is busy: somebody waits for it since %lld seconds",
                      domain->name,
                      (long long) (g_get_monotonic_time() - domain->agentSince) / G_TIME_SPAN_SECOND);
        return false;
    }
    domain->agentSince = g_get_monotonic_time();
    return true;
}

/* Without any lock: asks at a socket; the answer, or NULL with *reached telling how far it came. */
static char *
converse(int fd, const char *line, int sync, int patience, bool *reached)
{
    Talk talk = { .fd = fd, .input = g_byte_array_new() };
    char *answer = NULL;

    talk.until = g_get_monotonic_time() + sync * (gint64) G_TIME_SPAN_MILLISECOND;
    *reached = synchronize(&talk);
    if (*reached) {
        talk.until = patience < 0 ? G_MAXINT64 :
            g_get_monotonic_time() + patience * (gint64) G_TIME_SPAN_MILLISECOND;
        if (say(&talk, line, strlen(line)) && say(&talk, "\n", 1))
            answer = nextLine(&talk);
    }
    g_byte_array_unref(talk.input);
    return answer;
}

/* Asks a line; the line of the answer, or NULL: with an error raised unless `silent` and it was heard. */
static char *
ask(qemuDomain *domain, const char *line, int patience, bool silent)
{
    g_autofree char *socket = NULL;
    int sync = domain->agentPatience > 0 ? domain->agentPatience * 1000 : SYNC_PATIENCE;
    bool reached = false;
    char *answer = NULL;
    int fd;

    if (!qemuDomainRequireActive(domain) || !qemuAgentIsThere(domain) || !takeTurn(domain))
        return NULL;
    socket = domain->id >= 0 ? socketOf(domain) : NULL;
    fd = socket ? qemuConnect(socket) : -1;
    if (fd >= 0) {
        g_mutex_unlock(&domain->lock);
        answer = converse(fd, line, sync, patience, &reached);
        close(fd);
        g_mutex_lock(&domain->lock);
    }
    domain->agentSince = 0;
    g_cond_broadcast(&domain->jobEnded);
    if (!answer && fd >= 0 && !(silent && reached))
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_AGENT_UNRESPONSIVE,
                      "Guest agent not available for now: that of domain '%s' did not answer %s",
                      domain->name, reached ? "the command in time" : "within 5 seconds");
    return answer;
}

static char *
lineOf(const char *command, json_object *arguments)
{
    g_autoptr(json_object) message = qemuJsonStrings("execute", command, NULL);

    if (arguments)
        json_object_object_add(message, "arguments", arguments);
    return g_strdup(json_object_to_json_string_ext(message, JSON_C_TO_STRING_PLAIN));
}

/* The result in an answer; NULL with an error raised. */
static json_object *
resultOf(const qemuDomain *domain, const char *command, const char *line)
{
    g_autoptr(json_object) answer = json_tokener_parse(line);
    const char *why = qemuJsonString(qemuJsonGet(answer, "error"), "desc");
    json_object *result = qemuJsonGet(answer, "return");

    if (result)
        return json_object_get(result);
    if (qemuJsonGet(answer, "error"))
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_AGENT_COMMAND_FAILED,
                      "unable to execute QEMU agent command '%s': %s", command,
                      why ? why : "it did not say why");
    else
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR,
                      "the agent of domain '%s' answers '%s' with what is no answer",
                      domain->name, command);
    return NULL;
}

json_object *
qemuAgentCall(qemuDomain *domain, const char *command, json_object *arguments)
{
    g_autofree char *line = lineOf(command, arguments);
    int patience = domain->agentPatience > 0 ? domain->agentPatience * 1000 : COMMAND_PATIENCE;
    g_autofree char *answer = ask(domain, line, patience, /* silent= */ false);

    return answer ? resultOf(domain, command, answer) : NULL;
}

bool
qemuAgentTell(qemuDomain *domain, const char *command, json_object *arguments)
{
    g_autofree char *line = lineOf(command, arguments);
    g_autofree char *answer = NULL;
    g_autoptr(json_object) result = NULL;

    virResetLastError();
    answer = ask(domain, line, TELL_PATIENCE, /* silent= */ true);
    if (!answer)
        return !virErrorPending;
    result = resultOf(domain, command, answer);
    return result != NULL;
}

char *
qemuAgentPass(qemuDomain *domain, const char *line, int timeout)
{
    int patience = COMMAND_PATIENCE;
    bool silent = timeout == VIR_DOMAIN_QEMU_AGENT_COMMAND_NOWAIT;
    g_autoptr(json_object) command = json_tokener_parse(line);

    if (!json_object_is_type(command, json_type_object)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "the command is no JSON object: %.200s",
                      line);
        return NULL;
    }
    if (timeout == VIR_DOMAIN_QEMU_AGENT_COMMAND_BLOCK)
        patience = -1;
    else if (timeout > 0)
        patience = MIN(timeout, G_MAXINT / 1000) * 1000;
    else if (silent)
        patience = 0;
    return ask(domain, json_object_to_json_string_ext(command, JSON_C_TO_STRING_PLAIN), patience,
               silent);
}
