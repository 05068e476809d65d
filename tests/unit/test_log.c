/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests logging: levels, filters, outputs, the journal's protocol, and words that are wrong. */

#include "base/log.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static char *folder;

static void
configure(const char *debug, const char *filters, const char *outputs, const char *expected)
{
    g_autofree char *problem = NULL;

    g_setenv("LIBVIRT_DEBUG", debug, TRUE);
    g_setenv("LIBVIRT_LOG_FILTERS", filters, TRUE);
    g_setenv("LIBVIRT_LOG_OUTPUTS", outputs, TRUE);
    problem = virLogConfigure();
    if (expected) {
        g_assert_nonnull(problem);
        g_assert_nonnull(strstr(problem, expected));
    } else {
        g_assert_null(problem);
    }
}

static void
writeAll(void)
{
    VIR_LOG(VIR_LOG_DEBUG, "one.part", "first %d", 1);
    VIR_LOG(VIR_LOG_INFO, "other", "second");
    VIR_LOG(VIR_LOG_WARNING, "one.part", "third");
    VIR_LOG(VIR_LOG_ERROR, "other", "fourth");
}

static void
checkFile(const char *debug, const char *filters, const char *level, const char *expected)
{
    g_autofree char *path = g_build_filename(folder, "log", NULL);
    g_autofree char *outputs = g_strdup_printf("%s:file:%s", level, path);
    g_autofree char *text = NULL;
    g_autoptr(GString) found = g_string_new(NULL);

    g_remove(path);
    configure(debug, filters, outputs, NULL);
    writeAll();
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    for (const char *const *word = (const char *const[]){ "first 1\n", "second\n", "third\n",
                                                          "fourth\n", NULL }; *word; word++)
        g_string_append_c(found, strstr(text, *word) ? 'x' : '-');
    g_assert_cmpstr(found->str, ==, expected);
}

static void
testLevels(void)
{
    checkFile("", "", "1", "--xx");
    checkFile("1", "", "1", "xxxx");
    checkFile("debug", "", "1", "xxxx");
    checkFile("error", "", "1", "---x");
    checkFile("1", "", "3", "--xx");
    checkFile("4", "1:one", "1", "x-xx");
    checkFile("1", "4:one", "1", "-x-x");
    checkFile("4", "1:+o*part", "1", "x-xx");
    checkFile("1", "4:one 2:other", "1", "-x-x");
}

static void
testWrong(void)
{
    configure("loud", "", "", "'loud' is not a log level");
    configure("9", "", "", "'9' is not a log level");
    configure("", "nothing", "", "'nothing' is not a log filter");
    configure("", "9:x", "", "'9:x' is not a log filter");
    configure("", "2:+", "", "'2:+' is not a log filter");
    configure("", "", "1:printer", "'1:printer' is not a log output");
    configure("", "", "1:file", "'1:file' is not a log output");
    configure("", "", "1:file:/nonexistent/x", "cannot be written");
    configure("", "", "", NULL);
}

/* A wrong word lets nothing be opened, and says which. */
static void
testRefused(void)
{
    if (g_test_subprocess()) {
        g_setenv("LIBVIRT_LOG_FILTERS", "nothing", TRUE);
        g_assert_cmpint(virInitialize(), ==, -1);
        g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_INVALID_ARG);
        g_assert_null(virConnectOpen("test:///default"));
        g_assert_nonnull(strstr(virGetLastErrorMessage(), "'nothing' is not a log filter"));
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
}

static void
testJournal(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    g_autofree char *path = g_build_filename(folder, "journal", NULL);
    guint64 length = GUINT64_TO_LE(9);
    char packet[4096];
    char *place;
    ssize_t got;
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

    g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
    g_assert_cmpint(bind(fd, (struct sockaddr *) &address, sizeof(address)), ==, 0);
    virLogJournalSocket = path;
    configure("1", "", "1:journald", NULL);
    VIR_LOG(VIR_LOG_WARNING, "one.part", "hello");
    got = recv(fd, packet, sizeof(packet) - 1, 0);
    g_assert_cmpint(got, >, 0);
    packet[got] = '\0';
    g_assert_nonnull(strstr(packet, "PRIORITY=4\n"));
    g_assert_nonnull(strstr(packet, "\nLIBVIRT_SOURCE=one.part\nCODE_FUNC=testJournal\n"));
    g_assert_true(g_str_has_suffix(packet, "\nMESSAGE=hello\n"));
    VIR_LOG(VIR_LOG_ERROR, "one.part", "two\nlines");
    got = recv(fd, packet, sizeof(packet) - 1, 0);
    g_assert_cmpint(got, >, 0);
    packet[got] = '\0';
    place = strstr(packet, "\nMESSAGE\n");
    g_assert_nonnull(place);
    g_assert_cmpmem(place + 9, 8, &length, sizeof(length));
    g_assert_cmpmem(place + 17, 10, "two\nlines\n", 10);
    configure("", "", "", NULL);
    close(fd);
    g_remove(path);
}

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("log-XXXXXX", NULL);
    g_test_add_func("/log/levels", testLevels);
    g_test_add_func("/log/wrong", testWrong);
    g_test_add_func("/log/refused", testRefused);
    g_test_add_func("/log/journal", testJournal);
    status = g_test_run();
    if (!g_test_subprocess()) {
        g_autofree char *path = g_build_filename(folder, "log", NULL);

        g_remove(path);
    }
    g_rmdir(folder);
    g_free(folder);
    return status;
}
