/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands of storage volumes that need more than one call. */

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/commands.h"
#include "client/completers.h"
#include "client/compose.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/report.h"
#include "client/stream.h"

/* A size in bytes or with a unit. */
static bool virshVolumeSize(virshControl *ctl, const char *text, unsigned long long *bytes)
{
    const char *suffix = NULL;

    if (virshSizeText(text, 1, bytes, &suffix))
        return true;
    virshError(ctl, "Malformed size %s", text);
    if (suffix)
        virshError(ctl, "invalid argument: unknown suffix '%s'", suffix);
    return false;
}

/* The volume that another one is based on: in the same pool, or anywhere by key or path. */
static virStorageVolPtr virshBackingVolume(virshControl *ctl, virStoragePoolPtr pool,
                                           const char *word)
{
    virStorageVolPtr volume = virStorageVolLookupByName(pool, word);

    if (!volume) {
        virshForgetFailure(ctl);
        volume = virStorageVolLookupByKey(ctl->connection, word);
    }
    if (!volume) {
        virshForgetFailure(ctl);
        volume = virStorageVolLookupByPath(ctl->connection, word);
    }
    if (volume)
        virshForgetFailure(ctl);
    else
        virshError(ctl, "failed to get vol '%s'", word);
    return volume;
}

/* The document of vol-create-as; NULL after reporting. */
static char *virshVolumeDocument(virshControl *ctl, const virshArguments *arguments,
                                 virStoragePoolPtr pool)
{
    const char *backing = virshText(arguments, "backing-vol");
    const char *allocation = virshText(arguments, "allocation");
    unsigned long long capacity = 0, allocated = 0;
    g_autoptr(GString) out = g_string_new(NULL);

    if (!virshVolumeSize(ctl, virshText(arguments, "capacity"), &capacity) ||
        (allocation && !virshVolumeSize(ctl, allocation, &allocated)))
        return NULL;
    virshCompose(out, "<volume>\n  <name>%s</name>\n  <capacity>%llu</capacity>\n",
                 virshText(arguments, "name"), capacity);
    if (allocation)
        g_string_append_printf(out, "  <allocation>%llu</allocation>\n", allocated);
    virshComposeIf(out, "  <target>\n    <format type='%s'/>\n  </target>\n",
                   virshText(arguments, "format"));
    if (backing) {
        g_autoptr(virshStorageVol) volume = virshBackingVolume(ctl, pool, backing);
        g_autofree char *path = volume ? virStorageVolGetPath(volume) : NULL;

        if (!path)
            return NULL;
        virshCompose(out, "  <backingStore>\n    <path>%s</path>\n", path);
        virshComposeIf(out, "    <format type='%s'/>\n",
                       virshText(arguments, "backing-vol-format"));
        g_string_append(out, "  </backingStore>\n");
    }
    g_string_append(out, "</volume>\n");
    return g_string_free(g_steal_pointer(&out), /* free_segment= */ FALSE);
}

bool shellVolCreateAs(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshStoragePool) pool = virshFindPool(ctl, arguments, "pool", NULL);
    g_autoptr(virshStorageVol) volume = NULL;
    g_autofree char *text = NULL;
    const char *name = NULL;
    unsigned int flags = 0;

    if (!pool || !virshString(ctl, arguments, "name", &name))
        return false;
    text = virshVolumeDocument(ctl, arguments, pool);
    if (!text)
        return false;
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    if (virshFlag(arguments, "prealloc-metadata"))
        flags |= VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA;
    volume = virStorageVolCreateXML(pool, text, flags);
    if (!volume) {
        virshError(ctl, "Failed to create vol %s", name);
        return false;
    }
    virshExtra(ctl, "Vol %s created\n", name);
    return true;
}

/* The document of a copy: that of the volume under another name. */
static char *virshCloneDocument(virshControl *ctl, virStorageVolPtr volume, const char *name)
{
    g_autofree char *text = virStorageVolGetXMLDesc(volume, 0);
    g_autoptr(virshDocument) document = NULL;

    document = text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
    if (!document)
        return NULL;
    if (virshDocumentSelect(document, "/volume/name") != 1) {
        virshError(ctl, "Failed to allocate XML buffer");
        return NULL;
    }
    virshDocumentSetContent(document, 0, name);
    virshDocumentSelect(document, "/volume");
    return virshDocumentText(document, 0);
}

bool shellVolClone(virshControl *ctl, const virshArguments *arguments)
{
    const char *typed = NULL, *name = NULL;
    g_autoptr(virshStorageVol) volume = virshFindVolume(ctl, arguments, "vol", &typed);
    g_autoptr(virshStoragePool) pool = NULL;
    g_autoptr(virshStorageVol) copy = NULL;
    g_autofree char *text = NULL;
    unsigned int flags = 0;

    if (!volume)
        return false;
    pool = virStoragePoolLookupByVolume(volume);
    if (!pool) {
        virshError(ctl, "failed to get parent pool");
        return false;
    }
    if (!virshString(ctl, arguments, "newname", &name))
        return false;
    text = virshCloneDocument(ctl, volume, name);
    if (!text)
        return false;
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    flags |= virshFlag(arguments, "prealloc-metadata") ? VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA
                                                       : 0;
    flags |= virshFlag(arguments, "reflink") ? VIR_STORAGE_VOL_CREATE_REFLINK : 0;
    copy = virStorageVolCreateXMLFrom(pool, text, volume, flags);
    if (!copy) {
        virshError(ctl, "Failed to clone vol from %s", virStorageVolGetName(volume));
        return false;
    }
    virshExtra(ctl, "Vol %s cloned from %s\n", virStorageVolGetName(copy),
               virStorageVolGetName(volume));
    return true;
}

bool shellVolPool(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshStorageVol) volume = virshFindVolumeByKey(ctl, arguments, "vol", NULL);
    g_autoptr(virshStoragePool) pool = NULL;
    g_autoptr(virshReport) report = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN];

    if (!volume)
        return false;
    pool = virStoragePoolLookupByVolume(volume);
    if (!pool) {
        virshError(ctl, "failed to get parent pool");
        return false;
    }
    if (virStoragePoolGetUUIDString(pool, uuid) < 0)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "name", virStoragePoolGetName(pool));
    virshPutText(report, "uuid", uuid);
    return virshReportEnd(report);
}

bool shellVolResize(virshControl *ctl, const virshArguments *arguments)
{
    const char *size = NULL;
    unsigned long long capacity = 0;
    unsigned int flags = 0;
    bool delta = virshFlag(arguments, "delta");
    g_autoptr(virshStorageVol) volume = virshFindVolume(ctl, arguments, "vol", NULL);

    if (!volume || !virshString(ctl, arguments, "capacity", &size))
        return false;
    flags |= virshFlag(arguments, "allocate") ? VIR_STORAGE_VOL_RESIZE_ALLOCATE : 0;
    flags |= virshFlag(arguments, "shrink") ? VIR_STORAGE_VOL_RESIZE_SHRINK : 0;
    if (*size == '-') {
        if (!virshFlag(arguments, "shrink")) {
            virshError(ctl, "negative size requires --shrink");
            return false;
        }
        size++;
        delta = true;
    }
    flags |= delta ? VIR_STORAGE_VOL_RESIZE_DELTA : 0;
    if (!virshVolumeSize(ctl, size, &capacity))
        return false;
    if (virStorageVolResize(volume, capacity, flags) < 0) {
        virshError(ctl, "Failed to change size of volume '%s' %s %s", virStorageVolGetName(volume),
                   delta ? "by" : "to", size);
        return false;
    }
    virshExtra(ctl, "Size of volume '%s' successfully changed %s %s\n",
               virStorageVolGetName(volume), delta ? "by" : "to", size);
    return true;
}

/* The part of a volume that --offset and --length choose. */
typedef struct {
    unsigned long long offset;
    unsigned long long length;
} virshPart;

static bool virshPartOf(virshControl *ctl, const virshArguments *arguments, virshPart *part)
{
    return virshUlong(ctl, arguments, "offset", &part->offset) &&
           virshUlong(ctl, arguments, "length", &part->length);
}

/* Carries data between a volume and an open file, up into the volume or down from it. */
static bool virshTransfer(virshControl *ctl, virStorageVolPtr volume, const virshPart *part,
                          bool up, bool sparse, int fd)
{
    const char *name = virStorageVolGetName(volume);
    g_autoptr(virshStream) stream = virStreamNew(ctl->connection, 0);
    int opened;

    if (!stream) {
        virshError(ctl, "cannot create a new stream");
        return false;
    }
    opened = up ? virStorageVolUpload(volume, stream, part->offset, part->length,
                                      sparse ? VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM : 0)
                : virStorageVolDownload(volume, stream, part->offset, part->length,
                                        sparse ? VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM : 0);
    if (opened < 0) {
        virshError(ctl, up ? "cannot upload to volume %s" : "cannot download from volume %s", name);
        return false;
    }
    if ((up ? virshFileToStream(stream, fd, sparse) : virshStreamToFile(stream, fd, sparse)) < 0) {
        virshError(ctl, up ? "cannot send data to volume %s" : "cannot receive data from volume %s",
                   name);
        virStreamAbort(stream);
        return false;
    }
    if (virStreamFinish(stream) < 0) {
        virshError(ctl, "cannot close volume %s", name);
        return false;
    }
    return true;
}

bool shellVolDownload(virshControl *ctl, const virshArguments *arguments)
{
    const char *path = NULL;
    virshPart part = { 0 };
    bool sparse = virshFlag(arguments, "sparse");
    bool created = false;
    bool good;
    int fd;
    g_autoptr(virshStorageVol) volume = NULL;

    if (!virshPartOf(ctl, arguments, &part))
        return false;
    volume = virshFindVolume(ctl, arguments, "vol", NULL);
    if (!volume || !virshString(ctl, arguments, "file", &path))
        return false;
    fd = virshCreateFile(path, &created);
    if (fd < 0) {
        virshError(ctl, "cannot create %s", path);
        return false;
    }
    good = virshTransfer(ctl, volume, &part, /* up= */ false, sparse, fd);
    if (good && fsync(fd) < 0 && sparse) {
        virshError(ctl, "cannot close file %s", path);
        good = false;
    }
    if (close(fd) < 0 && good) {
        virshError(ctl, "cannot close file %s", path);
        good = false;
    }
    if (!good && created)
        unlink(path);
    return good;
}

bool shellVolUpload(virshControl *ctl, const virshArguments *arguments)
{
    const char *path = NULL;
    virshPart part = { 0 };
    bool good;
    int fd;
    g_autoptr(virshStorageVol) volume = NULL;

    if (!virshPartOf(ctl, arguments, &part))
        return false;
    volume = virshFindVolume(ctl, arguments, "vol", NULL);
    if (!volume || !virshString(ctl, arguments, "file", &path))
        return false;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        virshError(ctl, "cannot read %s", path);
        return false;
    }
    good = virshTransfer(ctl, volume, &part, /* up= */ true, virshFlag(arguments, "sparse"), fd);
    close(fd);
    return good;
}

void offerVolumeFormat(virshControl *ctl G_GNUC_UNUSED,
                       const virshArguments *arguments G_GNUC_UNUSED, GPtrArray *found,
                       const char *prefix)
{
    virshOfferWords(found, prefix, "raw qcow2 qcow qed vmdk vdi vpc bochs cloop dmg iso cow luks");
}
