/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/wire.xml; change that, not this. */
/* Entry points for the daemon of libvirt-common.h, module wire. */

#include <libvirt/libvirt-common.h>
#include <libvirt/virterror.h>

#include <string.h>

#include "driver/vtable.h"
#include "runtime/connect.h"
#include "runtime/entry.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "runtime/stream.h"
#include "runtime/phases.h"

VIR_MODULE_API int
virAnimalTransportBegin(virAnimalPtr animal,
                        const unsigned char *papers_in,
                        int papersinlen,
                        unsigned char **papers_out,
                        int *papersoutlen,
                        char **address)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, papers_in=%p, papersinlen=%d, papers_out=%p, papersoutlen=%p, address=%p",
              (const void *) animal,
              (const void *) papers_in,
              papersinlen,
              (const void *) papers_out,
              (const void *) papersoutlen,
              (const void *) address);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_NONE, __func__);
        goto error;
    }
    if (papersinlen != 0 && !papers_in) {
        virEntryNull(VIR_FROM_NONE, __func__, "papers_in");
        goto error;
    }
    if (!papersoutlen) {
        virEntryNull(VIR_FROM_NONE, __func__, "papersoutlen");
        goto error;
    }
    if (*papersoutlen < 0) {
        virEntryNegative(VIR_FROM_NONE, __func__, "*papersoutlen");
        goto error;
    }
    if (!papers_out) {
        virEntryNull(VIR_FROM_NONE, __func__, "papers_out");
        goto error;
    }
    if (!address) {
        virEntryNull(VIR_FROM_NONE, __func__, "address");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalTransportBegin) {
        virEntryUnsupported(VIR_FROM_NONE, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalTransportBegin(animal,
                                          papers_in,
                                          papersinlen,
                                          papers_out,
                                          papersoutlen,
                                          address);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}
