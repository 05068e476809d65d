/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From Python into the slots of a call. */

#include "runtime.h"

static int
giveNumber(const vbType *type, vbSlot *slot, PyObject *value)
{
    unsigned bits = type->size * 8;

    if (type->kind == VB_FILE) {
        slot->i = PyObject_AsFileDescriptor(value);
        return slot->i < 0 ? -1 : 0;
    }
    if (type->kind == VB_DOUBLE) {
        slot->d = PyFloat_AsDouble(value);
        return PyErr_Occurred() ? -1 : 0;
    }
    if (type->kind == VB_BOOL) {
        slot->i = PyObject_IsTrue(value);
        return slot->i < 0 ? -1 : 0;
    }
    if (type->kind == VB_UINT) {
        PyObject *number = PyNumber_Index(value);

        if (!number)
            return -1;
        /* Flags are sometimes written as the negative of a mask. */
        slot->u = PyLong_AsUnsignedLongLongMask(number);
        if (bits == 64 && PyErr_Occurred()) {
            Py_DECREF(number);
            return -1;
        }
        Py_DECREF(number);
        if (bits < 64 && slot->u >> bits && (slot->u >> (bits - 1)) != (~0ULL >> (bits - 1))) {
            PyErr_Format(PyExc_OverflowError, "%R does not fit %u bits without sign", value, bits);
            return -1;
        }
        return 0;
    }
    slot->i = PyLong_AsLongLong(value);
    if (slot->i == -1 && PyErr_Occurred())
        return -1;
    if (bits < 64 && (slot->i < -(1LL << (bits - 1)) || slot->i >= 1LL << bits)) {
        PyErr_Format(PyExc_OverflowError, "%R does not fit %u bits", value, bits);
        return -1;
    }
    return 0;
}

static const char *
textOf(pyCall *call, PyObject *value)
{
    Py_ssize_t length;
    const char *text;

    if (PyUnicode_Check(value)) {
        text = PyUnicode_AsUTF8AndSize(value, &length);
    } else if (PyBytes_Check(value)) {
        text = PyBytes_AS_STRING(value);
        length = PyBytes_GET_SIZE(value);
    } else {
        PyObject *path = PyOS_FSPath(value);

        if (!path)
            return NULL;
        text = PyList_Append(call->keep, path) ? NULL : PyUnicode_AsUTF8AndSize(path, &length);
        Py_DECREF(path);
    }
    if (text && strlen(text) != (size_t) length) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    return text;
}

static int
giveBytes(pyCall *call, unsigned part, PyObject *value)
{
    PyObject *view = PyUnicode_Check(value) ? PyUnicode_AsUTF8String(value) : PyMemoryView_FromObject(value);
    char *data;
    size_t length;

    if (!view)
        return -1;
    if (PyBytes_Check(view)) {
        data = PyBytes_AS_STRING(view);
        length = (size_t) PyBytes_GET_SIZE(view);
    } else {
        data = PyMemoryView_GET_BUFFER(view)->buf;
        length = (size_t) PyMemoryView_GET_BUFFER(view)->len;
    }
    call->frame.slots[part + 1].p = data;
    vbFrameLength(&call->frame, part, length);
    if (PyList_Append(call->keep, view)) {
        Py_DECREF(view);
        return -1;
    }
    Py_DECREF(view);
    return 0;
}

/* One bit per processor. */
static int
giveBitmap(pyCall *call, unsigned part, PyObject *value)
{
    PyObject *bits = PySequence_Fast(value, "a tuple or list of truth values is needed, one per processor");
    Py_ssize_t count = bits ? PySequence_Fast_GET_SIZE(bits) : -1;
    size_t bytes = (size_t) (count + 7) / 8;
    unsigned char *map = bits ? vbFrameAlloc(&call->frame, bytes ? bytes : 1, 1) : NULL;

    for (Py_ssize_t i = 0; map && i < count; i++) {
        int on = PyObject_IsTrue(PySequence_Fast_GET_ITEM(bits, i));

        if (on < 0) {
            Py_DECREF(bits);
            return -1;
        }
        if (on)
            map[i / 8] = (unsigned char) (map[i / 8] | 1u << (i % 8));
    }
    Py_XDECREF(bits);
    if (!map) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        return -1;
    }
    call->frame.slots[part + 1].p = map;
    call->frame.lengths[part + 1] = bytes;
    return 0;
}

static int
handleOf(const vbObject *object, PyObject *value, void **handle)
{
    if (value == Py_None) {
        *handle = NULL;
        return 0;
    }
    if (!PyObject_TypeCheck(value, pyHandleTypes[object->index])) {
        PyErr_Format(PyExc_TypeError, "a %s is needed, not %s", pyClasses[object->index].name,
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    *handle = ((pyHandle *) value)->handle;
    return 0;
}

static int
typeOf(const vbParams *set, const char *name, PyObject *value)
{
    for (size_t i = 0; set && i < set->nkeys; i++) {
        if (set->keys[i].name && strcmp(set->keys[i].name, name) == 0)
            return set->keys[i].type;
    }
    if (PyBool_Check(value))
        return VIR_TYPED_PARAM_BOOLEAN;
    if (PyFloat_Check(value))
        return VIR_TYPED_PARAM_DOUBLE;
    if (PyLong_Check(value))
        return PyObject_RichCompareBool(value, Py_False, Py_LT) == 1 ? VIR_TYPED_PARAM_LLONG
                                                                     : VIR_TYPED_PARAM_ULLONG;
    return VIR_TYPED_PARAM_STRING;
}

static int
giveParam(pyCall *call, const vbParams *set, virTypedParameterPtr param, PyObject *key, PyObject *value)
{
    static const vbType types[] = {
        [VIR_TYPED_PARAM_INT] = {.kind = VB_INT, .size = 4},
        [VIR_TYPED_PARAM_UINT] = {.kind = VB_UINT, .size = 4},
        [VIR_TYPED_PARAM_LLONG] = {.kind = VB_INT, .size = 8},
        [VIR_TYPED_PARAM_ULLONG] = {.kind = VB_UINT, .size = 8},
        [VIR_TYPED_PARAM_DOUBLE] = {.kind = VB_DOUBLE, .size = 8},
        [VIR_TYPED_PARAM_BOOLEAN] = {.kind = VB_BOOL, .size = 4},
    };
    const char *name = textOf(call, key);
    vbSlot slot = {0};

    if (!name)
        return -1;
    if (strlen(name) >= sizeof(param->field)) {
        PyErr_Format(PyExc_ValueError, "the name '%s' is longer than %d bytes", name,
                     VIR_TYPED_PARAM_FIELD_LENGTH - 1);
        return -1;
    }
    strcpy(param->field, name);
    param->type = typeOf(set, name, value);
    if (param->type == VIR_TYPED_PARAM_STRING) {
        param->value.s = (char *) textOf(call, value);
        return param->value.s ? 0 : -1;
    }
    if (giveNumber(&types[param->type], &slot, value))
        return -1;
    if (param->type == VIR_TYPED_PARAM_BOOLEAN)
        param->value.b = (char) slot.i;
    else
        param->value.ul = slot.u;
    return 0;
}

/* A dictionary; a list as value means its name several times. */
static int
giveParams(pyCall *call, unsigned part, PyObject *value)
{
    const vbParams *set = call->frame.function->parts[part].type.params;
    PyObject *items = PyMapping_Items(value);
    Py_ssize_t count = items ? PyList_GET_SIZE(items) : 0, total = 0, at = 0;
    virTypedParameterPtr params;

    if (!items || PyList_Append(call->keep, items)) {
        Py_XDECREF(items);
        return -1;
    }
    Py_DECREF(items);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *one = PyTuple_GET_ITEM(PyList_GET_ITEM(items, i), 1);

        total += PyList_Check(one) || PyTuple_Check(one) ? PySequence_Size(one) : 1;
    }
    params = vbFrameAlloc(&call->frame, (size_t) total + 1, sizeof(*params));
    if (!params) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *key = PyTuple_GET_ITEM(PyList_GET_ITEM(items, i), 0);
        PyObject *one = PyTuple_GET_ITEM(PyList_GET_ITEM(items, i), 1);

        if (PyList_Check(one) || PyTuple_Check(one)) {
            for (Py_ssize_t k = 0; k < PySequence_Fast_GET_SIZE(one) && at < total; k++) {
                if (giveParam(call, set, &params[at++], key, PySequence_Fast_GET_ITEM(one, k)))
                    return -1;
            }
        } else if (giveParam(call, set, &params[at++], key, one)) {
            return -1;
        }
    }
    call->frame.slots[part + 1].p = total ? params : NULL;
    vbFrameLength(&call->frame, part, (size_t) total);
    return 0;
}

static int
giveItem(pyCall *call, const vbType *type, char *at, PyObject *value)
{
    vbSlot slot = {0};

    if (type->kind == VB_TEXT) {
        *(const char **) (void *) at = textOf(call, value);
        return *(const char **) (void *) at ? 0 : -1;
    }
    if (type->kind == VB_OBJECT)
        return handleOf(type->object, value, (void **) (void *) at);
    if (giveNumber(type, &slot, value))
        return -1;
    vbStore(at, type->size, slot.u);
    return 0;
}

static void *
giveItems(pyCall *call, const vbType *type, PyObject *value, size_t *length)
{
    PyObject *list = PySequence_Fast(value, "a list is needed");
    size_t size = type->kind == VB_TEXT || type->kind == VB_OBJECT ? sizeof(void *) : type->size;
    char *items;

    if (!list || PyList_Append(call->keep, list)) {
        Py_XDECREF(list);
        return NULL;
    }
    Py_DECREF(list);
    *length = (size_t) PySequence_Fast_GET_SIZE(list);
    items = vbFrameAlloc(&call->frame, *length + 1, size);
    if (!items)
        return PyErr_NoMemory();
    for (size_t i = 0; i < *length; i++) {
        if (giveItem(call, type, items + i * size, PySequence_Fast_GET_ITEM(list, (Py_ssize_t) i)))
            return NULL;
    }
    return items;
}

static int
giveList(pyCall *call, unsigned part, PyObject *value)
{
    const vbFunction *f = call->frame.function;
    PyObject *keys = value;
    size_t length;
    void *items;

    if (value == Py_None) {
        call->frame.slots[part + 1].p = NULL;
        vbFrameLength(&call->frame, part, 0);
        return 0;
    }
    for (unsigned i = 0; i < f->nparts; i++) {
        PyObject *values;

        if (f->parts[i].role != VB_VALUES || f->parts[i].of != (int) part)
            continue;
        values = PyMapping_Values(value);
        items = values ? giveItems(call, &f->parts[i].type, values, &length) : NULL;
        Py_XDECREF(values);
        if (!items)
            return -1;
        call->frame.slots[i + 1].p = items;
        keys = PyMapping_Keys(value);
        if (!keys)
            return -1;
    }
    items = giveItems(call, &f->parts[part].type, keys, &length);
    if (keys != value)
        Py_DECREF(keys);
    if (!items)
        return -1;
    call->frame.slots[part + 1].p = items;
    vbFrameLength(&call->frame, part, length);
    return 0;
}

static int
giveField(pyCall *call, const vbField *f, char *at, PyObject *value)
{
    char *place = at + f->offset;

    if (f->mode == VB_ARRAY) {
        size_t length = 0;
        void *items = giveItems(call, &f->type, value, &length);

        *(void **) (void *) place = items;
        if (f->count_size)
            vbStore(at + f->count_offset, f->count_size, length);
        return items ? 0 : -1;
    }
    if (f->length) {
        const char *text = textOf(call, value);

        if (!text)
            return -1;
        if (strlen(text) >= f->length) {
            PyErr_Format(PyExc_ValueError, "'%s' is longer than %zu bytes", text, f->length - 1);
            return -1;
        }
        strcpy(place, text);
        return 0;
    }
    return giveItem(call, &f->type, place, value);
}

/* A list with the fields of a record, among which a callback and what it is given. */
int
pyFillRecord(pyCall *call, const vbRecord *record, char *at, PyObject *value)
{
    PyObject *list = PySequence_Fast(value, "a list of the record's fields is needed");
    Py_ssize_t count = list ? PySequence_Fast_GET_SIZE(list) : 0;

    if (!list || PyList_Append(call->keep, list)) {
        Py_XDECREF(list);
        return -1;
    }
    Py_DECREF(list);
    for (size_t i = 0; i < record->nfields && (Py_ssize_t) i < count; i++) {
        const vbField *f = &record->fields[i];
        PyObject *item = PySequence_Fast_GET_ITEM(list, (Py_ssize_t) i);

        if (f->type.kind == VB_CALLBACK) {
            call->closure = PyMem_Calloc(1, sizeof(*call->closure));
            if (!call->closure)
                return -1;
            call->closure->callables = Py_BuildValue("{sO}", f->type.callback->name, item);
            call->closure->opaque = Py_NewRef(Py_None);
            *(void (**)(void)) (void *) (at + f->offset) = f->type.callback->callee;
        } else if (f->type.kind == VB_OPAQUE && call->closure) {
            Py_SETREF(call->closure->opaque, Py_NewRef(item));
            *(void **) (void *) (at + f->offset) = call->closure;
        } else if (giveField(call, f, at, item)) {
            return -1;
        }
    }
    return 0;
}

static int
giveRecord(pyCall *call, unsigned part, PyObject *value)
{
    const vbRecord *record = call->frame.function->parts[part].type.record;
    char *at;

    if (value == Py_None)
        return 0;
    at = vbFrameAlloc(&call->frame, 1, record->size);
    if (!at) {
        PyErr_NoMemory();
        return -1;
    }
    call->frame.slots[part + 1].p = at;
    return pyFillRecord(call, record, at, value);
}

/* What is no UUID is looked up nowhere: the same exception as for one that is not there. */
static int
giveUuid(pyCall *call, unsigned part, PyObject *value)
{
    char message[160];

    if (!PyBytes_Check(value) || PyBytes_GET_SIZE(value) != VIR_UUID_BUFLEN) {
        vbForgetError();
        PyOS_snprintf(message, sizeof(message), "%s() failed: a UUID is given as %d bytes",
                      call->frame.function->symbol, VIR_UUID_BUFLEN);
        pyRaise(message);
        return -1;
    }
    call->frame.slots[part + 1].p = PyBytes_AS_STRING(value);
    return 0;
}

int
pyGive(pyCall *call, unsigned part, PyObject *value)
{
    const vbPart *p = &call->frame.function->parts[part];
    vbSlot *slot = &call->frame.slots[part + 1];

    if (p->role == VB_FIRST) {
        int total = PyObject_IsTrue(value);

        call->frame.slots[part + 2].i = total;
        return total < 0 ? -1 : 0;
    }
    if (p->role == VB_CLOSURE) {
        if (call->closure)
            Py_SETREF(call->closure->opaque, Py_NewRef(value));
        return 0;
    }
    if (p->type.kind == VB_CALLBACK)
        return pyGiveCallback(call, part, value);
    if (p->type.kind == VB_PARAMS)
        return value == Py_None ? 0 : giveParams(call, part, value);
    if (p->mode == VB_ARRAY)
        return giveList(call, part, value);
    switch (p->type.kind) {
    case VB_TEXT:
    case VB_UUID_TEXT:
        if (value == Py_None)
            return 0;
        slot->p = (char *) textOf(call, value);
        return slot->p ? 0 : -1;
    case VB_UUID:
        return giveUuid(call, part, value);
    case VB_BYTES:
        return giveBytes(call, part, value);
    case VB_BITMAP:
        return giveBitmap(call, part, value);
    case VB_RECORD:
        return giveRecord(call, part, value);
    case VB_OBJECT:
        return handleOf(p->type.object, value, &slot->p);
    default:
        return giveNumber(&p->type, slot, value);
    }
}
