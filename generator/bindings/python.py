# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python: names, arguments and constants, as tables for the runtime in bindings/python."""

from __future__ import annotations

from dataclasses import dataclass

from .. import model, naming
from ..model import Kind, ListMode, Shape
from ..text import banner, c_string, join_paragraphs
from . import plan
from .plan import Method, Part, Role


@dataclass(frozen=True)
class Argument:
    """An argument of a Python function: the index of its part, or what it stands for."""

    name: str
    part: int           # IGNORED and NUMBERS are no parts
    default: str | None # as the plan says it
    type: str           # annotation


IGNORED = -1
NUMBERS = -2


def module_of(api: model.Api, method: Method) -> str:
    return naming.python_module(api.module_of(method.function).library)


def in_module(api: model.Api, method: Method) -> bool:
    """Whether it is a function of a module: without an object, or in a library of its own without classes."""
    library = api.module_of(method.function).library
    homeless = not any(o.name == method.owner and naming.python_module(m.library) == naming.python_module(library)
                       for m in api.modules for o in m.objects)
    return not method.owner or homeless


def name_of(api: model.Api, method: Method) -> str:
    if in_module(api, method):
        return naming.python_function(api, method.function)
    return naming.python_method(api, method.function)


# --- annotations ----------------------------------------------------------------------------------

_PLAIN = {
    Kind.INT: "int", Kind.UINT: "int", Kind.INT64: "int", Kind.UINT64: "int", Kind.FLAGS: "int",
    Kind.ENUM: "int", Kind.EVENT_ID: "int", Kind.BOOL: "int", Kind.DOUBLE: "float", Kind.STRING: "str",
    Kind.UUID: "bytes", Kind.UUID_STRING: "str", Kind.BYTES: "bytes", Kind.FD: "int", Kind.OPAQUE: "Any",
    Kind.PARAMS: "dict[str, Any]", Kind.CALLBACK: "Callable[..., Any]",
}


def given_type(api: model.Api, method: Method, part: Part) -> str:
    """The annotation of an argument."""
    if part.role is Role.SELF:
        assert method.function.self is not None
        return naming.python_class(api, method.function.self.type)
    p = part.parameter
    kind = part.kind
    if part.role in (Role.ROOM, Role.FIRST):
        return "int"
    if any(q.role is Role.VALUES and q.of == part.name for q in method.parts):
        return "Mapping[int, int]"
    match kind:
        case Kind.OBJECT:
            one = naming.python_class(api, p.type.name)
        case Kind.RECORD:
            one = "Sequence[Any]"
        case Kind.BITMAP:
            one = "Sequence[bool]"
        case Kind.PARAMS:
            one = "Mapping[str, Any]"
        case Kind.FD:
            one = "int | HasFileno"
        case Kind.BYTES:
            one = "bytes | bytearray | memoryview | str"
        case _:
            one = _PLAIN[kind]
    if p.list is not ListMode.NO and kind is not Kind.PARAMS:
        one = f"Sequence[{one}]"
    return f"{one} | None" if p.nullable or part.default == "none" else one


def arguments(api: model.Api, method: Method) -> list[Argument]:
    """The arguments of a Python function, in order."""
    found = []
    shown = list(method.arguments)
    if in_module(api, method) and method.function.self is not None and not method.moved:
        shown.insert(0, method.parts[0])
    bundled = False
    for part in method.parts:
        if part.role is Role.LENGTH and naming.spelled(method.function, "python", part.name):
            shown.insert(shown.index(method.part(part.of)) + 1, part)
    for part in shown:
        if method.bundle and part.name != "flags" and part.role is Role.GIVEN:
            if not bundled:
                found.append(Argument(method.bundle, NUMBERS, "none", "Mapping[str, int] | None"))
            bundled = True
            continue
        name = naming.python_argument(method.function, part.name)
        if part.role is Role.LENGTH:
            found.append(Argument(name, IGNORED, "none", "int | None"))
        else:
            found.append(Argument(name, method.index(part.name), part.default, given_type(api, method, part)))
    return in_order(found)


def in_order(found: list[Argument]) -> list[Argument]:
    """What must be given cannot stand behind what need not."""
    last = max((i for i, a in enumerate(found) if a.default is None), default=-1)
    return [Argument(a.name, a.part, None if i < last else a.default, a.type) for i, a in enumerate(found)]


def default_text(argument: Argument) -> str:
    if argument.default is None:
        return ""
    return "None" if argument.default == "none" else argument.default


def signature(api: model.Api, method: Method) -> str:
    """As inspect.signature() reads it."""
    own = [] if in_module(api, method) else ["$self"]
    rest = [a.name + (f"={default_text(a)}" if a.default is not None else "") for a in arguments(api, method)]
    return f"({', '.join(own + rest)})"


# --- tables ---------------------------------------------------------------------------------------


def constants(api: model.Api) -> list[tuple[str, str, int | str]]:
    """Module, name and value of every constant: of enums, sentinels, keys and plain limits."""
    by_module: dict[str, dict[str, int | str]] = {}
    for module in api.modules:
        found = by_module.setdefault(naming.python_module(module.library), {})
        found.update(_constants(api, module))
    return [(home, *row) for home, found in by_module.items() for row in sorted(found.items())]


def _constants(api: model.Api, module: model.Module) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for e in module.enums:
        for v in e.values:
            found[f"{e.prefix}{v.name}"] = v.value
        if e.last:
            top = max((v.value for v in e.values), default=-1) + 1
            found[f"{e.prefix}{e.last}"] = e.last_value if e.last_value is not None else top
    for s in module.paramsets:
        for k in s.keys:
            found[f"{s.prefix}{k.name}"] = k.string
    for limit in module.limits:
        if limit.value.isdigit():
            found.setdefault(naming.constant(api, limit.name), int(limit.value))
    return found


def _arguments(api: model.Api, number: int, method: Method) -> str:
    given = arguments(api, method)
    rows = "".join(
        f"    {{{c_string(a.name)}, {a.part}, {c_string(a.default) if a.default is not None else 'NULL'}}},\n"
        for a in given)
    return f"static const pyArgument arguments{number}[] = {{\n{rows}}};\n" if rows else ""


def _row(api: model.Api, number: int, method: Method, owners: dict[str, int]) -> str:
    given = arguments(api, method)
    owner = -1 if in_module(api, method) else owners[method.owner]
    close = "true" if method.function.shape is Shape.CLOSE else "false"
    return (
        f"    {{{c_string(module_of(api, method))}, {owner}, {c_string(name_of(api, method))}, {number}, "
        f"{f'arguments{number}' if given else 'NULL'}, {len(given)},\n"
        f"     {c_string(signature(api, method))}, {close}}},\n")


def loop_function(api: model.Api) -> str:
    """The function that takes an event loop: nothing but callbacks."""
    return next((name_of(api, m) for m in plan.methods(api)
                 if len(m.parts) > 1 and all(p.role is Role.GIVEN and p.kind is Kind.CALLBACK for p in m.parts)), "")


def source(api: model.Api) -> str:
    """gen/bindings/python.c."""
    methods = list(plan.methods(api))
    owners = {o.name: i for i, o in enumerate(api.objects)}
    homes = {o.name: naming.python_module(m.library) for m in api.modules for o in m.objects}
    constant_rows = "".join(
        f"    {{{c_string(home)}, {c_string(name)}, "
        f"{f'0, {c_string(value)}' if isinstance(value, str) else f'{value}LL, NULL'}}},\n"
        for home, name, value in constants(api))
    classes = "".join(
        f"    {{{c_string(homes[o.name])}, {c_string(naming.python_class(api, o.name))}}},\n" for o in api.objects)
    rows = "".join(_row(api, i, m, owners) for i, m in enumerate(methods))
    return banner("api.xml and api/*.xml") + "\n" + join_paragraphs([
        '#include "runtime.h"',
        "".join(_arguments(api, i, m) for i, m in enumerate(methods)),
        f"const pyMethodTable pyMethods[] = {{\n{rows}}};\n"
        "const size_t pyMethodCount = sizeof(pyMethods) / sizeof(pyMethods[0]);",
        f"const pyConstant pyConstants[] = {{\n{constant_rows}}};\n"
        "const size_t pyConstantCount = sizeof(pyConstants) / sizeof(pyConstants[0]);",
        f"const pyClass pyClasses[] = {{\n{classes}}};",
        f"const char pyLoopFunction[] = {c_string(loop_function(api))};",
    ])
