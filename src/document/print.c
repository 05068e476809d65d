/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the struct of a described record to XML text in the customary form. */

#include "document/print.h"

#include <string.h>

#include "document/escape.h"
#include "document/scalar.h"
#include "document/value.h"

typedef struct {
    GString *out;
    GString *scratch;
    unsigned int flags;
    unsigned int depth;
    uint64_t namespaces; /* bit N: the Nth namespace of the format was printed */
} Printer;

static void
indent(Printer *to)
{
    static const char blanks[] = "                                ";

    for (unsigned int left = to->depth * 2; left;) {
        unsigned int now = MIN(left, (unsigned int)sizeof(blanks) - 1);

        g_string_append_len(to->out, blanks, now);
        left -= now;
    }
}

/* Whether flags and selector let a member appear. */
static bool
visible(const Printer *to, const virDocRecord *record, const virDocMember *member, const void *data)
{
    if (member->flags & VIR_DOC_SECRET && !(to->flags & VIR_DOC_PRINT_SECURE))
        return false;
    if (member->flags & VIR_DOC_LIVE && to->flags & VIR_DOC_PRINT_INACTIVE &&
        !(member->liveUnless && virDocMemberIsKept(member, data)))
        return false;
    if (member->flags & VIR_DOC_INACTIVE && !(to->flags & VIR_DOC_PRINT_INACTIVE))
        return false;
    if (member->flags & VIR_DOC_STATUS && !(to->flags & VIR_DOC_PRINT_STATUS))
        return false;
    if (member->flags & VIR_DOC_UNMIGRATABLE && to->flags & VIR_DOC_PRINT_MIGRATABLE)
        return false;
    return virDocMemberApplies(member, record->selector, data);
}

static void
appendName(Printer *to, const virDocRecord *record, const virDocMember *member)
{
    if (member->prefix) {
        for (size_t i = 0; i < record->nnamespaces; i++) {
            if (!strcmp(record->namespaces[i].prefix, member->prefix))
                to->namespaces |= UINT64_C(1) << i;
        }
        g_string_append(to->out, member->prefix);
        g_string_append_c(to->out, ':');
    }
    g_string_append(to->out, member->name);
}

static void
appendAttribute(Printer *to, const char *name, const char *value)
{
    g_string_append_c(to->out, ' ');
    g_string_append(to->out, name);
    g_string_append(to->out, "='");
    virDocEscape(to->out, value, /* quote= */ '\'');
    g_string_append_c(to->out, '\'');
}

static const char *
spelling(Printer *to, const virDocMember *member, const void *data)
{
    if (virDocKindIsString(member->kind))
        return *(char *const *)virDocField(member, data);
    g_string_truncate(to->scratch, 0);
    virDocScalarFormat(member, data, to->scratch);
    return to->scratch->str;
}

static void
printAttributes(Printer *to, const virDocRecord *record, const void *data)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member->place == VIR_DOC_PLACE_INSIDE) {
            if (visible(to, record, member, data))
                printAttributes(to, member->record, virDocField(member, data));
            continue;
        }
        if (member->place != VIR_DOC_PLACE_ATTRIBUTE && member->place != VIR_DOC_PLACE_TEXT)
            continue;
        if (!visible(to, record, member, data) || !virDocScalarIsSet(member, data))
            continue;
        if (member->unitAttribute)
            appendAttribute(to, member->unitAttribute, member->unit);
        if (member->place == VIR_DOC_PLACE_ATTRIBUTE)
            appendAttribute(to, member->name, spelling(to, member, data));
    }
}

/* The end of the tag that starts at `at`: the byte behind '>'. Values are escaped, so '>' is
 * unique. */
static const char *
tagEnd(const char *at)
{
    return strchr(at, '>') + 1;
}

/* Whether the element whose start tag ends at `at` has text beside or instead of elements. */
static bool
holdsText(const char *at)
{
    unsigned int depth = 0;

    for (;;) {
        const char *end;

        if (*at != '<')
            return true;
        if (at[1] == '/' && !depth--)
            return false;
        end = tagEnd(at);
        if (at[1] != '/' && end[-2] != '/')
            depth++;
        at = end;
        /* Text inside a child is the child's affair. */
        if (depth)
            at = strchr(at, '<');
    }
}

/* Copies an element that is kept as text, its children on lines of their own unless it holds text.
 */
static const char *
printKept(Printer *to, const char *at)
{
    const char *end = tagEnd(at);

    g_string_append_len(to->out, at, end - at);
    if (end[-2] == '/')
        return end;
    at = end;
    if (holdsText(at)) {
        unsigned int depth = 0;

        while (at[0] != '<' || at[1] != '/' || depth--) {
            end = *at == '<' ? tagEnd(at) : strchr(at, '<');
            if (*at == '<' && at[1] != '/' && end[-2] != '/')
                depth++;
            g_string_append_len(to->out, at, end - at);
            at = end;
        }
    } else {
        to->depth++;
        while (at[1] != '/') {
            g_string_append_c(to->out, '\n');
            indent(to);
            at = printKept(to, at);
        }
        to->depth--;
        g_string_append_c(to->out, '\n');
        indent(to);
    }
    end = tagEnd(at);
    g_string_append_len(to->out, at, end - at);
    return end;
}

static void printElement(Printer *to, const virDocRecord *owner, const virDocMember *member,
                         const virDocRecord *record, const char *name, const void *data);

static void printChildren(Printer *to, const virDocRecord *record, const void *data);

static void
printText(Printer *to, const virDocRecord *record, const virDocMember *member, const char *text)
{
    indent(to);
    g_string_append_c(to->out, '<');
    appendName(to, record, member);
    if (member->unitAttribute)
        appendAttribute(to, member->unitAttribute, member->unit);
    g_string_append_c(to->out, '>');
    virDocEscape(to->out, text, /* quote= */ '\0');
    g_string_append(to->out, "</");
    appendName(to, record, member);
    g_string_append(to->out, ">\n");
}

static void
printScalar(Printer *to, const virDocRecord *record, const virDocMember *member, const void *data)
{
    if (!virDocScalarIsSet(member, data))
        return;
    if (member->kind == VIR_DOC_KIND_OPAQUE) {
        indent(to);
        printKept(to, *(char *const *)virDocField(member, data));
        g_string_append_c(to->out, '\n');
    } else if (member->kind == VIR_DOC_KIND_FLAG) {
        indent(to);
        g_string_append_c(to->out, '<');
        appendName(to, record, member);
        g_string_append(to->out, "/>\n");
    } else {
        printText(to, record, member, spelling(to, member, data));
    }
}

static void
printChild(Printer *to, const virDocRecord *record, const virDocMember *member, const void *data)
{
    void *const *items;

    if (member->flags & VIR_DOC_LIST) {
        items = virDocArray(member, data);
        for (size_t i = 0; i < virDocArrayLength(member, data); i++) {
            if (member->record)
                printElement(to, record, member, member->record, NULL, items[i]);
            else
                printText(to, record, member, items[i]);
        }
        return;
    }
    switch (member->place) {
    case VIR_DOC_PLACE_SCALAR:
        printScalar(to, record, member, data);
        break;
    case VIR_DOC_PLACE_RECORD:
        if (*(void *const *)virDocField(member, data))
            printElement(to, record, member, member->record, NULL,
                         *(void *const *)virDocField(member, data));
        break;
    case VIR_DOC_PLACE_GROUP:
        printElement(to, record, member, member->record, NULL, data);
        break;
    case VIR_DOC_PLACE_INSIDE:
        printChildren(to, member->record, virDocField(member, data));
        break;
    case VIR_DOC_PLACE_ATTRIBUTE:
    case VIR_DOC_PLACE_TEXT:
    case VIR_DOC_PLACE_TAG:
    case VIR_DOC_PLACE_INLINE:
    case VIR_DOC_PLACE_WORD:
    case VIR_DOC_PLACE_LETTERS:
        break;
    }
}

static void
printChildren(Printer *to, const virDocRecord *record, const void *data)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (visible(to, record, member, data))
            printChild(to, record, member, data);
    }
}

/* What stands between the tags, from behind the start tag's attributes; false when that is nothing.
 */
static bool
printContent(Printer *to, const virDocRecord *record, const void *data, bool *lines)
{
    gsize mark = to->out->len;

    *lines = false;
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member->place != VIR_DOC_PLACE_TEXT || !visible(to, record, member, data) ||
            !virDocScalarIsSet(member, data))
            continue;
        g_string_append_c(to->out, '>');
        virDocEscape(to->out, spelling(to, member, data), /* quote= */ '\0');
        return true;
    }
    g_string_append(to->out, ">\n");
    to->depth++;
    printChildren(to, record, data);
    to->depth--;
    if (to->out->len > mark + 2) {
        *lines = true;
        return true;
    }
    g_string_truncate(to->out, mark);
    return false;
}

/* Text kept of an element that stands for itself; NULL when the element is described instead. */
static const char *
keptInline(const virDocRecord *record, const void *data)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        if (record->members[i].place == VIR_DOC_PLACE_INLINE)
            return *(char *const *)virDocField(&record->members[i], data);
    }
    return NULL;
}

/* The name of an element that holds it as a value; NULL where the name is that of the member. */
static const char *
tagOf(const virDocRecord *record, const void *data)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member->place == VIR_DOC_PLACE_TAG)
            return virDocEnumToString(member->tokens,
                                      *(const uint8_t *)virDocField(member, data));
    }
    return NULL;
}

static void
appendTag(Printer *to, const virDocRecord *owner, const virDocMember *member, const char *name)
{
    if (member && !name)
        appendName(to, owner, member);
    else
        g_string_append(to->out, name);
}

static void
startLine(Printer *to, const virDocMember *member)
{
    /* One empty line between neighbours that both want one. */
    if (member && member->flags & VIR_DOC_SPACED && !g_str_has_suffix(to->out->str, "\n\n"))
        g_string_append_c(to->out, '\n');
    indent(to);
}

/* An element that is a record or a group; its name comes from `member`, or is given for the root.
 */
static void
printElement(Printer *to, const virDocRecord *owner, const virDocMember *member,
             const virDocRecord *record, const char *name, const void *data)
{
    bool group = member && member->place == VIR_DOC_PLACE_GROUP;
    bool kept = group && member->has != VIR_DOC_NO_OFFSET &&
                *(const bool *)((const char *)data + member->has);
    const char *text = keptInline(record, data);
    gsize start = to->out->len, tag;
    uint64_t namespaces = to->namespaces;
    bool lines;

    if (!name)
        name = tagOf(record, data);
    startLine(to, member);
    if (text) {
        printKept(to, text);
        g_string_append_c(to->out, '\n');
        return;
    }
    g_string_append_c(to->out, '<');
    appendTag(to, owner, member, name);
    tag = to->out->len;
    printAttributes(to, record, data);
    if (!printContent(to, record, data, &lines)) {
        /* A group is not there when nothing in it is, unless that is remembered. */
        if (group && !kept && to->out->len == tag) {
            g_string_truncate(to->out, start);
            to->namespaces = namespaces;
            return;
        }
        if (!member || !(member->flags & VIR_DOC_OPEN)) {
            g_string_append(to->out, "/>\n");
            return;
        }
        g_string_append(to->out, ">\n");
        lines = true;
    }
    if (lines)
        indent(to);
    g_string_append(to->out, "</");
    appendTag(to, owner, member, name);
    g_string_append(to->out, ">\n");
    if (member && member->flags & VIR_DOC_SPACED)
        g_string_append_c(to->out, '\n');
}

/* The foreign namespaces that were used, declared on the root after the fact. */
static void
declareNamespaces(Printer *to, const virDocRecord *record, gsize at)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < record->nnamespaces; i++) {
        if (to->namespaces >> i & 1)
            g_string_append_printf(text, " xmlns:%s='%s'", record->namespaces[i].prefix,
                                   record->namespaces[i].uri);
    }
    g_string_insert(to->out, (gssize)at, text->str);
}

void
virDocPrintInto(GString *out, const virDocRecord *record, const char *element, const void *data,
                unsigned int flags, unsigned int depth)
{
    const char *name = element ? element : record->element;
    g_autoptr(GString) scratch = g_string_new(NULL);
    Printer to = {.out = out, .scratch = scratch, .flags = flags, .depth = depth};
    gsize start = out->len;

    printElement(&to, record, /* member= */ NULL, record, name, data);
    if (to.namespaces) {
        /* Behind the attributes of the root, whose values hold no literal '>'. */
        gsize at = (gsize)(strchr(out->str + start, '>') - out->str);

        if (out->str[at - 1] == '/')
            at--;
        declareNamespaces(&to, record, at);
    }
}

char *
virDocPrint(const virDocRecord *record, const char *element, const void *data, unsigned int flags)
{
    GString *out = g_string_sized_new(1024);

    virDocPrintInto(out, record, element, data, flags, /* depth= */ 0);
    return g_string_free(out, /* free_segment= */ FALSE);
}
