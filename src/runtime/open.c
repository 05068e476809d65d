/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening connections: from a name to a URI, from the URI to a driver. */

#include <string.h>

#include "runtime/clientconfig.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"

#define REMOTE "remote"
/* The one URI of the first releases that is a bare word. */
#define OLD_XEN "xen"
#define NEW_XEN "xen:///"

/* What NULL and "" mean, NULL when nobody said; false with an error raised. */
static bool
defaultName(const virConfig *config, char **name)
{
    const char *asked = g_getenv("LIBVIRT_DEFAULT_URI");

    if (asked && *asked) {
        *name = g_strdup(asked);
        return true;
    }
    if (!virClientConfigDefault(config, name))
        return false;
    if (!*name)
        *name = virDriverProbe();
    return true;
}

/* The URI's text for what the caller named, NULL when the remote driver is to find out. */
static bool
resolveName(const char *name, unsigned int flags, char **text)
{
    g_autofree char *path = virClientConfigPath();
    g_autoptr(virConfig) config = virClientConfigRead(path);
    g_autofree char *asked = NULL;
    char *alias = NULL;

    if (!config)
        return false;
    if (name && *name)
        asked = g_strdup(name);
    else if (!defaultName(config, &asked))
        return false;
    if (!asked) {
        *text = NULL;
        return true;
    }
    if (!(flags & VIR_CONNECT_NO_ALIASES) && !virClientConfigAlias(config, asked, &alias))
        return false;
    *text = alias ? alias : g_steal_pointer(&asked);
    return true;
}

static bool
parseName(const char *text, virURI **uri)
{
    if (g_str_equal(text, OLD_XEN))
        text = NEW_XEN;
    if (!strchr(text, ':')) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_NO_CONNECT, "URI '%.200s', which names no driver",
                      text);
        return false;
    }
    *uri = virURIParse(text);
    return *uri != NULL;
}

static bool
opensHere(const virDriver *driver, const virURI *uri)
{
    return !driver->daemonOnly || (driver->embeds && g_str_equal(uri->path, VIR_DRIVER_EMBED));
}

/*
 * A URI with a transport or a host, or of a driver that is not here, belongs to the remote driver. In
 * the daemon what names neither ends here: it would lead to this daemon again.
 */
static const virDriver *
findDriver(const virURI *uri)
{
    const virDriver *driver = NULL;

    if (uri && (uri->transport || uri->server))
        return virDriverFind(REMOTE);
    if (virDriverServesHere())
        return uri && !g_str_equal(uri->driver, REMOTE) ? virDriverFind(uri->driver) : NULL;
    driver = uri ? virDriverFind(uri->driver) : NULL;
    return driver && opensHere(driver, uri) ? driver : virDriverFind(REMOTE);
}

static void
adopt(virConnectPtr conn, const virDriver *driver)
{
    conn->driver = driver;
    conn->hypervisor = driver->hypervisor;
    conn->network = driver->network;
    conn->storage = driver->storage;
    conn->interface = driver->interface;
    conn->nodedev = driver->nodedev;
    conn->secret = driver->secret;
    conn->nwfilter = driver->nwfilter;
}

static virConnectPtr
openConnection(const char *name, virConnectAuthPtr auth, unsigned int flags)
{
    g_autofree char *text = NULL;
    g_autoptr(virURI) uri = NULL;
    const virDriver *driver;
    virConnectPtr conn;

    if (localInitialize() < 0)
        return NULL;
    if (!resolveName(name, flags, &text) || (text && !parseName(text, &uri)))
        return NULL;
    driver = findDriver(uri);
    if (!driver) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_NO_CONNECT, "%s",
                      text ? text : "the default hypervisor; set LIBVIRT_DEFAULT_URI");
        return NULL;
    }
    conn = virHandleNew(&virConnectClass);
    g_mutex_init(&conn->lock);
    conn->flags = flags;
    conn->uri = g_steal_pointer(&uri);
    conn->driver = driver;
    if (driver->ConnectOpen(conn, auth, flags) < 0) {
        conn->driver = NULL;
        virHandleUnref(&conn->handle);
        return NULL;
    }
    /* A driver may have chosen another of its tables for this connection. */
    adopt(conn, conn->driver);
    return conn;
}

virConnectPtr
localConnectOpen(const char *name)
{
    return openConnection(name, /* auth= */ NULL, 0);
}

virConnectPtr
localConnectOpenReadOnly(const char *name)
{
    return openConnection(name, /* auth= */ NULL, VIR_CONNECT_RO);
}

virConnectPtr
localConnectOpenAuth(const char *name, virConnectAuthPtr auth, unsigned int flags)
{
    return openConnection(name, auth, flags);
}
