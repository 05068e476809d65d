# SPDX-License-Identifier: LGPL-2.1-or-later
"""Command line of the generator: gen, check, files, diff, ledger, show, new, explain, stats."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from . import explain, inspect_api, outputs, xray
from .compare import Effect, compare
from .load import load as load_api
from .source import Problems, SpecificationError, suggestion
from .text import write_if_changed


def _root(arguments: argparse.Namespace) -> Path:
    return Path(arguments.root) if arguments.root else Path(__file__).resolve().parent.parent


def _load(arguments: argparse.Namespace) -> outputs.Specification:
    if arguments.index:
        index = Path(arguments.index)
        return outputs.load(index.parent, index.name)
    return outputs.load(_root(arguments))


def _gen(arguments: argparse.Namespace) -> int:
    # What is made stays until the end: looking for garbage finds none.
    gc.disable()
    table = outputs.outputs(_load(arguments))
    target = Path(arguments.output)
    for output in table:
        if write_if_changed(target / output.path, output.render()) and arguments.verbose:
            print(output.path)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    _load(arguments)
    return 0


def _files(arguments: argparse.Namespace) -> int:
    sys.stdout.write(outputs.makefile(outputs.outputs(_load(arguments))))
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    problems = Problems()
    old = load_api(Path(arguments.old), outputs.INDEX, problems)
    new = load_api(_root(arguments), outputs.INDEX, problems)
    problems.raise_if_any()
    assert old is not None and new is not None
    changes = compare(old, new)
    for change in changes:
        print(change)
    return 1 if any(change.effect is Effect.BREAKING for change in changes) else 0


def _show(arguments: argparse.Namespace) -> int:
    root = Path(arguments.index).parent if arguments.index else _root(arguments)
    text, near = xray.show(_load(arguments), root, arguments.name)
    if text is None:
        print(f"generator: nothing is called '{arguments.name}'{near}", file=sys.stderr)
        return 1
    sys.stdout.write(text)
    return 0


def _new(arguments: argparse.Namespace) -> int:
    sys.stdout.write(inspect_api.new(_load(arguments).api, arguments.name))
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    known = explain.explanations()
    text = known.get(arguments.rule)
    if text is None:
        print(f"generator: no rule '{arguments.rule}'{suggestion(arguments.rule, known)}",
              file=sys.stderr)
        return 1
    print(text)
    return 0


def _stats(arguments: argparse.Namespace) -> int:
    sys.stdout.write(inspect_api.stats(_load(arguments)))
    return 0


def _ledger(arguments: argparse.Namespace) -> int:
    """Adds what is new to the ledgers; a line that is there already stays, whatever it says."""
    for name, rows in inspect_api.ledgers(_load(arguments).api).items():
        path = Path(arguments.folder) / f"{name}.tsv"
        kept = path.read_text().splitlines() if path.exists() else []
        write_if_changed(path, "".join(f"{row}\n" for row in sorted({*kept, *rows})))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="generator", description="Generate from api.xml.")
    parser.add_argument("--root", help="directory that holds api.xml (default: this checkout)")
    parser.add_argument("--index", help="another index than api.xml, with its own modules beside it")
    commands = parser.add_subparsers(dest="command", required=True)
    gen = commands.add_parser("gen", help="write every output, touching only what changed")
    gen.add_argument("--output", required=True, help="directory to write to")
    gen.add_argument("--verbose", action="store_true", help="name the files that were written")
    gen.set_defaults(run=_gen)
    commands.add_parser("check", help="only judge the specification").set_defaults(run=_check)
    commands.add_parser("files", help="print gen/files.mk").set_defaults(run=_files)
    diff = commands.add_parser("diff", help="classify the changes since another specification")
    diff.add_argument("old", help="directory that holds the older api.xml")
    diff.set_defaults(run=_diff)
    show = commands.add_parser("show", help="show all that stands behind a function, event, type, key or constant")
    show.add_argument("name")
    show.set_defaults(run=_show)
    new = commands.add_parser("new", help="print the element and the hook of a new function")
    new.add_argument("name")
    new.set_defaults(run=_new)
    explain = commands.add_parser("explain", help="explain a rule")
    explain.add_argument("rule")
    explain.set_defaults(run=_explain)
    commands.add_parser("stats", help="count what the specification holds").set_defaults(run=_stats)
    ledger = commands.add_parser("ledger", help="add what is new to the ledgers of a folder")
    ledger.add_argument("folder")
    ledger.set_defaults(run=_ledger)
    arguments = parser.parse_args()
    try:
        return int(arguments.run(arguments))
    except SpecificationError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} problem(s)", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
