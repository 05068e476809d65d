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

/* UUIDs are random, so any part of one is a good hash. */
static guint
hashUUID(gconstpointer uuid)
{
    guint hash;

    memcpy(&hash, uuid, sizeof(hash));
    return hash;
}

static gboolean
equalUUIDs(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, VIR_UUID_BUFLEN) == 0;
}

/* Leaves the records of the domains that were asked for; how many those are. */
static int
keepAsked(virDomainPtr *doms, virDomainStatsRecordPtr *records, int count)
{
    g_autoptr(GHashTable) asked = g_hash_table_new(hashUUID, equalUUIDs);
    int kept = 0, i;

    for (i = 0; doms[i]; i++)
        g_hash_table_add(asked, doms[i]->uuid);
    for (i = 0; i < count; i++) {
        if (g_hash_table_contains(asked, records[i]->dom->uuid)) {
            records[kept++] = records[i];
        } else {
            localTypedParamsFree(records[i]->params, records[i]->nparams);
            virHandleUnref(&records[i]->dom->handle);
            g_free(records[i]);
        }
    }
    records[kept] = NULL;
    return kept;
}

/* Asks for these domains where the driver can; else every domain's, less those nobody asked for. */
int
localDomainListGetStats(virDomainPtr *doms, unsigned int stats, virDomainStatsRecordPtr **retStats,
                        unsigned int flags)
{
    virDomainStatsRecordPtr *all = NULL;
    virConnectPtr conn;
    int count, i;

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
    if (conn->hypervisor->DomainListGetStats)
        return conn->hypervisor->DomainListGetStats(doms, stats, retStats, flags);
    if (!conn->hypervisor->ConnectGetAllDomainStats) {
        virEntryUnsupported(VIR_FROM_DOMAIN, conn, "virDomainListGetStats");
        return -1;
    }
    count = conn->hypervisor->ConnectGetAllDomainStats(conn, stats, &all, flags);
    if (count < 0)
        return -1;
    *retStats = all;
    return keepAsked(doms, all, count);
}
