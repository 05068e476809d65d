/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Names, texts and types known at run time. */

#include "runtime/tables.h"

#include <libvirt/libvirt.h>

const virNamedValue virErrorDomainNames[] = {
    { "from-none", 0LL },
    { "from-animal", 1LL },
    { "from-ani", 2LL },
    { "from-streams", 3LL },
    { "from-test", 4LL },
    { "from-remote", 5LL },
    { NULL, 0 },
};

const virNamedValue virErrorNumberNames[] = {
    { "ok", 0LL },
    { "no-support", 3LL },
    { "invalid-conn", 6LL },
    { "invalid-stream", 7LL },
    { "invalid-arg", 8LL },
    { NULL, 0 },
};

const virNamedValue virTypedParameterTypeNames[] = {
    { "int", 1LL },
    { "uint", 2LL },
    { "llong", 3LL },
    { "ullong", 4LL },
    { "double", 5LL },
    { "boolean", 6LL },
    { "string", 7LL },
    { NULL, 0 },
};

const virNamedValue virAnimalMoodNames[] = {
    { "calm", 0LL },
    { "angry", 1LL },
    { "unknown", -1LL },
    { NULL, 0 },
};

const virNamedValue virAnimalEventIDNames[] = {
    { "lifecycle", 0LL },
    { "meal", 1LL },
    { "visit", 2LL },
    { NULL, 0 },
};

const virNamedValue virAnimalEventTypeNames[] = {
    { "woke", 0LL },
    { "slept", 1LL },
    { NULL, 0 },
};

const virNamedValue virAnimalEventWokeDetailTypeNames[] = {
    { "alarm", 0LL },
    { NULL, 0 },
};

const virNamedValue virAnimalWakeFlagsNames[] = {
    { "gently", 1LL },
    { "loudly", 2LL },
    { "again", 4LL },
    { NULL, 0 },
};

const virNamedValue virConnectListAllAnimalsFlagsNames[] = {
    { "awake", 1LL },
    { "asleep", 2LL },
    { NULL, 0 },
};

const virParameterKey virAnimalDietKeys[] = {
    { "grass", VIR_TYPED_PARAM_UINT },
    { "meat", VIR_TYPED_PARAM_ULLONG },
    { "ratio", VIR_TYPED_PARAM_DOUBLE },
    { "raw", VIR_TYPED_PARAM_BOOLEAN },
    { "drink", VIR_TYPED_PARAM_STRING },
    { "dish.%u.name", VIR_TYPED_PARAM_STRING },
    { NULL, 0 },
};

static const struct {
    const char *alone, *detailed;
} errorTexts[] = {
    [0] = { "no error", "no error: %s" },
    [3] = { "this function is not supported", "this function is not supported: %s" },
    [6] = { "invalid connection pointer in", "invalid connection pointer in: %s" },
    [7] = { "invalid stream pointer in", "invalid stream pointer in: %s" },
    [8] = { "invalid argument", "invalid argument: %s" },
};

const char *
virErrorCodeText(int code, bool detailed)
{
    if (code < 0 || (size_t) code >= sizeof(errorTexts) / sizeof(errorTexts[0]))
        return NULL;
    return detailed ? errorTexts[code].detailed : errorTexts[code].alone;
}

static const char *const errorParts[] = {
    [0] = "",
    [1] = "Animals",
    [2] = "Animal Handles",
    [3] = "Streams",
    [4] = "Memory",
    [5] = "Far",
};

const char *
virErrorDomainText(int domain)
{
    if (domain < 0 || (size_t) domain >= sizeof(errorParts) / sizeof(errorParts[0]))
        return NULL;
    return errorParts[domain];
}
