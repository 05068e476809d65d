/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated command tables are made of, and the state of one running shell. */

#pragma once

#include <glib.h>
#include <libvirt/libvirt-admin.h>
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
    VIRSH_KIND_ULONG,
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
    unsigned int only;   /* with which flag to list those that make sense */
    const char *choices; /* words separated by blanks */
    /* adds words that can be the value; NULL: object and choices say it all */
    void (*complete)(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                     const char *prefix);
    long long minimum;   /* both zero: no range */
    long long maximum;
    const char *doc;
};

typedef struct {
    const char *first;
    const char *second; /* of what is required: several names are alternatives */
    const char *wrong; /* what is said; NULL: the usual sentence */
} virshPair;

typedef enum {
    VIRSH_VALUE_TEXT,
    VIRSH_VALUE_INT,
    VIRSH_VALUE_UINT,
    VIRSH_VALUE_DOUBLE,
    VIRSH_VALUE_BOOL,
    VIRSH_VALUE_BYTES,
    VIRSH_VALUE_ENUM,
} virshValueKind;

typedef enum {
    VIRSH_PRETTY_NEVER,
    VIRSH_PRETTY_ALWAYS,
    VIRSH_PRETTY_WITH,   /* with the option */
    VIRSH_PRETTY_UNLESS, /* without it */
} virshPrettyWhen;

/* One value of a view: a column of a table, a line of fields, a word. */
typedef struct {
    const char *key;
    const char *title;
    virshValueKind kind;
    const char *words; /* spellings of 0, 1, ..., separated by bars */
    const char *none;  /* the text of no value; NULL: nothing is shown */
    const char *when;  /* as virshAnyFlag has it */
    const char *unit;  /* follows the value in the text */
    const char *get; /* the function that gives it */
    int decimals;
    int pad; /* a word takes at least this room */
    virshPrettyWhen pretty; /* bytes in the largest fitting unit */
    const char *prettyOption;
    bool json;     /* stands in JSON only */
    bool repeated; /* may stand several times in one record */
} virshColumn;

typedef enum {
    VIRSH_VIEW_TABLE,
    VIRSH_VIEW_FIELDS,
    VIRSH_VIEW_WORDS,
} virshViewKind;

/* One way in which a command prints its facts; the first one whose options fit is used. */
typedef struct {
    virshViewKind kind;
    const char *when;
    bool many; /* any number of records, an array in JSON */
    bool gap;  /* an empty line between records */
    int width; /* of the titles of fields */
    const char *between;
    const char *head; /* before every line of fields */
    const char *caption; /* a line before everything else */
    const virshColumn *columns;
    size_t count;
} virshView;

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
    const virshView *views;
    size_t viewCount;
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
    virConnectPtr connection;         /* of virsh */
    virAdmConnectPtr administration; /* of virt-admin */
    char *uri; /* as given by the user, NULL: let the library choose */
    bool named; /* by an option */
    bool readonly;
    bool quiet;
    bool timing;
    bool interactive;
    bool noAgent; /* passwords are not asked for at the terminal */
    bool silent; /* errors are not shown: while words are completed */
    bool quit;
    bool completed; /* words were completed, which is all that a shell does that is asked for them */
    bool inProcess; /* what is behind the connection lives in this process, and ends with it */
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
