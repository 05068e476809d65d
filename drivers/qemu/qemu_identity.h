/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who a guest's QEMU is: the daemon itself, or a user of its own who owns the guest's files. */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include <glib.h>

#include "document/domain.h"
#include "qemu_driver.h"

typedef struct {
    bool other;                 /* than this process; otherwise nothing below counts */
    bool owns;                  /* it is given the guest's files */
    uid_t user;
    gid_t group;
    char *name;                 /* for people */
    gid_t *groups;              /* further ones */
    int ngroups;
} qemuIdentity;

/*
 * Who runs a guest that starts, by qemu.conf and its document, or who has run it since it started. False
 * with an error raised.
 */
bool qemuIdentityFind(qemuIdentity *identity, const qemuHost *host, const virDocDomain *document,
                      bool running);
void qemuIdentityClear(qemuIdentity *identity);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(qemuIdentity, qemuIdentityClear)

/*
 * Makes this thread alone, or a process that has one thread, that user; false with errno set. Nothing brings
 * it back. Async-signal-safe.
 */
bool qemuIdentityBecome(const qemuIdentity *identity);
/* Writes into a running guest's document who it is. */
void qemuIdentityShow(const qemuIdentity *identity, virDocDomain *document);
