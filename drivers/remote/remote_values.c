/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated stubs need to judge an answer and to copy it out. */

#include "drivers/remote/remote_values.h"

#include <unistd.h>

#include <glib.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"
#include "runtime/objects.h"
#include "wire/remote.h"

int
remoteRoom(const char *name, long long count, unsigned int limit)
{
    if (count <= limit)
        return 0;
    virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_RPC,
                  "%s is %lld, but an answer of the remote protocol holds at most %u", name, count,
                  limit);
    return -1;
}

void
remoteTooMany(const char *name, size_t count, size_t room)
{
    virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_RPC,
                  "the server answered %zu items of %s, but there is room for %zu", count, name,
                  room);
}

void
remoteMiscounted(const char *name, long long said, size_t count)
{
    virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_RPC,
                  "the server counts %lld items of %s, but only %zu fit its answer", said, name,
                  count);
}

void
remoteTooLong(const char *name)
{
    virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_RPC,
                  "the server answered a text for %s that is too long for its field", name);
}

void
remoteWantsFiles(const remoteFiles *files, size_t count)
{
    virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_RPC,
                  "the server sent %zu file descriptors, but %zu were expected", files->outCount,
                  count);
}

void
remoteCopyParams(virTypedParameterPtr to, const virTypedParameter *params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = params[i];
        if (to[i].type == VIR_TYPED_PARAM_STRING)
            to[i].value.s = g_strdup(params[i].value.s);
    }
}

virTypedParameterPtr
remoteTakeParams(const virTypedParameter *params, size_t count)
{
    virTypedParameterPtr copy = g_new(virTypedParameter, count);

    remoteCopyParams(copy, params, count);
    return copy;
}

char **
remoteTakeStrings(char *const *strings, size_t count)
{
    char **copy = g_new(char *, count + 1);

    for (size_t i = 0; i < count; i++)
        copy[i] = g_strdup(strings[i]);
    copy[count] = NULL;
    return copy;
}

unsigned char *
remoteTakeBytes(const unsigned char *bytes, size_t count)
{
    unsigned char *copy = g_malloc(count + 1);

    remoteCopy(copy, bytes, count);
    copy[count] = 0;
    return copy;
}

void
remoteTakeChars(char *to, const char *chars, size_t count)
{
    /* The last byte is the NUL, or is given up for it. */
    remoteCopy(to, chars, count);
    to[count ? count - 1 : 0] = 0;
}

void
remoteFilesClear(remoteFiles *files)
{
    for (size_t i = 0; i < files->outCount; i++)
        close(files->out[i]);
    g_free(files->out);
    files->out = NULL;
    files->outCount = 0;
}

int
remoteTakeFile(remoteFiles *files)
{
    int fd = files->out[0];

    files->out[0] = files->out[--files->outCount];
    return fd;
}

int *
remoteTakeFiles(remoteFiles *files, size_t *count)
{
    int *fds = files->out;

    *count = files->outCount;
    files->out = NULL;
    files->outCount = 0;
    return fds;
}

void
remoteRefreshDomain(virDomainPtr domain)
{
    virWireDomainLookupByUUIDArgs args;
    virWireDomainLookupByUUIDRet ret;
    g_auto(virXdrReader) reply = { 0 };

    memcpy(args.uuid, domain->uuid, sizeof(args.uuid));
    /* It was started all the same: not to know its number is no failure of that. */
    if (remoteCall(domain->conn, virWireProcDomainLookupByUUID, &args, &ret, &reply) < 0) {
        virErrorForget();
        return;
    }
    domain->id = ret.dom.id;
}

char *
remotePath(const char *path)
{
    g_autofree char *here = NULL;

    if (!path || g_path_is_absolute(path))
        return g_strdup(path);
    here = g_get_current_dir();
    return g_build_filename(here, path, NULL);
}
