/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: serial and parallel ports, consoles and channels. */

#include <string.h>

#include "conf/domain_alias.h"
#include "qemu_command.h"

/* The host and port of the other end, for sockets. */
static char *
endText(const char *host, const char *service)
{
    g_autofree char *quoted = qemuCommandEscape(host ? host : "");
    g_autofree char *port = qemuCommandEscape(service ? service : "0");

    return g_strdup_printf("host=%s,port=%s", quoted, port);
}

static char *
udpText(const virDocDomainCharacterSource *source)
{
    g_autofree char *to = NULL, *from = NULL;

    for (size_t i = 0; i < source->nends; i++) {
        const virDocDomainCharacterEnd *end = source->ends[i];

        if (end->mode == VIR_DOC_DOMAIN_CHARACTER_MODE_BIND && !from) {
            g_autofree char *host = qemuCommandEscape(end->host ? end->host : "");
            g_autofree char *port = qemuCommandEscape(end->service ? end->service : "0");

            from = g_strdup_printf(",localaddr=%s,localport=%s", host, port);
        } else if (!to) {
            to = endText(end->host, end->service);
        }
    }
    return g_strconcat("udp,", to ? to : "host=,port=0", from ? from : "", NULL);
}

/* The backend without its name; NULL with an error raised. */
static char *
backendText(const qemuCommand *command, const virDocDomainCharacterSource *source,
            const char *socket)
{
    g_autofree char *path = source->sourcePath ? qemuCommandEscape(source->sourcePath) : NULL;
    g_autofree char *text = NULL;
    bool bind = source->sourceMode == VIR_DOC_DOMAIN_CHARACTER_MODE_BIND;

    switch (source->type) {
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_NULL:
        return g_strdup("null");
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_VC:
        return g_strdup("vc");
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_PTY:
        return g_strdup("pty");
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_STDIO:
        return g_strdup("stdio");
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_DEV:
        return g_strconcat("serial,path=", path, NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_FILE:
        return g_strconcat("file,path=", path,
                           source->sourceAppend == VIR_DOC_SWITCH_ON ? ",append=on" : "", NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_PIPE:
        return g_strconcat("pipe,path=", path, NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_UDP:
        return udpText(source);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_TCP:
        text = endText(source->sourceHost, source->sourceService);
        return g_strconcat("socket,", text, bind ? ",server=on,wait=off" : "",
                           source->protocolType == VIR_DOC_DOMAIN_CHARACTER_PROTOCOL_TELNET ?
                           ",telnet=on" : "", NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_UNIX:
        if (!path && !socket) {
            qemuCommandRefuse(command, "a channel of type 'unix' has no path");
            return NULL;
        }
        return g_strconcat("socket,path=", path ? path : socket,
                           bind || !path ? ",server=on,wait=off" : "", NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_SPICEVMC:
        return g_strdup("spicevmc,name=vdagent");
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_SPICEPORT:
        text = qemuCommandEscape(source->sourceChannel);
        return g_strconcat("spiceport,name=", text, NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_QEMU_VDAGENT:
        return g_strdup("qemu-vdagent,name=vdagent");
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_NMDM:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_DBUS:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_LAST:
        break;
    }
    qemuCommandRefuse(command, "this driver does not know character devices of type '%s'",
                      virDocDomainCharacterTypeToString(source->type));
    return NULL;
}

static bool
addBackend(qemuCommand *command, const virDocDomainCharacterSource *source,
           const virDocDomainDeviceInfo *info, const char *socket)
{
    g_autofree char *text = backendText(command, source, socket);
    g_autofree char *type = NULL;
    g_autofree char *log = NULL;
    char *rest;

    if (!text)
        return false;
    /* The name stands behind the type. */
    rest = strchr(text, ',');
    type = rest ? g_strndup(text, (gsize) (rest - text)) : g_strdup(text);
    if (source->logFile) {
        g_autofree char *file = qemuCommandEscape(source->logFile);

        log = g_strconcat(",logfile=", file, ",logappend=",
                          source->logAppend == VIR_DOC_SWITCH_ON ? "on" : "off", NULL);
    }
    qemuCommandAddFormat(command, "-chardev", "%s,id=char%s%s%s", type,
                         info->aliasName, rest ? rest : "", log ? log : "");
    return true;
}

static void
setBackend(json_object *device, const virDocDomainDeviceInfo *info)
{
    g_autofree char *name = g_strconcat("char", info->aliasName, NULL);

    qemuSetString(device, "chardev", name);
}

/* A port of the serial controllers; the first one when the document names none. */
static void
setVirtioPlace(json_object *device, const virDocDomainDeviceInfo *info)
{
    g_autofree char *bus = g_strdup_printf("virtio-serial%u.%u",
                                           info->address ? info->address->controller : 0,
                                           info->address ? info->address->bus : 0);

    qemuSetString(device, "bus", bus);
    if (info->address && info->address->hasSerialPort)
        qemuSetNumber(device, "nr", info->address->serialPort);
}

bool
qemuCommandSerial(qemuCommand *command, const virDocDomainCharacter *serial)
{
    static const char *const drivers[VIR_DOC_DOMAIN_CHARACTER_TARGET_LAST] = {
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_SERIAL] = "isa-serial",
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_USB_SERIAL] = "usb-serial",
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_PCI_SERIAL] = "pci-serial",
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_DEBUG] = "isa-debugcon",
    };
    const char *driver = drivers[serial->targetType];
    json_object *device;

    if (!addBackend(command, &serial->source, &serial->info, NULL))
        return false;
    if (!driver) {
        g_autofree char *name = g_strconcat("chardev:char", serial->info.aliasName, NULL);

        qemuCommandAdd(command, "-serial", name);
        return true;
    }
    device = qemuDevice(command, driver, &serial->info);
    setBackend(device, &serial->info);
    if (serial->targetType == VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_SERIAL)
        qemuSetNumber(device, "index", serial->targetPort);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandConsole(qemuCommand *command, const virDocDomainCharacter *console)
{
    json_object *device;

    if (console->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO)
        return qemuCommandRefuse(command, "a further console can be of type 'virtio' only");
    if (!addBackend(command, &console->source, &console->info, NULL))
        return false;
    device = qemuDevice(command, "virtconsole", &console->info);
    setVirtioPlace(device, &console->info);
    setBackend(device, &console->info);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandChannel(qemuCommand *command, const virDocDomainCharacter *channel)
{
    g_autofree char *file = g_strconcat(channel->info.aliasName, ".sock", NULL);
    g_autofree char *socket = command->folder ? g_build_filename(command->folder, file, NULL) :
                              g_strdup(file);
    g_autofree char *escaped = qemuCommandEscape(socket);
    json_object *device;

    if (channel->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO)
        return qemuCommandRefuse(command, "this driver does not know channels to '%s'",
                                 virDocDomainCharacterTargetToString(channel->targetType));
    if (!addBackend(command, &channel->source, &channel->info, escaped))
        return false;
    device = qemuDevice(command, "virtserialport", &channel->info);
    setVirtioPlace(device, &channel->info);
    setBackend(device, &channel->info);
    qemuSetString(device, "name", channel->targetName);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandParallel(qemuCommand *command, const virDocDomainCharacter *parallel)
{
    json_object *device;

    if (!addBackend(command, &parallel->source, &parallel->info, NULL))
        return false;
    device = qemuDevice(command, "isa-parallel", &parallel->info);
    setBackend(device, &parallel->info);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandRedirdev(qemuCommand *command, const virDocDomainRedirdev *redirdev)
{
    json_object *device;

    if (redirdev->bus && redirdev->bus != VIR_DOC_DOMAIN_REDIRDEV_BUS_USB)
        return qemuCommandRefuse(command, "a <redirdev> is on the bus 'usb' only");
    if (!addBackend(command, &redirdev->source, &redirdev->info, NULL))
        return false;
    device = qemuDevice(command, "usb-redir", &redirdev->info);
    setBackend(device, &redirdev->info);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandCharacters(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->nserials; i++) {
        if (!qemuCommandSerial(command, document->serials[i]))
            return false;
    }
    for (size_t i = 0; i < document->nparallels; i++) {
        if (!qemuCommandParallel(command, document->parallels[i]))
            return false;
    }
    for (size_t i = 0; i < document->nconsoles; i++) {
        if (!virConfDomainConsoleIsSerial(document, i) &&
            !qemuCommandConsole(command, document->consoles[i]))
            return false;
    }
    for (size_t i = 0; i < document->nchannels; i++) {
        if (!qemuCommandChannel(command, document->channels[i]))
            return false;
    }
    for (size_t i = 0; i < document->nredirdevs; i++) {
        if (!qemuCommandRedirdev(command, document->redirdevs[i]))
            return false;
    }
    return true;
}
