/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events of domains whose values are no plain words and numbers. */

#include "client/commands.h"
#include "client/events.h"

static void virshEventAddress(virshEvent *event, const char *name, const char *key,
                              const virDomainEventGraphicsAddress *address)
{
    static const char *const families[] = { "ipv4", "ipv6", "unix" };
    const char *family = "unknown";
    g_autofree char *text = NULL;

    if (address->family >= 0 && address->family < (int)G_N_ELEMENTS(families))
        family = families[address->family];
    text = g_strdup_printf("%s %s %s", family, address->node ? address->node : "",
                           address->service ? address->service : "");
    virshEventText(event, name, key, text);
}

void onDomainGraphics(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain, int phase,
                      const virDomainEventGraphicsAddress *local,
                      const virDomainEventGraphicsAddress *remote, const char *scheme,
                      const virDomainEventGraphicsSubject *subject, void *opaque)
{
    virshEvent *event = virshEventNew(opaque, "graphics", "domain", virDomainGetName(domain));
    g_autoptr(GString) people = g_string_new(NULL);

    for (int i = 0; subject && i < subject->nidentity; i++)
        g_string_append_printf(people, "\n\t%s=%s", subject->identities[i].type,
                               subject->identities[i].name);
    virshEventWord(event, "phase", NULL, "connect|initialize|disconnect", 0, phase);
    virshEventAddress(event, "local", NULL, local);
    virshEventAddress(event, "remote", NULL, remote);
    virshEventText(event, "auth", NULL, scheme);
    virshEventText(event, "subject", NULL, people->str);
    virshEventEmit(event, "event 'graphics' for domain '{object}': {phase} local[{local}] "
                          "remote[{remote}] {auth}{subject}");
}

void onDomainMemoryFailure(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                           int recipient, int action, unsigned int flags, void *opaque)
{
    virshEvent *event =
        virshEventNew(opaque, "memory-failure", "domain", virDomainGetName(domain));

    virshEventWord(event, "recipient", NULL, "hypervisor|guest", 0, recipient);
    virshEventWord(event, "action", NULL, "ignore|inject|fatal|reset", 0, action);
    virshEventNumber(event, "required", "action-required",
                     (flags & VIR_DOMAIN_MEMORY_FAILURE_ACTION_REQUIRED) != 0);
    virshEventNumber(event, "recursive", NULL, (flags & VIR_DOMAIN_MEMORY_FAILURE_RECURSIVE) != 0);
    virshEventEmit(event, "event 'memory-failure' for domain '{object}':\nrecipient: {recipient}\n"
                          "action: {action}\nflags:\n\taction required: {required}\n"
                          "\trecursive: {recursive}");
}
