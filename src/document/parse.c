/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From XML text to the struct of a described record: the tree, read by the tables. */

#include "document/parse.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <string.h>

#include "base/nearest.h"
#include "document/context.h"
#include "document/scalar.h"
#include "document/tree.h"
#include "document/value.h"

#define LIST_MAX 65536
/* Words of the set of members met in one element; rules allow no larger record. */
#define SEEN_WORDS 8
#define NAMES_MAX  (SEEN_WORDS * 64)
/* The record of an element and those inside it; a rule of the generator allows no more. */
#define FRAMES_MAX 8

/* A record that an element fills, with the members met so far. */
typedef struct {
    const virDocRecord *record;
    void *data;
    uint64_t seen[SEEN_WORDS];
} Frame;

typedef struct {
    size_t count;
    Frame entries[FRAMES_MAX];
} Frames;

static const virDocParseOptions noOptions;

static bool
strict(const virDocContext *context)
{
    return context->options->flags & VIR_DOC_PARSE_STRICT;
}

/* Which error a value that is wrong, or missing, leaves. */
static void
mark(virDocContext *context, const virDocMember *member)
{
    /* Whatever a schema refuses leaves the same error. */
    if (strict(context))
        return;
    if (member->error)
        virDocIssuesMark(context->issues, VIR_DOC_ORIGIN_CALLER, member->error);
    else if (member->kind == VIR_DOC_KIND_BITMAP)
        virDocIssuesMark(context->issues, VIR_DOC_ORIGIN_NONE, /* error= */ 0);
    else if (member->place == VIR_DOC_PLACE_ATTRIBUTE)
        virDocIssuesMark(context->issues, VIR_DOC_ORIGIN_ATTRIBUTE, /* error= */ 0);
}

static bool
isNamed(const virDocMember *member, const char *name)
{
    if (*member->name == *name && !strcmp(member->name, name))
        return true;
    for (const char *const *alias = member->aliases; alias && *alias; alias++) {
        if (!strcmp(*alias, name))
            return true;
    }
    return false;
}

static virDocAttribute *
findAttribute(const virDocTreeNode *node, const char *name)
{
    for (uint32_t i = 0; i < node->nattributes; i++) {
        virDocAttribute *attribute = &node->attributes[i];

        if (*attribute->name == *name && !attribute->uri && !strcmp(attribute->name, name))
            return attribute;
    }
    return NULL;
}

static virDocAttribute *
findMemberAttribute(const virDocTreeNode *node, const virDocMember *member)
{
    virDocAttribute *found = findAttribute(node, member->name);

    for (const char *const *alias = member->aliases; !found && alias && *alias; alias++)
        found = findAttribute(node, *alias);
    return found;
}

/* Whether the parser leaves a member alone because it belongs to running objects only; `value` is
 * what was given for it, or NULL. */
static bool
ignored(const virDocContext *context, const virDocMember *member, const char *value)
{
    if (!(member->flags & VIR_DOC_LIVE) || !(context->options->flags & VIR_DOC_PARSE_INACTIVE))
        return false;
    return !member->liveUnless || !value || !g_str_has_prefix(value, member->liveUnless);
}

static void parseBody(virDocContext *context, const virDocRecord *record, void *data,
                      const virDocTreeNode *node);

/* The value of the attribute that holds the unit of a size, which thereby is known. */
static const char *
unitOf(const virDocMember *member, const virDocTreeNode *node)
{
    virDocAttribute *unit =
        member->unitAttribute ? findAttribute(node, member->unitAttribute) : NULL;

    if (!unit)
        return NULL;
    unit->used = true;
    return unit->value;
}

static void
missing(virDocContext *context, const virDocMember *member, const virDocTreeNode *node)
{
    if (member->place == VIR_DOC_PLACE_ATTRIBUTE)
        virDocContextIssue(context, VIR_DOC_ISSUE_CONTENT, node, NULL, "attribute '%s' is missing",
                           member->name);
    else if (member->place == VIR_DOC_PLACE_TEXT)
        virDocContextIssue(context, VIR_DOC_ISSUE_CONTENT, node, NULL, "the text is missing");
    else
        virDocContextIssue(context, VIR_DOC_ISSUE_CONTENT, node, NULL, "element <%s> is missing",
                           member->name);
    mark(context, member);
}

/* What holds for a member that was not given. */
static void
parseAbsence(virDocContext *context, const virDocMember *member, void *data,
             const virDocTreeNode *node)
{
    char *problem;

    if (member->flags & VIR_DOC_REQUIRED) {
        missing(context, member, node);
    } else if (member->fallback) {
        problem = virDocScalarParse(member, data, member->fallback, member->unit);
        /* Rules of the generator admit canonical values only. */
        g_assert(!problem);
    }
}

static void
parseAttribute(virDocContext *context, const virDocMember *member, void *data,
               const virDocTreeNode *node)
{
    virDocAttribute *attribute = findMemberAttribute(node, member);
    g_autofree char *problem = NULL;

    if (ignored(context, member, attribute ? attribute->value : NULL)) {
        if (attribute)
            attribute->used = true;
        return;
    }
    if (!attribute) {
        parseAbsence(context, member, data, node);
        return;
    }
    attribute->used = true;
    problem = virDocScalarParse(member, data, attribute->value, unitOf(member, node));
    if (problem) {
        virDocContextIssue(context, VIR_DOC_ISSUE_CONTENT, node, attribute, "%s", problem);
        mark(context, member);
    } else if (!virDocScalarIsSet(member, data)) {
        parseAbsence(context, member, data, node);
    }
}

/* Blanks are a value of the strings alone. */
static bool
isNothing(const virDocMember *member, const char *text)
{
    return !text[virDocKindIsString(member->kind) ? 0 : strspn(text, " \t\r\n")];
}

static void
parseText(virDocContext *context, const virDocMember *member, void *data,
          const virDocTreeNode *node)
{
    g_autofree char *owned = NULL;
    g_autofree char *problem = NULL;
    const char *text = virDocTreeNodeText(node, &owned);
    const char *unit = unitOf(member, node);

    /* Child elements stand for the text; the blanks between them are none. */
    if (member->place == VIR_DOC_PLACE_TEXT && virDocTreeNodeHasElements(node))
        text = "";
    if (member->kind == VIR_DOC_KIND_FLAG) {
        *(bool *)virDocField(member, data) = true;
        return;
    }
    if (isNothing(member, text) && !(member->flags & VIR_DOC_KEEP_EMPTY) && member->place == VIR_DOC_PLACE_TEXT) {
        parseAbsence(context, member, data, node);
        return;
    }
    problem = virDocScalarParse(member, data, text, unit);
    if (problem) {
        virDocContextIssue(context, VIR_DOC_ISSUE_CONTENT, node, NULL, "%s", problem);
        mark(context, member);
    } else if (!virDocScalarIsSet(member, data)) {
        parseAbsence(context, member, data, node);
    }
}

/* Text where only elements, or nothing, may be. */
static void
refuseText(virDocContext *context, const virDocTreeNode *node)
{
    g_autofree char *owned = NULL;
    const char *text = virDocTreeNodeText(node, &owned);

    if (text[strspn(text, " \t\r\n")])
        virDocContextIssue(context, VIR_DOC_ISSUE_SCHEMA, node, NULL, "text does not belong here");
}

/* Unknown things on an element that holds a scalar and nothing else. */
static void
refuseExtras(virDocContext *context, const virDocTreeNode *node)
{
    if (!strict(context))
        return;
    for (uint32_t i = 0; i < node->nattributes; i++) {
        const virDocAttribute *attribute = &node->attributes[i];

        if (!attribute->used && !attribute->uri)
            virDocContextIssue(context, VIR_DOC_ISSUE_SCHEMA, node, attribute,
                               "attribute '%s' is not known here", attribute->name);
    }
    for (const virDocTreeNode *child = node->first; child; child = child->next) {
        if (child->name)
            virDocContextIssue(context, VIR_DOC_ISSUE_SCHEMA, child, NULL,
                               "element <%s> is not known here", child->name);
    }
}

static void
runCheck(virDocContext *context, const virDocRecord *record, void *data, const virDocTreeNode *node)
{
    for (size_t i = 0; record->check && i < context->options->nchecks; i++) {
        const virDocCheckEntry *entry = &context->options->checks[i];

        if (strcmp(entry->name, record->check))
            continue;
        context->node = node;
        entry->check(data, context);
    }
}

/* The checks of the records inside, then that of the record itself. */
static void
runChecks(virDocContext *context, const virDocRecord *record, void *data,
          const virDocTreeNode *node)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member->place == VIR_DOC_PLACE_INSIDE &&
            virDocMemberApplies(member, record->selector, data))
            runChecks(context, member->record, virDocField(member, data), node);
    }
    runCheck(context, record, data, node);
}

static void *
parseRecord(virDocContext *context, const virDocRecord *record, const virDocTreeNode *node)
{
    void *data = virDocNew(record);
    size_t before = context->issues->found;

    parseBody(context, record, data, node);
    if (context->issues->found == before)
        runChecks(context, record, data, node);
    return data;
}

static void
parseListItem(virDocContext *context, const virDocMember *member, void *data,
              const virDocTreeNode *node)
{
    size_t max = member->maxItems ? member->maxItems : LIST_MAX;
    g_autofree char *owned = NULL;
    g_autofree char *problem = NULL;
    char *text;

    if (virDocArrayLength(member, data) >= max) {
        virDocContextIssue(context, VIR_DOC_ISSUE_LIMIT, node, NULL, "more than %zu <%s> elements",
                           max, member->name);
        return;
    }
    if (member->record) {
        virDocArrayAdd(member, data, parseRecord(context, member->record, node));
        return;
    }
    problem = virDocStringParse(member, virDocTreeNodeText(node, &owned), &text);
    if (problem)
        virDocContextIssue(context, VIR_DOC_ISSUE_CONTENT, node, NULL, "%s", problem);
    else
        virDocArrayAdd(member, data, text);
    refuseExtras(context, node);
}

static void
parseElement(virDocContext *context, const virDocMember *member, void *data,
             const virDocTreeNode *node)
{
    if (member->flags & VIR_DOC_LIST) {
        parseListItem(context, member, data, node);
        return;
    }
    switch (member->place) {
    case VIR_DOC_PLACE_SCALAR:
        if (member->kind == VIR_DOC_KIND_OPAQUE) {
            *(char **)virDocField(member, data) = virDocTreeNodeSerialize(node);
            break;
        }
        parseText(context, member, data, node);
        refuseExtras(context, node);
        if (strict(context) && member->kind == VIR_DOC_KIND_FLAG)
            refuseText(context, node);
        break;
    case VIR_DOC_PLACE_RECORD:
        *(void **)virDocField(member, data) = parseRecord(context, member->record, node);
        break;
    case VIR_DOC_PLACE_GROUP:
        if (member->has != VIR_DOC_NO_OFFSET)
            *(bool *)((char *)data + member->has) = true;
        parseBody(context, member->record, data, node);
        break;
    case VIR_DOC_PLACE_ATTRIBUTE:
    case VIR_DOC_PLACE_TEXT:
    case VIR_DOC_PLACE_TAG:
    case VIR_DOC_PLACE_INSIDE:
    case VIR_DOC_PLACE_INLINE:
    case VIR_DOC_PLACE_WORD:
    case VIR_DOC_PLACE_LETTERS:
        g_assert_not_reached();
    }
}

static bool
isChild(const virDocMember *member)
{
    return member->place == VIR_DOC_PLACE_SCALAR || member->place == VIR_DOC_PLACE_RECORD ||
           member->place == VIR_DOC_PLACE_GROUP;
}

static void
addFrames(Frames *frames, const virDocRecord *record, void *data)
{
    Frame *frame = &frames->entries[frames->count++];

    frame->record = record;
    frame->data = data;
    memset(frame->seen, 0, sizeof(frame->seen));
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member->place == VIR_DOC_PLACE_INSIDE &&
            virDocMemberApplies(member, record->selector, data))
            addFrames(frames, member->record, virDocField(member, data));
    }
}

/* See findChild. */
static size_t
findMember(const Frame *frame, const virDocTreeNode *child, const virDocRecord **owner)
{
    const virDocRecord *record = frame->record;

    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (!isChild(member) || !isNamed(member, child->name) || g_strcmp0(member->uri, child->uri))
            continue;
        if (virDocMemberApplies(member, record->selector, frame->data))
            return i;
        *owner = record;
    }
    return SIZE_MAX;
}

/* The frame with a member for a child element, and its index; NULL when there is none. `owner`
 * becomes the record that has a member of that name for another value of its selector. */
static Frame *
findChild(Frames *frames, const virDocTreeNode *child, size_t *index, const virDocRecord **owner)
{
    *owner = NULL;
    for (size_t i = 0; i < frames->count; i++) {
        *index = findMember(&frames->entries[i], child, owner);
        if (*index != SIZE_MAX)
            return &frames->entries[i];
    }
    return NULL;
}

/* Names that could have stood where something unknown was met. */
static size_t
knownNames(const Frames *frames, bool attributes, const char **names)
{
    size_t count = 0;

    for (size_t n = 0; n < frames->count; n++) {
        const virDocRecord *record = frames->entries[n].record;

        for (size_t i = 0; i < record->nmembers && count < NAMES_MAX; i++) {
            const virDocMember *member = &record->members[i];

            if (attributes ? member->place == VIR_DOC_PLACE_ATTRIBUTE : isChild(member)) {
                if (!virDocMemberApplies(member, record->selector, frames->entries[n].data))
                    continue;
                names[count++] = member->name;
                for (const char *const *alias = member->aliases;
                     alias && *alias && count < NAMES_MAX; alias++)
                    names[count++] = *alias;
            }
        }
    }
    return count;
}

/* `owner`: see findChild. */
static void
refuseChild(virDocContext *context, const Frames *frames, const virDocTreeNode *child,
            const virDocRecord *owner)
{
    int closed = frames->entries[0].record->closed;
    virDocIssueKind kind = closed ? VIR_DOC_ISSUE_CONTENT : VIR_DOC_ISSUE_SCHEMA;
    const char *names[NAMES_MAX];
    const char *near;

    if (!strict(context) && !closed)
        return;
    near = virNearest(child->name, names, knownNames(frames, /* attributes= */ false, names));
    if (owner)
        virDocContextIssue(context, kind, child, NULL,
                           "element <%s> does not go with this value of '%s'", child->name,
                           owner->selector->name);
    else if (near)
        virDocContextIssue(context, kind, child, NULL,
                           "element <%s> is not known here, did you mean <%s>?", child->name, near);
    else
        virDocContextIssue(context, kind, child, NULL, "element <%s> is not known here",
                           child->name);
    if (closed && !strict(context))
        virDocIssuesMark(context->issues, VIR_DOC_ORIGIN_CALLER, closed);
}

static void
refuseAttributes(virDocContext *context, const Frames *frames, const virDocTreeNode *node)
{
    const char *names[NAMES_MAX];
    const char *near;

    for (uint32_t i = 0; i < node->nattributes; i++) {
        const virDocAttribute *attribute = &node->attributes[i];

        if (attribute->used || attribute->uri)
            continue;
        near = virNearest(attribute->name, names,
                             knownNames(frames, /* attributes= */ true, names));
        if (near && strcmp(near, attribute->name))
            virDocContextIssue(context, VIR_DOC_ISSUE_SCHEMA, node, attribute,
                               "attribute '%s' is not known here, did you mean '%s'?",
                               attribute->name, near);
        else
            virDocContextIssue(context, VIR_DOC_ISSUE_SCHEMA, node, attribute,
                               "attribute '%s' is not known here", attribute->name);
    }
}

/* An element without any content, for groups whose defaults hold even when they are not given. */
static void
parseGroupAbsence(virDocContext *context, const virDocMember *member, void *data,
                  const virDocTreeNode *node)
{
    virDocTreeNode empty = {
        .name = member->name,
        .prefix = member->prefix,
        .uri = member->uri,
        .parent = node->parent,
        .offset = node->offset,
        .line = node->line,
    };

    if (member->flags & VIR_DOC_REQUIRED)
        missing(context, member, node);
    else if (member->flags & VIR_DOC_ALWAYS)
        parseBody(context, member->record, data, &empty);
}

static bool
seen(const Frame *frame, size_t i)
{
    return frame->seen[i / 64] >> i % 64 & 1;
}

/* What holds for the children that were not given. */
static void
parseAbsences(virDocContext *context, const Frame *frame, const virDocTreeNode *node)
{
    const virDocRecord *record = frame->record;

    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (!isChild(member) || seen(frame, i) ||
            !virDocMemberApplies(member, record->selector, frame->data) ||
            ignored(context, member, /* value= */ NULL))
            continue;
        if (member->place == VIR_DOC_PLACE_GROUP)
            parseGroupAbsence(context, member, frame->data, node);
        else
            parseAbsence(context, member, frame->data, node);
    }
}

static void
parseChildren(virDocContext *context, Frames *frames, const virDocTreeNode *node, bool keptInline)
{
    const virDocRecord *owner;

    for (const virDocTreeNode *child = node->first; child; child = child->next) {
        const virDocMember *member;
        Frame *frame;
        size_t i;

        if (!child->name)
            continue;
        frame = findChild(frames, child, &i, &owner);
        if (!frame) {
            if (!keptInline)
                refuseChild(context, frames, child, owner);
            continue;
        }
        member = &frame->record->members[i];
        if (seen(frame, i) && !(member->flags & VIR_DOC_LIST)) {
            virDocContextIssue(context, VIR_DOC_ISSUE_CONTENT, child, NULL,
                               "element <%s> is given twice", child->name);
            continue;
        }
        frame->seen[i / 64] |= UINT64_C(1) << i % 64;
        if (!ignored(context, member, /* value= */ NULL))
            parseElement(context, member, frame->data, child);
    }
    for (size_t i = 0; i < frames->count; i++)
        parseAbsences(context, &frames->entries[i], node);
}

/* Whether an element describes an object itself, instead of only saying where it is described. */
static bool
standsForItself(const virDocTreeNode *node)
{
    if (virDocTreeNodeHasElements(node))
        return true;
    for (uint32_t i = 0; i < node->nattributes; i++) {
        if (!node->attributes[i].used)
            return true;
    }
    return false;
}

/* What has a name: an attribute, or the tag, whose name brought the parser here. */
static void
parseNamed(virDocContext *context, const virDocMember *member, void *data,
           const virDocTreeNode *node)
{
    if (member->place == VIR_DOC_PLACE_TAG)
        *(uint8_t *)virDocField(member, data) =
            (uint8_t)virDocEnumFromString(member->tokens, node->name);
    else
        parseAttribute(context, member, data, node);
}

/* Attributes, text and what is kept inline, of a record and those inside it. The selector comes
 * first, because the others ask for its value. */
static void
parseOwn(virDocContext *context, const virDocRecord *record, void *data, const virDocTreeNode *node,
         bool *keptInline)
{
    if (record->selector && record->size)
        parseNamed(context, record->selector, data, node);
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member == record->selector || !virDocMemberApplies(member, record->selector, data))
            continue;
        if (member->place == VIR_DOC_PLACE_ATTRIBUTE || member->place == VIR_DOC_PLACE_TAG) {
            parseNamed(context, member, data, node);
        } else if (member->place == VIR_DOC_PLACE_TEXT) {
            parseText(context, member, data, node);
        } else if (member->place == VIR_DOC_PLACE_INSIDE) {
            parseOwn(context, member->record, virDocField(member, data), node, keptInline);
        } else if (member->place == VIR_DOC_PLACE_INLINE && standsForItself(node)) {
            *(char **)virDocField(member, data) = virDocTreeNodeSerialize(node);
            *keptInline = true;
        }
    }
}

/* Whether the text of an element is a value. */
static bool
takesText(const virDocRecord *record, const void *data, const virDocTreeNode *node)
{
    if (virDocTreeNodeHasElements(node))
        return false;
    for (size_t i = 0; i < record->nmembers; i++) {
        if (record->members[i].place == VIR_DOC_PLACE_TEXT &&
            virDocMemberApplies(&record->members[i], record->selector, data))
            return true;
    }
    return false;
}

/* The members of a record or a group from an element. */
static void
parseBody(virDocContext *context, const virDocRecord *record, void *data,
          const virDocTreeNode *node)
{
    bool keptInline = false;
    Frames frames;

    parseOwn(context, record, data, node, &keptInline);
    frames.count = 0;
    addFrames(&frames, record, data);
    if (strict(context) && !keptInline) {
        refuseAttributes(context, &frames, node);
        if (!takesText(record, data, node))
            refuseText(context, node);
    }
    parseChildren(context, &frames, node, keptInline);
}

static void *
parseAt(const virDocRecord *record, const char *element, const virDocTreeNode *node,
        const char *xml, const virDocParseOptions *options, virDocIssues *issues)
{
    virDocContext context = {
        .xml = xml,
        .options = options ? options : &noOptions,
        .issues = issues,
    };
    const char *name = element ? element : record->element;
    size_t before = issues->found;
    void *data;

    if (strcmp(node->name, name)) {
        virDocContextIssue(&context, VIR_DOC_ISSUE_CONTENT, node, NULL,
                           "expected element <%s>, found <%s>", name, node->name);
        virDocIssuesMark(issues, VIR_DOC_ORIGIN_XML, VIR_ERR_XML_ERROR);
        return NULL;
    }
    data = parseRecord(&context, record, node);
    if (issues->found == before)
        return data;
    virDocFree(record, data);
    return NULL;
}

void *
virDocParse(const virDocRecord *record, const char *element, const char *xml,
            const virDocParseOptions *options, virDocIssues *issues)
{
    g_autoptr(virDocTree) tree = virDocTreeRead(xml, /* length= */ -1, issues);

    return tree ? parseAt(record, element, virDocTreeRoot(tree), xml, options, issues) : NULL;
}

void *
virDocContextParse(const virDocContext *context, const virDocRecord *record,
                   const virDocParseOptions *options, virDocIssues *issues)
{
    return parseAt(record, NULL, context->node, context->xml, options, issues);
}

char *
virDocRootName(const char *xml, virDocIssues *issues)
{
    g_autoptr(virDocTree) tree = virDocTreeRead(xml, /* length= */ -1, issues);

    return tree ? g_strdup(virDocTreeRoot(tree)->name) : NULL;
}
