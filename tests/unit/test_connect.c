/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests connections: which driver a name leads to, credentials, and the close callback. */

#include <string.h>

#include <glib/gstdio.h>
#include <libvirt/virterror.h>

#include "runtime/auth.h"
#include "runtime/clientconfig.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"

/* --- drivers that only remember what they were asked to open ----------------------------------- */

static const char *opened;      /* name of the driver */
static char *openedURI;         /* NULL: it was to find out itself */
static char *offered;           /* what a driver offers when nobody names a URI */

static int
openAny(virConnectPtr conn, const char *driver)
{
    opened = driver;
    g_free(openedURI);
    openedURI = conn->uri ? virURIFormat(conn->uri) : NULL;
    return 0;
}

static int
openModel(virConnectPtr conn, virConnectAuthPtr auth G_GNUC_UNUSED, unsigned int flags G_GNUC_UNUSED)
{
    return openAny(conn, "model");
}

static int
openMachine(virConnectPtr conn, virConnectAuthPtr auth G_GNUC_UNUSED,
            unsigned int flags G_GNUC_UNUSED)
{
    return openAny(conn, "machine");
}

static int
openRemote(virConnectPtr conn, virConnectAuthPtr auth G_GNUC_UNUSED, unsigned int flags G_GNUC_UNUSED)
{
    return openAny(conn, "remote");
}

static int
closeAny(virConnectPtr conn G_GNUC_UNUSED)
{
    return 0;
}

static char *
offer(void)
{
    return g_strdup(offered);
}

static const char *const modelSchemes[] = { "model", NULL };
static const char *const machineSchemes[] = { "machine", NULL };
static const char *const remoteSchemes[] = { "remote", NULL };
static const virDriver model = { .name = "model", .schemes = modelSchemes, .ProbeURI = offer,
                                 .ConnectOpen = openModel, .ConnectClose = closeAny };
static const virDriver machine = { .name = "machine", .schemes = machineSchemes,
                                   .daemonOnly = true, .ConnectOpen = openMachine,
                                   .ConnectClose = closeAny };
static const virDriver remote = { .name = "remote", .schemes = remoteSchemes,
                                  .ConnectOpen = openRemote, .ConnectClose = closeAny };
extern const virDriver *const virBuiltinDrivers[];
const virDriver *const virBuiltinDrivers[] = { &model, &machine, &remote, NULL };

static void
checkOpen(const char *name, const char *driver, const char *uri)
{
    virConnectPtr conn = localConnectOpen(name);

    g_test_message("%s", name ? name : "NULL");
    g_assert_nonnull(conn);
    g_assert_cmpstr(opened, ==, driver);
    g_assert_cmpstr(openedURI, ==, uri);
    g_assert_cmpint(localConnectClose(conn), ==, 0);
}

static void
checkRefused(const char *name, int code)
{
    g_test_message("%s", name);
    g_assert_null(localConnectOpen(name));
    g_assert_cmpint(localGetLastErrorCode(), ==, code);
    localResetLastError();
}

static void
testNames(void)
{
    g_unsetenv("LIBVIRT_DEFAULT_URI");
    checkOpen("model:///x", "model", "model:///x");
    checkOpen("model:///x?a=b", "model", "model:///x?a=b");
    checkOpen("model://host/x", "remote", "model://host/x");
    checkOpen("model+unix:///x", "remote", "model+unix:///x");
    checkOpen("machine:///", "remote", "machine:///");
    checkOpen("unheard:///", "remote", "unheard:///");
    checkOpen("xen", "remote", "xen:///");
    checkRefused("model", VIR_ERR_NO_CONNECT);
    checkRefused("/x/y", VIR_ERR_NO_CONNECT);
    checkRefused("model://[", VIR_ERR_INTERNAL_ERROR);
}

/* Nobody names a URI: the environment, else what a driver offers, else the remote driver's search. */
static void
testDefaults(void)
{
    g_unsetenv("LIBVIRT_DEFAULT_URI");
    checkOpen(NULL, "remote", NULL);
    checkOpen("", "remote", NULL);
    offered = g_strdup("model:///offered");
    checkOpen(NULL, "model", "model:///offered");
    g_setenv("LIBVIRT_DEFAULT_URI", "model:///asked", /* overwrite= */ TRUE);
    checkOpen(NULL, "model", "model:///asked");
    checkOpen("", "model", "model:///asked");
    checkOpen("model:///named", "model", "model:///named");
    g_unsetenv("LIBVIRT_DEFAULT_URI");
    g_clear_pointer(&offered, g_free);
}

/* In the daemon, drivers of the machine are opened here and nothing is handed on by itself. */
static void
testDaemon(void)
{
    if (g_test_subprocess()) {
        virDriverServeHere();
        checkOpen("machine:///", "machine", "machine:///");
        checkOpen("machine://host/", "remote", "machine://host/");
        checkRefused("unheard:///", VIR_ERR_NO_CONNECT);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
}

/* --- the client's configuration file ----------------------------------------------------------- */

static virConfig *
config(const char *text)
{
    g_autofree char *problem = NULL;

    return virConfigParse("c", text, strlen(text), &problem);
}

static void
checkAlias(const char *text, const char *name, const char *expected, int code)
{
    g_autoptr(virConfig) one = config(text);
    g_autofree char *uri = NULL;

    g_assert_nonnull(one);
    g_assert_cmpint(virClientConfigAlias(one, name, &uri), ==, code == VIR_ERR_OK);
    g_assert_cmpstr(uri, ==, expected);
    g_assert_cmpint(localGetLastErrorCode(), ==, code);
    localResetLastError();
}

static void
testAliases(void)
{
    const char *two = "uri_aliases=['t=model:///1?a=b', 'u-_9=model:///2', 't=other:///']\n";

    checkAlias(two, "t", "model:///1?a=b", VIR_ERR_OK);
    checkAlias(two, "u-_9", "model:///2", VIR_ERR_OK);
    checkAlias(two, "v", NULL, VIR_ERR_OK);
    checkAlias(two, "tt", NULL, VIR_ERR_OK);
    checkAlias("", "t", NULL, VIR_ERR_OK);
    checkAlias("uri_aliases=['t']", "t", NULL, VIR_ERR_CONF_SYNTAX);
    checkAlias("uri_aliases=['a:b=x']", "t", NULL, VIR_ERR_CONF_SYNTAX);
    checkAlias("uri_aliases=['=x']", "t", NULL, VIR_ERR_CONF_SYNTAX);
    checkAlias("uri_aliases='t=x'", "t", NULL, VIR_ERR_INTERNAL_ERROR);
}

/* --- credentials ------------------------------------------------------------------------------- */

static int
answer(virConnectCredentialPtr credentials, unsigned int count, void *opaque)
{
    const char *const *answers = opaque;

    g_assert_cmpuint(count, ==, 1);
    g_assert_nonnull(credentials->prompt);
    if (!answers[credentials->type])
        return -1;
    credentials->result = g_strdup(answers[credentials->type]);
    credentials->resultlen = (unsigned int) strlen(credentials->result);
    return 0;
}

static void
failed(char *value, int code, int domain)
{
    g_assert_null(value);
    g_assert_cmpint(localGetLastErrorCode(), ==, code);
    g_assert_cmpint(localGetLastErrorDomain(), ==, domain);
    localResetLastError();
}

static void
testAsked(void)
{
    const char *answers[10] = { [VIR_CRED_AUTHNAME] = "dan", [VIR_CRED_NOECHOPROMPT] = "s3cret" };
    int kinds[] = { VIR_CRED_AUTHNAME, VIR_CRED_NOECHOPROMPT };
    virConnectAuth auth = { kinds, G_N_ELEMENTS(kinds), answer, answers };
    g_autofree char *user = virAuthUsername(NULL, &auth, "test", "h", NULL);
    char *secret = virAuthPassword(NULL, &auth, "test", "h", "dan");

    g_assert_cmpstr(user, ==, "dan");
    g_assert_cmpstr(secret, ==, "s3cret");
    virAuthForget(secret);
    answers[VIR_CRED_AUTHNAME] = NULL;
    failed(virAuthUsername(NULL, &auth, "test", "h", NULL), VIR_ERR_AUTH_FAILED, VIR_FROM_AUTH);
    auth.ncredtype = 1;
    failed(virAuthPassword(NULL, &auth, "test", "h", "dan"), VIR_ERR_AUTH_FAILED, VIR_FROM_AUTH);
    auth.cb = NULL;
    failed(virAuthUsername(NULL, &auth, "test", "h", NULL), VIR_ERR_INVALID_ARG, VIR_FROM_AUTH);
    failed(virAuthUsername(NULL, NULL, "test", "h", NULL), VIR_ERR_INVALID_ARG, VIR_FROM_AUTH);
}

static void
checkLookup(const char *text, const char *host, int expected, const char *value)
{
    g_autofree char *path = NULL;
    g_autofree char *name = NULL;
    g_autofree char *found = NULL;
    g_autoptr(virURI) uri = NULL;
    int fd = g_file_open_tmp("auth-XXXXXX", &path, NULL);

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    name = g_strdup_printf("model:///?authfile=%s", path);
    uri = virURIParse(name);
    g_assert_nonnull(uri);
    g_assert_cmpint(virAuthLookup(uri, "test", host, "password", &found), ==, expected);
    g_assert_cmpstr(found, ==, value);
    g_assert_cmpint(localGetLastErrorCode(), ==, expected < 0 ? VIR_ERR_CONF_SYNTAX : VIR_ERR_OK);
    localResetLastError();
    g_setenv("LIBVIRT_AUTH_FILE", path, /* overwrite= */ TRUE);
    g_clear_pointer(&found, g_free);
    g_assert_cmpint(virAuthLookup(NULL, "test", host, "password", &found), ==, expected);
    g_assert_cmpstr(found, ==, value);
    localResetLastError();
    g_unsetenv("LIBVIRT_AUTH_FILE");
    g_remove(path);
}

static void
testAuthFile(void)
{
    const char *text = "[credentials-a]\npassword=1\n[credentials-b]\npassword=2\n"
                       "[auth-test-h]\ncredentials=a\n[auth-test-default]\ncredentials=b\n"
                       "[auth-test-odd]\ncredentials=c\n[auth-test-empty]\nx=y\n";

    checkLookup(text, "h", 1, "1");
    checkLookup(text, "other", 1, "2");
    checkLookup(text, NULL, 1, "2");
    checkLookup("[credentials-a]\npassword=1\n", "h", 0, NULL);
    checkLookup("[credentials-a]\nx=1\n[auth-test-h]\ncredentials=a\n", "h", 0, NULL);
    checkLookup(text, "odd", -1, NULL);
    checkLookup(text, "empty", -1, NULL);
    checkLookup("garbage\n", "h", -1, NULL);
}

/* --- the close callback ------------------------------------------------------------------------ */

typedef struct {
    int calls, releases, reason;
} Told;

static void
onClose(virConnectPtr conn, int reason, void *opaque)
{
    Told *told = opaque;

    g_assert_true(virHandleIs(conn, &virConnectClass));
    told->calls++;
    told->reason = reason;
}

static void
onCloseOther(virConnectPtr conn G_GNUC_UNUSED, int reason G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    g_assert_not_reached();
}

static void
onRelease(void *opaque)
{
    Told *told = opaque;

    told->releases++;
}

static void
testCloseCallback(void)
{
    virConnectPtr conn = localConnectOpen("model:///x");
    Told told = { 0, 0, 0 };

    g_assert_cmpint(localConnectRegisterCloseCallback(conn, onClose, &told, onRelease), ==, 0);
    g_assert_cmpint(localConnectRegisterCloseCallback(conn, onCloseOther, NULL, NULL), ==, -1);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(localConnectUnregisterCloseCallback(conn, onCloseOther), ==, -1);
    g_assert_cmpint(told.releases, ==, 0);
    g_assert_cmpint(localConnectUnregisterCloseCallback(conn, onClose), ==, 0);
    g_assert_cmpint(told.releases, ==, 1);
    g_assert_cmpint(localConnectUnregisterCloseCallback(conn, onClose), ==, -1);
    g_assert_cmpint(localConnectRegisterCloseCallback(conn, onClose, &told, onRelease), ==, 0);
    virConnectReportClosed(conn, VIR_CONNECT_CLOSE_REASON_EOF);
    virConnectReportClosed(conn, VIR_CONNECT_CLOSE_REASON_ERROR);
    g_assert_cmpint(told.calls, ==, 1);
    g_assert_cmpint(told.reason, ==, VIR_CONNECT_CLOSE_REASON_EOF);
    g_assert_cmpint(told.releases, ==, 2);
    g_assert_cmpint(localConnectRegisterCloseCallback(conn, onClose, &told, onRelease), ==, 0);
    g_assert_cmpint(localConnectClose(conn), ==, 0);
    g_assert_cmpint(told.calls, ==, 1);
    g_assert_cmpint(told.releases, ==, 3);
    localResetLastError();
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/connect/names", testNames);
    g_test_add_func("/connect/defaults", testDefaults);
    g_test_add_func("/connect/daemon", testDaemon);
    g_test_add_func("/connect/aliases", testAliases);
    g_test_add_func("/connect/asked", testAsked);
    g_test_add_func("/connect/auth-file", testAuthFile);
    g_test_add_func("/connect/close-callback", testCloseCallback);
    return g_test_run();
}
