/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the objects whose lookup is no plain list of functions, and reads document files. */

#include "client/lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/output.h"

enum { VIRSH_DOCUMENT_MAX = 10 * 1024 * 1024 };

bool virshWordIsId(const char *word)
{
    char *end = NULL;
    long id;

    errno = 0;
    id = strtol(word, &end, 10);
    return !errno && end != word && !*end && id >= 0 && id <= G_MAXINT;
}

/* Six pairs of hexadecimal digits with colons between them. */
static bool virshWordIsMac(const char *word)
{
    for (int i = 0; i < 17; i++)
        if (i % 3 == 2 ? word[i] != ':' : !g_ascii_isxdigit(word[i]))
            return false;
    return word[17] == '\0';
}

static virInterfacePtr virshInterfaceBy(virshControl *ctl, const virshArguments *arguments,
                                        const char *option, const char **typed, bool byName,
                                        bool byMac)
{
    const char *word = NULL;
    virInterfacePtr interface = NULL;
    bool mac;

    if (!virshString(ctl, arguments, option, &word))
        return NULL;
    if (typed)
        *typed = word;
    mac = virshWordIsMac(word);
    if (byMac && mac)
        interface = virInterfaceLookupByMACString(ctl->connection, word);
    else if (byName && !mac)
        interface = virInterfaceLookupByName(ctl->connection, word);
    if (!interface)
        virshError(ctl, "failed to get interface '%s'", word);
    return interface;
}

virInterfacePtr virshFindInterface(virshControl *ctl, const virshArguments *arguments,
                                   const char *option, const char **typed)
{
    return virshInterfaceBy(ctl, arguments, option, typed, /* byName= */ true, /* byMac= */ true);
}

virInterfacePtr virshFindInterfaceByName(virshControl *ctl, const virshArguments *arguments,
                                         const char *option, const char **typed)
{
    return virshInterfaceBy(ctl, arguments, option, typed, /* byName= */ true, /* byMac= */ false);
}

virInterfacePtr virshFindInterfaceByMac(virshControl *ctl, const virshArguments *arguments,
                                        const char *option, const char **typed)
{
    return virshInterfaceBy(ctl, arguments, option, typed, /* byName= */ false, /* byMac= */ true);
}

/* By name, or by the two world-wide names of a SCSI host with a comma between them. */
virNodeDevicePtr virshFindDevice(virshControl *ctl, const virshArguments *arguments,
                                 const char *option, const char **typed)
{
    const char *word = NULL;
    virNodeDevicePtr device;

    if (!virshString(ctl, arguments, option, &word))
        return NULL;
    if (typed)
        *typed = word;
    if (strchr(word, ',')) {
        g_auto(GStrv) parts = g_strsplit(word, ",", -1);

        if (g_strv_length(parts) != 2) {
            virshError(ctl, "Malformed device value '%s'", word);
            return NULL;
        }
        return virNodeDeviceLookupSCSIHostByWWN(ctl->connection, parts[0], parts[1], 0);
    }
    device = virNodeDeviceLookupByName(ctl->connection, word);
    if (!device)
        virshError(ctl, "Could not find matching device '%s'", word);
    return device;
}

virNetworkPortPtr virshFindNetworkPort(virshControl *ctl, const virshArguments *arguments,
                                       const char *option, const char **typed)
{
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", NULL);
    const char *word = NULL;
    virNetworkPortPtr port = NULL;

    if (!network || !virshString(ctl, arguments, option, &word))
        return NULL;
    if (typed)
        *typed = word;
    if (strlen(word) == VIR_UUID_STRING_BUFLEN - 1)
        port = virNetworkPortLookupByUUIDString(network, word);
    virshForgetFailure(ctl);
    if (!port)
        virshError(ctl, "failed to get network port '%s'", word);
    return port;
}

/* True when the volume lies in the pool it was asked for. */
static bool virshVolumeInside(virStorageVolPtr volume, virStoragePoolPtr pool)
{
    g_autoptr(virshStoragePool) owner = virStoragePoolLookupByVolume(volume);

    return owner && g_str_equal(virStoragePoolGetName(owner), virStoragePoolGetName(pool));
}

virStorageVolPtr virshFindVolumeByWord(virshControl *ctl, const char *word, const char *pool,
                                       bool *reported)
{
    g_autoptr(virshStoragePool) inside = NULL;
    g_autoptr(virshStorageVol) volume = NULL;

    *reported = true;
    if (pool) {
        inside = virshFindPoolByWord(ctl, pool);
        if (!inside)
            return NULL;
        if (virStoragePoolIsActive(inside) != 1) {
            virshError(ctl, "pool '%s' is not active", pool);
            return NULL;
        }
        volume = virStorageVolLookupByName(inside, word);
    }
    if (!volume) {
        virshForgetFailure(ctl);
        volume = virStorageVolLookupByKey(ctl->connection, word);
    }
    if (!volume) {
        virshForgetFailure(ctl);
        volume = virStorageVolLookupByPath(ctl->connection, word);
    }
    *reported = false;
    if (!volume)
        return NULL;
    virshForgetFailure(ctl);
    if (!inside || virshVolumeInside(volume, inside))
        return g_steal_pointer(&volume);
    *reported = true;
    virshForgetFailure(ctl);
    virshError(ctl, "Requested volume '%s' is not in pool '%s'", word, pool);
    return NULL;
}

static virStorageVolPtr virshVolume(virshControl *ctl, const virshArguments *arguments,
                                    const char *option, const char *poolOption,
                                    const char **typed)
{
    const char *word = NULL;
    const char *pool = NULL;
    virStorageVolPtr volume;
    bool reported = false;

    if (!virshString(ctl, arguments, option, &word) ||
        (poolOption && !virshString(ctl, arguments, poolOption, &pool)))
        return NULL;
    if (typed)
        *typed = word;
    volume = virshFindVolumeByWord(ctl, word, pool, &reported);
    if (!volume && !reported && poolOption && !pool)
        virshError(ctl, "failed to get vol '%s', specifying --%s might help", word, poolOption);
    else if (!volume && !reported)
        virshError(ctl, "failed to get vol '%s'", word);
    return volume;
}

virStorageVolPtr virshFindVolume(virshControl *ctl, const virshArguments *arguments,
                                 const char *option, const char **typed)
{
    return virshVolume(ctl, arguments, option, "pool", typed);
}

virStorageVolPtr virshFindInputVolume(virshControl *ctl, const virshArguments *arguments,
                                      const char *option, const char **typed)
{
    return virshVolume(ctl, arguments, option, "inputpool", typed);
}

virStorageVolPtr virshFindVolumeByKey(virshControl *ctl, const virshArguments *arguments,
                                      const char *option, const char **typed)
{
    return virshVolume(ctl, arguments, option, NULL, typed);
}

/* The snapshot that is named, or the current one with --current; `option` may be absent then. */
virDomainSnapshotPtr virshFindSnapshot(virshControl *ctl, const virshArguments *arguments,
                                       const char *option, const char **typed)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    const char *name = NULL;
    bool current = virshFlag(arguments, "current");

    if (!domain || !virshString(ctl, arguments, option, &name))
        return NULL;
    if (current && name) {
        virshError(ctl, "--%s and --current are mutually exclusive", option);
        return NULL;
    }
    if (typed)
        *typed = name;
    if (name)
        return virDomainSnapshotLookupByName(domain, name, 0);
    if (current)
        return virDomainSnapshotCurrent(domain, 0);
    virshError(ctl, "--%s or --current is required", option);
    return NULL;
}

virDomainSnapshotPtr virshFindNamedSnapshot(virshControl *ctl, const virshArguments *arguments,
                                            const char *option, const char **typed)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    const char *name = NULL;

    if (!domain || !virshString(ctl, arguments, option, &name))
        return NULL;
    if (typed)
        *typed = name;
    return name ? virDomainSnapshotLookupByName(domain, name, 0) : NULL;
}

virDomainCheckpointPtr virshFindCheckpoint(virshControl *ctl, const virshArguments *arguments,
                                           const char *option, const char **typed)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    const char *name = NULL;

    if (!domain || !virshString(ctl, arguments, option, &name))
        return NULL;
    if (typed)
        *typed = name;
    if (name)
        return virDomainCheckpointLookupByName(domain, name, 0);
    virshError(ctl, "--%s is required", option);
    return NULL;
}

char *virshReadFile(virshControl *ctl, const char *path)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char piece[8192];
    ssize_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        virshError(ctl, "Failed to open file '%s': %s", path, g_strerror(errno));
        return NULL;
    }
    while ((got = read(fd, piece, sizeof(piece))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || text->len + (size_t)got > VIRSH_DOCUMENT_MAX) {
            virshError(ctl, "Failed to read file '%s': %s", path,
                       got < 0 ? g_strerror(errno) : "it is larger than 10 MiB");
            close(fd);
            return NULL;
        }
        g_string_append_len(text, piece, got);
    }
    close(fd);
    return g_string_free(g_steal_pointer(&text), /* free_segment= */ FALSE);
}

char *virshReadDocument(virshControl *ctl, const char *word)
{
    return *word == '<' ? g_strdup(word) : virshReadFile(ctl, word);
}
