/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The generated state tables: what functions do in each state of their object. */

#pragma once

#include <stdbool.h>

#include "contract/contract.h"

#define STATE_ERRORS 4
#define STATE_EVENTS 4

typedef struct {
    int to;                             /* the number of a state */
    int errors[STATE_ERRORS];           /* one of these, or it succeeds */
    int events[STATE_EVENTS][2];        /* kind and detail, in this order */
    int nevents;
} StateStep;

typedef struct {
    const char *name;
    bool (*call)(Contract *f);          /* whether it failed */
    const StateStep *steps;             /* one per state */
} StateCall;

typedef struct {
    const char *name;
    const char *const *states;          /* NULL-terminated; the first is that of an absent object */
    const StateCall *calls;             /* ends with a NULL name */
} StateObject;

/* Generated; ends with a NULL name. */
extern const StateObject stateObjects[];
