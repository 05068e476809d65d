/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* QEMU's objects of the threads that serve the disks of a guest. */

#pragma once

#include <json-c/json.h>

#include "document/domain.h"

/* QEMU's object of one. */
json_object *qemuIothreadObject(const virDocDomain *document, unsigned int id);
