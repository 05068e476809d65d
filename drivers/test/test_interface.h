/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host interfaces of the test hypervisor. */

#pragma once

#include "conf/objects.h"
#include "document/interface.h"
#include "test_driver.h"

struct testInterfaces {
    virConfObjects all;              /* documents are virDocInterface */
    virConfObjects before;           /* as all was when the transaction began */
    bool changing;              /* a transaction is open */
};
