/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzzes connection URIs: parsing never fails unnoticed, printing is stable. */

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "runtime/uri.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_autofree char *text = g_strndup((const char *)bytes, size);
    g_autoptr(virURI) uri = virURIParse(text);
    g_autofree char *printed = NULL;
    g_autofree char *twice = NULL;
    g_autoptr(virURI) again = NULL;

    if (!uri)
        return 0;
    virURIParameterValue(uri, "socket");
    printed = virURIFormat(uri);
    again = virURIParse(printed);
    /* Escapes may make the printed form longer than what is read. */
    if (!again)
        return 0;
    twice = virURIFormat(again);
    if (!g_str_equal(printed, twice))
        g_error("printed as %s, then as %s", printed, twice);
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
