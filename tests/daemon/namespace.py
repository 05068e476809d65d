# SPDX-License-Identifier: LGPL-2.1-or-later
"""Programs that see folders of the test where those of the machine are, in a mount namespace of their own."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import lab

#: Where programs of root look for sockets of daemons, and for their own settings.
SOCKETS, SETTINGS = "/run/libvirt", "/etc/libvirt"


def missing() -> str:
    """Why there are none, "" when there can be."""
    if os.geteuid() != 0:
        return "folders of the machine can be replaced by root only"
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        return "there are no mount namespaces here"
    return ""


def folders() -> list[Path]:
    """The folders of the machine's daemon, as the build was configured."""
    text = (lab.BUILD / "Makefile").read_text(encoding="utf-8")
    found = {}
    for name in ("prefix", "sysconfdir", "localstatedir", "runstatedir"):
        match = re.search(rf"^{name} = (.*)$", text, re.MULTILINE)
        assert match is not None, name
        found[name] = re.sub(r"\$\{(\w+)\}", lambda m: found.get(m[1], ""), match[1])
    return [Path(found["sysconfdir"], "libvirt"), Path(found["runstatedir"], "libvirt"),
            *(Path(found["localstatedir"], part, "libvirt") for part in ("lib", "cache", "log"))]


def _run(script: str, command: list[str]) -> list[str]:
    """A command line for a program in a mount namespace that a script makes."""
    return ["unshare", "-m", "--propagation", "private", "sh", "-ec", script + 'exec "$@"', "sh", *command]


def _empty() -> str:
    """Covers the folders of the machine's daemon by empty ones."""
    covers = set()
    for folder in folders():
        there = next(place for place in (folder, *folder.parents) if place.is_dir())
        assert str(there) not in ("/", "/usr", "/etc", "/var"), f"{there} cannot be covered"
        if there != folder:
            covers.add(there)
    # First what has room for folders that are not there: it hides what it has.
    script = "".join(f"mount -t tmpfs none '{place}'; " for place in sorted(covers)
                     if covers.isdisjoint(place.parents))
    return script + "".join(f"mkdir -p '{folder}'; mount -t tmpfs none '{folder}'; " for folder in folders())


def apart(command: list[str]) -> list[str]:
    """A command line for a daemon whose folders are empty, and gone with it."""
    return _run(_empty(), command)


def within(command: list[str], sockets: Path, settings: Path | None = None, ours: bool = False) -> list[str]:
    """A command line for a program that sees these folders; nobody else does. `ours`: where this build looks."""
    there = folders()[:2] if ours else [Path(SETTINGS), Path(SOCKETS)]
    script = _empty() if ours else f"mkdir -p {SETTINGS} {SOCKETS}; "
    script += "".join(f"mount --bind '{folder}' '{place}'; " for folder, place in zip((settings, sockets), there)
                      if folder is not None)
    return _run(script, command)
