#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes the same calls in the stock library and in ours, and compares how they end. Prints TAP.
#
#   differential.sh              the test
#   differential.sh --missing    prints what differences.tsv does not explain, in its format
# STOCK_LIBRARY: the folder of the stock libvirt.so.0, where the loader does not find it by itself.

here=$(cd "$(dirname "$0")" && pwd)
build=${VIR_BUILD_DIR:-$here/../../build}
program=$build/tests/contract/differential

skip() { echo "1..0 # SKIP $1"; exit 0; }
case ${VIR_SANITIZERS:-no} in no) ;; *) skip "a sanitizer would answer for the crashes of the stock library" ;; esac
[ -x "$program" ] || { echo "Bail out! $program is not built"; exit 1; }

# As a program of the system finds it, whatever runs this test.
stock() {
    env -u LD_LIBRARY_PATH -u LIBVIRT_DRIVER_DIR -u LIBVIRT_MODULE_DIR -u G_DEBUG \
        ${STOCK_LIBRARY:+LD_LIBRARY_PATH="$STOCK_LIBRARY"} "$@"
}
release=$(stock "$program" --release 2>/dev/null) || skip "there is no stock libvirt.so.0 here"
case $release in
9.*) ;;
*) skip "the installed library is of release $release; the list of differences is about 9" ;;
esac

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/home" "$work/run" "$work/stock" "$work/ours"
HOME=$work/home XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/home XDG_CACHE_HOME=$work/home
export HOME XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME
unset LIBVIRT_DEFAULT_URI LIBVIRT_DEBUG LIBVIRT_LOG_OUTPUTS
(cd "$work/stock" && stock "$program" >"$work/stock.tsv" 2>"$work/stock.log") ||
    { sed 's/^/# /' "$work/stock.log"; echo "Bail out! the calls of the stock library"; exit 1; }
(cd "$work/ours" && "${VIR_RUN:-$here/../../run}" "$program" >"$work/ours.tsv" 2>"$work/ours.log") ||
    { sed 's/^/# /' "$work/ours.log"; echo "Bail out! the calls of our library"; exit 1; }
matrix=$build/gen/api/support.tsv
[ -f "$matrix" ] || matrix=$here/../../gen/api/support.tsv
${PYTHON:-python3} -B "$here/compare_transcripts.py" --matrix "$matrix" --release "$release" \
    --differences "$here/differences.tsv" "$@" "$work/stock.tsv" "$work/ours.tsv"
