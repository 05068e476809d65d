/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What shall go wrong on a host: slow or failing functions, lost or doubled events. */

#include "test_fault.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "base/nearest.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/tables.h"
#include "test_driver.h"

typedef struct {
    virDocNodeFault *document;
    int code;                   /* of the error, 0: none */
    unsigned long long met;     /* calls or events so far; guarded by the lock of the faults */
} Fault;

struct testFaults {
    GMutex lock;                /* nothing is called out with it held */
    GPtrArray *all;             /* owns the faults */
    GHashTable *byName;         /* of a function or event -> GPtrArray of its faults; constant */
};

/* The code of an error by its name, in any case and with either dash; -1 when there is none. */
static int
findCode(const char *name)
{
    g_autofree char *wanted = g_strdup_printf("err-%s", name);

    g_strdelimit(wanted, "_", '-');
    for (const virNamedValue *one = virErrorNumberNames; one->name; one++) {
        if (one->value && g_ascii_strcasecmp(one->name, wanted) == 0)
            return (int) one->value;
    }
    return -1;
}

static bool
isOneOf(const char *const *names, const char *name)
{
    return g_strv_contains(names, name);
}

/* Reports a name that is not in a NULL-terminated list, with the nearest that is. */
static void
refuseName(virDocContext *context, const char *member, const char *what, const char *name,
           const char *const *names)
{
    const char *near = virNearest(name, names, g_strv_length((char **) names));

    virDocContextReport(context, member, "there is no %s '%s'%s%s%s", what, name,
                        near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

void
testFaultCheck(void *data, virDocContext *context)
{
    virDocNodeFault *fault = data;

    if (!fault->function == !fault->event) {
        virDocContextReport(context, NULL, "either 'function' or 'event' is given");
        return;
    }
    if (fault->event) {
        if (!isOneOf(virEventNames, fault->event))
            refuseName(context, "@event", "event", fault->event, virEventNames);
        if (!fault->hasDeliver)
            virDocContextReport(context, NULL, "an event needs 'deliver'");
        if (fault->hasDelay || fault->error || fault->message)
            virDocContextReport(context, NULL, "an event has no 'delay', 'error' or 'message'");
        return;
    }
    if (g_str_has_prefix(fault->function, "vir"))
        memmove(fault->function, fault->function + 3, strlen(fault->function + 3) + 1);
    if (!isOneOf(testFaultFunctions, fault->function))
        refuseName(context, "@function", "function", fault->function, testFaultFunctions);
    if (fault->hasDeliver)
        virDocContextReport(context, NULL, "a function has no 'deliver'");
    if (!fault->hasDelay && !fault->error)
        virDocContextReport(context, NULL, "a function needs 'delay' or 'error'");
    if (fault->message && !fault->error)
        virDocContextReport(context, NULL, "a 'message' needs an 'error'");
    if (fault->error && findCode(fault->error) < 0)
        virDocContextReport(context, "@error", "there is no error code '%s'", fault->error);
}

static void
freeFault(gpointer data)
{
    Fault *fault = data;

    virDocNodeFaultFree(fault->document);
    g_free(fault);
}

testFaults *
testFaultsNew(const virDocNode *node)
{
    testFaults *faults;

    if (!node->nfaults)
        return NULL;
    faults = g_new0(testFaults, 1);
    g_mutex_init(&faults->lock);
    faults->all = g_ptr_array_new_with_free_func(freeFault);
    faults->byName = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify) g_ptr_array_unref);
    for (size_t i = 0; i < node->nfaults; i++) {
        Fault *fault = g_new0(Fault, 1);
        const char *name;
        GPtrArray *same;

        fault->document = virDocNodeFaultCopy(node->faults[i]);
        fault->code = fault->document->error ? findCode(fault->document->error) : 0;
        g_ptr_array_add(faults->all, fault);
        name = fault->document->function ? fault->document->function : fault->document->event;
        same = g_hash_table_lookup(faults->byName, name);
        if (!same) {
            same = g_ptr_array_new();
            g_hash_table_insert(faults->byName, (gpointer) name, same);
        }
        g_ptr_array_add(same, fault);
    }
    return faults;
}

void
testFaultsFree(testFaults *faults)
{
    if (!faults)
        return;
    g_hash_table_unref(faults->byName);
    g_ptr_array_unref(faults->all);
    g_mutex_clear(&faults->lock);
    g_free(faults);
}

/* Counts a call or event, and says whether it suffers. */
static bool
strikes(testFaults *faults, Fault *fault)
{
    unsigned long long first = fault->document->hasAfter ? fault->document->after : 0;
    unsigned long long number;

    g_mutex_lock(&faults->lock);
    number = fault->met++;
    g_mutex_unlock(&faults->lock);
    return number >= first &&
           (!fault->document->hasTimes || number - first < fault->document->times);
}

int
testFault(virConnectPtr conn, const char *function)
{
    testFaults *faults = testHostOf(conn)->faults;
    const GPtrArray *planted = g_hash_table_lookup(faults->byName, function);

    for (guint i = 0; planted && i < planted->len; i++) {
        Fault *fault = g_ptr_array_index(planted, i);

        if (!strikes(faults, fault))
            continue;
        if (fault->document->hasDelay)
            g_usleep((gulong) fault->document->delay * 1000);
        if (fault->code) {
            virErrorRaise(VIR_FROM_TEST, fault->code, "%s",
                          fault->document->message ? fault->document->message
                                                   : "the node document asked for this failure");
            return -1;
        }
    }
    return 0;
}

unsigned int
testFaultsFilter(const virEvent *event, void *opaque)
{
    testFaults *faults = opaque;
    const GPtrArray *planted = g_hash_table_lookup(faults->byName, event->kind->name);

    for (guint i = 0; planted && i < planted->len; i++) {
        Fault *fault = g_ptr_array_index(planted, i);

        if (strikes(faults, fault))
            return fault->document->deliver;
    }
    return 1;
}
