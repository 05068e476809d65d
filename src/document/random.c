/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents made up from a seed, for tests and fuzzing. */

#include "document/random.h"

#include <string.h>

#include "document/scalar.h"
#include "document/value.h"

/* Records deeper than this get only what they must have: backing chains end. */
#define DEPTH_MAX 8

typedef struct {
    guint64 state;
    unsigned int depth;
} Dice;

/* xorshift64*: good enough to vary documents, and the same everywhere. */
static guint64
roll(Dice *dice)
{
    dice->state ^= dice->state >> 12;
    dice->state ^= dice->state << 25;
    dice->state ^= dice->state >> 27;
    return dice->state * G_GUINT64_CONSTANT(2685821657736338717);
}

static guint64
below(Dice *dice, guint64 limit)
{
    return limit ? (roll(dice) >> 16) % limit : 0;
}

/* Words that try the printer's escapes and the parser's handling of blanks. */
static void
randomWords(Dice *dice, GString *out)
{
    static const char *const words[] = {
        "guest", "a b", "<&>\"'", "\xc3\xbc", " lead", "trail ", "x\ty",         "line\nline",
        "0",     "]]>", "&amp;",  "-1",       "vda",   "/",      "\xe2\x82\xac", "\r",
    };

    for (guint64 left = 1 + below(dice, 3); left; left--)
        g_string_append(out, words[below(dice, G_N_ELEMENTS(words))]);
}

static void
randomIp(Dice *dice, virDocKind kind, GString *out)
{
    bool v6 = kind == VIR_DOC_KIND_IPV6 || (kind == VIR_DOC_KIND_IP && below(dice, 2));

    if (v6)
        g_string_printf(out, "fd00::%x:%x", 1 + (unsigned int)below(dice, 65000),
                        1 + (unsigned int)below(dice, 65000));
    else
        g_string_printf(out, "10.%u.%u.%u", (unsigned int)below(dice, 256),
                        (unsigned int)below(dice, 256), (unsigned int)below(dice, 256));
}

static void
randomNumber(Dice *dice, const virDocMember *member, GString *out)
{
    bool negative = member->kind == VIR_DOC_KIND_INT || member->kind == VIR_DOC_KIND_INT64;
    guint64 span = member->high - (guint64)member->low;
    guint64 offset = below(dice, 3) ? below(dice, MIN(span, 1000) + 1)
                                    : below(dice, span == G_MAXUINT64 ? span : span + 1);
    guint64 value = (guint64)member->low + offset;

    if (negative)
        g_string_printf(out, "%" G_GINT64_FORMAT, (gint64)value);
    else
        g_string_printf(out, "%" G_GUINT64_FORMAT, value);
}

static void
randomBytes(Dice *dice, size_t count, const char *separator, GString *out)
{
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(out, "%s%02x", i ? separator : "", (unsigned int)below(dice, 256));
}

static void
randomKept(Dice *dice, const char *name, GString *out)
{
    g_string_printf(
        out,
        "<%s><app:note xmlns:app=\"urn:x-test\" n=\"%u\">text <b>bold</b> tail</app:note>"
        "<plain><inner/></plain></%s>",
        name, (unsigned int)below(dice, 100), name);
}

static void randomText(Dice *dice, const virDocMember *member, GString *out);

static void
randomVariable(Dice *dice, const virDocMember *member, GString *out)
{
    static const char *const names[] = {"$MAC", "$IP[@1]", "$A_1[3]"};
    virDocMember plain = *member;

    if (member->tokens && !below(dice, 3)) {
        g_string_append(out, member->tokens->tokens[1 + below(dice, member->tokens->ntokens - 1)]);
    } else if (!below(dice, 3)) {
        g_string_append(out, names[below(dice, G_N_ELEMENTS(names))]);
    } else {
        plain.kind = member->base;
        randomText(dice, &plain, out);
    }
}

/* A spelling that the kind accepts. */
static void
randomText(Dice *dice, const virDocMember *member, GString *out)
{
    g_string_truncate(out, 0);
    switch (member->kind) {
    case VIR_DOC_KIND_STRING:
    case VIR_DOC_KIND_TOKEN:
        randomWords(dice, out);
        break;
    case VIR_DOC_KIND_PATH:
    case VIR_DOC_KIND_ABSPATH:
        g_string_append_c(out, '/');
        randomWords(dice, out);
        break;
    case VIR_DOC_KIND_VARIABLE:
        randomVariable(dice, member, out);
        break;
    case VIR_DOC_KIND_IPV4MASK:
        g_string_printf(out, "%u", (unsigned int)below(dice, 33));
        break;
    case VIR_DOC_KIND_IPV6MASK:
        g_string_printf(out, "%u", (unsigned int)below(dice, 129));
        break;
    case VIR_DOC_KIND_IP:
    case VIR_DOC_KIND_IPV4:
    case VIR_DOC_KIND_IPV6:
        randomIp(dice, member->kind, out);
        break;
    case VIR_DOC_KIND_INT:
    case VIR_DOC_KIND_UINT:
    case VIR_DOC_KIND_INT64:
    case VIR_DOC_KIND_UINT64:
    case VIR_DOC_KIND_HEX:
        randomNumber(dice, member, out);
        break;
    case VIR_DOC_KIND_OCTAL:
        g_string_printf(out, "%o", (unsigned int)below(dice, MIN(member->high, 07777) + 1));
        break;
    case VIR_DOC_KIND_SIZE:
        g_string_printf(
            out, "%u",
            (unsigned int)MIN(below(dice, 1 << 30) + (guint64)member->low, member->high));
        break;
    case VIR_DOC_KIND_BOOL:
        g_string_append(out, below(dice, 2) ? "yes" : "no");
        break;
    case VIR_DOC_KIND_SWITCH:
        g_string_append(out, below(dice, 2) ? "on" : "off");
        break;
    case VIR_DOC_KIND_UUID:
        randomBytes(dice, 16, "", out);
        break;
    case VIR_DOC_KIND_MAC:
        randomBytes(dice, 6, ":", out);
        break;
    case VIR_DOC_KIND_BITMAP:
        g_string_printf(out, "%u-%u,200", (unsigned int)below(dice, 50),
                        60 + (unsigned int)below(dice, 50));
        break;
    case VIR_DOC_KIND_ENUM:
        g_string_append(out, member->tokens->tokens[1 + below(dice, member->tokens->ntokens - 1)]);
        break;
    case VIR_DOC_KIND_OPAQUE:
        randomKept(dice, member->name, out);
        break;
    case VIR_DOC_KIND_NONE:
    case VIR_DOC_KIND_FLAG:
        break;
    }
}

static void randomBody(Dice *dice, const virDocRecord *record, void *data);

static void *
randomRecord(Dice *dice, const virDocRecord *record)
{
    void *data = virDocNew(record);

    dice->depth++;
    randomBody(dice, record, data);
    dice->depth--;
    return data;
}

static void
randomScalar(Dice *dice, const virDocMember *member, void *data)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *problem = NULL;

    if (member->kind == VIR_DOC_KIND_FLAG) {
        *(bool *)virDocField(member, data) = true;
        return;
    }
    randomText(dice, member, text);
    problem = virDocScalarParse(member, data, text->str, member->unit);
    if (problem)
        g_error("random value of '%s': %s", member->name, problem);
}

static void
randomList(Dice *dice, const virDocMember *member, void *data)
{
    guint64 count = below(dice, 4);
    g_autoptr(GString) text = g_string_new(NULL);

    if (member->maxItems)
        count = MIN(count, member->maxItems);
    if (member->flags & VIR_DOC_REQUIRED)
        count = MAX(count, 1);
    while (count--) {
        if (member->record) {
            virDocArrayAdd(member, data, randomRecord(dice, member->record));
        } else {
            char *item, *problem;

            randomText(dice, member, text);
            problem = virDocStringParse(member, text->str, &item);
            g_assert(!problem);
            virDocArrayAdd(member, data, item);
        }
    }
}

static bool
wanted(Dice *dice, const virDocMember *member)
{
    if (member->flags & VIR_DOC_REQUIRED || member->fallback || member->place == VIR_DOC_PLACE_TAG)
        return true;
    return dice->depth < DEPTH_MAX && below(dice, dice->depth > 3 ? 4 : 2);
}

static void
randomMember(Dice *dice, const virDocMember *member, void *data)
{
    if (member->flags & VIR_DOC_LIST) {
        randomList(dice, member, data);
        return;
    }
    switch (member->place) {
    case VIR_DOC_PLACE_ATTRIBUTE:
    case VIR_DOC_PLACE_TEXT:
    case VIR_DOC_PLACE_TAG:
    case VIR_DOC_PLACE_SCALAR:
    case VIR_DOC_PLACE_WORD:
    case VIR_DOC_PLACE_LETTERS:
        randomScalar(dice, member, data);
        break;
    case VIR_DOC_PLACE_RECORD:
        *(void **)virDocField(member, data) = randomRecord(dice, member->record);
        break;
    case VIR_DOC_PLACE_GROUP:
        if (member->has != VIR_DOC_NO_OFFSET)
            *(bool *)((char *)data + member->has) = true;
        dice->depth++;
        randomBody(dice, member->record, data);
        dice->depth--;
        break;
    case VIR_DOC_PLACE_INSIDE:
        randomBody(dice, member->record, virDocField(member, data));
        break;
    case VIR_DOC_PLACE_INLINE:
        /* Documents inside documents are random documents of their own format. */
        break;
    }
}

/* Text stands for child elements, so there is one or the other. */
static bool
madeText(const virDocRecord *record, const void *data)
{
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member->place == VIR_DOC_PLACE_TEXT && virDocScalarIsSet(member, data) &&
            virDocMemberApplies(member, record->selector, data))
            return true;
    }
    return false;
}

static void
randomBody(Dice *dice, const virDocRecord *record, void *data)
{
    if (record->selector && record->size)
        randomMember(dice, record->selector, data);
    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member->place != VIR_DOC_PLACE_ATTRIBUTE && member->place != VIR_DOC_PLACE_TAG &&
            madeText(record, data))
            continue;
        if (member != record->selector && virDocMemberApplies(member, record->selector, data) &&
            (member->flags & VIR_DOC_ALWAYS || member->place == VIR_DOC_PLACE_INSIDE ||
             wanted(dice, member)))
            randomMember(dice, member, data);
    }
}

void *
virDocRandom(const virDocRecord *record, guint64 seed)
{
    Dice dice = {.state = seed * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) | 1};

    for (int i = 0; i < 8; i++)
        roll(&dice);
    return randomRecord(&dice, record);
}
