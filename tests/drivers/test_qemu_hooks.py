#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Hook scripts: what they hear of guests and of the daemon, in which order, and what their refusal does."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from qemu_guest import SOURCE, Guest, wait_for
from qemu_system import System

import namespace

SCRIPT = """#!/bin/sh
document=$(cat)
case $document in *"<name>guest</name>"*) whole=whole;; "") whole=empty;; *) whole=wrong;; esac
echo "$0 $* $whole" >> '{root}/heard'
{more}
"""


class Hooks(Guest):
    def script(self, name: str, more: str = "") -> None:
        path = self.root / "etc/hooks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SCRIPT.format(root=self.root, more=more), encoding="utf-8")
        path.chmod(0o755)

    def heard(self) -> list[str]:
        path = self.root / "heard"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.write_text("", encoding="utf-8")
        return [line.removeprefix(f"{self.root}/etc/hooks/") for line in lines]

    def test_the_life_of_a_guest(self) -> None:
        self.script("qemu")
        self.script("qemu.d/20-second")
        self.script("qemu.d/10-first")
        self.define(self.document())
        self.assertEqual(self.heard(), [])
        self.virsh("start", "guest", "--paused")
        names = ["qemu", "qemu.d/10-first", "qemu.d/20-second"]
        self.assertEqual(self.heard(), [f"{name} guest {what} begin - whole"
                                        for what in ("prepare", "start", "started") for name in names])
        # The next process finds the guest again.
        self.virsh("domstate", "guest")
        self.assertEqual(self.heard(), [f"{name} guest reconnect begin - whole" for name in names])
        self.virsh("destroy", "guest")
        self.assertEqual(self.heard()[3:], [f"{name} guest {what} end - whole"
                                            for what in ("stopped", "release") for name in names])

    def test_refusals(self) -> None:
        self.define(self.document())
        for operation, before in (("prepare", []), ("start", ["prepare"]), ("started", ["prepare", "start"])):
            self.script("qemu", f'[ "$2" != {operation} ] || {{ echo "not on my watch" >&2; exit 3; }}')
            said = self.virsh("start", "guest", good=False)
            self.assertIn(f"etc/hooks/qemu guest {operation} ended with status 3: not on my watch", said)
            self.assertEqual(self.processes(), [])
            self.assertEqual([line.split()[2] for line in self.heard()],
                             [*before, operation, "stopped", "release"])
            self.assertEqual([p.name for p in (self.root / "lib/qemu").iterdir()], ["save"])
        self.script("qemu", '[ "$2" != prepare ] || kill -9 $$')
        self.assertIn("was killed by signal 9", self.virsh("start", "guest", good=False))
        # Neither an end nor what is not executable can refuse anything.
        self.script("qemu", '[ "$3" != end ]')
        self.script("qemu.d/none", "exit 1")
        (self.root / "etc/hooks/qemu.d/none").chmod(0o644)
        self.virsh("start", "guest", "--paused")
        self.virsh("destroy", "guest")

    def test_a_document_that_is_restored(self) -> None:
        self.boot()
        image = self.root / "image"
        self.virsh("save", "guest", str(image))
        self.script("qemu", '[ "$2" != restore ] || printf %s "$document" | '
                            "sed 's|<name>guest</name>|<name>guest</name><title>restored</title>|'")
        self.virsh("restore", str(image))
        self.assertIn("guest restore begin - whole", self.heard()[0])
        self.assertEqual(self.virsh("desc", "guest", "--title"), "restored")
        self.beats()
        self.virsh("save", "guest", str(image))
        self.script("qemu", '[ "$2" != restore ] || echo "<domain>"')
        self.virsh("restore", str(image), good=False)
        self.script("qemu", '[ "$2" != restore ] || exit 1')
        self.assertIn("restore ended with status 1", self.virsh("restore", str(image), good=False))
        self.assertEqual(self.processes(), [])

    def test_the_end_of_a_guest_that_dies(self) -> None:
        self.script("qemu", "sleep 0.2")
        self.define(self.document())
        self.virsh("start", "guest", "--paused")
        listener = subprocess.Popen([str(SOURCE / "run"), "virsh", "-q", "-c", self.uri],
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert listener.stdin is not None and listener.stdout is not None
        listener.stdin.write("domstate guest\n")
        listener.stdin.flush()
        self.assertTrue(any(line.strip() == "paused" for line in listener.stdout))
        [pid] = self.processes()
        (self.root / "heard").write_text("", encoding="utf-8")
        os.kill(pid, signal.SIGKILL)
        begun = time.monotonic()
        listener.stdin.write("domstate guest\n")
        listener.stdin.flush()
        self.assertTrue(any(line.strip() in ("paused", "shut off") for line in listener.stdout))
        # Who asks does not wait for scripts.
        self.assertLess(time.monotonic() - begun, 10)
        path = self.root / "heard"
        wait_for("the scripts", lambda: "release" in path.read_text(encoding="utf-8"))
        self.assertEqual([line.split()[2] for line in self.heard()], ["stopped", "release"])
        listener.communicate("quit\n", timeout=60)


@unittest.skipIf(namespace.missing(), namespace.missing())
class OfTheDaemon(unittest.TestCase):
    def test_start_reload_and_end(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="virhooks"))
        self.addCleanup(shutil.rmtree, folder)
        heard = folder / "heard"
        heard.touch()
        hooks = namespace.folders()[0] / "hooks"
        script = f"#!/bin/sh\necho \"$*\" >> {heard}\n"
        daemon = System("", f"mkdir {hooks}; printf %s {shlex.quote(script)} > {hooks}/daemon; "
                            f"chmod 755 {hooks}/daemon")
        try:
            daemon.process.send_signal(signal.SIGHUP)
            wait_for("the script", lambda: "SIGHUP" in heard.read_text(encoding="utf-8"))
        finally:
            daemon.stop()
        self.assertEqual(heard.read_text(encoding="utf-8").splitlines(),
                         ["- start - start", "- reload begin SIGHUP", "- shutdown - shutdown"])


if __name__ == "__main__":
    unittest.main()
