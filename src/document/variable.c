/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Masks of addresses, and variables that stand for values. */

#include "document/variable.h"

#include <arpa/inet.h>
#include <string.h>

#include "document/scalar.h"

/* The number of leading ones; -1 when ones follow a zero. */
static int
leadingOnes(const unsigned char *bytes, size_t count)
{
    int ones = 0;
    bool ended = false;

    for (size_t bit = 0; bit < count * 8; bit++) {
        bool one = bytes[bit / 8] >> (7 - bit % 8) & 1;

        if (one && ended)
            return -1;
        ended = !one;
        ones += one;
    }
    return ones;
}

char *
virDocMaskParse(virDocKind kind, const char *text)
{
    size_t size = kind == VIR_DOC_KIND_IPV4MASK ? 4 : 16;
    unsigned char address[16];
    guint64 length = 0;
    int ones;

    if (!strchr(text, '.') && !strchr(text, ':')) {
        if (!g_ascii_string_to_unsigned(text, 10, 0, size * 8, &length, NULL))
            return NULL;
        return g_strdup_printf("%" G_GUINT64_FORMAT, length);
    }
    if (inet_pton(size == 4 ? AF_INET : AF_INET6, text, address) != 1)
        return NULL;
    ones = leadingOnes(address, size);
    return ones < 0 ? NULL : g_strdup_printf("%d", ones);
}

static const char *
skipDigits(const char *at)
{
    while (g_ascii_isdigit(*at))
        at++;
    return at;
}

bool
virDocVariableIsValid(const char *text)
{
    const char *at = text + 1;
    const char *end;

    if (*text != '$')
        return false;
    while (g_ascii_isalnum(*at) || *at == '_')
        at++;
    if (at == text + 1 || *at != '[')
        return at > text + 1 && !*at;
    at += at[1] == '@' ? 2 : 1;
    end = skipDigits(at);
    return end > at && end[0] == ']' && !end[1];
}

/* The token that a name stands for, in either case; NULL when there is no such name. */
static const char *
findName(const virDocEnum *tokens, const char *text)
{
    for (unsigned int i = 1; i < tokens->ntokens; i++) {
        if (!g_ascii_strcasecmp(tokens->tokens[i], text))
            return tokens->tokens[i];
    }
    return NULL;
}

/* The token whose alias is a number; NULL when it has no name. */
static const char *
findNumber(const virDocEnum *tokens, unsigned long long number)
{
    for (size_t i = 0; i < tokens->naliases; i++) {
        if (g_ascii_strtoull(tokens->aliases[i].token, NULL, 0) == number)
            return tokens->tokens[tokens->aliases[i].value];
    }
    return NULL;
}

/* Numbers are kept in the base in which they were given, unless they have a name. */
static char *
spellNumber(const virDocMember *member, const char *text, unsigned long long number)
{
    const char *token = member->tokens ? findNumber(member->tokens, number) : NULL;
    bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');

    if (token)
        return g_strdup(token);
    return g_strdup_printf(hex ? "%#llx" : "%llu", number);
}

char *
virDocVariableParse(const virDocMember *member, const char *text, char **value)
{
    union {
        char *string;
        unsigned int number;
        unsigned long long large;
        unsigned char bytes[16];
    } held = {0};
    virDocMember plain = *member;
    const char *name = member->tokens ? findName(member->tokens, text) : NULL;
    GString *out;
    char *problem;

    if (name || virDocVariableIsValid(text)) {
        *value = g_strdup(name ? name : text);
        return NULL;
    }
    plain.kind = member->base;
    plain.offset = 0;
    plain.has = VIR_DOC_NO_OFFSET;
    if ((problem = virDocScalarParse(&plain, &held, text, /* unit= */ NULL)))
        return problem;
    if (virDocKindIsString(plain.kind)) {
        *value = held.string;
    } else if (plain.kind == VIR_DOC_KIND_HEX) {
        *value = spellNumber(member, text, held.large);
    } else {
        out = g_string_new(NULL);
        virDocScalarFormat(&plain, &held, out);
        *value = g_string_free(out, /* free_segment= */ FALSE);
    }
    return NULL;
}
