/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Every count of every structure, told wrong: above its limit, above what follows, and with nothing behind
 * it. Each is refused where it stands, and before memory is taken for what it promises.
 *
 * Counts are found by a reader of its own, which walks encoded bytes by the tables and allocates nothing.
 */

#include <malloc.h>
#include <stdlib.h>

#include "wire/admin.h"
#include "wire/keepalive.h"
#include "wire/lxc.h"
#include "wire/qemu.h"
#include "wire/remote.h"
#include "wire/values.h"

#define MESSAGE_MAX (32 * 1024 * 1024)
/* All fields of all structures have been there after so many random values, most after a few. */
#define ROUNDS_MAX 400
/* What decoding may take beyond that of the unspoilt bytes: nothing but the allocator's own. */
#define SLACK 512

typedef unsigned char Room[VIR_WIRE_STRUCT_MAX] __attribute__((aligned(16)));

/* One count in encoded bytes. */
typedef struct {
    const virWireField *field;
    size_t at;
    uint32_t limit;
    size_t least;           /* the fewest bytes of an item */
} Count;

typedef struct {
    const unsigned char *data;
    size_t at;
    GArray *counts;         /* of Count; NULL: the tables are walked without bytes */
    GHashTable *fields;     /* every field that is counted, once seen */
} Walk;

static void walkType(Walk *walk, const virWireType *type);

static uint32_t
word(Walk *walk)
{
    uint32_t raw;

    memcpy(&raw, walk->data + walk->at, sizeof(raw));
    walk->at += sizeof(raw);
    return be32toh(raw);
}

static uint32_t
counted(Walk *walk, const virWireField *field, uint32_t limit, size_t least)
{
    Count count = { field, walk->at, limit, least };

    g_hash_table_add(walk->fields, (gpointer) field);
    if (!walk->counts)
        return 1;
    g_array_append_val(walk->counts, count);
    return word(walk);
}

static void
skip(Walk *walk, size_t size)
{
    if (walk->counts)
        walk->at += (size + 3) / 4 * 4;
}

static void
walkText(Walk *walk, const virWireField *field, uint32_t limit)
{
    skip(walk, counted(walk, field, limit, 1));
}

static void
walkParam(Walk *walk, const virWireField *field)
{
    uint32_t type = VIR_TYPED_PARAM_STRING;

    walkText(walk, field, VIR_TYPED_PARAM_FIELD_LENGTH - 1);
    if (walk->counts)
        type = word(walk);
    if (type == VIR_TYPED_PARAM_STRING)
        walkText(walk, field, field->itemLimit);
    else
        skip(walk, type == VIR_TYPED_PARAM_INT || type == VIR_TYPED_PARAM_UINT ||
                           type == VIR_TYPED_PARAM_BOOLEAN ? 4 : 8);
}

static size_t
leastOf(const virWireField *field)
{
    switch ((virWireKind) field->kind) {
    case VIR_WIRE_HYPER:
    case VIR_WIRE_UHYPER:
    case VIR_WIRE_DOUBLE:
        return 8;
    case VIR_WIRE_STRUCT:
        return field->type->least;
    case VIR_WIRE_PARAM:
        return 12;
    case VIR_WIRE_OPAQUE:
        return 1;
    default:
        return 4;
    }
}

static void
walkItem(Walk *walk, const virWireField *field)
{
    switch ((virWireKind) field->kind) {
    case VIR_WIRE_STRING:
        walkText(walk, field, field->itemLimit);
        break;
    case VIR_WIRE_STRUCT:
        walkType(walk, field->type);
        break;
    case VIR_WIRE_PARAM:
        walkParam(walk, field);
        break;
    default:
        skip(walk, leastOf(field));
    }
}

static void
walkField(Walk *walk, const virWireField *field)
{
    uint32_t count = 1;

    if (field->form == VIR_WIRE_OPTIONAL && walk->counts)
        count = word(walk) ? 1 : 0;
    else if (field->form == VIR_WIRE_FIXED)
        count = walk->counts ? field->limit : 1;
    else if (field->form == VIR_WIRE_LIST)
        count = counted(walk, field, field->limit, leastOf(field));
    if (field->kind == VIR_WIRE_OPAQUE) {
        skip(walk, count);
        return;
    }
    while (count-- > 0)
        walkItem(walk, field);
}

static void
walkType(Walk *walk, const virWireType *type)
{
    for (unsigned int i = 0; i < type->count; i++)
        walkField(walk, &type->fields[i]);
}

/* --- judging ------------------------------------------------------------------------------------- */

/* A sanitizer's own account of memory; absent without one. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t
allocated(void)
{
    struct mallinfo2 info;

    if (__sanitizer_get_current_allocated_bytes)
        return __sanitizer_get_current_allocated_bytes();
    info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* Decodes a copy of the bytes; what was taken for it, and the fault, VIR_XDR_FINE when there is none. */
static virXdrFault
decode(const virWireType *type, const unsigned char *data, size_t size, size_t *taken,
       const char **field)
{
    unsigned char *copy = malloc(size + 1);
    size_t before;
    virXdrReader reader;
    virXdrFault fault;
    Room value;

    memcpy(copy, data, size);
    copy[size] = 0xff;
    virXdrReaderInitOwned(&reader, copy, size);
    before = allocated();
    fault = virWireDecode(&reader, type, value) ? VIR_XDR_FINE : reader.fault;
    *taken = allocated() - before;
    *field = reader.field;
    virXdrReaderClear(&reader);
    return fault;
}

static void
expect(const virWireType *type, const unsigned char *data, size_t size, const Count *count,
       virXdrFault expected, bool here, size_t allowed)
{
    size_t taken;
    const char *field;
    virXdrFault fault = decode(type, data, size, &taken, &field);

    if (fault != expected)
        g_error("%s, count of %s at byte %zu: fault %d instead of %d", type->name,
                count->field->name, count->at, fault, expected);
    if (here)
        g_assert_cmpstr(field, ==, count->field->name);
    if (taken > allowed + SLACK)
        g_error("%s, count of %s at byte %zu: %zu bytes were taken, %zu for the whole before",
                type->name, count->field->name, count->at, taken, allowed);
}

static void
spoil(const virWireType *type, unsigned char *data, size_t size, const Count *count, size_t allowed)
{
    uint32_t right, wrong;
    size_t left = size - count->at - 4;
    uint64_t more = left / count->least + 1;

    memcpy(&right, data + count->at, sizeof(right));
    for (unsigned int i = 0; i < 2; i++) {
        wrong = htobe32(i == 0 ? count->limit + 1 : G_MAXUINT32);
        memcpy(data + count->at, &wrong, sizeof(wrong));
        expect(type, data, size, count, VIR_XDR_LIMIT, /* here= */ true, allowed);
    }
    /* The limit itself, where so much cannot follow. */
    if (count->limit >= more) {
        wrong = htobe32(count->limit);
        memcpy(data + count->at, &wrong, sizeof(wrong));
        expect(type, data, size, count, VIR_XDR_SHORT, /* here= */ true, allowed);
        wrong = htobe32((uint32_t) more);
        memcpy(data + count->at, &wrong, sizeof(wrong));
        expect(type, data, size, count, VIR_XDR_SHORT, /* here= */ true, allowed);
    }
    memcpy(data + count->at, &right, sizeof(right));
    /* A list around it may have been found too long for the bytes already. */
    if (right)
        expect(type, data, count->at + 4, count, VIR_XDR_SHORT, /* here= */ false, allowed);
}

/* One random value of a structure, with each of its counts told wrong in turn; how many there are. */
static guint
spoilAll(GRand *rand, const virWireType *type, GHashTable *fields)
{
    g_autoptr(GPtrArray) memory = valueMemory();
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(Count));
    virXdrWriter writer;
    Walk walk = { .counts = counts, .fields = fields };
    size_t allowed;
    const char *field;
    Room value;

    valueRandom(rand, memory, type, value);
    virXdrWriterInit(&writer, MESSAGE_MAX);
    g_assert_true(virWireEncode(&writer, type, value));
    walk.data = writer.data;
    walkType(&walk, type);
    g_assert_cmpuint(walk.at, ==, writer.used);
    g_assert_cmpint(decode(type, writer.data, writer.used, &allowed, &field), ==, VIR_XDR_FINE);
    for (guint i = 0; i < counts->len; i++)
        spoil(type, writer.data, writer.used, &g_array_index(counts, Count, i), allowed);
    virXdrWriterClear(&writer);
    return counts->len;
}

static void
testCounts(void)
{
    g_autoptr(GPtrArray) types = valueTypes();
    g_autoptr(GRand) rand = g_rand_new_with_seed(4714);
    guint counts = 0, fields = 0;

    for (guint i = 0; i < types->len; i++) {
        const virWireType *type = g_ptr_array_index(types, i);
        g_autoptr(GHashTable) all = g_hash_table_new(NULL, NULL);
        g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
        Walk walk = { .fields = all };

        walkType(&walk, type);
        fields += g_hash_table_size(all);
        for (guint round = 0; round < 16 || g_hash_table_size(seen) < g_hash_table_size(all); round++) {
            if (round == ROUNDS_MAX)
                g_error("%s: %u of %u counts were seen", type->name, g_hash_table_size(seen),
                        g_hash_table_size(all));
            counts += spoilAll(rand, type, seen);
        }
    }
    g_test_message("%u counts of %u fields in %u structures", counts, fields, types->len);
    g_assert_cmpuint(fields, >, 900);
}

/* Both ends decode what the other sends: the structures above are those of every procedure. */
static void
testProcedures(void)
{
    static const virWireProgram *const programs[] = {
        &virWireProgramRemote, &virWireProgramQemu, &virWireProgramLxc,
        &virWireProgramAdmin, &virWireProgramKeepalive,
    };
    g_autoptr(GPtrArray) types = valueTypes();
    size_t procedures = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        for (size_t j = 0; j < programs[i]->count; j++) {
            const virWireProcedure *procedure = &programs[i]->procedures[j];

            g_assert_true(!procedure->args || g_ptr_array_find(types, procedure->args, NULL));
            g_assert_true(!procedure->ret || g_ptr_array_find(types, procedure->ret, NULL));
            procedures++;
        }
    }
    g_assert_cmpuint(procedures, >=, 483);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hostile/counts", testCounts);
    g_test_add_func("/hostile/procedures", testProcedures);
    return g_test_run();
}
