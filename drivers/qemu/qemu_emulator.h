/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* QEMU programs of the machine, and what each can emulate. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "document/domain.h"

typedef struct qemuEmulators qemuEmulators;

typedef struct {
    char *name;
    char *alias;                /* another name, "pc"; NULL for none */
    unsigned int maxCpus;
    bool isDefault;
    bool deprecated;
} qemuMachine;

/* Counted and never changed, so that it may be read without a lock. */
typedef struct {
    char *path;
    char *arch;                 /* of the guests */
    unsigned int version;       /* major * 1000000 + minor * 1000 + micro */
    char *package;
    bool kvm;                   /* it can use KVM here and now */
    GArray *machines;           /* of qemuMachine */
    GPtrArray *cpus;            /* names of processor models, sorted */
    GPtrArray *devices;         /* names of devices, sorted; those in modules too */
} qemuEmulator;

qemuEmulator *qemuEmulatorRef(qemuEmulator *emulator);
void qemuEmulatorUnref(qemuEmulator *emulator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(qemuEmulator, qemuEmulatorUnref)

/* Finds a machine by its name or other name; NULL for the default one. NULL when there is none. */
const qemuMachine *qemuEmulatorMachine(const qemuEmulator *emulator, const char *name);

/* Emulators that are asked when they are needed, and remembered in files of a folder. */
qemuEmulators *qemuEmulatorsNew(const char *folder);
void qemuEmulatorsFree(qemuEmulators *emulators);

/* The program at a path, as it is now; NULL with an error raised. */
qemuEmulator *qemuEmulatorsGet(qemuEmulators *emulators, const char *path);
/* Where the program for an architecture is (NULL: that of the machine); NULL when there is none. */
char *qemuEmulatorsPath(const char *arch);
/* Architectures that have a program here, sorted. */
GPtrArray *qemuEmulatorsArches(void);

/* Names the emulator and the machine of a document that leaves them open; false with an error raised. */
bool qemuEmulatorsComplete(qemuEmulators *emulators, virDocDomain *document);

/*
 * The file in which something about a program is remembered, and the line that it must begin with to be
 * true still; both to be freed. The program is there.
 */
char *qemuEmulatorsFile(const qemuEmulators *emulators, const char *path, const char *suffix,
                        char **stamp);

/* Asks a program what it is; NULL with an error raised. Takes some 50 ms. */
qemuEmulator *qemuEmulatorProbe(const char *path);
/*
 * Puts commands to a program, each the members of a JSON object: the results in the same order (of
 * json_object), NULL for those that it refuses. NULL with an error raised when it does not answer.
 */
GPtrArray *qemuEmulatorAsk(const char *path, const char *const *commands, size_t count);

/* The same as text, for a file, and back; NULL when the text is no such thing. */
char *qemuEmulatorToText(const qemuEmulator *emulator);
qemuEmulator *qemuEmulatorFromText(const char *path, const char *text);
