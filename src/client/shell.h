/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated command tables are made of, and the state of one running shell. */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct _virshControl virshControl;
typedef struct _virshArguments virshArguments;
typedef struct _virshOption virshOption;
typedef struct _virshCommand virshCommand;

typedef enum {
    VIRSH_KIND_FLAG,
    VIRSH_KIND_STRING,
    VIRSH_KIND_INT,
    VIRSH_KIND_UINT,
    VIRSH_KIND_SIZE,
    VIRSH_KIND_ENUM,
    VIRSH_KIND_FILE,
    VIRSH_KIND_OBJECT,
    VIRSH_KIND_REST,
} virshKind;

enum {
    VIRSH_OPTION_REQUIRED = 1 << 0,
    VIRSH_OPTION_NAMED = 1 << 1, /* never filled by position */
};

enum {
    VIRSH_COMMAND_HIDDEN = 1 << 0,
    VIRSH_COMMAND_OFFLINE = 1 << 1, /* works without a connection */
    VIRSH_COMMAND_ALIAS = 1 << 2,
};

struct _virshOption {
    const char *name;
    virshKind kind;
    unsigned int flags;
    const char *object;  /* "domain", "network": what to complete */
    const char *choices; /* words separated by blanks */
    long long minimum;   /* both zero: no range */
    long long maximum;
    const char *doc;
};

typedef struct {
    const char *first;
    const char *second;
} virshPair;

struct _virshCommand {
    const char *name;
    const char *target; /* for an alias: the name it stands for */
    bool (*hook)(virshControl *ctl, const virshArguments *arguments);
    unsigned int flags;
    const virshOption *options;
    size_t optionCount;
    const virshPair *exclusive;
    size_t exclusiveCount;
    const virshPair *requires;
    size_t requiresCount;
    const char *brief;
    const char *doc;
};

typedef struct {
    const char *name;
    const char *title;
    const virshCommand *commands;
    size_t count;
} virshGroup;

typedef struct {
    const char *name;
    char letter;
    const char *value;
    bool optional;
    const char *doc;
} virshGlobal;

/* One per process; used by the main thread only, except where a member says otherwise. */
struct _virshControl {
    virConnectPtr connection;
    char *uri; /* as given by the user, NULL: let the library choose */
    bool readonly;
    bool quiet;
    bool timing;
    bool interactive;
    bool quit;
    bool commandConnected; /* the last command opened its own connection */
    int debug;
    FILE *log;
    char escape;
    int keepaliveInterval; /* negative: the library's default */
    int keepaliveCount;
    GThread *thread; /* the main thread: the only one that looks at `failure` */
    char *failure; /* message of the newest error of the library, NULL: none */
    GThread *loop; /* runs the event loop once something needs it */
    int loopStop;  /* atomic: 1 asks the loop to end */
    int loopTimer;
};
