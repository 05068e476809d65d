/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Migration is a conversation between two connections; no driver offers its side of it yet. */

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"

static void
refuse(const char *function)
{
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_NO_SUPPORT, "%s", function);
}

virDomainPtr
localDomainMigrate(virDomainPtr domain G_GNUC_UNUSED, virConnectPtr dconn G_GNUC_UNUSED,
                   unsigned long flags G_GNUC_UNUSED, const char *dname G_GNUC_UNUSED,
                   const char *uri G_GNUC_UNUSED, unsigned long bandwidth G_GNUC_UNUSED)
{
    refuse("virDomainMigrate");
    return NULL;
}

virDomainPtr
localDomainMigrate2(virDomainPtr domain G_GNUC_UNUSED, virConnectPtr dconn G_GNUC_UNUSED,
                    const char *dxml G_GNUC_UNUSED, unsigned long flags G_GNUC_UNUSED,
                    const char *dname G_GNUC_UNUSED, const char *uri G_GNUC_UNUSED,
                    unsigned long bandwidth G_GNUC_UNUSED)
{
    refuse("virDomainMigrate2");
    return NULL;
}

virDomainPtr
localDomainMigrate3(virDomainPtr domain G_GNUC_UNUSED, virConnectPtr dconn G_GNUC_UNUSED,
                    virTypedParameterPtr params G_GNUC_UNUSED,
                    unsigned int nparams G_GNUC_UNUSED, unsigned int flags G_GNUC_UNUSED)
{
    refuse("virDomainMigrate3");
    return NULL;
}

int
localDomainMigrateToURI(virDomainPtr domain G_GNUC_UNUSED, const char *duri G_GNUC_UNUSED,
                        unsigned long flags G_GNUC_UNUSED, const char *dname G_GNUC_UNUSED,
                        unsigned long bandwidth G_GNUC_UNUSED)
{
    refuse("virDomainMigrateToURI");
    return -1;
}

int
localDomainMigrateToURI2(virDomainPtr domain G_GNUC_UNUSED, const char *dconnuri G_GNUC_UNUSED,
                         const char *miguri G_GNUC_UNUSED, const char *dxml G_GNUC_UNUSED,
                         unsigned long flags G_GNUC_UNUSED, const char *dname G_GNUC_UNUSED,
                         unsigned long bandwidth G_GNUC_UNUSED)
{
    refuse("virDomainMigrateToURI2");
    return -1;
}

int
localDomainMigrateToURI3(virDomainPtr domain G_GNUC_UNUSED, const char *dconnuri G_GNUC_UNUSED,
                         virTypedParameterPtr params G_GNUC_UNUSED,
                         unsigned int nparams G_GNUC_UNUSED, unsigned int flags G_GNUC_UNUSED)
{
    refuse("virDomainMigrateToURI3");
    return -1;
}
