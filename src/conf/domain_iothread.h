/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads that serve the disks of a domain, in its document: some have a number there, others are only counted. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/domain.h"

G_BEGIN_DECLS

/* More than that no machine has. */
#define VIR_CONF_IOTHREADS_MAX 1024

/* The numbers (unsigned int) of all threads; those that are only counted get the lowest free ones. */
GArray *virConfIothreadNumbers(const virDocDomain *document);
bool virConfIothreadIsThere(const virDocDomain *document, unsigned int id);
/* What the document says of a thread; NULL when it says nothing. */
virDocDomainIothread *virConfIothreadFind(const virDocDomain *document, unsigned int id);

/* Gives those that are only counted an entry of their own. */
void virConfIothreadNameAll(virDocDomain *document);

/* Whether a thread of this number may come; whether no disk uses it. Else raises, in `errorDomain`. */
bool virConfIothreadMayAdd(const virDocDomain *document, unsigned int id, int errorDomain);
bool virConfIothreadIsUnused(const virDocDomain *document, unsigned int id, int errorDomain);
/* The thread goes with its pins. */
void virConfIothreadAdd(virDocDomain *document, unsigned int id);
void virConfIothreadRemove(virDocDomain *document, unsigned int id);

G_END_DECLS
