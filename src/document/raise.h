/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Turns the issues of a document into the one error that the public interface reports. */

#pragma once

#include "document/issues.h"

/* `domain` is the error domain of whoever was given the document (VIR_FROM_DOMAIN, ...). Text that
 * is no XML is VIR_ERR_XML_DETAIL, what strict parsing refused VIR_ERR_XML_INVALID_SCHEMA, all else
 * VIR_ERR_XML_ERROR. The message lists every issue. */
void virDocIssuesRaise(const virDocIssues *issues, int domain);
