/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/wire.xml; change that, not this. */
/* Client stubs of module wire: each is one call of the protocol. */

#include "remote/remote.h"

#include <string.h>

#include "drivers/remote/remote_call.h"
#include "remote/remote_convert.h"

int
remoteAnimalTransportBegin(virAnimalPtr animal,
                           const unsigned char *papers_in,
                           int papersinlen,
                           unsigned char **papers_out,
                           int *papersoutlen,
                           char **address)
{
    virWireAnimalTransportBeginArgs args = { 0 };
    virWireAnimalTransportBeginRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.papers_in.items = (unsigned char *) papers_in;
    args.papers_in.count = (size_t) papersinlen;
    if (remoteCall(animal->conn,
                   virWireProcAnimalTransportBegin,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    *papers_out = ret.papers_out.count ? remoteTakeBytes(ret.papers_out.items, ret.papers_out.count) : NULL;
    *papersoutlen = (int) ret.papers_out.count;
    *address = g_strdup(ret.address);
    return 0;
}
