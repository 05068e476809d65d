/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding devices of a domain by the names that calls use. */

#include "test_domain_devices.h"

#include <stdio.h>
#include <string.h>

const char *
testDiskSource(const virDocDomainStorageSource *source)
{
    const char *const places[] = {
        source->sourceFile, source->sourceDev, source->sourceDir, source->sourceVolume,
        source->sourceName, source->sourcePath,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if (places[i])
            return places[i];
    }
    return NULL;
}

virDocDomainDisk *
testDomainFindDisk(const virDocDomain *document, const char *name)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        if (g_strcmp0(document->disks[i]->targetDev, name) == 0)
            return document->disks[i];
    }
    for (size_t i = 0; i < document->ndisks; i++) {
        if (g_strcmp0(testDiskSource(&document->disks[i]->storage), name) == 0)
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
testDomainFindInterface(const virDocDomain *document, const char *name)
{
    for (size_t i = 0; i < document->ninterfaces; i++) {
        virDocDomainInterface *interface = document->interfaces[i];

        if (g_strcmp0(interface->targetDev, name) == 0 || isMac(interface, name))
            return interface;
    }
    return NULL;
}

void
testDomainNameInterface(const virDocDomain *document, virDocDomainInterface *interface)
{
    for (unsigned int number = 0; !interface->targetDev; number++) {
        g_autofree char *name = g_strdup_printf("testnet%u", number);

        if (!testDomainFindInterface(document, name))
            interface->targetDev = g_steal_pointer(&name);
    }
}

void
testDomainAddressInterface(virDocDomainInterface *interface)
{
    guint32 random = g_random_int();
    /* Of those that programs know as virtual. */
    const unsigned char address[] = { 0x52, 0x54, 0x00, (unsigned char) (random >> 16),
                                      (unsigned char) (random >> 8), (unsigned char) random };

    if (interface->hasMacAddress)
        return;
    interface->hasMacAddress = true;
    memcpy(interface->macAddress, address, sizeof(address));
}
