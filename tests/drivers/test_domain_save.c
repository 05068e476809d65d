/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Saved states of domains and core dumps: whole files, hostile ones, managed ones. */

#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "drivers/domain.h"

static char *folder;

static char *
inFolder(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

/* How many files there are: nothing but images may stay. */
static int
files(void)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    int count = 0;

    while (g_dir_read_name(dir))
        count++;
    g_dir_close(dir);
    return count;
}

static void
testSave(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = inFolder("image");

    assertDone(virDomainSuspend(host->dom));
    assertDone(virDomainSave(host->dom, path));
    assertState(host->dom, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SAVED);
    g_assert_cmpint(files(), ==, 1);
    g_assert_cmpint(virDomainSave(host->dom, path), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    /* It was paused, so it is again. */
    assertDone(virDomainRestore(host->conn, path));
    assertState(host->dom, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    g_assert_cmpint(virDomainRestore(host->conn, path), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainDestroy(host->dom));
    assertDone(virDomainRestoreFlags(host->conn, path, NULL, VIR_DOMAIN_SAVE_RUNNING |
                                     VIR_DOMAIN_SAVE_BYPASS_CACHE));
    assertState(host->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_RESTORED);
    assertEvents(host, "suspended 0 test; stopped 4 test; started 2 test; suspended 4 test; "
                       "stopped 1 test; started 2 test; ");
    g_unlink(path);
}

static void
testFailure(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_cmpint(virDomainSave(host->dom, "/nonexistent/image"), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_SYSTEM_ERROR, "saving domain 'test'");
    assertState(host->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_UNKNOWN);
    g_assert_cmpint(virDomainSave(host->dom, folder), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_SYSTEM_ERROR);
    g_assert_cmpint(files(), ==, 0);
    assertEvents(host, "");
}

static void
testDocument(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = inFolder("image");
    g_autofree char *other = documentOf("d2", TEST_UUID, "<title>other</title>");
    g_autofree char *stranger = documentOf("d2", "33333333-2222-3333-4444-555555555555", "");
    virTypedParameter params[2] = {
        { .field = VIR_DOMAIN_SAVE_PARAM_FILE, .type = VIR_TYPED_PARAM_STRING },
        { .field = VIR_DOMAIN_SAVE_PARAM_DXML, .type = VIR_TYPED_PARAM_STRING },
    };
    char *text;

    assertDone(virDomainCreate(host->off));
    g_assert_cmpint(virDomainSaveFlags(host->off, path, stranger, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED);
    assertDone(virDomainSaveFlags(host->off, path, NULL, VIR_DOMAIN_SAVE_PAUSED));
    assertDone(virDomainSaveImageDefineXML(host->conn, path, other, VIR_DOMAIN_SAVE_RUNNING));
    text = virDomainSaveImageGetXMLDesc(host->conn, path, 0);
    g_assert_nonnull(strstr(text, "<title>other</title>"));
    free(text);
    assertDone(virDomainRestore(host->conn, path));
    assertState(host->off, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_RESTORED);
    text = virDomainGetXMLDesc(host->off, 0);
    g_assert_nonnull(strstr(text, "<title>other</title>"));
    free(text);
    params[0].value.s = path;
    params[1].value.s = stranger;
    g_assert_cmpint(virDomainSaveParams(host->off, params, 2, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED);
    assertDone(virDomainSaveParams(host->off, params, 1, 0));
    g_assert_cmpint(virDomainRestoreParams(host->conn, params + 1, 1, 0), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "'file'");
    assertDone(virDomainRestoreParams(host->conn, params, 1, VIR_DOMAIN_SAVE_PAUSED));
    assertState(host->off, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    /* The definition was never touched. */
    assertDone(virDomainDestroy(host->off));
    text = virDomainGetXMLDesc(host->off, 0);
    g_assert_null(strstr(text, "<title>"));
    free(text);
    g_unlink(path);
}

/* Writes bytes into an image, at a place, or cuts it there. */
static void
damage(const char *path, off_t at, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY);

    if (bytes)
        g_assert_cmpint(pwrite(fd, bytes, length, at), ==, (ssize_t) length);
    else
        g_assert_cmpint(ftruncate(fd, at), ==, 0);
    close(fd);
}

static void
testHostile(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        off_t at;
        const char *bytes;
        size_t length;
        int code;
        const char *says;
    } wounds[] = {
        { 0, "X", 1, VIR_ERR_INTERNAL_ERROR, "wrong magic" },
        { 16, "\x7f", 1, VIR_ERR_INTERNAL_ERROR, "version 127" },
        { 20, "\x02", 1, VIR_ERR_INTERNAL_ERROR, "is not a saved state" },
        { 24, "\x80", 1, VIR_ERR_INTERNAL_ERROR, "unknown flags 0x80" },
        { 28, "\xff\xff\xff\xff", 4, VIR_ERR_INTERNAL_ERROR, "4294967295 bytes" },
        { 28, "\0\0\0\0", 4, VIR_ERR_INTERNAL_ERROR, "0 bytes" },
        { 28, "\x10\0\0\0", 4, VIR_ERR_INTERNAL_ERROR, "does not end" },
        { 40, "\0", 1, VIR_ERR_INTERNAL_ERROR, "does not end" },
        { 200, NULL, 0, VIR_ERR_SYSTEM_ERROR, "within its document" },
        { 20, NULL, 0, VIR_ERR_SYSTEM_ERROR, "within its header" },
        { 0, NULL, 0, VIR_ERR_SYSTEM_ERROR, "0 bytes of 32" },
    };
    g_autofree char *path = inFolder("image");
    g_autofree char *copy = inFolder("copy");
    g_autofree char *bytes = NULL;
    gsize length;

    assertDone(virDomainSave(host->dom, path));
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(wounds); i++) {
        g_assert_true(g_file_set_contents(copy, bytes, (gssize) length, NULL));
        damage(copy, wounds[i].at, wounds[i].bytes, wounds[i].length);
        g_assert_cmpint(virDomainRestore(host->conn, copy), ==, -1);
        assertMessage(VIR_FROM_TEST, wounds[i].code, wounds[i].says);
        g_assert_null(virDomainSaveImageGetXMLDesc(host->conn, copy, 0));
        g_assert_cmpint(virDomainSaveImageDefineXML(host->conn, copy, bytes + 32, 0), ==, -1);
    }
    /* A whole file with a document that is none. */
    g_assert_true(g_file_set_contents(copy, bytes, (gssize) length, NULL));
    damage(copy, 32, "<nomain", 7);
    g_assert_cmpint(virDomainRestore(host->conn, copy), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_XML_DETAIL);
    g_assert_cmpint(virDomainRestore(host->conn, folder), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_SYSTEM_ERROR);
    assertState(host->dom, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SAVED);
    g_unlink(path);
    g_unlink(copy);
}

static void
testManaged(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter none = { .field = VIR_DOMAIN_SAVE_PARAM_IMAGE_FORMAT,
                               .type = VIR_TYPED_PARAM_STRING,
                               .value.s = (char *) VIR_DOMAIN_SAVE_PARAM_IMAGE_FORMAT_RAW };
    g_autofree char *other = documentOf("d2", TEST_UUID, "<title>other</title>");
    char *text;

    assertDone(virDomainCreate(host->off));
    assertDone(virDomainManagedSave(host->off, VIR_DOMAIN_SAVE_PAUSED));
    g_assert_cmpint(virDomainHasManagedSaveImage(host->off, 0), ==, 1);
    g_assert_cmpint(virDomainUndefine(host->off), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainManagedSaveDefineXML(host->off, other, VIR_DOMAIN_SAVE_RUNNING));
    text = virDomainManagedSaveGetXMLDesc(host->off, VIR_DOMAIN_SAVE_IMAGE_XML_SECURE);
    g_assert_nonnull(strstr(text, "<title>other</title>"));
    free(text);
    assertDone(virDomainCreate(host->off));
    assertState(host->off, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_RESTORED);
    text = virDomainGetXMLDesc(host->off, 0);
    g_assert_nonnull(strstr(text, "<title>other</title>"));
    free(text);
    g_assert_null(virDomainManagedSaveGetXMLDesc(host->off, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainSaveParams(host->off, &none, 1, 0));
    g_assert_cmpint(virDomainHasManagedSaveImage(host->off, 0), ==, 1);
    assertDone(virDomainCreateWithFlags(host->off, VIR_DOMAIN_START_FORCE_BOOT));
    assertState(host->off, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED);
    g_assert_cmpint(virDomainHasManagedSaveImage(host->off, 0), ==, 0);
    assertDone(virDomainManagedSave(host->off, 0));
    assertDone(virDomainManagedSaveRemove(host->off, 0));
    assertDone(virDomainCreate(host->off));
    assertState(host->off, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED);
    assertDone(virDomainManagedSave(host->off, 0));
    assertDone(virDomainUndefineFlags(host->off, VIR_DOMAIN_UNDEFINE_MANAGED_SAVE));
    none.value.s = (char *) VIR_DOMAIN_SAVE_PARAM_IMAGE_FORMAT_GZIP;
    g_assert_cmpint(virDomainSaveParams(host->dom, &none, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
}

static void
testDump(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = inFolder("core");
    g_autofree char *bytes = NULL;
    gsize length;

    assertDone(virDomainCoreDump(host->dom, path, VIR_DUMP_LIVE | VIR_DUMP_BYPASS_CACHE));
    assertState(host->dom, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_UNKNOWN);
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    g_assert_cmpint(memcmp(bytes, "LibvirtTestGuest\1\0\0\0\2\0\0\0\0\0\0\0", 28), ==, 0);
    g_assert_true(g_str_has_prefix(bytes + 32, "<domain "));
    g_assert_cmpint(virDomainRestore(host->conn, path), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "is not a saved state");
    assertDone(virDomainCoreDump(host->dom, path, VIR_DUMP_CRASH));
    assertState(host->dom, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_CRASHED);
    g_assert_cmpint(virDomainCoreDump(host->dom, path, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainCoreDumpWithFormat(host->dom, path, VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_ZLIB,
                                                0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
    /* A device is written to, and stays one. */
    assertDone(virDomainCreate(host->dom));
    assertDone(virDomainCoreDump(host->dom, "/dev/null", VIR_DUMP_RESET));
    assertEvents(host, "stopped 2 test; started 0 test; ");
    g_unlink(path);
}

static void
hearJob(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED,
        virTypedParameterPtr params, int nparams, void *opaque)
{
    int operation = -1, success = -1;

    virTypedParamsGetInt(params, nparams, VIR_DOMAIN_JOB_OPERATION, &operation);
    virTypedParamsGetBoolean(params, nparams, VIR_DOMAIN_JOB_SUCCESS, &success);
    g_string_append_printf(opaque, "job %d %d; ", operation, success);
}

static void
testJobs(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = inFolder("core");
    virTypedParameterPtr params;
    virDomainJobInfo info;
    int nparams, type;

    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_JOB_COMPLETED,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearJob), host->events,
                                                NULL));
    assertDone(virDomainGetJobInfo(host->dom, &info));
    g_assert_cmpint(info.type, ==, VIR_DOMAIN_JOB_NONE);
    g_assert_cmpint(virDomainAbortJob(host->dom), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    assertDone(virDomainCoreDump(host->dom, path, VIR_DUMP_LIVE));
    g_assert_cmpint(virDomainCoreDump(host->dom, "/nonexistent/x", 0), ==, -1);
    assertEvents(host, "job 8 1; job 8 0; ");
    assertDone(virDomainCoreDump(host->dom, path, VIR_DUMP_LIVE));
    assertDone(virDomainGetJobStats(host->dom, &type, &params, &nparams,
                                    VIR_DOMAIN_JOB_STATS_COMPLETED));
    g_assert_cmpint(type, ==, VIR_DOMAIN_JOB_COMPLETED);
    g_assert_nonnull(virTypedParamsGet(params, nparams, VIR_DOMAIN_JOB_DATA_TOTAL));
    virTypedParamsFree(params, nparams);
    /* It is told once. */
    assertDone(virDomainGetJobStats(host->dom, &type, &params, &nparams,
                                    VIR_DOMAIN_JOB_STATS_COMPLETED));
    g_assert_cmpint(type, ==, VIR_DOMAIN_JOB_NONE);
    virTypedParamsFree(params, nparams);
    g_assert_cmpint(virDomainGetJobInfo(host->off, &info), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_unlink(path);
}

int
main(int argc, char **argv)
{
    int status;

    BEGIN(argc, argv);
    folder = g_dir_make_tmp("images-XXXXXX", NULL);
    ADD("save", testSave);
    ADD("save-failure", testFailure);
    ADD("save-document", testDocument);
    ADD("save-hostile", testHostile);
    ADD("save-managed", testManaged);
    ADD("dump", testDump);
    ADD("jobs", testJobs);
    status = g_test_run();
    g_assert_cmpint(g_rmdir(folder), ==, 0);
    g_free(folder);
    return status;
}
