/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated client stubs call: one procedure of the protocol over a connection's client. */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>

#include "rpc/client.h"
#include "rpc/client.h"
#include "rpc/wire.h"

/*
 * Encodes `args` (NULL when the procedure has none), waits for the answer and decodes it into `ret`,
 * which then borrows from `reply`: virXdrReaderClear(reply) once the answer was used; on failure it
 * is clear already. Both are NULL when nothing is answered.
 * 0, or -1 with the server's error raised, or the reason why there is no answer.
 */
int remoteCall(virConnectPtr conn, const virWireProcedure *procedure, const void *args, void *ret,
               virXdrReader *reply);

/* File descriptors that went along with a call: the caller closes and frees what came back. */
typedef struct {
    const int *in;      /* sent; they stay the caller's */
    size_t inCount;
    int *out;           /* received, to be freed with g_free(); NULL when there are none */
    size_t outCount;
} remoteFiles;

int remoteCallFds(virConnectPtr conn, const virWireProcedure *procedure, const void *args,
                  void *ret, virXdrReader *reply, remoteFiles *files);

/* The call opens a stream: when it succeeds, `stream` carries data from then on. */
int remoteCallStream(virConnectPtr conn, const virWireProcedure *procedure, const void *args,
                     void *ret, virXdrReader *reply, virStreamPtr stream);

/* The same as remoteCall() over a connection to the administration socket. */
int remoteAdminCall(virAdmConnectPtr conn, const virWireProcedure *procedure, const void *args,
                    void *ret, virXdrReader *reply);

/* Whether the server has a feature (VIR_DRV_FEATURE_...); asked once per connection. */
bool remoteHasFeature(virConnectPtr conn, int feature);

/* What the generated table of events says: how a message becomes an event of the connection. */
typedef struct {
    const virWireProcedure *procedure;
    void (*receive)(virConnectPtr conn, const void *message);
} remoteEvent;

/* remoteCall() without a connection. */
int remoteClientCall(virClient *client, const virWireProcedure *procedure, const void *args,
                     void *ret, virXdrReader *reply);
/* Tells the server that nothing more comes, and waits a little for its answer. */
void remoteClientSayGoodbye(virClient *client, const virWireProcedure *procedure);

/* remoteCall() without a connection. */
int remoteClientCall(virClient *client, const virWireProcedure *procedure, const void *args,
                     void *ret, virXdrReader *reply);
/* Tells the server that nothing more comes, and waits a little for its answer. */
void remoteClientSayGoodbye(virClient *client, const virWireProcedure *procedure);
