/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pools and volumes of the test hypervisor, and what the files about them share. */

#pragma once

#include "conf/objects.h"
#include "document/storagepool.h"
#include "document/storagevol.h"
#include "test_driver.h"
#include "test_storage_data.h"

/* What a pool holds when nothing says otherwise: 100 GiB. */
#define TEST_POOL_CAPACITY (100ULL << 30)

typedef struct testVolume testVolume;

/* Documents are virDocStoragePool. */
typedef struct {
    virConfObject head;
    struct testStorage *storage;
    GHashTable *volumes;            /* name -> testVolume */
    GQueue order;                   /* owns the volumes, in the order in which they came */
    unsigned long long capacity;    /* bytes */
    unsigned long long allocation;
} testPool;

struct testVolume {
    GList link;                     /* in testPool.order */
    testPool *pool;
    virDocStorageVol *document;     /* complete: with key and path */
    testData *data;                 /* NULL while nothing was ever written */
    unsigned int writers;           /* streams that write it now */
};

struct testStorage {
    virConfObjects pools;
    GHashTable *byKey;              /* testVolume */
    GHashTable *byPath;             /* the same */
};

/* What follows is called with the lock of the host held. */

/* The pool behind a handle, with the host locked; NULL unlocked, with an error raised. */
testPool *testPoolLock(virStoragePoolPtr handle);
void testPoolUnlock(virStoragePoolPtr handle);
virStoragePoolPtr testPoolHandle(virConnectPtr conn, const testPool *pool);

/* Whether the pool is (not) active, else raises. */
bool testPoolRequire(const testPool *pool, bool active);

void testPoolAnnounce(virConnectPtr conn, const testPool *pool, int event);
void testPoolAnnounceRefresh(virConnectPtr conn, const testPool *pool);

/* Takes in a document and owns it whatever happens; NULL with an error raised. */
testPool *testPoolAdopt(testHost *host, virDocStoragePool *document);

/* The document with the sizes of now. */
virDocStoragePool *testPoolDescribe(testPool *pool, bool inactive);

/* Removes every volume. */
void testPoolEmpty(testPool *pool);

/*
 * Adds a volume described by a document, which it owns whatever happens; NULL with an error
 * raised. With `placed` a volume keeps the key and path that its document names.
 */
testVolume *testVolumeAdd(testPool *pool, virDocStorageVol *document, bool placed);
void testVolumeRemove(testVolume *volume);
virStorageVolPtr testVolumeHandle(virConnectPtr conn, const testVolume *volume);
/* Changes how much of the pool a volume takes. */
void testVolumeAllocate(testVolume *volume, unsigned long long allocation);
/* The contents, made when there are none yet; NULL with an error raised. */
testData *testVolumeData(testVolume *volume);

/* The volume behind a handle, with the host locked; NULL unlocked, with an error raised. */
testVolume *testVolumeLock(virStorageVolPtr handle);
void testVolumeUnlock(virStorageVolPtr handle);

/* Parses the document of a volume; NULL with an error raised. No lock is needed. */
virDocStorageVol *testVolumeParse(const char *xml, bool strict);

extern const virConfObjectKind testPoolKind;
