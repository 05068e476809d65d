/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Classes of handles: one per object of the specification, each handle released with its last reference. */

#include "runtime.h"

#include <structmember.h>

#define MOST_OBJECTS 32

PyTypeObject *pyHandleTypes[MOST_OBJECTS];

static int
handleClear(pyHandle *self)
{
    Py_CLEAR(self->parent);
    Py_CLEAR(self->dict);
    return 0;
}

static int
handleTraverse(pyHandle *self, visitproc visit, void *arg)
{
    Py_VISIT(self->parent);
    Py_VISIT(self->dict);
    Py_VISIT(Py_TYPE(self));
    return 0;
}

static void
handleFree(pyHandle *self)
{
    PyTypeObject *type = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    if (self->weak)
        PyObject_ClearWeakRefs((PyObject *) self);
    if (self->handle) {
        /* Closing may talk to a daemon. */
        Py_BEGIN_ALLOW_THREADS
        self->object->free(self->handle);
        Py_END_ALLOW_THREADS
    }
    handleClear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

/* Programs subclass and copy: virDomain(conn, _obj=other) is another handle of the same thing. */
static int
handleInit(pyHandle *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"parent", "_obj", NULL};
    PyObject *parent = Py_None, *other = Py_None;
    pyHandle *from;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OO", names, &parent, &other))
        return -1;
    for (PyTypeObject *t = Py_TYPE(self); t && !self->object; t = t->tp_base) {
        for (size_t i = 0; i < vbObjectCount; i++) {
            if (pyHandleTypes[i] == t)
                self->object = vbObjects[i];
        }
    }
    if (other == Py_None)
        return 0;
    if (!PyObject_TypeCheck(other, pyHandleTypes[self->object->index])) {
        PyErr_Format(PyExc_TypeError, "_obj must be a %s, not %s",
                     pyClasses[self->object->index].name, Py_TYPE(other)->tp_name);
        return -1;
    }
    from = (pyHandle *) other;
    if (from->handle)
        self->object->ref(from->handle);
    /* A program may do this to a handle that has something already. */
    if (self->handle)
        self->object->free(self->handle);
    self->handle = from->handle;
    Py_XSETREF(self->parent, Py_XNewRef(from->parent));
    return 0;
}

static PyObject *
handlePointer(pyHandle *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromVoidPtr(self->handle);
}

/* The handle of an enclosing object: a domain's connection, a port's network. */
static PyObject *
ancestor(pyHandle *self, const char *name)
{
    pyHandle *at = (pyHandle *) self->parent;

    while (at && strcasecmp(at->object->name, name) != 0)
        at = (pyHandle *) at->parent;
    if (!at)
        Py_RETURN_NONE;
    return Py_NewRef((PyObject *) at);
}

static PyObject *
ancestorGet(PyObject *name, PyObject *self)
{
    return ancestor((pyHandle *) self, PyUnicode_AsUTF8(name));
}

static PyObject *
handleEnter(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_NewRef(self);
}

/* A connection is closed at the end of a with statement, any other handle released. */
static PyObject *
handleExit(pyHandle *self, PyObject *Py_UNUSED(args))
{
    void *handle = self->handle;

    self->handle = NULL;
    if (handle) {
        Py_BEGIN_ALLOW_THREADS
        self->object->free(handle);
        Py_END_ALLOW_THREADS
    }
    Py_RETURN_NONE;
}

static PyObject *
handleRepr(pyHandle *self)
{
    return PyUnicode_FromFormat("<%s object at %p%s>", Py_TYPE(self)->tp_name, self,
                                self->handle ? "" : ", closed");
}

static PyMethodDef handleMethods[] = {
    {"c_pointer", (PyCFunction) handlePointer, METH_NOARGS, "The address of the handle in C."},
    {"__enter__", handleEnter, METH_NOARGS, NULL},
    {"__exit__", (PyCFunction) handleExit, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef handleMembers[] = {
    {"__dictoffset__", T_PYSSIZET, offsetof(pyHandle, dict), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(pyHandle, weak), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef handleGetters[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot handleSlots[] = {
    {Py_tp_dealloc, handleFree},   {Py_tp_traverse, handleTraverse}, {Py_tp_clear, handleClear},
    {Py_tp_init, handleInit},      {Py_tp_new, PyType_GenericNew},   {Py_tp_methods, handleMethods},
    {Py_tp_members, handleMembers}, {Py_tp_getset, handleGetters},   {Py_tp_repr, handleRepr},
    {0, NULL},
};

static PyMethodDef ancestorMethod = {"ancestor", ancestorGet, METH_O, "The handle it belongs to."};

/* connect() of everything, domain() of a snapshot: methods named after the objects around it. */
static int
addAncestors(PyTypeObject *type, const vbObject *object)
{
    for (const vbObject *at = object->parent; at; at = at->parent) {
        char name[64];
        PyObject *text, *function, *method;
        int failed;

        PyOS_snprintf(name, sizeof(name), "%s", at->name);
        name[0] = (char) Py_TOLOWER(name[0]);
        text = PyUnicode_FromString(name);
        function = text ? PyCFunction_New(&ancestorMethod, text) : NULL;
        method = function ? PyInstanceMethod_New(function) : NULL;
        failed = !method || PyObject_SetAttrString((PyObject *) type, name, method);
        Py_XDECREF(method);
        Py_XDECREF(function);
        Py_XDECREF(text);
        if (failed)
            return -1;
    }
    return 0;
}

int
pyMakeClasses(PyObject *module)
{
    if (vbObjectCount > MOST_OBJECTS) {
        PyErr_Format(PyExc_ImportError, "%zu classes, room for %d", vbObjectCount, MOST_OBJECTS);
        return -1;
    }
    for (size_t i = 0; i < vbObjectCount; i++) {
        char name[96];
        PyType_Spec spec = {
            .name = name,
            .basicsize = sizeof(pyHandle),
            .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
            .slots = handleSlots,
        };

        PyOS_snprintf(name, sizeof(name), "%s.%s", pyClasses[i].module, pyClasses[i].name);
        pyHandleTypes[i] = (PyTypeObject *) PyType_FromModuleAndSpec(module, &spec, NULL);
        if (!pyHandleTypes[i] || addAncestors(pyHandleTypes[i], vbObjects[i]))
            return -1;
    }
    return 0;
}

/* The enclosing handle of a new one: `near` or what encloses that. */
static PyObject *
enclosing(const vbObject *object, PyObject *near)
{
    while (near && ((pyHandle *) near)->object != object->parent)
        near = ((pyHandle *) near)->parent;
    return near;
}

PyObject *
pyWrap(const vbObject *object, void *handle, PyObject *near)
{
    PyTypeObject *type = pyHandleTypes[object->index];
    pyHandle *self;

    if (!handle)
        Py_RETURN_NONE;
    self = (pyHandle *) type->tp_alloc(type, 0);
    if (!self) {
        object->free(handle);
        return NULL;
    }
    self->handle = handle;
    self->object = object;
    self->parent = object->parent ? Py_XNewRef(enclosing(object, near)) : NULL;
    return (PyObject *) self;
}
