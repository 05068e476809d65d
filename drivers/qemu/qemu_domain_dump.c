/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Core dumps: the memory of a guest in a file for those who look for errors. */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_process.h"
#include "qemu_progress.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* QEMU's word for a format of memory alone; NULL with an error raised. */
static const char *
formatWord(unsigned int format)
{
    static const char *const words[] = {
        [VIR_DOMAIN_CORE_DUMP_FORMAT_RAW] = "elf",
        [VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_ZLIB] = "kdump-zlib",
        [VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_LZO] = "kdump-lzo",
        [VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_SNAPPY] = "kdump-snappy",
        [VIR_DOMAIN_CORE_DUMP_FORMAT_WIN_DMP] = "win-dmp",
    };

    if (format < G_N_ELEMENTS(words))
        return words[format];
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                  "this QEMU has no dumps of format %u", format);
    return NULL;
}

static bool
writeMemory(qemuDomain *domain, int fd, const char *format)
{
    json_object *arguments = qemuJsonStrings("protocol", "fd:dump", "format", format, NULL);
    g_autoptr(json_object) passed = NULL;
    g_autoptr(json_object) begun = NULL;

    json_object_object_add(arguments, "paging", json_object_new_boolean(FALSE));
    json_object_object_add(arguments, "detach", json_object_new_boolean(TRUE));
    passed = qemuProcessAskWith(domain, "getfd", qemuJsonStrings("fdname", "dump", NULL), fd,
                                QEMU_MONITOR_PATIENCE);
    if (!passed) {
        json_object_put(arguments);
        return false;
    }
    begun = qemuProcessAsk(domain, "dump-guest-memory", arguments);
    return begun && qemuProgressDump(domain);
}

/* Stops or continues the guest; false with an error raised. */
static bool
tell(qemuDomain *domain, const char *command)
{
    g_autoptr(json_object) result = NULL;

    domain->process.pauseReason = VIR_DOMAIN_PAUSED_DUMP;
    result = qemuProcessAsk(domain, command, NULL);
    domain->process.pauseReason = VIR_DOMAIN_PAUSED_UNKNOWN;
    return result != NULL;
}

/* Writes everything to a new file, which is gone when that fails; false with an error raised. */
static bool
writeFile(qemuDomain *domain, const char *to, const char *format, unsigned int flags)
{
    int fd = open(to, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool done;

    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot make the file '%s'", to);
        return false;
    }
    done = flags & VIR_DUMP_MEMORY_ONLY ? writeMemory(domain, fd, format) :
           qemuProgressMigrate(domain, fd);
    if (done && fsync(fd) < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot write the file '%s'", to);
        done = false;
    }
    close(fd);
    if (!done)
        unlink(to);
    return done;
}

/* What becomes of the guest after its dump; keeps the error of a failed one. */
static bool
goOn(qemuDomain *domain, bool done, bool stopped, unsigned int flags)
{
    virErrorPtr error = done ? NULL : virSaveLastError();
    bool good = done;

    if (domain->id < 0) {
        good = false;
    } else if (done && flags & VIR_DUMP_CRASH) {
        good = qemuProcessStop(domain, VIR_DOMAIN_SHUTOFF_CRASHED, /* politely= */ false) == 0;
    } else {
        if (done && flags & VIR_DUMP_RESET)
            good = tell(domain, "system_reset");
        /* The state was given to a file, not away: the guest is here still. */
        if (stopped)
            good = tell(domain, "cont") && good;
    }
    if (error) {
        virErrorRestore(error);
        virFreeError(error);
    }
    return good;
}

int
qemuDomainCoreDumpWithFormat(virDomainPtr handle, const char *to, unsigned int dumpformat,
                             unsigned int flags)
{
    const char *format = formatWord(dumpformat);
    bool stopped = false, done = false;
    qemuDomain *domain;

    if (!format)
        return -1;
    if (dumpformat != VIR_DOMAIN_CORE_DUMP_FORMAT_RAW && !(flags & VIR_DUMP_MEMORY_ONLY)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "kdump-compressed format is only supported with memory-only dump");
        return -1;
    }
    domain = qemuDomainBegin(handle, QEMU_JOB_DUMP);
    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        /* What QEMU writes must not change meanwhile, but by a guest that runs on. */
        bool runs = domain->state == VIR_DOMAIN_RUNNING;

        if (!runs || flags & VIR_DUMP_LIVE || tell(domain, "stop")) {
            /* Who gives all state away stops at the end, live or not. */
            stopped = runs && !(flags & VIR_DUMP_LIVE && flags & VIR_DUMP_MEMORY_ONLY);
            domain->process.pauseReason = VIR_DOMAIN_PAUSED_DUMP;
            done = writeFile(domain, to, format, flags);
        }
        done = goOn(domain, done, stopped, flags);
    }
    domain->job.failed = !done;
    qemuDomainEnd(domain);
    return done ? 0 : -1;
}

int
qemuDomainCoreDump(virDomainPtr handle, const char *to, unsigned int flags)
{
    return qemuDomainCoreDumpWithFormat(handle, to, VIR_DOMAIN_CORE_DUMP_FORMAT_RAW, flags);
}
