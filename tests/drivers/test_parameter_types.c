/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every typed parameter that comes out is one that the specification declares, with its type. */

#define VIR_ENUM_SENTINELS

#include <glib/gstdio.h>

#include "runtime/tables.h"

#include "drivers/domain.h"

/* The name with its indexes written as %u, as the tables of the specification have it. */
static char *
withoutIndexes(const char *name)
{
    g_autoptr(GRegex) indexes = g_regex_new("(?<=\\.)[0-9]+(?=\\.|$)|(?<=pin)[0-9]+$", 0, 0, NULL);

    return g_regex_replace_literal(indexes, name, -1, 0, "%u", 0, NULL);
}

static void
assertDeclared(const virTypedParameter *params, int nparams, const virParameterKey *keys)
{
    g_assert_cmpint(nparams, >, 0);
    for (int i = 0; i < nparams; i++) {
        g_autofree char *name = withoutIndexes(params[i].field);
        const virParameterKey *key = keys;

        while (key->name && !g_str_equal(key->name, name))
            key++;
        if (!key->name)
            g_error("%s (%s) is not in the specification", params[i].field, name);
        if (key->type != params[i].type)
            g_error("%s has type %d; declared is %d", params[i].field, params[i].type, key->type);
    }
}

typedef int (*getParameters)(virDomainPtr dom, virTypedParameterPtr params, int *nparams,
                             unsigned int flags);

static void
testLimits(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        getParameters get;
        const virParameterKey *keys;
        int count;              /* where the function does not tell it */
    } rows[] = {
        { virDomainGetMemoryParameters, virDomainMemoryKeys, 0 },
        { virDomainGetBlkioParameters, virDomainBlkioKeys, 0 },
        { virDomainGetNumaParameters, virDomainNumaKeys, 0 },
        { virDomainGetSchedulerParametersFlags, virDomainSchedulerKeys, 1 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        virTypedParameter params[32];
        int nparams = rows[i].count;

        if (!nparams)
            assertDone(rows[i].get(host->dom, NULL, &nparams, 0));
        assertDone(rows[i].get(host->dom, params, &nparams, VIR_TYPED_PARAM_STRING_OKAY));
        assertDeclared(params, nparams, rows[i].keys);
        virTypedParamsClear(params, nparams);
    }
}

typedef int (*getDeviceParameters)(virDomainPtr dom, const char *device,
                                   virTypedParameterPtr params, int *nparams, unsigned int flags);

static void
testDevices(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        getDeviceParameters get;
        const char *device;
        const virParameterKey *keys;
    } rows[] = {
        { virDomainBlockStatsFlags, "vda", virDomainBlockStatsKeys },
        { virDomainGetBlockIoTune, "vda", virDomainBlockIotuneKeys },
        { virDomainGetInterfaceParameters, "testnet0", virDomainBandwidthKeys },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        virTypedParameter params[32];
        int nparams = 0;

        assertDone(rows[i].get(host->dom, rows[i].device, NULL, &nparams, 0));
        assertDone(rows[i].get(host->dom, rows[i].device, params, &nparams,
                               VIR_TYPED_PARAM_STRING_OKAY));
        assertDeclared(params, nparams, rows[i].keys);
        virTypedParamsClear(params, nparams);
    }
}

static void
testProcessors(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameter params[8];
    virTypedParameterPtr events = NULL;
    int count;

    count = virDomainGetCPUStats(host->dom, params, 4, -1, 1, 0);
    assertDeclared(params, count, virDomainCPUStatsKeys);
    assertDone(virDomainGetPerfEvents(host->dom, &events, &count, 0));
    assertDeclared(events, count, virPerfKeys);
    virTypedParamsFree(events, count);
}

static void
testGuest(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameterPtr params = NULL;
    int nparams = 0;

    assertDone(virDomainGetGuestInfo(host->dom, 0, &params, &nparams, 0));
    assertDeclared(params, nparams, virDomainGuestInfoKeys);
    virTypedParamsFree(params, nparams);
}

static void
testRecords(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainStatsRecordPtr *records = NULL;
    int count;

    assertDone(virDomainAddIOThread(host->dom, 1, VIR_DOMAIN_AFFECT_LIVE));
    assertDone(virDomainStartDirtyRateCalc(host->dom, 1, 0));
    count = virConnectGetAllDomainStats(host->conn, 0, &records,
                                        VIR_CONNECT_GET_ALL_DOMAINS_STATS_BACKING);
    g_assert_cmpint(count, ==, 2);
    for (int i = 0; i < count; i++)
        assertDeclared(records[i]->params, records[i]->nparams, virDomainStatsKeys);
    virDomainStatsRecordListFree(records);
    count = virConnectGetAllDomainStats(host->conn, VIR_DOMAIN_STATS_DIRTYRATE, &records,
                                        VIR_CONNECT_GET_ALL_DOMAINS_STATS_RUNNING);
    g_assert_cmpint(count, ==, 1);
    assertDeclared(records[0]->params, records[0]->nparams, virDomainStatsKeys);
    virDomainStatsRecordListFree(records);
}

static void
testJob(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "parameter-types.save", NULL);
    virTypedParameterPtr params = NULL;
    int type, nparams = 0;

    assertDone(virDomainSave(host->dom, path));
    assertDone(virDomainRestore(host->conn, path));
    g_remove(path);
    assertDone(virDomainGetJobStats(host->dom, &type, &params, &nparams,
                                    VIR_DOMAIN_JOB_STATS_COMPLETED));
    assertDeclared(params, nparams, virDomainJobKeys);
    virTypedParamsFree(params, nparams);
}

/* What was heard about processors: name=value;... */
static GString *tuned;

static void
checkTuned(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED,
           virTypedParameterPtr params, int nparams, void *opaque)
{
    assertDeclared(params, nparams, virDomainTunableKeys);
    if (!tuned)
        tuned = g_string_new(NULL);
    for (int i = 0; i < nparams; i++) {
        if (!g_str_has_prefix(params[i].field, "cputune."))
            continue;
        if (params[i].type == VIR_TYPED_PARAM_STRING)
            g_string_append_printf(tuned, "%s=%s;", params[i].field, params[i].value.s);
        else
            g_string_append_printf(tuned, "%s=%llu;", params[i].field, params[i].value.ul);
    }
    *(int *) opaque += nparams;
}

/* What listeners of a running guest hear when one is tuned in another way. */
static void
testTunable(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virTypedParameterPtr params = NULL;
    virTypedParameter weight = { .type = VIR_TYPED_PARAM_UINT };
    unsigned char cpus = 0x0b;
    int nparams = 0, room = 0, seen = 0;

    g_strlcpy(weight.field, VIR_DOMAIN_SCHEDULER_WEIGHT, sizeof(weight.field));
    weight.value.ui = 70;
    assertDone(virTypedParamsAddULLong(&params, &nparams, &room,
                                       VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_BYTES_SEC, 4096));
    assertDone(virConnectDomainEventRegisterAny(host->conn, host->dom, VIR_DOMAIN_EVENT_ID_TUNABLE,
                                                VIR_DOMAIN_EVENT_CALLBACK(checkTuned), &seen, NULL));
    assertDone(virDomainSetBlockIoTune(host->dom, "vda", params, nparams, VIR_DOMAIN_AFFECT_LIVE));
    virTypedParamsFree(params, nparams);
    assertEvents(host, "");
    g_assert_cmpint(seen, ==, 2);
    assertDone(virDomainAddIOThread(host->dom, 1, VIR_DOMAIN_AFFECT_LIVE));
    assertDone(virDomainPinVcpu(host->dom, 0, &cpus, 1));
    assertDone(virDomainPinEmulator(host->dom, &cpus, 1, VIR_DOMAIN_AFFECT_CURRENT));
    assertDone(virDomainPinIOThread(host->dom, 1, &cpus, 1, VIR_DOMAIN_AFFECT_LIVE));
    assertDone(virDomainSetSchedulerParameters(host->dom, &weight, 1));
    assertEvents(host, "");
    g_assert_cmpint(seen, ==, 6);
    g_assert_cmpstr(tuned->str, ==, "cputune.vcpupin0=0-1,3;cputune.emulatorpin=0-1,3;"
                                    "cputune.iothreadpin1=0-1,3;cputune.cpu_shares=70;");
    /* What holds from the next start on is no news of the guest that runs. */
    assertDone(virDomainPinVcpuFlags(host->dom, 0, &cpus, 1, VIR_DOMAIN_AFFECT_CONFIG));
    assertEvents(host, "");
    g_assert_cmpint(seen, ==, 6);
    g_string_free(tuned, TRUE);
    tuned = NULL;
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("parameters/limits", testLimits);
    ADD("parameters/devices", testDevices);
    ADD("parameters/processors", testProcessors);
    ADD("parameters/guest", testGuest);
    ADD("parameters/records", testRecords);
    ADD("parameters/job", testJob);
    ADD("parameters/tunable", testTunable);
    return g_test_run();
}
