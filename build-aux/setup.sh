# SPDX-License-Identifier: LGPL-2.1-or-later
# Sourced by ./demo and ./check: installs packages and prepares build trees. Needs `root` set.

setup_list="$root/build-aux/packages.list"

say() {
    printf '==> %s\n' "$*"
}

# Prints the packages of the given kinds that dpkg does not know as installed.
setup_missing() {
    for kind in "$@"; do
        sed -e '/^#/d' "$setup_list" | while read -r package its_kind _; do
            if [ "$its_kind" = "$kind" ] &&
               ! dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$'; then
                printf '%s\n' "$package"
            fi
        done
    done
}

# setup_packages KIND...: installs what is missing, as root or through sudo.
setup_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "this is not Debian: the packages of build-aux/packages.list are taken as given"
        return 0
    fi
    missing=$(setup_missing "$@" | tr '\n' ' ')
    if [ -z "${missing% }" ]; then
        say "packages: everything needed is installed ($*)"
        return 0
    fi
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { say "run me as root or install sudo: $missing"; return 1; }
        as_root=sudo
    fi
    say "packages: installing $missing"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -q >/dev/null </dev/null
    # shellcheck disable=SC2086  # a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        $missing </dev/null >"$setup_log" 2>&1 || { tail -n 30 "$setup_log"; return 1; }
}

# setup_tree DIR CONFIGURE-ARGUMENT...: configures DIR unless it was done with the same arguments.
setup_tree() {
    tree=$1
    shift
    if [ ! -x "$root/configure" ] || [ "$root/configure.ac" -nt "$root/configure" ]; then
        say "autogen.sh"
        "$root/autogen.sh" >"$setup_log" 2>&1 || { tail -n 30 "$setup_log"; return 1; }
    fi
    mkdir -p "$tree"
    if [ -f "$tree/config.status" ] && [ "$(cat "$tree/.configured" 2>/dev/null)" = "$*" ] &&
       [ "$tree/config.status" -nt "$root/configure" ]; then
        return 0
    fi
    say "configure $* (in ${tree#"$root"/})"
    (cd "$tree" && "$root/configure" "$@") >"$tree.log" 2>&1 || { tail -n 30 "$tree.log"; return 1; }
    printf '%s' "$*" >"$tree/.configured"
}

# setup_make DIR TARGET...: quiet when it works, the end of the log when it does not.
setup_make() {
    tree=$1
    shift
    say "make $* (in ${tree#"$root"/})"
    # Two passes: the second prints the errors of one job alone when the first failed.
    make -C "$tree" -j"$jobs" "$@" >"$tree.log" 2>&1 || { tail -n 60 "$tree.log"; return 1; }
}
