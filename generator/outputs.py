# SPDX-License-Identifier: LGPL-2.1-or-later
"""The one table of outputs: path below gen/, layer, and the emitter that makes its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import config, model, naming, schema, shell, site, wire
from .bindings import emit_c as binding_calls
from .bindings import python, python_types
from .emit import (
    access, access_checks, contract, describe, differential, entry, event_cases, event_counts, events,
    faults, headers, objects, serve_program, state_cases, stub_events, stub_records, stubs, symbols,
    tables, vtable, wire_c, wire_objects, wire_samples, wire_x,
)
from .load import load as load_api
from .rules import check
from .shell.model import Shell
from .source import Problems

INDEX = "api.xml"


@dataclass(frozen=True)
class Specification:
    """Everything the generator reads."""

    api: model.Api
    formats: tuple[schema.Format, ...]
    shells: tuple[Shell, ...]
    settings: tuple[config.Settings, ...]
    material: site.Material


@dataclass(frozen=True)
class Output:
    path: str
    layer: str
    render: Callable[[], str]


def load(root: Path, index: str = INDEX) -> Specification:
    """Read and judge the whole specification; raises with every problem found.

    A small one, for a test, may have neither formats nor a shell nor settings.
    """
    problems = Problems()
    api = load_api(root, index, problems)
    formats = schema.load(root, problems)
    commands = shell.load(root, problems, api)
    settings = config.load(root, problems)
    material = site.load(root, problems)
    if api is not None and not problems.found:
        check(api, problems)
    problems.raise_if_any()
    assert api is not None
    return Specification(api, formats, commands, settings, material)


def _entry_layer(library: str) -> str:
    return "entry" + library.removeprefix("libvirt").replace("-", "_")


def api_outputs(api: model.Api) -> list[Output]:
    """What comes from api.xml and api/."""
    table = [
        Output(f"include/libvirt/{name}", "include", partial(headers.render, api, name))
        for name in headers.headers(api)
    ]
    table += [
        Output("include/libvirt/libvirt.h", "include", partial(headers.umbrella, api)),
        Output("runtime/objects.h", "runtime", partial(objects.header, api)),
        Output("runtime/objects.c", "runtime", partial(objects.source, api)),
        Output("runtime/tables.h", "runtime", partial(tables.header, api)),
        Output("runtime/tables.c", "runtime", partial(tables.source, api)),
        Output("runtime/events.h", "runtime", partial(events.header, api)),
        Output("runtime/events.c", "runtime", partial(events.source, api)),
        Output("runtime/local.h", "runtime", partial(entry.locals_header, api)),
        Output("runtime/phases.h", "runtime", partial(entry.phases_header, api)),
        Output("driver/vtable.h", "driver", partial(vtable.header, api)),
    ]
    for driver in api.drivers:
        table += [
            Output(f"driver/{driver.name}.h", "driver", partial(vtable.driver_header, api, driver)),
            Output(f"driver/{driver.name}.c", f"driver_{driver.name}",
                   partial(vtable.driver_source, api, driver)),
        ]
        if driver.faults:
            path = f"driver/{driver.name}_faults.c"
            table.append(Output(path, f"driver_{driver.name}", partial(faults.source, api, driver)))
    table += [
        Output(f"entry/{module.name}.c", _entry_layer(module.library),
               partial(entry.source, api, module))
        for module in api.modules
        if module.functions or entry.phases(module)
    ]
    for library in api.libraries:
        table += [
            Output(f"symbols/{library}.syms", "symbols", partial(symbols.script, api, library)),
            Output(f"api/{library}-api.xml", "api", partial(describe.render, api, library)),
        ]
    table += [
        Output("tests/event_cases.c", "tests", partial(event_cases.source, api)),
        Output("tests/event_counts.h", "event_counts", partial(event_counts.source, api)),
        Output("tests/contract/fixture.h", "contract", partial(contract.fixture, api)),
        Output("tests/contract/makers.c", "contract", partial(contract.makers, api)),
        Output("tests/contract/index.c", "contract", partial(contract.index, api, api.drivers)),
    ]
    table += [
        Output(f"tests/contract/driver_{driver.name}.c", "contract", partial(contract.driver, api, driver))
        for driver in api.drivers
    ]
    table += [
        Output(f"tests/contract/{module.name}.c", "contract", partial(contract.source, api, module))
        for module in contract.tested(api)
    ]
    table += [
        Output(f"tests/differential/{module.name}.c", "differential",
               partial(differential.source, api, module))
        for module in contract.tested(api)
    ]
    table.append(Output("tests/state_cases.c", "states", partial(state_cases.source, api)))
    table.append(Output("tests/differential/index.c", "differential", partial(contract.index, api)))
    table += access_outputs(api)
    table.append(Output("api/permissions.tsv", "api", partial(tables.permissions, api)))
    table.append(Output("api/support.tsv", "api", partial(tables.support, api)))
    return table


def access_outputs(api: model.Api) -> list[Output]:
    """What asks whether a client of the daemon may."""
    table = [
        Output("access/permissions.h", "access", partial(access.header, api)),
        Output("access/permissions.c", "access", partial(access.source, api)),
        Output("access/checks.h", "access", partial(access.told_header, api)),
        Output("polkit/org.libvirt.api.policy", "polkit", partial(access.policy, api)),
    ]
    table += [
        Output(f"access/{group}.c", "access", partial(access_checks.source, api, group))
        for group in access.groups_of(api)
    ]
    return table


def wire_outputs(api: model.Api) -> list[Output]:
    """The protocol: what both ends share, and its text for rpcgen."""
    derivation = wire.derive(api)
    table = []
    for program in derivation.programs:
        table += [
            Output(f"wire/{program.name}.h", "wire", partial(wire_c.header, derivation, program)),
            Output(f"wire/{program.name}.c", "wire", partial(wire_c.source, derivation, program)),
            Output(f"wire/{program.name}_protocol.x", "protocol",
                   partial(wire_x.render, derivation, program)),
        ]
        if program.source.library:
            table.append(Output(f"wire/{program.name}_objects.h", "wire",
                                partial(wire_objects.header, api, program)))
    for program in derivation.programs:
        if program.source.library:
            table += [
                Output(f"daemon/{program.name}.h", "daemon", partial(serve_program.header, program)),
                Output(f"daemon/{program.name}.c", "daemon",
                       partial(serve_program.source, derivation, program)),
            ]
    table.append(Output("tests/wire_samples.c", "samples", partial(wire_samples.source, derivation)))
    if api.remote is not None:
        table += stub_outputs(derivation, api.remote)
    return table


def stub_outputs(derivation: wire.Derivation, driver: model.Driver) -> list[Output]:
    """The remote driver: its tables, and the stubs of each module."""
    table = [
        Output("remote/remote.h", "remote", partial(stubs.header, derivation, driver)),
        Output("remote/remote.c", "remote", partial(stubs.tables, derivation, driver)),
        Output("remote/events.c", "remote", partial(stub_events.source, derivation)),
    ]
    table += [
        Output(f"remote/{program.name}_convert.h", "remote",
               partial(stub_records.header, derivation, program))
        for program in derivation.programs
        if program.procedures and program.structures
    ]
    table += [
        Output(f"remote/{module}.c", "remote", partial(stubs.source, derivation, driver, module))
        for module in stubs.modules(derivation, driver)
    ]
    return table


def binding_outputs(api: model.Api) -> list[Output]:
    """What the bindings share, and what each language has of its own."""
    table = [
        Output("bindings/calls.c", "bindings", partial(binding_calls.source, api)),
        Output("bindings/python.c", "python_c", partial(python.source, api)),
        Output("bindings/python/libvirt/__init__.pyi", "python_package", partial(python_types.stub, api, "libvirt")),
        Output("bindings/python/libvirt/enums.py", "python_package", partial(python_types.enums, api)),
        Output("bindings/python/libvirt/aio.py", "python_package", partial(python_types.aio, api)),
    ]
    for library in api.libraries:
        name = naming.python_module(library)
        if name != "libvirt":
            table.append(Output(f"bindings/python/{name}.pyi", "python_stubs", partial(python_types.stub, api, name)))
    return table


def outputs(specification: Specification) -> list[Output]:
    """Every generated file, in a fixed order."""
    table = api_outputs(specification.api)
    table += wire_outputs(specification.api)
    table += binding_outputs(specification.api)
    table += [Output(*row) for row in schema.outputs(specification.formats)]
    table += [Output(*row) for row in config.outputs(specification.settings)]
    table += [Output(*row) for row in shell.outputs(specification.shells, specification.api)]
    table += [Output(*row) for row in site.outputs(
        specification.api, specification.formats, specification.shells, specification.material)]
    return table


def makefile(table: list[Output]) -> str:
    """gen/files.mk: the outputs of each layer as make variables."""
    layers: dict[str, list[str]] = {}
    for output in table:
        layers.setdefault(output.layer, []).append(output.path)
    out = "# SPDX-License-Identifier: LGPL-2.1-or-later\n"
    out += "# The files the generator writes, per layer; `python3 -m generator files` prints this.\n"
    for layer, paths in sorted(layers.items()):
        rows = " \\\n".join(f"\tgen/{path}" for path in paths)
        out += f"\nGEN_{layer.upper()} = \\\n{rows}\n"
    return out
