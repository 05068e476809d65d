/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The runtime of the Python module: classes and methods made from tables, and conversions. */
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "call.h"

/* An argument of a method: the part it fills, or -1 if it only exists for old callers. */
typedef struct {
    const char *name;
    int part;
    const char *fallback; /* as in vbPart; NULL: must be given */
} pyArgument;

typedef struct {
    const char *module;
    int owner; /* index of the object whose method it is, -1: a function */
    const char *name;
    unsigned function; /* index in vbFunctions */
    const pyArgument *arguments;
    unsigned narguments;
    const char *signature;
    bool is_close; /* the handle is gone after it */
} pyMethodTable;

typedef struct {
    const char *module;
    const char *name;
    long long value;
    const char *text; /* instead of the value */
} pyConstant;

typedef struct {
    const char *module;
    const char *name;
} pyClass;

/* gen/bindings/python.c */
extern const pyMethodTable pyMethods[];
extern const size_t pyMethodCount;
extern const pyConstant pyConstants[];
extern const size_t pyConstantCount;
extern const pyClass pyClasses[]; /* by index of the object */
extern const char pyLoopFunction[]; /* registers an event loop */

/* A handle of the library, and the Python object it belongs to. */
typedef struct {
    PyObject_HEAD
    void *handle;
    const vbObject *object;
    PyObject *parent;
    PyObject *dict;
    PyObject *weak;
} pyHandle;

/* What C keeps of Python for a callback. */
typedef struct {
    PyObject *callables; /* dictionary: name of the callback's type -> callable */
    PyObject *opaque;
    PyObject *self; /* what it was registered on */
    bool waits;     /* the call that it was given to waits for it: exceptions are that call's */
    PyObject *exception[3];
} pyClosure;

/* One call in Python. */
typedef struct {
    vbFrame frame;
    PyObject *self;
    PyObject *keep; /* list of what must live as long as the call */
    pyClosure *closure; /* made for it, and not yet given to C */
} pyCall;

extern PyTypeObject *pyHandleTypes[];
extern PyTypeObject pyMethodType;
extern PyObject *pyErrorClass;

int pyMakeClasses(PyObject *module);
PyObject *pyWrap(const vbObject *object, void *handle, PyObject *near);
PyObject *pyNewMethod(const pyMethodTable *table);
PyObject *pyRaise(const char *message);

int pyGive(pyCall *call, unsigned part, PyObject *value);
int pyFillRecord(pyCall *call, const vbRecord *record, char *at, PyObject *value);
PyObject *pyTake(pyCall *call, unsigned part);
PyObject *pyValue(const vbType *type, const void *at, PyObject *near);
PyObject *pyText(const char *text);
PyObject *pyRecord(const vbRecord *record, const char *at, vbForm form, PyObject *near);
PyObject *pyParams(virTypedParameterPtr params, size_t count);

void pyClosureFree(void *closure);
bool pyClosureRaise(pyClosure *closure);
int pyGiveCallback(pyCall *call, unsigned part, PyObject *callable);
long long pyUpcall(const vbCallback *callback, vbSlot *slots);
