/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which document of a domain a call means: that of the running guest, that of the next start. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/domain.h"

G_BEGIN_DECLS

/* Where a driver keeps the documents of a domain; it holds the domain while this is used. */
typedef struct {
    virDocDomain **live; /* what runs, or would */
    virDocDomain **next; /* the definition of the next start when it differs, else NULL in it */
    bool *updated;       /* the next start was changed while the guest ran; may be NULL */
    bool active;
    bool persistent;
} virConfDomainSides;

/* Makes CURRENT of a virDomainModificationImpact one of the two; false with an error raised when the
 * domain has no such side. */
bool virConfDomainSidesResolve(const virConfDomainSides *sides, unsigned int *flags);

/* The one to read; NULL with an error raised. */
const virDocDomain *virConfDomainSidesOne(const virConfDomainSides *sides, unsigned int flags);

/* Those that the flags mean as they are, NULL where the call leaves a side alone: to look whether a
 * change would be right. False with an error raised. */
bool virConfDomainSidesToCheck(const virConfDomainSides *sides, unsigned int flags,
                               const virDocDomain **live, const virDocDomain **config);

/* The same to be changed now. One side of a running domain may change without the other, so the
 * definition of the next start becomes a document of its own. */
bool virConfDomainSidesToChange(const virConfDomainSides *sides, unsigned int flags,
                                virDocDomain **live, virDocDomain **config);

/* Makes the definition of the next start a document of its own; NULL where there is none. */
virDocDomain *virConfDomainSidesKeep(const virConfDomainSides *sides);

/* A copy for the next start, without what ends with a run. */
virDocDomain *virConfDomainCopyForNext(const virDocDomain *live);

/* A change of documents: whether it would be right, or an error raised; and the change. */
typedef bool (*virConfDomainCheck)(const virDocDomain *document, const void *opaque);
typedef void (*virConfDomainEdit)(virDocDomain *document, const void *opaque);

/* Checks every side that the flags mean, and changes all of them or none. 0, or -1 with an error
 * raised; `check` may be NULL. */
int virConfDomainSidesEdit(const virConfDomainSides *sides, unsigned int flags,
                           virConfDomainCheck check, virConfDomainEdit edit, const void *opaque);

G_END_DECLS
