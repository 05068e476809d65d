/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grammar of the shell language: from words or a line to bound command lines. */

#pragma once

#include "client/arguments.h"

/* One word of a line, or the end of a command. */
typedef struct {
    char *text; /* NULL: the command ends here */
} virshToken;

/* Splits a line at blanks, `;` and newlines, honouring quotes, backslashes and comments. Returns
 * tokens (each command ends with a NULL text), or NULL with `*problem` set. With `open` given, an
 * unfinished quote is no problem: the last token is then what was typed so far. */
GArray *virshTokenize(const char *line, bool open, const char **problem);

const virshCommand *virshFindCommand(const char *name);

/* Both report what is wrong and return false; an empty line gives true and no command. */
bool virshParseLine(virshControl *ctl, const char *line, virshArguments **commands);
bool virshParseWords(virshControl *ctl, char **words, size_t count, virshArguments **commands);

/* Runs parsed commands one after the other; true when the last one succeeded. */
bool virshRun(virshControl *ctl, const virshArguments *commands);
