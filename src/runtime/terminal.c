/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The credentials callback that every program can use: it asks on the terminal. */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "base/visibility.h"

#define LINE_MAX_BYTES 1024

/* One line without its line feed into `line`; false at the end of input. */
static bool
readLine(char *line, int size)
{
    if (!fgets(line, size, stdin))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

/* The same with the terminal's echo turned off meanwhile. */
static bool
readSecret(char *line, int size)
{
    struct termios before, quiet;
    bool quieted = tcgetattr(STDIN_FILENO, &before) == 0;
    bool read;

    if (quieted) {
        quiet = before;
        quiet.c_lflag &= ~(tcflag_t) ECHO;
        quieted = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    read = readLine(line, size);
    if (quieted) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stdout);
    }
    return read;
}

static bool
askOne(virConnectCredentialPtr question)
{
    char line[LINE_MAX_BYTES];
    bool secret = question->type == VIR_CRED_PASSPHRASE ||
                  question->type == VIR_CRED_NOECHOPROMPT;
    bool answered;

    /* What an outside agent proves needs no words. */
    if (question->type == VIR_CRED_EXTERNAL)
        return true;
    printf("%s: ", question->prompt ? question->prompt : "");
    fflush(stdout);
    answered = secret ? readSecret(line, sizeof(line)) : readLine(line, sizeof(line));
    if (answered) {
        question->result = g_strdup(*line || !question->defresult ? line : question->defresult);
        question->resultlen = (unsigned int) strlen(question->result);
    }
    explicit_bzero(line, sizeof(line));
    return answered;
}

static int
askOnTerminal(virConnectCredentialPtr credentials, unsigned int count, void *opaque G_GNUC_UNUSED)
{
    unsigned int i;

    for (i = 0; i < count; i++) {
        if (!askOne(&credentials[i]))
            return -1;
    }
    return 0;
}

static int terminalKinds[] = {
    VIR_CRED_AUTHNAME,
    VIR_CRED_ECHOPROMPT,
    VIR_CRED_REALM,
    VIR_CRED_PASSPHRASE,
    VIR_CRED_NOECHOPROMPT,
    VIR_CRED_EXTERNAL,
};

static virConnectAuth terminalAuth = {
    .credtype = terminalKinds,
    .ncredtype = G_N_ELEMENTS(terminalKinds),
    .cb = askOnTerminal,
};

VIR_PUBLIC virConnectAuthPtr virConnectAuthPtrDefault = &terminalAuth;
