/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows names that belong to other names as a tree. */

#pragma once

#include "client/shell.h"

/* Prints the trees of `count` names; `parents[i]` is NULL, or the name to which names[i] belongs.
 * A name whose parent is not among them is the root of a tree. With `root` only that tree. */
void virshTreePrint(virshControl *ctl, const char *const *names, const char *const *parents,
                    size_t count, const char *root);
