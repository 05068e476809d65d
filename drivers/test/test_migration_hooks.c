/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The phases as each generation of the protocol spells them: arguments in, cookies out. */

#include "test_migration.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_migration_peer.h"

static int
intOf(virTypedParameterPtr params, int nparams, const char *name)
{
    const virTypedParameter *one = virParamsFind(params, nparams, name);

    return one ? one->value.i : 0;
}

static unsigned long long
numberOf(virTypedParameterPtr params, int nparams, const char *name)
{
    const virTypedParameter *one = virParamsFind(params, nparams, name);

    return one ? one->value.ul : 0;
}

static bool
isPercent(int value, const char *name)
{
    if (value >= 0 && value <= 99)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "parameter '%s' is %d, not in 0..99", name,
                  value);
    return false;
}

/* What parameters say; false with an error raised for those that the model does not follow. */
static bool
read(testMigrationWish *wish, virTypedParameterPtr params, int nparams, unsigned long flags)
{
    static const char *const known[] = {
        VIR_MIGRATE_PARAM_URI, VIR_MIGRATE_PARAM_DEST_NAME, VIR_MIGRATE_PARAM_DEST_XML,
        VIR_MIGRATE_PARAM_PERSIST_XML, VIR_MIGRATE_PARAM_BANDWIDTH,
        VIR_MIGRATE_PARAM_BANDWIDTH_POSTCOPY, VIR_MIGRATE_PARAM_AUTO_CONVERGE_INITIAL,
        VIR_MIGRATE_PARAM_AUTO_CONVERGE_INCREMENT, NULL,
    };

    if (!virParamsCheck(params, nparams, virMigrateKeys, known))
        return false;
    *wish = (testMigrationWish) {
        .flags = flags,
        .dname = virParamsString(params, nparams, VIR_MIGRATE_PARAM_DEST_NAME),
        .xml = virParamsString(params, nparams, VIR_MIGRATE_PARAM_DEST_XML),
        .persistentXML = virParamsString(params, nparams, VIR_MIGRATE_PARAM_PERSIST_XML),
        .uri = virParamsString(params, nparams, VIR_MIGRATE_PARAM_URI),
        .bandwidth = numberOf(params, nparams, VIR_MIGRATE_PARAM_BANDWIDTH),
        .bandwidthPostcopy = numberOf(params, nparams, VIR_MIGRATE_PARAM_BANDWIDTH_POSTCOPY),
        .convergeInitial = intOf(params, nparams, VIR_MIGRATE_PARAM_AUTO_CONVERGE_INITIAL),
        .convergeIncrement = intOf(params, nparams, VIR_MIGRATE_PARAM_AUTO_CONVERGE_INCREMENT),
    };
    return isPercent(wish->convergeInitial, VIR_MIGRATE_PARAM_AUTO_CONVERGE_INITIAL) &&
           isPercent(wish->convergeIncrement, VIR_MIGRATE_PARAM_AUTO_CONVERGE_INCREMENT);
}

/* The state in a cookie, NULL for no cookie; false with an error raised for a wrong one. */
static bool
open(const unsigned char *cookie, int length, testMigrationState **state)
{
    *state = NULL;
    if (!cookie || length <= 0)
        return true;
    *state = testMigrationStateParse(cookie, (gsize) length);
    return *state != NULL;
}

/* --- what all generations do ---------------------------------------------------------------------- */

static char *
begin(virDomainPtr domain, const testMigrationWish *wish, unsigned char **cookie, int *length)
{
    g_autoptr(testMigrationState) state = g_new0(testMigrationState, 1);
    char *xml = testMigrationBegin(domain, wish, state);

    if (xml)
        *cookie = testMigrationStatePrint(state, length);
    return xml;
}

/* The destination has nothing to tell the source. */
static int
prepare(virConnectPtr conn, virStreamPtr st, const testMigrationWish *wish,
        const unsigned char *cookie, int length, char **uri)
{
    g_autoptr(testMigrationState) source = NULL;

    if (!open(cookie, length, &source))
        return -1;
    return testMigrationPrepare(conn, st, wish, source, uri);
}

static int
perform(virDomainPtr domain, const testMigrationWish *wish, unsigned char **cookie, int *length)
{
    g_autoptr(testMigrationState) state = g_new0(testMigrationState, 1);

    if (testMigrationPerform(domain, wish, state) < 0)
        return -1;
    *cookie = testMigrationStatePrint(state, length);
    return 0;
}

static virDomainPtr
finish(virConnectPtr conn, const char *name, const testMigrationWish *wish,
       const unsigned char *cookie, int length, bool cancelled)
{
    static const testMigrationState unknown = { .host = NULL };
    g_autoptr(testMigrationState) state = NULL;

    /* A wrong cookie calls the guest off: it would be lost between the sides. */
    if (!cancelled && !open(cookie, length, &state)) {
        virErrorPtr error = localSaveLastError();

        testMigrationFinish(conn, name, wish, &unknown, /* cancelled= */ true);
        virErrorRestore(error);
        localFreeError(error);
        return NULL;
    }
    return testMigrationFinish(conn, name, wish, state ? state : &unknown, cancelled);
}

/* --- the second generation ------------------------------------------------------------------------ */

int
testDomainMigratePrepare2(virConnectPtr conn, const char *uri_in, unsigned long flags,
                          const char *dname, unsigned long long resource, const char *dom_xml,
                          unsigned char **cookie G_GNUC_UNUSED, int *cookielen G_GNUC_UNUSED,
                          char **uri_out)
{
    testMigrationWish wish = {
        .flags = flags, .dname = dname, .xml = dom_xml, .uri = uri_in, .bandwidth = resource,
    };

    return testMigrationPrepare(conn, /* st= */ NULL, &wish, /* source= */ NULL, uri_out);
}

/* Nobody will confirm: the source lets go of the guest once it is sent. */
int
testDomainMigratePerform(virDomainPtr domain, const unsigned char *cookie G_GNUC_UNUSED,
                         int cookielen G_GNUC_UNUSED, const char *uri, unsigned long flags,
                         const char *dname, unsigned long long resource)
{
    testMigrationWish wish = {
        .flags = flags, .dname = dname, .uri = uri, .bandwidth = resource,
    };
    g_autoptr(testMigrationState) state = g_new0(testMigrationState, 1);
    virErrorPtr error;

    if (testMigrationPerform(domain, &wish, state) == 0)
        return testMigrationConfirm(domain, flags, /* cancelled= */ false);
    error = localSaveLastError();
    testMigrationConfirm(domain, flags, /* cancelled= */ true);
    virErrorRestore(error);
    localFreeError(error);
    return -1;
}

virDomainPtr
testDomainMigrateFinish2(virConnectPtr conn, const char *dname,
                         const unsigned char *cookie G_GNUC_UNUSED, int cookielen G_GNUC_UNUSED,
                         const char *uri G_GNUC_UNUSED, unsigned long flags, int retcode)
{
    testMigrationWish wish = { .flags = flags };

    return finish(conn, dname, &wish, NULL, 0, retcode != 0);
}

/* --- the third generation ------------------------------------------------------------------------- */

char *
testDomainMigrateBegin3(virDomainPtr domain, const char *xmlin, unsigned long flags,
                        const char *dname, unsigned long long resource,
                        unsigned char **cookie_out, int *cookieoutlen)
{
    testMigrationWish wish = {
        .flags = flags, .dname = dname, .xml = xmlin, .bandwidth = resource,
    };

    return begin(domain, &wish, cookie_out, cookieoutlen);
}

int
testDomainMigratePrepare3(virConnectPtr conn, const unsigned char *cookie_in, int cookieinlen,
                          const char *uri_in, unsigned long flags, const char *dname,
                          unsigned long long resource, const char *dom_xml,
                          unsigned char **cookie_out G_GNUC_UNUSED,
                          int *cookieoutlen G_GNUC_UNUSED, char **uri_out)
{
    testMigrationWish wish = {
        .flags = flags, .dname = dname, .xml = dom_xml, .uri = uri_in, .bandwidth = resource,
    };

    return prepare(conn, /* st= */ NULL, &wish, cookie_in, cookieinlen, uri_out);
}

int
testDomainMigratePrepareTunnel3(virConnectPtr conn, virStreamPtr st,
                                const unsigned char *cookie_in, int cookieinlen,
                                unsigned long flags, const char *dname,
                                unsigned long long resource, const char *dom_xml,
                                unsigned char **cookie_out G_GNUC_UNUSED,
                                int *cookieoutlen G_GNUC_UNUSED)
{
    testMigrationWish wish = {
        .flags = flags, .dname = dname, .xml = dom_xml, .bandwidth = resource,
    };

    return prepare(conn, st, &wish, cookie_in, cookieinlen, /* uri= */ NULL);
}

int
testDomainMigratePerform3(virDomainPtr domain, const char *xmlin,
                          const unsigned char *cookie_in G_GNUC_UNUSED,
                          int cookieinlen G_GNUC_UNUSED, const char *dconnuri, const char *uri,
                          unsigned long flags, const char *dname, unsigned long long resource,
                          unsigned char **cookie_out, int *cookieoutlen)
{
    testMigrationWish wish = {
        .flags = flags, .dname = dname, .xml = xmlin, .uri = uri, .bandwidth = resource,
    };

    if (dconnuri)
        return testMigrationPeerPlain(domain, dconnuri, &wish);
    return perform(domain, &wish, cookie_out, cookieoutlen);
}

virDomainPtr
testDomainMigrateFinish3(virConnectPtr conn, const char *dname, const unsigned char *cookie_in,
                         int cookieinlen, const char *dconnuri G_GNUC_UNUSED,
                         const char *uri G_GNUC_UNUSED, unsigned long flags, int cancelled,
                         unsigned char **cookie_out G_GNUC_UNUSED,
                         int *cookieoutlen G_GNUC_UNUSED)
{
    testMigrationWish wish = { .flags = flags };

    return finish(conn, dname, &wish, cookie_in, cookieinlen, cancelled != 0);
}

int
testDomainMigrateConfirm3(virDomainPtr domain, const unsigned char *cookie_in G_GNUC_UNUSED,
                          int cookieinlen G_GNUC_UNUSED, unsigned long flags, int cancelled)
{
    return testMigrationConfirm(domain, flags, cancelled != 0);
}

/* --- the third generation with parameters --------------------------------------------------------- */

char *
testDomainMigrateBegin3Params(virDomainPtr domain, virTypedParameterPtr params, int nparams,
                              unsigned int flags, unsigned char **cookie_out, int *cookieoutlen)
{
    testMigrationWish wish;

    if (!read(&wish, params, nparams, flags))
        return NULL;
    return begin(domain, &wish, cookie_out, cookieoutlen);
}

int
testDomainMigratePrepare3Params(virConnectPtr conn, virTypedParameterPtr params, int nparams,
                                const unsigned char *cookie_in, int cookieinlen,
                                unsigned int flags, unsigned char **cookie_out G_GNUC_UNUSED,
                                int *cookieoutlen G_GNUC_UNUSED, char **uri_out)
{
    testMigrationWish wish;

    if (!read(&wish, params, nparams, flags))
        return -1;
    return prepare(conn, /* st= */ NULL, &wish, cookie_in, cookieinlen, uri_out);
}

int
testDomainMigratePrepareTunnel3Params(virConnectPtr conn, virStreamPtr st,
                                      virTypedParameterPtr params, int nparams,
                                      const unsigned char *cookie_in, int cookieinlen,
                                      unsigned int flags,
                                      unsigned char **cookie_out G_GNUC_UNUSED,
                                      int *cookieoutlen G_GNUC_UNUSED)
{
    testMigrationWish wish;

    if (!read(&wish, params, nparams, flags))
        return -1;
    return prepare(conn, st, &wish, cookie_in, cookieinlen, /* uri= */ NULL);
}

int
testDomainMigratePerform3Params(virDomainPtr domain, const char *dconnuri,
                                virTypedParameterPtr params, int nparams,
                                const unsigned char *cookie_in G_GNUC_UNUSED,
                                int cookieinlen G_GNUC_UNUSED, unsigned int flags,
                                unsigned char **cookie_out, int *cookieoutlen)
{
    testMigrationWish wish;

    if (!read(&wish, params, nparams, flags))
        return -1;
    if (dconnuri)
        return testMigrationPeer(domain, dconnuri, params, nparams, &wish);
    return perform(domain, &wish, cookie_out, cookieoutlen);
}

virDomainPtr
testDomainMigrateFinish3Params(virConnectPtr conn, virTypedParameterPtr params, int nparams,
                               const unsigned char *cookie_in, int cookieinlen,
                               unsigned int flags, int cancelled,
                               unsigned char **cookie_out G_GNUC_UNUSED,
                               int *cookieoutlen G_GNUC_UNUSED)
{
    testMigrationWish wish;

    if (!read(&wish, params, nparams, flags))
        return NULL;
    return finish(conn, wish.dname, &wish, cookie_in, cookieinlen, cancelled != 0);
}

int
testDomainMigrateConfirm3Params(virDomainPtr domain, virTypedParameterPtr params, int nparams,
                                const unsigned char *cookie_in G_GNUC_UNUSED,
                                int cookieinlen G_GNUC_UNUSED, unsigned int flags, int cancelled)
{
    testMigrationWish wish;

    if (!read(&wish, params, nparams, flags))
        return -1;
    return testMigrationConfirm(domain, flags, cancelled != 0);
}
