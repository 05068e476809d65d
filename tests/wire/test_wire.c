/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every structure of the protocol: round trips, truncation at every byte, limits, descriptions. */

#include <stdlib.h>

#include "wire/remote.h"
#include "wire/values.h"

#define ROUNDS 12
#define MESSAGE_MAX (32 * 1024 * 1024)

typedef unsigned char Room[VIR_WIRE_STRUCT_MAX] __attribute__((aligned(16)));

/* A private copy that is exactly as long as needed, for the sanitizers to watch. */
static void
reread(const unsigned char *data, size_t size, virXdrReader *reader)
{
    unsigned char *copy = malloc(size + 1);

    if (size)
        memcpy(copy, data, size);
    copy[size] = 0xff;
    virXdrReaderInitOwned(reader, copy, size);
}

static void
roundTrip(GRand *rand, const virWireType *type)
{
    g_autoptr(GPtrArray) memory = valueMemory();
    virXdrWriter first, second;
    virXdrReader reader;
    Room value, back;

    valueRandom(rand, memory, type, value);
    virXdrWriterInit(&first, MESSAGE_MAX);
    virXdrWriterInit(&second, MESSAGE_MAX);
    g_assert_true(virWireEncode(&first, type, value));
    g_assert_cmpuint(first.used % 4, ==, 0);
    g_assert_cmpuint(first.used, >=, type->least);
    reread(first.data, first.used, &reader);
    if (!virWireDecode(&reader, type, back))
        g_error("%s: %s: %s", type->name, reader.field, virXdrFaultText(reader.fault));
    g_assert_cmpuint(virXdrReaderLeft(&reader), ==, 0);
    g_assert_true(virWireEncode(&second, type, back));
    g_assert_cmpmem(first.data, first.used, second.data, second.used);
    virXdrReaderClear(&reader);
    virXdrWriterClear(&first);
    virXdrWriterClear(&second);
}

static void
testRoundTrips(void)
{
    g_autoptr(GPtrArray) types = valueTypes();
    g_autoptr(GRand) rand = g_rand_new_with_seed(4711);

    g_assert_cmpuint(types->len, >, 700);
    for (guint i = 0; i < types->len; i++)
        for (int j = 0; j < ROUNDS; j++)
            roundTrip(rand, g_ptr_array_index(types, i));
}

/* Whatever is missing at the end, decoding says so and says where. */
static void
testTruncation(void)
{
    g_autoptr(GPtrArray) types = valueTypes();
    g_autoptr(GRand) rand = g_rand_new_with_seed(4712);

    for (guint i = 0; i < types->len; i++) {
        const virWireType *type = g_ptr_array_index(types, i);
        g_autoptr(GPtrArray) memory = valueMemory();
        virXdrWriter writer;
        virXdrReader reader;
        Room value;

        valueRandom(rand, memory, type, value);
        virXdrWriterInit(&writer, MESSAGE_MAX);
        g_assert_true(virWireEncode(&writer, type, value));
        for (size_t size = 0; size < writer.used; size++) {
            reread(writer.data, size, &reader);
            g_assert_false(virWireDecode(&reader, type, value));
            g_assert_cmpint(reader.fault, ==, VIR_XDR_SHORT);
            g_assert_nonnull(reader.field);
            virXdrReaderClear(&reader);
        }
        virXdrWriterClear(&writer);
    }
}

/* One changed byte is refused or read as something else, but never out of bounds. */
static void
testDamage(void)
{
    g_autoptr(GPtrArray) types = valueTypes();
    g_autoptr(GRand) rand = g_rand_new_with_seed(4713);

    for (guint i = 0; i < types->len; i++) {
        const virWireType *type = g_ptr_array_index(types, i);
        g_autoptr(GPtrArray) memory = valueMemory();
        virXdrWriter writer;
        virXdrReader reader;
        Room value;

        valueRandom(rand, memory, type, value);
        virXdrWriterInit(&writer, MESSAGE_MAX);
        g_assert_true(virWireEncode(&writer, type, value));
        for (size_t at = 0; at < writer.used; at++) {
            unsigned char old = writer.data[at];

            writer.data[at] = (unsigned char) g_rand_int(rand);
            reread(writer.data, writer.used, &reader);
            if (virWireDecode(&reader, type, value)) {
                g_autoptr(GString) text = g_string_new(NULL);

                virWireDescribe(text, type, value);
                g_assert_cmpint(text->str[0], ==, '{');
            }
            virXdrReaderClear(&reader);
            writer.data[at] = old;
        }
        virXdrWriterClear(&writer);
    }
}

/* A list of one more than its limit is refused on both sides, before its items are looked at. */
static void
overfull(const virWireType *type, const virWireField *field)
{
    virXdrWriter writer;
    virXdrReader reader;
    unsigned char *data;
    Room value = { 0 };
    virWireList *list = (virWireList *) (void *) (value + field->offset);

    list->count = (size_t) field->limit + 1;
    list->items = value;
    virXdrWriterInit(&writer, MESSAGE_MAX);
    g_assert_false(virWireEncode(&writer, type, value));
    g_assert_cmpstr(writer.field, ==, field->name);
    g_assert_cmpint(writer.fault, ==, VIR_XDR_LIMIT);
    virXdrWriterClear(&writer);
    if (field != type->fields)
        return;
    data = g_malloc0(64);
    *(uint32_t *) (void *) data = htobe32(field->limit + 1);
    virXdrReaderInit(&reader, data, 63);
    g_assert_false(virWireDecode(&reader, type, value));
    g_assert_cmpint(reader.fault, ==, VIR_XDR_LIMIT);
    virXdrReaderClear(&reader);
    g_free(data);
}

static void
testLimits(void)
{
    g_autoptr(GPtrArray) types = valueTypes();
    int lists = 0, first = 0;

    for (guint i = 0; i < types->len; i++) {
        const virWireType *type = g_ptr_array_index(types, i);
        bool complete = true;       /* nothing in front that zeroes cannot be */

        for (unsigned int j = 0; j < type->count && complete; j++) {
            const virWireField *field = &type->fields[j];

            if (field->form == VIR_WIRE_LIST) {
                overfull(type, field);
                lists++;
                first += j == 0;
            }
            complete = field->kind != VIR_WIRE_STRUCT && field->kind != VIR_WIRE_STRING;
        }
    }
    g_assert_cmpint(lists, >, 60);
    g_assert_cmpint(first, >, 40);
}

static void
testDescription(void)
{
    virTypedParameter params[] = {
        { .field = "shm_sleep_millisecs", .type = VIR_TYPED_PARAM_UINT, .value.ui = 20 },
        { .field = "name", .type = VIR_TYPED_PARAM_STRING, .value.s = (char *) "a\"b\n" },
    };
    virWireNodeSetMemoryParametersArgs set = { .params = { params, 2 }, .flags = 3 };
    virWireDomainGetInfoArgs info = { .dom = { .name = "test", .id = -1 } };
    virWireSecretSetValueArgs secret = { .secret = { .usageID = "/disk" },
                                         .value = { (unsigned char *) "hush", 4 } };
    g_autoptr(GString) text = g_string_new(NULL);

    virWireDescribe(text, virWireProcNodeSetMemoryParameters->args, &set);
    g_assert_cmpstr(text->str, ==,
                    "{params=[shm_sleep_millisecs=20u, name=\"a\\\"b\\x0a\"], flags=3}");
    g_string_truncate(text, 0);
    virWireDescribe(text, virWireProcDomainGetInfo->args, &info);
    g_assert_cmpstr(text->str, ==,
                    "{dom={name=\"test\", uuid=00000000-0000-0000-0000-000000000000, id=-1}}");
    g_string_truncate(text, 0);
    virWireDescribe(text, virWireProcSecretSetValue->args, &secret);
    g_assert_null(strstr(text->str, "hush"));
    g_assert_nonnull(strstr(text->str, "value=<hidden>"));
}

static void
testFind(void)
{
    g_assert_cmpstr(virWireFind(&virWireProgramRemote, 16)->name, ==, "DomainGetInfo");
    g_assert_cmpint(virWireFind(&virWireProgramRemote, 453)->number, ==, 453);
    g_assert_null(virWireFind(&virWireProgramRemote, 0));
    g_assert_null(virWireFind(&virWireProgramRemote, -1));
    g_assert_null(virWireFind(&virWireProgramRemote, 454));
    g_assert_null(virWireFind(&virWireProgramRemote, G_MAXINT));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/round-trips", testRoundTrips);
    g_test_add_func("/wire/truncation", testTruncation);
    g_test_add_func("/wire/damage", testDamage);
    g_test_add_func("/wire/limits", testLimits);
    g_test_add_func("/wire/description", testDescription);
    g_test_add_func("/wire/find", testFind);
    return g_test_run();
}
