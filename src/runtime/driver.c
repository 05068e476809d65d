/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the driver of a URI scheme: built in, or a module loaded on first use. */

#define _GNU_SOURCE 1

#include "runtime/driver.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "base/log.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"

/* Present only where drivers are linked in (static library). */
extern const virDriver *const virBuiltinDrivers[] __attribute__((weak, visibility("hidden")));

/* Guards what follows; held while a module is loaded, so that it is loaded once. */
static GMutex driversLock;
static GHashTable *loaded;          /* scheme -> virDriver */
static GPtrArray *loadedOrder;      /* of virDriver, as they came */

/* The directory of driver modules: asked for, beside this library, or as configured. */
static char *
moduleDirectory(void)
{
    const char *asked = secure_getenv("LIBVIRT_DRIVER_DIR");
    Dl_info place;

    if (asked && *asked)
        return g_strdup(asked);
    if (dladdr((void *) (uintptr_t) virDriverFind, &place) && place.dli_fname) {
        g_autofree char *own = g_path_get_dirname(place.dli_fname);
        g_autofree char *beside = g_build_filename(own, "libvirt", "connection-driver", NULL);

        if (g_file_test(beside, G_FILE_TEST_IS_DIR))
            return g_steal_pointer(&beside);
    }
    return g_strdup(VIR_DRIVER_DIR);
}

char *
virDriverModulePath(const char *file)
{
    g_autofree char *directory = moduleDirectory();

    return g_build_filename(directory, file, NULL);
}

static bool
serves(const virDriver *driver, const char *scheme)
{
    return g_strv_contains(driver->schemes, scheme);
}

static const virDriver *
loadModule(const char *scheme)
{
    g_autofree char *directory = moduleDirectory();
    g_autofree char *file = g_strdup_printf("libvirt_driver_%s.so", scheme);
    g_autofree char *path = g_build_filename(directory, file, NULL);
    const virDriver *const *driver;
    void *module;

    if (access(path, R_OK) < 0)
        return NULL;
    /* The module stays: handles and event loops may point into it for ever. */
    module = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!module) {
        VIR_LOG(VIR_LOG_WARNING, "runtime.driver", "cannot load %s: %s", path, dlerror());
        return NULL;
    }
    driver = dlsym(module, VIR_DRIVER_SYMBOL);
    if (!driver || !*driver || !serves(*driver, scheme)) {
        VIR_LOG(VIR_LOG_WARNING, "runtime.driver", "%s holds no driver for '%s'", path, scheme);
        dlclose(module);
        return NULL;
    }
    return *driver;
}

static bool
isName(const char *scheme)
{
    return *scheme && strspn(scheme, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(scheme);
}

const virDriver *
virDriverFind(const char *scheme)
{
    const virDriver *found;
    int i;

    if (!isName(scheme))
        return NULL;
    for (i = 0; virBuiltinDrivers && virBuiltinDrivers[i]; i++) {
        if (serves(virBuiltinDrivers[i], scheme))
            return virBuiltinDrivers[i];
    }
    g_mutex_lock(&driversLock);
    if (!loaded) {
        loaded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        loadedOrder = g_ptr_array_new();
    }
    found = g_hash_table_lookup(loaded, scheme);
    if (!found) {
        found = loadModule(scheme);
        if (found) {
            g_hash_table_insert(loaded, g_strdup(scheme), (gpointer) found);
            if (!g_ptr_array_find(loadedOrder, found, NULL))
                g_ptr_array_add(loadedOrder, (gpointer) found);
        }
    }
    g_mutex_unlock(&driversLock);
    return found;
}

static int servesHere;

void
virDriverServeHere(void)
{
    __atomic_store_n(&servesHere, 1, __ATOMIC_RELAXED);
}

bool
virDriverServesHere(void)
{
    return __atomic_load_n(&servesHere, __ATOMIC_RELAXED) != 0;
}

/* Every driver known by now, in the order they came; the caller frees the array. */
static GPtrArray *
knownDrivers(void)
{
    GPtrArray *known = g_ptr_array_new();
    guint i;

    for (i = 0; virBuiltinDrivers && virBuiltinDrivers[i]; i++)
        g_ptr_array_add(known, (gpointer) virBuiltinDrivers[i]);
    g_mutex_lock(&driversLock);
    for (i = 0; loadedOrder && i < loadedOrder->len; i++)
        g_ptr_array_add(known, g_ptr_array_index(loadedOrder, i));
    g_mutex_unlock(&driversLock);
    return known;
}

void
virDriverServeBegin(void)
{
    g_autoptr(GPtrArray) known = knownDrivers();

    for (guint i = 0; i < known->len; i++) {
        const virDriver *driver = g_ptr_array_index(known, i);

        if (driver->ServeBegin && driver->ServeBegin() < 0)
            VIR_LOG(VIR_LOG_ERROR, "runtime.driver", "the driver '%s' does not serve: %s",
                    driver->name, localGetLastErrorMessage());
    }
}

void
virDriverServeEnd(void)
{
    g_autoptr(GPtrArray) known = knownDrivers();

    for (guint i = known->len; i-- > 0;) {
        const virDriver *driver = g_ptr_array_index(known, i);

        if (driver->ServeEnd)
            driver->ServeEnd();
    }
}

char *
virDriverProbe(void)
{
    g_autoptr(GPtrArray) known = knownDrivers();
    guint i;

    for (i = 0; i < known->len; i++) {
        const virDriver *driver = g_ptr_array_index(known, i);
        char *uri = driver->ProbeURI ? driver->ProbeURI() : NULL;

        if (uri)
            return uri;
    }
    return NULL;
}

bool
virDriverHasFeature(virConnectPtr conn, int feature)
{
    const virDriver *driver = conn->driver;
    int has;

    if (!driver)
        return false;
    if (!driver->SupportsFeature)
        return feature >= 0 && feature < 32 && driver->features & 1u << feature;
    has = driver->SupportsFeature(conn, feature);
    if (has < 0)
        virErrorReset();
    return has > 0;
}
