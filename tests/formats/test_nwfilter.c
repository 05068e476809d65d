/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents of network filters: what is kept as it was written, what gets its canonical spelling, what
 * is refused, and the filters that distributions install. */

#include <glib.h>
#include <string.h>

#include "conf/nwfilter.h"
#include "document/print.h"

#define INSTALLED "/etc/libvirt/nwfilter"

static virDocNwFilter *
parse(const char *xml, virDocIssues *issues)
{
    const virDocParseOptions options = {
        .flags = VIR_DOC_PARSE_STRICT,
        .checks = virConfNwFilterChecks,
        .nchecks = G_N_ELEMENTS(virConfNwFilterChecks),
    };

    return virDocParse(&virDocNwFilterRecord, NULL, xml, &options, issues);
}

/* The document as it is printed, which reads and prints the same again. */
static char *
canonical(const char *xml)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autoptr(virDocNwFilter) filter = parse(xml, issues);
    g_autofree char *problems = virDocIssuesFormat(issues);
    g_autoptr(virDocNwFilter) again = NULL;
    g_autofree char *text = NULL;
    g_autofree char *second = NULL;

    if (!filter)
        g_error("%s\nin\n%s", problems, xml);
    text = virDocPrint(&virDocNwFilterRecord, NULL, filter, /* flags= */ 0);
    again = parse(text, issues);
    g_assert_nonnull(again);
    second = virDocPrint(&virDocNwFilterRecord, NULL, again, /* flags= */ 0);
    g_assert_cmpstr(text, ==, second);
    g_assert_true(virDocEqual(&virDocNwFilterRecord, filter, again));
    return g_steal_pointer(&text);
}

static char *
inRule(const char *match)
{
    return g_strdup_printf("<filter name='f'><rule action='drop' direction='in'>%s</rule></filter>",
                           match);
}

/* What stands between the tags of the only rule, without blanks around it. */
static char *
printedMatch(const char *match)
{
    g_autofree char *xml = inRule(match);
    g_autofree char *text = canonical(xml);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    g_assert_cmpstr(lines[1], ==, "  <rule action='drop' direction='in' priority='500'>");
    g_assert_cmpstr(lines[3], ==, "  </rule>");
    return g_strdup(g_strstrip(lines[2]));
}

/* Observed of the stock network filter driver. */
static const struct {
    const char *given, *printed; /* NULL: as given */
} spellings[] = {
    {"<mac srcmacaddr='$MAC' srcmacmask='ff:ff:ff:00:00:00' dstmacaddr='$A[0]' dstmacmask='$B' "
     "protocolid='arp' comment='c'/>", NULL},
    {"<mac protocolid='0x800'/>", "<mac protocolid='ipv4'/>"},
    {"<mac protocolid='34525'/>", "<mac protocolid='ipv6'/>"},
    {"<mac protocolid='ARP'/>", "<mac protocolid='arp'/>"},
    {"<mac protocolid='0xABCD'/>", "<mac protocolid='0xabcd'/>"},
    {"<mac protocolid='9000'/>", NULL},
    {"<mac match='yes' protocolid='$X'/>", "<mac protocolid='$X'/>"},
    {"<vlan dstmacaddr='1:2:3:4:5:6' vlanid='0x12' encap-protocol='ipv4'/>",
     "<vlan dstmacaddr='01:02:03:04:05:06' vlanid='0x12' encap-protocol='ipv4'/>"},
    {"<stp srcmacaddr='01:02:03:04:05:06' srcmacmask='ff:ff:ff:ff:ff:00' type='0x12' flags='3' "
     "root-priority='1' root-priority-hi='4' root-address='01:02:03:04:05:06' "
     "root-address-mask='ff:ff:ff:ff:ff:00' root-cost='44' root-cost-hi='55' sender-priority='4' "
     "sender-priority-hi='7' sender-address='01:02:03:04:05:06' "
     "sender-address-mask='ff:ff:ff:ff:ff:00' port='1' port-hi='3' age='4' max-age='4' "
     "max-age-hi='6' hello-time='1' hello-time-hi='4' forward-delay='4' forward-delay-hi='8' "
     "comment='x'/>", NULL},
    {"<arp srcmacaddr='01:02:03:04:05:06' hwtype='0x1' protocoltype='0x800' opcode='Reply' "
     "arpsrcmacaddr='01:02:03:04:05:06' arpdstmacaddr='01:02:03:04:05:06' arpsrcipaddr='1.2.3.4' "
     "arpsrcipmask='24' arpdstipaddr='1.2.3.4' arpdstipmask='16' gratuitous='true' comment='x'/>", NULL},
    {"<arp opcode='1' gratuitous='yes'/>", "<arp opcode='Request' gratuitous='true'/>"},
    {"<arp opcode='reply'/>", "<arp opcode='Reply'/>"},
    {"<arp opcode='77' gratuitous='0'/>", "<arp opcode='77' gratuitous='false'/>"},
    {"<rarp opcode='3'/>", "<rarp opcode='Request_Reverse'/>"},
    {"<ip srcmacaddr='01:02:03:04:05:06' srcmacmask='ff:ff:ff:ff:ff:00' "
     "dstmacaddr='01:02:03:04:05:06' dstmacmask='ff:ff:ff:ff:ff:00' srcipaddr='1.2.3.4' "
     "srcipmask='16' dstipaddr='3.4.5.6' dstipmask='8' protocol='tcp' srcportstart='1' "
     "srcportend='0x2' dstportstart='3' dstportend='4' dscp='1' comment='x'/>", NULL},
    {"<ip protocol='58'/>", "<ip protocol='icmpv6'/>"},
    {"<ip protocol='99' dscp='$D'/>", NULL},
    {"<ipv6 srcmacaddr='01:02:03:04:05:06' srcipaddr='FE80::1' srcipmask='ffff:ffff::' "
     "dstipaddr='::1' dstipmask='128' protocol='icmpv6' type='0x80' typeend='140' code='1' "
     "codeend='4'/>",
     "<ipv6 srcmacaddr='01:02:03:04:05:06' srcipaddr='fe80::1' srcipmask='32' dstipaddr='::1' "
     "dstipmask='128' protocol='icmpv6' type='0x80' typeend='140' code='1' codeend='4'/>"},
    {"<tcp srcmacaddr='aa:bb:01:02:03:04' srcipaddr='10.0.0.1' srcipmask='24' "
     "dstipaddr='$IP[@1]' dstipmask='$MASK' srcipfrom='1.2.3.4' srcipto='1.2.3.5' "
     "dstipfrom='2.2.2.2' dstipto='2.2.2.3' dscp='0x10' connlimit-above='10' "
     "state='NEW,ESTABLISHED' srcportstart='1' srcportend='2' dstportstart='22' dstportend='23' "
     "option='0x20' flags='SYN,ACK/SYN' comment='hi &lt; there'/>", NULL},
    {"<tcp srcipmask='255.255.255.0'/>", "<tcp srcipmask='24'/>"},
    {"<tcp flags='syn,ack/syn'/>", "<tcp flags='SYN,ACK/SYN'/>"},
    {"<tcp flags='none/all'/>", "<tcp flags='NONE/ALL'/>"},
    {"<tcp flags='FIN,SYN,RST,PSH,ACK,URG/URG,PSH'/>", "<tcp flags='ALL/PSH,URG'/>"},
    {"<tcp ipset='a b' ipsetflags='src,dst'/>", NULL},
    {"<icmp srcipaddr='10.0.0.1' dscp='3' connlimit-above='4' state='NONE' type='8' code='1'/>", NULL},
    {"<icmpv6 srcipaddr='::' srcipmask='16' type='0x80' code='0'/>", NULL},
    {"<all-ipv6 match='no' srcipaddr='fe80::a' srcipmask='10' state='RELATED, invalid,NEW'/>",
     "<all-ipv6 match='no' srcipaddr='fe80::a' srcipmask='10' state='NEW,RELATED,INVALID'/>"},
    {"<udp-ipv6 srcportstart='3'/>", NULL},
    {"<sctp srcportstart='0x16'/>", NULL},
    {"<igmp dscp='3'/>", NULL},
};

static void
testSpellings(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++) {
        g_autofree char *text = printedMatch(spellings[i].given);

        g_assert_cmpstr(text, ==,
                        spellings[i].printed ? spellings[i].printed : spellings[i].given);
    }
}

static void
testOrder(void)
{
    g_autofree char *text =
        canonical("<filter name='f'><filterref filter='b'><parameter name='Z' value='1'/>"
                  "<parameter name='A' value='2'/><parameter name='A' value='1'/></filterref>"
                  "<rule action='accept' direction='out' priority='-7' statematch='0'/>"
                  "<filterref filter='a'/><rule action='drop' direction='inout' statematch='true'>"
                  "<tcp/><udp/><tcp match='no' dscp='1'/></rule></filter>");

    g_assert_cmpstr(text, ==,
                    "<filter name='f' chain='root'>\n"
                    "  <filterref filter='b'>\n"
                    "    <parameter name='A' value='2'/>\n"
                    "    <parameter name='A' value='1'/>\n"
                    "    <parameter name='Z' value='1'/>\n"
                    "  </filterref>\n"
                    "  <rule action='accept' direction='out' priority='-7' statematch='false'/>\n"
                    "  <filterref filter='a'/>\n"
                    "  <rule action='drop' direction='inout' priority='500'>\n"
                    "    <tcp/>\n"
                    "    <tcp match='no' dscp='1'/>\n"
                    "  </rule>\n"
                    "</filter>\n");
}

static void
testChains(void)
{
    static const char *const chains[][2] = {
        {"root", ""},
        {"mac", " priority='-800'"},
        {"vlan-guests", " priority='-750'"},
        {"stp", ""},
        {"arp", " priority='-500'"},
        {"rarp", " priority='-400'"},
        {"ipv4", " priority='-700'"},
        {"ipv6-ip", " priority='-600'"},
        {"arp' priority='9", ""},
        {"root' priority='0", ""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(chains); i++) {
        g_autofree char *given = g_strdup_printf("<filter name='f' chain='%s'/>", chains[i][0]);
        g_autofree char *text = canonical(given);
        g_autofree char *wanted =
            i == 9 ? g_strdup("<filter name='f' chain='root'/>\n")
                   : g_strdup_printf("<filter name='f' chain='%s'%s/>\n", chains[i][0],
                                     chains[i][1]);

        g_assert_cmpstr(text, ==, wanted);
    }
}

static const struct {
    const char *match, *message;
} wrong[] = {
    {"<mac srcmacaddr='zz'/>",
     "line 1, column 70: /filter/rule/mac/@srcmacaddr: expected a MAC address, found 'zz'"},
    {"<mac srcmacaddr='$A-b'/>", "expected a MAC address, found '$A-b'"},
    {"<mac srcmacaddr='$A[@]'/>", "expected a MAC address, found '$A[@]'"},
    {"<mac srcmacaddr='$'/>", "expected a MAC address, found '$'"},
    {"<mac srcmacmask='ff:00:ff:00:00:00'/>",
     "/filter/rule/mac/@srcmacmask: expected a mask of leading ones, found 'ff:00:ff:00:00:00'"},
    {"<mac protocolid='0x5ff'/>", "/@protocolid: expected a number"},
    {"<mac protocolid='70000'/>", "/@protocolid: expected a number"},
    {"<mac srcipaddr='1.2.3.4'/>", "attribute 'srcipaddr' is not known here"},
    {"<vlan vlanid='4096'/>", "/@vlanid: expected a number up to 0xfff, found '4096'"},
    {"<ip protocol='256'/>", "/@protocol: expected a number up to 0xff, found '256'"},
    {"<ip srcportstart='1'/>", "ports need a 'protocol' that has them"},
    {"<ip protocol='icmp' dstportend='1'/>", "ports need a 'protocol' that has them"},
    {"<tcp srcipaddr='fe80::1'/>", "expected an IPv4 address, found 'fe80::1'"},
    {"<tcp-ipv6 srcipaddr='1.2.3.4'/>", "expected an IPv6 address, found '1.2.3.4'"},
    {"<tcp srcipmask='33'/>", "expected a mask such as 24 or 255.255.255.0, found '33'"},
    {"<tcp srcipmask='255.0.255.0'/>", "expected a mask such as"},
    {"<tcp dscp='64'/>", "/@dscp: expected a number up to 0x3f, found '64'"},
    {"<tcp connlimit-above='0x10'/>", "/@connlimit-above: expected"},
    {"<tcp flags='FOO/BAR'/>", "/@flags: expected flags as in"},
    {"<tcp flags='SYN'/>", "/@flags: expected flags as in"},
    {"<tcp flags='SYN/ACK/FIN'/>", "/@flags: expected flags as in"},
    {"<udp flags='SYN/ACK'/>", "attribute 'flags' is not known here"},
    {"<tcp state='FOO'/>", "/@state: expected NONE or a list of"},
    {"<tcp ipset='x'/>", "'ipset' and 'ipsetflags' belong together"},
    {"<tcp ipset='x' ipsetflags='up'/>", "/@ipsetflags: expected a list of src and dst"},
    {"<icmp type='300'/>", "/@type: expected a number up to 0xff, found '300'"},
    {"<tpc/>", "element <tpc> is not known here, did you mean <tcp>?"},
};

static void
assertRefused(const char *xml, const char *message)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autoptr(virDocNwFilter) filter = parse(xml, issues);
    g_autofree char *text = virDocIssuesFormat(issues);

    g_assert_null(filter);
    g_assert_cmpuint(issues->found, ==, 1);
    if (!strstr(text, message))
        g_error("expected\n%s\nfound\n%s", message, text);
}

static void
testWrong(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *xml = inRule(wrong[i].match);

        assertRefused(xml, wrong[i].message);
    }
    assertRefused("<filter/>", "attribute 'name' is missing");
    assertRefused("<filter name='f' chain='foo'/>", "expected root, or a name that begins with");
    assertRefused("<filter name='f' chain='arp-x y'/>", "expected root, or a name that begins");
    assertRefused("<filter name='f' priority='2000'/>", "an integer from -1000 to 1000");
    assertRefused("<filter name='f'><rule action='drop'/></filter>",
                  "attribute 'direction' is missing");
    assertRefused("<filter name='f'><rule action='DROP' direction='in'/></filter>",
                  "expected one of drop, accept, reject, return, continue");
    assertRefused("<filter name='f'><rul/></filter>", "did you mean <rule>?");
    assertRefused("<filter name='f'><filterref/></filter>", "attribute 'filter' is missing");
    assertRefused("<filter name='f'><filterref filter='x'><parameter name='a-b' value='1'/>"
                  "</filterref></filter>",
                  "/filter/filterref: expected a variable of letters");
}

/* What another library's packages install is accepted, and prints stably. */
static void
testInstalled(void)
{
    g_autoptr(GDir) directory = g_dir_open(INSTALLED, 0, NULL);
    const char *name;
    unsigned int count = 0;

    if (!directory) {
        g_test_skip(INSTALLED " is not there");
        return;
    }
    while ((name = g_dir_read_name(directory))) {
        g_autofree char *path = g_build_filename(INSTALLED, name, NULL);
        g_autofree char *xml = NULL;
        g_autofree char *text = NULL;

        if (!g_str_has_suffix(name, ".xml") || !g_file_get_contents(path, &xml, NULL, NULL))
            continue;
        text = canonical(xml);
        count++;
    }
    g_test_message("%u filters", count);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/nwfilter/spellings", testSpellings);
    g_test_add_func("/nwfilter/order", testOrder);
    g_test_add_func("/nwfilter/chains", testChains);
    g_test_add_func("/nwfilter/wrong", testWrong);
    g_test_add_func("/nwfilter/installed", testInstalled);
    return g_test_run();
}
