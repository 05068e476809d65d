/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads of a guest that serve its disks: their numbers, and QEMU's objects. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <json-c/json.h>

#include "document/domain.h"

/* The numbers of all threads (unsigned int): those that the document names, and those it only counts. */
GArray *qemuIothreadNumbers(const virDocDomain *document);
/* QEMU's object of one. */
json_object *qemuIothreadObject(const virDocDomain *document, unsigned int id);
