# SPDX-License-Identifier: LGPL-2.1-or-later
"""The differential test: the same calls for any library with this interface, found by name.

The program prints one line per call; tests/contract/compare_transcripts.py compares two transcripts.
"""

from __future__ import annotations

import re

from .. import model, naming, plan
from ..cases import Case, Form, Writer, cases, member
from ..model import Kind, ReturnKind
from ..text import banner, c_string, join_paragraphs
from . import release
from .contract import table

# Handles that the program insists on.
_CERTAIN = frozenset({"conn", "domain", "network"})


def _macro(lowered: plan.Lowered) -> str:
    """How the result of a function is told."""
    returns = lowered.function.returns
    if returns.kind is ReturnKind.NONE:
        return "DIFFER_VOID"
    return "DIFFER_POINTER" if lowered.returns.endswith(("*", "Ptr")) else "DIFFER_NUMBER"


def _handles(api: model.Api, function: model.Function) -> list[str]:
    """The members of the fixture a right call needs."""
    names = [] if function.self is None else [function.self.type]
    names += [p.type.name for p in function.parameters if p.type.kind is Kind.OBJECT
              and p.direction is model.Direction.IN]
    if function.shape in (model.Shape.LOOKUP, model.Shape.LOOKUP_STRING) and any(
            p.type.kind in (Kind.UUID, Kind.UUID_STRING) for p in function.parameters):
        assert function.returns.type is not None
        names.append(function.returns.type.name)
    return list(dict.fromkeys(member(api.object(name)) for name in names))


def _line(api: model.Api, lowered: plan.Lowered, case: Case, handles: list[str], free: str) -> str:
    arguments = Writer(api, lowered, case).arguments()
    call = f"{_macro(lowered)}(f, {c_string(case.name)}, {free}, call({', '.join(arguments)}));"
    needed = any(re.search(rf"f->\w+\.{handle}\b", a) for a in arguments for handle in handles)
    return f"    if (ready)\n        {call}" if needed else f"    {call}"


def _function(api: model.Api, function: model.Function) -> str:
    lowered = plan.lower(api, function)
    name = naming.function(api, function.name)
    handles = [m for m in _handles(api, function) if m not in _CERTAIN]
    ready = " && ".join(f"differReady(f, {c_string(m)}, f->rw.{m})" for m in handles)
    # What a freed handle does elsewhere is not defined.
    free, text = release.function(api, lowered)
    lines = [_line(api, lowered, case, handles, free) for case in cases(api, lowered)
             if not case.has(Form.FREED)]
    declared = f"    bool ready = call && {ready};\n" if handles else ""
    return (text + "\n\n" if text else "") + (
        f"static void\ndiffer{function.name}(Contract *f)\n{{\n"
        f"    typeof(&{name}) call = differFunction({c_string(name)});\n{declared}\n"
        "    if (!call)\n        return;\n" + "\n".join(lines) + "\n}"
    )


def source(api: model.Api, module: model.Module) -> str:
    """The calls of one module's functions."""
    blocks = [f'#include <libvirt/{module.header}>\n#include <libvirt/virterror.h>',
              '#include <stdlib.h>\n#include <unistd.h>',
              '#include "contract/differential.h"']
    blocks += [_function(api, function) for function in module.functions]
    rows = "".join(
        f"    {{ {c_string(naming.function(api, f.name))}, differ{f.name} }},\n"
        for f in module.functions
    )
    blocks.append(f"const ContractFunction {table(module)}[] = {{\n{rows}    {{ NULL, NULL }},\n}};")
    purpose = f"/* Calls of the functions of api/{module.name}.xml, for comparison. */\n\n"
    return banner(f"api/{module.name}.xml") + purpose + join_paragraphs(blocks)
