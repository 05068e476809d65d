/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/base.xml; change that, not this. */
/* Calls of the functions of api/base.xml, for comparison. */

#include <libvirt/libvirt-common.h>
#include <libvirt/virterror.h>

#include "contract/differential.h"

static void
differInitialize(Contract *f)
{
    typeof(&virInitialize) call = differFunction("virInitialize");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call());
}

static void
differGetLastErrorCode(Contract *f)
{
    typeof(&virGetLastErrorCode) call = differFunction("virGetLastErrorCode");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call());
}

static void
differConnectOpenAuth(Contract *f)
{
    typeof(&virConnectOpenAuth) call = differFunction("virConnectOpenAuth");

    if (!call)
        return;
    DIFFER_POINTER(f, "good", call("test:///default", (virConnectAuthPtr) contractScratch(f, 1), 0));
    DIFFER_POINTER(f, "null name", call(NULL, (virConnectAuthPtr) contractScratch(f, 1), 0));
    DIFFER_POINTER(f, "null auth", call("test:///default", NULL, 0));
    DIFFER_POINTER(f, "unknown flags", call("test:///default", (virConnectAuthPtr) contractScratch(f, 1), 1u << 30));
}

static void
differConnectClose(Contract *f)
{
    typeof(&virConnectClose) call = differFunction("virConnectClose");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn));
    DIFFER_NUMBER(f, "null conn", call(NULL));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal));
}

static void
differConnectRef(Contract *f)
{
    typeof(&virConnectRef) call = differFunction("virConnectRef");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn));
    DIFFER_NUMBER(f, "null conn", call(NULL));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal));
}

static void
differTypedParamsGetString(Contract *f)
{
    typeof(&virTypedParamsGetString) call = differFunction("virTypedParamsGetString");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->params, 1, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "null params", call(NULL, 1, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "null and empty params", call(NULL, 0, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "zero nparams", call(f->params, 0, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "negative nparams", call(f->params, -1, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "null name", call(f->params, 1, NULL, (const char **) contractScratch(f, 3)));
    DIFFER_NUMBER(f, "null value", call(f->params, 1, NULL, NULL));
}

static void
differTypedParamsAddInt(Contract *f)
{
    typeof(&virTypedParamsAddInt) call = differFunction("virTypedParamsAddInt");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "null params", call(NULL, (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "null and empty params", call(NULL, (int *) contractCount(f, 1, 0), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "null nparams", call((virTypedParameterPtr *) contractScratch(f, 0), NULL, (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "zero nparams", call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 0), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "negative nparams", call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, -1), (int *) contractCount(f, 2, 0), "x", 1));
    DIFFER_NUMBER(f, "null maxparams", call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), NULL, "x", 1));
    DIFFER_NUMBER(f, "null name", call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), NULL, 1));
    DIFFER_NUMBER(f, "negative value", call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", -1));
    DIFFER_NUMBER(f, "high value", call((virTypedParameterPtr *) contractScratch(f, 0), (int *) contractCount(f, 1, 4), (int *) contractCount(f, 2, 0), "x", 99999));
}

static void
differStreamSend(Contract *f)
{
    typeof(&virStreamSend) call = differFunction("virStreamSend");
    bool ready = call && differReady(f, "stream", f->rw.stream);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.stream, (const char *) "\1", 1));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.stream, (const char *) "\1", 1));
    DIFFER_NUMBER(f, "null stream", call(NULL, (const char *) "\1", 1));
    DIFFER_NUMBER(f, "wrong stream", call((virStreamPtr) f->rw.animal, (const char *) "\1", 1));
    if (ready)
        DIFFER_NUMBER(f, "null data", call(f->rw.stream, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "null and empty data", call(f->rw.stream, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nbytes", call(f->rw.stream, (const char *) "\1", 0));
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
