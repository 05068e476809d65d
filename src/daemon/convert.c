/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists that a call owns: what the generated dispatch hands to public functions and to replies. */

#include "daemon/convert.h"

#include <glib.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"
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

/* --- records, files and room ----------------------------------------------------------------------- */

typedef struct {
    void **records;
    int count;
    void (*release)(void *record);
} OwnedRecords;

static void
releaseRecords(void *data)
{
    OwnedRecords *owned = data;
    int i;

    for (i = 0; owned->records && i < owned->count; i++)
        owned->release(owned->records[i]);
    g_free(owned->records);
    g_free(owned);
}

void
virServeOwnRecords(virServeCall *call, void *records, int count, void (*release)(void *record))
{
    OwnedRecords *owned = g_new(OwnedRecords, 1);

    owned->records = records;
    owned->count = count;
    owned->release = release;
    virServeOwn(call, owned, releaseRecords);
}

size_t
virServePackParams(virTypedParameterPtr params, size_t count)
{
    size_t kept = 0, i;

    for (i = 0; params && i < count; i++) {
        if (!params[i].type)
            continue;
        if (i != kept) {
            virTypedParameter empty = params[kept];

            params[kept] = params[i];
            params[i] = empty;
        }
        kept++;
    }
    return kept;
}

int
virServeCount(const char *name, int count, int limit, const char *limitName)
{
    virErrorNumber code = limitName ? VIR_ERR_RPC : VIR_ERR_INTERNAL_ERROR;

    if (count >= 0 && count <= limit)
        return 0;
    if (count < 0)
        virErrorRaise(VIR_FROM_RPC, code, "%s must be non-negative", name);
    else if (limitName)
        virErrorRaise(VIR_FROM_RPC, code, "%s > %s", name, limitName);
    else
        virErrorRaise(VIR_FROM_RPC, code, "%s too large", name);
    return -1;
}

int
virServeRoom(const char *names, unsigned int rows, unsigned int each, size_t limit,
             size_t *room)
{
    unsigned long long wanted = (unsigned long long) rows * each;

    if (wanted > limit) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR,
                      "%s is %llu, but at most %zu fit into a reply", names, wanted, limit);
        return -1;
    }
    *room = (size_t) wanted;
    return 0;
}

int
virServeWantFiles(const virServeCall *call, size_t count)
{
    if (call->filesInCount >= count)
        return 0;
    virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR,
                  "%zu file descriptors came with the call, but it needs %zu",
                  call->filesInCount, count);
    return -1;
}

void
virServeGiveFiles(virServeCall *call, int *files, size_t count)
{
    size_t i;

    for (i = 0; files && i < count; i++)
        virServeAddFile(call, files[i]);
    g_free(files);
}
