# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the site is made from: the specification flattened for readers, and manual pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from .. import model, naming, schema, wire
from ..shell.model import Shell
from . import commands, formats, manpages, matrix, search
from .guides import Guides, Material, load
from .reference import Reference

Output = tuple[str, str, Callable[[], str]]


def outputs(api: model.Api, described: tuple[schema.Format, ...], shells: tuple[Shell, ...],
            material: Material) -> list[Output]:
    """Output path, layer and the function that makes its text."""
    reference = Reference(api, wire.derive(api), shells)
    links = reference.links
    guides = Guides(material, links, api.release)
    table: list[Output] = [
        ("site/reference.xml", "site", reference.render),
        ("site/formats.xml", "site", partial(formats.render, described, api.release, material.examples)),
        ("site/commands.xml", "site", partial(commands.render, api, shells, links)),
        ("site/guides.xml", "site", guides.render),
        ("site/search-index.js", "site", partial(search.render, api, described, shells, guides)),
        ("site/support.csv", "site", partial(matrix.as_csv, reference)),
        ("site/support.json", "site", partial(matrix.as_json, reference)),
    ]
    table += [(f"man/{naming.function(api, function.name)}.3", "man_functions",
               partial(manpages.page, reference, function)) for function in api.functions]
    return table


__all__ = ["Material", "load", "outputs"]
