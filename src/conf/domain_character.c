/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Serial and parallel ports, consoles and channels: their other ends, ports, and what a console is. */

#include <string.h>

#include "conf/domain_alias.h"
#include "conf/domain_parts.h"

static void
need(virDocContext *context, const char *what, bool given)
{
    if (!given)
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, NULL, "the %s is missing", what);
}

void
virConfCheckCharacterSource(void *data, virDocContext *context)
{
    const virDocDomainCharacterSource *source = data;

    switch (source->type) {
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_DEV:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_FILE:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_PIPE:
        need(context, "path of the source", source->sourcePath);
        break;
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_NMDM:
        need(context, "pair of devices of the source",
             source->sourceMaster && source->sourceSlave);
        break;
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_TCP:
        need(context, "host of the source", source->sourceHost);
        need(context, "service of the source", source->sourceService);
        break;
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_UDP:
        need(context, "source", source->nends > 0);
        break;
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_SPICEPORT:
        need(context, "channel of the source", source->sourceChannel);
        break;
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_NULL:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_VC:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_PTY:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_STDIO:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_UNIX:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_SPICEVMC:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_QEMU_VDAGENT:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_DBUS:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_LAST:
        break;
    }
    if (source->sourceReconnect && source->sourceMode == VIR_DOC_DOMAIN_CHARACTER_MODE_BIND &&
        source->sourceReconnect->enabled == VIR_DOC_SWITCH_ON)
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, "source",
                              "only what connects can connect again");
}

/* Ports that are not told follow those that are. */
static void
numberPorts(virDocDomainCharacter **ports, size_t count)
{
    unsigned int next = 0;

    for (size_t i = 0; i < count; i++) {
        if (ports[i]->hasTargetPort && ports[i]->targetPort >= next && ports[i]->targetPort < G_MAXINT)
            next = ports[i]->targetPort + 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ports[i]->hasTargetPort)
            ports[i]->targetPort = next++;
        ports[i]->hasTargetPort = true;
    }
}

static void
checkTarget(virDocContext *context, const char *list, size_t index,
            const virDocDomainCharacter *character, uint64_t allowed)
{
    g_autofree char *path = virConfDomainDevicePath(list, index);

    if (character->targetType && !(allowed >> character->targetType & 1))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, path,
                              "target type '%s' does not go with <%s>",
                              virDocDomainCharacterTargetToString(character->targetType), list);
}

#define TARGET(name) (UINT64_C(1) << VIR_DOC_DOMAIN_CHARACTER_TARGET_##name)
#define SERIAL_TARGETS \
    (TARGET(ISA_SERIAL) | TARGET(USB_SERIAL) | TARGET(PCI_SERIAL) | TARGET(SPAPR_VIO_SERIAL) | \
     TARGET(SYSTEM_SERIAL) | TARGET(SCLP_SERIAL) | TARGET(ISA_DEBUG) | TARGET(NONE))
#define CONSOLE_TARGETS \
    (TARGET(SERIAL) | TARGET(XEN) | TARGET(UML) | TARGET(VIRTIO) | TARGET(LXC) | TARGET(OPENVZ) | \
     TARGET(SCLP) | TARGET(SCLPLM))
#define CHANNEL_TARGETS (TARGET(GUESTFWD) | TARGET(VIRTIO) | TARGET(XEN) | TARGET(NONE))

static void
checkChannel(virDocContext *context, size_t index, const virDocDomainCharacter *channel)
{
    g_autofree char *path = virConfDomainDevicePath("channel", index);

    checkTarget(context, "channel", index, channel, CHANNEL_TARGETS);
    if (!channel->targetType)
        virDocContextReport(context, path, "the type of the target is missing");
    if (channel->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_GUESTFWD)
        return;
    if (!channel->targetAddress)
        virDocContextReport(context, path, "the address of the target is missing");
    if (!channel->hasTargetPort)
        virDocContextReport(context, path, "the port of the target is missing");
}

/* A port on a bus of its own is none that a console can stand for. */
static bool
isOnBoard(const virDocDomainCharacter *serial)
{
    return serial->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_USB_SERIAL &&
           serial->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_PCI_SERIAL &&
           serial->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_DEBUG;
}

/* A console of the port: the same channel, seen by another name. */
static virDocDomainCharacter *
consoleOf(const virDocDomainCharacter *serial)
{
    virDocDomainCharacter *console = virDocDomainCharacterNew();
    g_autoptr(virDocDomainCharacter) copy = virDocDomainCharacterCopy(serial);

    console->source = copy->source;
    memset(&copy->source, 0, sizeof(copy->source));
    console->tty = g_strdup(serial->tty);
    console->info.aliasName = g_strdup(serial->info.aliasName);
    console->targetType = VIR_DOC_DOMAIN_CHARACTER_TARGET_SERIAL;
    console->hasTargetPort = true;
    console->targetPort = serial->targetPort;
    return console;
}

static virDocDomainCharacter *
serialOf(const virDocDomainCharacter *console)
{
    virDocDomainCharacter *serial = virDocDomainCharacterCopy(console);

    serial->targetType = VIR_DOC_DOMAIN_CHARACTER_TARGET_ABSENT;
    serial->hasTargetPort = true;
    serial->targetPort = 0;
    return serial;
}

/* The first console of a machine is its first serial port, whichever of the two was told. */
static void
pairConsole(virDocDomain *domain)
{
    bool told = domain->nconsoles &&
                domain->consoles[0]->targetType == VIR_DOC_DOMAIN_CHARACTER_TARGET_SERIAL;

    if (!domain->os || !domain->os->type || strcmp(domain->os->type->value, "hvm"))
        return;
    if (!domain->nserials && told)
        VIR_DOC_LIST_ADD(domain, serials, serialOf(domain->consoles[0]));
    if (!domain->nserials || !isOnBoard(domain->serials[0]))
        return;
    if (told) {
        virDocDomainCharacter *old = VIR_DOC_LIST_TAKE(domain, consoles, 0);

        virDocDomainCharacterFree(old);
    }
    VIR_DOC_LIST_INSERT(domain, consoles, 0, consoleOf(domain->serials[0]));
}

/* The last virtio serial controller that a list needs: that of an address, else the first; -1 for
 * none. */
static long
lastController(virDocDomainCharacter *const *characters, size_t count)
{
    long last = -1;

    for (size_t i = 0; i < count; i++) {
        const virDocDomainAddress *address = characters[i]->info.address;

        if (characters[i]->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO)
            continue;
        last = MAX(last, 0);
        if (address && address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_VIRTIO_SERIAL)
            last = MAX(last, (long)address->controller);
    }
    return last;
}

/* What was written before devices had types: a console names only its terminal. The library makes
 * up the sockets of channels alone. */
static void
completeSources(virDocContext *context, const char *list, virDocDomainCharacter **characters,
                size_t count)
{
    for (size_t i = 0; i < count; i++) {
        virDocDomainCharacterSource *source = &characters[i]->source;
        g_autofree char *path = virConfDomainDevicePath(list, i);

        if (!source->type)
            source->type = VIR_DOC_DOMAIN_CHARACTER_TYPE_PTY;
        if (source->type != VIR_DOC_DOMAIN_CHARACTER_TYPE_UNIX || source->sourcePath)
            continue;
        source->sourceMode = VIR_DOC_DOMAIN_CHARACTER_MODE_ABSENT;
        if (strcmp(list, "channel"))
            virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, path,
                                  "the path of the source is missing");
    }
}

void
virConfDomainCompleteCharacters(virDocDomain *domain, virDocContext *context)
{
    completeSources(context, "serial", domain->serials, domain->nserials);
    completeSources(context, "parallel", domain->parallels, domain->nparallels);
    completeSources(context, "console", domain->consoles, domain->nconsoles);
    completeSources(context, "channel", domain->channels, domain->nchannels);
    for (size_t i = 0; i < domain->nserials; i++)
        checkTarget(context, "serial", i, domain->serials[i], SERIAL_TARGETS);
    for (size_t i = 0; i < domain->nparallels; i++)
        checkTarget(context, "parallel", i, domain->parallels[i], 0);
    for (size_t i = 0; i < domain->nconsoles; i++) {
        virDocDomainCharacter *console = domain->consoles[i];

        checkTarget(context, "console", i, console, CONSOLE_TARGETS);
        if (!console->targetType)
            console->targetType = VIR_DOC_DOMAIN_CHARACTER_TARGET_SERIAL;
    }
    for (size_t i = 0; i < domain->nchannels; i++)
        checkChannel(context, i, domain->channels[i]);
    numberPorts(domain->serials, domain->nserials);
    numberPorts(domain->parallels, domain->nparallels);
    pairConsole(domain);
    /* Now that all are there: the numbers stay when the printed document is read again. */
    for (size_t i = 0; i < domain->nconsoles; i++) {
        domain->consoles[i]->hasTargetPort = true;
        domain->consoles[i]->targetPort =
            virConfDomainConsoleIsSerial(domain, i) ? domain->serials[0]->targetPort : (unsigned int)i;
    }
    virConfDomainAddControllers(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL,
                                MAX(lastController(domain->channels, domain->nchannels),
                                    lastController(domain->consoles, domain->nconsoles)));
}
