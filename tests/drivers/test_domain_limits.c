/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the parts of a domain may run, and what they may use: pins, threads, weights, limits. */

#include "drivers/domain.h"

static char *
inactive(virDomainPtr dom)
{
    return virDomainGetXMLDesc(dom, VIR_DOMAIN_XML_INACTIVE);
}

static void
assertSays(char *text, const char *part)
{
    if (!strstr(text, part))
        g_error("'%s' is not in %s", part, text);
    free(text);
}

static void
testPins(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    unsigned char maps[4] = { 0 }, map[2] = { 0x06, 0x00 }, wide[4] = { 0, 0, 0xff, 0 };
    virVcpuInfo info[2];

    assertDone(virDomainPinVcpuFlags(host->dom, 1, map, 2, VIR_DOMAIN_AFFECT_LIVE |
                                     VIR_DOMAIN_AFFECT_CONFIG));
    g_assert_cmpint(virDomainGetVcpuPinInfo(host->dom, 2, maps, 2, VIR_DOMAIN_AFFECT_CONFIG), ==,
                    2);
    g_assert_cmpint(memcmp(maps, "\xff\xff\x06\x00", 4), ==, 0);
    assertSays(inactive(host->dom), "<vcpupin vcpu='1' cpuset='1-2'/>");
    g_assert_cmpint(virDomainGetVcpus(host->dom, info, 2, maps, 2), ==, 2);
    g_assert_cmpint(info[0].cpu, ==, 15);
    g_assert_cmpint(info[1].cpu, ==, 2);
    /* The host has 16 processors. */
    g_assert_cmpint(virDomainPinVcpu(host->dom, 0, wide, 4), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainPinVcpu(host->dom, 2, map, 2), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertDone(virDomainPinEmulator(host->off, map, 2, 0));
    g_assert_cmpint(virDomainGetEmulatorPinInfo(host->off, maps, 2, 0), ==, 1);
    g_assert_cmpint(maps[0], ==, 6);
    assertSays(inactive(host->off), "<emulatorpin cpuset='1-2'/>");
}

static int
threads(virDomainPtr dom)
{
    virDomainIOThreadInfoPtr *info;
    int count = virDomainGetIOThreadInfo(dom, &info, 0);

    assertDone(count);
    for (int i = 0; i < count; i++)
        virDomainIOThreadInfoFree(info[i]);
    free(info);
    return count;
}

static void
testThreads(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d2", TEST_UUID, "<iothreads>2</iothreads><devices>"
                                      "<disk type='file'><driver name='x' iothread='2'/>"
                                      "<source file='/a'/><target dev='vda' bus='virtio'/></disk>"
                                      "</devices>");
    virTypedParameter poll = { .field = VIR_DOMAIN_IOTHREAD_POLL_MAX_NS,
                               .type = VIR_TYPED_PARAM_ULLONG, .value.ul = 77 };
    unsigned char map[2] = { 0x01, 0x00 };
    virDomainPtr dom = virDomainDefineXML(host->conn, xml);

    g_assert_cmpint(threads(dom), ==, 2);
    assertDone(virDomainAddIOThread(dom, 7, 0));
    g_assert_cmpint(threads(dom), ==, 3);
    assertDone(virDomainPinIOThread(dom, 7, map, 2, 0));
    assertDone(virDomainSetIOThreadParams(dom, 7, &poll, 1, VIR_DOMAIN_AFFECT_CONFIG));
    assertSays(inactive(dom), "<iothreadpin iothread='7' cpuset='0'/>");
    assertSays(inactive(dom), "max='77'");
    g_assert_cmpint(virDomainAddIOThread(dom, 1, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainDelIOThread(dom, 2, 0), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "'vda'");
    assertDone(virDomainDelIOThread(dom, 7, 0));
    g_assert_cmpint(virDomainDelIOThread(dom, 7, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(threads(dom), ==, 2);
    virDomainFree(dom);
}

static void
testScheduler(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter weight = { .field = VIR_DOMAIN_SCHEDULER_WEIGHT,
                                 .type = VIR_TYPED_PARAM_UINT, .value.ui = 70 };
    virTypedParameter seen;
    int nparams = 0;
    char *type = virDomainGetSchedulerType(host->dom, &nparams);

    g_assert_cmpstr(type, ==, "fair");
    g_assert_cmpint(nparams, ==, 1);
    free(type);
    assertDone(virDomainSetSchedulerParameters(host->dom, &weight, 1));
    assertDone(virDomainGetSchedulerParameters(host->dom, &seen, &nparams));
    g_assert_cmpuint(seen.value.ui, ==, 70);
    nparams = 1;
    assertDone(virDomainGetSchedulerParametersFlags(host->dom, &seen, &nparams,
                                                    VIR_DOMAIN_AFFECT_CONFIG));
    g_assert_cmpuint(seen.value.ui, ==, 50);
    g_strlcpy(weight.field, "cap", sizeof(weight.field));
    g_assert_cmpint(virDomainSetSchedulerParameters(host->dom, &weight, 1), ==, -1);
    assertError(VIR_FROM_NONE, VIR_ERR_ARGUMENT_UNSUPPORTED);
}

static void
testMemory(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter limits[2] = {
        { .field = VIR_DOMAIN_MEMORY_HARD_LIMIT, .type = VIR_TYPED_PARAM_ULLONG,
          .value.ul = 5000 },
        { .field = VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT, .type = VIR_TYPED_PARAM_ULLONG,
          .value.ul = 4000 },
    };
    virTypedParameter seen[3];
    int nparams = 3;

    g_assert_cmpint(virDomainSetMemoryParameters(host->off, limits, 2, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertDone(virDomainSetMemoryParameters(host->off, limits, 1, 0));
    assertDone(virDomainGetMemoryParameters(host->off, seen, &nparams, 0));
    g_assert_cmpuint(seen[0].value.ul, ==, 5000);
    g_assert_cmpuint(seen[1].value.ul, ==, VIR_DOMAIN_MEMORY_PARAM_UNLIMITED);
    assertSays(inactive(host->off), "<hard_limit unit='KiB'>5000</hard_limit>");
    limits[0].value.ul = VIR_DOMAIN_MEMORY_PARAM_UNLIMITED;
    assertDone(virDomainSetMemoryParameters(host->off, limits, 1, 0));
}

static void
testBlkio(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter given = { .field = VIR_DOMAIN_BLKIO_DEVICE_READ_BPS,
                                .type = VIR_TYPED_PARAM_STRING,
                                .value.s = (char *) "/dev/a,1000,/dev/b,2000" };
    virTypedParameter seen[6];
    int nparams = 6;

    assertDone(virDomainSetBlkioParameters(host->off, &given, 1, 0));
    assertDone(virDomainGetBlkioParameters(host->off, seen, &nparams, 0));
    g_assert_cmpstr(seen[4].field, ==, VIR_DOMAIN_BLKIO_DEVICE_READ_BPS);
    g_assert_cmpstr(seen[4].value.s, ==, "/dev/a,1000,/dev/b,2000");
    virTypedParamsClear(seen, nparams);
    given.value.s = (char *) "/dev/a,0";
    assertDone(virDomainSetBlkioParameters(host->off, &given, 1, 0));
    assertDone(virDomainGetBlkioParameters(host->off, seen, &nparams, 0));
    g_assert_cmpstr(seen[4].value.s, ==, "/dev/b,2000");
    virTypedParamsClear(seen, nparams);
    given.value.s = (char *) "/dev/a,-1";
    g_assert_cmpint(virDomainSetBlkioParameters(host->off, &given, 1, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
}

static void
testNuma(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter given[2] = {
        { .field = VIR_DOMAIN_NUMA_MODE, .type = VIR_TYPED_PARAM_INT,
          .value.i = VIR_DOMAIN_NUMATUNE_MEM_INTERLEAVE },
        { .field = VIR_DOMAIN_NUMA_NODESET, .type = VIR_TYPED_PARAM_STRING,
          .value.s = (char *) "0-1" },
    };
    virTypedParameter seen[2];
    int nparams = 2;

    g_assert_cmpint(virDomainSetNumaParameters(host->off, given, 1, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED);
    assertDone(virDomainSetNumaParameters(host->off, given, 2, 0));
    assertDone(virDomainGetNumaParameters(host->off, seen, &nparams, 0));
    g_assert_cmpint(seen[0].value.i, ==, VIR_DOMAIN_NUMATUNE_MEM_INTERLEAVE);
    g_assert_cmpstr(seen[1].value.s, ==, "0-1");
    virTypedParamsClear(seen, nparams);
    assertSays(inactive(host->off), "<memory mode='interleave' nodeset='0-1'/>");
}

static void
testPerf(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter given = { .field = VIR_PERF_PARAM_INSTRUCTIONS,
                                .type = VIR_TYPED_PARAM_BOOLEAN, .value.b = 1 };
    virDomainStatsRecordPtr *records;
    virTypedParameterPtr seen;
    int nparams, value = 0;

    assertDone(virDomainSetPerfEvents(host->dom, &given, 1, 0));
    assertDone(virDomainGetPerfEvents(host->dom, &seen, &nparams, 0));
    g_assert_cmpint(virTypedParamsGetBoolean(seen, nparams, "instructions", &value), ==, 1);
    g_assert_cmpint(value, ==, 1);
    g_assert_cmpint(virTypedParamsGetBoolean(seen, nparams, "cmt", &value), ==, 1);
    g_assert_cmpint(value, ==, 0);
    virTypedParamsFree(seen, nparams);
    g_assert_cmpint(virConnectGetAllDomainStats(host->conn, VIR_DOMAIN_STATS_PERF, &records, 0),
                    ==, 2);
    g_assert_cmpint(records[0]->nparams, ==, 1);
    g_assert_cmpstr(records[0]->params[0].field, ==, "perf.instructions");
    virDomainStatsRecordListFree(records);
}

static void
testBandwidth(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter given = { .field = VIR_DOMAIN_BANDWIDTH_IN_AVERAGE,
                                .type = VIR_TYPED_PARAM_UINT, .value.ui = 100 };
    virTypedParameter seen[7];
    int nparams = 7;

    assertDone(virDomainSetInterfaceParameters(host->dom, "testnet0", &given, 1,
                                               VIR_DOMAIN_AFFECT_CONFIG));
    assertSays(inactive(host->dom), "<inbound average='100'/>");
    assertDone(virDomainGetInterfaceParameters(host->dom, "testnet0", seen, &nparams, 0));
    g_assert_cmpuint(seen[0].value.ui, ==, 0);
    given.value.ui = 0;
    assertDone(virDomainSetInterfaceParameters(host->dom, "testnet0", &given, 1,
                                               VIR_DOMAIN_AFFECT_CONFIG));
    g_assert_cmpint(virDomainSetInterfaceParameters(host->dom, "zz", &given, 1, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG);
}

static void
testVcpus(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    assertDone(virDomainSetVcpu(host->dom, "1", 0, 0));
    g_assert_cmpint(virDomainGetVcpusFlags(host->dom, 0), ==, 1);
    g_assert_cmpint(virDomainGetVcpusFlags(host->dom, VIR_DOMAIN_VCPU_CONFIG), ==, 2);
    g_assert_cmpint(virDomainSetVcpu(host->dom, "1", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainSetVcpu(host->dom, "0", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    g_assert_cmpint(virDomainSetVcpu(host->dom, "2", 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    assertDone(virDomainSetVcpu(host->dom, "1", 1, 0));
    g_assert_cmpint(virDomainGetVcpusFlags(host->dom, 0), ==, 2);
}

static void
testGroups(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter given = { .field = VIR_DOMAIN_BLOCK_IOTUNE_READ_IOPS_SEC,
                                .type = VIR_TYPED_PARAM_ULLONG, .value.ul = 100 };

    assertDone(virDomainSetThrottleGroup(host->off, "slow", &given, 1, 0));
    assertSays(inactive(host->off), "<group_name>slow</group_name>");
    assertDone(virDomainDelThrottleGroup(host->off, "slow", 0));
    g_assert_cmpint(virDomainDelThrottleGroup(host->off, "slow", 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
testProtected(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d2", TEST_UUID, "<launchSecurity type='sev'>"
                                      "<policy>0x3</policy></launchSecurity>");
    virTypedParameter secret[2] = {
        { .field = VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET, .type = VIR_TYPED_PARAM_STRING,
          .value.s = (char *) "c2VjcmV0" },
        { .field = VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_HEADER, .type = VIR_TYPED_PARAM_STRING,
          .value.s = (char *) "aGVhZA==" },
    };
    virDomainPtr dom = virDomainDefineXML(host->conn, xml);
    virTypedParameterPtr params;
    const char *text;
    int nparams;

    g_assert_nonnull(dom);
    assertDone(virDomainGetLaunchSecurityInfo(host->dom, &params, &nparams, 0));
    g_assert_cmpint(nparams, ==, 0);
    assertDone(virDomainCreateWithFlags(dom, VIR_DOMAIN_START_PAUSED));
    assertDone(virDomainGetLaunchSecurityInfo(dom, &params, &nparams, 0));
    g_assert_cmpint(virTypedParamsGetString(params, nparams,
                                            VIR_DOMAIN_LAUNCH_SECURITY_SEV_MEASUREMENT, &text), ==,
                    1);
    virTypedParamsFree(params, nparams);
    assertDone(virDomainSetLaunchSecurityState(dom, secret, 2, 0));
    g_assert_cmpint(virDomainSetLaunchSecurityState(dom, secret, 2, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainSetLaunchSecurityState(host->dom, secret, 2, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
    virDomainFree(dom);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("pins", testPins);
    ADD("threads", testThreads);
    ADD("scheduler", testScheduler);
    ADD("memory-limits", testMemory);
    ADD("blkio", testBlkio);
    ADD("numa", testNuma);
    ADD("perf", testPerf);
    ADD("bandwidth", testBandwidth);
    ADD("vcpu-one-by-one", testVcpus);
    ADD("throttle-groups", testGroups);
    ADD("protected", testProtected);
    return g_test_run();
}
