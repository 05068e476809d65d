/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents of backups: which disks, how much of them, and where to. */

#include "conf/backup.h"

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "document/value.h"
#include "runtime/error.h"

/* The port that programs look for such a server at. */
#define NBD_PORT 10809

#define IS_PULL(document) ((document)->mode == VIR_DOC_DOMAIN_BACKUP_MODE_PULL)

typedef struct {
    const virDocDomain *domain;
    const virConfBackupHooks *hooks;
    const void *opaque;
} Guest;

const char *
virConfBackupPlace(const virDocDomainBackup *document, const virDocDomainBackupDisk *disk)
{
    if (disk->type == VIR_DOC_DOMAIN_BACKUP_DISK_TYPE_BLOCK)
        return IS_PULL(document) ? disk->scratchDev : disk->targetDev;
    return IS_PULL(document) ? disk->scratchFile : disk->targetFile;
}

/* Makes the server of a pull backup complete; false with an error raised. */
static bool
fillServer(virDocDomainBackup *document)
{
    const char *why = NULL;

    if (!IS_PULL(document)) {
        if (document->hasServer)
            virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_XML_ERROR,
                          "a <server> is for backups of mode 'pull', this one has mode 'push'");
        return !document->hasServer;
    }
    if (!document->hasServer)
        why = "a backup of mode 'pull' needs a <server>";
    else if (document->serverTransport == VIR_DOC_DOMAIN_BACKUP_TRANSPORT_UNIX &&
             !document->serverSocket && !document->serverFdgroup)
        why = "a <server> of transport 'unix' needs a 'socket' or an 'fdgroup'";
    else if (document->serverTransport != VIR_DOC_DOMAIN_BACKUP_TRANSPORT_UNIX &&
             !document->serverName)
        why = "a <server> of transport 'tcp' needs the 'name' of an address";
    if (why) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_XML_ERROR, "%s", why);
        return false;
    }
    if (document->serverTransport != VIR_DOC_DOMAIN_BACKUP_TRANSPORT_UNIX) {
        document->serverTransport = VIR_DOC_DOMAIN_BACKUP_TRANSPORT_TCP;
        if (!document->hasServerPort)
            document->serverPort = NBD_PORT;
        document->hasServerPort = true;
    }
    return true;
}

/* Names every disk of the domain that the document does not: all in, or none besides. */
static void
addDisks(const virDocDomain *domain, virDocDomainBackup *document)
{
    bool all = document->ndisks == 0;

    for (size_t i = 0; i < domain->ndisks; i++) {
        const virDocDomainDisk *of = domain->disks[i];
        bool named = false;
        virDocDomainBackupDisk *disk;

        for (size_t k = 0; k < document->ndisks && !named; k++)
            named = g_str_equal(document->disks[k]->name, of->targetDev);
        if (named)
            continue;
        disk = virDocDomainBackupDiskNew();
        disk->name = g_strdup(of->targetDev);
        disk->backup = all && virConfDomainDiskSource(&of->storage) ? VIR_DOC_SWITCH_ON
                                                                    : VIR_DOC_SWITCH_OFF;
        VIR_DOC_LIST_ADD(document, disks, disk);
    }
}

/* Says how much of a disk is backed up; false with an error raised. */
static bool
fillAmount(const Guest *guest, const virDocDomainBackup *document, virDocDomainBackupDisk *disk)
{
    bool full = disk->backupmode == VIR_DOC_DOMAIN_BACKUP_DISK_MODE_FULL;

    if (full && disk->incremental) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_XML_ERROR,
                      "disk '%s' is backed up in full, and cannot be 'incremental'", disk->name);
        return false;
    }
    if (!full && !disk->incremental)
        disk->incremental = g_strdup(document->incremental);
    if (!disk->incremental && disk->backupmode == VIR_DOC_DOMAIN_BACKUP_DISK_MODE_INCREMENTAL) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_XML_ERROR,
                      "disk '%s' needs the checkpoint that its backup begins at", disk->name);
        return false;
    }
    disk->backupmode = disk->incremental ? VIR_DOC_DOMAIN_BACKUP_DISK_MODE_INCREMENTAL :
        VIR_DOC_DOMAIN_BACKUP_DISK_MODE_FULL;
    return !disk->incremental ||
           guest->hooks->isFollowed(guest->opaque, disk->incremental, disk->name);
}

/* Says where to; false with an error raised. */
static bool
fillPlace(const Guest *guest, const virDocDomainBackup *document, virDocDomainBackupDisk *disk,
          const char *source)
{
    bool block = disk->type == VIR_DOC_DOMAIN_BACKUP_DISK_TYPE_BLOCK;

    if (!disk->driverType)
        disk->driverType = VIR_DOC_DOMAIN_STORAGE_FORMAT_QCOW2;
    if (virConfBackupPlace(document, disk)) {
        if (g_strcmp0(virConfBackupPlace(document, disk), source) == 0)
            virErrorRaise(guest->hooks->errorDomain, VIR_ERR_INVALID_ARG,
                          "disk '%s' cannot be backed up to itself", disk->name);
        return g_strcmp0(virConfBackupPlace(document, disk), source) != 0;
    }
    if (block) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_XML_ERROR, "disk '%s' needs a <%s> with a 'dev'",
                      disk->name, IS_PULL(document) ? "scratch" : "target");
        return false;
    }
    disk->type = VIR_DOC_DOMAIN_BACKUP_DISK_TYPE_FILE;
    *(IS_PULL(document) ? &disk->scratchFile : &disk->targetFile) =
        g_strdup_printf("%s.%" G_GINT64_FORMAT, source, g_get_real_time() / G_USEC_PER_SEC);
    return true;
}

static bool
fillDisk(const Guest *guest, const virDocDomainBackup *document, virDocDomainBackupDisk *disk)
{
    const virDocDomainDisk *of = virConfDomainFindDisk(guest->domain, disk->name);
    const char *source;

    if (!of) {
        virErrorRaise(guest->hooks->errorDomain, VIR_ERR_INVALID_ARG, "no disk named '%s'", disk->name);
        return false;
    }
    if (disk->backup != VIR_DOC_SWITCH_ON) {
        disk->backup = VIR_DOC_SWITCH_OFF;
        disk->type = VIR_DOC_DOMAIN_BACKUP_DISK_TYPE_ABSENT;
        return true;
    }
    source = virConfDomainDiskSource(&of->storage);
    if (!source) {
        virErrorRaise(guest->hooks->errorDomain, VIR_ERR_INVALID_ARG, "disk '%s' is empty", disk->name);
        return false;
    }
    /* Jobs go by the target, whatever the document called it. */
    g_free(disk->name);
    disk->name = g_strdup(of->targetDev);
    if (IS_PULL(document) && !disk->exportname)
        disk->exportname = g_strdup(disk->name);
    return guest->hooks->isIdle(guest->opaque, of) && fillAmount(guest, document, disk) &&
           fillPlace(guest, document, disk, source);
}

bool
virConfBackupComplete(virDocDomainBackup *document, const virDocDomain *domain,
                      const virConfBackupHooks *hooks, const void *opaque)
{
    const Guest guest = {.domain = domain, .hooks = hooks, .opaque = opaque};
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    bool any = false;

    if (!fillServer(document))
        return false;
    addDisks(domain, document);
    for (size_t i = 0; i < document->ndisks; i++) {
        if (!fillDisk(&guest, document, document->disks[i]))
            return false;
        if (!g_hash_table_add(seen, document->disks[i]->name)) {
            virErrorRaise(hooks->errorDomain, VIR_ERR_INVALID_ARG, "disk '%s' is named twice",
                          document->disks[i]->name);
            return false;
        }
        any = any || document->disks[i]->backup == VIR_DOC_SWITCH_ON;
    }
    if (!any)
        virErrorRaise(hooks->errorDomain, VIR_ERR_INVALID_ARG,
                      "no disk of domain '%s' is to be backed up", domain->name);
    return any;
}
