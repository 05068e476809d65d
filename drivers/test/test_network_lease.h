/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses that networks of the test hypervisor lend to guests. */

#pragma once

#include "document/network.h"

/*
 * The address that one <ip> of a network lends to the interface `index` of the domain `id`: the
 * fixed one of its hardware address, else one of the first range. NULL when it lends none.
 */
char *testNetworkLend(const virDocNetworkIp *ip, int id, unsigned int index,
                      const unsigned char *mac);

/* Length of the network part of an <ip>'s address in bits. */
unsigned int testNetworkPrefix(const virDocNetworkIp *ip);
