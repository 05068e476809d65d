/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests configuration files: what is one, what is none and where, and the typed readers. */

#include "base/config.h"

#include <string.h>

#include <glib/gstdio.h>

static virConfig *
parse(const char *text)
{
    g_autofree char *problem = NULL;
    virConfig *config = virConfigParse("t.conf", text, strlen(text), &problem);

    if (!config)
        g_test_message("%s", problem);
    g_assert_nonnull(config);
    g_assert_null(problem);
    return config;
}

static void
refused(const char *text, const char *expected)
{
    g_autofree char *problem = NULL;

    g_assert_null(virConfigParse("t.conf", text, strlen(text), &problem));
    g_assert_cmpstr(problem, ==, expected);
}

static void
testStrings(void)
{
    static const struct {
        const char *text, *value;
    } known[] = {
        { "a=\"x\"", "x" },
        { " a = 'it is \"x\"' # why\n", "it is \"x\"" },
        { "# first\n\n\ta=\"\"\r\n", "" },
        { "a=\"\"\"one\ntwo \"quoted\" # no comment\n\"\"\"\n", "one\ntwo \"quoted\" # no comment\n" },
        { "a='back\\slash'\n", "back\\slash" },
        { "a='1'; b='2'; a='3'\n", "3" },
        { "A='other'\na.b_2='y'\na='z'", "z" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        g_autoptr(virConfig) config = parse(known[i].text);
        g_autofree char *value = NULL;
        g_autofree char *problem = NULL;

        g_assert_cmpint(virConfigGetString(config, "a", &value, &problem), ==, 1);
        g_assert_cmpstr(value, ==, known[i].value);
    }
}

static void
testIntegers(void)
{
    g_autoptr(virConfig) config = parse("a=7\nb=-5\nc=+0\nd=9223372036854775807\nbig=10\n");
    g_autofree char *problem = NULL;
    gint64 value = 0;
    bool yes = true;

    g_assert_cmpint(virConfigGetInteger(config, "a", 0, 9, &value, &problem), ==, 1);
    g_assert_cmpint(value, ==, 7);
    g_assert_cmpint(virConfigGetInteger(config, "b", -9, 9, &value, &problem), ==, 1);
    g_assert_cmpint(value, ==, -5);
    g_assert_cmpint(virConfigGetInteger(config, "d", 0, G_MAXINT64, &value, &problem), ==, 1);
    g_assert_cmpint(value, ==, G_MAXINT64);
    g_assert_cmpint(virConfigGetBool(config, "c", &yes, &problem), ==, 1);
    g_assert_false(yes);
    g_assert_cmpint(virConfigGetInteger(config, "none", 0, 9, &value, &problem), ==, 0);
    g_assert_cmpint(value, ==, G_MAXINT64);
    g_assert_cmpint(virConfigGetInteger(config, "big", 0, 9, &value, &problem), ==, -1);
    g_assert_cmpstr(problem, ==, "t.conf:5:5: expected an integer from 0 to 9 for 'big'");
    g_clear_pointer(&problem, g_free);
    g_assert_cmpint(virConfigGetBool(config, "a", &yes, &problem), ==, -1);
    g_assert_cmpstr(problem, ==, "t.conf:1:3: expected 0 or 1 for 'a'");
}

static void
testLists(void)
{
    g_autoptr(virConfig) config =
        parse("a = [ 'x', # why\n  # more\n\n  \"y\",\n]\nb='z'\nc=[1, 'x']\nd=[]\ne=[['x']]\n");
    g_autofree char *problem = NULL;
    g_auto(GStrv) words = NULL;
    g_auto(GStrv) single = NULL;
    g_auto(GStrv) none = NULL;

    g_assert_cmpint(virConfigGetStrings(config, "a", false, &words, &problem), ==, 1);
    g_assert_cmpuint(g_strv_length(words), ==, 2);
    g_assert_cmpstr(words[0], ==, "x");
    g_assert_cmpstr(words[1], ==, "y");
    g_assert_cmpint(virConfigGetStrings(config, "b", true, &single, &problem), ==, 1);
    g_assert_cmpuint(g_strv_length(single), ==, 1);
    g_assert_cmpint(virConfigGetStrings(config, "d", true, &none, &problem), ==, 1);
    g_assert_cmpuint(g_strv_length(none), ==, 0);
    g_assert_cmpint(virConfigGetStrings(config, "b", false, &none, &problem), ==, -1);
    g_assert_cmpstr(problem, ==, "t.conf:6:3: expected a list of strings for 'b'");
    g_clear_pointer(&problem, g_free);
    g_assert_cmpint(virConfigGetStrings(config, "c", true, &none, &problem), ==, -2);
    g_assert_cmpstr(problem, ==, "t.conf:7:4: expected a string or a list of strings for 'c'");
    g_clear_pointer(&problem, g_free);
    g_assert_cmpint(virConfigGetStrings(config, "e", true, &none, &problem), ==, -2);
}

static void
testRefused(void)
{
    refused("1a=1\n", "t.conf:1:1: expected the name of a setting, which begins with a letter");
    refused("\n  a-b=1\n", "t.conf:2:4: expected = after the name of a setting");
    refused("a\n=1\n", "t.conf:1:2: expected = after the name of a setting");
    refused("a=\n1\n", "t.conf:1:3: expected a value: an integer, a string in quotes, or a list in [ ]");
    refused("a=yes\n", "t.conf:1:3: expected a value: an integer, a string in quotes, or a list in [ ]");
    refused("a=1 b=2\n", "t.conf:1:5: expected the end of the line after a value");
    refused("a=0x10\n", "t.conf:1:4: expected the end of the line after a value");
    refused("a='x\ny'\n", "t.conf:1:3: this string is not ended on its line");
    refused("a=\"\"\"x\n\n", "t.conf:1:3: this string is not ended by \"\"\"");
    refused("a=['x' 'y']\n", "t.conf:1:8: expected , or ] in a list");
    refused("a=[\n'x',\n", "t.conf:3:1: expected a value: an integer, a string in quotes, or a list in [ ]");
    refused("a=[\n'x'", "t.conf:1:3: this list is not ended by ]");
    refused("a=[,]\n", "t.conf:1:4: expected a value: an integer, a string in quotes, or a list in [ ]");
    refused("a=99999999999999999999\n", "t.conf:1:3: expected an integer of at most 64 bits");
    refused("a=-\n", "t.conf:1:3: expected an integer of at most 64 bits");
}

/* Depth is bounded, a byte of zero ends no file, and a file that is not there says so. */
static void
testHostile(void)
{
    g_autofree char *brackets = g_strnfill(100000, '[');
    g_autofree char *deep = g_strconcat("a=", brackets, NULL);
    g_autofree char *problem = NULL;

    g_assert_null(virConfigParse("t.conf", deep, strlen(deep), &problem));
    g_assert_nonnull(strstr(problem, "nested too deeply"));
    g_clear_pointer(&problem, g_free);
    g_assert_null(virConfigParse("t.conf", "a=1\0b=2\n", 8, &problem));
    g_assert_cmpstr(problem, ==, "t.conf:1:4: a byte of the value zero is no text");
    g_clear_pointer(&problem, g_free);
    g_assert_null(virConfigLoad("/nonexistent/t.conf", &problem));
    g_assert_cmpstr(problem, ==, "/nonexistent/t.conf: cannot be read: No such file or directory");
}

static void
testUnknown(void)
{
    static const char *const known[] = { "listen_tcp", "tcp_port", NULL };
    g_autoptr(virConfig) config = parse("tcp_port=1\n\nlisten_tpc=1\n");
    g_autoptr(virConfig) good = parse("tcp_port=1");
    g_autofree char *problem = virConfigUnknown(config, known);
    g_autofree char *place = virConfigPlace(config, "tcp_port");

    g_assert_cmpstr(problem, ==,
                    "t.conf:3:1: there is no setting 'listen_tpc'; did you mean 'listen_tcp'?");
    g_assert_null(virConfigUnknown(good, known));
    g_assert_cmpstr(place, ==, "t.conf:1:10");
    g_assert_null(virConfigPlace(config, "none"));
}

static void
testLoad(void)
{
    g_autofree char *path = NULL;
    g_autofree char *problem = NULL;
    g_autofree char *value = NULL;
    g_autoptr(virConfig) config = NULL;
    int fd = g_file_open_tmp("config-XXXXXX", &path, NULL);

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, "a='x'\n", -1, NULL));
    config = virConfigLoad(path, &problem);
    g_remove(path);
    g_assert_nonnull(config);
    g_assert_cmpint(virConfigGetString(config, "a", &value, &problem), ==, 1);
    g_assert_cmpstr(value, ==, "x");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/config/strings", testStrings);
    g_test_add_func("/config/integers", testIntegers);
    g_test_add_func("/config/lists", testLists);
    g_test_add_func("/config/refused", testRefused);
    g_test_add_func("/config/hostile", testHostile);
    g_test_add_func("/config/unknown", testUnknown);
    g_test_add_func("/config/load", testLoad);
    return g_test_run();
}
