/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated contract tests stand on: handles without a driver, and three judgements. */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "tests/contract/fixture.h"

/* More parameters than any function has, and more room than any of them needs. */
#define CONTRACT_PARAMETERS 16
#define CONTRACT_SCRATCH 4096

typedef struct {
    ContractHandles rw, ro, foreign, freed;
    ContractUUIDs uuid;
    ContractUUIDTexts uuidText;
    int fd;
    virTypedParameterPtr params;        /* one parameter */
    const char *document;               /* a right one, where the test has one */
    /* A zeroed area per parameter; aligned for anything. */
    long long scratch[CONTRACT_PARAMETERS][CONTRACT_SCRATCH / sizeof(long long)];

    int handled;                        /* calls of the error handler since the last judgement */
    virErrorPtr seen;                   /* what the last of them was given, borrowed */
} Contract;

typedef struct {
    const char *name;
    void (*run)(Contract *f);
} ContractFunction;

/* Generated: tables that end with a NULL name, in a list that ends with NULL. */
extern const ContractFunction *const contractTables[];
extern const int contractFunctionCount;
/* Generated: per driver, the hooks that look at flags. */
extern const ContractFunction *const contractDrivers[];

/* Generated: everything below a connection that `to` has already. */
void contractMakeHandles(ContractHandles *to);
void contractFreeHandles(ContractHandles *of);

/* The driver of a scheme; there must be one. */
const struct virDriver *contractDriver(const char *scheme);
void *contractScratch(Contract *f, int number);
/* A number behind a pointer. */
void *contractCount(Contract *f, int number, int value);
/* Stands for any callback: does nothing, and answers 0. */
extern void (*const contractCallback)(void);
/* Releases a string; whether there was one. */
bool contractTakeString(char *text);

/*
 * The judgements; each leaves a clean fixture for the next call. `failed` says that the call
 * returned its failure value.
 *
 * Fails: with exactly this error, handed to the handler once, kept by the thread and, where the
 * call knows its connection, by that.
 */
void contractFails(Contract *f, const char *what, bool failed, virConnectPtr conn, int domain,
                   int code);
/* Honest: it failed exactly if it left an error. */
void contractHonest(Contract *f, const char *what, bool failed, virConnectPtr conn);
/* Silent: it failed, without an error of its own. */
void contractSilent(Contract *f, const char *what, bool failed);
/* Refuses: a hook called directly raised exactly this error. */
void contractRefuses(Contract *f, const char *what, bool failed, int domain, int code);
/* Called: it came back. */
void contractCalled(Contract *f, const char *what, bool failed);
