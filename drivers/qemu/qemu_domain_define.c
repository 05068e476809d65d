/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Definitions of domains: defining, starting from a document, undefining, renaming. */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "conf/domain_alias.h"
#include "driver/qemu.h"
#include "qemu_firmware.h"
#include "qemu_port.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* Gives a domain another definition, which it takes; false with an error raised, nothing changed. */
static bool
redefine(qemuDomain *domain, virDocDomain *document)
{
    virDocDomain **place = domain->id >= 0 ? &domain->next : &domain->live;

    if (!qemuStoreDefinition(domain, document)) {
        virDocDomainFree(document);
        return false;
    }
    g_clear_pointer(place, virDocDomainFree);
    *place = document;
    return true;
}

/* Defines what is new, or anew what is there; takes the document of the latter. */
static bool
define(qemuDomain *domain, virDocDomain *document, bool isNew)
{
    if (isNew && qemuStoreDefinition(domain, domain->live))
        return true;
    if (isNew)
        qemuDomainForget(domain);
    return !isNew && redefine(domain, document);
}

virDomainPtr
qemuDomainDefineXMLFlags(virConnectPtr conn, const char *xml, unsigned int flags)
{
    unsigned int parse = VIR_DOC_PARSE_INACTIVE |
                         (flags & VIR_DOMAIN_DEFINE_VALIDATE ? VIR_DOC_PARSE_STRICT : 0);
    virDocDomain *document = qemuDomainParse(qemuHostOf(conn), xml, parse);
    virDomainPtr handle = NULL;
    qemuDomain *domain;
    bool isNew, added;

    if (!document)
        return NULL;
    domain = qemuDomainAdopt(qemuHostOf(conn), document, &isNew);
    if (!domain) {
        virDocDomainFree(document);
        return NULL;
    }
    if (!qemuDomainBeginLocked(domain, QEMU_JOB_MODIFY)) {
        if (!isNew)
            virDocDomainFree(document);
        qemuDomainUnlock(domain);
        return NULL;
    }
    added = !domain->persistent;
    if (define(domain, document, isNew)) {
        domain->persistent = true;
        domain->updated = domain->id >= 0;
        handle = qemuDomainHandle(conn, domain);
        qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_DEFINED,
                           added ? VIR_DOMAIN_EVENT_DEFINED_ADDED :
                           VIR_DOMAIN_EVENT_DEFINED_UPDATED);
    }
    qemuDomainEnd(domain);
    return handle;
}

virDomainPtr
qemuDomainDefineXML(virConnectPtr conn, const char *xml)
{
    return qemuDomainDefineXMLFlags(conn, xml, 0);
}

virDomainPtr
qemuDomainCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    unsigned int parse = VIR_DOC_PARSE_INACTIVE |
                         (flags & VIR_DOMAIN_START_VALIDATE ? VIR_DOC_PARSE_STRICT : 0);
    virDocDomain *document = qemuDomainParse(qemuHostOf(conn), xmlDesc, parse);
    qemuStart start = {
        .incoming = -1, .paused = flags & VIR_DOMAIN_START_PAUSED,
        .resetVariables = flags & VIR_DOMAIN_START_RESET_NVRAM,
    };
    virDomainPtr handle = NULL;
    qemuDomain *domain;
    bool isNew;

    if (!document)
        return NULL;
    domain = qemuDomainAdopt(qemuHostOf(conn), document, &isNew);
    if (!domain) {
        virDocDomainFree(document);
        return NULL;
    }
    start.document = isNew ? virDocDomainCopy(document) : document;
    if (!qemuDomainBeginLocked(domain, QEMU_JOB_START)) {
        virDocDomainFree(start.document);
        qemuDomainUnlock(domain);
        return NULL;
    }
    if (domain->id >= 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID, "domain '%s' is already active",
                      domain->name);
        virDocDomainFree(start.document);
    } else if (qemuProcessStart(domain, &start) == 0) {
        domain->owner = flags & VIR_DOMAIN_START_AUTODESTROY ? conn : NULL;
        handle = qemuDomainHandle(conn, domain);
    }
    if (!handle && isNew)
        qemuDomainForget(domain);
    qemuDomainEnd(domain);
    return handle;
}

char *
qemuConnectDomainXMLToNative(virConnectPtr conn, const char *nativeFormat, const char *domainXml,
                             unsigned int flags G_GNUC_UNUSED)
{
    qemuHost *host = qemuHostOf(conn);
    const qemuCommandPlace place = {
        .monitor = -1, .incoming = -1, .settings = &host->settings,
    };
    g_autoptr(virDocDomain) document = NULL;
    g_autoptr(qemuEmulator) emulator = NULL;
    g_autoptr(qemuCommand) command = NULL;

    if (strcmp(nativeFormat, "qemu-argv") != 0) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "expected the format qemu-argv, found '%s'", nativeFormat);
        return NULL;
    }
    document = qemuDomainParse(host, domainXml, VIR_DOC_PARSE_INACTIVE);
    if (!document)
        return NULL;
    virConfDomainNameDevices(document);
    emulator = qemuEmulatorsGet(host->emulators, document->emulator);
    if (!emulator || !qemuPortsChoose(document, &host->settings))
        return NULL;
    command = qemuCommandNew(document, emulator, &place);
    return command ? qemuCommandText(command) : NULL;
}

/* What the firmware keeps goes only when that is asked for, or stays then; false with an error raised. */
static bool
forgetVariables(const qemuDomain *domain, unsigned int flags)
{
    const char *path = qemuFirmwareVariables(domain->next ? domain->next : domain->live);

    if (!path || access(path, F_OK) < 0 || (flags & VIR_DOMAIN_UNDEFINE_KEEP_NVRAM))
        return true;
    if (!(flags & VIR_DOMAIN_UNDEFINE_NVRAM)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID, "cannot undefine domain with nvram: "
                      "the flags say neither that '%s' goes nor that it stays", path);
        return false;
    }
    if (unlink(path) == 0 || errno == ENOENT)
        return true;
    virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot remove the variables '%s'", path);
    return false;
}

int
qemuDomainUndefineFlags(virDomainPtr handle, unsigned int flags)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    int ret = -1;

    if (!domain)
        return -1;
    if (!domain->persistent) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                      "cannot undefine transient domain");
    } else if (domain->managedSave && !(flags & VIR_DOMAIN_UNDEFINE_MANAGED_SAVE)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                      "Refusing to undefine while domain managed save image exists");
    } else if (!forgetVariables(domain, flags)) {
        ret = -1;
    } else {
        if (domain->managedSave) {
            g_autofree char *image = qemuStoreSavePath(domain);

            unlink(image);
        }
        qemuStoreForget(domain);
        domain->managedSave = domain->persistent = domain->autostart = false;
        g_clear_pointer(&domain->next, virDocDomainFree);
        qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_UNDEFINED,
                           VIR_DOMAIN_EVENT_UNDEFINED_REMOVED);
        if (domain->id < 0)
            qemuDomainForget(domain);
        ret = 0;
    }
    qemuDomainEnd(domain);
    return ret;
}

int
qemuDomainUndefine(virDomainPtr handle)
{
    return qemuDomainUndefineFlags(handle, 0);
}
