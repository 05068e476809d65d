/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What reaches a guest from outside: keys, interrupts, signals, eyes on its memory and screen. */

#define VIR_ENUM_SENTINELS

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_guest.h"

/* The highest code of each set of key codes, by virKeycodeSet. */
static const unsigned int highestKey[VIR_KEYCODE_SET_LAST] = {
    [VIR_KEYCODE_SET_LINUX] = 0x2ff,
    [VIR_KEYCODE_SET_XT] = 0xff,
    [VIR_KEYCODE_SET_ATSET1] = 0xffff,
    [VIR_KEYCODE_SET_ATSET2] = 0xffff,
    [VIR_KEYCODE_SET_ATSET3] = 0xff,
    [VIR_KEYCODE_SET_OSX] = 0xff,
    [VIR_KEYCODE_SET_XT_KBD] = 0xffff,
    [VIR_KEYCODE_SET_USB] = 0xff,
    [VIR_KEYCODE_SET_WIN32] = 0xff,
    [VIR_KEYCODE_SET_QNUM] = 0xff,
};

/* Control, Alt and Delete, by which a guest reboots. */
static const unsigned int rebootKeys[] = { 29, 56, 111 };

static bool
keysFit(unsigned int codeset, const unsigned int *keycodes, int nkeycodes)
{
    if (codeset >= VIR_KEYCODE_SET_LAST) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "Unsupported codeset '%u'", codeset);
        return false;
    }
    for (int i = 0; i < nkeycodes; i++) {
        if (keycodes[i] > highestKey[codeset]) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                          "invalid keycode %u of codeset %u", keycodes[i], codeset);
            return false;
        }
    }
    return true;
}

int
testDomainSendKey(virDomainPtr handle, unsigned int codeset, unsigned int holdtime G_GNUC_UNUSED,
                  unsigned int *keycodes, int nkeycodes, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain;

    if (!keysFit(codeset, keycodes, nkeycodes))
        return -1;
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    domain->guest.keys += (unsigned int) nkeycodes;
    if (codeset == VIR_KEYCODE_SET_LINUX && nkeycodes == G_N_ELEMENTS(rebootKeys) &&
        memcmp(keycodes, rebootKeys, sizeof(rebootKeys)) == 0)
        testDomainReboots(testHostOf(handle->conn), domain);
    testDomainUnlock(handle);
    return 0;
}

int
testDomainInjectNMI(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);

    if (!domain)
        return -1;
    /* A guest that can tell of a panic panics, and may be gone by that. Others note the interrupt. */
    domain->guest.interrupts++;
    if (domain->live->npanics > 0) {
        testHost *host = testHostOf(handle->conn);

        testDomainCrash(host, domain);
        domain = g_hash_table_lookup(host->domains->objects.byUUID, handle->uuid);
        handle->id = domain ? domain->id : -1;
    }
    testDomainUnlock(handle);
    return 0;
}

int
testDomainSendProcessSignal(virDomainPtr handle, long long pid_value, unsigned int signum,
                            unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain;

    if (pid_value == 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "pid_value must not be zero");
        return -1;
    }
    if (pid_value != 1) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "only sending a signal to pid 1 is supported");
        return -1;
    }
    if (signum >= VIR_DOMAIN_PROCESS_SIGNAL_LAST) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "signum value %u is out of range",
                      signum);
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    /* The first process of a guest heeds none of them, but it counts. */
    domain->guest.signals++;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainMemoryPeek(virDomainPtr handle, unsigned long long start, size_t size, void *buffer,
                     unsigned int flags)
{
    const unsigned int spaces = VIR_MEMORY_VIRTUAL | VIR_MEMORY_PHYSICAL;
    unsigned char *bytes = buffer;
    testDomain *domain;

    if (!(flags & spaces)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "flags parameter must be VIR_MEMORY_VIRTUAL or VIR_MEMORY_PHYSICAL");
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    testDomainUnlock(handle);
    /* Each byte of the guest's memory is the low byte of its address. */
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char) (start + i);
    return 0;
}
