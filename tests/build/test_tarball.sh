#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A tarball builds, installs and works without Python, in a build tree next to a read-only source.
set -u
work=$VIR_BUILD_DIR/tests/tree-tarball
chmod -R u+w "$work" 2>/dev/null
rm -rf "$work"
mkdir -p "$work"
count=0
failed=0
# step NAME COMMAND...: one case; nothing after a failed one can work
step() {
    name=$1
    shift
    count=$((count + 1))
    if "$@" >"$work/log" 2>&1; then
        echo "ok $count - $name"
    else
        tail -n 20 "$work/log" | sed 's/^/# /'
        echo "not ok $count - $name"
        echo "1..$count"
        exit 1
    fi
}
step "make dist" make -C "$VIR_BUILD_DIR" dist
mv "$VIR_BUILD_DIR"/libvirt-*.tar.xz "$work/" || exit 1
cd "$work" || exit 1
step "unpack" tar xf libvirt-*.tar.xz
step "the source is read-only" chmod -R a-w libvirt-*/
mkdir build
cd build || exit 1
step "configure without Python" ../libvirt-*/configure PYTHON=/nonexistent --disable-werror --prefix=/opt/virt
step "make without Python" make -j"$(nproc)" all
[ ! -e gen/stamp ]
step "the shipped generated files were used" test ! -e gen/stamp
step "a second make has nothing to do" sh -c '! make all | grep -q "  CC "'
step "make install" make install DESTDIR="$work/root"
libdir=$work/root/opt/virt/lib
for file in lib/libvirt.so.0.12003.0 lib/libvirt-qemu.so.0 lib/libvirt-lxc.so.0 lib/libvirt-admin.so.0 \
    lib/libvirt/connection-driver/libvirt_driver_test.so bin/virsh include/libvirt/libvirt.h \
    share/libvirt/api/libvirt-api.xml lib/pkgconfig/libvirt.pc share/man/man1/virsh.1; do
    step "installed: $file" test -s "$work/root/opt/virt/$file"
done
export PKG_CONFIG_PATH="$libdir/pkgconfig"
step "pkg-config names the API description" \
    sh -c 'test "$(pkg-config --variable=libvirt_api libvirt)" = /opt/virt/share/libvirt/api/libvirt-api.xml'
step "the driver knows where its libraries are" sh -c "readelf -d '$libdir'/libvirt/connection-driver/libvirt_driver_test.so |
    grep -q 'R.*PATH.*/opt/virt/lib/libvirt'"
# Not at its place yet (DESTDIR), so the path is given.
step "the installed shell works" env LD_LIBRARY_PATH="$libdir:$libdir/libvirt" \
    LIBVIRT_DRIVER_DIR="$libdir/libvirt/connection-driver" \
    "$work/root/opt/virt/bin/virsh" -c test:///default 'uri; nodeinfo; net-list --all'
echo "1..$count"
cd "$VIR_BUILD_DIR" || exit 1
chmod -R u+w "$work"
rm -rf "$work"
exit $failed
