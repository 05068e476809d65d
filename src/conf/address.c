/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numeric IP addresses and the networks they are in. */

#include "conf/address.h"

#include <arpa/inet.h>
#include <string.h>

bool
virConfAddressParse(const char *text, virConfAddress *address)
{
    memset(address, 0, sizeof(*address));
    address->length = 4;
    if (inet_pton(AF_INET, text, address->bytes) == 1)
        return true;
    address->length = 16;
    return inet_pton(AF_INET6, text, address->bytes) == 1;
}

char *
virConfAddressFormat(const virConfAddress *address)
{
    char text[INET6_ADDRSTRLEN];

    inet_ntop(address->length == 4 ? AF_INET : AF_INET6, address->bytes, text, sizeof(text));
    return g_strdup(text);
}

int
virConfAddressCompare(const virConfAddress *one, const virConfAddress *other)
{
    return memcmp(one->bytes, other->bytes, one->length);
}

bool
virConfAddressSameNetwork(const virConfAddress *one, const virConfAddress *other,
                          unsigned int prefix)
{
    unsigned int whole = MIN(prefix / 8, one->length);
    unsigned int rest = whole < one->length ? prefix % 8 : 0;

    if (one->length != other->length || memcmp(one->bytes, other->bytes, whole) != 0)
        return false;
    return !rest || one->bytes[whole] >> (8 - rest) == other->bytes[whole] >> (8 - rest);
}

int
virConfAddressMaskPrefix(const char *mask)
{
    virConfAddress address;
    guint32 bits, inverted;

    if (!virConfAddressParse(mask, &address) || address.length != 4)
        return -1;
    memcpy(&bits, address.bytes, sizeof(bits));
    inverted = ~ntohl(bits);
    /* All ones in front means that behind them are only zeros: adding one leaves a power of two. */
    if (inverted & (inverted + 1))
        return -1;
    return 32 - __builtin_popcount(inverted);
}

virConfAddress
virConfAddressNext(const virConfAddress *address, unsigned int step)
{
    virConfAddress next = *address;

    for (unsigned int i = next.length; i-- > 0 && step;) {
        step += next.bytes[i];
        next.bytes[i] = (unsigned char) step;
        step >>= 8;
    }
    return next;
}
