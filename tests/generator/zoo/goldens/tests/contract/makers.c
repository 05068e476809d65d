/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Handles without a driver. */

#include "contract/contract.h"

#include "runtime/objects.h"

static const unsigned char contractUUID[VIR_UUID_BUFLEN] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };

void
contractMakeHandles(ContractHandles *to)
{
    to->animal = virAnimalNew(to->conn, "animal-name", contractUUID, 1);
    to->cub = virCubNew(to->animal, "cub-name");
    to->den = virDenNew(to->conn, "den-name", "den-floor", 1, "den-owner");
}

void
contractFreeHandles(ContractHandles *of)
{
    virHandleUnref(&of->den->handle);
    virHandleUnref(&of->cub->handle);
    virHandleUnref(&of->animal->handle);
}
