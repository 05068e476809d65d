/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated calls are made with: the objects of test:///default, and other arguments. */

#include "contract/differential.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

void *
contractScratch(Contract *f, int number)
{
    return f->scratch[number];
}

void *
contractCount(Contract *f, int number, int value)
{
    int *place = contractScratch(f, number);

    *place = value;
    return place;
}

static long
answerNothing(void)
{
    return 0;
}

void (*const contractCallback)(void) = (void (*)(void)) answerNothing;

void
differMakeObjects(ContractHandles *to, virConnectPtr conn)
{
    static const char volume[] = "<volume><name>v</name><capacity>1048576</capacity></volume>";

    to->conn = conn;
    to->domain = CALL(virDomainLookupByName)(conn, "test");
    to->network = CALL(virNetworkLookupByName)(conn, "default");
    to->pool = CALL(virStoragePoolLookupByName)(conn, "default-pool");
    to->iface = CALL(virInterfaceLookupByName)(conn, "eth1");
    to->dev = CALL(virNodeDeviceLookupByName)(conn, "computer");
    to->stream = CALL(virStreamNew)(conn, 0);
    if (to->pool) {
        to->vol = CALL(virStorageVolLookupByName)(to->pool, "v");
        if (!to->vol)
            to->vol = CALL(virStorageVolCreateXML)(to->pool, volume, 0);
    }
    if (to->domain)
        to->snapshot = CALL(virDomainSnapshotLookupByName)(to->domain, "s", 0);
    if (to->domain && !to->snapshot)
        to->snapshot = CALL(virDomainSnapshotCreateXML)(
            to->domain, "<domainsnapshot><name>s</name></domainsnapshot>", 0);
    if (to->domain)
        to->checkpoint = CALL(virDomainCheckpointLookupByName)(to->domain, "c", 0);
    if (to->domain && !to->checkpoint)
        to->checkpoint = CALL(virDomainCheckpointCreateXML)(
            to->domain, "<domaincheckpoint><name>c</name></domaincheckpoint>", 0);
}

void
differNoteUUIDs(Contract *f)
{
    if (f->rw.domain) {
        CALL(virDomainGetUUID)(f->rw.domain, f->uuid.domain);
        CALL(virDomainGetUUIDString)(f->rw.domain, f->uuidText.domain);
    }
    if (f->rw.network) {
        CALL(virNetworkGetUUID)(f->rw.network, f->uuid.network);
        CALL(virNetworkGetUUIDString)(f->rw.network, f->uuidText.network);
    }
    if (f->rw.pool) {
        CALL(virStoragePoolGetUUID)(f->rw.pool, f->uuid.pool);
        CALL(virStoragePoolGetUUIDString)(f->rw.pool, f->uuidText.pool);
    }
}

void
differMakeArguments(Contract *f)
{
    /* Some calls take sockets only; the others do not mind one. */
    f->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    f->params = calloc(1, sizeof(*f->params));
    if (!f->params)
        abort();
    strcpy(f->params[0].field, "x");
    f->params[0].type = VIR_TYPED_PARAM_INT;
}
