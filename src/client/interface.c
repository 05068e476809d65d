/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that put an interface of the host into a bridge and take it out again. */

#include "client/commands.h"
#include "client/compose.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"

/* These say what the device is; everything else moves to the bridge, which the host then uses. */
#define VIRSH_DEVICE_PARTS "self::mac or self::link or self::bond or self::vlan"

static virshDocument *virshInterfaceDocument(virshControl *ctl, virInterfacePtr interface)
{
    g_autofree char *text = virInterfaceGetXMLDesc(interface, VIR_INTERFACE_XML_INACTIVE);

    return text ? virshDocumentNew(ctl, text, /* blanks= */ false) : NULL;
}

/* Appends every element that the path selects. */
static void virshAppendParts(GString *out, virshDocument *document, const char *path)
{
    size_t count = virshDocumentSelect(document, path);

    for (size_t i = 0; i < count; i++) {
        g_autofree char *part = virshDocumentText(document, i);

        g_string_append_printf(out, "%s\n", part);
    }
}

static char *virshAttributeOf(virshDocument *document, const char *element, const char *path)
{
    return virshDocumentSelect(document, element) == 1 ? virshDocumentValue(document, 0, path)
                                                       : NULL;
}

static char *virshBridgeText(const virshArguments *arguments, virshDocument *document,
                             const char *bridge, const char *type, const char *name,
                             unsigned int delay)
{
    GString *out = g_string_new(NULL);
    bool stp = !virshFlag(arguments, "no-stp");

    virshCompose(out, "<interface type='bridge' name='%s'>\n", bridge);
    virshAppendParts(out, document, "/interface/*[not(" VIRSH_DEVICE_PARTS ")]");
    g_string_append_printf(out, "<bridge stp='%s'", stp ? "on" : "off");
    if (stp)
        g_string_append_printf(out, " delay='%u'", delay);
    virshCompose(out, ">\n<interface type='%s' name='%s'>\n", type, name);
    virshAppendParts(out, document, "/interface/*[" VIRSH_DEVICE_PARTS "]");
    g_string_append(out, "</interface>\n</bridge>\n</interface>\n");
    return g_string_free(out, /* free_segment= */ FALSE);
}

/* Defines the interface that replaces another one, and starts it unless --no-start. */
static bool virshReplaceInterface(virshControl *ctl, const virshArguments *arguments,
                                  const char *text, const char *defined, const char *what,
                                  const char *made)
{
    g_autoptr(virshInterface) interface = virInterfaceDefineXML(ctl->connection, text, 0);

    if (!interface) {
        virshError(ctl, "Failed to define %s %s", defined, made);
        return false;
    }
    if (g_str_equal(arguments->command->name, "iface-bridge"))
        virshExtra(ctl, "Created bridge %s with attached device %s\n", made,
                   virshText(arguments, "interface"));
    else
        virshExtra(ctl, "Device %s un-attached from bridge %s\n", made,
                   virshText(arguments, "bridge"));
    if (virshFlag(arguments, "no-start"))
        return true;
    if (virInterfaceCreate(interface, 0) < 0) {
        virshError(ctl, "Failed to start %s %s", what, made);
        return false;
    }
    virshExtra(ctl, "%c%s %s started\n", g_ascii_toupper(*what), what + 1, made);
    return true;
}

bool shellIfaceBridge(virshControl *ctl, const virshArguments *arguments)
{
    const char *bridge = NULL;
    unsigned int delay = 0;
    g_autoptr(virshInterface) interface = NULL;
    g_autoptr(virshInterface) taken = NULL;
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *type = NULL;
    g_autofree char *text = NULL;

    interface = virshFindInterfaceByName(ctl, arguments, "interface", NULL);
    if (!interface || !virshString(ctl, arguments, "bridge", &bridge) ||
        !virshUint(ctl, arguments, "delay", &delay))
        return false;
    taken = virInterfaceLookupByName(ctl->connection, bridge);
    if (taken) {
        virshError(ctl, "Network device %s already exists", bridge);
        return false;
    }
    virshForgetFailure(ctl);
    document = virshInterfaceDocument(ctl, interface);
    if (!document)
        return false;
    type = virshAttributeOf(document, "/interface", "string(./@type)");
    if (!type) {
        virshError(ctl, "Existing device %s has no type", virInterfaceGetName(interface));
        return false;
    }
    if (g_str_equal(type, "bridge")) {
        virshError(ctl, "Existing device %s is already a bridge", virInterfaceGetName(interface));
        return false;
    }
    text = virshBridgeText(arguments, document, bridge, type, virInterfaceGetName(interface),
                           delay);
    return virshReplaceInterface(ctl, arguments, text, "new bridge interface", "bridge interface",
                                 bridge);
}

/* The only interface of a bridge, freed of it; `*name` becomes its name. NULL after reporting. */
static char *virshUnbridgeText(virshControl *ctl, virshDocument *document, const char *bridge,
                               char **name)
{
    g_autofree char *outer = virshAttributeOf(document, "/interface", "string(./@type)");
    g_autofree char *type = NULL;
    size_t inside = virshDocumentSelect(document, "/interface/bridge/interface");
    GString *out;

    if (g_strcmp0(outer, "bridge") != 0 || inside != 1) {
        virshError(ctl, g_strcmp0(outer, "bridge") != 0 ? "Device %s is not a bridge"
                        : inside ? "Multiple interfaces attached to bridge %s"
                                 : "No interfaces attached to bridge %s", bridge);
        return NULL;
    }
    type = virshDocumentValue(document, 0, "string(./@type)");
    *name = virshDocumentValue(document, 0, "string(./@name)");
    if (!type || !*name) {
        virshError(ctl, "The interface attached to bridge %s has no type or no name", bridge);
        return NULL;
    }
    out = g_string_new(NULL);
    virshCompose(out, "<interface type='%s' name='%s'>\n", type, *name);
    virshAppendParts(out, document, "/interface/*[not(self::bridge)]");
    virshAppendParts(out, document, "/interface/bridge/interface/*");
    g_string_append(out, "</interface>\n");
    return g_string_free(out, /* free_segment= */ FALSE);
}

bool shellIfaceUnbridge(virshControl *ctl, const virshArguments *arguments)
{
    const char *bridge = NULL;
    g_autoptr(virshInterface) interface = NULL;
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *name = NULL;
    g_autofree char *text = NULL;

    interface = virshFindInterfaceByName(ctl, arguments, "bridge", &bridge);
    if (!interface)
        return false;
    document = virshInterfaceDocument(ctl, interface);
    text = document ? virshUnbridgeText(ctl, document, bridge, &name) : NULL;
    if (!text)
        return false;
    if (virInterfaceIsActive(interface) > 0 && virInterfaceDestroy(interface, 0) < 0) {
        virshError(ctl, "Failed to destroy bridge interface %s", bridge);
        return false;
    }
    if (virInterfaceUndefine(interface) < 0) {
        virshError(ctl, "Failed to undefine bridge interface %s", bridge);
        return false;
    }
    return virshReplaceInterface(ctl, arguments, text, "un-bridged interface", "interface", name);
}
