#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The bash completion in a real bash: program options, commands, options, choices and object names.

build=${VIR_BUILD_DIR:-.}
virsh=${VIRSH:-$build/virsh}
script=${VIRSH_COMPLETION:-$build/gen/completion/virsh}
[ -f "$script" ] || script=${VIR_SOURCE_DIR:-.}/gen/completion/virsh
command -v bash >/dev/null || { echo "1..0 # SKIP bash is not installed"; exit 0; }
[ -x "$virsh" ] && [ -f "$script" ] || { echo "Bail out! no virsh or no completion"; exit 1; }

number=0
failed=0

# expect WANTED WORD...: completes the last word, and wants the candidate among the answers
# ("-" alone: wants no answer at all).
expect() {
    wanted=$1
    shift
    number=$((number + 1))
    got=$(VIRSH_PROGRAM=$virsh bash -c '
        . "$1"
        shift
        COMP_WORDS=("$VIRSH_PROGRAM" "$@")
        COMP_CWORD=$#
        _virsh_complete
        printf "%s\n" "${COMPREPLY[@]}"' completion "$script" "$@")
    if [ "$wanted" = - ]; then
        [ -z "$got" ]
    else
        printf '%s\n' "$got" | grep -qxF -e "$wanted"
    fi || {
        failed=$((failed + 1))
        printf '# wanted %s, got: %s\n' "$wanted" "$(printf '%s' "$got" | tr '\n' ' ')"
        printf 'not '
    }
    printf 'ok %d - %s\n' "$number" "$*"
}

echo 1..19
# Names of domains can only be completed where the test hypervisor has domains.
domains=yes
"$virsh" -c test:///default list >/dev/null 2>&1 || domains=
expect_domain() {
    if [ -n "$domains" ]; then
        expect "$@"
    else
        number=$((number + 1))
        echo "ok $number - # SKIP the test hypervisor has no domains yet"
    fi
}
expect --connect --conn
expect --readonly -q --read
expect dominfo -c test:///default domin
expect dominfo -c test : ///default domin
expect_domain test -c test:///default dominfo te
expect_domain test -c test : ///default dominfo ''
expect --domain -c test:///default dominfo --
expect_domain test -c test:///default dominfo --domain ''
expect default -c test:///default net-info d
expect ip-dhcp-host -c test:///default net-update default add ip-
expect monitor help mon
expect_domain vda -c test:///default domblkinfo test ''
expect_domain aa:bb:cc:dd:ee:ff -c test:///default domif-getlink --domain test --interface aa
expect KEY_ENTER -c test:///default send-key test KEY_EN
expect - -c test:///default dominfo test ''
# Only what makes sense in the state that things are in.
expect_domain test -c test:///default destroy ''
expect_domain - -c test:///default start ''
expect default -c test:///default net-destroy ''
expect - -c test:///default pool-start ''
[ "$failed" -eq 0 ]
