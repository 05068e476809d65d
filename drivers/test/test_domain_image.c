/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that hold a guest of the test hypervisor: written whole or not at all, read with suspicion. */

#include "test_domain_image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "document/tree.h"
#include "runtime/error.h"

#define VERSION 1
#define PAUSED 1U

static const char magic[16] = "LibvirtTestGuest";

typedef struct {
    char magic[sizeof(magic)];
    guint32 version;
    guint32 kind;
    guint32 flags;
    guint32 length;
} Header;

G_STATIC_ASSERT(sizeof(Header) == 32);

void
testImageFree(testImage *image)
{
    if (!image)
        return;
    g_free(image->xml);
    g_free(image);
}

/* Writes all or -1 with errno. */
static int
writeAll(int fd, const void *data, size_t size)
{
    const char *rest = data;

    while (size > 0) {
        ssize_t done = write(fd, rest, size);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return -1;
        rest += done;
        size -= (size_t) done;
    }
    return 0;
}

/* How many bytes came before the end, or -1 with errno. */
static ssize_t
readAll(int fd, void *data, size_t size)
{
    char *rest = data;
    size_t left = size;

    while (left > 0) {
        ssize_t done = read(fd, rest, left);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return -1;
        if (done == 0)
            break;
        rest += done;
        left -= (size_t) done;
    }
    return (ssize_t) (size - left);
}

static int
writeImage(int fd, testImageKind kind, const testImage *image, bool bypassCache)
{
    size_t length = strlen(image->xml);
    Header header = {
        .version = GUINT32_TO_LE(VERSION),
        .kind = GUINT32_TO_LE((guint32) kind),
        .flags = GUINT32_TO_LE(image->paused ? PAUSED : 0),
        .length = GUINT32_TO_LE((guint32) length),
    };

    memcpy(header.magic, magic, sizeof(magic));
    if (writeAll(fd, &header, sizeof(header)) < 0 || writeAll(fd, image->xml, length) < 0)
        return -1;
    /* Pipes and devices cannot be flushed to a disk. */
    if (fsync(fd) < 0 && errno != EINVAL && errno != EROFS)
        return -1;
    if (bypassCache)
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return 0;
}

/* Makes the new name in a folder survive a power failure. */
static void
flushFolder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

/* Something that must not be replaced by a file: a device, a pipe. */
static bool
isDevice(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

int
testImageWrite(const char *path, testImageKind kind, const testImage *image, bool bypassCache,
               const char *what, const gint *aborted)
{
    bool direct = isDevice(path);
    g_autofree char *name = direct ? g_strdup(path) : g_strdup_printf("%s.XXXXXX", path);
    int fd = direct ? open(name, O_WRONLY | O_CLOEXEC | O_NONBLOCK) :
        g_mkstemp_full(name, O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    int failure = 0;

    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_TEST, errno, "%s", what);
        return -1;
    }
    if (writeImage(fd, kind, image, bypassCache) < 0)
        failure = errno;
    if (close(fd) < 0 && !failure)
        failure = errno;
    if (!failure && aborted && g_atomic_int_get(aborted))
        failure = ECANCELED;
    if (!failure && !direct && rename(name, path) < 0)
        failure = errno;
    if (failure) {
        if (!direct)
            unlink(name);
        if (failure == ECANCELED)
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_ABORTED, "%s: the job was aborted",
                          what);
        else
            virErrorRaiseSystem(VIR_FROM_TEST, failure, "%s", what);
        return -1;
    }
    if (!direct)
        flushFolder(path);
    return 0;
}

static const char *
kindWord(guint32 kind)
{
    return kind == TEST_IMAGE_DUMP ? "a core dump" : "a saved state";
}

/* Whether the head of a file is one of ours; the document's length then is within its limit. */
static bool
headerFits(const Header *header, testImageKind kind, const char *path)
{
    if (memcmp(header->magic, magic, sizeof(magic)) != 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "'%s' is no image of the test hypervisor: wrong magic", path);
    } else if (GUINT32_FROM_LE(header->version) != VERSION) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "image '%s' is of version %u, expected %d", path,
                      GUINT32_FROM_LE(header->version), VERSION);
    } else if (GUINT32_FROM_LE(header->kind) != (guint32) kind) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "image '%s' is not %s (kind %u)", path,
                      kindWord((guint32) kind), GUINT32_FROM_LE(header->kind));
    } else if (GUINT32_FROM_LE(header->flags) & ~PAUSED) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "image '%s' has unknown flags 0x%x", path, GUINT32_FROM_LE(header->flags));
    } else if (header->length == 0 || GUINT32_FROM_LE(header->length) > VIR_DOC_SIZE_MAX) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "the document in image '%s' has %u bytes, expected 1 to %d", path,
                      GUINT32_FROM_LE(header->length), VIR_DOC_SIZE_MAX);
    } else {
        return true;
    }
    return false;
}

/* The document behind a header, NUL-terminated; NULL with an error raised. */
static char *
readDocument(int fd, size_t length, const char *path)
{
    g_autofree char *xml = g_malloc(length + 1);
    ssize_t got = readAll(fd, xml, length);
    char rest;

    if (got < 0) {
        virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot read domain image '%s'", path);
        return NULL;
    }
    if ((size_t) got < length) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_SYSTEM_ERROR,
                      "image '%s' ends within its document: %zd bytes of %zu", path, got, length);
        return NULL;
    }
    if (readAll(fd, &rest, 1) != 0 || memchr(xml, '\0', length)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "image '%s' does not end with its document of %zu bytes", path, length);
        return NULL;
    }
    xml[length] = '\0';
    return g_steal_pointer(&xml);
}

static testImage *
readImage(int fd, testImageKind kind, const char *path)
{
    testImage *image;
    Header header;
    ssize_t got = readAll(fd, &header, sizeof(header));
    char *xml;

    if (got < 0) {
        virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot read domain image '%s'", path);
        return NULL;
    }
    if ((size_t) got < sizeof(header)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_SYSTEM_ERROR,
                      "image '%s' ends within its header: %zd bytes of %zu", path, got,
                      sizeof(header));
        return NULL;
    }
    if (!headerFits(&header, kind, path))
        return NULL;
    xml = readDocument(fd, GUINT32_FROM_LE(header.length), path);
    if (!xml)
        return NULL;
    image = g_new0(testImage, 1);
    image->paused = GUINT32_FROM_LE(header.flags) & PAUSED;
    image->xml = xml;
    return image;
}

testImage *
testImageRead(const char *path, testImageKind kind, bool bypassCache)
{
    /* A pipe without a writer must not hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    testImage *image;

    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot read domain image '%s'", path);
        return NULL;
    }
    image = readImage(fd, kind, path);
    if (bypassCache)
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
    return image;
}
