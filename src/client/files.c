/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the numbers of open files that a command passes on, and does so. */

#include "client/files.h"

#include <errno.h>

#include "client/commands.h"
#include "client/lookup.h"
#include "client/output.h"

virshFiles *virshFilesNew(virshControl *ctl, const virshArguments *arguments, const char *option)
{
    g_autoptr(virshFiles) files = g_new0(virshFiles, 1);
    const char *text = NULL;
    g_auto(GStrv) words = NULL;

    if (!virshString(ctl, arguments, option, &text))
        return NULL;
    words = g_strsplit(text ? text : "", ",", -1);
    files->fds = g_new0(int, g_strv_length(words) + 1);
    for (size_t i = 0; words[i]; i++) {
        char *end = NULL;
        gint64 number;

        errno = 0;
        number = g_ascii_strtoll(words[i], &end, 10);
        if (errno || end == words[i] || *end || number < 0 || number > G_MAXINT) {
            virshError(ctl, "Unable to parse FD number '%s'", words[i]);
            return NULL;
        }
        files->fds[files->count++] = (int)number;
    }
    return g_steal_pointer(&files);
}

void virshFilesFree(virshFiles *files)
{
    if (!files)
        return;
    g_free(files->fds);
    g_free(files);
}

bool shellDomFdAssociate(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    unsigned int flags = 0;
    g_autoptr(virshFiles) files = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "name", &name))
        return false;
    flags |= virshFlag(arguments, "seclabel-writable")
                 ? VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE
                 : 0;
    flags |= virshFlag(arguments, "seclabel-restore") ? VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_RESTORE
                                                      : 0;
    files = virshFilesNew(ctl, arguments, "pass-fds");
    return files && virDomainFDAssociate(domain, name, files->count, files->fds, flags) == 0;
}
