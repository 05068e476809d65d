/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The objects of a test host by the short names of this driver; see conf/objects.h. */

#pragma once

#include <libvirt/virterror.h>

#include "conf/objects.h"
#include "test_driver.h"

typedef virConfObject testObject;
typedef virConfObjectKind testKind;
typedef virConfObjects testTable;

/* Guarded by the lock of the host. */
static inline void
testTableInit(testHost *host, testTable *table, const testKind *kind)
{
    virConfObjectsInit(table, kind, VIR_FROM_TEST, &host->lock);
}

#define testTableClear virConfObjectsClear
#define testTableAdd virConfObjectsMake
#define testTableRemove virConfObjectsRemove
#define testTableByName virConfObjectsByName
#define testTableByUUID virConfObjectsByUUID
#define testTableMatch virConfObjectsMatch
#define testObjectDefinition virConfObjectDefinition
#define testKindParse virConfKindParse
#define testFillUUID virConfFillUUID

static inline void
testObjectDefine(const testTable *table, testObject *object, void *document)
{
    virConfObjectDefine(table->kind, object, document);
}

static inline void
testObjectSettle(const testTable *table, testObject *object)
{
    virConfObjectSettle(table->kind, object);
}
