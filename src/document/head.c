/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Heads of files: the first bytes as a described struct, and back. */

#include "document/head.h"

#include <string.h>

#include "document/scalar.h"
#include "document/value.h"

/* Stores a word; what was expected instead, to be freed, or NULL. */
static char *
readWord(const virDocMember *member, void *data, const guint8 *at, bool swapped)
{
    g_autofree char *text = NULL;
    const char *token = NULL;
    guint32 number;

    memcpy(&number, at, sizeof(number));
    if (swapped)
        number = GUINT32_SWAP_LE_BE(number);
    if (member->kind == VIR_DOC_KIND_FLAG) {
        *(bool *)virDocField(member, data) = number != 0;
        return NULL;
    }
    /* The tokens of an enum are counted from 0 here; 0 of its C values means absence. */
    if (member->kind == VIR_DOC_KIND_ENUM && number < G_MAXUINT32)
        token = virDocEnumToString(member->tokens, number + 1);
    text = token ? g_strdup(token) : g_strdup_printf("%" G_GUINT32_FORMAT, number);
    return virDocScalarParse(member, data, text, /* unit= */ NULL);
}

static char *
readLetters(const virDocMember *member, void *data, const guint8 *at)
{
    g_autofree char *raw = g_strndup((const char *)at, member->bytes);
    g_autofree char *text = g_strescape(raw, NULL);

    return virDocScalarParse(member, data, text, /* unit= */ NULL);
}

/* `issues` may be NULL. Whether every member was right. */
static bool
readMembers(const virDocRecord *record, void *data, const guint8 *at, bool swapped,
            virDocIssues *issues)
{
    bool right = true;

    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];
        g_autofree char *problem = member->place == VIR_DOC_PLACE_WORD
                                       ? readWord(member, data, at, swapped)
                                       : readLetters(member, data, at);

        if (problem && issues)
            virDocIssuesAdd(issues, VIR_DOC_ISSUE_CONTENT, 0, 0, g_strdup(member->name), "%s",
                            problem);
        right = right && !problem;
        at += member->bytes;
    }
    return right;
}

void *
virDocHeadRead(const virDocRecord *record, const void *bytes, size_t length, virDocIssues *issues)
{
    void *data;

    if (length < record->bytes) {
        virDocIssuesAdd(issues, VIR_DOC_ISSUE_CONTENT, 0, 0, NULL,
                        "expected a head of %zu bytes, found %zu", record->bytes, length);
        return NULL;
    }
    data = virDocNew(record);
    /* Nothing in a head says its byte order, but only one of them makes sense. */
    if (readMembers(record, data, bytes, /* swapped= */ false, NULL) ||
        readMembers(record, data, bytes, /* swapped= */ true, NULL))
        return data;
    readMembers(record, data, bytes, /* swapped= */ false, issues);
    virDocFree(record, data);
    return NULL;
}

static guint32
wordOf(const virDocMember *member, const void *data)
{
    const void *field = virDocField(member, data);

    switch (member->kind) {
    case VIR_DOC_KIND_FLAG:
        return *(const bool *)field;
    case VIR_DOC_KIND_ENUM:
        return *(const uint8_t *)field ? *(const uint8_t *)field - 1 : 0;
    default:
        return *(const unsigned int *)field;
    }
}

void
virDocHeadWrite(const virDocRecord *record, const void *data, void *bytes)
{
    guint8 *at = memset(bytes, 0, record->bytes);

    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];

        if (member->place == VIR_DOC_PLACE_WORD) {
            guint32 number = wordOf(member, data);

            memcpy(at, &number, sizeof(number));
        } else {
            g_autoptr(GString) token = g_string_new(NULL);

            virDocScalarFormat(member, data, token);
            memcpy(at, token->str, MIN(token->len, member->bytes));
        }
        at += member->bytes;
    }
}
