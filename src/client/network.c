/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about virtual networks. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/commands.h"
#include "client/arguments.h"
#include "client/document.h"
#include "client/edit.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"

static int virshCompareNetworks(const void *a, const void *b)
{
    return g_ascii_strcasecmp(virNetworkGetName(*(const virNetworkPtr *)a),
                              virNetworkGetName(*(const virNetworkPtr *)b));
}

static unsigned int virshNetworkFilter(const virshArguments *arguments)
{
    unsigned int flags = VIR_CONNECT_LIST_NETWORKS_ACTIVE;

    if (virshFlag(arguments, "inactive"))
        flags = VIR_CONNECT_LIST_NETWORKS_INACTIVE;
    if (virshFlag(arguments, "all"))
        flags = VIR_CONNECT_LIST_NETWORKS_ACTIVE | VIR_CONNECT_LIST_NETWORKS_INACTIVE;
    if (virshFlag(arguments, "persistent"))
        flags |= VIR_CONNECT_LIST_NETWORKS_PERSISTENT;
    if (virshFlag(arguments, "transient"))
        flags |= VIR_CONNECT_LIST_NETWORKS_TRANSIENT;
    if (virshFlag(arguments, "autostart"))
        flags |= VIR_CONNECT_LIST_NETWORKS_AUTOSTART;
    if (virshFlag(arguments, "no-autostart"))
        flags |= VIR_CONNECT_LIST_NETWORKS_NO_AUTOSTART;
    return flags;
}

static void virshNetworkRow(virshTable *table, virNetworkPtr network)
{
    int active = virNetworkIsActive(network);
    int persistent = virNetworkIsPersistent(network);
    int autostart = 0;
    bool known = virNetworkGetAutostart(network, &autostart) == 0;
    const char *cells[] = {
        virNetworkGetName(network),
        active < 0 ? "unknown" : active ? "active" : "inactive",
        !known ? "no autostart" : autostart ? "yes" : "no",
        persistent < 0 ? "unknown" : persistent ? "yes" : "no",
    };

    virshTableRow(table, cells);
}

bool shellNetList(virshControl *ctl, const virshArguments *arguments)
{
    static const char *const titles[] = { "Name", "State", "Autostart", "Persistent", NULL };
    bool uuid = virshFlag(arguments, "uuid");
    bool name = virshFlag(arguments, "name");
    g_autoptr(virshTable) table = NULL;
    virNetworkPtr *networks = NULL;
    int count;

    if (uuid + name + virshFlag(arguments, "table") > 1) {
        virshError(ctl, "Only one argument from --table, --name and --uuid may be specified.");
        return false;
    }
    count = virConnectListAllNetworks(ctl->connection, &networks, virshNetworkFilter(arguments));
    if (count < 0) {
        virshError(ctl, "Failed to list networks");
        return false;
    }
    if (count)
        qsort(networks, (size_t)count, sizeof(*networks), virshCompareNetworks);
    table = virshTableNew(titles);
    for (int i = 0; i < count; i++) {
        char text[VIR_UUID_STRING_BUFLEN] = "";

        if (uuid && virNetworkGetUUIDString(networks[i], text) == 0)
            virshPrint(ctl, "%s\n", text);
        else if (name)
            virshPrint(ctl, "%s\n", virNetworkGetName(networks[i]));
        else if (!uuid)
            virshNetworkRow(table, networks[i]);
        virNetworkFree(networks[i]);
    }
    free(networks);
    if (!uuid && !name)
        virshTablePrint(ctl, table);
    return true;
}

bool shellNetInfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", NULL);
    g_autofree char *bridge = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN];
    int active, persistent, autostart = 0;

    if (!network)
        return false;
    virshPrint(ctl, "%-15s %s\n", "Name:", virNetworkGetName(network));
    if (virNetworkGetUUIDString(network, uuid) == 0)
        virshPrint(ctl, "%-15s %s\n", "UUID:", uuid);
    active = virNetworkIsActive(network);
    if (active >= 0)
        virshPrint(ctl, "%-15s %s\n", "Active:", active ? "yes" : "no");
    persistent = virNetworkIsPersistent(network);
    virshPrint(ctl, "%-15s %s\n", "Persistent:",
               persistent < 0 ? "unknown" : persistent ? "yes" : "no");
    virshPrint(ctl, "%-15s %s\n", "Autostart:",
               virNetworkGetAutostart(network, &autostart) < 0 ? "no autostart"
               : autostart                                     ? "yes"
                                                               : "no");
    bridge = virNetworkGetBridgeName(network);
    if (bridge)
        virshPrint(ctl, "%-15s %s\n", "Bridge:", bridge);
    return true;
}

bool shellNetAutostart(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    bool on = !virshFlag(arguments, "disable");
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", &name);

    if (!network)
        return false;
    if (virNetworkSetAutostart(network, on) < 0) {
        virshError(ctl, on ? "failed to mark network %s as autostarted"
                           : "failed to unmark network %s as autostarted", name);
        return false;
    }
    virshExtra(ctl, on ? "Network %s marked as autostarted\n"
                       : "Network %s unmarked as autostarted\n", name);
    return true;
}

bool shellNetDumpxml(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", NULL);
    unsigned int flags = virshFlag(arguments, "inactive") ? VIR_NETWORK_XML_INACTIVE : 0;
    g_autofree char *text = NULL;

    if (!network)
        return false;
    text = virNetworkGetXMLDesc(network, flags);
    return text && virshPrintDocument(ctl, arguments, text);
}

bool shellNetName(virshControl *ctl, const virshArguments *arguments)
{
    const char *uuid = NULL;
    g_autoptr(virshNetwork) network = NULL;

    if (!virshString(ctl, arguments, "network", &uuid))
        return false;
    if (strlen(uuid) == VIR_UUID_STRING_BUFLEN - 1)
        network = virNetworkLookupByUUIDString(ctl->connection, uuid);
    if (!network) {
        virshError(ctl, "failed to get network '%s'", uuid);
        return false;
    }
    virshPrint(ctl, "%s\n", virNetworkGetName(network));
    return true;
}

bool shellNetUuid(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN];
    g_autoptr(virshNetwork) network = NULL;

    if (!virshString(ctl, arguments, "network", &name))
        return false;
    network = virNetworkLookupByName(ctl->connection, name);
    if (!network) {
        virshError(ctl, "failed to get network '%s'", name);
        return false;
    }
    if (virNetworkGetUUIDString(network, uuid) < 0) {
        virshError(ctl, "failed to get network UUID");
        return false;
    }
    virshPrint(ctl, "%s\n", uuid);
    return true;
}

/* The replaced network that virshStoreNetwork defined, or NULL. */
static bool virshStoreNetwork(virshControl *ctl, const char *text, void *opaque)
{
    virNetworkPtr *stored = opaque;

    *stored = virNetworkDefineXML(ctl->connection, text);
    return *stored != NULL;
}

bool shellNetEdit(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", NULL);
    g_autoptr(virshNetwork) stored = NULL;
    g_autofree char *text = NULL;

    if (!network)
        return false;
    text = virNetworkGetXMLDesc(network, VIR_NETWORK_XML_INACTIVE);
    if (!text)
        return false;
    switch (virshEdit(ctl, text, virshStoreNetwork, &stored)) {
    case VIRSH_EDIT_FAILED:
        return false;
    case VIRSH_EDIT_UNCHANGED:
        virshExtra(ctl, "Network %s XML configuration not changed.\n",
                   virNetworkGetName(network));
        return true;
    case VIRSH_EDIT_STORED:
        virshExtra(ctl, "Network %s XML configuration edited.\n", virNetworkGetName(stored));
        return true;
    }
    return false;
}

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
    static const char *const titles[] = { "Expiry Time", "MAC address", "Protocol", "IP address",
                                          "Hostname", "Client ID or DUID", NULL };
    const char *name = NULL;
    const char *mac = NULL;
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", &name);
    g_autoptr(virshTable) table = virshTableNew(titles);
    virNetworkDHCPLeasePtr *leases = NULL;
    int count;

    if (!network || !virshString(ctl, arguments, "mac", &mac))
        return false;
    count = virNetworkGetDHCPLeases(network, mac, &leases, 0);
    if (count < 0) {
        virshError(ctl, "Failed to get leases info for %s", name);
        return false;
    }
    for (int i = 0; i < count; i++) {
        virNetworkDHCPLeasePtr lease = leases[i];
        time_t expiry = (time_t)lease->expirytime;
        struct tm parts;
        char when[32];
        g_autofree char *address = g_strdup_printf("%s/%u", lease->ipaddr, lease->prefix);
        const char *cells[] = {
            when, lease->mac, lease->type == VIR_IP_ADDR_TYPE_IPV4 ? "ipv4" : "ipv6", address,
            lease->hostname ? lease->hostname : "-",
            lease->clientid ? lease->clientid : lease->iaid ? lease->iaid : "-",
        };

        localtime_r(&expiry, &parts);
        strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &parts);
        virshTableRow(table, cells);
        virNetworkDHCPLeaseFree(lease);
    }
    free(leases);
    virshTablePrint(ctl, table);
    return true;
}
