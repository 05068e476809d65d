/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Single values: byte order, padding, limits, strings that end in place, memory of lists. */

#include <glib.h>
#include <stdlib.h>

#include "rpc/xdr.h"

#define LIMIT 4096

/* The writer's bytes in a buffer of exactly their size and the spare byte. */
static void
reread(virXdrWriter *writer, virXdrReader *reader)
{
    unsigned char *copy = malloc(writer->used + 1);

    memcpy(copy, writer->data, writer->used);
    copy[writer->used] = 0xff;
    virXdrReaderInitOwned(reader, copy, writer->used);
}

static void
testNumbers(void)
{
    static const unsigned char expected[] = { 0, 0, 1, 2, 0xff, 0xff, 0xff, 0xfe,
                                              0xff, 0xff, 0xff, 0xff };
    virXdrWriter writer;
    virXdrReader reader;
    uint32_t word = 0;
    uint64_t wide = 0;

    virXdrWriterInit(&writer, LIMIT);
    g_assert_true(virXdrWriteU32(&writer, 258));
    g_assert_true(virXdrWriteU64(&writer, 0xfffffffeffffffffu));
    g_assert_cmpmem(writer.data, writer.used, expected, sizeof(expected));
    reread(&writer, &reader);
    g_assert_true(virXdrReadU32(&reader, &word));
    g_assert_cmpuint(word, ==, 258);
    g_assert_true(virXdrReadU64(&reader, &wide));
    g_assert_cmphex(wide, ==, 0xfffffffeffffffffu);
    g_assert_cmpuint(virXdrReaderLeft(&reader), ==, 0);
    g_assert_false(virXdrReadU32(&reader, &word));
    g_assert_cmpint(reader.fault, ==, VIR_XDR_SHORT);
    virXdrReaderClear(&reader);
    virXdrWriterClear(&writer);
}

/* Strings of every length around the padding, one behind the other, all ended and unharmed. */
static void
testStrings(void)
{
    static const char *const texts[] = { "", "a", "ab", "abc", "abcd", "", "efgh", "ijklm", "nopqrstu" };
    char *values[G_N_ELEMENTS(texts)] = { NULL };
    virXdrWriter writer;
    virXdrReader reader;

    virXdrWriterInit(&writer, LIMIT);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_true(virXdrWriteString(&writer, 8, texts[i]));
    g_assert_cmpuint(writer.used % 4, ==, 0);
    reread(&writer, &reader);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_true(virXdrReadString(&reader, 8, &values[i]));
    virXdrReaderFinish(&reader);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_cmpstr(values[i], ==, texts[i]);
    virXdrReaderClear(&reader);
    virXdrWriterClear(&writer);
}

/* A string that fills its words ends on the first byte of what follows, whatever that is. */
static void
testSeal(void)
{
    unsigned char uuid[16];
    unsigned char *bytes = NULL;
    uint64_t wide = 0;
    uint32_t word = 0;
    size_t size = 0;
    char *text[4] = { NULL };
    virXdrWriter writer;
    virXdrReader reader;

    virXdrWriterInit(&writer, LIMIT);
    virXdrWriteString(&writer, LIMIT, "four");
    virXdrWriteFixed(&writer, "0123456789abcdef", 16);
    virXdrWriteString(&writer, LIMIT, "eightful");
    virXdrWriteU64(&writer, 0x1122334455667788u);
    virXdrWriteString(&writer, LIMIT, "more");
    virXdrWriteU32(&writer, 0xaabbccddu);
    virXdrWriteString(&writer, LIMIT, "last");
    virXdrWriteBytes(&writer, LIMIT, "xyz", 3);
    reread(&writer, &reader);
    g_assert_true(virXdrReadString(&reader, LIMIT, &text[0]));
    g_assert_true(virXdrReadFixed(&reader, uuid, sizeof(uuid)));
    g_assert_true(virXdrReadString(&reader, LIMIT, &text[1]));
    g_assert_true(virXdrReadU64(&reader, &wide));
    g_assert_true(virXdrReadString(&reader, LIMIT, &text[2]));
    g_assert_true(virXdrReadU32(&reader, &word));
    g_assert_true(virXdrReadString(&reader, LIMIT, &text[3]));
    g_assert_true(virXdrReadBytes(&reader, LIMIT, &bytes, &size));
    virXdrReaderFinish(&reader);
    g_assert_cmpstr(text[0], ==, "four");
    g_assert_cmpmem(uuid, sizeof(uuid), "0123456789abcdef", 16);
    g_assert_cmpstr(text[1], ==, "eightful");
    g_assert_cmphex(wide, ==, 0x1122334455667788u);
    g_assert_cmpstr(text[2], ==, "more");
    g_assert_cmphex(word, ==, 0xaabbccddu);
    g_assert_cmpstr(text[3], ==, "last");
    g_assert_cmpmem(bytes, size, "xyz", 3);
    g_assert_cmpuint(virXdrReaderLeft(&reader), ==, 0);
    virXdrReaderClear(&reader);
    virXdrWriterClear(&writer);
}

static void
testRefused(void)
{
    unsigned char tooLong[] = { 0, 0, 0, 9, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 0, 0, 0, 0 };
    unsigned char tooShort[] = { 0, 0, 0, 5, 'a', 'b', 'c', 'd', 0 };
    unsigned char unpadded[] = { 0, 0, 0, 3, 'a', 'b', 'c', 0 };
    unsigned char inside[] = { 0, 0, 0, 3, 'a', 0, 'c', 0, 0 };
    unsigned char huge[] = { 0xff, 0xff, 0xff, 0xff, 'a', 'b', 'c', 'd', 0 };
    unsigned char maybe[] = { 0, 0, 0, 2, 0 };
    const struct {
        unsigned char *data;
        size_t size;
        virXdrFault fault;
    } rows[] = {
        { tooLong, sizeof(tooLong) - 1, VIR_XDR_LIMIT },
        { tooShort, sizeof(tooShort) - 1, VIR_XDR_SHORT },
        { unpadded, sizeof(unpadded) - 1, VIR_XDR_SHORT },
        { inside, sizeof(inside) - 1, VIR_XDR_TEXT },
        { huge, sizeof(huge) - 1, VIR_XDR_LIMIT },
    };
    virXdrReader reader;
    char *text = NULL;
    size_t count = 0;
    bool flag = false;

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        virXdrReaderInit(&reader, rows[i].data, rows[i].size);
        g_assert_false(virXdrReadString(&reader, 8, &text));
        g_assert_cmpint(reader.fault, ==, rows[i].fault);
        virXdrReaderClear(&reader);
    }
    /* Any number but zero is true: clients exist that send it in the other order of bytes. */
    virXdrReaderInit(&reader, maybe, 4);
    g_assert_true(virXdrReadBool(&reader, &flag));
    g_assert_true(flag);
    /* Two items are announced, but not one byte of them follows. */
    virXdrReaderInit(&reader, maybe, 4);
    g_assert_false(virXdrReadCount(&reader, 100, 4, &count));
    g_assert_cmpint(reader.fault, ==, VIR_XDR_SHORT);
    virXdrReaderInit(&reader, maybe, 4);
    g_assert_false(virXdrReadCount(&reader, 1, 4, &count));
    g_assert_cmpint(reader.fault, ==, VIR_XDR_LIMIT);
}

static void
testWriterLimits(void)
{
    g_autofree char *text = g_strnfill(60, 'x');
    virXdrWriter writer;
    unsigned char *data;
    size_t size = 0;

    virXdrWriterInit(&writer, 64);
    g_assert_false(virXdrWriteString(&writer, 59, text));
    g_assert_cmpint(writer.fault, ==, VIR_XDR_LIMIT);
    g_assert_false(virXdrWriteString(&writer, LIMIT, NULL));
    g_assert_cmpint(writer.fault, ==, VIR_XDR_TEXT);
    g_assert_true(virXdrWriteString(&writer, 60, text));
    g_assert_cmpuint(writer.used, ==, 64);
    g_assert_false(virXdrWriteU32(&writer, 1));
    g_assert_cmpint(writer.fault, ==, VIR_XDR_LIMIT);
    virXdrPatchU32(&writer, 0, 61);
    data = virXdrWriterSteal(&writer, &size);
    g_assert_cmpuint(size, ==, 64);
    g_assert_cmpuint(data[3], ==, 61);
    g_assert_cmpuint(writer.used, ==, 0);
    free(data);
    virXdrWriterClear(&writer);
}

static void
testMemory(void)
{
    unsigned char nothing = 0;
    virXdrReader reader;
    char *first, *second, *large;

    virXdrReaderInit(&reader, &nothing, 0);
    first = virXdrReaderAlloc(&reader, 3, 5);
    second = virXdrReaderAlloc(&reader, 1, 1);
    large = virXdrReaderAlloc(&reader, 1000, 100);
    memset(first, 1, 15);
    *second = 2;
    memset(large, 3, 100000);
    g_assert_cmpint(first[14], ==, 1);
    g_assert_cmpint(*second, ==, 2);
    g_assert_cmpuint((uintptr_t) second % 16, ==, 0);
    virXdrReaderClear(&reader);
    virXdrReaderClear(&reader);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/xdr/numbers", testNumbers);
    g_test_add_func("/xdr/strings", testStrings);
    g_test_add_func("/xdr/seal", testSeal);
    g_test_add_func("/xdr/refused", testRefused);
    g_test_add_func("/xdr/writer-limits", testWriterLimits);
    g_test_add_func("/xdr/memory", testMemory);
    return g_test_run();
}
