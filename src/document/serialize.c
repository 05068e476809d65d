/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Elements that are kept as text. */

#include <string.h>

#include "document/escape.h"
#include "document/tree.h"

/* Namespaces declared so far on the way down; a prefix is looked up from the newest entry. */
typedef struct {
    GPtrArray *pairs;
    GString *out;
} Serializer;

static bool
inScope(const Serializer *to, const char *prefix, const char *uri)
{
    for (guint i = to->pairs->len; i >= 2; i -= 2) {
        if (g_strcmp0(to->pairs->pdata[i - 2], prefix) == 0)
            return g_strcmp0(to->pairs->pdata[i - 1], uri) == 0;
    }
    return !prefix && !uri;
}

static void
declare(Serializer *to, const char *prefix, const char *uri)
{
    if (inScope(to, prefix, uri) || g_strcmp0(prefix, "xml") == 0)
        return;
    g_ptr_array_add(to->pairs, (char *)prefix);
    g_ptr_array_add(to->pairs, (char *)uri);
    g_string_append_printf(to->out, prefix ? " xmlns:%s=\"" : " xmlns%s=\"", prefix ? prefix : "");
    virDocEscape(to->out, uri ? uri : "", /* quote= */ '"');
    g_string_append_c(to->out, '"');
}

static bool
isBlank(const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    return !*text;
}

static bool
holdsText(const virDocTreeNode *node)
{
    for (const virDocTreeNode *child = node->first; child; child = child->next) {
        if (child->text && !isBlank(child->text))
            return true;
    }
    return !virDocTreeNodeHasElements(node);
}

static void
appendName(GString *out, const char *prefix, const char *name)
{
    if (prefix) {
        g_string_append(out, prefix);
        g_string_append_c(out, ':');
    }
    g_string_append(out, name);
}

static void
serialize(Serializer *to, const virDocTreeNode *node)
{
    guint scope = to->pairs->len;
    bool text = holdsText(node);
    gsize mark;

    g_string_append_c(to->out, '<');
    appendName(to->out, node->prefix, node->name);
    declare(to, node->prefix, node->uri);
    for (uint32_t i = 0; i < node->nnamespaces; i++)
        declare(to, node->namespaces[2 * i], node->namespaces[2 * i + 1]);
    for (uint32_t i = 0; i < node->nattributes; i++) {
        if (node->attributes[i].prefix)
            declare(to, node->attributes[i].prefix, node->attributes[i].uri);
    }
    for (uint32_t i = 0; i < node->nattributes; i++) {
        const virDocAttribute *attribute = &node->attributes[i];

        g_string_append_c(to->out, ' ');
        appendName(to->out, attribute->prefix, attribute->name);
        g_string_append(to->out, "=\"");
        virDocEscape(to->out, attribute->value, /* quote= */ '"');
        g_string_append_c(to->out, '"');
    }
    mark = to->out->len;
    g_string_append_c(to->out, '>');
    for (const virDocTreeNode *child = node->first; child; child = child->next) {
        if (child->name)
            serialize(to, child);
        else if (text)
            virDocEscape(to->out, child->text, /* quote= */ '\0');
    }
    if (to->out->len == mark + 1) {
        g_string_truncate(to->out, mark);
        g_string_append(to->out, "/>");
    } else {
        g_string_append(to->out, "</");
        appendName(to->out, node->prefix, node->name);
        g_string_append_c(to->out, '>');
    }
    g_ptr_array_set_size(to->pairs, (gint)scope);
}

char *
virDocTreeNodeSerialize(const virDocTreeNode *node)
{
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    Serializer to = { .pairs = pairs, .out = g_string_sized_new(1024) };

    serialize(&to, node);
    return g_string_free(to.out, /* free_segment= */ FALSE);
}
