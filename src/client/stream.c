/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Carries data between streams of the library and files. */

#define _GNU_SOURCE /* SEEK_DATA, SEEK_HOLE */

#include "client/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int virshCreateFile(const char *path, bool *created)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    *created = fd >= 0;
    if (fd < 0 && errno == EEXIST)
        fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    return fd;
}

static int virshSink(virStreamPtr stream G_GNUC_UNUSED, const char *data, size_t length,
                     void *opaque)
{
    const int *fd = opaque;
    size_t done = 0;

    while (done < length) {
        ssize_t wrote = write(*fd, data + done, length - done);

        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return -1;
        done += (size_t)wrote;
    }
    return (int)done;
}

static int virshSinkHole(virStreamPtr stream G_GNUC_UNUSED, long long length, void *opaque)
{
    const int *fd = opaque;
    off_t end = lseek(*fd, length, SEEK_CUR);

    return end < 0 || ftruncate(*fd, end) < 0 ? -1 : 0;
}

static int virshSource(virStreamPtr stream G_GNUC_UNUSED, char *data, size_t length, void *opaque)
{
    const int *fd = opaque;
    ssize_t got;

    do
        got = read(*fd, data, length);
    while (got < 0 && errno == EINTR);
    return (int)got;
}

/* Whether the file goes on with data or with a hole, and how far; the place stays where it is. */
static int virshSourceHole(virStreamPtr stream G_GNUC_UNUSED, int *inData, long long *length,
                           void *opaque)
{
    const int *fd = opaque;
    off_t here = lseek(*fd, 0, SEEK_CUR);
    off_t data = here < 0 ? -1 : lseek(*fd, here, SEEK_DATA);
    off_t end;

    if (here < 0 || (data < 0 && errno != ENXIO && errno != EINVAL))
        return -1;
    if (data < 0 && errno == ENXIO) {
        /* nothing but a hole up to the end, or the end itself */
        end = lseek(*fd, 0, SEEK_END);
        *inData = 0;
        *length = end > here ? end - here : 0;
    } else if (data < 0 || data == here) {
        /* a file system without holes reports none: all of it is data */
        end = data < 0 ? lseek(*fd, 0, SEEK_END) : lseek(*fd, here, SEEK_HOLE);
        *inData = 1;
        *length = end - here;
        *inData = *length > 0;
    } else {
        *inData = 0;
        *length = data - here;
    }
    return lseek(*fd, here, SEEK_SET) < 0 ? -1 : 0;
}

static int virshSourceSkip(virStreamPtr stream G_GNUC_UNUSED, long long length, void *opaque)
{
    const int *fd = opaque;

    return lseek(*fd, length, SEEK_CUR) < 0 ? -1 : 0;
}

int virshStreamToFile(virStreamPtr stream, int fd, bool sparse)
{
    if (sparse)
        return virStreamSparseRecvAll(stream, virshSink, virshSinkHole, &fd);
    return virStreamRecvAll(stream, virshSink, &fd);
}

int virshFileToStream(virStreamPtr stream, int fd, bool sparse)
{
    if (sparse)
        return virStreamSparseSendAll(stream, virshSource, virshSourceHole, virshSourceSkip, &fd);
    return virStreamSendAll(stream, virshSource, &fd);
}
