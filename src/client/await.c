/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits until something holds for a domain. */

#include "client/commands.h"
#include "client/document.h"
#include "client/events.h"
#include "client/lookup.h"
#include "client/output.h"

typedef enum {
    VIRSH_AWAIT_NOT_YET,
    VIRSH_AWAIT_HOLDS,
    VIRSH_AWAIT_NEVER, /* reported */
} virshAwaitState;

typedef struct {
    const char *name;
    virshAwaitState (*look)(virshControl *ctl, virDomainPtr domain);
} virshCondition;

static virshAwaitState virshAwaitInactive(virshControl *ctl, virDomainPtr domain)
{
    int active = virDomainIsActive(domain);

    if (active < 0 && virGetLastErrorCode() == VIR_ERR_NO_DOMAIN) {
        /* a transient domain is gone as soon as it stops */
        virshForgetFailure(ctl);
        return VIRSH_AWAIT_HOLDS;
    }
    return active < 0 ? VIRSH_AWAIT_NEVER : active ? VIRSH_AWAIT_NOT_YET : VIRSH_AWAIT_HOLDS;
}

/* The document tells whether the agent's channel is open at the guest's side. */
static virshAwaitState virshAwaitAgent(virshControl *ctl, virDomainPtr domain)
{
    static const char path[] = "/domain/devices/channel/target[@name='org.qemu.guest_agent.0']";
    g_autofree char *text = NULL;
    g_autofree char *state = NULL;
    g_autoptr(virshDocument) document = NULL;
    int active = virDomainIsActive(domain);

    if (active == 0)
        virshError(ctl, "domain '%s' is not running", virDomainGetName(domain));
    if (active <= 0)
        return VIRSH_AWAIT_NEVER;
    text = virDomainGetXMLDesc(domain, 0);
    document = text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
    if (!document)
        return VIRSH_AWAIT_NEVER;
    if (!virshDocumentSelect(document, path)) {
        virshError(ctl, "domain '%s' has no channel for a guest agent", virDomainGetName(domain));
        return VIRSH_AWAIT_NEVER;
    }
    state = virshDocumentValue(document, 0, "string(./@state)");
    return g_strcmp0(state, "connected") == 0 ? VIRSH_AWAIT_HOLDS : VIRSH_AWAIT_NOT_YET;
}

static const virshCondition conditions[] = {
    { "domain-inactive", virshAwaitInactive },
    { "guest-agent-available", virshAwaitAgent },
};

static int onAwaitLifecycle(virConnectPtr connection G_GNUC_UNUSED,
                            virDomainPtr domain G_GNUC_UNUSED, int event G_GNUC_UNUSED,
                            int detail G_GNUC_UNUSED, void *opaque)
{
    virshWaitWake(opaque);
    return 0;
}

static void onAwaitAgent(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain G_GNUC_UNUSED,
                         int state G_GNUC_UNUSED, int reason G_GNUC_UNUSED, void *opaque)
{
    virshWaitWake(opaque);
}

/* What holds may have changed with any of these events. */
static bool virshAwaitListen(virshControl *ctl, virDomainPtr domain, virshWait *wait, int *ids)
{
    ids[0] = virConnectDomainEventRegisterAny(ctl->connection, domain,
                                              VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                              VIR_DOMAIN_EVENT_CALLBACK(onAwaitLifecycle), wait,
                                              NULL);
    if (ids[0] < 0)
        return false;
    ids[1] = virConnectDomainEventRegisterAny(ctl->connection, domain,
                                              VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE,
                                              VIR_DOMAIN_EVENT_CALLBACK(onAwaitAgent), wait, NULL);
    return ids[1] >= 0;
}

static bool virshAwaitRun(virshControl *ctl, virDomainPtr domain, const virshCondition *condition,
                          virshWait *wait)
{
    for (;;) {
        switch (condition->look(ctl, domain)) {
        case VIRSH_AWAIT_HOLDS:
            return true;
        case VIRSH_AWAIT_NEVER:
            return false;
        case VIRSH_AWAIT_NOT_YET:
            break;
        }
        switch (virshWaitNext(wait)) {
        case VIRSH_WAIT_EVENT:
            break;
        case VIRSH_WAIT_LATE:
            virshError(ctl, "timed out before '%s' held for domain '%s'", condition->name,
                       virDomainGetName(domain));
            return false;
        case VIRSH_WAIT_INTERRUPTED:
            virshError(ctl, "interrupted before '%s' held for domain '%s'", condition->name,
                       virDomainGetName(domain));
            return false;
        }
    }
}

bool shellAwait(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    const char *name = virshText(arguments, "condition");
    const virshCondition *condition = NULL;
    int ids[] = { -1, -1 };
    virshWait wait;
    bool good;

    for (size_t i = 0; i < G_N_ELEMENTS(conditions); i++) {
        if (g_strcmp0(conditions[i].name, name) == 0)
            condition = &conditions[i];
    }
    if (!domain || !condition || !virshWaitInit(ctl, &wait, arguments))
        return false;
    good = virshAwaitListen(ctl, domain, &wait, ids) &&
           virshAwaitRun(ctl, domain, condition, &wait);
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        if (ids[i] >= 0)
            virConnectDomainEventDeregisterAny(ctl->connection, ids[i]);
    }
    virshWaitEnd(ctl, &wait);
    return good;
}
