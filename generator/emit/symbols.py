# SPDX-License-Identifier: LGPL-2.1-or-later
"""Linker version scripts: each public symbol under the node of the release that brought it."""

from __future__ import annotations

from .. import model, naming
from ..text import banner


def nodes(api: model.Api, library: str) -> dict[str, list[str]]:
    """Node name -> sorted symbols, oldest node first."""
    found: dict[tuple[int, ...], tuple[str, list[str]]] = {}

    def add(release: str, symbol: str) -> None:
        key = naming.release_key(release)
        found.setdefault(key, (naming.node(library, release), []))[1].append(symbol)

    for module in api.modules:
        if module.library == library:
            for function in module.functions:
                add(function.symbol, naming.function(api, function.name))
    if library == "libvirt":
        add("0.4.0", "virConnectAuthPtrDefault")
    return {name: sorted(symbols) for _, (name, symbols) in sorted(found.items())}


def _closed(script_: str) -> str:
    """The script with everything hidden that its first node does not name."""
    return script_.replace("\n}", "\nlocal:\n    *;\n}", 1)


def script(api: model.Api, library: str) -> str:
    """The version script; marked internal symbols share one private node."""
    out = banner("api.xml and api/*.xml")
    previous = ""
    for node, symbols in nodes(api, library).items():
        body = "".join(f"    {symbol};\n" for symbol in symbols)
        out += f"\n{node} {{\nglobal:\n{body}}}{' ' + previous if previous else ''};\n"
        previous = node
    if library != api.libraries[0]:
        # No module of the project needs the inside of the smaller libraries.
        return _closed(out)
    private = naming.node(library, api.release).replace("_" + api.release, "_PRIVATE_" + api.release)
    out += f"\n{private} {{\nglobal:\n    vir*;\n    local*;\nlocal:\n    *;\n}} {previous};\n"
    return out
