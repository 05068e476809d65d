/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The objects of one kind that a host has: by name, UUID and number, in the order in which they came. */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>
#include <stdbool.h>

#include "document/parse.h"

G_BEGIN_DECLS

/* The head of a pool, network, interface, ...; fields that a kind does not have stay zero. */
typedef struct {
    GList link; /* in virConfObjects.all */
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    void *live; /* the document of what runs, or would */
    void *next; /* that of the next start when it differs, else NULL */
    bool active;
    bool persistent;
    bool autostart;
} virConfObject;

/* Where a struct that does not begin with a virConfObject keeps what the list needs. */
typedef struct {
    size_t link; /* GList */
    size_t name; /* char * */
    size_t uuid; /* sixteen bytes */
    size_t id;   /* int, negative while the object is not active */
} virConfObjectLayout;

/* A pair of filters of a list: what the one lets through, the other keeps. */
typedef struct {
    unsigned int yes, no;
} virConfFilter;

static inline bool
virConfFilterPasses(unsigned int flags, virConfFilter filter, bool value)
{
    return !(flags & (filter.yes | filter.no)) || flags & (value ? filter.yes : filter.no);
}

/* What is true of every object of a kind. */
typedef struct {
    const char *word;           /* for messages: "network" */
    const virDocRecord *record; /* of the documents */
    const virDocCheckEntry *checks;
    size_t nchecks;
    int documentDomain;                /* error domain of what is wrong with a document */
    int missingCode;                   /* of looking for what is not there */
    size_t size;                       /* of a struct that begins with a virConfObject */
    void (*clear)(virConfObject *object); /* frees what is behind the head; may be NULL */
    const virConfObjectLayout *layout; /* NULL: the struct begins with a virConfObject */

    /* A new handle of an object (NULL: none, without an error); it takes no lock. */
    void *(*handle)(virConnectPtr conn, const void *object);
    /* The filters about the head, and those about anything else; both may be left out. */
    virConfFilter active, persistent, autostart;
    bool (*passes)(const void *object, unsigned int flags);

    /* For objects that are counted and locked one by one; NULL: the list owns them, and the lock that
     * it was given guards them. */
    void (*ref)(void *object);
    void (*unref)(void *object);
    GMutex *(*lock)(void *object);
} virConfObjectKind;

/* Every function may be called by any thread. `all` and the tables may be read directly with the
 * guard held. */
typedef struct {
    const virConfObjectKind *kind;
    int errorDomain; /* of what is not found */
    GMutex *guard;   /* of the objects, taken by lists and look-ups; NULL: each has its own lock */

    GMutex lock; /* guards what follows; no other lock is taken with it held */
    GHashTable *byName;
    GHashTable *byUUID; /* by sixteen bytes; empty for kinds without */
    GHashTable *byId;   /* those that are active, for kinds with numbers */
    GQueue all;         /* refers to the objects */
    int nextId;
} virConfObjects;

void virConfObjectsInit(virConfObjects *objects, const virConfObjectKind *kind, int errorDomain,
                        GMutex *guard);
/* Drops every object. */
void virConfObjectsClear(virConfObjects *objects);
/* Exchanges the objects of two lists of a kind, with both guarded. */
void virConfObjectsSwap(virConfObjects *one, virConfObjects *other);

/* Puts an object into the list, which refers to it from now on (or owns it); `uuid` says whether it is
 * found by its UUID. Gives the object, or the one with the same name and UUID that was there already.
 * NULL with an error raised when another has one of them. A reference either way. */
void *virConfObjectsAdd(virConfObjects *objects, void *object, bool uuid);
/* Takes an object out, which ends the reference; false when it is not in the list (any more). */
bool virConfObjectsRemove(virConfObjects *objects, void *object);
/* Gives an object another name; false when that is taken. */
bool virConfObjectsRename(virConfObjects *objects, void *object, const char *name);
/* A number that no active object ever had. */
int virConfObjectsTakeId(virConfObjects *objects);
/* An object becomes active under a number, or with -1 inactive. */
void virConfObjectsSetId(virConfObjects *objects, void *object, int id);

/* The object that a document with this name and UUID describes, NULL when it is new. Two objects may
 * not share either: then -1 with an error raised, else 0. */
int virConfObjectsMatch(virConfObjects *objects, const char *name, const unsigned char *uuid,
                        void **object);
/* A reference; NULL with an error raised when there is none. */
void *virConfObjectsByName(virConfObjects *objects, const char *name);
void *virConfObjectsByUUID(virConfObjects *objects, const unsigned char *uuid);
/* References to all, in order. */
GPtrArray *virConfObjectsAll(virConfObjects *objects);

/* --- what hooks of connections answer -------------------------------------------------------- */

/* A handle; NULL with an error raised. */
void *virConfObjectsLookUpByName(virConfObjects *objects, virConnectPtr conn, const char *name);
void *virConfObjectsLookUpByUUID(virConfObjects *objects, virConnectPtr conn,
                                 const unsigned char *uuid);
void *virConfObjectsLookUpById(virConfObjects *objects, virConnectPtr conn, int id);
/* The one object that `fits`; NULL without an error. */
void *virConfObjectsLookUpFirst(virConfObjects *objects, virConnectPtr conn,
                                bool (*fits)(const void *object, const void *opaque),
                                const void *opaque);

/* Whether filters let an object through; it is guarded. */
bool virConfObjectsSelected(const virConfObjectKind *kind, const void *object, unsigned int flags);
/* How many pass; their names; their numbers; their handles, NULL-terminated (`handles` NULL: how many). */
int virConfObjectsCount(virConfObjects *objects, unsigned int flags);
int virConfObjectsListNames(virConfObjects *objects, unsigned int flags, char **names, int max);
int virConfObjectsListIds(virConfObjects *objects, unsigned int flags, int *ids, int max);
int virConfObjectsListAll(virConfObjects *objects, virConnectPtr conn, void ***handles,
                          unsigned int flags);

/* --- objects that begin with a virConfObject, guarded ----------------------------------------- */

/* Makes an object that the list owns from now on; `uuid` may be NULL. Takes the document. */
void *virConfObjectsMake(virConfObjects *objects, const char *name, const unsigned char *uuid,
                         void *document);
/* Makes a document the definition of an object: at once, or for the next start of a running one. */
void virConfObjectDefine(const virConfObjectKind *kind, virConfObject *object, void *document);
/* Replaces what runs by the definition of the next start, if there is one. */
void virConfObjectSettle(const virConfObjectKind *kind, virConfObject *object);
/* The definition, running or not. */
void *virConfObjectDefinition(const virConfObject *object);

/* --- documents --------------------------------------------------------------------------------- */

/* Parses a document of the kind; NULL with an error raised. */
void *virConfKindParse(const virConfObjectKind *kind, const char *xml, bool strict);
/* Makes up a UUID where a document has none; 0 or -1 with an error raised. */
int virConfFillUUID(unsigned char *uuid, bool *has);

/* Keys of sixteen bytes, for g_hash_table_new. */
guint virConfUUIDHash(gconstpointer key);
gboolean virConfUUIDEqual(gconstpointer a, gconstpointer b);

G_END_DECLS
