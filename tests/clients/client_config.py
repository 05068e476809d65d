#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The client's configuration file as a user of virsh meets it: aliases, default URI, mistakes.

Root reads the file of the system, so under root virsh runs as another user.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

NOBODY = 65534
VIRSH = os.environ["VIRSH"]

# (name, text of libvirt.conf, arguments of virsh, environment, expected on stdout or stderr, success)
CASES = [
    ("an alias", "uri_aliases = [ 'model=test:///default' ]\n", ["-c", "model", "uri"], {},
     "test:///default", True),
    ("the default URI", "uri_default = 'test:///default'\n", ["uri"], {}, "test:///default", True),
    ("a default that is an alias", "uri_default = 'm'\nuri_aliases = ['m=test:///default']\n",
     ["uri"], {}, "test:///default", True),
    ("the environment wins over the file", "uri_default = 'other'\n", ["uri"],
     {"LIBVIRT_DEFAULT_URI": "test:///default"}, "test:///default", True),
    ("a wrong line", "\nuri_default test\n", ["-c", "test:///default", "uri"], {},
     "libvirt.conf:2:13: expected = after the name of a setting", False),
    ("a wrong alias", "uri_aliases = [ 'model' ]\n", ["-c", "model", "uri"], {},
     "entry 'model' of 'uri_aliases'", False),
    ("a setting that does not exist", "uri_defautl = 'x'\n", ["-c", "test:///default", "uri"],
     {"LIBVIRT_LOG_OUTPUTS": "3:stderr"}, "did you mean 'uri_default'?", True),
]


def as_nobody() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def run(folder: Path, text: str, arguments: list[str], extra: dict[str, str]) -> tuple[int, str]:
    config = folder / "libvirt" / "libvirt.conf"
    config.write_text(text, encoding="utf-8")
    environment = {**os.environ, **extra, "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    result = subprocess.run([VIRSH, *arguments], env=environment, text=True, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                            preexec_fn=as_nobody)
    return result.returncode, result.stdout


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "libvirt").mkdir(mode=0o755)
        try:
            status, output = run(folder, "", ["--version"], {})
        except PermissionError as error:
            status, output = 1, str(error)
        if status and os.geteuid() == 0:
            print(f"1..0 # SKIP another user cannot run the build tree: {output.strip()}")
            return 0
        print(f"1..{len(CASES)}")
        for number, (title, text, arguments, extra, expected, success) in enumerate(CASES, 1):
            status, output = run(folder, text, arguments, extra)
            good = expected in output and (status == 0) == success
            print(f"{'ok' if good else 'not ok'} {number} - {title}")
            if not good:
                print(f"# exit status {status}, expected '{expected}' in:\n#   " +
                      "\n#   ".join(output.splitlines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
