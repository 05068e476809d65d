/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed parameters: reading, adding, clearing. */

#include <string.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"
#include "runtime/local.h"

static const char *
typeName(int type)
{
    static const char *const names[] = {
        "unknown", "int", "uint", "llong", "ullong", "double", "boolean", "string",
    };

    return type > 0 && type < (int) G_N_ELEMENTS(names) ? names[type] : names[0];
}

virTypedParameterPtr
localTypedParamsGet(virTypedParameterPtr params, int nparams, const char *name)
{
    int i;

    for (i = 0; params && name && i < nparams; i++) {
        if (strncmp(params[i].field, name, VIR_TYPED_PARAM_FIELD_LENGTH) == 0)
            return &params[i];
    }
    return NULL;
}

/* 1 with the parameter, 0 when it is absent, -1 when it has another type. */
static int
find(virTypedParameterPtr params, int nparams, const char *name, int type,
     virTypedParameterPtr *found)
{
    virTypedParameterPtr one = localTypedParamsGet(params, nparams, name);

    if (!one)
        return 0;
    if (one->type != type) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG,
                      "parameter '%s' is of type '%s', not '%s'", name, typeName(one->type),
                      typeName(type));
        return -1;
    }
    *found = one;
    return 1;
}

#define DEFINE_GET(Name, ctype, TYPE, member)                                                   \
    int                                                                                         \
    localTypedParamsGet##Name(virTypedParameterPtr params, int nparams, const char *name,       \
                              ctype *value)                                                     \
    {                                                                                           \
        virTypedParameterPtr one = NULL;                                                        \
        int found = find(params, nparams, name, VIR_TYPED_PARAM_##TYPE, &one);                  \
                                                                                                \
        if (found > 0 && value)                                                                 \
            *value = one->value.member;                                                         \
        return found;                                                                           \
    }

DEFINE_GET(Int, int, INT, i)
DEFINE_GET(UInt, unsigned int, UINT, ui)
DEFINE_GET(LLong, long long, LLONG, l)
DEFINE_GET(ULLong, unsigned long long, ULLONG, ul)
DEFINE_GET(Double, double, DOUBLE, d)
DEFINE_GET(Boolean, int, BOOLEAN, b)
DEFINE_GET(String, const char *, STRING, s)

/* Room for one more at the end; NULL after an error. */
static virTypedParameterPtr
append(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name, int type)
{
    size_t length = strlen(name);
    virTypedParameterPtr one;

    if (length >= VIR_TYPED_PARAM_FIELD_LENGTH) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG,
                      "parameter name '%s' has more than %d characters", name,
                      VIR_TYPED_PARAM_FIELD_LENGTH - 1);
        return NULL;
    }
    if (*nparams >= *maxparams) {
        int wanted = MAX(*maxparams * 2, *nparams + 4);

        *params = g_renew(virTypedParameter, *params, wanted);
        *maxparams = wanted;
    }
    one = *params + (*nparams)++;
    memset(one, 0, sizeof(*one));
    memcpy(one->field, name, length);
    one->type = type;
    return one;
}

#define DEFINE_ADD(Name, ctype, TYPE, member, expression)                                       \
    int                                                                                         \
    localTypedParamsAdd##Name(virTypedParameterPtr *params, int *nparams, int *maxparams,       \
                              const char *name, ctype value)                                    \
    {                                                                                           \
        virTypedParameterPtr one =                                                              \
            append(params, nparams, maxparams, name, VIR_TYPED_PARAM_##TYPE);                   \
                                                                                                \
        if (!one)                                                                               \
            return -1;                                                                          \
        one->value.member = expression;                                                         \
        return 0;                                                                               \
    }

DEFINE_ADD(Int, int, INT, i, value)
DEFINE_ADD(UInt, unsigned int, UINT, ui, value)
DEFINE_ADD(LLong, long long, LLONG, l, value)
DEFINE_ADD(ULLong, unsigned long long, ULLONG, ul, value)
DEFINE_ADD(Double, double, DOUBLE, d, value)
DEFINE_ADD(Boolean, int, BOOLEAN, b, !!value)
DEFINE_ADD(String, const char *, STRING, s, g_strdup(value))

int
localTypedParamsAddStringList(virTypedParameterPtr *params, int *nparams, int *maxparams,
                              const char *name, const char **values)
{
    int i;

    for (i = 0; values && values[i]; i++) {
        if (localTypedParamsAddString(params, nparams, maxparams, name, values[i]) < 0)
            return -1;
    }
    return 0;
}

static int
wrongValue(const char *name, int type, const char *value)
{
    virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "value '%s' of parameter '%s' is no %s",
                  value, name, typeName(type));
    return -1;
}

static int
addSigned(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name, int type,
          const char *value)
{
    gint64 number;
    gint64 low = type == VIR_TYPED_PARAM_INT ? G_MININT : G_MININT64;
    gint64 high = type == VIR_TYPED_PARAM_INT ? G_MAXINT : G_MAXINT64;

    if (!g_ascii_string_to_signed(value, 10, low, high, &number, NULL))
        return wrongValue(name, type, value);
    if (type == VIR_TYPED_PARAM_INT)
        return localTypedParamsAddInt(params, nparams, maxparams, name, (int) number);
    return localTypedParamsAddLLong(params, nparams, maxparams, name, number);
}

static int
addUnsigned(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name,
            int type, const char *value)
{
    guint64 number;
    guint64 high = type == VIR_TYPED_PARAM_UINT ? G_MAXUINT : G_MAXUINT64;

    if (!g_ascii_string_to_unsigned(value, 10, 0, high, &number, NULL))
        return wrongValue(name, type, value);
    if (type == VIR_TYPED_PARAM_UINT)
        return localTypedParamsAddUInt(params, nparams, maxparams, name, (unsigned int) number);
    return localTypedParamsAddULLong(params, nparams, maxparams, name, number);
}

int
localTypedParamsAddFromString(virTypedParameterPtr *params, int *nparams, int *maxparams,
                              const char *name, int type, const char *value)
{
    switch (type) {
    case VIR_TYPED_PARAM_INT:
    case VIR_TYPED_PARAM_LLONG:
        return addSigned(params, nparams, maxparams, name, type, value);
    case VIR_TYPED_PARAM_UINT:
    case VIR_TYPED_PARAM_ULLONG:
        return addUnsigned(params, nparams, maxparams, name, type, value);
    case VIR_TYPED_PARAM_DOUBLE: {
        char *end;
        double number = g_ascii_strtod(value, &end);

        if (end == value || *end)
            return wrongValue(name, type, value);
        return localTypedParamsAddDouble(params, nparams, maxparams, name, number);
    }
    case VIR_TYPED_PARAM_BOOLEAN:
        if (!g_str_equal(value, "0") && !g_str_equal(value, "1"))
            return wrongValue(name, type, value);
        return localTypedParamsAddBoolean(params, nparams, maxparams, name, *value == '1');
    case VIR_TYPED_PARAM_STRING:
        return localTypedParamsAddString(params, nparams, maxparams, name, value);
    }
    virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "parameter '%s' has unknown type %d", name,
                  type);
    return -1;
}

void
localTypedParamsClear(virTypedParameterPtr params, int nparams)
{
    int i;

    for (i = 0; params && i < nparams; i++) {
        if (params[i].type == VIR_TYPED_PARAM_STRING)
            g_clear_pointer(&params[i].value.s, g_free);
    }
}

void
localTypedParamsFree(virTypedParameterPtr params, int nparams)
{
    localTypedParamsClear(params, nparams);
    g_free(params);
}
