/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Migration from peer to peer: the source opens the destination and conducts. */

#include "test_migration_peer.h"

#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/migrate.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "runtime/uri.h"

typedef struct {
    virDomainPtr domain;
    const testMigrationWish *wish;
} Peer;

/* All of it, or -1 with an error raised. */
static int
sendAll(virStreamPtr stream, const unsigned char *bytes, int length)
{
    int at = 0;

    while (at < length) {
        int sent = localStreamSend(stream, (const char *) bytes + at, (size_t) (length - at));

        if (sent <= 0)
            break;
        at += sent;
    }
    if (at == length && localStreamFinish(stream) == 0)
        return 0;
    return -1;
}

/* The Perform phase: a tunnelled guest goes through the stream, another one to its address. */
static int
sendGuest(virStreamPtr stream, const char *uri G_GNUC_UNUSED,
          const virMigrationCookie *in G_GNUC_UNUSED, virMigrationCookie *out, void *opaque)
{
    const Peer *peer = opaque;
    g_autoptr(testMigrationState) state = g_new0(testMigrationState, 1);
    g_autofree unsigned char *bytes = NULL;
    int length;

    if (testMigrationPerform(peer->domain, peer->wish, state) < 0) {
        virErrorPtr error = localSaveLastError();

        if (stream)
            localStreamAbort(stream);
        virErrorRestore(error);
        localFreeError(error);
        return -1;
    }
    bytes = testMigrationStatePrint(state, &length);
    if (stream)
        return sendAll(stream, bytes, length);
    *out = (virMigrationCookie) { g_steal_pointer(&bytes), length };
    return 0;
}

/*
 * The destination, NULL with an error raised. A daemon opens it with its own rights, so what would
 * run a program (ext, ssh) is refused.
 */
static virConnectPtr
openPeer(const char *dconnuri)
{
    static const char *const transports[] = { "unix", "tcp", "tls", NULL };
    g_autoptr(virURI) uri = virURIParse(dconnuri);

    if (!uri)
        return NULL;
    if (!uri->transport || g_strv_contains(transports, uri->transport))
        return localConnectOpen(dconnuri);
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                  "peer-to-peer migration reaches its destination by unix, tcp or tls, not by '%s'",
                  uri->transport);
    return NULL;
}

int
testMigrationPeer(virDomainPtr domain, const char *dconnuri, virTypedParameterPtr params,
                  int nparams, const testMigrationWish *wish)
{
    Peer peer = { domain, wish };
    virMigration migration = {
        .domain = domain,
        .params = params,
        .nparams = nparams,
        .flags = (unsigned int) wish->flags,
        .send = sendGuest,
        .opaque = &peer,
    };
    virDomainPtr moved;

    migration.dconn = openPeer(dconnuri);
    if (!migration.dconn)
        return -1;
    moved = virMigrateConduct(&migration, __func__);
    if (moved)
        virHandleUnref(&moved->handle);
    localConnectClose(migration.dconn);
    return moved ? 0 : -1;
}

int
testMigrationPeerPlain(virDomainPtr domain, const char *dconnuri, const testMigrationWish *wish)
{
    g_auto(virParams) list = { NULL, 0, 0 };

    if (wish->uri)
        virParamsAddString(&list, VIR_MIGRATE_PARAM_URI, wish->uri);
    if (wish->dname)
        virParamsAddString(&list, VIR_MIGRATE_PARAM_DEST_NAME, wish->dname);
    if (wish->xml)
        virParamsAddString(&list, VIR_MIGRATE_PARAM_DEST_XML, wish->xml);
    if (wish->bandwidth)
        virParamsAddULLong(&list, VIR_MIGRATE_PARAM_BANDWIDTH, wish->bandwidth);
    return testMigrationPeer(domain, dconnuri, list.params, list.nparams, wish);
}
