/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets of the test hypervisor: definitions, values, look-ups, events. */

#include <stdlib.h>

#include "drivers/events.h"
#include "drivers/node_file.h"

#define UUID "11111111-2222-3333-4444-55555555555"

static virConnectPtr conn;

static void
onLifecycle(virConnectPtr from G_GNUC_UNUSED, virSecretPtr secret, int event,
            int detail G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(heard, "%s %d;", virSecretGetUsageID(secret), event);
}

static void
onValue(virConnectPtr from G_GNUC_UNUSED, virSecretPtr secret, void *opaque G_GNUC_UNUSED)
{
    g_string_append_printf(heard, "%s value;", virSecretGetUsageID(secret));
}

static virSecretPtr
define(const char *xml)
{
    virSecretPtr secret = virSecretDefineXML(conn, xml, VIR_SECRET_DEFINE_VALIDATE);

    if (!secret)
        g_error("%s: %s", xml, virGetLastErrorMessage());
    return secret;
}

static void
testDefinitions(void)
{
    static const char *const uses[] = {
        "  <usage type='volume'>\n    <volume>/v</volume>\n  </usage>\n",
        "  <usage type='ceph'>\n    <name>c</name>\n  </usage>\n",
        "  <usage type='iscsi'>\n    <target>i</target>\n  </usage>\n",
        "  <usage type='tls'>\n    <name>t</name>\n  </usage>\n",
        "  <usage type='vtpm'>\n    <name>p</name>\n  </usage>\n",
        "",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(uses); i++) {
        g_autofree char *xml = g_strdup_printf(
            "<secret ephemeral='no' private='yes'>\n  <uuid>" UUID "1</uuid>\n"
            "  <description>d</description>\n%s</secret>\n", uses[i]);
        virSecretPtr secret = define(xml), found;
        char *text = virSecretGetXMLDesc(secret, 0);

        g_assert_cmpstr(text, ==, xml);
        free(text);
        g_assert_cmpint(virSecretGetUsageType(secret), ==,
                        i + 1 < G_N_ELEMENTS(uses) ? (int) i + 1 : VIR_SECRET_USAGE_TYPE_NONE);
        found = virSecretLookupByUUIDString(conn, UUID "1");
        g_assert_cmpstr(virSecretGetUsageID(found), ==, virSecretGetUsageID(secret));
        virSecretFree(found);
        if (*uses[i]) {
            found = virSecretLookupByUsage(conn, virSecretGetUsageType(secret),
                                           virSecretGetUsageID(secret));
            g_assert_nonnull(found);
            virSecretFree(found);
        }
        assertDone(virSecretUndefine(secret));
        virSecretFree(secret);
    }
    assertHeard(NULL);
    g_assert_null(virSecretLookupByUsage(conn, VIR_SECRET_USAGE_TYPE_CEPH, "c"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_SECRET);
    g_assert_null(virSecretLookupByUUIDString(conn, UUID "1"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_SECRET);
}

static void
testConflicts(void)
{
    virSecretPtr secret = define("<secret private='yes'><uuid>" UUID "1</uuid><usage type='ceph'>"
                                 "<name>a</name></usage></secret>");

    g_assert_null(virSecretDefineXML(conn, "<secret><usage type='ceph'><name>a</name></usage>"
                                     "</secret>", 0));
    assertError(VIR_FROM_SECRET, VIR_ERR_INTERNAL_ERROR);
    g_assert_null(virSecretDefineXML(conn, "<secret private='yes'><uuid>" UUID "1</uuid>"
                                     "</secret>", 0));
    assertError(VIR_FROM_SECRET, VIR_ERR_INTERNAL_ERROR);
    g_assert_null(virSecretDefineXML(conn, "<secret><uuid>" UUID "1</uuid><usage type='ceph'>"
                                     "<name>a</name></usage></secret>", 0));
    assertError(VIR_FROM_SECRET, VIR_ERR_OPERATION_DENIED);
    g_assert_null(virSecretDefineXML(conn, "<secret><usage type='ceph'/></secret>", 0));
    assertError(VIR_FROM_SECRET, VIR_ERR_XML_ERROR);
    g_assert_null(virSecretDefineXML(conn, "<secret", 0));
    assertError(VIR_FROM_SECRET, VIR_ERR_XML_DETAIL);
    assertDone(virSecretUndefine(secret));
    virSecretFree(secret);
    assertHeard(NULL);
}

static void
testValues(void)
{
    static const unsigned char value[] = { 0, 1, 255, 0 };
    virSecretPtr secret = define("<secret><usage type='tls'><name>k</name></usage></secret>");
    virSecretPtr hidden = define("<secret private='yes' ephemeral='yes'/>");
    virSecretPtr *list = NULL;
    unsigned char *got;
    size_t length = 99;
    char *uuids[3] = { NULL };

    g_assert_null(virSecretGetValue(secret, &length, 0));
    assertError(VIR_FROM_SECRET, VIR_ERR_NO_SECRET);
    assertDone(virSecretSetValue(secret, value, sizeof(value), 0));
    got = virSecretGetValue(secret, &length, 0);
    g_assert_cmpmem(got, length, value, sizeof(value));
    free(got);
    assertDone(virSecretSetValue(hidden, value, sizeof(value), 0));
    g_assert_null(virSecretGetValue(hidden, &length, 0));
    assertError(VIR_FROM_SECRET, VIR_ERR_INVALID_SECRET);
    g_assert_cmpint(virConnectNumOfSecrets(conn), ==, 2);
    g_assert_cmpint(virConnectListSecrets(conn, uuids, 3), ==, 2);
    g_assert_cmpuint(strlen(uuids[1]), ==, VIR_UUID_STRING_BUFLEN - 1);
    free(uuids[0]);
    free(uuids[1]);
    g_assert_cmpint(virConnectListAllSecrets(conn, &list, VIR_CONNECT_LIST_SECRETS_NO_PRIVATE), ==,
                    1);
    g_assert_cmpstr(virSecretGetUsageID(list[0]), ==, "k");
    virSecretFree(list[0]);
    free(list);
    g_assert_cmpint(virConnectListAllSecrets(conn, NULL, VIR_CONNECT_LIST_SECRETS_EPHEMERAL), ==,
                    1);
    assertDone(virSecretUndefine(secret));
    g_assert_null(virSecretGetXMLDesc(secret, 0));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_SECRET);
    assertDone(virSecretUndefine(hidden));
    virSecretFree(secret);
    virSecretFree(hidden);
    assertHeard("k 0; 0;k value; value;k 1; 1;");
}

static void
testNodeDocument(void)
{
    virConnectPtr node = mustOpenNode("<node><secret><usage type='ceph'><name>a</name></usage>"
                                      "</secret></node>");

    g_assert_cmpint(virConnectNumOfSecrets(node), ==, 1);
    virConnectClose(node);
}

int
main(int argc, char **argv)
{
    int lifecycle, value, status;

    g_test_init(&argc, &argv, NULL);
    virEventRegisterDefaultImpl();
    conn = mustOpen("test:///default");
    heard = g_string_new(NULL);
    lifecycle = virConnectSecretEventRegisterAny(conn, NULL, VIR_SECRET_EVENT_ID_LIFECYCLE,
                                                 VIR_SECRET_EVENT_CALLBACK(onLifecycle), NULL,
                                                 NULL);
    value = virConnectSecretEventRegisterAny(conn, NULL, VIR_SECRET_EVENT_ID_VALUE_CHANGED,
                                             onValue, NULL, NULL);
    g_test_add_func("/secret/definitions", testDefinitions);
    g_test_add_func("/secret/conflicts", testConflicts);
    g_test_add_func("/secret/values", testValues);
    g_test_add_func("/secret/node-document", testNodeDocument);
    status = g_test_run();
    virConnectSecretEventDeregisterAny(conn, lifecycle);
    virConnectSecretEventDeregisterAny(conn, value);
    g_string_free(heard, /* free_segment= */ TRUE);
    virConnectClose(conn);
    return status;
}
