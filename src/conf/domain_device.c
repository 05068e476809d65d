/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All devices of a domain alike: the walk over them, and what must be unique among them. */

#include <string.h>

#include "conf/domain_find.h"
#include "conf/domain_parts.h"

/* The group of the devices in the description of a domain. */
static const virDocRecord *
deviceGroup(void)
{
    for (size_t i = 0; i < virDocDomainRecord.nmembers; i++) {
        if (!strcmp(virDocDomainRecord.members[i].name, "devices"))
            return virDocDomainRecord.members[i].record;
    }
    g_assert_not_reached();
}

virDocDomainDeviceInfo *
virConfDomainDeviceInfoOf(const virDocRecord *record, void *data)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        if (record->members[i].record == &virDocDomainDeviceInfoRecord)
            return virDocField(&record->members[i], data);
    }
    return NULL;
}

const virDocMember *
virConfDomainDeviceKind(const char *element)
{
    const virDocRecord *group = deviceGroup();

    for (size_t i = 0; i < group->nmembers; i++) {
        if (group->members[i].record && !strcmp(group->members[i].name, element))
            return &group->members[i];
    }
    return NULL;
}

virConfDomainDevice
virConfDomainDeviceAt(const virDocDomain *document, const virDocMember *member, size_t index)
{
    void *data = virDocArray(member, document)[index];

    return (virConfDomainDevice){
        .member = member,
        .index = index,
        .data = data,
        .info = virConfDomainDeviceInfoOf(member->record, data),
    };
}

static bool
visit(const virDocMember *member, size_t index, void *data, virConfDomainDeviceVisitor visitor,
      void *opaque)
{
    virConfDomainDevice device = {
        .member = member,
        .index = index,
        .data = data,
        .info = virConfDomainDeviceInfoOf(member->record, data),
    };

    return visitor(&device, opaque);
}

bool
virConfDomainEachDevice(virDocDomain *domain, virConfDomainDeviceVisitor visitor, void *opaque)
{
    const virDocRecord *group = deviceGroup();

    for (size_t i = 0; i < group->nmembers; i++) {
        const virDocMember *member = &group->members[i];

        if (!member->record)
            continue;
        if (member->flags & VIR_DOC_LIST) {
            for (size_t j = 0; j < virDocArrayLength(member, domain); j++) {
                if (!visit(member, j, virDocArray(member, domain)[j], visitor, opaque))
                    return false;
            }
        } else if (*(void **)virDocField(member, domain)) {
            if (!visit(member, 0, *(void **)virDocField(member, domain), visitor, opaque))
                return false;
        }
    }
    return true;
}

typedef struct {
    virDocDomain *domain;
    virDocContext *context;
    GHashTable *orders;  /* turn -> "" */
    GHashTable *aliases; /* name -> "" */
} Uniqueness;

/* The console shares everything with the serial port it stands for. */
static bool
isMirror(const virConfDomainDevice *device)
{
    const virDocDomainCharacter *console = device->data;

    return !strcmp(device->member->name, "console") && device->index == 0 &&
           console->targetType == VIR_DOC_DOMAIN_CHARACTER_TARGET_SERIAL;
}

static bool
checkUnique(const virConfDomainDevice *device, void *opaque)
{
    Uniqueness *state = opaque;
    virDocDomainDeviceInfo *info = device->info;
    g_autofree char *path = virConfDomainDevicePath(device->member->name, device->index);

    if (!info || isMirror(device))
        return true;
    if (info->hasBootOrder &&
        !g_hash_table_add(state->orders, GUINT_TO_POINTER(info->bootOrder)))
        virDocContextComplain(state->context, VIR_ERR_CONFIG_UNSUPPORTED, path,
                              "boot order %u is used for more than one device", info->bootOrder);
    if (info->aliasName && !g_hash_table_add(state->aliases, info->aliasName))
        virDocContextComplain(state->context, VIR_ERR_CONFIG_UNSUPPORTED, path,
                              "alias '%s' is used for more than one device", info->aliasName);
    return true;
}

void
virConfDomainCheckDevices(virDocDomain *domain, virDocContext *context)
{
    g_autoptr(GHashTable) orders = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) aliases = g_hash_table_new(g_str_hash, g_str_equal);
    Uniqueness state = {
        .domain = domain,
        .context = context,
        .orders = orders,
        .aliases = aliases,
    };

    virConfDomainEachDevice(domain, checkUnique, &state);
}

void
virConfCheckAddress(void *data, virDocContext *context)
{
    virDocDomainAddress *address = data;
    bool any;

    if (address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_CCW &&
        (address->hasCssid != address->hasSsid || address->hasCssid != address->hasDevno))
        virDocContextComplain(context, VIR_ERR_XML_ERROR, NULL,
                              "'cssid', 'ssid' and 'devno' are given together or not at all");
    if (address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI)
        return;
    /* All zero means that a place is to be found; otherwise what is missing is zero. */
    any = address->domain || address->pciBus || address->pciSlot || address->function;
    address->hasDomain = address->hasPciBus = address->hasPciSlot = address->hasFunction = any;
}
