/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts XML documents together from the words of people. */

#pragma once

#include <glib.h>

/* Appends text in which every argument is escaped. */
void virshCompose(GString *out, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The same with one argument; appends nothing when that is NULL. */
void virshComposeIf(GString *out, const char *format, const char *text);
