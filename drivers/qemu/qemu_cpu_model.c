/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* QEMU's models of processors with their features: asked for once, remembered in a file. */

#include <string.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "qemu_cpu.h"
#include "qemu_monitor.h"
#include "runtime/error.h"

#define SOURCE "qemu.cpu"

void
qemuCpuSetFree(qemuCpuSet *set)
{
    if (!set)
        return;
    g_hash_table_unref(set->features);
    g_free(set->model);
    g_free(set->vendor);
    g_free(set);
}

static qemuCpuSet *
newSet(const char *model, const char *vendor)
{
    qemuCpuSet *set = g_new0(qemuCpuSet, 1);

    set->model = g_strdup(model);
    set->vendor = g_strdup(vendor);
    set->features = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return set;
}

/* Models that come with a number are the same as one without, at some time. */
static bool
isVersion(const char *name)
{
    const char *end = strrchr(name, '-');

    return end && end[1] == 'v' && g_ascii_isdigit(end[2]);
}

/* The names worth asking about, without what QEMU puts behind them. */
static GPtrArray *
namesOf(const qemuEmulator *emulator)
{
    g_autofree char *suffix = g_strdup_printf("-%s-cpu", emulator->arch);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < emulator->cpus->len; i++) {
        char *name = g_strdup(emulator->cpus->pdata[i]);

        if (g_str_has_suffix(name, suffix))
            name[strlen(name) - strlen(suffix)] = '\0';
        if (isVersion(name))
            g_free(name);
        else
            g_ptr_array_add(names, name);
    }
    return names;
}

/* What QEMU says about all of them, as an object by name; NULL with an error raised. */
static json_object *
ask(const qemuEmulator *emulator)
{
    g_autoptr(GPtrArray) names = namesOf(emulator);
    g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) answers = NULL;
    json_object *all;

    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add(commands,
                        g_strdup_printf("\"execute\":\"query-cpu-model-expansion\",\"arguments\":"
                                        "{\"type\":\"static\",\"model\":{\"name\":\"%s\"}}",
                                        (char *) names->pdata[i]));
    answers = qemuEmulatorAsk(emulator->path, (const char *const *) commands->pdata,
                              commands->len);
    if (!answers)
        return NULL;
    all = json_object_new_object();
    for (guint i = 0; i < names->len; i++) {
        json_object *props = qemuJsonGet(qemuJsonGet(answers->pdata[i], "model"), "props");

        if (props)
            json_object_object_add(all, names->pdata[i], json_object_get(props));
    }
    return all;
}

/* The same from the file of an emulator, or asked and written there. */
static json_object *
recallOrAsk(qemuEmulators *emulators, const qemuEmulator *emulator)
{
    g_autofree char *stamp = NULL;
    g_autofree char *file = qemuEmulatorsFile(emulators, emulator->path, ".models", &stamp);
    g_autofree char *text = NULL;
    g_autofree char *written = NULL;
    size_t length = strlen(stamp);
    json_object *all;

    if (g_file_get_contents(file, &text, NULL, NULL) && strncmp(text, stamp, length) == 0 &&
        text[length] == '\n' && (all = json_tokener_parse(text + length + 1)))
        return all;
    all = ask(emulator);
    if (!all)
        return NULL;
    written = g_strconcat(stamp, "\n",
                          json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN), NULL);
    if (!g_file_set_contents_full(file, written, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot remember the models of %s", emulator->path);
    return all;
}

GPtrArray *
qemuCpuModels(qemuEmulators *emulators, const char *path)
{
    g_autoptr(qemuEmulator) emulator = qemuEmulatorsGet(emulators, path);
    g_autoptr(json_object) all = emulator ? recallOrAsk(emulators, emulator) : NULL;
    GPtrArray *models;

    if (!all)
        return NULL;
    models = g_ptr_array_new_with_free_func((GDestroyNotify) qemuCpuSetFree);
    json_object_object_foreach(all, name, props) {
        qemuCpuSet *set = newSet(name, qemuJsonString(props, "vendor"));

        json_object_object_foreach(props, feature, value) {
            if (json_object_is_type(value, json_type_boolean) && json_object_get_boolean(value))
                g_hash_table_add(set->features, g_strdup(feature));
        }
        g_ptr_array_add(models, set);
    }
    return models;
}
