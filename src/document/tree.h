/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An XML document as a read-only tree in which every element and attribute knows its place. */

#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "document/issues.h"

G_BEGIN_DECLS

/* What a document may be at most; whoever sends more is not describing a machine. */
#define VIR_DOC_SIZE_MAX       (10 * 1024 * 1024)
#define VIR_DOC_DEPTH_MAX      64
#define VIR_DOC_NODES_MAX      400000
#define VIR_DOC_ATTRIBUTES_MAX 128

typedef struct _virDocTree virDocTree;
typedef struct _virDocTreeNode virDocTreeNode;
typedef struct _virDocAttribute virDocAttribute;

struct _virDocAttribute {
    const char *name;   /* local */
    const char *prefix; /* NULL without namespace */
    const char *uri;
    const char *value;
    uint32_t offset; /* of the value in the document; UINT32_MAX when unknown */
    bool used;       /* scratch of the parser: known to the description */
};

/* An element, or a piece of text (name NULL). */
struct _virDocTreeNode {
    const char *name;
    const char *prefix;
    const char *uri;
    const char *text; /* of a piece of text; NUL-terminated */
    virDocTreeNode *parent;
    virDocTreeNode *next;
    virDocTreeNode *first;
    virDocTreeNode *last;
    uint32_t nattributes;
    uint32_t nnamespaces;
    virDocAttribute *attributes;
    const char **namespaces; /* pairs prefix (NULL = default), uri declared here */
    uint32_t offset;         /* of '<' in the document */
    uint32_t line;           /* used when the offset is unknown */
};

/* Reads `length` bytes (-1: up to the NUL). NULL after reporting to `issues`. The tree keeps no
 * pointer to `xml`, except for virDocTreePlace, which needs it again. */
virDocTree *virDocTreeRead(const char *xml, ssize_t length, virDocIssues *issues);
void virDocTreeFree(virDocTree *tree);
virDocTreeNode *virDocTreeRoot(const virDocTree *tree);

/* Line and column (from 1) of an offset in the text that was read. */
void virDocTreePlace(const char *xml, uint32_t offset, size_t *line, size_t *column);

/* Path of an element, or of one of its attributes; counted where it has siblings of its name. */
char *virDocTreeNodePath(const virDocTreeNode *node, const char *attribute);

/* What a path below an element names ("devices/disk[2]/target/@dev"), or the last element on the
 * way that is there. */
const virDocTreeNode *virDocTreeNodeFind(const virDocTreeNode *node, const char *path);

bool virDocTreeNodeHasElements(const virDocTreeNode *node);
/* The direct text of an element. Owned by the tree, or by `*owned` when several pieces had to be
 * joined. "" when there is none. */
const char *virDocTreeNodeText(const virDocTreeNode *node, char **owned);
/* The element and all inside as text on one line, complete with namespaces. White space between
 * elements that hold no other text is dropped. */
char *virDocTreeNodeSerialize(const virDocTreeNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virDocTree, virDocTreeFree)

G_END_DECLS
