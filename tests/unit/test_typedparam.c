/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests typed parameters: adding, reading with the right and the wrong type, words, freeing. */

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/local.h"

static void
testValues(void)
{
    virTypedParameterPtr params = NULL;
    int n = 0;
    int max = 0;
    int number = 0;
    unsigned int plain = 0;
    const char *text = NULL;

    for (int i = 0; i < 100; i++) {
        g_autofree char *name = g_strdup_printf("key.%d", i);

        g_assert_cmpint(localTypedParamsAddInt(&params, &n, &max, name, -i), ==, 0);
    }
    g_assert_cmpint(localTypedParamsAddString(&params, &n, &max, "text", "word"), ==, 0);
    g_assert_cmpint(n, ==, 101);
    g_assert_cmpint(max, >=, n);
    g_assert_cmpint(localTypedParamsGetInt(params, n, "key.99", &number), ==, 1);
    g_assert_cmpint(number, ==, -99);
    g_assert_cmpint(localTypedParamsGetString(params, n, "text", &text), ==, 1);
    g_assert_cmpstr(text, ==, "word");
    g_assert_cmpint(localTypedParamsGetInt(params, n, "absent", &number), ==, 0);
    g_assert_cmpint(localTypedParamsGetUInt(params, n, "key.1", &plain), ==, -1);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_INVALID_ARG);
    localTypedParamsFree(params, n);
}

static void
testNameLength(void)
{
    g_autofree char *longest = g_strnfill(VIR_TYPED_PARAM_FIELD_LENGTH - 1, 'a');
    g_autofree char *longer = g_strnfill(VIR_TYPED_PARAM_FIELD_LENGTH, 'a');
    virTypedParameterPtr params = NULL;
    int n = 0;
    int max = 0;

    g_assert_cmpint(localTypedParamsAddInt(&params, &n, &max, longest, 1), ==, 0);
    g_assert_cmpint(localTypedParamsAddInt(&params, &n, &max, longer, 1), ==, -1);
    g_assert_cmpint(n, ==, 1);
    localTypedParamsFree(params, n);
}

static void
testWords(void)
{
    static const struct {
        int type;
        const char *word;
        int result;
    } cases[] = {
        { VIR_TYPED_PARAM_INT, "-12", 0 },
        { VIR_TYPED_PARAM_INT, "12x", -1 },
        { VIR_TYPED_PARAM_INT, "99999999999", -1 },
        { VIR_TYPED_PARAM_UINT, "-1", -1 },
        { VIR_TYPED_PARAM_ULLONG, "18446744073709551615", 0 },
        { VIR_TYPED_PARAM_DOUBLE, "1.5", 0 },
        { VIR_TYPED_PARAM_DOUBLE, "x", -1 },
        { VIR_TYPED_PARAM_BOOLEAN, "1", 0 },
        { VIR_TYPED_PARAM_BOOLEAN, "2", -1 },
        { VIR_TYPED_PARAM_STRING, "any", 0 },
        { 99, "1", -1 },
    };
    virTypedParameterPtr params = NULL;
    int n = 0;
    int max = 0;
    int added = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("type %d, '%s'", cases[i].type, cases[i].word);
        g_assert_cmpint(localTypedParamsAddFromString(&params, &n, &max, "key", cases[i].type,
                                                      cases[i].word), ==, cases[i].result);
        added += cases[i].result == 0;
        g_assert_cmpint(n, ==, added);
    }
    localTypedParamsFree(params, n);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/typedparam/values", testValues);
    g_test_add_func("/typedparam/name-length", testNameLength);
    g_test_add_func("/typedparam/words", testWords);
    return g_test_run();
}
