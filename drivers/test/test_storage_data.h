/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The contents of a volume: sparse bytes that exist as long as somebody refers to them. */

#pragma once

#include <stdbool.h>

#include <glib.h>

typedef struct testData testData;

/* All of it is a hole. NULL with an error raised when there is no room. */
testData *testDataNew(unsigned long long size);
testData *testDataRef(testData *data);
void testDataUnref(testData *data);

unsigned long long testDataSize(testData *data);
/* How much is no hole, in bytes. */
unsigned long long testDataUsed(testData *data);

/* 0, or -1 with an error raised. */
int testDataResize(testData *data, unsigned long long size);
int testDataWipe(testData *data);
int testDataCopy(testData *to, testData *from);

/* Bytes moved, at most `length`; fewer at a hole (or its end) or at the end of the contents. */
gssize testDataRead(testData *data, unsigned long long at, void *buffer, gsize length);
gssize testDataWrite(testData *data, unsigned long long at, const void *buffer, gsize length);
int testDataMakeHole(testData *data, unsigned long long at, unsigned long long length);

/* Whether a place is in a hole, and how much of the same follows up to the end of the contents. */
bool testDataInHole(testData *data, unsigned long long at, unsigned long long *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(testData, testDataUnref)
