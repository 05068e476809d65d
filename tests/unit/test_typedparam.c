/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests typed parameters: adding, reading with the right and the wrong type, words, freeing. */

#include <string.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/local.h"
#include "runtime/parameters.h"

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

/* Names of numbered things share their beginning, and stay inside their field. */
static void
testNumberedNames(void)
{
    g_autofree char *tooLong = g_strnfill(VIR_TYPED_PARAM_FIELD_LENGTH, 'b');
    g_auto(virParams) list = { NULL, 0, 0 };
    virParamsNames names;

    virParamsReserve(&list, 3);
    for (unsigned int i = 9; i < 11; i++) {
        virParamsNumber(&names, "block.", i);
        virParamsAddUInt(&list, virParamsName(&names, ".rd.reqs"), i);
        virParamsAddUInt(&list, virParamsName(&names, ".fl"), i + 1);
    }
    g_assert_cmpint(list.nparams, ==, 4);
    g_assert_cmpstr(list.params[0].field, ==, "block.9.rd.reqs");
    g_assert_cmpstr(list.params[1].field, ==, "block.9.fl");
    g_assert_cmpstr(list.params[2].field, ==, "block.10.rd.reqs");
    g_assert_cmpstr(list.params[3].field, ==, "block.10.fl");
    g_assert_cmpuint(list.params[3].value.ui, ==, 11);
    g_assert_cmpuint(strlen(virParamsName(&names, tooLong)), ==, VIR_TYPED_PARAM_FIELD_LENGTH - 1);
    virParamsNumber(&names, tooLong, 1);
    g_assert_cmpuint(strlen(virParamsName(&names, ".x")), ==, VIR_TYPED_PARAM_FIELD_LENGTH - 1);
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
        { 0, "1", -1 },
        { -1, "1", -1 },
        { VIR_TYPED_PARAM_INT, "2147483647", 0 },
        { VIR_TYPED_PARAM_INT, "2147483648", -1 },
        { VIR_TYPED_PARAM_INT, "-2147483648", 0 },
        { VIR_TYPED_PARAM_INT, "-2147483649", -1 },
        { VIR_TYPED_PARAM_INT, "", -1 },
        { VIR_TYPED_PARAM_INT, " 1", -1 },
        { VIR_TYPED_PARAM_INT, "0x10", -1 },
        { VIR_TYPED_PARAM_UINT, "4294967295", 0 },
        { VIR_TYPED_PARAM_UINT, "4294967296", -1 },
        { VIR_TYPED_PARAM_LLONG, "9223372036854775807", 0 },
        { VIR_TYPED_PARAM_LLONG, "9223372036854775808", -1 },
        { VIR_TYPED_PARAM_LLONG, "-9223372036854775808", 0 },
        { VIR_TYPED_PARAM_ULLONG, "18446744073709551616", -1 },
        { VIR_TYPED_PARAM_ULLONG, "-1", -1 },
        { VIR_TYPED_PARAM_DOUBLE, "1.5x", -1 },
        { VIR_TYPED_PARAM_DOUBLE, "1,5", -1 },
        { VIR_TYPED_PARAM_DOUBLE, "", -1 },
        { VIR_TYPED_PARAM_BOOLEAN, "true", -1 },
        { VIR_TYPED_PARAM_BOOLEAN, "", -1 },
        { VIR_TYPED_PARAM_STRING, "", 0 },
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

/* One parameter of each type, named after it, and the functions that read them. */
static void
testTypes(void)
{
    virTypedParameterPtr params = NULL;
    int n = 0, max = 0;
    int i = 0, b = 0;
    unsigned int ui = 0;
    long long l = 0;
    unsigned long long ul = 0;
    double d = 0;
    const char *s = NULL;

    g_assert_cmpint(localTypedParamsAddInt(&params, &n, &max, "int", -1), ==, 0);
    g_assert_cmpint(localTypedParamsAddUInt(&params, &n, &max, "uint", G_MAXUINT), ==, 0);
    g_assert_cmpint(localTypedParamsAddLLong(&params, &n, &max, "llong", G_MININT64), ==, 0);
    g_assert_cmpint(localTypedParamsAddULLong(&params, &n, &max, "ullong", G_MAXUINT64), ==, 0);
    g_assert_cmpint(localTypedParamsAddDouble(&params, &n, &max, "double", 0.5), ==, 0);
    g_assert_cmpint(localTypedParamsAddBoolean(&params, &n, &max, "boolean", 7), ==, 0);
    g_assert_cmpint(localTypedParamsAddString(&params, &n, &max, "string", "s"), ==, 0);
    for (int k = 0; k < n; k++) {
        const char *name = params[k].field;

        g_assert_true(localTypedParamsGet(params, n, name) == &params[k]);
        g_assert_cmpint(localTypedParamsGetInt(params, n, name, &i), ==, k == 0 ? 1 : -1);
        g_assert_cmpint(localTypedParamsGetUInt(params, n, name, &ui), ==, k == 1 ? 1 : -1);
        g_assert_cmpint(localTypedParamsGetLLong(params, n, name, &l), ==, k == 2 ? 1 : -1);
        g_assert_cmpint(localTypedParamsGetULLong(params, n, name, &ul), ==, k == 3 ? 1 : -1);
        g_assert_cmpint(localTypedParamsGetDouble(params, n, name, &d), ==, k == 4 ? 1 : -1);
        g_assert_cmpint(localTypedParamsGetBoolean(params, n, name, &b), ==, k == 5 ? 1 : -1);
        g_assert_cmpint(localTypedParamsGetString(params, n, name, &s), ==, k == 6 ? 1 : -1);
    }
    g_assert_cmpint(i, ==, -1);
    g_assert_cmpuint(ui, ==, G_MAXUINT);
    g_assert_cmpint(l, ==, G_MININT64);
    g_assert_cmpuint(ul, ==, G_MAXUINT64);
    g_assert_cmpfloat(d, ==, 0.5);
    g_assert_cmpint(b, ==, 1);
    g_assert_cmpstr(s, ==, "s");
    /* Cleared strings are gone, and clearing again does no harm. */
    localTypedParamsClear(params, n);
    localTypedParamsClear(params, n);
    g_assert_null(params[6].value.s);
    localTypedParamsFree(params, n);
}

/* Of two of one name the first counts; a list is its name as often as it has words. */
static void
testSameName(void)
{
    static const char *words[] = { "x", "y", "z", NULL };
    virTypedParameterPtr params = NULL;
    const char *text = NULL;
    int n = 0, max = 0, number = 0;

    g_assert_cmpint(localTypedParamsAddInt(&params, &n, &max, "a", 1), ==, 0);
    g_assert_cmpint(localTypedParamsAddInt(&params, &n, &max, "a", 2), ==, 0);
    g_assert_cmpint(localTypedParamsGetInt(params, n, "a", &number), ==, 1);
    g_assert_cmpint(number, ==, 1);
    g_assert_cmpint(localTypedParamsAddStringList(&params, &n, &max, "l", words), ==, 0);
    g_assert_cmpint(localTypedParamsAddStringList(&params, &n, &max, "l", NULL), ==, 0);
    g_assert_cmpint(n, ==, 5);
    g_assert_cmpint(localTypedParamsGetString(params, n, "l", &text), ==, 1);
    g_assert_cmpstr(text, ==, "x");
    g_assert_cmpstr(params[4].value.s, ==, "z");
    localTypedParamsFree(params, n);
}

/* Whatever a program or a server filled in: nothing is read beyond a field or a list. */
static void
testHostile(void)
{
    virTypedParameter params[2] = { { .type = 99 }, { .type = VIR_TYPED_PARAM_STRING } };
    g_autofree char *longer = g_strnfill(2 * VIR_TYPED_PARAM_FIELD_LENGTH, 'a');
    const char *text = "";
    int number = 5;

    memset(params[0].field, 'a', sizeof(params[0].field));
    g_assert_null(localTypedParamsGet(NULL, 3, "a"));
    g_assert_null(localTypedParamsGet(params, 2, NULL));
    g_assert_null(localTypedParamsGet(params, -1, longer));
    g_assert_true(localTypedParamsGet(params, 2, longer) == &params[0]);
    g_assert_cmpint(localTypedParamsGetInt(params, 2, longer, &number), ==, -1);
    g_assert_cmpint(number, ==, 5);
    g_assert_cmpint(localTypedParamsGetString(params, 2, "", &text), ==, 1);
    g_assert_null(text);
    g_assert_cmpint(localTypedParamsGetInt(params, 2, "absent", NULL), ==, 0);
    localTypedParamsClear(params, 2);
    localTypedParamsClear(NULL, 2);
    localTypedParamsFree(NULL, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/typedparam/values", testValues);
    g_test_add_func("/typedparam/name-length", testNameLength);
    g_test_add_func("/typedparam/numbered-names", testNumberedNames);
    g_test_add_func("/typedparam/words", testWords);
    g_test_add_func("/typedparam/types", testTypes);
    g_test_add_func("/typedparam/same-name", testSameName);
    g_test_add_func("/typedparam/hostile", testHostile);
    return g_test_run();
}
