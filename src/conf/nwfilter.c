/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of network filters mean beyond their grammar. */

#include "conf/nwfilter.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <string.h>

#include "document/value.h"

/* Chains of bridges, and their customary turn: what comes first in a frame is looked at first. */
static const struct {
    const char *prefix;
    int priority;
} chains[] = {
    {"mac", -800},  {"vlan", -750}, {"stp", 0},     {"arp", -500},
    {"rarp", -400}, {"ipv4", -700}, {"ipv6", -600},
};

static const char *const tcpFlags[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", NULL};
static const char *const states[] = {"NEW", "ESTABLISHED", "RELATED", "INVALID", NULL};
static const char *const ends[] = {"src", "dst", NULL};

/* The words of a list that is separated by commas, as bits; UINT_MAX when there are others. */
static unsigned int
readWords(const char *text, const char *const *words)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    unsigned int bits = 0;

    for (char **part = parts; *part; part++) {
        size_t i = 0;

        g_strstrip(*part);
        while (words[i] && g_ascii_strcasecmp(words[i], *part))
            i++;
        if (!words[i])
            return UINT_MAX;
        bits |= 1U << i;
    }
    return bits;
}

static char *
spellWords(unsigned int bits, const char *const *words)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; words[i]; i++) {
        if (bits >> i & 1)
            g_string_append_printf(text, "%s%s", text->len ? "," : "", words[i]);
    }
    return g_string_free(text, /* free_segment= */ FALSE);
}

/* ALL, NONE or a list of flags of TCP, in the order of the bits; NULL when it is neither. */
static char *
spellFlags(const char *text)
{
    g_autofree char *stripped = g_strstrip(g_strdup(text));
    unsigned int bits;

    if (!g_ascii_strcasecmp(stripped, "NONE"))
        return g_strdup("NONE");
    bits = g_ascii_strcasecmp(stripped, "ALL") ? readWords(stripped, tcpFlags) : 0x3f;
    if (bits == UINT_MAX)
        return NULL;
    return bits == 0x3f ? g_strdup("ALL") : spellWords(bits, tcpFlags);
}

static void
checkFlags(virDocNwFilterMatch *match, virDocContext *context)
{
    g_auto(GStrv) sides = g_strsplit(match->flags, "/", -1);
    g_autofree char *mask = sides[0] ? spellFlags(sides[0]) : NULL;
    g_autofree char *set = mask && sides[1] && !sides[2] ? spellFlags(sides[1]) : NULL;

    if (!set) {
        virDocContextReport(context, "@flags",
                            "expected flags as in 'SYN,ACK/SYN' (FIN, SYN, RST, PSH, ACK, URG, "
                            "ALL, NONE), found '%s'",
                            match->flags);
        return;
    }
    g_free(match->flags);
    match->flags = g_strdup_printf("%s/%s", mask, set);
}

static void
checkState(virDocNwFilterMatch *match, virDocContext *context)
{
    g_autofree char *stripped = g_strstrip(g_strdup(match->state));
    bool none = g_str_has_suffix(stripped, "NONE");
    unsigned int bits = none ? 0 : readWords(stripped, states);

    if (bits == UINT_MAX || (none && strcmp(stripped, "NONE"))) {
        virDocContextReport(context, "@state",
                            "expected NONE or a list of NEW, ESTABLISHED, RELATED, INVALID, "
                            "found '%s'",
                            match->state);
        return;
    }
    g_free(match->state);
    match->state = none ? g_strdup("NONE") : spellWords(bits, states);
}

static void
checkSet(const virDocNwFilterMatch *match, virDocContext *context)
{
    if (!match->ipset != !match->ipsetflags)
        virDocContextReport(context, NULL, "'ipset' and 'ipsetflags' belong together");
    else if (match->ipsetflags && readWords(match->ipsetflags, ends) == UINT_MAX)
        virDocContextReport(context, "@ipsetflags", "expected a list of src and dst, found '%s'",
                            match->ipsetflags);
}

/* Bits that count are the first ones of an address, here in its canonical spelling. */
static void
checkMask(const char *mask, const char *member, virDocContext *context)
{
    unsigned long long bits = 0;

    if (!mask || *mask == '$')
        return;
    for (const char *at = mask; *at; at++) {
        if (*at != ':')
            bits = bits << 4 | (unsigned int)g_ascii_xdigit_value(*at);
    }
    bits ^= 0xffffffffffffULL;
    if (bits & (bits + 1))
        virDocContextReport(context, member, "expected a mask of leading ones, found '%s'", mask);
}

static bool
hasPorts(const virDocNwFilterPorts *ports)
{
    return ports->srcportstart || ports->srcportend || ports->dstportstart || ports->dstportend;
}

/* Only these carry ports; a bridge has to be told which. 33 is DCCP. */
static bool
carriesPorts(const char *protocol)
{
    return protocol && (*protocol == '$' || !strcmp(protocol, "tcp") || !strcmp(protocol, "udp") ||
                        !strcmp(protocol, "sctp") || g_ascii_strtoull(protocol, NULL, 0) == 33);
}

static void
checkMatch(void *data, virDocContext *context)
{
    virDocNwFilterMatch *match = data;

    /* What absence says. */
    if (match->match == VIR_DOC_SWITCH_ON)
        match->match = VIR_DOC_SWITCH_ABSENT;
    checkMask(match->srcmacmask, "@srcmacmask", context);
    checkMask(match->dstmacmask, "@dstmacmask", context);
    checkMask(match->stp.rootAddressMask, "@root-address-mask", context);
    checkMask(match->stp.senderAddressMask, "@sender-address-mask", context);
    if (match->state)
        checkState(match, context);
    if (match->flags)
        checkFlags(match, context);
    checkSet(match, context);
    if ((match->protocol == VIR_DOC_NW_FILTER_PROTOCOL_IP ||
         match->protocol == VIR_DOC_NW_FILTER_PROTOCOL_IPV6) &&
        hasPorts(&match->ports) && !carriesPorts(match->carries))
        virDocContextReport(context, NULL,
                            "ports need a 'protocol' that has them: tcp, udp, sctp or 33 (DCCP)");
}

/* A rule is about one protocol, that of its first element; others have always been ignored. */
static void
checkRule(void *data, virDocContext *context G_GNUC_UNUSED)
{
    virDocNwFilterRule *rule = data;

    if (rule->statematch == VIR_DOC_NW_FILTER_STATE_MATCH_TRUE)
        rule->statematch = VIR_DOC_NW_FILTER_STATE_MATCH_ABSENT;
    for (size_t i = 1; i < rule->nmatches;) {
        if (rule->matches[i]->protocol == rule->matches[0]->protocol)
            i++;
        else
            virDocNwFilterMatchFree(VIR_DOC_LIST_TAKE(rule, matches, i));
    }
}

static bool
isName(const char *text, const char *others)
{
    for (; *text; text++) {
        if (!g_ascii_isalnum(*text) && !strchr(others, *text))
            return false;
    }
    return true;
}

static void
checkFilter(void *data, virDocContext *context)
{
    virDocNwFilter *filter = data;
    size_t i = 0;

    /* No turn of its own is turn 0, and is printed as that: not at all. */
    if (filter->hasPriority && !filter->priority)
        filter->hasPriority = false;
    if (!strcmp(filter->chain, "root"))
        return;
    while (i < G_N_ELEMENTS(chains) && !g_str_has_prefix(filter->chain, chains[i].prefix))
        i++;
    if (i == G_N_ELEMENTS(chains) || !isName(filter->chain, "_-.")) {
        virDocContextComplain(context, VIR_ERR_INVALID_ARG, "@chain",
                              "expected root, or a name that begins with mac, vlan, stp, arp, "
                              "rarp, ipv4 or ipv6, found '%s'",
                              filter->chain);
    } else if (!filter->hasPriority && chains[i].priority) {
        filter->hasPriority = true;
        filter->priority = chains[i].priority;
    }
}

static int
compareParameters(gconstpointer one, gconstpointer other, gpointer unused G_GNUC_UNUSED)
{
    return strcmp((*(virDocNwFilterParameter *const *)one)->name,
                  (*(virDocNwFilterParameter *const *)other)->name);
}

/* Parameters are sorted by name; several values of one name keep their order. */
void
virConfCheckNwFilterReference(void *data, virDocContext *context)
{
    virDocNwFilterReference *reference = data;

    for (size_t i = 0; i < reference->nparameters; i++) {
        if (!isName(reference->parameters[i]->name, "_"))
            virDocContextReport(context, NULL,
                                "expected a variable of letters, digits and underscores, found "
                                "'%s'",
                                reference->parameters[i]->name);
    }
    if (reference->nparameters)
        g_qsort_with_data(reference->parameters, (int)reference->nparameters,
                          sizeof(*reference->parameters), compareParameters, NULL);
}

const virDocCheckEntry virConfNwFilterChecks[VIR_CONF_NWFILTER_CHECKS] = {
    {"nwFilter", checkFilter},
    {"nwFilterRule", checkRule},
    {"nwFilterMatch", checkMatch},
    {"nwFilterReference", virConfCheckNwFilterReference},
};
