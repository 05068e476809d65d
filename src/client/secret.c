/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about secrets whose values go through the shell. */

#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "client/commands.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

/* Forgets a value before its memory is given back. */
static void virshWipe(void *data, size_t length)
{
    if (data)
        explicit_bzero(data, length);
}

bool shellSecretGetValue(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshSecret) secret = virshFindSecret(ctl, arguments, "secret", NULL);
    unsigned char *value;
    size_t size = 0;
    bool good = true;

    if (!secret)
        return false;
    value = virSecretGetValue(secret, &size, 0);
    if (!value)
        return false;
    if (virshFlag(arguments, "plain")) {
        good = fwrite(value, 1, size, stdout) == size && fflush(stdout) == 0;
        if (!good)
            virshError(ctl, "failed to write secret");
    } else {
        char *text = g_base64_encode(value, size);

        good = virshAnswer(ctl, arguments, "value", text);
        virshWipe(text, strlen(text));
        g_free(text);
    }
    virshWipe(value, size);
    free(value);
    return good;
}

/* Reads a line from the terminal without showing it. */
static char *virshAskSecret(virshControl *ctl)
{
    struct termios before, silent;
    char *line = NULL;
    size_t room = 0;
    ssize_t length;

    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &before) < 0) {
        virshError(ctl, "Failed to read secret");
        return NULL;
    }
    silent = before;
    silent.c_lflag &= (tcflag_t)~ECHO;
    fputs("Enter new value for secret: ", stdout);
    fflush(stdout);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    length = getline(&line, &room, stdin);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fputc('\n', stdout);
    if (length <= 0) {
        free(line);
        virshError(ctl, "Failed to read secret");
        return NULL;
    }
    line[strcspn(line, "\n")] = '\0';
    return line;
}

/* The value from wherever the options say, still in base64 when `*encoded`. */
static char *virshSecretText(virshControl *ctl, const virshArguments *arguments, bool *encoded)
{
    const char *text = NULL, *file = NULL;
    char *line, *copy;

    if (!virshString(ctl, arguments, "base64", &text) ||
        !virshString(ctl, arguments, "file", &file))
        return NULL;
    *encoded = !virshFlag(arguments, "plain") && !virshFlag(arguments, "interactive");
    if (text) {
        virshError(ctl, "Passing secret value as command-line argument is insecure!");
        return g_strdup(text);
    }
    if (file)
        return virshReadFile(ctl, file);
    if (!virshFlag(arguments, "interactive")) {
        virshError(ctl, "Input secret value is missing");
        return NULL;
    }
    line = virshAskSecret(ctl);
    copy = g_strdup(line);
    if (line)
        virshWipe(line, strlen(line));
    free(line);
    return copy;
}

bool shellSecretSetValue(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshSecret) secret = virshFindSecret(ctl, arguments, "secret", NULL);
    bool encoded = false;
    char *text;
    gsize size;
    int result;

    if (!secret)
        return false;
    text = virshSecretText(ctl, arguments, &encoded);
    if (!text)
        return false;
    size = strlen(text);
    if (encoded && size)
        g_base64_decode_inplace(text, &size);
    result = virSecretSetValue(secret, (const unsigned char *)text, size, 0);
    virshWipe(text, size);
    g_free(text);
    if (result < 0) {
        virshError(ctl, "Failed to set secret value");
        return false;
    }
    virshExtra(ctl, "Secret value set\n");
    return true;
}

static const char *const usageTypes[] = { NULL, "volume", "ceph", "iscsi", "tls", "vtpm" };

static int virshCompareSecrets(const void *a, const void *b)
{
    char first[VIR_UUID_STRING_BUFLEN] = "";
    char second[VIR_UUID_STRING_BUFLEN] = "";

    virSecretGetUUIDString(*(const virSecretPtr *)a, first);
    virSecretGetUUIDString(*(const virSecretPtr *)b, second);
    return g_ascii_strcasecmp(first, second);
}

static void virshSecretRow(virshReport *report, virSecretPtr secret)
{
    int type = virSecretGetUsageType(secret);
    const char *id = virSecretGetUsageID(secret);
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    virSecretGetUUIDString(secret, uuid);
    virshReportRow(report);
    virshPutText(report, "uuid", uuid);
    virshPutInt(report, "usage-type", type);
    virshPutText(report, "usage-id", id);
    if (type > 0 && type < (int)G_N_ELEMENTS(usageTypes)) {
        g_autofree char *usage = g_strdup_printf("%s %s", usageTypes[type], id ? id : "");

        virshPutText(report, "usage", usage);
    } else {
        virshPutText(report, "usage", "Unused");
    }
}

bool shellSecretList(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshReport) report = NULL;
    virSecretPtr *secrets = NULL;
    unsigned int flags = 0;
    int count;

    flags |= virshFlag(arguments, "ephemeral") ? VIR_CONNECT_LIST_SECRETS_EPHEMERAL : 0;
    flags |= virshFlag(arguments, "no-ephemeral") ? VIR_CONNECT_LIST_SECRETS_NO_EPHEMERAL : 0;
    flags |= virshFlag(arguments, "private") ? VIR_CONNECT_LIST_SECRETS_PRIVATE : 0;
    flags |= virshFlag(arguments, "no-private") ? VIR_CONNECT_LIST_SECRETS_NO_PRIVATE : 0;
    count = virConnectListAllSecrets(ctl->connection, &secrets, flags);
    if (count < 0) {
        virshError(ctl, "Failed to list node secrets");
        return false;
    }
    if (count)
        qsort(secrets, (size_t)count, sizeof(*secrets), virshCompareSecrets);
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        virshSecretRow(report, secrets[i]);
        virSecretFree(secrets[i]);
    }
    free(secrets);
    return virshReportEnd(report);
}
