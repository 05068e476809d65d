/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated calls of the differential test stand on: one process and one line per call. */

#pragma once

#include <stdbool.h>

#include "contract/contract.h"

/* A public function of the library under test, NULL (with a line) when it has none of that name. */
void *differFunction(const char *name);
/* Whether the library could make the handle that right calls need; a line says when not. */
bool differReady(Contract *f, const char *what, const void *handle);

/* Starts a call in a process of its own, where this returns true. */
bool differBegin(Contract *f, const char *what);
/* Ends that process with the line of the call. */
_Noreturn void differNumber(long long result);
_Noreturn void differPointer(const void *result);
_Noreturn void differVoid(void);

#define DIFFER_NUMBER(f, what, ...)                     \
    do {                                                \
        if (differBegin(f, what))                       \
            differNumber((long long) (__VA_ARGS__));    \
    } while (0)
#define DIFFER_POINTER(f, what, ...)                    \
    do {                                                \
        if (differBegin(f, what))                       \
            differPointer(__VA_ARGS__);                 \
    } while (0)
#define DIFFER_VOID(f, what, ...)                       \
    do {                                                \
        if (differBegin(f, what)) {                     \
            __VA_ARGS__;                                \
            differVoid();                               \
        }                                               \
    } while (0)
