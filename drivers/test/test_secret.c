/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets of the test hypervisor: definitions and values, kept in memory. */

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "conf/objects.h"
#include "document/print.h"
#include "document/secret.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_driver.h"

/* Documents are virDocSecret; the name is the UUID as text. */
typedef struct {
    virConfObject head;
    unsigned char *value;       /* NULL while none was set */
    size_t length;
} testSecret;

struct testSecrets {
    virConfObjects all;
};

static void
forgetValue(testSecret *secret)
{
    if (secret->value)
        explicit_bzero(secret->value, secret->length);
    g_clear_pointer(&secret->value, g_free);
    secret->length = 0;
}

static void
clearSecret(virConfObject *object)
{
    forgetValue((testSecret *) object);
}

/* The public number of each kind of use. */
static const int types[VIR_DOC_SECRET_USAGE_LAST] = {
    [VIR_DOC_SECRET_USAGE_ABSENT] = VIR_SECRET_USAGE_TYPE_NONE,
    [VIR_DOC_SECRET_USAGE_VOLUME] = VIR_SECRET_USAGE_TYPE_VOLUME,
    [VIR_DOC_SECRET_USAGE_CEPH] = VIR_SECRET_USAGE_TYPE_CEPH,
    [VIR_DOC_SECRET_USAGE_ISCSI] = VIR_SECRET_USAGE_TYPE_ISCSI,
    [VIR_DOC_SECRET_USAGE_TLS] = VIR_SECRET_USAGE_TYPE_TLS,
    [VIR_DOC_SECRET_USAGE_VTPM] = VIR_SECRET_USAGE_TYPE_VTPM,
};

static int
typeOf(const virDocSecret *document)
{
    return document->use ? types[document->use->type] : VIR_SECRET_USAGE_TYPE_NONE;
}

/* What the secret is found by, empty for one of no particular use. */
static const char *
usageOf(const virDocSecret *document)
{
    const virDocSecretUse *use = document->use;

    if (!use)
        return "";
    if (use->volume)
        return use->volume;
    return use->target ? use->target : use->name;
}

/* A handle of a secret that may be NULL; called with the lock held. */
static void *
handleOf(virConnectPtr conn, const void *object)
{
    const testSecret *secret = object;

    if (!secret)
        return NULL;
    return virSecretNew(conn, secret->head.uuid, typeOf(secret->head.live),
                        usageOf(secret->head.live));
}

static bool
passes(const void *object, unsigned int flags)
{
    static const virConfFilter ephemeral = {
        VIR_CONNECT_LIST_SECRETS_EPHEMERAL, VIR_CONNECT_LIST_SECRETS_NO_EPHEMERAL,
    };
    static const virConfFilter private = {
        VIR_CONNECT_LIST_SECRETS_PRIVATE, VIR_CONNECT_LIST_SECRETS_NO_PRIVATE,
    };
    const virDocSecret *document = ((const testSecret *) object)->head.live;

    return virConfFilterPasses(flags, ephemeral, document->ephemeral == VIR_DOC_SWITCH_ON) &&
           virConfFilterPasses(flags, private, document->private == VIR_DOC_SWITCH_ON);
}

static const virConfObjectKind secretKind = {
    .word = "secret",
    .record = &virDocSecretRecord,
    .documentDomain = VIR_FROM_SECRET,
    .missingCode = VIR_ERR_NO_SECRET,
    .size = sizeof(testSecret),
    .clear = clearSecret,
    .handle = handleOf,
    .passes = passes,
};

/* The secret behind a handle, with the host locked; NULL unlocked, with an error raised. */
static testSecret *
lockSecret(virSecretPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testSecret *secret;

    g_mutex_lock(&host->lock);
    secret = virConfObjectsByUUID(&host->secrets->all, handle->uuid);
    if (!secret)
        g_mutex_unlock(&host->lock);
    return secret;
}

static void
unlock(virSecretPtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

static void
announce(testHost *host, const testSecret *secret, int event)
{
    virEventStateQueue(host->events, virSecretEventLifecycleNew(
                           secret->head.uuid, typeOf(secret->head.live),
                           usageOf(secret->head.live), event, 0));
}

/* The secret of a use, NULL when there is none. */
static testSecret *
findUse(const testHost *host, int type, const char *usage)
{
    for (const GList *link = host->secrets->all.all.head; link; link = link->next) {
        testSecret *secret = link->data;

        if (typeOf(secret->head.live) == type && g_str_equal(usageOf(secret->head.live), usage))
            return secret;
    }
    return NULL;
}

/* Whether a document can become (or replace) a secret, else raises. */
static bool
acceptable(const testHost *host, const virDocSecret *document, const testSecret *same)
{
    const testSecret *other = NULL;

    if (document->use)
        other = findUse(host, typeOf(document), usageOf(document));
    if (other && other != same) {
        virErrorRaise(VIR_FROM_SECRET, VIR_ERR_INTERNAL_ERROR,
                      "secret %s is defined for use with '%s' already", other->head.name,
                      usageOf(document));
        return false;
    }
    if (same && (typeOf(same->head.live) != typeOf(document) ||
                 !g_str_equal(usageOf(same->head.live), usageOf(document)))) {
        virErrorRaise(VIR_FROM_SECRET, VIR_ERR_INTERNAL_ERROR,
                      "secret %s is defined for use with '%s', which cannot change",
                      same->head.name, usageOf(same->head.live));
        return false;
    }
    if (same && ((virDocSecret *) same->head.live)->private == VIR_DOC_SWITCH_ON &&
        document->private != VIR_DOC_SWITCH_ON) {
        virErrorRaise(VIR_FROM_SECRET, VIR_ERR_OPERATION_DENIED, "secret %s stays private",
                      same->head.name);
        return false;
    }
    return true;
}

void
testSecretSetUp(testHost *host)
{
    host->secrets = g_new0(struct testSecrets, 1);
    virConfObjectsInit(&host->secrets->all, &secretKind, VIR_FROM_TEST, &host->lock);
}

void
testSecretTearDown(testHost *host)
{
    if (!host->secrets)
        return;
    virConfObjectsClear(&host->secrets->all);
    g_free(host->secrets);
}

virSecretPtr
testSecretDefineXML(virConnectPtr conn, const char *xml, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autoptr(virDocSecret) document = virConfKindParse(&secretKind, xml,
                                                        flags & VIR_SECRET_DEFINE_VALIDATE);
    char name[VIR_UUID_STRING_BUFLEN];
    virSecretPtr handle = NULL;
    testSecret *secret;

    if (!document || virConfFillUUID(document->uuid, &document->hasUuid) < 0)
        return NULL;
    virUUIDFormat(document->uuid, name);
    g_mutex_lock(&host->lock);
    secret = g_hash_table_lookup(host->secrets->all.byUUID, document->uuid);
    if (acceptable(host, document, secret)) {
        if (secret)
            virConfObjectDefine(host->secrets->all.kind, &secret->head, document);
        else
            secret = virConfObjectsMake(&host->secrets->all, name, document->uuid, document);
        document = NULL;
        handle = handleOf(conn, secret);
        announce(host, secret, VIR_SECRET_EVENT_DEFINED);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

int
testSecretUndefine(virSecretPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testSecret *secret = lockSecret(handle);

    if (!secret)
        return -1;
    announce(host, secret, VIR_SECRET_EVENT_UNDEFINED);
    virConfObjectsRemove(&host->secrets->all, secret);
    unlock(handle);
    return 0;
}

char *
testSecretGetXMLDesc(virSecretPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testSecret *secret = lockSecret(handle);
    char *text;

    if (!secret)
        return NULL;
    text = virDocPrint(&virDocSecretRecord, NULL, secret->head.live, 0);
    unlock(handle);
    return text;
}

int
testSecretSetValue(virSecretPtr handle, const unsigned char *value, size_t value_size,
                   unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(handle->conn);
    testSecret *secret = lockSecret(handle);

    if (!secret)
        return -1;
    forgetValue(secret);
    /* One byte more, so that an empty value is not taken for none. */
    secret->value = g_malloc(value_size + 1);
    if (value_size)
        memcpy(secret->value, value, value_size);
    secret->length = value_size;
    virEventStateQueue(host->events, virSecretEventValueChangedNew(
                           secret->head.uuid, typeOf(secret->head.live),
                           usageOf(secret->head.live)));
    unlock(handle);
    return 0;
}

unsigned char *
testSecretGetValue(virSecretPtr handle, size_t *value_size, unsigned int flags G_GNUC_UNUSED)
{
    testSecret *secret = lockSecret(handle);
    unsigned char *value = NULL;

    if (!secret)
        return NULL;
    if (((virDocSecret *) secret->head.live)->private == VIR_DOC_SWITCH_ON) {
        virErrorRaise(VIR_FROM_SECRET, VIR_ERR_INVALID_SECRET, "secret %s is private",
                      secret->head.name);
    } else if (!secret->value) {
        virErrorRaise(VIR_FROM_SECRET, VIR_ERR_NO_SECRET, "secret %s has no value",
                      secret->head.name);
    } else {
        value = g_malloc(secret->length + 1);
        memcpy(value, secret->value, secret->length);
        value[secret->length] = '\0';
        *value_size = secret->length;
    }
    unlock(handle);
    return value;
}

static virConfObjects *
secretsOf(virConnectPtr conn)
{
    return &testHostOf(conn)->secrets->all;
}

virSecretPtr
testSecretLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    return virConfObjectsLookUpByUUID(secretsOf(conn), conn, uuid);
}

virSecretPtr
testSecretLookupByUsage(virConnectPtr conn, int usageType, const char *usageID)
{
    testHost *host = testHostOf(conn);
    virSecretPtr handle = NULL;

    g_mutex_lock(&host->lock);
    if (usageType != VIR_SECRET_USAGE_TYPE_NONE)
        handle = handleOf(conn, findUse(host, usageType, usageID));
    g_mutex_unlock(&host->lock);
    if (!handle)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_SECRET, "no secret with matching usage '%s'",
                      usageID);
    return handle;
}

int
testConnectNumOfSecrets(virConnectPtr conn)
{
    return virConfObjectsCount(secretsOf(conn), /* flags= */ 0);
}

/* Their names are their UUIDs. */
int
testConnectListSecrets(virConnectPtr conn, char **uuids, int maxuuids)
{
    return virConfObjectsListNames(secretsOf(conn), /* flags= */ 0, uuids, maxuuids);
}

int
testConnectListAllSecrets(virConnectPtr conn, virSecretPtr **secrets, unsigned int flags)
{
    return virConfObjectsListAll(secretsOf(conn), conn, (void ***) secrets, flags);
}
