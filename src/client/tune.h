/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Options that are parameters of the API, and parameters that are shown. */

#pragma once

#include "client/report.h"

/* How the words of one option become one parameter, or several. */
typedef struct {
    const char *option;
    const char *key;
    int type;                 /* virTypedParameterType */
    unsigned long long scale; /* bytes in a number without unit; 0: a plain number */
    unsigned long long divide;
    bool unlimited;    /* a negative number means no limit */
    const char *words; /* spellings of 0, 1, ..., separated by bars; numbers are accepted, too */
    const char *parts; /* "average peak ...": numbers separated by commas, one key each */
    const char *negative; /* said about a number below zero */
    const char *wrong; /* said about a bad value, which it may name */
} virshTuned;

/* The parameters that the options give; false after reporting what is wrong with them. */
bool virshTuneCollect(virshControl *ctl, const virshArguments *arguments, const virshTuned *tuned,
                      size_t count, virTypedParameterPtr *fields, int *fieldCount);

/* Prints parameters as the report of the command; `unlimited` is the number that means no limit,
 * 0: there is none. Numbers of those `tuned` that have words are shown by them. */
bool virshTuneShow(virshControl *ctl, const virshArguments *arguments,
                   virTypedParameterPtr fields, int count, unsigned long long unlimited,
                   const virshTuned *tuned, size_t tunedCount);
