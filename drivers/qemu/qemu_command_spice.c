/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: screens that are shown by spice. */

#include <string.h>

#include "qemu_command.h"

static void
addWord(GString *text, const char *name, const char *value)
{
    g_autofree char *escaped = value ? qemuCommandEscape(value) : NULL;

    if (escaped)
        g_string_append_printf(text, "%s%s=%s", text->len ? "," : "", name, escaped);
}

/* Where it listens; false with an error raised. */
static bool
addPlace(const qemuCommand *command, const virDocDomainGraphics *graphics, GString *text)
{
    const char *socket = qemuGraphicsSocket(graphics);

    if (socket) {
        g_string_append(text, "unix=on");
        addWord(text, "addr", socket);
        return true;
    }
    if (graphics->nlistens && graphics->listens[0]->type == VIR_DOC_DOMAIN_LISTEN_TYPE_NONE) {
        g_string_append(text, "port=0");
        return true;
    }
    if (graphics->hasTlsPort && graphics->tlsPort > 0)
        return qemuCommandRefuse(command, "<graphics type='spice'>: this driver has no certificates "
                                 "for a tlsPort");
    g_string_append_printf(text, "port=%d", graphics->port);
    addWord(text, "addr", qemuGraphicsAddress(graphics));
    return true;
}

/* How images, sound and the mouse go over the wire. */
static void
addWire(const virDocDomainGraphics *graphics, GString *text)
{
    if (graphics->imageCompression) {
        g_autofree char *word =
            g_strdup(virDocDomainSpiceImageCompressionToString(graphics->imageCompression));

        addWord(text, "image-compression", g_strdelimit(word, "-", '_'));
    }
    if (graphics->jpegCompression)
        addWord(text, "jpeg-wan-compression",
                virDocDomainSpiceCompressionToString(graphics->jpegCompression));
    if (graphics->zlibCompression)
        addWord(text, "zlib-glz-wan-compression",
                virDocDomainSpiceCompressionToString(graphics->zlibCompression));
    if (graphics->playbackCompression)
        addWord(text, "playback-compression",
                graphics->playbackCompression == VIR_DOC_SWITCH_ON ? "on" : "off");
    if (graphics->streamingMode)
        addWord(text, "streaming-video",
                virDocDomainSpiceStreamingToString(graphics->streamingMode));
    if (graphics->mouseMode)
        addWord(text, "agent-mouse",
                graphics->mouseMode == VIR_DOC_DOMAIN_MOUSE_MODE_CLIENT ? "on" : "off");
    if (graphics->clipboardCopypaste == VIR_DOC_SWITCH_OFF)
        addWord(text, "disable-copy-paste", "on");
    if (graphics->filetransferEnable == VIR_DOC_SWITCH_OFF)
        addWord(text, "disable-agent-file-xfer", "on");
}

bool
qemuCommandSpice(qemuCommand *command, const virDocDomainGraphics *graphics)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (!addPlace(command, graphics, text))
        return false;
    /* The password is told later, where no list of processes shows it. */
    if (!graphics->passwd)
        addWord(text, "disable-ticketing", "on");
    for (size_t i = 0; i < graphics->nchannels; i++) {
        const virDocDomainSpiceChannel *channel = graphics->channels[i];

        if (channel->mode == VIR_DOC_DOMAIN_SPICE_MODE_SECURE)
            return qemuCommandRefuse(command, "<graphics type='spice'>: the channel '%s' can't be "
                                     "secure without a tlsPort",
                                     virDocDomainSpiceChannelNameToString(channel->name));
        if (channel->mode == VIR_DOC_DOMAIN_SPICE_MODE_INSECURE)
            addWord(text, "plaintext-channel", virDocDomainSpiceChannelNameToString(channel->name));
    }
    addWire(graphics, text);
    if (graphics->glEnable == VIR_DOC_SWITCH_ON) {
        addWord(text, "gl", "on");
        addWord(text, "rendernode", graphics->glRendernode);
    }
    addWord(text, "seamless-migration", "on");
    qemuCommandAdd(command, "-spice", text->str);
    if (graphics->keymap)
        qemuCommandAdd(command, "-k", graphics->keymap);
    return true;
}
