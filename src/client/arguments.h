/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The options of one command line, bound to the description of the command. */

#pragma once

#include "client/shell.h"

struct _virshArguments {
    const virshCommand *command;
    GPtrArray **values; /* per option: its words, NULL when it was not given; flags hold one "" */
    bool help;
    virshArguments *next;
};

virshArguments *virshArgumentsNew(const virshCommand *command);
void virshArgumentsFree(virshArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshArguments, virshArgumentsFree)

/* True when the option was given at all. */
bool virshFlag(const virshArguments *arguments, const char *name);

/* True when one of the options (names separated by blanks) was given, or one with a "!" before
 * its name was not, or `names` is NULL. */
bool virshAnyFlag(const virshArguments *arguments, const char *names);

/* The raw text, which may be empty; NULL when the option was not given. */
const char *virshText(const virshArguments *arguments, const char *name);

/* These report a bad value and return false; without the option they leave the value alone. */
bool virshString(virshControl *ctl, const virshArguments *arguments, const char *name,
                 const char **value);
bool virshInt(virshControl *ctl, const virshArguments *arguments, const char *name, int *value);
bool virshUint(virshControl *ctl, const virshArguments *arguments, const char *name,
               unsigned int *value);
bool virshLong(virshControl *ctl, const virshArguments *arguments, const char *name,
               long long *value);
bool virshUlong(virshControl *ctl, const virshArguments *arguments, const char *name,
                unsigned long long *value);
/* A number with or without a unit in bytes; a `*suffix` that is no unit is named. */
bool virshSizeText(const char *text, unsigned long long scale, unsigned long long *bytes,
                   const char **suffix);

/* `scale` is the unit of a number without suffix; the result is in bytes. */
bool virshSize(virshControl *ctl, const virshArguments *arguments, const char *name,
               unsigned long long scale, unsigned long long *bytes);

/* Sets the bits of the words (a list separated by commas) of an option: `first` is the bit of the
 * first of `words` (separated by bars); `wrong` is said about any other one, which it may name. */
bool virshWordBits(virshControl *ctl, const virshArguments *arguments, const char *name,
                   const char *words, unsigned int first, const char *wrong, unsigned int *flags);

/* An option and the flag that it stands for. */
typedef struct {
    const char *option;
    unsigned int bit;
} virshOptionBit;

/* The flags of the options that were given. */
unsigned int virshOptionBits(const virshArguments *arguments, const virshOptionBit *bits,
                             size_t count);

/* All words of a rest option joined by blanks, NULL when there is none. */
char *virshRest(const virshArguments *arguments, const char *name);
const GPtrArray *virshWords(const virshArguments *arguments, const char *name);

/* The description of an option, NULL when the command has none of that name. */
const virshOption *virshOptionOf(const virshCommand *command, const char *name);

/* Checks exclusive and required pairs of the description. */
bool virshArgumentsCheck(virshControl *ctl, const virshArguments *arguments);

/* The AFFECT bits of --live, --config, --current and --persistent; `domain` may be NULL. */
bool virshAffect(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                 unsigned int *flags);
