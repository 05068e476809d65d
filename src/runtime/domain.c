/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domain calls that are another call in disguise. */

#include <string.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/entry.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"

/* The first name of virDomainCreateXML. */
virDomainPtr
localDomainCreateLinux(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    if (!conn->hypervisor->DomainCreateXML) {
        virEntryUnsupported(VIR_FROM_DOMAIN, conn, "virDomainCreateLinux");
        return NULL;
    }
    return conn->hypervisor->DomainCreateXML(conn, xmlDesc, flags);
}

static bool
isAsked(virDomainPtr *doms, virDomainPtr one)
{
    int i;

    for (i = 0; doms[i]; i++) {
        if (memcmp(doms[i]->uuid, one->uuid, VIR_UUID_BUFLEN) == 0)
            return true;
    }
    return false;
}

/* Every domain's statistics, less those nobody asked for. */
int
localDomainListGetStats(virDomainPtr *doms, unsigned int stats, virDomainStatsRecordPtr **retStats,
                        unsigned int flags)
{
    virDomainStatsRecordPtr *all = NULL;
    virConnectPtr conn;
    int count, kept = 0, i;

    if (!doms[0] || !virHandleIs(doms[0], &virDomainClass)) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG,
                      "doms in virDomainListGetStats must hold at least one domain");
        return -1;
    }
    conn = doms[0]->conn;
    for (i = 1; doms[i]; i++) {
        if (!virHandleIs(doms[i], &virDomainClass) || doms[i]->conn != conn) {
            virEntryForeign(VIR_FROM_DOMAIN, "virDomainListGetStats", "doms");
            return -1;
        }
    }
    if (!conn->hypervisor->ConnectGetAllDomainStats) {
        virEntryUnsupported(VIR_FROM_DOMAIN, conn, "virDomainListGetStats");
        return -1;
    }
    count = conn->hypervisor->ConnectGetAllDomainStats(conn, stats, &all, flags);
    if (count < 0)
        return -1;
    for (i = 0; i < count; i++) {
        if (isAsked(doms, all[i]->dom)) {
            all[kept++] = all[i];
        } else {
            localTypedParamsFree(all[i]->params, all[i]->nparams);
            virHandleUnref(&all[i]->dom->handle);
            g_free(all[i]);
        }
    }
    all[kept] = NULL;
    *retStats = all;
    return kept;
}
