/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents of snapshots and checkpoints: names, times, and what becomes of each disk. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/domain.h"
#include "document/domaincheckpoint.h"
#include "document/domainsnapshot.h"

G_BEGIN_DECLS

/* Reads a document and names the snapshot where it does not; one that is made known again says itself
 * how it is called and when it was taken. NULL with an error raised. */
virDocDomainSnapshot *virConfSnapshotParse(const char *xml, bool strict, bool redefine);

/* Says what becomes of each disk of a domain; false with an error raised when one is named that is not
 * there. */
bool virConfSnapshotFillDisks(virDocDomainSnapshot *document, const virDocDomain *of,
                              virDocDomainSnapshotLocation usual);

/* Puts a new image on top of each disk whose snapshot is an external one. */
void virConfSnapshotOverlay(virDocDomain *of, virDocDomainSnapshot *document);

/* The same for checkpoints. */
virDocDomainCheckpoint *virConfCheckpointParse(const char *xml, bool redefine);
/* Says how each disk is followed; false with an error raised when one is named that is not there. */
bool virConfCheckpointFillDisks(virDocDomainCheckpoint *document, const virDocDomain *of);

G_END_DECLS
