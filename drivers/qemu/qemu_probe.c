/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking a QEMU program what it can do: it runs without a machine, answers, and ends. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "qemu_emulator.h"
#include "qemu_monitor.h"
#include "runtime/error.h"

/* How long a program may take, in milliseconds. */
#define PATIENCE 20000
#define PIPE_USUAL 65536
#define OUTPUT_MAX (8 << 20)
/* The oldest that takes devices described in JSON. */
#define OLDEST_VERSION 6002000

/* The questions; the answers come in the same order. */
static const char *const questions[] = {
    "\"execute\":\"query-version\"", "\"execute\":\"query-target\"",
    "\"execute\":\"query-kvm\"", "\"execute\":\"query-machines\"",
    "\"execute\":\"query-cpu-definitions\"",
    "\"execute\":\"qom-list-types\",\"arguments\":{\"implements\":\"device\"}",
};

enum { VERSION, TARGET, KVM, MACHINES, CPUS, DEVICES };

/* A pipe that holds all questions. */
static int
questionPipe(const char *const *commands, size_t count)
{
    g_autoptr(GString) text = g_string_new("{\"execute\":\"qmp_capabilities\"}\n");
    int pair[2];
    size_t i;

    for (i = 0; i < count; i++)
        g_string_append_printf(text, "{%s,\"id\":%zu}\n", commands[i], i);
    g_string_append(text, "{\"execute\":\"quit\"}\n");
    if (pipe2(pair, O_CLOEXEC) < 0)
        return -1;
    /* Who asks much needs more than a pipe usually has. */
    if (text->len > PIPE_USUAL)
        fcntl(pair[1], F_SETPIPE_SZ, (int) text->len);
    if (write(pair[1], text->str, text->len) != (ssize_t) text->len) {
        close(pair[0]);
        close(pair[1]);
        return -1;
    }
    close(pair[1]);
    return pair[0];
}

/* Reads until the end, or until the time is over; NULL then. */
static GByteArray *
readAll(int fd)
{
    g_autoptr(GByteArray) output = g_byte_array_new();
    gint64 until = g_get_monotonic_time() + PATIENCE * (gint64) G_TIME_SPAN_MILLISECOND;

    for (;;) {
        gint64 left = (until - g_get_monotonic_time()) / G_TIME_SPAN_MILLISECOND;
        struct pollfd ready = { .fd = fd, .events = POLLIN };
        guint8 bytes[16384];
        ssize_t got;

        if (left <= 0 || output->len > OUTPUT_MAX)
            return NULL;
        if (poll(&ready, 1, (int) left) <= 0)
            continue;
        got = read(fd, bytes, sizeof(bytes));
        if (got == 0)
            return g_steal_pointer(&output);
        if (got > 0)
            g_byte_array_append(output, bytes, (guint) got);
    }
}

/* What the program says to all questions; NULL with an error raised. */
static GByteArray *
interview(const char *path, const char *machine, const char *const *commands, size_t count)
{
    const char *const arguments[] = {
        path, "-S", "-no-user-config", "-nodefaults", "-nographic", "-machine",
        machine, "-qmp", "stdio", NULL,
    };
    g_autoptr(GError) error = NULL;
    int input = questionPipe(commands, count), output = -1;
    GByteArray *all = NULL;
    GPid child;

    if (input < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot ask '%s'", path);
        return NULL;
    }
    if (g_spawn_async_with_pipes_and_fds(NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD |
                                         G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, input, -1, -1,
                                         NULL, NULL, 0, &child, NULL, &output, NULL, &error)) {
        all = readAll(output);
        if (!all) {
            kill(child, SIGKILL);
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR,
                          "'%s' did not say within %d seconds what it can do", path,
                          PATIENCE / 1000);
        }
        close(output);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
    } else {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR, "cannot run '%s': %s", path,
                      error->message);
    }
    close(input);
    return all;
}

/* The answers in the order of the questions; a refused one stays NULL. */
static void
sortAnswers(GByteArray *output, json_object **answers, size_t count)
{
    g_auto(GStrv) lines = NULL;
    size_t i;

    g_byte_array_append(output, (const guint8 *) "", 1);
    lines = g_strsplit((const char *) output->data, "\n", -1);
    for (i = 0; lines[i]; i++) {
        g_autoptr(json_object) message = json_tokener_parse(lines[i]);
        json_object *result = qemuJsonGet(message, "return");
        gint64 id = qemuJsonInteger(message, "id");

        if (result && qemuJsonGet(message, "id") && id >= 0 &&
            id < (gint64) count && !answers[id])
            answers[id] = json_object_get(result);
    }
}

static void
clearMachine(gpointer data)
{
    qemuMachine *machine = data;

    g_free(machine->name);
    g_free(machine->alias);
}

static int
compareMachines(gconstpointer a, gconstpointer b)
{
    return strcmp(((const qemuMachine *) a)->name, ((const qemuMachine *) b)->name);
}

static GArray *
readMachines(json_object *list)
{
    GArray *machines = g_array_new(/* zero_terminated= */ false, /* clear= */ true,
                                   sizeof(qemuMachine));
    size_t i, count = json_object_is_type(list, json_type_array) ?
        json_object_array_length(list) : 0;

    g_array_set_clear_func(machines, clearMachine);
    for (i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(list, i);
        const char *name = qemuJsonString(one, "name");
        qemuMachine machine = {
            .name = g_strdup(name),
            .alias = g_strdup(qemuJsonString(one, "alias")),
            .maxCpus = (unsigned int) qemuJsonInteger(one, "cpu-max"),
            .isDefault = qemuJsonTrue(one, "is-default"),
            .deprecated = qemuJsonTrue(one, "deprecated"),
        };

        if (name && !g_str_equal(name, "none"))
            g_array_append_val(machines, machine);
        else
            clearMachine(&machine);
    }
    g_array_sort(machines, compareMachines);
    return machines;
}

static int
compareNames(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The names of a list, sorted. */
static GPtrArray *
readNames(json_object *list)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    size_t i, count = json_object_is_type(list, json_type_array) ?
        json_object_array_length(list) : 0;

    for (i = 0; i < count; i++) {
        const char *name = qemuJsonString(json_object_array_get_idx(list, i), "name");

        if (name)
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compareNames);
    return names;
}

static qemuEmulator *
describe(const char *path, json_object **answers)
{
    json_object *number = qemuJsonGet(answers[VERSION], "qemu");
    const char *arch = qemuJsonString(answers[TARGET], "arch");
    qemuEmulator *emulator;

    if (!number || !arch)
        return NULL;
    emulator = g_atomic_rc_box_new0(qemuEmulator);
    emulator->path = g_strdup(path);
    emulator->arch = g_strdup(g_str_equal(arch, "i386") ? "i686" : arch);
    emulator->version = (unsigned int) (qemuJsonInteger(number, "major") * 1000000 +
                                        qemuJsonInteger(number, "minor") * 1000 +
                                        qemuJsonInteger(number, "micro"));
    emulator->package = g_strdup(qemuJsonString(answers[VERSION], "package"));
    emulator->kvm = qemuJsonTrue(answers[KVM], "enabled");
    emulator->machines = readMachines(answers[MACHINES]);
    emulator->cpus = readNames(answers[CPUS]);
    emulator->devices = readNames(answers[DEVICES]);
    return emulator;
}

qemuEmulator *
qemuEmulatorProbe(const char *path)
{
    g_autoptr(GByteArray) output = interview(path, "none,accel=kvm:tcg", questions,
                                             G_N_ELEMENTS(questions));
    json_object *answers[G_N_ELEMENTS(questions)] = { NULL };
    g_autoptr(qemuEmulator) emulator = NULL;
    size_t i;

    if (!output)
        return NULL;
    sortAnswers(output, answers, G_N_ELEMENTS(questions));
    emulator = describe(path, answers);
    for (i = 0; i < G_N_ELEMENTS(answers); i++)
        json_object_put(answers[i]);
    if (emulator && emulator->version >= OLDEST_VERSION)
        return g_steal_pointer(&emulator);
    if (emulator)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED,
                      "'%s' is QEMU %u.%u, at least %u.%u is needed", path,
                      emulator->version / 1000000, emulator->version / 1000 % 1000,
                      OLDEST_VERSION / 1000000, OLDEST_VERSION / 1000 % 1000);
    else
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR, "'%s' does not answer like QEMU", path);
    return NULL;
}

GPtrArray *
qemuEmulatorAsk(const char *path, const char *const *commands, size_t count)
{
    /* KVM would add what guests are told of it. */
    g_autoptr(GByteArray) output = interview(path, "none,accel=tcg", commands, count);
    GPtrArray *answers;

    if (!output)
        return NULL;
    answers = g_ptr_array_new_with_free_func((GDestroyNotify) qemuJsonPut);
    g_ptr_array_set_size(answers, (gint) count);
    sortAnswers(output, (json_object **) answers->pdata, count);
    return answers;
}

/* The opposite of readNames(). */
static json_object *
writeNames(const GPtrArray *names)
{
    json_object *list = json_object_new_array();

    for (guint i = 0; i < names->len; i++)
        json_object_array_add(list, qemuJsonStrings("name", names->pdata[i], NULL));
    return list;
}

char *
qemuEmulatorToText(const qemuEmulator *emulator)
{
    g_autoptr(json_object) object = json_object_new_object();
    json_object *machines = json_object_new_array();
    guint i;

    json_object_object_add(object, "arch", json_object_new_string(emulator->arch));
    json_object_object_add(object, "version", json_object_new_int64(emulator->version));
    if (emulator->package)
        json_object_object_add(object, "package", json_object_new_string(emulator->package));
    json_object_object_add(object, "kvm", json_object_new_boolean(emulator->kvm));
    for (i = 0; i < emulator->machines->len; i++) {
        const qemuMachine *machine = &g_array_index(emulator->machines, qemuMachine, i);
        json_object *one = qemuJsonStrings("name", machine->name, NULL);

        if (machine->alias)
            json_object_object_add(one, "alias", json_object_new_string(machine->alias));
        json_object_object_add(one, "cpu-max", json_object_new_int64(machine->maxCpus));
        json_object_object_add(one, "is-default", json_object_new_boolean(machine->isDefault));
        json_object_object_add(one, "deprecated", json_object_new_boolean(machine->deprecated));
        json_object_array_add(machines, one);
    }
    json_object_object_add(object, "machines", machines);
    json_object_object_add(object, "cpus", writeNames(emulator->cpus));
    json_object_object_add(object, "devices", writeNames(emulator->devices));
    return g_strdup(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN));
}

qemuEmulator *
qemuEmulatorFromText(const char *path, const char *text)
{
    g_autoptr(json_object) object = json_tokener_parse(text);
    const char *arch = qemuJsonString(object, "arch");
    qemuEmulator *emulator;

    if (!arch || qemuJsonInteger(object, "version") < OLDEST_VERSION)
        return NULL;
    emulator = g_atomic_rc_box_new0(qemuEmulator);
    emulator->path = g_strdup(path);
    emulator->arch = g_strdup(arch);
    emulator->version = (unsigned int) qemuJsonInteger(object, "version");
    emulator->package = g_strdup(qemuJsonString(object, "package"));
    emulator->kvm = qemuJsonTrue(object, "kvm");
    emulator->machines = readMachines(qemuJsonGet(object, "machines"));
    emulator->cpus = readNames(qemuJsonGet(object, "cpus"));
    emulator->devices = readNames(qemuJsonGet(object, "devices"));
    return emulator;
}
