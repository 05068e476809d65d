/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moments of a domain that are kept, snapshots or checkpoints: a forest of named documents. */

#pragma once

#include "document/describe.h"
#include "test_domain.h"

typedef struct testMoment testMoment;
struct testMoment {
    GList link;                 /* in testMoments.all */
    char *name;
    testMoment *parent;         /* NULL: it has none */
    unsigned int children;      /* how many have it as parent */
    void *document;
    gint64 ran;                 /* of a checkpoint: testDomainRanEver() of its moment */
};

/* What is true of all moments of a kind. */
typedef struct {
    const char *word;           /* for messages: "snapshot" */
    const virDocRecord *record; /* of the documents */
    int missingCode;            /* of looking for what is not there */
} testMomentKind;

extern const testMomentKind testSnapshotKind;
extern const testMomentKind testCheckpointKind;

/* Moments of one domain; guarded by the lock of the host. */
struct testMoments {
    const testMomentKind *kind;
    GHashTable *byName;         /* owns them */
    GQueue all;                 /* in the order in which they came */
    testMoment *current;        /* NULL: none */
};

testMoments *testMomentsNew(const testMomentKind *kind);
void testMomentsFree(testMoments *moments);

/* NULL with an error raised when there is none. */
testMoment *testMomentsFind(const testMoments *moments, const char *name);

/* Adds a moment on top of another (or NULL); takes the document. */
testMoment *testMomentsAdd(testMoments *moments, const char *name, testMoment *parent,
                           void *document);
/* Puts a moment on top of another one. */
void testMomentSetParent(testMoment *moment, testMoment *parent);
bool testMomentIsBelow(const testMoment *moment, const testMoment *ancestor);

/*
 * Drops a moment, its descendants too or only them. Children that stay are put on top of its
 * parent; the current moment becomes the nearest one that stays.
 */
void testMomentsDrop(testMoments *moments, testMoment *moment, bool itself, bool descendants);

/* Which moments a list is about. */
typedef struct {
    const testMoment *from;     /* only what is below; NULL: all */
    bool deep;                  /* below also means below what is below */
    bool roots;                 /* only what has no parent */
    bool leaves, inner;         /* only without, only with children */
    bool topological;           /* parents first */
    bool (*also)(const testMoment *moment, unsigned int flags);
    unsigned int flags;         /* for `also` */
} testMomentFilter;

/* What a filter lets through, in order; not referenced. */
GPtrArray *testMomentsList(const testMoments *moments, const testMomentFilter *filter);

/* Names for a caller that brought room for `max`; `names` NULL: just counts. */
int testMomentsNames(const testMoments *moments, const testMomentFilter *filter, char **names,
                     int max);
