/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents of domains: read, completed step by step, and refused with all that is wrong. */

#include "conf/domain.h"

#include <string.h>

#include "conf/domain_parts.h"
#include "conf/nwfilter.h"
#include "document/raise.h"

static const virConfDomainDriver noDriver;

const virConfDomainDriver *
virConfDomainDriverOf(const virDocContext *context)
{
    const virConfDomainDriver *driver = virDocContextOpaque(context);

    return driver ? driver : &noDriver;
}

int
virConfDomainErrorOf(const virConfDomainDriver *driver)
{
    return driver && driver->errorDomain ? driver->errorDomain : VIR_FROM_DOMAIN;
}

char *
virConfDomainDevicePath(const char *name, size_t index)
{
    return g_strdup_printf("devices/%s[%zu]", name, index + 1);
}

/* What is refused here needs the whole document; its parts were found right before. */
static void
checkDomain(void *data, virDocContext *context)
{
    static void (*const steps[])(virDocDomain *, virDocContext *) = {
        virConfDomainCompleteIdentity,   virConfDomainCompleteFeatures,
        virConfDomainCompleteMemory,     virConfDomainCompleteProcessors,
        virConfDomainCompleteTuning,     virConfDomainCompleteBoot,
        virConfDomainCompleteControllers, virConfDomainCompleteBoard,
        virConfDomainCompleteDisks,      virConfDomainCompleteHostdevs,
        virConfDomainCompleteInterfaces, virConfDomainCompleteCharacters,
        virConfDomainCompleteDisplays,   virConfDomainCheckDevices,
    };
    const virConfDomainDriver *driver = virConfDomainDriverOf(context);

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
        steps[i](data, context);
    if (driver->complete)
        driver->complete(data, context);
}

const virDocCheckEntry virConfDomainChecks[VIR_CONF_DOMAIN_CHECKS] = {
    {"cpu", virConfCheckCpu},
    {"domain", checkDomain},
    {"domainAddress", virConfCheckAddress},
    {"domainBackingStore", virConfCheckBackingStore},
    {"domainCharacterSource", virConfCheckCharacterSource},
    {"domainClock", virConfCheckClock},
    {"domainController", virConfCheckController},
    {"domainDisk", virConfCheckDisk},
    {"domainFilesystem", virConfCheckFilesystem},
    {"domainGraphics", virConfCheckGraphics},
    {"domainHostdev", virConfCheckHostdev},
    {"domainInput", virConfCheckInput},
    {"domainInterface", virConfCheckInterface},
    {"domainMemballoon", virConfCheckMemballoon},
    {"domainRng", virConfCheckRng},
    {"domainSeclabel", virConfCheckSeclabel},
    {"domainShmem", virConfCheckShmem},
    {"domainSmartcard", virConfCheckSmartcard},
    {"domainStorageSource", virConfCheckStorageSource},
    {"domainTpm", virConfCheckTpm},
    {"domainVideo", virConfCheckVideo},
    {"domainVsock", virConfCheckVsock},
    {"nwFilterReference", virConfCheckNwFilterReference},
    {"sysinfo", virConfCheckSysinfo},
};

static virDocParseOptions
parseOptions(const virConfDomainDriver *driver, unsigned int flags)
{
    return (virDocParseOptions) {
        .flags = flags,
        .checks = virConfDomainChecks,
        .nchecks = VIR_CONF_DOMAIN_CHECKS,
        .opaque = (void *)(driver ? driver : &noDriver),
    };
}

virDocDomain *
virConfDomainParse(const char *xml, const virConfDomainDriver *driver, unsigned int flags)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = parseOptions(driver, flags);
    virDocDomain *domain = virDocParse(&virDocDomainRecord, NULL, xml, &options, issues);

    if (!domain)
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
    if (domain && driver && driver->finish && !driver->finish(domain, driver))
        g_clear_pointer(&domain, virDocDomainFree);
    return domain;
}

virDocDomain *
virConfDomainParseInside(const virDocContext *context, const virConfDomainDriver *driver,
                         unsigned int flags, virDocIssues *issues)
{
    virDocParseOptions options = parseOptions(driver, flags);

    return virDocContextParse(context, &virDocDomainRecord, &options, issues);
}
