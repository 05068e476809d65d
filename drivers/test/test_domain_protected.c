/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guests whose memory the host cannot read: what they are measured by, and the secret they get. */

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_guest.h"

static bool
requireProtected(const testDomain *domain)
{
    if (domain->live->launchSecurity)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                  "launch security is not set up for domain '%s'", domain->name);
    return false;
}

int
testNodeGetSEVInfo(virConnectPtr conn G_GNUC_UNUSED, virTypedParameterPtr *params, int *nparams,
                   unsigned int flags G_GNUC_UNUSED)
{
    /* The platform of the model has keys that open nothing. */
    static const char key[] = "key of the test hypervisor", chain[] = "chain of the test hypervisor";
    static const char chip[] = "processor 0 of the test hypervisor";
    g_autofree char *pdh = g_base64_encode((const guchar *) key, sizeof(key) - 1);
    g_autofree char *certificates = g_base64_encode((const guchar *) chain, sizeof(chain) - 1);
    g_autofree char *id = g_base64_encode((const guchar *) chip, sizeof(chip) - 1);
    g_auto(virParams) list = { NULL, 0, 0 };

    virParamsAddString(&list, VIR_NODE_SEV_PDH, pdh);
    virParamsAddString(&list, VIR_NODE_SEV_CERT_CHAIN, certificates);
    virParamsAddString(&list, VIR_NODE_SEV_CPU0_ID, id);
    virParamsAddUInt(&list, VIR_NODE_SEV_CBITPOS, 47);
    virParamsAddUInt(&list, VIR_NODE_SEV_REDUCED_PHYS_BITS, 1);
    virParamsAddUInt(&list, VIR_NODE_SEV_MAX_GUESTS, 15);
    virParamsAddUInt(&list, VIR_NODE_SEV_MAX_ES_GUESTS, 0);
    return virParamsGive(&list, params, nparams);
}

/* Without protection there is nothing to tell, which is no mistake. */
int
testDomainGetLaunchSecurityInfo(virDomainPtr handle, virTypedParameterPtr *params, int *nparams,
                                unsigned int flags G_GNUC_UNUSED)
{
    g_auto(virParams) list = { NULL, 0, 0 };
    const virDocDomainLaunchSecurity *security;
    testDomain *domain = testDomainLock(handle);

    if (!domain)
        return -1;
    security = domain->live->launchSecurity;
    if (security && domain->id >= 0) {
        /* The model measures a guest by its identity. */
        g_autofree char *measured = g_compute_checksum_for_data(G_CHECKSUM_SHA256, domain->uuid,
                                                                VIR_UUID_BUFLEN);

        virParamsAddString(&list, VIR_DOMAIN_LAUNCH_SECURITY_SEV_MEASUREMENT, measured);
        virParamsAddUInt(&list, VIR_DOMAIN_LAUNCH_SECURITY_SEV_API_MAJOR, 1);
        virParamsAddUInt(&list, VIR_DOMAIN_LAUNCH_SECURITY_SEV_API_MINOR, 0);
        virParamsAddUInt(&list, VIR_DOMAIN_LAUNCH_SECURITY_SEV_BUILD_ID, 1);
        virParamsAddUInt(&list, VIR_DOMAIN_LAUNCH_SECURITY_SEV_POLICY,
                         (unsigned int) security->policy);
    }
    testDomainUnlock(handle);
    return virParamsGive(&list, params, nparams);
}

int
testDomainSetLaunchSecurityState(virDomainPtr handle, virTypedParameterPtr params, int nparams,
                                 unsigned int flags G_GNUC_UNUSED)
{
    static const char *const known[] = {
        VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_HEADER, VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET,
        VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_SET_ADDRESS, NULL,
    };
    const char *secret;
    testDomain *domain;
    int ret = -1;

    if (!virParamsCheck(params, nparams, virDomainLaunchSecurityKeys, known))
        return -1;
    secret = virParamsString(params, nparams, VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET);
    if (!secret || !virParamsFind(params, nparams, VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_HEADER)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "both the secret and its header are required");
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    if (!requireProtected(domain)) {
        ;
    } else if (domain->state != VIR_DOMAIN_PAUSED || testDomainRan(domain) > 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "a secret is given before the guest runs; domain '%s' ran already",
                      domain->name);
    } else if (domain->guest.secret) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "domain '%s' has its secret",
                      domain->name);
    } else {
        domain->guest.secret = g_strdup(secret);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
