/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Images of saved guests: a head, the document, and what QEMU wrote. */

#define _GNU_SOURCE 1

#include "qemu_image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "document/head.h"
#include "runtime/error.h"

#define VERSION 2
/* Documents take a multiple of this. */
#define ROOM 4096

static bool
writeAll(int fd, const void *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t put = write(fd, (const char *) bytes + done, length - done);

        if (put < 0 && errno != EINTR)
            return false;
        done += put > 0 ? (size_t) put : 0;
    }
    return true;
}

static bool
readAll(int fd, void *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t got = read(fd, (char *) bytes + done, length - done);

        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        done += got > 0 ? (size_t) got : 0;
    }
    return true;
}

/* The document may be changed later: there is room behind it. */
static size_t
roomFor(const char *document)
{
    return (strlen(document) + 1 + ROOM) & ~(size_t) (ROOM - 1);
}

/* Writes head and document part at the beginning of the file; false with errno set. */
static bool
writeBegin(int fd, const virDocSaveImageHead *head, const char *documents)
{
    g_autofree char *bytes = g_malloc(virDocSaveImageHeadRecord.bytes);

    virDocHeadWrite(&virDocSaveImageHeadRecord, head, bytes);
    return lseek(fd, 0, SEEK_SET) == 0 && writeAll(fd, bytes, virDocSaveImageHeadRecord.bytes) &&
           (!documents || writeAll(fd, documents, head->length));
}

int
qemuImageBegin(const char *path, const char *document, bool running)
{
    const virDocSaveImageHead head = {
        .magic = VIR_DOC_SAVE_IMAGE_MAGIC_LIBVIRT_QEMUD_PART,
        .version = VERSION,
        .length = (unsigned int) roomFor(document),
        .wasRunning = running,
        .compression = VIR_DOC_SAVE_IMAGE_COMPRESSION_RAW,
    };
    g_autofree char *room = g_malloc0(head.length);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    memcpy(room, document, strlen(document));
    if (fd >= 0 && writeBegin(fd, &head, room))
        return fd;
    virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot write the image '%s'", path);
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
    return -1;
}

/* The head of an image, and the descriptor is behind it; false with an error raised. */
static bool
readHead(int fd, const char *path, virDocSaveImageHead *head)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *bytes = g_malloc0(virDocSaveImageHeadRecord.bytes);
    g_autofree char *problem = NULL;
    g_autoptr(virDocSaveImageHead) found = NULL;

    if (lseek(fd, 0, SEEK_SET) != 0 || !readAll(fd, bytes, virDocSaveImageHeadRecord.bytes)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the image '%s' ends within its head", path);
        return false;
    }
    found = virDocHeadRead(&virDocSaveImageHeadRecord, bytes, virDocSaveImageHeadRecord.bytes, issues);
    if (!found) {
        problem = virDocIssuesFormat(issues);
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "'%s' is no image of a saved guest: %s", path, problem);
        return false;
    }
    *head = *found;
    return true;
}

/* Whether this driver can restore it; else raises. */
static bool
isUsable(const virDocSaveImageHead *head, const char *path)
{
    if (head->magic == VIR_DOC_SAVE_IMAGE_MAGIC_LIBVIRT_QEMUD_PART)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the image '%s' is incomplete: saving did not come to its end", path);
    else if (head->version != VERSION || head->compression != VIR_DOC_SAVE_IMAGE_COMPRESSION_RAW)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the image '%s' has version %u and compression '%s', this driver restores "
                      "version %d and 'raw'", path, head->version,
                      virDocSaveImageCompressionToString(head->compression), VERSION);
    else if (head->cookie >= head->length)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the cookie of the image '%s' begins at %u, behind the %u bytes of its "
                      "documents", path, head->cookie, head->length);
    else
        return true;
    return false;
}

bool
qemuImageComplete(int fd, const char *path)
{
    virDocSaveImageHead head;

    if (!readHead(fd, path, &head))
        return false;
    head.magic = VIR_DOC_SAVE_IMAGE_MAGIC_LIBVIRT_QEMUD_SAVE;
    if (writeBegin(fd, &head, NULL) && fsync(fd) == 0)
        return true;
    virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot complete the image '%s'", path);
    return false;
}

int
qemuImageOpen(const char *path, virDocSaveImageHead *head, char **document)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot open the image '%s'", path);
        return -1;
    }
    if (readHead(fd, path, head) && isUsable(head, path)) {
        *document = g_malloc(head->length + 1);
        (*document)[head->length] = '\0';
        if (readAll(fd, *document, head->length))
            return fd;
        g_clear_pointer(document, g_free);
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the image '%s' ends within its document", path);
    }
    close(fd);
    return -1;
}

bool
qemuImageChange(const char *path, const char *document, bool running)
{
    g_autofree char *documents = NULL;
    virDocSaveImageHead head;
    unsigned int room;
    int fd = qemuImageOpen(path, &head, &documents);
    bool done = false;

    if (fd < 0)
        return false;
    close(fd);
    /* A cookie stays where it is. */
    room = head.cookie ? head.cookie : head.length;
    if (strlen(document) >= room) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the new document does not fit into the image '%s': it takes %zu bytes, %u "
                      "are there", path, strlen(document) + 1, room);
        return false;
    }
    memset(documents, 0, room);
    memcpy(documents, document, strlen(document));
    head.wasRunning = running;
    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        done = writeBegin(fd, &head, documents) && fsync(fd) == 0;
        close(fd);
    }
    if (!done)
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot change the image '%s'", path);
    return done;
}
