/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated stubs need to judge an answer and to copy it out. */

#pragma once

#include <stdbool.h>
#include <string.h>

#include <libvirt/libvirt.h>

#include "drivers/remote/remote_call.h"

/* --- judging: 0, or -1 with an error raised ------------------------------------------------------- */

/* A list with room for `count` items is asked for, of which a reply holds `limit`. */
int remoteRoom(const char *name, long long count, unsigned int limit);
/* Raise what is wrong with an answer: more than there is room for, more counted than sent, or too
 * long a text. */
void remoteTooMany(const char *name, size_t count, size_t room);
void remoteMiscounted(const char *name, long long said, size_t count);
void remoteTooLong(const char *name);

/* A path for a server that runs in another folder; NULL stays NULL. */
char *remotePath(const char *path);
void remoteWantsFiles(const remoteFiles *files, size_t count);

/* --- copies that the caller owns; whatever is empty is NULL unless said otherwise ------------------- */

virTypedParameterPtr remoteTakeParams(const virTypedParameter *params, size_t count);
/* Into memory that is there already; strings are copied. */
void remoteCopyParams(virTypedParameterPtr to, const virTypedParameter *params, size_t count);
/* A list that ends with NULL; never NULL itself. */
char **remoteTakeStrings(char *const *strings, size_t count);
/* Never NULL. */
unsigned char *remoteTakeBytes(const unsigned char *bytes, size_t count);
/* Text of a fixed size, with or without its NUL; `to` has room for one more. */
void remoteTakeChars(char *to, const char *chars, size_t count);

static inline void
remoteCopy(void *to, const void *from, size_t size)
{
    if (size)
        memcpy(to, from, size);
}

/* --- file descriptors ------------------------------------------------------------------------------ */

/* Closes what nobody took. */
void remoteFilesClear(remoteFiles *files);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(remoteFiles, remoteFilesClear)
int remoteTakeFile(remoteFiles *files);
/* NULL when none came. */
int *remoteTakeFiles(remoteFiles *files, size_t *count);

/* --- objects --------------------------------------------------------------------------------------- */

/* The reply of some calls does not say which number a started domain got: asks, and keeps it. */
void remoteRefreshDomain(virDomainPtr domain);
