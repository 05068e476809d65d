/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding and listing domains. */

#include "driver/qemu.h"
#include "qemu_domain.h"
#include "runtime/objects.h"

/* A transient domain that starts is not defined, though it does not run yet. */
#define DEFINED (VIR_CONNECT_LIST_DOMAINS_INACTIVE | VIR_CONNECT_LIST_DOMAINS_PERSISTENT)

static virConfObjects *
domainsOf(virConnectPtr conn)
{
    return &qemuHostOf(conn)->domains;
}

virDomainPtr
qemuDomainLookupByName(virConnectPtr conn, const char *name)
{
    return virConfObjectsLookUpByName(domainsOf(conn), conn, name);
}

virDomainPtr
qemuDomainLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    return virConfObjectsLookUpByUUID(domainsOf(conn), conn, uuid);
}

virDomainPtr
qemuDomainLookupByID(virConnectPtr conn, int id)
{
    return virConfObjectsLookUpById(domainsOf(conn), conn, id);
}

int
qemuConnectNumOfDomains(virConnectPtr conn)
{
    return virConfObjectsCount(domainsOf(conn), VIR_CONNECT_LIST_DOMAINS_ACTIVE);
}

int
qemuConnectNumOfDefinedDomains(virConnectPtr conn)
{
    return virConfObjectsCount(domainsOf(conn), DEFINED);
}

int
qemuConnectListDomains(virConnectPtr conn, int *ids, int maxids)
{
    return virConfObjectsListIds(domainsOf(conn), VIR_CONNECT_LIST_DOMAINS_ACTIVE, ids, maxids);
}

int
qemuConnectListDefinedDomains(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(domainsOf(conn), DEFINED, names, maxnames);
}

int
qemuConnectListAllDomains(virConnectPtr conn, virDomainPtr **domains, unsigned int flags)
{
    return virConfObjectsListAll(domainsOf(conn), conn, (void ***) domains, flags);
}
