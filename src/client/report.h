/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a command prints as facts: rows of described values, shown as text or as JSON. */

#pragma once

#include "client/arguments.h"

typedef struct _virshReport virshReport;

/* Begins the first view of the command that fits its options. With JSON asked for, everything of
 * this command that is not a report must stay silent. */
virshReport *virshReportNew(virshControl *ctl, const virshArguments *arguments);

/* True when the values are going to be printed as JSON. */
bool virshReportJson(const virshReport *report);
bool virshWantsJson(const virshArguments *arguments);

/* True when the view shows the column, or one that a function of the API gives, so that the value
 * is worth asking for. */
bool virshReportShows(const virshReport *report, const char *key);
bool virshReportAsks(const virshReport *report, const char *function);

void virshReportRow(virshReport *report);

/* Values of the newest row; a key that the view does not show is left out. NULL text is no value. */
void virshPutText(virshReport *report, const char *key, const char *text);
void virshPutInt(virshReport *report, const char *key, long long value);
void virshPutUint(virshReport *report, const char *key, unsigned long long value);
void virshPutDouble(virshReport *report, const char *key, double value);
void virshPutBool(virshReport *report, const char *key, bool value);
void virshPutNone(virshReport *report, const char *key);

/* The same with words of its own in the text, where these are no spelling of the value. */
void virshPutShown(virshReport *report, const char *key, const char *text, long long value);
void virshPutShownDouble(virshReport *report, const char *key, const char *text, double value);
void virshPutShownText(virshReport *report, const char *key, const char *text, const char *value);

/* A value whose key the description does not know: the name of a parameter of the API. */
void virshPutParameter(virshReport *report, virTypedParameterPtr parameter, const char *text);
void virshPutExtra(virshReport *report, const char *key, const char *text);
void virshPutExtraUint(virshReport *report, const char *key, const char *title,
                       unsigned long long value);

/* An extra number with words of its own in the text. */
void virshPutExtraShown(virshReport *report, const char *key, const char *title, const char *text,
                        unsigned long long value);

/* A single value as the whole answer of a command: `text` as it is, or an object with one member. */
bool virshAnswer(virshControl *ctl, const virshArguments *arguments, const char *key,
                 const char *text);

/* The value of a parameter in JSON. */
char *virshParameterJson(virTypedParameterPtr parameter);

/* Prints. A report that is freed without it prints what a text reader could have seen so far. */
bool virshReportEnd(virshReport *report);
void virshReportFree(virshReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshReport, virshReportFree)
