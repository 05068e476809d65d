/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What only an agent in the guest can tell or do: its processors, users, keys, all in one answer. */

#include <stdlib.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "document/bitmap.h"
#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_block.h"
#include "test_domain_guest.h"
#include "test_domain_stats.h"

/* Keys of a user that may be kept, and bytes of one: more is no key file. */
#define KEYS_MAX 512
#define KEY_LENGTH_MAX 16384

/* The processors that the guest uses of those it has, as text. */
static char *
formatVcpus(const testDomain *domain, bool online)
{
    unsigned int count = testDomainOnline(domain->live);
    unsigned char bytes[8] = { 0 };
    g_autoptr(virDocBitmap) set = NULL;

    for (unsigned int i = 0; i < MIN(count, 64); i++) {
        if (!online || !(domain->guest.offline >> i & 1))
            bytes[i / 8] |= (unsigned char) (1 << i % 8);
    }
    set = virDocBitmapFromBytes(bytes, sizeof(bytes));
    return virDocBitmapFormat(set);
}

int
testDomainGetGuestVcpus(virDomainPtr handle, virTypedParameterPtr *params, unsigned int *nparams,
                        unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    g_auto(virParams) list = { NULL, 0, 0 };
    g_autofree char *present = NULL, *online = NULL;
    int count = 0;

    if (!domain)
        return -1;
    present = formatVcpus(domain, /* online= */ false);
    online = formatVcpus(domain, /* online= */ true);
    virParamsAddString(&list, "vcpus", present);
    virParamsAddString(&list, "online", online);
    /* The guest runs on its first processor always. */
    virParamsAddString(&list, "offlinable", strchr(present, '-') ? present : "");
    testDomainUnlock(handle);
    virParamsGive(&list, params, &count);
    *nparams = (unsigned int) count;
    return 0;
}

/* The processors of a text as bits; 0 with an error raised when the guest has no such. */
static guint64
parseVcpus(const testDomain *domain, const char *text)
{
    g_autoptr(virDocBitmap) set = virDocBitmapParse(text);
    unsigned int count = testDomainOnline(domain->live);
    guint64 bits = set && set->nwords == 1 ? set->words[0] : 0;

    if (bits && (count >= 64 || bits < G_GUINT64_CONSTANT(1) << count))
        return bits;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                  "'%s' is no set of processors of the guest, which has 0 to %u", text, count - 1);
    return 0;
}

int
testDomainSetGuestVcpus(virDomainPtr handle, const char *cpumap, int state,
                        unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    guint64 bits;
    int ret = -1;

    if (!domain)
        return -1;
    bits = parseVcpus(domain, cpumap);
    if (bits && !state && bits & 1) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "the guest cannot do without its processor 0");
    } else if (bits) {
        domain->guest.offline = state ? domain->guest.offline & ~bits :
            domain->guest.offline | bits;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

static void
addUsers(virParams *list, const testDomain *domain)
{
    /* Somebody logged in when the guest booted. */
    gint64 login = (g_get_real_time() - testDomainRan(domain)) / 1000;

    virParamsAddUInt(list, VIR_DOMAIN_GUEST_INFO_USER_COUNT, 1);
    virParamsAddString(list, VIR_DOMAIN_GUEST_INFO_USER_PREFIX "0"
                       VIR_DOMAIN_GUEST_INFO_USER_SUFFIX_NAME, "root");
    virParamsAddULLong(list, VIR_DOMAIN_GUEST_INFO_USER_PREFIX "0"
                       VIR_DOMAIN_GUEST_INFO_USER_SUFFIX_LOGIN_TIME,
                       (unsigned long long) login);
}

static void
addSystem(virParams *list, const testDomain *domain)
{
    const virDocDomainOsType *type = domain->live->os ? domain->live->os->type : NULL;

    virParamsAddString(list, VIR_DOMAIN_GUEST_INFO_OS_ID, "model");
    virParamsAddString(list, VIR_DOMAIN_GUEST_INFO_OS_NAME, "Model guest");
    virParamsAddString(list, VIR_DOMAIN_GUEST_INFO_OS_PRETTY_NAME,
                       "Guest of the test hypervisor");
    if (type && type->arch)
        virParamsAddString(list, VIR_DOMAIN_GUEST_INFO_OS_MACHINE, type->arch);
}

static void
addFilesystems(virParams *list, testHost *host, const testDomain *domain)
{
    const testMount *mounts;
    const char *target;
    size_t count;

    mounts = testDomainMounts(domain, &count, &target);
    virParamsAddUInt(list, VIR_DOMAIN_GUEST_INFO_FS_COUNT, (unsigned int) count);
    for (size_t i = 0; i < count; i++) {
        const testDiskImage *image = testDomainImage(host, virConfDomainFindDisk(domain->live,
                                                                              target));
        g_autofree char *prefix = g_strdup_printf(VIR_DOMAIN_GUEST_INFO_FS_PREFIX "%zu", i);
        g_autofree char *point = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_MOUNTPOINT,
                                             NULL);
        g_autofree char *name = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_NAME, NULL);
        g_autofree char *type = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_FSTYPE, NULL);
        g_autofree char *total = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_TOTAL_BYTES,
                                             NULL);
        g_autofree char *used = g_strconcat(prefix, VIR_DOMAIN_GUEST_INFO_FS_SUFFIX_USED_BYTES,
                                            NULL);
        g_autofree char *device = g_strdup_printf("%s%d", target, mounts[i].partition);

        virParamsAddString(list, point, mounts[i].point);
        virParamsAddString(list, name, device);
        virParamsAddString(list, type, mounts[i].type);
        if (image) {
            virParamsAddULLong(list, total, image->capacity / 2);
            virParamsAddULLong(list, used, image->capacity / 4);
        }
    }
}

int
testDomainGetGuestInfo(virDomainPtr handle, unsigned int types, virTypedParameterPtr *params,
                       int *nparams, unsigned int flags G_GNUC_UNUSED)
{
    const unsigned int known = VIR_DOMAIN_GUEST_INFO_USERS | VIR_DOMAIN_GUEST_INFO_OS |
        VIR_DOMAIN_GUEST_INFO_TIMEZONE | VIR_DOMAIN_GUEST_INFO_HOSTNAME |
        VIR_DOMAIN_GUEST_INFO_FILESYSTEM;
    g_auto(virParams) list = { NULL, 0, 0 };
    testDomain *domain;

    if (types & ~known) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "the guest cannot tell the kinds 0x%x of information", types & ~known);
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    if (!types)
        types = known;
    if (types & VIR_DOMAIN_GUEST_INFO_USERS)
        addUsers(&list, domain);
    if (types & VIR_DOMAIN_GUEST_INFO_OS)
        addSystem(&list, domain);
    if (types & VIR_DOMAIN_GUEST_INFO_TIMEZONE) {
        virParamsAddString(&list, VIR_DOMAIN_GUEST_INFO_TIMEZONE_NAME, "UTC");
        virParamsAddInt(&list, VIR_DOMAIN_GUEST_INFO_TIMEZONE_OFFSET, 0);
    }
    if (types & VIR_DOMAIN_GUEST_INFO_HOSTNAME) {
        g_autofree char *name = g_strdup_printf("%shost", domain->name);

        virParamsAddString(&list, VIR_DOMAIN_GUEST_INFO_HOSTNAME_HOSTNAME, name);
    }
    if (types & VIR_DOMAIN_GUEST_INFO_FILESYSTEM)
        addFilesystems(&list, testHostOf(handle->conn), domain);
    testDomainUnlock(handle);
    return virParamsGive(&list, params, nparams);
}

int
testDomainAgentSetResponseTimeout(virDomainPtr handle, int timeout,
                                  unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain;

    if (timeout < VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "guest agent timeout '%d' is less than the minimum '%d'", timeout,
                      VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK);
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    domain->guest.agentTimeout = timeout;
    testDomainUnlock(handle);
    return 0;
}

/* The keys of a user, NULL when there is no file of them. */
static GPtrArray *
keysOf(const testDomain *domain, const char *user)
{
    return domain->guest.keyFiles ? g_hash_table_lookup(domain->guest.keyFiles, user) : NULL;
}

int
testDomainAuthorizedSSHKeysGet(virDomainPtr handle, const char *user, char ***keys,
                               unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    const GPtrArray *file;
    guint count;

    if (!domain)
        return -1;
    file = keysOf(domain, user);
    count = file ? file->len : 0;
    *keys = g_new0(char *, count + 1);
    for (guint i = 0; i < count; i++)
        (*keys)[i] = g_strdup(g_ptr_array_index(file, i));
    testDomainUnlock(handle);
    return (int) count;
}

static bool
keysFit(const char **keys, unsigned int nkeys, unsigned int flags)
{
    if (nkeys > KEYS_MAX || (!nkeys && flags)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "%u keys, expected 1 to %d", nkeys,
                      KEYS_MAX);
        return false;
    }
    if (nkeys > 0 && !keys) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "keys must not be NULL");
        return false;
    }
    for (unsigned int i = 0; i < nkeys; i++) {
        if (!keys[i] || strchr(keys[i], '\n') || strlen(keys[i]) > KEY_LENGTH_MAX) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                          "key %u is not one line of at most %d bytes", i, KEY_LENGTH_MAX);
            return false;
        }
    }
    return true;
}

static guint
findKey(const GPtrArray *file, const char *key)
{
    for (guint i = 0; i < file->len; i++) {
        if (g_str_equal(g_ptr_array_index(file, i), key))
            return i;
    }
    return file->len;
}

/* The keys of a user after a change. */
static GPtrArray *
changeKeys(const GPtrArray *before, const char **keys, unsigned int nkeys, unsigned int flags)
{
    const bool keep = flags & (VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND |
                               VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE);
    GPtrArray *file = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; keep && before && i < before->len; i++)
        g_ptr_array_add(file, g_strdup(g_ptr_array_index(before, i)));
    for (unsigned int i = 0; i < nkeys; i++) {
        guint at = findKey(file, keys[i]);

        /* Programs that split a file at the ends of its lines send an empty one last. */
        if (!*keys[i])
            continue;
        if (flags & VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE) {
            if (at < file->len)
                g_ptr_array_remove_index(file, at);
        } else if (at == file->len) {
            g_ptr_array_add(file, g_strdup(keys[i]));
        }
    }
    return file;
}

int
testDomainAuthorizedSSHKeysSet(virDomainPtr handle, const char *user, const char **keys,
                               unsigned int nkeys, unsigned int flags)
{
    testDomain *domain;
    GPtrArray *file;
    int ret = -1;

    if (!keysFit(keys, nkeys, flags))
        return -1;
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    file = changeKeys(keysOf(domain, user), keys, nkeys, flags);
    if (file->len > KEYS_MAX) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "user '%s' would have %u keys, at most %d fit", user, file->len, KEYS_MAX);
        g_ptr_array_unref(file);
    } else {
        if (!domain->guest.keyFiles)
            domain->guest.keyFiles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                           (GDestroyNotify) g_ptr_array_unref);
        g_hash_table_insert(domain->guest.keyFiles, g_strdup(user), file);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
