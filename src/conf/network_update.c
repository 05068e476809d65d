/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes of single parts of a network's definition. */

#include <string.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "conf/address.h"
#include "conf/network.h"
#include "document/raise.h"
#include "runtime/error.h"

/* The list that an update is about. */
typedef struct {
    virDocNetwork *network;
    virDocNetworkIp *ip;        /* of the parts that belong to one address; else NULL */
    void ***items;
    size_t *count;
} Place;

/* One kind of part. */
typedef struct {
    unsigned int section;
    const char *word;
    const char *element;
    const virDocRecord *record;
    bool changeable;            /* else entries are only added and deleted */
    /* Finds the list; false with an error raised. */
    bool (*locate)(Place *place, int parentIndex);
    /* Whether a new entry cannot stand beside one that is there. */
    bool (*collides)(const void *entry, const void *wanted);
    /* Whether an entry is the one that is meant by what is known of it. */
    bool (*means)(const void *entry, const void *wanted);
    /* What a new entry needs beyond its grammar: NULL, or what is wrong, to be freed. */
    char *(*judge)(const Place *place, const void *wanted);
} Section;

/* Whether two texts are given and equal. */
static bool
same(const char *one, const char *other)
{
    return one && other && g_str_equal(one, other);
}

/* Whether what is known of an entry, which may be nothing, fits it. */
static bool
fits(const char *known, const char *entry)
{
    return !known || same(known, entry);
}

/* --- addresses that are given out --------------------------------------------------------------- */

static bool
isIPv6(const virDocNetworkIp *ip)
{
    return ip->family == VIR_DOC_NETWORK_FAMILY_IPV6;
}

static bool
givesOut(const virDocNetworkIp *ip)
{
    return ip->ndhcpRanges || ip->ndhcpHosts;
}

/* The address of an index; -1 means the one that gives out already, else the first. */
static virDocNetworkIp *
findIp(virDocNetwork *network, int parentIndex)
{
    for (size_t i = 0; parentIndex < 0 && i < network->nips; i++) {
        if (givesOut(network->ips[i]))
            return network->ips[i];
    }
    if ((size_t) MAX(parentIndex, 0) < network->nips)
        return network->ips[MAX(parentIndex, 0)];
    virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID,
                  "network '%s' has no <ip> with the index %d", network->name, parentIndex);
    return NULL;
}

static bool
locateIp(Place *place, int parentIndex)
{
    place->ip = findIp(place->network, parentIndex);
    if (!place->ip)
        return false;
    for (size_t i = 0; !isIPv6(place->ip) && i < place->network->nips; i++) {
        const virDocNetworkIp *other = place->network->ips[i];

        if (other != place->ip && !isIPv6(other) && givesOut(other)) {
            virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID,
                          "network '%s' gives out addresses of another IPv4 <ip> already",
                          place->network->name);
            return false;
        }
    }
    return true;
}

static bool
locateHosts(Place *place, int parentIndex)
{
    if (!locateIp(place, parentIndex))
        return false;
    place->items = (void ***) (void *) &place->ip->dhcpHosts;
    place->count = &place->ip->ndhcpHosts;
    return true;
}

static bool
sameMac(const virDocNetworkDhcpHost *one, const virDocNetworkDhcpHost *other)
{
    return one->hasMac && other->hasMac && memcmp(one->mac, other->mac, sizeof(one->mac)) == 0;
}

static bool
hostCollides(const void *entry, const void *wanted)
{
    const virDocNetworkDhcpHost *one = entry, *other = wanted;

    return sameMac(one, other) || same(one->name, other->name) || same(one->ip, other->ip) ||
           same(one->id, other->id);
}

static bool
hostMeans(const void *entry, const void *wanted)
{
    const virDocNetworkDhcpHost *one = entry, *known = wanted;

    return (!known->hasMac || sameMac(one, known)) && fits(known->name, one->name) &&
           fits(known->ip, one->ip) && fits(known->id, one->id);
}

static char *
judgeHost(const Place *place, const void *wanted)
{
    const virDocNetworkDhcpHost *host = wanted;

    if (!isIPv6(place->ip) && !host->hasMac && !host->name)
        return g_strdup("a <host> of an IPv4 address needs 'mac' or 'name'");
    if (isIPv6(place->ip) && !host->id && !host->name)
        return g_strdup("a <host> of an IPv6 address needs 'id' or 'name'");
    return NULL;
}

static bool
locateRanges(Place *place, int parentIndex)
{
    if (!locateIp(place, parentIndex))
        return false;
    place->items = (void ***) (void *) &place->ip->dhcpRanges;
    place->count = &place->ip->ndhcpRanges;
    return true;
}

static bool
rangeMeans(const void *entry, const void *wanted)
{
    const virDocNetworkDhcpRange *one = entry, *other = wanted;

    return same(one->start, other->start) && same(one->end, other->end);
}

static char *
judgeRange(const Place *place, const void *wanted)
{
    const virDocNetworkDhcpRange *range = wanted;
    const virDocNetworkIp *ip = place->ip;
    virConfAddress own, start, end;
    int prefix = isIPv6(ip) ? 64 : 24;

    if (!ip->address || !virConfAddressParse(ip->address, &own))
        return g_strdup("the <ip> has no 'address'");
    if (ip->netmask)
        prefix = virConfAddressMaskPrefix(ip->netmask);
    else if (ip->hasPrefix)
        prefix = (int) ip->prefix;
    virConfAddressParse(range->start, &start);
    virConfAddressParse(range->end, &end);
    if (start.length != own.length || end.length != own.length ||
        (prefix >= 0 && (!virConfAddressSameNetwork(&start, &own, (unsigned int) prefix) ||
                         !virConfAddressSameNetwork(&end, &own, (unsigned int) prefix))))
        return g_strdup_printf("range %s - %s is not within the network of %s", range->start,
                               range->end, ip->address);
    if (virConfAddressCompare(&start, &end) > 0)
        return g_strdup_printf("range %s - %s is reversed", range->start, range->end);
    return NULL;
}

/* --- ways out, classes of connections ------------------------------------------------------------- */

static bool
locateInterfaces(Place *place, int parentIndex G_GNUC_UNUSED)
{
    place->items = (void ***) (void *) &place->network->forwardInterfaces;
    place->count = &place->network->nforwardInterfaces;
    return true;
}

static bool
interfaceMeans(const void *entry, const void *wanted)
{
    const virDocNetworkForwardInterface *one = entry, *other = wanted;

    return same(one->dev, other->dev);
}

static bool
locatePortGroups(Place *place, int parentIndex G_GNUC_UNUSED)
{
    place->items = (void ***) (void *) &place->network->portgroups;
    place->count = &place->network->nportgroups;
    return true;
}

static bool
portGroupMeans(const void *entry, const void *wanted)
{
    const virDocNetworkPortGroup *one = entry, *other = wanted;

    return same(one->name, other->name);
}

/* --- names --------------------------------------------------------------------------------------- */

static virDocNetworkDns *
dnsOf(Place *place)
{
    if (!place->network->dns)
        place->network->dns = virDocNetworkDnsNew();
    return place->network->dns;
}

static bool
locateNames(Place *place, int parentIndex G_GNUC_UNUSED)
{
    place->items = (void ***) (void *) &dnsOf(place)->hosts;
    place->count = &dnsOf(place)->nhosts;
    return true;
}

static bool
nameCollides(const void *entry, const void *wanted)
{
    const virDocNetworkDnsHost *one = entry, *other = wanted;

    return same(one->ip, other->ip);
}

static bool
nameMeans(const void *entry, const void *wanted)
{
    const virDocNetworkDnsHost *one = entry, *known = wanted;

    if (same(one->ip, known->ip))
        return true;
    for (size_t i = 0; i < one->nhostnames; i++) {
        for (size_t j = 0; j < known->nhostnames; j++) {
            if (g_str_equal(one->hostnames[i], known->hostnames[j]))
                return true;
        }
    }
    return false;
}

static char *
judgeName(const Place *place G_GNUC_UNUSED, const void *wanted)
{
    const virDocNetworkDnsHost *host = wanted;

    return host->ip && host->nhostnames ? NULL
                                        : g_strdup("a <host> needs 'ip' and a <hostname>");
}

static bool
locateTexts(Place *place, int parentIndex G_GNUC_UNUSED)
{
    place->items = (void ***) (void *) &dnsOf(place)->txts;
    place->count = &dnsOf(place)->ntxts;
    return true;
}

static bool
textMeans(const void *entry, const void *wanted)
{
    const virDocNetworkDnsText *one = entry, *other = wanted;

    return same(one->name, other->name);
}

static char *
judgeText(const Place *place G_GNUC_UNUSED, const void *wanted)
{
    const virDocNetworkDnsText *text = wanted;

    return strchr(text->name, ' ') ? g_strdup("the name of a <txt> has no blanks") : NULL;
}

static bool
locateServices(Place *place, int parentIndex G_GNUC_UNUSED)
{
    place->items = (void ***) (void *) &dnsOf(place)->srvs;
    place->count = &dnsOf(place)->nsrvs;
    return true;
}

static bool
serviceMeans(const void *entry, const void *wanted)
{
    const virDocNetworkDnsService *one = entry, *known = wanted;

    return fits(known->service, one->service) && fits(known->protocol, one->protocol) &&
           fits(known->domain, one->domain) && fits(known->target, one->target);
}

static char *
judgeService(const Place *place G_GNUC_UNUSED, const void *wanted)
{
    const virDocNetworkDnsService *service = wanted;

    return service->protocol ? NULL : g_strdup("a <srv> needs 'protocol'");
}

static const Section sections[] = {
    { VIR_NETWORK_SECTION_IP_DHCP_HOST, "dhcp host", "host", &virDocNetworkDhcpHostRecord,
      true, locateHosts, hostCollides, hostMeans, judgeHost },
    { VIR_NETWORK_SECTION_IP_DHCP_RANGE, "dhcp range", "range", &virDocNetworkDhcpRangeRecord,
      false, locateRanges, rangeMeans, rangeMeans, judgeRange },
    { VIR_NETWORK_SECTION_FORWARD_INTERFACE, "forward interface", "interface",
      &virDocNetworkForwardInterfaceRecord, false, locateInterfaces, interfaceMeans,
      interfaceMeans, NULL },
    { VIR_NETWORK_SECTION_PORTGROUP, "portgroup", "portgroup", &virDocNetworkPortGroupRecord,
      true, locatePortGroups, portGroupMeans, portGroupMeans, NULL },
    { VIR_NETWORK_SECTION_DNS_HOST, "dns host", "host", &virDocNetworkDnsHostRecord,
      false, locateNames, nameCollides, nameMeans, judgeName },
    { VIR_NETWORK_SECTION_DNS_TXT, "dns txt", "txt", &virDocNetworkDnsTextRecord,
      false, locateTexts, textMeans, textMeans, judgeText },
    { VIR_NETWORK_SECTION_DNS_SRV, "dns srv", "srv", &virDocNetworkDnsServiceRecord,
      false, locateServices, serviceMeans, serviceMeans, judgeService },
};

static const Section *
findSection(unsigned int section)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        if (sections[i].section == section)
            return &sections[i];
    }
    virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_UNSUPPORTED,
                  "section %u of a network cannot be updated", section);
    return NULL;
}

static void *
parse(const Section *section, const char *root, const char *xml)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    void *wanted;

    if (!g_str_equal(root, section->element)) {
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_XML_ERROR,
                      "a %s entry is an element <%s>, not <%s>", section->word, section->element,
                      root);
        return NULL;
    }
    wanted = virDocParse(section->record, section->element, xml, NULL, issues);
    if (!wanted)
        virDocIssuesRaise(issues, VIR_FROM_NETWORK);
    return wanted;
}

/* The place of the first entry that a predicate holds for; the length when there is none. */
static size_t
find(const Place *place, bool (*holds)(const void *entry, const void *wanted), const void *wanted)
{
    size_t i;

    for (i = 0; i < *place->count; i++) {
        if (holds((*place->items)[i], wanted))
            break;
    }
    return i;
}

/* Only one class is for guests that name none. */
static bool
defaultCollides(const Place *place, const void *wanted)
{
    const virDocNetworkPortGroup *group = wanted;

    if (group->isDefault != VIR_DOC_SWITCH_ON)
        return false;
    for (size_t i = 0; i < place->network->nportgroups; i++) {
        const virDocNetworkPortGroup *other = place->network->portgroups[i];

        if (other->isDefault != VIR_DOC_SWITCH_ON || g_str_equal(other->name, group->name))
            continue;
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID,
                      "portgroup '%s' of network '%s' is the default already", other->name,
                      place->network->name);
        return true;
    }
    return false;
}

/* Whether an entry can be entered, but for those it could collide with. */
static bool
acceptable(const Section *section, const Place *place, const void *wanted)
{
    g_autofree char *problem = section->judge ? section->judge(place, wanted) : NULL;

    if (problem) {
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_XML_ERROR, "in network '%s': %s",
                      place->network->name, problem);
        return false;
    }
    return section->section != VIR_NETWORK_SECTION_PORTGROUP || !defaultCollides(place, wanted);
}

static int
add(const Section *section, Place *place, void *wanted, bool first)
{
    if (!acceptable(section, place, wanted))
        return -1;
    if (find(place, section->collides, wanted) < *place->count) {
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID,
                      "network '%s' has a %s entry that collides with this one",
                      place->network->name, section->word);
        return -1;
    }
    virDocListInsert(place->items, place->count, first ? 0 : *place->count, wanted);
    if (place->ip)
        place->ip->hasDhcp = true;
    return 1;
}

static int
missing(const Section *section, const Place *place)
{
    virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID,
                  "network '%s' has no such %s entry", place->network->name, section->word);
    return -1;
}

/* Hosts are told by their hardware, the others by name. */
static bool
hostIs(const void *entry, const void *wanted)
{
    const virDocNetworkDhcpHost *one = entry, *other = wanted;

    return other->hasMac || other->id ? sameMac(one, other) || same(one->id, other->id)
                                      : same(one->name, other->name);
}

static int
replace(const Section *section, Place *place, void *wanted)
{
    bool host = section->section == VIR_NETWORK_SECTION_IP_DHCP_HOST;
    size_t at;

    if (!section->changeable) {
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_UNSUPPORTED,
                      "%s entries cannot be modified, only added and deleted", section->word);
        return -1;
    }
    if (!acceptable(section, place, wanted))
        return -1;
    at = find(place, host ? hostIs : section->means, wanted);
    if (at == *place->count)
        return missing(section, place);
    virDocFree(section->record, (*place->items)[at]);
    (*place->items)[at] = wanted;
    return 1;
}

static int
delete(const Section *section, Place *place, const void *wanted)
{
    size_t at = find(place, section->means, wanted);

    if (at == *place->count)
        return missing(section, place);
    virDocFree(section->record, virDocListTake(place->items, place->count, at));
    return 0;
}

/* What follows from the parts: the first way out is named twice, what is empty is not there. */
static void
settle(Place *place)
{
    virDocNetwork *network = place->network;
    virDocNetworkDns *dns = network->dns;

    if (place->items == (void ***) (void *) &network->forwardInterfaces) {
        g_free(network->forwardDev);
        network->forwardDev = network->nforwardInterfaces
                                  ? g_strdup(network->forwardInterfaces[0]->dev) : NULL;
    }
    if (place->ip && !givesOut(place->ip) && !place->ip->dhcpBootpFile)
        place->ip->hasDhcp = false;
    if (dns && !dns->nhosts && !dns->ntxts && !dns->nsrvs && !dns->nforwarders &&
        dns->enable == VIR_DOC_SWITCH_ABSENT &&
        dns->forwardPlainNames == VIR_DOC_SWITCH_ABSENT)
        g_clear_pointer(&network->dns, virDocNetworkDnsFree);
}

int
virConfNetworkUpdate(virDocNetwork *network, unsigned int command, unsigned int section,
                     int parentIndex, const char *xml)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *root = virDocRootName(xml, issues);
    Place place = { .network = network };
    const Section *found;
    void *wanted;
    int taken = -1;

    if (!root) {
        virDocIssuesRaise(issues, VIR_FROM_NETWORK);
        return -1;
    }
    found = findSection(section);
    if (!found)
        return -1;
    wanted = parse(found, root, xml);
    if (!wanted)
        return -1;
    if (found->locate(&place, parentIndex)) {
        switch (command) {
        case VIR_NETWORK_UPDATE_COMMAND_MODIFY:
            taken = replace(found, &place, wanted);
            break;
        case VIR_NETWORK_UPDATE_COMMAND_DELETE:
            taken = delete(found, &place, wanted);
            break;
        case VIR_NETWORK_UPDATE_COMMAND_ADD_LAST:
        case VIR_NETWORK_UPDATE_COMMAND_ADD_FIRST:
            taken = add(found, &place, wanted, command == VIR_NETWORK_UPDATE_COMMAND_ADD_FIRST);
            break;
        default:
            virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_UNSUPPORTED,
                          "there is no update command %u", command);
        }
        settle(&place);
    }
    if (taken <= 0)
        virDocFree(found->record, wanted);
    return taken < 0 ? -1 : 0;
}
