/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The <metadata> of an object: one element for each program, told apart by its namespace. */

#include "document/metadata.h"

#include <string.h>

#include "document/tree.h"

/* A document that holds the rest must stay one that can be read. */
#define METADATA_SIZE_MAX (VIR_DOC_SIZE_MAX / 4)

static virDocTree *
readKept(const char *metadata)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();

    return metadata ? virDocTreeRead(metadata, /* length= */ -1, issues) : NULL;
}

static virDocTreeNode *
findChild(const virDocTreeNode *parent, const char *uri)
{
    for (virDocTreeNode *child = parent->first; child; child = child->next) {
        if (child->name && g_strcmp0(child->uri, uri) == 0)
            return child;
    }
    return NULL;
}

/* Moves the elements of one namespace to another, all the way down. */
static void
renameNamespace(virDocTreeNode *node, const char *from, const char *prefix, const char *to)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < node->nnamespaces; i++) {
        if (from && g_strcmp0(node->namespaces[2 * i + 1], from) == 0)
            continue;
        node->namespaces[2 * kept] = node->namespaces[2 * i];
        node->namespaces[2 * kept + 1] = node->namespaces[2 * i + 1];
        kept++;
    }
    node->nnamespaces = kept;
    if (node->name && g_strcmp0(node->uri, from) == 0) {
        node->prefix = prefix;
        node->uri = to;
    }
    for (virDocTreeNode *child = node->first; child; child = child->next)
        renameNamespace(child, from, prefix, to);
}

char *
virDocMetadataGet(const char *metadata, const char *uri)
{
    g_autoptr(virDocTree) tree = readKept(metadata);
    virDocTreeNode *found = tree ? findChild(virDocTreeRoot(tree), uri) : NULL;

    if (!found)
        return NULL;
    renameNamespace(found, uri, /* prefix= */ NULL, /* to= */ NULL);
    return virDocTreeNodeSerialize(found);
}

bool
virDocMetadataKeyFits(const char *key)
{
    if (!g_ascii_isalpha(*key) && *key != '_' && !(*key & 0x80))
        return false;
    if (g_ascii_strncasecmp(key, "xml", 3) == 0)
        return false;
    for (; *key; key++) {
        if (!g_ascii_isalnum(*key) && !strchr("._-", *key) && !(*key & 0x80))
            return false;
    }
    return true;
}

static void
unlinkChild(virDocTreeNode *parent, const virDocTreeNode *gone)
{
    virDocTreeNode **place = &parent->first;

    parent->last = NULL;
    while (*place) {
        if (*place == gone)
            *place = gone->next;
        else {
            parent->last = *place;
            place = &(*place)->next;
        }
    }
}

static void
append(virDocTreeNode *parent, virDocTreeNode *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

bool
virDocMetadataSet(char **metadata, const char *key, const char *uri, const char *xml,
                  virDocIssues *issues)
{
    g_autoptr(virDocTree) kept = readKept(*metadata ? *metadata : "<metadata/>");
    g_autoptr(virDocTree) added = xml ? virDocTreeRead(xml, /* length= */ -1, issues) : NULL;
    virDocTreeNode *root, *old;
    char *text;

    if (!kept || (xml && !added))
        return false;
    root = virDocTreeRoot(kept);
    old = findChild(root, uri);
    if (old)
        unlinkChild(root, old);
    if (added) {
        renameNamespace(virDocTreeRoot(added), /* from= */ NULL, key, uri);
        append(root, virDocTreeRoot(added));
    }
    text = virDocTreeNodeHasElements(root) ? virDocTreeNodeSerialize(root) : NULL;
    if (text && strlen(text) > METADATA_SIZE_MAX) {
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_LIMIT, /* line= */ 0, /* column= */ 0,
                        g_strdup("/metadata"), "longer than %d bytes", METADATA_SIZE_MAX);
        g_free(text);
        return false;
    }
    g_free(*metadata);
    *metadata = text;
    return true;
}
