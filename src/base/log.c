/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Logging: levels, filters by source, outputs; nearly free while nothing listens. */

#include "base/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

/* A datagram of the journal's socket has a limit; longer messages are cut there. */
#define JOURNAL_MESSAGE_MAX 65536

const char *virLogJournalSocket = "/run/systemd/journal/socket";

typedef enum {
    OUTPUT_STDERR,
    OUTPUT_FILE,
    OUTPUT_SYSLOG,
    OUTPUT_JOURNALD,
} OutputKind;

typedef struct {
    virLogLevel level;
    OutputKind kind;
    int fd;         /* owned by file and journald outputs */
    char *target;   /* the path of a file, the identifier of syslog, else NULL */
} Output;

typedef struct {
    virLogLevel level;
    char *pattern;
} Filter;

int virLogLowest = VIR_LOG_ERROR + 1;

/* Guards everything below; nothing is called out with it held. */
static GMutex logLock;
static GArray *outputs;
static GArray *filters;
static virLogLevel defaultLevel = VIR_LOG_WARNING;

static const char *const levelNames[] = { "", "debug", "info", "warning", "error" };

static int
parseLevel(const char *text)
{
    int i;

    if (!text)
        return -1;
    for (i = VIR_LOG_DEBUG; i <= VIR_LOG_ERROR; i++) {
        if (g_str_equal(text, levelNames[i]) || (text[0] == '0' + i && !text[1]))
            return i;
    }
    return -1;
}

static void
clearFilter(void *data)
{
    g_free(((Filter *) data)->pattern);
}

static void
clearOutput(void *data)
{
    Output *output = data;

    if (output->fd >= 0)
        close(output->fd);
    g_free(output->target);
}

/* Says what is wrong with a word, once. */
static bool
refuse(char **problem, const char *what, const char *word)
{
    if (problem && !*problem)
        *problem = g_strdup_printf("'%s' is not a log %s", word, what);
    return false;
}

static bool
addFilter(GArray *list, const char *word, char **problem)
{
    g_auto(GStrv) parts = g_strsplit(word, ":", 2);
    int level = parts[0] ? parseLevel(parts[0]) : -1;
    const char *source = parts[0] && parts[1] ? parts[1] : "";
    Filter filter = { .level = VIR_LOG_DEBUG };

    /* "+" asks for traces of the stack, which are not written. */
    source += strspn(source, "+");
    if (level < 0 || !*source)
        return refuse(problem, "filter (LEVEL:SOURCE with a level of 1 to 4)", word);
    filter.level = (virLogLevel) level;
    filter.pattern = g_strdup(source);
    g_array_append_val(list, filter);
    return true;
}

static int
openJournal(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    g_strlcpy(address.sun_path, virLogJournalSocket, sizeof(address.sun_path));

    if (fd >= 0 && connect(fd, (struct sockaddr *) &address, sizeof(address)) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool
addOutput(GArray *list, const char *word, char **problem)
{
    g_auto(GStrv) parts = g_strsplit(word, ":", 3);
    int level = parts[0] ? parseLevel(parts[0]) : -1;
    Output output = { .fd = -1 };

    if (level < 0 || !parts[1])
        return refuse(problem, "output (LEVEL:KIND with a level of 1 to 4)", word);
    output.level = (virLogLevel) level;
    if (g_str_equal(parts[1], "stderr")) {
        output.kind = OUTPUT_STDERR;
    } else if (g_str_equal(parts[1], "syslog")) {
        output.kind = OUTPUT_SYSLOG;
    } else if (g_str_equal(parts[1], "journald")) {
        output.kind = OUTPUT_JOURNALD;
        output.fd = openJournal();
        if (output.fd < 0)
            return refuse(problem, "output that works: there is no journal", word);
    } else if (g_str_equal(parts[1], "file") && parts[2] && parts[2][0] == '/') {
        output.kind = OUTPUT_FILE;
        output.fd = open(parts[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (output.fd < 0)
            return refuse(problem, "output that works: the file cannot be written", word);
    } else {
        return refuse(problem, "output (stderr, syslog:NAME, journald or file:/PATH)", word);
    }
    output.target = parts[2] ? g_strdup(parts[2]) : NULL;
    g_array_append_val(list, output);
    return true;
}

/* A list made of the words of a text; with a problem those before it. */
static GArray *
parseList(const char *text, bool isFilter, char **problem)
{
    g_auto(GStrv) words = g_strsplit_set(text ? text : "", " \t\n", -1);
    GArray *list = g_array_new(FALSE, TRUE, isFilter ? sizeof(Filter) : sizeof(Output));
    int i;

    g_array_set_clear_func(list, isFilter ? clearFilter : clearOutput);
    for (i = 0; words[i]; i++) {
        if (!*words[i])
            continue;
        if (isFilter)
            addFilter(list, words[i], problem);
        else
            addOutput(list, words[i], problem);
    }
    return list;
}

/* The lowest level that both a source and an output want. */
static int
lowestWanted(void)
{
    int source = defaultLevel, output = VIR_LOG_ERROR + 1;
    guint i;

    for (i = 0; i < filters->len; i++)
        source = MIN(source, (int) g_array_index(filters, Filter, i).level);
    for (i = 0; i < outputs->len; i++)
        output = MIN(output, (int) g_array_index(outputs, Output, i).level);
    return MAX(source, output);
}

/* Puts a list in place; called with the lock held. */
static void
adopt(GArray **place, GArray *list)
{
    g_clear_pointer(place, g_array_unref);
    *place = list;
    if (outputs && filters)
        __atomic_store_n(&virLogLowest, lowestWanted(), __ATOMIC_RELAXED);
}

char *
virLogConfigure(void)
{
    const char *debug = g_getenv("LIBVIRT_DEBUG");
    char *problem = NULL;
    GArray *newFilters = parseList(g_getenv("LIBVIRT_LOG_FILTERS"), /* isFilter= */ true, &problem);
    GArray *newOutputs = parseList(g_getenv("LIBVIRT_LOG_OUTPUTS"), /* isFilter= */ false, &problem);
    int level = debug && *debug ? parseLevel(debug) : 0;

    if (level < 0)
        refuse(&problem, "level (1 to 4, or debug, info, warning, error)", debug);
    if (newOutputs->len == 0 && (level > 0 || newFilters->len > 0)) {
        Output output = { .level = VIR_LOG_DEBUG, .kind = OUTPUT_STDERR, .fd = -1 };

        g_array_append_val(newOutputs, output);
    }
    g_mutex_lock(&logLock);
    defaultLevel = level > 0 ? (virLogLevel) level : VIR_LOG_WARNING;
    adopt(&filters, newFilters);
    adopt(&outputs, newOutputs);
    g_mutex_unlock(&logLock);
    return problem;
}

void
virLogSetLevel(virLogLevel level)
{
    g_mutex_lock(&logLock);
    defaultLevel = level;
    if (outputs && filters)
        __atomic_store_n(&virLogLowest, lowestWanted(), __ATOMIC_RELAXED);
    g_mutex_unlock(&logLock);
}

static bool
set(GArray **place, const char *text, bool isFilter, char **problem)
{
    GArray *list;

    *problem = NULL;
    list = parseList(text, isFilter, problem);
    if (*problem) {
        g_array_unref(list);
        return false;
    }
    g_mutex_lock(&logLock);
    adopt(place, list);
    g_mutex_unlock(&logLock);
    return true;
}

bool
virLogSetFilters(const char *text, char **problem)
{
    return set(&filters, text, /* isFilter= */ true, problem);
}

bool
virLogSetOutputs(const char *text, char **problem)
{
    return set(&outputs, text, /* isFilter= */ false, problem);
}

char *
virLogGetFilters(unsigned int *count)
{
    GString *text = g_string_new(NULL);
    guint i;

    g_mutex_lock(&logLock);
    *count = filters ? filters->len : 0;
    for (i = 0; i < *count; i++) {
        const Filter *filter = &g_array_index(filters, Filter, i);

        g_string_append_printf(text, "%s%d:%s", i ? " " : "", (int) filter->level,
                               filter->pattern);
    }
    g_mutex_unlock(&logLock);
    return g_string_free(text, FALSE);
}

char *
virLogGetOutputs(unsigned int *count)
{
    static const char *const kinds[] = { "stderr", "file", "syslog", "journald" };
    GString *text = g_string_new(NULL);
    guint i;

    g_mutex_lock(&logLock);
    *count = outputs ? outputs->len : 0;
    for (i = 0; i < *count; i++) {
        const Output *output = &g_array_index(outputs, Output, i);

        g_string_append_printf(text, "%s%d:%s", i ? " " : "", (int) output->level,
                               kinds[output->kind]);
        if (output->target)
            g_string_append_printf(text, ":%s", output->target);
    }
    g_mutex_unlock(&logLock);
    return g_string_free(text, FALSE);
}

static bool
sourceWants(virLogLevel level, const char *source)
{
    guint i;

    for (i = 0; i < filters->len; i++) {
        Filter *filter = &g_array_index(filters, Filter, i);

        if (strstr(source, filter->pattern) || g_pattern_match_simple(filter->pattern, source))
            return level >= filter->level;
    }
    return level >= defaultLevel;
}

static void
writeAll(int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t done = write(fd, text, length);

        if (done <= 0)
            return;
        text += done;
        length -= (size_t) done;
    }
}

/* One field of the journal's own protocol; a value of several lines goes with its length. */
static void
addField(GString *packet, const char *name, const char *value, size_t length)
{
    guint64 size = GUINT64_TO_LE((guint64) length);

    g_string_append(packet, name);
    if (memchr(value, '\n', length)) {
        g_string_append_c(packet, '\n');
        g_string_append_len(packet, (const char *) &size, sizeof(size));
    } else {
        g_string_append_c(packet, '=');
    }
    g_string_append_len(packet, value, (gssize) length);
    g_string_append_c(packet, '\n');
}

static void
writeJournal(int fd, int priority, const char *source, const char *function, const char *message)
{
    g_autoptr(GString) packet = g_string_new(NULL);

    g_string_append_printf(packet, "PRIORITY=%d\nSYSLOG_FACILITY=%d\nSYSLOG_IDENTIFIER=libvirt\n",
                           priority, LOG_FAC(LOG_DAEMON));
    addField(packet, "LIBVIRT_SOURCE", source, strlen(source));
    if (function)
        addField(packet, "CODE_FUNC", function, strlen(function));
    addField(packet, "MESSAGE", message, strnlen(message, JOURNAL_MESSAGE_MAX));
    if (send(fd, packet->str, packet->len, MSG_NOSIGNAL) < 0)
        return;
}

static void
writeOutput(const Output *output, virLogLevel level, const char *source, const char *function,
            const char *line, const char *message)
{
    static const int priorities[] = { LOG_DEBUG, LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERR };

    switch (output->kind) {
    case OUTPUT_STDERR:
        writeAll(STDERR_FILENO, line, strlen(line));
        break;
    case OUTPUT_FILE:
        writeAll(output->fd, line, strlen(line));
        break;
    case OUTPUT_SYSLOG:
        /* syslog keeps the pointer for ever. */
        if (output->target)
            openlog(g_intern_string(output->target), LOG_PID, LOG_DAEMON);
        syslog(priorities[level] | LOG_DAEMON, "%s", message);
        break;
    case OUTPUT_JOURNALD:
        writeJournal(output->fd, priorities[level], source, function, message);
        break;
    }
}

void
virLogWrite(virLogLevel level, const char *source, const char *function, const char *format, ...)
{
    g_autofree char *message = NULL;
    g_autofree char *line = NULL;
    g_autofree char *stamp = NULL;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    va_list arguments;
    guint i;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    stamp = g_date_time_format(now, "%Y-%m-%d %H:%M:%S");
    line = g_strdup_printf("%s.%03d+0000: %ld: %s : %s: %s\n", stamp,
                           g_date_time_get_microsecond(now) / 1000, syscall(SYS_gettid),
                           levelNames[level], function ? function : source, message);

    g_mutex_lock(&logLock);
    if (outputs && sourceWants(level, source)) {
        for (i = 0; i < outputs->len; i++) {
            Output *output = &g_array_index(outputs, Output, i);

            if (level >= output->level)
                writeOutput(output, level, source, function, line, message);
        }
    }
    g_mutex_unlock(&logLock);
}
