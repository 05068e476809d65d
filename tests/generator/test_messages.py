#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every message that the generator has for a wrong specification is provoked by one of its tests."""

import ast
import sys
import types
import unittest
import unittest.mock
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "generator")]

from generator import explain, source  # noqa: E402

import test_config  # noqa: E402
import test_guides  # noqa: E402
import test_language  # noqa: E402
import test_rules  # noqa: E402
import test_schema  # noqa: E402
import test_shell  # noqa: E402

#: The tests that judge small specifications; those of the whole one find nothing.
CASES = (
    test_config.Descriptions, test_guides.Index, test_language, test_rules.Rules, test_schema.Rules, test_shell.Descriptions,
)
Site = tuple[str, int, int, str]


def is_message(node: ast.AST, in_rules: bool) -> bool:
    """Whether a statement reports a problem: problems.add(...), or a finding that a rule yields."""
    if not isinstance(node, ast.Expr):
        return False
    if in_rules and isinstance(node.value, ast.Yield):
        return True
    call = node.value
    return (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
            and call.func.attr == "add" and ast.unparse(call.func.value).endswith("problems"))


def sites() -> list[Site]:
    """File, first and last line of every statement that reports a problem, and its text."""
    found: list[Site] = []
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if is_message(node, path.name == "rules.py"):
                last = node.end_lineno or node.lineno
                found.append((str(path), node.lineno, last, ast.unparse(node)))
    return found


class Lines:
    """Which lines of some files run."""

    def __init__(self, files: set[str]) -> None:
        self.files = files
        self.seen: set[tuple[str, int]] = set()

    def trace(self, frame: types.FrameType, event: str, _argument: object) -> object:
        name = frame.f_code.co_filename
        if name not in self.files:
            return None
        self.seen.add((name, frame.f_lineno))
        return self.trace


class Messages(unittest.TestCase):
    def test_each_is_provoked(self) -> None:
        every = sites()
        self.assertGreater(len(every), 150)
        lines = Lines({site[0] for site in every})
        suite, loader = unittest.TestSuite(), unittest.TestLoader()
        for case in CASES:
            if isinstance(case, type):
                suite.addTests(loader.loadTestsFromTestCase(case))
            else:
                suite.addTests(loader.loadTestsFromModule(case))
        result = unittest.TestResult()
        ids: set[str] = set()
        add = source.Problems.add

        def listen(problems: source.Problems, where: source.Location, rule: str, text: str) -> None:
            ids.add(rule)
            add(problems, where, rule, text)

        sys.settrace(lines.trace)
        try:
            with unittest.mock.patch.object(source.Problems, "add", listen):
                suite.run(result)
        finally:
            sys.settrace(None)
        self.assertTrue(result.wasSuccessful(), result.failures + result.errors)
        silent = [
            f"{Path(file).relative_to(ROOT)}:{first}: {text}" for file, first, last, text in every
            if not any((file, line) in lines.seen for line in range(first, last + 1))
        ]
        self.assertEqual(silent, [], "no test provokes these messages")
        known = explain.explanations()
        self.assertEqual(ids - set(known), set(), "rules that `explain` does not know")
        self.assertEqual(set(known) - ids, set(), "rules that no test provokes")
        self.assertEqual([rule for rule, text in known.items() if not text], [])


if __name__ == "__main__":
    unittest.main()
