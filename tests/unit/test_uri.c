/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests connection URIs: their parts, printing them back, and refusing what is none. */

#include "runtime/uri.h"

#include <string.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/local.h"

typedef struct {
    const char *text;
    const char *driver;
    const char *transport;
    const char *user;
    const char *server;
    int port;
    const char *path;
    const char *query;
} Parts;

/* Every URI of the original documentation, and the shapes RFC 3986 adds. */
static const Parts known[] = {
    { "test:///default", "test", NULL, NULL, NULL, 0, "/default", NULL },
    { "test:///path/to/host/definitions", "test", NULL, NULL, NULL, 0,
      "/path/to/host/definitions", NULL },
    { "xen:///", "xen", NULL, NULL, NULL, 0, "/", NULL },
    { "xen", "xen", NULL, NULL, NULL, 0, "", NULL },
    { "///var/run/xend/xend-socket", "", NULL, NULL, NULL, 0, "///var/run/xend/xend-socket", NULL },
    { "http://oirase/", "http", NULL, NULL, "oirase", 0, "/", NULL },
    { "qemu:///system", "qemu", NULL, NULL, NULL, 0, "/system", NULL },
    { "qemu:///session", "qemu", NULL, NULL, NULL, 0, "/session", NULL },
    { "qemu://oirase/system", "qemu", NULL, NULL, "oirase", 0, "/system", NULL },
    { "xen://oirase/", "xen", NULL, NULL, "oirase", 0, "/", NULL },
    { "xen+ssh://oirase/", "xen", "ssh", NULL, "oirase", 0, "/", NULL },
    { "test+tcp://oirase/default", "test", "tcp", NULL, "oirase", 0, "/default", NULL },
    { "xen+ssh://rjones@towada/", "xen", "ssh", "rjones", "towada", 0, "/", NULL },
    { "xen://towada/", "xen", NULL, NULL, "towada", 0, "/", NULL },
    { "xen://towada/?no_verify=1", "xen", NULL, NULL, "towada", 0, "/", "no_verify=1" },
    { "qemu+unix:///system?socket=/opt/libvirt/run/libvirt/libvirt-sock", "qemu", "unix", NULL,
      NULL, 0, "/system", "socket=/opt/libvirt/run/libvirt/libvirt-sock" },
    { "test+tcp://localhost:5000/default", "test", "tcp", NULL, "localhost", 5000, "/default",
      NULL },
    { "qemu+tls://[::1]:16514/system", "qemu", "tls", NULL, "::1", 16514, "/system", NULL },
    { "test:relative", "test", NULL, NULL, NULL, 0, "relative", NULL },
    { "test:///with%20space", "test", NULL, NULL, NULL, 0, "/with space", NULL },
};

static void
testParts(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        const Parts *expected = &known[i];
        g_autoptr(virURI) uri = virURIParse(expected->text);

        g_test_message("%s", expected->text);
        g_assert_nonnull(uri);
        g_assert_cmpstr(uri->driver, ==, expected->driver);
        g_assert_cmpstr(uri->transport, ==, expected->transport);
        g_assert_cmpstr(uri->user, ==, expected->user);
        g_assert_cmpstr(uri->server, ==, expected->server);
        g_assert_cmpint(uri->port, ==, expected->port);
        g_assert_cmpstr(uri->path, ==, expected->path);
        g_assert_cmpstr(uri->query, ==, expected->query);
    }
}

/* What is printed is read again as the same parts. */
static void
testPrinted(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        g_autoptr(virURI) uri = virURIParse(known[i].text);
        g_autofree char *printed = virURIFormat(uri);
        g_autoptr(virURI) again = virURIParse(printed);
        g_autofree char *twice = again ? virURIFormat(again) : NULL;

        g_test_message("%s printed as %s", known[i].text, printed);
        g_assert_nonnull(again);
        g_assert_cmpstr(again->driver, ==, uri->driver);
        g_assert_cmpstr(again->server, ==, uri->server);
        g_assert_cmpint(again->port, ==, uri->port);
        g_assert_cmpstr(twice, ==, printed);
        if (strchr(known[i].text, '/'))
            g_assert_cmpstr(printed, ==, known[i].text);
    }
}

static void
testParameters(void)
{
    g_autoptr(virURI) uri = virURIParse("qemu+ssh://h/s?command=/opt/a%26b&empty=&flag&&netcat=nc");

    g_assert_nonnull(uri);
    g_assert_cmpuint(uri->parameters->len, ==, 4);
    g_assert_cmpstr(virURIParameterValue(uri, "command"), ==, "/opt/a&b");
    g_assert_cmpstr(virURIParameterValue(uri, "empty"), ==, "");
    g_assert_cmpstr(virURIParameterValue(uri, "flag"), ==, "");
    g_assert_cmpstr(virURIParameterValue(uri, "netcat"), ==, "nc");
    g_assert_null(virURIParameterValue(uri, "absent"));
}

static void
checkRefused(const char *text)
{
    g_autoptr(virURI) uri = NULL;

    localResetLastError();
    uri = virURIParse(text);
    g_test_message("%.80s", text);
    g_assert_null(uri);
    g_assert_cmpint(localGetLastErrorDomain(), ==, VIR_FROM_URI);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_INTERNAL_ERROR);
    g_assert_cmpuint(strlen(localGetLastErrorMessage()), <, 1024);
    localResetLastError();
}

static void
testRefused(void)
{
    g_autofree char *endless = g_strnfill(VIR_URI_MAX + 1, 'a');

    checkRefused("test://[");
    checkRefused("test://host:port/");
    checkRefused("test://host:99999999/");
    checkRefused("test:///default?a=%zz");
    checkRefused("test:///a%00b");
    checkRefused("::::");
    checkRefused("../../tmp/evil");
    checkRefused("xen+");
    checkRefused("+ssh://host/");
    checkRefused("two words");
    checkRefused(endless);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    localSetErrorFunc(NULL, NULL);
    g_test_add_func("/uri/parts", testParts);
    g_test_add_func("/uri/printed", testPrinted);
    g_test_add_func("/uri/parameters", testParameters);
    g_test_add_func("/uri/refused", testRefused);
    return g_test_run();
}
