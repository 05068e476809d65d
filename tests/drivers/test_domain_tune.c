/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What of a domain can be changed while it runs or for its next start: memory, processors, texts. */

#include "drivers/domain.h"

static void
hearBalloon(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED,
            unsigned long long actual, void *opaque)
{
    *(unsigned long long *) opaque = actual;
}

static void
testMemory(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    unsigned long long heard = 0;
    virDomainInfo info;
    char *text;

    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL,
                                                VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearBalloon), &heard,
                                                NULL));
    assertDone(virDomainSetMemory(host->dom, 1000000));
    assertDone(virDomainGetInfo(host->dom, &info));
    g_assert_cmpuint(info.memory, ==, 1000000);
    assertEvents(host, "");
    g_assert_cmpuint(heard, ==, 1000000);
    text = virDomainGetXMLDesc(host->dom, VIR_DOMAIN_XML_INACTIVE);
    g_assert_nonnull(strstr(text, "<currentMemory unit='KiB'>2097152<"));
    free(text);
    g_assert_cmpint(virDomainSetMemoryFlags(host->dom, 500000, VIR_DOMAIN_MEM_LIVE |
                                            VIR_DOMAIN_MEM_CONFIG), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
    assertDone(virDomainSetMemoryFlags(host->dom, 500000, VIR_DOMAIN_MEM_LIVE));
    assertDone(virDomainSetMemoryFlags(host->dom, 500000, VIR_DOMAIN_MEM_CONFIG));
    assertDone(virDomainDestroy(host->dom));
    assertDone(virDomainGetInfo(host->dom, &info));
    g_assert_cmpuint(info.memory, ==, 500000);
    assertDone(virDomainSetMaxMemory(host->dom, 400000));
    assertDone(virDomainGetInfo(host->dom, &info));
    g_assert_cmpuint(info.memory, ==, 400000);
    g_assert_cmpuint(info.maxMem, ==, 400000);
    g_assert_cmpint(virDomainSetMemoryFlags(host->dom, 400001, VIR_DOMAIN_AFFECT_CONFIG), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainSetMemory(host->dom, 1000), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
}

static void
testMemoryPeriod(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    char *text;

    assertDone(virDomainSetMemoryStatsPeriod(host->dom, 7, VIR_DOMAIN_AFFECT_CONFIG));
    text = virDomainGetXMLDesc(host->dom, VIR_DOMAIN_XML_INACTIVE);
    g_assert_nonnull(strstr(text, "<stats period='7'/>"));
    free(text);
    text = virDomainGetXMLDesc(host->dom, 0);
    g_assert_null(strstr(text, "<stats "));
    free(text);
    g_assert_cmpint(virDomainIsUpdated(host->dom), ==, 1);
    g_assert_cmpint(virDomainSetMemoryStatsPeriod(host->off, 7, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
}

static void
testVcpus(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    char *text;

    assertDone(virDomainSetVcpus(host->dom, 1));
    g_assert_cmpint(virDomainGetVcpusFlags(host->dom, 0), ==, 1);
    g_assert_cmpint(virDomainGetVcpusFlags(host->dom, VIR_DOMAIN_VCPU_CONFIG), ==, 2);
    assertDone(virDomainSetVcpusFlags(host->dom, 8, VIR_DOMAIN_VCPU_CONFIG |
                                      VIR_DOMAIN_VCPU_MAXIMUM));
    assertDone(virDomainSetVcpusFlags(host->dom, 2, VIR_DOMAIN_VCPU_CONFIG |
                                      VIR_DOMAIN_VCPU_LIVE));
    text = virDomainGetXMLDesc(host->dom, VIR_DOMAIN_XML_INACTIVE);
    g_assert_nonnull(strstr(text, " current='2'>8</vcpu>"));
    free(text);
    g_assert_cmpint(virDomainSetVcpus(host->dom, 3), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "(3 > 2)");
    g_assert_cmpint(virDomainSetVcpusFlags(host->dom, 33, VIR_DOMAIN_VCPU_CONFIG |
                                           VIR_DOMAIN_VCPU_MAXIMUM), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "(33 > 32)");
    assertDone(virDomainDestroy(host->dom));
    g_assert_cmpint(virDomainGetVcpusFlags(host->dom, VIR_DOMAIN_VCPU_MAXIMUM), ==, 8);
}

static void
hearMetadata(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, int type,
             const char *uri, void *opaque)
{
    g_string_append_printf(opaque, "%d %s; ", type, uri ? uri : "-");
}

static void
testTexts(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    char *text;

    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL,
                                                VIR_DOMAIN_EVENT_ID_METADATA_CHANGE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearMetadata),
                                                host->events, NULL));
    g_assert_null(virDomainGetMetadata(host->dom, VIR_DOMAIN_METADATA_TITLE, NULL, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_NO_DOMAIN_METADATA);
    assertDone(virDomainSetMetadata(host->dom, VIR_DOMAIN_METADATA_TITLE, "a <title>", NULL, NULL,
                                    0));
    assertDone(virDomainSetMetadata(host->dom, VIR_DOMAIN_METADATA_DESCRIPTION, "two\nlines", NULL,
                                    NULL, VIR_DOMAIN_AFFECT_CONFIG));
    text = virDomainGetMetadata(host->dom, VIR_DOMAIN_METADATA_TITLE, NULL, 0);
    g_assert_cmpstr(text, ==, "a <title>");
    free(text);
    g_assert_null(virDomainGetMetadata(host->dom, VIR_DOMAIN_METADATA_DESCRIPTION, NULL, 0));
    text = virDomainGetMetadata(host->dom, VIR_DOMAIN_METADATA_DESCRIPTION, NULL,
                                VIR_DOMAIN_AFFECT_CONFIG);
    g_assert_cmpstr(text, ==, "two\nlines");
    free(text);
    g_assert_cmpint(virDomainSetMetadata(host->dom, VIR_DOMAIN_METADATA_TITLE, "two\nlines", NULL,
                                         NULL, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
    assertEvents(host, "1 -; 0 -; ");
}

static void
setElement(virDomainPtr dom, const char *uri, const char *xml)
{
    assertDone(virDomainSetMetadata(dom, VIR_DOMAIN_METADATA_ELEMENT, xml, "k", uri, 0));
}

static void
testElements(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const wrong[] = { "", "<x", "<x/><y/>", "text" };
    char *text;

    setElement(host->off, "http://a", "<x a='1'><y>t</y><z:q xmlns:z='http://z'/></x>");
    setElement(host->off, "http://b", "<b/>");
    text = virDomainGetXMLDesc(host->off, 0);
    g_assert_nonnull(strstr(text, "<k:b xmlns:k=\"http://b\"/>"));
    g_assert_nonnull(strstr(text, "<k:y>t</k:y>"));
    free(text);
    text = virDomainGetMetadata(host->off, VIR_DOMAIN_METADATA_ELEMENT, "http://a", 0);
    g_assert_cmpstr(text, ==, "<x a=\"1\"><y>t</y><z:q xmlns:z=\"http://z\"/></x>");
    free(text);
    setElement(host->off, "http://a", "<other/>");
    text = virDomainGetMetadata(host->off, VIR_DOMAIN_METADATA_ELEMENT, "http://a", 0);
    g_assert_cmpstr(text, ==, "<other/>");
    free(text);
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_cmpint(virDomainSetMetadata(host->off, VIR_DOMAIN_METADATA_ELEMENT, wrong[i], "k",
                                             "http://a", 0), ==, -1);
        assertError(VIR_FROM_DOMAIN, VIR_ERR_XML_DETAIL);
    }
    g_assert_cmpint(virDomainSetMetadata(host->off, VIR_DOMAIN_METADATA_ELEMENT, "<x/>", "1 k",
                                         "http://a", 0), ==, -1);
    assertError(VIR_FROM_XML, VIR_ERR_INTERNAL_ERROR);
    setElement(host->off, "http://a", NULL);
    setElement(host->off, "http://b", NULL);
    text = virDomainGetXMLDesc(host->off, 0);
    g_assert_null(strstr(text, "<metadata"));
    free(text);
    g_assert_null(virDomainGetMetadata(host->off, VIR_DOMAIN_METADATA_ELEMENT, "http://a", 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_NO_DOMAIN_METADATA);
}

static void
testControl(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainControlInfo info;

    assertDone(virDomainGetControlInfo(host->dom, &info, 0));
    g_assert_cmpuint(info.state, ==, VIR_DOMAIN_CONTROL_OK);
    g_assert_cmpint(virDomainGetControlInfo(host->off, &info, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("memory", testMemory);
    ADD("memory-period", testMemoryPeriod);
    ADD("vcpus", testVcpus);
    ADD("texts", testTexts);
    ADD("elements", testElements);
    ADD("control", testControl);
    return g_test_run();
}
