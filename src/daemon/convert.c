/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists that a call owns: what the generated dispatch hands to public functions and to replies. */

#include "daemon/convert.h"

#include <glib.h>

#include "runtime/handle.h"
#include "runtime/local.h"

/* A list and how long it is; the list is not part of the block. */
typedef struct {
    void *items;
    int count;
} Owned;

static void
own(virServeCall *call, void *items, int count, void (*release)(void *data))
{
    Owned *owned = g_new(Owned, 1);

    owned->items = items;
    owned->count = count;
    virServeOwn(call, owned, release);
}

static void
releaseParams(void *data)
{
    Owned *owned = data;

    localTypedParamsFree(owned->items, owned->count);
    g_free(owned);
}

static void
releaseStrings(void *data)
{
    Owned *owned = data;
    char **strings = owned->items;
    int i;

    for (i = 0; strings && i < owned->count; i++)
        g_free(strings[i]);
    g_free(strings);
    g_free(owned);
}

static void
releaseHandles(void *data)
{
    Owned *owned = data;
    virHandle **handles = owned->items;
    int i;

    for (i = 0; handles && i < owned->count; i++)
        virHandleUnref(handles[i]);
    g_free(handles);
    g_free(owned);
}

static void
releaseHandle(void *handle)
{
    virHandleUnref(handle);
}

void *
virServeHold(virServeCall *call, void *handle)
{
    virServeOwn(call, handle, releaseHandle);
    return handle;
}

virTypedParameterPtr
virServeParams(virServeCall *call, int count)
{
    virTypedParameterPtr params;

    if (!count)
        return NULL;
    params = g_new0(virTypedParameter, (size_t) count);
    own(call, params, count, releaseParams);
    return params;
}

char **
virServeStrings(virServeCall *call, int count)
{
    char **strings = g_new0(char *, (size_t) count + 1);

    own(call, strings, count, releaseStrings);
    return strings;
}

void
virServeOwnParams(virServeCall *call, virTypedParameterPtr params, int count)
{
    own(call, params, count, releaseParams);
}

void
virServeOwnStrings(virServeCall *call, char **strings, int count)
{
    own(call, strings, count, releaseStrings);
}

void
virServeOwnHandles(virServeCall *call, void *handles, int count)
{
    own(call, handles, count, releaseHandles);
}
