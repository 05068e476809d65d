/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: screens, and how people see them. */

#include <string.h>

#include "qemu_command.h"

/* Ports of VNC count from here. */
#define VNC_BASE 5900

/* The address to listen at, in brackets where colons need them. */
static char *
listenAddress(const virDocDomainGraphics *graphics)
{
    const char *address = graphics->listen;

    for (size_t i = 0; i < graphics->nlistens && !address; i++)
        address = graphics->listens[i]->address;
    if (!address)
        address = "127.0.0.1";
    return strchr(address, ':') ? g_strdup_printf("[%s]", address) : g_strdup(address);
}

static const char *
listenSocket(const virDocDomainGraphics *graphics)
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
    const char *socket = listenSocket(graphics);

    if (socket) {
        g_autofree char *path = qemuCommandEscape(socket);

        g_string_append_printf(text, "unix:%s", path);
    } else {
        g_autofree char *address = listenAddress(graphics);

        if (graphics->port < VNC_BASE)
            return qemuCommandRefuse(command, "VNC ports count from %d, %d is none", VNC_BASE,
                                     graphics->port);
        g_string_append_printf(text, "%s:%d", address, graphics->port - VNC_BASE);
    }
    if (graphics->hasWebsocket)
        g_string_append_printf(text, ",websocket=%d", graphics->websocket);
    if (graphics->sharePolicy)
        g_string_append_printf(text, ",share=%s",
                               virDocDomainGraphicsSharePolicyToString(graphics->sharePolicy));
    if (graphics->passwd)
        g_string_append(text, ",password=on");
    if (graphics->keymap) {
        g_autofree char *keymap = qemuCommandEscape(graphics->keymap);

        qemuCommandAdd(command, "-k", keymap);
    }
    qemuCommandAdd(command, "-vnc", text->str);
    return true;
}

static bool
addGraphics(qemuCommand *command, const virDocDomainGraphics *graphics)
{
    switch (graphics->type) {
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC:
        return addVNC(command, graphics);
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_SDL:
        if (graphics->display)
            g_ptr_array_add(command->environment,
                            g_strconcat("DISPLAY=", graphics->display, NULL));
        if (graphics->xauth)
            g_ptr_array_add(command->environment,
                            g_strconcat("XAUTHORITY=", graphics->xauth, NULL));
        qemuCommandAdd(command, "-display", graphics->fullscreen == VIR_DOC_SWITCH_ON ?
                       "sdl,full-screen=on" : "sdl");
        return true;
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_EGL_HEADLESS:
        qemuCommandAdd(command, "-display", "egl-headless");
        return true;
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_RDP:
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_DESKTOP:
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE:
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_DBUS:
    case VIR_DOC_DOMAIN_GRAPHICS_TYPE_LAST:
        break;
    }
    return qemuCommandRefuse(command, "this driver does not know graphics of type '%s' yet",
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

static bool
addVideo(qemuCommand *command, const virDocDomainVideo *video, bool primary)
{
    const char *driver = videoDriver(video, primary);
    json_object *device;

    if (video->modelType == VIR_DOC_DOMAIN_VIDEO_MODEL_NONE)
        return true;
    if (!driver)
        return qemuCommandRefuse(command, "QEMU has no graphics card of model '%s'",
                                 virDocDomainVideoModelToString(video->modelType));
    device = qemuDevice(command, driver, &video->info);
    if (video->modelType == VIR_DOC_DOMAIN_VIDEO_MODEL_VIRTIO)
        qemuSetNumber(device, "max_outputs", video->hasModelHeads ? video->modelHeads : 1);
    else if (video->hasModelVram && (g_str_equal(driver, "VGA") ||
                                     g_str_equal(driver, "vmware-svga")))
        qemuSetNumber(device, "vgamem_mb", MAX(video->modelVram / 1024, 1));
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
        window |= document->graphics[i]->type != VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC;
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
