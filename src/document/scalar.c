/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Single values: from text to field and back, for every kind. */

#include "document/scalar.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "base/nearest.h"
#include "document/bitmap.h"
#include "document/issues.h"
#include "document/value.h"
#include "document/variable.h"

/* More of a wrong value does not help whoever reads the message. */
#define QUOTE_MAX 60

const char *
virDocEnumToString(const virDocEnum *tokens, unsigned int value)
{
    return value < tokens->ntokens ? tokens->tokens[value] : NULL;
}

unsigned int
virDocEnumFromString(const virDocEnum *tokens, const char *token)
{
    for (unsigned int i = 1; i < tokens->ntokens; i++) {
        if (*tokens->tokens[i] == *token && !strcmp(tokens->tokens[i], token))
            return i;
    }
    for (size_t i = 0; i < tokens->naliases; i++) {
        if (!strcmp(tokens->aliases[i].token, token))
            return tokens->aliases[i].value;
    }
    return 0;
}

bool
virDocMemberIsKept(const virDocMember *member, const void *data)
{
    const char *value = *(char *const *)virDocField(member, data);

    return value && g_str_has_prefix(value, member->liveUnless);
}

bool
virDocKindIsString(virDocKind kind)
{
    return (kind >= VIR_DOC_KIND_STRING && kind <= VIR_DOC_KIND_IPV6) ||
           kind == VIR_DOC_KIND_OPAQUE;
}

static void
setHas(const virDocMember *member, void *data, bool value)
{
    if (member->has != VIR_DOC_NO_OFFSET)
        *(bool *)((char *)data + member->has) = value;
}

/* Words of heads are always there. */
static bool
getHas(const virDocMember *member, const void *data)
{
    return member->has == VIR_DOC_NO_OFFSET || *(const bool *)((const char *)data + member->has);
}

/* "expected <what>, found '<text>'", the value shortened; secrets are never quoted. */
static char *
expected(const virDocMember *member, const char *what, const char *text)
{
    size_t length = strlen(text);
    const char *more = "";

    if (member->flags & VIR_DOC_SECRET)
        return g_strdup_printf("expected %s", what);
    if (!length)
        return g_strdup_printf("expected %s, found nothing", what);
    if (length > QUOTE_MAX) {
        length = QUOTE_MAX;
        while (length && ((unsigned char)text[length] & 0xc0) == 0x80)
            length--;
        more = "...";
    }
    return g_strdup_printf("expected %s, found '%.*s%s'", what, (int)length, text, more);
}

static char *
parseEnum(const virDocMember *member, const char *text, uint8_t *value)
{
    const virDocEnum *tokens = member->tokens;
    unsigned int found = virDocEnumFromString(tokens, text);
    g_autoptr(GString) what = NULL;
    g_autofree char *message = NULL;
    const char *near;

    if (found) {
        *value = (uint8_t)found;
        return NULL;
    }
    what = g_string_new("one of ");
    for (unsigned int i = 1; i < tokens->ntokens; i++) {
        if (i > 12) {
            g_string_append(what, ", ...");
            break;
        }
        g_string_append_printf(what, "%s%s", i > 1 ? ", " : "", tokens->tokens[i]);
    }
    message = expected(member, what->str, text);
    near = virNearest(text, tokens->tokens, tokens->ntokens);
    if (!near)
        return g_steal_pointer(&message);
    return g_strdup_printf("%s, did you mean '%s'?", message, near);
}

static char *
parseSigned(const virDocMember *member, const char *text, long long *value)
{
    g_autofree char *what = NULL;
    char *end;
    long long number;

    errno = 0;
    number = strtoll(text, &end, 10);
    if (*text && !*end && !errno && number >= member->low && number <= (long long)member->high) {
        *value = number;
        return NULL;
    }
    if (member->low == G_MININT64)
        what = g_strdup("an integer");
    else
        what = g_strdup_printf("an integer from %lld to %llu", member->low, member->high);
    return expected(member, what, text);
}

/* Digits only: strtoull would take "-1" for a huge number. */
static bool
readUnsigned(const char *text, int base, const char **end, unsigned long long *value)
{
    if (base == 16 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        text += 2;
    else if (base == 16)
        base = 10;
    if (!(base == 16 ? g_ascii_isxdigit(*text) : g_ascii_isdigit(*text)))
        return false;
    errno = 0;
    *value = strtoull(text, (char **)end, base);
    return !errno;
}

static char *
parseUnsigned(const virDocMember *member, const char *text, unsigned long long *value)
{
    bool hex = member->kind == VIR_DOC_KIND_HEX, octal = member->kind == VIR_DOC_KIND_OCTAL;
    unsigned long long number;
    g_autofree char *what = NULL;
    const char *end;

    if (readUnsigned(text, hex ? 16 : octal ? 8 : 10, &end, &number) && !*end &&
        number >= (unsigned long long)member->low && number <= member->high) {
        *value = number;
        return NULL;
    }
    if (hex)
        what = g_strdup_printf("a number up to %#llx", member->high);
    else if (octal)
        what = g_strdup_printf("an octal number up to %#llo", member->high);
    else if (member->high == G_MAXUINT64)
        what = g_strdup("a number that is not negative");
    else
        what = g_strdup_printf("an integer from %lld to %llu", member->low, member->high);
    return expected(member, what, text);
}

/* Bytes in a unit; 0 when there is no such unit. */
static unsigned long long
unitBytes(const char *unit)
{
    static const char letters[] = "kmgtpe";
    const char *letter;
    unsigned int power;
    unsigned long long bytes = 1;

    if (!*unit || !g_ascii_strcasecmp(unit, "b") || !g_ascii_strcasecmp(unit, "byte") ||
        !g_ascii_strcasecmp(unit, "bytes"))
        return 1;
    if (!(letter = strchr(letters, g_ascii_tolower(*unit))))
        return 0;
    power = (unsigned int)(letter - letters) + 1;
    if (unit[1] && g_ascii_strcasecmp(unit + 1, "b") && g_ascii_strcasecmp(unit + 1, "ib"))
        return 0;
    while (power--)
        bytes *= g_ascii_tolower(unit[1]) == 'b' ? 1000 : 1024;
    return bytes;
}

static char *
parseSize(const virDocMember *member, const char *text, const char *unit, unsigned long long *value)
{
    unsigned long long number, scale, canonical = unitBytes(member->unit);
    g_autofree char *suffix = NULL;
    const char *end;

    if (!readUnsigned(text, 10, &end, &number))
        return expected(member, "a size", text);
    suffix = g_strstrip(g_strdup(end));
    if (!*suffix && unit)
        suffix = (g_free(suffix), g_strdup(unit));
    else if (!*suffix)
        suffix = (g_free(suffix), g_strdup(member->inputUnit));
    if (!(scale = unitBytes(suffix)))
        return expected(member, "a unit such as bytes, KiB, MiB or GB", suffix);
    if (number && scale > G_MAXUINT64 / number)
        return expected(member, "a size below 16 EiB", text);
    number *= scale;
    number = number / canonical + (number % canonical != 0);
    if (number > member->high || number < (unsigned long long)member->low) {
        g_autofree char *what =
            g_strdup_printf("a size from %lld to %llu %s", member->low, member->high, member->unit);

        return expected(member, what, text);
    }
    *value = number;
    return NULL;
}

static char *
parseUuid(const virDocMember *member, const char *text, unsigned char *uuid)
{
    unsigned char bytes[16];
    const char *at = text;

    for (size_t i = 0; i < sizeof(bytes); i++) {
        while (*at == '-')
            at++;
        if (!g_ascii_isxdigit(at[0]) || !g_ascii_isxdigit(at[1]))
            return expected(member, "a UUID", text);
        bytes[i] = (unsigned char)(g_ascii_xdigit_value(at[0]) << 4 | g_ascii_xdigit_value(at[1]));
        at += 2;
    }
    if (*at)
        return expected(member, "a UUID", text);
    memcpy(uuid, bytes, sizeof(bytes));
    return NULL;
}

static char *
parseMac(const virDocMember *member, const char *text, unsigned char *mac)
{
    unsigned char bytes[6];
    const char *at = text;

    for (size_t i = 0; i < sizeof(bytes); i++) {
        if ((i && *at++ != ':') || !g_ascii_isxdigit(*at))
            return expected(member, "a MAC address", text);
        bytes[i] = (unsigned char)g_ascii_xdigit_value(*at++);
        if (g_ascii_isxdigit(*at))
            bytes[i] = (unsigned char)(bytes[i] << 4 | g_ascii_xdigit_value(*at++));
    }
    if (*at)
        return expected(member, "a MAC address", text);
    memcpy(mac, bytes, sizeof(bytes));
    return NULL;
}

static char *
parseIp(const virDocMember *member, const char *text, char **value)
{
    unsigned char address[16];
    char canonical[INET6_ADDRSTRLEN];
    int family = strchr(text, ':') ? AF_INET6 : AF_INET;
    const char *what = member->kind == VIR_DOC_KIND_IPV4   ? "an IPv4 address"
                       : member->kind == VIR_DOC_KIND_IPV6 ? "an IPv6 address"
                                                           : "an IP address";

    if ((member->kind == VIR_DOC_KIND_IPV4 && family != AF_INET) ||
        (member->kind == VIR_DOC_KIND_IPV6 && family != AF_INET6) ||
        inet_pton(family, text, address) != 1 ||
        !inet_ntop(family, address, canonical, sizeof(canonical)))
        return expected(member, what, text);
    *value = g_strdup(canonical);
    return NULL;
}

char *
virDocStringParse(const virDocMember *member, const char *text, char **value)
{
    *value = NULL;
    if (member->kind >= VIR_DOC_KIND_VARIABLE && member->kind <= VIR_DOC_KIND_IPV6) {
        g_autofree char *stripped = g_strstrip(g_strdup(text));

        if (member->kind == VIR_DOC_KIND_VARIABLE)
            return virDocVariableParse(member, stripped, value);
        if (member->kind >= VIR_DOC_KIND_IP)
            return parseIp(member, stripped, value);
        *value = virDocMaskParse(member->kind, stripped);
        return *value ? NULL : expected(member, "a mask such as 24 or 255.255.255.0", text);
    }
    if (!*text && member->kind != VIR_DOC_KIND_STRING)
        return expected(member, member->kind == VIR_DOC_KIND_TOKEN ? "a name" : "a path", text);
    if (member->kind == VIR_DOC_KIND_ABSPATH && *text != '/')
        return expected(member, "an absolute path", text);
    if (*text || (member->flags & (VIR_DOC_KEEP_EMPTY | VIR_DOC_LIST)))
        *value = g_strdup(text);
    return NULL;
}

static char *
parseSwitch(const virDocMember *member, const char *text, virDocSwitch *value)
{
    bool yes = member->kind == VIR_DOC_KIND_BOOL;

    if (!strcmp(text, yes ? "yes" : "on"))
        *value = VIR_DOC_SWITCH_ON;
    else if (!strcmp(text, yes ? "no" : "off"))
        *value = VIR_DOC_SWITCH_OFF;
    else
        return expected(member, yes ? "yes or no" : "on or off", text);
    return NULL;
}

static char *
parseBitmap(const virDocMember *member, const char *text, virDocBitmap **value)
{
    virDocBitmap *set = virDocBitmapParse(text);

    if (!set)
        return expected(member, "a set of numbers such as 0-3,7", text);
    virDocBitmapFree(*value);
    *value = set;
    return NULL;
}

static char *
parseString(const virDocMember *member, const char *text, char **field)
{
    char *value;
    char *problem = virDocStringParse(member, text, &value);

    if (!problem) {
        g_free(*field);
        *field = value;
    }
    return problem;
}

/* Every kind but strings; `text` has no blanks around it. */
static char *
parseStripped(const virDocMember *member, void *field, const char *text, const char *unit)
{
    unsigned long long number = 0;
    long long whole = 0;
    char *problem = NULL;

    switch (member->kind) {
    case VIR_DOC_KIND_INT:
        if (!(problem = parseSigned(member, text, &whole)))
            *(int *)field = (int)whole;
        break;
    case VIR_DOC_KIND_INT64:
        problem = parseSigned(member, text, field);
        break;
    case VIR_DOC_KIND_UINT:
        if (!(problem = parseUnsigned(member, text, &number)))
            *(unsigned int *)field = (unsigned int)number;
        break;
    case VIR_DOC_KIND_UINT64:
    case VIR_DOC_KIND_HEX:
    case VIR_DOC_KIND_OCTAL:
        problem = parseUnsigned(member, text, field);
        break;
    case VIR_DOC_KIND_SIZE:
        problem = parseSize(member, text, unit, field);
        break;
    case VIR_DOC_KIND_BOOL:
    case VIR_DOC_KIND_SWITCH:
        problem = parseSwitch(member, text, field);
        break;
    case VIR_DOC_KIND_UUID:
        problem = parseUuid(member, text, field);
        break;
    case VIR_DOC_KIND_MAC:
        problem = parseMac(member, text, field);
        break;
    case VIR_DOC_KIND_BITMAP:
        problem = parseBitmap(member, text, field);
        break;
    case VIR_DOC_KIND_ENUM:
        problem = parseEnum(member, text, field);
        break;
    case VIR_DOC_KIND_NONE:
    case VIR_DOC_KIND_STRING:
    case VIR_DOC_KIND_TOKEN:
    case VIR_DOC_KIND_PATH:
    case VIR_DOC_KIND_ABSPATH:
    case VIR_DOC_KIND_VARIABLE:
    case VIR_DOC_KIND_IPV4MASK:
    case VIR_DOC_KIND_IPV6MASK:
    case VIR_DOC_KIND_IP:
    case VIR_DOC_KIND_IPV4:
    case VIR_DOC_KIND_IPV6:
    case VIR_DOC_KIND_FLAG:
    case VIR_DOC_KIND_OPAQUE:
        g_assert_not_reached();
    }
    return problem;
}

char *
virDocScalarParse(const virDocMember *member, void *data, const char *text, const char *unit)
{
    void *field = virDocField(member, data);
    g_autofree char *stripped = NULL;
    size_t length;
    char *problem;

    if (virDocKindIsString(member->kind))
        return parseString(member, text, field);
    length = strlen(text);
    if (length && (g_ascii_isspace(text[0]) || g_ascii_isspace(text[length - 1])))
        text = stripped = g_strstrip(g_strdup(text));
    problem = parseStripped(member, field, text, unit);
    if (!problem)
        setHas(member, data, true);
    return problem;
}

bool
virDocScalarIsSet(const virDocMember *member, const void *data)
{
    const void *field = virDocField(member, data);

    switch (member->kind) {
    case VIR_DOC_KIND_STRING:
    case VIR_DOC_KIND_TOKEN:
    case VIR_DOC_KIND_PATH:
    case VIR_DOC_KIND_ABSPATH:
    case VIR_DOC_KIND_VARIABLE:
    case VIR_DOC_KIND_IPV4MASK:
    case VIR_DOC_KIND_IPV6MASK:
    case VIR_DOC_KIND_IP:
    case VIR_DOC_KIND_IPV4:
    case VIR_DOC_KIND_IPV6:
    case VIR_DOC_KIND_OPAQUE:
    case VIR_DOC_KIND_BITMAP:
        return *(void *const *)field != NULL;
    case VIR_DOC_KIND_INT:
    case VIR_DOC_KIND_UINT:
    case VIR_DOC_KIND_INT64:
    case VIR_DOC_KIND_UINT64:
    case VIR_DOC_KIND_HEX:
    case VIR_DOC_KIND_OCTAL:
    case VIR_DOC_KIND_SIZE:
    case VIR_DOC_KIND_UUID:
    case VIR_DOC_KIND_MAC:
        return getHas(member, data);
    case VIR_DOC_KIND_BOOL:
    case VIR_DOC_KIND_SWITCH:
    case VIR_DOC_KIND_ENUM:
        return *(const uint8_t *)field != 0;
    case VIR_DOC_KIND_FLAG:
        return *(const bool *)field;
    case VIR_DOC_KIND_NONE:
        return false;
    }
    return false;
}

static void
formatBytes(const unsigned char *bytes, size_t count, GString *out)
{
    bool uuid = count == 16;

    for (size_t i = 0; i < count; i++) {
        if (uuid && (i == 4 || i == 6 || i == 8 || i == 10))
            g_string_append_c(out, '-');
        if (!uuid && i)
            g_string_append_c(out, ':');
        g_string_append_c(out, "0123456789abcdef"[bytes[i] >> 4]);
        g_string_append_c(out, "0123456789abcdef"[bytes[i] & 15]);
    }
}

static void
formatUnsigned(unsigned long long value, GString *out)
{
    char digits[24];
    char *at = digits + sizeof(digits);

    do {
        *--at = (char)('0' + value % 10);
    } while (value /= 10);
    g_string_append_len(out, at, digits + sizeof(digits) - at);
}

static void
formatSwitch(virDocSwitch value, bool yes, GString *out)
{
    bool on = value == VIR_DOC_SWITCH_ON;

    g_string_append(out, yes ? (on ? "yes" : "no") : (on ? "on" : "off"));
}

static void
formatBitmap(const virDocBitmap *set, GString *out)
{
    g_autofree char *text = virDocBitmapFormat(set);

    g_string_append(out, text);
}

void
virDocScalarFormat(const virDocMember *member, const void *data, GString *out)
{
    const void *field = virDocField(member, data);
    const char *token;

    switch (member->kind) {
    case VIR_DOC_KIND_STRING:
    case VIR_DOC_KIND_TOKEN:
    case VIR_DOC_KIND_PATH:
    case VIR_DOC_KIND_ABSPATH:
    case VIR_DOC_KIND_VARIABLE:
    case VIR_DOC_KIND_IPV4MASK:
    case VIR_DOC_KIND_IPV6MASK:
    case VIR_DOC_KIND_IP:
    case VIR_DOC_KIND_IPV4:
    case VIR_DOC_KIND_IPV6:
    case VIR_DOC_KIND_OPAQUE:
        g_string_append(out, *(char *const *)field);
        break;
    case VIR_DOC_KIND_INT:
        g_string_append_printf(out, "%d", *(const int *)field);
        break;
    case VIR_DOC_KIND_INT64:
        g_string_append_printf(out, "%lld", *(const long long *)field);
        break;
    case VIR_DOC_KIND_UINT:
        formatUnsigned(*(const unsigned int *)field, out);
        break;
    case VIR_DOC_KIND_UINT64:
    case VIR_DOC_KIND_SIZE:
        formatUnsigned(*(const unsigned long long *)field, out);
        break;
    case VIR_DOC_KIND_HEX:
        g_string_append_printf(out, "0x%0*llx", (int)member->digits,
                               *(const unsigned long long *)field);
        break;
    case VIR_DOC_KIND_OCTAL:
        g_string_append_printf(out, "0%llo", *(const unsigned long long *)field);
        break;
    case VIR_DOC_KIND_BOOL:
        formatSwitch(*(const virDocSwitch *)field, /* yes= */ true, out);
        break;
    case VIR_DOC_KIND_SWITCH:
        formatSwitch(*(const virDocSwitch *)field, /* yes= */ false, out);
        break;
    case VIR_DOC_KIND_UUID:
        formatBytes(field, 16, out);
        break;
    case VIR_DOC_KIND_MAC:
        formatBytes(field, 6, out);
        break;
    case VIR_DOC_KIND_BITMAP:
        formatBitmap(*(virDocBitmap *const *)field, out);
        break;
    case VIR_DOC_KIND_ENUM:
        token = virDocEnumToString(member->tokens, *(const uint8_t *)field);
        g_string_append(out, token ? token : "");
        break;
    case VIR_DOC_KIND_NONE:
    case VIR_DOC_KIND_FLAG:
        break;
    }
}

/* How many bytes of the struct hold the value itself. */
static size_t
fieldSize(virDocKind kind)
{
    switch (kind) {
    case VIR_DOC_KIND_INT:
    case VIR_DOC_KIND_UINT:
        return sizeof(int);
    case VIR_DOC_KIND_BOOL:
    case VIR_DOC_KIND_SWITCH:
    case VIR_DOC_KIND_ENUM:
        return sizeof(virDocSwitch);
    case VIR_DOC_KIND_INT64:
    case VIR_DOC_KIND_UINT64:
    case VIR_DOC_KIND_HEX:
    case VIR_DOC_KIND_OCTAL:
    case VIR_DOC_KIND_SIZE:
        return sizeof(long long);
    case VIR_DOC_KIND_UUID:
        return 16;
    case VIR_DOC_KIND_MAC:
        return 6;
    case VIR_DOC_KIND_FLAG:
        return sizeof(bool);
    case VIR_DOC_KIND_STRING:
    case VIR_DOC_KIND_TOKEN:
    case VIR_DOC_KIND_PATH:
    case VIR_DOC_KIND_ABSPATH:
    case VIR_DOC_KIND_VARIABLE:
    case VIR_DOC_KIND_IPV4MASK:
    case VIR_DOC_KIND_IPV6MASK:
    case VIR_DOC_KIND_IP:
    case VIR_DOC_KIND_IPV4:
    case VIR_DOC_KIND_IPV6:
    case VIR_DOC_KIND_OPAQUE:
    case VIR_DOC_KIND_BITMAP:
        return sizeof(void *);
    case VIR_DOC_KIND_NONE:
        return 0;
    }
    return 0;
}

void
virDocScalarClear(const virDocMember *member, void *data)
{
    void *field = virDocField(member, data);

    if (virDocKindIsString(member->kind) || member->kind == VIR_DOC_KIND_BITMAP)
        g_free(*(void **)field);
    memset(field, 0, fieldSize(member->kind));
    setHas(member, data, false);
}

void
virDocScalarCopy(const virDocMember *member, void *to, const void *from)
{
    const void *source = virDocField(member, from);
    void *target = virDocField(member, to);

    if (member->has != VIR_DOC_NO_OFFSET)
        setHas(member, to, getHas(member, from));
    if (virDocKindIsString(member->kind))
        *(char **)target = g_strdup(*(char *const *)source);
    else if (member->kind == VIR_DOC_KIND_BITMAP && *(virDocBitmap *const *)source)
        *(virDocBitmap **)target = virDocBitmapCopy(*(virDocBitmap *const *)source);
    else
        memcpy(target, source, fieldSize(member->kind));
}

bool
virDocScalarEqual(const virDocMember *member, const void *one, const void *other)
{
    const void *a = virDocField(member, one);
    const void *b = virDocField(member, other);

    if (virDocScalarIsSet(member, one) != virDocScalarIsSet(member, other))
        return false;
    if (!virDocScalarIsSet(member, one))
        return true;
    if (virDocKindIsString(member->kind))
        return !strcmp(*(char *const *)a, *(char *const *)b);
    if (member->kind == VIR_DOC_KIND_BITMAP)
        return virDocBitmapEqual(*(virDocBitmap *const *)a, *(virDocBitmap *const *)b);
    return !memcmp(a, b, fieldSize(member->kind));
}
