/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls from C into Python: events, streams, credentials, errors and event loops. */

#include "runtime.h"

#define MOST_CALLBACKS 96

/* For types of callback that C calls without a closure: event loops. */
static PyObject *ofProgram[MOST_CALLBACKS];

void
pyClosureFree(void *data)
{
    pyClosure *closure = data;
    PyGILState_STATE state;

    /* At the end of the program the library lets go after Python is gone. */
    if (!closure || !Py_IsInitialized())
        return;
    state = PyGILState_Ensure();
    Py_XDECREF(closure->callables);
    Py_XDECREF(closure->opaque);
    Py_XDECREF(closure->self);
    for (int i = 0; i < 3; i++)
        Py_XDECREF(closure->exception[i]);
    PyMem_Free(closure);
    PyGILState_Release(state);
}

/* Raises what a callback raised while its call was under way. */
bool
pyClosureRaise(pyClosure *closure)
{
    if (!closure->exception[0])
        return false;
    PyErr_Restore(closure->exception[0], closure->exception[1], closure->exception[2]);
    memset(closure->exception, 0, sizeof(closure->exception));
    return true;
}

static pyClosure *
closureOf(pyCall *call)
{
    if (!call->closure) {
        call->closure = PyMem_Calloc(1, sizeof(*call->closure));
        if (!call->closure)
            return NULL;
        call->closure->callables = PyDict_New();
        call->closure->opaque = Py_NewRef(Py_None);
        call->closure->self = Py_XNewRef(call->self);
    }
    return call->closure->callables ? call->closure : NULL;
}

/* The type of callback that an event has. */
static const vbCallback *
callbackOf(const pyCall *call, unsigned part)
{
    const vbFunction *f = call->frame.function;

    for (unsigned i = 0; f->nevents && i < part; i++) {
        const vbPart *p = &f->parts[i];
        long long event = call->frame.slots[i + 1].i;

        if (p->role != VB_GIVEN || p->type.kind != VB_INT)
            continue;
        if (event >= 0 && (size_t) event < f->nevents && f->events[event])
            return f->events[event];
    }
    return f->parts[part].type.callback;
}

int
pyGiveCallback(pyCall *call, unsigned part, PyObject *callable)
{
    const vbFunction *f = call->frame.function;
    const vbCallback *type = callbackOf(call, part);
    pyClosure *closure;

    if (callable == Py_None) {
        call->frame.slots[part + 1].f = NULL;
        return 0;
    }
    if (!PyCallable_Check(callable)) {
        PyErr_Format(PyExc_TypeError, "%s must be callable, not %s", f->parts[part].name,
                     Py_TYPE(callable)->tp_name);
        return -1;
    }
    call->frame.slots[part + 1].f = type->callee;
    if (type->closure < 0 && type->index >= MOST_CALLBACKS) {
        PyErr_Format(PyExc_SystemError, "callback %u, room for %d", type->index, MOST_CALLBACKS);
        return -1;
    }
    if (type->closure < 0) {
        Py_XSETREF(ofProgram[type->index], Py_NewRef(callable));
        return 0;
    }
    closure = closureOf(call);
    if (!closure)
        return -1;
    return PyDict_SetItemString(closure->callables, type->name, callable);
}

/* --- what C hands to an event loop of the program ------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    void (*call)(void);
    void *opaque;
    void (*release)(void *);
    bool timer;
} pyLoopCallback;

/* C is told that its part of the closure is not needed any more. */
static void
letGo(pyLoopCallback *self)
{
    void (*release)(void *) = self->release;
    void *opaque = self->opaque;

    self->release = NULL;
    if (!release || !Py_IsInitialized())
        return;
    Py_BEGIN_ALLOW_THREADS
    release(opaque);
    Py_END_ALLOW_THREADS
}

static void
loopFree(pyLoopCallback *self)
{
    letGo(self);
    PyObject_Free(self);
}

static PyObject *
loopRelease(pyLoopCallback *self, PyObject *Py_UNUSED(ignored))
{
    letGo(self);
    Py_RETURN_NONE;
}

static PyMethodDef loopMethods[] = {
    {"release", (PyCFunction) loopRelease, METH_NOARGS, "The loop does not need it any more."},
    {NULL, NULL, 0, NULL},
};

static PyObject *
loopCall(pyLoopCallback *self, PyObject *args, PyObject *Py_UNUSED(kwargs))
{
    int watch, fd = -1, events = 0;
    PyObject *rest = NULL;

    if (self->timer ? !PyArg_ParseTuple(args, "i|O", &watch, &rest)
                    : !PyArg_ParseTuple(args, "iii|O", &watch, &fd, &events, &rest))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    if (self->timer)
        ((virEventTimeoutCallback) self->call)(watch, self->opaque);
    else
        ((virEventHandleCallback) self->call)(watch, fd, events, self->opaque);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyTypeObject loopType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "libvirt._native.LoopCallback",
    .tp_basicsize = sizeof(pyLoopCallback),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_dealloc = (destructor) loopFree,
    .tp_call = (ternaryfunc) loopCall,
    .tp_methods = loopMethods,
    .tp_doc = "What the library wants to be called with; it is released with its last reference.",
};

/* The callback, what it is given and its release, in the order of C. */
static PyObject *
loopCallback(const vbCallback *type, const vbSlot *slots, unsigned at)
{
    pyLoopCallback *self;

    if (PyType_Ready(&loopType))
        return NULL;
    self = PyObject_New(pyLoopCallback, &loopType);
    if (!self)
        return NULL;
    self->call = slots[at].f;
    self->opaque = slots[at + 1].p;
    self->release = at + 2 < type->nparts ? (void (*)(void *)) slots[at + 2].f : NULL;
    /* A timer has no descriptor, so its callback takes two arguments, one of them the closure. */
    self->timer = type->parts[at].type.callback->nparts == 2;
    return (PyObject *) self;
}

/* --- calls ---------------------------------------------------------------------------------------- */

static PyObject *
argument(const vbCallback *type, vbSlot *slots, unsigned i, const pyClosure *closure)
{
    const vbPart *p = &type->parts[i];
    PyObject *near = closure ? closure->self : NULL;
    size_t count = p->counts[0] >= 0 ? (size_t) slots[p->counts[0]].u : 1;

    switch (p->type.kind) {
    case VB_OBJECT:
        if (near && ((pyHandle *) near)->handle == slots[i].p)
            return Py_NewRef(near);
        break;
    case VB_TEXT:
        return pyText(slots[i].p);
    case VB_BYTES:
        return PyBytes_FromStringAndSize(slots[i].p, (Py_ssize_t) count);
    case VB_PARAMS:
        return pyParams(slots[i].p, count);
    case VB_RECORD: {
        PyObject *list;

        if (p->mode == VB_ONE) {
            if (!slots[i].p)
                Py_RETURN_NONE;
            return pyRecord(p->type.record, slots[i].p,
                            p->type.record == vbErrorRecord ? VB_FORM_TUPLE : VB_FORM_MAP, near);
        }
        list = PyList_New(0);
        for (size_t k = 0; list && k < count; k++) {
            PyObject *one = pyRecord(p->type.record, (char *) slots[i].p + k * p->type.record->size,
                                     VB_FORM_LIST, near);

            if (!one || PyList_Append(list, one))
                Py_CLEAR(list);
            Py_XDECREF(one);
        }
        return list;
    }
    default:
        break;
    }
    return pyValue(&p->type, &slots[i], near);
}

static PyObject *
arguments(const vbCallback *type, vbSlot *slots, const pyClosure *closure)
{
    PyObject *list = PyList_New(0);

    for (unsigned i = 0; list && i < type->nparts; i++) {
        const vbPart *p = &type->parts[i];
        PyObject *value;

        if (p->role == VB_LENGTH) {
            /* How much room there is for what is asked for. */
            if (type->parts[p->of].role != VB_TAKEN)
                continue;
            value = PyLong_FromUnsignedLongLong(slots[i].u);
        } else if (p->role == VB_TAKEN) {
            continue;
        } else if ((int) i == type->closure) {
            value = Py_NewRef(closure->opaque);
        } else if (p->type.kind == VB_CALLBACK) {
            value = loopCallback(type, slots, i);
            if (!value || PyList_Append(list, value))
                Py_CLEAR(list);
            i = type->nparts; /* it holds the rest; programs see it as what it was registered with, too */
        } else {
            value = argument(type, slots, i, closure);
        }
        if (!value || !list || PyList_Append(list, value))
            Py_CLEAR(list);
        Py_XDECREF(value);
    }
    return list;
}

/* Credentials are answered in the last item but one of each list. */
static int
takeAnswers(const vbPart *p, vbSlot *slots, PyObject *list)
{
    const vbRecord *record = p->type.record;
    size_t last = record->nfields - 2;

    for (Py_ssize_t k = 0; k < PyList_GET_SIZE(list); k++) {
        PyObject *one = PyList_GET_ITEM(list, k);
        char *at = (char *) slots[0].p + (size_t) k * record->size;
        const char *text;
        Py_ssize_t length;

        if (!PyList_Check(one) || (size_t) PyList_GET_SIZE(one) <= last
            || PyList_GET_ITEM(one, (Py_ssize_t) last) == Py_None)
            continue;
        text = PyUnicode_AsUTF8AndSize(PyList_GET_ITEM(one, (Py_ssize_t) last), &length);
        if (!text)
            return -1;
        *(char **) (void *) (at + record->fields[last].offset) = strdup(text);
        vbStore(at + record->fields[last + 1].offset, record->fields[last + 1].type.size,
                (unsigned long long) length);
    }
    return 0;
}

/* What a callback fills: bytes of a stream, or numbers in order. Returns what C wants to hear. */
static long long
takeResults(const vbCallback *type, vbSlot *slots, PyObject *result)
{
    Py_ssize_t at = 0;

    for (unsigned i = 0; i < type->nparts; i++) {
        const vbPart *p = &type->parts[i];

        if (p->role != VB_TAKEN)
            continue;
        if (p->type.kind == VB_BYTES) {
            Py_buffer view;
            long long length;

            if (PyLong_Check(result))
                return PyLong_AsLongLong(result);
            if (PyObject_GetBuffer(result, &view, PyBUF_SIMPLE))
                return -1;
            length = view.len;
            if ((unsigned long long) length > slots[p->counts[0]].u) {
                PyErr_Format(PyExc_ValueError, "%lld bytes are more than the %llu that were asked for", length,
                             slots[p->counts[0]].u);
                length = -1;
            } else {
                memcpy(slots[i].p, view.buf, (size_t) length);
            }
            PyBuffer_Release(&view);
            return length;
        } else {
            PyObject *number = PySequence_GetItem(result, at++);
            long long value = number ? PyLong_AsLongLong(number) : -1;

            Py_XDECREF(number);
            if (PyErr_Occurred())
                return -1;
            vbStore(slots[i].p, p->type.size, (unsigned long long) value);
        }
    }
    return 0;
}

static long long
answer(const vbCallback *type, vbSlot *slots, PyObject *args, PyObject *result)
{
    for (unsigned i = 0; i < type->nparts; i++) {
        if (type->parts[i].role == VB_TAKEN)
            return result == Py_None ? -1 : takeResults(type, slots, result);
        if (type->parts[i].type.kind == VB_RECORD && type->parts[i].mode == VB_ARRAY
            && takeAnswers(&type->parts[i], slots, PyList_GET_ITEM(args, i)))
            return -1;
    }
    return PyLong_Check(result) ? PyLong_AsLongLong(result) : 0;
}

long long
pyUpcall(const vbCallback *type, vbSlot *slots)
{
    pyClosure *closure = type->closure >= 0 ? slots[type->closure].p : NULL;
    PyObject *callable, *args, *tuple, *result = NULL;
    long long value = -1;
    PyGILState_STATE state;

    if (!Py_IsInitialized())
        return -1;
    state = PyGILState_Ensure();
    callable = closure ? PyDict_GetItemString(closure->callables, type->name) : ofProgram[type->index];
    if (callable) {
        Py_INCREF(callable);
        args = arguments(type, slots, closure);
        tuple = args ? PyList_AsTuple(args) : NULL;
        result = tuple ? PyObject_Call(callable, tuple, NULL) : NULL;
        if (result)
            value = answer(type, slots, args, result);
        if (PyErr_Occurred()) {
            if (closure && closure->waits && !closure->exception[0])
                PyErr_Fetch(&closure->exception[0], &closure->exception[1], &closure->exception[2]);
            else
                PyErr_WriteUnraisable(callable);
            value = -1;
        }
        Py_XDECREF(result);
        Py_XDECREF(tuple);
        Py_XDECREF(args);
        Py_DECREF(callable);
    }
    PyGILState_Release(state);
    return value;
}
