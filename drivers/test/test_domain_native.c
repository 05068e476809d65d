/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The native form of the test hypervisor: a key file, from domain documents and to them. */

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "conf/domain_find.h"
#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain.h"
#include "test_domain_stats.h"

/*
 * A file of this form is
 *
 *     [domain]
 *     name=guest
 *     uuid=11111111-2222-3333-4444-555555555555
 *     memory=8192                  KiB
 *     vcpus=2
 *
 *     [disk vda]                   one group for each disk, named by its target
 *     source=/path
 *     bus=virtio
 *     device=disk                  or cdrom, floppy, lun
 *
 *     [interface 52:54:00:00:00:01]    one for each interface, named by its hardware address
 *     network=default              or bridge=br0
 *
 * where uuid, source, bus, device, network and bridge may be absent. Nothing else is kept.
 */
#define NATIVE_FORM "test-conf"
#define DISK_GROUP "disk "
#define INTERFACE_GROUP "interface "

/* Longest such file: it is a guest's, whoever brings it. */
#define NATIVE_MAX (1024 * 1024)

static bool
isForm(const char *form)
{
    if (g_str_equal(form, NATIVE_FORM))
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                  "unsupported config type %s, only " NATIVE_FORM " is known here", form);
    return false;
}

/* Appends an attribute when there is something to say. */
static void
addAttribute(GString *xml, const char *name, const char *value)
{
    g_autofree char *text = value ? g_markup_printf_escaped(" %s='%s'", name, value) : NULL;

    if (text)
        g_string_append(xml, text);
}

static void
addElement(GString *xml, const char *name, const char *value)
{
    g_autofree char *text = value ? g_markup_printf_escaped("<%s>%s</%s>", name, value, name) :
        NULL;

    if (text)
        g_string_append(xml, text);
}

/* A value of a group; NULL when it is absent. */
static char *
valueOf(GKeyFile *file, const char *group, const char *key)
{
    return g_key_file_get_string(file, group, key, NULL);
}

static void
readDisk(GKeyFile *file, const char *group, GString *xml)
{
    g_autofree char *source = valueOf(file, group, "source");
    g_autofree char *bus = valueOf(file, group, "bus");
    g_autofree char *device = valueOf(file, group, "device");

    g_string_append(xml, "<disk type='file'");
    addAttribute(xml, "device", device);
    g_string_append(xml, "><source");
    addAttribute(xml, "file", source);
    g_string_append(xml, "/><target");
    addAttribute(xml, "dev", group + strlen(DISK_GROUP));
    addAttribute(xml, "bus", bus);
    g_string_append(xml, "/></disk>");
}

static void
readInterface(GKeyFile *file, const char *group, GString *xml)
{
    g_autofree char *network = valueOf(file, group, "network");
    g_autofree char *bridge = valueOf(file, group, "bridge");

    g_string_append(xml, bridge ? "<interface type='bridge'>" : network ?
                    "<interface type='network'>" : "<interface type='user'>");
    g_string_append(xml, "<mac");
    addAttribute(xml, "address", group + strlen(INTERFACE_GROUP));
    g_string_append(xml, "/>");
    if (bridge || network) {
        g_string_append(xml, "<source");
        addAttribute(xml, bridge ? "bridge" : "network", bridge ? bridge : network);
        g_string_append(xml, "/>");
    }
    g_string_append(xml, "</interface>");
}

/* The document of a file; NULL with an error raised for a group that is not known. */
static char *
documentOf(GKeyFile *file)
{
    g_autoptr(GString) xml = g_string_new("<domain type='test'>");
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    static const char *const keys[][2] = {
        { "name", "name" }, { "uuid", "uuid" }, { "memory", "memory" }, { "vcpus", "vcpu" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *value = valueOf(file, "domain", keys[i][0]);

        addElement(xml, keys[i][1], value);
    }
    g_string_append(xml, "<os><type>hvm</type></os><devices>");
    for (size_t i = 0; groups[i]; i++) {
        if (g_str_has_prefix(groups[i], DISK_GROUP)) {
            readDisk(file, groups[i], xml);
        } else if (g_str_has_prefix(groups[i], INTERFACE_GROUP)) {
            readInterface(file, groups[i], xml);
        } else if (!g_str_equal(groups[i], "domain")) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                          "[%s] is no group of a " NATIVE_FORM " file, expected [domain], "
                          "[disk TARGET] or [interface ADDRESS]", groups[i]);
            return NULL;
        }
    }
    g_string_append(xml, "</devices></domain>");
    return g_string_free(g_steal_pointer(&xml), /* free_segment= */ false);
}

char *
testConnectDomainXMLFromNative(virConnectPtr conn G_GNUC_UNUSED, const char *nativeFormat,
                               const char *nativeConfig, unsigned int flags G_GNUC_UNUSED)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *xml = NULL;
    g_autoptr(virDocDomain) document = NULL;
    size_t length = strlen(nativeConfig);

    if (!isForm(nativeFormat))
        return NULL;
    if (length > NATIVE_MAX ||
        !g_key_file_load_from_data(file, nativeConfig, length, G_KEY_FILE_NONE, &error)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "this is no " NATIVE_FORM " file: %s",
                      error ? error->message : "it is longer than 1 MiB");
        return NULL;
    }
    xml = documentOf(file);
    document = xml ? testDomainParse(xml, /* strict= */ false) : NULL;
    return document ? virDocPrint(&virDocDomainRecord, NULL, document,
                                  VIR_DOC_PRINT_INACTIVE) : NULL;
}

static void
setValue(GKeyFile *file, const char *group, const char *key, const char *value)
{
    if (value)
        g_key_file_set_string(file, group, key, value);
}

static void
writeDisk(GKeyFile *file, const virDocDomainDisk *disk)
{
    g_autofree char *group = g_strconcat(DISK_GROUP, disk->targetDev, NULL);

    setValue(file, group, "source", virConfDomainDiskSource(&disk->storage));
    setValue(file, group, "bus", virDocDomainDiskBusToString(disk->targetBus));
    setValue(file, group, "device", virDocDomainDiskDeviceToString(disk->device));
}

static void
writeInterface(GKeyFile *file, const virDocDomainInterface *interface)
{
    const unsigned char *mac = interface->macAddress;
    g_autofree char *group = g_strdup_printf(INTERFACE_GROUP "%02x:%02x:%02x:%02x:%02x:%02x",
                                             mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);

    if (interface->sourceBridge)
        setValue(file, group, "bridge", interface->sourceBridge);
    else
        g_key_file_set_string(file, group, "network",
                              interface->sourceNetwork ? interface->sourceNetwork : "");
    if (!interface->sourceBridge && !interface->sourceNetwork)
        g_key_file_remove_key(file, group, "network", NULL);
}

char *
testConnectDomainXMLToNative(virConnectPtr conn G_GNUC_UNUSED, const char *nativeFormat,
                             const char *domainXml, unsigned int flags G_GNUC_UNUSED)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(virDocDomain) document = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN];

    if (!isForm(nativeFormat))
        return NULL;
    document = testDomainParse(domainXml, /* strict= */ false);
    if (!document)
        return NULL;
    virUUIDFormat(document->uuid, uuid);
    setValue(file, "domain", "name", document->name);
    setValue(file, "domain", "uuid", uuid);
    g_key_file_set_uint64(file, "domain", "memory", document->memory);
    g_key_file_set_uint64(file, "domain", "vcpus", testDomainOnline(document));
    for (size_t i = 0; i < document->ndisks; i++)
        writeDisk(file, document->disks[i]);
    for (size_t i = 0; i < document->ninterfaces; i++)
        writeInterface(file, document->interfaces[i]);
    return g_key_file_to_data(file, NULL, NULL);
}
