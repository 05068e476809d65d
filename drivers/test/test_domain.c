/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains of the test hypervisor: definitions and life cycle, kept in memory. */

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "document/domain.h"
#include "document/parse.h"
#include "document/print.h"
#include "document/raise.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_driver.h"

/* `live` runs, or would; `next` is the definition of the next start when it differs. */
struct testDomain {
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    int id;                     /* -1 while off */
    virDocDomain *live;
    virDocDomain *next;
    int state;
    int reason;
    bool persistent;
    bool autostart;
};

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

static virDocDomain *
parse(const char *xml, bool strict)
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
    if (!document->hasUuid && virUUIDGenerate(document->uuid) < 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "no randomness for a UUID");
        return NULL;
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
    return g_steal_pointer(&document);
}

/* The domain behind a handle, with the host locked; NULL unlocked, with an error raised. */
static testDomain *
lockDomain(virDomainPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    char text[VIR_UUID_STRING_BUFLEN];
    testDomain *domain;

    g_mutex_lock(&host->lock);
    domain = g_hash_table_lookup(host->domainsByUUID, handle->uuid);
    if (!domain) {
        g_mutex_unlock(&host->lock);
        virUUIDFormat(handle->uuid, text);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN,
                      "no domain with matching uuid '%s' (%s)", text, handle->name);
    }
    return domain;
}

static void
unlock(virDomainPtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

/* Tells listeners what happened; called with the lock held, which the queue allows. */
static void
announce(virConnectPtr conn, const testDomain *domain, int event, int detail)
{
    virDomainPtr handle = virDomainNew(conn, domain->name, domain->uuid, domain->id);
    char key[VIR_UUID_STRING_BUFLEN];

    virUUIDFormat(domain->uuid, key);
    virEventStateQueue(testHostOf(conn)->domainEvents,
                       virEventLifecycle(&virDomainClass, &handle->handle, key,
                                         VIR_DOMAIN_EVENT_ID_LIFECYCLE, event, detail));
    virHandleUnref(&handle->handle);
}

/* Called with the lock held, as are the next four. */
static void
forget(testHost *host, testDomain *domain)
{
    g_hash_table_remove(host->domainsByUUID, domain->uuid);
    g_hash_table_remove(host->domains, domain->name);
}

static void
start(testHost *host, testDomain *domain, bool paused)
{
    domain->id = host->nextId++;
    domain->live->id = domain->id;
    domain->live->hasId = true;
    domain->state = paused ? VIR_DOMAIN_PAUSED : VIR_DOMAIN_RUNNING;
    domain->reason = paused ? (int) VIR_DOMAIN_PAUSED_USER : (int) VIR_DOMAIN_RUNNING_BOOTED;
    g_hash_table_insert(host->domainsById, GINT_TO_POINTER(domain->id), domain);
}

static void
startAnnounced(virConnectPtr conn, testDomain *domain, bool paused)
{
    start(testHostOf(conn), domain, paused);
    announce(conn, domain, VIR_DOMAIN_EVENT_STARTED, VIR_DOMAIN_EVENT_STARTED_BOOTED);
    if (paused)
        announce(conn, domain, VIR_DOMAIN_EVENT_SUSPENDED, VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
}

/* Turns a running domain off; a transient one is gone afterwards. */
static void
stop(virConnectPtr conn, testDomain *domain, int reason, int detail)
{
    testHost *host = testHostOf(conn);

    g_hash_table_remove(host->domainsById, GINT_TO_POINTER(domain->id));
    domain->id = -1;
    domain->live->hasId = false;
    domain->state = VIR_DOMAIN_SHUTOFF;
    domain->reason = reason;
    if (domain->next) {
        virDocDomainFree(domain->live);
        domain->live = g_steal_pointer(&domain->next);
    }
    announce(conn, domain, VIR_DOMAIN_EVENT_STOPPED, detail);
    if (!domain->persistent)
        forget(host, domain);
}

/* Takes in a document and owns it whatever happens; NULL with an error raised. */
static testDomain *
adopt(testHost *host, virDocDomain *document, bool *isNew)
{
    testDomain *named = g_hash_table_lookup(host->domains, document->name);
    testDomain *same = g_hash_table_lookup(host->domainsByUUID, document->uuid);
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
    if (!same) {
        same = g_new0(testDomain, 1);
        same->name = g_strdup(document->name);
        memcpy(same->uuid, document->uuid, VIR_UUID_BUFLEN);
        same->id = -1;
        same->state = VIR_DOMAIN_SHUTOFF;
        same->live = document;
        g_hash_table_insert(host->domains, same->name, same);
        g_hash_table_insert(host->domainsByUUID, same->uuid, same);
        return same;
    }
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
    virDocDomain *document;
    testDomain *domain;
    bool isNew;

    host->domainEvents = virEventStateNew();
    host->domains = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, freeDomain);
    host->domainsByUUID = g_hash_table_new(hashUUID, equalUUID);
    host->domainsById = g_hash_table_new(NULL, NULL);
    host->nextId = 1;
    document = parse(defaultXML, /* strict= */ true);
    domain = document ? adopt(host, document, &isNew) : NULL;
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
    virEventStateFree(host->domainEvents);
    g_hash_table_unref(host->domainsById);
    g_hash_table_unref(host->domainsByUUID);
    g_hash_table_unref(host->domains);
}

static bool
flagsKnown(unsigned int flags, unsigned int known, const char *function)
{
    if (!(flags & ~known))
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "unsupported flags (0x%x) in function %s",
                  flags & ~known, function);
    return false;
}

virDomainPtr
testDomainDefineXMLFlags(virConnectPtr conn, const char *xml, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDocDomain *document = parse(xml, flags & VIR_DOMAIN_DEFINE_VALIDATE);
    virDomainPtr handle = NULL;
    testDomain *domain;
    bool isNew;

    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    domain = adopt(host, document, &isNew);
    if (domain) {
        domain->persistent = true;
        handle = virDomainNew(conn, domain->name, domain->uuid, domain->id);
        announce(conn, domain, VIR_DOMAIN_EVENT_DEFINED,
                 isNew ? VIR_DOMAIN_EVENT_DEFINED_ADDED : VIR_DOMAIN_EVENT_DEFINED_UPDATED);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

virDomainPtr
testDomainDefineXML(virConnectPtr conn, const char *xml)
{
    return testDomainDefineXMLFlags(conn, xml, 0);
}

virDomainPtr
testDomainCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDomainPtr handle = NULL;
    virDocDomain *document;
    testDomain *domain;
    bool isNew;

    if (!flagsKnown(flags, VIR_DOMAIN_START_PAUSED | VIR_DOMAIN_START_VALIDATE, __func__))
        return NULL;
    document = parse(xmlDesc, flags & VIR_DOMAIN_START_VALIDATE);
    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    domain = g_hash_table_lookup(host->domainsByUUID, document->uuid);
    if (domain && domain->id >= 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID,
                      "domain is already active as '%s'", domain->name);
        virDocDomainFree(document);
    } else {
        /* A persistent domain keeps its definition for the next start. */
        virDocDomain *kept = domain ? virDocDomainCopy(domain->live) : NULL;

        domain = adopt(host, document, &isNew);
        if (domain) {
            domain->next = g_steal_pointer(&kept);
            startAnnounced(conn, domain, flags & VIR_DOMAIN_START_PAUSED);
            handle = virDomainNew(conn, domain->name, domain->uuid, domain->id);
        }
        if (kept)
            virDocDomainFree(kept);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

int
testDomainCreateWithFlags(virDomainPtr handle, unsigned int flags)
{
    testDomain *domain;
    int ret = -1;

    if (!flagsKnown(flags, VIR_DOMAIN_START_PAUSED, __func__))
        return -1;
    domain = lockDomain(handle);
    if (!domain)
        return -1;
    if (domain->id >= 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "Domain '%s' is already running",
                      domain->name);
    } else {
        startAnnounced(handle->conn, domain, flags & VIR_DOMAIN_START_PAUSED);
        handle->id = domain->id;
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testDomainCreate(virDomainPtr handle)
{
    return testDomainCreateWithFlags(handle, 0);
}

int
testDomainUndefineFlags(virDomainPtr handle, unsigned int flags)
{
    /* The model keeps no saved states, snapshots or checkpoints, so nothing is left to remove. */
    const unsigned int known = VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
        VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA;
    testDomain *domain;
    int ret = -1;

    if (!flagsKnown(flags, known, __func__))
        return -1;
    domain = lockDomain(handle);
    if (!domain)
        return -1;
    if (!domain->persistent) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot undefine transient domain");
    } else {
        domain->persistent = domain->autostart = false;
        announce(handle->conn, domain, VIR_DOMAIN_EVENT_UNDEFINED,
                 VIR_DOMAIN_EVENT_UNDEFINED_REMOVED);
        if (domain->id < 0)
            forget(testHostOf(handle->conn), domain);
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testDomainUndefine(virDomainPtr handle)
{
    return testDomainUndefineFlags(handle, 0);
}

int
testDomainSuspend(virDomainPtr handle)
{
    testDomain *domain = lockDomain(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->state != VIR_DOMAIN_RUNNING) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not running",
                      domain->name);
    } else {
        domain->state = VIR_DOMAIN_PAUSED;
        domain->reason = VIR_DOMAIN_PAUSED_USER;
        announce(handle->conn, domain, VIR_DOMAIN_EVENT_SUSPENDED,
                 VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testDomainResume(virDomainPtr handle)
{
    testDomain *domain = lockDomain(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->state != VIR_DOMAIN_PAUSED) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not paused",
                      domain->name);
    } else {
        domain->state = VIR_DOMAIN_RUNNING;
        domain->reason = VIR_DOMAIN_RUNNING_UNPAUSED;
        announce(handle->conn, domain, VIR_DOMAIN_EVENT_RESUMED,
                 VIR_DOMAIN_EVENT_RESUMED_UNPAUSED);
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testDomainShutdown(virDomainPtr handle)
{
    testDomain *domain = lockDomain(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->id < 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not running",
                      domain->name);
    } else {
        stop(handle->conn, domain, VIR_DOMAIN_SHUTOFF_SHUTDOWN, VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN);
        handle->id = -1;
        ret = 0;
    }
    unlock(handle);
    return ret;
}

/* Called with the lock held: whether the domain runs, else raises. */
static bool
requireActive(const testDomain *domain)
{
    if (domain->id >= 0)
        return true;
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID, "domain is not running");
    return false;
}

int
testDomainDestroy(virDomainPtr handle)
{
    testDomain *domain = lockDomain(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (requireActive(domain)) {
        stop(handle->conn, domain, VIR_DOMAIN_SHUTOFF_DESTROYED,
             VIR_DOMAIN_EVENT_STOPPED_DESTROYED);
        handle->id = -1;
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testDomainDestroyFlags(virDomainPtr handle, unsigned int flags)
{
    /* A guest of the model never resists, so a graceful end is the same end. */
    if (!flagsKnown(flags, VIR_DOMAIN_DESTROY_GRACEFUL, __func__))
        return -1;
    return testDomainDestroy(handle);
}

int
testDomainSetMemory(virDomainPtr handle, unsigned long memory)
{
    testDomain *domain = lockDomain(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (requireActive(domain)) {
        if (memory > domain->live->memory) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                          "cannot set memory higher than max memory");
        } else {
            /* The guest changes, its definition does not. */
            if (domain->persistent && !domain->next) {
                domain->next = virDocDomainCopy(domain->live);
                domain->next->hasId = false;
            }
            domain->live->currentMemory = memory;
            ret = 0;
        }
    }
    unlock(handle);
    return ret;
}

int
testDomainGetMaxVcpus(virDomainPtr handle)
{
    testDomain *domain = lockDomain(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (requireActive(domain))
        ret = (int) domain->live->vcpu->count;
    unlock(handle);
    return ret;
}

/* A handle of what a lookup found, NULL when it found nothing; called with the lock held. */
static virDomainPtr
handleOf(virConnectPtr conn, const testDomain *domain)
{
    return domain ? virDomainNew(conn, domain->name, domain->uuid, domain->id) : NULL;
}

/* A handle of the domain a table has under a key; NULL without an error when it has none. */
static virDomainPtr
lookup(virConnectPtr conn, GHashTable *table, gconstpointer key)
{
    testHost *host = testHostOf(conn);
    virDomainPtr handle;

    g_mutex_lock(&host->lock);
    handle = handleOf(conn, g_hash_table_lookup(table, key));
    g_mutex_unlock(&host->lock);
    return handle;
}

virDomainPtr
testDomainLookupByName(virConnectPtr conn, const char *name)
{
    virDomainPtr handle = lookup(conn, testHostOf(conn)->domains, name);

    if (!handle)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "no domain with matching name '%s'", name);
    return handle;
}

virDomainPtr
testDomainLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    virDomainPtr handle = lookup(conn, testHostOf(conn)->domainsByUUID, uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    if (!handle) {
        virUUIDFormat(uuid, text);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "no domain with matching uuid '%s'", text);
    }
    return handle;
}

virDomainPtr
testDomainLookupByID(virConnectPtr conn, int id)
{
    virDomainPtr handle = lookup(conn, testHostOf(conn)->domainsById, GINT_TO_POINTER(id));

    if (!handle)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "no domain with matching id %d", id);
    return handle;
}

int
testConnectNumOfDomains(virConnectPtr conn)
{
    testHost *host = testHostOf(conn);
    int count;

    g_mutex_lock(&host->lock);
    count = (int) g_hash_table_size(host->domainsById);
    g_mutex_unlock(&host->lock);
    return count;
}

int
testConnectNumOfDefinedDomains(virConnectPtr conn)
{
    testHost *host = testHostOf(conn);
    int count;

    g_mutex_lock(&host->lock);
    count = (int) (g_hash_table_size(host->domains) - g_hash_table_size(host->domainsById));
    g_mutex_unlock(&host->lock);
    return count;
}

int
testConnectListDomains(virConnectPtr conn, int *ids, int maxids)
{
    testHost *host = testHostOf(conn);
    GHashTableIter iter;
    gpointer key;
    int count = 0;

    g_mutex_lock(&host->lock);
    g_hash_table_iter_init(&iter, host->domainsById);
    while (count < maxids && g_hash_table_iter_next(&iter, &key, NULL))
        ids[count++] = GPOINTER_TO_INT(key);
    g_mutex_unlock(&host->lock);
    return count;
}

int
testConnectListDefinedDomains(virConnectPtr conn, char **const names, int maxnames)
{
    testHost *host = testHostOf(conn);
    GHashTableIter iter;
    gpointer value;
    int count = 0;

    g_mutex_lock(&host->lock);
    g_hash_table_iter_init(&iter, host->domains);
    while (count < maxnames && g_hash_table_iter_next(&iter, NULL, &value)) {
        testDomain *domain = value;

        if (domain->id < 0)
            names[count++] = g_strdup(domain->name);
    }
    g_mutex_unlock(&host->lock);
    return count;
}

/* Whether one pair of opposite filters lets a domain through. */
static bool
passes(unsigned int flags, unsigned int yes, unsigned int no, bool value)
{
    return !(flags & (yes | no)) || flags & (value ? yes : no);
}

static bool
selected(const testDomain *domain, unsigned int flags)
{
    const unsigned int states = VIR_CONNECT_LIST_DOMAINS_RUNNING | VIR_CONNECT_LIST_DOMAINS_PAUSED |
        VIR_CONNECT_LIST_DOMAINS_SHUTOFF | VIR_CONNECT_LIST_DOMAINS_OTHER;
    unsigned int state = VIR_CONNECT_LIST_DOMAINS_OTHER;

    if (domain->state == VIR_DOMAIN_RUNNING)
        state = VIR_CONNECT_LIST_DOMAINS_RUNNING;
    else if (domain->state == VIR_DOMAIN_PAUSED)
        state = VIR_CONNECT_LIST_DOMAINS_PAUSED;
    else if (domain->state == VIR_DOMAIN_SHUTOFF)
        state = VIR_CONNECT_LIST_DOMAINS_SHUTOFF;
    return (!(flags & states) || flags & state) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_ACTIVE, VIR_CONNECT_LIST_DOMAINS_INACTIVE,
               domain->id >= 0) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_PERSISTENT, VIR_CONNECT_LIST_DOMAINS_TRANSIENT,
               domain->persistent) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_AUTOSTART, VIR_CONNECT_LIST_DOMAINS_NO_AUTOSTART,
               domain->autostart) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE,
               VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE, false) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT,
               VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT, false) &&
        passes(flags, VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT,
               VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT, false);
}

int
testConnectListAllDomains(virConnectPtr conn, virDomainPtr **domains, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autofree virDomainPtr *list = NULL;
    GHashTableIter iter;
    gpointer value;
    int count = 0;

    g_mutex_lock(&host->lock);
    list = g_new0(virDomainPtr, g_hash_table_size(host->domains) + 1);
    g_hash_table_iter_init(&iter, host->domains);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        if (!selected(value, flags))
            continue;
        if (domains)
            list[count] = handleOf(conn, value);
        count++;
    }
    g_mutex_unlock(&host->lock);
    if (domains)
        *domains = g_steal_pointer(&list);
    return count;
}

int
testDomainGetInfo(virDomainPtr handle, virDomainInfoPtr info)
{
    testDomain *domain = lockDomain(handle);
    const virDocDomainVcpu *vcpu;

    if (!domain)
        return -1;
    vcpu = domain->live->vcpu;
    *info = (virDomainInfo) {
        .state = (unsigned char) domain->state,
        .maxMem = domain->live->memory,
        .memory = domain->live->currentMemory,
        .nrVirtCpu = (unsigned short) (vcpu->hasCurrent ? vcpu->current : vcpu->count),
        /* The model's guests are busy since the epoch. */
        .cpuTime = (unsigned long long) g_get_real_time() * 1000,
    };
    unlock(handle);
    return 0;
}

int
testDomainGetState(virDomainPtr handle, int *state, int *reason,
                   unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = lockDomain(handle);

    if (!domain)
        return -1;
    *state = domain->state;
    if (reason)
        *reason = domain->reason;
    unlock(handle);
    return 0;
}

int
testDomainIsActive(virDomainPtr handle)
{
    testDomain *domain = lockDomain(handle);
    int ret;

    if (!domain)
        return -1;
    ret = domain->id >= 0;
    unlock(handle);
    return ret;
}

int
testDomainIsPersistent(virDomainPtr handle)
{
    testDomain *domain = lockDomain(handle);
    int ret;

    if (!domain)
        return -1;
    ret = domain->persistent;
    unlock(handle);
    return ret;
}

unsigned long
testDomainGetMaxMemory(virDomainPtr handle)
{
    testDomain *domain = lockDomain(handle);
    unsigned long memory;

    if (!domain)
        return 0;
    memory = domain->live->memory;
    unlock(handle);
    return memory;
}

char *
testDomainGetXMLDesc(virDomainPtr handle, unsigned int flags)
{
    testDomain *domain = lockDomain(handle);
    bool inactive = flags & VIR_DOMAIN_XML_INACTIVE;
    unsigned int print = 0;
    char *text;

    if (!domain)
        return NULL;
    if (inactive)
        print |= VIR_DOC_PRINT_INACTIVE;
    if (flags & VIR_DOMAIN_XML_SECURE)
        print |= VIR_DOC_PRINT_SECURE;
    if (flags & VIR_DOMAIN_XML_MIGRATABLE)
        print |= VIR_DOC_PRINT_MIGRATABLE;
    text = virDocPrint(&virDocDomainRecord, NULL,
                       inactive && domain->next ? domain->next : domain->live, print);
    unlock(handle);
    return text;
}

int
testDomainGetAutostart(virDomainPtr handle, int *autostart)
{
    testDomain *domain = lockDomain(handle);

    if (!domain)
        return -1;
    *autostart = domain->autostart;
    unlock(handle);
    return 0;
}

int
testDomainSetAutostart(virDomainPtr handle, int autostart)
{
    testDomain *domain = lockDomain(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (!domain->persistent) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot set autostart for transient domain");
    } else {
        domain->autostart = autostart != 0;
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testConnectDomainEventRegisterAny(virConnectPtr conn, virDomainPtr dom, int eventID,
                                  virConnectDomainEventGenericCallback cb, void *opaque,
                                  virFreeCallback freecb)
{
    char key[VIR_UUID_STRING_BUFLEN];

    if (dom)
        virUUIDFormat(dom->uuid, key);
    return virEventStateAdd(testHostOf(conn)->domainEvents, conn, &virDomainClass,
                            dom ? key : NULL, eventID, (virFreeCallback) (void (*)(void)) cb,
                            opaque, freecb);
}

int
testConnectDomainEventDeregisterAny(virConnectPtr conn, int callbackID)
{
    return virEventStateRemove(testHostOf(conn)->domainEvents, conn, callbackID);
}
