/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed parameters as the test hypervisor takes and gives them. */

#pragma once

#include <libvirt/libvirt.h>

#include "runtime/tables.h"

/* A growing list, for localTypedParamsAdd*. */
typedef struct {
    virTypedParameterPtr params;
    int nparams;
    int maxparams;
} testParams;

void testParamsClear(testParams *list);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(testParams, testParamsClear)

void testParamsAddInt(testParams *list, const char *name, int value);
void testParamsAddUInt(testParams *list, const char *name, unsigned int value);
void testParamsAddLLong(testParams *list, const char *name, long long value);
void testParamsAddULLong(testParams *list, const char *name, unsigned long long value);
void testParamsAddBoolean(testParams *list, const char *name, bool value);
void testParamsAddString(testParams *list, const char *name, const char *value);

/*
 * Hands as much of a list as there is room for to a caller that brought the array; *nparams 0 asks
 * for the number. Always 0.
 */
int testParamsFill(testParams *list, virTypedParameterPtr params, int *nparams);
/* Hands the whole list to a caller who frees it. Always 0. */
int testParamsGive(testParams *list, virTypedParameterPtr *params, int *nparams);

/*
 * Whether each parameter is one of `known` (its names, NULL-terminated; NULL for all of `keys`), has
 * the type that `keys` say, and stands there once; else raises.
 */
bool testParamsCheck(const virTypedParameter *params, int nparams, const virParameterKey *keys,
                     const char *const *known);

/* Readers for what was checked: NULL when a parameter is absent. */
const virTypedParameter *testParamsFind(const virTypedParameter *params, int nparams,
                                        const char *name);
const char *testParamsString(const virTypedParameter *params, int nparams, const char *name);
