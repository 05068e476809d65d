/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Saved states of domains in files of the caller, and core dumps. */

#define VIR_ENUM_SENTINELS

#include "test_block_job.h"
#include "test_domain_save.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain.h"
#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_image.h"
#include "test_domain_sources.h"

virDocDomain *
testDomainReplaceDocument(const virDocDomain *document, const char *dxml)
{
    virDocDomain *other = testDomainParse(dxml, /* strict= */ false);

    if (other && !virConfDomainIsStable(document, other)) {
        virDocDomainFree(other);
        return NULL;
    }
    return other;
}

/* What a saved state of a running guest holds; the lock is held. NULL with an error raised. */
static testImage *
imageOf(const testDomain *domain, const char *dxml, unsigned int flags)
{
    g_autoptr(virDocDomain) replaced = NULL;
    testImage *image;

    if (dxml) {
        replaced = testDomainReplaceDocument(domain->live, dxml);
        if (!replaced)
            return NULL;
    }
    image = g_new0(testImage, 1);
    image->xml = virDocPrint(&virDocDomainRecord, NULL, replaced ? replaced : domain->live,
                             VIR_DOC_PRINT_SECURE);
    image->paused = domain->state == VIR_DOMAIN_PAUSED;
    if (flags & (VIR_DOMAIN_SAVE_PAUSED | VIR_DOMAIN_SAVE_RUNNING))
        image->paused = flags & VIR_DOMAIN_SAVE_PAUSED;
    return image;
}

/* The guest stands still while a job writes it down; with the lock held. */
static testDomainJob *
beginPaused(testDomain *domain, int operation, int reason)
{
    testDomainJob *job = testDomainJobBegin(domain, operation);

    if (domain->state == VIR_DOMAIN_RUNNING)
        testDomainSetState(domain, VIR_DOMAIN_PAUSED, reason);
    return job;
}

testDomain *
testDomainSaveTo(virDomainPtr handle, testDomain *domain, const char *path, const char *dxml,
                 unsigned int flags)
{
    testHost *host = testHostOf(handle->conn);
    g_autoptr(testImage) image = imageOf(domain, dxml, flags);
    g_autofree char *what = NULL;
    testDomainJob *job;
    int state, reason, written;

    if (!image || !testBlockJobNone(domain, /* disk= */ NULL)) {
        testDomainUnlock(handle);
        return NULL;
    }
    what = g_strdup_printf("saving domain '%s' to '%s'", domain->name, path);
    job = beginPaused(domain, VIR_DOMAIN_JOB_OPERATION_SAVE, VIR_DOMAIN_PAUSED_SAVE);
    state = job->state;
    reason = job->reason;
    testDomainUnlock(handle);
    written = testImageWrite(path, TEST_IMAGE_SAVED, image, flags & VIR_DOMAIN_SAVE_BYPASS_CACHE,
                             what, &job->aborted);
    domain = testDomainJobEnd(host, job, written == 0);
    if (!domain)
        return NULL;
    if (written == 0)
        return domain;
    testDomainSetState(domain, state, reason);
    testDomainUnlock(handle);
    return NULL;
}

static int
save(virDomainPtr handle, const char *to, const char *dxml, unsigned int flags)
{
    testDomain *domain = testDomainLockForChange(handle);

    if (!domain)
        return -1;
    if (!testDomainRequireActive(domain)) {
        testDomainUnlock(handle);
        return -1;
    }
    domain = testDomainSaveTo(handle, domain, to, dxml, flags);
    if (!domain)
        return -1;
    testDomainStop(testHostOf(handle->conn), domain, VIR_DOMAIN_SHUTOFF_SAVED,
                   VIR_DOMAIN_EVENT_STOPPED_SAVED);
    handle->id = -1;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainSaveFlags(virDomainPtr handle, const char *to, const char *dxml, unsigned int flags)
{
    return save(handle, to, dxml, flags);
}

int
testDomainSave(virDomainPtr handle, const char *to)
{
    return save(handle, to, /* dxml= */ NULL, 0);
}

/* Whether parameters of saving and restoring are ones the model can follow; else raises. */
static bool
checkParams(virTypedParameterPtr params, int nparams)
{
    static const char *const known[] = {
        VIR_DOMAIN_SAVE_PARAM_FILE, VIR_DOMAIN_SAVE_PARAM_DXML, VIR_DOMAIN_SAVE_PARAM_IMAGE_FORMAT,
        NULL,
    };
    const char *format;

    if (!virParamsCheck(params, nparams, virDomainSaveKeys, known))
        return false;
    format = virParamsString(params, nparams, VIR_DOMAIN_SAVE_PARAM_IMAGE_FORMAT);
    if (!format || g_str_equal(format, VIR_DOMAIN_SAVE_PARAM_IMAGE_FORMAT_RAW))
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                  "images of the test hypervisor have the format 'raw', not '%s'", format);
    return false;
}

int
testDomainSaveParams(virDomainPtr handle, virTypedParameterPtr params, int nparams,
                     unsigned int flags)
{
    const char *to, *dxml;

    if (!checkParams(params, nparams))
        return -1;
    to = virParamsString(params, nparams, VIR_DOMAIN_SAVE_PARAM_FILE);
    dxml = virParamsString(params, nparams, VIR_DOMAIN_SAVE_PARAM_DXML);
    if (to)
        return save(handle, to, dxml, flags);
    if (dxml) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "a managed image takes no document; parameter '%s' is missing",
                      VIR_DOMAIN_SAVE_PARAM_FILE);
        return -1;
    }
    return testDomainManagedSave(handle, flags);
}

/* The document in an image, or the one that takes its place. */
static virDocDomain *
documentOf(const testImage *image, const char *dxml)
{
    g_autoptr(virDocDomain) document = testDomainParse(image->xml, /* strict= */ false);

    if (!document)
        return NULL;
    return dxml ? testDomainReplaceDocument(document, dxml) : g_steal_pointer(&document);
}

static int
restore(virConnectPtr conn, const char *from, const char *dxml, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autoptr(testImage) image = testImageRead(from, TEST_IMAGE_SAVED,
                                               flags & VIR_DOMAIN_SAVE_BYPASS_CACHE);
    virDocDomain *document = image ? documentOf(image, dxml) : NULL;
    testDomain *domain;

    if (!document)
        return -1;
    if (flags & (VIR_DOMAIN_SAVE_PAUSED | VIR_DOMAIN_SAVE_RUNNING))
        image->paused = flags & VIR_DOMAIN_SAVE_PAUSED;
    g_mutex_lock(&host->lock);
    if (!testSourcesThere(host, document, /* goesOn= */ true)) {
        g_mutex_unlock(&host->lock);
        virDocDomainFree(document);
        return -1;
    }
    domain = testDomainAdoptRunning(host, document);
    if (domain)
        testDomainStartAs(host, domain, VIR_DOMAIN_RUNNING_RESTORED,
                          VIR_DOMAIN_EVENT_STARTED_RESTORED, image->paused);
    g_mutex_unlock(&host->lock);
    return domain ? 0 : -1;
}

int
testDomainRestoreFlags(virConnectPtr conn, const char *from, const char *dxml, unsigned int flags)
{
    return restore(conn, from, dxml, flags);
}

int
testDomainRestore(virConnectPtr conn, const char *from)
{
    return restore(conn, from, /* dxml= */ NULL, 0);
}

int
testDomainRestoreParams(virConnectPtr conn, virTypedParameterPtr params, int nparams,
                        unsigned int flags)
{
    const char *from;

    if (!checkParams(params, nparams))
        return -1;
    from = virParamsString(params, nparams, VIR_DOMAIN_SAVE_PARAM_FILE);
    if (!from) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "parameter '%s' is missing",
                      VIR_DOMAIN_SAVE_PARAM_FILE);
        return -1;
    }
    return restore(conn, from, virParamsString(params, nparams, VIR_DOMAIN_SAVE_PARAM_DXML),
                   flags);
}

char *
testDomainImageDescribe(const char *path, unsigned int flags)
{
    g_autoptr(testImage) image = testImageRead(path, TEST_IMAGE_SAVED, /* bypassCache= */ false);
    g_autoptr(virDocDomain) document = image ? documentOf(image, /* dxml= */ NULL) : NULL;

    if (!document)
        return NULL;
    return virDocPrint(&virDocDomainRecord, NULL, document,
                       VIR_DOC_PRINT_INACTIVE |
                       (flags & VIR_DOMAIN_SAVE_IMAGE_XML_SECURE ? VIR_DOC_PRINT_SECURE : 0));
}

int
testDomainImageChange(const char *path, const char *dxml, unsigned int flags)
{
    g_autoptr(testImage) image = testImageRead(path, TEST_IMAGE_SAVED, /* bypassCache= */ false);
    g_autoptr(virDocDomain) document = image ? documentOf(image, dxml) : NULL;
    g_autofree char *what = g_strdup_printf("changing image '%s'", path);

    if (!document)
        return -1;
    if (flags & (VIR_DOMAIN_SAVE_PAUSED | VIR_DOMAIN_SAVE_RUNNING))
        image->paused = flags & VIR_DOMAIN_SAVE_PAUSED;
    g_free(image->xml);
    image->xml = virDocPrint(&virDocDomainRecord, NULL, document, VIR_DOC_PRINT_SECURE);
    return testImageWrite(path, TEST_IMAGE_SAVED, image, /* bypassCache= */ false, what,
                          /* aborted= */ NULL);
}

char *
testDomainSaveImageGetXMLDesc(virConnectPtr conn G_GNUC_UNUSED, const char *file,
                              unsigned int flags)
{
    return testDomainImageDescribe(file, flags);
}

int
testDomainSaveImageDefineXML(virConnectPtr conn G_GNUC_UNUSED, const char *file, const char *dxml,
                             unsigned int flags)
{

    return testDomainImageChange(file, dxml, flags);
}

/* What follows a dump that was written, with the lock held. */
static void
afterDump(virDomainPtr handle, testDomain *domain, unsigned int flags)
{
    testHost *host = testHostOf(handle->conn);

    if (flags & VIR_DUMP_CRASH) {
        testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_CRASHED, VIR_DOMAIN_EVENT_STOPPED_CRASHED);
        handle->id = -1;
    } else if (flags & VIR_DUMP_RESET) {
        testDomainReboots(host, domain);
    }
}

static int
dump(virDomainPtr handle, testDomain *domain, const char *to, unsigned int flags)
{
    testImage image = { .paused = domain->state == VIR_DOMAIN_PAUSED };
    g_autofree char *xml = NULL;
    g_autofree char *what = g_strdup_printf("domain '%s' coredump: failed to open %s",
                                            domain->name, to);
    testDomainJob *job;
    int state = domain->state, reason = domain->reason, written;

    image.xml = xml = virDocPrint(&virDocDomainRecord, NULL, domain->live, VIR_DOC_PRINT_SECURE);
    job = flags & VIR_DUMP_LIVE ? testDomainJobBegin(domain, VIR_DOMAIN_JOB_OPERATION_DUMP) :
        beginPaused(domain, VIR_DOMAIN_JOB_OPERATION_DUMP, VIR_DOMAIN_PAUSED_DUMP);
    testDomainUnlock(handle);
    written = testImageWrite(to, TEST_IMAGE_DUMP, &image, flags & VIR_DUMP_BYPASS_CACHE, what,
                             &job->aborted);
    domain = testDomainJobEnd(testHostOf(handle->conn), job, written == 0);
    if (!domain)
        return -1;
    testDomainSetState(domain, state, reason);
    if (written == 0)
        afterDump(handle, domain, flags);
    testDomainUnlock(handle);
    return written;
}

int
testDomainCoreDumpWithFormat(virDomainPtr handle, const char *to, unsigned int dumpformat,
                             unsigned int flags)
{
    testDomain *domain;

    if (dumpformat >= VIR_DOMAIN_CORE_DUMP_FORMAT_LAST) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "unknown dump format %u", dumpformat);
        return -1;
    }
    if (dumpformat != VIR_DOMAIN_CORE_DUMP_FORMAT_RAW) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "core dumps of the test hypervisor have the format 'raw'");
        return -1;
    }
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (!testDomainRequireActive(domain)) {
        testDomainUnlock(handle);
        return -1;
    }
    return dump(handle, domain, to, flags);
}

int
testDomainCoreDump(virDomainPtr handle, const char *to, unsigned int flags)
{
    return testDomainCoreDumpWithFormat(handle, to, VIR_DOMAIN_CORE_DUMP_FORMAT_RAW, flags);
}
