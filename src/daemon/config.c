/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The daemon's configuration file, libvirtd.conf: every setting, checked. */

#include "daemon/config.h"

#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"

/* How a setting is written, and what is made of it. */
typedef enum {
    SETTING_BOOL,           /* 0 or 1, into a bool */
    SETTING_NUMBER,         /* from low to high, into an int */
    SETTING_STRING,         /* into a char *, "" is NULL */
    SETTING_LIST,           /* of strings; checked, and kept by nobody yet */
    SETTING_PORT,           /* a string with a number or a name of a service */
    SETTING_MODE,           /* a string with octal permissions */
    SETTING_AUTH,           /* "none" */
    SETTING_GROUP,          /* a group that exists */
    SETTING_LEVEL,          /* of the log */
    SETTING_ABSENT,         /* a feature that this build has not: only 0 is honest */
    SETTING_ABSENT_LIST,    /* the same: only an empty list is */
    SETTING_CHECKED,        /* a string that nothing here uses */
} Kind;

#define NOWHERE ((size_t) -1)

typedef struct {
    const char *name;
    Kind kind;
    size_t offset;          /* in virDaemonConfig */
    gint64 low;
    gint64 high;
} Setting;

#define AT(member) offsetof(virDaemonConfig, member)

/* The customary settings. What serves transports of a later time (TLS, SASL) is only checked. */
static const Setting settings[] = {
    { "listen_tls", SETTING_BOOL, AT(listenTLS), 0, 1 },
    { "listen_tcp", SETTING_BOOL, AT(listenTCP), 0, 1 },
    { "tls_port", SETTING_PORT, AT(tlsPort), 0, 0 },
    { "tcp_port", SETTING_PORT, AT(tcpPort), 0, 0 },
    { "listen_addr", SETTING_STRING, AT(listenAddress), 0, 0 },
    { "mdns_adv", SETTING_ABSENT, NOWHERE, 0, 1 },
    { "mdns_name", SETTING_CHECKED, NOWHERE, 0, 0 },
    { "unix_sock_group", SETTING_GROUP, AT(group), 0, 0 },
    { "unix_sock_ro_perms", SETTING_MODE, AT(readOnlyMode), 0, 0 },
    { "unix_sock_rw_perms", SETTING_MODE, AT(readWriteMode), 0, 0 },
    { "unix_sock_admin_perms", SETTING_MODE, AT(adminMode), 0, 0 },
    { "unix_sock_dir", SETTING_STRING, AT(socketFolder), 0, 0 },
    { "auth_unix_ro", SETTING_AUTH, AT(readOnlyAuth), 0, 0 },
    { "auth_unix_rw", SETTING_AUTH, AT(readWriteAuth), 0, 0 },
    { "auth_tcp", SETTING_AUTH, AT(tcpAuth), 0, 0 },
    { "auth_tls", SETTING_AUTH, NOWHERE, 0, 0 },
    { "access_drivers", SETTING_ABSENT_LIST, NOWHERE, 0, 0 },
    { "tcp_min_ssf", SETTING_NUMBER, NOWHERE, 56, G_MAXINT },
    { "key_file", SETTING_CHECKED, NOWHERE, 0, 0 },
    { "cert_file", SETTING_CHECKED, NOWHERE, 0, 0 },
    { "ca_file", SETTING_CHECKED, NOWHERE, 0, 0 },
    { "crl_file", SETTING_CHECKED, NOWHERE, 0, 0 },
    { "tls_no_sanity_certificate", SETTING_BOOL, NOWHERE, 0, 1 },
    { "tls_no_verify_certificate", SETTING_BOOL, NOWHERE, 0, 1 },
    { "tls_allowed_dn_list", SETTING_LIST, NOWHERE, 0, 0 },
    { "tls_priority", SETTING_CHECKED, NOWHERE, 0, 0 },
    { "sasl_allowed_username_list", SETTING_LIST, NOWHERE, 0, 0 },
    { "max_clients", SETTING_NUMBER, AT(server.clients), 1, G_MAXINT },
    { "max_queued_clients", SETTING_NUMBER, AT(server.queued), 1, G_MAXINT },
    { "max_anonymous_clients", SETTING_NUMBER, AT(server.anonymous), 0, G_MAXINT },
    { "min_workers", SETTING_NUMBER, AT(server.least), 0, 10000 },
    { "max_workers", SETTING_NUMBER, AT(server.most), 1, 10000 },
    { "prio_workers", SETTING_NUMBER, AT(server.urgent), 0, 10000 },
    { "max_requests", SETTING_NUMBER, AT(server.allRequests), 1, G_MAXINT },
    { "max_client_requests", SETTING_NUMBER, AT(server.requests), 1, G_MAXINT },
    { "keepalive_interval", SETTING_NUMBER, AT(server.keepaliveInterval), -1, G_MAXINT / 1000 },
    { "keepalive_count", SETTING_NUMBER, AT(server.keepaliveCount), 0, G_MAXINT },
    { "keepalive_required", SETTING_BOOL, NOWHERE, 0, 1 },
    { "admin_min_workers", SETTING_NUMBER, AT(admin.least), 0, 10000 },
    { "admin_max_workers", SETTING_NUMBER, AT(admin.most), 1, 10000 },
    { "admin_max_clients", SETTING_NUMBER, AT(admin.clients), 1, G_MAXINT },
    { "admin_max_queued_clients", SETTING_NUMBER, AT(admin.queued), 1, G_MAXINT },
    { "admin_max_client_requests", SETTING_NUMBER, AT(admin.requests), 1, G_MAXINT },
    { "admin_keepalive_interval", SETTING_NUMBER, AT(admin.keepaliveInterval), -1,
      G_MAXINT / 1000 },
    { "admin_keepalive_count", SETTING_NUMBER, AT(admin.keepaliveCount), 0, G_MAXINT },
    { "admin_keepalive_required", SETTING_BOOL, NOWHERE, 0, 1 },
    { "log_level", SETTING_LEVEL, AT(logLevel), 1, 4 },
    { "log_filters", SETTING_STRING, AT(logFilters), 0, 0 },
    { "log_outputs", SETTING_STRING, AT(logOutputs), 0, 0 },
    { "log_buffer_size", SETTING_NUMBER, NOWHERE, 0, G_MAXINT },
    { "audit_level", SETTING_NUMBER, NOWHERE, 0, 1 },
    { "audit_logging", SETTING_ABSENT, NOWHERE, 0, 1 },
    { "host_uuid", SETTING_CHECKED, NOWHERE, 0, 0 },
    { "host_uuid_source", SETTING_CHECKED, NOWHERE, 0, 0 },
    { "ovs_timeout", SETTING_NUMBER, NOWHERE, 1, G_MAXINT },
};

void
virDaemonConfigFree(virDaemonConfig *config)
{
    if (!config)
        return;
    g_free(config->tlsPort);
    g_free(config->tcpPort);
    g_free(config->listenAddress);
    g_free(config->group);
    g_free(config->socketFolder);
    g_free(config->logFilters);
    g_free(config->logOutputs);
    g_free(config);
}

static virDaemonConfig *
newDefaults(void)
{
    virDaemonConfig *config = g_new0(virDaemonConfig, 1);

    config->tlsPort = g_strdup("16514");
    config->tcpPort = g_strdup("16509");
    config->groupId = (gid_t) -1;
    config->readWriteMode = 0700;
    config->readOnlyMode = 0777;
    config->adminMode = 0700;
    config->tcpAuth = VIR_SERVE_AUTH_SASL;
    config->server = (virDaemonServerConfig) {
        .least = 5,
        .most = 20,
        .urgent = 5,
        .clients = 5000,
        .queued = 1000,
        .anonymous = 20,
        .requests = 5,
        .allRequests = 20,
        .keepaliveInterval = 5,
        .keepaliveCount = 5,
    };
    config->admin = config->server;
    config->admin.least = 1;
    config->admin.most = 5;
    config->admin.urgent = 0;
    config->admin.clients = 5;
    config->admin.queued = 5;
    config->admin.anonymous = 0;
    return config;
}

/* --- values ------------------------------------------------------------------------------------- */

/* A problem with the value of a setting that the file has. */
static int G_GNUC_PRINTF(4, 5)
refuse(const virConfig *file, const char *name, char **problem, const char *format, ...)
{
    g_autofree char *place = virConfigPlace(file, name);
    g_autofree char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    *problem = g_strdup_printf("%s: '%s' %s", place, name, text);
    return -1;
}

static int
readMode(const virConfig *file, const Setting *setting, mode_t *mode, char **problem)
{
    g_autofree char *text = NULL;
    int found = virConfigGetString(file, setting->name, &text, problem);
    guint64 value;

    if (found <= 0)
        return found;
    if (!g_ascii_string_to_unsigned(text, 8, 0, 0777, &value, NULL))
        return refuse(file, setting->name, problem,
                      "must be octal permissions from \"0\" to \"0777\", not \"%s\"", text);
    *mode = (mode_t) value;
    return 1;
}

static int
readAuth(const virConfig *file, const Setting *setting, virServeAuth *auth, char **problem)
{
    g_autofree char *text = NULL;
    int found = virConfigGetString(file, setting->name, &text, problem);

    if (found <= 0)
        return found;
    if (g_str_equal(text, "none")) {
        if (auth)
            *auth = VIR_SERVE_AUTH_NONE;
        return 1;
    }
    if (g_str_equal(text, "sasl") || g_str_equal(text, "polkit"))
        return refuse(file, setting->name, problem,
                      "is \"%s\", which this build cannot check; it can be \"none\" only", text);
    return refuse(file, setting->name, problem,
                  "must be \"none\", \"sasl\" or \"polkit\", not \"%s\"", text);
}

static int
readGroup(const virConfig *file, const Setting *setting, virDaemonConfig *config, char **problem)
{
    g_autofree char *text = NULL;
    int found = virConfigGetString(file, setting->name, &text, problem);
    const struct group *group;

    if (found <= 0)
        return found;
    group = getgrnam(text);
    if (!group)
        return refuse(file, setting->name, problem, "names the group \"%s\", which does not exist",
                      text);
    config->groupId = group->gr_gid;
    g_free(config->group);
    config->group = g_steal_pointer(&text);
    return 1;
}

static int
readString(const virConfig *file, const Setting *setting, char **value, char **problem)
{
    g_autofree char *text = NULL;
    int found = virConfigGetString(file, setting->name, &text, problem);

    if (found <= 0)
        return found;
    if (setting->kind == SETTING_PORT && (!*text || strlen(text) > 32))
        return refuse(file, setting->name, problem,
                      "must be the number of a port or the name of a service, not \"%s\"", text);
    if (value) {
        g_free(*value);
        *value = *text ? g_steal_pointer(&text) : NULL;
    }
    return 1;
}

/* The log level also has names. */
static int
readLevel(const virConfig *file, const Setting *setting, int *level, char **problem)
{
    gint64 value;
    int found = virConfigGetInteger(file, setting->name, setting->low, setting->high, &value,
                                    problem);

    if (found > 0)
        *level = (int) value;
    return found;
}

static int
readNumber(const virConfig *file, const Setting *setting, int *value, char **problem)
{
    gint64 number;
    int found = virConfigGetInteger(file, setting->name, setting->low, setting->high, &number,
                                    problem);

    if (found > 0 && value)
        *value = (int) number;
    return found;
}

static int
readAbsent(const virConfig *file, const Setting *setting, char **problem)
{
    bool value = false;
    int found = virConfigGetBool(file, setting->name, &value, problem);

    if (found > 0 && value)
        return refuse(file, setting->name, problem,
                      "is 1, but this build cannot do that; it can be 0 only");
    return found;
}

static int
readList(const virConfig *file, const Setting *setting, bool onlyEmpty, char **problem)
{
    g_auto(GStrv) value = NULL;
    int found = virConfigGetStrings(file, setting->name, /* alone= */ false, &value, problem);

    if (found > 0 && onlyEmpty && value[0] && !g_str_equal(value[0], "none"))
        return refuse(file, setting->name, problem,
                      "names \"%s\", which this build cannot do; the list can be empty only",
                      value[0]);
    return found;
}

static int
readSetting(const virConfig *file, const Setting *setting, virDaemonConfig *config,
            char **problem)
{
    void *target = setting->offset == NOWHERE ? NULL : (char *) config + setting->offset;
    bool ignored;

    switch (setting->kind) {
    case SETTING_BOOL:
        return virConfigGetBool(file, setting->name, target ? target : &ignored, problem);
    case SETTING_NUMBER:
        return readNumber(file, setting, target, problem);
    case SETTING_STRING:
    case SETTING_PORT:
    case SETTING_CHECKED:
        return readString(file, setting, target, problem);
    case SETTING_LIST:
        return readList(file, setting, /* onlyEmpty= */ false, problem);
    case SETTING_ABSENT_LIST:
        return readList(file, setting, /* onlyEmpty= */ true, problem);
    case SETTING_MODE:
        return readMode(file, setting, target, problem);
    case SETTING_AUTH:
        return readAuth(file, setting, target, problem);
    case SETTING_GROUP:
        return readGroup(file, setting, config, problem);
    case SETTING_LEVEL:
        return readLevel(file, setting, target, problem);
    case SETTING_ABSENT:
        return readAbsent(file, setting, problem);
    }
    return 0;
}

/* Settings that contradict each other. */
static int
checkTogether(const virConfig *file, const virDaemonConfig *config, char **problem)
{
    const struct {
        const char *least, *most;
        const virDaemonServerConfig *server;
    } pairs[] = {
        { "min_workers", "max_workers", &config->server },
        { "admin_min_workers", "admin_max_workers", &config->admin },
    };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const virDaemonServerConfig *server = pairs[i].server;
        g_autofree char *place = virConfigPlace(file, pairs[i].least);

        if (server->least > server->most)
            return refuse(file, place ? pairs[i].least : pairs[i].most, problem,
                          "makes '%s' (%u) greater than '%s' (%u)", pairs[i].least,
                          server->least, pairs[i].most, server->most);
    }
    return 0;
}

static bool
readAll(const virConfig *file, virDaemonConfig *config, char **problem)
{
    const char *known[G_N_ELEMENTS(settings) + 1] = { NULL };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(settings); i++)
        known[i] = settings[i].name;
    *problem = virConfigUnknown(file, known);
    for (i = 0; i < G_N_ELEMENTS(settings) && !*problem; i++) {
        if (readSetting(file, &settings[i], config, problem) < 0)
            return false;
    }
    return !*problem && checkTogether(file, config, problem) == 0;
}

virDaemonConfig *
virDaemonConfigRead(const char *path, bool required, char **problem)
{
    g_autoptr(virDaemonConfig) config = newDefaults();
    g_autoptr(virConfig) file = NULL;

    if (!required && access(path, F_OK) < 0)
        return g_steal_pointer(&config);
    file = virConfigLoad(path, problem);
    if (!file || !readAll(file, config, problem))
        return NULL;
    return g_steal_pointer(&config);
}
