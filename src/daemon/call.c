/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a call owns while it is served. */

#include "daemon/call.h"

#include <unistd.h>

#include <glib.h>

struct virServeRelease {
    virServeRelease *next;
    void *data;
    void (*release)(void *data);
};

void
virServeOwn(virServeCall *call, void *data, void (*release)(void *data))
{
    virServeRelease *one = g_new(virServeRelease, 1);

    one->next = call->releases;
    one->data = data;
    one->release = release;
    call->releases = one;
}

void *
virServeAlloc(virServeCall *call, size_t count, size_t size)
{
    void *data = g_malloc0_n(MAX(count, 1), size);

    virServeOwn(call, data, g_free);
    return data;
}

void
virServeAddFile(virServeCall *call, int fd)
{
    call->filesOut = g_renew(int, call->filesOut, call->filesOutCount + 1);
    call->filesOut[call->filesOutCount++] = fd;
}

void
virServeCallRelease(virServeCall *call)
{
    while (call->releases) {
        virServeRelease *one = call->releases;

        call->releases = one->next;
        one->release(one->data);
        g_free(one);
    }
    virHandleUnref((virHandle *) call->conn);
    virHandleUnref((virHandle *) call->admin);
    call->conn = NULL;
    call->admin = NULL;
}

void
virServeCallClear(virServeCall *call)
{
    size_t i;

    virServeCallRelease(call);
    for (i = 0; i < call->filesOutCount; i++)
        close(call->filesOut[i]);
    g_clear_pointer(&call->filesOut, g_free);
    call->filesOutCount = 0;
}
