/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who a guest's QEMU is: the daemon itself, or a user of its own who owns the guest's files. */

#define _GNU_SOURCE 1

#include "qemu_identity.h"

#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

#define MODEL "dac"
#define MOST_GROUPS 64
/* A line of the database of users. */
#define ENTRY_MOST 16384

void
qemuIdentityClear(qemuIdentity *identity)
{
    g_free(identity->name);
    g_free(identity->groups);
    *identity = (qemuIdentity) { 0 };
}

/* The entry of a user, by number; NULL: there is none. */
static const struct passwd *
entryOf(uid_t user, struct passwd *entry, char room[ENTRY_MOST])
{
    struct passwd *found = NULL;

    return getpwuid_r(user, entry, room, ENTRY_MOST, &found) == 0 ? found : NULL;
}

/* The customary users of QEMU, as distributions call them. */
static const char *
customaryUser(void)
{
    static const char *const names[] = { "libvirt-qemu", "qemu" };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        uid_t user;

        if (virSettingUser(names[i], &user))
            return names[i];
    }
    return NULL;
}

/* What qemu.conf says; false: it says the daemon's own. */
static bool
ofSettings(const qemuSettings *settings, uid_t *user, gid_t *group)
{
    const char *name = settings->user ? settings->user : customaryUser();
    const struct passwd *found;
    struct passwd entry;
    char room[ENTRY_MOST];

    *user = geteuid();
    *group = getegid();
    /* The file was checked when it was read; a user may have gone since. */
    if (name && virSettingUser(name, user) && !settings->group) {
        found = entryOf(*user, &entry, room);
        *group = found ? found->pw_gid : *group;
    }
    if (settings->group)
        virSettingGroup(settings->group, group);
    return *user != geteuid() || *group != getegid();
}

/* USER:GROUP, each a name or "+NUMBER"; false with an error raised. */
static bool
parseLabel(const virDocDomain *document, const char *label, uid_t *user, gid_t *group)
{
    g_auto(GStrv) parts = g_strsplit(label, ":", -1);

    if (g_strv_length(parts) != 2) {
        virErrorRaise(VIR_FROM_SECURITY, VIR_ERR_INVALID_ARG,
                      "the label '%s' of domain '%s' must be USER:GROUP, each a name or '+' and a "
                      "number", label, document->name);
        return false;
    }
    if (!virSettingUser(parts[0], user) || !virSettingGroup(parts[1], group)) {
        virErrorRaise(VIR_FROM_SECURITY, VIR_ERR_INVALID_ARG,
                      "the label '%s' of domain '%s' names a user or a group that does not exist",
                      label, document->name);
        return false;
    }
    return true;
}

/* Takes what a <seclabel> says; false with an error raised. */
static bool
takeLabel(qemuIdentity *identity, const virDocDomain *document, const virDocDomainSeclabel *label,
          bool running)
{
    if (label->type == VIR_DOC_DOMAIN_SECLABEL_TYPE_NONE) {
        identity->other = false;
        return true;
    }
    if (label->model && !g_str_equal(label->model, MODEL)) {
        virErrorRaise(VIR_FROM_SECURITY, VIR_ERR_CONFIG_UNSUPPORTED,
                      "domain '%s' asks for the security model '%s': this build has '" MODEL "' "
                      "only", document->name, label->model);
        return false;
    }
    if (label->relabel == VIR_DOC_SWITCH_OFF)
        identity->owns = false;
    /* What was chosen at the start stays in the running guest's document. */
    if (label->type != VIR_DOC_DOMAIN_SECLABEL_TYPE_STATIC && !(running && label->label))
        return true;
    if (!label->label) {
        virErrorRaise(VIR_FROM_SECURITY, VIR_ERR_XML_ERROR,
                      "the static <seclabel> of domain '%s' has no <label>", document->name);
        return false;
    }
    if (!parseLabel(document, label->label, &identity->user, &identity->group))
        return false;
    identity->other = identity->user != geteuid() || identity->group != getegid();
    return true;
}

/* The user's name and further groups: what may be asked before a fork, but not after. */
static void
describe(qemuIdentity *identity)
{
    struct passwd entry;
    char room[ENTRY_MOST];
    const struct passwd *found = entryOf(identity->user, &entry, room);

    identity->name = found ? g_strdup(found->pw_name) :
        g_strdup_printf("+%u", (unsigned int) identity->user);
    identity->ngroups = MOST_GROUPS;
    identity->groups = g_new0(gid_t, MOST_GROUPS);
    if (!found || getgrouplist(found->pw_name, identity->group, identity->groups,
                               &identity->ngroups) < 0) {
        identity->groups[0] = identity->group;
        identity->ngroups = found ? MIN(identity->ngroups, MOST_GROUPS) : 1;
    }
}

bool
qemuIdentityFind(qemuIdentity *identity, const qemuHost *host, const virDocDomain *document,
                 bool running)
{
    const qemuSettings *settings = &host->settings;
    bool mayChoose = geteuid() == 0 && g_str_equal(host->path, "/system");
    bool dac = mayChoose && (!settings->securityDrivers ||
                             g_strv_contains((const char *const *) settings->securityDrivers, MODEL));

    *identity = (qemuIdentity) { .owns = settings->dynamicOwnership };
    if (dac)
        identity->other = ofSettings(settings, &identity->user, &identity->group);
    for (size_t i = 0; i < document->nseclabels; i++) {
        if (!dac && document->seclabels[i]->type == VIR_DOC_DOMAIN_SECLABEL_TYPE_STATIC) {
            virErrorRaise(VIR_FROM_SECURITY, VIR_ERR_CONFIG_UNSUPPORTED,
                          "QEMU of domain '%s' cannot be another user: %s", document->name,
                          mayChoose ? "security_driver of qemu.conf is \"none\"" :
                          "only guests of qemu:///system can");
            return false;
        }
        if (!takeLabel(identity, document, document->seclabels[i], running))
            return false;
    }
    if (identity->other)
        describe(identity);
    return true;
}

bool
qemuIdentityBecome(const qemuIdentity *identity)
{
    /* The functions of the C library change every thread of a process. */
    return syscall(SYS_setgroups, identity->ngroups, identity->groups) == 0 &&
           syscall(SYS_setresgid, identity->group, identity->group, identity->group) == 0 &&
           syscall(SYS_setresuid, identity->user, identity->user, identity->user) == 0;
}

void
qemuIdentityShow(const qemuIdentity *identity, virDocDomain *document)
{
    virDocDomainSeclabel *label = NULL;

    if (!identity->other)
        return;
    if (document->nseclabels == 0) {
        label = virDocDomainSeclabelNew();
        label->type = VIR_DOC_DOMAIN_SECLABEL_TYPE_DYNAMIC;
        VIR_DOC_LIST_ADD(document, seclabels, label);
    }
    label = document->seclabels[0];
    if (!label->model)
        label->model = g_strdup(MODEL);
    if (label->relabel == VIR_DOC_SWITCH_ABSENT)
        label->relabel = identity->owns ? VIR_DOC_SWITCH_ON : VIR_DOC_SWITCH_OFF;
    g_free(label->label);
    label->label = g_strdup_printf("+%u:+%u", (unsigned int) identity->user,
                                   (unsigned int) identity->group);
    if (identity->owns) {
        g_free(label->imagelabel);
        label->imagelabel = g_strdup(label->label);
    }
}
