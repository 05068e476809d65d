/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds domains and networks by any of their names, and reads document files. */

#include "client/lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "client/output.h"

enum { VIRSH_DOCUMENT_MAX = 10 * 1024 * 1024 };

virDomainPtr virshFindDomainByWord(virshControl *ctl, const char *word)
{
    virDomainPtr domain = NULL;
    char *end = NULL;
    long id;

    errno = 0;
    id = strtol(word, &end, 10);
    if (!errno && end != word && !*end && id >= 0 && id <= G_MAXINT)
        domain = virDomainLookupByID(ctl->connection, (int)id);
    if (!domain && strlen(word) == VIR_UUID_STRING_BUFLEN - 1)
        domain = virDomainLookupByUUIDString(ctl->connection, word);
    if (!domain)
        domain = virDomainLookupByName(ctl->connection, word);
    virshForgetFailure(ctl);
    if (!domain)
        virshError(ctl, "failed to get domain '%s'", word);
    return domain;
}

virDomainPtr virshFindDomain(virshControl *ctl, const virshArguments *arguments,
                             const char *option, const char **typed)
{
    const char *word = NULL;

    if (!virshString(ctl, arguments, option, &word))
        return NULL;
    if (typed)
        *typed = word;
    return virshFindDomainByWord(ctl, word);
}

virNetworkPtr virshFindNetwork(virshControl *ctl, const virshArguments *arguments,
                               const char *option, const char **typed)
{
    const char *word = NULL;
    virNetworkPtr network = NULL;

    if (!virshString(ctl, arguments, option, &word))
        return NULL;
    if (typed)
        *typed = word;
    if (strlen(word) == VIR_UUID_STRING_BUFLEN - 1) {
        network = virNetworkLookupByUUIDString(ctl->connection, word);
        if (!network)
            virshForgetFailure(ctl);
    }
    if (!network)
        network = virNetworkLookupByName(ctl->connection, word);
    if (!network)
        virshError(ctl, "failed to get network '%s'", word);
    return network;
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
