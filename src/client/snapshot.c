/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about the snapshots of a domain. */

#include <stdlib.h>
#include <string.h>

#include "client/commands.h"
#include "client/completers.h"
#include "client/compose.h"
#include "client/document.h"
#include "client/edit.h"
#include "client/family.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/report.h"

static const virshOptionBit createBits[] = {
    { "no-metadata", VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA },
    { "halt", VIR_DOMAIN_SNAPSHOT_CREATE_HALT },
    { "disk-only", VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY },
    { "reuse-external", VIR_DOMAIN_SNAPSHOT_CREATE_REUSE_EXT },
    { "quiesce", VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE },
    { "atomic", VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC },
    { "live", VIR_DOMAIN_SNAPSHOT_CREATE_LIVE },
    { "validate", VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE },
};

static bool virshSnapshotTake(virshControl *ctl, virDomainPtr domain, const char *text,
                              unsigned int flags, const char *file)
{
    g_autoptr(virshDomainSnapshot) snapshot = virDomainSnapshotCreateXML(domain, text, flags);
    const char *name;

    if (!snapshot)
        return false;
    name = virDomainSnapshotGetName(snapshot);
    if (file)
        virshExtra(ctl, "Domain snapshot %s created from '%s'", name, file);
    else
        virshExtra(ctl, "Domain snapshot %s created", name);
    return true;
}

bool shellSnapshotCreate(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int flags = virshOptionBits(arguments, createBits, G_N_ELEMENTS(createBits));
    const char *file = NULL;
    g_autofree char *text = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "xmlfile", &file))
        return false;
    flags |= virshFlag(arguments, "redefine") ? VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE : 0;
    flags |= virshFlag(arguments, "current") ? VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT : 0;
    text = file ? virshReadFile(ctl, file) : g_strdup("<domainsnapshot/>");
    return text && virshSnapshotTake(ctl, domain, text, flags, file);
}

static bool virshMemorySpec(GString *out, const char *first, GPtrArray *keys, GPtrArray *values)
{
    const char *file = virshSpecValue(keys, values, "file");
    const char *kind = virshSpecValue(keys, values, "snapshot");

    if ((first && file) || keys->len != (guint)(file != NULL) + (guint)(kind != NULL))
        return false;
    g_string_append(out, "  <memory");
    virshComposeIf(out, " snapshot='%s'", kind);
    virshComposeIf(out, " file='%s'", first ? first : file);
    g_string_append(out, "/>\n");
    return true;
}

static bool virshDiskSpec(GString *out, const char *first, GPtrArray *keys, GPtrArray *values)
{
    static const char *const known[] = { "snapshot", "driver", "stype", "file", NULL };
    const char *driver = virshSpecValue(keys, values, "driver");
    const char *type = virshSpecValue(keys, values, "stype");
    const char *file = virshSpecValue(keys, values, "file");
    bool block = g_strcmp0(type, "block") == 0;

    for (guint i = 0; i < keys->len; i++)
        if (!g_strv_contains(known, g_ptr_array_index(keys, i)))
            return false;
    if (!first || (type && !block && !g_str_equal(type, "file")))
        return false;
    virshCompose(out, "    <disk name='%s'", first);
    virshComposeIf(out, " snapshot='%s'", virshSpecValue(keys, values, "snapshot"));
    virshComposeIf(out, " type='%s'", type);
    if (!driver && !file) {
        g_string_append(out, "/>\n");
        return true;
    }
    g_string_append(out, ">\n");
    virshComposeIf(out, "      <driver type='%s'/>\n", driver);
    virshComposeIf(out, block ? "      <source dev='%s'/>\n" : "      <source file='%s'/>\n", file);
    g_string_append(out, "    </disk>\n");
    return true;
}

static char *virshSnapshotDocument(virshControl *ctl, const virshArguments *arguments)
{
    const GPtrArray *disks = virshWords(arguments, "diskspec");
    const char *name = NULL, *description = NULL, *memory = NULL;
    g_autoptr(GString) out = g_string_new("<domainsnapshot>\n");

    if (!virshString(ctl, arguments, "name", &name) ||
        !virshString(ctl, arguments, "description", &description) ||
        !virshString(ctl, arguments, "memspec", &memory))
        return NULL;
    virshComposeIf(out, "  <name>%s</name>\n", name);
    virshComposeIf(out, "  <description>%s</description>\n", description);
    if (memory && !virshSpec(ctl, out, memory, "memspec", virshMemorySpec))
        return NULL;
    if (disks)
        g_string_append(out, "  <disks>\n");
    for (guint i = 0; disks && i < disks->len; i++)
        if (!virshSpec(ctl, out, g_ptr_array_index(disks, i), "diskspec", virshDiskSpec))
            return NULL;
    if (disks)
        g_string_append(out, "  </disks>\n");
    g_string_append(out, "</domainsnapshot>\n");
    return g_string_free(g_steal_pointer(&out), /* free_segment= */ FALSE);
}

bool shellSnapshotCreateAs(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int flags = virshOptionBits(arguments, createBits, G_N_ELEMENTS(createBits));
    g_autofree char *text = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain)
        return false;
    text = virshSnapshotDocument(ctl, arguments);
    if (!text)
        return false;
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s\n", text);
        return true;
    }
    return virshSnapshotTake(ctl, domain, text, flags, NULL);
}

bool shellSnapshotCurrent(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int flags = virshFlag(arguments, "security-info") ? VIR_DOMAIN_SNAPSHOT_XML_SECURE : 0;
    const char *name = NULL;
    g_autofree char *text = NULL;
    g_autoptr(virshDomainSnapshot) snapshot = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "snapshotname", &name))
        return false;
    if (name) {
        g_autoptr(virshDomainSnapshot) redefined = NULL;

        snapshot = virDomainSnapshotLookupByName(domain, name, 0);
        text = snapshot ? virDomainSnapshotGetXMLDesc(snapshot, VIR_DOMAIN_SNAPSHOT_XML_SECURE)
                        : NULL;
        if (!text)
            return false;
        redefined = virDomainSnapshotCreateXML(domain, text,
                                               VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE |
                                                   VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT);
        if (!redefined)
            return false;
        virshExtra(ctl, "Snapshot %s set as current", name);
        return true;
    }
    snapshot = virDomainHasCurrentSnapshot(domain, 0) > 0 ? virDomainSnapshotCurrent(domain, 0)
                                                          : NULL;
    if (!snapshot) {
        virshError(ctl, "domain '%s' has no current snapshot", virDomainGetName(domain));
        return false;
    }
    if (virshFlag(arguments, "name") || virshWantsJson(arguments))
        return virshAnswer(ctl, arguments, "name", virDomainSnapshotGetName(snapshot));
    text = virDomainSnapshotGetXMLDesc(snapshot, flags);
    if (text)
        virshPrint(ctl, "%s", text);
    return text != NULL;
}

typedef struct {
    virDomainPtr domain;
    const char *name;
    unsigned int flags;
    bool mayChange;
    virDomainSnapshotPtr stored;
} virshSnapshotEdit;

/* Without --rename or --clone another name is a mistake, and the person is asked again. */
static bool virshStoreSnapshot(virshControl *ctl, const char *text, void *opaque)
{
    virshSnapshotEdit *edit = opaque;
    const char *now;

    if (edit->stored)
        virDomainSnapshotFree(edit->stored);
    edit->stored = virDomainSnapshotCreateXML(edit->domain, text, edit->flags);
    if (!edit->stored)
        return false;
    now = virDomainSnapshotGetName(edit->stored);
    if (edit->mayChange || g_str_equal(edit->name, now))
        return true;
    virshError(ctl, "must use --rename or --clone to change %s to %s", edit->name, now);
    if (virDomainSnapshotDelete(edit->stored, VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY) < 0)
        virshReportFailure(ctl);
    virDomainSnapshotFree(g_steal_pointer(&edit->stored));
    return false;
}

/* Another name after --rename leaves the old one behind, which then goes. */
static bool virshSnapshotEdited(virshControl *ctl, const virshArguments *arguments,
                                virDomainSnapshotPtr old, virshSnapshotEdit *edit)
{
    const char *now = virDomainSnapshotGetName(edit->stored);

    if (g_str_equal(edit->name, now)) {
        virshExtra(ctl, "Snapshot %s edited.\n", now);
        return true;
    }
    if (virshFlag(arguments, "clone")) {
        virshExtra(ctl, "Snapshot %s cloned to %s.\n", edit->name, now);
        return true;
    }
    if (virDomainSnapshotDelete(old, VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY) < 0) {
        virshError(ctl, "Failed to clean up %s", edit->name);
        return false;
    }
    virshExtra(ctl, "Snapshot %s renamed to %s\n", edit->name, now);
    return true;
}

bool shellSnapshotEdit(virshControl *ctl, const virshArguments *arguments)
{
    virshSnapshotEdit edit = { .flags = VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE };
    const char *name = NULL;
    g_autofree char *text = NULL;
    g_autoptr(virshDomain) domain = NULL;
    g_autoptr(virshDomainSnapshot) snapshot = NULL;
    bool good = false;

    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain || !virshString(ctl, arguments, "snapshotname", &name))
        return false;
    if (name)
        snapshot = virDomainSnapshotLookupByName(domain, name, 0);
    else
        snapshot = virshFindSnapshot(ctl, arguments, "snapshotname", NULL);
    text = snapshot ? virDomainSnapshotGetXMLDesc(snapshot, VIR_DOMAIN_SNAPSHOT_XML_SECURE) : NULL;
    if (!text)
        return false;
    if ((name && virshFlag(arguments, "current")) ||
        (!name && virDomainSnapshotIsCurrent(snapshot, 0) == 1))
        edit.flags |= VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT;
    edit.domain = domain;
    edit.name = virDomainSnapshotGetName(snapshot);
    edit.mayChange = virshAnyFlag(arguments, "rename clone");
    switch (virshEdit(ctl, text, virshStoreSnapshot, &edit)) {
    case VIRSH_EDIT_FAILED:
        break;
    case VIRSH_EDIT_UNCHANGED:
        virshExtra(ctl, "Snapshot %s XML configuration not changed.\n", edit.name);
        good = true;
        break;
    case VIRSH_EDIT_STORED:
        good = virshSnapshotEdited(ctl, arguments, snapshot, &edit);
        break;
    }
    if (edit.stored)
        virDomainSnapshotFree(edit.stored);
    return good;
}

/* In files of its own: the memory, or any of the disks. */
static const char *virshSnapshotPlace(virshDocument *document)
{
    g_autofree char *memory = NULL;

    if (virshDocumentSelect(document, "/domainsnapshot/disks/disk[@snapshot='external']"))
        return "external";
    virshDocumentSelect(document, "/domainsnapshot");
    memory = virshDocumentValue(document, 0, "string(./memory/@snapshot)");
    return g_strcmp0(memory, "external") == 0 ? "external" : "internal";
}

bool shellSnapshotInfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomainSnapshot) snapshot = NULL;
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *text = NULL;
    g_autofree char *state = NULL;
    g_autofree char *parent = NULL;
    const char *place;
    int metadata;

    snapshot = virshFindSnapshot(ctl, arguments, "snapshotname", NULL);
    text = snapshot ? virDomainSnapshotGetXMLDesc(snapshot, 0) : NULL;
    document = text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
    if (!document)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "name", virDomainSnapshotGetName(snapshot));
    virshPutText(report, "domain", virDomainGetName(virDomainSnapshotGetDomain(snapshot)));
    virshPutBool(report, "current", virDomainSnapshotIsCurrent(snapshot, 0) == 1);
    place = virshSnapshotPlace(document);
    virshDocumentSelect(document, "/domainsnapshot");
    state = virshDocumentValue(document, 0, "string(./state)");
    parent = virshDocumentValue(document, 0, "string(./parent/name)");
    virshPutText(report, "state", state);
    virshPutText(report, "location", g_strcmp0(state, "disk-snapshot") == 0 ? "external" : place);
    virshPutText(report, "parent", parent);
    virshPutInt(report, "children", virDomainSnapshotNumChildren(snapshot, 0));
    virshPutInt(report, "descendants",
                virDomainSnapshotNumChildren(snapshot, VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS));
    metadata = virDomainSnapshotHasMetadata(snapshot, 0);
    if (metadata >= 0)
        virshPutBool(report, "metadata", metadata);
    virshForgetFailure(ctl);
    return virshReportEnd(report);
}

static unsigned int virshSnapshotFilter(const virshArguments *arguments)
{
    static const virshOptionBit bits[] = {
        { "roots", VIR_DOMAIN_SNAPSHOT_LIST_ROOTS },
        { "leaves", VIR_DOMAIN_SNAPSHOT_LIST_LEAVES },
        { "no-leaves", VIR_DOMAIN_SNAPSHOT_LIST_NO_LEAVES },
        { "metadata", VIR_DOMAIN_SNAPSHOT_LIST_METADATA },
        { "no-metadata", VIR_DOMAIN_SNAPSHOT_LIST_NO_METADATA },
        { "inactive", VIR_DOMAIN_SNAPSHOT_LIST_INACTIVE },
        { "active", VIR_DOMAIN_SNAPSHOT_LIST_ACTIVE },
        { "disk-only", VIR_DOMAIN_SNAPSHOT_LIST_DISK_ONLY },
        { "internal", VIR_DOMAIN_SNAPSHOT_LIST_INTERNAL },
        { "external", VIR_DOMAIN_SNAPSHOT_LIST_EXTERNAL },
        { "topological", VIR_DOMAIN_SNAPSHOT_LIST_TOPOLOGICAL },
    };

    return virshOptionBits(arguments, bits, G_N_ELEMENTS(bits));
}

bool shellSnapshotList(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int flags = virshSnapshotFilter(arguments);
    bool tree = virshFlag(arguments, "tree");
    const char *from = NULL;
    virDomainSnapshotPtr *snapshots = NULL;
    g_autoptr(virshDomainSnapshot) start = NULL;
    g_autoptr(GArray) moments = virshMomentsNew();
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    bool good = true;
    int count;

    if (!domain || !virshString(ctl, arguments, "from", &from))
        return false;
    if (from || virshFlag(arguments, "current")) {
        start = from ? virDomainSnapshotLookupByName(domain, from, 0)
                     : virDomainSnapshotCurrent(domain, 0);
        if (!start)
            return false;
        if (virshFlag(arguments, "descendants"))
            flags |= VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS;
        count = virDomainSnapshotListAllChildren(start, &snapshots, flags);
    } else {
        count = virDomainListAllSnapshots(domain, &snapshots, flags);
    }
    if (count < 0)
        return false;
    for (int i = tree && start ? -1 : 0; i < count && good; i++) {
        virDomainSnapshotPtr snapshot = i < 0 ? start : snapshots[i];
        g_autofree char *text = virDomainSnapshotGetXMLDesc(snapshot, 0);

        good = text && virshMomentAdd(ctl, moments, snapshot, virDomainSnapshotGetName(snapshot),
                                      text);
    }
    good = good && virshMomentsPrint(ctl, arguments, moments,
                                     start ? virDomainSnapshotGetName(start) : NULL);
    for (int i = 0; i < count; i++)
        virDomainSnapshotFree(snapshots[i]);
    free(snapshots);
    return good;
}

bool shellSnapshotParent(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomainSnapshot) snapshot =
        virshFindSnapshot(ctl, arguments, "snapshotname", NULL);
    g_autoptr(virshDomainSnapshot) parent = NULL;

    if (!snapshot)
        return false;
    parent = virDomainSnapshotGetParent(snapshot, 0);
    if (!parent) {
        if (virGetLastErrorCode() == VIR_ERR_NO_DOMAIN_SNAPSHOT) {
            virshForgetFailure(ctl);
            virshError(ctl, "snapshot '%s' has no parent", virDomainSnapshotGetName(snapshot));
        }
        return false;
    }
    return virshAnswer(ctl, arguments, "name", virDomainSnapshotGetName(parent));
}
