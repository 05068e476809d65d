/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of domains of the test hypervisor, and how a domain enters, starts, stops, leaves. */

#include "test_domain.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "document/parse.h"
#include "document/raise.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"

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

    virDocDomainFree(domain->live);
    if (domain->next)
        virDocDomainFree(domain->next);
    g_free(domain->name);
    g_free(domain);
}

static guint
hashUUID(gconstpointer key)
{
    guint hash;

    memcpy(&hash, key, sizeof(hash));
    return hash;
}

static gboolean
equalUUID(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, VIR_UUID_BUFLEN) == 0;
}

/* What a document may leave open. */
static int
complete(virDocDomain *document)
{
    if (!document->hasUuid && virUUIDGenerate(document->uuid) < 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "no randomness for a UUID");
        return -1;
    }
    document->hasUuid = true;
    if (!document->hasCurrentMemory || document->currentMemory > document->memory)
        document->currentMemory = document->memory;
    document->hasCurrentMemory = true;
    if (!document->vcpu) {
        document->vcpu = virDocDomainVcpuNew();
        document->vcpu->count = 1;
        document->vcpu->hasCount = true;
    }
    return 0;
}

virDocDomain *
testDomainParse(const char *xml, bool strict)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {
        .flags = VIR_DOC_PARSE_INACTIVE | (strict ? VIR_DOC_PARSE_STRICT : 0),
    };
    g_autoptr(virDocDomain) document = virDocParse(&virDocDomainRecord, NULL, xml, &options,
                                                   issues);

    if (!document) {
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
        return NULL;
    }
    if (!g_str_equal(document->type, "test")) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED,
                      "the test hypervisor runs domains of type 'test', not '%s'",
                      document->type);
        return NULL;
    }
    return complete(document) < 0 ? NULL : g_steal_pointer(&document);
}

testDomain *
testDomainLock(virDomainPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    char text[VIR_UUID_STRING_BUFLEN];
    testDomain *domain;

    g_mutex_lock(&host->lock);
    domain = g_hash_table_lookup(host->domains->byUUID, handle->uuid);
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
testDomainFlagsKnown(unsigned int flags, unsigned int known, const char *function)
{
    if (!(flags & ~known))
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "unsupported flags (0x%x) in function %s",
                  flags & ~known, function);
    return false;
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
testDomainAnnounce(virConnectPtr conn, const testDomain *domain, int event, int detail)
{
    virEventStateQueue(conn->events, virDomainEventLifecycleNew(domain->name, domain->uuid,
                                                                domain->id, event, detail));
}

void
testDomainForget(testHost *host, testDomain *domain)
{
    g_queue_unlink(&host->domains->all, &domain->link);
    g_hash_table_remove(host->domains->byUUID, domain->uuid);
    g_hash_table_remove(host->domains->byName, domain->name);
}

static void
start(testHost *host, testDomain *domain, bool paused)
{
    domain->id = host->domains->nextId++;
    domain->live->id = domain->id;
    domain->live->hasId = true;
    domain->state = paused ? VIR_DOMAIN_PAUSED : VIR_DOMAIN_RUNNING;
    domain->reason = paused ? (int) VIR_DOMAIN_PAUSED_USER : (int) VIR_DOMAIN_RUNNING_BOOTED;
    g_hash_table_insert(host->domains->byId, GINT_TO_POINTER(domain->id), domain);
}

void
testDomainStart(virConnectPtr conn, testDomain *domain, bool paused)
{
    start(testHostOf(conn), domain, paused);
    testDomainAnnounce(conn, domain, VIR_DOMAIN_EVENT_STARTED, VIR_DOMAIN_EVENT_STARTED_BOOTED);
    if (paused)
        testDomainAnnounce(conn, domain, VIR_DOMAIN_EVENT_SUSPENDED,
                           VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
}

void
testDomainStop(virConnectPtr conn, testDomain *domain, int reason, int detail)
{
    testHost *host = testHostOf(conn);

    g_hash_table_remove(host->domains->byId, GINT_TO_POINTER(domain->id));
    domain->id = -1;
    domain->live->hasId = false;
    domain->state = VIR_DOMAIN_SHUTOFF;
    domain->reason = reason;
    if (domain->next) {
        virDocDomainFree(domain->live);
        domain->live = g_steal_pointer(&domain->next);
    }
    testDomainAnnounce(conn, domain, VIR_DOMAIN_EVENT_STOPPED, detail);
    if (!domain->persistent)
        testDomainForget(host, domain);
}

virDocDomain *
testDomainKeepDefinition(testDomain *domain)
{
    if (domain->persistent && domain->id >= 0 && !domain->next) {
        domain->next = virDocDomainCopy(domain->live);
        domain->next->hasId = false;
    }
    return domain->next;
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
    g_hash_table_insert(table->byName, domain->name, domain);
    g_hash_table_insert(table->byUUID, domain->uuid, domain);
    g_queue_push_tail_link(&table->all, &domain->link);
    return domain;
}

testDomain *
testDomainAdopt(testHost *host, virDocDomain *document, bool *isNew)
{
    testDomain *named = g_hash_table_lookup(host->domains->byName, document->name);
    testDomain *same = g_hash_table_lookup(host->domains->byUUID, document->uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    if (named != same) {
        virUUIDFormat(named ? named->uuid : same->uuid, text);
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED,
                      "domain '%s' already exists with uuid %s",
                      named ? named->name : same->name, text);
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

int
testDomainSetUp(testHost *host)
{
    testDomainTable *table = host->domains = g_new0(testDomainTable, 1);
    virDocDomain *document;
    testDomain *domain;
    bool isNew;

    table->byName = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, freeDomain);
    table->byUUID = g_hash_table_new(hashUUID, equalUUID);
    table->byId = g_hash_table_new(NULL, NULL);
    g_queue_init(&table->all);
    table->nextId = 1;
    document = testDomainParse(defaultXML, /* strict= */ true);
    domain = document ? testDomainAdopt(host, document, &isNew) : NULL;
    if (!domain)
        return -1;
    domain->persistent = true;
    start(host, domain, /* paused= */ false);
    domain->reason = VIR_DOMAIN_RUNNING_UNKNOWN;
    return 0;
}

void
testDomainTearDown(testHost *host)
{
    g_hash_table_unref(host->domains->byId);
    g_hash_table_unref(host->domains->byUUID);
    g_hash_table_unref(host->domains->byName);
    g_free(host->domains);
}
