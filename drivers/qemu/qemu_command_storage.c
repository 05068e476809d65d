/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: where the contents of a disk come from, as a node of QEMU. */

#include <string.h>

#include "qemu_command.h"
#include "qemu_monitor.h"

static json_object *
fileNode(const virDocDomainDisk *disk)
{
    bool block = disk->storage.type == VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK;
    bool drive = block && disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM;
    json_object *node = json_object_new_object();

    qemuSetString(node, "driver", drive ? "host_cdrom" : block ? "host_device" : "file");
    qemuSetString(node, "filename", block ? disk->storage.sourceDev : disk->storage.sourceFile);
    if (disk->driverIo)
        qemuSetString(node, "aio", virDocDomainDiskIoToString(disk->driverIo));
    return node;
}

static json_object *
folderNode(const virDocDomainDisk *disk)
{
    json_object *node = json_object_new_object();

    qemuSetString(node, "driver", "vvfat");
    qemuSetString(node, "dir", disk->storage.sourceDir);
    qemuSetTrue(node, "floppy", disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY);
    return node;
}

/* --- servers --------------------------------------------------------------------------------- */

/* The address of a server, with the port of its protocol when none is told. */
static json_object *
serverOf(const virDocDomainStorageHost *host, unsigned int usual, bool typed)
{
    json_object *server = json_object_new_object();

    if (host->socket) {
        qemuSetString(server, "type", "unix");
        qemuSetString(server, "path", host->socket);
    } else {
        g_autofree char *port = g_strdup_printf("%u", host->hasPort ? host->port : usual);

        if (typed)
            qemuSetString(server, "type", "inet");
        qemuSetString(server, "host", host->name);
        qemuSetString(server, "port", port);
    }
    return server;
}

static bool
setNbd(const qemuCommand *command G_GNUC_UNUSED, json_object *node, const virDocDomainDisk *disk)
{
    json_object_object_add(node, "server", serverOf(disk->storage.sourceHosts[0], 10809,
                                                    /* typed= */ true));
    qemuSetString(node, "export", disk->storage.sourceName);
    return true;
}

bool
qemuSetIscsi(const qemuCommand *command, json_object *node, const char *what,
             virDocDomainStorageHost *const *hosts, size_t count, const char *name,
             const char *initiator)
{
    g_auto(GStrv) parts = g_strsplit(name ? name : "", "/", 2);
    g_autofree char *portal = NULL;

    if (count != 1 || !hosts[0]->name || !parts[0])
        return qemuCommandRefuse(command, "'%s': iscsi takes one host, by its name", what);
    portal = g_strdup_printf(strchr(hosts[0]->name, ':') ? "[%s]:%u" : "%s:%u", hosts[0]->name,
                             hosts[0]->hasPort ? hosts[0]->port : 3260);
    qemuSetString(node, "driver", "iscsi");
    qemuSetString(node, "transport", "tcp");
    qemuSetString(node, "portal", portal);
    qemuSetString(node, "target", parts[0]);
    qemuSetNumber(node, "lun", parts[1] ? g_ascii_strtoll(parts[1], NULL, 10) : 0);
    qemuSetString(node, "initiator-name", initiator);
    return true;
}

static bool
setIscsi(const qemuCommand *command, json_object *node, const virDocDomainDisk *disk)
{
    return qemuSetIscsi(command, node, disk->targetDev, disk->storage.sourceHosts,
                        disk->storage.nsourceHosts, disk->storage.sourceName,
                        disk->storage.sourceInitiatorInitiatorName);
}

/* What is read from web servers. */
static bool
setUrl(const qemuCommand *command, json_object *node, const virDocDomainDisk *disk)
{
    const virDocDomainStorageSource *storage = &disk->storage;
    const virDocDomainStorageHost *host = storage->sourceHosts[0];
    const char *scheme = virDocDomainStorageProtocolToString(storage->sourceProtocol);
    g_autoptr(GString) url = g_string_new(NULL);

    if (!host->name)
        return qemuCommandRefuse(command, "disk '%s': %s takes a host by its name", disk->targetDev,
                                 scheme);
    if (storage->nsourceCookies)
        return qemuCommandRefuse(command, "disk '%s': this driver does not hand <cookies> over",
                                 disk->targetDev);
    g_string_append_printf(url, strchr(host->name, ':') ? "%s://[%s]" : "%s://%s", scheme, host->name);
    if (host->hasPort)
        g_string_append_printf(url, ":%u", host->port);
    g_string_append_printf(url, "/%s", storage->sourceName ? storage->sourceName : "");
    if (storage->sourceQuery)
        g_string_append_printf(url, "?%s", storage->sourceQuery);
    qemuSetString(node, "url", url->str);
    if (g_str_equal(scheme, "https") || g_str_equal(scheme, "ftps"))
        qemuSetSwitch(node, "sslverify", storage->sourceSslVerify);
    if (storage->hasSourceReadaheadSize)
        qemuSetNumber(node, "readahead", (gint64) storage->sourceReadaheadSize);
    if (storage->hasSourceTimeoutSeconds)
        qemuSetNumber(node, "timeout", (gint64) storage->sourceTimeoutSeconds);
    return true;
}

static bool
setSsh(const qemuCommand *command, json_object *node, const virDocDomainDisk *disk)
{
    const virDocDomainStorageSource *storage = &disk->storage;
    const virDocDomainStorageIdentity *who = storage->sourceIdentity;

    if (!storage->sourceHosts[0]->name)
        return qemuCommandRefuse(command, "disk '%s': ssh takes a host by its name", disk->targetDev);
    if (storage->sourceKnownHostsPath || (who && (who->keyfile || who->agentsock)))
        return qemuCommandRefuse(command, "disk '%s': QEMU's ssh finds keys and known hosts by itself",
                                 disk->targetDev);
    json_object_object_add(node, "server", serverOf(storage->sourceHosts[0], 22, /* typed= */ false));
    qemuSetString(node, "path", storage->sourceName);
    qemuSetString(node, "user", who ? who->username ? who->username : who->user : NULL);
    return true;
}

static bool
setNfs(const qemuCommand *command, json_object *node, const virDocDomainDisk *disk)
{
    const virDocDomainStorageSource *storage = &disk->storage;
    const virDocDomainStorageIdentity *who = storage->sourceIdentity;
    json_object *server;

    if (!storage->sourceHosts[0]->name)
        return qemuCommandRefuse(command, "disk '%s': nfs takes a host by its name", disk->targetDev);
    server = json_object_new_object();
    qemuSetString(server, "type", "inet");
    qemuSetString(server, "host", storage->sourceHosts[0]->name);
    json_object_object_add(node, "server", server);
    qemuSetString(node, "path", storage->sourceName);
    if (who && who->user)
        qemuSetNumber(node, "user", g_ascii_strtoll(who->user + (*who->user == '+'), NULL, 10));
    if (who && who->group)
        qemuSetNumber(node, "group", g_ascii_strtoll(who->group + (*who->group == '+'), NULL, 10));
    return true;
}

/* "first/rest" of the name of a source; false with an error raised. */
static bool
splitName(const qemuCommand *command, const virDocDomainDisk *disk, char **first, char **rest)
{
    g_auto(GStrv) parts = g_strsplit(disk->storage.sourceName ? disk->storage.sourceName : "", "/", 2);

    if (!parts[0] || !parts[1])
        return qemuCommandRefuse(command, "disk '%s': the name '%s' has no '/' between its two parts",
                                 disk->targetDev, disk->storage.sourceName);
    *first = g_strdup(parts[0]);
    *rest = g_strdup(parts[1]);
    return true;
}

/* All servers of a source. */
static json_object *
serversOf(const virDocDomainDisk *disk, unsigned int usual, bool typed)
{
    json_object *list = json_object_new_array();

    for (size_t i = 0; i < disk->storage.nsourceHosts; i++)
        json_object_array_add(list, serverOf(disk->storage.sourceHosts[i], usual, typed));
    return list;
}

static bool
setGluster(const qemuCommand *command, json_object *node, const virDocDomainDisk *disk)
{
    g_autofree char *volume = NULL, *path = NULL;

    if (!splitName(command, disk, &volume, &path))
        return false;
    qemuSetString(node, "volume", volume);
    qemuSetString(node, "path", path);
    json_object_object_add(node, "server", serversOf(disk, 24007, /* typed= */ true));
    return true;
}

static bool
setRbd(const qemuCommand *command, json_object *node, const virDocDomainDisk *disk)
{
    const virDocDomainStorageSource *storage = &disk->storage;
    g_autofree char *pool = NULL, *image = NULL;

    if (!splitName(command, disk, &pool, &image))
        return false;
    qemuSetString(node, "pool", pool);
    qemuSetString(node, "namespace", storage->sourceRbdNamespace);
    qemuSetString(node, "image", image);
    qemuSetString(node, "snapshot", storage->sourceSnapshotName);
    qemuSetString(node, "conf", storage->sourceConfigFile);
    if (storage->nsourceHosts)
        json_object_object_add(node, "server", serversOf(disk, 6789, /* typed= */ false));
    return true;
}

/* A protocol that this QEMU speaks. */
typedef struct {
    const char *driver;
    bool (*set)(const qemuCommand *command, json_object *node, const virDocDomainDisk *disk);
    size_t fewest, most;        /* hosts */
} Protocol;

static const Protocol protocols[VIR_DOC_DOMAIN_STORAGE_PROTOCOL_LAST] = {
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_NBD] = { "nbd", setNbd, 1, 1 },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_RBD] = { "rbd", setRbd, 0, G_MAXUINT },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_GLUSTER] = { "gluster", setGluster, 1, G_MAXUINT },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_ISCSI] = { "iscsi", setIscsi, 1, 1 },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_HTTP] = { "http", setUrl, 1, 1 },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_HTTPS] = { "https", setUrl, 1, 1 },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_FTP] = { "ftp", setUrl, 1, 1 },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_FTPS] = { "ftps", setUrl, 1, 1 },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_SSH] = { "ssh", setSsh, 1, 1 },
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_NFS] = { "nfs", setNfs, 1, 1 },
};

static json_object *
networkNode(const qemuCommand *command, const virDocDomainDisk *disk)
{
    const virDocDomainStorageSource *storage = &disk->storage;
    const Protocol *protocol = &protocols[storage->sourceProtocol];
    const char *word = virDocDomainStorageProtocolToString(storage->sourceProtocol);
    g_autoptr(json_object) node = NULL;

    if (!protocol->driver)
        qemuCommandRefuse(command, "disk '%s': this QEMU does not speak the protocol '%s'",
                          disk->targetDev, word);
    else if (storage->sourceTls == VIR_DOC_SWITCH_ON)
        qemuCommandRefuse(command, "disk '%s': this driver has no certificates for tls",
                          disk->targetDev);
    else if (storage->nsourceHosts < protocol->fewest || storage->nsourceHosts > protocol->most)
        qemuCommandRefuse(command, "disk '%s': %s takes %s, not %zu", disk->targetDev, word,
                          protocol->most == 1 ? "one host" : "one host or more",
                          storage->nsourceHosts);
    else
        node = json_object_new_object();
    if (!node)
        return NULL;
    qemuSetString(node, "driver", protocol->driver);
    return protocol->set(command, node, disk) ? g_steal_pointer(&node) : NULL;
}

/* A device that QEMU drives itself, past the host's kernel. */
static json_object *
nvmeNode(const qemuCommand *command, const virDocDomainDisk *disk)
{
    const virDocDomainPciAddress *place = disk->storage.sourceAddress;
    g_autofree char *device = NULL;
    json_object *node;

    if (!place) {
        qemuCommandRefuse(command, "disk '%s': type='nvme' names the PCI address of its device",
                          disk->targetDev);
        return NULL;
    }
    device = g_strdup_printf("%04llx:%02llx:%02llx.%llx", place->domain, place->bus, place->slot,
                             place->function);
    node = json_object_new_object();
    qemuSetString(node, "driver", "nvme");
    qemuSetString(node, "device", device);
    qemuSetNumber(node, "namespace", disk->storage.hasSourceNamespace ?
                  (gint64) disk->storage.sourceNamespace : 1);
    return node;
}

json_object *
qemuStorageNode(const qemuCommand *command, const virDocDomainDisk *disk)
{
    switch (disk->storage.type) {
    case VIR_DOC_DOMAIN_STORAGE_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_FILE:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK:
        return fileNode(disk);
    case VIR_DOC_DOMAIN_STORAGE_TYPE_DIR:
        return folderNode(disk);
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK:
        return networkNode(command, disk);
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NVME:
        return nvmeNode(command, disk);
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VOLUME:
        qemuCommandRefuse(command, "disk '%s': the volume '%s' of the pool '%s' can't be found: this "
                          "connection has no storage", disk->targetDev, disk->storage.sourceVolume,
                          disk->storage.sourcePool);
        return NULL;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTUSER:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTVDPA:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_CTL:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_LAST:
        break;
    }
    qemuCommandRefuse(command, "disk '%s': this QEMU has no disks of type='%s'", disk->targetDev,
                      virDocDomainStorageTypeToString(disk->storage.type));
    return NULL;
}
