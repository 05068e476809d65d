/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files and devices of the host that a guest's QEMU opens by itself, as its document names them. */

#include "qemu_files.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Images on images on images; a loop ends here. */
#define DEEPEST 200
/* Where the head of a qcow2 image keeps its version, and place and length of the name of the one below. */
#define QCOW2_HEAD 20
#define QCOW2_NAME_MOST 1023

static void
freeFile(gpointer opaque)
{
    qemuFile *file = opaque;

    g_free(file->path);
    g_free(file->what);
    g_free(file);
}

/* Notes a file; without a path there is none. `file` has the rest. */
static void
add(GPtrArray *files, const char *path, const char *what, qemuFile file)
{
    if (!path)
        return;
    file.path = g_strdup(path);
    file.what = g_strdup(what);
    g_ptr_array_add(files, g_memdup2(&file, sizeof(file)));
}

const char *
qemuFileOfSource(const virDocDomainStorageSource *source)
{
    switch (source->type) {
    case VIR_DOC_DOMAIN_STORAGE_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_FILE:
        return source->sourceFile;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK:
        return source->sourceDev;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_DIR:
        return source->sourceDir;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VOLUME:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NVME:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTUSER:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTVDPA:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_CTL:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_LAST:
        break;
    }
    return NULL;
}

/* The file that a qcow2 image lies on; NULL: none, or it is no such image. */
static char *
imageBelow(const char *path)
{
    guint8 head[QCOW2_HEAD];
    char name[QCOW2_NAME_MOST + 1];
    guint64 place;
    guint32 length;
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool found = fd >= 0 && pread(fd, head, sizeof(head), 0) == sizeof(head) &&
                 memcmp(head, "QFI\xfb", 4) == 0;

    if (found) {
        memcpy(&place, head + 8, sizeof(place));
        memcpy(&length, head + 16, sizeof(length));
        place = GUINT64_FROM_BE(place);
        length = GUINT32_FROM_BE(length);
        found = place && length && length <= QCOW2_NAME_MOST && place < G_MAXINT64 &&
                pread(fd, name, length, (off_t) place) == (ssize_t) length;
        name[found ? length : 0] = '\0';
    }
    if (fd >= 0)
        close(fd);
    /* Other addresses than names of files have a scheme. */
    if (!found || g_str_has_prefix(name, "json:") || strstr(name, "://"))
        return NULL;
    return g_canonicalize_filename(name, folder);
}

static void
addBelow(GPtrArray *files, const virDocDomainDisk *disk, const char *path, const char *what)
{
    const virDocDomainBackingStore *below = disk->backingStore;
    g_autofree char *image = NULL;

    if (below) {
        for (; below; below = below->backingStore)
            add(files, qemuFileOfSource(&below->storage), what, (qemuFile) { .read = true });
        return;
    }
    if (disk->driverType != VIR_DOC_DOMAIN_STORAGE_FORMAT_QCOW2)
        return;
    image = imageBelow(path);
    for (int depth = 0; image && depth < DEEPEST; depth++) {
        g_autofree char *next = imageBelow(image);

        /* Whoever made the image may not choose whose files are given away. */
        add(files, image, what, (qemuFile) { .read = true, .kept = true });
        g_free(image);
        image = g_steal_pointer(&next);
    }
}

static void
addDisk(GPtrArray *files, const virDocDomainDisk *disk)
{
    const char *path = qemuFileOfSource(&disk->storage);
    g_autofree char *what = g_strdup_printf("disk '%s'", disk->targetDev);
    bool kept = false, read;

    if (!path)
        return;
    for (size_t i = 0; i < disk->storage.nsourceSeclabels; i++)
        kept |= disk->storage.sourceSeclabels[i]->relabel == VIR_DOC_SWITCH_OFF;
    read = disk->readonly || disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM;
    add(files, path, what, (qemuFile) { .write = !read, .read = read, .kept = kept });
    addBelow(files, disk, path, what);
}

GPtrArray *
qemuFilesOfDisk(const virDocDomainDisk *disk)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(freeFile);

    addDisk(files, disk);
    return files;
}

static void
addCharacter(GPtrArray *files, const virDocDomainCharacter *character, const char *kind)
{
    const virDocDomainCharacterSource *source = &character->source;
    g_autofree char *log = g_strdup_printf("the log of %s", kind);

    add(files, source->logFile, log, (qemuFile) { .write = true, .made = true });
    if (source->type == VIR_DOC_DOMAIN_CHARACTER_TYPE_FILE)
        add(files, source->sourcePath, kind, (qemuFile) { .write = true, .made = true });
    else if (source->type == VIR_DOC_DOMAIN_CHARACTER_TYPE_DEV)
        add(files, source->sourcePath, kind, (qemuFile) { .write = true });
}

static void
addCharacters(GPtrArray *files, const virDocDomain *document)
{
    const struct {
        virDocDomainCharacter **all;
        size_t count;
        const char *kind;
    } kinds[] = {
        { document->serials, document->nserials, "serial" },
        { document->parallels, document->nparallels, "parallel" },
        { document->consoles, document->nconsoles, "console" },
        { document->channels, document->nchannels, "channel" },
    };

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        for (size_t i = 0; i < kinds[k].count; i++) {
            g_autofree char *what = g_strdup_printf("%s %zu", kinds[k].kind, i);

            addCharacter(files, kinds[k].all[i], what);
        }
    }
}

/* What the machine boots from. */
static void
addBoot(GPtrArray *files, const virDocDomainOs *os)
{
    const struct {
        const char *path, *what;
        bool write;
    } parts[] = {
        { os->kernel, "<kernel>", false },
        { os->initrd, "<initrd>", false },
        { os->dtb, "<dtb>", false },
        { os->loader ? os->loader->path : NULL, "<loader>", false },
        { os->nvram ? os->nvram->path : NULL, "<nvram>", true },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        add(files, parts[i].path, parts[i].what, (qemuFile) {
            .write = parts[i].write, .made = parts[i].write, .read = !parts[i].write,
        });
}

GPtrArray *
qemuFilesOf(const virDocDomain *document)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(freeFile);

    if (document->os)
        addBoot(files, document->os);
    for (size_t i = 0; i < document->ndisks; i++)
        addDisk(files, document->disks[i]);
    addCharacters(files, document);
    for (size_t i = 0; i < document->nrngs; i++) {
        const virDocDomainRngBackend *backend = document->rngs[i]->backend;

        if (backend && backend->model == VIR_DOC_DOMAIN_RNG_BACKEND_MODEL_RANDOM)
            add(files, backend->path, "rng", (qemuFile) { .read = true, .kept = true });
    }
    for (size_t i = 0; i < document->ninputs; i++) {
        add(files, document->inputs[i]->sourceEvdev, "input", (qemuFile) { .write = true });
        add(files, document->inputs[i]->sourceDev, "input", (qemuFile) { .write = true });
    }
    for (size_t i = 0; i < document->nmemoryDevices; i++)
        add(files, document->memoryDevices[i]->sourcePath, "memory", (qemuFile) { .write = true });
    if (document->type == VIR_DOC_DOMAIN_TYPE_KVM)
        add(files, "/dev/kvm", "type='kvm'", (qemuFile) { .write = true, .kept = true });
    return files;
}
