/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding and listing domains. */

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain.h"

static virConfObjects *
domainsOf(virConnectPtr conn)
{
    return &testHostOf(conn)->domains->objects;
}

virDomainPtr
testDomainLookupByName(virConnectPtr conn, const char *name)
{
    return virConfObjectsLookUpByName(domainsOf(conn), conn, name);
}

virDomainPtr
testDomainLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    return virConfObjectsLookUpByUUID(domainsOf(conn), conn, uuid);
}

virDomainPtr
testDomainLookupByID(virConnectPtr conn, int id)
{
    if (id >= 0)
        return virConfObjectsLookUpById(domainsOf(conn), conn, id);
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "id %d is negative", id);
    return NULL;
}

int
testConnectNumOfDomains(virConnectPtr conn)
{
    return virConfObjectsCount(domainsOf(conn), VIR_CONNECT_LIST_DOMAINS_ACTIVE);
}

int
testConnectNumOfDefinedDomains(virConnectPtr conn)
{
    return virConfObjectsCount(domainsOf(conn), VIR_CONNECT_LIST_DOMAINS_INACTIVE);
}

int
testConnectListDomains(virConnectPtr conn, int *ids, int maxids)
{
    return virConfObjectsListIds(domainsOf(conn), VIR_CONNECT_LIST_DOMAINS_ACTIVE, ids, maxids);
}

int
testConnectListDefinedDomains(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(domainsOf(conn), VIR_CONNECT_LIST_DOMAINS_INACTIVE, names,
                                   maxnames);
}

int
testConnectListAllDomains(virConnectPtr conn, virDomainPtr **domains, unsigned int flags)
{
    return virConfObjectsListAll(domainsOf(conn), conn, (void ***) domains, flags);
}
