/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a connection to QEMU says of itself. */

#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_driver.h"
#include "qemu_emulator.h"
#include "runtime/connect.h"
#include "runtime/error.h"

/* What one guest of unknown machine can have. */
#define MAX_VCPUS_TCG 255

const char *
qemuConnectGetType(virConnectPtr conn G_GNUC_UNUSED)
{
    return "QEMU";
}

/* The program for guests of this machine's kind; NULL with an error raised. */
static qemuEmulator *
ownEmulator(virConnectPtr conn)
{
    g_autofree char *path = qemuEmulatorsPath(NULL);

    if (path)
        return qemuEmulatorsGet(qemuHostOf(conn)->emulators, path);
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR,
                  "no QEMU for this machine is installed: there is no qemu-system-* in the path");
    return NULL;
}

int
qemuConnectGetVersion(virConnectPtr conn, unsigned long *hvVer)
{
    g_autoptr(qemuEmulator) emulator = ownEmulator(conn);

    if (!emulator)
        return -1;
    *hvVer = emulator->version;
    return 0;
}

int
qemuConnectGetLibVersion(virConnectPtr conn G_GNUC_UNUSED, unsigned long *libVer)
{
    *libVer = LIBVIR_VERSION_NUMBER;
    return 0;
}

char *
qemuConnectGetHostname(virConnectPtr conn G_GNUC_UNUSED)
{
    return g_strdup(g_get_host_name());
}

char *
qemuConnectGetURI(virConnectPtr conn)
{
    return virURIFormat(conn->uri);
}

int
qemuConnectGetMaxVcpus(virConnectPtr conn, const char *type)
{
    g_autoptr(qemuEmulator) emulator = NULL;
    const qemuMachine *machine;

    if (type && strcmp(type, "qemu") != 0 && strcmp(type, "kvm") != 0 &&
        strcmp(type, "kqemu") != 0) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "expected one of qemu, kvm and kqemu, found '%s'", type);
        return -1;
    }
    emulator = ownEmulator(conn);
    if (!emulator)
        return -1;
    machine = qemuEmulatorMachine(emulator, NULL);
    return machine ? (int) machine->maxCpus : MAX_VCPUS_TCG;
}

int
qemuConnectIsEncrypted(virConnectPtr conn G_GNUC_UNUSED)
{
    return 0;
}

int
qemuConnectIsSecure(virConnectPtr conn G_GNUC_UNUSED)
{
    return 1;
}

int
qemuConnectIsAlive(virConnectPtr conn G_GNUC_UNUSED)
{
    return 1;
}
