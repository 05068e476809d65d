/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: any bytes as any document and as any head of a file; what is accepted must print stably.
 * libFuzzer, or files as arguments. */

#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "document/head.h"
#include "document/parse.h"
#include "document/print.h"
#include "document/value.h"
#include "formats/documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
checkStable(const virDocRecord *record, void *data)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *text =
        virDocPrint(record, NULL, data, VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS);
    void *again = virDocParse(record, NULL, text, NULL, issues);
    g_autofree char *second = NULL;

    if (!again) {
        g_autofree char *why = virDocIssuesFormat(issues);

        g_error("printed, then refused: %s\n%s", why, text);
    }
    second = virDocPrint(record, NULL, again, VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS);
    if (strcmp(text, second))
        g_error("unstable:\n%s\n%s", text, second);
    virDocFree(record, again);
}

/* What is read as the head of a file is the same when it was written. */
static void
checkHead(const virDocRecord *record, const uint8_t *bytes, size_t size)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree uint8_t *written = g_malloc(record->bytes);
    void *head = virDocHeadRead(record, bytes, size, issues);
    void *again;

    if (!head == !issues->found)
        g_error("head %s with %zu issues", head ? "accepted" : "refused", issues->found);
    if (!head)
        return;
    virDocHeadWrite(record, head, written);
    again = virDocHeadRead(record, written, record->bytes, issues);
    if (!again || !virDocEqual(record, head, again))
        g_error("unstable head of %s", record->name);
    virDocFree(record, head);
    virDocFree(record, again);
}

/* Which format, and how it is read: documents are known by their root; otherwise the first byte, which is
 * skipped, says. */
static const virDocRecord *
choose(const char *text, size_t size, unsigned int *flags, size_t *skipped)
{
    size_t length = 0;

    if (text[0] != '<') {
        *skipped = 1;
        *flags = (unsigned char)text[0] >> 6;
        return formats[(unsigned char)text[0] % G_N_ELEMENTS(formats)].record;
    }
    *skipped = 0;
    *flags = size & 3;
    while (length + 1 < size && g_ascii_isalnum(text[length + 1]))
        length++;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        const char *root = formats[i].record->element;

        if (strlen(root) == length && !memcmp(text + 1, root, length))
            return formats[i].record;
    }
    return formats[0].record;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *report = NULL;
    virDocParseOptions options = {0};
    const virDocRecord *record;
    g_autofree char *xml = NULL;
    size_t skipped;
    void *data;

    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++)
        checkHead(heads[i].record, bytes, size);
    if (size < 1)
        return 0;
    record = choose((const char *)bytes, size, &options.flags, &skipped);
    xml = g_strndup((const char *)bytes + skipped, size - skipped);
    data = virDocParse(record, NULL, xml, &options, issues);
    if (!data == !issues->found)
        g_error("%s with %zu issues", data ? "accepted" : "refused", issues->found);
    report = virDocIssuesFormat(issues);
    if (data)
        checkStable(record, data);
    virDocFree(record, data);
    return 0;
}

/* Weak: libFuzzer brings a main() of its own. */
__attribute__((weak)) int
main(int argc, char **argv)
{
    g_print("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL;
        gsize length;

        if (!g_file_get_contents(argv[i], &text, &length, &error))
            g_error("%s", error->message);
        LLVMFuzzerTestOneInput((const uint8_t *)text, length);
        g_print("ok %d - %s\n", i, argv[i]);
    }
    return 0;
}
