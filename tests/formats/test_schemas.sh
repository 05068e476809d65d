#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Every generated schema is valid by xmllint and accepts what the printer writes; and refuses what is wrong.
# test_agreement.py asks jing, which takes every document.
# Environment: PRINT_RANDOM (the program) and SCHEMAS (the generated .rng files), by default those of the
# build tree VIR_BUILD_DIR; a tarball has its schemas in VIR_SOURCE_DIR.
set -u
: "${PRINT_RANDOM:=${VIR_BUILD_DIR:?}/tests/formats/print_random}"
if [ -z "${SCHEMAS:-}" ]; then
    SCHEMAS=${VIR_BUILD_DIR:?}/gen/schemas
    [ -d "$SCHEMAS" ] || SCHEMAS=${VIR_SOURCE_DIR:?}/gen/schemas
fi
if ! command -v xmllint >/dev/null; then
    echo "1..0 # skip xmllint is not installed"
    exit 0
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
"$PRINT_RANDOM" "$scratch" "${COUNT:-100}" || exit 1
[ -d "$SCHEMAS" ] || { echo "Bail out! no schemas in $SCHEMAS"; exit 1; }
number=0
failed=0
# xmllint follows both ways for each optional attribute that is given: 2^n for n of them.
few_attributes() { # files
    awk '{ if (gsub(/='"'"'/, "&") > 8) many[FILENAME] = 1 }
         END { for (i = 1; i < ARGC; i++) if (!(ARGV[i] in many)) print ARGV[i] }' "$@"
}
result() { # status name
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        failed=1
        echo "not ok $number - $2"
        sed 's/^/# /' "$scratch/log" | grep -v ' validates$' | head -n 20
    fi
}
for schema in "$SCHEMAS"/*.rng; do
    format=$(basename "$schema" .rng)
    # A schema whose format makes no random documents would pass without a look.
    set -- "$scratch/$format"-*.xml
    [ -e "$1" ] || { : >"$scratch/log"; result 1 "$format has random documents"; continue; }
    all=$#
    # shellcheck disable=SC2046  # names of our own, without blanks
    set -- $(few_attributes "$@")
    xmllint --noout --relaxng "$schema" "$@" >"$scratch/log" 2>&1
    result $? "xmllint: $format: $# of $all printed documents are valid"
    printf '<no-such-root/>' >"$scratch/wrong.xml"
    xmllint --noout --relaxng "$schema" "$scratch/wrong.xml" >"$scratch/log" 2>&1
    [ $? -eq 3 ]
    result $? "xmllint: $format: a wrong root is refused"
    sed '1s|/\{0,1\}>| no-such-attribute="x"&|' "$1" >"$scratch/wrong.xml"
    xmllint --noout --relaxng "$schema" "$scratch/wrong.xml" >"$scratch/log" 2>&1
    [ $? -eq 3 ]
    result $? "xmllint: $format: an unknown attribute is refused"
done
echo "1..$number"
exit $failed
