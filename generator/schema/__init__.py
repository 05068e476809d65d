# SPDX-License-Identifier: LGPL-2.1-or-later
"""Document formats: schemas/<format>.xml -> model -> C tables and RELAX NG.

`load` reads and checks every format; `outputs` lists what is generated from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator.schema.emit_c import header, tables
from generator.schema.emit_rng import grammar
from generator.schema.load import load_format
from generator.schema.model import Catalogue, Format
from generator.schema.rules import check
from generator.source import Problems, read

LAYER = "document"


def load(root: Path, problems: Problems) -> tuple[Format, ...]:
    """Read every schemas/*.xml below `root`; what is wrong goes to `problems`."""
    formats = []
    for path in sorted((root / "schemas").glob("*.xml")):
        element = read(path, f"schemas/{path.name}", problems)
        if element is None:
            continue
        described = load_format(element, path.stem, problems)
        if described is not None:
            formats.append(described)
    result = tuple(formats)
    check(result, problems)
    return result


def outputs(formats: Sequence[Format]) -> list[tuple[str, str, Callable[[], str]]]:
    """Relative path, layer and text of every generated file, in a fixed order."""
    catalogue = Catalogue.of(formats)
    table: list[tuple[str, str, Callable[[], str]]] = []
    for one in formats:
        table.append(
            (f"document/{one.name}.h", LAYER, partial(header, one, catalogue))
        )
        table.append(
            (f"document/{one.name}.c", LAYER, partial(tables, one, catalogue))
        )
        if one.root:
            table.append(
                (f"schemas/{one.name}.rng", "schemas", partial(grammar, one, catalogue))
            )
    return table


__all__ = ["Format", "load", "outputs"]
