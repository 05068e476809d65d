# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ways to a daemon: started by its first client, behind a program, with a peer that stops or dies.

Each runs Debian's python3-libvirt on our library, and on its own where that can do it, too."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from collections.abc import Callable
from pathlib import Path

import lab

PYTHON = "/usr/bin/python3"
NOBODY = 65534

#: What every script begins with: an event loop, and the time that something took.
HEAD = """
import sys, threading, time, libvirt
libvirt.registerErrorHandler(lambda context, error: None, None)
libvirt.virEventRegisterDefaultImpl()
def loop():
    while True:
        libvirt.virEventRunDefaultImpl()
threading.Thread(target=loop, daemon=True).start()
"""


def missing() -> str:
    """Why there is no binding, "" when there is one."""
    found = subprocess.run([PYTHON, "-c", "import libvirt"], capture_output=True, env=lab.PLAIN)
    return "no python3-libvirt" if found.returncode else ""


def command(ours: bool, script: str, *words: str) -> tuple[list[str], dict[str, str]]:
    """A script on our library or on stock's, and its environment."""
    line = [PYTHON, "-c", HEAD + script, *words]
    return (lab.ours(*line), dict(os.environ)) if ours else (line, dict(lab.PLAIN))


def until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Case(unittest.TestCase):
    def setUp(self) -> None:
        if missing():
            self.skipTest(missing())

    def run_script(self, ours: bool, script: str, *words: str) -> str:
        line, environment = command(ours, script, *words)
        result = subprocess.run(line, capture_output=True, text=True, timeout=120,
                                env=environment, stdin=subprocess.DEVNULL)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def start(self, ours: bool, script: str, *words: str) -> subprocess.Popen[str]:
        line, environment = command(ours, script, *words)
        process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, env=environment)

        def end() -> None:
            process.kill()
            process.communicate()
        self.addCleanup(end)
        return process

    def daemon(self, config: str = "", **how: bool) -> lab.Daemon:
        daemon = lab.Daemon(config, **how)  # type: ignore[arg-type]
        self.addCleanup(daemon.stop)
        return daemon

    def node(self, daemon: lab.Daemon, faults: str) -> str:
        """The URI of a host with two domains on which things go wrong."""
        domains = "".join(
            f"<domain type='test'><name>{name}</name><memory>8192</memory>"
            "<os><type>hvm</type></os></domain>" for name in ("one", "two"))
        path = daemon.folder / "node.xml"
        path.write_text(f"<node>{domains}{faults}</node>", encoding="utf-8")
        return daemon.uri(f"test://{path}")


class Session(Case):
    """The daemon of a user starts with its first client, and ends when the last is gone."""

    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(tempfile.mkdtemp(prefix="virauto"))
        (self.folder / "run").mkdir(mode=0o700)
        self.before: list[str] = []
        if os.geteuid() == 0:
            if not shutil.which("setpriv"):
                self.skipTest("no setpriv to become an ordinary user")
            for path in (self.folder, self.folder / "run"):
                os.chown(path, NOBODY, NOBODY)
            self.before = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY),
                           "--clear-groups"]
        self.addCleanup(self.clean)

    @property
    def pid(self) -> int:
        path = self.folder / "run/libvirt/libvirtd.pid"
        text = path.read_text() if path.exists() else ""
        return int(text or 0)

    def clean(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGTERM)
            until(lambda: not self.pid)
        shutil.rmtree(self.folder, ignore_errors=True)

    def launch(self, ours: bool, script: str, uri: str, **more: str) -> subprocess.Popen[str]:
        line, environment = command(ours, script, uri)
        environment |= {"XDG_RUNTIME_DIR": str(self.folder / "run"), "HOME": str(self.folder),
                        "XDG_CONFIG_HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder),
                        "LIBVIRTD_PATH": str(self.folder)} | more
        environment.pop("XDG_DATA_HOME", None)
        program = self.folder / "libvirtd"
        # Stock's library hands on hardly any environment.
        program.write_text(f'#!/bin/sh\nVIR_BUILD_DIR={lab.BUILD} exec {lab.SOURCE}/run {lab.BUILD}/libvirtd "$@"\n')
        program.chmod(0o755)
        return subprocess.Popen([*self.before, *line], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=environment)

    SCRIPT = "conn = libvirt.open(sys.argv[1]); print(conn.listAllDomains()[0].name(), conn.getURI())"
    URI = "test+unix:///session?name=test:///default"

    def test_started_by_the_first_client(self) -> None:
        for ours in (True, False):
            with self.subTest(ours=ours):
                client = self.launch(ours, self.SCRIPT, self.URI)
                out, errors = client.communicate(timeout=60)
                self.assertEqual(client.returncode, 0, errors)
                self.assertTrue(out.startswith("test test"), out)
                self.assertGreater(self.pid, 0)
                first = self.pid
                # The next one finds it.
                client = self.launch(ours, self.SCRIPT, self.URI)
                client.communicate(timeout=60)
                self.assertEqual((client.returncode, self.pid), (0, first))
                os.kill(first, signal.SIGTERM)
                self.assertTrue(until(lambda: not self.pid))

    def test_a_killed_daemon_is_replaced(self) -> None:
        for _ in range(2):
            client = self.launch(True, self.SCRIPT, self.URI)
            _out, errors = client.communicate(timeout=60)
            self.assertEqual(client.returncode, 0, errors)
            os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.1)
        (self.folder / "run/libvirt/libvirtd.pid").unlink()

    def test_many_at_once_start_one(self) -> None:
        clients = [self.launch(True, self.SCRIPT, self.URI) for _ in range(6)]
        for client in clients:
            _out, errors = client.communicate(timeout=120)
            self.assertEqual(client.returncode, 0, errors)
        self.assertGreater(self.pid, 0)

    def test_forbidden(self) -> None:
        client = self.launch(True, self.SCRIPT, self.URI, LIBVIRT_AUTOSTART="0")
        errors = client.communicate(timeout=60)[1]
        self.assertEqual(client.returncode, 1)
        self.assertIn("LIBVIRT_AUTOSTART=0", errors)
        self.assertEqual(self.pid, 0)

    def test_a_daemon_that_does_not_start_says_why(self) -> None:
        (self.folder / "libvirt").mkdir()
        (self.folder / "libvirt/libvirtd.conf").write_text("max_clients = none\n")
        client = self.launch(True, self.SCRIPT, self.URI)
        errors = client.communicate(timeout=60)[1]
        self.assertEqual(client.returncode, 1)
        self.assertRegex(errors, r"libvirtd.conf:1:\d+: ")


class External(Case):
    """The transport `ext`: a program that makes the connection."""

    def test_through_a_program(self) -> None:
        daemon = self.daemon()
        script = daemon.folder / "way"
        script.write_text(
            "#!/usr/bin/env python3\n"
            "import os, select, socket, sys\n"
            f"far = socket.socket(socket.AF_UNIX); far.connect('{daemon.path}')\n"
            "ends = {0: far.fileno(), far.fileno(): 1}\n"
            "while True:\n"
            "    for fd in select.select(list(ends), [], [])[0]:\n"
            "        data = os.read(fd, 65536)\n"
            "        if not data: sys.exit(0)\n"
            "        while data: data = data[os.write(ends[fd], data):]\n", encoding="utf-8")
        script.chmod(0o755)
        uri = f"test+ext:///default?command={script}"
        work = "conn = libvirt.open(sys.argv[1])\n" \
               "print(len(conn.getCapabilities()) > 100, [d.name() for d in conn.listAllDomains()],\n" \
               "      conn.isSecure(), conn.getURI() == sys.argv[1])\n"
        for ours in (True, False):
            self.assertEqual(self.run_script(ours, work, uri), "True ['test'] 0 True\n")
        # The program ends with the connection.
        self.assertTrue(until(lambda: not subprocess.run(
            ["pgrep", "-f", str(script)], capture_output=True).stdout))

    def test_a_program_that_fails(self) -> None:
        script = "try: libvirt.open(sys.argv[1])\nexcept libvirt.libvirtError as error: print(error)\n"
        self.assertRegex(self.run_script(True, script, "test+ext:///default?command=/nonexistent"),
                         "/nonexistent")
        self.assertRegex(self.run_script(True, script, "test+ext:///default?command=/bin/false"), ".")
        self.assertRegex(self.run_script(True, script, "test+ext:///default"), "command")


def stop(pid: int) -> None:
    """Returns when every thread has stopped: until one of them sees the signal, the others go on."""
    os.kill(pid, signal.SIGSTOP)
    while any(path.read_text().rpartition(")")[2].split()[0] != "T" for path in Path(f"/proc/{pid}/task").glob("*/stat")):
        time.sleep(0.01)


class Peers(Case):
    """The other side stops, or dies."""

    STOPPED_CLIENT = """
conn = libvirt.open(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
try:
    conn.getLibVersion()
    print("alive")
except libvirt.libvirtError as error:
    print("dead", conn.isAlive())
"""

    def test_a_client_that_stops_is_given_up(self) -> None:
        for ours in (True, False):
            with self.subTest(ours=ours):
                daemon = self.daemon("keepalive_interval = 1\nkeepalive_count = 2\nlog_level = 2\n")
                other = lab.Raw(daemon).open()
                process = self.start(ours, self.STOPPED_CLIENT, daemon.uri())
                assert process.stdin is not None and process.stdout is not None
                self.assertEqual(process.stdout.readline(), "open\n")
                start = time.monotonic()
                process.send_signal(signal.SIGSTOP)
                self.assertTrue(until(lambda: "it does not answer" in daemon.output()))
                print(f"# a stopped client was given up after {time.monotonic() - start:.1f} s")
                self.assertRegex(daemon.output(),
                                 rf"client \d+ \(uid \d+, gid \d+, pid {process.pid}\) is given up")
                # Who does not speak that language is left alone, and served.
                self.assertEqual(other.call(157).status, lab.OK)
                other.socket.close()
                process.send_signal(signal.SIGCONT)
                process.stdin.write("\n")
                process.stdin.flush()
                self.assertEqual(process.stdout.readline(), "dead 0\n")

    STOPPED_DAEMON = """
conn = libvirt.open(sys.argv[1])
reasons = []
conn.registerCloseCallback(lambda conn, reason, opaque: reasons.append(reason), None)
assert conn.setKeepAlive(1, 2) == 0
print("open", flush=True)
sys.stdin.readline()
start = time.time()
failed = []
def wait():
    try: conn.getCapabilities()
    except libvirt.libvirtError as error: failed.append(error)
threads = [threading.Thread(target=wait) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
while not reasons and time.time() < start + 20: time.sleep(0.02)
print(len(failed), reasons == [libvirt.VIR_CONNECT_CLOSE_REASON_KEEPALIVE], conn.isAlive())
print("# a stopped daemon was given up after %.1f s" % (time.time() - start))
"""

    def test_a_daemon_that_stops_is_given_up(self) -> None:
        daemon = self.daemon()
        process = self.start(True, self.STOPPED_DAEMON, daemon.uri())
        assert process.stdin is not None and process.stdout is not None
        self.assertEqual(process.stdout.readline(), "open\n")
        stop(daemon.process.pid)
        try:
            process.stdin.write("\n")
            process.stdin.flush()
            self.assertEqual(process.stdout.readline(), "4 True 0\n")
            print(process.stdout.readline().rstrip())
        finally:
            daemon.process.send_signal(signal.SIGCONT)

    WAITERS = """
conn = libvirt.open(sys.argv[1])
one = conn.lookupByName("one")
messages = []
def wait():
    try: one.info()
    except libvirt.libvirtError as error: messages.append(str(error))
threads = [threading.Thread(target=wait) for _ in range(8)]
for thread in threads: thread.start()
print("waiting", flush=True)
sys.stdin.readline()
for thread in threads: thread.join()
print(len(messages), len(set(messages)), messages[0])
"""

    def test_a_daemon_that_dies_wakes_every_waiter(self) -> None:
        daemon = self.daemon()
        uri = self.node(daemon, "<fault function='DomainGetInfo' delay='60000'/>")
        process = self.start(True, self.WAITERS, uri)
        assert process.stdin is not None and process.stdout is not None
        self.assertEqual(process.stdout.readline(), "waiting\n")
        time.sleep(0.3)
        start = time.monotonic()
        daemon.process.kill()
        process.stdin.write("\n")
        process.stdin.flush()
        line = process.stdout.readline()
        self.assertRegex(line, r"^8 1 .+")
        self.assertLess(time.monotonic() - start, 15)

    HUNG = """
uri = sys.argv[1]
hung, other = libvirt.open(uri), libvirt.open(uri)
one, two = hung.lookupByName("one"), hung.lookupByName("two")
theirs = other.lookupByName("two")
done = []
def hang():
    one.info()
    done.append(True)
def longest(call, count=50):
    took = []
    for _ in range(count):
        start = time.perf_counter()
        call()
        took.append(time.perf_counter() - start)
    return sorted(took)[count // 2] * 1000, max(took) * 1000
quiet = longest(theirs.info)
thread = threading.Thread(target=hang)
thread.start()
time.sleep(0.3)
rows = (("another client, another domain", theirs.info),
        ("another client, the list of domains", other.listAllDomains),
        ("the same client, another domain", two.info),
        ("the same client, another domain's life", lambda: (two.suspend(), two.resume())),
        ("a new client", lambda: libvirt.open(uri).close()))
print("# without a hung call: median %.2f ms, longest %.2f ms" % quiet)
for name, call in rows:
    print("# %s: median %.2f ms, longest %.2f ms" % (name, *longest(call)))
print("held up" if done else "free")
thread.join()
"""

    ASKED = """
conn = libvirt.open(sys.argv[1])
one = conn.lookupByName("one")
print("asking", flush=True)
print("answered", one.info()[0])
"""

    def test_the_end_waits_for_answers(self) -> None:
        """Who asked before the daemon was told to end is answered."""
        daemon = self.daemon()
        uri = self.node(daemon, "<fault function='DomainGetInfo' delay='900' times='1'/>")
        process = self.start(True, self.ASKED, uri)
        assert process.stdout is not None
        self.assertEqual(process.stdout.readline(), "asking\n")
        time.sleep(0.4)
        daemon.process.terminate()
        self.assertEqual(process.stdout.readline(), "answered 1\n")
        self.assertEqual(daemon.process.wait(20), 0)

    def test_a_call_that_hangs_delays_nobody(self) -> None:
        daemon = self.daemon()
        # Calls before it set up a test that measures the quiet state.
        uri = self.node(daemon, "<fault function='DomainGetInfo' delay='15000' after='50' times='1'/>")
        lines = self.run_script(True, self.HUNG, uri).splitlines()
        print("\n".join(lines[:-1]))
        self.assertEqual(lines[-1], "free")


if __name__ == "__main__":
    unittest.main()
