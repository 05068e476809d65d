/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks into XML documents; the XML library is loaded by the first command that needs it. */

#pragma once

#include "client/shell.h"

typedef struct _virshDocument virshDocument;

/* NULL after reporting what is wrong. Without `blanks` indentation is made anew on output. */
virshDocument *virshDocumentNew(virshControl *ctl, const char *text, bool blanks);
void virshDocumentFree(virshDocument *document);

/* The document of a domain, of the running one where there is one, or its definition. */
virshDocument *virshDomainDocument(virshControl *ctl, virDomainPtr domain, bool inactive);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshDocument, virshDocumentFree)

/* How many nodes `path` selects; they can be used as `node` until the next select. */
size_t virshDocumentSelect(virshDocument *document, const char *path);

/* The string value of `path` seen from selected node `node`; NULL when it is empty. */
char *virshDocumentValue(virshDocument *document, size_t node, const char *path);

/* Replaces what is inside a selected element by text. */
void virshDocumentSetContent(virshDocument *document, size_t node, const char *text);

/* Changes of a selected element: an attribute; a child that has one attribute, in the place of the
 * present one or at the end; no such child any more. */
void virshDocumentSetAttribute(virshDocument *document, size_t node, const char *name,
                               const char *value);
void virshDocumentSetChild(virshDocument *document, size_t node, const char *child,
                           const char *name, const char *value);
void virshDocumentDropChild(virshDocument *document, size_t node, const char *child);

/* Gives an element below the selected one an attribute and a text; false when it is not there. */
bool virshDocumentSetInner(virshDocument *document, size_t node, const char *path,
                           const char *name, const char *value, const char *text);

/* A selected node with everything in it, as text. */
char *virshDocumentText(virshDocument *document, size_t node);

/* Prints a document, or what --xpath selects from it (in one root element with --wrap). */
struct _virshArguments;
bool virshPrintDocument(virshControl *ctl, const struct _virshArguments *arguments,
                        const char *text);
