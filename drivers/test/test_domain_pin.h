/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of processors of the host, as calls pass them. */

#pragma once

#include "document/bitmap.h"
#include "test_domain.h"

/* Processors of the host. */
unsigned int testHostCpus(virConnectPtr conn);


/* The set of a caller's bytes, without what the host does not have; NULL when nothing is left. */
virDocBitmap *testCpusFrom(virConnectPtr conn, const unsigned char *bytes, int length);
/* Bytes for a caller; a set that is NULL means every processor. */
void testCpusTo(virConnectPtr conn, const virDocBitmap *set, unsigned char *bytes, int length);

/* What tunes the processors of a document, made when there is nothing yet. */
virDocDomainCputune *testDomainCputune(virDocDomain *document);
