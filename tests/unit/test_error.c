/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests errors and handles: fields, who is told in which order, copies, threads, freed handles. */

#include "runtime/error.h"

#include <errno.h>
#include <string.h>

#include "runtime/connect.h"
#include "runtime/local.h"
#include "runtime/objects.h"

typedef struct {
    int calls;
    int code;
} Told;

static void
remember(void *opaque, virErrorPtr error)
{
    Told *told = opaque;

    told->calls++;
    told->code = error->code;
}

static void
ignore(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

static virConnectPtr
newConnection(void)
{
    virConnectPtr conn = virHandleNew(&virConnectClass);

    g_mutex_init(&conn->lock);
    return conn;
}

static void
testFields(void)
{
    virErrorPtr last;

    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "size %d", 7);
    last = localGetLastError();
    g_assert_cmpint(last->code, ==, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(last->domain, ==, VIR_FROM_TEST);
    g_assert_cmpint(last->level, ==, VIR_ERR_ERROR);
    g_assert_true(g_str_has_suffix(last->message, ": size 7"));
    g_assert_true(g_str_has_suffix(last->str1, "%s"));
    g_assert_cmpstr(last->str2, ==, "size 7");
    g_assert_null(last->str3);
    virErrorRaiseSystem(VIR_FROM_TEST, 2, "cannot open '%s'", "x");
    last = localGetLastError();
    g_assert_cmpint(last->code, ==, VIR_ERR_SYSTEM_ERROR);
    g_assert_cmpint(last->int1, ==, 2);
    g_assert_nonnull(g_strrstr(last->message, g_strerror(2)));
    localResetLastError();
    g_assert_null(localGetLastError());
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_OK);
}

/* The connection's handler, else the global one; the connection keeps a copy always. */
static void
testOrder(void)
{
    virConnectPtr conn = newConnection();
    Told all = { 0, 0 };
    Told own = { 0, 0 };

    localSetErrorFunc(&all, remember);
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "one");
    virErrorDispatch(conn);
    g_assert_cmpint(all.calls, ==, 1);
    g_assert_cmpint(localConnGetLastError(conn)->code, ==, VIR_ERR_NO_DOMAIN);

    localConnSetErrorFunc(conn, &own, remember);
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_NETWORK, "two");
    virErrorDispatch(conn);
    g_assert_cmpint(all.calls, ==, 1);
    g_assert_cmpint(own.calls, ==, 1);
    g_assert_cmpint(own.code, ==, VIR_ERR_NO_NETWORK);
    g_assert_cmpint(localConnGetLastError(conn)->code, ==, VIR_ERR_NO_NETWORK);

    virErrorRaise(VIR_FROM_NONE, VIR_ERR_NO_CONNECT, "three");
    virErrorDispatch(NULL);
    g_assert_cmpint(all.calls, ==, 2);
    g_assert_cmpint(own.calls, ==, 1);
    localSetErrorFunc(NULL, NULL);
    localResetLastError();
    g_assert_cmpint(virHandleUnref(&conn->handle), ==, 0);
}

static void
testCopies(void)
{
    virError copy = { 0 };
    virErrorPtr saved;

    virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "gone");
    saved = localSaveLastError();
    g_assert_cmpint(localCopyLastError(&copy), ==, VIR_ERR_NO_DOMAIN);
    localResetLastError();
    g_assert_cmpint(saved->code, ==, VIR_ERR_NO_DOMAIN);
    g_assert_cmpstr(saved->message, ==, copy.message);
    localFreeError(saved);
    localResetError(&copy);
    g_assert_null(copy.message);
    g_assert_cmpint(copy.code, ==, VIR_ERR_OK);
}

static void *
otherThread(void *opaque G_GNUC_UNUSED)
{
    g_assert_null(localGetLastError());
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_NETWORK, "here");
    return GINT_TO_POINTER(localGetLastErrorCode());
}

static void
testThreads(void)
{
    GThread *thread;

    virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "there");
    thread = g_thread_new("other", otherThread, NULL);
    g_assert_cmpint(GPOINTER_TO_INT(g_thread_join(thread)), ==, VIR_ERR_NO_NETWORK);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_NO_DOMAIN);
    localResetLastError();
}

static void
testHandles(void)
{
    virConnectPtr conn = newConnection();

    g_assert_true(virHandleIs(conn, &virConnectClass));
    g_assert_false(virHandleIs(conn, &virAdmConnectClass));
    g_assert_false(virHandleIs(NULL, &virConnectClass));
    virHandleRef(&conn->handle);
    g_assert_cmpint(virHandleUnref(&conn->handle), ==, 1);
    g_assert_true(virHandleIs(conn, &virConnectClass));
    g_assert_cmpint(virHandleUnref(&conn->handle), ==, 0);
    g_assert_false(virHandleIs(conn, &virConnectClass));
}


/* --- through the public functions: one test per promise of the error interface ------------------ */

/* The standard text takes its detail where it wants it; str1 is the format, str2 the detail. */
static void
testTexts(void)
{
    static const struct {
        int code;
        const char *alone, *detailed;
    } known[] = {
        { VIR_ERR_INTERNAL_ERROR, "internal error", "internal error: %s" },
        { VIR_ERR_NO_CONNECT, "no connection driver available",
          "no connection driver available for %s" },
        { VIR_ERR_INVALID_DOMAIN, "invalid domain pointer in", "invalid domain pointer in %s" },
        { VIR_ERR_RPC, "RPC error", "%s" },
        { VIR_ERR_OPERATION_INVALID, "Requested operation is not valid",
          "Requested operation is not valid: %s" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        g_auto(GStrv) halves = g_strsplit(known[i].detailed, "%s", 2);
        g_autofree char *message = g_strconcat(halves[0], "why", halves[1], NULL);

        virErrorRaise(VIR_FROM_TEST, known[i].code, "%s", "");
        g_assert_cmpstr(virGetLastError()->message, ==, known[i].alone);
        g_assert_cmpstr(virGetLastError()->str1, ==, known[i].alone);
        g_assert_null(virGetLastError()->str2);
        virErrorRaise(VIR_FROM_TEST, known[i].code, "why");
        g_assert_cmpstr(virGetLastError()->message, ==, message);
        g_assert_cmpstr(virGetLastError()->str1, ==, known[i].detailed);
        g_assert_cmpstr(virGetLastError()->str2, ==, "why");
        g_assert_cmpint(virGetLastError()->int1, ==, -1);
        g_assert_cmpint(virGetLastError()->int2, ==, -1);
    }
    /* Every code has a text; a code that nobody knows does no harm. */
    for (int code = VIR_ERR_INTERNAL_ERROR; code < VIR_ERR_INVALID_ENCR_KEY_SECRET; code++) {
        virErrorRaise(VIR_FROM_TEST, code, "%%s %d", code);
        g_assert_nonnull(strstr(virGetLastErrorMessage(), "%s "));
        g_assert_null(strstr(virGetLastErrorMessage(), "unknown error"));
    }
    virErrorRaise(9999, 9999, "why");
    g_assert_cmpstr(virGetLastErrorMessage(), ==, "unknown error: why");
    virResetLastError();
    g_assert_cmpstr(virGetLastErrorMessage(), ==, "no error");
}

static void
testArgument(void)
{
    virErrorPtr last;

    virErrorRaiseArgument(VIR_FROM_DOMAIN, "virDomainX", "name", "%s in %s is odd", "name",
                          "virDomainX");
    last = virGetLastError();
    g_assert_cmpint(last->code, ==, VIR_ERR_INVALID_ARG);
    g_assert_cmpstr(last->message, ==, "name in virDomainX is odd");
    g_assert_cmpstr(last->str1, ==, "virDomainX");
    g_assert_cmpstr(last->str2, ==, "name");
    g_assert_cmpint(last->int1, ==, 0);
    virErrorRaiseSystem(VIR_FROM_TEST, ENOENT, "cannot open '%s'", "x");
    g_assert_cmpstr(virGetLastErrorMessage(), ==, "cannot open 'x': No such file or directory");
    g_assert_cmpstr(virGetLastError()->str1, ==, "%s");
    g_assert_cmpint(virGetLastError()->int1, ==, ENOENT);
    virResetLastError();
}

/* Domains and networks are named in their errors, and a copy does not point at them. */
static void
testObjects(void)
{
    static const unsigned char uuid[VIR_UUID_BUFLEN] = { 1 };
    virConnectPtr conn = newConnection();
    virDomainPtr domain = virDomainNew(conn, "shop", uuid, 1);
    virNetworkPtr network = virNetworkNew(conn, "lan", uuid);
    Told told = { 0, 0 };
    virError copy = { 0 };

    virSetErrorFunc(&told, remember);
    g_assert_cmpint(virDomainSuspend(domain), ==, -1);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_NO_SUPPORT);
    g_assert_true(virGetLastError()->conn == conn);
    g_assert_true(virGetLastError()->dom == domain);
    g_assert_null(virGetLastError()->net);
    g_assert_cmpint(virCopyLastError(&copy), ==, VIR_ERR_NO_SUPPORT);
    g_assert_null(copy.dom);
    virResetError(&copy);
    g_assert_cmpint(virNetworkCreate(network), ==, -1);
    g_assert_true(virGetLastError()->net == network);
    g_assert_null(virGetLastError()->dom);
    g_assert_cmpint(virDomainFree(domain), ==, 0);
    g_assert_null(virGetLastError());
    /* A handle that is dead names nothing. */
    g_assert_cmpint(virDomainSuspend(domain), ==, -1);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_INVALID_DOMAIN);
    g_assert_null(virGetLastError()->dom);
    g_assert_null(virGetLastError()->conn);
    virSetErrorFunc(NULL, NULL);
    virNetworkFree(network);
    virConnectClose(conn);
}

/* What the connection keeps outlives later successes, other threads' errors and their end. */
static void *
failOnConnection(void *opaque)
{
    virConnectPtr conn = opaque;

    g_assert_cmpint(virConnectNumOfDomains(conn), ==, -1);
    return GINT_TO_POINTER(virGetLastErrorCode());
}

static void
testConnection(void)
{
    virConnectPtr conn = newConnection();
    virError copy = { 0 };
    GThread *thread;

    virSetErrorFunc(NULL, NULL);
    virConnSetErrorFunc(conn, NULL, ignore);
    g_assert_null(virConnGetLastError(conn));
    g_assert_cmpint(virConnCopyLastError(conn, &copy), ==, 0);
    thread = g_thread_new("fail", failOnConnection, conn);
    g_assert_cmpint(GPOINTER_TO_INT(g_thread_join(thread)), ==, VIR_ERR_NO_SUPPORT);
    g_assert_null(virGetLastError());
    g_assert_cmpint(virConnGetLastError(conn)->code, ==, VIR_ERR_NO_SUPPORT);
    g_assert_cmpint(virConnectRef(conn), ==, 0);
    g_assert_cmpint(virConnectClose(conn), ==, 1);
    g_assert_cmpint(virConnCopyLastError(conn, &copy), ==, VIR_ERR_NO_SUPPORT);
    g_assert_nonnull(strstr(copy.message, "virConnectNumOfDomains"));
    virConnResetLastError(conn);
    g_assert_null(virConnGetLastError(conn));
    g_assert_cmpint(copy.code, ==, VIR_ERR_NO_SUPPORT);
    virResetError(&copy);
    virConnectClose(conn);
    g_assert_null(virConnGetLastError(conn));
    g_assert_cmpint(virConnCopyLastError(conn, &copy), ==, -1);
    g_assert_cmpint(virConnCopyLastError(NULL, &copy), ==, -1);
    g_assert_cmpint(virCopyLastError(NULL), ==, -1);
}

/* A handler may call the library, fail there, be called again for that, and replace itself. */
static void
callBack(void *opaque, virErrorPtr error)
{
    Told *told = opaque;

    told->calls++;
    told->code = error->code;
    if (told->calls == 1) {
        g_assert_cmpint(virDomainFree(NULL), ==, -1);
        virSetErrorFunc(told, remember);
    }
}

static void
testReentered(void)
{
    Told told = { 0, 0 };

    virSetErrorFunc(&told, callBack);
    g_assert_cmpint(virConnectNumOfDomains(NULL), ==, -1);
    g_assert_cmpint(told.calls, ==, 2);
    g_assert_cmpint(virConnectNumOfDomains(NULL), ==, -1);
    g_assert_cmpint(told.calls, ==, 3);
    g_assert_cmpint(told.code, ==, VIR_ERR_INVALID_CONN);
    virSetErrorFunc(NULL, NULL);
    virResetLastError();
}

/* Calls begin without an error; those that only release or look keep the one that is there. */
static void
testKept(void)
{
    virSetErrorFunc(NULL, ignore);
    g_assert_cmpint(virConnectNumOfDomains(NULL), ==, -1);
    virTypedParamsFree(NULL, 0);
    virTypedParamsClear(NULL, 0);
    virDomainStatsRecordListFree(NULL);
    virDomainFSInfoFree(NULL);
    virResetError(NULL);
    virFreeError(NULL);
    g_assert_cmpint(virGetLastErrorCode(), ==, VIR_ERR_INVALID_CONN);
    g_assert_cmpint(virGetLastErrorDomain(), ==, VIR_FROM_DOMAIN);
    g_assert_cmpint(virEventRegisterDefaultImpl(), ==, 0);
    g_assert_null(virGetLastError());
    virSetErrorFunc(NULL, NULL);
}

static void
testPrinted(void)
{
    if (g_test_subprocess()) {
        virConnectPtr conn = newConnection();

        virConnectNumOfDomains(NULL);
        virConnectNumOfDomains(conn);
        virConnSetErrorFunc(conn, NULL, ignore);
        virConnectNumOfDomains(conn);
        virDefaultErrorFunc(virGetLastError());
        virDefaultErrorFunc(NULL);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "x");
        virGetLastError()->level = VIR_ERR_WARNING;
        virErrorDispatch(NULL);
        virSetErrorFunc(NULL, ignore);
        virConnectNumOfDomains(NULL);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr(
        "libvirt: Domain Config error : invalid connection pointer in virConnectNumOfDomains\n"
        "libvirt: Domain Config error : this function is not supported by the connection driver: "
        "virConnectNumOfDomains\n"
        "libvirt: Domain Config error : this function is not supported by the connection driver: "
        "virConnectNumOfDomains\n"
        "libvirt: Test Driver warning : Domain not found: x\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/error/fields", testFields);
    g_test_add_func("/error/order", testOrder);
    g_test_add_func("/error/copies", testCopies);
    g_test_add_func("/error/threads", testThreads);
    g_test_add_func("/error/texts", testTexts);
    g_test_add_func("/error/argument", testArgument);
    g_test_add_func("/error/objects", testObjects);
    g_test_add_func("/error/connection", testConnection);
    g_test_add_func("/error/reentered", testReentered);
    g_test_add_func("/error/kept", testKept);
    g_test_add_func("/error/printed", testPrinted);
    g_test_add_func("/handle/misuse", testHandles);
    return g_test_run();
}
