/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The domains of a host: finding them, and changing them one job at a time. */

#include "qemu_domain.h"

#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "qemu_document.h"
#include "qemu_emulator.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"

/* How long a job waits for the one before it, in seconds. */
#define JOB_PATIENCE 30

qemuDomain *
qemuDomainRef(qemuDomain *domain)
{
    g_atomic_int_inc(&domain->refs);
    return domain;
}

static void
freeDomain(qemuDomain *domain)
{
    virDocDomainFree(domain->live);
    if (domain->next)
        virDocDomainFree(domain->next);
    qemuMonitorUnref(domain->process.monitor);
    g_free(domain->process.socket);
    g_mutex_clear(&domain->lock);
    g_cond_clear(&domain->jobEnded);
    g_free(domain->name);
    g_free(domain);
}

void
qemuDomainUnref(qemuDomain *domain)
{
    if (domain && g_atomic_int_dec_and_test(&domain->refs))
        freeDomain(domain);
}

/* A reference to what a table of the host has under a key; NULL for none. */
static qemuDomain *
find(qemuHost *host, GHashTable *table, gconstpointer key)
{
    qemuDomain *domain;

    g_mutex_lock(&host->tableLock);
    domain = g_hash_table_lookup(table, key);
    if (domain)
        qemuDomainRef(domain);
    g_mutex_unlock(&host->tableLock);
    return domain;
}

qemuDomain *
qemuDomainLock(virDomainPtr handle)
{
    qemuHost *host = qemuHostOf(handle->conn);
    qemuDomain *domain = find(host, host->byUUID, handle->uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    if (domain) {
        g_mutex_lock(&domain->lock);
        return domain;
    }
    virUUIDFormat(handle->uuid, text);
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_NO_DOMAIN, "no domain with matching uuid '%s' (%s)", text,
                  handle->name);
    return NULL;
}

void
qemuDomainUnlock(qemuDomain *domain)
{
    g_mutex_unlock(&domain->lock);
    qemuDomainUnref(domain);
}

static const char *
jobWord(qemuJobKind kind)
{
    static const char *const words[] = { "nothing", "start", "stop", "modify", "save", "dump" };

    G_STATIC_ASSERT(G_N_ELEMENTS(words) == QEMU_JOB_LAST);
    return words[kind];
}

bool
qemuDomainBeginLocked(qemuDomain *domain, qemuJobKind kind)
{
    gint64 until = g_get_monotonic_time() + JOB_PATIENCE * G_TIME_SPAN_SECOND;

    while (domain->job.kind) {
        if (g_cond_wait_until(&domain->jobEnded, &domain->lock, until))
            continue;
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_TIMEOUT,
                      "domain '%s' is busy: a %s goes on since %lld seconds", domain->name,
                      jobWord(domain->job.kind),
                      (long long) ((g_get_monotonic_time() - domain->job.since) /
                                   G_TIME_SPAN_SECOND));
        return false;
    }
    domain->job = (qemuJob) {
        .kind = kind,
        .since = g_get_monotonic_time(),
        .owner = g_thread_self(),
    };
    return true;
}

qemuDomain *
qemuDomainBegin(virDomainPtr handle, qemuJobKind kind)
{
    qemuDomain *domain = qemuDomainLock(handle);

    if (!domain || qemuDomainBeginLocked(domain, kind))
        return domain;
    qemuDomainUnlock(domain);
    return NULL;
}

void
qemuDomainEnd(qemuDomain *domain)
{
    domain->job = (qemuJob) { 0 };
    g_cond_broadcast(&domain->jobEnded);
    qemuDomainUnlock(domain);
}

GPtrArray *
qemuDomainAll(qemuHost *host)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify) qemuDomainUnref);
    const GList *one;

    g_mutex_lock(&host->tableLock);
    for (one = host->all.head; one; one = one->next)
        g_ptr_array_add(all, qemuDomainRef(one->data));
    g_mutex_unlock(&host->tableLock);
    return all;
}

bool
qemuDomainRequireActive(const qemuDomain *domain)
{
    if (domain->id >= 0)
        return true;
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID, "domain is not running");
    return false;
}

virDomainPtr
qemuDomainHandle(virConnectPtr conn, const qemuDomain *domain)
{
    return domain ? virDomainNew(conn, domain->name, domain->uuid, domain->id) : NULL;
}

void
qemuDomainAnnounce(const qemuDomain *domain, int event, int detail)
{
    virEventStateQueue(domain->host->events,
                       virDomainEventLifecycleNew(domain->name, domain->uuid, domain->id, event,
                                                  detail));
}

/* A domain that was not there before, in no table yet, with one reference. */
static qemuDomain *
newDomain(qemuHost *host, virDocDomain *document)
{
    qemuDomain *domain = g_new0(qemuDomain, 1);

    domain->refs = 1;
    domain->host = host;
    domain->link.data = domain;
    g_mutex_init(&domain->lock);
    g_cond_init(&domain->jobEnded);
    domain->name = g_strdup(document->name);
    memcpy(domain->uuid, document->uuid, VIR_UUID_BUFLEN);
    domain->id = -1;
    domain->state = VIR_DOMAIN_SHUTOFF;
    domain->live = document;
    domain->process.pidfd = -1;
    return domain;
}

qemuDomain *
qemuDomainAdopt(qemuHost *host, virDocDomain *document, bool *isNew)
{
    char text[VIR_UUID_STRING_BUFLEN];
    qemuDomain *named, *same;

    g_mutex_lock(&host->tableLock);
    named = g_hash_table_lookup(host->byName, document->name);
    same = g_hash_table_lookup(host->byUUID, document->uuid);
    if (named != same) {
        virUUIDFormat(named ? named->uuid : same->uuid, text);
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED,
                      "domain '%s' is already defined with uuid %s",
                      named ? named->name : same->name, text);
        g_mutex_unlock(&host->tableLock);
        return NULL;
    }
    *isNew = !same;
    if (!same) {
        same = newDomain(host, document);
        g_hash_table_insert(host->byName, same->name, same);
        g_hash_table_insert(host->byUUID, same->uuid, same);
        g_queue_push_tail_link(&host->all, &same->link);
        same->listed = true;
    }
    qemuDomainRef(same);
    g_mutex_unlock(&host->tableLock);
    g_mutex_lock(&same->lock);
    return same;
}

void
qemuDomainForget(qemuDomain *domain)
{
    qemuHost *host = domain->host;
    bool listed;

    g_mutex_lock(&host->tableLock);
    listed = domain->listed;
    if (listed) {
        g_queue_unlink(&host->all, &domain->link);
        g_hash_table_remove(host->byUUID, domain->uuid);
        g_hash_table_remove(host->byName, domain->name);
        domain->listed = false;
    }
    g_mutex_unlock(&host->tableLock);
    /* The reference of the tables; the caller has its own. */
    if (listed)
        qemuDomainUnref(domain);
}

bool
qemuDomainRenameInTables(qemuDomain *domain, const char *name)
{
    qemuHost *host = domain->host;
    bool isFree;

    g_mutex_lock(&host->tableLock);
    isFree = !g_hash_table_contains(host->byName, name);
    if (isFree) {
        g_hash_table_remove(host->byName, domain->name);
        g_free(domain->name);
        domain->name = g_strdup(name);
        g_hash_table_insert(host->byName, domain->name, domain);
    }
    g_mutex_unlock(&host->tableLock);
    return isFree;
}

/* What QEMU can't do without, filled in where a document leaves it open. */
static void
complete(virDocDomain *document, virDocContext *context)
{
    if (document->type != VIR_DOC_DOMAIN_TYPE_QEMU && document->type != VIR_DOC_DOMAIN_TYPE_KVM)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "@type",
                              "expected qemu or kvm, found '%s'",
                              virDocDomainTypeToString(document->type));
    if (document->os && document->os->type && strcmp(document->os->type->value, "hvm") != 0)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "os/type",
                              "expected hvm, found '%s'", document->os->type->value);
}

virDocDomain *
qemuDomainParse(qemuHost *host, const char *xml, unsigned int flags)
{
    static const virConfDomainDriver documents = {
        .arch = "x86_64",
        .interfacePrefix = "vnet",
        .topology = true,
        .complete = complete,
    };
    virDocDomain *document = virConfDomainParse(xml, &documents, flags);

    if (!document)
        return NULL;
    if (qemuEmulatorsComplete(host->emulators, document)) {
        qemuCompleteDevices(document);
        if (qemuCompletePCI(document))
            return document;
    }
    virDocDomainFree(document);
    return NULL;
}
