/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that start domains, with files to pass on and a console to connect to. */

#include "client/commands.h"
#include "client/console.h"
#include "client/files.h"
#include "client/lookup.h"
#include "client/output.h"

static const virshOptionBit startBits[] = {
    { "paused", VIR_DOMAIN_START_PAUSED },
    { "autodestroy", VIR_DOMAIN_START_AUTODESTROY },
    { "bypass-cache", VIR_DOMAIN_START_BYPASS_CACHE },
    { "force-boot", VIR_DOMAIN_START_FORCE_BOOT },
    { "validate", VIR_DOMAIN_START_VALIDATE },
    { "reset-nvram", VIR_DOMAIN_START_RESET_NVRAM },
};

static unsigned int virshStartFlags(const virshArguments *arguments)
{
    unsigned int flags = 0;

    /* --validate belongs to create only, --force-boot to start only */
    for (size_t i = 0; i < G_N_ELEMENTS(startBits); i++)
        if (virshOptionOf(arguments->command, startBits[i].option) &&
            virshFlag(arguments, startBits[i].option))
            flags |= startBits[i].bit;
    return flags;
}

static bool virshThenConsole(virshControl *ctl, const virshArguments *arguments,
                             virDomainPtr domain)
{
    return !virshFlag(arguments, "console") || virshConsoleRun(ctl, domain, NULL, 0);
}

bool shellStart(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    unsigned int flags = virshStartFlags(arguments);
    g_autoptr(virshFiles) files = NULL;
    int result;

    if (!domain)
        return false;
    if (virDomainIsActive(domain) > 0) {
        virshError(ctl, "Domain is already active");
        return false;
    }
    files = virshFilesNew(ctl, arguments, "pass-fds");
    if (!files)
        return false;
    if (files->count)
        result = virDomainCreateWithFiles(domain, files->count, files->fds, flags);
    else
        result = flags ? virDomainCreateWithFlags(domain, flags) : virDomainCreate(domain);
    if (result < 0) {
        virshError(ctl, "Failed to start domain '%s'", virDomainGetName(domain));
        return false;
    }
    virshExtra(ctl, "Domain '%s' started\n", virDomainGetName(domain));
    return virshThenConsole(ctl, arguments, domain);
}

bool shellCreate(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int flags = virshStartFlags(arguments);
    const char *file = NULL;
    g_autofree char *text = NULL;
    g_autoptr(virshFiles) files = NULL;
    g_autoptr(virshDomain) domain = NULL;

    if (!virshString(ctl, arguments, "file", &file))
        return false;
    text = virshReadFile(ctl, file);
    files = text ? virshFilesNew(ctl, arguments, "pass-fds") : NULL;
    if (!files)
        return false;
    domain = files->count ? virDomainCreateXMLWithFiles(ctl->connection, text, files->count,
                                                        files->fds, flags)
                          : virDomainCreateXML(ctl->connection, text, flags);
    if (!domain) {
        virshError(ctl, "Failed to create domain from %s", file);
        return false;
    }
    virshExtra(ctl, "Domain '%s' created from %s\n", virDomainGetName(domain), file);
    return virshThenConsole(ctl, arguments, domain);
}
