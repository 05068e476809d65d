/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What domains and storage pools of the model may have: all that their documents can say. */

#include <libvirt/virterror.h>

#include "document/domain.h"
#include "document/domaincapabilities.h"
#include "document/print.h"
#include "document/storagepool.h"
#include "document/storagepoolcapabilities.h"
#include "document/storagevol.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "test_driver.h"
#include "test_node.h"

/* One setting of a device, and where its values come from. */
typedef struct {
    const char *name;
    const virDocEnum *tokens;
} Setting;

static virDocDomainCapabilitiesEnum *
newEnum(const char *name, const virDocEnum *tokens)
{
    virDocDomainCapabilitiesEnum *list = virDocDomainCapabilitiesEnumNew();

    list->name = g_strdup(name);
    list->values = g_new0(char *, tokens->ntokens);
    for (unsigned int i = 1; i < tokens->ntokens; i++)
        list->values[list->nvalues++] = g_strdup(tokens->tokens[i]);
    return list;
}

/* Something that is there, with its settings up to one without a name. */
static virDocDomainCapabilitiesSupport *
newSupport(const Setting *settings)
{
    virDocDomainCapabilitiesSupport *support = virDocDomainCapabilitiesSupportNew();

    support->supported = VIR_DOC_SWITCH_ON;
    for (; settings->name; settings++)
        VIR_DOC_LIST_ADD(support, enums, newEnum(settings->name, settings->tokens));
    return support;
}

#define SUPPORT(...) newSupport((const Setting[]) { __VA_ARGS__ __VA_OPT__(,) { NULL, NULL } })

static void
addDevices(virDocDomainCapabilities *all)
{
    all->devicesDisk = SUPPORT({ "diskDevice", &virDocDomainDiskDeviceTokens },
                               { "bus", &virDocDomainDiskBusTokens });
    all->devicesGraphics = SUPPORT({ "type", &virDocDomainGraphicsTypeTokens });
    all->devicesVideo = SUPPORT({ "modelType", &virDocDomainVideoModelTokens });
    all->devicesHostdev = SUPPORT({ "mode", &virDocDomainHostdevModeTokens },
                                  { "subsysType", &virDocDomainHostdevTypeTokens });
    all->devicesRng = SUPPORT({ "model", &virDocDomainRngModelTokens },
                              { "backendModel", &virDocDomainRngBackendModelTokens });
    all->devicesTpm = SUPPORT({ "model", &virDocDomainTpmModelTokens },
                              { "backendModel", &virDocDomainTpmBackendTypeTokens });
    all->devicesRedirdev = SUPPORT({ "bus", &virDocDomainRedirdevBusTokens });
    all->devicesChannel = SUPPORT({ "type", &virDocDomainCharacterTypeTokens });
    all->devicesCrypto = SUPPORT({ "model", &virDocDomainCryptoModelTokens },
                                 { "type", &virDocDomainCryptoTypeTokens },
                                 { "backendModel", &virDocDomainCryptoBackendTokens });
    all->devicesPanic = SUPPORT({ "model", &virDocDomainPanicModelTokens });
    all->devicesConsole = SUPPORT({ "type", &virDocDomainCharacterTypeTokens });
}

/* The models that a guest can be given by name; whether the model host has them nobody can tell. */
static void
addModels(virDocDomainCapabilities *all)
{
    virDocDomainCapabilitiesCpuMode *mode = virDocDomainCapabilitiesCpuModeNew();

    mode->name = g_strdup("custom");
    mode->supported = VIR_DOC_SWITCH_ON;
    for (const char *const *name = testCpuModels(all->arch); name && *name; name++) {
        virDocDomainCapabilitiesCpuModel *model = virDocDomainCapabilitiesCpuModelNew();

        model->name = g_strdup(*name);
        model->usable = VIR_DOC_DOMAIN_CAPABILITIES_USABLE_UNKNOWN;
        VIR_DOC_LIST_ADD(mode, models, model);
    }
    VIR_DOC_LIST_ADD(all, cpuModes, mode);
}

/* Whether what somebody asks for is what there is; else raises. */
static bool
isThere(const char *what, const char *asked, const char *there)
{
    if (!asked || g_strcmp0(asked, there) == 0)
        return true;
    if (there)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "there is no %s '%s' here, only '%s'",
                      what, asked, there);
    else
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "there is no %s '%s', nor any other",
                      what, asked);
    return false;
}

bool
testRequireHypervisor(virConnectPtr conn, const char *emulator, const char *arch,
                      const char *machine, const char *virttype)
{
    const virDocCapabilitiesArch *guest =
        testHostOf(conn)->machine->capabilities->guests[0]->arches[0];

    return isThere("emulator", emulator, guest->emulator) &&
           isThere("architecture", arch, guest->name) &&
           isThere("machine type", machine, /* there= */ NULL) &&
           isThere("kind of domains", virttype, guest->domains[0]->type);
}

char *
testConnectGetDomainCapabilities(virConnectPtr conn, const char *emulatorbin, const char *arch,
                                 const char *machine, const char *virttype,
                                 unsigned int flags G_GNUC_UNUSED)
{
    const virDocCapabilitiesArch *guest =
        testHostOf(conn)->machine->capabilities->guests[0]->arches[0];
    virDocDomainCapabilities *all;
    char *text;

    if (!testRequireHypervisor(conn, emulatorbin, arch, machine, virttype))
        return NULL;
    all = virDocDomainCapabilitiesNew();
    all->path = g_strdup(guest->emulator);
    all->domain = g_strdup(guest->domains[0]->type);
    all->arch = g_strdup(guest->name);
    all->hasVcpuMax = true;
    all->vcpuMax = (unsigned int) testConnectGetMaxVcpus(conn, NULL);
    all->iothreads = SUPPORT();
    all->os = virDocDomainCapabilitiesOsNew();
    all->os->supported = VIR_DOC_SWITCH_ON;
    VIR_DOC_LIST_ADD(all->os, enums, newEnum("firmware", &virDocDomainFirmwareTokens));
    addModels(all);
    addDevices(all);
    all->featuresBackingStoreInput = SUPPORT();
    all->featuresBackup = SUPPORT();
    text = virDocPrint(&virDocDomainCapabilitiesRecord, NULL, all, 0);
    virDocDomainCapabilitiesFree(all);
    return text;
}

/* The formats that sources or volumes of a type of pools have; NULL without any. */
typedef struct {
    const char *usual;
    const char *setting;
    const virDocEnum *tokens;
} Formats;

static virDocStoragePoolCapabilitiesOptions *
newOptions(const Formats *formats)
{
    virDocStoragePoolCapabilitiesOptions *options;
    virDocStoragePoolCapabilitiesEnum *list;

    if (!formats->tokens)
        return NULL;
    options = virDocStoragePoolCapabilitiesOptionsNew();
    options->defaultFormatType = g_strdup(formats->usual);
    list = virDocStoragePoolCapabilitiesEnumNew();
    list->name = g_strdup(formats->setting);
    list->values = g_new0(char *, formats->tokens->ntokens);
    for (unsigned int i = 1; i < formats->tokens->ntokens; i++)
        list->values[list->nvalues++] = g_strdup(formats->tokens->tokens[i]);
    VIR_DOC_LIST_ADD(options, enums, list);
    return options;
}

static Formats
sourceFormats(virDocStoragePoolType type)
{
    switch ((int) type) {
    case VIR_DOC_STORAGE_POOL_TYPE_FS:
        return (Formats) { "auto", "sourceFormatType", &virDocStoragePoolFsFormatTokens };
    case VIR_DOC_STORAGE_POOL_TYPE_NETFS:
        return (Formats) { "auto", "sourceFormatType", &virDocStoragePoolNetFsFormatTokens };
    case VIR_DOC_STORAGE_POOL_TYPE_DISK:
        return (Formats) { "unknown", "sourceFormatType", &virDocStoragePoolDiskFormatTokens };
    case VIR_DOC_STORAGE_POOL_TYPE_LOGICAL:
        return (Formats) { "lvm2", "sourceFormatType", &virDocStoragePoolLogicalFormatTokens };
    }
    return (Formats) { NULL, NULL, NULL };
}

/* Volumes of other types are whole devices, or what a server keeps. */
static bool
holdsFiles(virDocStoragePoolType type)
{
    return type == VIR_DOC_STORAGE_POOL_TYPE_DIR || type == VIR_DOC_STORAGE_POOL_TYPE_FS ||
           type == VIR_DOC_STORAGE_POOL_TYPE_NETFS || type == VIR_DOC_STORAGE_POOL_TYPE_VSTORAGE;
}

char *
testConnectGetStoragePoolCapabilities(virConnectPtr conn G_GNUC_UNUSED,
                                      unsigned int flags G_GNUC_UNUSED)
{
    virDocStoragePoolCapabilities *all = virDocStoragePoolCapabilitiesNew();
    const Formats volumes = { "raw", "targetFormatType", &virDocStorageVolFormatTokens };
    char *text;

    for (unsigned int i = 1; i < VIR_DOC_STORAGE_POOL_TYPE_LAST; i++) {
        virDocStoragePoolCapabilitiesPool *pool = virDocStoragePoolCapabilitiesPoolNew();
        Formats sources = sourceFormats((virDocStoragePoolType) i);

        pool->type = (virDocStoragePoolType) i;
        pool->supported = VIR_DOC_SWITCH_ON;
        pool->poolOptions = newOptions(&sources);
        if (holdsFiles(pool->type))
            pool->volOptions = newOptions(&volumes);
        VIR_DOC_LIST_ADD(all, pools, pool);
    }
    text = virDocPrint(&virDocStoragePoolCapabilitiesRecord, NULL, all, 0);
    virDocStoragePoolCapabilitiesFree(all);
    return text;
}
