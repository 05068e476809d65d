# SPDX-License-Identifier: LGPL-2.1-or-later
"""The call of a function as a program writes it."""

from __future__ import annotations

from .. import model, naming, plan
from ..model import Direction, Kind, ListMode, ReturnKind
from ..text import c_call

_FAILED = {
    ReturnKind.STATUS: "{} < 0",
    ReturnKind.COUNT: "{} < 0",
    ReturnKind.BOOL: "{} < 0",
    ReturnKind.OBJECT: "!{}",
    ReturnKind.STRING: "!{}",
}


def _is_local(parameter: plan.CParameter) -> bool:
    """Whether the example declares a variable that the call fills in."""
    source = parameter.source
    if source is None or source.direction is not Direction.OUT or not parameter.type.endswith("*"):
        return False
    if parameter.role == "count":
        return True
    return source.list is ListMode.ALLOC or (source.list is ListMode.NO and source.type.kind not in (
        Kind.BYTES, Kind.BITMAP, Kind.UUID, Kind.UUID_STRING, Kind.OPAQUE))


def _variable(api: model.Api, parameter: plan.CParameter) -> tuple[str, str]:
    """What the example declares, and the argument made of it."""
    base = parameter.type.removesuffix("*").rstrip()
    space = "" if base.endswith("*") else " "
    start = " = NULL" if base.endswith(("*", "Ptr")) else " = 0"
    return f"    {base}{space}{parameter.name}{start};\n", f"&{parameter.name}"


def _record(api: model.Api, parameter: plan.CParameter) -> tuple[str, str] | None:
    """A record that the caller provides is a variable of the example, too."""
    source = parameter.source
    if (source is None or parameter.role != "value" or source.direction is not Direction.OUT
            or source.type.kind is not Kind.RECORD or source.list is not ListMode.NO):
        return None
    name = naming.typedef(api, api.record(source.type.name).typedef)
    return f"    {name} {parameter.name} = {{ 0 }};\n", f"&{parameter.name}"


def _release(api: model.Api, lowered: plan.Lowered, result: str) -> str:
    """How what the call returned is given back."""
    returns = lowered.function.returns
    if returns.kind is ReturnKind.STRING and returns.transfer == "full":
        return f"    free({result});\n"
    if returns.kind is ReturnKind.OBJECT and returns.type is not None:
        free = f"{returns.type.name}Free"
        if any(f.name == free for f in api.functions) and returns.transfer != "none":
            return f"    {naming.function(api, free)}({result});\n"
    return ""


def in_c(api: model.Api, function: model.Function) -> str:
    """A function that makes the call and gives back what the call hands over."""
    lowered = plan.lower(api, function)
    declared, arguments, taken = "", [], []
    for parameter in lowered.parameters:
        made = _record(api, parameter)
        if made is None and _is_local(parameter):
            made = _variable(api, parameter)
        if made is None:
            taken.append(parameter.declaration)
            arguments.append(parameter.name)
            continue
        declared += made[0]
        arguments.append(made[1])
    name = naming.function(api, function.name)
    result = "returned" if any(p.name == "result" for p in lowered.parameters) else "result"
    out = c_call(f"static int\nexample{function.name}", taken or ["void"], "\n{\n") + declared
    if lowered.returns == "void":
        return out + c_call(f"    {name}", arguments, ";\n") + "    return 0;\n}\n"
    failed = _FAILED.get(function.returns.kind)
    call = c_call(f"    {lowered.returns}{'' if lowered.returns.endswith('*') else ' '}{result} = {name}",
                  arguments, ";\n\n")
    if failed is None:
        failed = f"{{}} == {lowered.failed}"
    out += call + f"    if ({failed.format(result)}) {{\n"
    out += '        fprintf(stderr, "%s\\n", virGetLastErrorMessage());\n        return -1;\n    }\n'
    return out + _release(api, lowered, result) + "    return 0;\n}\n"
