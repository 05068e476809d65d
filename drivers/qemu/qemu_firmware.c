/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Firmware of guests: which of the host's goes with a document, and the file of its variables. */

#include "qemu_firmware.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <unistd.h>

#include <json-c/json.h>
#include <libvirt/virterror.h>

#include "qemu_monitor.h"
#include "runtime/error.h"

/* A file of variables is some hundred KiB. */
#define VARIABLES_MAX (64 << 20)

/* Whether a list of words has one. */
static bool
hasWord(json_object *list, const char *word)
{
    size_t count = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

    for (size_t i = 0; i < count; i++) {
        const char *one = json_object_get_string(json_object_array_get_idx(list, i));

        if (one && g_str_equal(one, word))
            return true;
    }
    return false;
}

/* Whether it is made for the machine. */
static bool
isForMachine(json_object *description, const char *arch, const char *machine)
{
    json_object *targets = qemuJsonGet(description, "targets");
    size_t count = json_object_is_type(targets, json_type_array) ?
        json_object_array_length(targets) : 0;

    for (size_t i = 0; i < count; i++) {
        json_object *target = json_object_array_get_idx(targets, i);
        json_object *machines = qemuJsonGet(target, "machines");
        size_t patterns = json_object_is_type(machines, json_type_array) ?
            json_object_array_length(machines) : 0;

        if (g_strcmp0(qemuJsonString(target, "architecture"), arch) != 0)
            continue;
        for (size_t j = 0; j < patterns; j++) {
            const char *pattern = json_object_get_string(json_object_array_get_idx(machines, j));

            if (pattern && fnmatch(pattern, machine, 0) == 0)
                return true;
        }
    }
    return false;
}

/* Whether it has what the document asks for, and nothing that is excluded. */
static bool
hasFeatures(json_object *description, const virDocDomain *document)
{
    json_object *features = qemuJsonGet(description, "features");
    const virDocDomainOs *os = document->os;
    const virDocDomainFeatures *machine = document->features;
    bool smm = machine && machine->hasSmm && machine->smmState != VIR_DOC_SWITCH_OFF;
    bool secure = hasWord(features, "secure-boot");

    for (size_t i = 0; i < os->nfirmwareFeatures; i++) {
        const virDocDomainFirmwareFeature *feature = os->firmwareFeatures[i];
        const char *name = virDocDomainFirmwareFeatureNameToString(feature->name);

        if (hasWord(features, name) != (feature->enabled != VIR_DOC_SWITCH_OFF))
            return false;
        /* Who asks for what needs it gets system management mode, too. */
        smm |= g_str_equal(name, "secure-boot") && feature->enabled != VIR_DOC_SWITCH_OFF &&
               (!machine || !machine->hasSmm);
    }
    if (os->loader && os->loader->secure && (os->loader->secure == VIR_DOC_SWITCH_ON) != secure)
        return false;
    smm |= os->loader && os->loader->secure == VIR_DOC_SWITCH_ON && (!machine || !machine->hasSmm);
    return smm || !hasWord(features, "requires-smm");
}

static const char *
executableOf(json_object *description)
{
    json_object *mapping = qemuJsonGet(description, "mapping");
    const char *file = qemuJsonString(qemuJsonGet(mapping, "executable"), "filename");

    return file ? file : qemuJsonString(mapping, "filename");
}

static bool
fits(json_object *description, const virDocDomain *document, const char *arch, const char *machine)
{
    const virDocDomainLoader *loader = document->os->loader;
    const char *kind = document->os->firmware == VIR_DOC_DOMAIN_FIRMWARE_BIOS ? "bios" : "uefi";
    const char *file = executableOf(description);
    const char *format = qemuJsonString(qemuJsonGet(qemuJsonGet(description, "mapping"),
                                                    "executable"), "format");

    if (!file || (format && !g_str_equal(format, "raw")))
        return false;
    if (loader && loader->path)
        return g_str_equal(loader->path, file);
    return hasWord(qemuJsonGet(description, "interface-types"), kind) &&
           isForMachine(description, arch, machine) && hasFeatures(description, document);
}

/* Adds the descriptions of a folder, by name; a later folder goes before an earlier one. */
static void
collect(GTree *found, const char *folder)
{
    GDir *open = g_dir_open(folder, 0, NULL);
    const char *name;

    while (open && (name = g_dir_read_name(open))) {
        if (g_str_has_suffix(name, ".json"))
            g_tree_insert(found, g_strdup(name), g_build_filename(folder, name, NULL));
    }
    if (open)
        g_dir_close(open);
}

static gint
compareNames(gconstpointer a, gconstpointer b, gpointer opaque G_GNUC_UNUSED)
{
    return strcmp(a, b);
}

/* What is looked for, and found. */
typedef struct {
    const virDocDomain *document;
    const char *arch, *machine;
    json_object *description;
} Search;

static gboolean
look(gpointer name G_GNUC_UNUSED, gpointer path, gpointer opaque)
{
    Search *search = opaque;
    g_autofree char *text = NULL;
    g_autoptr(json_object) description = NULL;

    /* An empty file hides one of an earlier folder. */
    if (g_file_get_contents(path, &text, NULL, NULL) && *text)
        description = json_tokener_parse(text);
    if (description && fits(description, search->document, search->arch, search->machine))
        search->description = json_object_get(description);
    return search->description != NULL;
}

/* The first description that fits; NULL when none does. */
static json_object *
find(const virDocDomain *document, const qemuEmulator *emulator)
{
    const qemuMachine *machine = qemuEmulatorMachine(emulator, document->os->type->machine);
    g_autofree char *own = g_build_filename(g_get_user_config_dir(), "qemu", "firmware", NULL);
    GTree *found = g_tree_new_full(compareNames, NULL, g_free, g_free);
    Search search = {
        .document = document, .arch = emulator->arch,
        .machine = machine ? machine->name : document->os->type->machine,
    };

    collect(found, VIR_DATADIR "/qemu/firmware");
    if (!g_str_equal(VIR_DATADIR, "/usr/share"))
        collect(found, "/usr/share/qemu/firmware");
    collect(found, "/etc/qemu/firmware");
    if (geteuid() != 0)
        collect(found, own);
    g_tree_foreach(found, look, &search);
    g_tree_unref(found);
    return search.description;
}

/* Writes into the document what a description says. */
static void
apply(virDocDomain *document, json_object *description)
{
    virDocDomainOs *os = document->os;
    json_object *mapping = qemuJsonGet(description, "mapping");
    json_object *features = qemuJsonGet(description, "features");
    const char *template = qemuJsonString(qemuJsonGet(mapping, "nvram-template"), "filename");
    const char *device = qemuJsonString(mapping, "device");
    bool flash = device && g_str_equal(device, "flash");

    if (!os->loader)
        os->loader = virDocDomainLoaderNew();
    if (!os->loader->path)
        os->loader->path = g_strdup(executableOf(description));
    if (!os->loader->type)
        os->loader->type = flash ? VIR_DOC_DOMAIN_LOADER_TYPE_PFLASH : VIR_DOC_DOMAIN_LOADER_TYPE_ROM;
    if (flash && !os->loader->readonly)
        os->loader->readonly = VIR_DOC_SWITCH_ON;
    if (hasWord(features, "requires-smm") && hasWord(features, "secure-boot")) {
        if (!os->loader->secure)
            os->loader->secure = VIR_DOC_SWITCH_ON;
        if (!document->features)
            document->features = virDocDomainFeaturesNew();
        if (!document->features->hasSmm)
            document->features->smmState = VIR_DOC_SWITCH_ON;
        document->features->hasSmm = true;
    }
    if (!template || os->loader->stateless == VIR_DOC_SWITCH_ON)
        return;
    if (!os->nvram)
        os->nvram = virDocDomainNvramStoreNew();
    if (!os->nvram->template)
        os->nvram->template = g_strdup(template);
}

/* Names the file of the variables. */
static bool
nameVariables(virDocDomain *document, const char *folder)
{
    virDocDomainNvramStore *nvram = document->os->nvram;
    g_autofree char *file = g_strconcat(document->name, "_VARS.fd", NULL);

    if (!nvram || nvram->path)
        return true;
    if (nvram->storage.type && nvram->storage.type != VIR_DOC_DOMAIN_STORAGE_TYPE_FILE) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED,
                      "domain '%s': <nvram type='%s'>: this driver keeps variables in files only",
                      document->name, virDocDomainStorageTypeToString(nvram->storage.type));
        return false;
    }
    if (!nvram->storage.sourceFile)
        nvram->path = g_build_filename(folder, file, NULL);
    return true;
}

bool
qemuFirmwareChoose(virDocDomain *document, qemuEmulators *emulators, const char *folder)
{
    const virDocDomainOs *os = document->os;
    g_autoptr(json_object) description = NULL;
    g_autoptr(qemuEmulator) emulator = NULL;
    bool asked = os->firmware && !(os->loader && os->loader->path);
    bool flash = os->loader && os->loader->type == VIR_DOC_DOMAIN_LOADER_TYPE_PFLASH;

    /* QEMU's own BIOS is what it boots with anyway. */
    if (!asked && !(flash && (!os->nvram || !os->nvram->template)))
        return nameVariables(document, folder);
    emulator = qemuEmulatorsGet(emulators, document->emulator);
    if (!emulator && asked)
        return false;
    virResetLastError();
    description = emulator ? find(document, emulator) : NULL;
    if (description) {
        apply(document, description);
    } else if (asked && os->firmware != VIR_DOC_DOMAIN_FIRMWARE_BIOS) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "domain '%s': unable to find 'efi' firmware that is compatible with machine "
                      "'%s' and what <os> and <smm> ask for; descriptions are looked for in "
                      "/usr/share/qemu/firmware and /etc/qemu/firmware (package ovmf)",
                      document->name, document->os->type->machine);
        return false;
    }
    return nameVariables(document, folder);
}

const char *
qemuFirmwareVariables(const virDocDomain *document)
{
    const virDocDomainNvramStore *nvram = document->os ? document->os->nvram : NULL;

    if (!nvram)
        return NULL;
    return nvram->path ? nvram->path : nvram->storage.sourceFile;
}

/* Writes a file, whole or not at all. */
static bool
writeVariables(const char *path, const char *text, gsize length)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_path_get_dirname(path);

    if (g_mkdir_with_parents(folder, 0711) == 0 &&
        g_file_set_contents_full(path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT |
                                 G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED, "cannot write the variables '%s': %s",
                  path, error ? error->message : g_strerror(errno));
    return false;
}

bool
qemuFirmwareMakeVariables(const virDocDomain *document, bool anew)
{
    const char *path = qemuFirmwareVariables(document), *template;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    gsize length = 0;

    if (!path || (!anew && access(path, F_OK) == 0))
        return true;
    template = document->os->nvram->template;
    if (!template) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "domain '%s': there is no file '%s' of the firmware's variables, and <nvram> "
                      "names no template for it", document->name, path);
        return false;
    }
    if (!g_file_get_contents(template, &text, &length, &error) || length > VARIABLES_MAX) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "domain '%s': cannot read the template '%s' of the firmware's variables: %s",
                      document->name, template, error ? error->message : "it is too big");
        return false;
    }
    return writeVariables(path, text, length);
}
