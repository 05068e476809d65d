/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/keeper.xml; change that, not this. */
/* Calls of the functions of api/keeper.xml, for comparison. */

#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include <stdlib.h>
#include <unistd.h>

#include "contract/differential.h"

static void
releaseAnimalKeeperCommand(Contract *f, int result)
{
    free(DIFFER_OUT(f, 3, void *));
    (void) result;
}

static void
differAnimalKeeperCommand(Contract *f)
{
    typeof(&virAnimalKeeperCommand) call = differFunction("virAnimalKeeperCommand");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalKeeperCommand, call(f->rw.animal, "x", 1, (char **) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalKeeperCommand, call(f->ro.animal, "x", 1, (char **) contractScratch(f, 3), 0));
    DIFFER_NUMBER(f, "null animal", releaseAnimalKeeperCommand, call(NULL, "x", 1, (char **) contractScratch(f, 3), 0));
    DIFFER_NUMBER(f, "wrong animal", releaseAnimalKeeperCommand, call((virAnimalPtr) f->rw.conn, "x", 1, (char **) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "null cmd", releaseAnimalKeeperCommand, call(f->rw.animal, NULL, 1, (char **) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "negative timeout", releaseAnimalKeeperCommand, call(f->rw.animal, "x", -1, (char **) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "high timeout", releaseAnimalKeeperCommand, call(f->rw.animal, "x", 99999, (char **) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "null result", releaseAnimalKeeperCommand, call(f->rw.animal, "x", 1, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", releaseAnimalKeeperCommand, call(f->rw.animal, "x", 1, (char **) contractScratch(f, 3), 1u << 30));
}

static void
differConnectKeeperRegister(Contract *f)
{
    typeof(&virConnectKeeperRegister) call = differFunction("virConnectKeeperRegister");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.conn, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.conn, f->ro.animal, (virKeeperCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null conn", differNothing, call(NULL, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "wrong conn", differNothing, call((virConnectPtr) f->rw.animal, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null animal", differNothing, call(f->rw.conn, NULL, (virKeeperCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call(f->rw.conn, (virAnimalPtr) f->rw.conn, (virKeeperCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "foreign animal", differNothing, call(f->rw.conn, f->foreign.animal, (virKeeperCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null cb", differNothing, call(f->rw.conn, f->rw.animal, NULL, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null opaque", differNothing, call(f->rw.conn, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null freecb", differNothing, call(f->rw.conn, f->rw.animal, (virKeeperCallback) contractCallback, NULL, NULL));
}

const ContractFunction contractKeeperFunctions[] = {
    { "virAnimalKeeperCommand", differAnimalKeeperCommand },
    { "virConnectKeeperRegister", differConnectKeeperRegister },
    { NULL, NULL },
};
