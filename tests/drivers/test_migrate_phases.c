/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The phases that no library of today asks for, and what a hostile conductor can do with any of them. */

#include "drivers/domain.h"
#include "drivers/node_file.h"
#include "runtime/phases.h"

#define NODE                                                                                    \
    "<node><cpu><mhz>2000</mhz><model>x86_64</model><active>8</active><nodes>1</nodes>"          \
    "<sockets>1</sockets><cores>8</cores><threads>1</threads></cpu><memory>16777216</memory>"    \
    "</node>"

typedef struct {
    virConnectPtr a, b;
    virDomainPtr dom;
    unsigned char *cookie;      /* of the phase before */
    int length;
    char *xml, *uri;
} Pair;

static virConnectPtr
openHost(const char *name)
{
    g_autofree char *uri = NULL;

    writeNodeFile(name, NODE);
    uri = nodeURI(name);
    return mustOpen(uri);
}

static void
setUpPair(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("guest", TEST_UUID, "");

    pair->a = openHost("a.xml");
    pair->b = openHost("b.xml");
    pair->dom = virDomainCreateXML(pair->a, xml, 0);
    g_assert_nonnull(pair->dom);
}

static void
tearDownPair(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_free(pair->cookie);
    g_free(pair->xml);
    g_free(pair->uri);
    virDomainFree(pair->dom);
    g_assert_cmpint(virConnectClose(pair->a), ==, 0);
    g_assert_cmpint(virConnectClose(pair->b), ==, 0);
}

/* What a phase handed out takes the place of what it was given. */
static void
passOn(Pair *pair, unsigned char *cookie, int length)
{
    g_free(pair->cookie);
    pair->cookie = cookie;
    pair->length = length;
}

/* Whether the guest runs on a host. */
static bool
runsOn(virConnectPtr conn)
{
    return virConnectListAllDomains(conn, NULL, VIR_CONNECT_LIST_DOMAINS_RUNNING) == 1;
}

/* --- the second generation ------------------------------------------------------------------------ */

static void
prepareSecond(Pair *pair, const char *dname)
{
    pair->xml = virDomainGetXMLDesc(pair->dom, VIR_DOMAIN_XML_SECURE | VIR_DOMAIN_XML_MIGRATABLE);
    assertDone(virDomainMigratePrepare2(pair->b, NULL, 0, dname, 0, pair->xml, &pair->cookie,
                                        &pair->length, &pair->uri));
    g_assert_nonnull(pair->uri);
    g_assert_false(runsOn(pair->b));
}

static void
testSecond(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr moved;

    prepareSecond(pair, "other");
    assertDone(virDomainMigratePerform(pair->dom, pair->cookie, pair->length, pair->uri, 0, "other",
                                       0));
    g_assert_false(runsOn(pair->a));
    moved = virDomainMigrateFinish2(pair->b, "other", pair->cookie, pair->length, pair->uri, 0, 0);
    g_assert_nonnull(moved);
    g_assert_true(runsOn(pair->b));
    virDomainFree(moved);
}

static void
testSecondCancelled(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    prepareSecond(pair, NULL);
    g_assert_null(virDomainMigrateFinish2(pair->b, "guest", NULL, 0, pair->uri, 0, 1));
    g_assert_cmpint(virConnectNumOfDomains(pair->b), ==, 0);
    g_assert_true(runsOn(pair->a));
}

/* --- the third generation ------------------------------------------------------------------------- */

static void
begin(Pair *pair)
{
    unsigned char *cookie = NULL;
    int length = 0;

    pair->xml = virDomainMigrateBegin3(pair->dom, NULL, VIR_MIGRATE_CHANGE_PROTECTION, NULL, 0,
                                       &cookie, &length);
    g_assert_nonnull(pair->xml);
    g_assert_cmpint(length, >, 0);
    passOn(pair, cookie, length);
}

static void
prepare(Pair *pair)
{
    unsigned char *cookie = NULL;
    int length = 0;

    assertDone(virDomainMigratePrepare3(pair->b, pair->cookie, pair->length, "tcp:here:1", 0, NULL,
                                        0, pair->xml, &cookie, &length, &pair->uri));
    g_assert_cmpstr(pair->uri, ==, "tcp:here:1");
    passOn(pair, cookie, length);
}

static void
perform(Pair *pair)
{
    unsigned char *cookie = NULL;
    int length = 0;

    assertDone(virDomainMigratePerform3(pair->dom, NULL, pair->cookie, pair->length, NULL,
                                        pair->uri, 0, NULL, 0, &cookie, &length));
    assertState(pair->dom, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_MIGRATION);
    passOn(pair, cookie, length);
}

static virDomainPtr
finish(Pair *pair, const unsigned char *cookie, int length, int cancelled)
{
    unsigned char *left = NULL;
    int leftLength = 0;
    virDomainPtr moved = virDomainMigrateFinish3(pair->b, "guest", cookie, length, NULL, pair->uri,
                                                 0, cancelled, &left, &leftLength);

    g_free(left);
    return moved;
}

static void
testThird(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr moved;

    begin(pair);
    prepare(pair);
    perform(pair);
    moved = finish(pair, pair->cookie, pair->length, 0);
    g_assert_nonnull(moved);
    g_assert_true(runsOn(pair->b));
    virDomainFree(moved);
    assertDone(virDomainMigrateConfirm3(pair->dom, NULL, 0, 0, 0));
    g_assert_cmpint(virConnectNumOfDomains(pair->a), ==, 0);
}

/* From peer to peer without parameters. */
static void
testPeer(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *uri = nodeURI("b.xml");
    unsigned char *cookie = NULL;
    int length = 0;

    assertDone(virDomainMigratePerform3(pair->dom, NULL, NULL, 0, uri, NULL,
                                        VIR_MIGRATE_PEER2PEER | VIR_MIGRATE_TUNNELLED, "other", 7,
                                        &cookie, &length));
    g_free(cookie);
    g_assert_true(runsOn(pair->b));
    g_assert_false(runsOn(pair->a));
}

/* --- conductors that do not know the order -------------------------------------------------------- */

static void
testOrder(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    unsigned char *cookie = NULL;
    int length = 0;

    g_assert_cmpint(virDomainMigrateConfirm3(pair->dom, NULL, 0, 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_null(finish(pair, NULL, 0, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN);
    begin(pair);
    /* It cannot begin twice, and is not gone before it was sent. */
    g_assert_cmpint(virDomainMigrateConfirm3(pair->dom, NULL, 0, 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    prepare(pair);
    g_assert_cmpint(virDomainMigratePrepare3(pair->b, NULL, 0, NULL, 0, NULL, 0, pair->xml, &cookie,
                                             &length, &pair->uri), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    perform(pair);
    g_assert_cmpint(virDomainMigratePerform3(pair->dom, NULL, NULL, 0, NULL, NULL, 0, NULL, 0,
                                             &cookie, &length), ==, -1);
    assertDone(virDomainMigrateConfirm3(pair->dom, NULL, 0, 0, 1));
    g_assert_true(runsOn(pair->a));
    g_assert_null(finish(pair, NULL, 0, 1));
    g_assert_cmpint(virConnectNumOfDomains(pair->b), ==, 0);
}

/* Cookies come from the other side: a wrong one calls the migration off there. */
static void
testCookies(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const wrong[] = {
        "", "x", "[migration]\n", "[migration]\nversion=2\n",
        "[migration]\nversion=1\nhost=x\nname=x\npaused=perhaps\nran=0\nmissing=0\nspeed=0\n",
        "[migration]\nversion=1\nhost=x\nname=x\npaused=false\nran=-1\nmissing=0\nspeed=0\n",
        "[migration]\nversion=1\nhost=x\nname=x\npaused=false\nran=0\nmissing=9\nspeed=0\n",
        "[migration]\nversion=1\nhost=x\nname=x\npaused=false\nran=0\nmissing=99999999999999999999\n",
    };
    g_autofree unsigned char *whole = NULL;
    unsigned char *cookie = NULL;
    int length = 0, end;

    begin(pair);
    whole = g_memdup2(pair->cookie, (gsize) pair->length);
    for (size_t i = 1; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_cmpint(virDomainMigratePrepare3(pair->b, (const unsigned char *) wrong[i],
                                                 (int) strlen(wrong[i]), NULL, 0, NULL, 0,
                                                 pair->xml, &cookie, &length, &pair->uri), ==, -1);
        assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    }
    end = pair->length;
    prepare(pair);
    perform(pair);
    g_assert_null(finish(pair, whole, end / 2, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virConnectNumOfDomains(pair->b), ==, 0);
    assertDone(virDomainMigrateConfirm3(pair->dom, NULL, 0, 0, 1));
    g_assert_true(runsOn(pair->a));
}

static void
testReadOnly(Pair *pair, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *uri = nodeURI("b.xml");
    virConnectPtr ro = virConnectOpenReadOnly(uri);
    unsigned char *cookie = NULL;
    int length = 0;

    g_assert_cmpint(virDomainMigratePrepare3(ro, NULL, 0, NULL, 0, NULL, 0, "<domain/>", &cookie,
                                             &length, &pair->uri), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_DENIED);
    virConnectClose(ro);
}

#define PAIR(path, function)                                                                    \
    g_test_add("/phases/" path, Pair, NULL, setUpPair, function, tearDownPair)

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    PAIR("second", testSecond);
    PAIR("second-cancelled", testSecondCancelled);
    PAIR("third", testThird);
    PAIR("peer", testPeer);
    PAIR("order", testOrder);
    PAIR("cookies", testCookies);
    PAIR("read-only", testReadOnly);
    return g_test_run();
}
