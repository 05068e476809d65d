/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares our encoding of random values with that of the code which rpcgen makes of our .x files. */

#include <rpc/rpc.h>
#include <stdio.h>
#include <stdlib.h>

#include "wire/values.h"

#define ROUNDS 40
#define MESSAGE_MAX (32 * 1024 * 1024)

/* Made by the test from rpcgen's headers. */
typedef struct {
    const char *name;
    bool_t (*translate)(XDR *xdr, void *value);
    size_t size;
} Oracle;
extern const Oracle oracles[];
extern const size_t oracleCount;

static const Oracle *
find(const char *name)
{
    for (size_t i = 0; i < oracleCount; i++)
        if (strcmp(oracles[i].name, name) == 0)
            return &oracles[i];
    return NULL;
}

/* What theirs makes of the bytes, written again by theirs. */
static bool
translated(const Oracle *oracle, unsigned char *data, size_t size, unsigned char *out, size_t *used)
{
    void *value = calloc(1, oracle->size);
    bool fine;
    XDR xdr;

    xdrmem_create(&xdr, (char *) data, (u_int) size, XDR_DECODE);
    fine = oracle->translate(&xdr, value) && xdr_getpos(&xdr) == size;
    xdr_destroy(&xdr);
    if (fine) {
        xdrmem_create(&xdr, (char *) out, MESSAGE_MAX / 8, XDR_ENCODE);
        fine = oracle->translate(&xdr, value);
        *used = xdr_getpos(&xdr);
        xdr_destroy(&xdr);
    }
    xdr_free((xdrproc_t) oracle->translate, value);
    free(value);
    return fine;
}

static bool
same(GRand *rand, const virWireType *type, const Oracle *oracle, unsigned char *out)
{
    _Alignas(max_align_t) unsigned char value[VIR_WIRE_STRUCT_MAX];
    g_autoptr(GPtrArray) memory = valueMemory();
    virXdrWriter first, again;
    virXdrReader reader;
    size_t used = 0;
    bool equal;

    valueRandom(rand, memory, type, value);
    virXdrWriterInit(&first, MESSAGE_MAX);
    virXdrWriterInit(&again, MESSAGE_MAX);
    equal = virWireEncode(&first, type, value) &&
            translated(oracle, first.data, first.used, out, &used) && used == first.used &&
            (used == 0 || memcmp(out, first.data, used) == 0);
    virXdrReaderInit(&reader, out, used);
    equal = equal && virWireDecode(&reader, type, value) && virXdrReaderLeft(&reader) == 0 &&
            virWireEncode(&again, type, value) && again.used == first.used &&
            (used == 0 || memcmp(again.data, first.data, used) == 0);
    virXdrReaderClear(&reader);
    virXdrWriterClear(&first);
    virXdrWriterClear(&again);
    return equal;
}

int
main(void)
{
    g_autoptr(GPtrArray) types = valueTypes();
    g_autoptr(GRand) rand = g_rand_new_with_seed(20260101);
    unsigned char *out = malloc(MESSAGE_MAX / 8 + 1);

    printf("1..%u\n", types->len);
    for (guint i = 0; i < types->len; i++) {
        const virWireType *type = g_ptr_array_index(types, i);
        const Oracle *oracle = find(type->name);
        bool fine = oracle != NULL;

        for (int j = 0; j < ROUNDS && fine; j++)
            fine = same(rand, type, oracle, out);
        printf("%sok %u - %s\n", fine ? "" : "not ", i + 1, type->name);
    }
    free(out);
    return 0;
}
