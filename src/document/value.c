/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Structs of described records: make, free, copy, compare. */

#include "document/value.h"

#include <string.h>

#include "document/scalar.h"

void *
virDocNew(const virDocRecord *record)
{
    return g_malloc0(record->size);
}

static void
clearList(const virDocMember *member, void *data)
{
    void **items = virDocArray(member, data);

    for (size_t i = 0; i < virDocArrayLength(member, data); i++) {
        if (member->record)
            virDocFree(member->record, items[i]);
        else
            g_free(items[i]);
    }
    g_free(items);
    *(void ***)virDocField(member, data) = NULL;
    *(size_t *)((char *)data + member->count) = 0;
}

static void
clearMember(const virDocMember *member, void *data)
{
    if (member->flags & VIR_DOC_LIST) {
        clearList(member, data);
        return;
    }
    switch (member->place) {
    case VIR_DOC_PLACE_ATTRIBUTE:
    case VIR_DOC_PLACE_TEXT:
    case VIR_DOC_PLACE_TAG:
    case VIR_DOC_PLACE_SCALAR:
    case VIR_DOC_PLACE_INLINE:
    case VIR_DOC_PLACE_WORD:
    case VIR_DOC_PLACE_LETTERS:
        virDocScalarClear(member, data);
        break;
    case VIR_DOC_PLACE_RECORD:
        virDocFree(member->record, *(void **)virDocField(member, data));
        *(void **)virDocField(member, data) = NULL;
        break;
    case VIR_DOC_PLACE_GROUP:
        virDocClear(member->record, data);
        break;
    case VIR_DOC_PLACE_INSIDE:
        virDocClear(member->record, virDocField(member, data));
        break;
    }
}

void
virDocClear(const virDocRecord *record, void *data)
{
    for (size_t i = 0; i < record->nmembers; i++)
        clearMember(&record->members[i], data);
}

static void
forgetMember(const virDocMember *member, void *data)
{
    if (member->flags & VIR_DOC_LIVE) {
        if (!member->liveUnless || !virDocMemberIsKept(member, data))
            clearMember(member, data);
    } else if (member->flags & VIR_DOC_LIST) {
        for (size_t i = 0; member->record && i < virDocArrayLength(member, data); i++)
            virDocForgetLive(member->record, virDocArray(member, data)[i]);
    } else if (member->place == VIR_DOC_PLACE_RECORD) {
        virDocForgetLive(member->record, *(void **)virDocField(member, data));
    } else if (member->place == VIR_DOC_PLACE_GROUP) {
        virDocForgetLive(member->record, data);
    } else if (member->place == VIR_DOC_PLACE_INSIDE) {
        virDocForgetLive(member->record, virDocField(member, data));
    }
}

void
virDocForgetLive(const virDocRecord *record, void *data)
{
    for (size_t i = 0; data && i < record->nmembers; i++)
        forgetMember(&record->members[i], data);
}

void
virDocFree(const virDocRecord *record, void *data)
{
    if (!data)
        return;
    virDocClear(record, data);
    g_free(data);
}

void
virDocArrayAdd(const virDocMember *member, void *data, void *item)
{
    size_t *count = (size_t *)((char *)data + member->count);

    virDocListInsert(virDocField(member, data), count, *count, item);
}

void
virDocListInsert(void ***items, size_t *count, size_t at, void *item)
{
    /* Room is always the next power of two. */
    if (!(*count & (*count - 1)))
        *items = g_renew(void *, *items, *count ? *count * 2 : 1);
    memmove(*items + at + 1, *items + at, (*count - at) * sizeof(**items));
    (*items)[at] = item;
    ++*count;
}

void *
virDocListTake(void ***items, size_t *count, size_t at)
{
    void *item = (*items)[at];

    --*count;
    memmove(*items + at, *items + at + 1, (*count - at) * sizeof(**items));
    return item;
}

static void copyBody(const virDocRecord *record, void *to, const void *from);

static void
copyMember(const virDocMember *member, void *to, const void *from)
{
    void *const *items;

    if (member->flags & VIR_DOC_LIST) {
        items = virDocArray(member, from);
        for (size_t i = 0; i < virDocArrayLength(member, from); i++)
            virDocArrayAdd(member, to,
                           member->record ? virDocCopy(member->record, items[i])
                                          : g_strdup(items[i]));
        return;
    }
    switch (member->place) {
    case VIR_DOC_PLACE_ATTRIBUTE:
    case VIR_DOC_PLACE_TEXT:
    case VIR_DOC_PLACE_TAG:
    case VIR_DOC_PLACE_SCALAR:
    case VIR_DOC_PLACE_INLINE:
    case VIR_DOC_PLACE_WORD:
    case VIR_DOC_PLACE_LETTERS:
        virDocScalarCopy(member, to, from);
        break;
    case VIR_DOC_PLACE_RECORD:
        *(void **)virDocField(member, to) =
            virDocCopy(member->record, *(void *const *)virDocField(member, from));
        break;
    case VIR_DOC_PLACE_GROUP:
        if (member->has != VIR_DOC_NO_OFFSET)
            *(bool *)((char *)to + member->has) = *(const bool *)((const char *)from + member->has);
        copyBody(member->record, to, from);
        break;
    case VIR_DOC_PLACE_INSIDE:
        copyBody(member->record, virDocField(member, to), virDocField(member, from));
        break;
    }
}

static void
copyBody(const virDocRecord *record, void *to, const void *from)
{
    for (size_t i = 0; i < record->nmembers; i++)
        copyMember(&record->members[i], to, from);
}

void *
virDocCopy(const virDocRecord *record, const void *data)
{
    void *copy;

    if (!data)
        return NULL;
    copy = virDocNew(record);
    copyBody(record, copy, data);
    return copy;
}

/* State of one comparison; `found` NULL when only whether there is a difference matters. */
typedef struct {
    GPtrArray *found;
    guint max;
    bool differs;
    GString *path;
} Comparison;

void
virDocDifferenceFree(virDocDifference *difference)
{
    g_free(difference->path);
    g_free(difference->one);
    g_free(difference->other);
    g_free(difference);
}

static bool
enough(const Comparison *state)
{
    return state->differs && (!state->found || state->found->len >= state->max);
}

/* Takes the two spellings. */
static void
note(Comparison *state, char *one, char *other)
{
    virDocDifference *difference;

    state->differs = true;
    if (!state->found || state->found->len >= state->max) {
        g_free(one);
        g_free(other);
        return;
    }
    difference = g_new(virDocDifference, 1);
    difference->path = g_strdup(state->path->str);
    difference->one = one;
    difference->other = other;
    g_ptr_array_add(state->found, difference);
}

static char *
spelling(const virDocMember *member, const void *data)
{
    GString *text;

    if (!virDocScalarIsSet(member, data))
        return NULL;
    if (member->flags & VIR_DOC_SECRET)
        return g_strdup("(secret)");
    text = g_string_new(NULL);
    virDocScalarFormat(member, data, text);
    if (member->unit)
        g_string_append_printf(text, " %s", member->unit);
    return g_string_free(text, /* free_segment= */ FALSE);
}

static void compareBody(Comparison *state, const virDocRecord *record, const void *one,
                        const void *other);

static void
compareRecords(Comparison *state, const virDocMember *member, const void *one, const void *other)
{
    if (one && other)
        compareBody(state, member->record, one, other);
    else if (one || other)
        note(state, one ? g_strdup("present") : NULL, other ? g_strdup("present") : NULL);
}

static void
compareList(Comparison *state, const virDocMember *member, const void *one, const void *other)
{
    size_t none = virDocArrayLength(member, one), nother = virDocArrayLength(member, other);
    gsize mark = state->path->len;

    for (size_t i = 0; i < MAX(none, nother) && !enough(state); i++) {
        void *a = i < none ? virDocArray(member, one)[i] : NULL;
        void *b = i < nother ? virDocArray(member, other)[i] : NULL;

        g_string_append_printf(state->path, "[%zu]", i + 1);
        if (member->record)
            compareRecords(state, member, a, b);
        else if (g_strcmp0(a, b))
            note(state, g_strdup(a), g_strdup(b));
        g_string_truncate(state->path, mark);
    }
}

/* Adds the step to a member to a path; the caller cuts it off again. */
static void
enter(GString *path, const virDocMember *member)
{
    if (member->place == VIR_DOC_PLACE_TEXT || member->place == VIR_DOC_PLACE_INLINE ||
        member->place == VIR_DOC_PLACE_INSIDE || member->place == VIR_DOC_PLACE_TAG)
        return;
    g_string_append(path, member->place == VIR_DOC_PLACE_ATTRIBUTE ? "/@" : "/");
    if (member->prefix)
        g_string_append_printf(path, "%s:", member->prefix);
    g_string_append(path, member->name);
}

static bool
isAbsent(const virDocMember *member, const void *data)
{
    if (member->flags & VIR_DOC_LIST)
        return virDocArrayLength(member, data) == 0;
    if (member->place == VIR_DOC_PLACE_RECORD)
        return !*(void *const *)virDocField(member, data);
    return !virDocScalarIsSet(member, data);
}

static bool
isEmpty(const virDocRecord *record, const void *data)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (!virDocMemberApplies(member, record->selector, data))
            continue;
        if (member->place == VIR_DOC_PLACE_GROUP ? !isEmpty(member->record, data)
            : member->place == VIR_DOC_PLACE_INSIDE
                ? !isEmpty(member->record, virDocField(member, data))
                : !isAbsent(member, data))
            return false;
    }
    return true;
}

/* Whether the element of a group is there: it was written, or something is in it. */
static bool
isPresent(const virDocMember *member, const void *data)
{
    return *(const bool *)((const char *)data + member->has) || !isEmpty(member->record, data);
}

static void
compareMember(Comparison *state, const virDocMember *member, const void *one, const void *other)
{
    if (member->flags & VIR_DOC_LIST) {
        compareList(state, member, one, other);
        return;
    }
    switch (member->place) {
    case VIR_DOC_PLACE_ATTRIBUTE:
    case VIR_DOC_PLACE_TEXT:
    case VIR_DOC_PLACE_TAG:
    case VIR_DOC_PLACE_SCALAR:
    case VIR_DOC_PLACE_INLINE:
    case VIR_DOC_PLACE_WORD:
    case VIR_DOC_PLACE_LETTERS:
        if (!virDocScalarEqual(member, one, other))
            note(state, spelling(member, one), spelling(member, other));
        break;
    case VIR_DOC_PLACE_RECORD:
        compareRecords(state, member, *(void *const *)virDocField(member, one),
                       *(void *const *)virDocField(member, other));
        break;
    case VIR_DOC_PLACE_GROUP:
        if (member->has != VIR_DOC_NO_OFFSET) {
            bool a = isPresent(member, one), b = isPresent(member, other);

            if (a != b)
                note(state, a ? g_strdup("present") : NULL, b ? g_strdup("present") : NULL);
        }
        compareBody(state, member->record, one, other);
        break;
    case VIR_DOC_PLACE_INSIDE:
        compareBody(state, member->record, virDocField(member, one), virDocField(member, other));
        break;
    }
}

static void
compareBody(Comparison *state, const virDocRecord *record, const void *one, const void *other)
{
    gsize mark = state->path->len;

    for (size_t i = 0; i < record->nmembers && !enough(state); i++) {
        const virDocMember *member = &record->members[i];

        if (!virDocMemberApplies(member, record->selector, one) &&
            !virDocMemberApplies(member, record->selector, other))
            continue;
        enter(state->path, member);
        compareMember(state, member, one, other);
        g_string_truncate(state->path, mark);
    }
}

bool
virDocEqual(const virDocRecord *record, const void *one, const void *other)
{
    g_autoptr(GString) path = g_string_new(NULL);
    Comparison state = {.path = path};

    compareBody(&state, record, one, other);
    return !state.differs;
}

GPtrArray *
virDocDiff(const virDocRecord *record, const void *one, const void *other, guint max)
{
    g_autoptr(GString) path = g_string_new("/");
    Comparison state = {
        .found = g_ptr_array_new_with_free_func((GDestroyNotify)virDocDifferenceFree),
        .max = max,
        .path = path,
    };

    g_string_append(path, record->element ? record->element : record->name);
    compareBody(&state, record, one, other);
    return state.found;
}

/* State of one filling. */
typedef struct {
    virDocPlaceFilter wanted;
    void *opaque;
    GString *path;
} Filling;

static void fillBody(const Filling *state, const virDocRecord *record, void *to, const void *from);

static void
fillMember(const Filling *state, const virDocMember *member, void *to, const void *from)
{
    if (member->place == VIR_DOC_PLACE_GROUP) {
        if (member->has != VIR_DOC_NO_OFFSET &&
            *(const bool *)((const char *)from + member->has) &&
            state->wanted(state->path->str, state->opaque))
            *(bool *)((char *)to + member->has) = true;
        fillBody(state, member->record, to, from);
    } else if (member->place == VIR_DOC_PLACE_INSIDE) {
        fillBody(state, member->record, virDocField(member, to), virDocField(member, from));
    } else if (isAbsent(member, to)) {
        if (state->wanted(state->path->str, state->opaque))
            copyMember(member, to, from);
    } else if (member->place == VIR_DOC_PLACE_RECORD && !(member->flags & VIR_DOC_LIST) &&
               !isAbsent(member, from)) {
        fillBody(state, member->record, *(void **)virDocField(member, to),
                 *(void *const *)virDocField(member, from));
    }
}

static void
fillBody(const Filling *state, const virDocRecord *record, void *to, const void *from)
{
    gsize mark = state->path->len;

    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (!virDocMemberApplies(member, record->selector, to) ||
            !virDocMemberApplies(member, record->selector, from))
            continue;
        enter(state->path, member);
        fillMember(state, member, to, from);
        g_string_truncate(state->path, mark);
    }
}

void
virDocFill(const virDocRecord *record, void *to, const void *from, virDocPlaceFilter wanted,
           void *opaque)
{
    g_autoptr(GString) path = g_string_new("/");
    const Filling state = {.wanted = wanted, .opaque = opaque, .path = path};

    g_string_append(path, record->element ? record->element : record->name);
    fillBody(&state, record, to, from);
}
