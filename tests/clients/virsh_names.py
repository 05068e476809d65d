#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares the names of all commands and options of our virsh and virt-admin with those of installed
stock ones: groups, commands, options, whether an option takes a word or a number, whether it is required, how many
words are taken by position. What we add stands below with its reason, or is newer than stock by the description. Prints TAP."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

SHELL = Path(__file__).resolve().parents[2] / "shell"
BUILD = os.environ.get("VIR_BUILD_DIR", ".")


@dataclass(frozen=True)
class Pair:
    """A shell of ours, the stock one of that name, and a URI that needs no daemon, if there is one."""

    name: str
    ours: str
    stock: str
    uri: str


PAIRS = (
    Pair("virsh", os.environ.get("VIRSH", os.path.join(BUILD, "virsh")),
         os.environ.get("STOCK_VIRSH", "/usr/bin/virsh"), "test:///default"),
    Pair("virt-admin", os.path.join(BUILD, "virt-admin"), "/usr/bin/virt-admin",
         ""),
)

# Options that we have and stock does not.
ADDED_OPTIONS: dict[tuple[str, str], str] = {
    ("*", "output"): "every command that prints facts prints them as JSON, too",
    ("echo", "string"): "stock takes the name, but does not show it",
    ("domstats", "domain"): "stock takes the name, but does not show it",
    ("capabilities", "xpath"): "as for every other document; newer than this stock",
    ("capabilities", "wrap"): "as for every other document; newer than this stock",
    ("domcapabilities", "xpath"): "as for every other document; newer than this stock",
    ("domcapabilities", "wrap"): "as for every other document; newer than this stock",
}

# What is required by stock, and no longer by us.
LOOSER_OPTIONS: dict[tuple[str, str], str] = {
    ("blockresize", "size"): "since 10.0.0 --capacity can stand in its place",
}

# What stock says takes a number, or a word, and we the other way.
OTHER_KINDS: dict[tuple[str, str], str] = {
    ("client-disconnect", "client"): "found as the client of client-info is, which stock says takes a word",
}

OPTION = re.compile(r"^    (\[?)--([A-Za-z0-9-]+)\]?(?: <(string|number)>)?")
TOO_MANY = re.compile(r"unexpected data 'w(\d+)'")


def run(program: str, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
    pair = next(one for one in PAIRS if program in (one.ours, one.stock))
    kept = ({"LD_LIBRARY_PATH", "LIBVIRT_DRIVER_DIR", "LIBVIRT_MODULE_DIR"}
            if program == pair.stock else set())
    environment = {key: value for key, value in os.environ.items() if key not in kept}
    environment["LC_ALL"] = "C"
    return subprocess.run(
        [program, *(["-c", pair.uri] if pair.uri else []), *words],
        capture_output=True, text=True, input=text, env=environment, timeout=60,
    )


def groups(program: str) -> dict[str, list[str]]:
    """The commands of every group, by the keyword of the group."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in run(program, "help").stdout.splitlines():
        if match := re.match(r" .*\(help keyword '([\w-]+)'\)", line):
            current = found.setdefault(match.group(1), [])
        elif match := re.match(r"    ([a-z][a-z0-9-]*) ", line):
            current.append(match.group(1))
    return found


def synopses(program: str, commands: list[str]) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Of each command its synopsis, and its options with the kind of their value."""
    text = run(program, ";".join(f"help {name}" for name in commands)).stdout
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for part in re.split(r"^  NAME\n", text, flags=re.MULTILINE)[1:]:
        name = part.split()[0]
        synopsis = part.split("  SYNOPSIS\n", 1)[1].split("\n", 1)[0].strip()
        options = []
        if "  OPTIONS\n" in part:
            for line in part.split("  OPTIONS\n", 1)[1].splitlines():
                if match := OPTION.match(line):
                    options.append((match.group(2), match.group(3) or "flag"))
        found[name] = (synopsis, options)
    return found


def required(synopsis: str, option: str) -> bool:
    return re.search(rf"(?<!\[)<{re.escape(option)}>(?!\])", synopsis) is not None or (
        re.search(rf"(?<!\[)--{re.escape(option)} <", synopsis) is not None
    )


def positions(program: str, commands: list[str]) -> dict[str, int | None]:
    """How many words each command takes by position; None: any number. One shell is asked about all of them, and
    nothing is ever run: the last word is an option that does not exist."""
    words = " ".join(f"w{number}" for number in range(1, 41))
    lines = [f"echo --err MARK {name}\n{name} {words} --no-such-option\n" for name in commands]
    said = run(program, text="".join(lines)).stderr
    found: dict[str, int | None] = {}
    for part in said.split("MARK ")[1:]:
        match = TOO_MANY.search(part)
        found[part.split()[0]] = int(match.group(1)) - 1 if match else None
    return found


def release(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


@cache
def newer(stock: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The commands and the options that the description says are newer than this release."""
    commands, options = set(), set()
    for path in sorted(SHELL.glob("*.xml")):
        for command in ElementTree.parse(path).getroot().iter("command"):
            name = command.get("name", "")
            if release(command.get("since", "0")) > release(stock):
                commands.add(name)
            options |= {(name, option.get("name", "")) for option in command.iter("option")
                        if release(option.get("since", "0")) > release(stock)}
    return commands, options


def allowed(pair: Pair, command: str, option: str) -> bool:
    return ((command, option) in newer(stock_release(pair))[1]
            or ("*", option) in ADDED_OPTIONS or (command, option) in ADDED_OPTIONS)


@cache
def stock_release(pair: Pair) -> str:
    return run(pair.stock, "--version").stdout.strip()


def differences(pair: Pair, command: str, ours: tuple[str, list[tuple[str, str]]],
                stock: tuple[str, list[tuple[str, str]]]) -> list[str]:
    out = []
    mine, theirs = dict(ours[1]), dict(stock[1])
    out += [f"no option --{name}" for name in theirs if name not in mine]
    out += [f"additional option --{name}" for name in mine
            if name not in theirs and not allowed(pair, command, name)]
    for name, kind in theirs.items():
        if name in mine and mine[name] != kind and (command, name) not in OTHER_KINDS:
            out.append(f"--{name} takes {mine[name]}, not {kind}")
        if (name in mine and required(ours[0], name) != required(stock[0], name)
                and (command, name) not in LOOSER_OPTIONS):
            out.append(f"--{name} is required in one of them only")
    return out


class Tap:
    """Numbered cases."""

    def __init__(self) -> None:
        self.count = 0
        self.failed = False

    def case(self, what: str, problems: list[str]) -> None:
        self.count += 1
        self.failed = self.failed or bool(problems)
        for line in problems:
            print(f"# {line}")
        print(f"{'not ' if problems else ''}ok {self.count} - {what}")


def compare(pair: Pair, tap: Tap) -> None:
    if not os.access(pair.stock, os.X_OK):
        tap.count += 1
        print(f"ok {tap.count} - {pair.name} # SKIP no stock one at {pair.stock}")
        return
    mine, theirs = groups(pair.ours), groups(pair.stock)
    commands = [name for names in theirs.values() for name in names]
    ours, stock = synopses(pair.ours, commands), synopses(pair.stock, commands)
    problems = []
    for keyword, names in theirs.items():
        missing = set(names) - set(mine.get(keyword, []))
        extra = set(mine.get(keyword, [])) - set(names) - newer(stock_release(pair))[0]
        problems += [f"group {keyword} has no {name}" for name in sorted(missing)]
        problems += [f"group {keyword} has {name}, too" for name in sorted(extra)]
    tap.case(f"the groups of {pair.name} and their commands", problems)
    have, want = positions(pair.ours, commands), positions(pair.stock, commands)
    tap.case(f"all commands of {pair.name} are asked about positions",
             [] if have.keys() == want.keys() == set(commands) else [str(set(commands) ^ have.keys())])
    for name in commands:
        found = (differences(pair, name, ours[name], stock[name]) if name in ours
                 else ["is missing"])
        if name not in ("help", "quit", "exit") and have.get(name) != want.get(name):
            found.append(f"takes {have.get(name)} words by position, not {want.get(name)}")
        tap.case(f"the options of {pair.name} {name}", [f"{name}: {line}" for line in found])


def main() -> int:
    tap = Tap()
    for pair in PAIRS:
        compare(pair, tap)
    print(f"1..{tap.count}")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
