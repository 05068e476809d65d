/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Releases the records that calls hand out. */

#include <glib.h>
#include <libvirt/libvirt.h>

#include "runtime/handle.h"
#include "runtime/local.h"

void
localDomainFSInfoFree(virDomainFSInfoPtr info)
{
    size_t i;

    if (!info)
        return;
    g_free(info->mountpoint);
    g_free(info->name);
    g_free(info->fstype);
    for (i = 0; i < info->ndevAlias; i++)
        g_free(info->devAlias[i]);
    g_free(info->devAlias);
    g_free(info);
}

void
localDomainIOThreadInfoFree(virDomainIOThreadInfoPtr info)
{
    if (!info)
        return;
    g_free(info->cpumap);
    g_free(info);
}

void
localDomainInterfaceFree(virDomainInterfacePtr iface)
{
    unsigned int i;

    if (!iface)
        return;
    g_free(iface->name);
    g_free(iface->hwaddr);
    for (i = 0; i < iface->naddrs; i++)
        g_free(iface->addrs[i].addr);
    g_free(iface->addrs);
    g_free(iface);
}

void
localNetworkDHCPLeaseFree(virNetworkDHCPLeasePtr lease)
{
    if (!lease)
        return;
    g_free(lease->iface);
    g_free(lease->mac);
    g_free(lease->iaid);
    g_free(lease->ipaddr);
    g_free(lease->hostname);
    g_free(lease->clientid);
    g_free(lease);
}

void
localDomainStatsRecordListFree(virDomainStatsRecordPtr *stats)
{
    int i;

    for (i = 0; stats && stats[i]; i++) {
        localTypedParamsFree(stats[i]->params, stats[i]->nparams);
        virHandleUnref((virHandle *) stats[i]->dom);
        g_free(stats[i]);
    }
    g_free(stats);
}
