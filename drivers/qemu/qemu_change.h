/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing a domain: the running guest, the definition of its next start, or both. */

#pragma once

#include "conf/domain_sides.h"
#include "qemu_domain.h"

/* How one setting changes; `opaque` is what the caller gives. */
typedef struct {
    /* Whether the change fits a document, or false with an error raised; NULL: always. */
    bool (*check)(const virDocDomain *document, const void *opaque);
    /*
     * Makes the running guest so, with a job; false with an error raised and nothing changed. May let go
     * of the lock. NULL: there is nothing to do but to remember it.
     */
    bool (*act)(qemuDomain *domain, const void *opaque);
    void (*edit)(virDocDomain *document, const void *opaque);
} qemuChange;

/* Where the documents of a domain are. */
virConfDomainSides qemuDomainSides(qemuDomain *domain);

/* Changes what the flags mean: all of it, or nothing with an error raised. 0 or -1. */
int qemuDomainChange(virDomainPtr handle, unsigned int flags, const qemuChange *change,
                     const void *opaque);
/* The same for a domain that is locked and has a job. */
int qemuDomainChangeLocked(qemuDomain *domain, unsigned int flags, const qemuChange *change,
                           const void *opaque);

/* The document that the flags mean, to be read; NULL with an error raised. */
const virDocDomain *qemuDomainSide(qemuDomain *domain, unsigned int flags);

/* The definition of the next start; NULL for a transient domain. */
virDocDomain *qemuDomainDefinition(qemuDomain *domain);
/* Puts another definition in its place, on disk first; takes it. false with an error raised, nothing changed. */
bool qemuDomainRedefine(qemuDomain *domain, virDocDomain *document);
