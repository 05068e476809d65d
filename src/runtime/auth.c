/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Credentials: from the file of credentials, else asked of the application. */

#define _GNU_SOURCE 1

#include "runtime/auth.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"

#define FILE_PARAMETER "authfile"

/* The file to look into, NULL when there is none. */
static char *
findFile(const virURI *uri)
{
    const char *asked = secure_getenv("LIBVIRT_AUTH_FILE");
    const char *folders[] = { g_get_user_config_dir(), VIR_SYSCONFDIR };
    gsize i;

    if ((!asked || !*asked) && uri)
        asked = virURIParameterValue(uri, FILE_PARAMETER);
    if (asked && *asked)
        return access(asked, R_OK) == 0 ? g_strdup(asked) : NULL;
    for (i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(folders[i], "libvirt", "auth.conf", NULL);

        if (access(path, R_OK) == 0)
            return g_steal_pointer(&path);
    }
    return NULL;
}

/* The group of credentials for a service on a host, else the one for every host. */
static char *
findGroup(GKeyFile *file, const char *service, const char *host)
{
    g_autofree char *own = g_strdup_printf("auth-%s-%s", service, host ? host : "localhost");
    g_autofree char *any = g_strdup_printf("auth-%s-default", service);

    if (g_key_file_has_group(file, own))
        return g_steal_pointer(&own);
    return g_key_file_has_group(file, any) ? g_steal_pointer(&any) : NULL;
}

static int
wrongFile(const char *path, const char *problem)
{
    virErrorRaise(VIR_FROM_NONE, VIR_ERR_CONF_SYNTAX, "%s: %s", path, problem);
    return -1;
}

int
virAuthLookup(const virURI *uri, const char *service, const char *host, const char *item,
              char **value)
{
    g_autofree char *path = findFile(uri);
    g_autoptr(GKeyFile) file = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *group = NULL;
    g_autofree char *name = NULL;
    g_autofree char *credentials = NULL;
    g_autofree char *problem = NULL;

    if (!path)
        return 0;
    file = g_key_file_new();
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &error))
        return wrongFile(path, error->message);
    group = findGroup(file, service, host);
    if (!group)
        return 0;
    name = g_key_file_get_string(file, group, "credentials", NULL);
    if (!name) {
        problem = g_strdup_printf("group '%s' has no item 'credentials'", group);
        return wrongFile(path, problem);
    }
    credentials = g_strdup_printf("credentials-%s", name);
    if (!g_key_file_has_group(file, credentials)) {
        problem = g_strdup_printf("group '%s' names the credentials '%s', but there is no group "
                                  "'%s'", group, name, credentials);
        return wrongFile(path, problem);
    }
    *value = g_key_file_get_string(file, credentials, item, NULL);
    return *value ? 1 : 0;
}

bool
virAuthAnswers(virConnectAuthPtr auth, int type)
{
    unsigned int i;

    for (i = 0; auth && i < auth->ncredtype; i++) {
        if (auth->credtype[i] == type)
            return true;
    }
    return false;
}

char *
virAuthAsk(virConnectAuthPtr auth, int type, const char *prompt, const char *challenge,
           const char *preset)
{
    virConnectCredential question = {
        .type = type,
        .prompt = prompt,
        .challenge = challenge,
        .defresult = preset,
    };
    char *answer = NULL;

    if (auth->cb(&question, 1, auth->cbdata) < 0) {
        virErrorRaise(VIR_FROM_AUTH, VIR_ERR_AUTH_FAILED, "the request '%s' was not answered",
                      prompt);
    } else if (!question.result) {
        virErrorRaise(VIR_FROM_AUTH, VIR_ERR_AUTH_FAILED, "the request '%s' got no answer",
                      prompt);
    } else {
        answer = g_strdup(question.result);
    }
    /* The application allocated it; its length is what it says, the end is our own. */
    if (question.result)
        explicit_bzero(question.result, strlen(question.result));
    free(question.result);
    return answer;
}

/* The first of two types that the application answers, -1 with an error raised. */
static int
chooseType(virConnectAuthPtr auth, int first, int second, const char *names)
{
    if (!auth) {
        virErrorRaise(VIR_FROM_AUTH, VIR_ERR_INVALID_ARG,
                      "the connection needs credentials; open it with virConnectOpenAuth");
        return -1;
    }
    if (!virAuthAnswers(auth, first) && !virAuthAnswers(auth, second)) {
        virErrorRaise(VIR_FROM_AUTH, VIR_ERR_AUTH_FAILED,
                      "credentials of type %s are needed, but the application does not offer them",
                      names);
        return -1;
    }
    if (!auth->cb) {
        virErrorRaise(VIR_FROM_AUTH, VIR_ERR_INVALID_ARG, "there is no callback for credentials");
        return -1;
    }
    return virAuthAnswers(auth, first) ? first : second;
}

char *
virAuthUsername(const virURI *uri, virConnectAuthPtr auth, const char *service, const char *host,
                const char *preset)
{
    g_autofree char *prompt = NULL;
    char *value = NULL;
    int found, type;

    if (uri && uri->user)
        return g_strdup(uri->user);
    found = virAuthLookup(uri, service, host, "username", &value);
    if (found == 0)
        found = virAuthLookup(uri, service, host, "authname", &value);
    if (found != 0)
        return value;
    type = chooseType(auth, VIR_CRED_AUTHNAME, VIR_CRED_AUTHNAME, "VIR_CRED_AUTHNAME");
    if (type < 0)
        return NULL;
    prompt = preset ? g_strdup_printf("Enter username for %s [%s]", host, preset)
                    : g_strdup_printf("Enter username for %s", host);
    return virAuthAsk(auth, type, prompt, host, preset);
}

char *
virAuthPassword(const virURI *uri, virConnectAuthPtr auth, const char *service, const char *host,
                const char *user)
{
    g_autofree char *prompt = NULL;
    char *value = NULL;
    int type;

    if (virAuthLookup(uri, service, host, "password", &value) != 0)
        return value;
    type = chooseType(auth, VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT,
                      "VIR_CRED_PASSPHRASE or VIR_CRED_NOECHOPROMPT");
    if (type < 0)
        return NULL;
    prompt = g_strdup_printf("Enter %s's password for %s", user, host);
    return virAuthAsk(auth, type, prompt, host, /* preset= */ NULL);
}

void
virAuthForget(char *secret)
{
    if (!secret)
        return;
    explicit_bzero(secret, strlen(secret));
    g_free(secret);
}
