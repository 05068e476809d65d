/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Heads of files: random ones go around, one that a stock driver wrote is read, wrong ones are explained. */

#include <glib.h>
#include <string.h>

#include "document/head.h"
#include "document/random.h"
#include "document/value.h"
#include "formats/documents.h"

#define ROUNDS 10000

static void
testRoundTrip(gconstpointer opaque)
{
    const virDocRecord *record = ((const Format *)opaque)->record;
    g_autofree guint8 *bytes = g_malloc(record->bytes);
    g_autofree guint8 *second = g_malloc(record->bytes);

    for (guint64 seed = 1; seed <= ROUNDS; seed++) {
        g_autoptr(virDocIssues) issues = virDocIssuesNew();
        void *made = virDocRandom(record, seed);
        void *read;

        virDocHeadWrite(record, made, bytes);
        read = virDocHeadRead(record, bytes, record->bytes, issues);
        g_assert_nonnull(read);
        g_assert_true(virDocEqual(record, made, read));
        virDocHeadWrite(record, read, second);
        g_assert_cmpmem(bytes, record->bytes, second, record->bytes);
        virDocFree(record, made);
        virDocFree(record, read);
    }
}

/* Words of another byte order than that of this machine. */
static void
swapWords(guint8 *bytes)
{
    for (size_t at = 16; at < 92; at += 4) {
        guint32 word;

        memcpy(&word, bytes + at, sizeof(word));
        word = GUINT32_SWAP_LE_BE(word);
        memcpy(bytes + at, &word, sizeof(word));
    }
}

/* Where things lie, as files written elsewhere have them. */
static void
testLayout(void)
{
    guint8 bytes[92] = "LibvirtQemudSave";
    const guint32 words[] = {2, 4096, 1, 4, 3000};
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocSaveImageHead *head;

    g_assert_cmpuint(virDocSaveImageHeadRecord.bytes, ==, sizeof(bytes));
    memcpy(bytes + 16, words, sizeof(words));
    for (int i = 0; i < 2; i++) {
        head = virDocHeadRead(&virDocSaveImageHeadRecord, bytes, sizeof(bytes), issues);
        g_assert_nonnull(head);
        g_assert_cmpint(head->magic, ==, VIR_DOC_SAVE_IMAGE_MAGIC_LIBVIRT_QEMUD_SAVE);
        g_assert_cmpuint(head->version, ==, 2);
        g_assert_cmpuint(head->length, ==, 4096);
        g_assert_true(head->wasRunning);
        g_assert_cmpint(head->compression, ==, VIR_DOC_SAVE_IMAGE_COMPRESSION_LZOP);
        g_assert_cmpuint(head->cookie, ==, 3000);
        virDocSaveImageHeadFree(head);
        swapWords(bytes);
    }
}

static void
testWrong(void)
{
    guint8 bytes[92] = "\nnonsense\x80\xff<&>''";
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *text = NULL;

    memset(bytes + 16, 0xff, sizeof(bytes) - 16);
    g_assert_null(virDocHeadRead(&virDocSaveImageHeadRecord, bytes, sizeof(bytes), issues));
    g_assert_null(virDocHeadRead(&virDocSaveImageHeadRecord, bytes, sizeof(bytes) - 1, issues));
    text = virDocIssuesFormat(issues);
    g_assert_cmpstr(
        text, ==,
        "magic: expected one of LibvirtQemudSave, LibvirtQemudPart, found "
        "'\\nnonsense\\200\\377<&>'''\n"
        "version: expected an integer from 1 to 2, found '4294967295'\n"
        "length: expected an integer from 1 to 16777216, found '4294967295'\n"
        "compression: expected one of raw, gzip, bzip2, xz, lzop, zstd, sparse, found '4294967295'\n"
        "cookie: expected an integer from 0 to 16777215, found '4294967295'\n"
        "expected a head of 92 bytes, found 91");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autofree char *trip = g_strdup_printf("/heads/round-trip/%s", heads[i].name);

        g_test_add_data_func(trip, &heads[i], testRoundTrip);
    }
    g_test_add_func("/heads/layout", testLayout);
    g_test_add_func("/heads/wrong", testWrong);
    return g_test_run();
}
