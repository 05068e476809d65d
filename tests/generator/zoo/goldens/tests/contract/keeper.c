/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/keeper.xml; change that, not this. */
/* Contracts of the functions of api/keeper.xml. */

#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include "contract/contract.h"

static void
contractAnimalKeeperCommand(Contract *f)
{
    contractFails(f, "good", virAnimalKeeperCommand(f->rw.animal, "x", 1, (char **) contractScratch(f, 3), 0) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalKeeperCommand(f->ro.animal, "x", 1, (char **) contractScratch(f, 3), 0) == -1,
                  f->ro.conn, VIR_FROM_NONE, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", virAnimalKeeperCommand(NULL, "x", 1, (char **) contractScratch(f, 3), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalKeeperCommand((virAnimalPtr) f->rw.conn, "x", 1, (char **) contractScratch(f, 3), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalKeeperCommand(f->freed.animal, "x", 1, (char **) contractScratch(f, 3), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null cmd", virAnimalKeeperCommand(f->rw.animal, NULL, 1, (char **) contractScratch(f, 3), 0) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative timeout", virAnimalKeeperCommand(f->rw.animal, "x", -1, (char **) contractScratch(f, 3), 0) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high timeout", virAnimalKeeperCommand(f->rw.animal, "x", 99999, (char **) contractScratch(f, 3), 0) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null result", virAnimalKeeperCommand(f->rw.animal, "x", 1, NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "unknown flags", virAnimalKeeperCommand(f->rw.animal, "x", 1, (char **) contractScratch(f, 3), 1u << 30) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_NO_SUPPORT);
}

static void
contractConnectKeeperRegister(Contract *f)
{
    contractFails(f, "good", virConnectKeeperRegister(f->rw.conn, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectKeeperRegister(f->ro.conn, f->ro.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  f->ro.conn, VIR_FROM_NONE, VIR_ERR_OPERATION_DENIED);
    contractHonest(f, "null conn", virConnectKeeperRegister(NULL, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                   NULL);
    contractFails(f, "wrong conn", virConnectKeeperRegister((virConnectPtr) f->rw.animal, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectKeeperRegister(f->freed.conn, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_CONN);
    contractFails(f, "null animal", virConnectKeeperRegister(f->rw.conn, NULL, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_NO_SUPPORT);
    contractFails(f, "wrong animal", virConnectKeeperRegister(f->rw.conn, (virAnimalPtr) f->rw.conn, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virConnectKeeperRegister(f->rw.conn, f->freed.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "foreign animal", virConnectKeeperRegister(f->rw.conn, f->foreign.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "null cb", virConnectKeeperRegister(f->rw.conn, f->rw.animal, NULL, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "null opaque", virConnectKeeperRegister(f->rw.conn, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null freecb", virConnectKeeperRegister(f->rw.conn, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_NO_SUPPORT);
}

const ContractFunction contractKeeperFunctions[] = {
    { "virAnimalKeeperCommand", contractAnimalKeeperCommand },
    { "virConnectKeeperRegister", contractConnectKeeperRegister },
    { NULL, NULL },
};
