/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed parameters as drivers take and give them. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "base/visibility.h"
#include "runtime/tables.h"

/* A growing list, for localTypedParamsAdd*. */
typedef struct {
    virTypedParameterPtr params;
    int nparams;
    int maxparams;
} virParams;

VIR_MODULE_API void virParamsClear(virParams *list);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(virParams, virParamsClear)

VIR_MODULE_API void virParamsAddInt(virParams *list, const char *name, int value);
VIR_MODULE_API void virParamsAddUInt(virParams *list, const char *name, unsigned int value);
VIR_MODULE_API void virParamsAddLLong(virParams *list, const char *name, long long value);
VIR_MODULE_API void virParamsAddULLong(virParams *list, const char *name, unsigned long long value);
VIR_MODULE_API void virParamsAddBoolean(virParams *list, const char *name, bool value);
VIR_MODULE_API void virParamsAddString(virParams *list, const char *name, const char *value);

/* Room for so many at once, for who knows about how many there will be. */
VIR_MODULE_API void virParamsReserve(virParams *list, int count);

/* Names that differ behind a number: "block.", 3, then ".rd.reqs" and others. */
typedef struct {
    char text[VIR_TYPED_PARAM_FIELD_LENGTH];
    size_t stem;        /* as much of it stays */
} virParamsNames;

VIR_MODULE_API void virParamsNumber(virParamsNames *names, const char *prefix, unsigned int number);
/* Valid until the next one; what is too long is cut. */
VIR_MODULE_API const char *virParamsName(virParamsNames *names, const char *suffix);

/*
 * Hands as much of a list as there is room for to a caller that brought the array; *nparams 0 asks
 * for the number. Always 0.
 */
VIR_MODULE_API int virParamsFill(virParams *list, virTypedParameterPtr params, int *nparams);
/* Hands the whole list to a caller who frees it. Always 0. */
VIR_MODULE_API int virParamsGive(virParams *list, virTypedParameterPtr *params, int *nparams);

/*
 * Whether each parameter is one of `known` (its names, NULL-terminated; NULL for all of `keys`), has
 * the type that `keys` say, and stands there once; else raises.
 */
VIR_MODULE_API bool virParamsCheck(const virTypedParameter *params, int nparams,
                                   const virParameterKey *keys, const char *const *known);

/* Readers for what was checked: NULL when a parameter is absent. */
VIR_MODULE_API const virTypedParameter *virParamsFind(const virTypedParameter *params,
                                                      int nparams, const char *name);
VIR_MODULE_API const char *virParamsString(const virTypedParameter *params, int nparams,
                                           const char *name);
