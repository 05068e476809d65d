/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starts a command some times; prints the medians of its time, its CPU time and its sizes. */

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STARTS 15

static int
compare(const void *left, const void *right)
{
    double a = *(const double *) left, b = *(const double *) right;

    return (a > b) - (a < b);
}

static double
median(double *values)
{
    qsort(values, STARTS, sizeof(*values), compare);
    return values[STARTS / 2];
}

static double
nowMs(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
toMs(struct timeval time)
{
    return (double) time.tv_sec * 1e3 + (double) time.tv_usec / 1e3;
}

static void
become(char **command)
{
    int sink = open("/dev/null", O_WRONLY);

    dup2(sink, STDOUT_FILENO);
    execvp(command[0], command);
    _exit(127);
}

/* A child starts as large as its parent, which is why this is no script. */
static void
start(char **command, struct rusage *usage)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0)
        become(command);
    if (child < 0 || wait4(child, &status, 0, usage) != child || status) {
        fprintf(stderr, "%s failed\n", command[0]);
        exit(1);
    }
}

/* In MB: shared pages count for each process as the part that it has in them. */
static double
proportionalSize(pid_t child)
{
    char path[64], line[256];
    double size = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", child);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof(line), file)) {
        if (!strncmp(line, "Pss:", 4))
            size = strtod(line + 4, NULL) / 1024;
    }
    if (file)
        fclose(file);
    return size;
}

/* Stops the command where it ends, when all of its memory is still there; untimed. */
static double
sizeAtEnd(char **command)
{
    pid_t child = fork();
    double size = 0;
    int status, number;

    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        become(command);
    }
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL);
    ptrace(PTRACE_CONT, child, NULL, NULL);
    while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
        number = WSTOPSIG(status);
        if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8))
            size = proportionalSize(child);
        ptrace(PTRACE_CONT, child, NULL, number == SIGTRAP ? 0 : number);
    }
    return size;
}

int
main(int argc, char **argv)
{
    double wall[STARTS], cpu[STARTS], size[STARTS];

    if (argc < 2)
        return 2;
    for (int i = 0; i < STARTS; i++) {
        double begun = nowMs();
        struct rusage usage;

        start(argv + 1, &usage);
        wall[i] = nowMs() - begun;
        cpu[i] = toMs(usage.ru_utime) + toMs(usage.ru_stime);
        size[i] = (double) usage.ru_maxrss / 1024;
    }
    printf("cold start\t%.2f ms\ncold start, CPU\t%.2f ms\nlargest resident size (RSS)\t%.2f MB\n"
           "proportional size at its end (PSS)\t%.2f MB\n",
           median(wall), median(cpu), median(size), sizeAtEnd(argv + 1));
    return 0;
}
