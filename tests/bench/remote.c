/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Measures a connection through a daemon: `remote PART URI PID`, where PID is that of the daemon.
 * Public functions only, so that one binary measures both libraries. Prints a name, a tab, a
 * number, a unit. */

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#define WARMUP 200
#define CALLS 2001
#define CONNECTS 201
#define THREADS 64
#define SECONDS 2
#define DOMAINS 5000
#define LISTS 9
#define SUBSCRIBERS 100
#define MAX_IDLE 4000

typedef int (*Call)(virConnectPtr conn, virDomainPtr domain);

static const char *uri;
static long daemonPid;

static void
need(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "%s: %s\n", what, virGetLastErrorMessage());
        exit(1);
    }
}

static void
quiet(void *opaque, virErrorPtr error)
{
    (void) opaque;
    (void) error;
}

static double
nowUs(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static int
compare(const void *left, const void *right)
{
    double a = *(const double *) left, b = *(const double *) right;

    return (a > b) - (a < b);
}

static double
median(double *values, int count)
{
    qsort(values, (size_t) count, sizeof(*values), compare);
    return values[count / 2];
}

static virConnectPtr
connection(void)
{
    virConnectPtr conn = virConnectOpen(uri);

    need(conn, "open");
    return conn;
}

/* What is resident of the daemon, in KiB; what it shares with other processes counts too. */
static double
residentKb(void)
{
    char path[64], line[256];
    double size = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%ld/status", daemonPid);
    file = fopen(path, "r");
    need(file, path);
    while (fgets(line, sizeof(line), file)) {
        if (!strncmp(line, "VmRSS:", 6))
            size = strtod(line + 6, NULL);
    }
    fclose(file);
    return size;
}

static int
getLibVersion(virConnectPtr conn, virDomainPtr domain)
{
    unsigned long version;

    (void) domain;
    return virConnectGetLibVersion(conn, &version);
}

static int
getInfo(virConnectPtr conn, virDomainPtr domain)
{
    virDomainInfo info;

    (void) conn;
    return virDomainGetInfo(domain, &info);
}

static int
getDocument(virConnectPtr conn, virDomainPtr domain)
{
    char *text = virDomainGetXMLDesc(domain, 0);

    (void) conn;
    free(text);
    return text ? 0 : -1;
}

/* One call at a time, each timed; looking at the clock takes 0.05 us of it. */
static double
latency(virConnectPtr conn, virDomainPtr domain, Call call)
{
    static double taken[CALLS];

    for (int i = -WARMUP; i < CALLS; i++) {
        double start = nowUs();

        need(call(conn, domain) == 0, "call");
        if (i >= 0)
            taken[i] = nowUs() - start;
    }
    return median(taken, CALLS);
}

static void
measureCalls(void)
{
    static double taken[CONNECTS];
    virConnectPtr conn = connection();
    virDomainPtr domain = virDomainLookupByName(conn, "test");

    need(domain, "test");
    printf("virConnectGetLibVersion, p50\t%.2f us\n", latency(conn, domain, getLibVersion));
    printf("virDomainGetInfo, p50\t%.2f us\n", latency(conn, domain, getInfo));
    printf("virDomainGetXMLDesc, p50\t%.2f us\n", latency(conn, domain, getDocument));
    for (int i = 0; i < CONNECTS; i++) {
        double start = nowUs();

        virConnectClose(connection());
        taken[i] = nowUs() - start;
    }
    printf("open and close of a connection, p50\t%.2f us\n", median(taken, CONNECTS));
    virDomainFree(domain);
    virConnectClose(conn);
}

static atomic_bool started, stopped;
static atomic_long done;

static void *
callAlways(void *opaque)
{
    virConnectPtr conn = opaque;
    virDomainPtr domain = virDomainLookupByName(conn, "test");
    long count = 0;

    need(domain, "test");
    while (!started)
        usleep(1000);
    while (!stopped) {
        need(getInfo(conn, domain) == 0, "call");
        count++;
    }
    done += count;
    virDomainFree(domain);
    return NULL;
}

static void
measureThreads(void)
{
    virConnectPtr conns[THREADS];
    pthread_t threads[THREADS];
    double start;

    for (int i = 0; i < THREADS; i++) {
        conns[i] = connection();
        need(!pthread_create(&threads[i], NULL, callAlways, conns[i]), "thread");
    }
    usleep(200000);
    start = nowUs();
    started = true;
    sleep(SECONDS);
    stopped = true;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("virDomainGetInfo, %d threads with a connection each\t%.1f thousand/s\n", THREADS,
           (double) done / (nowUs() - start) * 1e3);
    for (int i = 0; i < THREADS; i++)
        virConnectClose(conns[i]);
}

/* Opens connections up to a number; how many microseconds that took. */
static double
openUpTo(virConnectPtr *conns, int from, int to)
{
    double start = nowUs();

    for (int i = from; i < to; i++)
        conns[i] = connection();
    return nowUs() - start;
}

static void
measureIdle(void)
{
    static virConnectPtr conns[MAX_IDLE];
    virConnectPtr conn = connection();
    virDomainPtr domain = virDomainLookupByName(conn, "test");
    double opening, before = residentKb();

    need(domain, "test");
    printf("virDomainGetInfo, nobody else, p50\t%.2f us\n", latency(conn, domain, getInfo));
    opening = openUpTo(conns, 0, 1000);
    printf("virDomainGetInfo, 1000 idle clients, p50\t%.2f us\n", latency(conn, domain, getInfo));
    opening += openUpTo(conns, 1000, MAX_IDLE);
    printf("virDomainGetInfo, %d idle clients, p50\t%.2f us\n", MAX_IDLE,
           latency(conn, domain, getInfo));
    printf("opening %d connections\t%.3f s\n", MAX_IDLE, opening / 1e6);
    printf("memory of the daemon per idle client\t%.2f KB\n", (residentKb() - before) / MAX_IDLE);
    for (int i = 0; i < MAX_IDLE; i++)
        virConnectClose(conns[i]);
    virDomainFree(domain);
    virConnectClose(conn);
}

static double
listTime(virConnectPtr conn)
{
    double taken[LISTS];

    for (int i = 0; i < LISTS; i++) {
        virDomainPtr *list = NULL;
        double start = nowUs();
        int count = virConnectListAllDomains(conn, &list, 0);

        taken[i] = nowUs() - start;
        need(count == DOMAINS + 1, "list");
        for (int k = 0; k < count; k++)
            virDomainFree(list[k]);
        free(list);
    }
    return median(taken, LISTS) / 1e3;
}

static double
statsTime(virConnectPtr conn, unsigned int groups)
{
    double taken[LISTS];

    for (int i = 0; i < LISTS; i++) {
        virDomainStatsRecordPtr *records = NULL;
        double start = nowUs();
        int count = virConnectGetAllDomainStats(conn, groups, &records, 0);

        taken[i] = nowUs() - start;
        need(count == DOMAINS + 1, "statistics");
        virDomainStatsRecordListFree(records);
    }
    return median(taken, LISTS) / 1e3;
}

static const char document[] =
    "<domain type='test'><name>d%d</name><memory unit='MiB'>64</memory><os><type>hvm</type></os>"
    "<devices><disk type='file'><source file='/d%d'/><target dev='vda'/></disk></devices></domain>";

static void
measureDomains(void)
{
    static virDomainPtr domains[DOMAINS];
    virConnectPtr conn = connection();
    double before = residentKb(), full, start = nowUs();
    char xml[512];

    for (int i = 0; i < DOMAINS; i++) {
        snprintf(xml, sizeof(xml), document, i, i);
        domains[i] = virDomainDefineXML(conn, xml);
        need(domains[i], "definition");
    }
    printf("virDomainDefineXML, mean of %d\t%.1f us\n", DOMAINS, (nowUs() - start) / DOMAINS);
    full = residentKb();
    printf("virConnectListAllDomains, %d domains, median\t%.2f ms\n", DOMAINS, listTime(conn));
    /* The stock test hypervisor knows the state only; of all groups this one says more. */
    printf("virConnectGetAllDomainStats, state of %d domains, median\t%.2f ms\n", DOMAINS,
           statsTime(conn, VIR_DOMAIN_STATS_STATE));
    printf("the same with all groups (2 parameters each by stock, 12 here)\t%.2f ms\n",
           statsTime(conn, 0));
    for (int i = 0; i < DOMAINS; i++) {
        need(virDomainUndefine(domains[i]) == 0, "undefine");
        virDomainFree(domains[i]);
    }
    virConnectClose(conn);
    sleep(1);
    printf("memory of the daemon, growth by %d domains\t%.2f MB\n", DOMAINS,
           (full - before) / 1024);
    printf("memory of the daemon, left of it when they are gone\t%.2f MB\n",
           (residentKb() - before) / 1024);
}

static atomic_long delivered;

static int
heard(virConnectPtr conn, virDomainPtr domain, int event, int detail, void *opaque)
{
    (void) conn;
    (void) domain;
    (void) event;
    (void) detail;
    (void) opaque;
    delivered++;
    return 0;
}

static void *
turn(void *opaque)
{
    (void) opaque;
    while (!stopped) {
        if (virEventRunDefaultImpl() < 0)
            break;
    }
    return NULL;
}

/* Pauses and continues a domain for some time, then waits until everybody has heard of it all. */
static void
measureEvents(void)
{
    virConnectPtr conns[SUBSCRIBERS], conn;
    virDomainPtr domain;
    pthread_t thread;
    double start;
    long made = 0;

    need(virEventRegisterDefaultImpl() == 0, "event loop");
    conn = connection();
    domain = virDomainLookupByName(conn, "test");
    for (int i = 0; i < SUBSCRIBERS; i++) {
        conns[i] = connection();
        need(virConnectDomainEventRegisterAny(conns[i], NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                              VIR_DOMAIN_EVENT_CALLBACK(heard), NULL, NULL) >= 0,
             "subscription");
    }
    need(!pthread_create(&thread, NULL, turn, NULL), "thread");
    start = nowUs();
    while (nowUs() - start < SECONDS * 1e6) {
        need(virDomainSuspend(domain) == 0 && virDomainResume(domain) == 0, "cycle");
        made += 2;
        /* So far behind that memory would be measured, not delivery. */
        while (made * SUBSCRIBERS - delivered > 200000)
            usleep(100);
    }
    while (delivered < made * SUBSCRIBERS)
        usleep(100);
    printf("lifecycle events to %d clients\t%.1f thousand/s\n", SUBSCRIBERS,
           (double) delivered / (nowUs() - start) * 1e3);
    /* The loop has to turn until the connections are closed. */
    fflush(stdout);
    _exit(0);
}

static const struct {
    const char *name;
    void (*measure)(void);
} parts[] = {
    { "calls", measureCalls },
    { "threads", measureThreads },
    { "idle", measureIdle },
    { "domains", measureDomains },
    { "events", measureEvents },
};

int
main(int argc, char **argv)
{
    struct rlimit files;

    if (argc != 4) {
        fprintf(stderr, "usage: %s start|calls|threads|idle|domains|events URI PID\n", argv[0]);
        return 2;
    }
    uri = argv[2];
    daemonPid = strtol(argv[3], NULL, 10);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    need(virInitialize() == 0, "library");
    virSetErrorFunc(NULL, quiet);
    if (!strcmp(argv[1], "start")) {
        printf("memory of the daemon after its start\t%.2f MB\n", residentKb() / 1024);
        return 0;
    }
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (!strcmp(argv[1], parts[i].name)) {
            parts[i].measure();
            return 0;
        }
    }
    fprintf(stderr, "there is no part '%s'\n", argv[1]);
    return 2;
}
