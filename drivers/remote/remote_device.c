/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Node devices: the parent's name, which the handle keeps for the caller. */

#include <glib.h>

#include "drivers/remote/remote_values.h"
#include "remote/remote.h"
#include "runtime/objects.h"
#include "wire/remote.h"

const char *
remoteNodeDeviceGetParent(virNodeDevicePtr dev)
{
    virWireNodeDeviceGetParentArgs args = { .name = dev->name };
    virWireNodeDeviceGetParentRet ret;
    g_auto(virXdrReader) reply = { 0 };
    char *known = g_atomic_pointer_get(&dev->parentName);
    char *text;

    if (known)
        return known;
    if (remoteCall(dev->conn, virWireProcNodeDeviceGetParent, &args, &ret, &reply) < 0)
        return NULL;
    text = g_strdup(ret.parentName);
    /* Another thread may have been faster: what was handed out once stays. */
    if (text && !g_atomic_pointer_compare_and_exchange(&dev->parentName, NULL, text))
        g_free(text);
    return g_atomic_pointer_get(&dev->parentName);
}
