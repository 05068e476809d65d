/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tries every construct of the description language on the zoo format. */

#include <glib.h>
#include <string.h>

#include "document/head.h"
#include "document/parse.h"
#include "document/print.h"
#include "document/random.h"
#include "document/zoo-ticket.h"
#include "document/zoo.h"

static virDocZoo *
mustParse(const char *xml, unsigned int flags)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {.flags = flags};
    virDocZoo *zoo = virDocParse(&virDocZooRecord, NULL, xml, &options, issues);
    g_autofree char *text = virDocIssuesFormat(issues);

    if (!zoo)
        g_error("%s\nin\n%s", text, xml);
    return zoo;
}

/* `inside` is what the zoo holds besides its food. */
static void
assertPrints(const char *inside, unsigned int flags, const char *expected)
{
    g_autofree char *xml = g_strdup_printf("<zoo><food>1</food>%s</zoo>", inside);
    g_autofree char *whole = g_strdup_printf(
        "<zoo>\n  <clock offset='utc'/>\n  <food unit='KiB'>1</food>\n%s</zoo>\n", expected);
    g_autoptr(virDocZoo) zoo = mustParse(xml, 0);
    g_autofree char *text = virDocPrint(&virDocZooRecord, NULL, zoo, flags);

    g_assert_cmpstr(text, ==, whole);
}

static void
assertIssues(const char *inside, unsigned int flags, const char *expected)
{
    g_autofree char *xml = g_strdup_printf("<zoo><food>1</food>\n%s</zoo>", inside);
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {.flags = flags};
    g_autofree char *text = NULL;

    g_assert_null(virDocParse(&virDocZooRecord, NULL, xml, &options, issues));
    text = virDocIssuesFormat(issues);
    g_assert_cmpstr(text, ==, expected);
}

static void
testAliases(void)
{
    g_autoptr(virDocZoo) zoo =
        mustParse("<zoo><clock sync='localtime'/><food>1</food><way>/a</way><path>/b</path>"
                  "<animals><animal kind='kitty'/></animals></zoo>",
                  VIR_DOC_PARSE_STRICT);

    g_assert_cmpint(zoo->clockOffset, ==, VIR_DOC_ZOO_CLOCK_LOCALTIME);
    g_assert_cmpuint(zoo->npaths, ==, 2);
    g_assert_cmpstr(zoo->paths[0], ==, "/a");
    g_assert_cmpint(zoo->animals[0]->kind, ==, VIR_DOC_ZOO_KIND_CAT);
}

static void
testUnion(void)
{
    assertPrints(
        "<animals><animal><home basket='b' tank='t'/><sound>yes</sound><leash/></animal></animals>",
        0,
        "  <animals>\n    <animal kind='cat' lives='9'>\n      <home basket='b'/>\n"
        "      <sound>yes</sound>\n      <leash/>\n    </animal>\n  </animals>\n");
    assertPrints("<animals><animal kind='dog' lives='3'><sound>off</sound></animal></animals>", 0,
                 "  <animals>\n    <animal kind='dog'>\n      <sound>off</sound>\n    </animal>\n"
                 "  </animals>\n");
    assertPrints(
        "<animals><animal kind='fish'><home tank='t' basket='b'/><leash/></animal></animals>", 0,
        "  <animals>\n    <animal kind='fish'>\n      <home tank='t'/>\n    </animal>\n"
        "  </animals>\n");
    assertIssues(
        "<animals><animal kind='fish'><home/></animal>"
        "<animal kind='dog'><sound>yes</sound></animal></animals>",
        0,
        "line 2, column 30: /zoo/animals/animal[1]/home: attribute 'tank' is missing\n"
        "line 2, column 65: /zoo/animals/animal[2]/sound: expected on or off, found 'yes'");
    assertIssues(
        "<animals><animal kind='fish'><leash/></animal></animals>", VIR_DOC_PARSE_STRICT,
        "line 2, column 30: /zoo/animals/animal/leash: element <leash> does not go with this "
        "value of 'kind'");
}

static void
testInside(void)
{
    g_autoptr(virDocZoo) zoo = NULL;
    virDocZooAnimal *cat;

    assertPrints("<animals><animal mark='chip' supplier='s'><child/><bill>3</bill><leash/>"
                 "<chip number='7'/></animal></animals>",
                 0,
                 "  <animals>\n    <animal kind='cat' lives='9' mark='chip' supplier='s'>\n"
                 "      <leash/>\n      <bill>3</bill>\n      <chip number='7'/>\n"
                 "      <child kind='cat' lives='9'/>\n    </animal>\n  </animals>\n");
    assertIssues("<animals><animal mark='ring'><chip/><rnig/></animal></animals>",
                 VIR_DOC_PARSE_STRICT,
                 "line 2, column 30: /zoo/animals/animal/chip: element <chip> does not go with "
                 "this value of 'mark'\n"
                 "line 2, column 37: /zoo/animals/animal/rnig: element <rnig> is not known here, "
                 "did you mean <ring>?");
    assertIssues("<animals><animal mrak='ring'/></animals>", VIR_DOC_PARSE_STRICT,
                 "line 2, column 24: /zoo/animals/animal/@mrak: attribute 'mrak' is not known "
                 "here, did you mean 'mark'?");
    assertIssues("<animals><animal kind='fish' mark='chip'><home tank='t'/></animal></animals>",
                 VIR_DOC_PARSE_STRICT,
                 "line 2, column 36: /zoo/animals/animal/@mark: attribute 'mark' is not known "
                 "here");
    assertIssues("<animals><animal mark='chip'><chip/></animal></animals>", 0,
                 "line 2, column 30: /zoo/animals/animal/chip: attribute 'number' is missing");
    zoo = mustParse("<zoo><food>1</food><animals><animal mark='ring' supplier='s'/></animals></zoo>",
                    0);
    cat = zoo->animals[0];
    g_assert_cmpint(cat->tag.mark, ==, VIR_DOC_ZOO_TAG_KIND_RING);
    g_assert_cmpstr(cat->tag.supplier.supplier, ==, "s");
}

static void
testLiveUnless(void)
{
    static const char xml[] = "<animal label='%s'/>";
    static const char *const labels[] = {"own-1", "made-1"};

    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
        g_autofree char *text = g_strdup_printf(xml, labels[i]);
        g_autoptr(virDocIssues) issues = virDocIssuesNew();
        virDocParseOptions options = {.flags = VIR_DOC_PARSE_INACTIVE};
        g_autoptr(virDocZooAnimal) defined =
            virDocParse(&virDocZooAnimalRecord, NULL, text, &options, issues);
        g_autoptr(virDocZooAnimal) live =
            virDocParse(&virDocZooAnimalRecord, NULL, text, NULL, issues);
        g_autofree char *inactive =
            virDocPrint(&virDocZooAnimalRecord, NULL, live, VIR_DOC_PRINT_INACTIVE);

        g_assert_cmpstr(live->tag.label, ==, labels[i]);
        g_assert_cmpstr(defined->tag.label, ==, i ? NULL : labels[i]);
        g_assert_cmpint(strstr(inactive, "label=") != NULL, ==, i == 0);
    }
}

static void
testScopes(void)
{
    static const char all[] =
        "<key>k</key><visitors>5</visitors><plan>p</plan><log>l</log><host>h</host>";
    g_autoptr(virDocZoo) zoo = NULL;

    assertPrints(all, 0, "  <visitors>5</visitors>\n  <host>h</host>\n");
    assertPrints(all, VIR_DOC_PRINT_SECURE,
                 "  <key>k</key>\n  <visitors>5</visitors>\n  <host>h</host>\n");
    assertPrints(all, VIR_DOC_PRINT_INACTIVE, "  <plan>p</plan>\n  <host>h</host>\n");
    assertPrints(all, VIR_DOC_PRINT_STATUS,
                 "  <visitors>5</visitors>\n  <log>l</log>\n  <host>h</host>\n");
    assertPrints(all, VIR_DOC_PRINT_MIGRATABLE, "  <visitors>5</visitors>\n");
    zoo = mustParse("<zoo><food>1</food><visitors>5</visitors></zoo>", VIR_DOC_PARSE_INACTIVE);
    g_assert_false(zoo->hasVisitors);
}

static void
testSizes(void)
{
    g_autoptr(virDocZoo) zoo =
        mustParse("<zoo><food unit='MiB'>3</food><cellar slots='2'>2049</cellar></zoo>", 0);
    g_autofree char *text = virDocPrint(&virDocZooRecord, NULL, zoo, 0);

    g_assert_cmpuint(zoo->food, ==, 3072);
    g_assert_cmpuint(zoo->cellar->amount, ==, 3);
    g_assert_nonnull(strstr(text, "<cellar slots='2' unit='MiB'>3</cellar>"));
    assertIssues("<cellar/>", 0, "line 2, column 1: /zoo/cellar: the text is missing");
}

/* The order of elements whose name is a value is kept; variables stand for values. */
static void
testTags(void)
{
    g_autoptr(virDocZoo) zoo = mustParse("<zoo><food>1</food><rope/><globe radius='$R'/></zoo>", 0);

    g_assert_cmpuint(zoo->ntoys, ==, 2);
    g_assert_cmpint(zoo->toys[0]->kind, ==, VIR_DOC_ZOO_TOY_KIND_ROPE);
    g_assert_cmpint(zoo->toys[1]->kind, ==, VIR_DOC_ZOO_TOY_KIND_BALL);
    g_assert_cmpstr(zoo->toys[1]->radius, ==, "$R");
    assertPrints("<rope colour='7' owner='1:2:3:4:5:F'/><ball radius='$R[@1]' shelf=' $S '/>"
                 "<rope colour='16' row='255.255.0.0' seat='ff00::'/><globe colour='0x3F'/>"
                 "<rope colour='Red'/><rope colour='9'/>",
                 0,
                 "  <rope colour='red' owner='01:02:03:04:05:0f'/>\n"
                 "  <ball radius='$R[@1]' shelf='$S'/>\n"
                 "  <rope colour='blue' row='16' seat='8'/>\n  <ball colour='0x3f'/>\n"
                 "  <rope colour='red'/>\n  <rope colour='9'/>\n");
    assertIssues("<rop/>", VIR_DOC_PARSE_STRICT,
                 "line 2, column 1: /zoo/rop: element <rop> is not known here, did you mean "
                 "<rope>?");
    assertIssues("<rope radius='5'/><ball radius='51'/><rope row='33' colour='0x100'/>",
                 VIR_DOC_PARSE_STRICT,
                 "line 2, column 15: /zoo/rope[1]/@radius: attribute 'radius' is not known here\n"
                 "line 2, column 33: /zoo/ball/@radius: expected an integer from 0 to 50, found "
                 "'51'\n"
                 "line 2, column 61: /zoo/rope[2]/@colour: expected a number up to 0xff, found "
                 "'0x100'\n"
                 "line 2, column 49: /zoo/rope[2]/@row: expected a mask such as 24 or "
                 "255.255.255.0, found '33'");
}

static void
testEmptiness(void)
{
    assertPrints("<motto/><key/><closed/><animals/>", VIR_DOC_PRINT_SECURE,
                 "  <closed/>\n  <motto></motto>\n  <animals/>\n");
    assertPrints("<closed>  </closed><motto> a\n</motto>", 0,
                 "  <closed/>\n  <motto> a\n</motto>\n");
}

static void
testScalars(void)
{
    assertPrints(
        "<number> -5 </number><mask>31</mask><mode>644</mode><big>18446744073709551615</big>"
        "<small>-2147483648</small><cages>1,2,3</cages><v4>10.0.0.1</v4><v6>FD00:0::1</v6>",
        0,
        "  <number>-5</number>\n  <mask>0x001f</mask>\n  <mode>0644</mode>\n  <big>18446744073709551615</big>\n"
        "  <small>-2147483648</small>\n  <cages>1-3</cages>\n  <v4>10.0.0.1</v4>\n"
        "  <v6>fd00::1</v6>\n");
    assertIssues(
        "<number>6</number><mask>0x10000</mask><big>18446744073709551616</big>"
        "<small>2147483648</small><cages>x</cages><v4>::1</v4><v6>10.0.0.1</v6>"
        "<path>relative</path><mtto/>",
        0,
        "line 2, column 1: /zoo/number: expected an integer from -5 to 5, found '6'\n"
        "line 2, column 19: /zoo/mask: expected a number up to 0xffff, found '0x10000'\n"
        "line 2, column 39: /zoo/big: expected a number that is not negative, found "
        "'18446744073709551616'\n"
        "line 2, column 70: /zoo/small: expected an integer from -2147483648 to 2147483647, "
        "found '2147483648'\n"
        "line 2, column 95: /zoo/cages: expected a set of numbers such as 0-3,7, found 'x'\n"
        "line 2, column 111: /zoo/v4: expected an IPv4 address, found '::1'\n"
        "line 2, column 123: /zoo/v6: expected an IPv6 address, found '10.0.0.1'\n"
        "line 2, column 140: /zoo/path: expected an absolute path, found 'relative'");
}

static void
testLimits(void)
{
    assertIssues("<mode>0o7</mode><mode>1000</mode>", 0,
                 "line 2, column 1: /zoo/mode[1]: expected an octal number up to 0777, found "
                 "'0o7'\n"
                 "line 2, column 17: /zoo/mode[2]: element <mode> is given twice");
    assertIssues("<path>/1</path><path>/2</path><path>/3</path><path>/4</path>", 0,
                 "line 2, column 46: /zoo/path[4]: more than 3 <path> elements");
}

static void
testLayout(void)
{
    assertPrints("<pond><duck>a</duck></pond><pond depth='2'><duck>b</duck></pond><shop/>", 0,
                 "\n  <pond>\n    <duck>a</duck>\n  </pond>\n\n"
                 "  <pond depth='2'>\n    <duck>b</duck>\n  </pond>\n\n"
                 "  <shop>\n  </shop>\n");
    assertPrints("<shop><postcard>p</postcard></shop>", 0,
                 "  <shop>\n    <postcard>p</postcard>\n  </shop>\n");
    assertPrints("", 0, "");
}

static void
testForeign(void)
{
    g_autoptr(virDocZoo) zoo =
        mustParse("<zoo><food>1</food><v:visit xmlns:v='urn:x-zoo:vet'><v:bill>7</v:bill></v:visit>"
                  "<w:visit xmlns:w='urn:other'/><visit/></zoo>",
                  0);
    g_autofree char *text = virDocPrint(&virDocZooRecord, NULL, zoo, 0);

    g_assert_cmpstr(text, ==,
                    "<zoo xmlns:vet='urn:x-zoo:vet'>\n  <clock offset='utc'/>\n"
                    "  <food unit='KiB'>1</food>\n  <vet:visit>\n    <vet:bill>7</vet:bill>\n"
                    "  </vet:visit>\n</zoo>\n");
    assertPrints("<visit/>", 0, "");
}

static void
testDiffHonoursWhen(void)
{
    g_autoptr(virDocZooAnimal) one = virDocZooAnimalNew();
    g_autoptr(virDocZooAnimal) other = virDocZooAnimalNew();
    g_autoptr(GPtrArray) found = NULL;

    one->kind = other->kind = VIR_DOC_ZOO_KIND_DOG;
    one->homeTank = g_strdup("stale");
    g_assert_true(virDocEqual(&virDocZooAnimalRecord, one, other));
    other->homeBasket = g_strdup("b");
    g_assert_false(virDocEqual(&virDocZooAnimalRecord, one, other));
    g_clear_pointer(&other->homeBasket, g_free);
    other->tag.supplier.hasBill = true;
    other->tag.supplier.bill = 4;
    found = virDocDiff(&virDocZooAnimalRecord, one, other, /* max= */ 5);
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_cmpstr(((virDocDifference *)found->pdata[0])->path, ==, "/animal/bill");
}

static void
sellChips(void *data, virDocContext *context)
{
    virDocZooTag *tag = data;

    if (tag->mark == VIR_DOC_ZOO_TAG_KIND_CHIP)
        virDocContextReport(context, "chip", "no chips today");
}

static void
renameFish(void *data, virDocContext *context)
{
    virDocZooAnimal *animal = data;

    if (animal->kind == VIR_DOC_ZOO_KIND_FISH)
        virDocContextReport(context, NULL, "no fish today");
    animal->lives = 1;
}

static void
testChecks(void)
{
    static const virDocCheckEntry checks[] = {{"zooAnimal", renameFish}, {"zooTag", sellChips}};
    virDocParseOptions options = {.checks = checks, .nchecks = G_N_ELEMENTS(checks)};
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autoptr(virDocZooAnimal) cat =
        virDocParse(&virDocZooAnimalRecord, NULL, "<animal/>", &options, issues);
    g_autofree char *text = NULL;

    g_assert_cmpuint(cat->lives, ==, 1);
    g_assert_null(virDocParse(&virDocZooAnimalRecord, NULL,
                              "<animal>\n <child kind='fish'/></animal>", &options, issues));
    g_assert_null(virDocParse(&virDocZooAnimalRecord, NULL,
                              "<animal mark='chip'><chip number='1'/></animal>", &options,
                              issues));
    text = virDocIssuesFormat(issues);
    g_assert_cmpstr(text, ==,
                    "line 2, column 2: /animal/child: no fish today\n"
                    "line 1, column 21: /animal/chip: no chips today");
}

static void
assertTicketIssues(const guint8 *bytes, size_t length, const char *expected)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *text = NULL;

    g_assert_null(virDocHeadRead(&virDocZooTicketRecord, bytes, length, issues));
    text = virDocIssuesFormat(issues);
    g_assert_cmpstr(text, ==, expected);
}

static void
testHeads(void)
{
    static const guint8 big[32] = {'D', 'A', 'Y', 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 7, 0, 0, 0, 1};
    static const guint8 wrong[32] = {'D', 'A', 'Y', 'S', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2};
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autoptr(virDocZooTicket) ticket =
        virDocHeadRead(&virDocZooTicketRecord, big, sizeof(big), issues);
    g_autoptr(virDocZooTicket) again = NULL;
    guint8 bytes[32];

    g_assert_cmpint(ticket->mark, ==, VIR_DOC_ZOO_TICKET_MARK_DAY);
    g_assert_cmpuint(ticket->edition, ==, 3);
    g_assert_true(ticket->dogs);
    g_assert_cmpint(ticket->price, ==, VIR_DOC_ZOO_TICKET_PRICE_HALF);
    virDocHeadWrite(&virDocZooTicketRecord, ticket, bytes);
    again = virDocHeadRead(&virDocZooTicketRecord, bytes, sizeof(bytes), issues);
    g_assert_true(virDocEqual(&virDocZooTicketRecord, ticket, again));
    assertTicketIssues(big, 31, "expected a head of 32 bytes, found 31");
    assertTicketIssues(wrong, sizeof(wrong),
                       "mark: expected one of DAY, YEAR, found 'DAYS', did you mean 'DAY'?\n"
                       "edition: expected an integer from 1 to 9, found '0'\n"
                       "price: expected one of full, half, found '33686018'");
}

static void
testRoundTrip(void)
{
    unsigned int flags = VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS;

    for (guint64 seed = 1; seed <= 500; seed++) {
        g_autoptr(virDocZoo) made = virDocRandom(&virDocZooRecord, seed);
        g_autofree char *text = virDocPrint(&virDocZooRecord, NULL, made, flags);
        g_autoptr(virDocZoo) read = mustParse(text, VIR_DOC_PARSE_STRICT);
        g_autofree char *second = virDocPrint(&virDocZooRecord, NULL, read, flags);
        g_autofree char *name = g_strdup_printf("zoo-%u.xml", (unsigned int)seed);

        g_assert_cmpstr(text, ==, second);
        if (seed <= 100)
            g_assert_true(g_file_set_contents(name, text, -1, NULL));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/zoo/aliases", testAliases);
    g_test_add_func("/zoo/union", testUnion);
    g_test_add_func("/zoo/inside", testInside);
    g_test_add_func("/zoo/live-unless", testLiveUnless);
    g_test_add_func("/zoo/scopes", testScopes);
    g_test_add_func("/zoo/sizes", testSizes);
    g_test_add_func("/zoo/tags", testTags);
    g_test_add_func("/zoo/emptiness", testEmptiness);
    g_test_add_func("/zoo/scalars", testScalars);
    g_test_add_func("/zoo/limits", testLimits);
    g_test_add_func("/zoo/layout", testLayout);
    g_test_add_func("/zoo/foreign", testForeign);
    g_test_add_func("/zoo/diff-honours-when", testDiffHonoursWhen);
    g_test_add_func("/zoo/checks", testChecks);
    g_test_add_func("/zoo/heads", testHeads);
    g_test_add_func("/zoo/round-trip", testRoundTrip);
    return g_test_run();
}
