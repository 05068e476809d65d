/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Errors: the thread's last one, the connection's copy, the handlers, and the public interface. */

#include "runtime/error.h"

#include <stdio.h>
#include <string.h>

#include "runtime/connect.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "runtime/tables.h"

__thread int virErrorPending;

static void
freeThreadError(void *data)
{
    localResetError(data);
    g_free(data);
}

static GPrivate threadError = G_PRIVATE_INIT(freeThreadError);

/* Guards the global handler; not held while it is called. */
static GMutex handlerLock;
static virErrorFunc globalHandler;
static void *globalData;

static virErrorPtr
lastError(void)
{
    virErrorPtr error = g_private_get(&threadError);

    if (!error) {
        error = g_new0(virError, 1);
        g_private_set(&threadError, error);
    }
    return error;
}

/* The text with the detail at its %s; texts have exactly one, see rule detailed-text. */
static char *
fill(const char *text, const char *detail)
{
    const char *place = strstr(text, "%s");

    return g_strdup_printf("%.*s%s%s", (int) (place - text), text, detail, place + 2);
}

static void
setError(int domain, int code, const char *detail, int number)
{
    virErrorPtr error = lastError();
    const char *text = virErrorCodeText(code, *detail != '\0');

    localResetError(error);
    if (!text)
        text = *detail ? "unknown error: %s" : "unknown error";
    error->code = code;
    error->domain = domain;
    error->level = VIR_ERR_ERROR;
    error->message = *detail ? fill(text, detail) : g_strdup(text);
    error->str1 = g_strdup(text);
    error->str2 = *detail ? g_strdup(detail) : NULL;
    error->int1 = number ? number : -1;
    error->int2 = -1;
    virErrorPending = 1;
}

void
virErrorRaise(int domain, int code, const char *format, ...)
{
    g_autofree char *detail = NULL;
    va_list arguments;

    va_start(arguments, format);
    detail = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    setError(domain, code, detail, 0);
}

void
virErrorRaiseSystem(int domain, int number, const char *format, ...)
{
    g_autofree char *what = NULL;
    g_autofree char *detail = NULL;
    va_list arguments;

    va_start(arguments, format);
    what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    detail = g_strdup_printf("%s: %s", what, g_strerror(number));
    setError(domain, VIR_ERR_SYSTEM_ERROR, detail, number);
}

void
virErrorRaiseArgument(int domain, const char *function, const char *argument, const char *format,
                      ...)
{
    virErrorPtr error = lastError();
    g_autofree char *detail = NULL;
    va_list arguments;

    va_start(arguments, format);
    detail = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    setError(domain, VIR_ERR_INVALID_ARG, detail, 0);
    g_free(error->message);
    g_free(error->str1);
    g_free(error->str2);
    error->message = g_steal_pointer(&detail);
    error->str1 = g_strdup(function);
    error->str2 = g_strdup(argument);
    error->int1 = error->int2 = 0;
}

void
virErrorForget(void)
{
    virErrorPtr error = g_private_get(&threadError);

    if (error)
        localResetError(error);
    virErrorPending = 0;
}

void
virErrorDispatchAbout(virConnectPtr conn, const void *object)
{
    virErrorPtr error = lastError();

    if (virHandleIs(object, &virDomainClass))
        error->dom = (virDomainPtr) object;
    else if (virHandleIs(object, &virNetworkClass))
        error->net = (virNetworkPtr) object;
    virErrorDispatch(conn);
}

void
virErrorDispatch(virConnectPtr conn)
{
    virErrorPtr error = lastError();
    virErrorFunc handler = NULL;
    void *data = NULL;

    if (error->code == VIR_ERR_OK)
        setError(VIR_FROM_NONE, VIR_ERR_INTERNAL_ERROR, "the call failed without saying why", 0);
    if (virHandleIs(conn, &virConnectClass)) {
        error->conn = conn;
        g_mutex_lock(&conn->lock);
        localResetError(&conn->error);
        localCopyLastError(&conn->error);
        handler = conn->errorHandler;
        data = conn->errorData;
        g_mutex_unlock(&conn->lock);
    }
    if (!handler) {
        g_mutex_lock(&handlerLock);
        handler = globalHandler;
        data = globalData;
        g_mutex_unlock(&handlerLock);
    }
    if (handler)
        handler(data, error);
    else
        localDefaultErrorFunc(error);
}

virErrorPtr
localGetLastError(void)
{
    virErrorPtr error = g_private_get(&threadError);

    return error && error->code != VIR_ERR_OK ? error : NULL;
}

int
localGetLastErrorCode(void)
{
    virErrorPtr error = localGetLastError();

    return error ? error->code : VIR_ERR_OK;
}

int
localGetLastErrorDomain(void)
{
    virErrorPtr error = localGetLastError();

    return error ? error->domain : VIR_FROM_NONE;
}

const char *
localGetLastErrorMessage(void)
{
    virErrorPtr error = localGetLastError();

    if (!error)
        return "no error";
    return error->message ? error->message : "unknown error";
}

static void
copyError(virErrorPtr to, const virError *from)
{
    localResetError(to);
    *to = *from;
    to->message = g_strdup(from->message);
    to->str1 = g_strdup(from->str1);
    to->str2 = g_strdup(from->str2);
    to->str3 = g_strdup(from->str3);
    /* Objects are told, not owned: a copy may outlive them. */
    to->dom = NULL;
    to->net = NULL;
}

void
virErrorRestore(const virError *error)
{
    copyError(lastError(), error);
    virErrorPending = 1;
}

int
localCopyLastError(virErrorPtr to)
{
    virErrorPtr error = localGetLastError();

    if (!to)
        return -1;
    if (!error) {
        localResetError(to);
        return 0;
    }
    copyError(to, error);
    return error->code;
}

virErrorPtr
localSaveLastError(void)
{
    virErrorPtr saved = g_new0(virError, 1);

    localCopyLastError(saved);
    return saved;
}

void
localResetLastError(void)
{
    virErrorForget();
}

void
localResetError(virErrorPtr error)
{
    if (!error)
        return;
    g_free(error->message);
    g_free(error->str1);
    g_free(error->str2);
    g_free(error->str3);
    memset(error, 0, sizeof(*error));
}

void
localFreeError(virErrorPtr error)
{
    localResetError(error);
    g_free(error);
}

void
localSetErrorFunc(void *userData, virErrorFunc handler)
{
    g_mutex_lock(&handlerLock);
    globalHandler = handler;
    globalData = userData;
    g_mutex_unlock(&handlerLock);
}

static const char *
levelName(virErrorLevel level)
{
    switch (level) {
    case VIR_ERR_NONE:
        return "";
    case VIR_ERR_WARNING:
        return "warning";
    case VIR_ERR_ERROR:
        return "error";
    }
    return "";
}

void
localDefaultErrorFunc(virErrorPtr error)
{
    const char *part;

    if (!error || error->code == VIR_ERR_OK)
        return;
    part = virErrorDomainText(error->domain);
    fprintf(stderr, "libvirt: %s %s : %s\n", part ? part : "", levelName(error->level),
            error->message ? error->message : "no detail");
}

virErrorPtr
localConnGetLastError(virConnectPtr conn)
{
    bool none;

    g_mutex_lock(&conn->lock);
    none = conn->error.code == VIR_ERR_OK;
    g_mutex_unlock(&conn->lock);
    return none ? NULL : &conn->error;
}

int
localConnCopyLastError(virConnectPtr conn, virErrorPtr to)
{
    int code;

    g_mutex_lock(&conn->lock);
    code = conn->error.code;
    if (code == VIR_ERR_OK)
        localResetError(to);
    else
        copyError(to, &conn->error);
    g_mutex_unlock(&conn->lock);
    return code;
}

void
localConnResetLastError(virConnectPtr conn)
{
    g_mutex_lock(&conn->lock);
    localResetError(&conn->error);
    g_mutex_unlock(&conn->lock);
}

void
localConnSetErrorFunc(virConnectPtr conn, void *userData, virErrorFunc handler)
{
    g_mutex_lock(&conn->lock);
    conn->errorHandler = handler;
    conn->errorData = userData;
    g_mutex_unlock(&conn->lock);
}
