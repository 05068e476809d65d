# SPDX-License-Identifier: LGPL-2.1-or-later
if ! virsh --connect test:///default domid nobody >/dev/null 2>&1; then
    echo "there is no domain 'nobody'"
fi
