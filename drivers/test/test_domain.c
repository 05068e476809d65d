/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of domains of the test hypervisor, and how a domain enters, starts, stops, leaves. */

#include "test_domain.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "conf/domain.h"
#include "conf/domain_list.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_backup.h"
#include "test_block_job.h"
#include "test_domain_fdgroup.h"
#include "test_domain_job.h"
#include "test_domain_moment.h"
#include "test_domain_records.h"
#include "test_domain_sources.h"
#include "test_domain_threshold.h"
#include "test_domain_use.h"
#include "test_domain_viewer.h"
#include "test_migration.h"
#include "test_terminal.h"

static const char defaultXML[] =
    "<domain type='test'>"
    "<name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>"
    "<memory unit='KiB'>8388608</memory><currentMemory unit='KiB'>2097152</currentMemory>"
    "<vcpu placement='static'>2</vcpu>"
    "<os><type arch='i686'>hvm</type><boot dev='hd'/></os>"
    "<clock offset='utc'/>"
    "<on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot>"
    "<on_crash>destroy</on_crash>"
    "<devices>"
    "<disk type='file' device='disk'><source file='/guest/diskimage1'/>"
    "<target dev='vda' bus='virtio'/>"
    "<address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></disk>"
    "<interface type='network'><mac address='aa:bb:cc:dd:ee:ff'/><source network='default'/>"
    "<target dev='testnet0'/>"
    "<address type='pci' domain='0x0000' bus='0x00' slot='0x01' function='0x0'/></interface>"
    "<memballoon model='virtio'>"
    "<address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></memballoon>"
    "</devices></domain>";

static void
freeDomain(gpointer data)
{
    testDomain *domain = data;

    testBackupDrop(domain);
    testMigrationDrop(domain);
    testBlockJobsDrop(domain);
    testTerminalsDrop(domain);
    testThresholdsDrop(domain);
    testFdGroupsDrop(domain, /* conn= */ NULL);
    if (domain->viewers)
        g_array_unref(domain->viewers);
    virDocDomainFree(domain->live);
    if (domain->next)
        virDocDomainFree(domain->next);
    testDomainBoot(domain);
    testMomentsFree(domain->snapshots);
    testMomentsFree(domain->checkpoints);
    if (domain->files)
        g_array_unref(domain->files);
    if (domain->managedSave)
        unlink(domain->managedSave);
    g_free(domain->managedSave);
    g_free(domain->name);
    g_free(domain);
}

static void *
handleOf(virConnectPtr conn, const void *domain)
{
    return testDomainHandle(conn, domain);
}

bool
testDomainSelected(const testDomain *domain, unsigned int flags)
{
    virConfDomainFacts facts;

    /* To look at moments takes longer than the rest of a list, so only who asks pays. */
    if (!flags)
        return true;
    facts = (virConfDomainFacts) {
        .state = domain->state,
        .active = domain->id >= 0,
        .persistent = domain->persistent,
        .autostart = domain->autostart,
        .managedSave = domain->managedSave != NULL,
        .snapshots = domain->snapshots->all.length > 0,
        .checkpoints = domain->checkpoints->all.length > 0,
    };
    return virConfDomainPasses(&facts, flags);
}

static bool
passes(const void *domain, unsigned int flags)
{
    return testDomainSelected(domain, flags);
}

static const virConfObjectLayout layout = {
    .link = offsetof(testDomain, link),
    .name = offsetof(testDomain, name),
    .uuid = offsetof(testDomain, uuid),
    .id = offsetof(testDomain, id),
};

static const virConfObjectKind domainKind = {
    .word = "domain",
    .documentDomain = VIR_FROM_DOMAIN,
    .missingCode = VIR_ERR_NO_DOMAIN,
    .layout = &layout,
    .handle = handleOf,
    .passes = passes,
    .unref = freeDomain,
};

const virConfDomainDriver testDomainDocuments = {
    .errorDomain = VIR_FROM_TEST,
    .arch = "i686",
    .interfacePrefix = "testnet",
    .multicast = true,
};

virDocDomain *
testDomainParse(const char *xml, bool strict)
{
    return virConfDomainParse(xml, &testDomainDocuments,
                              VIR_DOC_PARSE_INACTIVE | (strict ? VIR_DOC_PARSE_STRICT : 0));
}

virDocDomain *
testDomainParseInside(const virDocContext *context, virDocIssues *issues)
{
    return virConfDomainParseInside(context, &testDomainDocuments, VIR_DOC_PARSE_INACTIVE, issues);
}

testDomain *
testDomainLock(virDomainPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    char text[VIR_UUID_STRING_BUFLEN];
    testDomain *domain;

    g_mutex_lock(&host->lock);
    domain = g_hash_table_lookup(host->domains->objects.byUUID, handle->uuid);
    if (!domain) {
        g_mutex_unlock(&host->lock);
        virUUIDFormat(handle->uuid, text);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN,
                      "no domain with matching uuid '%s' (%s)", text, handle->name);
    }
    return domain;
}

void
testDomainUnlock(virDomainPtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

bool
testDomainRequireActive(const testDomain *domain)
{
    if (domain->id >= 0)
        return true;
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID, "domain is not running");
    return false;
}

virDomainPtr
testDomainHandle(virConnectPtr conn, const testDomain *domain)
{
    return domain ? virDomainNew(conn, domain->name, domain->uuid, domain->id) : NULL;
}

void
testDomainAnnounce(testHost *host, const testDomain *domain, int event, int detail)
{
    virEventStateQueue(host->events, virDomainEventLifecycleNew(domain->name, domain->uuid,
                                                                domain->id, event, detail));
}

void
testDomainForget(testHost *host, testDomain *domain)
{
    virConfObjectsRemove(&host->domains->objects, domain);
}

void
testDomainSetState(testDomain *domain, int state, int reason)
{
    gint64 now = g_get_monotonic_time();

    if (domain->runsSince)
        domain->ran += now - domain->runsSince;
    domain->runsSince = state == VIR_DOMAIN_RUNNING ? now : 0;
    domain->state = state;
    domain->reason = reason;
}

void
testDomainStandsStill(testDomain *domain, bool still)
{
    if (still)
        domain->ran = testDomainRan(domain);
    domain->runsSince = !still && domain->state == VIR_DOMAIN_RUNNING ? g_get_monotonic_time() : 0;
}

gint64
testDomainRan(const testDomain *domain)
{
    return domain->ran + (domain->runsSince ? g_get_monotonic_time() - domain->runsSince : 0);
}

gint64
testDomainRanEver(const testDomain *domain)
{
    return domain->ranBefore + testDomainRan(domain);
}

void
testDomainBoot(testDomain *domain)
{
    g_clear_pointer(&domain->guest.passwords, g_hash_table_unref);
    g_clear_pointer(&domain->guest.frozen, g_hash_table_unref);
    g_clear_pointer(&domain->guest.keyFiles, g_hash_table_unref);
    g_clear_pointer(&domain->guest.held, g_hash_table_unref);
    g_free(domain->guest.secret);
    domain->guest = (testDomainGuest) { 0 };
}

/* Opens the channel of the agent in a guest that starts, if it has one, and tells of it. */
static void
announceAgent(testHost *host, const testDomain *domain)
{
    for (size_t i = 0; i < domain->live->nchannels; i++) {
        if (g_strcmp0(domain->live->channels[i]->targetName, "org.qemu.guest_agent.0") != 0)
            continue;
        domain->live->channels[i]->targetState = VIR_DOC_DOMAIN_CHANNEL_STATE_CONNECTED;
        virEventStateQueue(host->events, virDomainEventAgentLifecycleNew(
                               domain->name, domain->uuid, domain->id,
                               VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED,
                               VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_DOMAIN_STARTED));
        return;
    }
}

void
testDomainStartAs(testHost *host, testDomain *domain, int reason, int detail, bool paused)
{
    virConfObjectsSetId(&host->domains->objects, domain,
                        virConfObjectsTakeId(&host->domains->objects));
    domain->live->id = domain->id;
    domain->live->hasId = true;
    domain->ranBefore += domain->ran;
    domain->ran = 0;
    domain->dirtyRate = (testDirtyRate) { 0 };
    testDomainSetState(domain, paused ? VIR_DOMAIN_PAUSED : VIR_DOMAIN_RUNNING,
                       paused ? (int) VIR_DOMAIN_PAUSED_USER : reason);
    domain->updated = false;
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_STARTED, detail);
    announceAgent(host, domain);
    testSourcesDrop(host, domain, detail != VIR_DOMAIN_EVENT_STARTED_BOOTED);
    testGuestUsesMemory(host, domain);
    if (paused)
        testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_SUSPENDED,
                           detail == VIR_DOMAIN_EVENT_STARTED_RESTORED ?
                           VIR_DOMAIN_EVENT_SUSPENDED_RESTORED :
                           VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
}

void
testDomainStart(testHost *host, testDomain *domain, bool paused)
{
    testDomainBoot(domain);
    testDomainStartAs(host, domain, VIR_DOMAIN_RUNNING_BOOTED, VIR_DOMAIN_EVENT_STARTED_BOOTED,
                      paused);
}

void
testDomainReboots(testHost *host, testDomain *domain)
{
    testDomainBoot(domain);
    virEventStateQueue(host->events,
                       virDomainEventRebootNew(domain->name, domain->uuid, domain->id));
}

void
testDomainCrash(testHost *host, testDomain *domain)
{
    virDocDomainCrashAction action = domain->live->onCrash;

    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_CRASHED, VIR_DOMAIN_EVENT_CRASHED_PANICKED);
    if (action == VIR_DOC_DOMAIN_CRASH_ACTION_RESTART ||
        action == VIR_DOC_DOMAIN_CRASH_ACTION_RENAME_RESTART ||
        action == VIR_DOC_DOMAIN_CRASH_ACTION_COREDUMP_RESTART) {
        testDomainReboots(host, domain);
        testDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED);
    } else if (action == VIR_DOC_DOMAIN_CRASH_ACTION_PRESERVE) {
        testDomainSetState(domain, VIR_DOMAIN_CRASHED, VIR_DOMAIN_CRASHED_PANICKED);
    } else {
        testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_CRASHED, VIR_DOMAIN_EVENT_STOPPED_CRASHED);
    }
}

void
testDomainStop(testHost *host, testDomain *domain, int reason, int detail)
{
    int id = domain->id;        /* listeners hear which run ended */

    testViewersDrop(host, domain);
    if (domain->backup)
        testBackupEnd(host, domain, VIR_DOMAIN_JOB_FAILED, "the domain stopped");
    virConfObjectsSetId(&host->domains->objects, domain, -1);
    domain->live->hasId = false;
    testDomainSetState(domain, VIR_DOMAIN_SHUTOFF, reason);
    domain->owner = NULL;
    domain->updated = false;
    g_clear_pointer(&domain->files, g_array_unref);
    testMigrationDrop(domain);
    testDomainJobOrphan(domain);
    testBlockJobsDrop(domain);
    testTerminalsDrop(domain);
    testThresholdsDrop(domain);
    if (domain->next) {
        virDocDomainFree(domain->live);
        domain->live = g_steal_pointer(&domain->next);
    } else {
        virDocForgetLive(&virDocDomainRecord, domain->live);
    }
    virEventStateQueue(host->events, virDomainEventLifecycleNew(domain->name, domain->uuid, id,
                                                                VIR_DOMAIN_EVENT_STOPPED, detail));
    if (!domain->persistent)
        testDomainForget(host, domain);
}

static void
closeFile(gpointer data)
{
    close(*(int *) data);
}

int
testDomainGiveFiles(testDomain *domain, unsigned int nfiles, const int *files)
{
    g_autoptr(GArray) copies = g_array_new(/* zero_terminated= */ false, /* clear= */ false,
                                           sizeof(int));
    unsigned int i;

    g_array_set_clear_func(copies, closeFile);
    if (nfiles > 0 && !files) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "files is NULL, but nfiles is %u",
                      nfiles);
        return -1;
    }
    for (i = 0; i < nfiles; i++) {
        int copy = fcntl(files[i], F_DUPFD_CLOEXEC, 0);

        if (copy < 0) {
            virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot hand descriptor %d to domain '%s'",
                                files[i], domain->name);
            return -1;
        }
        g_array_append_val(copies, copy);
    }
    g_clear_pointer(&domain->files, g_array_unref);
    domain->files = nfiles > 0 ? g_steal_pointer(&copies) : NULL;
    return 0;
}

/* A domain that was not there before. */
static testDomain *
enter(testDomainTable *table, virDocDomain *document)
{
    testDomain *domain = g_new0(testDomain, 1);

    domain->link.data = domain;
    domain->name = g_strdup(document->name);
    memcpy(domain->uuid, document->uuid, VIR_UUID_BUFLEN);
    domain->id = -1;
    domain->state = VIR_DOMAIN_SHUTOFF;
    domain->live = document;
    domain->snapshots = testMomentsNew(&testSnapshotKind);
    domain->checkpoints = testMomentsNew(&testCheckpointKind);
    virConfObjectsAdd(&table->objects, domain, /* uuid= */ true);
    return domain;
}

testDomain *
testDomainAdopt(testHost *host, virDocDomain *document, bool *isNew)
{
    testDomain *same;
    void *known;

    if (virConfObjectsMatch(&host->domains->objects, document->name, document->uuid, &known) < 0) {
        virDocDomainFree(document);
        return NULL;
    }
    same = known;
    if (same && same->job) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "domain '%s' is busy with a %s",
                      same->name, testDomainJobWord(same->job->operation));
        virDocDomainFree(document);
        return NULL;
    }
    *isNew = !same;
    if (!same)
        return enter(host->domains, document);
    if (same->id >= 0) {
        if (same->next)
            virDocDomainFree(same->next);
        same->next = document;
    } else {
        virDocDomainFree(same->live);
        same->live = document;
    }
    return same;
}

testDomain *
testDomainAdoptRunning(testHost *host, virDocDomain *document)
{
    testDomain *domain = g_hash_table_lookup(host->domains->objects.byUUID, document->uuid);
    virDocDomain *kept = domain ? domain->live : NULL;
    bool isNew;

    if (domain && domain->id >= 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID, "domain '%s' is already active",
                      domain->name);
        virDocDomainFree(document);
        return NULL;
    }
    /* Adopting would free the definition. */
    if (domain)
        domain->live = virDocDomainNew();
    domain = testDomainAdopt(host, document, &isNew);
    if (!domain && kept) {
        domain = g_hash_table_lookup(host->domains->objects.byUUID, kept->uuid);
        virDocDomainFree(domain->live);
        domain->live = kept;
        return NULL;
    }
    if (domain)
        domain->next = kept;
    return domain;
}

void
testDomainGiveUp(testHost *host, testDomain *domain)
{
    if (domain->next) {
        virDocDomainFree(domain->live);
        domain->live = g_steal_pointer(&domain->next);
    } else {
        testDomainForget(host, domain);
    }
}

void
testDomainSetUp(testHost *host)
{
    testDomainTable *table = host->domains = g_new0(testDomainTable, 1);

    virConfObjectsInit(&table->objects, &domainKind, VIR_FROM_TEST, &host->lock);
    table->images = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    table->clock = testClockNew(host);
    g_cond_init(&table->jobEnded);
}

int
testDomainSetUpDefault(testHost *host)
{
    virDocDomain *document;
    testDomain *domain;
    bool isNew;

    document = testDomainParse(defaultXML, /* strict= */ true);
    domain = document ? testDomainAdopt(host, document, &isNew) : NULL;
    if (!domain)
        return -1;
    domain->persistent = true;
    testDomainStart(host, domain, /* paused= */ false);
    domain->reason = VIR_DOMAIN_RUNNING_UNKNOWN;
    return 0;
}

void
testDomainTearDown(testHost *host)
{
    testClockFree(host->domains->clock);
    virConfObjectsClear(&host->domains->objects);
    if (host->domains->folder)
        rmdir(host->domains->folder);
    g_free(host->domains->folder);
    g_hash_table_unref(host->domains->images);
    g_cond_clear(&host->domains->jobEnded);
    g_free(host->domains);
}
