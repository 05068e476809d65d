/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Objects of one kind by name and UUID, in the order in which they came. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "document/describe.h"
#include "document/parse.h"

/* The head of a pool, network, interface, ...; fields that a kind does not have stay zero. */
typedef struct {
    GList link;                 /* in testTable.all */
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    void *live;                 /* the document of what runs, or would */
    void *next;                 /* that of the next start when it differs, else NULL */
    bool active;
    bool persistent;
    bool autostart;
} testObject;

/* What is true of every object of a kind. */
typedef struct {
    const char *word;           /* for messages: "network" */
    const virDocRecord *record; /* of the documents */
    const virDocCheckEntry *checks;
    size_t nchecks;
    int documentDomain;         /* error domain of what is wrong with a document */
    int missingCode;            /* of looking for what is not there */
    size_t size;                /* of the struct that begins with a testObject */
    void (*clear)(testObject *object);  /* frees what is behind the head; may be NULL */
} testKind;

/* Guarded by the lock of the host. */
typedef struct {
    const testKind *kind;
    GHashTable *byName;
    GHashTable *byUUID;         /* by sixteen bytes; empty for kinds without */
    GQueue all;                 /* owns the objects */
} testTable;

/* Keys of sixteen bytes, for g_hash_table_new. */
guint testUUIDHash(gconstpointer key);
gboolean testUUIDEqual(gconstpointer a, gconstpointer b);

void testTableInit(testTable *table, const testKind *kind);
void testTableClear(testTable *table);

/* Adds an object that the table owns from now on; `uuid` may be NULL. Takes the document. */
void *testTableAdd(testTable *table, const char *name, const unsigned char *uuid, void *document);
void testTableRemove(testTable *table, void *object);
/* Gives an object another name that is free. */
void testTableRename(testTable *table, void *object, const char *name);

/* NULL with an error raised when there is none. */
void *testTableByName(const testTable *table, const char *name);
void *testTableByUUID(const testTable *table, const unsigned char *uuid);

/*
 * The object that a document with this name and UUID describes, NULL when it is new. Two objects
 * may not share either: then -1 with an error raised, else 0.
 */
int testTableMatch(const testTable *table, const char *name, const unsigned char *uuid,
                   void **object);

/* Makes a document the definition of an object: at once, or for the next start of a running one. */
void testObjectDefine(const testTable *table, testObject *object, void *document);
/* Replaces what runs by the definition of the next start, if there is one. */
void testObjectSettle(const testTable *table, testObject *object);
/* The definition, running or not. */
void *testObjectDefinition(const testObject *object);

/* Parses a document of the kind; NULL with an error raised. */
void *testKindParse(const testKind *kind, const char *xml, bool strict);
/* Makes up a UUID where a document has none; 0 or -1 with an error raised. */
int testFillUUID(unsigned char *uuid, bool *has);

/* Names of those that are active, or not; at most `max`; `names` NULL: just counts. */
int testTableListNames(const testTable *table, bool active, char **names, int max);

/* Whether one pair of opposite filters lets a value through. */
static inline bool
testFilter(unsigned int flags, unsigned int yes, unsigned int no, bool value)
{
    return !(flags & (yes | no)) || flags & (value ? yes : no);
}
