/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents of domains. */

#include "test_domain.h"

#include "document/print.h"
#include "driver/test.h"
#include "runtime/objects.h"

char *
testDomainGetXMLDesc(virDomainPtr handle, unsigned int flags)
{
    testDomain *domain = testDomainLock(handle);
    bool inactive = flags & VIR_DOMAIN_XML_INACTIVE;
    unsigned int print = 0;
    char *text;

    if (!domain)
        return NULL;
    if (inactive)
        print |= VIR_DOC_PRINT_INACTIVE;
    if (flags & VIR_DOMAIN_XML_SECURE)
        print |= VIR_DOC_PRINT_SECURE;
    if (flags & VIR_DOMAIN_XML_MIGRATABLE)
        print |= VIR_DOC_PRINT_MIGRATABLE;
    text = virDocPrint(&virDocDomainRecord, NULL,
                       inactive && domain->next ? domain->next : domain->live, print);
    testDomainUnlock(handle);
    return text;
}
