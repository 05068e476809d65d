/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What saved states in files of the caller and in files of the host have in common. */

#pragma once

#include "test_domain.h"
#include "test_domain_job.h"

/* Another document of the same guest; NULL with an error raised when it is none. */
virDocDomain *testDomainReplaceDocument(const virDocDomain *document, const char *dxml);

/*
 * Writes a running domain of testDomainLockForChange() down. Lets go of the lock meanwhile; returns
 * the domain, locked and still paused, or NULL, unlocked and with an error raised.
 */
testDomain *testDomainSaveTo(virDomainPtr handle, testDomain *domain, const char *path,
                             const char *dxml, unsigned int flags);

/* The document in an image, by virDomainSaveImageXMLFlags. */
char *testDomainImageDescribe(const char *path, unsigned int flags);
/* Puts another document into an image, and says in which state it starts. */
int testDomainImageChange(const char *path, const char *dxml, unsigned int flags);

/* Goes on with the managed image of a domain that is off; with the lock held. */
int testDomainStartManaged(testHost *host, testDomain *domain, bool paused, bool bypassCache);
/* Deletes the managed image; with the lock held. */
void testDomainDropManaged(testDomain *domain);
