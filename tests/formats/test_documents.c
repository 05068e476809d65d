/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Round trips, messages, limits and flags of the document engine, on the real formats. */

#include <glib.h>
#include <string.h>

#include "document/parse.h"
#include "document/print.h"
#include "document/random.h"
#include "document/tree.h"
#include "document/value.h"
#include "formats/documents.h"

/* How many documents of each format go around; ROUNDS in the environment says otherwise. */
#define ROUNDS 500

static void *
mustParse(const virDocRecord *record, const char *xml, unsigned int flags)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {.flags = flags};
    void *data = virDocParse(record, NULL, xml, &options, issues);
    g_autofree char *text = virDocIssuesFormat(issues);

    if (!data)
        g_error("%s\nin\n%s", text, xml);
    g_assert_cmpstr(text, ==, "");
    return data;
}

static void
assertIssues(const virDocRecord *record, const char *xml, unsigned int flags, const char *expected)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {.flags = flags};
    void *data = virDocParse(record, NULL, xml, &options, issues);
    g_autofree char *text = virDocIssuesFormat(issues);

    g_assert_null(data);
    g_assert_cmpstr(text, ==, expected);
}

/* The first line that differs says more than two whole documents. */
static void
assertSameText(const char *one, const char *other)
{
    g_auto(GStrv) a = g_strsplit(one, "\n", -1);
    g_auto(GStrv) b = g_strsplit(other, "\n", -1);

    for (size_t i = 0; a[i] || b[i]; i++) {
        if (g_strcmp0(a[i], b[i]))
            g_error("line %zu:\n%s\n%s", i + 1, a[i], b[i]);
        if (!a[i] || !b[i])
            break;
    }
}

static void
testRoundTrip(gconstpointer opaque)
{
    const Format *format = opaque;
    const char *wanted = g_getenv("ROUNDS");
    guint64 rounds = wanted ? g_ascii_strtoull(wanted, NULL, 10) : ROUNDS;

    g_assert_cmpuint(rounds, >, 0);
    for (guint64 seed = 1; seed <= rounds; seed++) {
        void *made = virDocRandom(format->record, seed);
        void *again = virDocRandom(format->record, seed);
        g_autofree char *text =
            virDocPrint(format->record, NULL, made, VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS);
        void *read = mustParse(format->record, text, VIR_DOC_PARSE_STRICT);
        g_autofree char *second =
            virDocPrint(format->record, NULL, read, VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS);
        void *copy = virDocCopy(format->record, read);
        g_autoptr(GPtrArray) differences = virDocDiff(format->record, read, copy, 10);

        g_assert_true(virDocEqual(format->record, made, again));
        assertSameText(text, second);
        g_assert_true(virDocEqual(format->record, read, copy));
        g_assert_cmpuint(differences->len, ==, 0);
        virDocFree(format->record, made);
        virDocFree(format->record, again);
        virDocFree(format->record, read);
        virDocFree(format->record, copy);
    }
}

/* What a struct forgets of a run is what reading a definition leaves out. */
static void
testForgetLive(gconstpointer opaque)
{
    const Format *format = opaque;
    const unsigned int all = VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_STATUS;

    for (guint64 seed = 1; seed <= ROUNDS; seed++) {
        void *made = virDocRandom(format->record, seed);
        g_autofree char *text = virDocPrint(format->record, NULL, made, all);
        void *forgetful = mustParse(format->record, text, 0);
        void *definition = mustParse(format->record, text, VIR_DOC_PARSE_INACTIVE);
        g_autofree char *expected = virDocPrint(format->record, NULL, definition, all);
        g_autofree char *left = NULL;

        virDocForgetLive(format->record, forgetful);
        left = virDocPrint(format->record, NULL, forgetful, all);
        assertSameText(left, expected);
        virDocFree(format->record, made);
        virDocFree(format->record, forgetful);
        virDocFree(format->record, definition);
    }
}

/* The seed of the longest of the first documents: of short formats many are empty. */
static guint64
longestSeed(const Format *format)
{
    guint64 longest = 1;
    size_t length = 0;

    for (guint64 seed = 1; seed < 50; seed++) {
        void *data = virDocRandom(format->record, seed);
        g_autofree char *text = virDocPrint(format->record, NULL, data, VIR_DOC_PRINT_SECURE);

        if (strlen(text) > length) {
            length = strlen(text);
            longest = seed;
        }
        virDocFree(format->record, data);
    }
    return longest;
}

static void
testVariety(gconstpointer opaque)
{
    const Format *format = opaque;
    guint64 longest = longestSeed(format);
    void *one = virDocRandom(format->record, longest);
    size_t same = 0;

    for (guint64 seed = 51; seed < 100; seed++) {
        void *other = virDocRandom(format->record, seed);
        g_autoptr(GPtrArray) differences = virDocDiff(format->record, one, other, 1000);

        g_assert_cmpint(virDocEqual(format->record, one, other), ==, differences->len == 0);
        same += differences->len == 0;
        virDocFree(format->record, other);
    }
    g_assert_cmpuint(same, <, 5);
    virDocFree(format->record, one);
}

static void
testCanonical(void)
{
    static const char xml[] =
        "<?xml version='1.0'?><!-- any --><network connections=\"3\">"
        "<ip netmask='255.255.255.0' address='192.168.122.1'><dhcp>"
        "<host ip='192.168.122.5' mac='52:54:0:A:b:C'/>"
        "<range end='192.168.122.254' start='192.168.122.2'/></dhcp></ip>"
        "<bridge delay=' 0 ' stp='on' name='virbr0'/><future x='1'><y/></future>"
        "<uuid>DD8FE8846C02601e7551-cca97df1c5df</uuid><name>a&amp;'b</name><forward/></network>";
    g_autoptr(virDocNetwork) net = mustParse(&virDocNetworkRecord, xml, 0);
    g_autofree char *text = virDocPrint(&virDocNetworkRecord, NULL, net, VIR_DOC_PRINT_INACTIVE);

    g_assert_cmpuint(net->connections, ==, 3);
    g_assert_cmpstr(text, ==,
                    "<network>\n"
                    "  <name>a&amp;'b</name>\n"
                    "  <uuid>dd8fe884-6c02-601e-7551-cca97df1c5df</uuid>\n"
                    "  <forward/>\n"
                    "  <bridge name='virbr0' stp='on' delay='0'/>\n"
                    "  <ip address='192.168.122.1' netmask='255.255.255.0'>\n"
                    "    <dhcp>\n"
                    "      <range start='192.168.122.2' end='192.168.122.254'/>\n"
                    "      <host mac='52:54:00:0a:0b:0c' ip='192.168.122.5'/>\n"
                    "    </dhcp>\n"
                    "  </ip>\n"
                    "</network>\n");
}

static void
testAllIssuesAtOnce(void)
{
    assertIssues(
        &virDocNetworkRecord,
        "<network ipv6='maybe'>\n"
        "  <uuid>xyz</uuid>\n"
        "  <forward mode='nta'/>\n"
        "  <mtu size='9'/>\n"
        "  <ip address='1.2.3'/>\n"
        "  <ip address='::1' prefix='129'/>\n"
        "  <bridge delay='-1'/>\n"
        "  <bridge/>\n"
        "</network>",
        0,
        "line 1, column 16: /network/@ipv6: expected yes or no, found 'maybe'\n"
        "line 2, column 3: /network/uuid: expected a UUID, found 'xyz'\n"
        "line 3, column 18: /network/forward/@mode: expected one of nat, route, open, bridge, "
        "private, vepa, passthrough, hostdev, found 'nta', did you mean 'nat'?\n"
        "line 4, column 14: /network/mtu/@size: expected an integer from 68 to 65535, found '9'\n"
        "line 5, column 16: /network/ip[1]/@address: expected an IP address, found '1.2.3'\n"
        "line 6, column 29: /network/ip[2]/@prefix: expected an integer from 0 to 128, found "
        "'129'\n"
        "line 7, column 18: /network/bridge[1]/@delay: expected an integer from 0 to 4294967295, "
        "found '-1'\n"
        "line 8, column 3: /network/bridge[2]: element <bridge> is given twice\n"
        "line 1, column 1: /network: element <name> is missing");
}

static void
testStrict(void)
{
    static const char xml[] = "<network><name nme='x'>n</name><forwrd mode='nat'/>\n"
                              "<bridge nmae='x'/></network>";

    virDocNetworkFree(mustParse(&virDocNetworkRecord, xml, 0));
    assertIssues(
        &virDocNetworkRecord, xml, VIR_DOC_PARSE_STRICT,
        "line 1, column 21: /network/name/@nme: attribute 'nme' is not known here\n"
        "line 1, column 32: /network/forwrd: element <forwrd> is not known here, did you mean "
        "<forward>?\n"
        "line 2, column 15: /network/bridge/@nmae: attribute 'nmae' is not known here, did you "
        "mean 'name'?");
}

static void
testWrongRoot(void)
{
    assertIssues(&virDocNetworkRecord, "\n<domain/>", 0,
                 "line 2, column 1: /domain: expected element <network>, found <domain>");
}

static void
assertKind(const char *xml, virDocIssueKind kind)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();

    g_assert_null(virDocParse(&virDocNetworkRecord, NULL, xml, NULL, issues));
    g_assert_cmpuint(issues->found, >=, 1);
    g_assert_cmpint(issues->entries[0].kind, ==, kind);
}

static void
testMalformed(void)
{
    static const char *const broken[] = {
        "",
        " ",
        "text",
        "<network>",
        "<network><name></network>",
        "<a><b/></a",
        "<network a>",
        "<n/>x",
        "<n>&foo;</n>",
        "<n a='1' a='2'/>",
        "<n>\x01</n>",
        "<x:n/>",
        "<",
        "<n>\xff\xfe</n>",
        "<n a='<'/>",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++)
        assertKind(broken[i], VIR_DOC_ISSUE_MALFORMED);
}

static void
testHostile(void)
{
    g_autoptr(GString) deep = g_string_new(NULL);
    g_autoptr(GString) wide = g_string_new("<network");
    g_autoptr(GString) many = g_string_new("<network>");
    g_autoptr(GString) large = g_string_new("<network>");

    for (int i = 0; i < 10000; i++)
        g_string_append(deep, "<a>");
    assertKind(deep->str, VIR_DOC_ISSUE_LIMIT);
    for (int i = 0; i < 300000; i++)
        g_string_append_printf(wide, " a%d='>'", i);
    g_string_append(wide, "/>");
    assertKind(wide->str, VIR_DOC_ISSUE_LIMIT);
    for (int i = 0; i < 500000; i++)
        g_string_append(many, "<a/>");
    g_string_append(many, "</network>");
    assertKind(many->str, VIR_DOC_ISSUE_LIMIT);
    while (large->len <= VIR_DOC_SIZE_MAX)
        g_string_append(large, "<!-- nothing to see here but many bytes of it -->");
    assertKind(large->str, VIR_DOC_ISSUE_LIMIT);
    assertKind(
        "<!DOCTYPE network [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'>]><network>&b;</network>",
        VIR_DOC_ISSUE_LIMIT);
    assertKind("<!DOCTYPE network SYSTEM 'file:///etc/passwd'><network/>", VIR_DOC_ISSUE_LIMIT);
    assertKind("<?xml version='1.0' encoding='UTF-7'?><network/>", VIR_DOC_ISSUE_LIMIT);
}

static void
testManyIssuesAreBounded(void)
{
    g_autoptr(GString) xml = g_string_new("<network><name>n</name>");
    g_autoptr(virDocIssues) issues = virDocIssuesNew();

    for (int i = 0; i < 1000; i++)
        g_string_append(xml, "<ip address='x'/>");
    g_string_append(xml, "</network>");
    g_assert_null(virDocParse(&virDocNetworkRecord, NULL, xml->str, NULL, issues));
    g_assert_cmpuint(issues->found, ==, 1000);
    g_assert_cmpuint(issues->count, ==, VIR_DOC_ISSUES_MAX);
}

static void
testUnits(void)
{
    static const struct {
        const char *text;
        unsigned long long kib;
    } cases[] = {
        {"<pages size='4'/>", 4},
        {"<pages unit='KiB' size='4'/>", 4},
        {"<pages unit='b' size='4097'/>", 5},
        {"<pages unit='MiB' size='2'/>", 2048},
        {"<pages unit='G' size='1'/>", 1048576},
        {"<pages unit='MB' size='1'/>", 977},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(virDocIssues) issues = virDocIssuesNew();
        g_autoptr(virDocCapabilitiesPageSize) pages =
            virDocParse(&virDocCapabilitiesPageSizeRecord, "pages", cases[i].text, NULL, issues);

        g_assert_nonnull(pages);
        g_assert_cmpuint(pages->size, ==, cases[i].kib);
    }
}

/* Optional text of a kind that ignores blanks is absent when it is blank, as it is for the schema. */
static void
testBlankText(void)
{
    virDocDomain *domain = mustParse(
        &virDocDomainRecord, "<domain type='test'><name>a</name><memory>1</memory><genid> \n </genid></domain>",
        VIR_DOC_PARSE_STRICT);

    g_assert_true(domain->hasGenid);
    g_assert_false(domain->hasGenidId);
    virDocDomainFree(domain);
}

static void
testWrongUnits(void)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *text = NULL;

    g_assert_null(virDocParse(&virDocCapabilitiesPageSizeRecord, "pages",
                              "<pages unit='furlong' size='4'/>", NULL, issues));
    g_assert_null(virDocParse(&virDocCapabilitiesPageSizeRecord, "pages",
                              "<pages unit='EiB' size='16'/>", NULL, issues));
    text = virDocIssuesFormat(issues);
    g_assert_cmpstr(
        text, ==,
        "line 1, column 29: /pages/@size: expected a unit such as bytes, KiB, MiB or GB, "
        "found 'furlong'\n"
        "line 1, column 25: /pages/@size: expected a size below 16 EiB, found '16'");
}

static void
testLists(void)
{
    virDocNetwork *network = virDocNetworkNew();
    g_autofree char *text = NULL;

    for (unsigned int i = 0; i < 9; i++) {
        virDocNetworkIp *ip = virDocNetworkIpNew();

        ip->address = g_strdup_printf("10.0.0.%u", i);
        VIR_DOC_LIST_INSERT(network, ips, i / 2, ip);
    }
    for (unsigned int i = 0; i < 6; i++)
        virDocNetworkIpFree(VIR_DOC_LIST_TAKE(network, ips, 1));
    VIR_DOC_LIST_ADD(network, ips, virDocNetworkIpNew());
    g_assert_cmpuint(network->nips, ==, 4);
    text = g_strjoin(" ", network->ips[0]->address, network->ips[1]->address,
                     network->ips[2]->address, NULL);
    g_assert_cmpstr(text, ==, "10.0.0.1 10.0.0.2 10.0.0.0");
    g_assert_null(network->ips[3]->address);
    virDocNetworkFree(network);
}

static void
testSecrets(void)
{
    static const char xml[] = "<node><auth><user password='hush'>bob</user></auth></node>";
    g_autofree char *open = NULL, *closed = NULL;
    void *node = mustParse(&virDocNodeRecord, xml, 0);
    void *other = mustParse(&virDocNodeRecord,
                            "<node><auth><user password='hush2'>bob</user></auth></node>", 0);
    g_autoptr(GPtrArray) differences = virDocDiff(&virDocNodeRecord, node, other, 10);
    const virDocDifference *difference = g_ptr_array_index(differences, 0);

    closed = virDocPrint(&virDocNodeRecord, NULL, node, 0);
    open = virDocPrint(&virDocNodeRecord, NULL, node, VIR_DOC_PRINT_SECURE);
    g_assert_null(strstr(closed, "hush"));
    g_assert_nonnull(strstr(open, "<user password='hush'>bob</user>"));
    g_assert_cmpuint(differences->len, ==, 1);
    g_assert_cmpstr(difference->path, ==, "/node/auth/user[1]/@password");
    g_assert_cmpstr(difference->one, ==, "(secret)");
    virDocFree(&virDocNodeRecord, node);
    virDocFree(&virDocNodeRecord, other);
}

static void
testDiff(void)
{
    g_autoptr(virDocNetwork) one = mustParse(
        &virDocNetworkRecord,
        "<network><name>a</name><mtu size='100'/><ip/><ip address='1.1.1.1'/></network>", 0);
    g_autoptr(virDocNetwork) other =
        mustParse(&virDocNetworkRecord,
                  "<network><name>b</name><ip/><ip address='1.1.1.2'/><ip/></network>", 0);
    g_autoptr(GPtrArray) differences = virDocDiff(&virDocNetworkRecord, one, other, 10);
    static const char *const expected[][3] = {
        {"/network/name", "a", "b"},
        {"/network/mtu/@size", "100", NULL},
        {"/network/ip[2]/@address", "1.1.1.1", "1.1.1.2"},
        {"/network/ip[3]", NULL, "present"},
    };

    g_assert_cmpuint(differences->len, ==, G_N_ELEMENTS(expected));
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        const virDocDifference *difference = g_ptr_array_index(differences, i);

        g_assert_cmpstr(difference->path, ==, expected[i][0]);
        g_assert_cmpstr(difference->one, ==, expected[i][1]);
        g_assert_cmpstr(difference->other, ==, expected[i][2]);
    }
}

static void
testMetadata(void)
{
    static const char xml[] = "<network xmlns:a='urn:a'><name>n</name>"
                              "<metadata>\n   <a:x k='&lt;\"'>one <b>two</b> three</a:x><c "
                              "xmlns='urn:c'>  <d/>  </c></metadata>"
                              "</network>";
    g_autoptr(virDocNetwork) net = mustParse(&virDocNetworkRecord, xml, 0);
    g_autofree char *text = virDocPrint(&virDocNetworkRecord, NULL, net, 0);

    g_assert_cmpstr(text, ==,
                    "<network>\n"
                    "  <name>n</name>\n"
                    "  <metadata>\n"
                    "    <a:x xmlns:a=\"urn:a\" k=\"&lt;&quot;\">one <b>two</b> three</a:x>\n"
                    "    <c xmlns=\"urn:c\">\n"
                    "      <d/>\n"
                    "    </c>\n"
                    "  </metadata>\n"
                    "</network>\n");
}

static void
testForeignNamespace(void)
{
    g_autoptr(virDocNetwork) net =
        mustParse(&virDocNetworkRecord,
                  "<network xmlns:q='http://libvirt.org/schemas/network/dnsmasq/1.0'><name>n</name>"
                  "<q:options><q:option value='no-hosts'/></q:options></network>",
                  VIR_DOC_PARSE_STRICT);
    g_autofree char *text = virDocPrint(&virDocNetworkRecord, NULL, net, 0);

    g_assert_cmpstr(text, ==,
                    "<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0'>\n"
                    "  <name>n</name>\n"
                    "  <dnsmasq:options>\n"
                    "    <dnsmasq:option value='no-hosts'/>\n"
                    "  </dnsmasq:options>\n"
                    "</network>\n");
}

static void
testInlineObjects(void)
{
    g_autofree char *text = NULL;
    virDocNode *node =
        mustParse(&virDocNodeRecord,
                  "<node><domain file='d.xml'/><domain type='test'><name>x</name></domain>"
                  "<interface type='ethernet' name='e'/><interface state='inactive'/></node>",
                  VIR_DOC_PARSE_STRICT);

    g_assert_cmpuint(node->ndomains, ==, 2);
    g_assert_cmpstr(node->domains[0]->file, ==, "d.xml");
    g_assert_null(node->domains[0]->document);
    g_assert_cmpstr(node->domains[1]->document, ==,
                    "<domain type=\"test\"><name>x</name></domain>");
    g_assert_cmpstr(node->interfaces[0]->document, ==, "<interface type=\"ethernet\" name=\"e\"/>");
    g_assert_null(node->interfaces[1]->document);
    text = virDocPrint(&virDocNodeRecord, NULL, node, 0);
    g_assert_cmpstr(text, ==,
                    "<node>\n"
                    "  <domain file='d.xml'/>\n"
                    "  <domain type=\"test\">\n"
                    "    <name>x</name>\n"
                    "  </domain>\n"
                    "  <interface type=\"ethernet\" name=\"e\"/>\n"
                    "  <interface state='inactive'/>\n"
                    "</node>\n");
    virDocFree(&virDocNodeRecord, node);
}

/* The host as the original documentation showed it: an element for each feature. */
static void
testOldCapabilities(void)
{
    static const char xml[] =
        "<capabilities>\n  <host>\n    <cpu>\n      <arch>x86_64</arch>\n      <features>\n"
        "        <vmx/>\n      </features>\n    </cpu>\n  </host>\n"
        "  <!-- xen-3.0-x86_64 -->\n  <guest>\n    <os_type>xen</os_type>\n"
        "    <arch name='x86_64'>\n      <wordsize>64</wordsize>\n      <domain type='xen'/>\n"
        "      <emulator>/usr/lib64/xen/bin/qemu-dm</emulator>\n    </arch>\n    <features/>\n"
        "  </guest>\n</capabilities>\n";
    g_autoptr(virDocCapabilities) host =
        mustParse(&virDocCapabilitiesRecord, xml, VIR_DOC_PARSE_STRICT);
    g_autofree char *text = virDocPrint(&virDocCapabilitiesRecord, NULL, host, 0);

    g_assert_nonnull(strstr(text, "      <features>\n        <vmx/>\n      </features>\n"));
    g_assert_nonnull(strstr(text, "    <features/>\n"));
}

static void
refuseShort(void *data, virDocContext *context)
{
    const virDocNetwork *net = data;

    g_assert_cmpint(GPOINTER_TO_INT(virDocContextOpaque(context)), ==, 7);
    if (strlen(net->name) < 3)
        virDocContextReport(context, "name", "'%s' is too short", net->name);
}

static void
testCheck(void)
{
    static const virDocCheckEntry checks[] = {{"network", refuseShort}};
    virDocParseOptions options = {
        .checks = checks,
        .nchecks = G_N_ELEMENTS(checks),
        .opaque = GINT_TO_POINTER(7),
    };
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *text = NULL;

    g_assert_null(virDocParse(&virDocNetworkRecord, NULL, "<network><name>ab</name></network>",
                              &options, issues));
    text = virDocIssuesFormat(issues);
    g_assert_cmpstr(text, ==, "line 1, column 10: /network/name: 'ab' is too short");
}

static void
testSubRecord(void)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autoptr(virDocNetworkDhcpHost) host =
        virDocParse(&virDocNetworkDhcpHostRecord, NULL,
                    "<host name='a' mac='52:54:00:00:00:01' ip='10.0.0.1'/>", NULL, issues);
    g_autofree char *text = virDocPrint(&virDocNetworkDhcpHostRecord, NULL, host, 0);

    g_assert_cmpstr(text, ==, "<host mac='52:54:00:00:00:01' name='a' ip='10.0.0.1'/>\n");
}

static void
testBitmaps(void)
{
    static const char *const cases[][2] = {
        {"0-3,7", "0-3,7"},
        {"0", "0"},
        {" 1 , 2,3-5 ", "1-5"},
        {"0-7,^3", "0-2,4-7"},
        {"64-65", "64-65"},
        {"5-3", NULL},
        {"", NULL},
        {"1,", NULL},
        {"16384", NULL},
        {"a", NULL},
        {"1^2", NULL},
        {"3,^3", NULL},
        {"99999999999999999999", NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(virDocBitmap) set = virDocBitmapParse(cases[i][0]);
        g_autofree char *text = set ? virDocBitmapFormat(set) : NULL;

        g_assert_cmpstr(text, ==, cases[i][1]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *trip = g_strdup_printf("/documents/round-trip/%s", formats[i].name);
        g_autofree char *variety = g_strdup_printf("/documents/variety/%s", formats[i].name);
        g_autofree char *forget = g_strdup_printf("/documents/forget-live/%s", formats[i].name);

        g_test_add_data_func(trip, &formats[i], testRoundTrip);
        g_test_add_data_func(forget, &formats[i], testForgetLive);
        g_test_add_data_func(variety, &formats[i], testVariety);
    }
    g_test_add_func("/documents/canonical", testCanonical);
    g_test_add_func("/documents/all-issues-at-once", testAllIssuesAtOnce);
    g_test_add_func("/documents/strict", testStrict);
    g_test_add_func("/documents/wrong-root", testWrongRoot);
    g_test_add_func("/documents/malformed", testMalformed);
    g_test_add_func("/documents/hostile", testHostile);
    g_test_add_func("/documents/issues-are-bounded", testManyIssuesAreBounded);
    g_test_add_func("/documents/units", testUnits);
    g_test_add_func("/documents/blank-text", testBlankText);
    g_test_add_func("/documents/wrong-units", testWrongUnits);
    g_test_add_func("/documents/lists", testLists);
    g_test_add_func("/documents/secrets", testSecrets);
    g_test_add_func("/documents/diff", testDiff);
    g_test_add_func("/documents/metadata", testMetadata);
    g_test_add_func("/documents/foreign-namespace", testForeignNamespace);
    g_test_add_func("/documents/inline-objects", testInlineObjects);
    g_test_add_func("/documents/old-capabilities", testOldCapabilities);
    g_test_add_func("/documents/check", testCheck);
    g_test_add_func("/documents/sub-record", testSubRecord);
    g_test_add_func("/documents/bitmaps", testBitmaps);
    return g_test_run();
}
