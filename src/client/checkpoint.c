/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about the checkpoints and the backup of a domain. */

#include <stdlib.h>
#include <string.h>

#include "client/commands.h"
#include "client/compose.h"
#include "client/document.h"
#include "client/edit.h"
#include "client/family.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/report.h"

static bool virshCheckpointMake(virshControl *ctl, virDomainPtr domain, const char *text,
                                unsigned int flags, const char *file)
{
    g_autoptr(virshDomainCheckpoint) checkpoint =
        virDomainCheckpointCreateXML(domain, text, flags);
    const char *name;

    if (!checkpoint)
        return false;
    name = virDomainCheckpointGetName(checkpoint);
    if (file)
        virshExtra(ctl, "Domain checkpoint %s created from '%s'", name, file);
    else
        virshExtra(ctl, "Domain checkpoint %s created", name);
    return true;
}

bool shellCheckpointCreate(virshControl *ctl, const virshArguments *arguments)
{
    static const virshOptionBit bits[] = {
        { "redefine", VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE },
        { "redefine-validate", VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE_VALIDATE },
        { "quiesce", VIR_DOMAIN_CHECKPOINT_CREATE_QUIESCE },
    };
    unsigned int flags = virshOptionBits(arguments, bits, G_N_ELEMENTS(bits));
    const char *file = NULL;
    g_autofree char *text = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "xmlfile", &file))
        return false;
    text = file ? virshReadFile(ctl, file) : g_strdup("<domaincheckpoint/>");
    return text && virshCheckpointMake(ctl, domain, text, flags, file);
}

static bool virshCheckpointDisk(GString *out, const char *first, GPtrArray *keys,
                                GPtrArray *values)
{
    const char *kind = virshSpecValue(keys, values, "checkpoint");
    const char *bitmap = virshSpecValue(keys, values, "bitmap");

    if (!first || keys->len != (guint)(kind != NULL) + (guint)(bitmap != NULL))
        return false;
    virshCompose(out, "    <disk name='%s'", first);
    virshComposeIf(out, " checkpoint='%s'", kind);
    virshComposeIf(out, " bitmap='%s'", bitmap);
    g_string_append(out, "/>\n");
    return true;
}

static char *virshCheckpointDocument(virshControl *ctl, const virshArguments *arguments)
{
    const GPtrArray *disks = virshWords(arguments, "diskspec");
    const char *name = NULL, *description = NULL;
    g_autoptr(GString) out = g_string_new("<domaincheckpoint>\n");

    if (!virshString(ctl, arguments, "name", &name) ||
        !virshString(ctl, arguments, "description", &description))
        return NULL;
    virshComposeIf(out, "  <name>%s</name>\n", name);
    virshComposeIf(out, "  <description>%s</description>\n", description);
    if (disks)
        g_string_append(out, "  <disks>\n");
    for (guint i = 0; disks && i < disks->len; i++)
        if (!virshSpec(ctl, out, g_ptr_array_index(disks, i), "diskspec", virshCheckpointDisk))
            return NULL;
    if (disks)
        g_string_append(out, "  </disks>\n");
    g_string_append(out, "</domaincheckpoint>\n");
    return g_string_free(g_steal_pointer(&out), /* free_segment= */ FALSE);
}

bool shellCheckpointCreateAs(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int flags = virshFlag(arguments, "quiesce") ? VIR_DOMAIN_CHECKPOINT_CREATE_QUIESCE : 0;
    g_autofree char *text = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain)
        return false;
    text = virshCheckpointDocument(ctl, arguments);
    if (!text)
        return false;
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s\n", text);
        return true;
    }
    return virshCheckpointMake(ctl, domain, text, flags, NULL);
}

typedef struct {
    virDomainPtr domain;
    const char *name;
} virshCheckpointChange;

static bool virshStoreCheckpoint(virshControl *ctl, const char *text, void *opaque)
{
    const virshCheckpointChange *change = opaque;
    g_autoptr(virshDocument) document = virshDocumentNew(ctl, text, /* blanks= */ true);
    g_autoptr(virshDomainCheckpoint) stored = NULL;
    g_autofree char *name = NULL;

    if (!document || !virshDocumentSelect(document, "/*"))
        return false;
    name = virshDocumentValue(document, 0, "string(./name)");
    if (g_strcmp0(name, change->name) != 0) {
        virshError(ctl, "Cannot rename checkpoint %s to %s", change->name, name ? name : "");
        return false;
    }
    stored = virDomainCheckpointCreateXML(change->domain, text,
                                          VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE);
    return stored != NULL;
}

bool shellCheckpointEdit(virshControl *ctl, const virshArguments *arguments)
{
    virshCheckpointChange change = { 0 };
    g_autofree char *text = NULL;
    g_autoptr(virshDomainCheckpoint) checkpoint =
        virshFindCheckpoint(ctl, arguments, "checkpointname", NULL);

    text = checkpoint ? virDomainCheckpointGetXMLDesc(checkpoint,
                                                      VIR_DOMAIN_CHECKPOINT_XML_SECURE)
                      : NULL;
    if (!text)
        return false;
    change.domain = virDomainCheckpointGetDomain(checkpoint);
    change.name = virDomainCheckpointGetName(checkpoint);
    switch (virshEdit(ctl, text, virshStoreCheckpoint, &change)) {
    case VIRSH_EDIT_FAILED:
        return false;
    case VIRSH_EDIT_UNCHANGED:
        virshExtra(ctl, "Checkpoint %s XML configuration not changed.\n", change.name);
        return true;
    case VIRSH_EDIT_STORED:
        virshExtra(ctl, "Checkpoint %s edited.\n", change.name);
        return true;
    }
    return false;
}

/* How many follow a checkpoint. */
static int virshCheckpointCount(virDomainCheckpointPtr checkpoint, unsigned int flags)
{
    return virDomainCheckpointListAllChildren(checkpoint, NULL, flags);
}

bool shellCheckpointInfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDomainCheckpoint) parent = NULL;
    g_autoptr(virshDomainCheckpoint) checkpoint =
        virshFindCheckpoint(ctl, arguments, "checkpointname", NULL);

    if (!checkpoint)
        return false;
    parent = virDomainCheckpointGetParent(checkpoint, 0);
    virshForgetFailure(ctl);
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "name", virDomainCheckpointGetName(checkpoint));
    virshPutText(report, "domain", virDomainGetName(virDomainCheckpointGetDomain(checkpoint)));
    virshPutText(report, "parent", parent ? virDomainCheckpointGetName(parent) : NULL);
    virshPutInt(report, "children", virshCheckpointCount(checkpoint, 0));
    virshPutInt(report, "descendants",
                virshCheckpointCount(checkpoint, VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS));
    return virshReportEnd(report);
}

bool shellCheckpointList(virshControl *ctl, const virshArguments *arguments)
{
    static const virshOptionBit bits[] = {
        { "roots", VIR_DOMAIN_CHECKPOINT_LIST_ROOTS },
        { "leaves", VIR_DOMAIN_CHECKPOINT_LIST_LEAVES },
        { "no-leaves", VIR_DOMAIN_CHECKPOINT_LIST_NO_LEAVES },
        { "topological", VIR_DOMAIN_CHECKPOINT_LIST_TOPOLOGICAL },
    };
    unsigned int flags = virshOptionBits(arguments, bits, G_N_ELEMENTS(bits));
    bool tree = virshFlag(arguments, "tree");
    const char *from = NULL;
    virDomainCheckpointPtr *checkpoints = NULL;
    g_autoptr(virshDomainCheckpoint) start = NULL;
    g_autoptr(GArray) moments = virshMomentsNew();
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    bool good = true;
    int count;

    if (!domain || !virshString(ctl, arguments, "from", &from))
        return false;
    if (from) {
        start = virDomainCheckpointLookupByName(domain, from, 0);
        if (!start)
            return false;
        if (virshFlag(arguments, "descendants"))
            flags |= VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS;
        count = virDomainCheckpointListAllChildren(start, &checkpoints, flags);
    } else {
        count = virDomainListAllCheckpoints(domain, &checkpoints, flags);
    }
    if (count < 0)
        return false;
    for (int i = tree && start ? -1 : 0; i < count && good; i++) {
        virDomainCheckpointPtr checkpoint = i < 0 ? start : checkpoints[i];
        g_autofree char *text =
            virDomainCheckpointGetXMLDesc(checkpoint, VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN);

        good = text && virshMomentAdd(ctl, moments, checkpoint,
                                      virDomainCheckpointGetName(checkpoint), text);
    }
    good = good && virshMomentsPrint(ctl, arguments, moments,
                                     start ? virDomainCheckpointGetName(start) : NULL);
    for (int i = 0; i < count; i++)
        virDomainCheckpointFree(checkpoints[i]);
    free(checkpoints);
    return good;
}

bool shellCheckpointParent(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomainCheckpoint) parent = NULL;
    g_autoptr(virshDomainCheckpoint) checkpoint =
        virshFindCheckpoint(ctl, arguments, "checkpointname", NULL);

    if (!checkpoint)
        return false;
    parent = virDomainCheckpointGetParent(checkpoint, 0);
    if (!parent) {
        if (virGetLastErrorCode() == VIR_ERR_NO_DOMAIN_CHECKPOINT) {
            virshForgetFailure(ctl);
            virshError(ctl, "checkpoint '%s' has no parent",
                       virDomainCheckpointGetName(checkpoint));
        }
        return false;
    }
    return virshAnswer(ctl, arguments, "name", virDomainCheckpointGetName(parent));
}

bool shellBackupBegin(virshControl *ctl, const virshArguments *arguments)
{
    const char *file = NULL, *checkpoint = NULL;
    g_autofree char *text = NULL;
    g_autofree char *checkpointText = NULL;
    static const virshOptionBit bits[] = {
        { "reuse-external", VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL },
        { "preserve-domain-on-shutdown", VIR_DOMAIN_BACKUP_BEGIN_PRESERVE_SHUTDOWN_DOMAIN },
    };
    unsigned int flags = virshOptionBits(arguments, bits, G_N_ELEMENTS(bits));
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "backupxml", &file) ||
        !virshString(ctl, arguments, "checkpointxml", &checkpoint))
        return false;
    text = file ? virshReadFile(ctl, file) : g_strdup("<domainbackup/>");
    if (!text)
        return false;
    if (checkpoint) {
        checkpointText = virshReadFile(ctl, checkpoint);
        if (!checkpointText)
            return false;
    }
    if (virDomainBackupBegin(domain, text, checkpointText, flags) < 0)
        return false;
    virshPrint(ctl, "Backup started\n");
    return true;
}
