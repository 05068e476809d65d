/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: its network interfaces. */

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "qemu_command.h"
#include "runtime/error.h"

/* Joins a device to a bridge; 0, or -1 with errno. */
static int
joinBridge(const char *bridge, const char *device)
{
    int control = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), ret = -1;
    struct ifreq request = { .ifr_ifindex = (int) if_nametoindex(device) };

    if (control < 0)
        return -1;
    g_strlcpy(request.ifr_name, bridge, IFNAMSIZ);
    if (ioctl(control, SIOCBRADDIF, &request) == 0) {
        g_strlcpy(request.ifr_name, device, IFNAMSIZ);
        if (ioctl(control, SIOCGIFFLAGS, &request) == 0) {
            request.ifr_flags = (short) (request.ifr_flags | IFF_UP);
            ret = ioctl(control, SIOCSIFFLAGS, &request);
        }
    }
    close(control);
    return ret;
}

static unsigned int
queuesOf(const virDocDomainInterface *interface)
{
    return interface->driver && interface->driver->hasQueues && interface->driver->queues > 1 ?
        interface->driver->queues : 1;
}

/* A queue of a device of the host, which goes with its last descriptor; -1 with an error raised. */
static int
openTap(const qemuCommand *command, const virDocDomainInterface *interface)
{
    bool many = queuesOf(interface) > 1;
    struct ifreq request = {
        .ifr_flags = (short) (IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | (many ? IFF_MULTI_QUEUE : 0)),
    };
    const char *first = g_hash_table_lookup(command->taps, interface);
    const char *wanted = first ? first : interface->targetDev;
    int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

    if (interface->targetDev && strlen(interface->targetDev) >= IFNAMSIZ) {
        qemuCommandRefuse(command, "'%s' is too long for the name of an interface",
                          interface->targetDev);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    g_strlcpy(request.ifr_name, wanted ? wanted : "vnet%d", IFNAMSIZ);
    if (fd >= 0 && ioctl(fd, TUNSETIFF, &request) == 0 &&
        (first || !interface->sourceBridge || joinBridge(interface->sourceBridge, request.ifr_name) == 0)) {
        if (!first)
            g_hash_table_insert(command->taps, (gpointer) interface, g_strdup(request.ifr_name));
        return fd;
    }
    virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot make the device '%s' for domain '%s'%s%s",
                        request.ifr_name, command->document->name,
                        interface->sourceBridge ? " on the bridge " : "",
                        interface->sourceBridge ? interface->sourceBridge : "");
    if (fd >= 0)
        close(fd);
    return -1;
}

/* A user's network: QEMU itself is the router. */
static bool
setUser(qemuCommand *command, json_object *backend, const virDocDomainInterface *interface)
{
    if (interface->backendType == VIR_DOC_DOMAIN_INTERFACE_BACKEND_TYPE_PASST)
        return qemuCommandRefuse(command, "this driver does not know the backend 'passt' yet");
    qemuSetString(backend, "type", "user");
    for (size_t i = 0; i < interface->nips; i++) {
        const virDocDomainAddressOf *ip = interface->ips[i];
        bool six = strchr(ip->address, ':') != NULL;

        if (six) {
            qemuSetString(backend, "ipv6-prefix", ip->address);
            if (ip->hasPrefix)
                qemuSetNumber(backend, "ipv6-prefixlen", ip->prefix);
        } else {
            g_autofree char *net = g_strdup_printf("%s/%u", ip->address,
                                                   ip->hasPrefix ? ip->prefix : 24);

            qemuSetString(backend, "net", net);
        }
    }
    return true;
}

static bool
setSocket(json_object *backend, const virDocDomainInterface *interface)
{
    g_autofree char *address =
        g_strdup_printf("%s:%u", interface->sourceAddress ? interface->sourceAddress : "",
                        interface->sourcePort);
    const char *key = "connect";

    if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_MCAST)
        key = "mcast";
    else if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_SERVER)
        key = "listen";
    else if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_UDP)
        key = "udp";
    qemuSetString(backend, "type", "socket");
    qemuSetString(backend, key, address);
    if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_UDP) {
        g_autofree char *local =
            g_strdup_printf("%s:%u",
                            interface->sourceLocalAddress ? interface->sourceLocalAddress : "",
                            interface->sourceLocalPort);

        qemuSetString(backend, "localaddr", local);
    }
    return true;
}

/* The queues of a device of the host; false with an error raised. */
static bool
passQueues(qemuCommand *command, json_object *backend, const virDocDomainInterface *interface)
{
    g_autoptr(GString) numbers = g_string_new(NULL);
    unsigned int queues = queuesOf(interface);

    for (unsigned int i = 0; i < queues; i++) {
        g_autofree char *passed = NULL;
        int fd = openTap(command, interface);

        if (fd < 0)
            return false;
        passed = qemuCommandPassed(command, fd);
        g_string_append_printf(numbers, "%s%s", i ? ":" : "", passed);
    }
    qemuSetString(backend, queues > 1 ? "fds" : "fd", numbers->str);
    return true;
}

static bool
setTap(qemuCommand *command, json_object *backend, const virDocDomainInterface *interface)
{
    const virDocDomainInterfaceDriverOptions *driver = interface->driver;

    if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_BRIDGE && !interface->sourceBridge)
        return qemuCommandRefuse(command, "an interface of type 'bridge' names no bridge");
    qemuSetString(backend, "type", "tap");
    if (interface->hasTuneSndbuf)
        qemuSetNumber(backend, "sndbuf", (gint64) interface->tuneSndbuf);
    if (driver && driver->name == VIR_DOC_DOMAIN_INTERFACE_DRIVER_VHOST)
        qemuSetTrue(backend, "vhost", true);
    if (interface->scriptPath) {
        qemuSetString(backend, "ifname", interface->targetDev);
        qemuSetString(backend, "script", interface->scriptPath);
        qemuSetString(backend, "downscript",
                      interface->downscriptPath ? interface->downscriptPath : "no");
        return true;
    }
    if (command->shown) {
        qemuSetString(backend, "ifname", interface->targetDev);
        return true;
    }
    return passQueues(command, backend, interface);
}

/* Another process moves the packets, through shared memory. */
static bool
setVhostUser(qemuCommand *command, json_object *backend, const virDocDomainInterface *interface)
{
    const virDocDomainReconnect *again = interface->sourceReconnect;
    bool server = interface->sourceSocketMode == VIR_DOC_DOMAIN_VHOST_USER_MODE_SERVER;
    g_autofree char *what = g_strdup_printf("interface '%s' (vhostuser)", interface->info.aliasName);
    g_autofree char *path = qemuCommandEscape(interface->sourcePath ? interface->sourcePath : "");
    g_autofree char *channel = g_strconcat("char", interface->info.aliasName, NULL);
    g_autofree char *wait = !server && again && again->enabled == VIR_DOC_SWITCH_ON ?
        g_strdup_printf(",reconnect=%u", again->timeout) : g_strdup("");

    if (!interface->sourcePath)
        return qemuCommandRefuse(command, "%s names no path of a socket", what);
    if (!qemuCommandNeedShared(command, what))
        return false;
    qemuCommandAddFormat(command, "-chardev", "socket,id=%s,path=%s%s%s", channel, path,
                         server ? ",server=on" : "", wait);
    qemuSetString(backend, "type", "vhost-user");
    qemuSetString(backend, "chardev", channel);
    if (queuesOf(interface) > 1)
        qemuSetNumber(backend, "queues", queuesOf(interface));
    return true;
}

/* A device of the host that moves the packets itself. */
static bool
setVdpa(qemuCommand *command, json_object *backend, const virDocDomainInterface *interface)
{
    const char *device = interface->sourceVdpa ? interface->sourceVdpa : interface->sourceDev;

    if (!device)
        return qemuCommandRefuse(command, "interface '%s' (vdpa) names no device",
                                 interface->info.aliasName);
    qemuSetString(backend, "type", "vhost-vdpa");
    qemuSetString(backend, "vhostdev", device);
    return true;
}

/* Fills in what the interface is connected to. */
static bool
setBackend(qemuCommand *command, json_object *backend, const virDocDomainInterface *interface)
{
    switch (interface->type) {
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_USER:
        return setUser(command, backend, interface);
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_MCAST:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_SERVER:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_CLIENT:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_UDP:
        return setSocket(backend, interface);
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_ETHERNET:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_BRIDGE:
        return setTap(command, backend, interface);
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_VHOSTUSER:
        return setVhostUser(command, backend, interface);
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_VDPA:
        return setVdpa(command, backend, interface);
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_NETWORK:
        return qemuCommandRefuse(command, "interface '%s': the network '%s' can't be joined: this "
                                 "connection has no networks", interface->info.aliasName,
                                 interface->sourceNetwork);
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_DIRECT:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_INTERNAL:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_HOSTDEV:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_NULL:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_VDS:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_LAST:
        break;
    }
    return qemuCommandRefuse(command, "this driver does not know interfaces of type '%s' yet",
                             virDocDomainInterfaceTypeToString(interface->type));
}

static char *
deviceDriver(const virDocDomainInterface *interface)
{
    const char *model = interface->modelType;

    if (g_str_equal(model, "virtio"))
        return g_strdup("virtio-net-pci");
    if (g_str_has_prefix(model, "virtio-"))
        return g_strconcat("virtio-net-pci-", model + strlen("virtio-"), NULL);
    return g_strdup(model);
}

/* What an interface asks for that has no part in the command line yet; false with an error raised. */
static bool
refuseUnknown(const qemuCommand *command, const virDocDomainInterface *interface)
{
    const struct {
        bool given;
        const char *what;
    } parts[] = {
        { interface->bandwidth, "bandwidth" }, { interface->vlan, "vlan" },
        { interface->virtualport, "virtualport" }, { interface->filterref, "filterref" },
        { interface->nportForwards, "portForward" },
        { interface->portIsolated, "port isolated" },
        { interface->hasCoalesceRxFramesMax, "coalesce" },
        { interface->backendTap || interface->backendVhost, "backend tap" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].given)
            return qemuCommandRefuse(command, "interface '%s': this driver does not know <%s> yet",
                                     interface->info.aliasName, parts[i].what);
    }
    return true;
}

/* What host and guest may leave to each other. */
static void
setOffloads(json_object *device, const virDocDomainInterfaceDriverOptions *driver)
{
    const virDocDomainInterfaceHost *host = driver->host;
    const virDocDomainInterfaceGuest *guest = driver->guest;

    if (host) {
        qemuSetSwitch(device, "csum", host->csum);
        qemuSetSwitch(device, "gso", host->gso);
        qemuSetSwitch(device, "host_tso4", host->tso4);
        qemuSetSwitch(device, "host_tso6", host->tso6);
        qemuSetSwitch(device, "host_ecn", host->ecn);
        qemuSetSwitch(device, "host_ufo", host->ufo);
        qemuSetSwitch(device, "mrg_rxbuf", host->mrgRxbuf);
    }
    if (guest) {
        qemuSetSwitch(device, "guest_csum", guest->csum);
        qemuSetSwitch(device, "guest_tso4", guest->tso4);
        qemuSetSwitch(device, "guest_tso6", guest->tso6);
        qemuSetSwitch(device, "guest_ecn", guest->ecn);
        qemuSetSwitch(device, "guest_ufo", guest->ufo);
    }
}

/* How the card works; only one that is made for virtual machines has a choice. */
static bool
setDriver(const qemuCommand *command, json_object *device, const virDocDomainInterface *interface)
{
    const virDocDomainInterfaceDriverOptions *driver = interface->driver;

    if (!driver)
        return true;
    if (!g_str_has_prefix(interface->modelType, "virtio"))
        return driver->name == VIR_DOC_DOMAIN_INTERFACE_DRIVER_QEMU ||
               qemuCommandRefuse(command, "interface '%s': <driver> is for the model 'virtio', not "
                                 "'%s'", interface->info.aliasName, interface->modelType);
    if (queuesOf(interface) > 1) {
        qemuSetTrue(device, "mq", true);
        qemuSetNumber(device, "vectors", 2 * (gint64) queuesOf(interface) + 2);
    }
    if (driver->txmode)
        qemuSetString(device, "tx", driver->txmode == VIR_DOC_DOMAIN_TRANSMIT_MODE_TIMER ? "timer" :
                      "bh");
    if (driver->hasRxQueueSize)
        qemuSetNumber(device, "rx_queue_size", driver->rxQueueSize);
    if (driver->hasTxQueueSize)
        qemuSetNumber(device, "tx_queue_size", driver->txQueueSize);
    qemuSetSwitch(device, "ioeventfd", driver->ioeventfd);
    qemuSetSwitch(device, "event_idx", driver->eventIdx);
    qemuSetSwitch(device, "rss", driver->rss);
    qemuSetSwitch(device, "hash", driver->rssHashReport);
    setOffloads(device, driver);
    qemuSetVirtio(device, &driver->virtio);
    return true;
}

/* The card that the guest sees; false with an error raised. */
static bool
addCard(qemuCommand *command, const virDocDomainInterface *interface, const char *backend)
{
    g_autofree char *driver = deviceDriver(interface);
    const unsigned char *mac = interface->macAddress;
    g_autofree char *address = g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1],
                                               mac[2], mac[3], mac[4], mac[5]);
    json_object *device = qemuDevice(command, driver, &interface->info);

    qemuSetString(device, "netdev", backend);
    qemuSetString(device, "mac", address);
    if (interface->hasMtuSize && g_str_has_prefix(driver, "virtio"))
        qemuSetNumber(device, "host_mtu", interface->mtuSize);
    if (interface->teamingType == VIR_DOC_DOMAIN_TEAMING_TYPE_PERSISTENT)
        qemuSetTrue(device, "failover", true);
    if (!setDriver(command, device, interface)) {
        json_object_put(device);
        return false;
    }
    qemuCommandAddObject(command, "-device", device);
    return true;
}

/* A network device of the host, given to the guest as it is. */
static bool
addHostDevice(qemuCommand *command, const virDocDomainInterface *interface)
{
    const virDocDomainAddress *place = interface->sourceHostAddress;
    g_autofree char *host = NULL;
    json_object *device;

    if (!place || place->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI)
        return qemuCommandRefuse(command, "interface '%s' (hostdev) names no PCI device",
                                 interface->info.aliasName);
    host = g_strdup_printf("%04llx:%02llx:%02llx.%llx", place->domain, place->pciBus,
                           place->pciSlot, place->function);
    device = qemuDevice(command, "vfio-pci", &interface->info);
    qemuSetString(device, "host", host);
    qemuSetString(device, "failover_pair_id", interface->teamingPersistent);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

static bool
addInterface(qemuCommand *command, const virDocDomainInterface *interface)
{
    g_autofree char *name = g_strconcat("host", interface->info.aliasName, NULL);
    json_object *backend;

    if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_HOSTDEV)
        return addHostDevice(command, interface);
    backend = json_object_new_object();
    if (!setBackend(command, backend, interface)) {
        json_object_put(backend);
        return false;
    }
    qemuSetString(backend, "id", name);
    qemuCommandAddObject(command, "-netdev", backend);
    return addCard(command, interface, name);
}

bool
qemuCommandInterface(qemuCommand *command, const virDocDomainInterface *interface)
{
    return refuseUnknown(command, interface) && addInterface(command, interface);
}

bool
qemuCommandInterfaces(qemuCommand *command)
{
    for (size_t i = 0; i < command->document->ninterfaces; i++) {
        if (!qemuCommandInterface(command, command->document->interfaces[i]))
            return false;
    }
    return true;
}
