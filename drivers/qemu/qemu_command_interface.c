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

/* A device of the host that goes with its descriptor; -1 with an error raised. */
static int
openTap(const qemuCommand *command, const virDocDomainInterface *interface)
{
    struct ifreq request = { .ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR };
    int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

    if (interface->targetDev && strlen(interface->targetDev) >= IFNAMSIZ) {
        qemuCommandRefuse(command, "'%s' is too long for the name of an interface",
                          interface->targetDev);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    g_strlcpy(request.ifr_name, interface->targetDev ? interface->targetDev : "vnet%d", IFNAMSIZ);
    if (fd >= 0 && ioctl(fd, TUNSETIFF, &request) == 0 &&
        (!interface->sourceBridge || joinBridge(interface->sourceBridge, request.ifr_name) == 0)) {
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

static bool
setTap(qemuCommand *command, json_object *backend, const virDocDomainInterface *interface)
{
    g_autofree char *passed = NULL;
    int fd;

    if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_BRIDGE && !interface->sourceBridge)
        return qemuCommandRefuse(command, "an interface of type 'bridge' names no bridge");
    qemuSetString(backend, "type", "tap");
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
    fd = openTap(command, interface);
    if (fd < 0)
        return false;
    passed = qemuCommandPassed(command, fd);
    qemuSetString(backend, "fd", passed);
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
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_NETWORK:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_DIRECT:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_INTERNAL:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_HOSTDEV:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_VHOSTUSER:
    case VIR_DOC_DOMAIN_INTERFACE_TYPE_VDPA:
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
        { interface->driver, "driver" }, { interface->nportForwards, "portForward" },
        { interface->teamingType, "teaming" }, { interface->portIsolated, "port isolated" },
        { interface->hasTuneSndbuf, "tune" }, { interface->hasCoalesceRxFramesMax, "coalesce" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].given)
            return qemuCommandRefuse(command, "interface '%s': this driver does not know <%s> yet",
                                     interface->info.aliasName, parts[i].what);
    }
    return true;
}

static bool
addInterface(qemuCommand *command, const virDocDomainInterface *interface)
{
    g_autofree char *name = g_strconcat("host", interface->info.aliasName, NULL);
    g_autofree char *driver = deviceDriver(interface);
    const unsigned char *mac = interface->macAddress;
    g_autofree char *address = NULL;
    json_object *backend = json_object_new_object(), *device;

    if (!setBackend(command, backend, interface)) {
        json_object_put(backend);
        return false;
    }
    qemuSetString(backend, "id", name);
    qemuCommandAddObject(command, "-netdev", backend);
    device = qemuDevice(command, driver, &interface->info);
    qemuSetString(device, "netdev", name);
    address = g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
                              mac[4], mac[5]);
    qemuSetString(device, "mac", address);
    if (interface->hasMtuSize && g_str_has_prefix(driver, "virtio"))
        qemuSetNumber(device, "host_mtu", interface->mtuSize);
    qemuCommandAddObject(command, "-device", device);
    return true;
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
