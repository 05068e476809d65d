/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The extension module: methods made from tables, calls, errors. */

#include "runtime.h"

PyObject *pyErrorClass;

/* --- errors ------------------------------------------------------------------------------------- */

PyObject *
pyRaise(const char *message)
{
    PyObject *error = pyErrorClass ? PyObject_CallFunction(pyErrorClass, "s", message) : NULL;

    if (error) {
        PyErr_SetObject(pyErrorClass, error);
        Py_DECREF(error);
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_RuntimeError, message);
    }
    return NULL;
}

static PyObject *
lastError(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(args))
{
    virErrorPtr error = vbLastError();

    if (!error)
        Py_RETURN_NONE;
    return pyRecord(vbErrorRecord, (const char *) error, VB_FORM_TUPLE, NULL);
}

/* --- one call ------------------------------------------------------------------------------------- */

/* What a function returned although it looks like a failure: no error says that it is one. */
static PyObject *
notFailed(const pyCall *call, bool *failed)
{
    const vbFunction *f = call->frame.function;
    virErrorPtr error = vbLastError();

    *failed = error && error->code != VIR_ERR_OK;
    if (*failed)
        return NULL;
    switch (f->type.kind) {
    case VB_INT:
    case VB_UINT:
        if (f->answer == VB_ANSWER_VALUE)
            return PyLong_FromLongLong(call->frame.slots[0].i == 0 ? 0 : -1);
        break;
    case VB_TEXT:
    case VB_OBJECT:
    case VB_RECORD:
    case VB_BYTES:
        Py_RETURN_NONE;
    default:
        break;
    }
    *failed = true;
    return NULL;
}

/* The value that the function returns, as a result. */
static PyObject *
answer(pyCall *call)
{
    vbFrame *frame = &call->frame;
    const vbFunction *f = frame->function;
    void *pointer = frame->slots[0].p;

    switch (f->type.kind) {
    case VB_TEXT:
        return pyText(pointer);
    case VB_BYTES:
        return PyBytes_FromStringAndSize(pointer, (Py_ssize_t) frame->out[f->count + 1].u);
    case VB_RECORD:
        return pyRecord(f->type.record, pointer, VB_FORM_TUPLE, call->self);
    case VB_OBJECT: {
        PyObject *near = call->self;

        if (!f->owned) {
            for (pyHandle *at = (pyHandle *) near; at; at = (pyHandle *) at->parent) {
                if (at->handle == pointer)
                    return Py_NewRef((PyObject *) at);
            }
            f->type.object->ref(pointer);
        }
        frame->slots[0].p = NULL;
        return pyWrap(f->type.object, pointer, near);
    }
    case VB_UINT:
        if (f->type.size < 8)
            return PyLong_FromLongLong(vbUnsigned(&frame->slots[0], f->type.size) == UINT32_MAX
                                           ? -1 : (long long) frame->slots[0].u);
        return PyLong_FromUnsignedLongLong(frame->slots[0].u);
    default:
        return PyLong_FromLongLong(frame->slots[0].i);
    }
}

/* Whether a part was asked for: what may be NULL and stands behind an argument that was left out is not. */
static bool
wanted(const pyCall *call, unsigned part)
{
    const vbPart *parts = call->frame.function->parts;

    return part == 0 || !parts[part].nullable || parts[part - 1].role != VB_GIVEN
        || parts[part - 1].type.kind != VB_TEXT || !parts[part - 1].nullable || call->frame.slots[part].p;
}

/* The only result that there is, or the status. */
static PyObject *
result(pyCall *call)
{
    const vbFunction *f = call->frame.function;

    if (f->answer == VB_ANSWER_VALUE)
        return answer(call);
    for (unsigned i = 0; i < f->nparts; i++) {
        if (f->parts[i].role == VB_TAKEN)
            return pyTake(call, i);
    }
    return PyLong_FromLongLong(call->frame.slots[0].i);
}

static PyObject *
results(pyCall *call)
{
    const vbFunction *f = call->frame.function;
    PyObject *list, *map, *one;

    if (f->form == VB_FORM_NONE)
        return result(call);
    list = PyList_New(0);
    map = f->form == VB_FORM_MAP ? PyDict_New() : NULL;
    if (f->answer == VB_ANSWER_VALUE) {
        one = answer(call);
        if (!one || PyList_Append(list, one))
            Py_CLEAR(list);
        Py_XDECREF(one);
    }
    for (unsigned i = 0; list && i < f->nparts; i++) {
        if (f->parts[i].role != VB_TAKEN || !wanted(call, i))
            continue;
        one = pyTake(call, i);
        if (!one) {
            Py_CLEAR(list);
            break;
        }
        if (map && f->parts[i].type.kind == VB_PARAMS ? PyDict_Update(map, one)
            : map ? PyDict_SetItemString(map, f->parts[i].name, one) : PyList_Append(list, one))
            Py_CLEAR(list);
        Py_DECREF(one);
    }
    if (!list || map) {
        Py_XDECREF(list);
        if (!list)
            Py_CLEAR(map);
        return map;
    }
    if (f->form == VB_FORM_LIST && PyList_GET_SIZE(list) > 1)
        return list;
    if (f->form == VB_FORM_TUPLE)
        one = PyList_AsTuple(list);
    else if (PyList_GET_SIZE(list))
        one = Py_NewRef(PyList_GET_ITEM(list, 0));
    else
        one = Py_NewRef(Py_None);
    Py_DECREF(list);
    return one;
}

/* The result of a call that was made; NULL with an exception if it failed. */
static PyObject *
outcome(pyCall *call)
{
    vbFrame *frame = &call->frame;
    const vbFunction *f = frame->function;
    char message[128];
    bool failed;

    if (frame->failed) {
        PyObject *value = notFailed(call, &failed);

        if (!failed)
            return value;
        PyOS_snprintf(message, sizeof(message), "%s() failed", f->symbol);
        return pyRaise(message);
    }
    /* A stream that would block says so with a number. */
    if (f->answer == VB_ANSWER_FOUND && frame->slots[0].i < 0)
        return PyLong_FromLongLong(frame->slots[0].i);
    for (unsigned i = 0; i < f->nparts; i++) {
        if (f->parts[i].role == VB_TAKEN && f->parts[i].form == VB_FORM_MAP
            && f->type.kind == VB_NOTHING && f->parts[i].mode == VB_ONE && !frame->slots[0].i)
            return PyDict_New(); /* there was nothing to tell */
    }
    return results(call);
}

/* The closure belongs to C if the function keeps it, else to the call. */
static void
giveClosure(pyCall *call)
{
    const vbFunction *f = call->frame.function;

    for (unsigned i = 0; call->closure && i < f->nparts; i++) {
        if (f->parts[i].role == VB_CLOSURE)
            call->frame.slots[i + 1].p = call->closure;
        else if (f->parts[i].role == VB_RELEASE)
            call->frame.slots[i + 1].f = (void (*)(void)) pyClosureFree;
    }
}

/* Whether C keeps the closure: it is released by C, or never. */
static bool
isKept(const vbFunction *f)
{
    bool closure = false;

    for (unsigned i = 0; i < f->nparts; i++) {
        if (f->parts[i].role == VB_RELEASE)
            return true;
        closure = closure || f->parts[i].role == VB_CLOSURE;
    }
    return closure && f->type.kind == VB_NOTHING && f->nparts <= 3 && f->parts[0].role == VB_CLOSURE;
}

static void
fillCallees(vbFrame *frame)
{
    for (unsigned i = 0; i < frame->function->nparts; i++) {
        const vbPart *p = &frame->function->parts[i];

        if (p->role == VB_CALLEE)
            frame->slots[i + 1].f = p->type.callback->callee;
    }
}

static PyObject *
make(pyCall *call, const pyMethodTable *table)
{
    vbFrame *frame = &call->frame;
    pyHandle *own = (pyHandle *) call->self, *conn = own;
    PyObject *result;
    bool made, kept = isKept(frame->function);

    while (conn && conn->object->parent && conn->parent)
        conn = (pyHandle *) conn->parent;
    frame->conn = conn ? conn->handle : NULL;
    giveClosure(call);
    if (call->closure)
        call->closure->waits = !kept;
    fillCallees(frame);
    if (table->is_close && own)
        own->handle = NULL;
    Py_BEGIN_ALLOW_THREADS
    made = vbFrameRun(frame);
    Py_END_ALLOW_THREADS
    if (call->closure && !kept && pyClosureRaise(call->closure))
        result = NULL;
    else
        result = made ? outcome(call) : PyErr_NoMemory();
    if (call->closure && (!kept || frame->failed))
        pyClosureFree(call->closure);
    call->closure = NULL;
    return result;
}

/* Handles that are given are what new ones may belong to: a migrated domain is the destination's. */
static void
nearest(pyCall *call, PyObject *value)
{
    if (value != Py_None && call->self && PyObject_TypeCheck(value, pyHandleTypes[0])
        && Py_TYPE(value) != Py_TYPE(call->self))
        call->self = value;
}

/* --- methods ---------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    vectorcallfunc call;
    const pyMethodTable *table;
} pyMethod;

static int
standIn(pyCall *call, const pyArgument *argument, const pyMethodTable *table)
{
    vbSlot *slot;

    if (!argument->fallback) {
        PyErr_Format(PyExc_TypeError, "%s() needs the argument '%s'", table->name, argument->name);
        return -1;
    }
    if (argument->part < 0 || strcmp(argument->fallback, "none") == 0)
        return 0;
    slot = &call->frame.slots[argument->part + 1];
    slot->i = strtoll(argument->fallback, NULL, 10);
    return 0;
}

/* One dictionary with the numbers of the function, by their names. */
static int
giveNumbers(pyCall *call, PyObject *map)
{
    const vbFunction *f = call->frame.function;

    for (unsigned i = 0; i < f->nparts && map != Py_None; i++) {
        PyObject *value;

        if (f->parts[i].role != VB_GIVEN || f->parts[i].type.kind == VB_OBJECT
            || strcmp(f->parts[i].name, "flags") == 0)
            continue;
        value = PyMapping_GetItemString(map, f->parts[i].name);
        if (!value && PyErr_ExceptionMatches(PyExc_KeyError)) {
            PyErr_Clear();
            continue;
        }
        if (!value || pyGive(call, i, value)) {
            Py_XDECREF(value);
            return -1;
        }
        Py_DECREF(value);
    }
    return 0;
}

static PyObject *
valueOf(const pyMethodTable *table, unsigned i, PyObject *const *args, Py_ssize_t nargs, PyObject *names)
{
    if ((Py_ssize_t) i < nargs)
        return args[i];
    for (Py_ssize_t k = 0; names && k < PyTuple_GET_SIZE(names); k++) {
        if (PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names, k), table->arguments[i].name) == 0)
            return args[nargs + k];
    }
    return NULL;
}

static int
checkNames(const pyMethodTable *table, Py_ssize_t nargs, PyObject *names)
{
    if ((size_t) nargs > table->narguments) {
        PyErr_Format(PyExc_TypeError, "%s() takes at most %u arguments (%zd given)", table->name,
                     table->narguments, nargs);
        return -1;
    }
    for (Py_ssize_t k = 0; names && k < PyTuple_GET_SIZE(names); k++) {
        PyObject *name = PyTuple_GET_ITEM(names, k);
        unsigned i = 0;

        while (i < table->narguments && PyUnicode_CompareWithASCIIString(name, table->arguments[i].name) != 0)
            i++;
        if (i == table->narguments || (Py_ssize_t) i < nargs) {
            PyErr_Format(PyExc_TypeError, i == table->narguments ? "%s() has no argument %R"
                         : "%s() got the argument %R twice", table->name, name);
            return -1;
        }
    }
    return 0;
}

/* A closure is told after its callback, whatever order the arguments have. */
static int
giveAll(pyCall *call, const pyMethodTable *table, PyObject *const *args, Py_ssize_t nargs, PyObject *names)
{
    for (unsigned i = 0; i < table->narguments; i++) {
        const pyArgument *a = &table->arguments[i];
        PyObject *value = valueOf(table, i, args, nargs, names);

        if (!value) {
            if (standIn(call, a, table))
                return -1;
            continue;
        }
        if (a->part == -2) {
            if (giveNumbers(call, value))
                return -1;
        } else if (a->part >= 0) {
            if (pyGive(call, (unsigned) a->part, value))
                return -1;
            nearest(call, value);
        }
    }
    return 0;
}

static PyObject *
methodCall(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *names)
{
    const pyMethodTable *table = ((pyMethod *) callable)->table;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyObject *result = NULL;
    pyCall call;

    memset(&call, 0, sizeof(call));
    vbFrameOpen(&call.frame, vbFunctions[table->function]);
    if (table->owner >= 0) {
        if (nargs < 1 || !PyObject_TypeCheck(args[0], pyHandleTypes[table->owner]))
            return PyErr_Format(PyExc_TypeError, "%s() is a method of %s", table->name,
                                pyClasses[table->owner].name);
        call.self = args[0];
        if (call.frame.function->nparts && call.frame.function->parts[0].role == VB_SELF)
            call.frame.slots[1].p = ((pyHandle *) args[0])->handle;
        args++;
        nargs--;
    }
    if (checkNames(table, nargs, names))
        return NULL;
    /* What is given without a name lives as long as the call anyway, but lists of it are made on the way. */
    call.keep = table->narguments ? PyList_New(0) : NULL;
    if ((call.keep || !table->narguments) && giveAll(&call, table, args, nargs, names) == 0)
        result = make(&call, table);
    else if (call.closure)
        pyClosureFree(call.closure);
    vbFrameClose(&call.frame);
    Py_XDECREF(call.keep);
    return result;
}

static PyObject *
methodGet(PyObject *self, PyObject *object, PyObject *Py_UNUSED(type))
{
    if (!object || object == Py_None)
        return Py_NewRef(self);
    return PyMethod_New(self, object);
}

#define GETTER(member, expression) \
    static PyObject *method##member(pyMethod *self, void *Py_UNUSED(data)) { return expression; }
GETTER(Name, PyUnicode_FromString(self->table->name))
GETTER(Doc, pyText(vbFunctions[self->table->function]->doc))
GETTER(Signature, PyUnicode_FromString(self->table->signature))
GETTER(Module, PyUnicode_FromString(self->table->module))
GETTER(Qualname, self->table->owner >= 0 ? PyUnicode_FromFormat("%s.%s", pyClasses[self->table->owner].name, self->table->name)
       : PyUnicode_FromString(self->table->name))

static PyGetSetDef methodGetters[] = {
    {"__name__", (getter) methodName, NULL, NULL, NULL},
    {"__doc__", (getter) methodDoc, NULL, NULL, NULL},
    {"__text_signature__", (getter) methodSignature, NULL, NULL, NULL},
    {"__module__", (getter) methodModule, NULL, NULL, NULL},
    {"__qualname__", (getter) methodQualname, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyObject *
methodRepr(pyMethod *self)
{
    return PyUnicode_FromFormat("<libvirt method %s>", self->table->name);
}

PyTypeObject pyMethodType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "libvirt._native.Method",
    .tp_basicsize = sizeof(pyMethod),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR
        | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_vectorcall_offset = offsetof(pyMethod, call),
    .tp_call = PyVectorcall_Call,
    .tp_descr_get = methodGet,
    .tp_repr = (reprfunc) methodRepr,
    .tp_getset = methodGetters,
};

PyObject *
pyNewMethod(const pyMethodTable *table)
{
    pyMethod *self = PyObject_New(pyMethod, &pyMethodType);

    if (self) {
        self->call = methodCall;
        self->table = table;
    }
    return (PyObject *) self;
}

/* --- the module ------------------------------------------------------------------------------------- */

static int
addMethods(PyObject *dict, const char *module)
{
    for (size_t i = 0; i < pyMethodCount; i++) {
        const pyMethodTable *t = &pyMethods[i];
        PyObject *method;
        int failed;

        if (strcmp(t->module, module) != 0)
            continue;
        method = pyNewMethod(t);
        if (!method)
            return -1;
        failed = t->owner >= 0 ? PyObject_SetAttrString((PyObject *) pyHandleTypes[t->owner], t->name, method)
                               : PyDict_SetItemString(dict, t->name, method);
        Py_DECREF(method);
        if (failed)
            return -1;
    }
    for (size_t i = 0; i < vbObjectCount; i++) {
        if (strcmp(pyClasses[i].module, module) == 0
            && PyDict_SetItemString(dict, pyClasses[i].name, (PyObject *) pyHandleTypes[i]))
            return -1;
    }
    return 0;
}

static int
addConstants(PyObject *dict, const char *module)
{
    for (size_t i = 0; i < pyConstantCount; i++) {
        const pyConstant *c = &pyConstants[i];
        PyObject *value;
        int failed;

        if (strcmp(c->module, module) != 0)
            continue;
        value = c->text ? PyUnicode_FromString(c->text) : PyLong_FromLongLong(c->value);
        failed = !value || PyDict_SetItemString(dict, c->name, value);

        Py_XDECREF(value);
        if (failed)
            return -1;
    }
    return 0;
}

/* fill(name, dict): the functions, classes and constants of one module. */
static PyObject *
fill(PyObject *Py_UNUSED(self), PyObject *args)
{
    const char *name;
    PyObject *dict;

    if (!PyArg_ParseTuple(args, "sO!", &name, &PyDict_Type, &dict))
        return NULL;
    if (addMethods(dict, name) || addConstants(dict, name))
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
setErrorClass(PyObject *Py_UNUSED(self), PyObject *type)
{
    Py_XSETREF(pyErrorClass, Py_NewRef(type));
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"fill", fill, METH_VARARGS, NULL},
    {"set_error_class", setErrorClass, METH_O, NULL},
    {"last_error", lastError, METH_NOARGS, "The last error of this thread as a tuple, or None."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_native", "The C part of libvirt.", -1, functions, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__native(void);

PyMODINIT_FUNC
PyInit__native(void)
{
    PyObject *module = PyModule_Create(&definition);

    if (!module || PyType_Ready(&pyMethodType) || pyMakeClasses(module)
        || PyModule_AddStringConstant(module, "loop_function", pyLoopFunction)) {
        Py_XDECREF(module);
        return NULL;
    }
    vbUpcall = pyUpcall;
    /* Errors are exceptions here, and not also lines on stderr. */
    vbSilence();
    return module;
}
