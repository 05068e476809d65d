/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Screens, graphics cards, input devices and sound. */

#include <string.h>

#include "conf/domain_parts.h"

static bool
isServer(const virDocDomainGraphics *graphics)
{
    return graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC ||
           graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE ||
           graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_RDP;
}

static virDocDomainListen *
addListen(virDocDomainGraphics *graphics, virDocDomainListenType type)
{
    virDocDomainListen *listen = virDocDomainListenNew();

    listen->type = type;
    VIR_DOC_LIST_ADD(graphics, listens, listen);
    return listen;
}

/* Old documents name one address or socket on the element itself; both are kept the same. */
static void
completeListens(virDocDomainGraphics *graphics, virDocContext *context)
{
    bool spice = graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE;
    virDocDomainListen *first;

    if (!graphics->nlistens && graphics->socket) {
        first = addListen(graphics, VIR_DOC_DOMAIN_LISTEN_TYPE_SOCKET);
        first->socket = g_strdup(graphics->socket);
    }
    /* Without a port a SPICE server is reached by handing over connections. */
    if (!graphics->nlistens && spice && !graphics->listen && !graphics->hasPort &&
        !graphics->hasTlsPort && graphics->autoport != VIR_DOC_SWITCH_ON)
        addListen(graphics, VIR_DOC_DOMAIN_LISTEN_TYPE_NONE);
    if (!graphics->nlistens)
        addListen(graphics, VIR_DOC_DOMAIN_LISTEN_TYPE_ADDRESS);
    first = graphics->listens[0];
    if (first->type == VIR_DOC_DOMAIN_LISTEN_TYPE_SOCKET && first->socket && !graphics->socket &&
        graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC)
        graphics->socket = g_strdup(first->socket);
    if (first->type != VIR_DOC_DOMAIN_LISTEN_TYPE_ADDRESS)
        return;
    if (graphics->listen && first->address && strcmp(graphics->listen, first->address))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, NULL,
                              "'listen' says '%s', but the first <listen> '%s'", graphics->listen,
                              first->address);
    if (graphics->listen && !first->address)
        first->address = g_strdup(graphics->listen);
    if (first->address && !graphics->listen)
        graphics->listen = g_strdup(first->address);
}

static bool
needsPort(const virDocDomainGraphics *graphics)
{
    virDocDomainListenType type = graphics->listens[0]->type;

    return type == VIR_DOC_DOMAIN_LISTEN_TYPE_ADDRESS || type == VIR_DOC_DOMAIN_LISTEN_TYPE_NETWORK;
}

static void
completeVncPort(virDocDomainGraphics *graphics)
{
    bool found = !graphics->hasPort || graphics->port <= 0;

    if (found && graphics->autoport == VIR_DOC_SWITCH_OFF) {
        graphics->hasPort = false;
        return;
    }
    if (found || graphics->autoport == VIR_DOC_SWITCH_ON) {
        graphics->autoport = VIR_DOC_SWITCH_ON;
        graphics->hasPort = true;
        graphics->port = -1;
        return;
    }
    graphics->autoport = VIR_DOC_SWITCH_OFF;
}

static void
completeSpicePorts(virDocDomainGraphics *graphics)
{
    bool port = graphics->hasPort && graphics->port != -1;
    bool tls = graphics->hasTlsPort && graphics->tlsPort != -1;

    if (graphics->autoport == VIR_DOC_SWITCH_ON || (graphics->hasPort && !port) ||
        (graphics->hasTlsPort && !tls && !port)) {
        graphics->autoport = VIR_DOC_SWITCH_ON;
        graphics->hasPort = graphics->hasTlsPort = false;
        return;
    }
    graphics->hasPort = port;
    graphics->hasTlsPort = tls;
    graphics->autoport = VIR_DOC_SWITCH_OFF;
}

static void
completePorts(virDocDomainGraphics *graphics)
{
    if (!needsPort(graphics)) {
        graphics->hasPort = graphics->hasTlsPort = false;
        graphics->autoport = VIR_DOC_SWITCH_ABSENT;
    } else if (graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE) {
        completeSpicePorts(graphics);
    } else if (graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC) {
        completeVncPort(graphics);
    } else {
        bool found = !graphics->hasPort || graphics->port <= 0;

        graphics->autoport = found ? VIR_DOC_SWITCH_ON : VIR_DOC_SWITCH_OFF;
        graphics->hasPort = true;
        graphics->port = found ? 0 : graphics->port;
    }
}

void
virConfCheckGraphics(void *data, virDocContext *context)
{
    virDocDomainGraphics *graphics = data;

    if (!isServer(graphics))
        return;
    completeListens(graphics, context);
    /* The ports that a running guest got are those it has. */
    if (virDocContextFlags(context) & VIR_DOC_PARSE_INACTIVE || graphics->port <= 0)
        completePorts(graphics);
}

/* KiB of video memory that a model has unless told otherwise; 0 for those that have none. */
static unsigned int
usualMemory(virDocDomainVideoModel model)
{
    switch (model) {
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VGA:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_CIRRUS:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VMVGA:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_BOCHS:
        return 16 * 1024;
    case VIR_DOC_DOMAIN_VIDEO_MODEL_XEN:
        return 4 * 1024;
    case VIR_DOC_DOMAIN_VIDEO_MODEL_QXL:
        return 64 * 1024;
    case VIR_DOC_DOMAIN_VIDEO_MODEL_ABSENT:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VBOX:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_PARALLELS:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VIRTIO:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_GOP:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_NONE:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_RAMFB:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_DEFAULT:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_LAST:
        break;
    }
    return 0;
}

void
virConfCheckVideo(void *data, virDocContext *context)
{
    virDocDomainVideo *video = data;
    bool qxl;

    if (!video->modelType) {
        video->modelType = virConfDomainDriverOf(context)->video;
        if (!video->modelType)
            video->modelType = VIR_DOC_DOMAIN_VIDEO_MODEL_CIRRUS;
    }
    qxl = video->modelType == VIR_DOC_DOMAIN_VIDEO_MODEL_QXL;
    if (!qxl && (video->hasModelRam || video->hasModelVram64 || video->hasModelVgamem))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "model",
                              "'ram', 'vram64' and 'vgamem' are only for model 'qxl'");
    if (!video->hasModelVram && usualMemory(video->modelType)) {
        video->hasModelVram = true;
        video->modelVram = usualMemory(video->modelType);
    }
    if (qxl && !video->hasModelRam) {
        video->hasModelRam = true;
        video->modelRam = usualMemory(video->modelType);
    }
    if (!video->hasModelHeads && video->modelType != VIR_DOC_DOMAIN_VIDEO_MODEL_NONE) {
        video->hasModelHeads = true;
        video->modelHeads = 1;
    }
}

static void
completeVideos(virDocDomain *domain, virDocContext *context)
{
    size_t primary = SIZE_MAX;

    if (!domain->nvideos && domain->ngraphics) {
        virDocDomainVideo *video = virDocDomainVideoNew();

        virConfCheckVideo(video, context);
        VIR_DOC_LIST_ADD(domain, videos, video);
    }
    for (size_t i = 0; i < domain->nvideos; i++) {
        if (domain->videos[i]->modelType == VIR_DOC_DOMAIN_VIDEO_MODEL_NONE && domain->nvideos > 1)
            virDocContextReport(context, "devices/video", "model 'none' excludes other cards");
        if (domain->videos[i]->modelPrimary != VIR_DOC_SWITCH_ON)
            continue;
        if (primary != SIZE_MAX)
            virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "devices/video",
                                  "only one card is the primary one");
        primary = i;
    }
    if (!domain->nvideos || domain->videos[0]->modelType == VIR_DOC_DOMAIN_VIDEO_MODEL_NONE)
        return;
    if (primary == SIZE_MAX)
        domain->videos[primary = 0]->modelPrimary = VIR_DOC_SWITCH_ON;
    if (primary) {
        virDocDomainVideo *video = VIR_DOC_LIST_TAKE(domain, videos, primary);

        VIR_DOC_LIST_INSERT(domain, videos, 0, video);
    }
}

void
virConfCheckInput(void *data, virDocContext *context)
{
    virDocDomainInput *input = data;

    if (!input->bus) {
        switch (input->type) {
        case VIR_DOC_DOMAIN_INPUT_TYPE_MOUSE:
        case VIR_DOC_DOMAIN_INPUT_TYPE_KEYBOARD:
            input->bus = VIR_DOC_DOMAIN_INPUT_BUS_PS2;
            break;
        case VIR_DOC_DOMAIN_INPUT_TYPE_TABLET:
            input->bus = VIR_DOC_DOMAIN_INPUT_BUS_USB;
            break;
        case VIR_DOC_DOMAIN_INPUT_TYPE_PASSTHROUGH:
            input->bus = VIR_DOC_DOMAIN_INPUT_BUS_VIRTIO;
            break;
        case VIR_DOC_DOMAIN_INPUT_TYPE_EVDEV:
        case VIR_DOC_DOMAIN_INPUT_TYPE_ABSENT:
        case VIR_DOC_DOMAIN_INPUT_TYPE_LAST:
            break;
        }
    }
    if (input->bus == VIR_DOC_DOMAIN_INPUT_BUS_PS2 &&
        input->type != VIR_DOC_DOMAIN_INPUT_TYPE_MOUSE &&
        input->type != VIR_DOC_DOMAIN_INPUT_TYPE_KEYBOARD)
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, NULL,
                              "the PS/2 bus has mice and keyboards only");
    if (input->type == VIR_DOC_DOMAIN_INPUT_TYPE_EVDEV && !input->sourceDev)
        virDocContextReport(context, "source", "the device is missing");
}

static bool
hasAudio(const virDocDomain *domain, unsigned int id)
{
    for (size_t i = 0; i < domain->naudios; i++) {
        if (domain->audios[i]->id == id)
            return true;
    }
    return false;
}

static void
checkAudio(const virDocDomain *domain, virDocContext *context)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (size_t i = 0; i < domain->naudios; i++) {
        if (!g_hash_table_add(seen, GUINT_TO_POINTER(domain->audios[i]->id)))
            virDocContextReport(context, "devices/audio", "audio backend %u is given twice",
                                domain->audios[i]->id);
    }
    for (size_t i = 0; i < domain->nsounds; i++) {
        g_autofree char *path = virConfDomainDevicePath("sound", i);

        if (domain->sounds[i]->hasAudioId && !hasAudio(domain, domain->sounds[i]->audioId))
            virDocContextReport(context, path, "there is no audio backend %u",
                                domain->sounds[i]->audioId);
    }
}

void
virConfDomainCompleteDisplays(virDocDomain *domain, virDocContext *context)
{
    completeVideos(domain, context);
    checkAudio(domain, context);
}
