/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that start, watch and end the jobs of disks. */

#include <string.h>

#include "client/blockwait.h"
#include "client/commands.h"
#include "client/compose.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

enum { VIRSH_MEBIBYTE = 1024 * 1024 };

/* --bandwidth as the older functions take it: in MiB/s, or in bytes/s with the bit of --bytes. */
static bool virshBandwidth(virshControl *ctl, const virshArguments *arguments,
                           unsigned int bytesBit, unsigned long *bandwidth, unsigned int *flags)
{
    unsigned long long number = 0;

    if (virshFlag(arguments, "bytes")) {
        *flags |= bytesBit;
        if (!virshSize(ctl, arguments, "bandwidth", 1, &number))
            return false;
    } else if (!virshUlong(ctl, arguments, "bandwidth", &number)) {
        return false;
    }
    *bandwidth = (unsigned long)number;
    return true;
}

static bool virshBlockAbort(virshControl *ctl G_GNUC_UNUSED, const virshArguments *arguments,
                            virDomainPtr domain, const char *path)
{
    unsigned int flags = 0;

    flags |= virshFlag(arguments, "async") ? VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC : 0;
    flags |= virshFlag(arguments, "pivot") ? VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT : 0;
    return virDomainBlockJobAbort(domain, path, flags) == 0;
}

static void virshBlockJobReport(virshControl *ctl, const virshArguments *arguments,
                                const virDomainBlockJobInfo *info)
{
    g_autoptr(virshReport) report = virshReportNew(ctl, arguments);

    virshReportRow(report);
    virshPutInt(report, "type", info->type);
    virshPutUint(report, "bandwidth", info->bandwidth);
    virshPutUint(report, "cur", info->cur);
    virshPutUint(report, "end", info->end);
    virshReportEnd(report);
}

static bool virshBlockInfo(virshControl *ctl, const virshArguments *arguments,
                           virDomainPtr domain, const char *path)
{
    bool json = virshWantsJson(arguments), plain = virshFlag(arguments, "raw") || json;
    /* plain values are those of the call, whose unit is chosen; others are shown in the best one */
    unsigned int flags = plain && !virshFlag(arguments, "bytes") ? 0 :
        VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES;
    virDomainBlockJobInfo info;
    unsigned long long bandwidth;
    const char *unit = NULL;
    double value;
    int found = -1;

    /* drivers that know bytes have exact numbers, the others only MiB */
    found = virDomainGetBlockJobInfo(domain, path, &info, flags);
    if (found < 0 && flags && !virshFlag(arguments, "bytes") &&
        virGetLastErrorCode() == VIR_ERR_INVALID_ARG) {
        virshForgetFailure(ctl);
        flags = 0;
        found = virDomainGetBlockJobInfo(domain, path, &info, flags);
    }
    if (found < 0)
        return false;
    if (!found) {
        if (!plain)
            virshError(ctl, "No current block job for %s", path);
        else if (json)
            virshPrint(ctl, "{}\n");
        return true;
    }
    if (plain) {
        virshBlockJobReport(ctl, arguments, &info);
        return true;
    }
    virshBlockProgress(virshBlockJobName(info.type), info.end - info.cur, info.end);
    bandwidth = (unsigned long long)info.bandwidth * (flags ? 1 : VIRSH_MEBIBYTE);
    if (bandwidth) {
        value = virshPretty(bandwidth, &unit);
        virshPrint(ctl, "    Bandwidth limit: %llu bytes/s (%-.3lf %s/s)", bandwidth, value, unit);
    }
    virshPrint(ctl, "\n");
    return true;
}

bool shellBlockjob(virshControl *ctl, const virshArguments *arguments)
{
    const char *path = NULL;
    unsigned long bandwidth = 0;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshString(ctl, arguments, "path", &path))
        return false;
    if (virshAnyFlag(arguments, "abort async pivot"))
        return virshBlockAbort(ctl, arguments, domain, path);
    if (!virshFlag(arguments, "bandwidth"))
        return virshBlockInfo(ctl, arguments, domain, path);
    if (!virshBandwidth(ctl, arguments, VIR_DOMAIN_BLOCK_JOB_SPEED_BANDWIDTH_BYTES, &bandwidth,
                        &flags))
        return false;
    return virDomainBlockJobSetSpeed(domain, path, bandwidth, flags) == 0;
}

bool shellBlockpull(virshControl *ctl, const virshArguments *arguments)
{
    const char *path = NULL, *base = NULL;
    unsigned long bandwidth = 0;
    unsigned int flags = 0;
    virshBlockWait *wait = NULL;
    bool good = false;
    g_autoptr(virshDomain) domain = NULL;

    if (!virshBlockTimeoutGood(ctl, arguments) || !virshString(ctl, arguments, "path", &path) ||
        !virshString(ctl, arguments, "base", &base) ||
        !virshBandwidth(ctl, arguments, VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES, &bandwidth, &flags))
        return false;
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain)
        return false;
    if (virshFlag(arguments, "keep-relative"))
        flags |= VIR_DOMAIN_BLOCK_REBASE_RELATIVE;
    if (virshAnyFlag(arguments, "wait timeout"))
        wait = virshBlockWaitNew(ctl, arguments, domain, path, "Block Pull");
    if (base || (flags & VIR_DOMAIN_BLOCK_REBASE_RELATIVE)) {
        if (flags & VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES)
            flags |= VIR_DOMAIN_BLOCK_REBASE_BANDWIDTH_BYTES;
        good = virDomainBlockRebase(domain, path, base, bandwidth, flags) == 0;
    } else {
        good = virDomainBlockPull(domain, path, bandwidth, flags) == 0;
    }
    if (good && !wait)
        virshExtra(ctl, "Block Pull started");
    else if (good)
        good = virshBlockWaitEnd(wait, "Pull", NULL);
    virshBlockWaitFree(wait);
    return good;
}

bool shellBlockcommit(virshControl *ctl, const virshArguments *arguments)
{
    static const virshOptionBit bits[] = {
        { "shallow", VIR_DOMAIN_BLOCK_COMMIT_SHALLOW },
        { "delete", VIR_DOMAIN_BLOCK_COMMIT_DELETE },
        { "active", VIR_DOMAIN_BLOCK_COMMIT_ACTIVE },
        { "pivot", VIR_DOMAIN_BLOCK_COMMIT_ACTIVE },
        { "keep-overlay", VIR_DOMAIN_BLOCK_COMMIT_ACTIVE },
        { "keep-relative", VIR_DOMAIN_BLOCK_COMMIT_RELATIVE },
    };
    unsigned int flags = virshOptionBits(arguments, bits, G_N_ELEMENTS(bits));
    const char *path = NULL, *base = NULL, *top = NULL;
    unsigned long bandwidth = 0;
    virshBlockWait *wait = NULL;
    bool good;
    g_autoptr(virshDomain) domain = NULL;

    if (!virshBlockTimeoutGood(ctl, arguments) || !virshString(ctl, arguments, "path", &path) ||
        !virshString(ctl, arguments, "base", &base) ||
        !virshString(ctl, arguments, "top", &top) ||
        !virshBandwidth(ctl, arguments, VIR_DOMAIN_BLOCK_COMMIT_BANDWIDTH_BYTES, &bandwidth,
                        &flags))
        return false;
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain)
        return false;
    if (virshAnyFlag(arguments, "wait timeout pivot keep-overlay"))
        wait = virshBlockWaitNew(ctl, arguments, domain, path, "Block commit");
    good = virDomainBlockCommit(domain, path, base, top, bandwidth, flags) == 0;
    if (good && !wait)
        virshExtra(ctl, flags & VIR_DOMAIN_BLOCK_COMMIT_ACTIVE ? "Active Block Commit started"
                                                               : "Block Commit started");
    else if (good)
        good = virshBlockWaitEnd(wait, "Commit", "keep-overlay");
    virshBlockWaitFree(wait);
    return good;
}

/* The document of the copy's disk, from --xml or from the options. */
static char *virshCopyDocument(virshControl *ctl, const virshArguments *arguments)
{
    const char *xml = virshText(arguments, "xml");
    bool block = virshFlag(arguments, "blockdev");
    GString *out;

    if (xml)
        return virshReadFile(ctl, xml);
    out = g_string_new(NULL);
    g_string_append_printf(out, "<disk type='%s'>\n", block ? "block" : "file");
    virshComposeIf(out, block ? "  <source dev='%s'/>\n" : "  <source file='%s'/>\n",
                   virshText(arguments, "dest"));
    virshComposeIf(out, "  <driver type='%s'/>\n", virshText(arguments, "format"));
    g_string_append(out, "</disk>\n");
    return g_string_free(out, /* free_segment= */ FALSE);
}

/* The parameters of virDomainBlockCopy; its bandwidth is always in bytes. */
static bool virshCopyParameters(virshControl *ctl, const virshArguments *arguments,
                                virTypedParameterPtr *fields, int *count)
{
    unsigned long long bandwidth = 0, buffer = 0;
    unsigned int granularity = 0;
    int room = 0;

    if (!(virshFlag(arguments, "bytes") ? virshSize(ctl, arguments, "bandwidth", 1, &bandwidth)
                                        : virshUlong(ctl, arguments, "bandwidth", &bandwidth)) ||
        !virshUint(ctl, arguments, "granularity", &granularity) ||
        !virshUlong(ctl, arguments, "buf-size", &buffer))
        return false;
    if (!virshFlag(arguments, "bytes")) {
        if (bandwidth > G_MAXUINT64 / VIRSH_MEBIBYTE) {
            virshError(ctl, "bandwidth must be less than %llu",
                       (unsigned long long)(G_MAXUINT64 / VIRSH_MEBIBYTE));
            return false;
        }
        bandwidth *= VIRSH_MEBIBYTE;
    }
    return (!bandwidth || virTypedParamsAddULLong(fields, count, &room,
                                                  VIR_DOMAIN_BLOCK_COPY_BANDWIDTH,
                                                  bandwidth) == 0) &&
           (!granularity || virTypedParamsAddUInt(fields, count, &room,
                                                  VIR_DOMAIN_BLOCK_COPY_GRANULARITY,
                                                  granularity) == 0) &&
           (!buffer || virTypedParamsAddULLong(fields, count, &room,
                                               VIR_DOMAIN_BLOCK_COPY_BUF_SIZE, buffer) == 0);
}

static int virshCopyStart(virshControl *ctl, const virshArguments *arguments,
                          virDomainPtr domain, const char *path, const char *text)
{
    static const virshOptionBit bits[] = {
        { "shallow", VIR_DOMAIN_BLOCK_COPY_SHALLOW },
        { "reuse-external", VIR_DOMAIN_BLOCK_COPY_REUSE_EXT },
        { "transient-job", VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB },
        { "synchronous-writes", VIR_DOMAIN_BLOCK_COPY_SYNCHRONOUS_WRITES },
        { "target-is-zero", VIR_DOMAIN_BLOCK_COPY_TARGET_ZEROED },
    };
    unsigned int flags = virshOptionBits(arguments, bits, G_N_ELEMENTS(bits));
    virTypedParameterPtr fields = NULL;
    unsigned long bandwidth = 0;
    int count = 0;
    int result = -1;

    /* what the older function can say goes through it, for the sake of older drivers */
    if (!virshAnyFlag(arguments, "xml granularity buf-size transient-job synchronous-writes "
                                 "target-is-zero")) {
        flags |= VIR_DOMAIN_BLOCK_REBASE_COPY;
        flags |= virshFlag(arguments, "blockdev") ? VIR_DOMAIN_BLOCK_REBASE_COPY_DEV : 0;
        flags |= g_strcmp0(virshText(arguments, "format"), "raw") == 0
                     ? VIR_DOMAIN_BLOCK_REBASE_COPY_RAW
                     : 0;
        if (!virshBandwidth(ctl, arguments, VIR_DOMAIN_BLOCK_REBASE_BANDWIDTH_BYTES, &bandwidth,
                            &flags))
            return -1;
        return virDomainBlockRebase(domain, path, virshText(arguments, "dest"), bandwidth, flags);
    }
    if (virshCopyParameters(ctl, arguments, &fields, &count))
        result = virDomainBlockCopy(domain, path, text, fields, count, flags);
    virTypedParamsFree(fields, count);
    return result;
}

bool shellBlockcopy(virshControl *ctl, const virshArguments *arguments)
{
    const char *path = NULL;
    g_autofree char *text = NULL;
    virshBlockWait *wait = NULL;
    bool good;
    g_autoptr(virshDomain) domain = NULL;

    if (!virshBlockTimeoutGood(ctl, arguments) || !virshString(ctl, arguments, "path", &path))
        return false;
    if (!virshAnyFlag(arguments, "dest xml")) {
        virshError(ctl, "need either --dest or --xml");
        return false;
    }
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    text = domain ? virshCopyDocument(ctl, arguments) : NULL;
    if (!text)
        return false;
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    if (virshAnyFlag(arguments, "wait timeout pivot finish"))
        wait = virshBlockWaitNew(ctl, arguments, domain, path, "Block Copy");
    good = virshCopyStart(ctl, arguments, domain, path, text) == 0;
    if (good && !wait)
        virshExtra(ctl, "Block Copy started");
    else if (good)
        good = virshBlockWaitEnd(wait, "Copy", "finish");
    virshBlockWaitFree(wait);
    return good;
}

bool shellBlockresize(virshControl *ctl, const virshArguments *arguments)
{
    const char *path = NULL;
    unsigned long long size = 0;
    unsigned int flags = virshFlag(arguments, "extend") ? VIR_DOMAIN_BLOCK_RESIZE_EXTEND : 0;
    g_autoptr(virshDomain) domain = NULL;

    if (virshFlag(arguments, "size") == virshFlag(arguments, "capacity")) {
        virshError(ctl, virshFlag(arguments, "size")
                            ? "Options --size and --capacity are mutually exclusive"
                            : "command 'blockresize' requires <size> option");
        return false;
    }
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain || !virshString(ctl, arguments, "path", &path) ||
        !virshSize(ctl, arguments, "size", 1024, &size))
        return false;
    if (virshFlag(arguments, "capacity"))
        flags |= VIR_DOMAIN_BLOCK_RESIZE_CAPACITY;
    /* KiB where nothing is lost by it: older drivers know no other unit */
    if (size % 1024 == 0)
        size /= 1024;
    else
        flags |= VIR_DOMAIN_BLOCK_RESIZE_BYTES;
    if (virDomainBlockResize(domain, path, size, flags) < 0) {
        virshError(ctl, "Failed to resize block device '%s'", path);
        return false;
    }
    virshExtra(ctl, "Block device '%s' is resized\n", path);
    return true;
}
