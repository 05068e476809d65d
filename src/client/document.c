/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks into XML documents through libxml2, which is opened at run time. */

#include "client/document.h"

#include <dlfcn.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <string.h>

#include "client/arguments.h"
#include "client/output.h"

/* Only these functions are used; the structs come from the library's headers. */
#define VIRSH_XML_FUNCTIONS(X)                                                                  \
    X(xmlReadMemory)                                                                            \
    X(xmlFreeDoc)                                                                               \
    X(xmlNewDoc)                                                                                \
    X(xmlNewNode)                                                                               \
    X(xmlDocSetRootElement)                                                                     \
    X(xmlCopyNode)                                                                              \
    X(xmlAddChild)                                                                              \
    X(xmlXPathNewContext)                                                                       \
    X(xmlXPathFreeContext)                                                                      \
    X(xmlXPathEval)                                                                             \
    X(xmlXPathFreeObject)                                                                       \
    X(xmlXPathCastToString)                                                                     \
    X(xmlBufferCreate)                                                                          \
    X(xmlBufferFree)                                                                            \
    X(xmlBufferContent)                                                                         \
    X(xmlNodeDump)                                                                              \
    X(xmlNodeSetContent)                                                                        \
    X(xmlSetProp)                                                                               \
    X(xmlNewChild)                                                                              \
    X(xmlUnlinkNode)                                                                            \
    X(xmlFreeNode)

#define VIRSH_XML_MEMBER(name) __typeof__(name) *name;
static struct {
    bool ready;
    VIRSH_XML_FUNCTIONS(VIRSH_XML_MEMBER)
} xml;

struct _virshDocument {
    xmlDocPtr tree;
    xmlXPathContextPtr context;
    xmlXPathObjectPtr selected;
};

#define VIRSH_XML_LOAD(function)                                                                \
    *(void **)&xml.function = dlsym(library, #function);                                        \
    if (!xml.function)                                                                          \
        missing = #function;

static bool virshXmlLoad(virshControl *ctl)
{
    const char *missing = NULL;
    void *library;

    if (xml.ready)
        return true;
    library = dlopen("libxml2.so.2", RTLD_LAZY | RTLD_LOCAL);
    if (!library) {
        virshError(ctl, "this command needs libxml2: %s", dlerror());
        return false;
    }
    VIRSH_XML_FUNCTIONS(VIRSH_XML_LOAD)
    if (missing) {
        virshError(ctl, "libxml2 has no function %s", missing);
        return false;
    }
    xml.ready = true;
    return true;
}

virshDocument *virshDocumentNew(virshControl *ctl, const char *text, bool blanks)
{
    g_autoptr(virshDocument) document = NULL;

    if (!virshXmlLoad(ctl))
        return NULL;
    document = g_new0(virshDocument, 1);
    document->tree = xml.xmlReadMemory(text, (int)strlen(text), "document.xml", NULL,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR |
                                           XML_PARSE_NOWARNING |
                                           (blanks ? 0 : XML_PARSE_NOBLANKS));
    if (document->tree)
        document->context = xml.xmlXPathNewContext(document->tree);
    if (!document->context) {
        virshError(ctl, "Failed to parse the XML document");
        return NULL;
    }
    return g_steal_pointer(&document);
}

virshDocument *virshDomainDocument(virshControl *ctl, virDomainPtr domain, bool inactive)
{
    g_autofree char *text =
        virDomainGetXMLDesc(domain, inactive ? VIR_DOMAIN_XML_INACTIVE : 0);

    return text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
}

void virshDocumentFree(virshDocument *document)
{
    if (!document)
        return;
    if (document->selected)
        xml.xmlXPathFreeObject(document->selected);
    if (document->context)
        xml.xmlXPathFreeContext(document->context);
    if (document->tree)
        xml.xmlFreeDoc(document->tree);
    g_free(document);
}

size_t virshDocumentSelect(virshDocument *document, const char *path)
{
    if (document->selected)
        xml.xmlXPathFreeObject(document->selected);
    document->context->node = (xmlNodePtr)document->tree;
    document->selected = xml.xmlXPathEval(BAD_CAST path, document->context);
    if (!document->selected || document->selected->type != XPATH_NODESET ||
        !document->selected->nodesetval)
        return 0;
    return (size_t)document->selected->nodesetval->nodeNr;
}

char *virshDocumentValue(virshDocument *document, size_t node, const char *path)
{
    xmlXPathObjectPtr found;
    xmlChar *text = NULL;
    char *value = NULL;

    document->context->node = document->selected->nodesetval->nodeTab[node];
    found = xml.xmlXPathEval(BAD_CAST path, document->context);
    if (found)
        text = xml.xmlXPathCastToString(found);
    if (text && *text)
        value = g_strdup((const char *)text);
    /* libxml2 allocates with malloc unless a program replaces that, which we do not */
    free(text);
    if (found)
        xml.xmlXPathFreeObject(found);
    return value;
}

static char *virshDump(xmlDocPtr tree, xmlNodePtr node, bool indent)
{
    xmlBufferPtr buffer = xml.xmlBufferCreate();
    char *text;

    xml.xmlNodeDump(buffer, tree, node, 0, indent);
    text = g_strdup((const char *)xml.xmlBufferContent(buffer));
    xml.xmlBufferFree(buffer);
    return text;
}

void virshDocumentSetContent(virshDocument *document, size_t node, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);

    xml.xmlNodeSetContent(document->selected->nodesetval->nodeTab[node], BAD_CAST escaped);
}

static xmlNodePtr virshSelected(virshDocument *document, size_t node)
{
    return document->selected->nodesetval->nodeTab[node];
}

static xmlNodePtr virshChild(virshDocument *document, size_t node, const char *name)
{
    for (xmlNodePtr at = virshSelected(document, node)->children; at; at = at->next)
        if (at->type == XML_ELEMENT_NODE && g_str_equal((const char *)at->name, name))
            return at;
    return NULL;
}

void virshDocumentSetAttribute(virshDocument *document, size_t node, const char *name,
                               const char *value)
{
    xml.xmlSetProp(virshSelected(document, node), BAD_CAST name, BAD_CAST value);
}

void virshDocumentSetChild(virshDocument *document, size_t node, const char *child,
                           const char *name, const char *value)
{
    xmlNodePtr found = virshChild(document, node, child);

    if (!found)
        found = xml.xmlNewChild(virshSelected(document, node), NULL, BAD_CAST child, NULL);
    if (found)
        xml.xmlSetProp(found, BAD_CAST name, BAD_CAST value);
}

void virshDocumentDropChild(virshDocument *document, size_t node, const char *child)
{
    xmlNodePtr found = virshChild(document, node, child);

    if (!found)
        return;
    xml.xmlUnlinkNode(found);
    xml.xmlFreeNode(found);
}

bool virshDocumentSetInner(virshDocument *document, size_t node, const char *path,
                           const char *name, const char *value, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    xmlXPathObjectPtr found;
    bool there;

    document->context->node = virshSelected(document, node);
    found = xml.xmlXPathEval(BAD_CAST path, document->context);
    there = found && found->type == XPATH_NODESET && found->nodesetval &&
            found->nodesetval->nodeNr > 0;
    if (there) {
        xml.xmlSetProp(found->nodesetval->nodeTab[0], BAD_CAST name, BAD_CAST value);
        xml.xmlNodeSetContent(found->nodesetval->nodeTab[0], BAD_CAST escaped);
    }
    if (found)
        xml.xmlXPathFreeObject(found);
    return there;
}

char *virshDocumentText(virshDocument *document, size_t node)
{
    return virshDump(document->tree, document->selected->nodesetval->nodeTab[node],
                     /* indent= */ true);
}

static void virshWrapped(virshControl *ctl, xmlNodeSetPtr nodes)
{
    xmlDocPtr tree = xml.xmlNewDoc(BAD_CAST "1.0");
    xmlNodePtr root = xml.xmlNewNode(NULL, BAD_CAST "nodes");
    g_autofree char *text = NULL;

    xml.xmlDocSetRootElement(tree, root);
    for (int i = 0; i < nodes->nodeNr; i++) {
        xmlNodePtr copy = xml.xmlCopyNode(nodes->nodeTab[i], 1);

        if (copy)
            xml.xmlAddChild(root, copy);
    }
    text = virshDump(tree, root, /* indent= */ true);
    virshPrint(ctl, "%s\n", text);
    xml.xmlFreeDoc(tree);
}

bool virshPrintDocument(virshControl *ctl, const virshArguments *arguments, const char *text)
{
    const char *path = NULL;
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    if (!virshString(ctl, arguments, "xpath", &path))
        return false;
    if (!path) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    document = virshDocumentNew(ctl, text, /* blanks= */ false);
    if (!document)
        return false;
    count = virshDocumentSelect(document, path);
    if (!document->selected || document->selected->type != XPATH_NODESET) {
        virshError(ctl, "internal error: Incorrect xpath '%s'", path);
        return false;
    }
    if (!count)
        return true;
    if (virshFlag(arguments, "wrap")) {
        virshWrapped(ctl, document->selected->nodesetval);
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        g_autofree char *part = virshDocumentText(document, i);

        virshPrint(ctl, "%s\n", part);
    }
    return true;
}
