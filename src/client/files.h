/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Open files of the shell that a command passes on. */

#pragma once

#include "client/arguments.h"

typedef struct {
    int *fds; /* not owned: the files stay open */
    unsigned int count;
} virshFiles;

/* The numbers of an option, separated by commas; none without the option, NULL after reporting. */
virshFiles *virshFilesNew(virshControl *ctl, const virshArguments *arguments, const char *option);
void virshFilesFree(virshFiles *files);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshFiles, virshFilesFree)
