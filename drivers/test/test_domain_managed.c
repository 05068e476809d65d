/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Saved states that the host keeps, and that the next start goes on with. */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_image.h"
#include "test_domain_save.h"
#include "test_domain_sources.h"

/* Where the image of a domain is kept; NULL with an error raised. The lock is held. */
static char *
managedPath(testHost *host, const testDomain *domain)
{
    char text[VIR_UUID_STRING_BUFLEN];
    g_autoptr(GError) error = NULL;

    if (!host->domains->folder) {
        host->domains->folder = g_dir_make_tmp("libvirt-test-XXXXXX", &error);
        if (!host->domains->folder) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_SYSTEM_ERROR,
                          "cannot make a folder for managed images: %s", error->message);
            return NULL;
        }
    }
    virUUIDFormat(domain->uuid, text);
    return g_strdup_printf("%s/%s.save", host->domains->folder, text);
}

void
testDomainDropManaged(testDomain *domain)
{
    unlink(domain->managedSave);
    g_clear_pointer(&domain->managedSave, g_free);
}

int
testDomainStartManaged(testHost *host, testDomain *domain, bool paused, bool bypassCache)
{
    g_autoptr(testImage) image = testImageRead(domain->managedSave, TEST_IMAGE_SAVED, bypassCache);
    virDocDomain *document = image ? testDomainParse(image->xml, /* strict= */ false) : NULL;

    if (!document)
        return -1;
    if (!testSourcesThere(host, document, /* goesOn= */ true)) {
        virDocDomainFree(document);
        return -1;
    }
    /* The guest goes on as it was; its definition stays what it is. */
    domain->next = domain->live;
    domain->live = document;
    testDomainDropManaged(domain);
    testDomainStartAs(host, domain, VIR_DOMAIN_RUNNING_RESTORED,
                      VIR_DOMAIN_EVENT_STARTED_RESTORED, paused || image->paused);
    return 0;
}

int
testDomainManagedSave(virDomainPtr handle, unsigned int flags)
{
    testHost *host = testHostOf(handle->conn);
    g_autofree char *path = NULL;
    testDomain *domain;

    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (!testDomainRequireActive(domain))
        goto refused;
    if (!domain->persistent) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot do managed save for transient domain");
        goto refused;
    }
    path = managedPath(host, domain);
    if (!path)
        goto refused;
    domain = testDomainSaveTo(handle, domain, path, /* dxml= */ NULL, flags);
    if (!domain)
        return -1;
    /* A guest restored from elsewhere still has its older image; this one replaced the file. */
    g_free(domain->managedSave);
    domain->managedSave = g_steal_pointer(&path);
    testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_SAVED, VIR_DOMAIN_EVENT_STOPPED_SAVED);
    handle->id = -1;
    testDomainUnlock(handle);
    return 0;

refused:
    testDomainUnlock(handle);
    return -1;
}

int
testDomainHasManagedSaveImage(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    int ret;

    if (!domain)
        return -1;
    ret = domain->managedSave != NULL;
    testDomainUnlock(handle);
    return ret;
}

int
testDomainManagedSaveRemove(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockForChange(handle);

    if (!domain)
        return -1;
    if (domain->managedSave)
        testDomainDropManaged(domain);
    testDomainUnlock(handle);
    return 0;
}

/* The path of an existing image, copied; NULL unlocked with an error raised, else locked. */
static char *
lockManaged(virDomainPtr handle)
{
    testDomain *domain = testDomainLockForChange(handle);

    if (!domain)
        return NULL;
    if (domain->managedSave)
        return g_strdup(domain->managedSave);
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                  "domain '%s' does not have managed save image", domain->name);
    testDomainUnlock(handle);
    return NULL;
}

char *
testDomainManagedSaveGetXMLDesc(virDomainPtr handle, unsigned int flags)
{
    g_autofree char *path = lockManaged(handle);
    char *text;

    if (!path)
        return NULL;
    text = testDomainImageDescribe(path, flags);
    testDomainUnlock(handle);
    return text;
}

int
testDomainManagedSaveDefineXML(virDomainPtr handle, const char *dxml, unsigned int flags)
{
    g_autofree char *path = NULL;
    int ret;

    path = lockManaged(handle);
    if (!path)
        return -1;
    ret = testDomainImageChange(path, dxml, flags);
    testDomainUnlock(handle);
    return ret;
}
