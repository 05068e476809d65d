#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The whole tree and its test programs build with clang without a warning.
set -u
if ! command -v clang >/dev/null; then
    echo "1..0 # SKIP clang is not installed"
    exit 0
fi
tree=$VIR_BUILD_DIR/tests/tree-clang
rm -rf "$tree"
mkdir -p "$tree"
cd "$tree" || exit 1
echo "1..1"
if "$VIR_SOURCE_DIR/configure" CC=clang --enable-werror >log 2>&1 &&
   make -j"$(nproc)" check-programs >log 2>&1; then
    echo "ok 1 - clang builds everything without a warning"
    rm -rf "$tree"
else
    grep -E 'error|warning' log | head -n 20 | sed 's/^/# /'
    echo "not ok 1 - clang builds everything without a warning"
    exit 1
fi
