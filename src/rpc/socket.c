/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A connected socket, or what stands in its place: bytes in and out, file descriptors beside them. */

#define _GNU_SOURCE 1

#include "rpc/socket.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long a program behind a transport may take to end by itself, in milliseconds. */
#define CHILD_GRACE 200
#define COMPLAINT_MAX 1024

void
virSocketInit(virSocket *socket, int fd)
{
    memset(socket, 0, sizeof(*socket));
    socket->fd = fd;
    socket->errorFd = -1;
}

/* Its input is closed, so it should end; what does not is told to. */
static void
endChild(GPid child)
{
    int waited;

    for (waited = 0; waited < CHILD_GRACE; waited += 10) {
        if (waitpid(child, NULL, WNOHANG) != 0)
            return;
        g_usleep(10 * 1000);
    }
    kill(child, SIGTERM);
    for (waited = 0; waited < CHILD_GRACE; waited += 10) {
        if (waitpid(child, NULL, WNOHANG) != 0)
            return;
        g_usleep(10 * 1000);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

void
virSocketClear(virSocket *socket)
{
    unsigned int i;

    if (socket->layer)
        socket->layer->clear(socket);
    for (i = 0; i < socket->filesCount; i++)
        close(socket->files[i]);
    if (socket->fd >= 0)
        close(socket->fd);
    if (socket->errorFd >= 0)
        close(socket->errorFd);
    if (socket->child)
        endChild(socket->child);
    virSocketInit(socket, -1);
}

/* Keeps the file descriptors of a control message; those beyond the limit are closed: false. */
static bool
keepFiles(virSocket *socket, struct msghdr *header)
{
    struct cmsghdr *control;
    bool fits = !(header->msg_flags & MSG_CTRUNC);

    for (control = CMSG_FIRSTHDR(header); control; control = CMSG_NXTHDR(header, control)) {
        const unsigned char *data = CMSG_DATA(control);
        size_t i, count;

        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
            continue;
        count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (i = 0; i < count; i++) {
            int file;

            memcpy(&file, data + i * sizeof(file), sizeof(file));
            if (socket->filesCount < VIR_MESSAGE_FILES_MAX) {
                socket->files[socket->filesCount++] = file;
            } else {
                close(file);
                fits = false;
            }
        }
    }
    return fits;
}

void
virSocketWait(virSocket *socket)
{
    struct pollfd ready = { .fd = socket->fd, .events = POLLIN };

    /* Whatever ends it, receiving says why. */
    poll(&ready, 1, -1);
}

ssize_t
virSocketReceive(virSocket *socket, void *data, size_t size, bool *more)
{
    /* Aligned for the control message inside. */
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * VIR_MESSAGE_FILES_MAX)];
    } control;
    struct iovec part = { .iov_base = data, .iov_len = size };
    struct msghdr header = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control.bytes,
        .msg_controllen = sizeof(control.bytes),
    };
    ssize_t got;

    *more = false;
    if (socket->layer) {
        *more = true;
        return socket->layer->receive(socket, data, size);
    }
    if (!socket->local)
        return recv(socket->fd, data, size, MSG_DONTWAIT);
    got = recvmsg(socket->fd, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (got > 0 && header.msg_controllen) {
        /* The kernel stops behind what a descriptor came with. */
        *more = true;
        if (!keepFiles(socket, &header)) {
            errno = EMFILE;
            return -1;
        }
    }
    return got;
}

ssize_t
virSocketSend(virSocket *socket, const void *data, size_t size)
{
    if (socket->layer)
        return socket->layer->send(socket, data, size);
    return send(socket->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
}

ssize_t
virSocketSendFile(virSocket *socket, int file)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    char byte = 0;
    struct iovec part = { .iov_base = &byte, .iov_len = 1 };
    struct msghdr header = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control.bytes,
        .msg_controllen = sizeof(control.bytes),
    };
    struct cmsghdr *first;

    memset(&control, 0, sizeof(control));
    first = CMSG_FIRSTHDR(&header);
    first->cmsg_level = SOL_SOCKET;
    first->cmsg_type = SCM_RIGHTS;
    first->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(first), &file, sizeof(file));
    return sendmsg(socket->fd, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
}

int
virSocketTakeFile(virSocket *socket)
{
    int file;

    if (!socket->filesCount)
        return -1;
    file = socket->files[0];
    socket->filesCount--;
    memmove(socket->files, socket->files + 1, socket->filesCount * sizeof(int));
    return file;
}

char *
virSocketComplaint(virSocket *socket)
{
    char text[COMPLAINT_MAX];
    ssize_t got = -1;

    if (socket->errorFd >= 0) {
        struct pollfd ready = { .fd = socket->errorFd, .events = POLLIN };

        if (poll(&ready, 1, CHILD_GRACE) > 0)
            got = read(socket->errorFd, text, sizeof(text) - 1);
    }
    if (got < 0)
        got = 0;
    text[got] = 0;
    return g_strchomp(g_utf8_make_valid(text, got));
}
