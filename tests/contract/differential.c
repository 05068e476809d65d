/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls every function of whichever library the loader finds on test:///default; prints a transcript. */

#include "contract/differential.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define URI "test:///default"
#define CALL_SECONDS 5

/* The libraries under test, in the order of search; one that is missing leaves its functions out. */
static void *libraries[4];
static const char *const libraryNames[4] = {
    "libvirt.so.0", "libvirt-qemu.so.0", "libvirt-lxc.so.0", "libvirt-admin.so.0",
};

static const char *current;     /* the function being called */
static const char *currentCase;
static Contract contract;

void *
differFind(const char *name)
{
    void *found = NULL;
    size_t i;

    for (i = 0; i < sizeof(libraries) / sizeof(libraries[0]) && !found; i++)
        found = libraries[i] ? dlsym(libraries[i], name) : NULL;
    return found;
}

void *
differFunction(const char *name)
{
    void *found = differFind(name);

    current = name;
    if (!found)
        printf("%s\t*\tabsent\n", name);
    return found;
}

bool
differReady(Contract *f, const char *what, const void *handle)
{
    (void) f;
    if (!handle)
        printf("%s\t*\tno %s\n", current, what);
    return handle != NULL;
}

/* A message on one line, without what separates the columns. */
static const char *
flat(char *text)
{
    char *c;

    for (c = text; c && *c; c++) {
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    }
    return text ? text : "-";
}

static const char *
presence(const char *text)
{
    return text ? "set" : "-";
}

static _Noreturn void
finish(const char *result)
{
    virErrorPtr error = CALL(virGetLastError)();

    if (error)
        printf("%s\t%s\t%s\t%d\t%d\t%d\t%s\t%s\t%s\t%d\t%d\t%s\n", current, currentCase, result,
               error->domain, error->code, (int) error->level, presence(error->str1),
               presence(error->str2), presence(error->str3), error->int1, error->int2,
               flat(error->message));
    else
        printf("%s\t%s\t%s\t0\t0\n", current, currentCase, result);
    fflush(stdout);
    _exit(0);
}

void
differNumber(long long result)
{
    char text[32];

    snprintf(text, sizeof(text), "%lld", result);
    finish(text);
}

void
differPointer(const void *result)
{
    finish(result ? "pointer" : "NULL");
}

void
differVoid(void)
{
    finish("void");
}

/* In the parent: waits for the call, and says how it ended when it did not end by itself. */
bool
differBegin(Contract *f, const char *what)
{
    int status;
    pid_t child;

    currentCase = what;
    fflush(stdout);
    /* The name of a file in the right calls: each starts without it. */
    unlink("x");
    child = fork();
    if (child < 0) {
        perror("fork");
        exit(1);
    }
    if (child == 0) {
        alarm(CALL_SECONDS);
        if (!getenv("DIFFERENTIAL_VERBOSE") && !freopen("/dev/null", "w", stderr))
            _exit(2);
        memset(f->scratch, 0, sizeof(f->scratch));
        CALL(virResetLastError)();
        return true;
    }
    while (waitpid(child, &status, 0) < 0)
        continue;
    if (WIFSIGNALED(status))
        printf("%s\t%s\tsignal %d\n", current, what, WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        printf("%s\t%s\texit %d\n", current, what, WEXITSTATUS(status));
    return false;
}

static void
silent(void *opaque, virErrorPtr error)
{
    (void) opaque;
    (void) error;
}

static void
setUp(Contract *f)
{
    size_t i;

    for (i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++)
        libraries[i] = dlopen(libraryNames[i], RTLD_NOW | RTLD_GLOBAL);
    if (!libraries[0]) {
        fprintf(stderr, "differential: %s\n", dlerror());
        exit(1);
    }
    CALL(virSetErrorFunc)(NULL, silent);
    CALL(virEventRegisterDefaultImpl)();
    /* So that one round of the loop does not wait. */
    CALL(virEventAddTimeout)(0, (virEventTimeoutCallback) contractCallback, NULL, NULL);
    differMakeObjects(&f->rw, CALL(virConnectOpen)(URI));
    differMakeObjects(&f->ro, CALL(virConnectOpenReadOnly)(URI));
    differMakeObjects(&f->foreign, CALL(virConnectOpen)(URI));
    if (!f->rw.conn || !f->ro.conn || !f->rw.domain || !f->rw.network) {
        fprintf(stderr, "differential: cannot open %s\n", URI);
        exit(1);
    }
    differNoteUUIDs(f);
    CALL(virConnResetLastError)(f->rw.conn);
    CALL(virConnResetLastError)(f->ro.conn);
    differMakeArguments(f);
}

/* Prints the release of the library that was found. */
static int
tellRelease(void)
{
    unsigned long number;

    libraries[0] = dlopen(libraryNames[0], RTLD_NOW | RTLD_GLOBAL);
    if (!libraries[0] || CALL(virGetVersion)(&number, NULL, NULL) < 0)
        return 1;
    printf("%lu.%lu.%lu\n", number / 1000000, number / 1000 % 1000, number % 1000);
    return 0;
}

int
main(int argc, char **argv)
{
    int i, j;

    if (argc > 1 && strcmp(argv[1], "--release") == 0)
        return tellRelease();
    setUp(&contract);
    for (i = 0; contractTables[i]; i++) {
        for (j = 0; contractTables[i][j].name; j++) {
            if (argc < 2 || strcmp(argv[1], contractTables[i][j].name) == 0)
                contractTables[i][j].run(&contract);
        }
    }
    return 0;
}
