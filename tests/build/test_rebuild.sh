#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# After a change only what depends on it is built again; the generator writes only what changed.
set -u
work=$VIR_BUILD_DIR/tests/tree-rebuild
rm -rf "$work"
mkdir -p "$work/source" "$work/build"
count=0
failed=0
verdict() { # status name
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        failed=1
        echo "not ok $count - $2"
        tail -n 20 "$work/log" | sed 's/^/# /'
    fi
}
build() {
    make -j"$(nproc)" all >"$work/log" 2>&1
}
cd "$VIR_SOURCE_DIR" || exit 1
# What the tarball has, without what was built there.
tar cf - --exclude=./build --exclude=./.git --exclude='*.o' --exclude='*.lo' . | (cd "$work/source" && tar xf -)
cd "$work/build" || exit 1
../source/configure --disable-werror >"$work/log" 2>&1 && build
verdict $? "a copy of the source builds"
build && ! grep -q '^  \(CC\|GEN\|CCLD\) ' "$work/log"
verdict $? "a second make has nothing to do"
sleep 1
echo '<!-- a comment changes nothing that is generated -->' >>../source/api/secret.xml
build && grep -q '^  GEN *gen/stamp' "$work/log" && ! grep -q '^  CC ' "$work/log"
verdict $? "a change of a specification without effect compiles nothing"
echo '/* a comment */' >>../source/src/client/help.c
build && [ "$(grep -c '^  CC ' "$work/log")" -eq 1 ]
verdict $? "a change of one hook compiles one file"
echo "1..$count"
cd "$VIR_BUILD_DIR" || exit 1
rm -rf "$work"
exit $failed
