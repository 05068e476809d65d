/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that join, leave and change: in the running guest, for its next start, or both. */

#include "conf/domain_change.h"

#include <string.h>

#include <libvirt/libvirt.h>

#include "conf/domain_alias.h"
#include "conf/domain_find.h"
#include "conf/domain_parts.h"
#include "document/print.h"
#include "document/raise.h"
#include "document/value.h"
#include "runtime/error.h"

/* Devices of one kind that a domain may have. */
#define DEVICES_MAX 1024
/* Marks a device without a name of its own in a document that is read again. */
#define MARK "ua-joins-now"

void
virConfDeviceOutcomeClear(virConfDeviceOutcome *outcome)
{
    g_free(outcome->alias);
    *outcome = (virConfDeviceOutcome){0};
}

/* A document as it would be after a change, with the device that the change is about. */
typedef struct {
    virDocDomain *document; /* NULL: this side does not change */
    virConfDomainDevice device;
} Draft;

static void
clearDraft(Draft *draft)
{
    if (draft->document)
        virDocDomainFree(draft->document);
    draft->document = NULL;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Draft, clearDraft)

/* A device on its own. */
static void
clearDevice(virConfDomainDevice *device)
{
    if (device->data)
        virDocFree(device->member->record, device->data);
    device->data = NULL;
}

typedef virConfDomainDevice Single;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Single, clearDevice)

static bool
parseDevice(const virConfDomainDriver *driver, const char *xml, virConfDomainDevice *device)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {.flags = VIR_DOC_PARSE_INACTIVE};
    g_autofree char *element = virDocRootName(xml, issues);

    if (element) {
        device->member = virConfDomainDeviceKind(element);
        if (!device->member || !(device->member->flags & VIR_DOC_LIST)) {
            virErrorRaise(virConfDomainErrorOf(driver), VIR_ERR_OPERATION_UNSUPPORTED,
                          "<%s> is no device that can be plugged in or out", element);
            return false;
        }
        /* Without checks: what is not said must not be made up before the device is looked for. */
        device->data = virDocParse(device->member->record, element, xml, &options, issues);
    }
    if (!device->data)
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
    else
        device->info = virConfDomainDeviceInfoOf(device->member->record, device->data);
    return device->data != NULL;
}

/* The document must be right as a whole, and is completed: it is read as if a user had written it. */
static bool
readAgain(Draft *draft, const virConfDomainDriver *driver, bool live)
{
    g_autofree char *text =
        virDocPrint(&virDocDomainRecord, NULL, draft->document,
                    VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS);
    virDocDomain *again = virConfDomainParse(text, driver, live ? 0 : VIR_DOC_PARSE_INACTIVE);

    if (!again)
        return false;
    virDocDomainFree(draft->document);
    draft->document = again;
    return true;
}

/* The memory of a domain is that of its cells and of its memory devices; what it uses of it grows and
 * shrinks with a device if it used all. */
static void
countMemory(virDocDomain *document, const virConfDomainDevice *device, bool joins)
{
    const virDocDomainMemory *memory = device->data;
    bool all = document->currentMemory == document->memory;

    if (device->member->record != &virDocDomainMemoryRecord)
        return;
    if (joins && memory->targetSize <= G_MAXUINT64 - document->memory)
        document->memory += memory->targetSize;
    else if (!joins)
        document->memory -= MIN(memory->targetSize, document->memory);
    if (all || document->currentMemory > document->memory)
        document->currentMemory = document->memory;
}

/* --- joining --------------------------------------------------------------------------------- */

/* Whether a disk or an interface is like no other; else raises. */
static bool
isNew(const virDocDomain *document, const virConfDomainDevice *device, int domain)
{
    if (device->member->record == &virDocDomainDiskRecord) {
        const virDocDomainDisk *disk = device->data;

        for (size_t i = 0; i < document->ndisks; i++) {
            if (g_strcmp0(document->disks[i]->targetDev, disk->targetDev))
                continue;
            virErrorRaise(domain, VIR_ERR_OPERATION_INVALID, "target %s already exists",
                          disk->targetDev);
            return false;
        }
    }
    if (device->member->record == &virDocDomainInterfaceRecord) {
        const virDocDomainInterface *interface = device->data;

        for (size_t i = 0; interface->hasMacAddress && i < document->ninterfaces; i++) {
            if (memcmp(document->interfaces[i]->macAddress, interface->macAddress,
                       sizeof(interface->macAddress)))
                continue;
            virErrorRaise(domain, VIR_ERR_OPERATION_INVALID,
                          "an interface with this hardware address already exists");
            return false;
        }
    }
    return true;
}

/* Whether a device may join a document; else raises. */
static bool
mayJoin(const virDocDomain *document, const virConfDomainDevice *device,
        const virConfDomainDriver *driver)
{
    int domain = virConfDomainErrorOf(driver);
    virConfDomainDevice other;

    if (virDocArrayLength(device->member, document) >= DEVICES_MAX) {
        virErrorRaise(domain, VIR_ERR_OPERATION_FAILED,
                      "a domain has at most %d devices of a kind", DEVICES_MAX);
        return false;
    }
    if (device->info && device->info->aliasName &&
        virConfDomainLookUpAlias(document, device->info->aliasName, &other)) {
        virErrorRaise(domain, VIR_ERR_OPERATION_INVALID,
                      "a device with the alias '%s' already exists", device->info->aliasName);
        return false;
    }
    return isNew(document, device, domain);
}

/* The device of a draft that was read again, by its mark, with its real name. */
static void
findMarked(Draft *draft, const virConfDomainDevice *device, bool live)
{
    const char *alias = device->info && device->info->aliasName ? device->info->aliasName : MARK;

    if (!virConfDomainLookUpAlias(draft->document, alias, &draft->device)) {
        draft->device = virConfDomainDeviceAt(
            draft->document, device->member,
            virDocArrayLength(device->member, draft->document) - 1);
        return;
    }
    if (strcmp(alias, MARK))
        return;
    g_clear_pointer(&draft->device.info->aliasName, g_free);
    if (live)
        draft->device.info->aliasName = virConfDomainAliasFor(draft->document, &draft->device);
}

/* How a document would be with a device more; raises when that is not right. */
static bool
draftWith(const virDocDomain *document, const virConfDomainDevice *device,
          const virConfDomainDriver *driver, bool live, Draft *draft)
{
    virDocDomainDeviceInfo *info;
    void *data;

    if (!mayJoin(document, device, driver))
        return false;
    draft->document = virDocDomainCopy(document);
    data = virDocCopy(device->member->record, device->data);
    info = virConfDomainDeviceInfoOf(device->member->record, data);
    if (info && !info->aliasName)
        info->aliasName = g_strdup(MARK);
    virDocArrayAdd(device->member, draft->document, data);
    countMemory(draft->document, device, /* joins= */ true);
    if (!readAgain(draft, driver, live))
        return false;
    findMarked(draft, device, live);
    return true;
}

/* Moves a device of a draft to the same place of a document. */
static void
moveDevice(Draft *draft, const virConfDomainDevice *device, virDocDomain *document)
{
    const virDocMember *member = device->member;
    void *data = virDocListTake(virDocField(member, draft->document),
                                (size_t *)((char *)draft->document + member->count),
                                device->index);

    virDocListInsert(virDocField(member, document), (size_t *)((char *)document + member->count),
                     MIN(device->index, virDocArrayLength(member, document)), data);
    countMemory(document, &(virConfDomainDevice){.member = member, .data = data}, /* joins= */ true);
}

static bool
hasController(const virDocDomain *document, const virDocDomainController *controller)
{
    for (size_t i = 0; i < document->ncontrollers; i++) {
        if (document->controllers[i]->type == controller->type &&
            document->controllers[i]->index == controller->index)
            return true;
    }
    return false;
}

static virConfChangeResult
plug(const virConfDeviceHooks *hooks, void *guest, const Draft *draft,
     const virConfDomainDevice *device)
{
    return hooks->plug ? hooks->plug(guest, draft->document, device) : VIR_CONF_CHANGE_DONE;
}

/* The controllers that came with a device join first: each that did is there, come what may. */
static bool
plugControllers(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
                Draft *draft)
{
    const virDocMember *member = virConfDomainDeviceKind("controller");

    for (size_t i = 0; i < draft->document->ncontrollers; i++) {
        virConfDomainDevice device = virConfDomainDeviceAt(draft->document, member, i);

        if (device.data == draft->device.data || hasController(*sides->live, device.data))
            continue;
        if (!device.info->aliasName)
            device.info->aliasName = virConfDomainAliasFor(draft->document, &device);
        if (plug(hooks, guest, draft, &device) == VIR_CONF_CHANGE_FAILED)
            return false;
        VIR_DOC_LIST_INSERT(*sides->live, controllers, MIN(i, (*sides->live)->ncontrollers),
                            virDocDomainControllerCopy(device.data));
    }
    return true;
}

static bool
attachLive(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
           Draft *draft, virConfDeviceOutcome *outcome)
{
    if (!plugControllers(hooks, sides, guest, draft) ||
        plug(hooks, guest, draft, &draft->device) == VIR_CONF_CHANGE_FAILED)
        return false;
    outcome->alias = g_strdup(draft->device.info ? draft->device.info->aliasName : NULL);
    moveDevice(draft, &draft->device, *sides->live);
    return true;
}

/* A draft becomes the definition of the next start. */
static bool
keepConfig(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
           Draft *draft)
{
    virDocDomain **place = sides->active ? sides->next : sides->live;

    if (!draft->document)
        return true;
    if (hooks->keep && !hooks->keep(guest, draft->document))
        return false;
    if (*place)
        virDocDomainFree(*place);
    *place = g_steal_pointer(&draft->document);
    if (sides->updated)
        *sides->updated = sides->active;
    return true;
}

/* What is made up is the same in the running guest and at its next start. */
static bool
giveAddress(const virConfDomainDevice *device)
{
    if (device->member->record != &virDocDomainInterfaceRecord ||
        virConfDomainGiveMac(device->data))
        return true;
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INTERNAL_ERROR, "no randomness for a MAC");
    return false;
}

int
virConfDeviceAttach(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
                    const char *xml, unsigned int flags, virConfDeviceOutcome *outcome)
{
    g_auto(Single) device = {0};
    g_auto(Draft) live = {0};
    g_auto(Draft) config = {0};
    const virDocDomain *oldLive, *oldConfig;

    if (!parseDevice(hooks->driver, xml, &device) ||
        !virConfDomainSidesToCheck(sides, flags, &oldLive, &oldConfig) ||
        !giveAddress(&device) ||
        (oldLive && !draftWith(oldLive, &device, hooks->driver, /* live= */ true, &live)) ||
        (oldConfig && !draftWith(oldConfig, &device, hooks->driver, /* live= */ false, &config)))
        return -1;
    virConfDomainSidesKeep(sides);
    if (oldLive && !attachLive(hooks, sides, guest, &live, outcome))
        return -1;
    return keepConfig(hooks, sides, guest, &config) ? 0 : -1;
}

/* --- leaving --------------------------------------------------------------------------------- */

static void
dropDevice(virDocDomain *document, const virConfDomainDevice *device)
{
    const virDocMember *member = device->member;
    void *data = virDocListTake(virDocField(member, document),
                                (size_t *)((char *)document + member->count), device->index);

    countMemory(document, &(virConfDomainDevice){.member = member, .data = data},
                /* joins= */ false);
    virDocFree(member->record, data);
}

bool
virConfDeviceGone(virDocDomain *document, const char *alias)
{
    virConfDomainDevice device;

    if (!virConfDomainLookUpAlias(document, alias, &device) ||
        !(device.member->flags & VIR_DOC_LIST))
        return false;
    dropDevice(document, &device);
    return true;
}

/* How a device is found: by a name, or by a description. */
typedef struct {
    const virConfDomainDriver *driver;
    const char *alias;
    const virConfDomainDevice *like;
} Wanted;

static bool
findWanted(const virDocDomain *document, const Wanted *wanted, virConfDomainDevice *device)
{
    if (!wanted->alias)
        return virConfDomainFindDevice(document, wanted->like, wanted->driver, device);
    if (!virConfDomainFindAlias(document, wanted->alias, wanted->driver, device))
        return false;
    if (device->member->flags & VIR_DOC_LIST)
        return true;
    virErrorRaise(virConfDomainErrorOf(wanted->driver), VIR_ERR_OPERATION_UNSUPPORTED,
                  "<%s> is no device that can be plugged in or out", device->member->name);
    return false;
}

static bool
detachLive(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
           const Wanted *wanted, virConfDeviceOutcome *outcome)
{
    virConfChangeResult result = VIR_CONF_CHANGE_DONE;
    g_autofree char *alias = NULL;
    virConfDomainDevice device;

    if (!findWanted(*sides->live, wanted, &device))
        return false;
    alias = virConfDomainAliasOf(*sides->live, &device);
    if (hooks->unplug)
        result = hooks->unplug(guest, &device);
    if (result == VIR_CONF_CHANGE_FAILED)
        return false;
    outcome->asked = result == VIR_CONF_CHANGE_ASKED;
    outcome->alias = g_steal_pointer(&alias);
    /* The guest may have answered already. */
    if (!outcome->asked && *sides->live && findWanted(*sides->live, wanted, &device))
        dropDevice(*sides->live, &device);
    return true;
}

static int
detach(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
       const Wanted *wanted, unsigned int flags, virConfDeviceOutcome *outcome)
{
    g_auto(Draft) config = {0};
    const virDocDomain *oldLive, *oldConfig;
    virConfDomainDevice device;

    if (!virConfDomainSidesToCheck(sides, flags, &oldLive, &oldConfig) ||
        (oldLive && !findWanted(oldLive, wanted, &device)))
        return -1;
    if (oldConfig) {
        if (!findWanted(oldConfig, wanted, &device))
            return -1;
        config.document = virConfDomainCopyForNext(oldConfig);
        dropDevice(config.document, &device);
    }
    virConfDomainSidesKeep(sides);
    if (oldLive && !detachLive(hooks, sides, guest, wanted, outcome))
        return -1;
    return keepConfig(hooks, sides, guest, &config) ? 0 : -1;
}

int
virConfDeviceDetach(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
                    const char *xml, unsigned int flags, virConfDeviceOutcome *outcome)
{
    g_auto(Single) device = {0};
    const Wanted wanted = {.driver = hooks->driver, .like = &device};

    if (!parseDevice(hooks->driver, xml, &device))
        return -1;
    return detach(hooks, sides, guest, &wanted, flags, outcome);
}

int
virConfDeviceDetachAlias(const virConfDeviceHooks *hooks, const virConfDomainSides *sides,
                         void *guest, const char *alias, unsigned int flags,
                         virConfDeviceOutcome *outcome)
{
    const Wanted wanted = {.driver = hooks->driver, .alias = alias};

    return detach(hooks, sides, guest, &wanted, flags, outcome);
}

/* --- changing -------------------------------------------------------------------------------- */

/* What may change in a guest that runs: patterns of the places of a kind's differences. */
static const struct {
    const virDocRecord *record;
    bool (*applies)(const void *data); /* NULL: always */
    const char *places[12];
} changeable[] = {
    {&virDocDomainDiskRecord,
     virConfDomainDiskIsRemovable,
     {"/disk/@type", "/disk/source*", "/disk/driver/@type", "/disk/backingStore*", "/disk/auth*",
      "/disk/encryption*", "/disk/mirror*"}},
    {&virDocDomainDiskRecord, NULL, {"/disk/source/@startupPolicy", "/disk/source/@index"}},
    {&virDocDomainInterfaceRecord,
     NULL,
     {"/interface/@type", "/interface/@trustGuestRxFilters", "/interface/source*",
      "/interface/actual*", "/interface/virtualport*", "/interface/vlan*", "/interface/port*",
      "/interface/bandwidth*", "/interface/filterref*", "/interface/link*",
      "/interface/coalesce*"}},
};

static bool
mayChange(const virConfDomainDevice *device, const char *place)
{
    if (virConfDomainIsState(place))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(changeable); i++) {
        if (changeable[i].record != device->member->record ||
            (changeable[i].applies && !changeable[i].applies(device->data)))
            continue;
        for (size_t n = 0; n < G_N_ELEMENTS(changeable[i].places) && changeable[i].places[n]; n++) {
            if (g_pattern_match_simple(changeable[i].places[n], place))
                return true;
        }
    }
    return false;
}

/* A difference that a running guest would notice is refused, with its place and both values. */
static bool
mayBecome(const virConfDomainDevice *now, const virConfDomainDevice *then,
          const virConfDomainDriver *driver)
{
    g_autoptr(GPtrArray) differences =
        virDocDiff(now->member->record, now->data, then->data, G_MAXUINT);

    for (guint i = 0; i < differences->len; i++) {
        const virDocDifference *difference = g_ptr_array_index(differences, i);

        if (mayChange(now, difference->path))
            continue;
        virErrorRaise(virConfDomainErrorOf(driver), VIR_ERR_OPERATION_UNSUPPORTED,
                      "%s cannot change while the guest runs: it is %s, and would be %s",
                      difference->path + 1, difference->one ? difference->one : "absent",
                      difference->other ? difference->other : "absent");
        return false;
    }
    return true;
}

static bool
isKept(const char *place, void *now)
{
    return !mayChange(now, place);
}

/* A new description keeps what it does not speak of: all that may not change in a running guest;
 * for the next start only the name and the place. */
static bool
isIdentity(const char *place, void *now G_GNUC_UNUSED)
{
    const char *second = strchr(place + 1, '/');

    return second && (g_str_has_prefix(second, "/alias") || g_str_has_prefix(second, "/address") ||
                      !strcmp(place, "/disk/target/@bus") ||
                      !strcmp(place, "/interface/target/@dev"));
}

/* A disk on another bus is another disk, with another place; else raises. */
static bool
keepsBus(const virConfDomainDevice *now, const virConfDomainDevice *like,
         const virConfDomainDriver *driver)
{
    const virDocDomainDisk *one = now->data, *two = like->data;

    if (now->member->record != &virDocDomainDiskRecord || !two->targetBus ||
        one->targetBus == two->targetBus)
        return true;
    virErrorRaise(virConfDomainErrorOf(driver), VIR_ERR_OPERATION_UNSUPPORTED,
                  "the bus of disk '%s' cannot change from %s to %s", one->targetDev,
                  virDocDomainDiskBusToString(one->targetBus),
                  virDocDomainDiskBusToString(two->targetBus));
    return false;
}

/* How a document would be with a device changed; raises when that is not right. */
static bool
draftChange(const virDocDomain *document, const virConfDomainDevice *like,
            const virConfDomainDriver *driver, bool live, Draft *draft)
{
    virConfDomainDevice now, then;
    void *data;

    if (!virConfDomainFindDevice(document, like, driver, &now) || !keepsBus(&now, like, driver))
        return false;
    data = virDocCopy(like->member->record, like->data);
    virDocFill(like->member->record, data, now.data, live ? isKept : isIdentity, &now);
    draft->document = virDocDomainCopy(document);
    virDocFree(like->member->record, virDocArray(like->member, draft->document)[now.index]);
    virDocArray(like->member, draft->document)[now.index] = data;
    if (!readAgain(draft, driver, live) ||
        !virConfDomainFindDevice(draft->document, like, driver, &then))
        return false;
    draft->device = then;
    return !live || mayBecome(&now, &then, driver);
}

bool
virConfDomainChangesMedium(const virConfDomainDevice *now, const virConfDomainDevice *then)
{
    const virDocDomainDisk *one = now->data, *two = then->data;

    return now->member->record == &virDocDomainDiskRecord &&
           one->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM &&
           !virDocEqual(&virDocDomainStorageSourceRecord, &one->storage, &two->storage);
}

static bool
updateLive(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
           const virConfDomainDevice *like, Draft *draft, virConfDeviceOutcome *outcome)
{
    virConfDomainDevice now;
    void **place;

    if (!virConfDomainFindDevice(*sides->live, like, hooks->driver, &now))
        return false;
    outcome->medium = virConfDomainChangesMedium(&now, &draft->device);
    if (hooks->change &&
        hooks->change(guest, &now, &draft->device) == VIR_CONF_CHANGE_FAILED)
        return false;
    if (!virConfDomainFindDevice(*sides->live, like, hooks->driver, &now))
        return false;
    outcome->alias = virConfDomainAliasOf(*sides->live, &now);
    place = &virDocArray(like->member, *sides->live)[now.index];
    virDocFree(like->member->record, *place);
    *place = virDocCopy(like->member->record, draft->device.data);
    return true;
}

int
virConfDeviceUpdate(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
                    const char *xml, unsigned int flags, virConfDeviceOutcome *outcome)
{
    g_auto(Single) device = {0};
    g_auto(Draft) live = {0};
    g_auto(Draft) config = {0};
    const virDocDomain *oldLive, *oldConfig;

    if (!parseDevice(hooks->driver, xml, &device) ||
        !virConfDomainSidesToCheck(sides, flags, &oldLive, &oldConfig) ||
        (oldLive && !draftChange(oldLive, &device, hooks->driver, /* live= */ true, &live)) ||
        (oldConfig && !draftChange(oldConfig, &device, hooks->driver, /* live= */ false, &config)))
        return -1;
    virConfDomainSidesKeep(sides);
    if (oldLive && !updateLive(hooks, sides, guest, &device, &live, outcome))
        return -1;
    return keepConfig(hooks, sides, guest, &config) ? 0 : -1;
}
