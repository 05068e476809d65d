/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A place that has QEMU guests: the machine, a user's session, or the folder of a program. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "conf/objects.h"
#include "qemu_settings.h"
#include "runtime/event.h"

typedef struct qemuDomain qemuDomain;
typedef struct qemuEmulators qemuEmulators;
typedef struct qemuLoop qemuLoop;

/* Where a host keeps what it knows. */
typedef struct {
    char *config;               /* definitions, and links to those that start by themselves */
    char *run;                  /* what is true as long as guests run */
    char *state;                /* sockets of guests, saved images */
    char *cache;                /* what can be found out again */
    char *log;
} qemuFolders;

/* What control groups share out. */
typedef enum {
    QEMU_CGROUP_CPU,
    QEMU_CGROUP_CPUACCT,
    QEMU_CGROUP_CPUSET,
    QEMU_CGROUP_MEMORY,
    QEMU_CGROUP_DEVICES,
    QEMU_CGROUP_BLKIO,
    QEMU_CGROUP_LAST
} qemuCgroupController;

/* Where groups of guests are made. */
typedef struct {
    bool unified;               /* one tree for all controllers (version 2) */
    char *base[QEMU_CGROUP_LAST];   /* folder of a controller; NULL: it can't be used */
    char *why[QEMU_CGROUP_LAST];    /* if so */
} qemuCgroups;

typedef struct {
    char *path;                 /* of the URI; with the root for /embed */
    char *root;                 /* of an embedded host; NULL otherwise */
    int refs;                   /* connections, and the daemon; guarded by the lock of the registry */
    int lock;                   /* descriptor of the file that keeps other processes out */
    qemuFolders folders;
    qemuSettings settings;      /* of qemu.conf, read once */
    qemuCgroups cgroups;
    qemuEmulators *emulators;
    qemuLoop *loop;
    virEventState *events;
    virConfObjects domains;     /* of qemuDomain, counted and locked one by one */
} qemuHost;

/* The host behind a connection of this driver. */
qemuHost *qemuHostOf(virConnectPtr conn);

/* Where the host of a URI's path keeps its files; false with an error raised. */
bool qemuFoldersFind(qemuHost *host);
/* Makes the folders; false with an error raised. */
bool qemuFoldersMake(const qemuHost *host);
void qemuFoldersClear(qemuFolders *folders);
