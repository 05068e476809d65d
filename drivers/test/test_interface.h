/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host interfaces of the test hypervisor. */

#pragma once

#include "document/interface.h"
#include "test_driver.h"
#include "test_table.h"

struct testInterfaces {
    testTable all;              /* documents are virDocInterface */
    testTable before;           /* as all was when the transaction began */
    bool changing;              /* a transaction is open */
};
