/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Backups of the disks of running domains: progress, ends, checkpoints to begin at. */

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "drivers/domain.h"

#define GUEST "99999999-2222-3333-4444-666666666666"
#define PUSH "<domainbackup><disks><disk name='vda'><target file='/copy'/></disk></disks></domainbackup>"
/* To be filled in with the path of a socket. */
#define PULL "<domainbackup mode='pull'><server transport='unix' socket='%s'/></domainbackup>"
#define HUGE_SIZE (1ULL << 60)

static void
hearOfJob(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED,
          virTypedParameterPtr params, int nparams, void *opaque)
{
    const char *why = NULL;
    unsigned long long done = 0;
    int operation = 0, success = -1;

    virTypedParamsGetInt(params, nparams, VIR_DOMAIN_JOB_OPERATION, &operation);
    virTypedParamsGetBoolean(params, nparams, VIR_DOMAIN_JOB_SUCCESS, &success);
    virTypedParamsGetULLong(params, nparams, VIR_DOMAIN_JOB_DISK_PROCESSED, &done);
    virTypedParamsGetString(params, nparams, VIR_DOMAIN_JOB_ERRMSG, &why);
    g_string_append_printf(opaque, "job %d %d %s%s; ", operation, success, done ? "some" : "none",
                           why ? why : "");
}

/* A guest with two disks and an empty drive, whose jobs are listened to. */
static virDomainPtr
startGuest(Host *host)
{
    g_autofree char *xml =
        documentOf("guest", GUEST, "<devices>"
                   "<disk type='file' device='disk'><source file='/one'/><target dev='vda' "
                   "bus='virtio'/></disk>"
                   "<disk type='file' device='disk'><source file='/two'/><target dev='vdb' "
                   "bus='virtio'/></disk>"
                   "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/>"
                   "</disk></devices>");
    virDomainPtr dom = virDomainDefineXML(host->conn, xml);

    g_assert_nonnull(dom);
    assertDone(virDomainCreate(dom));
    assertEvents(host, "defined 0 guest; started 0 guest; ");
    assertDone(virConnectDomainEventRegisterAny(host->conn, dom,
                                                VIR_DOMAIN_EVENT_ID_JOB_COMPLETED,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearOfJob),
                                                host->events, NULL));
    return dom;
}

/* Waits until something was heard. */
static void
assertHears(Host *host, const char *expected)
{
    for (int i = 0; i < 10000 && host->events->len < strlen(expected); i++) {
        bool done = false;

        g_assert_cmpint(virEventAddTimeout(1, wake, &done, NULL), >=, 0);
        while (!done)
            assertDone(virEventRunDefaultImpl());
    }
    assertEvents(host, expected);
}

/* What the job of a domain says of itself. */
static unsigned long long
statOf(virDomainPtr dom, const char *field, int type, unsigned int flags)
{
    virTypedParameterPtr params = NULL;
    unsigned long long value = 0;
    int nparams = 0, now = -1, operation = 0;

    assertDone(virDomainGetJobStats(dom, &now, &params, &nparams, flags));
    g_assert_cmpint(now, ==, type);
    assertDone(virTypedParamsGetInt(params, nparams, VIR_DOMAIN_JOB_OPERATION, &operation));
    g_assert_cmpint(operation, ==, VIR_DOMAIN_JOB_OPERATION_BACKUP);
    g_assert_cmpint(virTypedParamsGetULLong(params, nparams, field, &value), ==, 1);
    virTypedParamsFree(params, nparams);
    return value;
}

static void
testPush(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virDomainBlockInfo info;

    assertDone(virDomainBackupBegin(dom, PUSH, NULL, 0));
    assertHears(host, "job 9 1 some; ");
    assertDone(virDomainGetBlockInfo(dom, "vda", &info, 0));
    g_assert_cmpuint(statOf(dom, VIR_DOMAIN_JOB_DISK_TOTAL, VIR_DOMAIN_JOB_COMPLETED,
                            VIR_DOMAIN_JOB_STATS_COMPLETED), ==, info.capacity);
    g_assert_null(virDomainBackupGetXMLDesc(dom, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN_BACKUP);
    virDomainFree(dom);
}

static void
testProgress(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virDomainJobInfo info;
    virDomainBlockJobInfo disk;
    char *xml;

    assertDone(virDomainBlockResize(dom, "vda", HUGE_SIZE, VIR_DOMAIN_BLOCK_RESIZE_BYTES));
    assertDone(virDomainBackupBegin(dom, "<domainbackup/>", NULL, 0));
    assertDone(virDomainGetJobInfo(dom, &info));
    g_assert_cmpint(info.type, ==, VIR_DOMAIN_JOB_BOUNDED);
    g_assert_cmpuint(info.fileTotal, >, HUGE_SIZE);
    g_usleep(20000);
    g_assert_cmpuint(statOf(dom, VIR_DOMAIN_JOB_DISK_PROCESSED, VIR_DOMAIN_JOB_BOUNDED, 0), >,
                     info.fileProcessed);
    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "vda", &disk, 0), ==, 1);
    g_assert_cmpint(disk.type, ==, VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP);
    xml = virDomainBackupGetXMLDesc(dom, 0);
    g_assert_nonnull(strstr(xml, "<disk name='vda' backup='yes' type='file' backupmode='full'"));
    g_assert_nonnull(strstr(xml, "<disk name='sda' backup='no'/>"));
    g_assert_nonnull(strstr(xml, "<target file='/one."));
    free(xml);
    /* What would take the disk away has to wait; a change of the guest has not. */
    g_assert_cmpint(virDomainBackupBegin(dom, PUSH, NULL, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainBlockPull(dom, "vda", 0, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE);
    g_assert_cmpint(virDomainBlockJobAbort(dom, "vda", 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainManagedSave(dom, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE);
    assertDone(virDomainSetMemory(dom, 4096));
    assertDone(virDomainAbortJob(dom));
    assertHears(host, "job 9 0 some; ");
    assertDone(virDomainGetJobInfo(dom, &info));
    g_assert_cmpint(info.type, ==, VIR_DOMAIN_JOB_NONE);
    g_assert_cmpint(virDomainGetBlockJobInfo(dom, "vda", &disk, 0), ==, 0);
    virDomainFree(dom);
}

/* --- a client of the server of a pull backup --------------------------------------------------- */

static void
tell(int fd, const void *bytes, size_t length)
{
    g_assert_cmpint(send(fd, bytes, length, MSG_NOSIGNAL), ==, (gssize) length);
}

static void
assertTold(int fd, const void *expected, size_t length)
{
    g_autofree unsigned char *bytes = g_malloc(length);
    size_t got = 0;

    while (got < length) {
        ssize_t part = recv(fd, bytes + got, length - got, 0);

        g_assert_cmpint(part, >, 0);
        got += (size_t) part;
    }
    g_assert_cmpmem(bytes, length, expected, length);
}

static int
connectTo(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
    g_assert_cmpint(connect(fd, (struct sockaddr *) &address, sizeof(address)), ==, 0);
    return fd;
}

#define GREETING "NBDMAGICIHAVEOPT\0\3"
#define WORDS(...) ((const unsigned char[]) { __VA_ARGS__ })
#define ANSWER 0, 3, 0xe8, 0x89, 4, 0x55, 0x65, 0xa9
/* A cookie, an offset of 250, and 10 bytes. */
#define READ_AT 9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 250, 0, 0, 0, 10

/* Lists, misses, chooses and reads; the answers are those of the protocol, byte by byte. */
static void
fetch(const char *path, unsigned long long size)
{
    unsigned char export[] = { ANSWER, 0, 0, 0, 7, 0, 0, 0, 3, 0, 0, 0, 12, 0, 0,
                               0, 0, 0, 0, 0, 0, 0, 0, 0, 3 };
    guint64 big = GUINT64_TO_BE(size);
    int fd = connectTo(path);

    assertTold(fd, GREETING, 18);
    tell(fd, WORDS(0, 0, 0, 3), 4);
    tell(fd, "IHAVEOPT\0\0\0\3\0\0\0\0", 16);
    for (unsigned char disk = 'a'; disk <= 'b'; disk++)
        assertTold(fd, WORDS(ANSWER, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 0, 3, 'v', 'd', disk),
                   27);
    assertTold(fd, WORDS(ANSWER, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0), 20);
    tell(fd, "IHAVEOPT\0\0\0\7\0\0\0\7\0\0\0\1x\0\0", 23);
    assertTold(fd, WORDS(ANSWER, 0, 0, 0, 7, 0x80, 0, 0, 6, 0, 0, 0, 0), 20);
    tell(fd, "IHAVEOPT\0\0\0\7\0\0\0\x09\0\0\0\3vda\0\0", 25);
    memcpy(export + 22, &big, sizeof(big));
    assertTold(fd, export, sizeof(export));
    assertTold(fd, WORDS(ANSWER, 0, 0, 0, 7, 0, 0, 0, 3, 0, 0, 0, 14, 0, 3, 0, 0, 0, 1, 0, 0, 0x10, 0,
                         2, 0, 0, 0), 34);
    assertTold(fd, WORDS(ANSWER, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 0), 20);
    tell(fd, WORDS(0x25, 0x60, 0x95, 0x13, 0, 0, 0, 0, READ_AT), 28);
    assertTold(fd, WORDS(0x67, 0x44, 0x66, 0x98, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9,
                         250, 251, 252, 253, 254, 255, 0, 1, 2, 3), 26);
    /* Writing is not offered. */
    tell(fd, WORDS(0x25, 0x60, 0x95, 0x13, 0, 0, 0, 1, READ_AT), 28);
    assertTold(fd, WORDS(0x67, 0x44, 0x66, 0x98, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9), 16);
    close(fd);
}

static void
testPull(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *folder = g_dir_make_tmp("backup-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "s", NULL);
    g_autofree char *backup = g_strdup_printf(PULL, path);
    g_autofree char *server = g_strdup_printf("<server transport='unix' socket='%s'/>", path);
    virDomainPtr dom = startGuest(host);
    virDomainBlockInfo info;
    char byte;
    char *xml;
    int fd;

    g_assert_cmpint(virDomainBackupBegin(dom, "<domainbackup mode='pull'/>", NULL, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_XML_ERROR);
    assertDone(virDomainBackupBegin(dom, backup, NULL, 0));
    g_usleep(20000);
    g_assert_cmpuint(statOf(dom, VIR_DOMAIN_JOB_DISK_TEMP_USED, VIR_DOMAIN_JOB_UNBOUNDED, 0), >, 0);
    xml = virDomainBackupGetXMLDesc(dom, 0);
    g_assert_nonnull(strstr(xml, "<domainbackup mode='pull'>"));
    g_assert_nonnull(strstr(xml, server));
    g_assert_nonnull(strstr(xml, "exportname='vda'"));
    g_assert_nonnull(strstr(xml, "<scratch file='/one."));
    free(xml);
    assertDone(virDomainGetBlockInfo(dom, "vda", &info, 0));
    fetch(path, info.capacity);
    assertEvents(host, "");
    /* The end of the backup is that of its clients, and of the socket. */
    fd = connectTo(path);
    assertTold(fd, GREETING, 18);
    assertDone(virDomainAbortJob(dom));
    g_assert_cmpint(recv(fd, &byte, 1, 0), <=, 0);
    close(fd);
    g_assert_cmpint(access(path, F_OK), ==, -1);
    assertHears(host, "job 9 1 none; ");
    /* A guest that stops takes its backup along, and those who waited hear why. */
    assertDone(virDomainBackupBegin(dom, backup, NULL, 0));
    assertDone(virDomainDestroy(dom));
    assertHears(host, "job 9 0 nonethe domain stopped; stopped 1 guest; ");
    g_assert_cmpint(rmdir(folder), ==, 0);
    /* What cannot be served is not begun. */
    assertDone(virDomainCreate(dom));
    g_assert_cmpint(virDomainBackupBegin(dom, backup, NULL, 0), ==, -1);
    assertMessage(VIR_FROM_TEST, VIR_ERR_SYSTEM_ERROR, path);
    g_assert_null(virDomainBackupGetXMLDesc(dom, 0));
    assertHears(host, "started 0 guest; ");
    virDomainFree(dom);
}

/* Only what changed since a checkpoint is moved. */
static void
testIncremental(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virDomainCheckpointPtr checkpoint;
    unsigned long long moved;
    char *xml;

    assertDone(virDomainBackupBegin(dom, PUSH, "<domaincheckpoint><name>first</name>"
                                    "</domaincheckpoint>", 0));
    assertHears(host, "job 9 1 some; ");
    g_usleep(50000);
    assertDone(virDomainBackupBegin(dom, "<domainbackup><incremental>first</incremental>"
                                    "<disks><disk name='vda'/></disks></domainbackup>",
                                    "<domaincheckpoint><name>second</name></domaincheckpoint>",
                                    0));
    assertHears(host, "job 9 1 some; ");
    moved = statOf(dom, VIR_DOMAIN_JOB_DISK_TOTAL, VIR_DOMAIN_JOB_COMPLETED,
                   VIR_DOMAIN_JOB_STATS_COMPLETED);
    g_assert_cmpuint(moved, >, 0);
    g_assert_cmpuint(moved, <, 1024 * 1024 * 1024);
    checkpoint = virDomainCheckpointLookupByName(dom, "first", 0);
    g_assert_nonnull(checkpoint);
    xml = virDomainCheckpointGetXMLDesc(checkpoint, VIR_DOMAIN_CHECKPOINT_XML_SIZE);
    g_assert_nonnull(strstr(xml, " size='"));
    g_assert_cmpuint(g_ascii_strtoull(strstr(xml, " size='") + 7, NULL, 10), >=, moved);
    free(xml);
    virDomainCheckpointFree(checkpoint);
    /* Neither begins when one of the two cannot be. */
    g_assert_cmpint(virDomainBackupBegin(dom, PUSH, "<domaincheckpoint><name>second</name>"
                                         "</domaincheckpoint>", 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED);
    g_assert_cmpint(virDomainBackupBegin(dom, "<domainbackup><incremental>third</incremental>"
                                         "</domainbackup>", "<domaincheckpoint><name>fourth</name>"
                                         "</domaincheckpoint>", 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN_CHECKPOINT);
    g_assert_null(virDomainCheckpointLookupByName(dom, "fourth", 0));
    g_assert_null(virDomainBackupGetXMLDesc(dom, 0));
    virDomainFree(dom);
}

static void
testRefused(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *disks;
        int code;
    } cases[] = {
        { "<disk name='vdx'/>", VIR_ERR_INVALID_ARG },
        { "<disk name='sda'/>", VIR_ERR_INVALID_ARG },
        { "<disk name='vda'/><disk name='/one'/>", VIR_ERR_INVALID_ARG },
        { "<disk name='vda' backup='no'/>", VIR_ERR_INVALID_ARG },
        { "<disk name='vda'><target file='/one'/></disk>", VIR_ERR_INVALID_ARG },
        { "<disk name='vda' type='block'/>", VIR_ERR_XML_ERROR },
        { "<disk name='vda' backupmode='incremental'/>", VIR_ERR_XML_ERROR },
        { "<disk name='vda' backupmode='full' incremental='x'/>", VIR_ERR_XML_ERROR },
    };
    virDomainPtr dom = startGuest(host);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *xml = g_strdup_printf("<domainbackup><disks>%s</disks></domainbackup>",
                                               cases[i].disks);

        g_assert_cmpint(virDomainBackupBegin(dom, xml, NULL, 0), ==, -1);
        g_assert_cmpint(virGetLastError()->code, ==, cases[i].code);
    }
    g_assert_cmpint(virDomainBackupBegin(dom, "<domainbackup><server/></domainbackup>", NULL, 0),
                    ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_XML_ERROR);
    g_assert_cmpint(virDomainBackupBegin(host->off, PUSH, NULL, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_null(virDomainBackupGetXMLDesc(host->off, 0));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    assertEvents(host, "");
    virDomainFree(dom);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("backup/push", testPush);
    ADD("backup/progress", testProgress);
    ADD("backup/pull", testPull);
    ADD("backup/incremental", testIncremental);
    ADD("backup/refused", testRefused);
    return g_test_run();
}
