#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares the transcripts of two libraries; every difference must be explained. Prints TAP.

A row of differences.tsv explains: function, case, what stock did, what we did (patterns), reason.
A row that explains nothing is a failure too, so the list cannot outlive its reasons.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

NO_SUPPORT = "3"


@dataclass
class Row:
    """One explanation, and how many differences it explained."""

    function: str
    case: str
    stock: str
    ours: str
    reason: str
    used: int = 0

    def explains(self, function: str, case: str, stock: str, ours: str) -> bool:
        return (
            fnmatchcase(function, self.function) and fnmatchcase(case, self.case)
            and fnmatchcase(stock, self.stock) and fnmatchcase(ours, self.ours)
        )


@dataclass
class Function:
    """The calls of one function and what became of them."""

    compared: int = 0
    left_out: str = ""
    complaints: list[str] = field(default_factory=list)


def transcript(path: Path) -> dict[tuple[str, str], list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return {(row[0], row[1]): row[2:] for row in rows}


def outcome(cells: list[str]) -> str:
    """Return value, error domain and code in one word."""
    return " ".join(cells[:3])


def fields(cells: list[str]) -> str:
    """The other members of an error: level, which strings it has, and the two numbers."""
    return " ".join(["fields", *cells[3:9]])


def release_key(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


class Comparison:
    def __init__(self, options: argparse.Namespace) -> None:
        self.stock = transcript(options.stock)
        self.ours = transcript(options.ours)
        with options.matrix.open(encoding="utf-8", newline="") as file:
            self.matrix = {row["function"]: row for row in csv.DictReader(file, delimiter="\t")}
        with options.differences.open(encoding="utf-8", newline="") as file:
            self.rows = [Row(*cells) for cells in csv.reader(file, delimiter="\t")][1:]
        self.release = release_key(options.release)
        self.functions = {name: Function() for name in self.matrix}
        self.missing: list[tuple[str, str, str, str]] = []

    def left_out(self, name: str, ours: list[str]) -> str:
        """Why a call cannot be compared, empty when it can."""
        row = self.matrix[name]
        if release_key(row["since"]) > self.release:
            return "newer than the stock library"
        by_driver = row["answered by"] == "driver"
        if by_driver and not row["test"] and (len(ours) > 2 and ours[2] == NO_SUPPORT):
            return "our test driver does not have it"
        return ""

    def run(self) -> None:
        for (name, case), ours in self.ours.items():
            function = self.functions[name]
            why = self.left_out(name, ours)
            stock = self.stock.get((name, case))
            if not why and (stock is None or case == "*"):
                why = ours[0] if case == "*" else "the stock library has no object for it"
            if why:
                function.left_out = why
                continue
            assert stock is not None
            function.compared += 1
            if outcome(stock) != outcome(ours):
                self.judge(function, name, case, (outcome(stock), outcome(ours)), stock, ours)
            elif fields(stock) != fields(ours):
                self.judge(function, name, case, (fields(stock), fields(ours)), stock, ours)

    def judge(self, function: Function, name: str, case: str, differ: tuple[str, str],
              stock: list[str], ours: list[str]) -> None:
        # A crash of ours has no excuse.
        for row in () if ours[0].startswith(("signal", "exit")) else self.rows:
            if row.explains(name, case, *differ):
                row.used += 1
                return
        self.missing.append((name, case, *differ))
        texts = [cells[-1] if len(cells) > 3 else "no error" for cells in (stock, ours)]
        function.complaints.append(
            f"{case}: stock {differ[0]} ({texts[0]}), ours {differ[1]} ({texts[1]})"
        )

    def report(self) -> None:
        print(f"1..{len(self.functions) + len(self.rows)}")
        number = 0
        for name, function in self.functions.items():
            number += 1
            if function.complaints:
                print(f"not ok {number} - {name}")
                for complaint in function.complaints:
                    print(f"#   {complaint}")
            elif function.compared:
                print(f"ok {number} - {name}")
            else:
                print(f"ok {number} - {name} # SKIP {function.left_out or 'never called'}")
        for row in self.rows:
            number += 1
            verdict = "ok" if row.used and row.reason else "not ok"
            print(f"{verdict} {number} - difference {row.function} / {row.case}")
            if not row.used:
                print("#   nothing differs like this any more: remove the row")
        calls = sum(function.compared for function in self.functions.values())
        print(f"# {calls} calls compared, {sum(row.used for row in self.rows)} differences explained"
              f" by {len(self.rows)} rows, {len(self.missing)} unexplained")
        if self.missing:
            print("# make them equal, or print rows to explain with: differential.sh --missing")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--matrix", type=Path, required=True)
    parser.add_argument("--differences", type=Path, required=True)
    parser.add_argument("--release", required=True)
    parser.add_argument("--missing", action="store_true")
    parser.add_argument("stock", type=Path)
    parser.add_argument("ours", type=Path)
    comparison = Comparison(parser.parse_args())
    comparison.run()
    if parser.parse_args().missing:
        for row in comparison.missing:
            print("\t".join((*row, "")))
        return 0
    comparison.report()
    bad = comparison.missing or any(not row.used or not row.reason for row in comparison.rows)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
