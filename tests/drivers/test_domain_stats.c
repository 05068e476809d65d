/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Statistics of domains and their disks: what was done, how large they are, what limits them. */

#define VIR_ENUM_SENTINELS

#include "drivers/domain.h"

static void
testDisk(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainBlockStatsStruct first, second;
    virTypedParameter params[16];
    int nparams = 0;

    assertDone(virDomainBlockStats(host->dom, "vda", &first, sizeof(first)));
    g_usleep(5000);
    assertDone(virDomainBlockStats(host->dom, "/guest/diskimage1", &second, sizeof(second)));
    g_assert_cmpint(second.rd_req, >, first.rd_req);
    g_assert_cmpint(second.rd_bytes, ==, second.rd_req * 4096);
    assertDone(virDomainBlockStatsFlags(host->dom, "vda", NULL, &nparams, 0));
    g_assert_cmpint(nparams, ==, 8);
    assertDone(virDomainBlockStatsFlags(host->dom, "vda", params, &nparams, 0));
    g_assert_cmpstr(params[0].field, ==, VIR_DOMAIN_BLOCK_STATS_WRITE_BYTES);
    /* A guest that stands still does nothing. */
    assertDone(virDomainSuspend(host->dom));
    assertDone(virDomainBlockStats(host->dom, "vda", &first, sizeof(first)));
    g_usleep(5000);
    assertDone(virDomainBlockStats(host->dom, "vda", &second, sizeof(second)));
    g_assert_cmpint(second.rd_req, ==, first.rd_req);
    g_assert_cmpint(virDomainBlockStats(host->dom, "zz", &first, sizeof(first)), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainBlockStats(host->off, "vda", &first, sizeof(first)), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainBlockStats(host->dom, "vda", &first, sizeof(first) + 1), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
}

static void
testInterface(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainInterfaceStatsStruct stats;

    g_usleep(5000);
    assertDone(virDomainInterfaceStats(host->dom, "testnet0", &stats, sizeof(stats)));
    g_assert_cmpint(stats.rx_packets, >, 0);
    assertDone(virDomainInterfaceStats(host->dom, "AA:bb:cc:dd:ee:ff", &stats, sizeof(stats)));
    g_assert_cmpint(virDomainInterfaceStats(host->dom, "zz", &stats, sizeof(stats)), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
}

static void
testMemory(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainMemoryStatStruct stats[VIR_DOMAIN_MEMORY_STAT_LAST + 3];

    assertDone(virDomainSetMemory(host->dom, 1024));
    g_assert_cmpint(virDomainMemoryStats(host->dom, stats, G_N_ELEMENTS(stats), 0), ==, 13);
    g_assert_cmpint(stats[0].tag, ==, VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON);
    g_assert_cmpuint(stats[0].val, ==, 1024);
    g_assert_cmpint(virDomainMemoryStats(host->dom, stats, 2, 0), ==, 2);
}

/* One memory statistic of a domain. */
static unsigned long long
memoryOf(virDomainPtr dom, int tag)
{
    virDomainMemoryStatStruct stats[VIR_DOMAIN_MEMORY_STAT_NR];
    int count = virDomainMemoryStats(dom, stats, G_N_ELEMENTS(stats), 0);

    for (int i = 0; i < count; i++) {
        if (stats[i].tag == tag)
            return stats[i].val;
    }
    g_error("no memory statistic %d", tag);
}

/* What the guest reads fills its memory; when it gets less than it needs, it swaps. */
static void
testMemoryUse(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    unsigned long long cached = memoryOf(host->dom, VIR_DOMAIN_MEMORY_STAT_DISK_CACHES);
    unsigned long long rss = memoryOf(host->dom, VIR_DOMAIN_MEMORY_STAT_RSS);

    g_usleep(5000);
    g_assert_cmpuint(memoryOf(host->dom, VIR_DOMAIN_MEMORY_STAT_DISK_CACHES), >, cached);
    g_assert_cmpuint(memoryOf(host->dom, VIR_DOMAIN_MEMORY_STAT_RSS), >, rss);
    g_assert_cmpuint(memoryOf(host->dom, VIR_DOMAIN_MEMORY_STAT_SWAP_OUT), ==, 0);
    assertDone(virDomainSetMemory(host->dom, 500 * 1024));
    g_assert_cmpuint(memoryOf(host->dom, VIR_DOMAIN_MEMORY_STAT_SWAP_OUT), ==, 524 * 1024);
    g_assert_cmpuint(memoryOf(host->dom, VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT), >, 0);
    g_assert_cmpuint(memoryOf(host->dom, VIR_DOMAIN_MEMORY_STAT_USABLE), ==, 0);
}

static void
testCpus(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter params[8];
    virDomainInfo before, after;

    assertDone(virDomainGetInfo(host->dom, &before));
    g_usleep(2000);
    assertDone(virDomainGetInfo(host->dom, &after));
    g_assert_cmpuint(after.cpuTime, >, before.cpuTime);
    g_assert_cmpint(virDomainGetCPUStats(host->dom, NULL, 0, 0, 0, 0), ==, 2);
    g_assert_cmpint(virDomainGetCPUStats(host->dom, NULL, 0, -1, 1, 0), ==, 3);
    g_assert_cmpint(virDomainGetCPUStats(host->dom, params, 2, 0, 2, 0), ==, 2);
    g_assert_cmpstr(params[2].field, ==, VIR_DOMAIN_CPU_STATS_CPUTIME);
    g_assert_cmpint(virDomainGetCPUStats(host->dom, params, 3, -1, 1, 0), ==, 3);
    g_assert_cmpuint(params[0].value.ul, >, params[1].value.ul);
    g_assert_cmpint(virDomainGetCPUStats(host->dom, params, 2, 2, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testSizes(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    unsigned char bytes[300];
    virDomainBlockInfo info;

    assertDone(virDomainGetBlockInfo(host->dom, "vda", &info, 0));
    g_assert_cmpuint(info.capacity, ==, 1099506450432);
    g_assert_cmpuint(info.physical, ==, 1099511627776);
    assertDone(virDomainBlockResize(host->dom, "vda", 1024, 0));
    assertDone(virDomainGetBlockInfo(host->dom, "vda", &info, 0));
    g_assert_cmpuint(info.capacity, ==, 1048576);
    g_assert_cmpuint(info.allocation, ==, info.physical);
    assertDone(virDomainFSTrim(host->dom, "/", 0, 0));
    assertDone(virDomainGetBlockInfo(host->dom, "vda", &info, 0));
    g_assert_cmpuint(info.allocation, ==, 524288);
    g_assert_cmpint(virDomainBlockResize(host->dom, "vda", 1024, VIR_DOMAIN_BLOCK_RESIZE_BYTES |
                                         VIR_DOMAIN_BLOCK_RESIZE_EXTEND), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertDone(virDomainBlockPeek(host->dom, "vda", 1048576 - 300, 300, bytes, 0));
    g_assert_cmpuint(bytes[0], ==, (1048576 - 300) & 0xff);
    g_assert_cmpuint(bytes[299], ==, 0xff);
    g_assert_cmpint(virDomainBlockPeek(host->dom, "vda", 1048576 - 299, 300, bytes, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainBlockPeek(host->dom, "vda", ~0ULL, 300, bytes, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainBlockResize(host->off, "vda", 1024, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
}

static void
hearTunable(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED,
            virTypedParameterPtr params, int nparams, void *opaque)
{
    for (int i = 0; i < nparams; i++)
        g_string_append_printf(opaque, "%s ", params[i].field);
    g_string_append_printf(opaque, "%s; ", params[0].value.s);
}

static void
testLimits(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter set[2] = {
        { .field = VIR_DOMAIN_BLOCK_IOTUNE_READ_BYTES_SEC, .type = VIR_TYPED_PARAM_ULLONG,
          .value.ul = 5000 },
        { .field = VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_BYTES_SEC, .type = VIR_TYPED_PARAM_ULLONG,
          .value.ul = 5000 },
    };
    virTypedParameter params[32];
    unsigned long long value;
    int nparams = 32;
    char *text;

    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_TUNABLE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearTunable),
                                                host->events, NULL));
    assertDone(virDomainSetBlockIoTune(host->dom, "vda", set, 1, VIR_DOMAIN_AFFECT_LIVE |
                                       VIR_DOMAIN_AFFECT_CONFIG));
    assertEvents(host, "blkdeviotune.disk blkdeviotune.read_bytes_sec vda; ");
    assertDone(virDomainGetBlockIoTune(host->dom, "vda", params, &nparams, 0));
    g_assert_cmpint(nparams, ==, 20);
    g_assert_cmpint(virTypedParamsGetULLong(params, nparams, set[0].field, &value), ==, 1);
    g_assert_cmpuint(value, ==, 5000);
    virTypedParamsClear(params, nparams);
    text = virDomainGetXMLDesc(host->dom, VIR_DOMAIN_XML_INACTIVE);
    g_assert_nonnull(strstr(text, "<read_bytes_sec>5000</read_bytes_sec>"));
    free(text);
    g_assert_cmpint(virDomainSetBlockIoTune(host->dom, "vda", set + 1, 1, 0), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "bytes_sec");
    set[0].value.ul = 0;
    assertDone(virDomainSetBlockIoTune(host->dom, "vda", set, 1, VIR_DOMAIN_AFFECT_CONFIG));
    text = virDomainGetXMLDesc(host->dom, VIR_DOMAIN_XML_INACTIVE);
    g_assert_null(strstr(text, "<iotune>"));
    free(text);
    g_assert_cmpint(virDomainSetBlockIoTune(host->dom, "zz", set, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static int
paramInt(virDomainStatsRecordPtr record, const char *name)
{
    int value = -1;

    g_assert_cmpint(virTypedParamsGetInt(record->params, record->nparams, name, &value), ==, 1);
    return value;
}

static void
testRecords(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr one[] = { host->off, NULL };
    virDomainStatsRecordPtr *records;
    const char *text;

    g_assert_cmpint(virConnectGetAllDomainStats(host->conn, 0, &records, 0), ==, 2);
    g_assert_cmpstr(virDomainGetName(records[0]->dom), ==, "test");
    g_assert_cmpint(paramInt(records[0], "state.state"), ==, VIR_DOMAIN_RUNNING);
    g_assert_cmpint(paramInt(records[1], "state.state"), ==, VIR_DOMAIN_SHUTOFF);
    g_assert_cmpint(virTypedParamsGetString(records[0]->params, records[0]->nparams,
                                            "block.0.path", &text), ==, 1);
    g_assert_cmpstr(text, ==, "/guest/diskimage1");
    g_assert_cmpint(virTypedParamsGetString(records[0]->params, records[0]->nparams, "net.0.name",
                                            &text), ==, 1);
    g_assert_nonnull(virTypedParamsGet(records[0]->params, records[0]->nparams, "vcpu.1.time"));
    g_assert_null(virTypedParamsGet(records[0]->params, records[0]->nparams, "vcpu.2.time"));
    virDomainStatsRecordListFree(records);
    g_assert_cmpint(virDomainListGetStats(one, VIR_DOMAIN_STATS_VCPU, &records, 0), ==, 1);
    g_assert_cmpint(records[0]->nparams, ==, 2);
    virDomainStatsRecordListFree(records);
    g_assert_cmpint(virConnectGetAllDomainStats(host->conn, 0, &records,
                                                VIR_CONNECT_GET_ALL_DOMAINS_STATS_SHUTOFF), ==, 1);
    virDomainStatsRecordListFree(records);
    g_assert_cmpint(virConnectGetAllDomainStats(host->conn, VIR_DOMAIN_STATS_VM, &records,
                                                VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS),
                    ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_ARGUMENT_UNSUPPORTED);
}

static void
testDirtyRate(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainStatsRecordPtr *records;

    assertDone(virDomainStartDirtyRateCalc(host->dom, 1, VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_RING));
    g_assert_cmpint(virConnectGetAllDomainStats(host->conn, VIR_DOMAIN_STATS_DIRTYRATE, &records,
                                                0), ==, 2);
    g_assert_cmpint(paramInt(records[0], "dirtyrate.calc_status"), ==,
                    VIR_DOMAIN_DIRTYRATE_MEASURING);
    g_assert_cmpint(paramInt(records[1], "dirtyrate.calc_status"), ==,
                    VIR_DOMAIN_DIRTYRATE_UNSTARTED);
    virDomainStatsRecordListFree(records);
    g_assert_cmpint(virDomainStartDirtyRateCalc(host->dom, 61, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

/* The images under a disk are entries of their own, for those who ask. */
static void
testBacking(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf(
        "chain", "11111111-2222-3333-4444-555555555557",
        "<devices><disk type='file'><source file='/top'/><backingStore type='file'>"
        "<format type='qcow2'/><source file='/middle'/><backingStore type='file'><format type='raw'/>"
        "<source file='/base'/></backingStore></backingStore><target dev='vda'/></disk>"
        "<disk type='file'><source file='/other'/><target dev='vdb'/></disk></devices>");
    virDomainPtr dom = virDomainCreateXML(host->conn, xml, 0);
    virDomainPtr doms[] = { dom, NULL };
    virDomainStatsRecordPtr *records;
    unsigned int number;
    const char *path;

    g_assert_nonnull(dom);
    g_assert_cmpint(virDomainListGetStats(doms, VIR_DOMAIN_STATS_BLOCK, &records, 0), ==, 1);
    g_assert_cmpint(virTypedParamsGetUInt(records[0]->params, records[0]->nparams, "block.count",
                                          &number), ==, 1);
    g_assert_cmpuint(number, ==, 2);
    virDomainStatsRecordListFree(records);
    g_assert_cmpint(virDomainListGetStats(doms, VIR_DOMAIN_STATS_BLOCK, &records,
                                          VIR_CONNECT_GET_ALL_DOMAINS_STATS_BACKING), ==, 1);
    g_assert_cmpint(virTypedParamsGetUInt(records[0]->params, records[0]->nparams, "block.count",
                                          &number), ==, 1);
    g_assert_cmpuint(number, ==, 4);
    g_assert_cmpint(virTypedParamsGetString(records[0]->params, records[0]->nparams, "block.2.path",
                                            &path), ==, 1);
    g_assert_cmpstr(path, ==, "/base");
    g_assert_cmpint(virTypedParamsGetUInt(records[0]->params, records[0]->nparams,
                                          "block.2.backingIndex", &number), ==, 1);
    g_assert_cmpuint(number, ==, 2);
    g_assert_cmpint(virTypedParamsGetString(records[0]->params, records[0]->nparams, "block.3.name",
                                            &path), ==, 1);
    g_assert_cmpstr(path, ==, "vdb");
    virDomainStatsRecordListFree(records);
    virDomainFree(dom);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("disk-stats", testDisk);
    ADD("interface-stats", testInterface);
    ADD("memory-stats", testMemory);
    ADD("memory-use", testMemoryUse);
    ADD("cpu-stats", testCpus);
    ADD("disk-sizes", testSizes);
    ADD("disk-limits", testLimits);
    ADD("records", testRecords);
    ADD("dirty-rate", testDirtyRate);
    ADD("stats/backing", testBacking);
    return g_test_run();
}
