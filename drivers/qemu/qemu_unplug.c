/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that a guest is asked to give up: it does so when it likes, or not at all. */

#include "qemu_unplug.h"

#include <libvirt/virterror.h>

#include "qemu_process.h"
#include "runtime/error.h"

/* How long a guest may think about it, in milliseconds. */
#define PATIENCE 5000

/* Answers about a device, by its alias in the table. */
enum { WAITING = 1, GONE, REFUSED };

bool
qemuUnplugHeard(qemuDomain *domain, const char *alias, bool gone)
{
    GHashTable *leaving = domain->process.leaving;

    if (!leaving || !g_hash_table_contains(leaving, alias))
        return false;
    g_hash_table_insert(leaving, g_strdup(alias), GINT_TO_POINTER(gone ? GONE : REFUSED));
    g_cond_broadcast(&domain->jobEnded);
    return true;
}

/* Waits for an answer; WAITING when there is none, or no guest any more. */
static int
await(qemuDomain *domain, const char *alias, pid_t pid)
{
    gint64 until = g_get_monotonic_time() + PATIENCE * (gint64) G_TIME_SPAN_MILLISECOND;
    int answer = WAITING;

    while (answer == WAITING && domain->process.pid == pid && domain->process.leaving) {
        answer = GPOINTER_TO_INT(g_hash_table_lookup(domain->process.leaving, alias));
        if (answer == WAITING && !g_cond_wait_until(&domain->jobEnded, &domain->lock, until))
            break;
    }
    if (domain->process.pid == pid && domain->process.leaving)
        g_hash_table_remove(domain->process.leaving, alias);
    return answer;
}

qemuUnplugResult
qemuUnplug(qemuDomain *domain, const char *alias)
{
    g_autofree char *name = g_strdup(alias);
    g_autoptr(json_object) result = NULL;
    pid_t pid = domain->process.pid;
    int answer;

    if (!domain->process.leaving)
        domain->process.leaving = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    /* Noted before it is asked: the answer may come before that of the command. */
    g_hash_table_insert(domain->process.leaving, g_strdup(name), GINT_TO_POINTER(WAITING));
    result = qemuProcessAsk(domain, "device_del", qemuJsonStrings("id", name, NULL));
    if (!result) {
        if (domain->process.leaving)
            g_hash_table_remove(domain->process.leaving, name);
        return QEMU_UNPLUG_FAILED;
    }
    answer = await(domain, name, pid);
    if (!qemuDomainRequireActive(domain))
        return QEMU_UNPLUG_FAILED;
    if (answer == REFUSED) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the guest of domain '%s' refused to give up the device '%s'", domain->name,
                      name);
        return QEMU_UNPLUG_FAILED;
    }
    return answer == GONE ? QEMU_UNPLUG_GONE : QEMU_UNPLUG_ASKED;
}
