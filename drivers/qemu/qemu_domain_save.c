/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guests in files: saved, restored, and kept for the next start. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "document/print.h"
#include "driver/qemu.h"
#include "qemu_image.h"
#include "qemu_process.h"
#include "qemu_script.h"
#include "qemu_progress.h"
#include "runtime/error.h"
#include "runtime/objects.h"

static bool
stopGuest(qemuDomain *domain, int reason)
{
    g_autoptr(json_object) result = NULL;

    domain->process.pauseReason = reason;
    result = qemuProcessAsk(domain, "stop", NULL);
    return result != NULL;
}

/* Puts a running guest that has a job into a file and ends it; 0, or -1 with it as it was. */
static int
save(qemuDomain *domain, const char *path, const char *document, unsigned int flags)
{
    bool running = domain->state == VIR_DOMAIN_RUNNING;
    bool goesOn = flags & VIR_DOMAIN_SAVE_RUNNING || (running && !(flags & VIR_DOMAIN_SAVE_PAUSED));
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    int fd = qemuImageBegin(part, document, goesOn);
    bool done;

    if (fd < 0)
        return -1;
    done = (!running || stopGuest(domain, VIR_DOMAIN_PAUSED_SAVE)) && qemuProgressMigrate(domain, fd) &&
           qemuImageComplete(fd, part);
    close(fd);
    if (done && rename(part, path) < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot make the image '%s'", path);
        done = false;
    }
    if (done)
        return qemuProcessStop(domain, VIR_DOMAIN_SHUTOFF_SAVED, /* politely= */ false);
    unlink(part);
    if (running && domain->id >= 0) {
        virErrorPtr error = virSaveLastError();

        json_object_put(qemuProcessAsk(domain, "cont", NULL));
        virErrorRestore(error);
        virFreeError(error);
    }
    return -1;
}

/* The document to put into an image: the guest's own, or another that it may go on by. */
static char *
documentToSave(qemuDomain *domain, const char *dxml)
{
    g_autoptr(virDocDomain) other = NULL;

    if (!dxml)
        return virDocPrint(&virDocDomainRecord, NULL, domain->live,
                           VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_MIGRATABLE);
    other = qemuDomainParse(domain->host, dxml, VIR_DOC_PARSE_INACTIVE);
    if (!other || !virConfDomainIsStable(domain->live, other))
        return NULL;
    return virDocPrint(&virDocDomainRecord, NULL, other,
                       VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_MIGRATABLE);
}

int
qemuDomainSaveFlags(virDomainPtr handle, const char *to, const char *dxml, unsigned int flags)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_SAVE);
    g_autofree char *document = NULL;
    int ret = -1;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        document = documentToSave(domain, dxml);
        if (document)
            ret = save(domain, to, document, flags);
        domain->job.failed = ret < 0;
        if (ret == 0)
            handle->id = -1;
    }
    qemuDomainEnd(domain);
    return ret;
}

int
qemuDomainSave(virDomainPtr handle, const char *to)
{
    return qemuDomainSaveFlags(handle, to, NULL, 0);
}

int
qemuDomainManagedSave(virDomainPtr handle, unsigned int flags)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_SAVE);
    g_autofree char *document = NULL;
    g_autofree char *path = NULL;
    int ret = -1;

    if (!domain)
        return -1;
    if (!domain->persistent) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                      "cannot do managed save for transient domain");
    } else if (qemuDomainRequireActive(domain)) {
        path = qemuStoreSavePath(domain);
        document = documentToSave(domain, NULL);
        ret = save(domain, path, document, flags);
        domain->job.failed = ret < 0;
        if (ret == 0) {
            domain->managedSave = true;
            handle->id = -1;
        }
    }
    qemuDomainEnd(domain);
    return ret;
}

void
qemuSavedForget(qemuDomain *domain)
{
    g_autofree char *path = qemuStoreSavePath(domain);

    if (domain->managedSave)
        unlink(path);
    domain->managedSave = false;
}

int
qemuDomainManagedSaveRemove(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);

    if (!domain)
        return -1;
    qemuSavedForget(domain);
    qemuDomainEnd(domain);
    return 0;
}

/* Whether the guest is to be paused, by flags and by how it was. */
static bool
staysPaused(const virDocSaveImageHead *head, unsigned int flags)
{
    if (flags & VIR_DOMAIN_SAVE_PAUSED)
        return true;
    return !(flags & VIR_DOMAIN_SAVE_RUNNING) && !head->wasRunning;
}

/* The document that the guest goes on by; NULL with an error raised. */
static virDocDomain *
documentToRestore(qemuHost *host, const char *saved, const char *dxml)
{
    virDocDomain *document = qemuDomainParse(host, saved, VIR_DOC_PARSE_INACTIVE);
    virDocDomain *other;

    if (!document || !dxml)
        return document;
    other = qemuDomainParse(host, dxml, VIR_DOC_PARSE_INACTIVE);
    if (other && !virConfDomainIsStable(document, other))
        g_clear_pointer(&other, virDocDomainFree);
    virDocDomainFree(document);
    return other;
}

int
qemuSavedStart(qemuDomain *domain, bool paused)
{
    g_autofree char *path = qemuStoreSavePath(domain);
    g_autofree char *document = NULL;
    g_autofree char *other = NULL;
    qemuStart start = { .incoming = -1 };
    virDocSaveImageHead head = { 0 };
    bool refused;
    int ret;

    start.incoming = qemuImageOpen(path, &head, &document);
    if (start.incoming < 0)
        return -1;
    start.paused = paused || staysPaused(&head, 0);
    other = qemuScriptRestore(domain->host, domain->name, document, &refused);
    start.document = refused ? NULL : documentToRestore(domain->host, document, other);
    if (!start.document) {
        close(start.incoming);
        return -1;
    }
    ret = qemuProcessStart(domain, &start);
    if (ret == 0)
        qemuSavedForget(domain);
    return ret;
}

/* The document, taken, or what scripts make of it; NULL with an error raised. */
static virDocDomain *
askScripts(qemuHost *host, virDocDomain *document)
{
    g_autofree char *text = virDocPrint(&virDocDomainRecord, NULL, document,
                                        VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_INACTIVE);
    bool refused;
    g_autofree char *other = qemuScriptRestore(host, document->name, text, &refused);
    virDocDomain *then = document;

    if (refused || other) {
        virDocDomainFree(document);
        then = refused ? NULL : documentToRestore(host, text, other);
    }
    return then;
}

int
qemuDomainRestoreFlags(virConnectPtr conn, const char *from, const char *dxml, unsigned int flags)
{
    qemuHost *host = qemuHostOf(conn);
    g_autofree char *text = NULL;
    virDocDomain *document;
    virDocSaveImageHead head = { 0 };
    qemuStart start = { .incoming = qemuImageOpen(from, &head, &text) };
    qemuDomain *domain;
    bool isNew = false;
    int ret = -1;

    if (start.incoming < 0)
        return -1;
    start.paused = staysPaused(&head, flags);
    document = documentToRestore(host, text, dxml);
    document = document ? askScripts(host, document) : NULL;
    domain = document ? qemuDomainAdopt(host, document, &isNew) : NULL;
    if (!domain) {
        virDocDomainFree(document);
        close(start.incoming);
        return -1;
    }
    start.document = isNew ? virDocDomainCopy(document) : document;
    if (qemuDomainBeginLocked(domain, QEMU_JOB_START)) {
        if (domain->id < 0) {
            ret = qemuProcessStart(domain, &start);
            start.incoming = -1;
        } else {
            virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID,
                          "domain '%s' is already active", domain->name);
        }
        if (ret < 0 && isNew)
            qemuDomainForget(domain);
        qemuDomainEnd(domain);
    } else {
        qemuDomainUnlock(domain);
    }
    if (start.incoming >= 0)
        close(start.incoming);
    virDocDomainFree(start.document);
    return ret;
}

int
qemuDomainRestore(virConnectPtr conn, const char *from)
{
    return qemuDomainRestoreFlags(conn, from, NULL, 0);
}

char *
qemuDomainSaveImageGetXMLDesc(virConnectPtr conn, const char *file, unsigned int flags)
{
    g_autoptr(virDocDomain) document = NULL;
    g_autofree char *text = NULL;
    virDocSaveImageHead head = { 0 };
    int fd = qemuImageOpen(file, &head, &text);

    if (fd < 0)
        return NULL;
    close(fd);
    document = qemuDomainParse(qemuHostOf(conn), text, VIR_DOC_PARSE_INACTIVE);
    if (!document)
        return NULL;
    return virDocPrint(&virDocDomainRecord, NULL, document, VIR_DOC_PRINT_INACTIVE |
                       (flags & VIR_DOMAIN_SAVE_IMAGE_XML_SECURE ? VIR_DOC_PRINT_SECURE : 0));
}

int
qemuDomainSaveImageDefineXML(virConnectPtr conn, const char *file, const char *dxml,
                             unsigned int flags)
{
    g_autoptr(virDocDomain) before = NULL;
    g_autoptr(virDocDomain) after = NULL;
    g_autofree char *text = NULL;
    virDocSaveImageHead head = { 0 };
    int fd = qemuImageOpen(file, &head, &text);

    if (fd < 0)
        return -1;
    close(fd);
    before = qemuDomainParse(qemuHostOf(conn), text, VIR_DOC_PARSE_INACTIVE);
    after = before ? qemuDomainParse(qemuHostOf(conn), dxml, VIR_DOC_PARSE_INACTIVE) : NULL;
    if (!after || !virConfDomainIsStable(before, after))
        return -1;
    g_free(text);
    text = virDocPrint(&virDocDomainRecord, NULL, after,
                       VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_MIGRATABLE);
    return qemuImageChange(file, text, !staysPaused(&head, flags)) ? 0 : -1;
}
