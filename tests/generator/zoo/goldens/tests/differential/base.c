/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/base.xml; change that, not this. */
/* Calls of the functions of api/base.xml, for comparison. */

#include <libvirt/libvirt-common.h>
#include <libvirt/virterror.h>

#include <stdlib.h>
#include <unistd.h>

#include "contract/differential.h"

static void
differInitialize(Contract *f)
{
    typeof(&virInitialize) call = differFunction("virInitialize");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call());
}

static void
differGetLastErrorCode(Contract *f)
{
    typeof(&virGetLastErrorCode) call = differFunction("virGetLastErrorCode");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call());
}

static void
releaseConnectOpenAuth(Contract *f, void *result)
{
    CALL(virConnectClose)(result);
    (void) f;
}

static void
differConnectOpenAuth(Contract *f)
{
    typeof(&virConnectOpenAuth) call = differFunction("virConnectOpenAuth");

    if (!call)
        return;
    DIFFER_POINTER(f, "good", releaseConnectOpenAuth, call("test:///default", (virConnectAuthPtr) contractScratch(f, 1), 0));
    DIFFER_POINTER(f, "null name", releaseConnectOpenAuth, call(NULL, (virConnectAuthPtr) contractScratch(f, 1), 0));
    DIFFER_POINTER(f, "null auth", releaseConnectOpenAuth, call("test:///default", NULL, 0));
    DIFFER_POINTER(f, "unknown flags", releaseConnectOpenAuth, call("test:///default", (virConnectAuthPtr) contractScratch(f, 1), 1u << 30));
}

static void
differConnectClose(Contract *f)
{
    typeof(&virConnectClose) call = differFunction("virConnectClose");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call(f->rw.conn));
    DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.conn));
    DIFFER_NUMBER(f, "null conn", differNothing, call(NULL));
    DIFFER_NUMBER(f, "wrong conn", differNothing, call((virConnectPtr) f->rw.animal));
}

static void
differConnectRef(Contract *f)
{
    typeof(&virConnectRef) call = differFunction("virConnectRef");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call(f->rw.conn));
    DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.conn));
    DIFFER_NUMBER(f, "null conn", differNothing, call(NULL));
    DIFFER_NUMBER(f, "wrong conn", differNothing, call((virConnectPtr) f->rw.animal));
}

static void
differTypedParamsGetString(Contract *f)
{
    typeof(&virTypedParamsGetString) call = differFunction("virTypedParamsGetString");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call(f->params, 1, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "null params", differNothing, call(NULL, 1, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "null and empty params", differNothing, call(NULL, 0, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "zero nparams", differNothing, call(f->params, 0, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "negative nparams", differNothing, call(f->params, -1, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "null name", differNothing, call(f->params, 1, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "null value", differNothing, call(f->params, 1, NULL, NULL));
}

static void
differTypedParamsAddInt(Contract *f)
{
    typeof(&virTypedParamsAddInt) call = differFunction("virTypedParamsAddInt");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "null params", differNothing, call(NULL, (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "null and empty params", differNothing, call(NULL, (int *) contractCount(f, 1, 0), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "null nparams", differNothing, call((virTypedParameterPtr *) contractScratch(f, 0), NULL, (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "zero nparams", differNothing, call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 0), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "negative nparams", differNothing, call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, -1), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "null maxparams", differNothing, call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), NULL, "x", 1));
    DIFFER_NUMBER(f, "null name", differNothing, call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), NULL, 1));
    DIFFER_NUMBER(f, "negative value", differNothing, call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", -1));
    DIFFER_NUMBER(f, "high value", differNothing, call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", 99999));
}

static void
differStreamSend(Contract *f)
{
    typeof(&virStreamSend) call = differFunction("virStreamSend");
    bool ready = call && differReady(f, "stream", f->rw.stream);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.stream, (const char *) "\1", 1));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.stream, (const char *) "\1", 1));
    DIFFER_NUMBER(f, "null stream", differNothing, call(NULL, (const char *) "\1", 1));
    DIFFER_NUMBER(f, "wrong stream", differNothing, call((virStreamPtr) f->rw.animal, (const char *) "\1", 1));
    if (ready)
        DIFFER_NUMBER(f, "null data", differNothing, call(f->rw.stream, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "null and empty data", differNothing, call(f->rw.stream, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nbytes", differNothing, call(f->rw.stream, (const char *) "\1", 0));
}

const ContractFunction contractBaseFunctions[] = {
    { "virInitialize", differInitialize },
    { "virGetLastErrorCode", differGetLastErrorCode },
    { "virConnectOpenAuth", differConnectOpenAuth },
    { "virConnectClose", differConnectClose },
    { "virConnectRef", differConnectRef },
    { "virTypedParamsGetString", differTypedParamsGetString },
    { "virTypedParamsAddInt", differTypedParamsAddInt },
    { "virStreamSend", differStreamSend },
    { NULL, NULL },
};
