/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The machine of the test hypervisor: numbers, processors, memory, capabilities. */

#include <stdlib.h>

#include "drivers/connect.h"

static virConnectPtr conn;

static void
testInfo(void)
{
    virNodeInfo info;
    virSecurityModel model;

    assertDone(virNodeGetInfo(conn, &info));
    g_assert_cmpstr(info.model, ==, "i686");
    g_assert_cmpuint(info.memory, ==, 3145728);
    g_assert_cmpuint(info.cpus, ==, 16);
    assertDone(virNodeGetSecurityModel(conn, &model));
    g_assert_cmpstr(model.model, ==, "testSecurity");
    g_assert_cmpstr(model.doi, ==, "");
}

static void
testCapabilities(void)
{
    char *text = virConnectGetCapabilities(conn);

    g_assert_nonnull(text);
    g_assert_true(g_str_has_prefix(text, "<capabilities>\n\n  <host>\n    <cpu>\n"));
    g_assert_nonnull(strstr(text, "<os_type>hvm</os_type>"));
    g_assert_nonnull(strstr(text, "<os_type>xen</os_type>"));
    g_assert_nonnull(strstr(text, "<cpu id='15' socket_id='1' die_id='0' core_id='7' "
                                  "siblings='15'/>"));
    free(text);
    text = virConnectGetSysinfo(conn, 0);
    g_assert_true(g_str_has_prefix(text, "<sysinfo type='smbios'>"));
    free(text);
}

static void
testProcessors(void)
{
    virNodeCPUStats stats[5];
    unsigned char *map = NULL;
    unsigned int online = 0;
    int count = 0;

    g_assert_cmpint(virNodeGetCPUMap(conn, &map, &online, 0), ==, 8);
    g_assert_cmpuint(online, ==, 3);
    g_assert_cmpuint(map[0], ==, 0x15);
    free(map);
    g_assert_cmpint(virNodeGetCPUMap(conn, NULL, NULL, 0), ==, 8);
    assertDone(virNodeGetCPUStats(conn, -1, NULL, &count, 0));
    g_assert_cmpint(count, ==, 4);
    count = 5;
    assertDone(virNodeGetCPUStats(conn, 0, stats, &count, 0));
    g_assert_cmpint(count, ==, 4);
    g_assert_cmpstr(stats[3].field, ==, VIR_NODE_CPU_STATS_IOWAIT);
    g_assert_cmpint(virNodeGetCPUStats(conn, -2, stats, &count, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
}

static void
testModels(void)
{
    char **models = NULL;
    int count = virConnectGetCPUModelNames(conn, "x86_64", &models, 0);

    g_assert_cmpint(count, ==, (int) g_strv_length(models));
    g_assert_true(g_strv_contains((const char *const *) models, "EPYC-Milan"));
    for (int i = 0; i < count; i++)
        free(models[i]);
    free(models);
    g_assert_cmpint(virConnectGetCPUModelNames(conn, "i686", NULL, 0), ==, count);
    g_assert_cmpint(virConnectGetCPUModelNames(conn, "s390x", NULL, 0), ==, 0);
    g_assert_cmpint(virConnectGetCPUModelNames(conn, "sparc", NULL, 0), ==, -1);
    assertError(VIR_FROM_CPU, VIR_ERR_NO_SUPPORT);
    g_assert_cmpint(virConnectGetCPUModelNames(conn, "zz", NULL, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testMemory(void)
{
    unsigned long long cells[4] = { 0 };
    virNodeMemoryStats stats[2];
    int count = 2;

    g_assert_cmpint(virNodeGetCellsFreeMemory(conn, cells, 0, 4), ==, 2);
    g_assert_cmpuint(cells[1], ==, 4194304);
    g_assert_cmpint(virNodeGetCellsFreeMemory(conn, cells, 1, 1), ==, 1);
    g_assert_cmpint(virNodeGetCellsFreeMemory(conn, cells, 2, 1), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertDone(virNodeGetMemoryStats(conn, VIR_NODE_MEMORY_STATS_ALL_CELLS, stats, &count, 0));
    g_assert_cmpuint(stats[0].value, ==, 3145728);
    g_assert_cmpuint(stats[1].value, ==, virNodeGetFreeMemory(conn) / 1024);
    assertDone(virNodeGetMemoryStats(conn, 1, stats, &count, 0));
    g_assert_cmpuint(stats[0].value, ==, 4194304);
    g_assert_cmpint(virNodeGetMemoryStats(conn, 2, stats, &count, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testPages(void)
{
    unsigned int sizes[] = { 4, 2048 }, huge = 2048, odd = 7, ordinary = 4;
    unsigned long long counts[4], five = 5, three = 3, many = 1ULL << 40;
    char *text;

    g_assert_cmpint(virNodeGetFreePages(conn, 2, sizes, 0, 9, counts, 0), ==, 4);
    g_assert_cmpuint(counts[0], ==, 19);
    g_assert_cmpuint(counts[3], ==, 97);
    g_assert_cmpint(virNodeGetFreePages(conn, 1, &odd, 0, 1, counts, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virNodeAllocPages(conn, 1, &huge, &five, 0, 2, 0), ==, 2);
    g_assert_cmpint(virNodeAllocPages(conn, 1, &huge, &three, 1, 1, VIR_NODE_ALLOC_PAGES_SET), ==,
                    1);
    g_assert_cmpint(virNodeGetFreePages(conn, 1, &huge, 0, 2, counts, 0), ==, 2);
    g_assert_cmpuint(counts[0], ==, 102);
    g_assert_cmpuint(counts[1], ==, 100);
    text = virConnectGetCapabilities(conn);
    g_assert_nonnull(strstr(text, "<pages unit='KiB' size='2048'>5</pages>"));
    g_assert_nonnull(strstr(text, "<pages unit='KiB' size='2048'>3</pages>"));
    free(text);
    /* the host as a whole: five more pages, three for the first cell and two for the second */
    g_assert_cmpint(virNodeAllocPages(conn, 1, &huge, &five, -1, 1, 0), ==, 1);
    g_assert_cmpint(virNodeGetFreePages(conn, 1, &huge, 0, 2, counts, 0), ==, 2);
    g_assert_cmpuint(counts[0], ==, 105);
    g_assert_cmpuint(counts[1], ==, 102);
    g_assert_cmpint(virNodeAllocPages(conn, 1, &huge, &many, 0, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED);
    g_assert_cmpint(virNodeAllocPages(conn, 1, &ordinary, &five, 0, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testTunables(void)
{
    virTypedParameterPtr wanted = NULL;
    virTypedParameter all[8];
    int count = 0, have = 0, most = 0;
    unsigned int value;

    assertDone(virNodeGetMemoryParameters(conn, NULL, &count, 0));
    g_assert_cmpint(count, ==, 8);
    assertDone(virTypedParamsAddUInt(&wanted, &have, &most, VIR_NODE_MEMORY_SHARED_PAGES_TO_SCAN,
                                     77));
    assertDone(virNodeSetMemoryParameters(conn, wanted, 1, 0));
    assertDone(virNodeGetMemoryParameters(conn, all, &count, 0));
    g_assert_cmpint(virTypedParamsGetUInt(all, count, VIR_NODE_MEMORY_SHARED_PAGES_TO_SCAN,
                                          &value), ==, 1);
    g_assert_cmpuint(value, ==, 77);
    strcpy(wanted[0].field, VIR_NODE_MEMORY_SHARED_FULL_SCANS);
    g_assert_cmpint(virNodeSetMemoryParameters(conn, wanted, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    strcpy(wanted[0].field, "nonsense");
    g_assert_cmpint(virNodeSetMemoryParameters(conn, wanted, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    virTypedParamsFree(wanted, 1);
}

/* How often something stands in a text. */
static int
countOf(const char *text, const char *part)
{
    int count = 0;

    for (text = strstr(text, part); text; text = strstr(text + 1, part))
        count++;
    return count;
}

static void
testDomainCapabilities(void)
{
    char *xml = virConnectGetDomainCapabilities(conn, NULL, "i686", NULL, "test", 0);
    char **models = NULL;
    int nmodels = virConnectGetCPUModelNames(conn, "i686", &models, 0);

    g_assert_nonnull(xml);
    g_assert_nonnull(strstr(xml, "<path>/usr/bin/test-hv</path>"));
    g_assert_nonnull(strstr(xml, "<vcpu max='32'/>"));
    g_assert_nonnull(strstr(xml, "<backup supported='yes'/>"));
    g_assert_nonnull(strstr(xml, "<value>virtio</value>"));
    g_assert_cmpint(countOf(xml, "<model usable="), ==, nmodels);
    free(xml);
    for (int i = 0; i < nmodels; i++)
        free(models[i]);
    free(models);
    g_assert_null(virConnectGetDomainCapabilities(conn, "/bin/x", NULL, NULL, NULL, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_null(virConnectGetDomainCapabilities(conn, NULL, "vax", NULL, NULL, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_null(virConnectGetDomainCapabilities(conn, NULL, NULL, "pc", NULL, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_null(virConnectGetDomainCapabilities(conn, NULL, NULL, NULL, "kvm", 0));
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testPoolCapabilities(void)
{
    char *xml = virConnectGetStoragePoolCapabilities(conn, 0);

    g_assert_nonnull(xml);
    g_assert_nonnull(strstr(xml, "<pool type='logical' supported='yes'>"));
    g_assert_nonnull(strstr(xml, "<value>qcow2</value>"));
    g_assert_cmpint(countOf(xml, "<pool type="), ==, 14);
    free(xml);
}

static void
testProtection(void)
{
    virTypedParameterPtr params = NULL;
    unsigned int guests;
    const char *pdh;
    int nparams = 0;

    assertDone(virNodeGetSEVInfo(conn, &params, &nparams, 0));
    g_assert_cmpint(nparams, ==, 7);
    g_assert_cmpint(virTypedParamsGetString(params, nparams, VIR_NODE_SEV_PDH, &pdh), ==, 1);
    g_assert_cmpuint(strlen(pdh), >, 20);
    g_assert_cmpint(virTypedParamsGetUInt(params, nparams, VIR_NODE_SEV_MAX_GUESTS, &guests), ==, 1);
    g_assert_cmpuint(guests, >, 0);
    virTypedParamsFree(params, nparams);
}

int
main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    conn = mustOpen("test:///default");
    g_test_add_func("/node/info", testInfo);
    g_test_add_func("/node/protection", testProtection);
    g_test_add_func("/node/capabilities", testCapabilities);
    g_test_add_func("/node/processors", testProcessors);
    g_test_add_func("/node/models", testModels);
    g_test_add_func("/node/memory", testMemory);
    g_test_add_func("/node/pages", testPages);
    g_test_add_func("/node/tunables", testTunables);
    g_test_add_func("/node/domain-capabilities", testDomainCapabilities);
    g_test_add_func("/node/pool-capabilities", testPoolCapabilities);
    status = g_test_run();
    virConnectClose(conn);
    return status;
}
