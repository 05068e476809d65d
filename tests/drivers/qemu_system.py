# SPDX-License-Identifier: LGPL-2.1-or-later
"""Guests of qemu:///system: a daemon of root whose folders are its own, in a mount namespace."""

from __future__ import annotations

import os
import pwd
import shlex
import sys
import unittest
from pathlib import Path

from qemu_guest import SOURCE, Guest, wait_for

sys.path.insert(0, str(SOURCE / "tests" / "daemon"))

import lab  # noqa: E402
import namespace  # noqa: E402

#: A user who has nothing to do with QEMU, but is there.
USER = "nobody"


def group_of(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


class System(lab.Daemon):
    """Our daemon with a qemu.conf; `before` are commands of a shell that run before it, in its namespace."""

    def __init__(self, settings: str, before: str = "") -> None:
        self.settings, self.before = settings, before
        super().__init__()

    def command(self) -> list[str]:
        folder = namespace.folders()[0]
        script = f"printf %s {shlex.quote(self.settings)} > {folder}/qemu.conf; {self.before}"
        return namespace.apart(["sh", "-ec", script + '\nexec "$@"', "sh", *super().command()])


@unittest.skipIf(namespace.missing(), namespace.missing())
class SystemGuest(Guest):
    """A guest of a daemon; SETTINGS is its qemu.conf."""

    SETTINGS = f'user = "{USER}"\ngroup = "+{group_of(USER)}"\n'
    BEFORE = ""

    def setUp(self) -> None:
        super().setUp()
        # Another user is to find the way to the images.
        self.root.chmod(0o755)
        self.begin(self.SETTINGS)

    def begin(self, settings: str) -> None:
        self.daemon = System(settings, self.BEFORE.format(root=self.root))
        self.uri = self.daemon.uri("qemu:///system")

    def tearDown(self) -> None:
        for pid in self.processes():
            os.kill(pid, 9)
        wait_for("the end of all guests", lambda: not self.processes())
        self.daemon.stop()
        super().tearDown()

    def define(self, document: str) -> None:
        """The same name again is another domain, in place of the one before."""
        name = document.split("<name>", 1)[1].split("<", 1)[0]
        if name in self.virsh("list", "--all", "--name").split():
            self.virsh("undefine", name)
        super().define(document)

    def owner(self, path: Path) -> str:
        return pwd.getpwuid(path.stat().st_uid).pw_name

    def user_of(self, pid: int) -> set[str]:
        """Names behind the real, effective, saved and file-system user of a process."""
        [line] = [one for one in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
                  if one.startswith("Uid:")]
        return {pwd.getpwuid(int(word)).pw_name for word in line.split()[1:]}
