/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: TPMs, smart cards and cryptographic devices. */

#include <string.h>

#include "conf/domain_machine.h"
#include "qemu_command.h"

/* Where a card that certificates make is looked for, when nobody says. */
#define USUAL_DATABASE "/etc/pki/nssdb"

/* The program that emulates a TPM, and the socket at which QEMU finds it; false with an error raised. */
static bool
addEmulator(qemuCommand *command, const virDocDomainTpm *tpm, const char *id)
{
    const virDocDomainTpmBackend *backend = tpm->backend;
    g_autofree char *file = g_strconcat(tpm->info.aliasName, "-swtpm.sock", NULL);
    g_autofree char *socket = command->folder ? g_build_filename(command->folder, file, NULL) :
                              g_strdup(file);
    g_autofree char *program = command->shown ? g_strdup("swtpm") : g_find_program_in_path("swtpm");
    g_autofree char *escaped = qemuCommandEscape(socket);
    g_autofree char *state = NULL;

    if (!program)
        return qemuCommandRefuse(command, "<tpm><backend type='emulator'> needs the program swtpm "
                                 "(package swtpm)");
    if (backend->hasEncryptionSecret || backend->profileName || backend->profileSource)
        return qemuCommandRefuse(command, "<tpm>: this driver does not know <encryption> and <profile>");
    state = backend->statePath ? g_strdup(backend->statePath) :
            g_build_filename(command->folder ? command->folder : ".", "..", "swtpm",
                             command->document->name, NULL);
    if (!command->shown && g_mkdir_with_parents(state, 0700) < 0)
        return qemuCommandRefuse(command, "cannot make the folder '%s' of <tpm>", state);
    g_auto(GStrv) arguments = g_new0(char *, 10);

    arguments[0] = g_steal_pointer(&program);
    arguments[1] = g_strdup("socket");
    arguments[2] = g_strdup("--ctrl");
    arguments[3] = g_strdup_printf("type=unixio,path=%s,mode=0600", socket);
    arguments[4] = g_strdup("--tpmstate");
    arguments[5] = g_strdup_printf("dir=%s,mode=0600", state);
    arguments[6] = g_strdup("--terminate");
    if (backend->version != VIR_DOC_DOMAIN_TPM_VERSION_1_2)
        arguments[7] = g_strdup("--tpm2");
    qemuCommandBeside(command, socket, g_steal_pointer(&arguments));
    qemuCommandAddFormat(command, "-chardev", "socket,id=chr%s,path=%s", id, escaped);
    qemuCommandAddFormat(command, "-tpmdev", "emulator,id=%s,chardev=chr%s", id, id);
    return true;
}

/* What stands behind a TPM; false with an error raised. */
static bool
addTpmBackend(qemuCommand *command, const virDocDomainTpm *tpm, const char *id)
{
    const virDocDomainTpmBackend *backend = tpm->backend;
    g_autofree char *path = NULL;

    switch (backend->type) {
    case VIR_DOC_DOMAIN_TPM_BACKEND_TYPE_PASSTHROUGH:
        path = qemuCommandEscape(backend->devicePath ? backend->devicePath : "/dev/tpm0");
        qemuCommandAddFormat(command, "-tpmdev", "passthrough,id=%s,path=%s", id, path);
        return true;
    case VIR_DOC_DOMAIN_TPM_BACKEND_TYPE_EMULATOR:
        return addEmulator(command, tpm, id);
    case VIR_DOC_DOMAIN_TPM_BACKEND_TYPE_EXTERNAL:
        if (!backend->socketPath)
            break;
        path = qemuCommandEscape(backend->socketPath);
        qemuCommandAddFormat(command, "-chardev", "socket,id=chr%s,path=%s", id, path);
        qemuCommandAddFormat(command, "-tpmdev", "emulator,id=%s,chardev=chr%s", id, id);
        return true;
    case VIR_DOC_DOMAIN_TPM_BACKEND_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_TPM_BACKEND_TYPE_LAST:
        break;
    }
    return qemuCommandRefuse(command, "<tpm> '%s' says neither the type of its backend nor the path "
                             "of its socket", tpm->info.aliasName);
}

static bool
addTpm(qemuCommand *command, const virDocDomainTpm *tpm)
{
    static const char *const drivers[VIR_DOC_DOMAIN_TPM_MODEL_LAST] = {
        [VIR_DOC_DOMAIN_TPM_MODEL_TPM_TIS] = "tpm-tis",
        [VIR_DOC_DOMAIN_TPM_MODEL_TPM_CRB] = "tpm-crb",
        [VIR_DOC_DOMAIN_TPM_MODEL_TPM_SPAPR] = "tpm-spapr",
        [VIR_DOC_DOMAIN_TPM_MODEL_TPM_TIS_DEVICE] = "tpm-tis-device",
    };
    g_autofree char *id = g_strconcat("tpm-", tpm->info.aliasName, NULL);
    const char *driver = drivers[tpm->model ? tpm->model : VIR_DOC_DOMAIN_TPM_MODEL_TPM_TIS];
    json_object *device;

    if (!driver)
        return qemuCommandRefuse(command, "this driver does not know <tpm model='%s'>",
                                 virDocDomainTpmModelToString(tpm->model));
    if (!tpm->backend)
        return qemuCommandRefuse(command, "<tpm> '%s' has no <backend>", tpm->info.aliasName);
    if (!addTpmBackend(command, tpm, id))
        return false;
    device = qemuDevice(command, driver, &tpm->info);
    qemuSetString(device, "tpmdev", id);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

/* A card in a reader: the host's own, one of certificates, or one at the other end of a channel. */
static bool
addSmartcard(qemuCommand *command, const virDocDomainSmartcard *card)
{
    const virDocDomainAddress *address = card->info.address;
    g_autofree char *bus = g_strdup_printf("ccid%u.0", address ? address->controller : 0);
    bool passed = card->mode == VIR_DOC_DOMAIN_SMARTCARD_MODE_PASSTHROUGH;
    bool certificates = card->mode == VIR_DOC_DOMAIN_SMARTCARD_MODE_HOST_CERTIFICATES;
    json_object *device;

    if (passed && !qemuCommandBackend(command, &card->source, &card->info, NULL))
        return false;
    if (certificates && card->ncertificates != 3)
        return qemuCommandRefuse(command, "<smartcard mode='host-certificates'> needs three "
                                 "<certificate>, not %zu", card->ncertificates);
    device = qemuDevice(command, passed ? "ccid-card-passthru" : "ccid-card-emulated", &card->info);
    if (passed) {
        g_autofree char *channel = g_strconcat("char", card->info.aliasName, NULL);

        qemuSetString(device, "chardev", channel);
    } else {
        qemuSetString(device, "backend", certificates ? "certificates" : "nss-emulated");
    }
    for (size_t i = 0; certificates && i < card->ncertificates; i++) {
        g_autofree char *name = g_strdup_printf("cert%zu", i + 1);

        qemuSetString(device, name, card->certificates[i]);
    }
    if (certificates)
        qemuSetString(device, "db", card->database ? card->database : USUAL_DATABASE);
    qemuSetString(device, "bus", bus);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

static bool
addCrypto(qemuCommand *command, const virDocDomainCrypto *crypto)
{
    g_autofree char *id = g_strconcat("obj", crypto->info.aliasName, NULL);
    json_object *object, *device;

    if (crypto->backendModel == VIR_DOC_DOMAIN_CRYPTO_BACKEND_LKCF)
        return qemuCommandRefuse(command, "<crypto>: this QEMU knows the backend 'builtin' only, "
                                 "not 'lkcf'");
    object = json_object_new_object();
    qemuSetString(object, "qom-type", "cryptodev-backend-builtin");
    qemuSetString(object, "id", id);
    if (crypto->hasBackendQueues)
        qemuSetNumber(object, "queues", crypto->backendQueues);
    qemuCommandAddObject(command, "-object", object);
    device = qemuDevice(command, "virtio-crypto-pci", &crypto->info);
    qemuSetString(device, "cryptodev", id);
    qemuSetVirtio(device, &crypto->driverVirtio);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandSecurity(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->nsmartcards; i++) {
        if (!addSmartcard(command, document->smartcards[i]))
            return false;
    }
    for (size_t i = 0; i < document->ntpms; i++) {
        if (!addTpm(command, document->tpms[i]))
            return false;
    }
    for (size_t i = 0; i < document->ncryptos; i++) {
        if (!addCrypto(command, document->cryptos[i]))
            return false;
    }
    return true;
}
