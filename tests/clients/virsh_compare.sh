#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs the same command lines through our virsh and through an installed stock one, each on its own
# library, and compares standard output, standard error and exit code byte by byte.
#
# VIRSH: our program (default: virsh in the build directory); STOCK_VIRSH: the other one; VIRSH_LINES:
# a file with other lines. Prints TAP.

here=$(cd "$(dirname "$0")" && pwd)
ours=${VIRSH:-${VIR_BUILD_DIR:-.}/virsh}
stock=${STOCK_VIRSH:-/usr/bin/virsh}
lines=${VIRSH_LINES:-$here/virsh_compare.txt}
# Lines that need what the test hypervisor does not have yet: there our shell runs on the stock
# library, whose functions it calls as well, so that its own part of the work is compared anyway.
pending=${VIRSH_PENDING:-$here/virsh_pending.txt}

[ -x "$stock" ] || { echo "1..0 # SKIP no stock virsh at $stock"; exit 0; }
[ -x "$ours" ] || { echo "Bail out! no virsh at $ours"; exit 1; }
# The other shell belongs to its own library, not to the one of the build tree.
stock_program=$stock
# Its warnings about the machine (a host name without address) are no output of a command.
stock="env -u LD_LIBRARY_PATH -u LIBVIRT_DRIVER_DIR -u LIBVIRT_MODULE_DIR LIBVIRT_LOG_OUTPUTS=4:file:/dev/null $stock"
real=${VIR_BUILD_DIR:-$(dirname "$ours")}/.libs/virsh
library=$(env -u LD_LIBRARY_PATH ldd "$stock_program" 2>/dev/null | sed -n 's/.*libvirt\.so\.0 => \([^ ]*\)\/.*/\1/p')
hybrid="env -u LIBVIRT_DRIVER_DIR -u LIBVIRT_MODULE_DIR ASAN_OPTIONS=detect_leaks=0"
hybrid="$hybrid LD_LIBRARY_PATH=$library"
LC_ALL=C.UTF-8
export LC_ALL
unset VIRSH_DEFAULT_CONNECT_URI LIBVIRT_DEFAULT_URI VIRSH_DEBUG

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/documents"
if [ -x "$real" ]; then
    # functions newer than stock's library are missing there, and no pending line needs one
    python3 "$here/older_library.py" "$real" "$work/virsh" || exit 1
    hybrid="$hybrid $work/virsh"
fi
cat >"$work/documents/domain.xml" <<'XML'
<domain type='test'><name>d2</name><uuid>11111111-2222-3333-4444-555555555555</uuid><title>my title</title><memory unit='KiB'>8192</memory><vcpu>2</vcpu><os><type>hvm</type></os><devices><disk type='file' device='disk'><source file='/x/y'/><target dev='vdb'/></disk><graphics type='vnc' port='5901' listen='127.0.0.1'/></devices></domain>
XML
cat >"$work/documents/network.xml" <<'XML'
<network><name>n1</name><uuid>11111111-2222-3333-4444-666666666666</uuid><bridge name='virbr7'/><ip address='192.168.7.1' netmask='255.255.255.0'/></network>
XML
cat >"$work/documents/pool.xml" <<'XML'
<pool type='dir'><name>p1</name><uuid>11111111-2222-3333-4444-777777777777</uuid><target><path>/p1</path></target></pool>
XML
cat >"$work/documents/volume.xml" <<'XML'
<volume><name>v1</name><capacity unit='M'>10</capacity><allocation>0</allocation><target><format type='qcow2'/></target></volume>
XML
cat >"$work/documents/interface.xml" <<'XML'
<interface type='ethernet' name='eth7'><start mode='onboot'/><mac address='aa:bb:cc:dd:ee:f7'/><mtu size='1492'/><protocol family='ipv4'><ip address='192.168.0.5' prefix='24'/></protocol></interface>
XML
cat >"$work/documents/snapshot.xml" <<'XML'
<domainsnapshot><name>sx</name><description>d</description></domainsnapshot>
XML
cat >"$work/documents/checkpoint.xml" <<'XML'
<domaincheckpoint><name>cx</name></domaincheckpoint>
XML
# an editor that changes nothing
EDITOR=true
export EDITOR
unset VISUAL

# What is newer than stock (whether a domain starts at the next time) is left out, and what the loader says
# about functions that stock's library lacks.
# What depends on the moment, and the number of the release, is made equal; and the kind of guest: stock's
# test driver calls every guest linux, ours says what its document says.
blur() {
    sed -E -e 's/^(CPU time: +)[0-9.]+s/\1T/' -e 's/\(Time: [0-9.]+ ms\)/(Time: T)/' \
        -e 's/libvirt [0-9]+\.[0-9]+\.[0-9]+/libvirt V/; s/TEST [0-9]+\.[0-9]+\.[0-9]+/TEST V/' \
        -e 's/^(OS Type: +).*/\1T/' -e '/^Autostart Once: /d' \
        -e '/: weak version .LIBVIRT_[0-9.]*. not found/d' \
        -e 's/^(Running against daemon: ).*/\1V/; s/^[0-9]+\.[0-9]+\.[0-9]+$/V/' \
        -e 's/^([a-z0-9]+ (rd|wr|rx|tx)_[a-z]+|[a-z0-9]+ errs) [0-9]+/\1 N/' \
        -e 's/^((actual|rss|unused|available|usable|last_update|disk_caches) )[0-9]+/\1N/' \
        -e 's/^( number of .*:| error count:) +[0-9]+/\1 N/' -e 's/^Time: [0-9]+/Time: T/' \
        -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}/DATE/' \
        -e 's/^\/tmp\/.*\/(ours|stock)$/FOLDER/' \
        -e 's/(<creationTime>)[0-9]+/\1T/; s/(snapshot|checkpoint) [0-9]{10}/\1 T/'
}

number=0
failed=0
echo "1..$(grep -c '^[^#]' "$lines")"
while IFS= read -r line; do
    case $line in ''|'#'*) continue ;; esac
    waits=
    grep -qxF -e "$line" "$pending" && waits=yes
    # both at the same time, each in a folder of its own
    for which in ours stock; do
        eval "program=\$$which"
        [ "$which" = ours ] && [ -n "$waits" ] && [ -x "$real" ] && program=$hybrid
        rm -rf "${work:?}/$which"
        cp -r "$work/documents" "$work/$which"
        (cd "$work/$which" && eval "timeout 5 $program $line" >"$work/$which.out" \
            2>"$work/$which.err" </dev/null
            echo "exit code $?" >>"$work/$which.err"
            for part in out err; do
                blur <"$work/$which.$part" >"$work/$which.$part.blurred"
            done) &
    done
    wait
    number=$((number + 1))
    # stock's own long calls (save, managedsave) hang now and then; ours may never
    if grep -qx 'exit code 124' "$work/stock.err" && ! grep -qx 'exit code 124' "$work/ours.err"; then
        printf 'ok %d - virsh %s # SKIP stock did not end\n' "$number" "$(printf '%s' "$line" | tr '#' '@')"
    elif cmp -s "$work/ours.out.blurred" "$work/stock.out.blurred" &&
        cmp -s "$work/ours.err.blurred" "$work/stock.err.blurred"; then
        printf 'ok %d - virsh %s\n' "$number" "$(printf '%s' "$line" | tr '#' '@')"
    elif [ -n "$waits" ] && [ ! -x "$real" ]; then
        printf 'ok %d - # SKIP the test hypervisor cannot do this yet: virsh %s\n' "$number" \
            "$(printf '%s' "$line" | tr '#' '@')"
    else
        failed=$((failed + 1))
        printf 'not ok %d - virsh %s\n' "$number" "$(printf '%s' "$line" | tr '#' '@')"
        diff -u "$work/stock.out.blurred" "$work/ours.out.blurred" | sed '1,2d; s/^/# /'
        diff -u "$work/stock.err.blurred" "$work/ours.err.blurred" | sed '1,2d; s/^/# /'
    fi
done <"$lines"
[ "$failed" -eq 0 ]
