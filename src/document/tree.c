/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Builds the tree from libxml2's SAX2 events in one arena; refuses what no document needs. */

#include "document/tree.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#define BLOCK_SIZE 16384

typedef struct _Block Block;
struct _Block {
    Block *next;
    size_t used;
    size_t size;
    _Alignas(max_align_t) char data[];
};

struct _virDocTree {
    Block *blocks;
    xmlDictPtr dict; /* owns the names */
    virDocTreeNode *root;
};

/* State while reading; lives on the stack of virDocTreeRead. */
typedef struct {
    virDocTree *tree;
    virDocIssues *issues;
    virDocTreeNode *open;
    unsigned int depth;
    size_t nnodes;
    xmlParserCtxtPtr parser;
    bool stopped;
} Reader;

static void *
arenaTake(virDocTree *tree, size_t size)
{
    Block *block = tree->blocks;
    void *taken;

    size = (size + 7) & ~(size_t)7;
    if (!block || block->size - block->used < size) {
        size_t room = MAX(size, (size_t)BLOCK_SIZE);

        block = g_malloc(sizeof(*block) + room);
        block->size = room;
        block->used = 0;
        block->next = tree->blocks;
        tree->blocks = block;
    }
    taken = block->data + block->used;
    block->used += size;
    return taken;
}

static const char *
arenaText(virDocTree *tree, const xmlChar *text, size_t length)
{
    char *copy = arenaTake(tree, length + 1);

    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

static void
stop(Reader *reader, const char *message)
{
    if (reader->stopped)
        return;
    reader->stopped = true;
    virDocIssuesAdd(reader->issues, VIR_DOC_ISSUE_LIMIT,
                    (size_t)xmlSAX2GetLineNumber(reader->parser), /* column= */ 0,
                    /* path= */ NULL, "%s", message);
    xmlStopParser(reader->parser);
}

/* Where in the document a pointer into libxml2's input buffer is. */
static uint32_t
inputOffset(const Reader *reader, const xmlChar *at)
{
    const xmlParserInput *input = reader->parser->input;

    if (!input || (input->buf && input->buf->encoder) || at < input->base || at > input->end)
        return UINT32_MAX;
    return (uint32_t)(input->consumed + (unsigned long)(at - input->base));
}

/* The event comes when the parser stands behind the attributes: the tag began at the last '<',
 * which cannot occur literally in between. */
static uint32_t
tagOffset(const Reader *reader)
{
    const xmlParserInput *input = reader->parser->input;
    const xmlChar *at = input->cur;

    while (at > input->base && *at != '<')
        at--;
    return *at == '<' ? inputOffset(reader, at) : UINT32_MAX;
}

static virDocTreeNode *
appendNode(Reader *reader)
{
    virDocTreeNode *node = arenaTake(reader->tree, sizeof(*node));

    memset(node, 0, sizeof(*node));
    node->parent = reader->open;
    if (!reader->open) {
        reader->tree->root = node;
    } else if (reader->open->last) {
        reader->open->last->next = node;
        reader->open->last = node;
    } else {
        reader->open->first = reader->open->last = node;
    }
    if (++reader->nnodes > VIR_DOC_NODES_MAX)
        stop(reader, "the document has too many elements");
    return node;
}

static void
onStart(void *opaque, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
        int nnamespaces, const xmlChar **namespaces, int nattributes, int ndefaulted G_GNUC_UNUSED,
        const xmlChar **attributes)
{
    Reader *reader = ((xmlParserCtxtPtr)opaque)->_private;
    virDocTree *tree = reader->tree;
    virDocTreeNode *node;

    if (reader->stopped)
        return;
    node = appendNode(reader);
    node->name = (const char *)name;
    node->prefix = (const char *)prefix;
    node->uri = (const char *)uri;
    node->offset = tagOffset(reader);
    node->line = (uint32_t)xmlSAX2GetLineNumber(reader->parser);
    if (nnamespaces) {
        node->nnamespaces = (uint32_t)nnamespaces;
        node->namespaces = arenaTake(tree, sizeof(char *) * 2 * (size_t)nnamespaces);
        memcpy(node->namespaces, namespaces, sizeof(char *) * 2 * (size_t)nnamespaces);
    }
    if (nattributes) {
        node->nattributes = (uint32_t)nattributes;
        node->attributes = arenaTake(tree, sizeof(virDocAttribute) * (size_t)nattributes);
    }
    for (int i = 0; i < nattributes; i++, attributes += 5) {
        virDocAttribute *attribute = &node->attributes[i];

        attribute->name = (const char *)attributes[0];
        attribute->prefix = (const char *)attributes[1];
        attribute->uri = (const char *)attributes[2];
        attribute->value = arenaText(tree, attributes[3], (size_t)(attributes[4] - attributes[3]));
        attribute->offset = inputOffset(reader, attributes[3]);
        attribute->used = false;
    }
    reader->open = node;
    if (++reader->depth > VIR_DOC_DEPTH_MAX)
        stop(reader, "the document is nested too deeply");
}

static void
onEnd(void *opaque, const xmlChar *name G_GNUC_UNUSED, const xmlChar *prefix G_GNUC_UNUSED,
      const xmlChar *uri G_GNUC_UNUSED)
{
    Reader *reader = ((xmlParserCtxtPtr)opaque)->_private;

    if (reader->stopped)
        return;
    reader->open = reader->open->parent;
    reader->depth--;
}

static void
onText(void *opaque, const xmlChar *text, int length)
{
    Reader *reader = ((xmlParserCtxtPtr)opaque)->_private;

    if (reader->stopped || !reader->open)
        return;
    appendNode(reader)->text = arenaText(reader->tree, text, (size_t)length);
}

static void
onDoctype(void *opaque, const xmlChar *name G_GNUC_UNUSED, const xmlChar *public G_GNUC_UNUSED,
          const xmlChar *system G_GNUC_UNUSED)
{
    stop(((xmlParserCtxtPtr)opaque)->_private, "a document has no DOCTYPE");
}

static void
onError(void *opaque, xmlErrorPtr error)
{
    Reader *reader = ((xmlParserCtxtPtr)opaque)->_private;
    g_autofree char *message = NULL;

    if (reader->stopped || error->level < XML_ERR_ERROR)
        return;
    message = g_strstrip(g_strdup(error->message ? error->message : "not well-formed"));
    virDocIssuesAdd(reader->issues, VIR_DOC_ISSUE_MALFORMED, (size_t)MAX(error->line, 0),
                    (size_t)MAX(error->int2, 0), /* path= */ NULL, "%s", message);
    /* What follows the first error is usually its echo. */
    reader->stopped = true;
    xmlStopParser(reader->parser);
}

/* Documents are UTF-8 or a superset of ASCII: anything else would hide its size from scanTags. */
static bool
encodingIsPlain(const char *xml, size_t length)
{
    static const char *const plain[] = {"utf-8", "utf8", "us-ascii", "ascii", "latin1"};
    const char *end = g_strstr_len(xml, (gssize)MIN(length, 512), "?>");
    const char *start = end ? g_strstr_len(xml, end - xml, "encoding") : NULL;
    char name[32];
    size_t used = 0;

    if (!g_str_has_prefix(xml, "<?xml") || !start)
        return true;
    start += strlen("encoding");
    while (start < end && strchr(" \t\r\n='\"", *start))
        start++;
    while (start < end && used < sizeof(name) - 1 && !strchr("'\" \t\r\n", *start))
        name[used++] = g_ascii_tolower(*start++);
    name[used] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        if (!strcmp(name, plain[i]))
            return true;
    }
    return g_str_has_prefix(name, "iso-8859-");
}

/* The byte behind the next `mark`, or the end. */
static const char *
behind(const char *at, const char *end, const char *mark)
{
    const char *found = g_strstr_len(at, end - at, mark);

    return found ? found + strlen(mark) : end;
}

/* libxml2 collects all attributes of a tag, and compares each with each, before anybody can object;
 * so count them first. Returns where a tag has too many, or NULL. */
static const char *
scanTags(const char *at, const char *end)
{
    while (at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
        const char *tag = at++;
        unsigned int quotes = 0;

        if (at == end)
            break;
        if (*at == '?') {
            at = behind(at, end, "?>");
            continue;
        }
        if (*at == '!') {
            at = behind(at, end,
                        g_str_has_prefix(at, "!--")        ? "-->"
                        : g_str_has_prefix(at, "![CDATA[") ? "]]>"
                                                           : ">");
            continue;
        }
        for (; at < end && *at != '>' && *at != '<'; at++) {
            if (*at != '\'' && *at != '"')
                continue;
            if (++quotes > VIR_DOC_ATTRIBUTES_MAX)
                return tag;
            if (!(at = memchr(at + 1, *at, (size_t)(end - at - 1))))
                return NULL;
        }
    }
    return NULL;
}

void
virDocTreePlace(const char *xml, uint32_t offset, size_t *line, size_t *column)
{
    const char *target = xml + offset;
    const char *start = xml;
    size_t lines = 1;

    for (const char *at = xml; at < target && (at = memchr(at, '\n', (size_t)(target - at)));
         at++) {
        lines++;
        start = at + 1;
    }
    *line = lines;
    *column = (size_t)(target - start) + 1;
}

static bool
admissible(const char *xml, size_t length, virDocIssues *issues)
{
    const char *wild;
    size_t line, column;

    if (length > VIR_DOC_SIZE_MAX) {
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_LIMIT, 0, 0, NULL,
                        "the document has %zu bytes, at most %d are accepted", length,
                        VIR_DOC_SIZE_MAX);
        return false;
    }
    if (memchr(xml, '\0', length)) {
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_MALFORMED, 0, 0, NULL,
                        "the document contains a NUL byte");
        return false;
    }
    if (!encodingIsPlain(xml, length)) {
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_LIMIT, 1, 0, NULL,
                        "documents are encoded in UTF-8, ASCII or ISO-8859");
        return false;
    }
    if ((wild = scanTags(xml, xml + length))) {
        virDocTreePlace(xml, (uint32_t)(wild - xml), &line, &column);
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_LIMIT, line, column, NULL,
                        "an element has more than %d attributes", VIR_DOC_ATTRIBUTES_MAX);
        return false;
    }
    return true;
}

static void
initOnce(void)
{
    static gsize done;

    if (g_once_init_enter(&done)) {
        xmlInitParser();
        g_once_init_leave(&done, 1);
    }
}

static const xmlSAXHandler handlers = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = onStart,
    .endElementNs = onEnd,
    .characters = onText,
    .ignorableWhitespace = onText,
    .cdataBlock = onText,
    .internalSubset = onDoctype,
    .serror = onError,
};

virDocTree *
virDocTreeRead(const char *xml, ssize_t length, virDocIssues *issues)
{
    g_autoptr(virDocTree) tree = g_new0(virDocTree, 1);
    Reader reader = {.tree = tree, .issues = issues};
    size_t size = length < 0 ? strlen(xml) : (size_t)length;
    bool whole;

    initOnce();
    if (!admissible(xml, size, issues))
        return NULL;
    if (!(reader.parser = xmlCreateMemoryParserCtxt(size ? xml : " ", size ? (int)size : 1))) {
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_MALFORMED, 0, 0, NULL, "the document is empty");
        return NULL;
    }
    *reader.parser->sax = handlers;
    reader.parser->_private = &reader;
    /* NOENT: otherwise "&amp;" arrives as "&#38;" in attributes. There are no other entities,
     * because a DOCTYPE stops the parser before it declares any. */
    xmlCtxtUseOptions(reader.parser, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOENT);
    *reader.parser->sax = handlers; /* the options replaced some */
    tree->dict = reader.parser->dict;
    xmlDictReference(tree->dict);
    whole = xmlParseDocument(reader.parser) == 0 && reader.parser->wellFormed && !reader.stopped;
    if (!whole && !issues->found)
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_MALFORMED, 0, 0, NULL,
                        "the document is not well-formed");
    xmlFreeParserCtxt(reader.parser);
    return whole && tree->root ? g_steal_pointer(&tree) : NULL;
}

void
virDocTreeFree(virDocTree *tree)
{
    Block *next;

    if (!tree)
        return;
    for (Block *block = tree->blocks; block; block = next) {
        next = block->next;
        g_free(block);
    }
    if (tree->dict)
        xmlDictFree(tree->dict);
    g_free(tree);
}

virDocTreeNode *
virDocTreeRoot(const virDocTree *tree)
{
    return tree->root;
}

/* Position among the siblings of the same name, from 1; 0 when it is the only one. */
static size_t
siblingNumber(const virDocTreeNode *node)
{
    size_t before = 0, total = 0;

    if (!node->parent)
        return 0;
    for (const virDocTreeNode *other = node->parent->first; other; other = other->next) {
        if (!other->name || strcmp(other->name, node->name))
            continue;
        total++;
        if (other == node)
            before = total;
    }
    return total > 1 ? before : 0;
}

static void
appendPath(GString *path, const virDocTreeNode *node)
{
    size_t number = siblingNumber(node);

    if (node->parent)
        appendPath(path, node->parent);
    g_string_append_c(path, '/');
    if (node->prefix)
        g_string_append_printf(path, "%s:", node->prefix);
    g_string_append(path, node->name);
    if (number)
        g_string_append_printf(path, "[%zu]", number);
}

char *
virDocTreeNodePath(const virDocTreeNode *node, const char *attribute)
{
    GString *path = g_string_new(NULL);

    appendPath(path, node);
    if (attribute)
        g_string_append_printf(path, "/@%s", attribute);
    return g_string_free(path, /* free_segment= */ FALSE);
}

/* The Nth child of a name, from 1. */
static const virDocTreeNode *
findChild(const virDocTreeNode *node, const char *name, size_t length, guint64 number)
{
    for (const virDocTreeNode *child = node->first; child; child = child->next) {
        if (child->name && strlen(child->name) == length && !strncmp(child->name, name, length) &&
            !--number)
            return child;
    }
    return NULL;
}

const virDocTreeNode *
virDocTreeNodeFind(const virDocTreeNode *node, const char *path)
{
    while (*path && *path != '@') {
        size_t length = strcspn(path, "/[");
        const char *behind = path + length;
        guint64 number = *behind == '[' ? g_ascii_strtoull(behind + 1, NULL, 10) : 1;
        const virDocTreeNode *child = findChild(node, path, length, number);

        if (!child)
            break;
        node = child;
        path = behind + strcspn(behind, "/");
        path += *path == '/';
    }
    return node;
}

bool
virDocTreeNodeHasElements(const virDocTreeNode *node)
{
    for (const virDocTreeNode *child = node->first; child; child = child->next) {
        if (child->name)
            return true;
    }
    return false;
}

const char *
virDocTreeNodeText(const virDocTreeNode *node, char **owned)
{
    const virDocTreeNode *only = NULL;
    size_t pieces = 0;
    GString *text;

    for (const virDocTreeNode *child = node->first; child; child = child->next) {
        if (child->text) {
            only = child;
            pieces++;
        }
    }
    if (pieces < 2)
        return only ? only->text : "";
    text = g_string_new(NULL);
    for (const virDocTreeNode *child = node->first; child; child = child->next) {
        if (child->text)
            g_string_append(text, child->text);
    }
    return *owned = g_string_free(text, /* free_segment= */ FALSE);
}
