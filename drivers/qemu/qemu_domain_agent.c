/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the guest's agent does for us: commands, time, file systems, sleep, users. */

#include <string.h>

#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_agent.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* Asks for something that has no result but success; 0 or -1 with an error raised. */
static int
command(virDomainPtr handle, const char *name, json_object *arguments)
{
    qemuDomain *domain = qemuDomainLock(handle);
    g_autoptr(json_object) result = NULL;

    if (!domain) {
        json_object_put(arguments);
        return -1;
    }
    result = qemuAgentCall(domain, name, arguments);
    qemuDomainUnlock(domain);
    return result ? 0 : -1;
}

/* The result of a question; NULL with an error raised. */
static json_object *
question(virDomainPtr handle, const char *name, json_object *arguments)
{
    qemuDomain *domain = qemuDomainLock(handle);
    json_object *result;

    if (!domain) {
        json_object_put(arguments);
        return NULL;
    }
    result = qemuAgentCall(domain, name, arguments);
    qemuDomainUnlock(domain);
    return result;
}

char *
qemuDomainQemuAgentCommand(virDomainPtr handle, const char *cmd, int timeout,
                           unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain;
    char *answer;

    if (timeout < VIR_DOMAIN_QEMU_AGENT_COMMAND_MIN) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "guest agent timeout '%d' is less than the minimum '%d'", timeout,
                      VIR_DOMAIN_QEMU_AGENT_COMMAND_MIN);
        return NULL;
    }
    domain = qemuDomainLock(handle);
    if (!domain)
        return NULL;
    answer = qemuAgentPass(domain, cmd, timeout);
    qemuDomainUnlock(domain);
    return answer;
}

int
qemuDomainAgentSetResponseTimeout(virDomainPtr handle, int timeout,
                                  unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain;

    if (timeout < VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "guest agent timeout '%d' is less than the minimum '%d'", timeout,
                      VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK);
        return -1;
    }
    domain = qemuDomainLock(handle);
    if (!domain)
        return -1;
    domain->agentPatience = MIN(MAX(timeout, 0), G_MAXINT / 1000);
    qemuDomainUnlock(domain);
    return 0;
}

int
qemuDomainGetTime(virDomainPtr handle, long long *seconds, unsigned int *nseconds,
                  unsigned int flags G_GNUC_UNUSED)
{
    g_autoptr(json_object) result = question(handle, "guest-get-time", NULL);
    gint64 time = json_object_get_int64(result);

    if (!result)
        return -1;
    *seconds = time / 1000000000;
    *nseconds = (unsigned int) (time % 1000000000);
    return 0;
}

int
qemuDomainSetTime(virDomainPtr handle, long long seconds, unsigned int nseconds,
                  unsigned int flags)
{
    json_object *arguments = json_object_new_object();

    /* Without a time the guest asks its own hardware clock. */
    if (!(flags & VIR_DOMAIN_TIME_SYNC)) {
        if (seconds > G_MAXINT64 / 1000000000 - 1) {
            json_object_put(arguments);
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                          "a guest's clock does not reach to %lld", seconds);
            return -1;
        }
        json_object_object_add(arguments, "time",
                               json_object_new_int64(seconds * 1000000000LL + nseconds));
    }
    return command(handle, "guest-set-time", arguments);
}

/* Freezes or thaws; the number of file systems, or -1. */
static int
freeze(virDomainPtr handle, const char *name, const char **points, unsigned int count)
{
    json_object *arguments = json_object_new_object();
    json_object *list = json_object_new_array();
    g_autoptr(json_object) result = NULL;

    for (unsigned int i = 0; i < count; i++)
        json_object_array_add(list, json_object_new_string(points[i] ? points[i] : ""));
    if (count)
        json_object_object_add(arguments, "mountpoints", list);
    else
        json_object_put(list);
    result = question(handle, name, arguments);
    return result ? json_object_get_int(result) : -1;
}

int
qemuDomainFSFreeze(virDomainPtr handle, const char **mountpoints, unsigned int nmountpoints,
                   unsigned int flags G_GNUC_UNUSED)
{
    return freeze(handle, nmountpoints ? "guest-fsfreeze-freeze-list" : "guest-fsfreeze-freeze",
                  mountpoints, nmountpoints);
}

int
qemuDomainFSThaw(virDomainPtr handle, const char **mountpoints, unsigned int nmountpoints,
                 unsigned int flags G_GNUC_UNUSED)
{
    if (mountpoints && nmountpoints) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                      "the agent thaws all file systems together: specifying mount points is not "
                      "possible");
        return -1;
    }
    return freeze(handle, "guest-fsfreeze-thaw", NULL, 0);
}

int
qemuDomainFSTrim(virDomainPtr handle, const char *mountPoint, unsigned long long minimum,
                 unsigned int flags G_GNUC_UNUSED)
{
    json_object *arguments;

    if (mountPoint) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "Specifying mount point is not supported by the agent");
        return -1;
    }
    arguments = json_object_new_object();
    json_object_object_add(arguments, "minimum",
                           json_object_new_int64((gint64) MIN(minimum, G_MAXINT64)));
    return command(handle, "guest-fstrim", arguments);
}

int
qemuDomainSetUserPassword(virDomainPtr handle, const char *user, const char *password,
                          unsigned int flags)
{
    g_autofree char *encoded = g_base64_encode((const guchar *) password, strlen(password));
    json_object *arguments = qemuJsonStrings("username", user, "password", encoded, NULL);

    json_object_object_add(arguments, "crypted",
                           json_object_new_boolean((flags & VIR_DOMAIN_PASSWORD_ENCRYPTED) != 0));
    return command(handle, "guest-set-user-password", arguments);
}

/* Asks the agent for what it does not answer when it goes well. */
static int
tell(virDomainPtr handle, const char *name, json_object *arguments)
{
    qemuDomain *domain = qemuDomainLock(handle);
    bool done;

    if (!domain) {
        json_object_put(arguments);
        return -1;
    }
    done = qemuAgentTell(domain, name, arguments);
    qemuDomainUnlock(domain);
    return done ? 0 : -1;
}

int
qemuDomainPMSuspendForDuration(virDomainPtr handle, unsigned int target,
                               unsigned long long duration, unsigned int flags G_GNUC_UNUSED)
{
    static const char *const commands[] = {
        [VIR_NODE_SUSPEND_TARGET_MEM] = "guest-suspend-ram",
        [VIR_NODE_SUSPEND_TARGET_DISK] = "guest-suspend-disk",
        [VIR_NODE_SUSPEND_TARGET_HYBRID] = "guest-suspend-hybrid",
    };

    if (duration) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "Duration not supported. Use 0 for now");
        return -1;
    }
    if (target >= G_N_ELEMENTS(commands)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "there is no kind %u of sleep", target);
        return -1;
    }
    return tell(handle, commands[target], NULL);
}

int
qemuDomainPMWakeup(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    g_autoptr(json_object) result = NULL;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain))
        result = qemuProcessAsk(domain, "system_wakeup", NULL);
    qemuDomainEnd(domain);
    return result ? 0 : -1;
}

int
qemuDomainAuthorizedSSHKeysGet(virDomainPtr handle, const char *user, char ***keys,
                               unsigned int flags G_GNUC_UNUSED)
{
    g_autoptr(json_object) result = question(handle, "guest-ssh-get-authorized-keys",
                                             qemuJsonStrings("username", user, NULL));
    json_object *list = qemuJsonGet(result, "keys");
    size_t count = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

    if (!result)
        return -1;
    *keys = g_new0(char *, count + 1);
    for (size_t i = 0; i < count; i++)
        (*keys)[i] = g_strdup(json_object_get_string(json_object_array_get_idx(list, i)));
    return (int) count;
}

int
qemuDomainAuthorizedSSHKeysSet(virDomainPtr handle, const char *user, const char **keys,
                               unsigned int nkeys, unsigned int flags)
{
    bool take = flags & VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE;
    json_object *arguments = qemuJsonStrings("username", user, NULL);
    json_object *list = json_object_new_array();

    for (unsigned int i = 0; i < nkeys; i++)
        json_object_array_add(list, json_object_new_string(keys[i] ? keys[i] : ""));
    json_object_object_add(arguments, "keys", list);
    if (!take)
        json_object_object_add(arguments, "reset",
                               json_object_new_boolean(!(flags &
                                                         VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND)));
    return command(handle, take ? "guest-ssh-remove-authorized-keys" :
                   "guest-ssh-add-authorized-keys", arguments);
}
