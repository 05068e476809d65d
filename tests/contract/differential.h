/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated calls stand on. In the differential test a call has a process and a line of its
 * own; tests/threads makes them in many threads. */

#pragma once

#include <stdbool.h>
#include <string.h>

#include "contract/contract.h"

/* A public function of the library under test, NULL when it has none of that name. */
void *differFind(const char *name);
#define CALL(name) ((typeof(&name)) differFind(#name))

/* Whatever of these the library cannot make stays NULL. */
void differMakeObjects(ContractHandles *to, virConnectPtr conn);
void differNoteUUIDs(Contract *f);
void differMakeArguments(Contract *f);

/* The function that is called next; NULL when it is left out. */
void *differFunction(const char *name);
/* Whether the library could make the handle that right calls need; a line says when not. */
bool differReady(Contract *f, const char *what, const void *handle);

/* Whether the call is made, here and now. */
bool differBegin(Contract *f, const char *what);
/* Take its result. */
void differNumber(long long result);
void differPointer(const void *result);
void differVoid(void);

/* What a call left in the area of a parameter. */
#define DIFFER_OUT(f, number, type)                                     \
    ({                                                                  \
        type left;                                                      \
                                                                        \
        memcpy(&left, (f)->scratch[number], sizeof(left));              \
        left;                                                           \
    })
/* A call that succeeded gives its results back with `release`; most leave nothing. */
#define differNothing(f, result) ((void) 0)

#define DIFFER_NUMBER(f, what, release, ...)            \
    do {                                                \
        if (differBegin(f, what)) {                     \
            long long result = (long long) (__VA_ARGS__); \
                                                        \
            differNumber(result);                       \
            if (result >= 0)                            \
                release(f, (int) result);               \
        }                                               \
    } while (0)
#define DIFFER_POINTER(f, what, release, ...)           \
    do {                                                \
        if (differBegin(f, what)) {                     \
            void *result = (void *) (__VA_ARGS__);      \
                                                        \
            differPointer(result);                      \
            if (result)                                 \
                release(f, result);                     \
        }                                               \
    } while (0)
#define DIFFER_VOID(f, what, release, ...)              \
    do {                                                \
        if (differBegin(f, what)) {                     \
            __VA_ARGS__;                                \
            differVoid();                               \
        }                                               \
    } while (0)
