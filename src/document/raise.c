/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Turns the issues of a document into the one error that the public interface reports. */

#include "document/raise.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"

static int
errorCode(virDocIssueKind kind)
{
    switch (kind) {
    case VIR_DOC_ISSUE_MALFORMED:
        return VIR_ERR_XML_DETAIL;
    case VIR_DOC_ISSUE_UNKNOWN:
        return VIR_ERR_XML_INVALID_SCHEMA;
    case VIR_DOC_ISSUE_LIMIT:
    case VIR_DOC_ISSUE_CONTENT:
    case VIR_DOC_ISSUE_CHECK:
        return VIR_ERR_XML_ERROR;
    }
    return VIR_ERR_XML_ERROR;
}

void
virDocIssuesRaise(const virDocIssues *issues, int domain)
{
    g_autofree char *text = virDocIssuesFormat(issues);
    int code = VIR_ERR_XML_INVALID_SCHEMA;

    /* Anything worse than an unknown name decides the code. */
    for (size_t i = 0; i < issues->count; i++) {
        if (issues->entries[i].kind != VIR_DOC_ISSUE_UNKNOWN) {
            code = errorCode(issues->entries[i].kind);
            break;
        }
    }
    virErrorRaise(domain, code, "%s", text);
}
