/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Turns the issues of a document into the one error that the public interface reports. */

#include "document/raise.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"

static int
errorCode(const virDocIssue *issue)
{
    if (issue->error)
        return issue->error;
    if (issue->origin == VIR_DOC_ORIGIN_NONE)
        return VIR_ERR_INVALID_ARG;
    switch (issue->kind) {
    case VIR_DOC_ISSUE_MALFORMED:
        return VIR_ERR_XML_DETAIL;
    case VIR_DOC_ISSUE_SCHEMA:
        return VIR_ERR_XML_INVALID_SCHEMA;
    case VIR_DOC_ISSUE_LIMIT:
    case VIR_DOC_ISSUE_CONTENT:
    case VIR_DOC_ISSUE_CHECK:
        return VIR_ERR_XML_ERROR;
    }
    return VIR_ERR_XML_ERROR;
}

/* Schemas are the business of XML; so are attributes, in documents of domains. */
static int
errorDomain(const virDocIssue *issue, int caller)
{
    bool attribute = issue->origin == VIR_DOC_ORIGIN_ATTRIBUTE;

    if (issue->origin == VIR_DOC_ORIGIN_NONE)
        return VIR_FROM_NONE;
    if (issue->origin == VIR_DOC_ORIGIN_XML || issue->kind == VIR_DOC_ISSUE_SCHEMA ||
        (attribute && caller == VIR_FROM_DOMAIN))
        return VIR_FROM_XML;
    return caller;
}

void
virDocIssuesRaise(const virDocIssues *issues, int domain)
{
    g_autofree char *text = virDocIssuesFormat(issues);
    const virDocIssue *worst = &issues->entries[0];

    /* A document that its schema refuses is not judged any further. */
    for (size_t i = 0; i < issues->count; i++) {
        if (issues->entries[i].kind == VIR_DOC_ISSUE_SCHEMA) {
            worst = &issues->entries[i];
            break;
        }
    }
    virErrorRaise(errorDomain(worst, domain), errorCode(worst), "%s", text);
}
