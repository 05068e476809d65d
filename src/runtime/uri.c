/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connection URIs: driver[+transport]://[user@][host][:port]/[path][?parameters]. */

#include "runtime/uri.h"

#include <string.h>

#include "runtime/error.h"

static void
freeParameter(void *data)
{
    virURIParameter *parameter = data;

    g_free(parameter->name);
    g_free(parameter->value);
}

void
virURIFree(virURI *uri)
{
    if (!uri)
        return;
    g_free(uri->driver);
    g_free(uri->transport);
    g_free(uri->user);
    g_free(uri->server);
    g_free(uri->path);
    g_free(uri->query);
    g_array_unref(uri->parameters);
    g_free(uri);
}

static void *
refuse(const char *text, const char *why)
{
    virErrorRaise(VIR_FROM_URI, VIR_ERR_INTERNAL_ERROR, "'%.200s' is not a connection URI: %s", text,
                  why);
    return NULL;
}

static bool
parseParameters(virURI *uri)
{
    g_auto(GStrv) words = g_strsplit_set(uri->query ? uri->query : "", "&;", -1);
    int i;

    for (i = 0; words[i]; i++) {
        g_auto(GStrv) pair = g_strsplit(words[i], "=", 2);
        virURIParameter parameter = { NULL, NULL };

        if (!pair[0] || !*pair[0])
            continue;
        parameter.name = g_uri_unescape_string(pair[0], NULL);
        parameter.value = g_uri_unescape_string(pair[1] ? pair[1] : "", NULL);
        if (!parameter.name || !parameter.value) {
            freeParameter(&parameter);
            return false;
        }
        g_array_append_val(uri->parameters, parameter);
    }
    return true;
}

/* A letter, then letters, digits, "-" and "."; drivers are files of this name, so no "/". */
static bool
isName(const char *word)
{
    if (!g_ascii_isalpha(*word))
        return false;
    while (g_ascii_isalnum(*word) || *word == '-' || *word == '.')
        word++;
    return !*word;
}

static bool
splitScheme(virURI *uri, const char *scheme)
{
    const char *plus = strchr(scheme, '+');

    uri->driver = g_ascii_strdown(scheme, plus ? plus - scheme : -1);
    uri->transport = plus ? g_ascii_strdown(plus + 1, -1) : NULL;
    return isName(uri->driver) && (!uri->transport || isName(uri->transport));
}

virURI *
virURIParse(const char *text)
{
    g_autoptr(virURI) uri = g_new0(virURI, 1);
    g_autofree char *scheme = NULL;
    g_autofree char *path = NULL;
    g_autofree char *fragment = NULL;
    g_autoptr(GError) error = NULL;

    uri->parameters = g_array_new(FALSE, TRUE, sizeof(virURIParameter));
    g_array_set_clear_func(uri->parameters, freeParameter);
    if (strlen(text) > VIR_URI_MAX)
        return refuse(text, "it is too long");
    if (text[0] == '/') {
        uri->driver = g_strdup("");
        uri->path = g_strdup(text);
        return g_steal_pointer(&uri);
    }
    if (!g_uri_split(text, G_URI_FLAGS_ENCODED_QUERY, &scheme, &uri->user, &uri->server,
                     &uri->port, &path, &uri->query, &fragment, &error))
        return refuse(text, error->message);
    /* A bare word, such as the old "xen", names the driver alone. */
    if (!splitScheme(uri, scheme ? scheme : text))
        return refuse(text, "it does not begin with the name of a driver");
    uri->path = scheme ? g_steal_pointer(&path) : g_strdup("");
    if (uri->port < 0)
        uri->port = 0;
    if (uri->server && !*uri->server)
        g_clear_pointer(&uri->server, g_free);
    if (!parseParameters(uri))
        return refuse(text, "a parameter has a wrong escape");
    return g_steal_pointer(&uri);
}

char *
virURIFormat(const virURI *uri)
{
    g_autofree char *scheme = NULL;
    const char *server = uri->server;

    if (!*uri->driver)
        return g_strdup(uri->path);
    /* An empty authority is written too, except before a path it would swallow ("test:file"). */
    if (!server && (!*uri->path || *uri->path == '/'))
        server = "";
    scheme = uri->transport ? g_strdup_printf("%s+%s", uri->driver, uri->transport)
                            : g_strdup(uri->driver);
    return g_uri_join(G_URI_FLAGS_ENCODED_QUERY, scheme, uri->user, server,
                      uri->port ? uri->port : -1, uri->path, uri->query, NULL);
}

const char *
virURIParameterValue(const virURI *uri, const char *name)
{
    guint i;

    for (i = 0; i < uri->parameters->len; i++) {
        virURIParameter *parameter = &g_array_index(uri->parameters, virURIParameter, i);

        if (g_str_equal(parameter->name, name))
            return parameter->value;
    }
    return NULL;
}
