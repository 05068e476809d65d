#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A real Linux guest in a QEMU of this machine, without a daemon: started, seen on its console, asked for its
# figures, shut down by its power button, removed. Needs qemu-system-x86_64; the guest is built of Debian's packages.
# Usage: linux-guest.sh [BUILD-FOLDER]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-${VIR_BUILD_DIR:-$root/build}}
say() { printf '==> %s\n' "$*"; }

if ! command -v qemu-system-x86_64 >/dev/null 2>&1; then
    say "no real guest: qemu-system-x86_64 is not installed"
    exit 0
fi
if ! python3 "$root/tests/guest/linux.py" "$build/tests/guest" >"$build/linux-guest.log" 2>&1; then
    say "no real guest: $(tail -n 1 "$build/linux-guest.log")"
    exit 0
fi

place=$(mktemp -d "${TMPDIR:-/tmp}/linux-guest.XXXXXX")
uri="qemu:///embed?root=$place"
virsh() { VIR_BUILD_DIR=$build "$root/run" virsh -q -c "$uri" "$@"; }
clean() { virsh destroy linux >/dev/null 2>&1 || true; rm -rf "$place"; }
trap clean EXIT
trap 'exit 130' INT TERM

# Waits for what a command says, a minute at most.
await() {
    what=$1
    shift
    for _ in $(seq 600); do
        "$@" >/dev/null 2>&1 && { say "seen: $what"; return 0; }
        sleep 0.1
    done
    say "missing: $what"
    exit 1
}

cat >"$place/linux.xml" <<END
<domain type='qemu'>
  <name>linux</name>
  <memory unit='MiB'>192</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <kernel>$build/tests/guest/vmlinuz</kernel>
    <initrd>$build/tests/guest/initrd.gz</initrd>
    <cmdline>console=ttyS0 quiet</cmdline>
  </os>
  <features><acpi/></features>
  <devices>
    <serial type='pty'><log file='$place/console' append='on'/></serial>
    <interface type='user'><model type='virtio'/></interface>
    <memballoon model='virtio'><stats period='1'/></memballoon>
  </devices>
</domain>
END
say "a real guest on $uri"
virsh define "$place/linux.xml"
virsh start linux
await "the guest is ready" grep -a LINUX-READY "$place/console"
await "the guest's network gave it an address" grep -a 'address eth0' "$place/console"
sed 's/^/    /' "$place/console"
say "what virsh dominfo tells"
virsh dominfo linux | sed 's/^/    /'
say "what virsh domstats tells"
virsh domstats linux --state --cpu-total --balloon --vcpu | sed 's/^/    /'
say "its power button is pressed"
virsh shutdown linux >/dev/null
is_off() { virsh domstate linux | grep -q 'shut off'; }
await "the guest ended by itself" is_off
virsh undefine linux
[ -z "$(virsh list --all --name)" ] || { say "missing: the guest is gone"; exit 1; }
say "seen: the guest is gone"
