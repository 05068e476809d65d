/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes of single parts of the networks of the test hypervisor. */

#include <libvirt/virterror.h>

#include "conf/network.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "test_network.h"

/* Changes both documents or, with an error raised, none. */
static int
update(virDocNetwork *live, virDocNetwork *config, unsigned int command, unsigned int section,
       int parentIndex, const char *xml)
{
    g_autoptr(virDocNetwork) trial = NULL;

    /* What fits one document may not fit the other. */
    if (live && config) {
        trial = virDocNetworkCopy(config);
        if (virConfNetworkUpdate(trial, command, section, parentIndex, xml) < 0)
            return -1;
    }
    if (live && virConfNetworkUpdate(live, command, section, parentIndex, xml) < 0)
        return -1;
    return config ? virConfNetworkUpdate(config, command, section, parentIndex, xml) : 0;
}

int
testNetworkUpdate(virNetworkPtr handle, unsigned int command, unsigned int section,
                  int parentIndex, const char *xml, unsigned int flags)
{
    testNetwork *network = testNetworkLock(handle);
    virDocNetwork *live, *config;
    int ret = -1;

    if (!network)
        return -1;
    if (testNetworkToChange(network, flags, &live, &config))
        ret = update(live, config, command, section, parentIndex, xml);
    testNetworkUnlock(handle);
    return ret;
}
