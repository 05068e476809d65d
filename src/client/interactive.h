/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The conversation with a person. */

#pragma once

#include "client/shell.h"

bool virshInteract(virshControl *ctl);
