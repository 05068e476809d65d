/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that start, stop, save and describe a domain. */

#include <stdlib.h>
#include <string.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/document.h"
#include "client/edit.h"
#include "client/job.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/tune.h"

bool shellAutostart(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    bool on = !virshFlag(arguments, "disable");
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);
    int result;

    if (!domain)
        return false;
    result = virshFlag(arguments, "once") ? virDomainSetAutostartOnce(domain, on)
                                          : virDomainSetAutostart(domain, on);
    if (result < 0) {
        virshError(ctl, on ? "Failed to mark domain '%s' as autostarted"
                           : "Failed to unmark domain '%s' as autostarted", name);
        return false;
    }
    virshExtra(ctl, on ? "Domain '%s' marked as autostarted\n"
                       : "Domain '%s' unmarked as autostarted\n", name);
    return true;
}

/* Reads "--mode acpi,agent" as bits: the words are in the order of the API's bits. Whether a comma stands
 * before the last word of the sentence about others is customary, and differs. */
static bool virshModes(virshControl *ctl, const virshArguments *arguments, const char *comma,
                       unsigned int *flags)
{
    static const char *const words[] = { "acpi", "agent", "initctl", "signal", "paravirt", NULL };
    const char *text = NULL;
    g_auto(GStrv) modes = NULL;

    if (!virshString(ctl, arguments, "mode", &text))
        return false;
    modes = g_strsplit(text ? text : "", ",", -1);
    for (size_t i = 0; modes[i]; i++) {
        int index = virshWordIndex(words, modes[i]);

        if (index < 0) {
            virshError(ctl, "Unknown mode %s value, expecting 'acpi', 'agent', 'initctl', "
                            "'signal'%s or 'paravirt'", modes[i], comma);
            return false;
        }
        *flags |= 1U << index;
    }
    return true;
}

bool shellShutdown(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = NULL;
    int result;

    if (!virshModes(ctl, arguments, ",", &flags))
        return false;
    domain = virshFindDomain(ctl, arguments, "domain", &name);
    if (!domain)
        return false;
    result = flags ? virDomainShutdownFlags(domain, flags) : virDomainShutdown(domain);
    if (result < 0) {
        virshError(ctl, "Failed to shutdown domain '%s'", name);
        return false;
    }
    virshExtra(ctl, "Domain '%s' is being shutdown\n", name);
    return true;
}

bool shellReboot(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = NULL;

    if (!virshModes(ctl, arguments, "", &flags))
        return false;
    domain = virshFindDomain(ctl, arguments, "domain", &name);
    if (!domain)
        return false;
    if (virDomainReboot(domain, flags) < 0) {
        virshError(ctl, "Failed to reboot domain '%s'", name);
        return false;
    }
    virshExtra(ctl, "Domain '%s' is being rebooted\n", name);
    return true;
}

bool shellDumpxml(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autofree char *text = NULL;
    unsigned int flags = 0;

    if (!domain)
        return false;
    if (virshFlag(arguments, "inactive"))
        flags |= VIR_DOMAIN_XML_INACTIVE;
    if (virshFlag(arguments, "security-info"))
        flags |= VIR_DOMAIN_XML_SECURE;
    if (virshFlag(arguments, "update-cpu"))
        flags |= VIR_DOMAIN_XML_UPDATE_CPU;
    if (virshFlag(arguments, "migratable"))
        flags |= VIR_DOMAIN_XML_MIGRATABLE;
    text = virDomainGetXMLDesc(domain, flags);
    return text && virshPrintDocument(ctl, arguments, text);
}

/* RUNNING and PAUSED of a save file; both words are exclusive in the description. */
static unsigned int virshSaveFlags(const virshArguments *arguments)
{
    unsigned int flags = 0;

    if (virshFlag(arguments, "bypass-cache"))
        flags |= VIR_DOMAIN_SAVE_BYPASS_CACHE;
    if (virshFlag(arguments, "running"))
        flags |= VIR_DOMAIN_SAVE_RUNNING;
    if (virshFlag(arguments, "paused"))
        flags |= VIR_DOMAIN_SAVE_PAUSED;
    if (virshFlag(arguments, "reset-nvram"))
        flags |= VIR_DOMAIN_SAVE_RESET_NVRAM;
    return flags;
}

/* The text of the file that --xml names, NULL without it. */
static bool virshNewDocument(virshControl *ctl, const virshArguments *arguments, char **text)
{
    const char *path = NULL;

    if (!virshString(ctl, arguments, "xml", &path))
        return false;
    *text = path ? virshReadFile(ctl, path) : NULL;
    return !path || *text;
}

typedef struct {
    const char *path;
    const char *text; /* changed document, NULL: as it is */
    unsigned int flags;
    unsigned int format;
    virTypedParameterPtr fields; /* what only parameters can say, with path and text; NULL: none */
    int fieldCount;
} virshImageJob;

/* Makes parameters of a job on a file when an option needs them; false after reporting. */
static bool virshImageFields(virshControl *ctl, const virshArguments *arguments,
                             virshImageJob *job)
{
    static const virshTuned tuned[] = {
        { .option = "image-format", .key = VIR_DOMAIN_SAVE_PARAM_IMAGE_FORMAT,
          .type = VIR_TYPED_PARAM_STRING },
        { .option = "parallel-channels", .key = VIR_DOMAIN_SAVE_PARAM_PARALLEL_CHANNELS,
          .type = VIR_TYPED_PARAM_INT },
    };
    int room;

    if (!virshAnyFlag(arguments, "image-format parallel-channels"))
        return true;
    if (!virshTuneCollect(ctl, arguments, tuned, G_N_ELEMENTS(tuned), &job->fields,
                          &job->fieldCount))
        return false;
    room = job->fieldCount;
    return virTypedParamsAddString(&job->fields, &job->fieldCount, &room,
                                   VIR_DOMAIN_SAVE_PARAM_FILE, job->path) == 0 &&
           (!job->text || virTypedParamsAddString(&job->fields, &job->fieldCount, &room,
                                                  VIR_DOMAIN_SAVE_PARAM_DXML, job->text) == 0);
}

static int virshSaveJob(virDomainPtr domain, void *opaque)
{
    virshImageJob *job = opaque;

    if (job->fields)
        return virDomainSaveParams(domain, job->fields, job->fieldCount, job->flags);
    return job->flags || job->text ? virDomainSaveFlags(domain, job->path, job->text, job->flags)
                                   : virDomainSave(domain, job->path);
}

static int virshManagedsaveJob(virDomainPtr domain, void *opaque)
{
    virshImageJob *job = opaque;

    return virDomainManagedSave(domain, job->flags);
}

static int virshDumpJob(virDomainPtr domain, void *opaque)
{
    virshImageJob *job = opaque;

    return job->flags & VIR_DUMP_MEMORY_ONLY
               ? virDomainCoreDumpWithFormat(domain, job->path, job->format, job->flags)
               : virDomainCoreDump(domain, job->path, job->flags);
}

bool shellSave(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    const char *file = NULL;
    g_autofree char *text = NULL;
    g_autofree char *path = NULL;
    virshImageJob job = { .flags = virshSaveFlags(arguments) };
    g_autoptr(virshDomain) domain = NULL;
    bool good;

    if (!virshString(ctl, arguments, "file", &file) || !virshNewDocument(ctl, arguments, &text))
        return false;
    domain = virshFindDomain(ctl, arguments, "domain", &name);
    if (!domain)
        return false;
    job.path = path = g_canonicalize_filename(file, NULL);
    job.text = text;
    good = virshImageFields(ctl, arguments, &job) &&
           virshJobRun(ctl, arguments, domain, "Save", virshSaveJob, &job) == 0;
    virTypedParamsFree(job.fields, job.fieldCount);
    if (!good) {
        virshError(ctl, "Failed to save domain '%s' to %s", name, file);
        return false;
    }
    virshExtra(ctl, "\nDomain '%s' saved to %s\n", name, file);
    return true;
}

static int virshRestore(virshControl *ctl, const virshImageJob *job)
{
    if (job->fields)
        return virDomainRestoreParams(ctl->connection, job->fields, job->fieldCount, job->flags);
    return job->flags || job->text
               ? virDomainRestoreFlags(ctl->connection, job->path, job->text, job->flags)
               : virDomainRestore(ctl->connection, job->path);
}

bool shellRestore(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL;
    g_autofree char *text = NULL;
    virshImageJob job = { .flags = virshSaveFlags(arguments) };
    bool good;

    if (!virshString(ctl, arguments, "file", &file) || !virshNewDocument(ctl, arguments, &text))
        return false;
    job.path = file;
    job.text = text;
    good = virshImageFields(ctl, arguments, &job) && virshRestore(ctl, &job) == 0;
    virTypedParamsFree(job.fields, job.fieldCount);
    if (!good) {
        virshError(ctl, "Failed to restore domain from %s", file);
        return false;
    }
    virshExtra(ctl, "Domain restored from %s\n", file);
    return true;
}

bool shellSaveImageDumpxml(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL;
    g_autofree char *text = NULL;
    unsigned int flags = virshFlag(arguments, "security-info") ? VIR_DOMAIN_XML_SECURE : 0;

    if (!virshString(ctl, arguments, "file", &file))
        return false;
    text = virDomainSaveImageGetXMLDesc(ctl->connection, file, flags);
    return text && virshPrintDocument(ctl, arguments, text);
}

bool shellSaveImageDefine(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL;
    g_autofree char *text = NULL;

    if (!virshString(ctl, arguments, "file", &file) || !virshNewDocument(ctl, arguments, &text))
        return false;
    if (virDomainSaveImageDefineXML(ctl->connection, file, text, virshSaveFlags(arguments)) < 0) {
        virshError(ctl, "Failed to update %s", file);
        return false;
    }
    virshExtra(ctl, "State file %s updated.\n", file);
    return true;
}

typedef struct {
    const char *file;
    unsigned int flags;
} virshImage;

static bool virshStoreImage(virshControl *ctl, const char *text, void *opaque)
{
    virshImage *image = opaque;

    return virDomainSaveImageDefineXML(ctl->connection, image->file, text, image->flags) == 0;
}

bool shellSaveImageEdit(virshControl *ctl, const virshArguments *arguments)
{
    virshImage image = { NULL, virshSaveFlags(arguments) };
    g_autofree char *text = NULL;

    if (!virshString(ctl, arguments, "file", &image.file))
        return false;
    text = virDomainSaveImageGetXMLDesc(ctl->connection, image.file, VIR_DOMAIN_XML_SECURE);
    if (!text)
        return false;
    switch (virshEdit(ctl, text, virshStoreImage, &image)) {
    case VIRSH_EDIT_FAILED:
        return false;
    case VIRSH_EDIT_UNCHANGED:
        virshExtra(ctl, "Saved image %s XML configuration not changed.\n", image.file);
        return true;
    case VIRSH_EDIT_STORED:
        virshExtra(ctl, "State file %s edited.\n", image.file);
        return true;
    }
    return false;
}

typedef struct {
    virDomainPtr domain;
    unsigned int flags;
} virshManaged;

static bool virshStoreManaged(virshControl *ctl G_GNUC_UNUSED, const char *text, void *opaque)
{
    virshManaged *managed = opaque;

    return virDomainManagedSaveDefineXML(managed->domain, text, managed->flags) == 0;
}

bool shellManagedsaveEdit(virshControl *ctl, const virshArguments *arguments)
{
    virshManaged managed = { NULL, virshSaveFlags(arguments) };
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autofree char *text = NULL;

    if (!domain)
        return false;
    text = virDomainManagedSaveGetXMLDesc(domain, VIR_DOMAIN_SAVE_IMAGE_XML_SECURE);
    if (!text)
        return false;
    managed.domain = domain;
    switch (virshEdit(ctl, text, virshStoreManaged, &managed)) {
    case VIRSH_EDIT_FAILED:
        return false;
    case VIRSH_EDIT_UNCHANGED:
        virshExtra(ctl, "Managed save image of domain '%s' XML configuration not changed.\n",
                   virDomainGetName(domain));
        return true;
    case VIRSH_EDIT_STORED:
        virshExtra(ctl, "Managed save image of Domain '%s' XML configuration edited.\n",
                   virDomainGetName(domain));
        return true;
    }
    return false;
}

bool shellManagedsave(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    virshImageJob job = { .flags = virshSaveFlags(arguments) };
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);

    if (!domain)
        return false;
    if (virshJobRun(ctl, arguments, domain, "Managedsave", virshManagedsaveJob, &job) < 0) {
        virshError(ctl, "Failed to save domain '%s' state", name);
        return false;
    }
    virshExtra(ctl, "\nDomain '%s' state saved by libvirt\n", name);
    return true;
}

bool shellManagedsaveRemove(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);
    int image;

    if (!domain)
        return false;
    image = virDomainHasManagedSaveImage(domain, 0);
    if (image < 0) {
        virshError(ctl, "Failed to check for domain managed save image");
        return false;
    }
    if (image && virDomainManagedSaveRemove(domain, 0) < 0) {
        virshError(ctl, "Failed to remove managed save image for domain '%s'", name);
        return false;
    }
    virshExtra(ctl, image ? "Removed managedsave image for domain '%s'"
                          : "Domain '%s' has no manage save image; removal skipped", name);
    return true;
}

bool shellManagedsaveDumpxml(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    unsigned int flags =
        virshFlag(arguments, "security-info") ? VIR_DOMAIN_SAVE_IMAGE_XML_SECURE : 0;
    g_autofree char *text = NULL;

    if (!domain)
        return false;
    text = virDomainManagedSaveGetXMLDesc(domain, flags);
    return text && virshPrintDocument(ctl, arguments, text);
}

bool shellManagedsaveDefine(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    g_autofree char *text = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);

    if (!domain || !virshNewDocument(ctl, arguments, &text))
        return false;
    if (virDomainManagedSaveDefineXML(domain, text, virshSaveFlags(arguments)) < 0) {
        virshError(ctl, "Failed to update %s XML configuration", name);
        return false;
    }
    virshExtra(ctl, "Managed save state file of domain '%s' updated.\n", name);
    return true;
}

static const char *const dumpFormats[] = { "elf", "kdump-zlib", "kdump-lzo", "kdump-snappy",
                                           "win-dmp", NULL };

static bool virshDumpFormat(virshControl *ctl, const virshArguments *arguments, int *format)
{
    const char *word = NULL;

    if (!virshString(ctl, arguments, "format", &word))
        return false;
    if (!word)
        return true;
    if (!virshFlag(arguments, "memory-only")) {
        virshError(ctl, "--format only works with --memory-only");
        return false;
    }
    *format = virshWordIndex(dumpFormats, word);
    if (*format < 0) {
        virshError(ctl, "format '%s' is not supported", word);
        return false;
    }
    return true;
}

static unsigned int virshDumpFlags(const virshArguments *arguments)
{
    unsigned int flags = 0;

    flags |= virshFlag(arguments, "live") ? VIR_DUMP_LIVE : 0;
    flags |= virshFlag(arguments, "crash") ? VIR_DUMP_CRASH : 0;
    flags |= virshFlag(arguments, "bypass-cache") ? VIR_DUMP_BYPASS_CACHE : 0;
    flags |= virshFlag(arguments, "reset") ? VIR_DUMP_RESET : 0;
    flags |= virshFlag(arguments, "memory-only") ? VIR_DUMP_MEMORY_ONLY : 0;
    return flags;
}

bool shellDump(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    const char *file = NULL;
    g_autofree char *path = NULL;
    int format = VIR_DOMAIN_CORE_DUMP_FORMAT_RAW;
    virshImageJob job = { .flags = virshDumpFlags(arguments) };
    g_autoptr(virshDomain) domain = NULL;

    if (!virshString(ctl, arguments, "file", &file) || !virshDumpFormat(ctl, arguments, &format))
        return false;
    domain = virshFindDomain(ctl, arguments, "domain", &name);
    if (!domain)
        return false;
    job.path = path = g_canonicalize_filename(file, NULL);
    job.format = (unsigned int)format;
    if (virshJobRun(ctl, arguments, domain, "Dump", virshDumpJob, &job) < 0) {
        virshError(ctl, "Failed to core dump domain '%s' to %s", name, file);
        return false;
    }
    virshExtra(ctl, "\nDomain '%s' dumped to %s\n", name, file);
    return true;
}

typedef struct {
    unsigned int flags;
    virDomainPtr stored;
} virshDefinition;

static bool virshStoreDomain(virshControl *ctl, const char *text, void *opaque)
{
    virshDefinition *definition = opaque;

    definition->stored = virDomainDefineXMLFlags(ctl->connection, text, definition->flags);
    if (!definition->stored && definition->flags) {
        /* a driver without schema validation still takes the document */
        const virError *error = virGetLastError();

        if (!error || error->code != VIR_ERR_INVALID_ARG || !strstr(error->message, "flags"))
            return false;
        virshForgetFailure(ctl);
        definition->flags = 0;
        definition->stored = virDomainDefineXML(ctl->connection, text);
    }
    return definition->stored != NULL;
}

static void virshStoreRelaxed(void *opaque)
{
    virshDefinition *definition = opaque;

    definition->flags = 0;
}

bool shellEdit(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    virshDefinition definition = {
        virshFlag(arguments, "skip-validate") ? 0 : VIR_DOMAIN_DEFINE_VALIDATE, NULL
    };
    virshEditor editor = { .store = virshStoreDomain, .opaque = &definition };
    g_autofree char *text = NULL;

    if (!domain)
        return false;
    text = virDomainGetXMLDesc(domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
    if (!text)
        return false;
    editor.relax = definition.flags ? virshStoreRelaxed : NULL;
    switch (virshEditWith(ctl, text, &editor)) {
    case VIRSH_EDIT_FAILED:
        return false;
    case VIRSH_EDIT_UNCHANGED:
        virshExtra(ctl, "Domain '%s' XML configuration not changed.\n", virDomainGetName(domain));
        return true;
    case VIRSH_EDIT_STORED:
        virshExtra(ctl, "Domain '%s' XML configuration edited.\n",
                   virDomainGetName(definition.stored));
        virDomainFree(definition.stored);
        return true;
    }
    return false;
}
