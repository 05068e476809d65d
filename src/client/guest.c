/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that ask the guest, or act on what is inside it. */

#include <stdlib.h>
#include <string.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"
#include "client/tune.h"

/* The addresses of one interface; the name stands in the first line only, unless it is --full. */
/* One row of the list; an interface without addresses has no address to show. */
static void virshPutAddress(virshReport *report, virDomainInterfacePtr interface,
                            virDomainIPAddressPtr address)
{
    g_autofree char *text =
        address ? g_strdup_printf("%s/%u", address->addr, address->prefix) : NULL;

    virshReportRow(report);
    virshPutText(report, "interface", interface->name);
    virshPutText(report, "mac", interface->hwaddr);
    virshPutText(report, "protocol", !address ? NULL
                                     : address->type == VIR_IP_ADDR_TYPE_IPV4 ? "ipv4"
                                                                              : "ipv6");
    virshPutText(report, "address", text);
}

/* The addresses of one interface; the name stands in the first line only, unless it is --full. */
static void virshAddresses(virshControl *ctl, virDomainInterfacePtr interface, bool full,
                           virshReport *report)
{
    const char *mac = interface->hwaddr ? interface->hwaddr : "N/A";

    if (!interface->naddrs && report)
        virshPutAddress(report, interface, NULL);
    else if (!interface->naddrs)
        virshPrint(ctl, " %-10s %-17s    %-12s %s\n", interface->name, mac, "N/A", "N/A");
    for (unsigned int i = 0; i < interface->naddrs; i++) {
        virDomainIPAddressPtr address = &interface->addrs[i];
        bool named = full || i == 0;

        if (report)
            virshPutAddress(report, interface, address);
        else
            virshPrint(ctl, " %-10s %-17s    %-12s %s/%u\n", named ? interface->name : "-",
                       named ? mac : "-",
                       address->type == VIR_IP_ADDR_TYPE_IPV4 ? "ipv4" : "ipv6", address->addr,
                       address->prefix);
    }
}

bool shellDomifaddr(virshControl *ctl, const virshArguments *arguments)
{
    static const char *const sources[] = { "lease", "agent", "arp", NULL };
    const char *only = NULL;
    const char *word = NULL;
    int source = VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE;
    virDomainInterfacePtr *interfaces = NULL;
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    int count;

    if (!domain || !virshString(ctl, arguments, "interface", &only) ||
        !virshString(ctl, arguments, "source", &word))
        return false;
    if (word)
        source = virshWordIndex(sources, word);
    if (source < 0) {
        virshError(ctl, "Unknown data source '%s'", word);
        return false;
    }
    count = virDomainInterfaceAddresses(domain, &interfaces, (unsigned int)source, 0);
    if (count < 0) {
        virshError(ctl, "Failed to query for interfaces addresses");
        return false;
    }
    report = virshWantsJson(arguments) ? virshReportNew(ctl, arguments) : NULL;
    if (!report)
        virshExtra(ctl, " %-10s %-20s %-8s     %s\n%s%s\n", "Name", "MAC address", "Protocol",
                   "Address", "---------------------------------------------------",
                   "----------------------------");
    for (int i = 0; i < count; i++) {
        if (!only || g_str_equal(interfaces[i]->name, only))
            virshAddresses(ctl, interfaces[i], virshFlag(arguments, "full"), report);
        virDomainInterfaceFree(interfaces[i]);
    }
    free(interfaces);
    return !report || virshReportEnd(report);
}

bool shellDomifGetlink(virshControl *ctl, const virshArguments *arguments)
{
    const char *wanted = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    if (!domain || !virshString(ctl, arguments, "interface", &wanted))
        return false;
    document = virshDomainDocument(ctl, domain, virshFlag(arguments, "config"));
    if (!document)
        return false;
    count = virshDocumentSelect(document, "/domain/devices/interface");
    for (size_t i = 0; i < count; i++) {
        g_autofree char *target = virshDocumentValue(document, i, "string(./target/@dev)");
        g_autofree char *mac = virshDocumentValue(document, i, "string(./mac/@address)");
        g_autofree char *state = virshDocumentValue(document, i, "string(./link/@state)");

        if (g_strcmp0(target, wanted) != 0 && (!mac || g_ascii_strcasecmp(mac, wanted) != 0))
            continue;
        if (virshWantsJson(arguments))
            return virshAnswer(ctl, arguments, "link", state ? state : "up");
        virshPrint(ctl, "%s %s", wanted, state ? state : "up");
        return true;
    }
    virshError(ctl, "Interface (dev: %s) not found.", wanted);
    return false;
}

bool shellDomhostname(virshControl *ctl, const virshArguments *arguments)
{
    const char *word = NULL;
    unsigned int flags = 0;
    g_autofree char *name = NULL;
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "source", &word))
        return false;
    if (word && g_str_equal(word, "lease")) {
        flags = VIR_DOMAIN_GET_HOSTNAME_LEASE;
    } else if (word && g_str_equal(word, "agent")) {
        flags = VIR_DOMAIN_GET_HOSTNAME_AGENT;
    } else if (word) {
        virshError(ctl, "Unknown data source '%s'", word);
        return false;
    }
    name = virDomainGetHostname(domain, flags);
    if (!name) {
        virshError(ctl, "failed to get hostname");
        return false;
    }
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "hostname", name);
    return virshReportEnd(report);
}

bool shellDomfsinfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshReport) report = NULL;
    virDomainFSInfoPtr *infos = NULL;
    int count;

    if (!domain)
        return false;
    count = virDomainGetFSInfo(domain, &infos, 0);
    if (count < 0) {
        virshError(ctl, "Unable to get filesystem information");
        return false;
    }
    if (!count && !virshWantsJson(arguments)) {
        virshExtra(ctl, "No filesystems are mounted in the domain");
        free(infos);
        return true;
    }
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        g_autoptr(GString) targets = g_string_new(NULL);

        for (size_t d = 0; d < infos[i]->ndevAlias; d++)
            g_string_append_printf(targets, "%s%s", d ? "," : "", infos[i]->devAlias[d]);
        virshReportRow(report);
        virshPutText(report, "mountpoint", infos[i]->mountpoint);
        virshPutText(report, "name", infos[i]->name);
        virshPutText(report, "type", infos[i]->fstype);
        virshPutText(report, "target", targets->str);
        virDomainFSInfoFree(infos[i]);
    }
    free(infos);
    return virshReportEnd(report);
}

bool shellDomblkerror(virshControl *ctl, const virshArguments *arguments)
{
    static const char *const words[] = { "no error", "unspecified error", "no space", NULL };
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autofree virDomainDiskError *errors = NULL;
    g_autoptr(virshReport) report = NULL;
    int count;

    if (!domain)
        return false;
    count = virDomainGetDiskErrors(domain, NULL, 0, 0);
    if (count < 0)
        return false;
    if (count) {
        errors = g_new0(virDomainDiskError, count);
        count = virDomainGetDiskErrors(domain, errors, (unsigned int)count, 0);
    }
    if (count < 0)
        return false;
    if (!count && !virshWantsJson(arguments))
        virshPrint(ctl, "No errors found\n");
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        const char *word = virshWordAt(words, errors[i].error);

        virshReportRow(report);
        virshPutText(report, "disk", errors[i].disk);
        virshPutText(report, "error", word ? word : "unknown error");
        free(errors[i].disk);
    }
    return virshReportEnd(report);
}

/* The mount points that were named, as the API wants them; all file systems when none were. */
static const char **virshMounts(const virshArguments *arguments, unsigned int *count)
{
    const GPtrArray *words = virshWords(arguments, "mountpoint");

    *count = words ? words->len : 0;
    return words ? (const char **)words->pdata : NULL;
}

bool shellDomfsfreeze(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    unsigned int count;
    const char **mounts = virshMounts(arguments, &count);
    int frozen;

    if (!domain)
        return false;
    frozen = virDomainFSFreeze(domain, mounts, count, 0);
    if (frozen < 0) {
        virshError(ctl, "Unable to freeze filesystems");
        return false;
    }
    virshExtra(ctl, "Froze %d filesystem(s)\n", frozen);
    return true;
}

bool shellDomfsthaw(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    unsigned int count;
    const char **mounts = virshMounts(arguments, &count);
    int thawed;

    if (!domain)
        return false;
    thawed = virDomainFSThaw(domain, mounts, count, 0);
    if (thawed < 0) {
        virshError(ctl, "Unable to thaw filesystems");
        return false;
    }
    virshExtra(ctl, "Thawed %d filesystem(s)\n", thawed);
    return true;
}

bool shellSetLifecycleAction(virshControl *ctl, const virshArguments *arguments)
{
    static const char *const types[] = { "poweroff", "reboot", "crash", NULL };
    static const char *const actions[] = { "destroy", "restart", "rename-restart", "preserve",
                                           "coredump-destroy", "coredump-restart", NULL };
    const char *type = NULL;
    const char *action = NULL;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = NULL;

    if (!virshString(ctl, arguments, "type", &type) ||
        !virshString(ctl, arguments, "action", &action))
        return false;
    if (virshWordIndex(types, type) < 0) {
        virshError(ctl, "Invalid lifecycle type '%s'.", type);
        return false;
    }
    if (virshWordIndex(actions, action) < 0) {
        virshError(ctl, "Invalid lifecycle action '%s'.", action);
        return false;
    }
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain || !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (virDomainSetLifecycleAction(domain, (unsigned int)virshWordIndex(types, type),
                                    (unsigned int)virshWordIndex(actions, action), flags) < 0) {
        virshError(ctl, "Unable to change lifecycle action.");
        return false;
    }
    return true;
}

bool shellSetUserPassword(virshControl *ctl, const virshArguments *arguments)
{
    const char *user = NULL;
    const char *password = virshText(arguments, "password");
    unsigned int flags = virshFlag(arguments, "encrypted") ? VIR_DOMAIN_PASSWORD_ENCRYPTED : 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "user", &user))
        return false;
    if (virDomainSetUserPassword(domain, user, password, flags) < 0)
        return false;
    virshExtra(ctl, "Password set successfully for %s in %s", user, virDomainGetName(domain));
    return true;
}

bool shellGuestinfo(virshControl *ctl, const virshArguments *arguments)
{
    static const virshOptionBit kinds[] = {
        { "user", VIR_DOMAIN_GUEST_INFO_USERS },
        { "os", VIR_DOMAIN_GUEST_INFO_OS },
        { "timezone", VIR_DOMAIN_GUEST_INFO_TIMEZONE },
        { "hostname", VIR_DOMAIN_GUEST_INFO_HOSTNAME },
        { "filesystem", VIR_DOMAIN_GUEST_INFO_FILESYSTEM },
        { "disk", VIR_DOMAIN_GUEST_INFO_DISKS },
        { "interface", VIR_DOMAIN_GUEST_INFO_INTERFACES },
        { "load", VIR_DOMAIN_GUEST_INFO_LOAD },
    };
    unsigned int types = virshOptionBits(arguments, kinds, G_N_ELEMENTS(kinds));
    virTypedParameterPtr fields = NULL;
    int count = 0;
    bool good;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || virDomainGetGuestInfo(domain, types, &fields, &count, 0) < 0)
        return false;
    good = virshTuneShow(ctl, arguments, fields, count, 0, NULL, 0);
    virTypedParamsFree(fields, count);
    return good;
}

bool shellGuestvcpus(virshControl *ctl, const virshArguments *arguments)
{
    const char *list = NULL;
    virTypedParameterPtr fields = NULL;
    unsigned int count = 0;
    bool good;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "cpulist", &list))
        return false;
    if (list)
        return virDomainSetGuestVcpus(domain, list, virshFlag(arguments, "enable"), 0) == 0;
    if (virDomainGetGuestVcpus(domain, &fields, &count, 0) < 0)
        return false;
    good = virshTuneShow(ctl, arguments, fields, (int)count, 0, NULL, 0);
    virTypedParamsFree(fields, (int)count);
    return good;
}

bool shellGetUserSshkeys(virshControl *ctl, const virshArguments *arguments)
{
    const char *user = NULL;
    char **keys = NULL;
    int count;
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "user", &user))
        return false;
    count = virDomainAuthorizedSSHKeysGet(domain, user, &keys, 0);
    if (count < 0)
        return false;
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        virshReportRow(report);
        virshPutText(report, "key", keys[i]);
        free(keys[i]);
    }
    free(keys);
    return virshReportEnd(report);
}

bool shellSetUserSshkeys(virshControl *ctl, const virshArguments *arguments)
{
    const char *user = NULL, *file = NULL;
    unsigned int flags = 0;
    g_auto(GStrv) keys = NULL;
    unsigned int count = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "user", &user) ||
        !virshString(ctl, arguments, "file", &file))
        return false;
    if (virshFlag(arguments, "remove"))
        flags = VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE;
    else if (!virshFlag(arguments, "reset"))
        flags = VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND;
    if (!file && flags) {
        virshError(ctl, "Option --file is required");
        return false;
    }
    if (file) {
        g_autofree char *text = virshReadFile(ctl, file);

        if (!text)
            return false;
        keys = g_strsplit(g_strchomp(text), "\n", -1);
        count = g_strv_length(keys);
        if (!count) {
            virshError(ctl, "File %s contains no keys", file);
            return false;
        }
    }
    return virDomainAuthorizedSSHKeysSet(domain, user, (const char **)keys, count, flags) == 0;
}

bool shellDomsetlaunchsecstate(virshControl *ctl, const virshArguments *arguments)
{
    const char *header = NULL, *secret = NULL;
    unsigned long long address = 0;
    g_autofree char *headerText = NULL;
    g_autofree char *secretText = NULL;
    virTypedParameterPtr fields = NULL;
    int count = 0, room = 0;
    bool good;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "secrethdr", &header) ||
        !virshString(ctl, arguments, "secret", &secret) ||
        !virshUlong(ctl, arguments, "set-address", &address))
        return false;
    if (!header || !secret) {
        virshError(ctl, "Both secret and the secret header are required");
        return false;
    }
    headerText = virshReadFile(ctl, header);
    secretText = headerText ? virshReadFile(ctl, secret) : NULL;
    if (!secretText)
        return false;
    good = virTypedParamsAddString(&fields, &count, &room,
                                   VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_HEADER,
                                   headerText) == 0 &&
           virTypedParamsAddString(&fields, &count, &room,
                                   VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET, secretText) == 0 &&
           (!virshFlag(arguments, "set-address") ||
            virTypedParamsAddULLong(&fields, &count, &room,
                                    VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_SET_ADDRESS,
                                    address) == 0);
    if (good && virDomainSetLaunchSecurityState(domain, fields, count, 0) < 0) {
        virshError(ctl, "Unable to set launch security state");
        good = false;
    }
    virTypedParamsFree(fields, count);
    return good;
}
