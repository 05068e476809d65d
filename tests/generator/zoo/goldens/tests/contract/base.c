/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/base.xml; change that, not this. */
/* Contracts of the functions of api/base.xml. */

#include <libvirt/libvirt-common.h>
#include <libvirt/virterror.h>

#include "contract/contract.h"

static void
contractInitialize(Contract *f)
{
    contractCalled(f, "good", virInitialize() == -1);
}

static void
contractGetLastErrorCode(Contract *f)
{
    contractCalled(f, "good", virGetLastErrorCode() == 0);
}

static void
contractConnectOpenAuth(Contract *f)
{
    contractFails(f, "null auth", !virConnectOpenAuth("test:///default", NULL, 0),
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "unknown flags", !virConnectOpenAuth("test:///default", (virConnectAuthPtr) contractScratch(f, 1), 1u << 30),
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
}

static void
contractConnectClose(Contract *f)
{
    contractFails(f, "null conn", virConnectClose(NULL) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectClose((virConnectPtr) f->rw.animal) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectClose(f->freed.conn) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_CONN);
}

static void
contractConnectRef(Contract *f)
{
    contractFails(f, "null conn", virConnectRef(NULL) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectRef((virConnectPtr) f->rw.animal) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectRef(f->freed.conn) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_CONN);
}

static void
contractTypedParamsGetString(Contract *f)
{
    contractFails(f, "negative nparams", virTypedParamsGetString(f->params, -1, NULL, (const char **) contractScratch(f, 3)) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
}

static void
contractTypedParamsAddInt(Contract *f)
{
    contractFails(f, "null params", virTypedParamsAddInt(NULL, (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", 1) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty params", virTypedParamsAddInt(NULL, (int *) contractCount(f, 1, 0), (int *) contractCount(f, 2, 0), "x", 1) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "null nparams", virTypedParamsAddInt((virTypedParameterPtr *) contractScratch(f, 0), NULL, (int *) contractCount(f, 2, 0), "x", 1) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative nparams", virTypedParamsAddInt((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, -1), (int *) contractCount(f, 2, 0), "x", 1) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "null maxparams", virTypedParamsAddInt((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), NULL, "x", 1) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "null name", virTypedParamsAddInt((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), NULL, 1) == -1,
                  NULL, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
}

static void
contractStreamSend(Contract *f)
{
    contractHonest(f, "good", virStreamSend(f->rw.stream, (const char *) "\1", 1) == -1,
                   f->rw.conn);
    contractHonest(f, "read-only", virStreamSend(f->ro.stream, (const char *) "\1", 1) == -1,
                   f->ro.conn);
    contractFails(f, "null stream", virStreamSend(NULL, (const char *) "\1", 1) == -1,
                  NULL, VIR_FROM_STREAMS, VIR_ERR_INVALID_STREAM);
    contractFails(f, "wrong stream", virStreamSend((virStreamPtr) f->rw.animal, (const char *) "\1", 1) == -1,
                  NULL, VIR_FROM_STREAMS, VIR_ERR_INVALID_STREAM);
    contractFails(f, "freed stream", virStreamSend(f->freed.stream, (const char *) "\1", 1) == -1,
                  NULL, VIR_FROM_STREAMS, VIR_ERR_INVALID_STREAM);
    contractFails(f, "null data", virStreamSend(f->rw.stream, NULL, 1) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty data", virStreamSend(f->rw.stream, NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_NONE, VIR_ERR_INVALID_ARG);
    contractHonest(f, "zero nbytes", virStreamSend(f->rw.stream, (const char *) "\1", 0) == -1,
                   f->rw.conn);
}

const ContractFunction contractBaseFunctions[] = {
    { "virInitialize", contractInitialize },
    { "virGetLastErrorCode", contractGetLastErrorCode },
    { "virConnectOpenAuth", contractConnectOpenAuth },
    { "virConnectClose", contractConnectClose },
    { "virConnectRef", contractConnectRef },
    { "virTypedParamsGetString", contractTypedParamsGetString },
    { "virTypedParamsAddInt", contractTypedParamsAddInt },
    { "virStreamSend", contractStreamSend },
    { NULL, NULL },
};
