/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts checks in front of a connection's hooks, and asks the access drivers what they want to know. */

#include "access/guard.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "access/checks.h"
#include "access/driver.h"
#include "base/log.h"
#include "base/uuid.h"
#include "runtime/error.h"
#include "runtime/objects.h"

#define SOURCE "access.guard"
/* Questions about a list that are under way at once. */
#define TOGETHER 64
/* How often somebody who waits for a user is looked after, in microseconds. */
#define LOOK_INTERVAL (G_USEC_PER_SEC / 4)

/* --- the table of access drivers ------------------------------------------------------------------ */

static void
askNone(const virAccessQuestion *question G_GNUC_UNUSED, virAccessDone done, void *opaque)
{
    done(VIR_ACCESS_YES, opaque);
}

static const virAccessDriver none = { .name = "none", .ask = askNone };
static const virAccessDriver *const known[] = { &none, &virAccessPolkit };

/* Those that were asked for, each of which must agree; written before clients come. */
static const virAccessDriver *active[G_N_ELEMENTS(known)];
static size_t activeCount;

static bool
isActive(const virAccessDriver *driver)
{
    size_t i;

    for (i = 0; i < activeCount; i++) {
        if (active[i] == driver)
            return true;
    }
    return false;
}

static const virAccessDriver *
findDriver(const char *name)
{
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(known); i++) {
        if (g_str_equal(known[i]->name, name))
            return known[i];
    }
    return NULL;
}

static int
begin(const char *const *drivers)
{
    size_t i;

    for (i = 0; drivers && drivers[i]; i++) {
        const virAccessDriver *driver = findDriver(drivers[i]);

        if (!driver) {
            virErrorRaise(VIR_FROM_ACCESS, VIR_ERR_CONFIG_UNSUPPORTED,
                          "there is no access driver '%s'", drivers[i]);
            return -1;
        }
        if (!isActive(driver))
            active[activeCount++] = driver;
    }
    return 0;
}

static void
end(void)
{
    size_t i;

    /* Authentication may have used one that nobody asked for. */
    for (i = 0; i < G_N_ELEMENTS(known); i++) {
        if (known[i]->end)
            known[i]->end();
    }
}

/* --- what is told of objects ---------------------------------------------------------------------- */

void
virAccessTell(virAccessDetails *details, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    g_ptr_array_add(details->words, g_strdup(name));
    g_ptr_array_add(details->words, g_strdup(value));
}

char *
virAccessUUIDText(const unsigned char *uuid)
{
    char *text = g_malloc(VIR_UUID_STRING_BUFLEN);

    virUUIDFormat(uuid, text);
    return text;
}

void
virAccessTellUUID(virAccessDetails *details, const char *name, const unsigned char *uuid)
{
    static const unsigned char zeros[VIR_UUID_BUFLEN];
    g_autofree char *text = virAccessUUIDText(uuid);

    if (memcmp(uuid, zeros, sizeof(zeros)) != 0)
        virAccessTell(details, name, text);
}

/* --- questions ------------------------------------------------------------------------------------ */

/* One question to all drivers. */
typedef struct {
    int pending;            /* drivers that have not answered, and one while they are asked; atomic */
    int verdict;            /* the worst so far; atomic */
    virAccessDone done;
    void *opaque;
} Vote;

static void
count(Vote *vote)
{
    if (__atomic_sub_fetch(&vote->pending, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    vote->done((virAccessVerdict) __atomic_load_n(&vote->verdict, __ATOMIC_ACQUIRE), vote->opaque);
    g_free(vote);
}

static void
onAnswer(virAccessVerdict verdict, void *opaque)
{
    Vote *vote = opaque;
    int before = VIR_ACCESS_YES;

    if (verdict != VIR_ACCESS_YES)
        __atomic_compare_exchange_n(&vote->verdict, &before, (int) verdict, false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
    count(vote);
}

/* What is told of the object that a permission is about. */
static GPtrArray *
describe(virConnectPtr conn, virAccessPermission permission, const void *handle)
{
    virAccessDetails details = { .words = g_ptr_array_new_with_free_func(g_free) };

    virAccessTell(&details, "connect_driver", virAccessBehind(conn)->driver);
    if (handle && virAccessActions[permission].describe)
        virAccessActions[permission].describe(&details, handle);
    return details.words;
}

static void
ask(virConnectPtr conn, virAccessPermission permission, const void *handle, virAccessDone done,
    void *opaque)
{
    g_autoptr(GPtrArray) details = describe(conn, permission, handle);
    virAccessQuestion question = {
        .action = virAccessActions[permission].name,
        .caller = &virAccessBehind(conn)->caller,
        .details = details,
    };
    Vote *vote = g_new0(Vote, 1);
    size_t i;

    vote->pending = 1;
    vote->verdict = VIR_ACCESS_YES;
    vote->done = done;
    vote->opaque = opaque;
    for (i = 0; i < activeCount; i++) {
        __atomic_add_fetch(&vote->pending, 1, __ATOMIC_RELAXED);
        active[i]->ask(&question, onAnswer, vote);
    }
    count(vote);
}

/* Somebody who waits for answers to several questions. */
typedef struct {
    GMutex lock;
    GCond all;
    int pending;            /* guarded by the lock */
} Wait;

typedef struct {
    Wait *wait;
    virAccessVerdict verdict;
} Slot;

static void
onVerdict(virAccessVerdict verdict, void *opaque)
{
    Slot *slot = opaque;
    Wait *wait = slot->wait;

    g_mutex_lock(&wait->lock);
    slot->verdict = verdict;
    if (--wait->pending == 0)
        g_cond_signal(&wait->all);
    g_mutex_unlock(&wait->lock);
}

/* Asks about several objects at once, at most TOGETHER, and waits. */
static void
askTogether(virConnectPtr conn, virAccessPermission permission, void *const *handles, int number,
            Slot *slots)
{
    Wait wait = { .pending = number };
    int i;

    g_mutex_init(&wait.lock);
    g_cond_init(&wait.all);
    for (i = 0; i < number; i++) {
        slots[i].wait = &wait;
        ask(conn, permission, handles[i], onVerdict, &slots[i]);
    }
    g_mutex_lock(&wait.lock);
    while (wait.pending > 0)
        g_cond_wait(&wait.all, &wait.lock);
    g_mutex_unlock(&wait.lock);
    g_cond_clear(&wait.all);
    g_mutex_clear(&wait.lock);
}

bool
virAccessMay(virConnectPtr conn, virAccessPermission permission, const void *handle)
{
    void *handles[] = { (void *) handle };
    Slot slot;

    if (virConnectGuardIsLifted())
        return true;
    askTogether(conn, permission, handles, 1, &slot);
    if (slot.verdict == VIR_ACCESS_YES)
        return true;
    virErrorRaise(VIR_FROM_ACCESS, VIR_ERR_ACCESS_DENIED, "'%s' denied access",
                  virAccessBehind(conn)->driver);
    return false;
}

/* --- lists ---------------------------------------------------------------------------------------- */

/* Lets go of the handles that are NULL or refused; the next free place after `kept`. */
static int
keepAllowed(void **handles, int kept, int first, int number, const Slot *slots)
{
    int i;

    for (i = 0; i < number; i++) {
        void *handle = handles[first + i];

        if (slots[i].verdict == VIR_ACCESS_YES)
            handles[kept++] = handle;
        else
            virHandleUnref(handle);
    }
    return kept;
}

static int
withoutNull(void **handles, int number)
{
    int kept = 0, i;

    for (i = 0; i < number; i++) {
        if (handles[i])
            handles[kept++] = handles[i];
    }
    /* What has gone since it was listed was an error of the look-up only. */
    if (kept < number)
        virErrorReset();
    return kept;
}

/* Whether somebody decided about all of them; who does not answer is not asked on and on. */
static bool
isDecided(const Slot *slots, int number)
{
    int i;

    for (i = 0; i < number; i++) {
        if (slots[i].verdict == VIR_ACCESS_UNDECIDED)
            return false;
    }
    return true;
}

int
virAccessFilter(virConnectPtr conn, virAccessPermission permission, void **handles, int number)
{
    Slot slots[TOGETHER];
    int kept = 0, first = 0;

    if (number < 0 || !handles)
        return number;
    number = withoutNull(handles, number);
    while (first < number) {
        int part = MIN(number - first, TOGETHER);
        bool decided;

        askTogether(conn, permission, handles + first, part, slots);
        kept = keepAllowed(handles, kept, first, part, slots);
        decided = isDecided(slots, part);
        first += part;
        while (!decided && first < number)
            virHandleUnref(handles[first++]);
    }
    handles[kept] = NULL;
    return kept;
}

void
virAccessGive(void **found, void ***list)
{
    int i;

    if (list) {
        *list = found;
        return;
    }
    for (i = 0; found && found[i]; i++)
        virHandleUnref(found[i]);
    g_free(found);
}

/* --- arguments ------------------------------------------------------------------------------------ */

int
virAccessUnknown(const char *function)
{
    virErrorRaise(VIR_FROM_ACCESS, VIR_ERR_ACCESS_DENIED,
                  "what the call is about cannot be found out without '%s'", function);
    return -1;
}

static bool
isText(const virTypedParameter *param, const char *name)
{
    return param->type == VIR_TYPED_PARAM_STRING && g_str_equal(param->field, name);
}

const char *
virAccessText(virTypedParameterPtr params, int nparams, const char *name)
{
    int i;

    for (i = 0; i < nparams; i++) {
        if (isText(&params[i], name))
            return params[i].value.s;
    }
    return NULL;
}

bool
virAccessOnce(virTypedParameterPtr params, int nparams, const char *name)
{
    int i, found = 0;

    for (i = 0; i < nparams; i++)
        found += isText(&params[i], name);
    if (found <= 1)
        return true;
    virErrorRaise(VIR_FROM_ACCESS, VIR_ERR_INVALID_ARG, "parameter '%s' is there %d times", name,
                  found);
    return false;
}

bool
virAccessToldMay(virConnectPtr conn, void *self, virAccessTeller tell, const char *told,
                 const char *name, const virAccessPermission *needed, size_t number)
{
    void *handle = NULL;
    bool may = true;
    size_t i;

    if (tell && told) {
        handle = tell(self, told, name);
        if (!handle)
            return false;
    }
    for (i = 0; i < number && may; i++)
        may = virAccessMay(conn, needed[i], handle);
    virHandleUnref(handle);
    return may;
}

/* --- tables --------------------------------------------------------------------------------------- */

typedef void (*Hook)(void);

static GMutex tablesLock;
static GHashTable *tables;      /* a driver's table -> the checks in front of it; guarded by tablesLock */

/*
 * The checks of what a driver has: where it has nothing, or where nobody wrote down how to check a
 * call, there is no hook.
 */
static const void *
inFront(const void *behind, const void *checks, size_t size)
{
    const Hook *own = behind, *check = checks;
    Hook *table;
    size_t i;

    if (!behind)
        return NULL;
    g_mutex_lock(&tablesLock);
    if (!tables)
        tables = g_hash_table_new(NULL, NULL);
    table = g_hash_table_lookup(tables, behind);
    if (!table) {
        table = g_malloc0(size);
        for (i = 0; i < size / sizeof(Hook); i++)
            table[i] = own[i] ? check[i] : NULL;
        g_hash_table_insert(tables, (gpointer) behind, table);
    }
    g_mutex_unlock(&tablesLock);
    return table;
}

static void
releaseGuard(virConnectGuard *own)
{
    virAccessGuard *self = (virAccessGuard *) (void *) own;

    g_free(self->driver);
    g_free(self);
}

#define PUT_IN_FRONT(group, checks) \
    do { \
        self->group = conn->group; \
        conn->group = inFront(conn->group, &checks, sizeof(checks)); \
    } while (0)

static void
guard(virConnectPtr conn, const virAccessCaller *caller)
{
    virAccessGuard *self = g_new0(virAccessGuard, 1);
    const char *type = conn->hypervisor && conn->hypervisor->ConnectGetType
                       ? conn->hypervisor->ConnectGetType(conn) : NULL;

    self->guard.release = releaseGuard;
    self->driver = g_strdup(type ? type : conn->driver->name);
    self->caller = *caller;
    PUT_IN_FRONT(hypervisor, virAccessHypervisorChecks);
    PUT_IN_FRONT(network, virAccessNetworkChecks);
    PUT_IN_FRONT(storage, virAccessStorageChecks);
    PUT_IN_FRONT(interface, virAccessInterfaceChecks);
    PUT_IN_FRONT(nodedev, virAccessNodedevChecks);
    PUT_IN_FRONT(secret, virAccessSecretChecks);
    PUT_IN_FRONT(nwfilter, virAccessNwfilterChecks);
    conn->guard = &self->guard;
}

/* --- authentication ------------------------------------------------------------------------------- */

/* Shared by who waits for the answer, and may stop waiting, and who gives it. */
typedef struct {
    int refs;               /* atomic */
    GMutex lock;
    GCond answered;
    bool done;
    virAccessVerdict verdict;
} Answer;

static void
unrefAnswer(Answer *answer)
{
    if (__atomic_sub_fetch(&answer->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    g_cond_clear(&answer->answered);
    g_mutex_clear(&answer->lock);
    g_free(answer);
}

static void
onAuthenticated(virAccessVerdict verdict, void *opaque)
{
    Answer *answer = opaque;

    g_mutex_lock(&answer->lock);
    answer->done = true;
    answer->verdict = verdict;
    g_cond_signal(&answer->answered);
    g_mutex_unlock(&answer->lock);
    unrefAnswer(answer);
}

static virAccessVerdict
authenticate(const virAccessCaller *caller, bool readOnly, bool (*waits)(void *opaque),
             void *opaque)
{
    g_autoptr(GPtrArray) details = g_ptr_array_new();
    virAccessQuestion question = {
        .action = readOnly ? "org.libvirt.unix.monitor" : "org.libvirt.unix.manage",
        .caller = caller,
        .details = details,
        .interactive = true,
    };
    Answer *answer = g_new0(Answer, 1);
    virAccessVerdict verdict = VIR_ACCESS_UNDECIDED;
    bool done;

    answer->refs = 2;
    g_mutex_init(&answer->lock);
    g_cond_init(&answer->answered);
    virAccessPolkit.ask(&question, onAuthenticated, answer);
    do {
        g_mutex_lock(&answer->lock);
        if (!answer->done)
            g_cond_wait_until(&answer->answered, &answer->lock,
                              g_get_monotonic_time() + LOOK_INTERVAL);
        done = answer->done;
        if (done)
            verdict = answer->verdict;
        g_mutex_unlock(&answer->lock);
    } while (!done && waits(opaque));
    unrefAnswer(answer);
    return verdict;
}

VIR_MODULE_API extern const virAccessModule virAccessModuleTable;
const virAccessModule virAccessModuleTable = {
    .begin = begin,
    .end = end,
    .guard = guard,
    .may = virAccessMay,
    .ask = ask,
    .authenticate = authenticate,
};
