/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: any bytes as any document; what is accepted must print stably. libFuzzer, or files
 * as arguments. */

#include <glib.h>
#include <stdint.h>
#include <string.h>

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

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *report = NULL;
    virDocParseOptions options = {0};
    const virDocRecord *record;
    g_autofree char *xml = NULL;
    void *data;

    if (size < 1)
        return 0;
    /* The first byte chooses format and flags; when it is a tag it belongs to the first format. */
    record = formats[(bytes[0] ^ '<') % G_N_ELEMENTS(formats)].record;
    options.flags = (bytes[0] ^ '<') >> 6;
    if (bytes[0] == '<')
        xml = g_strndup((const char *)bytes, size);
    else
        xml = g_strndup((const char *)bytes + 1, size - 1);
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
