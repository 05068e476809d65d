/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about virtual networks. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/commands.h"
#include "client/arguments.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

static const char *const updateCommands[] = { "none", "modify", "delete", "add-last", "add-first",
                                              NULL };
static const char *const updateSections[] = {
    "none",          "bridge",           "domain",  "ip",        "ip-dhcp-host",
    "ip-dhcp-range", "forward",          "forward-interface",    "forward-pf",
    "portgroup",     "dns-host",         "dns-txt", "dns-srv",   NULL,
};

/* The words of net-update in the numbers of the API; `add` is short for `add-last`. */
static bool virshUpdateWords(virshControl *ctl, const virshArguments *arguments, int *command,
                             int *section)
{
    const char *word = NULL;
    const char *place = NULL;

    if (!virshString(ctl, arguments, "command", &word) ||
        !virshString(ctl, arguments, "section", &place))
        return false;
    *command = g_str_equal(word, "add") ? VIR_NETWORK_UPDATE_COMMAND_ADD_LAST
                                        : virshWordIndex(updateCommands, word);
    if (*command <= 0) {
        virshError(ctl, "unrecognized command name '%s'", word);
        return false;
    }
    *section = virshWordIndex(updateSections, place);
    if (*section <= 0) {
        virshError(ctl, "unrecognized section name '%s'", place);
        return false;
    }
    return true;
}

bool shellNetUpdate(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", NULL);
    const char *given = NULL;
    g_autofree char *text = NULL;
    int command, section, index = -1;
    unsigned int flags = 0;

    if (!network || !virshUpdateWords(ctl, arguments, &command, &section) ||
        !virshInt(ctl, arguments, "parent-index", &index) ||
        !virshString(ctl, arguments, "xml", &given))
        return false;
    /* the element itself, or the name of a file that holds it */
    text = *given == '<' ? g_strdup(given) : virshReadFile(ctl, given);
    if (!text)
        return false;
    flags |= virshFlag(arguments, "config") ? VIR_NETWORK_UPDATE_AFFECT_CONFIG : 0;
    flags |= virshFlag(arguments, "live") ? VIR_NETWORK_UPDATE_AFFECT_LIVE : 0;
    if (virNetworkUpdate(network, (unsigned int)command, (unsigned int)section, index, text,
                         flags) < 0) {
        virshError(ctl, "Failed to update network %s", virNetworkGetName(network));
        return false;
    }
    if ((flags & VIR_NETWORK_UPDATE_AFFECT_CONFIG) && (flags & VIR_NETWORK_UPDATE_AFFECT_LIVE))
        given = "persistent config and live state";
    else if (flags & VIR_NETWORK_UPDATE_AFFECT_CONFIG)
        given = "persistent config";
    else if ((flags & VIR_NETWORK_UPDATE_AFFECT_LIVE) || virNetworkIsActive(network) > 0)
        given = "live state";
    else
        given = "persistent config";
    virshExtra(ctl, "Updated network %s %s", virNetworkGetName(network), given);
    return true;
}

bool shellNetDhcpLeases(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    const char *mac = NULL;
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", &name);
    g_autoptr(virshReport) report = NULL;
    virNetworkDHCPLeasePtr *leases = NULL;
    int count;

    if (!network || !virshString(ctl, arguments, "mac", &mac))
        return false;
    count = virNetworkGetDHCPLeases(network, mac, &leases, 0);
    if (count < 0) {
        virshError(ctl, "Failed to get leases info for %s", name);
        return false;
    }
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        virNetworkDHCPLeasePtr lease = leases[i];
        time_t expiry = (time_t)lease->expirytime;
        struct tm parts;
        char when[32];
        g_autofree char *address = g_strdup_printf("%s/%u", lease->ipaddr, lease->prefix);

        localtime_r(&expiry, &parts);
        strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &parts);
        virshReportRow(report);
        virshPutText(report, "expiry", when);
        virshPutText(report, "mac", lease->mac);
        virshPutText(report, "protocol", lease->type == VIR_IP_ADDR_TYPE_IPV4 ? "ipv4" : "ipv6");
        virshPutText(report, "address", address);
        virshPutText(report, "hostname", lease->hostname);
        virshPutText(report, "client-id", lease->clientid ? lease->clientid : lease->iaid);
        virNetworkDHCPLeaseFree(lease);
    }
    free(leases);
    return virshReportEnd(report);
}
