/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes that `python3 -m generator show` prints are those that the codec writes. */

#include "wire/samples.h"

#include <string.h>

#include <glib.h>

#define MESSAGE_MAX (32 * 1024 * 1024)

static int compared;

void
compareSample(const virWireType *type, const void *value, const unsigned char *bytes, size_t size)
{
    virXdrWriter writer;
    virXdrReader reader;
    unsigned char back[VIR_WIRE_STRUCT_MAX] __attribute__((aligned(16)));
    unsigned char *copy;

    virXdrWriterInit(&writer, MESSAGE_MAX);
    if (!virWireEncode(&writer, type, value))
        g_error("%s: %s: %s", type->name, writer.field, virXdrFaultText(writer.fault));
    if (writer.used != size || memcmp(writer.data, bytes, size))
        g_error("%s: the codec writes other bytes than the generator", type->name);
    virXdrWriterClear(&writer);

    /* What the generator made can be read, to its last byte. */
    copy = g_malloc(size + 1);
    memcpy(copy, bytes, size);
    virXdrReaderInitOwned(&reader, copy, size);
    if (!virWireDecode(&reader, type, back))
        g_error("%s: %s: %s", type->name, reader.field, virXdrFaultText(reader.fault));
    g_assert_cmpuint(virXdrReaderLeft(&reader), ==, 0);
    virXdrReaderClear(&reader);
    compared++;
}

static void
testSamples(void)
{
    wireSamples();
    g_assert_cmpint(compared, >, 700);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/samples", testSamples);
    return g_test_run();
}
