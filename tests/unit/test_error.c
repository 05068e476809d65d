/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests errors and handles: fields, who is told in which order, copies, threads, freed handles. */

#include "runtime/error.h"

#include "runtime/connect.h"
#include "runtime/local.h"

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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/error/fields", testFields);
    g_test_add_func("/error/order", testOrder);
    g_test_add_func("/error/copies", testCopies);
    g_test_add_func("/error/threads", testThreads);
    g_test_add_func("/handle/misuse", testHandles);
    return g_test_run();
}
