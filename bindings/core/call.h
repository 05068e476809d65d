/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of any public function from any language: tables that say what a function takes and gives
 * (gen/bindings/calls.c), and a frame in which one call is prepared, made and read.
 *
 * A language converts its arguments into the slots of a frame and the results out of it; everything
 * between (rooms, counts, probes, releases) is the same for all of them and is done here. Nothing here
 * knows a function by its name. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

typedef enum {
    VB_NOTHING,
    VB_INT,
    VB_UINT,
    VB_DOUBLE,
    VB_BOOL,
    VB_TEXT,
    VB_UUID,
    VB_UUID_TEXT,
    VB_BYTES,
    VB_BITMAP,
    VB_FILE,
    VB_RECORD,
    VB_OBJECT,
    VB_PARAMS,
    VB_CALLBACK,
    VB_OPAQUE,
} vbKind;

typedef enum { VB_ONE, VB_ARRAY, VB_FILL, VB_ALLOC } vbMode;

/* Role of a C parameter; generator/bindings/plan.py says what each means. */
typedef enum {
    VB_SELF,
    VB_GIVEN,
    VB_TAKEN,
    VB_LENGTH,
    VB_COUNT,
    VB_ROOM,
    VB_STRIDE,
    VB_SIZE,
    VB_VALUES,
    VB_CALLEE,
    VB_CLOSURE,
    VB_RELEASE,
    VB_FIRST,
    VB_ROWS,
} vbRole;

typedef enum { VB_FORM_NONE, VB_FORM_LIST, VB_FORM_TUPLE, VB_FORM_MAP, VB_FORM_KEYED } vbForm;

typedef enum { VB_ANSWER_NOTHING, VB_ANSWER_LENGTH, VB_ANSWER_VALUE, VB_ANSWER_FOUND } vbAnswer;

typedef union {
    long long i;
    unsigned long long u;
    double d;
    void *p;
    void (*f)(void);
} vbSlot;

typedef struct vbObject vbObject;
typedef struct vbRecord vbRecord;
typedef struct vbParams vbParams;
typedef struct vbCallback vbCallback;

struct vbObject {
    const char *name;
    const vbObject *parent; /* NULL for a connection */
    int (*ref)(void *handle);
    int (*free)(void *handle);
    unsigned index;
};

/* A value: of a parameter, a field or what a function returns. */
typedef struct {
    vbKind kind;
    unsigned char size; /* bytes of a number */
    union {
        const vbObject *object;
        const vbRecord *record;
        const vbParams *params;
        const vbCallback *callback;
    };
} vbType;

typedef struct {
    const char *name;
    vbType type;
    vbMode mode;
    bool owned; /* released with its record */
    size_t offset;
    size_t length;       /* of text inside the record */
    size_t count_offset; /* of lists and bitmaps: where their number is */
    unsigned char count_size;
    unsigned scale;           /* shown divided by it, unless 0 */
    const char *const *words; /* of an enum: names of its values in maps */
    size_t nwords;
} vbField;

struct vbRecord {
    const char *name;
    size_t size;
    vbForm form; /* by its own word; VB_FORM_NONE: as it comes */
    const vbField *fields;
    size_t nfields;
};

typedef struct {
    const char *name;
    int type; /* virTypedParameterType */
} vbKey;

struct vbParams {
    const char *name;
    const vbKey *keys;
    size_t nkeys;
};

typedef struct {
    const char *name;
    vbType type;
    vbRole role;
    vbMode mode;
    signed char of; /* the part it is about, else -1 */
    signed char counts[2]; /* of lists: the parts that count it, else -1 */
    signed char stride;
    bool by_pointer; /* a count that comes back */
    bool nullable;
    bool probe;     /* may be NULL to learn how many there are */
    bool owned;     /* belongs to the caller */
    bool pointers;  /* a list of pointers to records, not of records */
    bool whole;     /* C gives a list whose end is NULL */
    vbForm form;    /* of one record */
    long limit;     /* the most there can be, 0: not known */
    const char *fallback; /* what is meant when it is not given: NULL: it must be */
} vbPart;

typedef struct {
    const char *name;
    const char *symbol;
    bool (*run)(vbSlot *slots); /* true if it returned what means failure */
    const vbPart *parts;
    unsigned nparts;
    vbAnswer answer;
    vbType type; /* of the answer */
    bool owned;  /* what it returns belongs to the caller */
    signed char count; /* the part that counts what is returned, else -1 */
    vbForm form;
    const char *bundle;
    const vbCallback *const *events; /* of event-register functions: by event */
    size_t nevents;
    const char *doc;
} vbFunction;

struct vbCallback {
    const char *name;
    void (*callee)(void); /* what C calls: hands on to vbUpcall */
    const vbPart *parts;
    unsigned nparts;
    vbType type; /* what it returns */
    signed char closure; /* the part that is the closure; -1: one for the whole program */
    unsigned index;
};

/* Called by every callee: set once by the language. Returns what the callback returns. */
extern long long (*vbUpcall)(const vbCallback *callback, vbSlot *slots);

/* Everything there is. */
extern const vbFunction *const vbFunctions[];
extern const size_t vbFunctionCount;
extern const vbObject *const vbObjects[];
extern const size_t vbObjectCount;
extern const vbCallback *const vbCallbacks[];
extern const size_t vbCallbackCount;
extern const vbRecord *const vbErrorRecord;

/* What a binding needs of errors and of the node's processors, whatever it is called. */
virErrorPtr vbLastError(void);
void vbForgetError(void);
void vbSilence(void);
int vbProcessors(void *conn);

#define VB_PARTS 12

/* One call. */
typedef struct {
    const vbFunction *function;
    vbSlot slots[VB_PARTS + 1]; /* 0: what it returns, then the parts */
    vbSlot out[VB_PARTS + 1];   /* what `slots` of results point to */
    size_t lengths[VB_PARTS + 1];
    void *conn; /* the connection that it travels on, if known */
    struct vbBlock *blocks;
    int processors;
    bool failed;
} vbFrame;

void vbFrameOpen(vbFrame *frame, const vbFunction *function);
/* Zeroed memory that lives as long as the frame; NULL if there is none. */
void *vbFrameAlloc(vbFrame *frame, size_t count, size_t size);
/* A list was given for a part: note its length where C expects it. */
void vbFrameLength(vbFrame *frame, unsigned part, size_t length);
/* Makes the call; may take long, so without the language's lock. False: no memory. */
bool vbFrameRun(vbFrame *frame);
/* How many items a part holds after the call. */
size_t vbFrameItems(const vbFrame *frame, unsigned part);
/* Where a result is: the value itself, the first item, or the text. */
void *vbFrameAt(const vbFrame *frame, unsigned part);
/* Releases everything that is in the frame; handles that were taken out are set to NULL before. */
void vbFrameClose(vbFrame *frame);

long long vbSigned(const void *at, unsigned size);
unsigned long long vbUnsigned(const void *at, unsigned size);
void vbStore(void *at, unsigned size, unsigned long long value);
