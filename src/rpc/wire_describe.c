/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prints the protocol's structures for debug logs: shortened, and without secrets. */

#include "base/uuid.h"
#include "rpc/wire.h"

/* Enough to recognize a message by; a log line is no dump. */
#define TEXT_SHOWN 64
#define ITEMS_SHOWN 8
#define BYTES_SHOWN 16

static void
describeString(GString *out, const char *text)
{
    size_t shown = 0;

    if (!text) {
        g_string_append(out, "NULL");
        return;
    }
    g_string_append_c(out, '"');
    for (; text[shown] && shown < TEXT_SHOWN; shown++) {
        unsigned char byte = (unsigned char) text[shown];

        if (byte == '"' || byte == '\\')
            g_string_append_printf(out, "\\%c", byte);
        else if (byte < ' ' || byte == 0x7f)
            g_string_append_printf(out, "\\x%02x", byte);
        else
            g_string_append_c(out, (char) byte);
    }
    g_string_append(out, text[shown] ? "\"..." : "\"");
}

static void
describeParam(GString *out, const virTypedParameter *param)
{
    g_string_append_printf(out, "%.*s=", (int) sizeof(param->field) - 1, param->field);
    switch (param->type) {
    case VIR_TYPED_PARAM_INT:
        g_string_append_printf(out, "%d", param->value.i);
        break;
    case VIR_TYPED_PARAM_UINT:
        g_string_append_printf(out, "%uu", param->value.ui);
        break;
    case VIR_TYPED_PARAM_LLONG:
        g_string_append_printf(out, "%lldll", param->value.l);
        break;
    case VIR_TYPED_PARAM_ULLONG:
        g_string_append_printf(out, "%lluull", param->value.ul);
        break;
    case VIR_TYPED_PARAM_DOUBLE:
        g_string_append_printf(out, "%g", param->value.d);
        break;
    case VIR_TYPED_PARAM_BOOLEAN:
        g_string_append(out, param->value.b ? "true" : "false");
        break;
    case VIR_TYPED_PARAM_STRING:
        describeString(out, param->value.s);
        break;
    default:
        g_string_append_printf(out, "(type %d)", param->type);
        break;
    }
}

static void
describeBytes(GString *out, const unsigned char *bytes, size_t count)
{
    g_string_append_printf(out, "%zu bytes", count);
    for (size_t i = 0; i < count && i < BYTES_SHOWN; i++)
        g_string_append_printf(out, "%s%02x", i ? "" : " ", bytes[i]);
    if (count > BYTES_SHOWN)
        g_string_append(out, "...");
}

/* Prints one item and returns how far the next one is. */
static size_t
describeItem(GString *out, const virWireField *field, const void *item)
{
    switch ((virWireKind) field->kind) {
    case VIR_WIRE_CHAR:
        g_string_append_printf(out, "%d", *(const signed char *) item);
        return 1;
    case VIR_WIRE_UCHAR:
    case VIR_WIRE_OPAQUE:
        g_string_append_printf(out, "%u", *(const unsigned char *) item);
        return 1;
    case VIR_WIRE_USHORT:
        g_string_append_printf(out, "%u", *(const unsigned short *) item);
        return sizeof(unsigned short);
    case VIR_WIRE_INT:
        g_string_append_printf(out, "%d", *(const int *) item);
        return sizeof(int);
    case VIR_WIRE_UINT:
        g_string_append_printf(out, "%u", *(const unsigned int *) item);
        return sizeof(int);
    case VIR_WIRE_HYPER:
        g_string_append_printf(out, "%lld", *(const long long *) item);
        return sizeof(long long);
    case VIR_WIRE_UHYPER:
        g_string_append_printf(out, "%llu", *(const unsigned long long *) item);
        return sizeof(long long);
    case VIR_WIRE_DOUBLE:
        g_string_append_printf(out, "%g", *(const double *) item);
        return sizeof(double);
    case VIR_WIRE_STRING:
        describeString(out, *(const virWirePointer *) item);
        return sizeof(char *);
    case VIR_WIRE_STRUCT:
        virWireDescribe(out, field->type, item);
        return field->type->size;
    case VIR_WIRE_PARAM:
        describeParam(out, item);
        return sizeof(virTypedParameter);
    }
    return 1;
}

static void
describeItems(GString *out, const virWireField *field, const void *items, size_t count)
{
    const char *next = items;

    if (field->kind == VIR_WIRE_OPAQUE && field->form == VIR_WIRE_FIXED &&
        count == VIR_UUID_BYTES) {
        char text[VIR_UUID_TEXT];

        virUUIDFormat(items, text);
        g_string_append(out, text);
        return;
    }
    if (field->kind == VIR_WIRE_OPAQUE || field->kind == VIR_WIRE_CHAR) {
        describeBytes(out, items, count);
        return;
    }
    g_string_append_c(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            g_string_append(out, ", ");
        if (i == ITEMS_SHOWN) {
            g_string_append_printf(out, "%zu more", count - i);
            break;
        }
        next += describeItem(out, field, next);
    }
    g_string_append_c(out, ']');
}

static void
describeField(GString *out, const virWireField *field, const void *value)
{
    const virWireList *list = value;

    if (field->secret) {
        g_string_append(out, "<hidden>");
        return;
    }
    switch ((virWireForm) field->form) {
    case VIR_WIRE_ONE:
        describeItem(out, field, value);
        break;
    case VIR_WIRE_OPTIONAL:
        if (!*(const virWirePointer *) value)
            g_string_append(out, "NULL");
        else
            describeItem(out, field,
                         field->kind == VIR_WIRE_STRING ? value : *(const virWirePointer *) value);
        break;
    case VIR_WIRE_FIXED:
        describeItems(out, field, value, field->limit);
        break;
    case VIR_WIRE_LIST:
        describeItems(out, field, list->items, list->count);
        break;
    }
}

void
virWireDescribe(GString *out, const virWireType *type, const void *value)
{
    g_string_append_c(out, '{');
    for (unsigned int i = 0; i < type->count; i++) {
        const virWireField *field = &type->fields[i];

        g_string_append_printf(out, "%s%s=", i ? ", " : "", field->name);
        describeField(out, field, (const char *) value + field->offset);
    }
    g_string_append_c(out, '}');
}
