# SPDX-License-Identifier: LGPL-2.1-or-later
virsh --readonly --connect test:///default --quiet domstats --state --balloon --vcpu |
    sed -n -e "s/^Domain: '\(.*\)'/\1/p" \
        -e 's/^ *state.state=\(.*\)/: state \1/p' \
        -e 's/^ *balloon.current=\(.*\)/, \1 KiB/p' \
        -e 's/^ *vcpu.current=\(.*\)/, \1 processors/p' | tr -d '\n'
echo
