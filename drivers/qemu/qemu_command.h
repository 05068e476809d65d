/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest, made from its document. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <json-c/json.h>

#include "document/domain.h"
#include "qemu_emulator.h"
#include "qemu_settings.h"

/* A descriptor that QEMU gets under a number. */
typedef struct {
    int fd;                     /* ours */
    int number;                 /* QEMU's */
} qemuPassed;

typedef struct {
    bool shown;                 /* not to be run: nothing of the machine is touched */
    bool plugged;               /* for a QEMU that runs: see qemu_hotplug.c */
    const char *folder;         /* of sockets that the guest makes; NULL: it is only shown */
    const virDocDomain *document;   /* named and placed, see conf/domain_places.h */
    const qemuEmulator *emulator;
    GPtrArray *arguments;       /* NULL-terminated when it is complete */
    GPtrArray *environment;     /* "name=value" */
    GArray *passed;             /* of qemuPassed, closed with the command */
    GHashTable *turns;          /* info of a device -> its turn at booting, from <os><boot> */
    GHashTable *taps;           /* interface -> the name of its device, given by the kernel */
    GPtrArray *beside;          /* of qemuBeside: programs that run before QEMU does, and end with it */
    unsigned int cid;           /* number of the guest's sockets; 0: none */
    char *unknown;              /* the first device that QEMU was not built with; NULL for none */
} qemuCommand;

/* A program that serves a device. */
typedef struct {
    char *socket;               /* where it listens when it is ready */
    char **arguments;           /* the first its path */
    int pidfd;                  /* -1: it does not run, or QEMU has it */
} qemuBeside;

/* What is not in the document. */
typedef struct {
    int monitor;                /* a listening socket; is the command's from then on. -1: it is only shown */
    int incoming;               /* where saved state comes from, or -1; the same */
    const char *folder;         /* of sockets that the guest makes */
    const qemuSettings *settings;   /* NULL: as without qemu.conf */
} qemuCommandPlace;

/* The whole command line; NULL with an error raised that names what can't be. */
qemuCommand *qemuCommandNew(const virDocDomain *document, const qemuEmulator *emulator,
                            const qemuCommandPlace *place);
void qemuCommandFree(qemuCommand *command);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(qemuCommand, qemuCommandFree)
/* As somebody would type it. */
char *qemuCommandText(const qemuCommand *command);

/* --- between the files of the command line --------------------------------------------------- */

void qemuCommandAdd(qemuCommand *command, const char *option, const char *value);
void qemuCommandAddFormat(qemuCommand *command, const char *option, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* The value is an object, which is taken. */
void qemuCommandAddObject(qemuCommand *command, const char *option, json_object *object);
/* Hands over a descriptor; the number by which QEMU knows it. */
int qemuCommandPass(qemuCommand *command, int fd);
/* The same for the value of a network backend; to be freed. */
char *qemuCommandPassed(qemuCommand *command, int fd);
/* A path as part of a value: its commas doubled. */
char *qemuCommandEscape(const char *text);

/* A device with its name, its place and its turn at booting. */
json_object *qemuDevice(const qemuCommand *command, const char *driver,
                        const virDocDomainDeviceInfo *info);
void qemuSetString(json_object *object, const char *name, const char *value);
void qemuSetNumber(json_object *object, const char *name, gint64 value);
void qemuSetTrue(json_object *object, const char *name, bool value);
/* Says nothing where the document says nothing. */
void qemuSetSwitch(json_object *object, const char *name, virDocSwitch value);

/* Raises: this can't be, and false. */
bool qemuCommandRefuse(const qemuCommand *command, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The name of a virtio device of a model: "virtio-transitional" and the other get a suffix; to be freed. */
char *qemuVirtioDriver(const char *driver, const char *model);
void qemuSetVirtio(json_object *device, const virDocDomainVirtioOptions *options);

/* Raises when QEMU was not built with a device that the command has; false then. */
bool qemuCommandIsKnown(const qemuCommand *command);

/* The parts; each false with an error raised. */
bool qemuCommandMachine(qemuCommand *command);
bool qemuCommandCpu(qemuCommand *command);
void qemuCommandTopology(qemuCommand *command);
bool qemuCommandMemory(qemuCommand *command);
bool qemuCommandMemoryDevices(qemuCommand *command);
bool qemuCommandFirmware(qemuCommand *command);
bool qemuCommandControllers(qemuCommand *command);
bool qemuCommandDisks(qemuCommand *command);
bool qemuCommandCharacters(qemuCommand *command);
bool qemuCommandInterfaces(qemuCommand *command);
bool qemuCommandDisplays(qemuCommand *command);
bool qemuCommandSounds(qemuCommand *command);
bool qemuCommandDevices(qemuCommand *command);
bool qemuCommandHostdevs(qemuCommand *command);
bool qemuCommandShares(qemuCommand *command);
bool qemuCommandSecurity(qemuCommand *command);
bool qemuCommandIommus(qemuCommand *command);

/* What firmware adds to the words of the machine; false with an error raised. */
bool qemuFirmwareMachine(const qemuCommand *command, GString *text);
/* What a speaker on the board adds to them. */
void qemuAudioMachine(const virDocDomain *document, GString *text);
/* The object that is all of the guest's memory, and whether there is one. */
#define QEMU_MEMORY_PIECE "pc.ram"
bool qemuMemoryHasPiece(const virDocDomain *document);

/* The same of one device; false with an error raised. */
bool qemuCommandController(qemuCommand *command, const virDocDomainController *controller);
bool qemuCommandDisk(qemuCommand *command, const virDocDomainDisk *disk);
bool qemuCommandInterface(qemuCommand *command, const virDocDomainInterface *interface);
bool qemuCommandSerial(qemuCommand *command, const virDocDomainCharacter *serial);
bool qemuCommandParallel(qemuCommand *command, const virDocDomainCharacter *parallel);
bool qemuCommandConsole(qemuCommand *command, const virDocDomainCharacter *console);
bool qemuCommandChannel(qemuCommand *command, const virDocDomainCharacter *channel);
bool qemuCommandRedirdev(qemuCommand *command, const virDocDomainRedirdev *redirdev);
bool qemuCommandInput(qemuCommand *command, const virDocDomainInput *input);
bool qemuCommandWatchdog(qemuCommand *command, const virDocDomainWatchdog *watchdog);
bool qemuCommandRng(qemuCommand *command, const virDocDomainRng *rng);
bool qemuCommandMemoryDevice(qemuCommand *command, const virDocDomainMemory *memory);
bool qemuCommandHostdev(qemuCommand *command, const virDocDomainHostdev *hostdev);
bool qemuCommandShmem(qemuCommand *command, const virDocDomainShmem *shmem);
bool qemuCommandFilesystem(qemuCommand *command, const virDocDomainFilesystem *filesystem);
bool qemuCommandVsock(qemuCommand *command, const virDocDomainVsock *vsock);
bool qemuCommandSound(qemuCommand *command, const virDocDomainSound *sound);
bool qemuCommandHub(qemuCommand *command, const virDocDomainHub *hub);

/* A screen by spice; false with an error raised. */
bool qemuCommandSpice(qemuCommand *command, const virDocDomainGraphics *graphics);
/* Where a screen listens: an address, or the path of a socket (NULL: none). */
const char *qemuGraphicsAddress(const virDocDomainGraphics *graphics);
const char *qemuGraphicsSocket(const virDocDomainGraphics *graphics);

/* The backend of a character device, "char" and its name: its option; false with an error raised. */
bool qemuCommandBackend(qemuCommand *command, const virDocDomainCharacterSource *source,
                        const virDocDomainDeviceInfo *info, const char *socket);

/* A program beside QEMU that ends with it: its arguments, the first its path; they are taken. */
void qemuCommandBeside(qemuCommand *command, const char *socket, char **arguments);

/* Writes into the document what came to be known while its command was made. */
void qemuCommandLearn(qemuCommand *command);

/* A command that is only to be filled with parts. */
qemuCommand *qemuCommandEmpty(const virDocDomain *document, const qemuEmulator *emulator,
                              const char *folder);

/* Where a disk's contents come from; NULL with an error raised. */
json_object *qemuStorageNode(const qemuCommand *command, const virDocDomainDisk *disk);
/* A unit of an iSCSI server, "target/unit", as a node; `what` uses it. */
bool qemuSetIscsi(const qemuCommand *command, json_object *node, const char *what,
                  virDocDomainStorageHost *const *hosts, size_t count, const char *name,
                  const char *initiator);
/* Whether other processes see the guest's memory; false with an error raised. */
bool qemuCommandNeedShared(const qemuCommand *command, const char *what);

/* Names of the two block nodes of a disk; they stay the same when other disks come and go. */
char *qemuDiskNode(const virDocDomainDisk *disk, const char *layer);
/* The nodes of a disk's contents; nothing for an empty drive. False with an error raised. */
bool qemuCommandDiskNodes(qemuCommand *command, const virDocDomainDisk *disk);
bool qemuDiskIsEmpty(const virDocDomainDisk *disk);
