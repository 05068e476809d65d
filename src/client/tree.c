/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows names that belong to other names as a tree. */

#include "client/tree.h"

#include "client/output.h"

enum { TREE_DEPTH_MAX = 500 }; /* parents may name each other in a circle */

typedef struct {
    virshControl *ctl;
    const char *const *names;
    const char *const *parents;
    size_t count;
} virshTree;

static bool virshTreeBelongs(const virshTree *tree, size_t child, size_t parent)
{
    return child != parent && g_strcmp0(tree->parents[child], tree->names[parent]) == 0;
}

static void virshTreeNode(const virshTree *tree, size_t node, const char *indent, bool root,
                          bool last, int depth)
{
    g_autofree char *inner = root ? g_strdup("") : g_strconcat(indent, last ? "    " : "  | ", NULL);
    size_t left = 0;

    virshPrint(tree->ctl, "%s%s%s\n", indent, root ? "" : "  +- ", tree->names[node]);
    for (size_t i = 0; i < tree->count && depth < TREE_DEPTH_MAX; i++)
        left += virshTreeBelongs(tree, i, node);
    if (left)
        virshPrint(tree->ctl, "%s  |\n", inner);
    else if (root || last)
        virshPrint(tree->ctl, "%s%s\n", indent, root ? "" : "    ");
    for (size_t i = 0; i < tree->count && left; i++)
        if (virshTreeBelongs(tree, i, node))
            virshTreeNode(tree, i, inner, /* root= */ false, /* last= */ --left == 0, depth + 1);
}

static bool virshTreeIsRoot(const virshTree *tree, size_t node)
{
    for (size_t i = 0; i < tree->count; i++)
        if (virshTreeBelongs(tree, node, i))
            return false;
    return true;
}

void virshTreePrint(virshControl *ctl, const char *const *names, const char *const *parents,
                    size_t count, const char *root)
{
    const virshTree tree = { ctl, names, parents, count };

    for (size_t i = 0; i < count; i++)
        if (root ? g_str_equal(names[i], root) : virshTreeIsRoot(&tree, i))
            virshTreeNode(&tree, i, "", /* root= */ true, /* last= */ true, 0);
}
