/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Listening for events of domains. */

#include "test_domain.h"

#include "base/uuid.h"
#include "driver/test.h"
#include "runtime/objects.h"

int
testConnectDomainEventRegisterAny(virConnectPtr conn, virDomainPtr dom, int eventID,
                                  virConnectDomainEventGenericCallback cb, void *opaque,
                                  virFreeCallback freecb)
{
    char key[VIR_UUID_STRING_BUFLEN];

    if (dom)
        virUUIDFormat(dom->uuid, key);
    return virEventStateAdd(testHostOf(conn)->domains->events, conn, &virDomainClass,
                            dom ? key : NULL, eventID, (virFreeCallback) (void (*)(void)) cb,
                            opaque, freecb);
}

int
testConnectDomainEventDeregisterAny(virConnectPtr conn, int callbackID)
{
    return virEventStateRemove(testHostOf(conn)->domains->events, conn, callbackID);
}
