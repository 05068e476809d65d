/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of a guest. */

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_keys.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* The keys for QEMU; NULL with an error raised. */
static json_object *
keysOf(unsigned int codeset, const unsigned int *codes, int count)
{
    g_autoptr(json_object) keys = json_object_new_array();

    if (codeset == VIR_KEYCODE_SET_ATSET2 || codeset == VIR_KEYCODE_SET_ATSET3 ||
        codeset == VIR_KEYCODE_SET_OSX || codeset == VIR_KEYCODE_SET_XT_KBD) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                      "expected one of the code sets linux, xt, atset1, usb, win32 and qnum, found "
                      "number %u", codeset);
        return NULL;
    }
    for (int i = 0; i < count; i++) {
        unsigned int number = qemuKeyNumber(codeset, codes[i]);
        json_object *key;

        if (!number) {
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "%u is no key of this code set",
                          codes[i]);
            return NULL;
        }
        key = qemuJsonStrings("type", "number", NULL);
        json_object_object_add(key, "data", json_object_new_int64(number));
        json_object_array_add(keys, key);
    }
    return g_steal_pointer(&keys);
}

int
qemuDomainSendKey(virDomainPtr handle, unsigned int codeset, unsigned int holdtime,
                  unsigned int *keycodes, int nkeycodes, unsigned int flags G_GNUC_UNUSED)
{
    json_object *keys = keysOf(codeset, keycodes, nkeycodes), *arguments;
    g_autoptr(json_object) result = NULL;
    qemuDomain *domain;

    if (!keys)
        return -1;
    arguments = json_object_new_object();
    json_object_object_add(arguments, "keys", keys);
    if (holdtime)
        json_object_object_add(arguments, "hold-time", json_object_new_int64(holdtime));
    domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    if (domain && qemuDomainRequireActive(domain))
        result = qemuProcessAsk(domain, "send-key", g_steal_pointer(&arguments));
    if (domain)
        qemuDomainEnd(domain);
    json_object_put(arguments);
    return result ? 0 : -1;
}
