/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the results of a call to Python. */

#include "runtime.h"

PyObject *
pyText(const char *text)
{
    if (!text)
        Py_RETURN_NONE;
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t) strlen(text), "surrogateescape");
}

static PyObject *
bits(const unsigned char *map, size_t bytes, size_t count, bool as_list)
{
    PyObject *result = as_list ? PyList_New((Py_ssize_t) count) : PyTuple_New((Py_ssize_t) count);

    for (size_t i = 0; result && i < count; i++) {
        PyObject *bit = PyBool_FromLong(map && i / 8 < bytes && map[i / 8] & 1u << (i % 8));

        if (as_list)
            PyList_SET_ITEM(result, (Py_ssize_t) i, bit);
        else
            PyTuple_SET_ITEM(result, (Py_ssize_t) i, bit);
    }
    return result;
}

static PyObject *
param(const virTypedParameter *p)
{
    switch (p->type) {
    case VIR_TYPED_PARAM_INT:
        return PyLong_FromLong(p->value.i);
    case VIR_TYPED_PARAM_UINT:
        return PyLong_FromUnsignedLong(p->value.ui);
    case VIR_TYPED_PARAM_LLONG:
        return PyLong_FromLongLong(p->value.l);
    case VIR_TYPED_PARAM_ULLONG:
        return PyLong_FromUnsignedLongLong(p->value.ul);
    case VIR_TYPED_PARAM_DOUBLE:
        return PyFloat_FromDouble(p->value.d);
    case VIR_TYPED_PARAM_BOOLEAN:
        return PyBool_FromLong(p->value.b);
    case VIR_TYPED_PARAM_STRING:
        return pyText(p->value.s);
    }
    return PyErr_Format(PyExc_ValueError, "typed parameter '%s' has the unknown type %d", p->field, p->type);
}

PyObject *
pyParams(virTypedParameterPtr params, size_t count)
{
    PyObject *dict = PyDict_New();

    for (size_t i = 0; dict && i < count; i++) {
        PyObject *name, *value;

        if (!params[i].type)
            continue; /* rows of a matrix may have holes */
        name = pyText(params[i].field);
        value = name ? param(&params[i]) : NULL;
        if (!value || PyDict_SetItem(dict, name, value))
            Py_CLEAR(dict);
        Py_XDECREF(name);
        Py_XDECREF(value);
    }
    return dict;
}

PyObject *
pyValue(const vbType *type, const void *at, PyObject *near)
{
    switch (type->kind) {
    case VB_INT:
    case VB_FILE:
        return PyLong_FromLongLong(vbSigned(at, type->size));
    case VB_UINT:
        return PyLong_FromUnsignedLongLong(vbUnsigned(at, type->size));
    case VB_BOOL:
        return PyLong_FromLong(*(const int *) at);
    case VB_DOUBLE:
        return PyFloat_FromDouble(*(const double *) at);
    case VB_TEXT:
    case VB_UUID_TEXT:
        return pyText(*(char *const *) at);
    case VB_OBJECT: {
        void *handle = *(void *const *) at;

        if (handle)
            type->object->ref(handle);
        return pyWrap(type->object, handle, near);
    }
    default:
        Py_RETURN_NONE;
    }
}

static PyObject *
fieldItems(const vbField *f, const char *place, size_t count, PyObject *near)
{
    const char *items = *(char *const *) (const void *) place;
    PyObject *list;

    if (!count && f->type.kind == VB_RECORD)
        Py_RETURN_NONE;
    list = PyList_New(0);
    for (size_t i = 0; list && items && i < count; i++) {
        size_t size = f->type.kind == VB_RECORD ? f->type.record->size
                      : f->type.kind == VB_TEXT ? sizeof(char *) : f->type.size;
        const char *at = items + i * size;
        PyObject *item = f->type.kind == VB_RECORD
                             ? pyRecord(f->type.record, at, f->type.record->form ? f->type.record->form
                                                                                : VB_FORM_TUPLE, near)
                             : pyValue(&f->type, at, near);

        if (!item || PyList_Append(list, item))
            Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

static PyObject *
field(const vbField *f, const char *record, PyObject *near)
{
    const char *place = record + f->offset;
    size_t count = f->count_size ? (size_t) vbUnsigned(record + f->count_offset, f->count_size) : 0;

    if (f->length)
        return pyText(place);
    if (f->scale)
        return PyLong_FromUnsignedLongLong(vbUnsigned(place, f->type.size) / f->scale);
    if (f->type.kind == VB_PARAMS)
        return pyParams(*(virTypedParameterPtr const *) (const void *) place, count);
    if (f->type.kind == VB_BITMAP) {
        pyHandle *conn = (pyHandle *) near;
        int cpus;

        while (conn && conn->object->parent)
            conn = (pyHandle *) conn->parent;
        cpus = conn ? vbProcessors(conn->handle) : -1;
        return bits(*(unsigned char *const *) (const void *) place, count, cpus > 0 ? (size_t) cpus : count * 8,
                    true);
    }
    if (f->mode == VB_ARRAY)
        return fieldItems(f, place, count, near);
    if (f->type.kind == VB_OBJECT && f->owned) {
        void *handle = *(void *const *) (const void *) place;

        if (handle)
            f->type.object->ref(handle);
        return pyWrap(f->type.object, handle, near);
    }
    return pyValue(&f->type, place, near);
}

/* Errors name their objects in text; handles of them are for C only. */
static bool
isShown(const vbRecord *record, const vbField *f)
{
    return record != vbErrorRecord || f->type.kind != VB_OBJECT;
}

static PyObject *
recordMap(const vbRecord *record, const char *at, size_t from, PyObject *near)
{
    PyObject *dict = PyDict_New();

    for (size_t i = from; dict && i < record->nfields; i++) {
        PyObject *value = field(&record->fields[i], at, near);

        if (!value || PyDict_SetItemString(dict, record->fields[i].name, value))
            Py_CLEAR(dict);
        Py_XDECREF(value);
    }
    return dict;
}

PyObject *
pyRecord(const vbRecord *record, const char *at, vbForm form, PyObject *near)
{
    Py_ssize_t shown = 0, at_item = 0;
    PyObject *result;

    if (form == VB_FORM_MAP)
        return recordMap(record, at, 0, near);
    for (size_t i = 0; i < record->nfields; i++)
        shown += isShown(record, &record->fields[i]);
    result = form == VB_FORM_LIST ? PyList_New(shown) : PyTuple_New(shown);
    for (size_t i = 0; result && i < record->nfields; i++) {
        PyObject *value;

        if (!isShown(record, &record->fields[i]))
            continue;
        value = field(&record->fields[i], at, near);
        if (!value) {
            Py_CLEAR(result);
        } else if (form == VB_FORM_LIST) {
            PyList_SET_ITEM(result, at_item++, value);
        } else {
            PyTuple_SET_ITEM(result, at_item++, value);
        }
    }
    return result;
}

/* --- lists ---------------------------------------------------------------------------------------- */

static const char *
recordAt(const vbPart *p, const char *items, size_t i)
{
    if (p->pointers)
        return ((char *const *) (const void *) items)[i];
    return items + i * p->type.record->size;
}

/* Records under their first field. */
static PyObject *
keyed(const vbPart *p, const char *items, size_t count, PyObject *near)
{
    const vbRecord *record = p->type.record;
    const vbField *first = &record->fields[0];
    PyObject *dict = PyDict_New();

    for (size_t i = 0; dict && i < count; i++) {
        const char *at = recordAt(p, items, i);
        PyObject *key, *value;

        if (first->words) {
            unsigned long long tag = vbUnsigned(at + first->offset, first->type.size);

            if (tag >= first->nwords || !first->words[tag])
                continue; /* newer than these tables */
            key = pyText(first->words[tag]);
        } else {
            key = field(first, at, near);
        }
        value = record->nfields == 2 ? field(&record->fields[1], at, near) : recordMap(record, at, 1, near);
        if (!key || !value || PyDict_SetItem(dict, key, value))
            Py_CLEAR(dict);
        Py_XDECREF(key);
        Py_XDECREF(value);
    }
    return dict;
}

static PyObject *
item(pyCall *call, const vbPart *p, char *items, size_t i)
{
    vbFrame *frame = &call->frame;

    switch (p->type.kind) {
    case VB_RECORD:
        return pyRecord(p->type.record, recordAt(p, items, i), p->form == VB_FORM_KEYED ? VB_FORM_TUPLE : p->form,
                        call->self);
    case VB_OBJECT: {
        void **place = (void **) (void *) items + i, *handle = *place;

        *place = NULL;
        return pyWrap(p->type.object, handle, call->self);
    }
    case VB_BITMAP: {
        size_t bytes = (size_t) frame->slots[p->stride + 1].u;

        return bits((unsigned char *) items + i * bytes, bytes, (size_t) frame->processors, false);
    }
    case VB_PARAMS: {
        size_t width = frame->lengths[p - frame->function->parts + 1];

        return pyParams((virTypedParameterPtr) (void *) items + i * width, width);
    }
    case VB_TEXT:
    case VB_UUID_TEXT:
        return pyText(((char **) (void *) items)[i]);
    default:
        return pyValue(&p->type, items + i * p->type.size, call->self);
    }
}

/* Numbers of two dimensions, by row and by what the columns were asked for. */
static PyObject *
table(pyCall *call, const vbPart *p, const char *items, size_t count)
{
    const vbFrame *frame = &call->frame;
    const vbPart *parts = frame->function->parts;
    int columns = parts[p->counts[0]].of, rows = p->counts[1];
    size_t width = frame->lengths[columns + 1];
    /* The first row stands before their number. */
    long long first = frame->slots[rows].i;
    const char *names = frame->slots[columns + 1].p;
    PyObject *result = PyDict_New();

    for (size_t i = 0; result && width && i < count / width; i++) {
        PyObject *row = PyDict_New(), *number = PyLong_FromLongLong(first + (long long) i);

        for (size_t k = 0; row && k < width; k++) {
            PyObject *name = pyValue(&parts[columns].type, names + k * parts[columns].type.size, NULL);
            PyObject *value = pyValue(&p->type, items + (i * width + k) * p->type.size, NULL);

            if (!name || !value || PyDict_SetItem(row, name, value))
                Py_CLEAR(row);
            Py_XDECREF(name);
            Py_XDECREF(value);
        }
        if (!row || !number || PyDict_SetItem(result, number, row))
            Py_CLEAR(result);
        Py_XDECREF(row);
        Py_XDECREF(number);
    }
    return result;
}

static PyObject *
takeList(pyCall *call, unsigned part)
{
    const vbFunction *f = call->frame.function;
    const vbPart *p = &f->parts[part];
    char *items = vbFrameAt(&call->frame, part);
    size_t count = vbFrameItems(&call->frame, part);
    PyObject *list;

    if (p->type.kind == VB_PARAMS && p->counts[1] < 0)
        return pyParams((virTypedParameterPtr) (void *) items, items ? count : 0);
    if (p->type.kind == VB_RECORD && p->form == VB_FORM_KEYED)
        return keyed(p, items, items ? count : 0, call->self);
    if (p->counts[1] >= 0 && f->parts[p->counts[1]].role == VB_ROOM)
        return table(call, p, items, count);
    list = PyList_New(0);
    for (size_t i = 0; list && items && i < count; i++) {
        PyObject *value = item(call, p, items, i);

        if (!value || PyList_Append(list, value))
            Py_CLEAR(list);
        Py_XDECREF(value);
    }
    return list;
}

PyObject *
pyTake(pyCall *call, unsigned part)
{
    vbFrame *frame = &call->frame;
    const vbPart *p = &frame->function->parts[part];
    void *at = vbFrameAt(frame, part);

    if (p->mode == VB_FILL || p->mode == VB_ALLOC)
        return takeList(call, part);
    switch (p->type.kind) {
    case VB_RECORD:
        return pyRecord(p->type.record, at, p->form, call->self);
    case VB_UUID:
        return PyBytes_FromStringAndSize(at, VIR_UUID_BUFLEN);
    case VB_UUID_TEXT:
    case VB_TEXT:
        return pyText(at);
    case VB_BYTES:
        return PyBytes_FromStringAndSize(at, (Py_ssize_t) vbFrameItems(frame, part));
    case VB_BITMAP:
        if (p->stride >= 0)
            return bits(at, (size_t) frame->slots[p->stride + 1].u, (size_t) frame->processors, false);
        return bits(at, (size_t) (frame->slots[0].i + 7) / 8, (size_t) frame->slots[0].i, true);
    case VB_OBJECT: {
        void *handle = frame->out[part + 1].p;

        frame->out[part + 1].p = NULL;
        return pyWrap(p->type.object, handle, call->self);
    }
    default:
        return pyValue(&p->type, at, call->self);
    }
}
