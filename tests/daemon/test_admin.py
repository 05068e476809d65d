# SPDX-License-Identifier: LGPL-2.1-or-later
"""virt-admin and the administration library: ours and stock's, on our daemon and on stock's."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import unittest

import lab

OURS = lab.ours(str(lab.BUILD / "virt-admin"))
STOCK = ["/usr/bin/virt-admin"]

#: Everything but what ends the daemon. CLIENT stands for the number of the client that is there.
LINES = (
    "server-list", "srv-list", "-q server-list",
    "server-threadpool-info libvirtd", "srv-threadpool-info --server libvirtd",
    "server-threadpool-set libvirtd --max-workers 30 --priority-workers 3",
    "server-threadpool-info libvirtd",
    "server-threadpool-set libvirtd", "server-threadpool-set nosuch --min-workers 5",
    "server-threadpool-set libvirtd --min-workers 50 --max-workers 10",
    "server-threadpool-set libvirtd --min-workers x",
    "server-threadpool-info", "server-threadpool-info nosuch",
    "client-list libvirtd", "srv-clients-list libvirtd", "-q client-list libvirtd",
    "client-info libvirtd CLIENT", "client-info libvirtd 99999", "client-info libvirtd x",
    "client-info libvirtd",
    "server-clients-info libvirtd", "srv-clients-info admin",
    "server-clients-set libvirtd", "server-clients-set libvirtd --max-clients 100",
    "server-clients-set libvirtd --max-clients 10 --max-unauth-clients 20",
    "server-clients-info libvirtd",
    "server-update-tls libvirtd",
    "daemon-log-filters", "daemon-log-filters --filters '3:rpc 4:daemon.stream'",
    "daemon-log-filters", "-q daemon-log-filters", "daemon-log-filters ''", "daemon-log-filters",
    "daemon-log-outputs", "daemon-log-outputs --outputs '1:stderr'", "daemon-log-outputs",
    "daemon-log-outputs ''", "daemon-log-outputs", "daemon-log-outputs --outputs '9:x'",
    "daemon-timeout 30", "daemon-timeout --timeout 3000", "daemon-timeout --timeout x",
    "daemon-timeout --timeout 0",
    "uri", "version", "uri; nosuch", "nosuch", "connect", "pwd --bad", "echo --shell a 'b c'",
    "client-disconnect libvirtd 99999", "client-disconnect libvirtd CLIENT",
)

#: What may differ, as a pattern in the output of ours and of stock's, and why.
DIFFERENCES = (
    (r"Compiled against library.*|Using library.*|Running against daemon.*", "versions"),
    (r"(Rec|C)onnected to the admin server", "stock says that it reconnects the first time, too"),
    (r"(?<=mandatory) $", "stock ends one sentence with a blank"),
    (r"error: Unable to parse integer parameter.*\n", "stock says it in two sentences"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4}", "times"),
)
#: The same for lines that one daemon words otherwise, or configures otherwise.
DAEMON_DIFFERENCES = (
    (r"^ \d +(?:admin|libvirtd)$", "stock lists servers in an order that changes from run to run"),
    (r"(?<=Logging filters: ).*|^3:.?rpc.*", "stock shows the patterns that it makes of words"),
    (r"(?<=nclients_max        : ).*", "limits of administrators"),
    (r"(?i)error: (?:Server not found|Client not found): .*", "sentences of the daemon"),
    (r"(?<=error: )internal error: no tls.*|Operation not supported: .*TLS.*", "sentences"),
    (r"(?<=error: )invalid argument: .*9:x.*", "sentences"),
    (r"(?<=nWorkers       : ).*|(?<=freeWorkers    : ).*", "threads start when they are needed"),
)


def uri(daemon: lab.Daemon) -> str:
    return f"libvirtd+unix:///system?socket={daemon.folder}/libvirt-admin-sock"


def shell(program: list[str], daemon: lab.Daemon, line: str) -> subprocess.CompletedProcess[str]:
    quiet = line.startswith("-q ")
    command = [*program, "-c", uri(daemon), *(["-q"] if quiet else []), line[3 * quiet:]]
    environment = lab.PLAIN if program is STOCK else dict(os.environ)
    return subprocess.run(command, capture_output=True, text=True, timeout=60,
                          env={**environment, "LC_ALL": "C"}, stdin=subprocess.DEVNULL)


def in_order(rows: re.Match[str]) -> str:
    """The two rows of a list of servers, by name."""
    space, *names = rows.groups()
    first, second = sorted(names)
    return f" 0{space}{first}\n 1{space}{second}\n"


def transcript(program: list[str], daemon: lab.Daemon, lines: tuple[str, ...]) -> list[str]:
    """Every line with its status and what it printed, without what differs from run to run."""
    with lab.Raw(daemon) as client:
        client.open()
        listed = shell(OURS, daemon, "client-list libvirtd").stdout.splitlines()
        number = listed[-2].split()[0]
        out = []
        for line in lines:
            result = shell(program, daemon, line.replace("CLIENT", number))
            text = f"{result.stdout}\n--\n{result.stderr}"
            text = text.replace(str(daemon.folder), "FOLDER")
            text = re.sub(rf"(?<!\d){number}(?!\d)", "CLIENT", text)
            # A daemon tells its servers in whatever order it keeps them.
            text = re.sub(r"^ 0( +)(\w+)\n 1 +(\w+)\n", in_order, text, flags=re.MULTILINE)
            out.append(f"{line} -> {result.returncode}\n{text}")
        assert client.ended(), "client-disconnect did not disconnect"
    return out


def reduced(texts: list[str], differences: tuple[tuple[str, str], ...]) -> list[str]:
    for pattern, _reason in differences:
        texts = [re.sub(pattern, "", text, flags=re.MULTILINE) for text in texts]
    return texts


class Compare(unittest.TestCase):
    """Byte for byte, but for what is listed above."""

    maxDiff = None

    def setUp(self) -> None:
        if not os.access(STOCK[0], os.X_OK):
            self.skipTest("no stock virt-admin")

    def start(self, kind: type[lab.Daemon]) -> lab.Daemon:
        daemon = kind()
        self.addCleanup(daemon.stop)
        return daemon

    def test_both_shells_on_our_daemon(self) -> None:
        ours = transcript(OURS, self.start(lab.Daemon), LINES)
        stock = transcript(STOCK, self.start(lab.Daemon), LINES)
        self.assertEqual(reduced(ours, DIFFERENCES), reduced(stock, DIFFERENCES))

    def test_our_shell_on_both_daemons(self) -> None:
        if lab.Stock.missing():
            self.skipTest(lab.Stock.missing())
        ours = transcript(OURS, self.start(lab.Daemon), LINES)
        stock = transcript(OURS, self.start(lab.Stock), LINES)
        differences = DIFFERENCES + DAEMON_DIFFERENCES
        self.assertEqual(reduced(ours, differences), reduced(stock, differences))


class Administration(unittest.TestCase):
    """What commands do to a daemon of ours."""

    def setUp(self) -> None:
        self.daemon = lab.Daemon()
        self.addCleanup(self.daemon.stop)

    def run_line(self, line: str) -> str:
        result = shell(OURS, self.daemon, line)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_clients_and_their_identity(self) -> None:
        with lab.Raw(self.daemon, "libvirt-sock-ro") as client:
            client.open()
            (one,) = json.loads(self.run_line("client-list libvirtd --output json"))
            info = json.loads(self.run_line(f"client-info libvirtd {one['id']} --output json"))
            self.assertEqual(info["transport"], "unix")
            self.assertEqual((info["unix_process_id"], info["unix_user_id"], info["readonly"]),
                             (os.getpid(), os.getuid(), True))
            offered = self.run_line("complete -- client-info libvirtd ''").split()
            self.assertEqual(offered, [str(one["id"])])

    def test_facts_of_the_daemon_as_json(self) -> None:
        self.run_line("daemon-log-filters '1:rpc'")
        self.assertEqual(json.loads(self.run_line("daemon-log-filters --output json")), {"filters": "1:rpc"})
        self.assertIn("outputs", json.loads(self.run_line("daemon-log-outputs --output json")))
        self.assertIn(json.loads(self.run_line("uri --output json"))["uri"], self.run_line("uri"))
        versions = json.loads(self.run_line("version --output json"))
        self.assertEqual(versions.keys(), {"compiled", "library", "daemon"})
        self.assertEqual([line.rsplit(" ", 1)[1] for line in self.run_line("version").split("\n") if line],
                         list(versions.values()))

    def test_limits_hold(self) -> None:
        self.run_line("server-clients-set libvirtd --max-clients 2 --max-unauth-clients 1")
        clients = [lab.Raw(self.daemon) for _ in range(3)]
        self.assertEqual(clients[0].call(66).status, lab.OK)
        self.assertEqual(clients[1].call(66).status, lab.OK)
        clients[2].send(66)
        self.assertTrue(clients[2].silent())
        self.run_line("server-clients-set libvirtd --max-clients 3")
        self.assertEqual(clients[2].receive().status, lab.OK)
        for client in clients:
            client.socket.close()

    def test_workers_come_and_go(self) -> None:
        self.run_line("server-threadpool-set libvirtd --min-workers 9 --max-workers 12")
        info = json.loads(self.run_line("server-threadpool-info libvirtd --output json"))
        self.assertEqual((info["minWorkers"], info["nWorkers"]), (9, 9))
        self.run_line("server-threadpool-set libvirtd --min-workers 1 --max-workers 2")
        for _ in range(500):
            info = json.loads(self.run_line("server-threadpool-info libvirtd --output json"))
            if info["nWorkers"] <= 2:
                break
            time.sleep(0.02)
        self.assertLessEqual(info["nWorkers"], 2)

    def test_the_log_changes_while_the_daemon_runs(self) -> None:
        path = self.daemon.folder / "log"
        self.run_line(f"daemon-log-outputs '1:file:{path}'")
        self.run_line("daemon-log-filters 1:daemon.dispatch")
        with lab.Raw(self.daemon) as client:
            client.open()
        text = path.read_text(encoding="utf-8")
        who = rf"client \d+ \(uid {os.getuid()}, gid {os.getgid()}, pid {os.getpid()}\)"
        self.assertRegex(text, rf"debug : ConnectOpen: {who} received ConnectOpen: ")
        self.run_line("daemon-log-filters 4:daemon.dispatch")
        size = path.stat().st_size
        with lab.Raw(self.daemon) as client:
            client.open()
        self.assertNotIn("ConnectOpen", path.read_text(encoding="utf-8")[size:])
        self.assertFalse(shell(OURS, self.daemon, "daemon-log-outputs 1:file:/proc/no/log")
                         .returncode == 0)
        self.assertIn(f"1:file:{path}", self.run_line("daemon-log-outputs"))

    def test_the_timeout(self) -> None:
        self.run_line("daemon-timeout --timeout 1")
        self.assertEqual(self.daemon.process.wait(20), 0)

    def test_the_end(self) -> None:
        self.assertNotEqual(shell(OURS, self.daemon, "daemon-shutdown --preserve").returncode, 0)
        self.assertIsNone(self.daemon.process.poll())
        self.run_line("daemon-shutdown")
        self.assertEqual(self.daemon.process.wait(20), 0)

    def test_without_a_daemon(self) -> None:
        result = subprocess.run([*OURS, "-c", "libvirtd:///system?socket=/nonexistent", "uri"],
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, r"^error: Failed to connect to the admin server\nerror: .*"
                                        r"/nonexistent")
        for word in ("--help", "help", "-V"):
            result = subprocess.run([*OURS, word], capture_output=True, text=True, timeout=60)
            self.assertEqual(result.returncode, 0)
            self.assertIn("irt-admin", result.stdout)

    def test_at_the_prompt(self) -> None:
        result = subprocess.run([*OURS, "-c", uri(self.daemon)], capture_output=True, text=True,
                                timeout=60, input="server-list\nquit\n")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("Welcome to virt-admin", result.stdout)
        self.assertIn("libvirtd", result.stdout)

    def test_the_completion_of_bash(self) -> None:
        if shutil.which("bash") is None:
            self.skipTest("no bash")
        script = lab.BUILD / "gen/completion/virt-admin"
        if not script.exists():
            script = lab.SOURCE / "gen/completion/virt-admin"

        def complete(*words: str) -> list[str]:
            command = ('. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                       '_virt_admin_complete; printf "%s\\n" "${COMPREPLY[@]}"')
            result = subprocess.run(
                lab.ours("bash", "-c", command, "bash", str(script),
                         str(lab.BUILD / "virt-admin"), *words),
                capture_output=True, text=True, timeout=60)
            return str(result.stdout).split()

        self.assertEqual(complete("--conn"), ["--connect"])
        self.assertEqual(complete("server-thr"), ["server-threadpool-info", "server-threadpool-set"])
        self.assertEqual(complete("-c", uri(self.daemon), "server-clients-info", ""),
                         ["admin", "libvirtd"])
        self.assertEqual(complete("server-clients-set", "x", "--max"),
                         ["--max-clients", "--max-unauth-clients"])


if __name__ == "__main__":
    unittest.main()
