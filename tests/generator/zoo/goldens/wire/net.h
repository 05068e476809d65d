/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/*
 * The message itself.
 */

#pragma once

#include "rpc/wire.h"

#define VIR_NET_MESSAGE_STRING_MAX 4096

typedef enum {
    VIR_NET_CALL = 0,
    VIR_NET_REPLY = 1,
} virWireMessageType;

typedef struct {
    int proc;
    int type;
    unsigned int serial;
} virWireNetHeader;

extern const virWireType virWireTypeNetHeader;
