/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables that describe a document format; gen/document holds them, the engine interprets them.
 */

#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Enums of documents take one byte each: most of a struct is choices that nobody made. */
#define VIR_DOC_ENUM __attribute__((packed))

/* A choice of two that may also be left open; yes/no and on/off alike. */
typedef enum VIR_DOC_ENUM {
    VIR_DOC_SWITCH_ABSENT = 0,
    VIR_DOC_SWITCH_ON = 1,
    VIR_DOC_SWITCH_OFF = 2,
} virDocSwitch;

typedef enum {
    VIR_DOC_KIND_NONE, /* of records and groups */
    VIR_DOC_KIND_STRING,
    VIR_DOC_KIND_TOKEN,
    VIR_DOC_KIND_PATH,
    VIR_DOC_KIND_ABSPATH,
    VIR_DOC_KIND_VARIABLE, /* a value of the kind `base`, or a variable that stands for one */
    VIR_DOC_KIND_IPV4MASK,
    VIR_DOC_KIND_IPV6MASK,
    VIR_DOC_KIND_IP,
    VIR_DOC_KIND_IPV4,
    VIR_DOC_KIND_IPV6,
    VIR_DOC_KIND_INT,
    VIR_DOC_KIND_UINT,
    VIR_DOC_KIND_INT64,
    VIR_DOC_KIND_UINT64,
    VIR_DOC_KIND_HEX,
    VIR_DOC_KIND_OCTAL,
    VIR_DOC_KIND_SIZE,
    VIR_DOC_KIND_BOOL,
    VIR_DOC_KIND_SWITCH,
    VIR_DOC_KIND_UUID,
    VIR_DOC_KIND_MAC,
    VIR_DOC_KIND_BITMAP,
    VIR_DOC_KIND_ENUM,
    VIR_DOC_KIND_FLAG,
    VIR_DOC_KIND_OPAQUE,
} virDocKind;

typedef enum {
    VIR_DOC_PLACE_ATTRIBUTE, /* XML attribute */
    VIR_DOC_PLACE_TEXT,      /* the element's own text */
    VIR_DOC_PLACE_TAG,       /* the element's own name, which is a token */
    VIR_DOC_PLACE_SCALAR,    /* child element with nothing but text */
    VIR_DOC_PLACE_RECORD,    /* child element with a struct of its own */
    VIR_DOC_PLACE_GROUP,     /* child element whose members live in the same struct */
    VIR_DOC_PLACE_INSIDE,    /* a struct of its own for members of the same element */
    VIR_DOC_PLACE_INLINE,    /* the element itself, kept as text when it has children */
    VIR_DOC_PLACE_WORD,      /* of a head: 32 bits in the byte order of the machine */
    VIR_DOC_PLACE_LETTERS,   /* of a head: a token, with zeros behind it */
} virDocPlace;

typedef enum {
    VIR_DOC_REQUIRED = 1 << 0,
    VIR_DOC_LIST = 1 << 1,
    VIR_DOC_SECRET = 1 << 2,
    VIR_DOC_LIVE = 1 << 3,
    VIR_DOC_INACTIVE = 1 << 4,
    VIR_DOC_STATUS = 1 << 5,
    VIR_DOC_UNMIGRATABLE = 1 << 6,
    VIR_DOC_KEEP_EMPTY = 1 << 7,
    VIR_DOC_PRESENCE = 1 << 8,
    VIR_DOC_ALWAYS = 1 << 9,
    VIR_DOC_SPACED = 1 << 10, /* printed between empty lines */
    VIR_DOC_OPEN = 1 << 11,   /* printed with two tags although nothing is inside */
} virDocMemberFlags;

/* Another spelling of a token, accepted on input. */
typedef struct {
    const char *token;
    unsigned int value;
} virDocEnumAlias;

/* tokens[value]; tokens[0] is NULL, because 0 means absent. */
typedef struct {
    const char *name;
    unsigned int ntokens;
    const char *const *tokens;
    size_t naliases;
    const virDocEnumAlias *aliases;
} virDocEnum;

typedef struct {
    const char *prefix;
    const char *uri;
} virDocNamespace;

typedef struct _virDocRecord virDocRecord;

#define VIR_DOC_NO_OFFSET UINT32_MAX

typedef struct {
    const char *name;           /* local XML name; for a text and a tag the name of the field */
    const char *prefix;         /* customary prefix of a foreign namespace, or NULL */
    const char *uri;            /* its URI, or NULL */
    const char *const *aliases; /* NULL-terminated, or NULL */
    virDocPlace place;
    virDocKind kind;
    virDocKind base;    /* of a variable: kind of the values it stands for */
    unsigned int flags; /* virDocMemberFlags */
    uint32_t offset;    /* of the value or, for lists, of the array; none for groups */
    uint32_t has;       /* of the bool that says whether the value is set, or VIR_DOC_NO_OFFSET */
    uint32_t count;     /* of the size_t of a list, or VIR_DOC_NO_OFFSET */
    uint64_t when;      /* bit N: exists for selector value N; 0: always */
    const virDocEnum *tokens;
    const virDocRecord *record; /* of a record, group or inside */
    long long low;              /* range of int and int64 */
    unsigned long long high;    /* upper end of any number */
    unsigned int digits;        /* of a hex */
    unsigned int bytes;         /* of a word and letters: how many it takes */
    const char *unit;           /* canonical unit of a size */
    const char *unitAttribute;  /* attribute holding the unit of a size, or NULL */
    const char *inputUnit;      /* what a bare number means */
    const char *liveUnless;     /* beginning of values that are no live ones, or NULL */
    int error;                  /* code when it is wrong or missing, or 0 for the usual one */
    const char *fallback;       /* value filled in when absent, or NULL */
    size_t maxItems;
} virDocMember;

struct _virDocRecord {
    const char *name;    /* of the record in the description */
    const char *element; /* its usual element name, or NULL */
    size_t size;         /* of the struct; 0 for a group */
    size_t bytes;        /* of a head in front of a file; 0: an element */
    size_t nmembers;
    const virDocMember *members;
    const virDocMember *selector; /* whose value `when` speaks of, or NULL */
    const char *check;            /* name of the post-check, or NULL */
    int closed;                   /* error code of an unknown child, where it is always refused */
    size_t nnamespaces;
    const virDocNamespace *namespaces; /* foreign ones of the whole format */
};

/* Whether a member of scope live holds a value that also belongs to the definition. */
bool virDocMemberIsKept(const virDocMember *member, const void *data);

/* Whether a member exists for the value its record's selector has now. */
static inline bool
virDocMemberApplies(const virDocMember *member, const virDocMember *selector, const void *data)
{
    unsigned int value;

    if (!member->when || !selector)
        return true;
    value = *((const uint8_t *)data + selector->offset);
    return value < 64 && (member->when >> value & 1);
}

const char *virDocEnumToString(const virDocEnum *tokens, unsigned int value);
/* The value of a token or alias, 0 when there is none. */
unsigned int virDocEnumFromString(const virDocEnum *tokens, const char *token);

G_END_DECLS
