/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Answers in JSON as text: indentation and single members. */

#pragma once

#include <glib.h>

/* Text as a string of JSON, with its quotes. */
char *jsonQuote(const char *text);

/* The same JSON on indented lines; text that is no JSON comes out without damage. */
char *jsonIndent(const char *text);

/* The value of a member of the outermost object, strings without their quotes; NULL: none. */
char *jsonMember(const char *text, const char *key);
