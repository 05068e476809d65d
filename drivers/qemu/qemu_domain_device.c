/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of guests that come, change and go: in the running guest, for its next start, or both. */

#include <libvirt/virterror.h>

#include "conf/domain_change.h"
#include "conf/domain_find.h"
#include "driver/qemu.h"
#include "qemu_change.h"
#include "qemu_hotplug.h"
#include "qemu_process.h"
#include "qemu_unplug.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"

/* Whose devices change, and how. */
typedef struct {
    qemuDomain *domain;
    bool force;                 /* a drive opens although its guest holds it closed */
} Guest;

static virConfChangeResult
plug(void *opaque, const virDocDomain *document, const virConfDomainDevice *device)
{
    const Guest *guest = opaque;

    return qemuHotplugAdd(guest->domain, document, device) ? VIR_CONF_CHANGE_DONE :
           VIR_CONF_CHANGE_FAILED;
}

static virConfChangeResult
unplug(void *opaque, const virConfDomainDevice *device)
{
    qemuDomain *domain = ((const Guest *) opaque)->domain;
    g_autofree char *alias = NULL;
    virConfDomainDevice found;

    if (!device->info || !device->info->aliasName) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                      "a <%s> can't be taken from a running guest", device->member->name);
        return VIR_CONF_CHANGE_FAILED;
    }
    alias = g_strdup(device->info->aliasName);
    switch (qemuUnplug(domain, alias)) {
    case QEMU_UNPLUG_FAILED:
        return VIR_CONF_CHANGE_FAILED;
    case QEMU_UNPLUG_ASKED:
        return VIR_CONF_CHANGE_ASKED;
    case QEMU_UNPLUG_GONE:
        break;
    }
    /* The document may be another by now. */
    if (virConfDomainFindAlias(domain->live, alias, /* driver= */ NULL, &found))
        qemuHotplugRelease(domain, &found);
    return qemuDomainRequireActive(domain) ? VIR_CONF_CHANGE_DONE : VIR_CONF_CHANGE_FAILED;
}

/* Changes what people need to see a screen. */
static bool
changeGraphics(qemuDomain *domain, const virDocDomainGraphics *now,
               const virDocDomainGraphics *then)
{
    if (now->type != VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC || !then->passwd) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                      "only the password of a screen of type vnc can be changed, to another one");
        return false;
    }
    return qemuGraphicsPassword(domain, then);
}

static virConfChangeResult
change(void *opaque, const virConfDomainDevice *now, const virConfDomainDevice *then)
{
    const Guest *guest = opaque;
    bool done = true;

    if (virDocEqual(now->member->record, now->data, then->data))
        return VIR_CONF_CHANGE_DONE;
    if (now->member->record == &virDocDomainDiskRecord) {
        const virDocDomainDisk *one = now->data, *two = then->data;

        done = virDocEqual(&virDocDomainStorageSourceRecord, &one->storage, &two->storage) ||
               qemuHotplugMedium(guest->domain, one, two, guest->force);
    } else if (now->member->record == &virDocDomainInterfaceRecord) {
        g_autoptr(virDocDomainInterface) changed = virDocDomainInterfaceCopy(now->data);

        changed->linkState = ((const virDocDomainInterface *) then->data)->linkState;
        if (virDocEqual(now->member->record, changed, then->data)) {
            done = qemuHotplugLink(guest->domain, then->data);
        } else {
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                          "of the interface '%s' of a running guest this driver changes the state "
                          "of the link only", now->info->aliasName);
            done = false;
        }
    } else if (now->member->record == &virDocDomainGraphicsRecord) {
        done = changeGraphics(guest->domain, now->data, then->data);
    } else {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                      "a <%s> of a running guest can't be changed by this driver",
                      now->member->name);
        done = false;
    }
    return done && qemuDomainRequireActive(guest->domain) ? VIR_CONF_CHANGE_DONE :
           VIR_CONF_CHANGE_FAILED;
}

static bool
keep(void *opaque, virDocDomain *config)
{
    return qemuStoreDefinition(((const Guest *) opaque)->domain, config);
}

/* What follows a change: it is written down, and told. */
static void
finish(qemuDomain *domain, const virConfDeviceOutcome *outcome,
       virEvent *(*event)(const char *name, const unsigned char *uuid, int id, const char *alias))
{
    if (domain->id < 0 || !outcome->alias)
        return;
    qemuStoreStatus(domain);
    if (event && !outcome->asked)
        virEventStateQueue(domain->host->events,
                           event(domain->name, domain->uuid, domain->id, outcome->alias));
}

/* One of the changes of conf/domain_change.h. */
typedef int (*Change)(const virConfDeviceHooks *hooks, const virConfDomainSides *sides,
                      void *guest, const char *text, unsigned int flags,
                      virConfDeviceOutcome *outcome);

static int
perform(virDomainPtr handle, const char *text, unsigned int flags, Change what,
        virEvent *(*event)(const char *name, const unsigned char *uuid, int id, const char *alias))
{
    const unsigned int impact = VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG;
    g_auto(virConfDeviceOutcome) outcome = { 0 };
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    virConfDomainDriver documents;
    virConfDeviceHooks hooks;
    virConfDomainSides sides;
    Guest guest;
    int ret;

    if (!domain)
        return -1;
    sides = qemuDomainSides(domain);
    documents = qemuDomainDocuments(domain->host);
    hooks = (virConfDeviceHooks) {
        .driver = &documents, .plug = plug, .unplug = unplug, .change = change, .keep = keep,
    };
    guest = (Guest) { .domain = domain, .force = flags & VIR_DOMAIN_DEVICE_MODIFY_FORCE };
    ret = what(&hooks, &sides, &guest, text, flags & impact, &outcome);
    finish(domain, &outcome, event);
    qemuDomainEnd(domain);
    return ret;
}

int
qemuDomainAttachDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    return perform(handle, xml, flags, virConfDeviceAttach, virDomainEventDeviceAddedNew);
}

int
qemuDomainAttachDevice(virDomainPtr handle, const char *xml)
{
    return qemuDomainAttachDeviceFlags(handle, xml, VIR_DOMAIN_AFFECT_LIVE);
}

int
qemuDomainDetachDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    return perform(handle, xml, flags, virConfDeviceDetach, virDomainEventDeviceRemovedNew);
}

int
qemuDomainDetachDevice(virDomainPtr handle, const char *xml)
{
    return qemuDomainDetachDeviceFlags(handle, xml, VIR_DOMAIN_AFFECT_LIVE);
}

int
qemuDomainDetachDeviceAlias(virDomainPtr handle, const char *alias, unsigned int flags)
{
    return perform(handle, alias, flags, virConfDeviceDetachAlias, virDomainEventDeviceRemovedNew);
}

int
qemuDomainUpdateDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    return perform(handle, xml, flags, virConfDeviceUpdate, /* event= */ NULL);
}
