# SPDX-License-Identifier: LGPL-2.1-or-later
import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
conn = libvirt.open("test:///default")
try:
    conn.lookupByName("nobody")
except libvirt.libvirtError as error:
    if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN:
        print("there is no domain 'nobody'")
