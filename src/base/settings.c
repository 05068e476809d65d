/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tables of settings, generated from config/: what a configuration file may say, read into a struct. */

#include "base/settings.h"

#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/types.h>

#include "base/uuid.h"

#define UNLIMITED "unlimited"
/* A line of the database of users or groups, with all members of a group. */
#define ENTRY_MOST 65536

/* A file while it is read. */
typedef struct {
    const virConfig *file;
    void *target;
    bool system;
    GPtrArray *notes;
    char **problem;
} Reading;

static const char *const ways[] = { "none", "sasl", "polkit" };

static void *
memberOf(void *target, const virSetting *setting)
{
    return setting->offset == VIR_SETTING_NOWHERE ? NULL : (char *) target + setting->offset;
}

/* The number behind a word of VIR_SETTING_AUTH; -1 when there is none. */
static int
parseAuth(const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        if (g_str_equal(text, ways[i]))
            return (int) i;
    }
    return -1;
}

static void
setDefault(void *target, const virSetting *setting)
{
    void *member = memberOf(target, setting);

    if (!member)
        return;
    switch (setting->kind) {
    case VIR_SETTING_BOOL:
        *(bool *) member = setting->number;
        break;
    case VIR_SETTING_NUMBER:
        *(int *) member = (int) setting->number;
        break;
    case VIR_SETTING_SIZE:
        *(gint64 *) member = setting->number;
        break;
    case VIR_SETTING_MODE:
        *(mode_t *) member = (mode_t) setting->number;
        break;
    case VIR_SETTING_AUTH:
        *(int *) member = parseAuth(setting->text);
        break;
    case VIR_SETTING_LIST:
        *(GStrv *) member = NULL;
        break;
    case VIR_SETTING_STRING:
    case VIR_SETTING_PORT:
    case VIR_SETTING_USER:
    case VIR_SETTING_GROUP:
    case VIR_SETTING_CHOICE:
    case VIR_SETTING_UUID:
        *(char **) member = *setting->text ? g_strdup(setting->text) : NULL;
        break;
    }
}

void
virSettingsInit(const virSetting *all, size_t count, void *target)
{
    for (size_t i = 0; i < count; i++)
        setDefault(target, &all[i]);
}

static void
clear(void *target, const virSetting *setting)
{
    void *member = memberOf(target, setting);

    if (!member)
        return;
    switch (setting->kind) {
    case VIR_SETTING_LIST:
        g_clear_pointer((GStrv *) member, g_strfreev);
        break;
    case VIR_SETTING_STRING:
    case VIR_SETTING_PORT:
    case VIR_SETTING_USER:
    case VIR_SETTING_GROUP:
    case VIR_SETTING_CHOICE:
    case VIR_SETTING_UUID:
        g_clear_pointer((char **) member, g_free);
        break;
    case VIR_SETTING_BOOL:
    case VIR_SETTING_NUMBER:
    case VIR_SETTING_SIZE:
    case VIR_SETTING_MODE:
    case VIR_SETTING_AUTH:
        break;
    }
}

void
virSettingsClear(const virSetting *all, size_t count, void *target)
{
    for (size_t i = 0; i < count; i++)
        clear(target, &all[i]);
}

char *
virSettingText(const void *target, const virSetting *setting)
{
    const void *member = (const char *) target + setting->offset;
    g_autofree char *words = NULL;
    const char *text;

    switch (setting->kind) {
    case VIR_SETTING_BOOL:
        return g_strdup(*(const bool *) member ? "1" : "0");
    case VIR_SETTING_NUMBER:
        return g_strdup_printf("%d", *(const int *) member);
    case VIR_SETTING_SIZE:
        return *(const gint64 *) member < 0 ? g_strdup("\"" UNLIMITED "\"") :
            g_strdup_printf("%" G_GINT64_FORMAT, *(const gint64 *) member);
    case VIR_SETTING_MODE:
        return g_strdup_printf("\"%04o\"", (unsigned int) *(const mode_t *) member);
    case VIR_SETTING_AUTH:
        return g_strdup_printf("\"%s\"", ways[*(const int *) member]);
    case VIR_SETTING_LIST:
        words = *(const GStrv *) member ? g_strjoinv(", ", *(const GStrv *) member) : NULL;
        return words ? g_strdup_printf("[ %s ]", words) : g_strdup("not set");
    case VIR_SETTING_STRING:
    case VIR_SETTING_PORT:
    case VIR_SETTING_USER:
    case VIR_SETTING_GROUP:
    case VIR_SETTING_CHOICE:
    case VIR_SETTING_UUID:
        break;
    }
    text = *(char *const *) member;
    return g_strdup_printf("\"%s\"", text ? text : "");
}

/* --- users and groups ---------------------------------------------------------------------------- */

/* The number in "+NUMBER"; false when it is a name. */
static bool
parseNumber(const char *text, guint64 *number)
{
    /* The highest number is how the kernel says "nobody in particular". */
    return *text == '+' && g_ascii_string_to_unsigned(text + 1, 10, 0, G_MAXUINT32 - 1, number, NULL);
}

bool
virSettingUser(const char *text, uid_t *user)
{
    struct passwd entry, *found = NULL;
    char room[ENTRY_MOST];
    guint64 number;

    if (parseNumber(text, &number)) {
        *user = (uid_t) number;
        return true;
    }
    if (getpwnam_r(text, &entry, room, sizeof(room), &found) == 0 && found)
        *user = entry.pw_uid;
    return found != NULL;
}

bool
virSettingGroup(const char *text, gid_t *group)
{
    struct group entry, *found = NULL;
    char room[ENTRY_MOST];
    guint64 number;

    if (parseNumber(text, &number)) {
        *group = (gid_t) number;
        return true;
    }
    if (getgrnam_r(text, &entry, room, sizeof(room), &found) == 0 && found)
        *group = entry.gr_gid;
    return found != NULL;
}

/* --- values -------------------------------------------------------------------------------------- */

static char * G_GNUC_PRINTF(3, 0)
sentence(const virConfig *file, const char *name, const char *format, va_list arguments)
{
    g_autofree char *place = virConfigPlace(file, name);
    g_autofree char *text = g_strdup_vprintf(format, arguments);

    return g_strdup_printf("%s: '%s' %s", place, name, text);
}

char *
virSettingProblem(const virConfig *file, const char *name, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = sentence(file, name, format, arguments);
    va_end(arguments);
    return text;
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
    g_ptr_array_add(reading->notes, sentence(reading->file, name, format, arguments));
    va_end(arguments);
}

/* Says of a value other than the default that nothing comes of it; -1 when it must not be asked for. */
static int
judge(const Reading *reading, const virSetting *setting, bool isDefault)
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
readBool(const Reading *reading, const virSetting *setting, bool *member)
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
readNumber(const Reading *reading, const virSetting *setting, int *member)
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

static int
readSize(const Reading *reading, const virSetting *setting, gint64 *member)
{
    g_autofree char *text = NULL;
    g_autofree char *notText = NULL;
    gint64 value = -1;
    int found = virConfigGetString(reading->file, setting->name, &text, &notText);

    if (found < 0)
        found = virConfigGetInteger(reading->file, setting->name, 0, G_MAXINT64, &value,
                                    reading->problem);
    else if (found > 0 && !g_str_equal(text, UNLIMITED))
        return refuse(reading, setting->name,
                      "must be a number of bytes or \"" UNLIMITED "\", not \"%s\"", text);
    if (found <= 0)
        return found;
    if (member)
        *member = value;
    return judge(reading, setting, value == setting->number);
}

/* Whether a word is among those that a setting may name; any where it says nothing. */
static bool
isChoice(const virSetting *setting, const char *text)
{
    g_auto(GStrv) choices = g_strsplit(setting->choices ? setting->choices : text, " ", -1);

    return g_strv_contains((const char *const *) choices, text);
}

static int
readList(const Reading *reading, const virSetting *setting, GStrv *member)
{
    g_auto(GStrv) value = NULL;
    int found = virConfigGetStrings(reading->file, setting->name, setting->alone, &value,
                                    reading->problem);
    size_t i;

    if (found <= 0)
        return found;
    for (i = 0; value[i]; i++) {
        if (setting->choices && !isChoice(setting, value[i]))
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
parseMode(const Reading *reading, const virSetting *setting, const char *text, mode_t *member)
{
    guint64 value;

    if (!g_ascii_string_to_unsigned(text, 8, 0, 0777, &value, NULL))
        return refuse(reading, setting->name,
                      "must be octal permissions from \"0\" to \"0777\", not \"%s\"", text);
    *member = (mode_t) value;
    return judge(reading, setting, (gint64) value == setting->number);
}

static int
takeAuth(const Reading *reading, const virSetting *setting, const char *text, int *member)
{
    int value = parseAuth(text);

    if (value < 0)
        return refuse(reading, setting->name,
                      "must be \"none\", \"sasl\" or \"polkit\", not \"%s\"", text);
    if (member && !isChoice(setting, text) && !g_str_equal(text, setting->text))
        return refuse(reading, setting->name,
                      "is \"%s\", which this build cannot check; it can be: %s", text,
                      setting->choices);
    if (member)
        *member = value;
    return judge(reading, setting, g_str_equal(text, setting->text));
}

/* Whether a text is what its kind asks for; -1 after saying what that is. */
static int
checkText(const Reading *reading, const virSetting *setting, const char *text)
{
    unsigned char uuid[VIR_UUID_BYTES];
    uid_t user;
    gid_t group;

    switch (setting->kind) {
    case VIR_SETTING_PORT:
        if (!*text || strlen(text) > 32)
            return refuse(reading, setting->name,
                          "must be the number of a port or the name of a service, not \"%s\"", text);
        return 0;
    case VIR_SETTING_USER:
        if (*text && !virSettingUser(text, &user))
            return refuse(reading, setting->name, "names the user \"%s\", who does not exist",
                          text);
        return 0;
    case VIR_SETTING_GROUP:
        if (*text && !virSettingGroup(text, &group))
            return refuse(reading, setting->name, "names the group \"%s\", which does not exist",
                          text);
        return 0;
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
    case VIR_SETTING_SIZE:
    case VIR_SETTING_STRING:
    case VIR_SETTING_LIST:
    case VIR_SETTING_MODE:
    case VIR_SETTING_AUTH:
        break;
    }
    return 0;
}

static int
readText(const Reading *reading, const virSetting *setting, void *member)
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
readSetting(const Reading *reading, const virSetting *setting)
{
    void *member = memberOf(reading->target, setting);

    switch (setting->kind) {
    case VIR_SETTING_BOOL:
        return readBool(reading, setting, member);
    case VIR_SETTING_NUMBER:
        return readNumber(reading, setting, member);
    case VIR_SETTING_SIZE:
        return readSize(reading, setting, member);
    case VIR_SETTING_LIST:
        return readList(reading, setting, member);
    case VIR_SETTING_STRING:
    case VIR_SETTING_PORT:
    case VIR_SETTING_MODE:
    case VIR_SETTING_AUTH:
    case VIR_SETTING_USER:
    case VIR_SETTING_GROUP:
    case VIR_SETTING_CHOICE:
    case VIR_SETTING_UUID:
        return readText(reading, setting, member);
    }
    return 0;
}

bool
virSettingsRead(const virConfig *file, const virSetting *all, size_t count, bool system,
                void *target, GPtrArray *notes, char **problem)
{
    Reading reading = {
        .file = file, .target = target, .system = system, .notes = notes, .problem = problem,
    };
    g_autofree const char **known = g_new0(const char *, count + 1);

    for (size_t i = 0; i < count; i++)
        known[i] = all[i].name;
    *problem = virConfigUnknown(file, known);
    for (size_t i = 0; i < count && !*problem; i++) {
        if (readSetting(&reading, &all[i]) < 0)
            return false;
    }
    return !*problem;
}
