/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads documents of one format strictly, for tests in other languages: per file one line with the
 * verdict, or the document as it is printed. */

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "document/parse.h"
#include "document/print.h"
#include "document/value.h"
#include "formats/documents.h"

#define PRINTED (VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS)

static const Format *
findFormat(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (!strcmp(formats[i].name, name))
            return &formats[i];
    }
    return NULL;
}

static bool
readOne(const Format *format, const char *path, bool print)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {.flags = VIR_DOC_PARSE_STRICT};
    g_autoptr(GError) error = NULL;
    g_autofree char *xml = NULL;
    g_autofree char *text = NULL;
    void *data;

    if (!g_file_get_contents(path, &xml, NULL, &error))
        g_error("%s", error->message);
    data = virDocParse(format->record, NULL, xml, &options, issues);
    text = data ? virDocPrint(format->record, NULL, data, PRINTED) : virDocIssuesFormat(issues);
    if (print)
        g_print("%s", text);
    else if (data)
        g_print("%s valid\n", path);
    else
        g_print("%s refused: %s\n", path, g_strdelimit(text, "\n", ' '));
    virDocFree(format->record, data);
    return data;
}

int
main(int argc, char **argv)
{
    bool print = argc > 1 && !strcmp(argv[1], "--print");
    const Format *format = argc > 2 + print ? findFormat(argv[1 + print]) : NULL;
    bool valid = true;

    if (!format) {
        g_printerr("usage: %s [--print] FORMAT FILE...\n", argv[0]);
        return EXIT_FAILURE;
    }
    for (int i = 2 + print; i < argc; i++)
        valid = readOne(format, argv[i], print) && valid;
    return valid ? EXIT_SUCCESS : 2;
}
