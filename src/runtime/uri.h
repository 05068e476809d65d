/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connection URIs: driver[+transport]://[user@][host][:port]/[path][?parameters]. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "base/visibility.h"

#define VIR_URI_MAX 65536

typedef struct {
    char *name;     /* unescaped */
    char *value;
} virURIParameter;

typedef struct {
    char *driver;
    char *transport;    /* NULL when none is named */
    char *user;
    char *server;       /* without the brackets of an IPv6 literal */
    int port;           /* 0 when none is named */
    char *path;         /* unescaped, never NULL */
    char *query;        /* as written */
    GArray *parameters; /* of virURIParameter */
} virURI;

/* NULL with an error raised when `text` is not a URI. */
VIR_MODULE_API virURI *virURIParse(const char *text);
VIR_MODULE_API char *virURIFormat(const virURI *uri);
VIR_MODULE_API const char *virURIParameterValue(const virURI *uri, const char *name);
VIR_MODULE_API void virURIFree(virURI *uri);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(virURI, virURIFree)
