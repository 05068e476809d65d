/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The domains of a host: finding them, and changing them one job at a time. */

#include "qemu_domain.h"

#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "conf/domain_list.h"
#include "conf/domain_places.h"
#include "qemu_emulator.h"
#include "qemu_firmware.h"
#include "qemu_threads.h"
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
    g_free(domain->process.cgroup);
    g_clear_pointer(&domain->process.given, g_ptr_array_unref);
    qemuThreadsForget(domain);
    g_clear_pointer(&domain->process.leaving, g_hash_table_unref);
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

static void
refObject(void *domain)
{
    qemuDomainRef(domain);
}

static void
unrefObject(void *domain)
{
    qemuDomainUnref(domain);
}

static GMutex *
lockOfObject(void *domain)
{
    return &((qemuDomain *) domain)->lock;
}

static void *
handleOfObject(virConnectPtr conn, const void *domain)
{
    return qemuDomainHandle(conn, domain);
}

bool
qemuDomainSelected(const qemuDomain *domain, unsigned int flags)
{
    const virConfDomainFacts facts = {
        .state = domain->state,
        .active = domain->id >= 0,
        .persistent = domain->persistent,
        .autostart = domain->autostart,
        .managedSave = domain->managedSave,
    };

    return virConfDomainPasses(&facts, flags);
}

static bool
passes(const void *domain, unsigned int flags)
{
    return qemuDomainSelected(domain, flags);
}

static const virConfObjectLayout layout = {
    .link = offsetof(qemuDomain, link),
    .name = offsetof(qemuDomain, name),
    .uuid = offsetof(qemuDomain, uuid),
    .id = offsetof(qemuDomain, id),
};

const virConfObjectKind qemuDomainKind = {
    .word = "domain",
    .documentDomain = VIR_FROM_DOMAIN,
    .missingCode = VIR_ERR_NO_DOMAIN,
    .layout = &layout,
    .handle = handleOfObject,
    .passes = passes,
    .ref = refObject,
    .unref = unrefObject,
    .lock = lockOfObject,
};

qemuDomain *
qemuDomainLock(virDomainPtr handle)
{
    qemuDomain *domain = virConfObjectsByUUID(&qemuHostOf(handle->conn)->domains, handle->uuid);

    if (domain)
        g_mutex_lock(&domain->lock);
    return domain;
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

static void
raiseBusy(const qemuDomain *domain, const char *more)
{
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_TIMEOUT,
                  "domain '%s' is busy: a %s goes on since %lld seconds%s", domain->name,
                  jobWord(domain->job.kind),
                  (long long) ((g_get_monotonic_time() - domain->job.since) / G_TIME_SPAN_SECOND),
                  more);
}

bool
qemuDomainBeginLocked(qemuDomain *domain, qemuJobKind kind)
{
    gint64 until = g_get_monotonic_time() + JOB_PATIENCE * G_TIME_SPAN_SECOND;
    int most = domain->host->settings.maxQueued;
    bool patient = !most || domain->waiting < most;

    domain->waiting++;
    while (domain->job.kind && patient)
        patient = g_cond_wait_until(&domain->jobEnded, &domain->lock, until);
    domain->waiting--;
    if (domain->job.kind) {
        raiseBusy(domain, most && domain->waiting >= most ?
                  "; max_queued of qemu.conf lets no more calls wait" : "");
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
    if (domain->job.kind == QEMU_JOB_SAVE || domain->job.kind == QEMU_JOB_DUMP) {
        domain->job.ended = g_get_monotonic_time();
        domain->lastJob = domain->job;
    }
    domain->job = (qemuJob) { 0 };
    g_cond_broadcast(&domain->jobEnded);
    qemuDomainUnlock(domain);
}

GPtrArray *
qemuDomainAll(qemuHost *host)
{
    return virConfObjectsAll(&host->domains);
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
    qemuDomain *made = newDomain(host, document);
    qemuDomain *domain = virConfObjectsAdd(&host->domains, made, /* uuid= */ true);

    *isNew = domain == made;
    if (!*isNew)
        made->live = NULL;
    qemuDomainUnref(made);
    if (domain)
        g_mutex_lock(&domain->lock);
    return domain;
}

void
qemuDomainForget(qemuDomain *domain)
{
    virConfObjectsRemove(&domain->host->domains, domain);
}

bool
qemuDomainRenameInTables(qemuDomain *domain, const char *name)
{
    return virConfObjectsRename(&domain->host->domains, domain, name);
}

/* Disks that work in a thread of their own are virtio's, and the thread is there. */
static void
checkThreads(const virDocDomain *document, virDocContext *context)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        const virDocDomainDisk *disk = document->disks[i];
        bool found = false;

        if (!disk->hasDriverIothread)
            continue;
        for (size_t n = 0; n < document->niothreadIds; n++)
            found |= document->iothreadIds[n]->id == disk->driverIothread;
        /* Without a list they are numbered from 1. */
        if (!document->niothreadIds)
            found = disk->driverIothread >= 1 && document->hasIothreads &&
                    disk->driverIothread <= document->iothreads;
        if (disk->targetBus != VIR_DOC_DOMAIN_DISK_BUS_VIRTIO)
            virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "devices/disk",
                                  "disk '%s' is on the bus '%s', which has no I/O threads",
                                  disk->targetDev, virDocDomainDiskBusToString(disk->targetBus));
        else if (!found)
            virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "devices/disk",
                                  "there is no I/O thread %u for disk '%s'", disk->driverIothread,
                                  disk->targetDev);
    }
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
    checkThreads(document, context);
    if (document->nsmartcards > 1)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "devices/smartcard[2]",
                              "QEMU has one reader of smart cards");
}

/* Fills in the emulator and its machine, and what such machines have. */
static bool
finish(virDocDomain *document, const virConfDomainDriver *driver)
{
    const qemuHost *host = driver->opaque;

    if (!qemuEmulatorsComplete(host->emulators, document))
        return false;
    virConfDomainAddDefaults(document);
    return virConfDomainPlaceDevices(document, driver);
}

virConfDomainDriver
qemuDomainDocuments(qemuHost *host)
{
    return (virConfDomainDriver) {
        .errorDomain = VIR_FROM_QEMU,
        .arch = "x86_64",
        .usb = true,
        .nodes = true,
        .topology = true,
        .complete = complete,
        .finish = finish,
        .opaque = host,
    };
}

virDocDomain *
qemuDomainParse(qemuHost *host, const char *xml, unsigned int flags)
{
    const virConfDomainDriver documents = qemuDomainDocuments(host);
    g_autofree char *variables = g_build_filename(host->folders.state, "nvram", NULL);
    g_autoptr(virDocDomain) document = virConfDomainParse(xml, &documents, flags);

    if (!document || !qemuFirmwareChoose(document, host->emulators, variables))
        return NULL;
    return g_steal_pointer(&document);
}
