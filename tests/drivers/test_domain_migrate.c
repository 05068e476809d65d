/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Migration between two hosts of the test hypervisor: where the guest is, whatever goes wrong. */

#include "drivers/domain.h"
#include "drivers/node_file.h"

/* A fault of a phase stands in both hosts, and only one of them has that phase. */
#define NODE(faults)                                                                            \
    "<node><cpu><mhz>2000</mhz><model>x86_64</model><active>8</active><nodes>1</nodes>"          \
    "<sockets>1</sockets><cores>8</cores><threads>1</threads></cpu><memory>16777216</memory>"    \
    faults "</node>"

typedef struct {
    virConnectPtr a, b;         /* source and destination */
    virDomainPtr dom;           /* on the source: persistent, and it runs */
    GString *heardA, *heardB;   /* as "started 0 guest; "; hosts know nothing of each other's order */
} Pair;

static virConnectPtr
openHost(const char *name, const char *document)
{
    g_autofree char *uri = NULL;

    writeNodeFile(name, document);
    uri = nodeURI(name);
    return mustOpen(uri);
}

static void
setUpFaults(Pair *pair, const char *faults)
{
    g_autofree char *xml = documentOf("guest", TEST_UUID, "");
    g_autofree char *node = g_strdup_printf(NODE("%s"), faults);

    pair->a = openHost("a.xml", node);
    pair->b = openHost("b.xml", node);
    pair->dom = virDomainDefineXML(pair->a, xml);
    g_assert_nonnull(pair->dom);
    assertDone(virDomainCreate(pair->dom));
    pair->heardA = g_string_new("");
    pair->heardB = g_string_new("");
    assertDone(virConnectDomainEventRegisterAny(pair->a, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hear), pair->heardA,
                                                NULL));
    assertDone(virConnectDomainEventRegisterAny(pair->b, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hear), pair->heardB,
                                                NULL));
}

static void
setUpPair(Pair *pair, gconstpointer faults)
{
    setUpFaults(pair, faults);
}

static void
tearDownPair(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    for (int id = 0; id < 10; id++) {
        virConnectDomainEventDeregisterAny(pair->a, id);
        virConnectDomainEventDeregisterAny(pair->b, id);
    }
    virDomainFree(pair->dom);
    g_assert_cmpint(virConnectClose(pair->a), ==, 0);
    g_assert_cmpint(virConnectClose(pair->b), ==, 0);
    g_string_free(pair->heardA, TRUE);
    g_string_free(pair->heardB, TRUE);
}

/* Delivers what is queued; what each host said since the last call must be this. */
static void
assertPair(Pair *pair, const char *atA, const char *atB)
{
    Host host = { .events = pair->heardA };

    assertEvents(&host, atA);
    host.events = pair->heardB;
    assertEvents(&host, atB);
}

static int
stateOf(virConnectPtr conn, const char *name)
{
    virDomainPtr dom = virDomainLookupByName(conn, name);
    int state = -1, reason;

    if (dom)
        assertDone(virDomainGetState(dom, &state, &reason, 0));
    if (dom)
        virDomainFree(dom);
    return state;
}

/* How many domains of both hosts run. */
static int
running(const Pair *pair)
{
    return virConnectListAllDomains(pair->a, NULL, VIR_CONNECT_LIST_DOMAINS_RUNNING) +
           virConnectListAllDomains(pair->b, NULL, VIR_CONNECT_LIST_DOMAINS_RUNNING);
}

/* Migrates with Migrate3; the domain there, or NULL. */
static virDomainPtr
migrate(Pair *pair, const char *key, const char *value, unsigned int flags)
{
    virTypedParameterPtr params = NULL;
    int nparams = 0, room = 0;
    virDomainPtr moved;

    if (key)
        assertDone(virTypedParamsAddString(&params, &nparams, &room, key, value));
    moved = virDomainMigrate3(pair->dom, pair->b, params, (unsigned int) nparams, flags);
    virTypedParamsFree(params, nparams);
    return moved;
}

static void
mustMigrate(Pair *pair, unsigned int flags)
{
    virDomainPtr moved = migrate(pair, NULL, NULL, flags);

    if (!moved)
        g_error("%s", virGetLastErrorMessage());
    virDomainFree(moved);
}

static void
testPlain(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr moved = virDomainMigrate(pair->dom, pair->b, 0, NULL, NULL, 0);

    g_assert_nonnull(moved);
    g_assert_cmpstr(virDomainGetName(moved), ==, "guest");
    g_assert_cmpint(virDomainIsPersistent(moved), ==, 0);
    assertState(moved, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_MIGRATED);
    assertState(pair->dom, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_MIGRATED);
    g_assert_cmpint((int) virDomainGetID(pair->dom), ==, -1);
    assertPair(pair, "suspended 1 guest; stopped 3 guest; ", "started 1 guest; resumed 1 guest; ");
    virDomainFree(moved);
}

static void
testPersistent(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr moved = migrate(pair, VIR_MIGRATE_PARAM_DEST_NAME, "renamed",
                                 VIR_MIGRATE_PERSIST_DEST | VIR_MIGRATE_UNDEFINE_SOURCE |
                                 VIR_MIGRATE_PAUSED | VIR_MIGRATE_LIVE);

    g_assert_nonnull(moved);
    g_assert_cmpstr(virDomainGetName(moved), ==, "renamed");
    g_assert_cmpint(virDomainIsPersistent(moved), ==, 1);
    assertState(moved, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    g_assert_cmpint(stateOf(pair->a, "guest"), ==, -1);
    assertPair(pair, "suspended 1 guest; undefined 0 guest; stopped 3 guest; ",
               "started 1 renamed; defined 0 renamed; suspended 0 renamed; ");
    assertDone(virDomainDestroy(moved));
    virDomainFree(moved);
}

/* What stood still stands still, and the definition of the next start comes along. */
static void
testDefinition(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *next = documentOf("guest", TEST_UUID, "<title>next</title>");
    g_autofree char *live = NULL, *kept = NULL;
    virDomainPtr moved;

    virDomainFree(virDomainDefineXML(pair->a, next));
    assertDone(virDomainSuspend(pair->dom));
    moved = virDomainMigrate2(pair->dom, pair->b, NULL, VIR_MIGRATE_PERSIST_DEST, "other", NULL, 0);
    g_assert_nonnull(moved);
    assertState(moved, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    live = virDomainGetXMLDesc(moved, 0);
    kept = virDomainGetXMLDesc(moved, VIR_DOMAIN_XML_INACTIVE);
    g_assert_null(strstr(live, "<title>next</title>"));
    g_assert_nonnull(strstr(kept, "<title>next</title>"));
    g_assert_nonnull(strstr(kept, "<name>other</name>"));
    virDomainFree(moved);
}

/* The destination may get another document, if the guest cannot notice. */
static void
testDocument(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *stable = documentOf("guest", TEST_UUID, "<description>there</description>");
    g_autofree char *other = g_strdup_printf(
        "<domain type='test'><name>guest</name><uuid>%s</uuid><memory>4096</memory>"
        "<vcpu>2</vcpu><os><type>hvm</type></os></domain>", TEST_UUID);
    g_autofree char *xml = NULL;
    virDomainPtr moved;

    g_assert_null(migrate(pair, VIR_MIGRATE_PARAM_DEST_XML, other, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED);
    g_assert_null(migrate(pair, VIR_MIGRATE_PARAM_DEST_XML, "<domain", 0));
    g_assert_null(migrate(pair, VIR_MIGRATE_PARAM_PERSIST_XML, "<domain", VIR_MIGRATE_PERSIST_DEST));
    g_assert_cmpint(stateOf(pair->a, "guest"), ==, VIR_DOMAIN_RUNNING);
    g_assert_cmpint(stateOf(pair->b, "guest"), ==, -1);
    moved = migrate(pair, VIR_MIGRATE_PARAM_DEST_XML, stable, 0);
    g_assert_nonnull(moved);
    xml = virDomainGetXMLDesc(moved, 0);
    g_assert_nonnull(strstr(xml, "<description>there</description>"));
    virDomainFree(moved);
}

static void
testOffline(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    const unsigned int flags = VIR_MIGRATE_OFFLINE | VIR_MIGRATE_PERSIST_DEST;

    g_assert_null(migrate(pair, NULL, NULL, flags));
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainDestroy(pair->dom));
    g_assert_null(migrate(pair, NULL, NULL, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_null(migrate(pair, NULL, NULL, VIR_MIGRATE_OFFLINE));
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "persistent flag");
    assertPair(pair, "stopped 1 guest; ", "");
    mustMigrate(pair, flags);
    /* It is there twice now, and goes again over what is there. */
    mustMigrate(pair, flags | VIR_MIGRATE_UNDEFINE_SOURCE);
    g_assert_cmpint(stateOf(pair->a, "guest"), ==, -1);
    g_assert_cmpint(stateOf(pair->b, "guest"), ==, VIR_DOMAIN_SHUTOFF);
    assertPair(pair, "undefined 0 guest; ", "defined 0 guest; defined 1 guest; ");
}

static void
testPeer(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *uri = nodeURI("b.xml");
    virDomainPtr moved;

    assertDone(virDomainMigrateToURI(pair->dom, uri, VIR_MIGRATE_PEER2PEER |
                                     VIR_MIGRATE_TUNNELLED, "tunnelled", 0));
    g_assert_cmpint(stateOf(pair->b, "tunnelled"), ==, VIR_DOMAIN_RUNNING);
    moved = virDomainLookupByName(pair->b, "tunnelled");
    assertDone(virDomainDestroy(moved));
    virDomainFree(moved);
    assertDone(virDomainCreate(pair->dom));
    moved = virDomainMigrate(pair->dom, pair->b, VIR_MIGRATE_PEER2PEER, NULL, NULL, 0);
    g_assert_nonnull(moved);
    virDomainFree(moved);
    g_assert_cmpint(running(pair), ==, 1);
}

static void
testWays(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *uri = nodeURI("b.xml");
    virConnectPtr ro = virConnectOpenReadOnly(uri);

    g_assert_null(virDomainMigrate(pair->dom, ro, 0, NULL, NULL, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_DENIED);
    virConnectClose(ro);
    g_assert_null(virDomainMigrate(pair->dom, pair->b, VIR_MIGRATE_TUNNELLED, NULL, NULL, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_null(migrate(pair, NULL, NULL, VIR_MIGRATE_PEER2PEER));
    assertMessage(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "virDomainMigrateToURI3");
    g_assert_cmpint(virDomainMigrateToURI(pair->dom, uri, 0, NULL, 0), ==, -1);
    assertMessage(VIR_FROM_DOMAIN, VIR_ERR_ARGUMENT_UNSUPPORTED, "direct migration");
    g_assert_cmpint(virDomainMigrateToURI3(pair->dom, NULL, NULL, 0, VIR_MIGRATE_PEER2PEER), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainMigrateToURI(pair->dom, "test+ext:///?command=/bin/true",
                                          VIR_MIGRATE_PEER2PEER, NULL, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
    g_assert_null(virDomainMigrate(pair->dom, pair->a, 0, NULL, NULL, 0));
    assertMessage(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "same host");
    g_assert_null(migrate(pair, VIR_MIGRATE_PARAM_URI, "http://there", 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_null(migrate(pair, VIR_MIGRATE_PARAM_LISTEN_ADDRESS, "0.0.0.0", 0));
    assertError(VIR_FROM_NONE, VIR_ERR_ARGUMENT_UNSUPPORTED);
    g_assert_null(migrate(pair, NULL, NULL, VIR_MIGRATE_TLS));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertPair(pair, "", "");
}

/* One domain may be there already, by name or by UUID. */
static void
testTaken(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *same = documentOf("guest", TEST_UUID, "");
    g_autofree char *named = documentOf("guest", "99999999-2222-3333-4444-555555555555", "");
    virDomainPtr there = virDomainCreateXML(pair->b, same, 0);

    g_assert_null(migrate(pair, NULL, NULL, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainDestroy(there));
    virDomainFree(there);
    there = virDomainCreateXML(pair->b, named, 0);
    g_assert_null(migrate(pair, NULL, NULL, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED);
    g_assert_cmpint(running(pair), ==, 2);
    virDomainFree(there);
}

/* --- while it goes on ----------------------------------------------------------------------------- */

typedef struct {
    Pair *pair;
    unsigned int flags;
    virDomainPtr moved;
    virErrorPtr error;
} Slow;

/* 8 MiB of memory at 1 MiB/s: eight seconds, unless somebody does something. */
static gpointer
migrateSlowly(gpointer data)
{
    Slow *slow = data;

    slow->moved = virDomainMigrate(slow->pair->dom, slow->pair->b, slow->flags, NULL, NULL, 1);
    slow->error = virSaveLastError();
    return NULL;
}

/* Until the migration is under way. */
static void
awaitProgress(virDomainPtr dom)
{
    virDomainJobInfo info = { .type = VIR_DOMAIN_JOB_NONE };

    while (info.dataProcessed == 0) {
        g_usleep(2000);
        assertDone(virDomainGetJobInfo(dom, &info));
    }
    g_assert_cmpint(info.type, ==, VIR_DOMAIN_JOB_UNBOUNDED);
    g_assert_cmpuint(info.dataTotal, ==, 8192 * 1024);
    g_assert_cmpuint(info.dataRemaining, <, info.dataTotal);
    g_assert_cmpuint(info.timeRemaining, >, 0);
}

static unsigned int
completedJob(virDomainPtr dom, int *type)
{
    virTypedParameterPtr params = NULL;
    int nparams = 0, operation = -1;

    assertDone(virDomainGetJobStats(dom, type, &params, &nparams, VIR_DOMAIN_JOB_STATS_COMPLETED));
    virTypedParamsGetInt(params, nparams, VIR_DOMAIN_JOB_OPERATION, &operation);
    virTypedParamsFree(params, nparams);
    return (unsigned int) operation;
}

static void
testAbort(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    Slow slow = { .pair = pair };
    GThread *thread = g_thread_new("migrate", migrateSlowly, &slow);
    virDomainPtr incoming;
    int type;

    awaitProgress(pair->dom);
    assertState(pair->dom, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_MIGRATION);
    incoming = virDomainLookupByName(pair->b, "guest");
    assertState(incoming, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_MIGRATION);
    g_assert_cmpint(virDomainAbortJob(incoming), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    virDomainFree(incoming);
    g_assert_cmpint(virDomainMigrateStartPostCopy(pair->dom, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainAbortJob(pair->dom));
    g_thread_join(thread);
    g_assert_null(slow.moved);
    g_assert_cmpint(slow.error->code, ==, VIR_ERR_OPERATION_ABORTED);
    virFreeError(slow.error);
    assertState(pair->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_MIGRATION_CANCELED);
    g_assert_cmpint(stateOf(pair->b, "guest"), ==, -1);
    g_assert_cmpuint(completedJob(pair->dom, &type), ==, VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT);
    g_assert_cmpint(type, ==, VIR_DOMAIN_JOB_CANCELLED);
    assertPair(pair, "suspended 1 guest; resumed 1 guest; ", "started 1 guest; stopped 5 guest; ");
}

/* A higher limit counts at once; pausing the guest makes a live migration end. */
static void
testLive(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    Slow slow = { .pair = pair, .flags = VIR_MIGRATE_LIVE };
    GThread *thread;
    int type;

    assertDone(virDomainMigrateSetMaxSpeed(pair->dom, 1, 0));
    slow.pair = pair;
    thread = g_thread_new("migrate", migrateSlowly, &slow);
    awaitProgress(pair->dom);
    assertState(pair->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED);
    assertDone(virDomainSuspend(pair->dom));
    assertDone(virDomainAbortJob(pair->dom));
    g_thread_join(thread);
    virFreeError(slow.error);
    /* It was paused by its user, so it stays so. */
    assertState(pair->dom, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    assertDone(virDomainResume(pair->dom));
    assertDone(virDomainMigrateSetMaxSpeed(pair->dom, 1000, 0));
    mustMigrate(pair, VIR_MIGRATE_LIVE | VIR_MIGRATE_COMPRESSED | VIR_MIGRATE_AUTO_CONVERGE);
    g_assert_cmpuint(completedJob(pair->dom, &type), ==, VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT);
    g_assert_cmpint(type, ==, VIR_DOMAIN_JOB_COMPLETED);
}

static void
testPostcopy(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    Slow slow = { .pair = pair, .flags = VIR_MIGRATE_LIVE | VIR_MIGRATE_POSTCOPY };
    GThread *thread = g_thread_new("migrate", migrateSlowly, &slow);

    awaitProgress(pair->dom);
    assertDone(virDomainMigrateStartPostCopy(pair->dom, 0));
    g_thread_join(thread);
    g_assert_nonnull(slow.moved);
    virFreeError(slow.error);
    assertState(slow.moved, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_MIGRATED);
    virDomainFree(slow.moved);
    assertPair(pair, "suspended 7 guest; stopped 3 guest; ",
               "started 1 guest; resumed 3 guest; resumed 1 guest; ");
}

/* Either side may lose the guest under way; nobody runs it twice. */
static void
testDestroyed(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    Slow slow = { .pair = pair };
    GThread *thread = g_thread_new("migrate", migrateSlowly, &slow);

    awaitProgress(pair->dom);
    assertDone(virDomainDestroy(pair->dom));
    g_thread_join(thread);
    g_assert_null(slow.moved);
    virFreeError(slow.error);
    g_assert_cmpint(running(pair), ==, 0);
    g_assert_cmpint(stateOf(pair->b, "guest"), ==, -1);
    assertDone(virDomainCreate(pair->dom));
    assertDone(virDomainDestroy(pair->dom));
}

/* A destination that was not told of the end forgets the guest with the connection that promised it. */
static void
testAbandoned(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *uri = nodeURI("b.xml");
    virConnectPtr other = mustOpen(uri);
    virDomainPtr moved = virDomainMigrate(pair->dom, other, 0, NULL, NULL, 0);

    g_assert_null(moved);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED);
    g_assert_cmpint(stateOf(pair->b, "guest"), ==, VIR_DOMAIN_PAUSED);
    g_assert_cmpint(virConnectClose(other), ==, 0);
    g_assert_cmpint(stateOf(pair->b, "guest"), ==, -1);
    g_assert_cmpint(stateOf(pair->a, "guest"), ==, VIR_DOMAIN_RUNNING);
}

/* --- limits --------------------------------------------------------------------------------------- */

static void
testLimits(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    unsigned long long number;
    unsigned long speed;

    assertDone(virDomainMigrateGetMaxSpeed(pair->dom, &speed, 0));
    g_assert_cmpuint(speed, ==, 8796093022207UL);
    assertDone(virDomainMigrateSetMaxSpeed(pair->dom, 7, 0));
    assertDone(virDomainMigrateSetMaxSpeed(pair->dom, 9, VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY));
    assertDone(virDomainMigrateGetMaxSpeed(pair->dom, &speed, 0));
    g_assert_cmpuint(speed, ==, 7);
    assertDone(virDomainMigrateGetMaxSpeed(pair->dom, &speed,
                                           VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY));
    g_assert_cmpuint(speed, ==, 9);
    g_assert_cmpint(virDomainMigrateSetMaxSpeed(pair->dom, 1UL << 50, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OVERFLOW);
    assertDone(virDomainMigrateGetMaxDowntime(pair->dom, &number, 0));
    g_assert_cmpuint(number, ==, 300);
    assertDone(virDomainMigrateSetMaxDowntime(pair->dom, 500, 0));
    assertDone(virDomainMigrateGetMaxDowntime(pair->dom, &number, 0));
    g_assert_cmpuint(number, ==, 500);
    assertDone(virDomainMigrateGetCompressionCache(pair->dom, &number, 0));
    g_assert_cmpuint(number, ==, 64 << 20);
    assertDone(virDomainMigrateSetCompressionCache(pair->dom, 4096, 0));
    assertDone(virDomainMigrateGetCompressionCache(pair->dom, &number, 0));
    g_assert_cmpuint(number, ==, 4096);
    assertDone(virDomainDestroy(pair->dom));
    g_assert_cmpint(virDomainMigrateSetMaxDowntime(pair->dom, 1, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainMigrateStartPostCopy(pair->dom, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
}

/* What must not leave. */
static void
testTied(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *cached = documentOf("cached", "99999999-2222-3333-4444-555555555555",
                                         "<devices><disk type='file'>"
                                         "<driver name='test' cache='writeback'/>"
                                         "<source file='/x'/><target dev='vda'/></disk></devices>");
    virDomainSnapshotPtr snapshot = virDomainSnapshotCreateXML(pair->dom, "<domainsnapshot/>", 0);
    virDomainPtr kept = pair->dom;

    g_assert_nonnull(snapshot);
    g_assert_null(migrate(pair, NULL, NULL, 0));
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "1 snapshots");
    assertDone(virDomainSnapshotDelete(snapshot, 0));
    virDomainSnapshotFree(snapshot);
    pair->dom = virDomainCreateXML(pair->a, cached, VIR_DOMAIN_START_AUTODESTROY);
    g_assert_null(migrate(pair, NULL, NULL, 0));
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "auto destroy");
    assertDone(virDomainDestroy(pair->dom));
    virDomainFree(pair->dom);
    pair->dom = virDomainCreateXML(pair->a, cached, 0);
    g_assert_null(migrate(pair, NULL, NULL, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_MIGRATE_UNSAFE);
    mustMigrate(pair, VIR_MIGRATE_UNSAFE);
    virDomainFree(pair->dom);
    pair->dom = kept;
}

/* --- faults --------------------------------------------------------------------------------------- */

#define FAULT(phase) "<fault function='DomainMigrate" phase "' error='OPERATION_FAILED'/>"

/* Wherever it fails, the guest runs on the source and nowhere else, and may go another time. */
static void
testFault(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_null(migrate(pair, NULL, NULL, VIR_MIGRATE_LIVE));
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED);
    g_assert_cmpint(running(pair), ==, 1);
    g_assert_cmpint(stateOf(pair->a, "guest"), ==, VIR_DOMAIN_RUNNING);
    assertDone(virDomainSuspend(pair->dom));
    assertDone(virDomainResume(pair->dom));
}

/* Only the word that it arrived is lost: it runs there, and stands still here. */
static void
testConfirmFault(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *uri = nodeURI("a.xml");
    virConnectPtr kept = mustOpen(uri);

    mustMigrate(pair, 0);
    g_assert_cmpint(running(pair), ==, 1);
    g_assert_cmpint(stateOf(pair->b, "guest"), ==, VIR_DOMAIN_RUNNING);
    assertState(pair->dom, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_MIGRATION);
    virConnectClose(kept);
}

#define PAIR(path, faults, function)                                                            \
    g_test_add("/migrate/" path, Pair, faults, setUpPair, function, tearDownPair)

/* A disk that went wrong ends migrations which shall not go on then. */
static void
testBroken(void)
{
    virConnectPtr from = mustOpenNode(
        "<node><domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
        "<test:diskerror disk='vda'/><name>broken</name><memory>8192</memory><os><type>hvm</type></os>"
        "<devices><disk type='file'><source file='/a'/><target dev='vda'/></disk></devices></domain>"
        "</node>");
    virConnectPtr to = mustOpen("test:///default");
    virDomainPtr dom = virDomainLookupByName(from, "broken");
    virDomainPtr moved;

    g_assert_nonnull(dom);
    g_assert_null(virDomainMigrate3(dom, to, NULL, 0, VIR_MIGRATE_LIVE | VIR_MIGRATE_ABORT_ON_ERROR));
    assertMessage(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED, "I/O error");
    g_assert_cmpint(virDomainIsActive(dom), ==, 1);
    moved = virDomainMigrate3(dom, to, NULL, 0, VIR_MIGRATE_LIVE);
    g_assert_nonnull(moved);
    virDomainFree(moved);
    virDomainFree(dom);
    virConnectClose(from);
    virConnectClose(to);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    PAIR("plain", "", testPlain);
    PAIR("persistent", "", testPersistent);
    PAIR("definition", "", testDefinition);
    PAIR("document", "", testDocument);
    PAIR("offline", "", testOffline);
    PAIR("peer", "", testPeer);
    PAIR("ways", "", testWays);
    PAIR("taken", "", testTaken);
    PAIR("abort", "", testAbort);
    PAIR("live", "", testLive);
    PAIR("postcopy", "", testPostcopy);
    PAIR("destroyed", "", testDestroyed);
    PAIR("abandoned", FAULT("Finish3Params"), testAbandoned);
    PAIR("limits", "", testLimits);
    PAIR("tied", "", testTied);
    PAIR("fault/begin", FAULT("Begin3Params"), testFault);
    PAIR("fault/prepare", FAULT("Prepare3Params"), testFault);
    PAIR("fault/perform", FAULT("Perform3Params"), testFault);
    PAIR("fault/finish", FAULT("Finish3Params"), testFault);
    PAIR("fault/confirm", FAULT("Confirm3Params"), testConfirmFault);
    g_test_add_func("/domain/migrate/broken-disk", testBroken);
    return g_test_run();
}
