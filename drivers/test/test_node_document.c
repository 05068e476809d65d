/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Node documents: a whole host described in a file. */

#include "test_node_document.h"

#include <stdlib.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "document/node.h"
#include "document/parse.h"
#include "document/raise.h"
#include "document/tree.h"
#include "driver/test.h"
#include "runtime/auth.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "test_domain.h"
#include "test_domain_block.h"
#include "test_domain_incident.h"
#include "test_driver.h"
#include "test_fault.h"
#include "test_node.h"
#include "test_nodedev.h"
#include "test_storage.h"

typedef struct {
    virConnectPtr conn;
    testHost *host;
    const char *path;       /* of the node document */
    char *folder;           /* of the files it names */
    GHashTable *lines;      /* where objects stand: virDocNodeObject -> line */
    GHashTable *domains;    /* those that were read along: virDocNodeObject -> virDocDomain */
    virDocIssues *spare;    /* of elements that are none; a domain's are found again from its text */
} Loader;

/* The text of an object's document, and what to call it in messages. */
typedef struct {
    char *text;
    char *place;
    size_t before; /* lines before the document that was read meanwhile */
    bool counted;
} Source;

static void
clearSource(Source *source)
{
    g_free(source->text);
    g_free(source->place);
    if (source->counted)
        virDocIssuesLinesBefore(source->before);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, clearSource)

/* Says of the last error in which file it is. */
static int
failedIn(const char *place)
{
    virErrorPtr error = localGetLastError();
    g_autofree char *detail = error ? g_strdup(error->str2 ? error->str2 : error->message) : NULL;
    int domain = error ? error->domain : VIR_FROM_TEST;
    int code = error ? error->code : VIR_ERR_INTERNAL_ERROR;

    virErrorRaise(domain, code, "%s: %s", place, detail ? detail : "failed without saying why");
    return -1;
}

/* Reads the file of an object, or takes its inline document, about which messages then count from the
 * start of the file; 0, or -1 with an error raised. */
static int
readSource(const Loader *loader, const char *file, const char *document, size_t line,
           Source *source)
{
    g_autoptr(GError) error = NULL;
    gsize length;

    if (!file && !document) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_XML_ERROR,
                      "%s: line %zu: an object has neither a document nor a 'file'", loader->path,
                      line);
        return -1;
    }
    if (!file) {
        source->text = g_strdup(document);
        source->before = virDocIssuesLinesBefore(line ? line - 1 : 0);
        source->counted = true;
        source->place = g_strdup(loader->path);
        return 0;
    }
    /* lines of a file of its own count from its start, also where the naming object stands inline */
    source->before = virDocIssuesLinesBefore(0);
    source->counted = true;
    source->place = g_path_is_absolute(file) ? g_strdup(file)
                                             : g_build_filename(loader->folder, file, NULL);
    if (!g_file_get_contents(source->place, &source->text, &length, &error)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_XML_ERROR, "%s: line %zu: %s", loader->path, line,
                      error->message);
        return -1;
    }
    if (length > VIR_DOC_SIZE_MAX || strlen(source->text) != length) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_XML_ERROR, "%s: not a document of at most %d bytes",
                      source->place, VIR_DOC_SIZE_MAX);
        return -1;
    }
    return 0;
}

static size_t
lineOf(const Loader *loader, const void *object)
{
    return GPOINTER_TO_SIZE(g_hash_table_lookup(loader->lines, object));
}

static void
checkObject(void *data, virDocContext *context)
{
    Loader *loader = virDocContextOpaque(context);
    const virDocNodeObject *object = data;
    virDocDomain *domain = object->file ? NULL : testDomainParseInside(context, loader->spare);

    g_hash_table_insert(loader->lines, data, GSIZE_TO_POINTER(virDocContextLine(context)));
    if (domain)
        g_hash_table_insert(loader->domains, data, domain);
}

static void
checkDomain(void *data, virDocContext *context)
{
    virDocNodeDomain *domain = data;
    bool off = domain->hasRunState && domain->runState == VIR_DOMAIN_SHUTOFF;

    if (domain->transient && off)
        virDocContextReport(context, NULL, "a transient domain cannot be shut off");
    if (domain->hasManagedSave && !off)
        virDocContextReport(context, NULL, "a domain whose state was saved is shut off");
}

static const virDocCheckEntry checks[] = {
    { "nodeObject", checkObject },
    { "nodeDomain", checkDomain },
    { "nodeFault", testFaultCheck },
    { "nodeIncident", testIncidentCheck },
};

/* Parses a part of an object's document that only node documents have. */
static void *
parsePart(Loader *loader, const virDocRecord *record, const Source *source)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { .checks = checks, .nchecks = G_N_ELEMENTS(checks),
                                   .opaque = loader };
    void *part = virDocParse(record, NULL, source->text, &options, issues);

    if (!part) {
        virDocIssuesRaise(issues, VIR_FROM_TEST);
        failedIn(source->place);
    }
    return part;
}

/* --- domains ---------------------------------------------------------------------------------- */

/* Enters a domain in the state that its document asks for; called with the lock held. */
static virDomainPtr
enterDomain(Loader *loader, const virDocNodeDomain *wanted, virDocDomain *document)
{
    int state = wanted->hasRunState ? (int) wanted->runState : VIR_DOMAIN_RUNNING;
    testDomain *domain;
    bool isNew;

    domain = testDomainAdopt(loader->host, document, &isNew);
    if (domain && !isNew) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED,
                      "domain '%s' is described twice", domain->name);
        return NULL;
    }
    if (!domain)
        return NULL;
    domain->persistent = !wanted->transient;
    domain->autostart = wanted->autostart && domain->persistent;
    /* What was saved ran before. */
    if (wanted->hasManagedSave || state != VIR_DOMAIN_SHUTOFF) {
        testDomainStart(loader->host, domain, state == VIR_DOMAIN_PAUSED);
        testDomainSetState(domain, wanted->hasManagedSave ? (int) VIR_DOMAIN_RUNNING : state,
                           domain->reason);
        domain->reason = 0;
    }
    return testDomainHandle(loader->conn, domain);
}

/* Notes what went wrong with disks of a domain, and what will happen; called with the lock held. */
static int
planMishaps(Loader *loader, const virDocNodeDomain *wanted, virDomainPtr handle)
{
    const testDomain *domain = g_hash_table_lookup(loader->host->domains->objects.byUUID, handle->uuid);

    for (size_t i = 0; i < wanted->ndiskErrors; i++) {
        const virDocNodeDiskError *one = wanted->diskErrors[i];
        const virDocDomainDisk *disk = virConfDomainFindDisk(domain->live, one->disk);
        testDiskImage *image = disk ? testDomainImage(loader->host, disk) : NULL;

        if (!image) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_XML_ERROR,
                          "no disk '%s' with a source, which could go wrong", one->disk);
            return -1;
        }
        image->error = one->error == VIR_DOC_NODE_DISK_ERROR_KIND_NO_SPACE ?
            VIR_DOMAIN_DISK_ERROR_NO_SPACE : VIR_DOMAIN_DISK_ERROR_UNSPEC;
    }
    for (size_t i = 0; i < wanted->nincidents; i++) {
        if (!testIncidentPlan(loader->host, domain, wanted->incidents[i]))
            return -1;
    }
    return 0;
}

/* The document of a snapshot, which in a node document has a root of another namespace. */
static char *
withoutPrefix(const char *text)
{
    const char *start = strchr(text, '<');
    g_autofree char *prefix = NULL;
    g_autofree char *closing = NULL;
    GString *plain;

    if (!start || start[1 + strcspn(start + 1, ":/> ")] != ':')
        return g_strdup(text);
    prefix = g_strndup(start + 1, strcspn(start + 1, ":") + 1);
    closing = g_strdup_printf("</%s", prefix);
    plain = g_string_new(text);
    if (g_strrstr(plain->str, closing))
        g_string_erase(plain, g_strrstr(plain->str, closing) + 2 - plain->str,
                       (gssize) strlen(prefix));
    g_string_erase(plain, start + 1 - text, (gssize) strlen(prefix));
    return g_string_free(plain, /* free_segment= */ FALSE);
}

static int
addSnapshots(Loader *loader, virDomainPtr domain, const virDocNodeDomain *wanted, size_t line)
{
    const virHypervisorDriver *hooks = testDriver.hypervisor;

    for (size_t i = 0; i < wanted->nsnapshots; i++) {
        const virDocNodeSnapshot *one = wanted->snapshots[i];
        g_auto(Source) source = { 0 };
        g_autofree char *text = NULL;
        virDomainSnapshotPtr snapshot;

        if (readSource(loader, one->file, one->document, line, &source) < 0)
            return -1;
        if (!hooks->DomainSnapshotCreateXML) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_SUPPORT, "snapshots");
            return failedIn(source.place);
        }
        text = withoutPrefix(source.text);
        snapshot = hooks->DomainSnapshotCreateXML(domain, text,
                                                  VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE);
        if (!snapshot)
            return failedIn(source.place);
        virHandleUnref(&snapshot->handle);
    }
    return 0;
}

static int
loadDomain(Loader *loader, const virDocNodeObject *object)
{
    g_autoptr(virDocNodeDomain) wanted = NULL;
    g_auto(Source) source = { 0 };
    virDocDomain *document;
    virDomainPtr handle;
    int broken, ret = -1;

    if (readSource(loader, object->file, object->document, lineOf(loader, object), &source) < 0)
        return -1;
    /* what a node document says beside the definition is in a namespace, and most say nothing */
    if (strstr(source.text, "xmlns") || strstr(source.text, "test:"))
        wanted = parsePart(loader, &virDocNodeDomainRecord, &source);
    else
        wanted = virDocNodeDomainNew();
    if (!wanted)
        return -1;
    if (!g_hash_table_steal_extended(loader->domains, object, NULL, (gpointer *) &document))
        document = testDomainParse(source.text, /* strict= */ false);
    if (!document)
        return failedIn(source.place);
    g_mutex_lock(&loader->host->lock);
    handle = enterDomain(loader, wanted, document);
    broken = handle ? planMishaps(loader, wanted, handle) : -1;
    g_mutex_unlock(&loader->host->lock);
    if (!handle)
        return failedIn(source.place);
    if (broken < 0 || (wanted->hasManagedSave && testDomainManagedSave(handle, 0) < 0))
        failedIn(source.place);
    else
        ret = addSnapshots(loader, handle, wanted, lineOf(loader, object));
    virHandleUnref(&handle->handle);
    return ret;
}

/* --- what is not a domain ----------------------------------------------------------------------- */

static bool
isActive(const virDocNodeObject *object)
{
    return object->state != VIR_DOC_NODE_STATE_INACTIVE;
}

/* Enters an object by its document; 0, or -1 with an error raised. */
typedef int (*EnterFunction)(virConnectPtr conn, const char *text, const virDocNodeObject *object);

static int
enterNetwork(virConnectPtr conn, const char *text, const virDocNodeObject *object)
{
    bool transient = object->transient == VIR_DOC_SWITCH_ON;
    virNetworkPtr network = transient ? testNetworkCreateXML(conn, text)
                                      : testNetworkDefineXML(conn, text);
    int ret = 0;

    if (!network)
        return -1;
    if (!transient && isActive(object))
        ret = testNetworkCreate(network);
    if (ret == 0 && object->autostart == VIR_DOC_SWITCH_ON)
        ret = testNetworkSetAutostart(network, 1);
    virHandleUnref(&network->handle);
    return ret;
}

static int
enterInterface(virConnectPtr conn, const char *text, const virDocNodeObject *object)
{
    virInterfacePtr interface = testInterfaceDefineXML(conn, text, 0);
    int ret = 0;

    if (!interface)
        return -1;
    if (isActive(object))
        ret = testInterfaceCreate(interface, 0);
    virHandleUnref(&interface->handle);
    return ret;
}

static int
enterSecret(virConnectPtr conn, const char *text, const virDocNodeObject *object G_GNUC_UNUSED)
{
    virSecretPtr secret = testSecretDefineXML(conn, text, 0);

    if (secret)
        virHandleUnref(&secret->handle);
    return secret ? 0 : -1;
}

static int
enterFilter(virConnectPtr conn, const char *text, const virDocNodeObject *object G_GNUC_UNUSED)
{
    virNWFilterPtr filter = testNWFilterDefineXML(conn, text);

    if (filter)
        virHandleUnref(&filter->handle);
    return filter ? 0 : -1;
}

/* Enters an object about which its own document says everything. */
static int
loadBy(Loader *loader, const virDocNodeObject *object, EnterFunction enter)
{
    g_auto(Source) source = { 0 };

    if (readSource(loader, object->file, object->document, lineOf(loader, object), &source) < 0)
        return -1;
    return enter(loader->conn, source.text, object) < 0 ? failedIn(source.place) : 0;
}

/* Adds the volumes that stand in a pool's document. */
static int
addVolumes(Loader *loader, virStoragePoolPtr handle, const Source *from, size_t line)
{
    g_autoptr(virDocNodePool) wanted = parsePart(loader, &virDocNodePoolRecord, from);

    for (size_t i = 0; wanted && i < wanted->nvolumes; i++) {
        const virDocNodeVolume *one = wanted->volumes[i];
        g_auto(Source) source = { 0 };
        virDocStorageVol *document;
        testVolume *volume;
        testPool *pool;

        if (readSource(loader, one->file, one->document, line, &source) < 0)
            return -1;
        document = testVolumeParse(source.text, /* strict= */ false);
        if (!document)
            return failedIn(source.place);
        pool = testPoolLock(handle);
        if (!pool) {
            virDocStorageVolFree(document);
            return failedIn(source.place);
        }
        volume = testVolumeAdd(pool, document, /* placed= */ true);
        testPoolUnlock(handle);
        if (!volume)
            return failedIn(source.place);
    }
    return wanted ? 0 : -1;
}

static int
loadPool(Loader *loader, const virDocNodeObject *object)
{
    bool transient = object->transient == VIR_DOC_SWITCH_ON;
    g_auto(Source) source = { 0 };
    virStoragePoolPtr pool;
    int ret = 0;

    if (readSource(loader, object->file, object->document, lineOf(loader, object), &source) < 0)
        return -1;
    pool = transient ? testStoragePoolCreateXML(loader->conn, source.text, 0)
                     : testStoragePoolDefineXML(loader->conn, source.text, 0);
    if (!pool)
        return failedIn(source.place);
    if (!transient && isActive(object))
        ret = testStoragePoolCreate(pool, 0);
    if (ret == 0 && object->autostart == VIR_DOC_SWITCH_ON)
        ret = testStoragePoolSetAutostart(pool, 1);
    if (ret < 0)
        failedIn(source.place);
    else
        ret = addVolumes(loader, pool, &source, lineOf(loader, object));
    virHandleUnref(&pool->handle);
    return ret;
}

/* --- the whole document ------------------------------------------------------------------------ */

static int
loadObjects(Loader *loader, const virDocNode *node)
{
    const struct {
        size_t count;
        virDocNodeObject **objects;
        int (*load)(Loader *loader, const virDocNodeObject *object);
        EnterFunction enter;    /* instead of load */
    } kinds[] = {
        { node->ninterfaces, node->interfaces, NULL, enterInterface },
        { node->ndevices, node->devices, NULL, testNodeDeviceEnter },
        { node->nsecrets, node->secrets, NULL, enterSecret },
        { node->nfilters, node->filters, NULL, enterFilter },
        { node->nnetworks, node->networks, NULL, enterNetwork },
        { node->npools, node->pools, loadPool, NULL },
        { node->ndomains, node->domains, loadDomain, NULL },
    };

    for (size_t kind = 0; kind < G_N_ELEMENTS(kinds); kind++) {
        for (size_t i = 0; i < kinds[kind].count; i++) {
            const virDocNodeObject *object = kinds[kind].objects[i];
            int ret = kinds[kind].enter ? loadBy(loader, object, kinds[kind].enter)
                                        : kinds[kind].load(loader, object);

            if (ret < 0)
                return -1;
        }
    }
    return 0;
}

static unsigned int
orElse(bool has, unsigned int value, unsigned int otherwise)
{
    return has ? value : otherwise;
}

/* Processors and memory of the host, which its memory is divided over evenly. */
static int
loadMachine(const Loader *loader, const virDocNode *node)
{
    virNodeInfo *info = &loader->host->node;
    g_autofree unsigned long long *memory = NULL;
    g_autofree unsigned int *pageSize = NULL;
    g_autoptr(virDocBitmap) online = NULL;
    g_autofree char *first = NULL;
    unsigned long long total;

    *info = testDefaultNode;
    info->nodes = orElse(node->hasCpuNodes, node->cpuNodes, info->nodes);
    info->sockets = orElse(node->hasCpuSockets, node->cpuSockets, info->sockets);
    info->cores = orElse(node->hasCpuCores, node->cpuCores, info->cores);
    info->threads = orElse(node->hasCpuThreads, node->cpuThreads, info->threads);
    info->mhz = orElse(node->hasCpuMhz, node->cpuMhz, info->mhz);
    if (node->hasMemory)
        info->memory = (unsigned long) node->memory;
    /* Each factor is a 32-bit number: two at a time cannot overflow, and then it is small. */
    total = (unsigned long long) info->nodes * info->sockets;
    if (total <= TEST_CPUS_MAX)
        total *= info->cores;
    if (total <= TEST_CPUS_MAX)
        total *= info->threads;
    if (total > TEST_CPUS_MAX) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_XML_ERROR,
                      "%s: /node/cpu: a host has at most %d processors", loader->path,
                      TEST_CPUS_MAX);
        return -1;
    }
    info->cpus = (unsigned int) total;
    if (node->hasCpuActive)
        info->cpus = MIN(node->cpuActive, info->cpus);
    if (node->cpuModel && g_strlcpy(info->model, node->cpuModel, sizeof(info->model)) >=
        sizeof(info->model)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "%s: /node/cpu/model: '%s' has more than %zu bytes", loader->path,
                      node->cpuModel, sizeof(info->model) - 1);
        return -1;
    }
    memory = g_new(unsigned long long, info->nodes);
    pageSize = g_new(unsigned int, info->nodes);
    for (unsigned int i = 0; i < info->nodes; i++) {
        memory[i] = info->memory / info->nodes + (i == 0 ? info->memory % info->nodes : 0);
        pageSize[i] = testPageSizes[0];
    }
    first = g_strdup_printf("0-%u", info->cpus - 1);
    online = virDocBitmapParse(first);
    loader->host->machine = testMachineNew(
        &(testTopology) { info->nodes, info->sockets, info->cores, info->threads, memory,
                          pageSize }, (unsigned int) total, online);
    testPowerSetUp(loader->host->machine, node);
    return 0;
}

static void
freeUser(gpointer data)
{
    testUser *user = data;

    virAuthForget(user->password);
    g_free(user);
}

static void
loadUsers(testHost *host, const virDocNode *node)
{
    if (!node->nauthUsers)
        return;
    host->users = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, freeUser);
    for (size_t i = 0; i < node->nauthUsers; i++) {
        testUser *user = g_new0(testUser, 1);

        user->password = g_strdup(node->authUsers[i]->password);
        g_hash_table_replace(host->users, g_strdup(node->authUsers[i]->name), user);
    }
}

static virDocNode *
parseNode(Loader *loader)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { .checks = checks, .nchecks = G_N_ELEMENTS(checks),
                                   .opaque = loader };
    virDocNode *node;

    if (!g_file_test(loader->path, G_FILE_TEST_EXISTS)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_XML_ERROR, "there is no node document '%s'",
                      loader->path);
        return NULL;
    }
    node = virDocParseFile(&virDocNodeRecord, NULL, loader->path, &options, issues);
    if (!node) {
        virDocIssuesRaise(issues, VIR_FROM_TEST);
        failedIn(loader->path);
    }
    return node;
}

int
testNodeLoad(virConnectPtr conn, const char *path)
{
    Loader loader = { .conn = conn, .host = testHostOf(conn), .path = path };
    virDocNode *node;
    int ret = -1;

    loader.folder = g_path_get_dirname(path);
    loader.lines = g_hash_table_new(NULL, NULL);
    loader.spare = virDocIssuesNew();
    loader.domains = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) virDocDomainFree);
    node = parseNode(&loader);
    if (node) {
        loadUsers(loader.host, node);
        loader.host->faults = testFaultsNew(node);
        if (loadMachine(&loader, node) == 0)
            ret = loadObjects(&loader, node);
    }
    virDocNodeFree(node);
    g_hash_table_unref(loader.lines);
    g_hash_table_unref(loader.domains);
    virDocIssuesFree(loader.spare);
    g_free(loader.folder);
    return ret;
}
