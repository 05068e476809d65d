#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The static library has documents and drivers inside: a program with it opens no module.
set -u
tree=$VIR_BUILD_DIR/tests/tree-static
rm -rf "$tree"
mkdir -p "$tree"
cd "$tree" || exit 1
cat >open.c <<'C'
#include <libvirt/libvirt.h>
int main(void)
{
    virConnectPtr conn = virConnectOpen("test:///default");
    virNodeInfo info;

    return !conn || virNodeGetInfo(conn, &info) < 0 || virConnectClose(conn) != 0;
}
C
verdict() { # status number name
    if [ "$1" -eq 0 ]; then
        echo "ok $2 - $3"
    else
        tail -n 20 log | sed 's/^/# /'
        echo "not ok $2 - $3"
        exit 1
    fi
}
echo "1..3"
"$VIR_SOURCE_DIR/configure" --enable-static --enable-werror >log 2>&1 && make gen/stamp >log 2>&1 &&
    make -j"$(nproc)" libvirt.a >log 2>&1
verdict $? 1 "--enable-static builds libvirt.a"
# shellcheck disable=SC2046  # flags are words
gcc -Igen/include open.c $(PKG_CONFIG_PATH=. pkg-config --static --libs-only-other libvirt) ./libvirt.a \
    $(pkg-config --libs glib-2.0 libxml-2.0) -o open >log 2>&1
verdict $? 2 "a program links with it"
LIBVIRT_DRIVER_DIR=/nonexistent ./open >log 2>&1
verdict $? 3 "the program opens test:///default without a module"
cd .. && rm -rf "$tree"
