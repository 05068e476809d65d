/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* QEMU programs of the machine: found, asked once, and remembered as long as nothing changes. */

#include "qemu_emulator.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "base/nearest.h"
#include "runtime/error.h"

#define SOURCE "qemu.emulator"
#define PREFIX "qemu-system-"
#define KVM_DEVICE "/dev/kvm"

struct qemuEmulators {
    char *folder;
    GMutex lock;
    GHashTable *known;          /* path -> Known */
};

/* What was found out, and of which file. */
typedef struct {
    char *stamp;
    qemuEmulator *emulator;
} Known;

static void
freeKnown(gpointer data)
{
    Known *known = data;

    qemuEmulatorUnref(known->emulator);
    g_free(known->stamp);
    g_free(known);
}

qemuEmulator *
qemuEmulatorRef(qemuEmulator *emulator)
{
    return g_atomic_rc_box_acquire(emulator);
}

static void
clearEmulator(gpointer data)
{
    qemuEmulator *emulator = data;

    g_array_unref(emulator->machines);
    g_ptr_array_unref(emulator->cpus);
    g_ptr_array_unref(emulator->devices);
    g_free(emulator->path);
    g_free(emulator->arch);
    g_free(emulator->package);
}

void
qemuEmulatorUnref(qemuEmulator *emulator)
{
    if (emulator)
        g_atomic_rc_box_release_full(emulator, clearEmulator);
}

const qemuMachine *
qemuEmulatorMachine(const qemuEmulator *emulator, const char *name)
{
    guint i;

    for (i = 0; i < emulator->machines->len; i++) {
        const qemuMachine *machine = &g_array_index(emulator->machines, qemuMachine, i);

        if (name ? g_str_equal(machine->name, name) || !g_strcmp0(machine->alias, name) :
            machine->isDefault)
            return machine;
    }
    return NULL;
}

qemuEmulators *
qemuEmulatorsNew(const char *folder)
{
    qemuEmulators *emulators = g_new0(qemuEmulators, 1);

    emulators->folder = g_build_filename(folder, "emulators", NULL);
    emulators->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, freeKnown);
    g_mutex_init(&emulators->lock);
    return emulators;
}

void
qemuEmulatorsFree(qemuEmulators *emulators)
{
    if (!emulators)
        return;
    g_hash_table_unref(emulators->known);
    g_mutex_clear(&emulators->lock);
    g_free(emulators->folder);
    g_free(emulators);
}

/* When modules, which have devices too, came or went last; 0 when there are none. */
static gint64
modulesOf(void)
{
    GDir *open = g_dir_open("/usr/lib", 0, NULL);
    const char *name;
    gint64 latest = 0;

    while (open && (name = g_dir_read_name(open))) {
        g_autofree char *folder = g_build_filename("/usr/lib", name, "qemu", NULL);
        struct stat facts;

        if (stat(folder, &facts) == 0)
            latest = MAX(latest, (gint64) facts.st_mtim.tv_sec);
    }
    if (open)
        g_dir_close(open);
    return latest;
}

/* What must be the same for an answer to be true still; NULL when there is no such program. */
static char *
stampOf(const char *path)
{
    struct stat file;
    struct utsname kernel;

    if (access(path, X_OK) < 0 || stat(path, &file) < 0 || uname(&kernel) < 0)
        return NULL;
    return g_strdup_printf("%lld %lld.%ld %lld.%ld %lld %s kvm=%d", (long long) file.st_size,
                           (long long) file.st_mtim.tv_sec, file.st_mtim.tv_nsec,
                           (long long) file.st_ctim.tv_sec, file.st_ctim.tv_nsec,
                           (long long) modulesOf(), kernel.release,
                           access(KVM_DEVICE, R_OK | W_OK) == 0);
}

static char *
fileOf(const qemuEmulators *emulators, const char *path, const char *suffix)
{
    g_autofree char *name = g_compute_checksum_for_string(G_CHECKSUM_SHA256, path, -1);
    g_autofree char *file = g_strconcat(name, suffix, NULL);

    return g_build_filename(emulators->folder, file, NULL);
}

char *
qemuEmulatorsFile(const qemuEmulators *emulators, const char *path, const char *suffix,
                  char **stamp)
{
    *stamp = stampOf(path);
    if (!*stamp)
        *stamp = g_strdup("");
    return fileOf(emulators, path, suffix);
}

/* The file's first line is the stamp. */
static qemuEmulator *
recall(const qemuEmulators *emulators, const char *path, const char *stamp)
{
    g_autofree char *file = fileOf(emulators, path, ".json");
    g_autofree char *text = NULL;
    size_t length = strlen(stamp);

    if (!g_file_get_contents(file, &text, NULL, NULL) || strncmp(text, stamp, length) != 0 ||
        text[length] != '\n')
        return NULL;
    return qemuEmulatorFromText(path, text + length + 1);
}

/* What can't be remembered is found out again. */
static void
remember(const qemuEmulators *emulators, const qemuEmulator *emulator, const char *stamp)
{
    g_autofree char *file = fileOf(emulators, emulator->path, ".json");
    g_autofree char *description = qemuEmulatorToText(emulator);
    g_autofree char *text = g_strconcat(stamp, "\n", description, NULL);
    g_autoptr(GError) error = NULL;

    g_mkdir_with_parents(emulators->folder, 0700);
    if (!g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot remember %s: %s", emulator->path, error->message);
}

/* The lock is held while a program is asked, so that it is asked once. */
static qemuEmulator *
getLocked(qemuEmulators *emulators, const char *path, const char *stamp)
{
    Known *known = g_hash_table_lookup(emulators->known, path);
    qemuEmulator *emulator;

    if (known && g_str_equal(known->stamp, stamp))
        return qemuEmulatorRef(known->emulator);
    emulator = recall(emulators, path, stamp);
    if (!emulator) {
        emulator = qemuEmulatorProbe(path);
        if (!emulator)
            return NULL;
        remember(emulators, emulator, stamp);
    }
    known = g_new0(Known, 1);
    known->stamp = g_strdup(stamp);
    known->emulator = qemuEmulatorRef(emulator);
    g_hash_table_replace(emulators->known, g_strdup(path), known);
    return emulator;
}

qemuEmulator *
qemuEmulatorsGet(qemuEmulators *emulators, const char *path)
{
    g_autofree char *stamp = stampOf(path);
    qemuEmulator *emulator;

    if (!stamp) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED,
                      "the emulator '%s' is no program that can be run here", path);
        return NULL;
    }
    g_mutex_lock(&emulators->lock);
    emulator = getLocked(emulators, path, stamp);
    g_mutex_unlock(&emulators->lock);
    return emulator;
}

/* QEMU names some architectures otherwise. */
static const char *
suffixOf(const char *arch)
{
    static const char *const names[][2] = {
        { "i686", "i386" }, { "armv7l", "arm" }, { "armv6l", "arm" }, { "ppc64le", "ppc64" },
        { "parisc", "hppa" },
    };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_str_equal(names[i][0], arch))
            return names[i][1];
    }
    return arch;
}

char *
qemuEmulatorsPath(const char *arch)
{
    g_autofree char *name = NULL;
    struct utsname machine;
    char *path;

    if (!arch && uname(&machine) == 0)
        arch = machine.machine;
    name = g_strconcat(PREFIX, suffixOf(arch), NULL);
    path = g_find_program_in_path(name);
    /* A 64-bit machine of this family runs 32-bit guests too. */
    if (!path && g_str_equal(arch, "i686"))
        path = g_find_program_in_path(PREFIX "x86_64");
    return path;
}

static int
compareNames(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
qemuEmulatorsArches(void)
{
    static const char *const all[] = {
        "aarch64", "alpha", "armv7l", "i686", "loongarch64", "m68k", "mips", "mips64", "mips64el",
        "mipsel", "parisc", "ppc", "ppc64", "riscv32", "riscv64", "s390x", "sh4", "sh4eb",
        "sparc", "sparc64", "x86_64", "xtensa", "xtensaeb",
    };
    GPtrArray *arches = g_ptr_array_new_with_free_func(g_free);
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *path = qemuEmulatorsPath(all[i]);

        if (path)
            g_ptr_array_add(arches, g_strdup(all[i]));
    }
    g_ptr_array_sort(arches, compareNames);
    return arches;
}

/* Raises: no machine of this name; says which one was meant. */
static void
refuseMachine(const qemuEmulator *emulator, const char *name)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *near;
    guint i;

    for (i = 0; i < emulator->machines->len; i++)
        g_ptr_array_add(names, g_array_index(emulator->machines, qemuMachine, i).name);
    near = virNearest(name, (const char *const *) names->pdata, names->len);
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED,
                  "Emulator '%s' does not support machine type '%s'%s%s%s", emulator->path, name,
                  near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

bool
qemuEmulatorsComplete(qemuEmulators *emulators, virDocDomain *document)
{
    virDocDomainOsType *type = document->os->type;
    g_autoptr(qemuEmulator) emulator = NULL;
    const qemuMachine *machine;

    if (!document->emulator)
        document->emulator = qemuEmulatorsPath(type->arch);
    if (!document->emulator) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED,
                      "no emulator for guests of architecture '%s' is installed: there is no "
                      PREFIX "%s in the path", type->arch, suffixOf(type->arch));
        return false;
    }
    emulator = qemuEmulatorsGet(emulators, document->emulator);
    if (!emulator)
        return false;
    machine = qemuEmulatorMachine(emulator, type->machine);
    if (!machine) {
        refuseMachine(emulator, type->machine ? type->machine : "of its own choice");
        return false;
    }
    g_free(type->machine);
    type->machine = g_strdup(machine->name);
    if (document->vcpu->count > machine->maxCpus) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED,
                      "Maximum CPUs greater than specified machine type limit %u",
                      machine->maxCpus);
        return false;
    }
    return true;
}
