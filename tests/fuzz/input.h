/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bytes of a fuzzer as choices: numbers, words, and values of the protocol's structures. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rpc/wire.h"

typedef struct {
    const uint8_t *bytes;
    size_t left;
} FuzzInput;

/* A folder to work in, which is removed with its files at the end of the program. */
const char *fuzzFolder(void);

/* The next number below `limit`; 0 when no bytes are left. */
unsigned int fuzzNext(FuzzInput *input, unsigned int limit);
/* Writes a value of a structure: mostly a right one, with words that the test hypervisor knows. */
void fuzzWrite(virXdrWriter *writer, FuzzInput *input, const virWireType *type);
/* Writes up to `most` bytes as they are. */
void fuzzWriteBytes(virXdrWriter *writer, FuzzInput *input, size_t most);
