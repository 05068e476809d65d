/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Names, texts and types known at run time. */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/visibility.h"

/* A name and the number it stands for; a list ends with a NULL name. */
typedef struct {
    const char *name;
    long long value;
} virNamedValue;

/* A typed parameter and its type, with %u for each index; a list ends with a NULL name. */
typedef struct {
    const char *name;
    int type;
} virParameterKey;

/* The standard text of an error code, with a %s for a detail if asked; NULL: unknown code. */
VIR_MODULE_API const char *virErrorCodeText(int code, bool detailed);
/* The name of an error domain in printed errors, NULL for an unknown one. */
VIR_MODULE_API const char *virErrorDomainText(int domain);

VIR_MODULE_API extern const virNamedValue virErrorDomainNames[];
VIR_MODULE_API extern const virNamedValue virErrorNumberNames[];
VIR_MODULE_API extern const virNamedValue virTypedParameterTypeNames[];
VIR_MODULE_API extern const virNamedValue virAnimalMoodNames[];
VIR_MODULE_API extern const virNamedValue virAnimalEventIDNames[];
VIR_MODULE_API extern const virNamedValue virAnimalEventTypeNames[];
VIR_MODULE_API extern const virNamedValue virAnimalEventWokeDetailTypeNames[];
VIR_MODULE_API extern const virNamedValue virAnimalWakeFlagsNames[];
VIR_MODULE_API extern const virNamedValue virConnectListAllAnimalsFlagsNames[];

VIR_MODULE_API extern const virParameterKey virAnimalDietKeys[];
