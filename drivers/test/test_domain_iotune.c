/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of disks: bytes and operations per second, in bursts, for a while. */

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "conf/domain_iotune.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_tunable.h"

static virDocDomainDisk *
findDisk(const virDocDomain *document, const char *name)
{
    virDocDomainDisk *disk = name ? virConfDomainFindDisk(document, name) : NULL;

    if (!name)
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG,
                      "disk must not be NULL, unless nparams is 0");
    else if (!disk)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "disk '%s' was not found in the domain config", name);
    return disk;
}

int
testDomainGetBlockIoTune(virDomainPtr handle, const char *name, virTypedParameterPtr params,
                         int *nparams, unsigned int flags)
{
    g_auto(virParams) list = { NULL, 0, 0 };
    const virDocDomain *document;
    virDocDomainDisk *disk = NULL;
    testDomain *domain;

    if (*nparams == 0) {
        *nparams = VIR_CONF_IOTUNE_LIMITS + 1;
        return 0;
    }
    if (!name) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "disk must not be NULL");
        return -1;
    }
    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    document = testDomainOneDef(domain, flags);
    if (document)
        disk = findDisk(document, name);
    if (disk)
        virConfIotuneDescribe(disk->iotune, &list);
    testDomainUnlock(handle);
    return disk ? virParamsFill(&list, params, nparams) : -1;
}

/* Tells listeners what of a running disk changed. */
static void
announce(virDomainPtr handle, const testDomain *domain, const virDocDomainDisk *disk,
         const virTypedParameter *params, int nparams)
{
    g_auto(virParams) list = { NULL, 0, 0 };

    virConfIotuneNews(disk, params, nparams, &list);
    testDomainTuned(handle->conn, domain, &list);
}

/* Changes every side, or none with an error raised. */
static bool
change(virDomainPtr handle, testDomain *domain, const char *name, const virTypedParameter *params,
       int nparams, unsigned int flags)
{
    const virDocDomain *sides[2];
    virDocDomainDiskIotune *tunes[2] = { NULL, NULL };
    testDomainDefs defs;
    bool fits = testDomainDefsToCheck(domain, flags, &sides[0], &sides[1]);

    for (int i = 0; fits && i < 2; i++) {
        const virDocDomainDisk *disk = sides[i] ? findDisk(sides[i], name) : NULL;

        if (!sides[i])
            continue;
        tunes[i] = disk ? virConfIotuneChanged(VIR_FROM_TEST, disk->iotune, params, nparams) :
                   NULL;
        fits = tunes[i] != NULL;
    }
    fits = fits && testDomainDefsToChange(domain, flags, &defs);
    for (int i = 0; i < 2; i++) {
        if (fits && tunes[i])
            virConfIotunePut(virConfDomainFindDisk(testDomainDefsSide(&defs, i), name), tunes[i]);
        else if (tunes[i])
            virDocDomainDiskIotuneFree(tunes[i]);
    }
    if (fits && defs.live)
        announce(handle, domain, virConfDomainFindDisk(defs.live, name), params, nparams);
    return fits;
}

int
testDomainSetBlockIoTune(virDomainPtr handle, const char *name, virTypedParameterPtr params,
                         int nparams, unsigned int flags)
{
    testDomain *domain;
    bool done;

    if (!virParamsCheck(params, nparams, virDomainBlockIotuneKeys, /* known= */ NULL))
        return -1;
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    done = change(handle, domain, name, params, nparams, flags);
    testDomainUnlock(handle);
    return done ? 0 : -1;
}
