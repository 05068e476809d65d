/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prepares, makes and releases one call of a public function, by the tables that describe it. */

#include "call.h"

#include <stdlib.h>
#include <string.h>

/* How many items are asked for at first, where nothing says how many there are. */
#define FIRST_ROOM 256
/* Rows of a matrix that the library gives at once. */
#define MOST_ROWS 128

struct vbBlock {
    struct vbBlock *next;
    long long align;
};

long long
vbSigned(const void *at, unsigned size)
{
    switch (size) {
    case 1:
        return *(const signed char *) at;
    case 2:
        return *(const int16_t *) at;
    case 4:
        return *(const int32_t *) at;
    default:
        return *(const int64_t *) at;
    }
}

unsigned long long
vbUnsigned(const void *at, unsigned size)
{
    switch (size) {
    case 1:
        return *(const uint8_t *) at;
    case 2:
        return *(const uint16_t *) at;
    case 4:
        return *(const uint32_t *) at;
    default:
        return *(const uint64_t *) at;
    }
}

void
vbStore(void *at, unsigned size, unsigned long long value)
{
    switch (size) {
    case 1:
        *(uint8_t *) at = (uint8_t) value;
        break;
    case 2:
        *(uint16_t *) at = (uint16_t) value;
        break;
    case 4:
        *(uint32_t *) at = (uint32_t) value;
        break;
    default:
        *(uint64_t *) at = value;
    }
}

void
vbFrameOpen(vbFrame *frame, const vbFunction *function)
{
    memset(frame, 0, sizeof(*frame));
    frame->function = function;
}

void *
vbFrameAlloc(vbFrame *frame, size_t count, size_t size)
{
    struct vbBlock *block;
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
        return NULL;
    block = calloc(1, sizeof(*block) + bytes + 1);
    if (!block)
        return NULL;
    block->next = frame->blocks;
    frame->blocks = block;
    return block + 1;
}

void
vbFrameLength(vbFrame *frame, unsigned part, size_t length)
{
    const vbPart *parts = frame->function->parts;
    signed char count = parts[part].counts[0];

    frame->lengths[part + 1] = length;
    if (count >= 0)
        frame->slots[count + 1].u = length;
}

/* The bytes of one item of a list or of a lone result. */
static size_t
itemSize(const vbPart *part)
{
    switch (part->type.kind) {
    case VB_INT:
    case VB_UINT:
    case VB_DOUBLE:
    case VB_BOOL:
    case VB_FILE:
        return part->type.size;
    case VB_RECORD:
        return part->pointers ? sizeof(void *) : part->type.record->size;
    case VB_PARAMS:
        return sizeof(virTypedParameter);
    case VB_UUID:
        return VIR_UUID_BUFLEN;
    case VB_UUID_TEXT:
        return part->mode == VB_ONE ? VIR_UUID_STRING_BUFLEN : sizeof(char *);
    case VB_BYTES:
    case VB_BITMAP:
        return 1;
    case VB_NOTHING:
    case VB_TEXT:
    case VB_OBJECT:
    case VB_CALLBACK:
    case VB_OPAQUE:
        break;
    }
    return sizeof(void *);
}

static int
processors(vbFrame *frame)
{
    if (!frame->processors) {
        frame->processors = vbProcessors(frame->conn);
        if (frame->processors < 1)
            frame->processors = -1;
    }
    return frame->processors;
}

/* Room for `room` items of a list that the function fills. */
static bool
makeRoom(vbFrame *frame, unsigned part, size_t room)
{
    const vbPart *p = &frame->function->parts[part];
    size_t size = itemSize(p);

    if (p->type.kind == VB_BITMAP && p->stride >= 0) {
        int cpus = processors(frame);

        if (cpus < 0)
            return false;
        size = VIR_CPU_MAPLEN(cpus);
        frame->slots[p->stride + 1].i = (long long) size;
    }
    frame->slots[part + 1].p = vbFrameAlloc(frame, room ? room : 1, size);
    if (p->counts[0] >= 0) {
        unsigned count = (unsigned) p->counts[0] + 1;

        frame->out[count].u = room;
        if (frame->function->parts[count - 1].by_pointer)
            frame->slots[count].p = &frame->out[count];
        else
            frame->slots[count].u = room;
    }
    return frame->slots[part + 1].p != NULL;
}

/* What a result that is no filled list is written to. */
static bool
makePlace(vbFrame *frame, unsigned part)
{
    const vbPart *p = &frame->function->parts[part];
    size_t size = itemSize(p);

    if (p->type.kind == VB_BITMAP && p->stride >= 0)
        return makeRoom(frame, part, 1);
    if (p->type.kind == VB_BYTES && p->counts[0] >= 0 && !p->owned) {
        unsigned room = (unsigned) p->counts[0] + 1;

        frame->slots[part + 1].p = vbFrameAlloc(frame, frame->slots[room].u, 1);
        return frame->slots[part + 1].p != NULL;
    }
    if (p->mode == VB_ALLOC || size <= sizeof(vbSlot)) {
        frame->slots[part + 1].p = &frame->out[part + 1];
        return true;
    }
    frame->slots[part + 1].p = vbFrameAlloc(frame, 1, size);
    return frame->slots[part + 1].p != NULL;
}

/* Counts that come back are pointed to; sizes of records are known. */
static void
fillMeasures(vbFrame *frame)
{
    const vbFunction *f = frame->function;

    for (unsigned i = 0; i < f->nparts; i++) {
        const vbPart *p = &f->parts[i];

        if (p->role == VB_COUNT && p->by_pointer)
            frame->slots[i + 1].p = &frame->out[i + 1];
        else if (p->role == VB_SIZE && p->of >= 0)
            frame->slots[i + 1].u = itemSize(&f->parts[p->of]);
        else if (p->role == VB_STRIDE && p->of >= 0 && f->parts[p->of].role == VB_GIVEN)
            frame->slots[i + 1].u = frame->lengths[p->of + 1];
    }
}

static bool
isRoom(const vbFunction *f, const vbPart *p)
{
    return p->role == VB_TAKEN && p->mode == VB_FILL && (p->counts[0] < 0 || p->counts[1] < 0
           || f->parts[p->counts[1]].role == VB_ROOM);
}

/* Rooms of every filled list; 0: as the caller asked. */
static bool
makeRooms(vbFrame *frame, size_t room)
{
    const vbFunction *f = frame->function;

    for (unsigned i = 0; i < f->nparts; i++) {
        const vbPart *p = &f->parts[i];
        size_t asked = room;

        if (!isRoom(f, p))
            continue;
        if (!room) {
            asked = 1;
            for (int c = 0; c < 2; c++) {
                if (p->counts[c] < 0)
                    continue;
                unsigned long long n = frame->slots[p->counts[c] + 1].u;
                if (n > INT32_MAX || __builtin_mul_overflow(asked, n, &asked))
                    return false;
            }
            frame->slots[i + 1].p = vbFrameAlloc(frame, asked ? asked : 1, itemSize(p));
            if (!frame->slots[i + 1].p)
                return false;
        } else if (!makeRoom(frame, i, asked)) {
            return false;
        }
    }
    return true;
}

/* Whether filled lists have the length that the caller gave. */
static bool
roomGiven(const vbFunction *f)
{
    for (unsigned i = 0; i < f->nparts; i++) {
        if (f->parts[i].role == VB_ROOM && f->parts[i].of >= 0
            && f->parts[f->parts[i].of].mode == VB_FILL)
            return true;
    }
    return false;
}

static const vbPart *
filled(const vbFunction *f)
{
    for (unsigned i = 0; i < f->nparts; i++) {
        if (f->parts[i].role == VB_TAKEN && f->parts[i].mode == VB_FILL)
            return &f->parts[i];
    }
    return NULL;
}

static void
call(vbFrame *frame)
{
    frame->failed = frame->function->run(frame->slots);
}

/* A list that may be NULL to learn its length: asks, then takes. */
static bool
runProbed(vbFrame *frame, unsigned part)
{
    const vbPart *p = &frame->function->parts[part];
    unsigned count = (unsigned) p->counts[0] + 1;

    frame->slots[part + 1].p = NULL;
    frame->slots[count].p = &frame->out[count];
    frame->out[count].u = 0;
    call(frame);
    /* The oldest functions refuse to be asked; a real error comes again. */
    if (!makeRoom(frame, part, frame->failed ? FIRST_ROOM : (size_t) vbSigned(&frame->out[count], sizeof(int))))
        return false;
    call(frame);
    return true;
}

static void
releaseItems(vbFrame *frame, unsigned part);

/* A list that does not tell its length: asks for more until it is not full. */
static bool
runGrowing(vbFrame *frame, const vbPart *p)
{
    unsigned part = (unsigned) (p - frame->function->parts);
    size_t most = p->limit > 0 ? (size_t) p->limit : INT32_MAX / 4;
    size_t room = most < FIRST_ROOM ? most : FIRST_ROOM;

    while (true) {
        if (!makeRooms(frame, room))
            return false;
        call(frame);
        if (frame->failed || (size_t) frame->slots[0].i < room || room >= most)
            return true;
        releaseItems(frame, part);
        room = room > most / 4 ? most : room * 4;
    }
}

/* Typed parameters of each processor, or the totals. */
static bool
runMatrix(vbFrame *frame, unsigned part, bool total)
{
    const vbPart *p = &frame->function->parts[part];
    unsigned columns = (unsigned) p->counts[0] + 1;
    unsigned rows = (unsigned) p->counts[1] + 1;
    unsigned first = rows - 1; /* the two stand side by side */
    size_t width, height = 1, done = 0;
    virTypedParameterPtr all;

    frame->slots[part + 1].p = NULL;
    frame->slots[columns].u = 0;
    if (!total) {
        frame->slots[first].i = 0;
        frame->slots[rows].u = 0;
        call(frame);
        if (frame->failed)
            return true;
        height = (size_t) frame->slots[0].i;
    }
    frame->slots[first].i = total ? -1 : 0;
    frame->slots[rows].u = 1;
    call(frame);
    if (frame->failed)
        return true;
    width = (size_t) frame->slots[0].i;
    all = vbFrameAlloc(frame, height * width + 1, sizeof(*all));
    if (!all)
        return false;
    frame->lengths[part + 1] = width;
    frame->slots[columns].u = width;
    while (width && done < height) {
        size_t step = height - done < MOST_ROWS ? height - done : MOST_ROWS;

        frame->slots[part + 1].p = all + done * width;
        frame->slots[first].i = total ? -1 : (long long) done;
        frame->slots[rows].u = step;
        call(frame);
        if (frame->failed)
            break;
        done += step;
    }
    frame->slots[part + 1].p = all;
    frame->out[rows].u = done;
    return true;
}

bool
vbFrameRun(vbFrame *frame)
{
    const vbFunction *f = frame->function;
    const vbPart *list = filled(f);

    fillMeasures(frame);
    for (unsigned i = 0; i < f->nparts; i++) {
        const vbPart *p = &f->parts[i];

        if (p->role == VB_TAKEN && p->mode != VB_FILL && !makePlace(frame, i)) {
            frame->failed = true;
            return frame->processors < 0;
        }
    }
    if (list && list->counts[1] >= 0 && f->parts[list->counts[1]].role == VB_ROWS) {
        unsigned part = (unsigned) (list - f->parts);

        return runMatrix(frame, part, frame->slots[list->counts[1] + 1].i != 0);
    }
    if (list && list->probe)
        return runProbed(frame, (unsigned) (list - f->parts));
    if (list && roomGiven(f)) {
        if (!makeRooms(frame, 0))
            return false;
    } else if (list) {
        bool made = runGrowing(frame, list);

        if (!made && frame->processors < 0) {
            frame->failed = true;
            return true;
        }
        return made;
    }
    call(frame);
    return true;
}

size_t
vbFrameItems(const vbFrame *frame, unsigned part)
{
    const vbFunction *f = frame->function;
    const vbPart *p = &f->parts[part];
    signed char count = p->counts[0];

    if (p->role != VB_TAKEN)
        return frame->lengths[part + 1];
    if (p->counts[1] >= 0 && f->parts[p->counts[1]].role == VB_ROWS)
        return (size_t) frame->out[p->counts[1] + 1].u;
    if (f->answer == VB_ANSWER_LENGTH || f->answer == VB_ANSWER_FOUND)
        return frame->slots[0].i > 0 ? (size_t) frame->slots[0].i : 0;
    if (count < 0)
        return 1;
    if (f->parts[count].by_pointer)
        return (size_t) vbUnsigned(&frame->out[count + 1], f->parts[count].type.size);
    return (size_t) frame->slots[count + 1].u;
}

void *
vbFrameAt(const vbFrame *frame, unsigned part)
{
    const vbPart *p = &frame->function->parts[part];
    bool inside = frame->slots[part + 1].p == (const void *) &frame->out[part + 1];

    if (!inside)
        return frame->slots[part + 1].p;
    if (p->mode == VB_ALLOC || p->type.kind == VB_TEXT || p->type.kind == VB_BITMAP
        || p->type.kind == VB_BYTES || p->type.kind == VB_OBJECT)
        return frame->out[part + 1].p;
    return (void *) &frame->out[part + 1];
}

/* --- releases ----------------------------------------------------------------------------------- */

static void
releaseParams(virTypedParameterPtr params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (params[i].type == VIR_TYPED_PARAM_STRING) {
            free(params[i].value.s);
            params[i].value.s = NULL;
        }
    }
}

static void
releaseRecord(const vbRecord *record, char *at)
{
    for (size_t i = 0; i < record->nfields; i++) {
        const vbField *f = &record->fields[i];
        void **place = (void **) (void *) (at + f->offset);
        size_t count = f->count_size ? (size_t) vbUnsigned(at + f->count_offset, f->count_size) : 0;

        if (!f->owned || f->length)
            continue;
        if (f->type.kind == VB_OBJECT) {
            if (*place)
                f->type.object->free(*place);
        } else if (f->type.kind == VB_PARAMS) {
            if (*place)
                releaseParams(*place, count);
            free(*place);
        } else if (f->mode == VB_ARRAY) {
            for (size_t k = 0; *place && k < count; k++) {
                if (f->type.kind == VB_TEXT)
                    free(((char **) *place)[k]);
                else if (f->type.kind == VB_RECORD)
                    releaseRecord(f->type.record, (char *) *place + k * f->type.record->size);
            }
            free(*place);
        } else if (f->type.kind == VB_TEXT || f->type.kind == VB_BITMAP) {
            free(*place);
        } else {
            continue;
        }
        *place = NULL;
    }
}

static void
releaseItem(const vbPart *p, char *item)
{
    void *value = *(void **) (void *) item;

    switch (p->type.kind) {
    case VB_OBJECT:
        if (value)
            p->type.object->free(value);
        break;
    case VB_TEXT:
    case VB_UUID_TEXT:
        free(value);
        break;
    case VB_RECORD:
        if (!p->pointers) {
            releaseRecord(p->type.record, item);
        } else if (value) {
            releaseRecord(p->type.record, value);
            free(value);
        }
        break;
    default:
        break;
    }
}

/* The items of a list that was given to us, and the list itself where the function made it. */
static void
releaseItems(vbFrame *frame, unsigned part)
{
    const vbPart *p = &frame->function->parts[part];
    char *items = vbFrameAt(frame, part);
    size_t count = items ? vbFrameItems(frame, part) : 0;

    if (!items)
        return;
    if (p->type.kind == VB_PARAMS) {
        size_t width = p->counts[1] >= 0 ? frame->lengths[part + 1] : 1;

        releaseParams((virTypedParameterPtr) (void *) items, count * width);
    } else if (p->owned || p->type.kind == VB_RECORD) {
        for (size_t i = 0; i < count; i++)
            releaseItem(p, items + i * itemSize(p));
    }
    if (p->mode == VB_ALLOC)
        free(items);
}

void
vbFrameClose(vbFrame *frame)
{
    const vbFunction *f = frame->function;

    for (unsigned i = 0; !frame->failed && i < f->nparts; i++) {
        const vbPart *p = &f->parts[i];

        if (p->role != VB_TAKEN || !frame->slots[i + 1].p)
            continue;
        if (p->mode == VB_FILL || p->mode == VB_ALLOC)
            releaseItems(frame, i);
        else if (p->type.kind == VB_RECORD)
            releaseRecord(p->type.record, frame->slots[i + 1].p);
        else if (p->owned && p->type.kind != VB_FILE)
            free(vbFrameAt(frame, i));
    }
    if (!frame->failed && f->owned && frame->slots[0].p
        && (f->type.kind == VB_TEXT || f->type.kind == VB_BYTES))
        free(frame->slots[0].p);
    while (frame->blocks) {
        struct vbBlock *block = frame->blocks;

        frame->blocks = block->next;
        free(block);
    }
}
