/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moving domains between hosts. */

#include <stdlib.h>
#include <string.h>

#include "client/commands.h"
#include "client/completers.h"
#include "client/job.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

static const virshOptionBit migrateBits[] = {
    { "live", VIR_MIGRATE_LIVE },
    { "offline", VIR_MIGRATE_OFFLINE },
    { "p2p", VIR_MIGRATE_PEER2PEER },
    { "tunnelled", VIR_MIGRATE_TUNNELLED },
    { "persistent", VIR_MIGRATE_PERSIST_DEST },
    { "undefinesource", VIR_MIGRATE_UNDEFINE_SOURCE },
    { "suspend", VIR_MIGRATE_PAUSED },
    { "copy-storage-all", VIR_MIGRATE_NON_SHARED_DISK },
    { "copy-storage-inc", VIR_MIGRATE_NON_SHARED_INC },
    { "copy-storage-synchronous-writes", VIR_MIGRATE_NON_SHARED_SYNCHRONOUS_WRITES },
    { "change-protection", VIR_MIGRATE_CHANGE_PROTECTION },
    { "unsafe", VIR_MIGRATE_UNSAFE },
    { "compressed", VIR_MIGRATE_COMPRESSED },
    { "auto-converge", VIR_MIGRATE_AUTO_CONVERGE },
    { "rdma-pin-all", VIR_MIGRATE_RDMA_PIN_ALL },
    { "abort-on-error", VIR_MIGRATE_ABORT_ON_ERROR },
    { "postcopy", VIR_MIGRATE_POSTCOPY },
    { "postcopy-resume", VIR_MIGRATE_POSTCOPY_RESUME },
    { "zerocopy", VIR_MIGRATE_ZEROCOPY },
    { "tls", VIR_MIGRATE_TLS },
    { "parallel", VIR_MIGRATE_PARALLEL },
};

/* Options that are parameters of the migration as they are. */
typedef struct {
    const char *option;
    const char *key;
    int type;
} virshMigrateOption;

static const virshMigrateOption migrateOptions[] = {
    { "migrateuri", VIR_MIGRATE_PARAM_URI, VIR_TYPED_PARAM_STRING },
    { "graphicsuri", VIR_MIGRATE_PARAM_GRAPHICS_URI, VIR_TYPED_PARAM_STRING },
    { "listen-address", VIR_MIGRATE_PARAM_LISTEN_ADDRESS, VIR_TYPED_PARAM_STRING },
    { "dname", VIR_MIGRATE_PARAM_DEST_NAME, VIR_TYPED_PARAM_STRING },
    { "disks-port", VIR_MIGRATE_PARAM_DISKS_PORT, VIR_TYPED_PARAM_INT },
    { "disks-uri", VIR_MIGRATE_PARAM_DISKS_URI, VIR_TYPED_PARAM_STRING },
    { "comp-mt-level", VIR_MIGRATE_PARAM_COMPRESSION_MT_LEVEL, VIR_TYPED_PARAM_INT },
    { "comp-mt-threads", VIR_MIGRATE_PARAM_COMPRESSION_MT_THREADS, VIR_TYPED_PARAM_INT },
    { "comp-mt-dthreads", VIR_MIGRATE_PARAM_COMPRESSION_MT_DTHREADS, VIR_TYPED_PARAM_INT },
    { "comp-xbzrle-cache", VIR_MIGRATE_PARAM_COMPRESSION_XBZRLE_CACHE, VIR_TYPED_PARAM_ULLONG },
    { "auto-converge-initial", VIR_MIGRATE_PARAM_AUTO_CONVERGE_INITIAL, VIR_TYPED_PARAM_INT },
    { "auto-converge-increment", VIR_MIGRATE_PARAM_AUTO_CONVERGE_INCREMENT, VIR_TYPED_PARAM_INT },
    { "postcopy-bandwidth", VIR_MIGRATE_PARAM_BANDWIDTH_POSTCOPY, VIR_TYPED_PARAM_ULLONG },
    { "parallel-connections", VIR_MIGRATE_PARAM_PARALLEL_CONNECTIONS, VIR_TYPED_PARAM_INT },
    { "bandwidth", VIR_MIGRATE_PARAM_BANDWIDTH, VIR_TYPED_PARAM_ULLONG },
    { "tls-destination", VIR_MIGRATE_PARAM_TLS_DESTINATION, VIR_TYPED_PARAM_STRING },
    { "comp-zlib-level", VIR_MIGRATE_PARAM_COMPRESSION_ZLIB_LEVEL, VIR_TYPED_PARAM_INT },
    { "comp-zstd-level", VIR_MIGRATE_PARAM_COMPRESSION_ZSTD_LEVEL, VIR_TYPED_PARAM_INT },
    { "available-switchover-bandwidth", VIR_MIGRATE_PARAM_BANDWIDTH_AVAIL_SWITCHOVER,
      VIR_TYPED_PARAM_ULLONG },
};

typedef struct {
    virTypedParameterPtr fields;
    int count;
    int room;
    unsigned int flags;
    bool direct;
    const char *uri;
    virConnectPtr target; /* NULL: the hosts do it among themselves */
} virshMigration;

static bool virshMigrateOne(virshControl *ctl, const virshArguments *arguments,
                            const virshMigrateOption *option, virshMigration *move)
{
    const char *text = NULL;
    unsigned long long large = 0;
    int number = 0;

    if (!virshFlag(arguments, option->option))
        return true;
    switch (option->type) {
    case VIR_TYPED_PARAM_INT:
        return virshInt(ctl, arguments, option->option, &number) &&
               virTypedParamsAddInt(&move->fields, &move->count, &move->room, option->key,
                                    number) == 0;
    case VIR_TYPED_PARAM_ULLONG:
        return virshUlong(ctl, arguments, option->option, &large) &&
               virTypedParamsAddULLong(&move->fields, &move->count, &move->room, option->key,
                                       large) == 0;
    }
    return virshString(ctl, arguments, option->option, &text) &&
           virTypedParamsAddString(&move->fields, &move->count, &move->room, option->key,
                                   text) == 0;
}

/* A document of an option as a parameter. */
static bool virshMigrateDocument(virshControl *ctl, const virshArguments *arguments,
                                 const char *option, const char *key, virshMigration *move)
{
    const char *file = NULL;
    g_autofree char *text = NULL;

    if (!virshString(ctl, arguments, option, &file))
        return false;
    if (!file)
        return true;
    text = virshReadFile(ctl, file);
    if (!text) {
        virshError(ctl, "cannot read file '%s'", file);
        return false;
    }
    return virTypedParamsAddString(&move->fields, &move->count, &move->room, key, text) == 0;
}

/* Words of an option, separated by commas, as parameters of the same key. */
static bool virshMigrateList(virshControl *ctl, const virshArguments *arguments,
                             const char *option, const char *key, virshMigration *move)
{
    const char *text = NULL;
    g_auto(GStrv) words = NULL;

    if (!virshString(ctl, arguments, option, &text))
        return false;
    if (!text)
        return true;
    words = g_strsplit(text, ",", -1);
    return virTypedParamsAddStringList(&move->fields, &move->count, &move->room, key,
                                       (const char **)words) == 0;
}

static bool virshMigrateParameters(virshControl *ctl, const virshArguments *arguments,
                                   virshMigration *move)
{
    for (size_t i = 0; i < G_N_ELEMENTS(migrateOptions); i++)
        if (!virshMigrateOne(ctl, arguments, &migrateOptions[i], move))
            return false;
    return virshMigrateDocument(ctl, arguments, "xml", VIR_MIGRATE_PARAM_DEST_XML, move) &&
           virshMigrateDocument(ctl, arguments, "persistent-xml",
                                VIR_MIGRATE_PARAM_PERSIST_XML, move) &&
           virshMigrateList(ctl, arguments, "migrate-disks", VIR_MIGRATE_PARAM_MIGRATE_DISKS,
                            move) &&
           virshMigrateList(ctl, arguments, "migrate-disks-detect-zeroes",
                            VIR_MIGRATE_PARAM_MIGRATE_DISKS_DETECT_ZEROES, move) &&
           virshMigrateList(ctl, arguments, "migrate-disks-target-is-zero",
                            VIR_MIGRATE_PARAM_MIGRATE_DISKS_TARGET_ZERO, move) &&
           virshMigrateList(ctl, arguments, "comp-methods", VIR_MIGRATE_PARAM_COMPRESSION, move);
}

static int virshMigrateJob(virDomainPtr domain, void *opaque)
{
    virshMigration *move = opaque;
    virDomainPtr moved;

    if (!move->target)
        return virDomainMigrateToURI3(domain, move->direct ? NULL : move->uri, move->fields,
                                      (unsigned int)move->count, move->flags);
    moved = virDomainMigrate3(domain, move->target, move->fields, (unsigned int)move->count,
                              move->flags);
    if (!moved)
        return -1;
    virDomainFree(moved);
    return 0;
}

/* Opens the other host, unless the source host does that itself. */
static bool virshMigrateTarget(virshControl *ctl, const virshArguments *arguments,
                               virshMigration *move)
{
    if (!virshString(ctl, arguments, "desturi", &move->uri))
        return false;
    move->direct = virshFlag(arguments, "direct");
    if (move->direct || (move->flags & VIR_MIGRATE_PEER2PEER)) {
        /* a direct migration has no other URI than that for the data */
        return !move->direct || virshFlag(arguments, "migrateuri") ||
               virTypedParamsAddString(&move->fields, &move->count, &move->room,
                                       VIR_MIGRATE_PARAM_URI, move->uri) == 0;
    }
    move->target = virConnectOpenAuth(move->uri, virConnectAuthPtrDefault, 0);
    return move->target != NULL;
}

/* What --timeout does when the time is over. */
static void virshMigrateLate(virDomainPtr domain, void *opaque)
{
    const virshArguments *arguments = opaque;

    if (virshFlag(arguments, "timeout-postcopy"))
        virDomainMigrateStartPostCopy(domain, 0);
    else
        virDomainSuspend(domain);
}

bool shellMigrate(virshControl *ctl, const virshArguments *arguments)
{
    virshMigration move = { 0 };
    virshJobLimit limit = { .late = virshMigrateLate, .opaque = (void *)arguments };
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    bool good;

    if (!domain || !virshUint(ctl, arguments, "timeout", &limit.seconds))
        return false;
    if (virshFlag(arguments, "timeout") && !virshFlag(arguments, "live")) {
        virshError(ctl, "migrate: Unexpected timeout for offline migration");
        return false;
    }
    limit.postcopy = virshFlag(arguments, "postcopy-after-precopy");
    move.flags = virshOptionBits(arguments, migrateBits, G_N_ELEMENTS(migrateBits));
    good = virshMigrateParameters(ctl, arguments, &move) &&
           virshMigrateTarget(ctl, arguments, &move);
    good = good && virshJobRunLimited(ctl, arguments, domain, "Migration", virshMigrateJob, &move,
                                      &limit) == 0;
    virTypedParamsFree(move.fields, move.count);
    if (move.target)
        virConnectClose(move.target);
    return good;
}

bool shellMigrateCompcache(virshControl *ctl, const virshArguments *arguments)
{
    unsigned long long size = 0;
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshUlong(ctl, arguments, "size", &size))
        return false;
    if (virshFlag(arguments, "size") &&
        virDomainMigrateSetCompressionCache(domain, size, 0) < 0)
        return false;
    if (virDomainMigrateGetCompressionCache(domain, &size, 0) < 0)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutUint(report, "size", size);
    return virshReportEnd(report);
}

bool shellDomdirtyrateCalc(virshControl *ctl, const virshArguments *arguments)
{
    static const char *const modes[] = { "page-sampling", "dirty-bitmap", "dirty-ring", NULL };
    static const unsigned int bits[] = { VIR_DOMAIN_DIRTYRATE_MODE_PAGE_SAMPLING,
                                         VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_BITMAP,
                                         VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_RING };
    const char *mode = NULL;
    int seconds = 1;
    int index = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshInt(ctl, arguments, "seconds", &seconds) ||
        !virshString(ctl, arguments, "mode", &mode))
        return false;
    if (mode)
        index = virshWordIndex(modes, mode);
    if (index < 0) {
        virshError(ctl, "Unknown calculation mode '%s'", mode);
        return false;
    }
    if (virDomainStartDirtyRateCalc(domain, seconds, bits[index]) < 0)
        return false;
    virshExtra(ctl, "Start to calculate domain's memory dirty rate successfully.\n");
    return true;
}

void offerCompression(virshControl *ctl G_GNUC_UNUSED,
                      const virshArguments *arguments G_GNUC_UNUSED, GPtrArray *found,
                      const char *prefix)
{
    virshOfferWords(found, prefix, "mt xbzrle zlib zstd");
}
