/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Descriptors that connections associate with domains, for sources with an fdgroup. */

#include "test_domain_fdgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"

typedef struct {
    virConnectPtr conn;         /* whose end is the group's end too; not a reference */
    GArray *files;              /* ours */
} FdGroup;

static void
closeFile(gpointer data)
{
    close(*(int *) data);
}

static void
freeGroup(gpointer data)
{
    FdGroup *group = data;

    g_array_unref(group->files);
    g_free(group);
}

/* Copies of descriptors, which can be written to when that is wanted; NULL with an error raised. */
static GArray *
copyFiles(const int *fds, unsigned int nfds, bool writable)
{
    g_autoptr(GArray) files = g_array_new(/* zero_terminated= */ false, /* clear= */ false,
                                          sizeof(int));

    g_array_set_clear_func(files, closeFile);
    for (unsigned int i = 0; i < nfds; i++) {
        int copy = fcntl(fds[i], F_DUPFD_CLOEXEC, 0);

        if (copy < 0) {
            virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot take over descriptor %d", fds[i]);
            return NULL;
        }
        g_array_append_val(files, copy);
        if (writable && (fcntl(copy, F_GETFL) & O_ACCMODE) == O_RDONLY) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                          "descriptor %d was not opened for writing", fds[i]);
            return NULL;
        }
    }
    return g_steal_pointer(&files);
}

int
testDomainFDAssociate(virDomainPtr handle, const char *name, unsigned int nfds, int *fds,
                      unsigned int flags)
{
    GArray *files = copyFiles(fds, nfds, flags & VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE);
    testDomain *domain = files ? testDomainLockForChange(handle) : NULL;
    FdGroup *group;

    if (!domain) {
        if (files)
            g_array_unref(files);
        return -1;
    }
    group = g_new0(FdGroup, 1);
    *group = (FdGroup) { handle->conn, files };
    if (!domain->fdGroups)
        domain->fdGroups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, freeGroup);
    g_hash_table_replace(domain->fdGroups, g_strdup(name), group);
    testDomainUnlock(handle);
    return 0;
}

bool
testFdGroupsThere(const testDomain *domain)
{
    for (size_t i = 0; i < domain->live->ndisks; i++) {
        const virDocDomainDisk *disk = domain->live->disks[i];

        if (!disk->storage.sourceFdgroup ||
            (domain->fdGroups && g_hash_table_contains(domain->fdGroups,
                                                       disk->storage.sourceFdgroup)))
            continue;
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "file descriptor group '%s' of disk '%s' was not associated with domain '%s'",
                      disk->storage.sourceFdgroup, disk->targetDev, domain->name);
        return false;
    }
    return true;
}

static gboolean
isOf(gpointer name G_GNUC_UNUSED, gpointer group, gpointer conn)
{
    return ((const FdGroup *) group)->conn == conn;
}

void
testFdGroupsDrop(testDomain *domain, virConnectPtr conn)
{
    if (!domain->fdGroups)
        return;
    if (conn)
        g_hash_table_foreach_remove(domain->fdGroups, isOf, conn);
    else
        g_clear_pointer(&domain->fdGroups, g_hash_table_unref);
}
