/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed parameters as drivers take and give them. */

#include "runtime/parameters.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"
#include "runtime/local.h"

void
virParamsClear(virParams *list)
{
    localTypedParamsFree(list->params, list->nparams);
    *list = (virParams) { NULL, 0, 0 };
}

#define DEFINE_ADD(Name, ctype)                                                                 \
    void                                                                                        \
    virParamsAdd##Name(virParams *list, const char *name, ctype value)                        \
    {                                                                                           \
        localTypedParamsAdd##Name(&list->params, &list->nparams, &list->maxparams, name,        \
                                  value);                                                       \
    }

DEFINE_ADD(Int, int)
DEFINE_ADD(UInt, unsigned int)
DEFINE_ADD(LLong, long long)
DEFINE_ADD(ULLong, unsigned long long)
DEFINE_ADD(Boolean, bool)
DEFINE_ADD(String, const char *)

void
virParamsReserve(virParams *list, int count)
{
    if (count <= list->maxparams)
        return;
    list->params = g_renew(virTypedParameter, list->params, count);
    list->maxparams = count;
}

void
virParamsNumber(virParamsNames *names, const char *prefix, unsigned int number)
{
    int length = g_snprintf(names->text, sizeof(names->text), "%s%u", prefix, number);

    names->stem = MIN((size_t) length, sizeof(names->text) - 1);
}

const char *
virParamsName(virParamsNames *names, const char *suffix)
{
    g_strlcpy(names->text + names->stem, suffix, sizeof(names->text) - names->stem);
    return names->text;
}

int
virParamsFill(virParams *list, virTypedParameterPtr params, int *nparams)
{
    int i;

    if (*nparams == 0) {
        *nparams = list->nparams;
        return 0;
    }
    *nparams = MIN(*nparams, list->nparams);
    for (i = 0; i < *nparams; i++) {
        params[i] = list->params[i];
        /* A string is the caller's now. */
        list->params[i].type = VIR_TYPED_PARAM_INT;
    }
    return 0;
}

int
virParamsGive(virParams *list, virTypedParameterPtr *params, int *nparams)
{
    *params = g_steal_pointer(&list->params);
    *nparams = list->nparams;
    *list = (virParams) { NULL, 0, 0 };
    return 0;
}

static const char *
typeWord(int type)
{
    static const char *const words[] = {
        "unknown", "int", "uint", "llong", "ullong", "double", "boolean", "string",
    };

    return words[type > 0 && type < (int) G_N_ELEMENTS(words) ? type : 0];
}

static bool
checkOne(const virTypedParameter *param, const virParameterKey *keys, const char *const *known)
{
    const virParameterKey *key = keys;

    while (key->name && strncmp(key->name, param->field, VIR_TYPED_PARAM_FIELD_LENGTH) != 0)
        key++;
    if (!key->name || (known && !g_strv_contains(known, key->name))) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_ARGUMENT_UNSUPPORTED, "parameter '%.*s' not supported",
                      VIR_TYPED_PARAM_FIELD_LENGTH - 1, param->field);
        return false;
    }
    if (param->type != key->type) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG,
                      "invalid type '%s' for parameter '%s', expected '%s'",
                      typeWord(param->type), key->name, typeWord(key->type));
        return false;
    }
    if (param->type == VIR_TYPED_PARAM_STRING && !param->value.s) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "the value of parameter '%s' is NULL",
                      key->name);
        return false;
    }
    return true;
}

bool
virParamsCheck(const virTypedParameter *params, int nparams, const virParameterKey *keys,
               const char *const *known)
{
    int i;

    for (i = 0; i < nparams; i++) {
        if (!checkOne(&params[i], keys, known))
            return false;
        if (virParamsFind(params, i, params[i].field)) {
            virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG,
                          "parameter '%s' occurs multiple times", params[i].field);
            return false;
        }
    }
    return true;
}

const virTypedParameter *
virParamsFind(const virTypedParameter *params, int nparams, const char *name)
{
    int i;

    for (i = 0; i < nparams; i++) {
        if (strncmp(params[i].field, name, VIR_TYPED_PARAM_FIELD_LENGTH) == 0)
            return &params[i];
    }
    return NULL;
}

const char *
virParamsString(const virTypedParameter *params, int nparams, const char *name)
{
    const virTypedParameter *param = virParamsFind(params, nparams, name);

    return param ? param->value.s : NULL;
}
