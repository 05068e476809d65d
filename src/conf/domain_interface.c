/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network interfaces: addresses, models, and names on the host. */

#include <string.h>

#include "base/uuid.h"
#include "conf/domain_parts.h"

/* The range from which addresses of guests are taken. */
static const unsigned char macPrefix[] = {0x52, 0x54, 0x00};
/* Names that are made up when a domain starts; a definition does not keep them. */
static const char *const generated[] = {"vnet", "macvtap", "macvlan"};

bool
virConfDomainGiveMac(virDocDomainInterface *interface)
{
    unsigned char random[VIR_UUID_BYTES];

    if (interface->hasMacAddress)
        return true;
    if (virUUIDGenerate(random) < 0)
        return false;
    memcpy(interface->macAddress, macPrefix, sizeof(macPrefix));
    memcpy(interface->macAddress + sizeof(macPrefix), random,
           sizeof(interface->macAddress) - sizeof(macPrefix));
    interface->hasMacAddress = true;
    return true;
}

static void
completeMac(virDocDomainInterface *interface, virDocContext *context)
{
    if (interface->hasMacAddress && interface->macAddress[0] & 1 &&
        !virConfDomainDriverOf(context)->multicast)
        virDocContextReport(context, "mac", "the address is one of a group");
    if (!virConfDomainGiveMac(interface))
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, NULL, "no randomness for a MAC");
}

void
virConfCompleteFamilies(virDocDomainAddressOf **addresses, size_t count,
                        virDocContext *context)
{
    for (size_t i = 0; i < count; i++) {
        virDocDomainAddressOf *address = addresses[i];
        bool v6 = strchr(address->address, ':');

        if (!address->family)
            address->family = v6 ? VIR_DOC_NETWORK_FAMILY_IPV6 : VIR_DOC_NETWORK_FAMILY_IPV4;
        if ((address->family == VIR_DOC_NETWORK_FAMILY_IPV6) != v6)
            virDocContextReport(context, "ip", "'%s' is no %s address", address->address,
                                virDocNetworkFamilyToString(address->family));
        if (address->hasPrefix && !v6 && address->prefix > 32)
            virDocContextReport(context, "ip", "an IPv4 prefix has at most 32 bits");
    }
}

static void
checkBandwidth(const virDocNetworkBandwidth *bandwidth, virDocContext *context)
{
    if (!bandwidth)
        return;
    if (bandwidth->inbound && !bandwidth->inbound->hasAverage && !bandwidth->inbound->hasFloor)
        virDocContextComplain(context, VIR_ERR_XML_DETAIL, "bandwidth/inbound",
                              "'average' or 'floor' is missing");
    if (bandwidth->outbound && !bandwidth->outbound->hasAverage)
        virDocContextComplain(context, VIR_ERR_XML_DETAIL, "bandwidth/outbound",
                              "'average' is missing");
}

static void
giveIdentity(unsigned char *uuid, bool *has, virDocContext *context)
{
    if (!*has && virUUIDGenerate(uuid) < 0)
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, "virtualport",
                              "no randomness for a UUID");
    *has = true;
}

/* A port on a switch is known by a UUID there. */
static void
completePort(virDocNetworkVirtualPort *port, virDocContext *context)
{
    if (!port)
        return;
    if (port->type == VIR_DOC_NETWORK_VIRTUAL_PORT_TYPE_OPENVSWITCH)
        giveIdentity(port->interfaceid, &port->hasInterfaceid, context);
    if (port->type == VIR_DOC_NETWORK_VIRTUAL_PORT_TYPE_802_1_QBG)
        giveIdentity(port->instanceid, &port->hasInstanceid, context);
}

static void
checkModel(virDocDomainInterface *interface, virDocContext *context)
{
    const char *model = interface->modelType;

    if (model && model[strspn(model, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789-_")])
        virDocContextComplain(context, VIR_ERR_INVALID_ARG, "model",
                              "a model has letters, digits, '-' and '_' only, not '%s'", model);
    /* The other models have nothing to set. */
    if (interface->type != VIR_DOC_DOMAIN_INTERFACE_TYPE_HOSTDEV && interface->driver &&
        (!model || !g_str_has_prefix(model, "virtio")))
        g_clear_pointer(&interface->driver, virDocDomainInterfaceDriverOptionsFree);
}

/* What the source of each type must name. */
static void
checkSource(const virDocDomainInterface *interface, virDocContext *context)
{
    const char *missing = NULL;

    switch (interface->type) {
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_NETWORK:
        missing = interface->sourceNetwork ? NULL : "network";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_BRIDGE:
        missing = interface->sourceBridge ? NULL : "bridge";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_DIRECT:
        missing = interface->sourceDev ? NULL : "dev";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_INTERNAL:
        missing = interface->sourceName ? NULL : "name";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_MCAST:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_SERVER:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_CLIENT:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_UDP:
        if (!interface->hasSourcePort)
            missing = "port";
        else if (!interface->sourceAddress &&
                 interface->type != VIR_DOC_DOMAIN_INTERFACE_TYPE_SERVER)
            missing = "address";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_HOSTDEV:
        missing = interface->sourceHostAddress ? NULL : "address";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_VHOSTUSER:
        missing = interface->sourcePath || interface->backendType ? NULL : "path";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_VDPA:
        missing = interface->sourceVdpa ? NULL : "dev";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_VDS:
        missing = interface->hasSourceSwitchid ? NULL : "switchid";
        break;
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_ETHERNET:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_USER:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_NULL:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_LAST:
        break;
    }
    if (missing)
        virDocContextReport(context, NULL, "'%s' of the source is missing", missing);
}

void
virConfCheckInterface(void *data, virDocContext *context)
{
    virDocDomainInterface *interface = data;

    completeMac(interface, context);
    checkSource(interface, context);
    checkModel(interface, context);
    checkBandwidth(interface->bandwidth, context);
    completePort(interface->virtualport, context);
    virConfCompleteFamilies(interface->ips, interface->nips, context);
    virConfCompleteFamilies(interface->sourceIps, interface->nsourceIps, context);
    if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_DIRECT && !interface->sourceMode)
        interface->sourceMode = VIR_DOC_DOMAIN_DIRECT_MODE_VEPA;
    if (interface->teamingType == VIR_DOC_DOMAIN_TEAMING_TYPE_TRANSIENT &&
        !interface->teamingPersistent)
        virDocContextReport(context, "teaming", "'persistent' is missing");
    if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_VHOSTUSER && interface->sourceReconnect &&
        interface->sourceSocketMode == VIR_DOC_DOMAIN_VHOST_USER_MODE_SERVER)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "source",
                              "only what connects can connect again");
    for (size_t i = 0; i < G_N_ELEMENTS(generated) && interface->targetDev; i++) {
        if (virDocContextFlags(context) & VIR_DOC_PARSE_INACTIVE &&
            g_str_has_prefix(interface->targetDev, generated[i]))
            g_clear_pointer(&interface->targetDev, g_free);
    }
}

void
virConfDomainCompleteInterfaces(virDocDomain *domain, virDocContext *context)
{
    const char *prefix = virConfDomainDriverOf(context)->interfacePrefix;
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    unsigned int next = 0;

    if (!prefix)
        return;
    for (size_t i = 0; i < domain->ninterfaces; i++) {
        if (domain->interfaces[i]->targetDev)
            g_hash_table_add(taken, domain->interfaces[i]->targetDev);
    }
    for (size_t i = 0; i < domain->ninterfaces; i++) {
        virDocDomainInterface *interface = domain->interfaces[i];

        while (!interface->targetDev) {
            g_autofree char *name = g_strdup_printf("%s%u", prefix, next++);

            if (!g_hash_table_contains(taken, name))
                interface->targetDev = g_steal_pointer(&name);
        }
    }
}
