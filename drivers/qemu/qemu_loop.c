/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The thread of a host that listens to its guests. */

#include "qemu_loop.h"

struct qemuLoop {
    GMainContext *context;
    GMainLoop *loop;
    GThread *thread;
};

static gpointer
run(gpointer opaque)
{
    qemuLoop *loop = opaque;

    g_main_context_push_thread_default(loop->context);
    g_main_loop_run(loop->loop);
    g_main_context_pop_thread_default(loop->context);
    return NULL;
}

qemuLoop *
qemuLoopNew(void)
{
    qemuLoop *loop = g_new0(qemuLoop, 1);

    loop->context = g_main_context_new();
    loop->loop = g_main_loop_new(loop->context, FALSE);
    loop->thread = g_thread_new("qemu-guests", run, loop);
    return loop;
}

static gboolean
quit(gpointer opaque)
{
    g_main_loop_quit(opaque);
    return G_SOURCE_REMOVE;
}

void
qemuLoopFree(qemuLoop *loop)
{
    if (!loop)
        return;
    /* From inside the loop: it may not have begun to run yet. */
    qemuLoopLater(loop, 0, quit, loop->loop, NULL);
    g_thread_join(loop->thread);
    g_main_loop_unref(loop->loop);
    g_main_context_unref(loop->context);
    g_free(loop);
}

GSource *
qemuLoopWatch(qemuLoop *loop, int fd, GIOCondition condition, GUnixFDSourceFunc ready,
              void *opaque, GDestroyNotify release)
{
    GSource *source = g_unix_fd_source_new(fd, condition);

    g_source_set_callback(source, G_SOURCE_FUNC(ready), opaque, release);
    g_source_attach(source, loop->context);
    return source;
}

void
qemuLoopLater(qemuLoop *loop, unsigned int milliseconds, GSourceFunc call, void *opaque,
              GDestroyNotify release)
{
    GSource *source = g_timeout_source_new(milliseconds);

    g_source_set_callback(source, call, opaque, release);
    g_source_attach(source, loop->context);
    g_source_unref(source);
}
