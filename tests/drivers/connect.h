/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of the test hypervisor share: connections, and the error a call ended with. */

#pragma once

#include <stdbool.h>
#include <string.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static inline void
ignoreError(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

/* A connection, with errors kept off the terminal. */
static inline virConnectPtr
mustOpen(const char *uri)
{
    virConnectPtr conn;

    virSetErrorFunc(NULL, ignoreError);
    conn = virConnectOpen(uri);
    if (!conn)
        g_error("%s: %s", uri, virGetLastErrorMessage());
    return conn;
}

/* The last call failed in this way. */
#define assertError(from, number)                                              \
    do {                                                                       \
        g_assert_nonnull(virGetLastError());                                   \
        g_assert_cmpint(virGetLastError()->code, ==, (number));                \
        g_assert_cmpint(virGetLastError()->domain, ==, (from));                \
    } while (0)

/* The same, and the message says `part`. */
#define assertMessage(from, number, part)                                      \
    do {                                                                       \
        assertError(from, number);                                             \
        if (!strstr(virGetLastErrorMessage(), (part)))                         \
            g_error("'%s' does not say '%s'", virGetLastErrorMessage(), part); \
    } while (0)

/* The call succeeded, else the test ends with what it said. */
#define assertDone(call)                                                       \
    do {                                                                       \
        if ((call) < 0)                                                        \
            g_error("%s: %s", #call, virGetLastErrorMessage());                \
    } while (0)
