/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bytes of a fuzzer as choices: numbers, words, and values of the protocol's structures. */

#include "fuzz/input.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

/* Lists are short, so that a message has many other things. */
#define ITEMS 3
#define DEPTH 6

/* Of test:///default. */
static const unsigned char knownUUID[VIR_UUID_BUFLEN] = {
    0x66, 0x95, 0xeb, 0x01, 0xf6, 0xa4, 0x83, 0x04, 0x79, 0xaa, 0x97, 0xf2, 0x50, 0x2e, 0x19, 0x3f,
};

/* No absolute path but one that cannot be written to. */
static const char *const words[] = {
    "", "test", "default", "default-pool", "eth1", "vda", "testnet0", "/nonexistent/x", "<x/>",
    "test:///default", "aa:bb:cc:dd:ee:ff", "cpu_shares",
    "<domain type='test'><name>a</name><memory>4096</memory><os><type>hvm</type></os></domain>",
    "<domainsnapshot><name>s</name></domainsnapshot>", "<network><name>n</name></network>",
    "<disk type='file'><source file='/x'/><target dev='vdb' bus='virtio'/></disk>",
    "<pool type='dir'><name>p</name><target><path>/x</path></target></pool>",
    "<volume><name>v</name><capacity>1</capacity></volume>",
};

static char *folder;

static void
removeFolder(void)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        g_unlink(path);
    }
    g_rmdir(folder);
    g_clear_pointer(&folder, g_free);
}

const char *
fuzzFolder(void)
{
    folder = g_dir_make_tmp("virfuzzXXXXXX", NULL);
    if (!folder)
        g_error("no folder to work in");
    atexit(removeFolder);
    return folder;
}

unsigned int
fuzzNext(FuzzInput *input, unsigned int limit)
{
    unsigned int value = 0;
    int i, count = limit > 256 ? 2 : 1;

    for (i = 0; i < count && input->left; i++, input->bytes++, input->left--)
        value = value << 8 | *input->bytes;
    return limit ? value % limit : value;
}

void
fuzzWriteBytes(virXdrWriter *writer, FuzzInput *input, size_t most)
{
    size_t count = MIN(most, input->left);

    virXdrWriteFixed(writer, input->bytes, count);
    input->bytes += count;
    input->left -= count;
}

static uint32_t
number(FuzzInput *input)
{
    static const uint32_t usual[] = { 0, 1, 2, 4, 16, 64, 1024, 65536, INT32_MAX, UINT32_MAX };
    unsigned int choice = fuzzNext(input, 16);

    if (choice < G_N_ELEMENTS(usual))
        return usual[choice];
    return choice == 15 ? 1u << fuzzNext(input, 32) : fuzzNext(input, 0);
}

static void
string(virXdrWriter *writer, FuzzInput *input, unsigned int limit)
{
    char own[16];
    const char *text = own;
    unsigned int choice = fuzzNext(input, 2 * G_N_ELEMENTS(words)), i;

    if (choice < G_N_ELEMENTS(words)) {
        text = words[choice];
    } else {
        for (i = 0; i < choice % sizeof(own) && input->left; i++)
            own[i] = (char) MAX(fuzzNext(input, 256), 1);
        own[i] = 0;
        if (own[0] == '/')
            own[0] = '.';
    }
    virXdrWriteString(writer, limit, text);
}

static void
param(virXdrWriter *writer, FuzzInput *input, const virWireField *field)
{
    unsigned int type = fuzzNext(input, 9);

    string(writer, input, VIR_TYPED_PARAM_FIELD_LENGTH - 1);
    virXdrWriteU32(writer, type);
    if (type == VIR_TYPED_PARAM_STRING)
        string(writer, input, field->itemLimit);
    else if (type >= VIR_TYPED_PARAM_LLONG && type <= VIR_TYPED_PARAM_DOUBLE)
        virXdrWriteU64(writer, (uint64_t) number(input) << 32 | number(input));
    else
        virXdrWriteU32(writer, number(input));
}

static void value(virXdrWriter *writer, FuzzInput *input, const virWireType *type, int depth);

static void
item(virXdrWriter *writer, FuzzInput *input, const virWireField *field, int depth)
{
    switch ((virWireKind) field->kind) {
    case VIR_WIRE_CHAR:
    case VIR_WIRE_UCHAR:
    case VIR_WIRE_USHORT:
        virXdrWriteU32(writer, fuzzNext(input, 256));
        break;
    case VIR_WIRE_INT:
    case VIR_WIRE_UINT:
        virXdrWriteU32(writer, number(input));
        break;
    case VIR_WIRE_HYPER:
    case VIR_WIRE_UHYPER:
    case VIR_WIRE_DOUBLE:
        virXdrWriteU64(writer, (uint64_t) number(input) << 32 | number(input));
        break;
    case VIR_WIRE_STRING:
        string(writer, input, field->itemLimit);
        break;
    case VIR_WIRE_STRUCT:
        value(writer, input, field->type, depth + 1);
        break;
    case VIR_WIRE_PARAM:
        param(writer, input, field);
        break;
    case VIR_WIRE_OPAQUE:
        break;      /* never alone */
    }
}

static void
items(virXdrWriter *writer, FuzzInput *input, const virWireField *field, int depth)
{
    unsigned int count = depth < DEPTH ? fuzzNext(input, ITEMS + 1) : 0, i;
    char bytes[64] = { 0 };

    if (fuzzNext(input, 64) == 63)
        count = number(input);          /* more than follows, or than is allowed */
    if (field->kind == VIR_WIRE_OPAQUE && count <= sizeof(bytes)) {
        count = fuzzNext(input, sizeof(bytes));
        for (i = 0; i < count && input->left; i++)
            bytes[i] = (char) fuzzNext(input, 256);
        virXdrWriteBytes(writer, field->limit, bytes, MIN(count, field->limit));
        return;
    }
    virXdrWriteU32(writer, count);
    for (i = 0; i < MIN(count, ITEMS); i++)
        item(writer, input, field, depth);
}

static void
fixed(virXdrWriter *writer, FuzzInput *input, const virWireField *field, int depth)
{
    g_autofree unsigned char *bytes = NULL;
    unsigned int i;

    if (field->kind != VIR_WIRE_OPAQUE) {
        for (i = 0; i < field->limit; i++)
            item(writer, input, field, depth);
        return;
    }
    if (field->limit == sizeof(knownUUID) && fuzzNext(input, 4)) {
        virXdrWriteFixed(writer, knownUUID, sizeof(knownUUID));
        return;
    }
    bytes = g_malloc0(field->limit);
    for (i = 0; i < field->limit; i++)
        bytes[i] = (unsigned char) fuzzNext(input, 256);
    virXdrWriteFixed(writer, bytes, field->limit);
}

static void
value(virXdrWriter *writer, FuzzInput *input, const virWireType *type, int depth)
{
    for (unsigned int i = 0; i < type->count; i++) {
        const virWireField *field = &type->fields[i];

        switch ((virWireForm) field->form) {
        case VIR_WIRE_ONE:
            item(writer, input, field, depth);
            break;
        case VIR_WIRE_OPTIONAL: {
            bool present = depth < DEPTH && fuzzNext(input, 3);

            virXdrWriteU32(writer, present);
            if (present)
                item(writer, input, field, depth);
            break;
        }
        case VIR_WIRE_FIXED:
            fixed(writer, input, field, depth);
            break;
        case VIR_WIRE_LIST:
            items(writer, input, field, depth);
            break;
        }
    }
}

void
fuzzWrite(virXdrWriter *writer, FuzzInput *input, const virWireType *type)
{
    value(writer, input, type, 0);
}
