/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of a domain by the names that calls use. */

#include "conf/domain_find.h"

#include <stdio.h>
#include <string.h>

#include "conf/domain_parts.h"
#include "document/value.h"
#include "runtime/error.h"

const char *
virConfDomainDiskSource(const virDocDomainStorageSource *source)
{
    const char *const places[] = {
        source->sourceFile,   source->sourceDev,  source->sourceDir,
        source->sourceVolume, source->sourceName, source->sourcePath,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if (places[i])
            return places[i];
    }
    return NULL;
}

virDocDomainDisk *
virConfDomainFindDisk(const virDocDomain *document, const char *name)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        if (!g_strcmp0(document->disks[i]->targetDev, name))
            return document->disks[i];
    }
    for (size_t i = 0; i < document->ndisks; i++) {
        if (!g_strcmp0(virConfDomainDiskSource(&document->disks[i]->storage), name))
            return document->disks[i];
    }
    return NULL;
}

static bool
isMac(const virDocDomainInterface *interface, const char *text)
{
    unsigned int bytes[6];

    if (!interface->hasMacAddress ||
        sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x", &bytes[0], &bytes[1], &bytes[2], &bytes[3],
               &bytes[4], &bytes[5]) != 6)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(bytes); i++) {
        if (bytes[i] != interface->macAddress[i])
            return false;
    }
    return true;
}

virDocDomainInterface *
virConfDomainFindInterface(const virDocDomain *document, const char *name)
{
    for (size_t i = 0; i < document->ninterfaces; i++) {
        virDocDomainInterface *interface = document->interfaces[i];

        if (!g_strcmp0(interface->targetDev, name) || isMac(interface, name))
            return interface;
    }
    return NULL;
}

typedef struct {
    const char *alias;
    virConfDomainDevice *found;
} AliasSearch;

static bool
compareAlias(const virConfDomainDevice *device, void *opaque)
{
    const AliasSearch *search = opaque;

    if (!device->info || g_strcmp0(device->info->aliasName, search->alias))
        return true;
    *search->found = *device;
    return false;
}

bool
virConfDomainLookUpAlias(const virDocDomain *document, const char *alias,
                         virConfDomainDevice *device)
{
    AliasSearch search = {.alias = alias, .found = device};

    /* The walk changes nothing by itself. */
    return !virConfDomainEachDevice((virDocDomain *)document, compareAlias, &search);
}

bool
virConfDomainFindAlias(const virDocDomain *document, const char *alias,
                       const virConfDomainDriver *driver, virConfDomainDevice *device)
{
    if (virConfDomainLookUpAlias(document, alias, device))
        return true;
    virErrorRaise(virConfDomainErrorOf(driver), VIR_ERR_DEVICE_MISSING,
                  "no device has the alias '%s'", alias);
    return false;
}

/* Whether a place in a device is its address in the guest, not that of what it is on the host. */
static bool
isAddress(const char *path)
{
    const char *second = strchr(path + 1, '/');

    return second && g_str_has_prefix(second, "/address");
}

bool
virConfDomainIsState(const char *place)
{
    static const char *const places[] = {
        "/graphics/@passwd",         "/graphics/@passwdValidTo",  "/graphics/@connected",
        "/memory/target/requested*", "/memory/target/current*",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if (g_pattern_match_simple(places[i], place))
            return true;
    }
    return false;
}

/* Whether all that is said of one device is true of another; what is not said does not matter, nor
 * does the address of one that has none. */
static bool
fits(const virConfDomainDevice *like, const void *other)
{
    g_autoptr(GPtrArray) differences =
        virDocDiff(like->member->record, like->data, other, G_MAXUINT);

    for (guint i = 0; i < differences->len; i++) {
        const virDocDifference *difference = g_ptr_array_index(differences, i);

        if (virConfDomainIsState(difference->path))
            continue;
        if (difference->one && (difference->other || !isAddress(difference->path)))
            return false;
    }
    return true;
}

static bool
isSame(const virConfDomainDevice *like, const void *other)
{
    if (like->member->record == &virDocDomainDiskRecord)
        return !g_strcmp0(((const virDocDomainDisk *)like->data)->targetDev,
                          ((const virDocDomainDisk *)other)->targetDev);
    if (like->member->record == &virDocDomainInterfaceRecord) {
        const virDocDomainInterface *one = like->data, *two = other;

        if (one->hasMacAddress)
            return two->hasMacAddress &&
                   !memcmp(one->macAddress, two->macAddress, sizeof(one->macAddress));
    }
    return fits(like, other);
}

bool
virConfDomainFindDevice(const virDocDomain *document, const virConfDomainDevice *like,
                        const virConfDomainDriver *driver, virConfDomainDevice *device)
{
    size_t count = virDocArrayLength(like->member, document);
    size_t found = count;

    for (size_t i = 0; i < count; i++) {
        if (!isSame(like, virDocArray(like->member, document)[i]))
            continue;
        if (found < count) {
            virErrorRaise(virConfDomainErrorOf(driver), VIR_ERR_OPERATION_FAILED,
                          "more than one <%s> fits the description", like->member->name);
            return false;
        }
        found = i;
    }
    if (found == count) {
        virErrorRaise(virConfDomainErrorOf(driver), VIR_ERR_DEVICE_MISSING,
                      "no <%s> fits the description", like->member->name);
        return false;
    }
    *device = virConfDomainDeviceAt(document, like->member, found);
    return true;
}
