/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes random documents of every format, or of one, into a directory, for the schema tests. */

#include <glib.h>
#include <stdlib.h>
#include <string.h>

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

int
main(int argc, char **argv)
{
    if (argc != 3 && argc != 4) {
        g_printerr("usage: %s DIRECTORY COUNT [FORMAT]\n", argv[0]);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (argc == 4 && strcmp(argv[3], formats[i].name))
            continue;
        for (guint64 seed = 1; seed <= g_ascii_strtoull(argv[2], NULL, 10); seed++)
            writeOne(argv[1], &formats[i], seed);
    }
    return EXIT_SUCCESS;
}
