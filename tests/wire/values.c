/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random values of the protocol's structures, made by their tables. */

#include "wire/values.h"

#include <string.h>

#include "wire/admin.h"
#include "wire/keepalive.h"
#include "wire/lxc.h"
#include "wire/net.h"
#include "wire/qemu.h"
#include "wire/remote.h"

static void
addType(GPtrArray *types, const virWireType *type)
{
    if (type && !g_ptr_array_find(types, type, NULL))
        g_ptr_array_add(types, (gpointer) type);
}

GPtrArray *
valueTypes(void)
{
    static const virWireProgram *const programs[] = {
        &virWireProgramRemote, &virWireProgramQemu, &virWireProgramLxc,
        &virWireProgramAdmin, &virWireProgramKeepalive,
    };
    GPtrArray *types = g_ptr_array_new();

    addType(types, &virWireTypeNetHeader);
    addType(types, &virWireTypeNetError);
    addType(types, &virWireTypeNetStreamHole);
    addType(types, &virWireTypeError);
    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        for (size_t j = 0; j < programs[i]->count; j++) {
            addType(types, programs[i]->procedures[j].args);
            addType(types, programs[i]->procedures[j].ret);
        }
    }
    return types;
}

GPtrArray *
valueMemory(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

static void *
keep(GPtrArray *memory, void *data)
{
    g_ptr_array_add(memory, data);
    return data;
}

/* Mostly short, of every length around the padding, and now and then longer. */
static size_t
randomLength(GRand *rand, size_t limit)
{
    size_t wanted = (size_t) g_rand_int_range(rand, 0, g_rand_int_range(rand, 0, 8) ? 9 : 90);

    return MIN(wanted, limit);
}

static char *
randomText(GRand *rand, GPtrArray *memory, size_t limit)
{
    size_t length = randomLength(rand, limit);
    char *text = keep(memory, g_malloc0(length + 1));

    for (size_t i = 0; i < length; i++)
        text[i] = (char) g_rand_int_range(rand, 1, 256);
    return text;
}

static void
randomParam(GRand *rand, GPtrArray *memory, const virWireField *field, virTypedParameter *param)
{
    memset(param, 0, sizeof(*param));
    strcpy(param->field, randomText(rand, memory, sizeof(param->field) - 1));
    param->type = g_rand_int_range(rand, VIR_TYPED_PARAM_INT, VIR_TYPED_PARAM_STRING + 1);
    switch (param->type) {
    case VIR_TYPED_PARAM_INT:
    case VIR_TYPED_PARAM_UINT:
        param->value.ui = g_rand_int(rand);
        break;
    case VIR_TYPED_PARAM_DOUBLE:
        param->value.d = g_rand_double_range(rand, -1e6, 1e6);
        break;
    case VIR_TYPED_PARAM_BOOLEAN:
        param->value.b = (char) g_rand_boolean(rand);
        break;
    case VIR_TYPED_PARAM_STRING:
        param->value.s = randomText(rand, memory, field->itemLimit);
        break;
    default:
        param->value.ul = (unsigned long long) g_rand_int(rand) << 32 | g_rand_int(rand);
        break;
    }
}

/* Fills one item; returns how far the next one is. */
static size_t
randomItem(GRand *rand, GPtrArray *memory, const virWireField *field, void *item)
{
    switch ((virWireKind) field->kind) {
    case VIR_WIRE_CHAR:
    case VIR_WIRE_UCHAR:
    case VIR_WIRE_OPAQUE:
        *(unsigned char *) item = (unsigned char) g_rand_int(rand);
        return 1;
    case VIR_WIRE_USHORT:
        *(unsigned short *) item = (unsigned short) g_rand_int(rand);
        return sizeof(unsigned short);
    case VIR_WIRE_INT:
    case VIR_WIRE_UINT:
        *(unsigned int *) item = g_rand_int(rand);
        return sizeof(int);
    case VIR_WIRE_HYPER:
    case VIR_WIRE_UHYPER:
        *(unsigned long long *) item =
            (unsigned long long) g_rand_int(rand) << 32 | g_rand_int(rand);
        return sizeof(long long);
    case VIR_WIRE_DOUBLE:
        *(double *) item = g_rand_double_range(rand, -1e6, 1e6);
        return sizeof(double);
    case VIR_WIRE_STRING:
        *(virWirePointer *) item = randomText(rand, memory, field->itemLimit);
        return sizeof(char *);
    case VIR_WIRE_STRUCT:
        valueRandom(rand, memory, field->type, item);
        return field->type->size;
    case VIR_WIRE_PARAM:
        randomParam(rand, memory, field, item);
        return sizeof(virTypedParameter);
    }
    return 1;
}

static void
randomItems(GRand *rand, GPtrArray *memory, const virWireField *field, void *items, size_t count)
{
    char *next = items;

    for (size_t i = 0; i < count; i++)
        next += randomItem(rand, memory, field, next);
}

static size_t
roomFor(const virWireField *field, size_t count)
{
    size_t size = field->kind == VIR_WIRE_STRUCT ? field->type->size : sizeof(virTypedParameter);

    return count * MAX(size, 8);
}

static void
randomField(GRand *rand, GPtrArray *memory, const virWireField *field, void *value)
{
    virWireList *list = value;

    switch ((virWireForm) field->form) {
    case VIR_WIRE_ONE:
        randomItem(rand, memory, field, value);
        break;
    case VIR_WIRE_OPTIONAL:
        *(virWirePointer *) value = NULL;
        if (g_rand_boolean(rand))
            break;
        if (field->kind != VIR_WIRE_STRING)
            *(virWirePointer *) value = keep(memory, g_malloc0(roomFor(field, 1)));
        randomItem(rand, memory, field,
                   field->kind == VIR_WIRE_STRING ? value : *(virWirePointer *) value);
        break;
    case VIR_WIRE_FIXED:
        randomItems(rand, memory, field, value, field->limit);
        break;
    case VIR_WIRE_LIST:
        list->count = MIN((size_t) g_rand_int_range(rand, 0, 5), field->limit);
        list->items = keep(memory, g_malloc0(roomFor(field, list->count + 1)));
        randomItems(rand, memory, field, list->items, list->count);
        break;
    }
}

void
valueRandom(GRand *rand, GPtrArray *memory, const virWireType *type, void *value)
{
    memset(value, 0, type->size);
    for (unsigned int i = 0; i < type->count; i++)
        randomField(rand, memory, &type->fields[i], (char *) value + type->fields[i].offset);
}
