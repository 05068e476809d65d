/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The order of the phases in each generation, what they pass on, and what a failure leaves to do. */

#include <string.h>

#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* What the two sides of a migration were asked, as "begin(flags) prepare2 "; and what shall fail. */
static GString *asked;
static const char *failing;

#define V1 (1u << VIR_DRV_FEATURE_MIGRATION_V1)
#define V2 (1u << VIR_DRV_FEATURE_MIGRATION_V2)
#define V3 (1u << VIR_DRV_FEATURE_MIGRATION_V3)
#define PARAMS (1u << VIR_DRV_FEATURE_MIGRATION_PARAMS)
#define PROTECT (1u << VIR_DRV_FEATURE_MIGRATE_CHANGE_PROTECTION)
#define DIRECT (1u << VIR_DRV_FEATURE_MIGRATION_DIRECT)
#define P2P (1u << VIR_DRV_FEATURE_MIGRATION_P2P)

/* Notes a phase with the cookie it was given; -1 when it is to fail. */
static int
phase(const char *name, const unsigned char *cookie, int length)
{
    g_string_append(asked, name);
    if (cookie)
        g_string_append_printf(asked, "<%.*s", length, cookie);
    g_string_append_c(asked, ' ');
    if (!failing || !strstr(failing, name))
        return 0;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED, "%s failed", name);
    return -1;
}

static void
leave(const char *text, unsigned char **cookie, int *length)
{
    *cookie = (unsigned char *) g_strdup(text);
    *length = (int) strlen(text);
}

static virDomainPtr
movedTo(virConnectPtr conn, const char *name)
{
    static const unsigned char uuid[VIR_UUID_BUFLEN] = { 1 };

    return virDomainNew(conn, name, uuid, 7);
}

static int
getState(virDomainPtr domain G_GNUC_UNUSED, int *state, int *reason, unsigned int flags G_GNUC_UNUSED)
{
    *state = VIR_DOMAIN_RUNNING;
    *reason = 0;
    return 0;
}

static char *
getXML(virDomainPtr domain G_GNUC_UNUSED, unsigned int flags G_GNUC_UNUSED)
{
    return phase("describe", NULL, 0) < 0 ? NULL : g_strdup("<domain/>");
}

static int
prepare1(virConnectPtr conn G_GNUC_UNUSED, const char *uri G_GNUC_UNUSED,
         unsigned long flags G_GNUC_UNUSED, const char *dname G_GNUC_UNUSED,
         unsigned long long resource G_GNUC_UNUSED, unsigned char **cookie, int *length,
         char **uriOut)
{
    if (phase("prepare1", NULL, 0) < 0)
        return -1;
    leave("P", cookie, length);
    *uriOut = g_strdup("tcp:there");
    return 0;
}

static int
perform(virDomainPtr domain G_GNUC_UNUSED, const unsigned char *cookie, int length, const char *uri,
        unsigned long flags G_GNUC_UNUSED, const char *dname G_GNUC_UNUSED,
        unsigned long long resource G_GNUC_UNUSED)
{
    g_string_append_printf(asked, "%s:", uri);
    return phase("perform", cookie, length);
}

static virDomainPtr
finish1(virConnectPtr conn, const char *dname, const unsigned char *cookie, int length,
        const char *uri G_GNUC_UNUSED, unsigned long flags G_GNUC_UNUSED)
{
    return phase("finish1", cookie, length) < 0 ? NULL : movedTo(conn, dname);
}

static int
prepare2(virConnectPtr conn, const char *uri, unsigned long flags, const char *dname,
         unsigned long long resource, const char *xml, unsigned char **cookie, int *length,
         char **uriOut)
{
    g_assert_cmpstr(xml, ==, "<domain/>");
    if (failing && g_str_equal(failing, "address"))
        return phase("prepare2", NULL, 0);
    return prepare1(conn, uri, flags, dname, resource, cookie, length, uriOut);
}

static virDomainPtr
finish2(virConnectPtr conn, const char *dname, const unsigned char *cookie, int length,
        const char *uri G_GNUC_UNUSED, unsigned long flags G_GNUC_UNUSED, int retcode)
{
    int done = phase(retcode ? "finish2-cancel" : "finish2", cookie, length);

    return done < 0 || (retcode && !(failing && strstr(failing, "stubborn"))) ? NULL :
        movedTo(conn, dname);
}

static char *
begin3(virDomainPtr domain G_GNUC_UNUSED, const char *xmlin, unsigned long flags G_GNUC_UNUSED,
       const char *dname G_GNUC_UNUSED, unsigned long long resource G_GNUC_UNUSED,
       unsigned char **cookie, int *length)
{
    if (phase("begin3", NULL, 0) < 0)
        return NULL;
    leave("B", cookie, length);
    return g_strdup(xmlin ? xmlin : "<domain/>");
}

static int
prepare3(virConnectPtr conn G_GNUC_UNUSED, const unsigned char *cookieIn, int inLength,
         const char *uri G_GNUC_UNUSED, unsigned long flags, const char *dname G_GNUC_UNUSED,
         unsigned long long resource G_GNUC_UNUSED, const char *xml G_GNUC_UNUSED,
         unsigned char **cookie, int *length, char **uriOut)
{
    g_assert_cmpuint(flags & VIR_MIGRATE_CHANGE_PROTECTION, ==, 0);
    if (phase("prepare3", cookieIn, inLength) < 0)
        return -1;
    leave("P", cookie, length);
    *uriOut = g_strdup("tcp:there");
    return 0;
}

static int
perform3(virDomainPtr domain G_GNUC_UNUSED, const char *xmlin G_GNUC_UNUSED,
         const unsigned char *cookieIn, int inLength, const char *dconnuri, const char *uri,
         unsigned long flags G_GNUC_UNUSED, const char *dname G_GNUC_UNUSED,
         unsigned long long resource, unsigned char **cookie, int *length)
{
    g_string_append_printf(asked, "%s,%s,%llu:", dconnuri ? dconnuri : "-", uri ? uri : "-",
                           resource);
    if (phase("perform3", cookieIn, inLength) < 0)
        return -1;
    leave("R", cookie, length);
    return 0;
}

static virDomainPtr
finish3(virConnectPtr conn, const char *dname, const unsigned char *cookieIn, int inLength,
        const char *dconnuri G_GNUC_UNUSED, const char *uri G_GNUC_UNUSED,
        unsigned long flags G_GNUC_UNUSED, int cancelled, unsigned char **cookie, int *length)
{
    if (phase(cancelled ? "finish3-cancel" : "finish3", cookieIn, inLength) < 0)
        return NULL;
    leave("F", cookie, length);
    return cancelled ? NULL : movedTo(conn, dname);
}

static int
confirm3(virDomainPtr domain G_GNUC_UNUSED, const unsigned char *cookieIn, int inLength,
         unsigned long flags G_GNUC_UNUSED, int cancelled)
{
    return phase(cancelled ? "confirm3-cancel" : "confirm3", cookieIn, inLength);
}

static int
performParams(virDomainPtr domain G_GNUC_UNUSED, const char *dconnuri,
              virTypedParameterPtr params G_GNUC_UNUSED, int nparams,
              const unsigned char *cookieIn, int inLength, unsigned int flags G_GNUC_UNUSED,
              unsigned char **cookie, int *length)
{
    g_string_append_printf(asked, "%s,%d:", dconnuri ? dconnuri : "-", nparams);
    if (phase("performParams", cookieIn, inLength) < 0)
        return -1;
    leave("R", cookie, length);
    return 0;
}

static const virHypervisorDriver hooks = {
    .DomainGetState = getState,
    .DomainGetXMLDesc = getXML,
    .DomainMigratePrepare = prepare1,
    .DomainMigratePerform = perform,
    .DomainMigrateFinish = finish1,
    .DomainMigratePrepare2 = prepare2,
    .DomainMigrateFinish2 = finish2,
    .DomainMigrateBegin3 = begin3,
    .DomainMigratePrepare3 = prepare3,
    .DomainMigratePerform3 = perform3,
    .DomainMigrateFinish3 = finish3,
    .DomainMigrateConfirm3 = confirm3,
    .DomainMigratePerform3Params = performParams,
};

static int
closeConnection(virConnectPtr conn G_GNUC_UNUSED)
{
    return 0;
}

static virConnectPtr
connectTo(const virDriver *driver)
{
    virConnectPtr conn = virHandleNew(&virConnectClass);

    g_mutex_init(&conn->lock);
    conn->driver = driver;
    conn->hypervisor = &hooks;
    return conn;
}

typedef struct {
    const char *what;
    unsigned int source, target;    /* features */
    unsigned int flags;
    const char *failing;
    const char *asked;
    int code;                       /* 0: it arrives */
    const char *message;
} Case;

static const Case cases[] = {
    { "first", V1, V1 | V2, 0, NULL,
      "describe prepare1 tcp:there:perform<P finish1<P ", 0, NULL },
    { "first-perform", V1, V1, 0, "perform",
      "describe prepare1 tcp:there:perform<P ", VIR_ERR_OPERATION_FAILED, "perform" },
    { "second", V1 | V2, V2, 0, NULL,
      "describe prepare1 tcp:there:perform<P finish2<P ", 0, NULL },
    { "second-describe", V2, V2, 0, "describe", "describe ", VIR_ERR_OPERATION_FAILED, "describe" },
    { "second-address", V2, V2, 0, "address",
      "describe prepare2 finish2-cancel ", VIR_ERR_INTERNAL_ERROR, "is to be sent" },
    { "second-perform", V2, V2, 0, "perform",
      "describe prepare1 tcp:there:perform<P finish2-cancel<P ", VIR_ERR_OPERATION_FAILED,
      "perform" },
    { "second-stubborn", V2, V2, 0, "perform stubborn",
      "describe prepare1 tcp:there:perform<P finish2-cancel<P ", VIR_ERR_OPERATION_FAILED,
      "perform" },
    { "third", V1 | V2 | V3, V2 | V3 | PARAMS, 0, NULL,
      "begin3 prepare3<B -,tcp:there,0:perform3<P finish3<R confirm3<F ", 0, NULL },
    { "third-begin", V3, V3, 0, "begin3", "begin3 ", VIR_ERR_OPERATION_FAILED, "begin3" },
    /* Only a source that protects the domain holds it before anything was sent. */
    { "third-prepare", V3, V3, 0, "prepare3", "begin3 prepare3<B ", VIR_ERR_OPERATION_FAILED,
      "prepare3" },
    { "third-prepare-held", V3 | PROTECT, V3, 0, "prepare3",
      "begin3 prepare3<B confirm3-cancel<B ", VIR_ERR_OPERATION_FAILED, "prepare3" },
    { "third-perform", V3, V3, 0, "perform3",
      "begin3 prepare3<B -,tcp:there,0:perform3<P finish3-cancel confirm3-cancel<F ",
      VIR_ERR_OPERATION_FAILED, "perform3" },
    { "third-finish", V3, V3, 0, "finish3",
      "begin3 prepare3<B -,tcp:there,0:perform3<P finish3<R confirm3-cancel ",
      VIR_ERR_OPERATION_FAILED, "finish3" },
    /* Whatever fails while cleaning up: the first error is told. */
    { "third-all", V3, V3, 0, "perform3 finish3-cancel confirm3-cancel",
      "begin3 prepare3<B -,tcp:there,0:perform3<P finish3-cancel confirm3-cancel ",
      VIR_ERR_OPERATION_FAILED, "perform3" },
    /* It runs there, so it arrived. */
    { "third-confirm", V3, V3, 0, "confirm3",
      "begin3 prepare3<B -,tcp:there,0:perform3<P finish3<R confirm3<F ", 0, NULL },
    { "third-protected", V3 | PROTECT, V3, VIR_MIGRATE_CHANGE_PROTECTION, NULL,
      "begin3 prepare3<B -,tcp:there,0:perform3<P finish3<R confirm3<F ", 0, NULL },
    { "unprotected", V3, V3, VIR_MIGRATE_CHANGE_PROTECTION, NULL, "",
      VIR_ERR_ARGUMENT_UNSUPPORTED, "change protection" },
    { "strangers", V1, V3, 0, NULL, "", VIR_ERR_NO_SUPPORT, "virDomainMigrate" },
    { "offline", V3, V3, VIR_MIGRATE_OFFLINE, NULL, "", VIR_ERR_ARGUMENT_UNSUPPORTED,
      "offline migration is not supported by the source" },
    { "no-peer", V3, V3, VIR_MIGRATE_PEER2PEER, NULL, "", VIR_ERR_NO_SUPPORT, "virDomainMigrate" },
};

static void
testCase(gconstpointer data)
{
    const Case *one = data;
    const virDriver from = { .ConnectClose = closeConnection, .features = one->source };
    const virDriver to = { .ConnectClose = closeConnection, .features = one->target };
    virConnectPtr source = connectTo(&from), target = connectTo(&to);
    virDomainPtr domain = movedTo(source, "guest"), moved;

    asked = g_string_new("");
    failing = one->failing;
    moved = virDomainMigrate(domain, target, one->flags, NULL, NULL, 0);
    g_assert_cmpstr(asked->str, ==, one->asked);
    g_assert_cmpint(moved != NULL, ==, one->code == 0);
    if (moved)
        virDomainFree(moved);
    if (one->code) {
        g_assert_cmpint(virGetLastError()->code, ==, one->code);
        g_assert_nonnull(strstr(virGetLastErrorMessage(), one->message));
    }
    g_string_free(asked, TRUE);
    virDomainFree(domain);
    virConnectClose(source);
    virConnectClose(target);
}

/* What a source that does it all is given, by its generation. */
static void
testUnmanaged(void)
{
    static const struct {
        unsigned int features, flags;
        const char *miguri;
        const char *asked;
    } rows[] = {
        { V1 | DIRECT, 0, "tcp:x", "tcp:x:perform " },
        { V1 | P2P, VIR_MIGRATE_PEER2PEER, NULL, "far:///:perform " },
        { V3 | P2P, VIR_MIGRATE_PEER2PEER, "tcp:x", "far:///,tcp:x,9:perform3 " },
        { V3 | DIRECT, 0, "tcp:x", "-,tcp:x,9:perform3 " },
        { V3 | PARAMS | P2P, VIR_MIGRATE_PEER2PEER, "tcp:x", "far:///,2:performParams " },
        { V3 | PARAMS | DIRECT, 0, "tcp:x", "-,2:performParams " },
    };

    failing = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const virDriver driver = { .ConnectClose = closeConnection, .features = rows[i].features };
        virConnectPtr conn = connectTo(&driver);
        virDomainPtr domain = movedTo(conn, "guest");

        asked = g_string_new("");
        g_assert_cmpint(virDomainMigrateToURI2(domain, "far:///", rows[i].miguri, NULL,
                                               rows[i].flags, NULL, 9), ==, 0);
        g_assert_cmpstr(asked->str, ==, rows[i].asked);
        g_string_free(asked, TRUE);
        virDomainFree(domain);
        virConnectClose(conn);
    }
}

/* What older generations cannot carry is refused, not dropped. */
static void
testPlainOnly(void)
{
    const virDriver driver = { .ConnectClose = closeConnection, .features = V2 | DIRECT };
    virConnectPtr conn = connectTo(&driver), other = connectTo(&driver);
    virDomainPtr domain = movedTo(conn, "guest");
    virTypedParameterPtr params = NULL;
    int nparams = 0, room = 0;

    asked = g_string_new("");
    failing = NULL;
    g_assert_null(virDomainMigrate2(domain, other, "<domain/>", 0, NULL, NULL, 0));
    g_assert_cmpint(virGetLastError()->code, ==, VIR_ERR_ARGUMENT_UNSUPPORTED);
    virTypedParamsAddString(&params, &nparams, &room, VIR_MIGRATE_PARAM_GRAPHICS_URI, "spice://x");
    g_assert_null(virDomainMigrate3(domain, other, params, (unsigned int) nparams, 0));
    g_assert_cmpint(virGetLastError()->code, ==, VIR_ERR_ARGUMENT_UNSUPPORTED);
    g_assert_cmpint(virDomainMigrateToURI3(domain, NULL, params, (unsigned int) nparams, 0), ==, -1);
    g_assert_cmpint(virGetLastError()->code, ==, VIR_ERR_ARGUMENT_UNSUPPORTED);
    virTypedParamsFree(params, nparams);
    g_assert_cmpstr(asked->str, ==, "");
    g_string_free(asked, TRUE);
    virDomainFree(domain);
    virConnectClose(conn);
    virConnectClose(other);
}

static void
ignore(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    virSetErrorFunc(NULL, ignore);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/migrate/%s", cases[i].what);

        g_test_add_data_func(path, &cases[i], testCase);
    }
    g_test_add_func("/migrate/unmanaged", testUnmanaged);
    g_test_add_func("/migrate/plain-only", testPlainOnly);
    return g_test_run();
}
