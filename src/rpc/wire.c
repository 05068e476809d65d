/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The interpreter of the protocol's structures: encodes and decodes them by their tables. */

#include "rpc/wire.h"

/* The fewest bytes of a typed parameter: empty name, type, and the shortest value. */
#define PARAM_LEAST 12

static bool encodeStruct(virXdrWriter *writer, const virWireType *type, const void *value);
static bool decodeStruct(virXdrReader *reader, const virWireType *type, void *value);

/* --- encoding ---------------------------------------------------------------------------------- */

/* The bytes of a value, without those of a string; 0 for a type that does not exist. */
static size_t
valueSize(int type)
{
    switch (type) {
    case VIR_TYPED_PARAM_INT:
    case VIR_TYPED_PARAM_UINT:
    case VIR_TYPED_PARAM_BOOLEAN:
        return sizeof(uint32_t);
    case VIR_TYPED_PARAM_LLONG:
    case VIR_TYPED_PARAM_ULLONG:
    case VIR_TYPED_PARAM_DOUBLE:
        return sizeof(uint64_t);
    default:
        return 0;
    }
}

/* Answers hold them by the ten thousands, so room is made once for a name, a type and a number. */
static bool
encodeParam(virXdrWriter *writer, const virWireField *field, const virTypedParameter *param)
{
    size_t length = strnlen(param->field, sizeof(param->field));
    size_t size = valueSize(param->type);
    uint64_t wide;

    if (length == sizeof(param->field))
        return virXdrWriterFail(writer, VIR_XDR_TEXT);
    if (!size && param->type != VIR_TYPED_PARAM_STRING)
        return virXdrWriterFail(writer, VIR_XDR_VALUE);
    if (!virXdrWriterReserve(writer, 2 * sizeof(uint32_t) + length + virXdrPadding(length) + size) ||
        !virXdrWriteBytes(writer, field->itemLimit, param->field, length))
        return false;
    virXdrWriteU32(writer, (uint32_t) param->type);
    if (!size)
        return virXdrWriteString(writer, field->itemLimit, param->value.s);
    if (param->type == VIR_TYPED_PARAM_BOOLEAN)
        return virXdrWriteU32(writer, (uint32_t) (int) param->value.b);
    if (size == sizeof(uint32_t))
        return virXdrWriteU32(writer, param->value.ui);
    memcpy(&wide, &param->value, sizeof(wide));
    return virXdrWriteU64(writer, wide);
}

static bool
encodeItem(virXdrWriter *writer, const virWireField *field, const void *item)
{
    uint64_t bits;

    switch ((virWireKind) field->kind) {
    case VIR_WIRE_CHAR:
        return virXdrWriteU32(writer, (uint32_t) (int) *(const signed char *) item);
    case VIR_WIRE_UCHAR:
        return virXdrWriteU32(writer, *(const unsigned char *) item);
    case VIR_WIRE_USHORT:
        return virXdrWriteU32(writer, *(const unsigned short *) item);
    case VIR_WIRE_INT:
    case VIR_WIRE_UINT:
        return virXdrWriteU32(writer, *(const uint32_t *) item);
    case VIR_WIRE_HYPER:
    case VIR_WIRE_UHYPER:
    case VIR_WIRE_DOUBLE:
        memcpy(&bits, item, sizeof(bits));
        return virXdrWriteU64(writer, bits);
    case VIR_WIRE_STRING:
        return virXdrWriteString(writer, field->itemLimit, *(char *const *) item);
    case VIR_WIRE_STRUCT:
        return encodeStruct(writer, field->type, item);
    case VIR_WIRE_PARAM:
        return encodeParam(writer, field, item);
    case VIR_WIRE_OPAQUE:
        break;      /* never alone */
    }
    return virXdrWriterFail(writer, VIR_XDR_VALUE);
}

/* The size of an item in memory. */
static size_t
itemSize(const virWireField *field)
{
    switch ((virWireKind) field->kind) {
    case VIR_WIRE_CHAR:
    case VIR_WIRE_UCHAR:
    case VIR_WIRE_OPAQUE:
        return 1;
    case VIR_WIRE_USHORT:
        return sizeof(unsigned short);
    case VIR_WIRE_INT:
    case VIR_WIRE_UINT:
        return sizeof(int);
    case VIR_WIRE_HYPER:
    case VIR_WIRE_UHYPER:
    case VIR_WIRE_DOUBLE:
        return sizeof(long long);
    case VIR_WIRE_STRING:
        return sizeof(char *);
    case VIR_WIRE_STRUCT:
        return field->type->size;
    case VIR_WIRE_PARAM:
        return sizeof(virTypedParameter);
    }
    return 1;
}

/* The fewest bytes an item takes on the wire. */
static size_t
itemLeast(const virWireField *field)
{
    switch ((virWireKind) field->kind) {
    case VIR_WIRE_CHAR:
    case VIR_WIRE_UCHAR:
    case VIR_WIRE_USHORT:
    case VIR_WIRE_INT:
    case VIR_WIRE_UINT:
    case VIR_WIRE_STRING:
        return 4;
    case VIR_WIRE_HYPER:
    case VIR_WIRE_UHYPER:
    case VIR_WIRE_DOUBLE:
        return 8;
    case VIR_WIRE_STRUCT:
        return field->type->least;
    case VIR_WIRE_PARAM:
        return PARAM_LEAST;
    case VIR_WIRE_OPAQUE:
        break;
    }
    return 1;
}

static bool
encodeItems(virXdrWriter *writer, const virWireField *field, const void *items, size_t count)
{
    size_t size = itemSize(field);

    for (size_t i = 0; i < count; i++)
        if (!encodeItem(writer, field, (const char *) items + i * size))
            return false;
    return true;
}

static bool
encodeField(virXdrWriter *writer, const virWireField *field, const void *value)
{
    const virWireList *list = value;
    const void *target;

    switch ((virWireForm) field->form) {
    case VIR_WIRE_ONE:
        return encodeItem(writer, field, value);
    case VIR_WIRE_OPTIONAL:
        target = *(const virWirePointer *) value;
        if (!virXdrWriteU32(writer, target != NULL))
            return false;
        if (!target)
            return true;
        /* A string is a pointer already. */
        return encodeItem(writer, field, field->kind == VIR_WIRE_STRING ? value : target);
    case VIR_WIRE_FIXED:
        if (field->kind == VIR_WIRE_OPAQUE)
            return virXdrWriteFixed(writer, value, field->limit);
        return encodeItems(writer, field, value, field->limit);
    case VIR_WIRE_LIST:
        if (field->kind == VIR_WIRE_OPAQUE)
            return virXdrWriteBytes(writer, field->limit, list->items, list->count);
        return virXdrWriteCount(writer, field->limit, list->count) &&
               encodeItems(writer, field, list->items, list->count);
    }
    return virXdrWriterFail(writer, VIR_XDR_VALUE);
}

static bool
encodeStruct(virXdrWriter *writer, const virWireType *type, const void *value)
{
    for (unsigned int i = 0; i < type->count; i++) {
        const virWireField *field = &type->fields[i];

        if (!encodeField(writer, field, (const char *) value + field->offset)) {
            if (!writer->field)
                writer->field = field->name;
            return false;
        }
    }
    return true;
}

bool
virWireEncode(virXdrWriter *writer, const virWireType *type, const void *value)
{
    writer->field = NULL;
    return encodeStruct(writer, type, value);
}

/* --- decoding ---------------------------------------------------------------------------------- */

static bool
decodeParam(virXdrReader *reader, const virWireField *field, virTypedParameter *param)
{
    uint32_t word;
    uint64_t wide;
    unsigned char *name;
    size_t length;

    if (!virXdrReadBytes(reader, sizeof(param->field) - 1, &name, &length))
        return false;
    if (memchr(name, 0, length))
        return virXdrReaderFail(reader, VIR_XDR_TEXT);
    memcpy(param->field, name, length);
    param->field[length] = 0;
    if (!virXdrReadU32(reader, &word))
        return false;
    param->type = (int) word;
    param->value.ul = 0;
    switch (word) {
    case VIR_TYPED_PARAM_INT:
    case VIR_TYPED_PARAM_UINT:
        if (!virXdrReadU32(reader, &word))
            return false;
        param->value.ui = word;
        return true;
    case VIR_TYPED_PARAM_BOOLEAN:
        if (!virXdrReadU32(reader, &word))
            return false;
        param->value.b = word != 0;
        return true;
    case VIR_TYPED_PARAM_LLONG:
    case VIR_TYPED_PARAM_ULLONG:
    case VIR_TYPED_PARAM_DOUBLE:
        if (!virXdrReadU64(reader, &wide))
            return false;
        memcpy(&param->value, &wide, sizeof(wide));
        return true;
    case VIR_TYPED_PARAM_STRING:
        return virXdrReadString(reader, field->itemLimit, &param->value.s);
    default:
        return virXdrReaderFail(reader, VIR_XDR_VALUE);
    }
}

static bool
decodeItem(virXdrReader *reader, const virWireField *field, void *item)
{
    uint32_t word;
    uint64_t wide;
    char *text;

    switch ((virWireKind) field->kind) {
    case VIR_WIRE_CHAR:
        if (!virXdrReadU32(reader, &word))
            return false;
        if ((int) word < -128 || (int) word > 255)
            return virXdrReaderFail(reader, VIR_XDR_VALUE);
        *(signed char *) item = (signed char) word;
        return true;
    case VIR_WIRE_UCHAR:
        if (!virXdrReadU32(reader, &word))
            return false;
        if (word > UINT8_MAX)
            return virXdrReaderFail(reader, VIR_XDR_VALUE);
        *(unsigned char *) item = (unsigned char) word;
        return true;
    case VIR_WIRE_USHORT:
        if (!virXdrReadU32(reader, &word))
            return false;
        if (word > UINT16_MAX)
            return virXdrReaderFail(reader, VIR_XDR_VALUE);
        *(unsigned short *) item = (unsigned short) word;
        return true;
    case VIR_WIRE_INT:
    case VIR_WIRE_UINT:
        return virXdrReadU32(reader, item);
    case VIR_WIRE_HYPER:
    case VIR_WIRE_UHYPER:
    case VIR_WIRE_DOUBLE:
        if (!virXdrReadU64(reader, &wide))
            return false;
        memcpy(item, &wide, sizeof(wide));
        return true;
    case VIR_WIRE_STRING:
        if (!virXdrReadString(reader, field->itemLimit, &text))
            return false;
        *(virWirePointer *) item = text;
        return true;
    case VIR_WIRE_STRUCT:
        return decodeStruct(reader, field->type, item);
    case VIR_WIRE_PARAM:
        return decodeParam(reader, field, item);
    case VIR_WIRE_OPAQUE:
        break;      /* never alone */
    }
    return virXdrReaderFail(reader, VIR_XDR_VALUE);
}

static bool
decodeItems(virXdrReader *reader, const virWireField *field, void *items, size_t count)
{
    size_t size = itemSize(field);

    for (size_t i = 0; i < count; i++)
        if (!decodeItem(reader, field, (char *) items + i * size))
            return false;
    return true;
}

static bool
decodeOptional(virXdrReader *reader, const virWireField *field, virWirePointer *value)
{
    bool present;
    void *target;

    *value = NULL;
    if (!virXdrReadBool(reader, &present))
        return false;
    if (!present)
        return true;
    if (field->kind == VIR_WIRE_STRING)
        return decodeItem(reader, field, value);
    target = virXdrReaderAlloc(reader, 1, itemSize(field));
    *value = target;
    return decodeItem(reader, field, target);
}

static bool
decodeList(virXdrReader *reader, const virWireField *field, virWireList *list)
{
    size_t count;
    void *items = NULL;

    if (field->kind == VIR_WIRE_OPAQUE) {
        unsigned char *bytes;

        if (!virXdrReadBytes(reader, field->limit, &bytes, &list->count))
            return false;
        list->items = bytes;
        return true;
    }
    if (!virXdrReadCount(reader, field->limit, itemLeast(field), &count))
        return false;
    if (count)
        items = virXdrReaderAlloc(reader, count, itemSize(field));
    list->items = items;
    list->count = count;
    return decodeItems(reader, field, items, count);
}

static bool
decodeField(virXdrReader *reader, const virWireField *field, void *value)
{
    switch ((virWireForm) field->form) {
    case VIR_WIRE_ONE:
        return decodeItem(reader, field, value);
    case VIR_WIRE_OPTIONAL:
        return decodeOptional(reader, field, value);
    case VIR_WIRE_FIXED:
        if (field->kind == VIR_WIRE_OPAQUE)
            return virXdrReadFixed(reader, value, field->limit);
        return decodeItems(reader, field, value, field->limit);
    case VIR_WIRE_LIST:
        return decodeList(reader, field, value);
    }
    return virXdrReaderFail(reader, VIR_XDR_VALUE);
}

static bool
decodeStruct(virXdrReader *reader, const virWireType *type, void *value)
{
    for (unsigned int i = 0; i < type->count; i++) {
        const virWireField *field = &type->fields[i];

        if (!decodeField(reader, field, (char *) value + field->offset)) {
            if (!reader->field)
                reader->field = field->name;
            return false;
        }
    }
    return true;
}

bool
virWireDecode(virXdrReader *reader, const virWireType *type, void *value)
{
    reader->field = NULL;
    if (!decodeStruct(reader, type, value))
        return false;
    virXdrReaderFinish(reader);
    return true;
}

/* --- procedures -------------------------------------------------------------------------------- */

const virWireProcedure *
virWireFind(const virWireProgram *program, int number)
{
    size_t low = 0;
    size_t high = program->count;

    /* Numbers are dense: the procedure stands at its number unless some are missing before it. */
    if (number > 0 && (size_t) number <= high && program->procedures[number - 1].number == number)
        return &program->procedures[number - 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int found = program->procedures[middle].number;

        if (found == number)
            return &program->procedures[middle];
        if (found < number)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
