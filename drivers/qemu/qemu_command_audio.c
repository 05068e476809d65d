/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: sound cards, and where their sound goes. */

#include "qemu_command.h"

/* What QEMU calls each kind; NULL for what it was never built with on Linux. */
static const char *const drivers[VIR_DOC_DOMAIN_AUDIO_TYPE_LAST] = {
    [VIR_DOC_DOMAIN_AUDIO_TYPE_NONE] = "none",   [VIR_DOC_DOMAIN_AUDIO_TYPE_ALSA] = "alsa",
    [VIR_DOC_DOMAIN_AUDIO_TYPE_DBUS] = "dbus",   [VIR_DOC_DOMAIN_AUDIO_TYPE_JACK] = "jack",
    [VIR_DOC_DOMAIN_AUDIO_TYPE_OSS] = "oss",     [VIR_DOC_DOMAIN_AUDIO_TYPE_PULSEAUDIO] = "pa",
    [VIR_DOC_DOMAIN_AUDIO_TYPE_SDL] = "sdl",     [VIR_DOC_DOMAIN_AUDIO_TYPE_SPICE] = "spice",
    [VIR_DOC_DOMAIN_AUDIO_TYPE_FILE] = "wav",
};

/* The settings of one direction. */
static void
setDirection(json_object *audio, const char *name, virDocDomainAudioType type,
             const virDocDomainAudioDirection *direction)
{
    const char *device = type == VIR_DOC_DOMAIN_AUDIO_TYPE_PULSEAUDIO ? direction->name :
        direction->dev;
    json_object *object = json_object_new_object();

    qemuSetSwitch(object, "mixing-engine", direction->mixingEngine);
    qemuSetSwitch(object, "fixed-settings", direction->fixedSettings);
    if (direction->hasSettingsFrequency)
        qemuSetNumber(object, "frequency", direction->settingsFrequency);
    if (direction->hasSettingsChannels)
        qemuSetNumber(object, "channels", direction->settingsChannels);
    if (direction->settingsFormat)
        qemuSetString(object, "format",
                      virDocDomainAudioFormatToString(direction->settingsFormat));
    if (direction->hasVoices)
        qemuSetNumber(object, "voices", direction->voices);
    if (direction->hasBufferLength)
        qemuSetNumber(object, "buffer-length", direction->bufferLength);
    if (direction->hasBufferCount)
        qemuSetNumber(object, "buffer-count", direction->bufferCount);
    qemuSetString(object, type == VIR_DOC_DOMAIN_AUDIO_TYPE_PULSEAUDIO ? "name" : "dev", device);
    qemuSetString(object, "stream-name", direction->streamName);
    if (direction->hasLatency)
        qemuSetNumber(object, "latency", direction->latency);
    qemuSetSwitch(object, "try-poll", direction->tryPoll);
    qemuSetString(object, "server-name", direction->serverName);
    qemuSetString(object, "client-name", direction->clientName);
    qemuSetString(object, "connect-ports", direction->connectPorts);
    qemuSetSwitch(object, "exact-name", direction->exactName);
    json_object_object_add(audio, name, object);
}

static bool
addAudio(qemuCommand *command, const virDocDomainAudio *audio)
{
    g_autofree char *id = g_strdup_printf("audio%u", audio->id);
    json_object *object;

    if (!drivers[audio->type])
        return qemuCommandRefuse(command, "<audio type='%s'>: QEMU of this age has no such backend",
                                 virDocDomainAudioTypeToString(audio->type));
    object = json_object_new_object();
    qemuSetString(object, "id", id);
    qemuSetString(object, "driver", drivers[audio->type]);
    if (audio->hasTimerPeriod)
        qemuSetNumber(object, "timer-period", audio->timerPeriod);
    qemuSetString(object, "server", audio->serverName);
    if (audio->type == VIR_DOC_DOMAIN_AUDIO_TYPE_FILE)
        qemuSetString(object, "path", audio->path);
    qemuSetSwitch(object, "try-mmap", audio->tryMMap);
    qemuSetSwitch(object, "exclusive", audio->exclusive);
    if (audio->hasDspPolicy)
        qemuSetNumber(object, "dsp-policy", audio->dspPolicy);
    if (audio->input)
        setDirection(object, "in", audio->type, audio->input);
    if (audio->output)
        setDirection(object, "out", audio->type, audio->output);
    if (audio->type == VIR_DOC_DOMAIN_AUDIO_TYPE_SDL && audio->driver)
        g_ptr_array_add(command->environment,
                        g_strconcat("SDL_AUDIODRIVER=",
                                    virDocDomainAudioSdlDriverToString(audio->driver), NULL));
    if (audio->type == VIR_DOC_DOMAIN_AUDIO_TYPE_PULSEAUDIO && audio->runtimeDir)
        g_ptr_array_add(command->environment,
                        g_strconcat("PULSE_RUNTIME_PATH=", audio->runtimeDir, NULL));
    qemuCommandAddObject(command, "-audiodev", object);
    return true;
}

/* What a card is to QEMU. */
typedef struct {
    const char *driver;
    bool codecs;                /* the sound is made by what hangs on it */
} Card;

static const Card cards[VIR_DOC_DOMAIN_SOUND_MODEL_LAST] = {
    [VIR_DOC_DOMAIN_SOUND_MODEL_SB16] = { "sb16", false },
    [VIR_DOC_DOMAIN_SOUND_MODEL_ES1370] = { "ES1370", false },
    [VIR_DOC_DOMAIN_SOUND_MODEL_AC97] = { "AC97", false },
    [VIR_DOC_DOMAIN_SOUND_MODEL_ICH6] = { "intel-hda", true },
    [VIR_DOC_DOMAIN_SOUND_MODEL_ICH9] = { "ich9-intel-hda", true },
    [VIR_DOC_DOMAIN_SOUND_MODEL_USB] = { "usb-audio", false },
};

/* The backend of a card: the one it names, or the first. */
static char *
backendOf(const virDocDomain *document, const virDocDomainSound *sound)
{
    unsigned int id = sound->hasAudioId ? sound->audioId :
        document->naudios ? document->audios[0]->id : 1;

    return g_strdup_printf("audio%u", id);
}

static void
addCodec(qemuCommand *command, const virDocDomainSound *sound, unsigned int number,
         virDocDomainSoundCodecType type, const char *backend)
{
    g_autofree char *name = g_strdup_printf("%s-codec%u", sound->info.aliasName, number);
    g_autofree char *bus = g_strconcat(sound->info.aliasName, ".0", NULL);
    json_object *codec = json_object_new_object();

    qemuSetString(codec, "driver", type == VIR_DOC_DOMAIN_SOUND_CODEC_TYPE_MICRO ? "hda-micro" :
                  type == VIR_DOC_DOMAIN_SOUND_CODEC_TYPE_OUTPUT ? "hda-output" : "hda-duplex");
    qemuSetString(codec, "id", name);
    qemuSetString(codec, "bus", bus);
    qemuSetNumber(codec, "cad", number);
    qemuSetString(codec, "audiodev", backend);
    qemuCommandAddObject(command, "-device", codec);
}

bool
qemuCommandSound(qemuCommand *command, const virDocDomainSound *sound)
{
    const Card *card = &cards[sound->model];
    g_autofree char *backend = backendOf(command->document, sound);
    json_object *device;

    if (sound->model == VIR_DOC_DOMAIN_SOUND_MODEL_PCSPK)
        return true;
    if (!card->driver)
        return qemuCommandRefuse(command, "QEMU of this age has no <sound model='%s'>",
                                 virDocDomainSoundModelToString(sound->model));
    device = qemuDevice(command, card->driver, &sound->info);
    if (!card->codecs)
        qemuSetString(device, "audiodev", backend);
    if (sound->model == VIR_DOC_DOMAIN_SOUND_MODEL_USB)
        qemuSetSwitch(device, "multi", sound->multichannel);
    qemuCommandAddObject(command, "-device", device);
    for (unsigned int i = 0; card->codecs && i < sound->ncodecs; i++)
        addCodec(command, sound, i, sound->codecs[i]->type, backend);
    if (card->codecs && !sound->ncodecs)
        addCodec(command, sound, 0, VIR_DOC_DOMAIN_SOUND_CODEC_TYPE_DUPLEX, backend);
    return true;
}

bool
qemuCommandSounds(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->naudios; i++) {
        if (!addAudio(command, document->audios[i]))
            return false;
    }
    if (document->nsounds && !document->naudios)
        qemuCommandAdd(command, "-audiodev", "{\"id\":\"audio1\",\"driver\":\"none\"}");
    for (size_t i = 0; i < document->nsounds; i++) {
        if (!qemuCommandSound(command, document->sounds[i]))
            return false;
    }
    return true;
}

void
qemuAudioMachine(const virDocDomain *document, GString *text)
{
    for (size_t i = 0; i < document->nsounds; i++) {
        if (document->sounds[i]->model == VIR_DOC_DOMAIN_SOUND_MODEL_PCSPK) {
            g_autofree char *backend = backendOf(document, document->sounds[i]);

            g_string_append_printf(text, ",pcspk-audiodev=%s", backend);
            return;
        }
    }
}
