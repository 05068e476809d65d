/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Node documents: a whole host described in a file. */

#pragma once

#include <libvirt/libvirt.h>

/*
 * Fills the empty host behind a connection from a node document. 0, or -1 with an error raised
 * that names the file; what was made so far is freed with the host.
 */
int testNodeLoad(virConnectPtr conn, const char *path);
