/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: screens, and how people see them. */

#include <string.h>

#include "qemu_command.h"

/* Ports of VNC count from here. */
#define VNC_BASE 5900

const char *
qemuGraphicsAddress(const virDocDomainGraphics *graphics)
{
    const char *address = graphics->listen;

    for (size_t i = 0; i < graphics->nlistens && !address; i++)
        address = graphics->listens[i]->address;
    return address ? address : "127.0.0.1";
}

const char *
qemuGraphicsSocket(const virDocDomainGraphics *graphics)
{
    if (graphics->socket)
        return graphics->socket;
    for (size_t i = 0; i < graphics->nlistens; i++) {
        if (graphics->listens[i]->type == VIR_DOC_DOMAIN_LISTEN_TYPE_SOCKET)
            return graphics->listens[i]->socket;
    }
    return NULL;
}

static bool
addVNC(qemuCommand *command, const virDocDomainGraphics *graphics)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *socket = qemuGraphicsSocket(graphics);

    if (socket) {
        g_autofree char *path = qemuCommandEscape(socket);

        g_string_append_printf(text, "unix:%s", path);
    } else {
        const char *address = qemuGraphicsAddress(graphics);

        if (graphics->port < VNC_BASE)
            return qemuCommandRefuse(command, "VNC ports count from %d, %d is none", VNC_BASE,
                                     graphics->port);
        g_string_append_printf(text, strchr(address, ':') ? "[%s]:%d" : "%s:%d", address,
                               graphics->port - VNC_BASE);
    }
    if (graphics->hasWebsocket)
        g_string_append_printf(text, ",websocket=%d", graphics->websocket);
    if (graphics->sharePolicy)
        g_string_append_printf(text, ",share=%s",
                               virDocDomainGraphicsSharePolicyToString(graphics->sharePolicy));
    if (graphics->powerControl)
        g_string_append_printf(text, ",power-control=%s",
                               graphics->powerControl == VIR_DOC_SWITCH_ON ? "on" : "off");
    if (graphics->hasAudioId)
        g_string_append_printf(text, ",audiodev=audio%u", graphics->audioId);
    if (graphics->passwd)
        g_string_append(text, ",password=on");
    if (graphics->keymap) {
        g_autofree char *keymap = qemuCommandEscape(graphics->keymap);

        qemuCommandAdd(command, "-k", keymap);
    }
    qemuCommandAdd(command, "-vnc", text->str);
    return true;
}

static void
addWindow(qemuCommand *command, const virDocDomainGraphics *graphics)
{
    if (graphics->display)
        g_ptr_array_add(command->environment, g_strconcat("DISPLAY=", graphics->display, NULL));
    if (graphics->xauth)
        g_ptr_array_add(command->environment, g_strconcat("XAUTHORITY=", graphics->xauth, NULL));
    qemuCommandAddFormat(command, "-display", "sdl%s%s",
                         graphics->fullscreen == VIR_DOC_SWITCH_ON ? ",full-screen=on" : "",
                         graphics->glEnable == VIR_DOC_SWITCH_ON ? ",gl=on" : "");
}

/* A screen on a message bus: one that is named, or what connects to QEMU itself. */
static bool
addBus(qemuCommand *command, const virDocDomainGraphics *graphics)
{
    g_autofree char *address = graphics->address ? qemuCommandEscape(graphics->address) : NULL;
    g_autofree char *node = graphics->glRendernode ? qemuCommandEscape(graphics->glRendernode) : NULL;
    g_autoptr(GString) text = g_string_new("dbus");

    if (graphics->p2p == VIR_DOC_SWITCH_ON)
        g_string_append(text, ",p2p=on");
    else if (address)
        g_string_append_printf(text, ",addr=%s", address);
    else
        return qemuCommandRefuse(command, "<graphics type='dbus'> names the address of a bus, or "
                                 "says p2p='yes'");
    if (graphics->glEnable)
        g_string_append_printf(text, ",gl=%s", graphics->glEnable == VIR_DOC_SWITCH_ON ? "on" : "off");
    if (node)
        g_string_append_printf(text, ",rendernode=%s", node);
    if (graphics->hasAudioId)
        g_string_append_printf(text, ",audiodev=audio%u", graphics->audioId);
    qemuCommandAdd(command, "-display", text->str);
    return true;
}

static bool
addGraphics(qemuCommand *command, const virDocDomainGraphics *graphics)
{
    g_autofree char *node = graphics->glRendernode ? qemuCommandEscape(graphics->glRendernode) : NULL;

    switch (graphics->type) {
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC:
        return addVNC(command, graphics);
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE:
        return qemuCommandSpice(command, graphics);
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_SDL:
        addWindow(command, graphics);
        return true;
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_EGL_HEADLESS:
        qemuCommandAddFormat(command, "-display", "egl-headless%s%s", node ? ",rendernode=" : "",
                             node ? node : "");
        return true;
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_DBUS:
        return addBus(command, graphics);
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_RDP:
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_DESKTOP:
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_LAST:
        break;
    }
    return qemuCommandRefuse(command, "QEMU has no <graphics type='%s'>",
                             virDocDomainGraphicsTypeToString(graphics->type));
}

static const char *
videoDriver(const virDocDomainVideo *video, bool primary)
{
    switch (video->modelType) {
    case VIR_DOC_DOMAIN_VIDEO_MODEL_CIRRUS:
        return "cirrus-vga";
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VMVGA:
        return "vmware-svga";
    case VIR_DOC_DOMAIN_VIDEO_MODEL_QXL:
        return primary ? "qxl-vga" : "qxl";
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VIRTIO:
        return primary ? "virtio-vga" : "virtio-gpu-pci";
    case VIR_DOC_DOMAIN_VIDEO_MODEL_BOCHS:
        return "bochs-display";
    case VIR_DOC_DOMAIN_VIDEO_MODEL_RAMFB:
        return "ramfb";
    case VIR_DOC_DOMAIN_VIDEO_MODEL_ABSENT:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_DEFAULT:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VGA:
        return "VGA";
    case VIR_DOC_DOMAIN_VIDEO_MODEL_XEN:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VBOX:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_PARALLELS:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_GOP:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_NONE:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_LAST:
        break;
    }
    return NULL;
}

/* Sizes of its memories, in KiB in the document, and screens. */
static void
setVideoMemory(json_object *device, const virDocDomainVideo *video, const char *driver)
{
    const struct {
        const char *name;
        bool given;
        unsigned int size;
    } sizes[] = {
        { "ram_size", video->hasModelRam, video->modelRam },
        { "vram_size", video->hasModelVram, video->modelVram },
    };

    if (g_str_has_prefix(driver, "qxl")) {
        for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
            if (sizes[i].given)
                qemuSetNumber(device, sizes[i].name, (gint64) sizes[i].size * 1024);
        }
        if (video->hasModelVram64)
            qemuSetNumber(device, "vram64_size_mb", video->modelVram64 / 1024);
        if (video->hasModelVgamem)
            qemuSetNumber(device, "vgamem_mb", video->modelVgamem / 1024);
        if (video->hasModelHeads)
            qemuSetNumber(device, "max_outputs", video->modelHeads);
    } else if (g_str_equal(driver, "bochs-display")) {
        if (video->hasModelVram)
            qemuSetNumber(device, "vgamem", (gint64) video->modelVram * 1024);
    } else if (video->hasModelVram && (g_str_equal(driver, "VGA") ||
                                       g_str_equal(driver, "vmware-svga"))) {
        qemuSetNumber(device, "vgamem_mb", MAX(video->modelVram / 1024, 1));
    }
}

/* The same of the card that only virtual machines have. */
static void
setVirtioVideo(json_object *device, const virDocDomainVideo *video)
{
    qemuSetNumber(device, "max_outputs", video->hasModelHeads ? video->modelHeads : 1);
    qemuSetSwitch(device, "blob", video->modelBlob);
    qemuSetVirtio(device, &video->driverVirtio);
}

static bool
addVideo(qemuCommand *command, const virDocDomainVideo *video, bool primary)
{
    const char *driver = videoDriver(video, primary);
    bool virtio = video->modelType == VIR_DOC_DOMAIN_VIDEO_MODEL_VIRTIO;
    json_object *device;

    if (video->modelType == VIR_DOC_DOMAIN_VIDEO_MODEL_NONE)
        return true;
    if (!driver)
        return qemuCommandRefuse(command, "QEMU has no graphics card of model '%s'",
                                 virDocDomainVideoModelToString(video->modelType));
    if (video->driverName == VIR_DOC_DOMAIN_VIDEO_BACKEND_VHOSTUSER)
        return qemuCommandRefuse(command, "<video> '%s': this driver does not run a program for "
                                 "<driver name='vhostuser'>", video->info.aliasName);
    if (virtio && video->modelAccelerationAccel3d == VIR_DOC_SWITCH_ON)
        driver = primary ? "virtio-vga-gl" : "virtio-gpu-gl-pci";
    device = qemuDevice(command, driver, &video->info);
    if (virtio)
        setVirtioVideo(device, video);
    else
        setVideoMemory(device, video, driver);
    qemuSetSwitch(device, "edid", video->modelEdid);
    if (video->hasModelResolutionX && video->hasModelResolutionY) {
        qemuSetNumber(device, "xres", video->modelResolutionX);
        qemuSetNumber(device, "yres", video->modelResolutionY);
    }
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandDisplays(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    bool window = false;

    for (size_t i = 0; i < document->ngraphics; i++) {
        window |= document->graphics[i]->type != VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC &&
                  document->graphics[i]->type != VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE;
        if (!addGraphics(command, document->graphics[i]))
            return false;
    }
    if (!window)
        qemuCommandAdd(command, "-display", "none");
    for (size_t i = 0; i < document->nvideos; i++) {
        if (!addVideo(command, document->videos[i], i == 0))
            return false;
    }
    return true;
}
