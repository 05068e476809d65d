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

/* How a socket is opened, and opened again. */
static char *
socketWords(const virDocDomainCharacterSource *source, bool bind)
{
    const virDocDomainReconnect *again = source->sourceReconnect;
    g_autoptr(GString) text = g_string_new(bind ? ",server=on,wait=off" : NULL);

    if (!bind && again && again->enabled == VIR_DOC_SWITCH_ON)
        g_string_append_printf(text, ",reconnect=%u", again->hasTimeout ? again->timeout : 1);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
tcpText(const qemuCommand *command, const virDocDomainCharacterSource *source)
{
    bool bind = source->sourceMode == VIR_DOC_DOMAIN_CHARACTER_MODE_BIND;
    g_autofree char *end = endText(source->sourceHost, source->sourceService);
    g_autofree char *words = socketWords(source, bind);

    if (source->sourceTls == VIR_DOC_SWITCH_ON ||
        source->protocolType == VIR_DOC_DOMAIN_CHARACTER_PROTOCOL_TLS ||
        source->protocolType == VIR_DOC_DOMAIN_CHARACTER_PROTOCOL_TELNETS) {
        qemuCommandRefuse(command, "this driver has no certificates for a character device with tls");
        return NULL;
    }
    return g_strconcat("socket,", end, words,
                       source->protocolType == VIR_DOC_DOMAIN_CHARACTER_PROTOCOL_TELNET ?
                       ",telnet=on" : "", NULL);
}

static char *
unixText(const qemuCommand *command, const virDocDomainCharacterSource *source, const char *socket)
{
    bool bind = source->sourceMode == VIR_DOC_DOMAIN_CHARACTER_MODE_BIND || !source->sourcePath;
    g_autofree char *path = source->sourcePath ? qemuCommandEscape(source->sourcePath) : NULL;
    g_autofree char *words = socketWords(source, bind);

    if (!path && !socket) {
        qemuCommandRefuse(command, "a character device of type 'unix' has no path");
        return NULL;
    }
    return g_strconcat("socket,path=", path ? path : socket, words, NULL);
}

static char *
agentText(const virDocDomainCharacterSource *source)
{
    g_autoptr(GString) text = g_string_new("qemu-vdagent,name=vdagent");

    if (source->sourceClipboardCopypaste)
        g_string_append_printf(text, ",clipboard=%s",
                               source->sourceClipboardCopypaste == VIR_DOC_SWITCH_ON ? "on" : "off");
    if (source->sourceMouseMode)
        g_string_append_printf(text, ",mouse=%s",
                               source->sourceMouseMode == VIR_DOC_DOMAIN_MOUSE_MODE_CLIENT ? "on" :
                               "off");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The backend without its name; NULL with an error raised. */
static char *
backendText(const qemuCommand *command, const virDocDomainCharacterSource *source,
            const char *socket, const char *spice)
{
    g_autofree char *path = source->sourcePath ? qemuCommandEscape(source->sourcePath) : NULL;
    g_autofree char *channel = source->sourceChannel ? qemuCommandEscape(source->sourceChannel) : NULL;

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
        return tcpText(command, source);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_UNIX:
        return unixText(command, source, socket);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_SPICEVMC:
        return g_strconcat("spicevmc,name=", spice, NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_SPICEPORT:
        return g_strconcat("spiceport,name=", channel, NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_QEMU_VDAGENT:
        return agentText(source);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_DBUS:
        return g_strconcat("dbus,name=", channel, NULL);
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_NMDM:
    case VIR_DOC_DOMAIN_CHARACTER_TYPE_LAST:
        break;
    }
    qemuCommandRefuse(command, "QEMU has no character devices of type '%s'",
                      virDocDomainCharacterTypeToString(source->type));
    return NULL;
}

/* Whether somebody shows screens by spice, which such channels belong to. */
static bool
hasSpice(const virDocDomain *document)
{
    for (size_t i = 0; i < document->ngraphics; i++) {
        if (document->graphics[i]->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE)
            return true;
    }
    return false;
}

/* The same for a use that spice calls by a name of its own. */
static bool
addBackendFor(qemuCommand *command, const virDocDomainCharacterSource *source,
              const virDocDomainDeviceInfo *info, const char *socket, const char *spice)
{
    g_autofree char *text = NULL, *type = NULL, *log = NULL;
    char *rest;

    if ((source->type == VIR_DOC_DOMAIN_CHARACTER_TYPE_SPICEVMC ||
         source->type == VIR_DOC_DOMAIN_CHARACTER_TYPE_SPICEPORT) && !hasSpice(command->document))
        return qemuCommandRefuse(command, "the channel of '%s' needs a <graphics type='spice'>",
                                 info->aliasName);
    text = backendText(command, source, socket, spice);
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

bool
qemuCommandBackend(qemuCommand *command, const virDocDomainCharacterSource *source,
                   const virDocDomainDeviceInfo *info, const char *socket)
{
    return addBackendFor(command, source, info, socket, "smartcard");
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

/* A port of the guest's user network that ends here. */
static bool
addForward(qemuCommand *command, const virDocDomainCharacter *channel)
{
    g_autofree char *id = g_strconcat("host-", channel->info.aliasName, NULL);
    g_autofree char *socket = g_strconcat(channel->info.aliasName, ".sock", NULL);

    if (!qemuCommandBackend(command, &channel->source, &channel->info, socket))
        return false;
    qemuCommandAddFormat(command, "-netdev", "user,guestfwd=tcp:%s:%u-chardev:char%s,id=%s",
                         channel->targetAddress, channel->targetPort, channel->info.aliasName, id);
    return true;
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

    if (!qemuCommandBackend(command, &serial->source, &serial->info, NULL))
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
    if (!qemuCommandBackend(command, &console->source, &console->info, NULL))
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

    if (channel->targetType == VIR_DOC_DOMAIN_CHARACTER_TARGET_GUESTFWD)
        return addForward(command, channel);
    if (channel->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO)
        return qemuCommandRefuse(command, "guests of QEMU have no channels to '%s'",
                                 virDocDomainCharacterTargetToString(channel->targetType));
    if (!addBackendFor(command, &channel->source, &channel->info, escaped, "vdagent"))
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

    if (!qemuCommandBackend(command, &parallel->source, &parallel->info, NULL))
        return false;
    device = qemuDevice(command, "isa-parallel", &parallel->info);
    setBackend(device, &parallel->info);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

/* Which USB devices may come from elsewhere. */
static void
setFilter(json_object *device, const virDocDomainRedirfilter *filter)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; filter && i < filter->nusbdevs; i++) {
        const virDocDomainUsbFilter *rule = filter->usbdevs[i];
        gint64 class = rule->hasClass ? (gint64) rule->class : -1;
        gint64 vendor = rule->hasVendor ? (gint64) rule->vendor : -1;
        gint64 product = rule->hasProduct ? (gint64) rule->product : -1;
        bool any = !rule->version || g_str_equal(rule->version, "-1");
        double version = any ? 0 : g_ascii_strtod(rule->version, NULL);
        int whole = (int) version, rest = (int) ((version - whole) * 100 + 0.5);

        /* "2.15" is 0x0215. */
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT
                               ":%d:%d", i ? "|" : "", class, vendor, product,
                               any ? -1 : whole << 8 | (rest / 10) << 4 | rest % 10,
                               rule->allow == VIR_DOC_SWITCH_ON);
    }
    if (text->len)
        qemuSetString(device, "filter", text->str);
}

bool
qemuCommandRedirdev(qemuCommand *command, const virDocDomainRedirdev *redirdev)
{
    json_object *device;

    if (redirdev->bus && redirdev->bus != VIR_DOC_DOMAIN_REDIRDEV_BUS_USB)
        return qemuCommandRefuse(command, "a <redirdev> is on the bus 'usb' only");
    if (!addBackendFor(command, &redirdev->source, &redirdev->info, NULL, "usbredir"))
        return false;
    device = qemuDevice(command, "usb-redir", &redirdev->info);
    setBackend(device, &redirdev->info);
    setFilter(device, command->document->redirfilter);
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
