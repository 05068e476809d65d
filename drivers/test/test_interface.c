/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host interfaces of the test hypervisor: definitions, states, and changes that can be taken back. */

#include "test_interface.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/interface.h"
#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"

static const char defaultXML[] =
    "<interface type='ethernet' name='eth1'>"
    "<start mode='onboot'/><mac address='aa:bb:cc:dd:ee:ff'/><mtu size='1492'/>"
    "<protocol family='ipv4'><ip address='192.168.0.5' prefix='24'/>"
    "<route gateway='192.168.0.1'/></protocol></interface>";

/* The hardware address as text; empty for what has none of its own. */
static char *
macOf(const virConfObject *interface)
{
    const virDocInterface *document = interface->live;
    const unsigned char *mac = document->macAddress;

    if (!document->hasMacAddress)
        return g_strdup("");
    return g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
                           mac[5]);
}

/* A handle of an interface that may be NULL; called with the lock held. */
static void *
handleOf(virConnectPtr conn, const void *object)
{
    const virConfObject *interface = object;
    g_autofree char *mac = interface ? macOf(interface) : NULL;

    return interface ? virInterfaceNew(conn, interface->name, mac) : NULL;
}

static const virConfObjectKind interfaceKind = {
    .word = "interface",
    .record = &virDocInterfaceRecord,
    .checks = virConfInterfaceChecks,
    .nchecks = G_N_ELEMENTS(virConfInterfaceChecks),
    .documentDomain = VIR_FROM_INTERFACE,
    .missingCode = VIR_ERR_NO_INTERFACE,
    .size = sizeof(virConfObject),
    .handle = handleOf,
    .active = { VIR_CONNECT_LIST_INTERFACES_ACTIVE, VIR_CONNECT_LIST_INTERFACES_INACTIVE },
};

/* The interface behind a handle, with the host locked; NULL unlocked, with an error raised. */
static virConfObject *
lockInterface(virInterfacePtr handle)
{
    testHost *host = testHostOf(handle->conn);
    virConfObject *interface;

    g_mutex_lock(&host->lock);
    interface = virConfObjectsByName(&host->interfaces->all, handle->name);
    if (!interface)
        g_mutex_unlock(&host->lock);
    return interface;
}

static void
unlock(virInterfacePtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

/* Takes in a document, which the interface owns from now on; called with the lock held. */
static virConfObject *
adopt(testHost *host, virDocInterface *document)
{
    virConfObjects *table = &host->interfaces->all;
    virConfObject *interface = g_hash_table_lookup(table->byName, document->name);

    if (!interface)
        return virConfObjectsMake(table, document->name, NULL, document);
    virDocInterfaceFree(interface->live);
    interface->live = document;
    return interface;
}

void
testInterfaceSetUp(testHost *host)
{
    host->interfaces = g_new0(struct testInterfaces, 1);
    virConfObjectsInit(&host->interfaces->all, &interfaceKind, VIR_FROM_TEST, &host->lock);
}

int
testInterfaceSetUpDefault(testHost *host)
{
    virDocInterface *document = virConfKindParse(&interfaceKind, defaultXML, /* strict= */ true);

    if (!document)
        return -1;
    adopt(host, document)->active = true;
    return 0;
}

void
testInterfaceTearDown(testHost *host)
{
    if (!host->interfaces)
        return;
    virConfObjectsClear(&host->interfaces->all);
    virConfObjectsClear(&host->interfaces->before);
    g_free(host->interfaces);
}

virInterfacePtr
testInterfaceDefineXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDocInterface *document = virConfKindParse(&interfaceKind, xmlDesc,
                                                 flags & VIR_INTERFACE_DEFINE_VALIDATE);
    virInterfacePtr handle;

    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    handle = handleOf(conn, adopt(host, document));
    g_mutex_unlock(&host->lock);
    return handle;
}

int
testInterfaceUndefine(virInterfacePtr handle)
{
    virConfObject *interface = lockInterface(handle);

    if (!interface)
        return -1;
    virConfObjectsRemove(&testHostOf(handle->conn)->interfaces->all, interface);
    unlock(handle);
    return 0;
}

/* Starts or stops an interface that is in the other state. */
static int
change(virInterfacePtr handle, bool active)
{
    virConfObject *interface = lockInterface(handle);
    int ret = -1;

    if (!interface)
        return -1;
    if (interface->active == active) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "%s", "");
    } else {
        interface->active = active;
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testInterfaceCreate(virInterfacePtr handle, unsigned int flags G_GNUC_UNUSED)
{
    return change(handle, /* active= */ true);
}

int
testInterfaceDestroy(virInterfacePtr handle, unsigned int flags G_GNUC_UNUSED)
{
    return change(handle, /* active= */ false);
}

int
testInterfaceIsActive(virInterfacePtr handle)
{
    virConfObject *interface = lockInterface(handle);
    int ret;

    if (!interface)
        return -1;
    ret = interface->active;
    unlock(handle);
    return ret;
}

char *
testInterfaceGetXMLDesc(virInterfacePtr handle, unsigned int flags G_GNUC_UNUSED)
{
    virConfObject *interface = lockInterface(handle);
    char *text;

    if (!interface)
        return NULL;
    text = virDocPrint(&virDocInterfaceRecord, NULL, interface->live, 0);
    unlock(handle);
    return text;
}

static virConfObjects *
interfacesOf(virConnectPtr conn)
{
    return &testHostOf(conn)->interfaces->all;
}

virInterfacePtr
testInterfaceLookupByName(virConnectPtr conn, const char *name)
{
    return virConfObjectsLookUpByName(interfacesOf(conn), conn, name);
}

virInterfacePtr
testInterfaceLookupByMACString(virConnectPtr conn, const char *mac)
{
    testHost *host = testHostOf(conn);
    virInterfacePtr handle = NULL;
    const virConfObject *found = NULL;
    unsigned int count = 0;

    g_mutex_lock(&host->lock);
    for (const GList *link = host->interfaces->all.all.head; link; link = link->next) {
        g_autofree char *own = macOf(link->data);

        if (*own && g_ascii_strcasecmp(own, mac) == 0) {
            found = link->data;
            count++;
        }
    }
    if (count == 1)
        handle = handleOf(conn, found);
    g_mutex_unlock(&host->lock);
    if (count == 0)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_INTERFACE, "no interface with matching mac '%s'",
                      mac);
    else if (count > 1)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_MULTIPLE_INTERFACES, "%u have the mac '%s'", count,
                      mac);
    return handle;
}

int
testConnectNumOfInterfaces(virConnectPtr conn)
{
    return virConfObjectsCount(interfacesOf(conn), VIR_CONNECT_LIST_INTERFACES_ACTIVE);
}

int
testConnectListInterfaces(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(interfacesOf(conn), VIR_CONNECT_LIST_INTERFACES_ACTIVE, names,
                                   maxnames);
}

int
testConnectNumOfDefinedInterfaces(virConnectPtr conn)
{
    return virConfObjectsCount(interfacesOf(conn), VIR_CONNECT_LIST_INTERFACES_INACTIVE);
}

int
testConnectListDefinedInterfaces(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(interfacesOf(conn), VIR_CONNECT_LIST_INTERFACES_INACTIVE, names,
                                   maxnames);
}

int
testConnectListAllInterfaces(virConnectPtr conn, virInterfacePtr **ifaces, unsigned int flags)
{
    return virConfObjectsListAll(interfacesOf(conn), conn, (void ***) ifaces, flags);
}

/* --- transactions ------------------------------------------------------------------------------ */

/* Whether a transaction is (not) open, else raises; called with the lock held. */
static bool
requireChanging(const testHost *host, bool changing)
{
    if (host->interfaces->changing == changing)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                  changing ? "there is no transaction running" : "there is another transaction "
                  "running");
    return false;
}

int
testInterfaceChangeBegin(virConnectPtr conn, unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(conn);
    struct testInterfaces *interfaces = host->interfaces;
    int ret = -1;

    g_mutex_lock(&host->lock);
    if (requireChanging(host, /* changing= */ false)) {
        virConfObjectsInit(&interfaces->before, &interfaceKind, VIR_FROM_TEST, &host->lock);
        for (const GList *link = interfaces->all.all.head; link; link = link->next) {
            const virConfObject *interface = link->data;
            virConfObject *copy = virConfObjectsMake(&interfaces->before, interface->name, NULL,
                                                     virDocInterfaceCopy(interface->live));

            copy->active = interface->active;
        }
        interfaces->changing = true;
        ret = 0;
    }
    g_mutex_unlock(&host->lock);
    return ret;
}

/* Ends a transaction: what was before is forgotten, or comes back. */
static int
endChange(virConnectPtr conn, bool back)
{
    testHost *host = testHostOf(conn);
    struct testInterfaces *interfaces = host->interfaces;
    int ret = -1;

    g_mutex_lock(&host->lock);
    if (requireChanging(host, /* changing= */ true)) {
        if (back)
            virConfObjectsSwap(&interfaces->all, &interfaces->before);
        virConfObjectsClear(&interfaces->before);
        interfaces->changing = false;
        ret = 0;
    }
    g_mutex_unlock(&host->lock);
    return ret;
}

int
testInterfaceChangeCommit(virConnectPtr conn, unsigned int flags G_GNUC_UNUSED)
{
    return endChange(conn, /* back= */ false);
}

int
testInterfaceChangeRollback(virConnectPtr conn, unsigned int flags G_GNUC_UNUSED)
{
    return endChange(conn, /* back= */ true);
}
