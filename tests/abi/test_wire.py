# SPDX-License-Identifier: LGPL-2.1-or-later
"""The protocol that follows from the specification is the ledger's, field by field."""

from __future__ import annotations

import csv
import os
import re
import sys
import unittest
from functools import cache
from pathlib import Path

SOURCE = Path(os.environ["VIR_SOURCE_DIR"])
sys.path.insert(0, str(SOURCE))

from generator import naming, outputs, wire  # noqa: E402
from generator.emit.wire_x import Spelling  # noqa: E402

FACTS = SOURCE.parent / "shared" / "facts"
Row = tuple[str, ...]


@cache
def derivation() -> wire.Derivation:
    return wire.derive(outputs.load(SOURCE).api)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ledger(kind: str) -> list[Row]:
    return [tuple(row.values())[1:] for row in table(SOURCE / "tests/abi/wire.tsv") if row["kind"] == kind]


def fields() -> list[Row]:
    """program, structure, number, member, type of everything derived."""
    result: dict[tuple[str, str, str], Row] = {}
    for program in derivation().programs:
        spelling = Spelling(derivation(), program)
        for structure in program.structures:
            for number, member in enumerate(structure.members, 1):
                type_, suffix = spelling.type(member)
                text = f"{type_} {suffix}".strip()
                row = (program.name, structure.spelled, str(number), member.name, text)
                result[row[:3]] = row
    return list(result.values())


def procedures() -> list[Row]:
    result = []
    for program in derivation().programs:
        for p in program.procedures:
            name = f"{program.name.upper()}_PROC_{p.spelled.upper()}"
            structures = " ".join(s.spelled if s else "-" for s in (p.args, p.ret))
            priority = "high" if p.high else "low"
            result.append((program.name, name, str(p.number), structures,
                           f"{p.direction} {priority} {p.stream or '-'}"))
    return result


class Ledger(unittest.TestCase):
    def same(self, expected: list[Row], found: list[Row]) -> None:
        self.assertEqual(sorted(set(expected) - set(found)), [], "in the ledger, not derived")
        self.assertEqual(sorted(set(found) - set(expected)), [], "derived, not in the ledger")

    def test_programs(self) -> None:
        found = [(p.name, "", "", f"0x{p.source.number:08x}", str(p.source.version))
                 for p in derivation().programs if p.source.number is not None]
        self.same(ledger("program"), found)

    def test_limits(self) -> None:
        found = [(p.name, "", "", naming.wire_constant(l.program, l.name), str(l.value))
                 for p in derivation().programs for l in p.limits]
        self.same(ledger("limit"), found)

    def test_enums(self) -> None:
        owners = {"MessageType": "net", "MessageStatus": "net", "AuthType": "remote", "DriverFeature": "remote"}
        found = [
            (owners[e.name], naming.wire_type(owners[e.name], naming.wire_words(e.name, "")), "",
             e.prefix + v.name, str(v.value))
            for e in derivation().api.wire_enums for v in e.values
        ]
        self.same(ledger("enum"), found)

    def test_procedures(self) -> None:
        self.assertEqual(len(ledger("procedure")), 483)
        self.same(ledger("procedure"), procedures())

    def test_fields(self) -> None:
        self.assertGreater(len(ledger("field")), 1500)
        self.same(ledger("field"), fields())

    def test_lists_are_sorted_by_number(self) -> None:
        for program in derivation().programs:
            numbers = [p.number for p in program.procedures]
            self.assertEqual(numbers, sorted(set(numbers)))


@unittest.skipUnless(FACTS.is_dir(), "the tables of facts are not beside this checkout")
class Facts(unittest.TestCase):
    """The tables the ledger came from, where they are at hand."""

    def test_structures(self) -> None:
        found = {row[1:4] : row[4] for row in fields()}
        unknown = 0
        for row in table(FACTS / "wire_structs.tsv"):
            if row["kind"] != "struct" or row["struct"].endswith("_typed_param"):
                continue
            type_ = found.get((row["struct"], row["order"], row["field"]))
            if "unknown" in row["xdr_type"]:
                unknown += 1
                continue
            self.assertEqual(type_, row["xdr_type"], f"{row['struct']}.{row['field']}")
        self.assertLessEqual(unknown, 1)

    def test_procedures(self) -> None:
        found = {(row[0], row[2]): row for row in procedures()}
        rows = table(FACTS / "procedures.tsv")
        self.assertEqual(len(rows), len(found))
        for row in rows:
            made = found[row["program"], row["proc_number"]]
            self.assertEqual(made[1], row["proc_constant"])
            self.assertEqual(made[3], f"{row['args_struct'] or '-'} {row['ret_struct'] or '-'}")
            if row["priority"] in ("high", "low"):
                self.assertEqual(made[4].split()[1], row["priority"], made[1])
            self.assertEqual(made[4].split()[2], re.sub(":.*", "", row["stream"]) or "-", made[1])

    def test_features(self) -> None:
        feature = next(e for e in derivation().api.wire_enums if e.name == "DriverFeature")
        found = {(feature.prefix + v.name, str(v.value)) for v in feature.values}
        rows = table(FACTS / "driver_features.tsv")
        self.assertEqual(found, {(row["feature"], row["value"]) for row in rows})

    def test_permissions_and_access(self) -> None:
        by_number = {(p.program, str(p.number)): p
                     for program in derivation().programs for p in program.procedures}
        for row in table(FACTS / "procedures.tsv"):
            function = by_number[row["program"], row["proc_number"]].function
            if function is None or row["readonly_forbidden"] not in ("yes", "no"):
                continue
            if function.shape.value in ("open", "close", "runtime"):
                continue
            expected = "write" if row["readonly_forbidden"] == "yes" else "read"
            self.assertEqual(function.access, expected, function.name)


if __name__ == "__main__":
    unittest.main()
