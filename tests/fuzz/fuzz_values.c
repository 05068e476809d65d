/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: any bytes as words of typed parameters and as filters of the log. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "base/log.h"
#include "runtime/local.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What was taken can be read back by its name and as its type. */
static void
readBack(virTypedParameterPtr params, int count)
{
    for (int i = 0; i < count; i++) {
        virTypedParameterPtr found = localTypedParamsGet(params, count, params[i].field);
        const char *text = NULL;
        double number;

        if (!found || !memchr(params[i].field, '\0', VIR_TYPED_PARAM_FIELD_LENGTH))
            g_error("parameter %d is not found by its name", i);
        if ((localTypedParamsGetString(params, count, params[i].field, &text) == 1) !=
            (found->type == VIR_TYPED_PARAM_STRING) ||
            (localTypedParamsGetDouble(params, count, params[i].field, &number) == 1) !=
            (found->type == VIR_TYPED_PARAM_DOUBLE))
            g_error("parameter %d is read as what it is not", i);
        if (found->type == VIR_TYPED_PARAM_STRING && strlen(text) > G_MAXINT)
            g_error("a text of more than 2 GiB");
    }
}

static void
readFilters(const char *text)
{
    g_autofree char *problem = NULL;
    g_autofree char *again = NULL;
    g_autofree char *printed = NULL;
    unsigned int count = 0, same = 0;

    if (virLogSetFilters(text, &problem) != !problem)
        g_error("filters were taken in spite of a problem, or refused without one");
    printed = virLogGetFilters(&count);
    if (!virLogSetFilters(printed ? printed : "", &again))
        g_error("printed, then refused: %s", again);
    g_free(virLogGetFilters(&same));
    if (same != count)
        g_error("%u filters, printed as %s, are %u then", count, printed, same);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_autofree char *text = g_strndup((const char *)bytes, size);
    g_auto(GStrv) words = g_strsplit_set(text, "=\n", -1);
    virTypedParameterPtr params = NULL;
    int count = 0, room = 0;

    /* NAME=VALUE lines; the first byte of a name chooses the type. */
    for (size_t i = 0; words[0] && words[i] && words[i + 1]; i += 2) {
        int before = count;
        int result = localTypedParamsAddFromString(&params, &count, &room, words[i],
                                                   words[i][0] % 9, words[i + 1]);

        if (count != before + (result == 0) || count > room)
            g_error("%d parameters after %d", count, before);
    }
    readBack(params, count);
    localTypedParamsFree(params, count);
    localResetLastError();
    readFilters(text);
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
