/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes random documents of every format and heads of files, or documents of one format, into a
 * directory: for the schema tests, and as seeds of the fuzz target. */

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "document/head.h"
#include "document/print.h"
#include "document/random.h"
#include "document/value.h"
#include "formats/documents.h"

static void
writeOne(const char *directory, const Format *format, guint64 seed)
{
    g_autofree char *path =
        g_strdup_printf("%s/%s-%u.xml", directory, format->name, (unsigned int)seed);
    void *data = virDocRandom(format->record, seed);
    g_autofree char *text =
        virDocPrint(format->record, NULL, data, VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS);
    g_autoptr(GError) error = NULL;

    if (!g_file_set_contents(path, text, -1, &error))
        g_error("%s", error->message);
    virDocFree(format->record, data);
}

static void
writeHead(const char *directory, const Format *format, guint64 seed)
{
    g_autofree char *path =
        g_strdup_printf("%s/%s-%u.bin", directory, format->name, (unsigned int)seed);
    g_autofree char *bytes = g_malloc(format->record->bytes);
    void *head = virDocRandom(format->record, seed);
    g_autoptr(GError) error = NULL;

    virDocHeadWrite(format->record, head, bytes);
    if (!g_file_set_contents(path, bytes, (gssize)format->record->bytes, &error))
        g_error("%s", error->message);
    virDocFree(format->record, head);
}

int
main(int argc, char **argv)
{
    guint64 count;

    if (argc != 3 && argc != 4) {
        g_printerr("usage: %s DIRECTORY COUNT [FORMAT]\n", argv[0]);
        return EXIT_FAILURE;
    }
    count = g_ascii_strtoull(argv[2], NULL, 10);
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (argc == 4 && strcmp(argv[3], formats[i].name))
            continue;
        for (guint64 seed = 1; seed <= count; seed++)
            writeOne(argv[1], &formats[i], seed);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(heads) && argc == 3; i++) {
        for (guint64 seed = 1; seed <= count; seed++)
            writeHead(argv[1], &heads[i], seed);
    }
    return EXIT_SUCCESS;
}
