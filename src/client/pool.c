/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands of storage pools that make documents of their options. */

#include "client/commands.h"
#include "client/completers.h"
#include "client/compose.h"
#include "client/lookup.h"
#include "client/output.h"

static void virshPoolAdapter(const virshArguments *arguments, GString *out)
{
    const char *name = virshText(arguments, "adapter-name");
    const char *node = virshText(arguments, "adapter-wwnn");
    const char *port = virshText(arguments, "adapter-wwpn");

    if (name) {
        virshCompose(out, "    <adapter type='scsi_host' name='%s'/>\n", name);
        return;
    }
    if (!node || !port)
        return;
    g_string_append(out, "    <adapter type='fc_host'");
    virshComposeIf(out, " parent='%s'", virshText(arguments, "adapter-parent"));
    if (!virshFlag(arguments, "adapter-parent")) {
        virshComposeIf(out, " parent_wwnn='%s'", virshText(arguments, "adapter-parent-wwnn"));
        virshComposeIf(out, " parent_wwpn='%s'", virshText(arguments, "adapter-parent-wwpn"));
        virshComposeIf(out, " parent_fabric_wwn='%s'",
                       virshFlag(arguments, "adapter-parent-wwnn")
                           ? NULL
                           : virshText(arguments, "adapter-parent-fabric-wwn"));
    }
    virshCompose(out, " wwnn='%s' wwpn='%s'/>\n", node, port);
}

static void virshPoolAuth(const virshArguments *arguments, GString *out)
{
    const char *type = virshText(arguments, "auth-type");
    const char *user = virshText(arguments, "auth-username");
    const char *usage = virshText(arguments, "secret-usage");
    const char *uuid = virshText(arguments, "secret-uuid");

    if (!type || !user || (!usage && !uuid))
        return;
    virshCompose(out, "    <auth type='%s' username='%s'>\n", type, user);
    virshComposeIf(out, "      <secret usage='%s'/>\n", usage);
    virshComposeIf(out, "      <secret uuid='%s'/>\n", uuid);
    g_string_append(out, "    </auth>\n");
}

/* The <source> element, empty when no option speaks of it. */
static GString *virshPoolSource(const virshArguments *arguments)
{
    GString *out = g_string_new(NULL);

    virshComposeIf(out, "    <host name='%s'/>\n", virshText(arguments, "source-host"));
    virshComposeIf(out, "    <dir path='%s'/>\n", virshText(arguments, "source-path"));
    virshComposeIf(out, "    <device path='%s'/>\n", virshText(arguments, "source-dev"));
    virshPoolAdapter(arguments, out);
    virshComposeIf(out, "    <initiator>\n      <iqn name='%s'/>\n    </initiator>\n",
                   virshText(arguments, "source-initiator"));
    virshPoolAuth(arguments, out);
    virshComposeIf(out, "    <format type='%s'/>\n", virshText(arguments, "source-format"));
    virshComposeIf(out, "    <name>%s</name>\n", virshText(arguments, "source-name"));
    virshComposeIf(out, "    <protocol ver='%s'/>\n",
                   virshText(arguments, "source-protocol-ver"));
    return out;
}

static char *virshPoolDocument(const virshArguments *arguments)
{
    GString *out = g_string_new(NULL);
    GString *source = virshPoolSource(arguments);

    virshCompose(out, "<pool type='%s'>\n  <name>%s</name>\n", virshText(arguments, "type"),
                 virshText(arguments, "name"));
    if (source->len)
        g_string_append_printf(out, "  <source>\n%s  </source>\n", source->str);
    g_string_free(source, /* free_segment= */ TRUE);
    virshComposeIf(out, "  <target>\n    <path>%s</path>\n  </target>\n",
                   virshText(arguments, "target"));
    g_string_append(out, "</pool>\n");
    return g_string_free(out, /* free_segment= */ FALSE);
}

bool shellPoolCreateAs(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree char *text = virshPoolDocument(arguments);
    g_autoptr(virshStoragePool) pool = NULL;
    unsigned int flags = 0;

    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    flags |= virshFlag(arguments, "build") ? VIR_STORAGE_POOL_CREATE_WITH_BUILD : 0;
    flags |= virshFlag(arguments, "overwrite") ? VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE : 0;
    flags |= virshFlag(arguments, "no-overwrite")
                 ? VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE
                 : 0;
    pool = virStoragePoolCreateXML(ctl->connection, text, flags);
    if (!pool) {
        virshError(ctl, "Failed to create pool %s", virshText(arguments, "name"));
        return false;
    }
    virshExtra(ctl, "Pool %s created\n", virStoragePoolGetName(pool));
    return true;
}

bool shellPoolDefineAs(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree char *text = virshPoolDocument(arguments);
    g_autoptr(virshStoragePool) pool = NULL;

    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    pool = virStoragePoolDefineXML(ctl->connection, text, 0);
    if (!pool) {
        virshError(ctl, "Failed to define pool %s", virshText(arguments, "name"));
        return false;
    }
    virshExtra(ctl, "Pool %s defined\n", virStoragePoolGetName(pool));
    return true;
}

bool shellFindStoragePoolSourcesAs(virshControl *ctl, const virshArguments *arguments)
{
    const char *type = NULL, *host = NULL, *port = NULL, *initiator = NULL;
    g_autoptr(GString) source = g_string_new(NULL);
    g_autofree char *found = NULL;

    if (!virshString(ctl, arguments, "type", &type) ||
        !virshString(ctl, arguments, "host", &host) ||
        !virshString(ctl, arguments, "port", &port) ||
        !virshString(ctl, arguments, "initiator", &initiator))
        return false;
    if (host) {
        virshCompose(source, "<source>\n  <host name='%s'", host);
        virshComposeIf(source, " port='%s'", port);
        g_string_append(source, "/>\n");
        virshComposeIf(source, "  <initiator>\n    <iqn name='%s'/>\n  </initiator>\n", initiator);
        g_string_append(source, "</source>\n");
    }
    found = virConnectFindStoragePoolSources(ctl->connection, type, host ? source->str : NULL, 0);
    if (!found) {
        virshError(ctl, "Failed to find any %s pool sources", type);
        return false;
    }
    virshPrint(ctl, "%s", found);
    return true;
}

void offerPoolType(virshControl *ctl G_GNUC_UNUSED, const virshArguments *arguments G_GNUC_UNUSED,
                   GPtrArray *found, const char *prefix)
{
    virshOfferWords(found, prefix,
                    "dir fs netfs logical disk iscsi scsi mpath rbd sheepdog gluster zfs vstorage "
                    "iscsi-direct");
}
