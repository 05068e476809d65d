/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* What a client may be permitted, by number. */

#pragma once

typedef enum {
    VIR_ACCESS_CONNECT_GETATTR,
    VIR_ACCESS_CONNECT_READ,
    VIR_ACCESS_CONNECT_WRITE,
    VIR_ACCESS_ANIMAL_GETATTR,
    VIR_ACCESS_ANIMAL_READ,
    VIR_ACCESS_ANIMAL_WRITE,
    VIR_ACCESS_DEN_WRITE,
    VIR_ACCESS_PERMISSIONS,     /* their number */
} virAccessPermission;
