/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The daemon's configuration file, libvirtd.conf: every setting, checked. */

#include "daemon/config.h"

#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/uuid.h"
#include "daemon/settings.h"

#define SASL_OR_POLKIT(text) (g_str_equal(text, "sasl") || g_str_equal(text, "polkit"))

/* A file while it is read. */
typedef struct {
    const virConfig *file;
    virDaemonConfig *config;
    bool system;
    char **problem;
} Reading;

void
virDaemonConfigFree(virDaemonConfig *config)
{
    if (!config)
        return;
    g_free(config->tlsPort);
    g_free(config->tcpPort);
    g_free(config->listenAddress);
    g_strfreev(config->allowedAddresses);
    g_strfreev(config->accessDrivers);
    g_free(config->group);
    g_free(config->socketFolder);
    g_free(config->logFilters);
    g_free(config->logOutputs);
    g_ptr_array_unref(config->notes);
    g_free(config);
}

static virServeAuth
parseAuth(const char *text)
{
    if (g_str_equal(text, "sasl"))
        return VIR_SERVE_AUTH_SASL;
    return g_str_equal(text, "polkit") ? VIR_SERVE_AUTH_POLKIT : VIR_SERVE_AUTH_NONE;
}

static void *
memberOf(virDaemonConfig *config, const virDaemonSetting *setting)
{
    return setting->offset == VIR_SETTING_NOWHERE ? NULL : (char *) config + setting->offset;
}

static void
setDefault(virDaemonConfig *config, const virDaemonSetting *setting)
{
    void *member = memberOf(config, setting);

    if (!member)
        return;
    switch (setting->kind) {
    case VIR_SETTING_BOOL:
        *(bool *) member = setting->number;
        break;
    case VIR_SETTING_NUMBER:
        *(int *) member = (int) setting->number;
        break;
    case VIR_SETTING_MODE:
        *(mode_t *) member = (mode_t) setting->number;
        break;
    case VIR_SETTING_AUTH:
        *(virServeAuth *) member = parseAuth(setting->text);
        break;
    case VIR_SETTING_LIST:
        break;
    case VIR_SETTING_STRING:
    case VIR_SETTING_PORT:
    case VIR_SETTING_GROUP:
    case VIR_SETTING_CHOICE:
    case VIR_SETTING_UUID:
        *(char **) member = *setting->text ? g_strdup(setting->text) : NULL;
        break;
    }
}

virDaemonConfig *
virDaemonConfigNew(void)
{
    virDaemonConfig *config = g_new0(virDaemonConfig, 1);
    size_t i;

    config->notes = g_ptr_array_new_with_free_func(g_free);
    config->groupId = (gid_t) -1;
    for (i = 0; i < virDaemonSettingsCount; i++)
        setDefault(config, &virDaemonSettings[i]);
    /* Administrators have no settings of their own for these. */
    config->admin.allRequests = config->server.allRequests;
    return config;
}

char *
virDaemonSettingText(const virDaemonConfig *config, const virDaemonSetting *setting)
{
    static const char *const ways[] = { "none", "sasl", "polkit" };
    const void *member = (const char *) config + setting->offset;
    const char *text;
    g_autofree char *words = NULL;

    switch (setting->kind) {
    case VIR_SETTING_BOOL:
        return g_strdup(*(const bool *) member ? "1" : "0");
    case VIR_SETTING_NUMBER:
        return g_strdup_printf("%d", *(const int *) member);
    case VIR_SETTING_MODE:
        return g_strdup_printf("\"%04o\"", (unsigned int) *(const mode_t *) member);
    case VIR_SETTING_AUTH:
        return g_strdup_printf("\"%s\"", ways[*(const virServeAuth *) member]);
    case VIR_SETTING_LIST:
        words = *(const GStrv *) member ? g_strjoinv(", ", *(const GStrv *) member) : NULL;
        return words ? g_strdup_printf("[ %s ]", words) : g_strdup("not set");
    case VIR_SETTING_STRING:
    case VIR_SETTING_PORT:
    case VIR_SETTING_GROUP:
    case VIR_SETTING_CHOICE:
    case VIR_SETTING_UUID:
        break;
    }
    text = *(char *const *) member;
    return g_strdup_printf("\"%s\"", text ? text : "");
}

/* --- values ------------------------------------------------------------------------------------- */

/* A sentence about a setting that the file has: its place and its name come first. */
static char * G_GNUC_PRINTF(3, 0)
sentence(const virConfig *file, const char *name, const char *format, va_list arguments)
{
    g_autofree char *place = virConfigPlace(file, name);
    g_autofree char *text = g_strdup_vprintf(format, arguments);

    return g_strdup_printf("%s: '%s' %s", place, name, text);
}

/* A problem with the value of a setting. */
static int G_GNUC_PRINTF(3, 4)
refuse(const Reading *reading, const char *name, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    *reading->problem = sentence(reading->file, name, format, arguments);
    va_end(arguments);
    return -1;
}

/* A setting that has no effect. */
static void G_GNUC_PRINTF(3, 4)
note(const Reading *reading, const char *name, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(reading->config->notes, sentence(reading->file, name, format, arguments));
    va_end(arguments);
}

/* Says of a value other than the default that nothing comes of it; -1 when it must not be asked for. */
static int
judge(const Reading *reading, const virDaemonSetting *setting, bool isDefault)
{
    if (isDefault)
        return 0;
    if (setting->refuse)
        return refuse(reading, setting->name, "cannot be had: %s", setting->unused);
    if (setting->unused)
        note(reading, setting->name, "has no effect: %s", setting->unused);
    else if (setting->system && !reading->system)
        note(reading, setting->name, "has no effect: it is for the daemon of the machine only");
    return 0;
}

static int
readBool(const Reading *reading, const virDaemonSetting *setting, bool *member)
{
    bool value = false;
    int found = virConfigGetBool(reading->file, setting->name, &value, reading->problem);

    if (found <= 0)
        return found;
    if (member)
        *member = value;
    return judge(reading, setting, value == (setting->number != 0));
}

static int
readNumber(const Reading *reading, const virDaemonSetting *setting, int *member)
{
    gint64 value;
    int found = virConfigGetInteger(reading->file, setting->name, setting->low, setting->high,
                                    &value, reading->problem);

    if (found <= 0)
        return found;
    if (member)
        *member = (int) value;
    return judge(reading, setting, value == setting->number);
}

/* Whether a word is among those that a setting may name; any where it says nothing. */
static bool
isChoice(const virDaemonSetting *setting, const char *text)
{
    g_auto(GStrv) choices = g_strsplit(setting->choices ? setting->choices : text, " ", -1);

    return g_strv_contains((const char *const *) choices, text);
}

static int
readList(const Reading *reading, const virDaemonSetting *setting, GStrv *member)
{
    g_auto(GStrv) value = NULL;
    int found = virConfigGetStrings(reading->file, setting->name, /* alone= */ false, &value,
                                    reading->problem);
    size_t i;

    if (found <= 0)
        return found;
    for (i = 0; value[i]; i++) {
        if (!isChoice(setting, value[i]))
            return refuse(reading, setting->name, "names \"%s\"; it can have: %s", value[i],
                          setting->choices);
    }
    if (member) {
        g_strfreev(*member);
        *member = g_steal_pointer(&value);
    }
    return judge(reading, setting, !i);
}

static int
parseMode(const Reading *reading, const virDaemonSetting *setting, const char *text, mode_t *member)
{
    guint64 value;

    if (!g_ascii_string_to_unsigned(text, 8, 0, 0777, &value, NULL))
        return refuse(reading, setting->name,
                      "must be octal permissions from \"0\" to \"0777\", not \"%s\"", text);
    *member = (mode_t) value;
    return judge(reading, setting, (gint64) value == setting->number);
}

static int
takeAuth(const Reading *reading, const virDaemonSetting *setting, const char *text,
         virServeAuth *member)
{
    if (!g_str_equal(text, "none") && !SASL_OR_POLKIT(text))
        return refuse(reading, setting->name,
                      "must be \"none\", \"sasl\" or \"polkit\", not \"%s\"", text);
    if (member && !isChoice(setting, text) && !g_str_equal(text, setting->text))
        return refuse(reading, setting->name,
                      "is \"%s\", which this build cannot check; it can be: %s", text,
                      setting->choices);
    if (member)
        *member = parseAuth(text);
    return judge(reading, setting, g_str_equal(text, setting->text));
}

static int
checkGroup(const Reading *reading, const virDaemonSetting *setting, const char *text)
{
    const struct group *group = *text ? getgrnam(text) : NULL;

    if (*text && !group)
        return refuse(reading, setting->name, "names the group \"%s\", which does not exist", text);
    if (group)
        reading->config->groupId = group->gr_gid;
    return 0;
}

/* Whether a text is what its kind asks for; -1 after saying what that is. */
static int
checkText(const Reading *reading, const virDaemonSetting *setting, const char *text)
{
    unsigned char uuid[VIR_UUID_BYTES];

    switch (setting->kind) {
    case VIR_SETTING_PORT:
        if (!*text || strlen(text) > 32)
            return refuse(reading, setting->name,
                          "must be the number of a port or the name of a service, not \"%s\"", text);
        return 0;
    case VIR_SETTING_GROUP:
        return checkGroup(reading, setting, text);
    case VIR_SETTING_UUID:
        if (virUUIDParse(text, uuid) < 0)
            return refuse(reading, setting->name, "must be a UUID, not \"%s\"", text);
        return 0;
    case VIR_SETTING_CHOICE:
        if (!isChoice(setting, text))
            return refuse(reading, setting->name, "must be one of: %s; not \"%s\"",
                          setting->choices, text);
        return 0;
    case VIR_SETTING_BOOL:
    case VIR_SETTING_NUMBER:
    case VIR_SETTING_STRING:
    case VIR_SETTING_LIST:
    case VIR_SETTING_MODE:
    case VIR_SETTING_AUTH:
        break;
    }
    return 0;
}

static int
readText(const Reading *reading, const virDaemonSetting *setting, void *member)
{
    g_autofree char *text = NULL;
    int found = virConfigGetString(reading->file, setting->name, &text, reading->problem);
    bool isDefault;

    if (found <= 0)
        return found;
    if (setting->kind == VIR_SETTING_MODE)
        return parseMode(reading, setting, text, member);
    if (setting->kind == VIR_SETTING_AUTH)
        return takeAuth(reading, setting, text, member);
    if (checkText(reading, setting, text) < 0)
        return -1;
    isDefault = g_str_equal(text, setting->text);
    if (member) {
        g_free(*(char **) member);
        *(char **) member = *text ? g_steal_pointer(&text) : NULL;
    }
    return judge(reading, setting, isDefault);
}

static int
readSetting(const Reading *reading, const virDaemonSetting *setting)
{
    void *member = memberOf(reading->config, setting);

    switch (setting->kind) {
    case VIR_SETTING_BOOL:
        return readBool(reading, setting, member);
    case VIR_SETTING_NUMBER:
        return readNumber(reading, setting, member);
    case VIR_SETTING_LIST:
        return readList(reading, setting, member);
    case VIR_SETTING_STRING:
    case VIR_SETTING_PORT:
    case VIR_SETTING_MODE:
    case VIR_SETTING_AUTH:
    case VIR_SETTING_GROUP:
    case VIR_SETTING_CHOICE:
    case VIR_SETTING_UUID:
        return readText(reading, setting, member);
    }
    return 0;
}

/* Settings that contradict each other. */
static int
checkTogether(const Reading *reading)
{
    const struct {
        const char *least, *most;
        const virDaemonServerConfig *server;
    } pairs[] = {
        { "min_workers", "max_workers", &reading->config->server },
        { "admin_min_workers", "admin_max_workers", &reading->config->admin },
    };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const virDaemonServerConfig *server = pairs[i].server;
        g_autofree char *place = virConfigPlace(reading->file, pairs[i].least);

        if (server->least > server->most)
            return refuse(reading, place ? pairs[i].least : pairs[i].most,
                          "makes '%s' (%u) greater than '%s' (%u)", pairs[i].least,
                          server->least, pairs[i].most, server->most);
    }
    return 0;
}

static bool
readAll(const Reading *reading)
{
    g_autofree const char **known = g_new0(const char *, virDaemonSettingsCount + 1);
    size_t i;

    for (i = 0; i < virDaemonSettingsCount; i++)
        known[i] = virDaemonSettings[i].name;
    *reading->problem = virConfigUnknown(reading->file, known);
    for (i = 0; i < virDaemonSettingsCount && !*reading->problem; i++) {
        if (readSetting(reading, &virDaemonSettings[i]) < 0)
            return false;
    }
    return !*reading->problem && checkTogether(reading) == 0;
}

virDaemonConfig *
virDaemonConfigRead(const char *path, bool required, bool system, char **problem)
{
    g_autoptr(virDaemonConfig) config = virDaemonConfigNew();
    g_autoptr(virConfig) file = NULL;
    Reading reading = { .config = config, .system = system, .problem = problem };

    if (!required && access(path, F_OK) < 0)
        return g_steal_pointer(&config);
    file = virConfigLoad(path, problem);
    reading.file = file;
    if (!file || !readAll(&reading))
        return NULL;
    return g_steal_pointer(&config);
}
