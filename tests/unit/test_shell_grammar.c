/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the shell's grammar: words, quotes, options, values, tables; no connection is opened. */

#include "client/commands.h"
#include "client/names.h"
#include "client/output.h"
#include "client/parse.h"
#include "client/table.h"

#include <string.h>

/* The words of a line, "|" between words and "/" at the end of each command; NULL: refused. */
static char *words(const char *line, bool open)
{
    const char *problem = NULL;
    g_autoptr(GArray) tokens = virshTokenize(line, open, &problem);
    GString *out;

    if (!tokens) {
        g_assert_nonnull(problem);
        return NULL;
    }
    out = g_string_new(NULL);
    for (guint i = 0; i < tokens->len; i++) {
        const char *text = g_array_index(tokens, virshToken, i).text;

        g_string_append_printf(out, "%s%s", text ? text : "/", text ? "|" : "");
    }
    return g_string_free(out, /* free_segment= */ FALSE);
}

static void checkWords(const char *line, const char *expected)
{
    g_autofree char *found = words(line, /* open= */ false);

    g_assert_cmpstr(found, ==, expected);
}

static void testWords(void)
{
    checkWords("", "/");
    checkWords("a b", "a|b|/");
    checkWords("  a\tb  ", "a|b|/");
    checkWords("a;b", "a|/b|/");
    checkWords("a ; b;", "a|/b|//");
    checkWords("a\nb", "a|/b|/");
    checkWords("a # b; c\nd", "a|/d|/");
    checkWords("a#b", "a#b|/");
    checkWords("#all", "/");
}

static void testQuotes(void)
{
    checkWords("'a b' c", "a b|c|/");
    checkWords("'a\\b'", "a\\b|/");
    checkWords("\"a \\\" ; b\"", "a \" ; b|/");
    checkWords("a\\ b", "a b|/");
    checkWords("a\\;b", "a;b|/");
    checkWords("x'1 2'\"3 4\"y", "x1 23 4y|/");
    checkWords("'' a", "|a|/");
    checkWords("\"it's\"", "it's|/");
    checkWords("\"open", NULL);
    checkWords("open\\", NULL);
    /* a single quote may stay open */
    checkWords("'open b", "open b|/");
}

static void testOpenLine(void)
{
    g_autofree char *quoted = words("echo \"a b", /* open= */ true);
    g_autofree char *escaped = words("echo a\\", /* open= */ true);

    g_assert_cmpstr(quoted, ==, "echo|a b|/");
    g_assert_cmpstr(escaped, ==, "echo|a|/");
}

/* Parses one command that must be good. */
static virshArguments *good(const char *line)
{
    virshControl ctl = { .debug = 4 };
    virshArguments *arguments = NULL;

    g_assert_true(virshParseLine(&ctl, line, &arguments));
    g_assert_nonnull(arguments);
    return arguments;
}

/* Everything the shell says goes to standard error, so a refusal is looked at from a child. */
static void refused(const char *line, const char *message)
{
    g_autofree char *pattern = g_strdup_printf("error: %s\n", message);

    if (g_test_subprocess()) {
        virshControl ctl = { .debug = 4 };
        virshArguments *arguments = NULL;

        g_assert_false(virshParseLine(&ctl, line, &arguments));
        g_assert_null(arguments);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr(pattern);
}

static void testOptions(void)
{
    g_autoptr(virshArguments) spaced = good("dominfo --domain x");
    g_autoptr(virshArguments) equal = good("dominfo --domain=x=y");
    g_autoptr(virshArguments) plain = good("dominfo x");
    g_autoptr(virshArguments) ended = good("dominfo -- --domain");
    g_autoptr(virshArguments) single = good("dominfo -x");
    g_autoptr(virshArguments) dashes = good("dominfo --domain --all");

    g_assert_cmpstr(virshText(spaced, "domain"), ==, "x");
    g_assert_cmpstr(virshText(equal, "domain"), ==, "x=y");
    g_assert_cmpstr(virshText(plain, "domain"), ==, "x");
    g_assert_cmpstr(virshText(ended, "domain"), ==, "--domain");
    g_assert_cmpstr(virshText(single, "domain"), ==, "-x");
    g_assert_cmpstr(virshText(dashes, "domain"), ==, "--all");
}

static void testPositions(void)
{
    g_autoptr(virshArguments) filled = good("setvcpus --count 3 dom --live");
    g_autoptr(virshArguments) rest = good("desc dom --title a 'b c' d");
    g_autofree char *joined = virshRest(rest, "new-desc");
    g_autoptr(virshArguments) named = good("schedinfo dom weight=5");

    g_assert_cmpstr(virshText(filled, "domain"), ==, "dom");
    g_assert_cmpstr(virshText(filled, "count"), ==, "3");
    g_assert_true(virshFlag(filled, "live"));
    g_assert_false(virshFlag(filled, "config"));
    g_assert_cmpstr(joined, ==, "a b c d");
    g_assert_null(virshText(named, "weight"));
    g_assert_cmpstr(virshText(named, "set"), ==, "weight=5");
}

static void testCommands(void)
{
    g_autoptr(virshArguments) two = good("list --all; dominfo x;");
    g_autoptr(virshArguments) alias = good("xmldump x");
    virshControl ctl = { .debug = 4 };
    virshArguments *none = NULL;

    g_assert_cmpstr(two->command->name, ==, "list");
    g_assert_cmpstr(two->next->command->name, ==, "dominfo");
    g_assert_null(two->next->next);
    g_assert_true(alias->command->hook == virshFindCommand("dumpxml")->hook);
    g_assert_true(virshParseLine(&ctl, " ; ;# nothing", &none));
    g_assert_null(none);
}

static const struct {
    const char *path;
    const char *line;
    const char *message;
} refusals[] = {
    { "/shell/refuse/unknown", "list; nope", "unknown command: 'nope'" },
    { "/shell/refuse/option", "list --nope", "command 'list' doesn't support option --nope" },
    { "/shell/refuse/prefix", "dominfo --dom x", "command 'dominfo' doesn't support option --dom" },
    { "/shell/refuse/twice", "dominfo --domain a --domain b", "option --domain already seen" },
    { "/shell/refuse/equal", "list --all=1", "invalid '=' after option --all" },
    { "/shell/refuse/value", "dominfo --domain", "expected syntax: --domain <string>" },
    { "/shell/refuse/number", "setvcpus x --count", "expected syntax: --count <number>" },
    { "/shell/refuse/data", "dominfo a b", "unexpected data 'b'" },
    { "/shell/refuse/missing", "dominfo", "command 'dominfo' requires <domain> option" },
    { "/shell/refuse/missing-number", "setvcpus x", "command 'setvcpus' requires --count option" },
    { "/shell/refuse/quote", "dominfo \"x", "missing \"" },
};

static void testRefusal(gconstpointer index)
{
    refused(refusals[GPOINTER_TO_SIZE(index)].line, refusals[GPOINTER_TO_SIZE(index)].message);
}

static unsigned long long size(const char *text)
{
    virshControl ctl = { .debug = 4 };
    g_autofree char *line = g_strdup_printf("setmem x '%s'", text);
    g_autoptr(virshArguments) arguments = good(line);
    unsigned long long bytes = 0;

    g_assert_true(virshSize(&ctl, arguments, "size", 1024, &bytes));
    return bytes;
}

static void testSizes(void)
{
    g_assert_cmpuint(size("3"), ==, 3 * 1024);
    g_assert_cmpuint(size("3b"), ==, 3);
    g_assert_cmpuint(size("3bytes"), ==, 3);
    g_assert_cmpuint(size("3k"), ==, 3 * 1024);
    g_assert_cmpuint(size("3KB"), ==, 3000);
    g_assert_cmpuint(size("3KiB"), ==, 3 * 1024);
    g_assert_cmpuint(size("2M"), ==, 2 * 1024 * 1024);
    g_assert_cmpuint(size("2mb"), ==, 2000000);
    g_assert_cmpuint(size("15E"), ==, 15ULL << 60);
}

static void testBadSize(gconstpointer text)
{
    virshControl ctl = { .debug = 4 };
    g_autofree char *line = g_strdup_printf("setmem x '%s'", (const char *)text);
    g_autoptr(virshArguments) arguments = good(line);
    unsigned long long bytes = 7;

    if (g_test_subprocess()) {
        g_assert_false(virshSize(&ctl, arguments, "size", 1024, &bytes));
        g_assert_cmpuint(bytes, ==, 7);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr("error: Scaled numeric value *");
}

static void testMaps(void)
{
    virshControl ctl = { .debug = 4 };
    static const char *const pairs[][2] = {
        { "0", "0" }, { "0-3", "0-3" }, { "0-7,^3", "0-2,4-7" }, { "r", "0-7" },
        { "5,1,2", "1-2,5" }, { "0-3,^0-0", NULL }, { "8", NULL }, { "3-1", NULL }, { "x", NULL },
        { "1,", NULL }, { "-1", NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pairs) && pairs[i][1]; i++) {
        int length = 0;
        g_autofree unsigned char *map = virshMapParse(&ctl, pairs[i][0], 8, &length);
        g_autofree char *text = map ? virshMapFormat(map, 8) : NULL;

        g_assert_cmpint(length, ==, 1);
        g_assert_cmpstr(text, ==, pairs[i][1]);
    }
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, 0);
        g_test_trap_assert_passed();
        g_test_trap_assert_stderr("*error: Invalid cpulist '-1'*");
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        int length = 0;
        g_autofree unsigned char *map = virshMapParse(&ctl, pairs[i][0], 8, &length);

        g_assert_true((map != NULL) == (pairs[i][1] != NULL));
    }
}

/* What could steer a terminal is shown as numbers, and the columns stay straight. */
static void testTable(void)
{
    static const char *const titles[] = { "Id", "Name", NULL };
    static const char *const first[] = { "1", "a", NULL };
    static const char *const second[] = { "100", "\xff\x1b[31m", NULL };
    g_autoptr(virshTable) table = virshTableNew(titles);
    virshControl ctl = { .debug = 4 };

    if (g_test_subprocess()) {
        virshTableRow(table, first);
        virshTableRow(table, second);
        virshTablePrint(&ctl, table);
        fflush(stdout);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stdout("* Id    Name\n---------------------\n 1     a\n"
                              " 100   \\xff\\x1b[31m\n*");
}

int main(int argc, char **argv)
{
    static const char *const badSizes[] = { "abc", "1x",  "-1",
                                            "1kbb", "16E", "99999999999999999999" };

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shell/words", testWords);
    g_test_add_func("/shell/quotes", testQuotes);
    g_test_add_func("/shell/open-line", testOpenLine);
    g_test_add_func("/shell/options", testOptions);
    g_test_add_func("/shell/positions", testPositions);
    g_test_add_func("/shell/commands", testCommands);
    g_test_add_func("/shell/sizes", testSizes);
    g_test_add_func("/shell/maps", testMaps);
    g_test_add_func("/shell/table", testTable);
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++)
        g_test_add_data_func(refusals[i].path, GSIZE_TO_POINTER(i), testRefusal);
    for (size_t i = 0; i < G_N_ELEMENTS(badSizes); i++) {
        g_autofree char *path = g_strdup_printf("/shell/bad-size/%s", badSizes[i]);

        g_test_add_data_func(path, badSizes[i], testBadSize);
    }
    return g_test_run();
}
