/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams whose other end is a daemon's. */

#pragma once

#include <libvirt/libvirt.h>

#include "rpc/client_stream.h"

/* From now on the public stream carries the data of a client's stream, which it owns. */
void remoteStreamOpen(virStreamPtr stream, virClientStream *data);
