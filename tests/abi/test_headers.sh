#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Each public header compiles alone, as C89, C99, C17 and C++17, by gcc and clang, without a warning.
set -u
include=$VIR_BUILD_DIR/gen/include
[ -d "$include" ] || include=$VIR_SOURCE_DIR/gen/include
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=0
failed=0
skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2 is not installed"
}
# attempt NAME COMPILER ARGUMENT... : the file to compile is the last argument
attempt() {
    name=$1
    shift
    count=$((count + 1))
    # ISO C has no enumerator of 1U << 31, the API has: the only warning that is allowed.
    if "$@" -Wall -Wextra -pedantic -fsyntax-only -I"$include" >"$work/log" 2>&1 &&
       ! grep 'warning:' "$work/log" | grep -qv 'ISO C restricts enumerator values'; then
        echo "ok $count - $name"
    else
        failed=$((failed + 1))
        sed 's/^/# /' "$work/log" | head -n 10
        echo "not ok $count - $name"
    fi
}
found=
for path in "$include"/libvirt/*.h; do
    header=${path##*/}
    [ -f "$path" ] || continue
    found=yes
    # The parts of libvirt.h refuse to be included alone, as programs expect.
    only=$header
    grep -q 'include <libvirt/libvirt.h> instead' "$path" && only=libvirt.h
    printf '#include <libvirt/%s>\nint used;\n' "$header" >"$work/one.c"
    cp "$work/one.c" "$work/one.cc"
    for compiler in gcc clang; do
        for dialect in c89 c99 c17; do
            if command -v "$compiler" >/dev/null; then
                attempt "$only $compiler $dialect" "$compiler" -std=$dialect -Wno-long-long "$work/one.c"
            else
                skip "$only $compiler $dialect" "$compiler"
            fi
        done
    done
    for compiler in g++ clang++; do
        if command -v "$compiler" >/dev/null; then
            attempt "$only $compiler c++17" "$compiler" -std=c++17 "$work/one.cc"
        else
            skip "$only $compiler c++17" "$compiler"
        fi
    done
done
[ -n "$found" ] || { count=$((count + 1)); failed=1; echo "not ok $count - no header in $include"; }
echo "1..$count"
[ "$failed" -eq 0 ]
