#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kills a daemon at seeded moments while it defines, starts, changes, saves and stops guests, and looks what is left.

    python3 tests/drivers/qemu_kills.py [KILLS [SEED]]

After every kill the next daemon must have each definition whole, as the last command that succeeded or the one
that was under way left it; each running guest once, with its number, its process and no other; and no QEMU
that it does not know.
"""

from __future__ import annotations

import collections
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from qemu_guest import SOURCE, Guest, wait_for

sys.path.insert(0, str(SOURCE / "tests" / "daemon"))

import lab  # noqa: E402
import namespace  # noqa: E402

NAMES = ("one", "two", "three")


class Kills(Guest):
    """A namespace with a daemon's folders that outlives each daemon in it."""

    def begin(self) -> None:
        self.root.chmod(0o755)
        settings = namespace.folders()[0]
        self.holder = subprocess.Popen(
            namespace.apart(["sh", "-ec", f"printf 'security_driver = \"none\"\\n' > {settings}/qemu.conf; "
                                          "echo ready; exec sleep infinity"]),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        assert self.holder.stdout is not None
        self.assertEqual(self.holder.stdout.readline(), "ready\n")
        self.start()

    def start(self) -> None:
        """A daemon in the namespace; returns when it has found its guests."""
        socket = self.root / "libvirt-sock"
        config = self.root / "libvirtd.conf"
        config.write_text(f'unix_sock_dir = "{self.root}"\n', encoding="utf-8")
        self.daemon = subprocess.Popen(
            ["nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt", *lab.ours(str(lab.BUILD / "libvirtd")),
             "--config", str(config), "--pid-file", str(self.root / "pid")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=(self.root / "output").open("ab"))
        self.uri = f"qemu+unix:///system?socket={socket}"
        wait_for("the daemon", lambda: self.ask("uri").returncode == 0)

    def kill(self) -> None:
        self.daemon.send_signal(signal.SIGKILL)
        self.daemon.wait()

    def end(self) -> None:
        # By the daemon, as long as there is one: it removes their control groups, too.
        for name in NAMES if self.daemon.poll() is None else ():
            self.ask("destroy", name)
        for pid in self.processes():
            subprocess.run(["kill", "-9", str(pid)], check=False)
        self.daemon.kill()
        self.daemon.wait()
        self.holder.kill()
        self.holder.wait()

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(SOURCE / "run"), "virsh", "-q", "-c", self.uri, *arguments],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240)

    def guest(self, name: str, title: str) -> str:
        """A document; its disk tells the processes of one guest from those of another."""
        disk = self.root / f"{name}.raw"
        if not disk.exists():
            disk.write_bytes(self.disk.read_bytes())
        return (self.document(more=f"<title>{title}</title>", name=name)
                .replace(str(self.disk), str(disk)).replace(str(self.console), f"{self.console}-{name}"))

    def running(self, name: str) -> list[int]:
        """The QEMUs of one guest."""
        found = []
        for pid in self.processes():
            try:
                if f"{name}.raw".encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(pid)
            except OSError:
                continue
        return found

    def command(self, choice: random.Random, turn: int) -> tuple[str, list[str]]:
        """A guest, and what to do with it next."""
        name = choice.choice(NAMES)
        path = self.root / f"{name}.xml"
        state = self.states.get(name)
        if state is None or (state == "shut off" and choice.random() < 0.3):
            text = self.guest(name, f"turn {turn}")
            known = self.ask("domuuid", name).stdout.strip()
            if known:
                text = text.replace("</name>", f"</name><uuid>{known}</uuid>", 1)
            path.write_text(text, encoding="utf-8")
            return name, ["define", str(path)]
        if state == "shut off":
            return name, choice.choice([["start", name], ["start", name, "--paused"], ["undefine", name]])
        return name, choice.choice([
            ["destroy", name], ["managedsave", name], ["suspend", name], ["resume", name],
            ["desc", name, "--live", "--config", "--title", f"turn {turn}"],
            ["setmem", name, "16M", "--live"], ["reset", name]])

    def look(self) -> dict[str, tuple[str, str, str]]:
        """Name of each domain -> its state, number and title."""
        found = {}
        for line in self.ask("list", "--all").stdout.splitlines():
            number, name, state = line.split(None, 2)
            title = self.ask("desc", name, "--title", "--config").stdout.strip()
            found[name] = (state.strip(), number, title)
        return found

    def compare(self, before: dict[str, tuple[str, str, str]], touched: str, told: str) -> None:
        """What the next daemon finds: the guest that was being changed may be as before or as after."""
        after = self.look()
        for name in NAMES:
            if name == touched:
                continue
            self.assertEqual(after.get(name), before.get(name), f"{name} after {told}")
        for name, (state, number, title) in after.items():
            pids = self.running(name)
            self.assertEqual(len(pids), 0 if state == "shut off" else 1, f"{name} is {state} after {told}: {pids}")
            self.assertRegex(title, r"^turn \d+$|^$", told)
            document = self.ask("dumpxml", name, "--inactive").stdout
            self.assertTrue(document.rstrip().endswith("</domain>"), told)
            if name == touched and name in before and "-" not in (number, before[name][1]):
                self.assertEqual(number, before[name][1], told)
            live = self.ask("dumpxml", name).stdout
            if state != "shut off":
                self.assertRegex(live, rf"<domain type='qemu' id='{re.escape(number)}'>", told)
        for name in set(NAMES) - set(after):
            self.assertEqual(self.running(name), [], f"{name} is gone after {told}")
        self.states = {name: state for name, (state, _number, _title) in after.items()}

    def run_kills(self, kills: int, seed: int) -> None:
        choice = random.Random(seed)
        self.states: dict[str, str] = {}
        self.hit: collections.Counter[str] = collections.Counter()
        self.alive = 0
        for turn in range(kills):
            # Some commands in peace, so that there is something to lose.
            for _ in range(choice.randrange(3)):
                _name, words = self.command(choice, turn)
                self.ask(*words)
                self.states = {name: state for name, (state, _n, _t) in self.look().items()}
            before = self.look()
            touched, words = self.command(choice, turn)
            self.hit[words[0]] += 1
            self.alive += sum(state != "shut off" for state, _n, _t in before.values())
            pause = choice.random() ** 2 * 0.5
            process = subprocess.Popen([str(SOURCE / "run"), "virsh", "-q", "-c", self.uri, *words],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(pause)
            self.kill()
            process.wait(240)
            self.start()
            self.compare(before, touched, f"kill {turn} (seed {seed}), {pause:.3f} s into {' '.join(words)}")


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    test = Kills()
    test.setUp()
    test.begin()
    begun = time.monotonic()
    try:
        test.run_kills(kills, seed)
    finally:
        test.end()
        test.tearDown()
    print(f"{kills} kills with seed {seed} in {time.monotonic() - begun:.0f} s: no guest lost, none doubled, "
          f"no definition lost or torn; during {dict(sorted(test.hit.items()))}, with {test.alive} running guests "
          "found again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
