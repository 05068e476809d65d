/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Images of saved guests: a head, the document, and what QEMU wrote. */

#define _GNU_SOURCE 1

#include "qemu_image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

#define MAGIC "LibvirtQemudSave"
/* Until the image is complete. */
#define PART "LibvirtQemudPart"
#define VERSION 2
#define DOCUMENT_MAX (16 << 20)
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

int
qemuImageBegin(const char *path, const char *document, bool running)
{
    qemuImageHead head = {
        .version = VERSION,
        .length = (guint32) roomFor(document),
        .wasRunning = running,
    };
    g_autofree char *room = g_malloc0(head.length);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    memcpy(head.magic, PART, sizeof(head.magic));
    memcpy(room, document, strlen(document));
    if (fd >= 0 && writeAll(fd, &head, sizeof(head)) && writeAll(fd, room, head.length))
        return fd;
    virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot write the image '%s'", path);
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
    return -1;
}

bool
qemuImageComplete(int fd, const char *path)
{
    if (pwrite(fd, MAGIC, strlen(MAGIC), 0) == (ssize_t) strlen(MAGIC) && fsync(fd) == 0)
        return true;
    virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot complete the image '%s'", path);
    return false;
}

int
qemuImageOpen(const char *path, qemuImageHead *head, char **document)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot open the image '%s'", path);
        return -1;
    }
    if (readAll(fd, head, sizeof(*head)) && memcmp(head->magic, MAGIC, sizeof(head->magic)) == 0 &&
        head->version == VERSION && head->length > 0 && head->length <= DOCUMENT_MAX &&
        head->compression == 0) {
        *document = g_malloc(head->length + 1);
        (*document)[head->length] = '\0';
        if (readAll(fd, *document, head->length))
            return fd;
        g_clear_pointer(document, g_free);
    }
    if (memcmp(head->magic, PART, sizeof(head->magic)) == 0)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the image '%s' is incomplete: saving did not come to its end", path);
    else
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "'%s' is no image of this driver, or of a version or compression that it "
                      "does not know", path);
    close(fd);
    return -1;
}

bool
qemuImageChange(const char *path, const char *document, bool running)
{
    g_autofree char *before = NULL;
    g_autofree char *room = NULL;
    qemuImageHead head;
    int fd = qemuImageOpen(path, &head, &before);
    bool done = false;

    if (fd < 0)
        return false;
    close(fd);
    if (strlen(document) >= head.length) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the new document does not fit into the image '%s': it takes %zu bytes, %u "
                      "are there", path, strlen(document) + 1, head.length);
        return false;
    }
    room = g_malloc0(head.length);
    memcpy(room, document, strlen(document));
    head.wasRunning = running;
    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        done = writeAll(fd, &head, sizeof(head)) && writeAll(fd, room, head.length) &&
               fsync(fd) == 0;
        close(fd);
    }
    if (!done)
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot change the image '%s'", path);
    return done;
}
