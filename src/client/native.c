/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domain documents in the form of their hypervisor. */

#include "client/commands.h"
#include "client/completers.h"
#include "client/lookup.h"
#include "client/output.h"

bool shellDomxmlToNative(virshControl *ctl, const virshArguments *arguments)
{
    const char *format = NULL, *file = NULL;
    g_autofree char *text = NULL;
    g_autofree char *native = NULL;

    if (!virshString(ctl, arguments, "format", &format) ||
        !virshString(ctl, arguments, "xml", &file))
        return false;
    if (file) {
        text = virshReadFile(ctl, file);
    } else if (virshFlag(arguments, "domain")) {
        g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

        text = domain ? virDomainGetXMLDesc(domain, VIR_DOMAIN_XML_SECURE) : NULL;
    } else {
        virshError(ctl, "need either domain or domain XML");
    }
    if (!text)
        return false;
    native = virConnectDomainXMLToNative(ctl->connection, format, text, 0);
    if (!native)
        return false;
    virshPrint(ctl, "%s", native);
    return true;
}

void offerNativeFormat(virshControl *ctl G_GNUC_UNUSED,
                       const virshArguments *arguments G_GNUC_UNUSED, GPtrArray *found,
                       const char *prefix)
{
    virshOfferWords(found, prefix, "qemu-argv xen-xl xen-xm xen-sxpr lxc-tools vmware-vmx "
                                   "bhyve-argv");
}
