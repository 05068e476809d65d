#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Every fuzz target builds with libFuzzer and finds nothing in a few seconds.
set -u
printf 'int LLVMFuzzerTestOneInput(const char *b, unsigned long n);\nint LLVMFuzzerTestOneInput(const char *b, unsigned long n) { return n && b[0] == 7 && 0; }\n' \
    >"$VIR_BUILD_DIR/tests/fuzz-probe.c"
if ! clang -fsanitize=fuzzer -o "$VIR_BUILD_DIR/tests/fuzz-probe" "$VIR_BUILD_DIR/tests/fuzz-probe.c" 2>/dev/null; then
    echo "1..0 # SKIP clang or its libFuzzer runtime is not installed"
    exit 0
fi
echo "1..1"
if make -C "$VIR_BUILD_DIR" fuzz FUZZ_SECONDS="${FUZZ_SECONDS:-5}" >"$VIR_BUILD_DIR/tests/fuzz.log" 2>&1 &&
   grep -q '^stat::number_of_executed_units: *[1-9]' "$VIR_BUILD_DIR/tests/fuzz.log"; then
    grep '^stat::number_of_executed_units\|^fuzz ' "$VIR_BUILD_DIR/tests/fuzz.log" | sed 's/^/# /'
    echo "ok 1 - the fuzz targets run without a finding"
else
    tail -n 40 "$VIR_BUILD_DIR/tests/fuzz.log" | sed 's/^/# /'
    echo "not ok 1 - the fuzz targets run without a finding"
    exit 1
fi
