/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What clients may do, call by call: the access module, loaded where the settings ask for it. */

#include "daemon/access.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "access/access.h"
#include "base/log.h"
#include "runtime/connect.h"
#include "runtime/driver.h"
#include "runtime/error.h"

#define SOURCE "daemon.access"
/* Events of one client that wait for a decision; more are dropped, as if it might not see them. */
#define HELD_MAX 4096
/* Clients that polkit may ask their users about at once: each holds a worker meanwhile. */
#define ASKED_MAX 3

/* Written before clients come. */
static const virAccessModule *module;
static bool asks;

/* --- the module ----------------------------------------------------------------------------------- */

static const virAccessModule *
load(void)
{
    g_autofree char *path = virDriverModulePath(VIR_ACCESS_FILE);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    const virAccessModule *found = handle ? dlsym(handle, VIR_ACCESS_SYMBOL) : NULL;

    if (!found)
        virErrorRaise(VIR_FROM_ACCESS, VIR_ERR_CONFIG_UNSUPPORTED, "cannot load %s: %s", path,
                      dlerror());
    return found;
}

static bool
isPolkit(const virDaemonConfig *config)
{
    return config->readOnlyAuth == VIR_SERVE_AUTH_POLKIT ||
           config->readWriteAuth == VIR_SERVE_AUTH_POLKIT;
}

int
virDaemonAccessBegin(const virDaemonConfig *config)
{
    size_t i;

    asks = false;
    for (i = 0; config->accessDrivers && config->accessDrivers[i]; i++)
        asks = asks || !g_str_equal(config->accessDrivers[i], "none");
    if (!asks && !isPolkit(config))
        return 0;
    module = load();
    return module ? module->begin((const char *const *) config->accessDrivers) : -1;
}

void
virDaemonAccessEnd(void)
{
    if (module)
        module->end();
}

bool
virDaemonAccessAsks(void)
{
    return asks;
}

bool
virDaemonAccessNeedsStart(void)
{
    return module != NULL;
}

/* --- clients -------------------------------------------------------------------------------------- */

unsigned long long
virDaemonAccessStart(pid_t process)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int) process);
    g_autofree char *text = NULL;
    g_auto(GStrv) words = NULL;
    const char *name;

    /* The name of the program, in brackets, may hold anything; the start is 20 words behind it. */
    if (!g_file_get_contents(path, &text, NULL, NULL) || !(name = strrchr(text, ')')))
        return 0;
    words = g_strsplit(name + 1, " ", 22);
    return g_strv_length(words) == 22 ? strtoull(words[20], NULL, 10) : 0;
}

/* Who cannot be told from another process with the same number is nobody. */
static virAccessCaller
callerOf(const virServeClient *client)
{
    const virServePeer *peer = &client->peer;

    return (virAccessCaller) {
        .known = peer->known && peer->started > 0,
        .process = peer->process,
        .started = peer->started,
        .user = peer->user,
    };
}

void
virDaemonAccessGuard(const virServeClient *client, virConnectPtr conn)
{
    virAccessCaller caller = callerOf(client);

    if (asks)
        module->guard(conn, &caller);
}

bool
virDaemonAccessMay(virConnectPtr conn, virAccessPermission permission)
{
    return !conn->guard || module->may(conn, permission, NULL);
}

static bool
isThere(void *opaque)
{
    virServeClient *client = opaque;
    bool there;

    g_mutex_lock(&client->lock);
    there = !client->dead && !client->closing && !client->gone;
    g_mutex_unlock(&client->lock);
    return there;
}

static virAccessVerdict
authenticate(virServeClient *client)
{
    static int asked;
    virAccessCaller caller = callerOf(client);
    virAccessVerdict verdict = VIR_ACCESS_UNDECIDED;

    if (__atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED) <= ASKED_MAX)
        verdict = module->authenticate(&caller, client->readOnly, isThere, client);
    else
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "%s: polkit asks about %d others already",
                VIR_CLIENT_NAME(client), ASKED_MAX);
    __atomic_sub_fetch(&asked, 1, __ATOMIC_RELAXED);
    return verdict;
}

int
virDaemonAccessAuthenticate(virServeClient *client)
{
    switch (authenticate(client)) {
    case VIR_ACCESS_YES:
        return 0;
    case VIR_ACCESS_NO:
        virErrorRaise(VIR_FROM_POLKIT, VIR_ERR_AUTH_FAILED, "access denied by policy");
        break;
    case VIR_ACCESS_CHALLENGE:
        /* Programs start an agent when they see this code, and try again. */
        virErrorRaise(VIR_FROM_POLKIT, VIR_ERR_AUTH_UNAVAILABLE,
                      "no polkit agent of the user can ask for what '%s' needs",
                      client->readOnly ? "org.libvirt.unix.monitor" : "org.libvirt.unix.manage");
        break;
    case VIR_ACCESS_DISMISSED:
        virErrorRaise(VIR_FROM_POLKIT, VIR_ERR_AUTH_CANCELLED, "the user dismissed the question");
        break;
    case VIR_ACCESS_UNDECIDED:
        virErrorRaise(VIR_FROM_POLKIT, VIR_ERR_AUTH_FAILED, "polkit does not decide");
        break;
    }
    return -1;
}

/* --- events --------------------------------------------------------------------------------------- */

typedef struct virServeHeld Held;
struct virServeHeld {
    virServeClient *client;     /* a reference */
    virXdrWriter writer;        /* the message */
    bool decided;
    bool allowed;
    Held *next;
};

/* Guards `client->held` and what is in it; taken before the lock of a client. */
static GMutex heldLock;

static void
freeHeld(Held *held)
{
    virXdrWriterClear(&held->writer);
    virServeClientUnref(held->client);
    g_free(held);
}

/* With the lock held: sends what is decided, up to the first that is not; the list of what is done. */
static Held *
takeDecided(virServeClient *client)
{
    Held *first = client->held.first, *last = NULL, *one;

    for (one = first; one && one->decided; one = one->next) {
        if (one->allowed)
            virServeClientSend(client, &one->writer, NULL, 0);
        last = one;
        client->held.count--;
    }
    client->held.first = one;
    if (!one)
        client->held.last = NULL;
    if (!last)
        return NULL;
    last->next = NULL;
    return first;
}

static void
onVerdict(virAccessVerdict verdict, void *opaque)
{
    Held *held = opaque, *done;

    g_mutex_lock(&heldLock);
    held->decided = true;
    held->allowed = verdict == VIR_ACCESS_YES;
    done = takeDecided(held->client);
    g_mutex_unlock(&heldLock);
    while (done) {
        Held *next = done->next;

        freeHeld(done);
        done = next;
    }
}

/* Puts a message behind those that wait; false when there are too many. */
static bool
hold(virServeClient *client, Held *held)
{
    bool room;

    g_mutex_lock(&heldLock);
    room = client->held.count < HELD_MAX;
    if (room) {
        Held *last = client->held.last;

        if (last)
            last->next = held;
        else
            client->held.first = held;
        client->held.last = held;
        client->held.count++;
    }
    g_mutex_unlock(&heldLock);
    return room;
}

void
virDaemonAccessTell(virServeClient *client, virConnectPtr conn, virAccessPermission permission,
                    const void *handle, const virWireProcedure *procedure, const void *message)
{
    Held *held;

    if (!conn->guard) {
        virServeSend(client, procedure, message);
        return;
    }
    held = g_new0(Held, 1);
    if (!virServeEncode(client, procedure, message, &held->writer)) {
        g_free(held);
        return;
    }
    virServeClientRef(client);
    held->client = client;
    if (!hold(client, held)) {
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "%s: an event %s is dropped, too many wait for a decision",
                VIR_CLIENT_NAME(client), procedure->name);
        freeHeld(held);
        return;
    }
    module->ask(conn, permission, handle, onVerdict, held);
}
