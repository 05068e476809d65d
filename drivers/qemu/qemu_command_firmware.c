/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: its firmware, and the tables that firmware hands to the system. */

#include <string.h>

#include <libvirt/libvirt.h>

#include "base/uuid.h"
#include "conf/domain_machine.h"
#include "qemu_command.h"
#include "qemu_firmware.h"

/* A loader that is no flash memory is mapped as it is. */
static bool
isFlash(const virDocDomainLoader *loader)
{
    return loader && loader->path && loader->type == VIR_DOC_DOMAIN_LOADER_TYPE_PFLASH;
}

bool
qemuFirmwareMachine(const qemuCommand *command, GString *text)
{
    const virDocDomainOs *os = command->document->os;

    if (isFlash(os->loader)) {
        g_string_append(text, ",pflash0=libvirt-pflash0-format");
        if (qemuFirmwareVariables(command->document))
            g_string_append(text, ",pflash1=libvirt-pflash1-format");
    } else if (qemuFirmwareVariables(command->document)) {
        return qemuCommandRefuse(command, "<nvram> goes with a <loader type='pflash'>");
    }
    if (os->varstore)
        return qemuCommandRefuse(command, "this QEMU has no <varstore>");
    return true;
}

/* The two nodes of a flash memory. */
static void
addFlash(qemuCommand *command, int number, const char *path, bool readOnly)
{
    g_autofree char *storage = g_strdup_printf("libvirt-pflash%d-storage", number);
    g_autofree char *format = g_strdup_printf("libvirt-pflash%d-format", number);
    json_object *node = json_object_new_object();

    qemuSetString(node, "driver", "file");
    qemuSetString(node, "filename", path);
    qemuSetString(node, "node-name", storage);
    qemuSetTrue(node, "auto-read-only", true);
    qemuCommandAddObject(command, "-blockdev", node);
    node = json_object_new_object();
    qemuSetString(node, "node-name", format);
    qemuSetTrue(node, "read-only", readOnly);
    qemuSetString(node, "driver", "raw");
    qemuSetString(node, "file", storage);
    qemuCommandAddObject(command, "-blockdev", node);
}

static bool
addLoader(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    const virDocDomainLoader *loader = document->os->loader;

    if (!loader || !loader->path)
        return true;
    if ((loader->format && loader->format != VIR_DOC_DOMAIN_NVRAM_FORMAT_RAW) ||
        (document->os->nvram && document->os->nvram->format &&
         document->os->nvram->format != VIR_DOC_DOMAIN_NVRAM_FORMAT_RAW))
        return qemuCommandRefuse(command, "<loader> and <nvram>: this driver knows the format raw only");
    if (!isFlash(loader)) {
        qemuCommandAdd(command, "-bios", loader->path);
        return true;
    }
    if (loader->secure == VIR_DOC_SWITCH_ON &&
        !(virConfDomainIsQ35(document) && document->features && document->features->hasSmm &&
          document->features->smmState != VIR_DOC_SWITCH_OFF))
        return qemuCommandRefuse(command, "<loader secure='yes'> needs a machine 'q35' with "
                                 "<smm state='on'/>");
    if (loader->secure == VIR_DOC_SWITCH_ON)
        qemuCommandAdd(command, "-global", "driver=cfi.pflash01,property=secure,value=on");
    addFlash(command, 0, loader->path, loader->readonly == VIR_DOC_SWITCH_ON);
    if (qemuFirmwareVariables(document))
        addFlash(command, 1, qemuFirmwareVariables(document), /* readOnly= */ false);
    return true;
}

/* --- what the firmware says of itself and the machine ----------------------------------------- */

/* A name in the document, and QEMU's. */
typedef struct {
    const char *ours, *theirs;
} Word;

static const Word biosWords[] = {
    { "vendor", "vendor" }, { "version", "version" }, { "date", "date" }, { "release", "release" },
    { NULL, NULL },
};
static const Word systemWords[] = {
    { "manufacturer", "manufacturer" }, { "product", "product" }, { "version", "version" },
    { "serial", "serial" }, { "uuid", "uuid" }, { "sku", "sku" }, { "family", "family" },
    { NULL, NULL },
};
static const Word boardWords[] = {
    { "manufacturer", "manufacturer" }, { "product", "product" }, { "version", "version" },
    { "serial", "serial" }, { "asset", "asset" }, { "location", "location" }, { NULL, NULL },
};
static const Word chassisWords[] = {
    { "manufacturer", "manufacturer" }, { "version", "version" }, { "serial", "serial" },
    { "asset", "asset" }, { "sku", "sku" }, { NULL, NULL },
};

/* A table of SMBIOS from entries of the document; false with an error raised. */
static bool
addTable(qemuCommand *command, int type, const Word *words, virDocSysinfoEntry *const *entries,
         size_t count)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (!count)
        return true;
    g_string_append_printf(text, "type=%d", type);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *value = qemuCommandEscape(entries[i]->value ? entries[i]->value : "");
        const Word *word = words;

        while (word->ours && g_strcmp0(word->ours, entries[i]->name) != 0)
            word++;
        if (!word->ours)
            return qemuCommandRefuse(command, "<sysinfo>: QEMU has no entry '%s' in the SMBIOS "
                                     "table of type %d", entries[i]->name, type);
        g_string_append_printf(text, ",%s=%s", word->theirs, value);
    }
    qemuCommandAdd(command, "-smbios", text->str);
    return true;
}

static bool
addSmbios(qemuCommand *command, const virDocSysinfo *info)
{
    g_autoptr(GString) texts = g_string_new("type=11");

    if (info->nprocessors || info->nmemoryDevices)
        return qemuCommandRefuse(command, "<sysinfo>: tables of processors and memory are QEMU's own");
    if (!addTable(command, 0, biosWords, info->biosEntries, info->nbiosEntries) ||
        !addTable(command, 1, systemWords, info->systemEntries, info->nsystemEntries))
        return false;
    for (size_t i = 0; i < info->nbaseBoards; i++) {
        if (!addTable(command, 2, boardWords, info->baseBoards[i]->entries,
                      info->baseBoards[i]->nentries))
            return false;
    }
    if (!addTable(command, 3, chassisWords, info->chassisEntries, info->nchassisEntries))
        return false;
    for (size_t i = 0; i < info->noemStrings; i++) {
        g_autofree char *value = qemuCommandEscape(info->oemStrings[i]->value);

        g_string_append_printf(texts, ",value=%s", value);
    }
    if (info->noemStrings)
        qemuCommandAdd(command, "-smbios", texts->str);
    return true;
}

/* Files and words that the guest finds at QEMU's configuration interface. */
static void
addConfiguration(qemuCommand *command, const virDocSysinfo *info)
{
    for (size_t i = 0; i < info->nentries; i++) {
        const virDocSysinfoEntry *entry = info->entries[i];
        g_autofree char *name = qemuCommandEscape(entry->name ? entry->name : "");
        g_autofree char *value = qemuCommandEscape(entry->file ? entry->file :
                                                   entry->value ? entry->value : "");

        qemuCommandAddFormat(command, "-fw_cfg", "name=%s,%s=%s", name,
                             entry->file ? "file" : "string", value);
    }
}

/* What the host's own firmware says of a property; NULL when it says nothing. */
static char *
hostProperty(const char *name)
{
    g_autofree char *path = g_build_filename("/sys/class/dmi/id", name, NULL);
    char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    g_strstrip(text);
    return text;
}

/* The table of the system as the host has it. */
static void
addHostSystem(qemuCommand *command)
{
    static const Word words[] = {
        { "sys_vendor", "manufacturer" }, { "product_name", "product" },
        { "product_version", "version" }, { "product_sku", "sku" }, { "product_family", "family" },
    };
    g_autoptr(GString) text = g_string_new("type=1");

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *value = hostProperty(words[i].ours);
        g_autofree char *escaped = value && *value ? qemuCommandEscape(value) : NULL;

        if (escaped)
            g_string_append_printf(text, ",%s=%s", words[i].theirs, escaped);
    }
    qemuCommandAdd(command, "-smbios", text->str);
}

static bool
addSystemInformation(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    virDocDomainSmbiosMode mode = document->os->smbiosMode;
    bool described = false;

    if (mode == VIR_DOC_DOMAIN_SMBIOS_MODE_HOST)
        addHostSystem(command);
    for (size_t i = 0; i < document->nsysinfo; i++) {
        const virDocSysinfo *info = document->sysinfo[i];

        if (info->type == VIR_DOC_SYSINFO_TYPE_FWCFG) {
            addConfiguration(command, info);
        } else if (mode == VIR_DOC_DOMAIN_SMBIOS_MODE_SYSINFO) {
            described = true;
            if (!addSmbios(command, info))
                return false;
        }
    }
    return mode != VIR_DOC_DOMAIN_SMBIOS_MODE_SYSINFO || described ||
           qemuCommandRefuse(command, "<smbios mode='sysinfo'> needs a <sysinfo type='smbios'>");
}

static bool
addAcpiTables(qemuCommand *command)
{
    const virDocDomainOs *os = command->document->os;

    for (size_t i = 0; i < os->nacpiTables; i++) {
        g_autofree char *path = qemuCommandEscape(os->acpiTables[i]->path);

        switch (os->acpiTables[i]->type) {
        case VIR_DOC_DOMAIN_ACPI_TABLE_TYPE_ABSENT:
        case VIR_DOC_DOMAIN_ACPI_TABLE_TYPE_SLIC:
            qemuCommandAddFormat(command, "-acpitable", "sig=SLIC,file=%s", path);
            break;
        case VIR_DOC_DOMAIN_ACPI_TABLE_TYPE_RAW:
            qemuCommandAddFormat(command, "-acpitable", "file=%s", path);
            break;
        case VIR_DOC_DOMAIN_ACPI_TABLE_TYPE_RAWSET:
        case VIR_DOC_DOMAIN_ACPI_TABLE_TYPE_LAST:
            return qemuCommandRefuse(command, "<acpi><table type='rawset'>: QEMU takes one table at "
                                     "a time");
        }
    }
    return true;
}

/* What the guest learns of its own generation, and where it leaves notes for the host. */
static void
addNotes(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    char uuid[VIR_UUID_STRING_BUFLEN];
    json_object *device;

    if (document->hasGenid) {
        virUUIDFormat(document->genidId, uuid);
        device = json_object_new_object();
        qemuSetString(device, "driver", "vmgenid");
        qemuSetString(device, "guid", uuid);
        qemuSetString(device, "id", "vmgenid0");
        qemuCommandAddObject(command, "-device", device);
    }
    if (document->features && document->features->hasVmcoreinfo &&
        document->features->vmcoreinfoState != VIR_DOC_SWITCH_OFF)
        qemuCommandAdd(command, "-device", "vmcoreinfo");
    if (document->os->biosUseserial == VIR_DOC_SWITCH_ON)
        qemuCommandAdd(command, "-device", "sga");
}

bool
qemuCommandFirmware(qemuCommand *command)
{
    addNotes(command);
    return addLoader(command) && addSystemInformation(command) && addAcpiTables(command);
}
