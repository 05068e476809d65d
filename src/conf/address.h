/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numeric IP addresses and the networks they are in. */

#pragma once

#include <stdbool.h>

#include <glib.h>

typedef struct {
    unsigned int length;        /* bytes: 4 or 16 */
    unsigned char bytes[16];
} virConfAddress;

/* Reads a numeric address of either family; false when the text is none. */
bool virConfAddressParse(const char *text, virConfAddress *address);
char *virConfAddressFormat(const virConfAddress *address);

/* Smaller, equal or larger, of one family. */
int virConfAddressCompare(const virConfAddress *one, const virConfAddress *other);

/* Whether the first `prefix` bits are the same, of one family. */
bool virConfAddressSameNetwork(const virConfAddress *one, const virConfAddress *other,
                               unsigned int prefix);

/* The prefix of an IPv4 mask, -1 when its ones are not all in front. */
int virConfAddressMaskPrefix(const char *mask);

/* The address `step` behind another; wraps around at the end. */
virConfAddress virConfAddressNext(const virConfAddress *address, unsigned int step);
