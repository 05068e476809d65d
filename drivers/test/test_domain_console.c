/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Consoles and channels of running domains, connected to streams. */

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/stream.h"
#include "test_domain_guest.h"
#include "test_terminal.h"

/* Character devices of one element, and what they are called when their document does not say. */
typedef struct {
    const char *stem;
    virDocDomainCharacter **items;
    size_t nitems;
} Family;

/* Whether a device goes by a name: its alias, the target of a channel, or its kind and number. */
static bool
isCalled(const Family *family, size_t at, const char *name)
{
    const virDocDomainCharacter *device = family->items[at];
    g_autofree char *usual = g_strdup_printf("%s%zu", family->stem, at);

    return g_strcmp0(name, usual) == 0 || g_strcmp0(name, device->info.aliasName) == 0 ||
           g_strcmp0(name, device->targetName) == 0;
}

/* The device with a name, or the first one, and what it is called here; NULL when there is none. */
static const virDocDomainCharacter *
findDevice(const Family *families, size_t nfamilies, const char *name, char **called)
{
    for (size_t i = 0; i < nfamilies; i++) {
        for (size_t k = 0; k < families[i].nitems; k++) {
            if (name && !isCalled(&families[i], k, name))
                continue;
            *called = g_strdup_printf("%s%zu", families[i].stem, k);
            return families[i].items[k];
        }
    }
    return NULL;
}

/* Whether programs can talk to the other end of a device; else raises. */
static bool
canTalk(const virDocDomainCharacter *device, const char *name)
{
    virDocDomainCharacterType type = device->source.type;

    if (type == VIR_DOC_DOMAIN_CHARACTER_TYPE_ABSENT || type == VIR_DOC_DOMAIN_CHARACTER_TYPE_PTY ||
        type == VIR_DOC_DOMAIN_CHARACTER_TYPE_UNIX)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                  "device '%s' is connected to a %s, only a pty or unix can be opened", name,
                  virDocDomainCharacterTypeToString(type));
    return false;
}

int
testDomainOpenConsole(virDomainPtr handle, const char *dev_name, virStreamPtr st,
                      unsigned int flags)
{
    testDomain *domain = testDomainLockGuest(handle);
    const virDocDomainCharacter *device;
    g_autofree char *called = NULL;
    int ret = -1;

    if (!domain)
        return -1;
    /* One client has a device at a time, so every console is safe. */
    device = findDevice((Family[]) {
        { "console", domain->live->consoles, domain->live->nconsoles },
        { "serial", domain->live->serials, domain->live->nserials },
        { "parallel", domain->live->parallels, domain->live->nparallels },
    }, 3, dev_name, &called);
    if (!device) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "cannot find console device '%s'",
                      dev_name ? dev_name : "default");
    } else if (canTalk(device, called)) {
        /* The first console is often another name of the first serial port. */
        if (domain->live->nserials > 0 && g_str_equal(called, "console0") &&
            device->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO) {
            g_free(called);
            called = g_strdup("serial0");
        }
        ret = testTerminalOpen(domain, called, TEST_TERMINAL_LOGIN, st,
                               flags & VIR_DOMAIN_CONSOLE_FORCE);
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainOpenChannel(virDomainPtr handle, const char *name, virStreamPtr st, unsigned int flags)
{
    testDomain *domain = testDomainLockGuest(handle);
    const virDocDomainCharacter *device;
    g_autofree char *called = NULL;
    int ret = -1;

    if (!domain)
        return -1;
    device = findDevice((Family[]) {
        { "channel", domain->live->channels, domain->live->nchannels },
    }, 1, name, &called);
    if (!device)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "cannot find channel '%s'",
                      name ? name : "default");
    else if (canTalk(device, called))
        ret = testTerminalOpen(domain, called, TEST_TERMINAL_ECHO, st,
                               flags & VIR_DOMAIN_CHANNEL_FORCE);
    testDomainUnlock(handle);
    return ret;
}
