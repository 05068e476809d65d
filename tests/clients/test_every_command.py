# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every command of virsh with every option, through daemons: Debian's virsh on our daemon, our virsh on Debian's.

Each line of shell_lines.py is typed to a virsh connected to a daemon and to the same virsh with the same driver in
its own process, on a fresh host each time; both have to say the same. Debian's programs are as they come: which
library a process has loaded is read from its memory map.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "daemon"))

import lab
import shell_lines
import virsh_every
from gate import Gate
from shell_lines import Line

OLDER = Path(__file__).parent / "older_library.py"
STOCK_VIRSH = "/usr/bin/virsh"
OUR_VIRSH = str(lab.BUILD / ".libs" / "virsh")
SANITIZED = os.environ.get("VIR_SANITIZERS", "no") != "no"
INSIDE = "test:///default"
READ_ONLY = "read only access prevents"
#: Nothing of the kind is on the test host, or the test hypervisor cannot do it.
WITHOUT = {
    "qemu-monitor-command": "no QEMU", "qemu-agent-command": "no QEMU",
    "domsetlaunchsecstate": "no protection of guests", "cpu-baseline": "no models of CPUs", "cpu-compare": "no models of CPUs",
    "hypervisor-cpu-baseline": "no models of CPUs", "hypervisor-cpu-compare": "no models of CPUs",
    "domjobabort": "no job is under way", "migrate-postcopy": "no migration is under way", "blockcommit": "no chain of images",
    "setvcpu": "no CPU to unplug", "update-memory-device": "no memory device", "net-update": "no such part to add",
    "allocpages": "no such size of pages", "managedsave-define": "another document than the saved one",
    "save-image-define": "another document than the saved one",
}
#: What the test hypervisor has not.
UNSUPPORTED = "not supported by the connection driver"
#: A table or fields, which a program should not have to read as text: lines of dashes, columns, names with values.
FACTS = re.compile(r"^-{4,}$|^\S.*\S {2,}\S|^[\w .-]+: +\S|^\S+=\S", re.MULTILINE)
#: What looks like that and is no fact of the host.
NO_FACTS = {"help": "how commands are used", "echo": "what was typed",
            "domxml-to-native": "a configuration of another program"}
#: How Debian's virsh, which is older than ours, refuses a command or option that it does not know.
UNKNOWN = re.compile(r"doesn't support option|unknown command")
#: What does not go through the gate, because it carries open files along.
DIRECT = {"dom-fd-associate"}
#: Commands that open another connection by what they are for.
SECOND_CONNECTION = {
    "migrate": "the other host is another connection",
    "connect": "the case connects to the host of this process",
}
#: So many lines go to one process.
BATCH = 30
#: The stock daemon answers first and lets go of a connection then: the next one may still find its guests.
AGAIN = 5
#: What the stock daemon does otherwise than the library on which it stands.
STOCK_DAEMON = {"freepages": "says that a call failed that gave nothing back"}
#: Where Debian's virsh, by its own work, does otherwise than ours: a part of the line, and why.
SHELLS = {
    "help": "the sentences are ours", "echo --err": "stock says nothing about nothing",
    "event --list": "younger kinds of events", "net-event --list": "younger kinds of events",
    "nodecpustats --percent": "stock divides by nothing when no time has passed",
    "dump --domain test --file dumped --memory-only": "stock tries the older function first",
    "nodedev-list": "stock tries older functions then",
    "nwfilter-list": "stock tries older functions then", "nwfilter-binding-list": "stock tries older functions then",
    "change-media": "stock looks at the source before the drive",
}
LIMIT = 120 if SANITIZED else 20
#: Long calls of the stock virsh (save, dump) hang now and then, on its own library as well.
TRIES = 6
#: Moments, and what names the folder or the way to the host.
BLURS = tuple((re.compile(pattern, re.MULTILINE), better) for pattern, better in (
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "DATE"), (r"\b1[78]\d{8}(\.\d+)?s?\b", "EPOCH"),
    (r"\(Time: [\d.]+ ms\)", "(Time: T)"), (r"<uuid>[-0-9a-f]+</uuid>", "<uuid/>"),
    (r"^test\+\w+://\S*$", "URI"), (r"^test:///default$", "URI"),
    (r"\"uri\": \"test\S*", "URI"), (r"^Autostart Once: .*$", ""),
    # stock names options in another way where one is missing
    (r"requires (<(\w+)>|--(\w+)) option", "requires an option"),
    # times that pass, and what grows with them
    (r"\b\d+\.\d{3,}(e-\d+)?|\b\d(\.\d+)?e-\d+", "N"), (r"\b\d{11,}\b", "N"),
    (r"(\b(cpu|vcpu\.\d)\.(time|user|system)\"?[:=] ?)\d+", r"\1N"),
    (r"(cpu_time|vcpu_time|user_time|system_time|cur)(\"?[:=] ?)\d+", r"\1\2N"), (r"\d\d:\d\d:\d\d", "TIME"),
    (r"(CPU time: +|\w+ (?:rd|wr|rx|tx)_\w+ |\"(?:rd|wr|rx|tx)_\w+\": )[\d.]+s?", r"\1N"),
    (r"((?:block|net)\.\d\.(?:rd|wr|rx|tx|fl)\.\w+\"?[:=] ?)\d+", r"\1N"),
    (r"^((?:unused|available|usable|rss|disk_caches|last_update|actual) )\d+", r"\1N"),
    (r"(\"(?:unused|available|usable|rss|disk_caches|last-update|last_update)\": )\d+", r"\1N"),
    (r"(balloon\.\w+\"?[:=] ?)\d+", r"\1N"),
    (r"(library: libvirt|TEST|\"(?:library|api)\":) \"?[\d.]+", r"\1 V"), (r"(\w+ errs|\"errs\":) \d+", r"\1 N"),
    # a flag that needs another is refused by the library, each in its words
    (r"[Ff]lag '(\w+)' (?:in \w+ requires flag '(\w+)'|is required by flag '(\w+)')", "flag"),
    (r"\"nanoseconds\": \d+", "N"),
    # how far a job is when somebody looks
    (r"[\n\r]*[A-Z][A-Za-z ]+: \[ *[\d.]+ %\]", "\n"), (r"\n+", "\n"),
))


@dataclass(frozen=True)
class Way:
    """A program, the library it has to find, and what it connects to."""

    program: str
    environment: dict[str, str]
    library: Path
    uri: str
    words: str = ""


class Stopped(Exception):
    """A program ended before its lines did."""


def folder_with_documents(place: Path) -> Path:
    place.mkdir()
    for name, text in shell_lines.DOCUMENTS.items():
        (place / name).write_text(text, encoding="utf-8")
    (place / "home").mkdir()
    return place


def loaded(pid: int) -> str:
    """The path of the libvirt that a process has loaded."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            if line.rpartition("/")[2].startswith("libvirt.so.0"):
                return line[line.index("/"):]
        time.sleep(0.005)
    return "none"


def typed(lines: list[Line], uri: str) -> str:
    """The lines, each on a fresh host, with marks on both outputs."""
    out = []
    for number, line in enumerate(lines):
        out += ["echo @@before", "echo --err @@before", f"connect {uri}", *line.before]
        out += [f"echo @@{number}", f"echo --err @@{number}", line.words]
    return "\n".join([*out, "echo @@end", "echo --err @@end", "quit", ""])


def blurred(text: str, folder: Path) -> str:
    text = text.replace(str(folder), "FOLDER")
    for pattern, better in BLURS:
        text = pattern.sub(better, text)
    return text


def pieces(text: str, prefix: str) -> dict[str, str]:
    """What was said after each mark and before the next line's connection."""
    found = re.split(rf"{prefix}@@(\w+)\n", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2]))


def say(way: Way, lines: list[Line]) -> list[str]:
    """What a program says about each line."""
    with tempfile.TemporaryDirectory(prefix="virsay") as name:
        folder = folder_with_documents(Path(name) / "folder")
        environment = {**way.environment, "HOME": str(folder / "home"), "EDITOR": "true", "LC_ALL": "C.UTF-8",
                       "TERM": "dumb"}
        with subprocess.Popen([way.program, "-c", way.uri], cwd=folder, env=environment, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            try:
                found = loaded(process.pid)
                assert Path(found).resolve().parent == way.library.resolve(), f"{way.program} loaded {found}"
                out, error = process.communicate(typed(lines, f"{way.words} {way.uri}"), LIMIT)
            finally:
                process.kill()
        # What is typed is shown again behind the prompt.
        out = re.sub(r"^virsh [#>] .*\n?", "", out, flags=re.MULTILINE)
        shown, complained = pieces(out, "^"), pieces(blurred(error, folder), "error: ")
        if "end" not in shown:
            raise Stopped(f"{way.program} on {way.uri} stopped ({process.returncode}): {out[-300:]} {error[-300:]}")
        return [f"{blurred(unechoed(shown[str(number)].strip(), line), folder)}\n--\n{complained[str(number)].strip()}"
                for number, line in enumerate(lines)]


def unechoed(text: str, line: Line) -> str:
    """Without the end of a long line, which is all that is shown of what is typed."""
    first, _, rest = text.partition("\n")
    return rest if first.startswith("<") and line.words.endswith(first[-8:]) else text


def patient(way: Way, lines: list[Line]) -> list[str]:
    """The same, by a program that may hang."""
    for _ in range(TRIES - 1 if way.program == STOCK_VIRSH else 0):
        try:
            return say(way, lines)
        except subprocess.TimeoutExpired:
            continue
    return say(way, lines)


def older(way: Way, lines: list[Line]) -> list[str | None]:
    """The same, on a library that is older than the program: None where it stops for a function that is not there."""
    found: list[str | None] = []
    for start in range(0, len(lines), BATCH):
        batch = lines[start:start + BATCH]
        try:
            found += say(way, batch)
        except Stopped:
            for line in batch:
                try:
                    found += say(way, [line])
                except Stopped:
                    found.append(None)
    return found


def transcript(way: Way, lines: list[Line]) -> list[str]:
    """What a program says about all lines; one process at a time, for the host of a daemon is one for all."""
    batches = [lines[start:start + BATCH] for start in range(0, len(lines), BATCH)]
    return [said for batch in batches for said in patient(way, batch)]


def inside(environment: dict[str, str]) -> dict[str, str]:
    """The environment in which ./run starts programs, on our library."""
    shown = subprocess.run(lab.ours("env", "-0"), env=environment, capture_output=True, text=True, check=True)
    return dict(entry.split("=", 1) for entry in shown.stdout.split("\0") if "=" in entry)


class EveryCommand(unittest.TestCase):
    """`here` is in the program itself, `there` behind a daemon."""

    lines: list[Line]
    daemon: lab.Daemon
    ours: dict[str, str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.lines = shell_lines.lines()
        cls.daemon = lab.Daemon(tcp=True)
        cls.addClassCleanup(cls.daemon.stop)
        cls.ours = inside(lab.PLAIN)

    def ways(self, daemon: lab.Daemon) -> dict[str, str]:
        """The URIs of both transports."""
        return {transport: daemon.uri(transport=transport) for transport in ("unix", "tcp")}

    def compare(self, here: Way, one: list[str], there: Way, lines: list[Line], again: int = 0) -> list[str]:
        """Behind a daemon the same is said as `one` here, at least when both are asked `again`; what was said."""
        two = transcript(there, lines)
        for line, first, second in zip(lines, one, two, strict=True):
            for _ in range(again):
                if first == second:
                    break
                time.sleep(0.05)
                first, second = patient(here, [line])[0], patient(there, [line])[0]
            if first != second and not (there.program == STOCK_VIRSH and UNKNOWN.search(second)):
                with self.subTest(line="; ".join((*line.before, line.words))):
                    self.fail("\n".join(difflib.unified_diff(first.splitlines(), second.splitlines(), "here", there.uri,
                                                             n=0, lineterm="")))
        return two

    @unittest.skipUnless(os.access(STOCK_VIRSH, os.X_OK), "no stock virsh")
    def test_stock_virsh_on_our_daemon(self) -> None:
        here = Way(OUR_VIRSH, self.ours, lab.BUILD / ".libs", INSIDE)
        same = [line for line in self.lines if not any(line.words.startswith(part) for part in SHELLS)]
        ways = {transport: Way(STOCK_VIRSH, lab.PLAIN, stock_folder(), uri)
                for transport, uri in self.ways(self.daemon).items()}
        one = transcript(here, same)
        for there in ways.values():
            known = [text for text in self.compare(here, one, there, same) if not UNKNOWN.search(text)]
            self.assertGreater(len(known), 1000)
        # What the shells make of an answer differs for the others; the answers have to come both ways.
        rest = [line for line in self.lines if line not in same]
        self.assertEqual(*(transcript(there, rest) for there in ways.values()))

    @unittest.skipIf(lab.Stock.missing(), lab.Stock.missing())
    def test_our_virsh_on_the_stock_daemon(self) -> None:
        stock = lab.Stock('auth_unix_rw = "none"\nauth_unix_ro = "none"\n', tcp=True)
        self.addCleanup(stock.stop)
        self.assertEqual(Path(loaded(stock.pid)).resolve().parent, stock_folder().resolve())
        # Functions that are newer than that library are missing; of those nothing can be compared.
        folder = tempfile.mkdtemp(prefix="virolder")
        self.addCleanup(shutil.rmtree, folder)
        virsh = str(Path(folder) / "virsh")
        subprocess.run([sys.executable, "-B", str(OLDER), OUR_VIRSH, virsh], check=True)
        here = Way(virsh, {**lab.PLAIN, "LD_LIBRARY_PATH": str(stock_folder()),
                           "ASAN_OPTIONS": "detect_leaks=0"}, stock_folder(), INSIDE)
        lines = [line for line in self.lines if line.command not in STOCK_DAEMON]
        said = older(here, lines)
        known = [line for line, text in zip(lines, said, strict=True) if text is not None]
        self.assertGreater(len(known), 1000)
        one = [text for text in said if text is not None]
        for uri in self.ways(stock).values():
            self.compare(here, one, Way(OUR_VIRSH, self.ours, lab.BUILD / ".libs", uri), known, AGAIN)

    def test_our_virsh_on_our_daemon(self) -> None:
        here = Way(OUR_VIRSH, self.ours, lab.BUILD / ".libs", INSIDE)
        said = self.compare(here, transcript(here, self.lines), replace(here, uri=self.daemon.uri()), self.lines)
        # The comparison says something: nearly every command has a line that succeeds.
        done = {line.command for line, text in zip(self.lines, said, strict=True)
                if text.endswith("--\n") or UNSUPPORTED in text}
        missing = {line.command for line in self.lines} - done - WITHOUT.keys()
        self.assertLess(len(missing), 20, f"these never succeeded: {sorted(missing)}")
        for line, text in zip(self.lines, said, strict=True):
            shown = text.rpartition("\n--\n")[0]
            if not line.facts and line.command not in NO_FACTS and not shown.startswith("<"):
                self.assertNotRegex(shown, FACTS, f"'{line.words}' prints facts and has no --output json")

    def test_cases_over_one_connection(self) -> None:
        """The cases of virsh_every.txt end as they do without a daemon; no command has more than one connection."""
        gate = Gate(self.daemon.folder / "gate", self.daemon.path)
        self.addCleanup(gate.listener.close)
        for case in virsh_every.cases():
            commands = set(case.commands)
            path = self.daemon.path if DIRECT & commands else gate.path
            with self.subTest(case=case.script):
                wrong, _ = virsh_every.run(case, f"test+unix:///default?socket={path}")
                self.assertEqual(wrong, "")
                most = gate.since()
                if not SECOND_CONNECTION.keys() & commands:
                    self.assertLessEqual(most, 1, "connections at the same time")

    def test_read_only(self) -> None:
        """The read-only socket gives what a read-only connection gives: the same answers and refusals."""
        socket = self.daemon.uri().replace("libvirt-sock", "libvirt-sock-ro")
        here = Way(OUR_VIRSH, self.ours, lab.BUILD / ".libs", INSIDE, "--readonly")
        said = self.compare(here, transcript(here, self.lines), replace(here, uri=socket), self.lines)
        self.assertGreater(len([text for text in said if text.endswith("--\n")]), 300)
        # Nor does a client get more that does not call itself read-only.
        refused = [line for line, text in zip(self.lines, said, strict=True) if READ_ONLY in text]
        self.assertGreater(len(refused), 300)
        for line, text in zip(refused, transcript(replace(here, uri=socket, words=""), refused), strict=True):
            self.assertFalse(text.endswith("--\n"), line)
        if os.access(STOCK_VIRSH, os.X_OK):
            there = Way(STOCK_VIRSH, lab.PLAIN, stock_folder(), socket, "--readonly")
            for line, text in zip(self.lines, transcript(there, self.lines), strict=True):
                self.assertNotRegex(text, "unknown procedure|Unable to (en|de)code|(en|de)coding", line)


def stock_folder() -> Path:
    """Where the libraries of the machine are."""
    listed = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, env=lab.PLAIN).stdout
    found = re.search(r"libvirt\.so\.0 .*=> (\S+)/libvirt", listed)
    return Path(found.group(1)) if found else Path("/usr/lib")


if __name__ == "__main__":
    unittest.main()
