/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests every entry point of the four libraries against its contract in the specification. */

#include "contract/contract.h"

#include <glib.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/uuid.h"
#include "runtime/connect.h"
#include "runtime/handle.h"

/* Tables without hooks: whatever passes the checks finds no driver function. */
static const virHypervisorDriver noHypervisor;
static const virNetworkDriver noNetwork;
static const virStorageDriver noStorage;
static const virInterfaceDriver noInterface;
static const virNodeDeviceDriver noNodeDevice;
static const virSecretDriver noSecret;
static const virNWFilterDriver noNWFilter;
static const virAdminDriver noAdmin;

static Contract contract;

static void
onError(void *opaque, virErrorPtr error)
{
    Contract *f = opaque;

    f->handled++;
    f->seen = error;
}

static void
makeConnection(ContractHandles *to, unsigned int flags)
{
    to->conn = virHandleNew(&virConnectClass);
    g_mutex_init(&to->conn->lock);
    to->conn->flags = flags;
    to->conn->hypervisor = &noHypervisor;
    to->conn->network = &noNetwork;
    to->conn->storage = &noStorage;
    to->conn->interface = &noInterface;
    to->conn->nodedev = &noNodeDevice;
    to->conn->secret = &noSecret;
    to->conn->nwfilter = &noNWFilter;
    to->admConn = virHandleNew(&virAdmConnectClass);
    to->admConn->admin = &noAdmin;
    to->stream = virStreamNew(to->conn, 0);
    contractMakeHandles(to);
}

static void
freeConnection(ContractHandles *of)
{
    contractFreeHandles(of);
    virStreamFree(of->stream);
    virHandleUnref(&of->admConn->handle);
    virHandleUnref(&of->conn->handle);
}

static void
clean(Contract *f)
{
    memset(f->scratch, 0, sizeof(f->scratch));
    virResetLastError();
    virConnResetLastError(f->rw.conn);
    virConnResetLastError(f->ro.conn);
    virSetErrorFunc(f, onError);
    f->handled = 0;
    f->seen = NULL;
}

void *
contractScratch(Contract *f, int number)
{
    g_assert_cmpint(number, <, CONTRACT_PARAMETERS);
    return f->scratch[number];
}

void *
contractCount(Contract *f, int number, int value)
{
    int *place = contractScratch(f, number);

    *place = value;
    return place;
}

static long
answerNothing(void)
{
    return 0;
}

void (*const contractCallback)(void) = (void (*)(void)) answerNothing;

bool
contractTakeString(char *text)
{
    free(text);
    return text != NULL;
}

static void
complain(const char *what, const char *wanted, virErrorPtr error)
{
    g_test_fail_printf("%s: wanted %s; error domain %d, code %d: %s", what, wanted,
                       error ? error->domain : 0, error ? error->code : 0,
                       error ? error->message : "none");
}

static bool
isError(virErrorPtr error, int domain, int code)
{
    return error && error->domain == domain && error->code == code &&
           error->level == VIR_ERR_ERROR && error->message && *error->message;
}

void
contractFails(Contract *f, const char *what, bool failed, virConnectPtr conn, int domain, int code)
{
    g_autofree char *wanted = g_strdup_printf("domain %d, code %d", domain, code);
    virErrorPtr error = virGetLastError();
    ContractHandles *sets[] = { &f->rw, &f->ro };
    size_t i;

    if (!failed)
        complain(what, "the failure value", error);
    if (!isError(error, domain, code))
        complain(what, wanted, error);
    if (f->handled != 1 || f->seen != error)
        complain(what, "one call of the error handler", error);
    for (i = 0; i < G_N_ELEMENTS(sets); i++) {
        virErrorPtr kept = virConnGetLastError(sets[i]->conn);

        if (sets[i]->conn == conn ? !isError(kept, domain, code) : kept != NULL)
            complain(what, conn ? "the error kept by its connection alone"
                                : "no error kept by a connection", kept);
    }
    clean(f);
}

void
contractHonest(Contract *f, const char *what, bool failed, virConnectPtr conn G_GNUC_UNUSED)
{
    virErrorPtr error = virGetLastError();

    if (failed != (error != NULL))
        complain(what, failed ? "an error, because it failed" : "no error, because it did not fail",
                 error);
    if (f->handled != (failed ? 1 : 0))
        complain(what, "the error handler called once per failure", error);
    clean(f);
}

void
contractSilent(Contract *f, const char *what, bool failed)
{
    if (!failed || virGetLastError() || f->handled)
        complain(what, "the failure value without an error", virGetLastError());
    clean(f);
}

void
contractRefuses(Contract *f, const char *what, bool failed, int domain, int code)
{
    if (!failed || !isError(virGetLastError(), domain, code))
        complain(what, "the driver to refuse a flag", virGetLastError());
    clean(f);
}

const virDriver *
contractDriver(const char *scheme)
{
    const virDriver *driver = virDriverFind(scheme);

    g_assert_nonnull(driver);
    return driver;
}

void
contractCalled(Contract *f, const char *what G_GNUC_UNUSED, bool failed G_GNUC_UNUSED)
{
    clean(f);
}

static void
run(gconstpointer data)
{
    const ContractFunction *function = data;

    function->run(&contract);
}

/* Every public function of the ledger has its test. */
static void
testCoverage(void)
{
    g_autofree char *path = g_build_filename(g_getenv("VIR_SOURCE_DIR"), "tests", "abi",
                                             "prototypes.tsv", NULL);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    int count = 0, i, j;

    for (i = 0; contractTables[i]; i++) {
        for (j = 0; contractTables[i][j].name; j++, count++)
            g_hash_table_add(known, (gpointer) contractTables[i][j].name);
    }
    g_test_message("%d functions are covered, %d are specified", count, contractFunctionCount);
    g_assert_cmpint(count, ==, contractFunctionCount);
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    lines = g_strsplit(text, "\n", 0);
    for (i = 0; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], "\t", 0);

        if (!g_hash_table_contains(known, cells[1]))
            g_test_fail_printf("%s has no contract test", cells[1]);
    }
    g_assert_cmpint(i, >, 500);
}

int
main(int argc, char **argv)
{
    int i, j;

    g_test_init(&argc, &argv, NULL);
    g_unsetenv("LIBVIRT_DEFAULT_URI");
    /* So that one round of the loop does not wait. */
    virEventRegisterDefaultImpl();
    virEventAddTimeout(0, (virEventTimeoutCallback) contractCallback, NULL, NULL);
    contract.fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    contract.params = g_new0(virTypedParameter, 1);
    makeConnection(&contract.rw, 0);
    makeConnection(&contract.ro, VIR_CONNECT_RO);
    makeConnection(&contract.foreign, 0);
    /* The last to be made, so that nothing takes their places. */
    makeConnection(&contract.freed, 0);
    freeConnection(&contract.freed);
    for (i = 0; (size_t) i < sizeof(contract.uuidText) / VIR_UUID_STRING_BUFLEN; i++)
        virUUIDFormat((const unsigned char *) "0123456789abcdef",
                      (char *) &contract.uuidText + (size_t) i * VIR_UUID_STRING_BUFLEN);
    clean(&contract);
    for (i = 0; contractTables[i]; i++) {
        for (j = 0; contractTables[i][j].name; j++) {
            g_autofree char *path = g_strdup_printf("/contract/%s", contractTables[i][j].name);

            g_test_add_data_func(path, &contractTables[i][j], run);
        }
    }
    for (i = 0; contractDrivers[i]; i++) {
        for (j = 0; contractDrivers[i][j].name; j++) {
            g_autofree char *path = g_strdup_printf("/flags/%s", contractDrivers[i][j].name);

            g_test_add_data_func(path, &contractDrivers[i][j], run);
        }
    }
    g_test_add_func("/contract/coverage", testCoverage);
    i = g_test_run();
    freeConnection(&contract.foreign);
    freeConnection(&contract.ro);
    freeConnection(&contract.rw);
    g_free(contract.params);
    close(contract.fd);
    return i;
}
