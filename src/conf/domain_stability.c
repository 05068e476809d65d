/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a running guest would notice that it goes on by another document. */

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_parts.h"
#include "runtime/error.h"

/* More differences than these need not be looked through: one that matters is among them. */
#define DIFFERENCES_MAX 4096

/* What the host alone sees. A star stands for anything, places in lists are left out. */
static const char *const unseen[] = {
    "/domain/@id",
    "/domain/name",
    "/domain/title",
    "/domain/description",
    "/domain/metadata",
    "/domain/currentMemory",
    "/domain/memory/@dumpCore",
    "/domain/blkiotune*",
    "/domain/memtune*",
    "/domain/memoryBacking*",
    "/domain/vcpu/@placement",
    "/domain/vcpu/@cpuset",
    "/domain/iothreads",
    "/domain/iothreadids*",
    "/domain/defaultiothread*",
    "/domain/cputune*",
    "/domain/numatune*",
    "/domain/resource*",
    "/domain/throttlegroups*",
    "/domain/bootloader*",
    "/domain/os/loader*",
    "/domain/os/nvram*",
    "/domain/os/varstore*",
    "/domain/os/kernel",
    "/domain/os/initrd",
    "/domain/os/cmdline",
    "/domain/os/shim",
    "/domain/os/root",
    "/domain/os/dtb",
    "/domain/os/boot*",
    "/domain/os/bios*",
    "/domain/on_*",
    "/domain/perf*",
    "/domain/seclabel*",
    "/domain/qemu:*",
    "/domain/xen:*",
    "/domain/bhyve:*",
    "/domain/clock*",
    "/domain/devices/emulator",
    "/domain/devices/lease*",
    "/domain/devices/graphics*",
    "/domain/devices/audio*",
    "*/alias/@name",
    "*/boot/@*",
    "*/rom/@file",
    "*/seclabel*",
    "/domain/devices/disk/@type",
    "/domain/devices/disk/@snapshot",
    "/domain/devices/disk/@rawio",
    "/domain/devices/disk/@sgio",
    "/domain/devices/disk/driver*",
    "/domain/devices/disk/auth*",
    "/domain/devices/disk/source*",
    "/domain/devices/disk/backingStore*",
    "/domain/devices/disk/mirror*",
    "/domain/devices/disk/encryption*",
    "/domain/devices/disk/iotune*",
    "/domain/devices/disk/throttlefilters*",
    "/domain/devices/disk/target/@tray",
    "/domain/devices/disk/transient*",
    "/domain/devices/disk/privateData",
    "/domain/devices/interface/@type",
    "/domain/devices/interface/@managed",
    "/domain/devices/interface/@trustGuestRxFilters",
    "/domain/devices/interface/source*",
    "/domain/devices/interface/actual*",
    "/domain/devices/interface/vlan*",
    "/domain/devices/interface/virtualport*",
    "/domain/devices/interface/bandwidth*",
    "/domain/devices/interface/port*",
    "/domain/devices/interface/*script*",
    "/domain/devices/interface/target*",
    "/domain/devices/interface/backend*",
    "/domain/devices/interface/filterref*",
    "/domain/devices/interface/tune*",
    "/domain/devices/interface/link*",
    "/domain/devices/interface/coalesce*",
    "/domain/devices/interface/driver/@name",
    "/domain/devices/interface/driver/@txmode",
    "/domain/devices/*/source*",
    "/domain/devices/serial/@*",
    "/domain/devices/parallel/@*",
    "/domain/devices/console/@*",
    "/domain/devices/channel/@*",
    "/domain/devices/channel/target/@state",
    "/domain/devices/*/protocol*",
    "/domain/devices/*/log*",
    "/domain/devices/redirdev/@type",
    "/domain/devices/redirfilter*",
    "/domain/devices/rng/rate*",
    "/domain/devices/rng/backend*",
    "/domain/devices/hostdev/@managed",
    "/domain/devices/hostdev/driver*",
    "/domain/devices/memballoon/stats*",
    "/domain/devices/tpm/backend*",
    "/domain/devices/watchdog/@action",
    "/domain/devices/vsock/cid*",
};

/* Without the places in lists: /domain/devices/disk[2]/target becomes /domain/devices/disk/target. */
static char *
withoutPlaces(const char *path)
{
    GString *out = g_string_new(NULL);

    while (*path) {
        if (*path == '[')
            path += strcspn(path, "]") + 1;
        else
            g_string_append_c(out, *path++);
    }
    return g_string_free(out, /* free_segment= */ FALSE);
}

static bool
isSeen(const char *path)
{
    g_autofree char *plain = withoutPlaces(path);

    for (size_t i = 0; i < G_N_ELEMENTS(unseen); i++) {
        if (g_pattern_match_simple(unseen[i], plain))
            return false;
    }
    return true;
}

bool
virConfDomainIsStable(const virDocDomain *source, const virDocDomain *target)
{
    g_autoptr(GPtrArray) differences =
        virDocDiff(&virDocDomainRecord, source, target, DIFFERENCES_MAX);

    for (guint i = 0; i < differences->len; i++) {
        const virDocDifference *difference = g_ptr_array_index(differences, i);

        if (!isSeen(difference->path))
            continue;
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED,
                      "the guest would notice a change: %s is %s, and would be %s",
                      difference->path, difference->one ? difference->one : "absent",
                      difference->other ? difference->other : "absent");
        return false;
    }
    return true;
}
