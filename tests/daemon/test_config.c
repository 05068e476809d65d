/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests libvirtd.conf: values that arrive, and the sentence about each kind of mistake. */

#include <glib.h>
#include <glib/gstdio.h>

#include "daemon/config.h"

static virDaemonConfig *
readText(const char *text, char **problem)
{
    g_autofree char *path = NULL;
    virDaemonConfig *config;
    int fd = g_file_open_tmp("virconfXXXXXX", &path, NULL);

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    *problem = NULL;
    config = virDaemonConfigRead(path, /* required= */ true, /* system= */ true, problem);
    g_unlink(path);
    return config;
}

static void
testDefaults(void)
{
    g_autofree char *problem = NULL;
    g_autoptr(virDaemonConfig) config = virDaemonConfigRead("/nonexistent/libvirtd.conf",
                                                            /* required= */ false,
                                                            /* system= */ true, &problem);

    g_assert_nonnull(config);
    g_assert_false(config->listenTCP);
    g_assert_cmpstr(config->tcpPort, ==, "16509");
    g_assert_cmpint(config->readOnlyMode, ==, 0777);
    g_assert_cmpint(config->readWriteMode, ==, 0700);
    g_assert_cmpuint(config->server.clients, ==, 5000);
    g_assert_cmpuint(config->server.requests, ==, 5);
    g_assert_cmpuint(config->admin.clients, ==, 5);
    g_assert_null(virDaemonConfigRead("/nonexistent/libvirtd.conf", /* required= */ true,
                                      /* system= */ true, &problem));
    g_assert_nonnull(strstr(problem, "/nonexistent/libvirtd.conf"));
}

static void
testValues(void)
{
    g_autofree char *problem = NULL;
    g_autoptr(virDaemonConfig) config = readText(
        "# a comment\n"
        "listen_tls = 0\n"
        "listen_tcp = 1\n"
        "tcp_port = \"16601\"\n"
        "listen_addr = \"127.0.0.1\"\n"
        "auth_tcp = \"none\"\n"
        "unix_sock_group = \"root\"\n"
        "unix_sock_rw_perms = \"0770\"\n"
        "unix_sock_dir = \"/run/there\"\n"
        "max_clients = 100\n"
        "max_anonymous_clients = 0\n"
        "min_workers = 2\n"
        "max_workers = 3\n"
        "max_client_requests = 7\n"
        "keepalive_interval = -1\n"
        "keepalive_count = 3\n"
        "admin_max_clients = 2\n"
        "tls_allowed_dn_list = [ \"O=one\", \"O=two\" ]\n"
        "access_drivers = [ \"polkit\", \"none\" ]\n"
        "auth_unix_rw = \"polkit\"\n"
        "open_timeout = 7\n"
        "log_level = 1\n"
        "log_filters = \"1:daemon 3:rpc\"\n"
        "host_uuid = \"11111111-2222-3333-4444-555555555555\"\n",
        &problem);

    g_assert_cmpstr(problem, ==, NULL);
    g_assert_cmpstr(config->accessDrivers[0], ==, "polkit");
    g_assert_cmpstr(config->accessDrivers[1], ==, "none");
    g_assert_cmpint(config->readWriteAuth, ==, VIR_SERVE_AUTH_POLKIT);
    g_assert_cmpint(config->openTimeout, ==, 7);
    g_assert_true(config->listenTCP);
    g_assert_cmpstr(config->tcpPort, ==, "16601");
    g_assert_cmpstr(config->listenAddress, ==, "127.0.0.1");
    g_assert_cmpint(config->tcpAuth, ==, VIR_SERVE_AUTH_NONE);
    g_assert_cmpint(config->groupId, ==, 0);
    g_assert_cmpint(config->readWriteMode, ==, 0770);
    g_assert_cmpstr(config->socketFolder, ==, "/run/there");
    g_assert_cmpuint(config->server.clients, ==, 100);
    g_assert_cmpuint(config->server.anonymous, ==, 0);
    g_assert_cmpuint(config->server.least, ==, 2);
    g_assert_cmpuint(config->server.most, ==, 3);
    g_assert_cmpuint(config->server.requests, ==, 7);
    g_assert_cmpint(config->server.keepaliveInterval, ==, -1);
    g_assert_cmpuint(config->server.keepaliveCount, ==, 3);
    g_assert_cmpuint(config->admin.clients, ==, 2);
    g_assert_cmpint(config->logLevel, ==, 1);
    g_assert_cmpstr(config->logFilters, ==, "1:daemon 3:rpc");
}

/* A file, and what the sentence about it must say: the line first. */
static void
testMistakes(void)
{
    static const struct {
        const char *text, *line, *says;
    } cases[] = {
        { "\nmax_client = 3\n", ":2:", "max_clients" },
        { "max_clients = \"3\"\n", ":1:", "integer" },
        { "max_clients = 0\n", ":1:", "1" },
        { "max_clients = 99999999999\n", ":1:", "2147483647" },
        { "listen_tcp = 2\n", ":1:", "0" },
        { "tcp_port = 16509\n", ":1:", "string" },
        { "tcp_port = \"\"\n", ":1:", "port" },
        { "\n\nunix_sock_rw_perms = \"rw\"\n", ":3:", "octal" },
        { "unix_sock_rw_perms = \"1777\"\n", ":1:", "0777" },
        { "unix_sock_group = \"no-such-group-here\"\n", ":1:", "no-such-group-here" },
        { "auth_unix_rw = \"password\"\n", ":1:", "polkit" },
        { "auth_unix_rw = \"sasl\"\n", ":1:", "none polkit" },
        { "auth_tcp = \"polkit\"\n", ":1:", "none" },
        { "host_uuid = \"12\"\n", ":1:", "UUID" },
        { "host_uuid_source = \"disk\"\n", ":1:", "machine-id" },
        { "\naccess_drivers = [ \"polkit\", \"pokit\" ]\n", ":2:", "none polkit" },
        { "access_drivers = \"polkit\"\n", ":1:", "list" },
        { "tls_allowed_dn_list = \"O=x\"\n", ":1:", "list" },
        { "min_workers = 30\n", ":1:", "max_workers" },
        { "max_workers = 2\n", ":1:", "min_workers" },
        { "log_level = 5\n", ":1:", "4" },
        { "audit_level = 2\n", ":1:", "1" },
        { "mdns_adv = 2\n", ":1:", "0" },
        { "listen_tcp 1\n", ":1:", "=" },
    };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *problem = NULL;

        g_test_message("%s", cases[i].text);
        g_assert_null(readText(cases[i].text, &problem));
        g_assert_nonnull(problem);
        if (!strstr(problem, cases[i].line) || !strstr(problem, cases[i].says))
            g_test_fail_printf("'%s' is said about: %s", problem, cases[i].text);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/config/defaults", testDefaults);
    g_test_add_func("/config/values", testValues);
    g_test_add_func("/config/mistakes", testMistakes);
    return g_test_run();
}
