/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that make the document of a disk or a network interface and attach it. */

#include <string.h>
#include <sys/stat.h>

#include "client/address.h"
#include "client/arguments.h"
#include "client/commands.h"
#include "client/compose.h"
#include "client/lookup.h"
#include "client/output.h"

/* Without --sourcetype the kind of the source decides: over the network, a block device, a file. */
static const char *virshSourceType(const virshArguments *arguments)
{
    const char *source = virshText(arguments, "source");
    const char *type = virshText(arguments, "sourcetype");
    struct stat info;

    if (type)
        return type;
    if (virshFlag(arguments, "source-protocol"))
        return "network";
    return source && stat(source, &info) == 0 && S_ISBLK(info.st_mode) ? "block" : "file";
}

static bool virshDiskGood(virshControl *ctl, const virshArguments *arguments)
{
    const char *mode = virshText(arguments, "mode");
    const char *type = virshSourceType(arguments);
    const char *wwn = virshText(arguments, "wwn");

    if (mode && !g_str_equal(mode, "readonly") && !g_str_equal(mode, "shareable")) {
        virshError(ctl, "No support for %s in command '%s'", mode, "attach-disk");
        return false;
    }
    if (!g_str_equal(type, "file") && !g_str_equal(type, "block") &&
        !g_str_equal(type, "network")) {
        virshError(ctl, "Unknown source type: '%s'", type);
        return false;
    }
    if (g_str_equal(type, "network") != virshFlag(arguments, "source-protocol")) {
        virshError(ctl, "--source-protocol option requires --sourcetype network");
        return false;
    }
    if (wwn && (strlen(wwn) != 16 || strspn(wwn, "0123456789abcdefABCDEF") != 16)) {
        virshError(ctl, "internal error: Malformed wwn: %s", wwn);
        return false;
    }
    return true;
}

static void virshDiskDriver(const virshArguments *arguments, GString *out)
{
    static const char *const options[] = { "driver", "subdriver", "iothread", "cache", "io" };
    static const char *const formats[] = { " name='%s'", " type='%s'", " iothread='%s'",
                                           " cache='%s'", " io='%s'" };

    if (!virshAnyFlag(arguments, "driver subdriver iothread cache io"))
        return;
    g_string_append(out, "  <driver");
    for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
        virshComposeIf(out, formats[i], virshText(arguments, options[i]));
    g_string_append(out, "/>\n");
}

/* The host of a source over the network; a port may follow its name. */
static void virshDiskHost(const virshArguments *arguments, GString *out)
{
    const char *name = virshText(arguments, "source-host-name");
    const char *colon = name ? strrchr(name, ':') : NULL;
    g_autofree char *host = name ? g_strndup(name, colon ? colon - name : (long)strlen(name)) : NULL;

    if (!virshAnyFlag(arguments, "source-host-name source-host-transport source-host-socket")) {
        g_string_append(out, "/>\n");
        return;
    }
    g_string_append(out, ">\n    <host");
    virshComposeIf(out, " transport='%s'", virshText(arguments, "source-host-transport"));
    virshComposeIf(out, " socket='%s'", virshText(arguments, "source-host-socket"));
    virshComposeIf(out, " name='%s'", host);
    virshComposeIf(out, " port='%s'", colon ? colon + 1 : NULL);
    g_string_append(out, "/>\n  </source>\n");
}

static void virshDiskSource(const virshArguments *arguments, GString *out)
{
    const char *source = virshText(arguments, "source");
    const char *type = virshSourceType(arguments);

    if (!g_str_equal(type, "network")) {
        virshComposeIf(out, g_str_equal(type, "block") ? "  <source dev='%s'/>\n"
                                                       : "  <source file='%s'/>\n", source);
        return;
    }
    g_string_append(out, "  <source");
    virshComposeIf(out, " protocol='%s'", virshText(arguments, "source-protocol"));
    virshComposeIf(out, " name='%s'", source);
    virshDiskHost(arguments, out);
}

/* The throttle groups of --throttle-groups, each as a filter of the disk. */
static void virshDiskThrottles(const virshArguments *arguments, GString *out)
{
    g_auto(GStrv) groups = NULL;

    if (!virshFlag(arguments, "throttle-groups"))
        return;
    groups = g_strsplit(virshText(arguments, "throttle-groups"), ",", -1);
    g_string_append(out, "  <throttlefilters>\n");
    for (size_t i = 0; groups[i]; i++)
        virshCompose(out, "    <throttlefilter group='%s'/>\n", groups[i]);
    g_string_append(out, "  </throttlefilters>\n");
}

/* NULL after reporting a bad --address. */
static char *virshDiskDocument(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *address = virshText(arguments, "address");

    virshCompose(out, "<disk type='%s'", virshSourceType(arguments));
    virshComposeIf(out, " device='%s'", virshText(arguments, "type"));
    g_string_append(out, virshFlag(arguments, "rawio") ? " rawio='yes'>\n" : ">\n");
    virshDiskDriver(arguments, out);
    virshDiskSource(arguments, out);
    virshComposeIf(out, "  <target dev='%s'", virshText(arguments, "target"));
    virshComposeIf(out, " bus='%s'", virshText(arguments, "targetbus"));
    g_string_append(out, "/>\n");
    virshDiskThrottles(arguments, out);
    virshComposeIf(out, "  <%s/>\n", virshText(arguments, "mode"));
    virshComposeIf(out, "  <serial>%s</serial>\n", virshText(arguments, "serial"));
    virshComposeIf(out, "  <alias name='%s'/>\n", virshText(arguments, "alias"));
    virshComposeIf(out, "  <wwn>%s</wwn>\n", virshText(arguments, "wwn"));
    if (address && !virshComposeAddress(ctl, out, address, virshText(arguments, "target"),
                                        virshFlag(arguments, "multifunction")))
        return NULL;
    g_string_append(out, "</disk>\n");
    return g_string_free(g_steal_pointer(&out), /* free_segment= */ FALSE);
}

static bool virshAttach(virshControl *ctl, const virshArguments *arguments, const char *text,
                        const char *what, const char *done)
{
    g_autoptr(virshDomain) domain = NULL;
    unsigned int flags = 0;

    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain || !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (virDomainAttachDeviceFlags(domain, text, flags) < 0) {
        virshError(ctl, "Failed to attach %s", what);
        return false;
    }
    virshExtra(ctl, "%s attached successfully\n", done);
    return true;
}

bool shellAttachDisk(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree char *text = NULL;

    if (!virshDiskGood(ctl, arguments))
        return false;
    text = virshDiskDocument(ctl, arguments);
    return text && virshAttach(ctl, arguments, text, "disk", "Disk");
}

/* average[,peak[,burst[,floor]]] as an element of <bandwidth>. */
static bool virshBandwidth(virshControl *ctl, const virshArguments *arguments, GString *out,
                           const char *direction)
{
    static const char *const names[] = { "average", "peak", "burst", "floor" };
    const char *text = virshText(arguments, direction);
    g_auto(GStrv) parts = NULL;

    if (!text)
        return true;
    parts = g_strsplit(text, ",", -1);
    if (g_strv_length(parts) > G_N_ELEMENTS(names)) {
        virshError(ctl, "Rate string '%s' has too many fields", text);
        return false;
    }
    g_string_append_printf(out, "    <%s", direction);
    for (size_t i = 0; parts[i]; i++) {
        if (strspn(parts[i], "0123456789") != strlen(parts[i])) {
            virshError(ctl, "field '%s' is malformed", names[i]);
            return false;
        }
        if (*parts[i])
            g_string_append_printf(out, " %s='%s'", names[i], parts[i]);
    }
    g_string_append(out, "/>\n");
    return true;
}

/* The source of an interface; false after reporting what is wrong with it. */
static bool virshNicSource(virshControl *ctl, const virshArguments *arguments, const char *type,
                           GString *out)
{
    static const char *const modes[] = { "vepa", "private", "bridge", "passthrough", NULL };
    const char *source = virshText(arguments, "source");
    const char *mode = virshText(arguments, "source-mode");

    if (mode && !g_strv_contains(modes, mode)) {
        virshError(ctl, "Invalid source mode: %s", mode);
        return false;
    }
    if (g_str_equal(type, "hostdev")) {
        g_string_append(out, "  <source>\n  ");
        if (!virshComposePci(out, source, /* multifunction= */ false)) {
            virshError(ctl, "cannot parse pci address '%s' for network interface", source);
            return false;
        }
        g_string_append(out, "  </source>\n");
        return true;
    }
    virshCompose(out, "  <source %s='%s'", g_str_equal(type, "direct") ? "dev" : type, source);
    if (g_str_equal(type, "direct"))
        virshComposeIf(out, " mode='%s'", mode);
    g_string_append(out, "/>\n");
    return true;
}

static char *virshNicDocument(virshControl *ctl, const virshArguments *arguments,
                              const char *type)
{
    bool limits = virshAnyFlag(arguments, "inbound outbound");
    g_autoptr(GString) out = g_string_new(NULL);

    virshCompose(out, "<interface type='%s'", type);
    g_string_append(out, virshFlag(arguments, "managed") ? " managed='yes'>\n" : ">\n");
    if (!virshNicSource(ctl, arguments, type, out))
        return NULL;
    virshComposeIf(out, "  <target dev='%s'/>\n", virshText(arguments, "target"));
    virshComposeIf(out, "  <mac address='%s'/>\n", virshText(arguments, "mac"));
    virshComposeIf(out, "  <script path='%s'/>\n", virshText(arguments, "script"));
    virshComposeIf(out, "  <model type='%s'/>\n", virshText(arguments, "model"));
    virshComposeIf(out, "  <alias name='%s'/>\n", virshText(arguments, "alias"));
    if (limits)
        g_string_append(out, "  <bandwidth>\n");
    if (!virshBandwidth(ctl, arguments, out, "inbound") ||
        !virshBandwidth(ctl, arguments, out, "outbound"))
        return NULL;
    if (limits)
        g_string_append(out, "  </bandwidth>\n");
    g_string_append(out, "</interface>\n");
    return g_string_free(g_steal_pointer(&out), /* free_segment= */ FALSE);
}

bool shellAttachInterface(virshControl *ctl, const virshArguments *arguments)
{
    static const char *const types[] = { "network", "bridge", "direct", "hostdev", NULL };
    const char *type = NULL;
    g_autofree char *text = NULL;

    if (!virshString(ctl, arguments, "type", &type))
        return false;
    if (!g_strv_contains(types, type)) {
        virshError(ctl, "No support for %s in command '%s'", type, "attach-interface");
        return false;
    }
    text = virshNicDocument(ctl, arguments, type);
    return text && virshAttach(ctl, arguments, text, "interface", "Interface");
}
