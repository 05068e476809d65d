# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python: enum classes, type stubs, and the classes of libvirt.aio."""

from __future__ import annotations

import re

from .. import model, naming
from ..model import Kind, ListMode, ReturnKind, Shape
from ..text import banner, join_paragraphs
from . import plan
from .plan import Answer, Form, Method, Part
from .python import (
    Argument, arguments, constants, default_text, in_module, module_of, name_of,
)

_NUMBERS = frozenset({Kind.INT, Kind.UINT, Kind.INT64, Kind.UINT64, Kind.ENUM, Kind.FLAGS, Kind.BOOL,
                      Kind.EVENT_ID, Kind.FD})


# --- what comes back --------------------------------------------------------------------------------


def _scalar(api: model.Api, type_: model.TypeRef) -> str:
    if type_.kind in _NUMBERS:
        return "int"
    match type_.kind:
        case Kind.DOUBLE:
            return "float"
        case Kind.STRING | Kind.UUID_STRING:
            return "str"
        case Kind.UUID | Kind.BYTES:
            return "bytes"
        case Kind.OBJECT:
            return naming.python_class(api, type_.name)
        case _:
            return "Any"


def _result(api: model.Api, method: Method, part: Part) -> str:
    p = part.parameter
    many = p.list is not ListMode.NO
    if p.type.kind is Kind.PARAMS:
        return "list[dict[str, Any]]" if len(p.count) == 2 else "dict[str, Any]"
    if p.type.kind is Kind.RECORD:
        form = plan.record_form(api.record(p.type.name), p)
        one = {Form.MAP: "dict[str, Any]", Form.LIST: "list[Any]"}.get(form, "tuple[Any, ...]")
        if form is Form.KEYED:
            return "dict[str, Any]"
        return f"list[{one}]" if many else one
    if p.type.kind is Kind.BITMAP:
        if many:
            return "list[tuple[bool, ...]]"
        return "tuple[bool, ...]" if p.stride else "list[bool]"
    if many and len(p.count) == 2:
        return "dict[int, dict[int, int]]"
    one = _scalar(api, p.type)
    return f"list[{one}]" if many else one


def returned(api: model.Api, method: Method) -> str:
    """The annotation of what a function gives."""
    returns = method.function.returns
    values = []
    if method.answer is Answer.VALUE:
        value = {ReturnKind.STRING: "str", ReturnKind.COUNT: "int", ReturnKind.BOOL: "int"}.get(returns.kind)
        if value is None:
            assert returns.type is not None
            value = "tuple[Any, ...] | None" if returns.type.kind is Kind.RECORD else _scalar(api, returns.type)
        values.append(value)
    values += [_result(api, method, part) for part in method.results]
    if method.answer is Answer.FOUND:
        return values[0] if values[0] == "int" else f"{values[0]} | int"
    if not values:
        return "int"
    if method.form is Form.MAP:
        return "dict[str, Any]"
    if method.form is Form.TUPLE:
        return f"tuple[{', '.join(values)}]"
    if method.form is Form.LIST:
        return "Any" if any(part.parameter.nullable for part in method.results) and method.answer is Answer.VALUE \
            else "list[Any]"
    return values[0]


def _declared(given: list[Argument], own: bool) -> str:
    rows = ["self"] if own else []
    rows += [f"{a.name}: {a.type}" + (f" = {default_text(a)}" if a.default is not None else "") for a in given]
    return ", ".join(rows)


def _doc(text: str, indent: str) -> str:
    plain = text[:1].upper() + text[1:]
    escaped = plain.replace("\\", "\\\\").replace('"""', "'''")
    return f'{indent}"""{escaped}."""\n'


# --- stubs ------------------------------------------------------------------------------------------

_IMPORTS = """\
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol

"""

_HEAD = """\
class HasFileno(Protocol):
    def fileno(self) -> int: ...

class libvirtError(Exception):
    err: tuple[int, int, str, int, str, str, str, int, int] | None
    def __init__(self, defmsg: str) -> None: ...
    def get_error_code(self) -> int | None: ...
    def get_error_domain(self) -> int | None: ...
    def get_error_message(self) -> str | None: ...
    def get_error_level(self) -> int | None: ...
    def get_str1(self) -> str | None: ...
    def get_str2(self) -> str | None: ...
    def get_str3(self) -> str | None: ...
    def get_int1(self) -> int | None: ...
    def get_int2(self) -> int | None: ...

def virEventInvokeFreeCallback(opaque: Any) -> None: ...
"""


def _ancestors(api: model.Api, item: model.Object) -> list[model.Object]:
    found = []
    while item.parent:
        item = api.object(item.parent)
        found.append(item)
    return found


def _class(api: model.Api, item: model.Object, methods: list[Method]) -> str:
    name = naming.python_class(api, item.name)
    own = [m for m in methods if m.owner == item.name and not in_module(api, m)]
    rows = [f"    def __init__(self, parent: Any = None, _obj: {name} | None = None) -> None: ...\n",
            f"    def __enter__(self) -> {name}: ...\n",
            "    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,"
            " trace: TracebackType | None) -> None: ...\n",
            "    def c_pointer(self) -> int: ...\n"]
    taken = {name_of(api, m) for m in own}
    for above in _ancestors(api, item):
        word = above.name[:1].lower() + above.name[1:]
        if word not in taken:
            rows.append(f"    def {word}(self) -> {naming.python_class(api, above.name)}: ...\n")
    for m in own:
        rows.append(f"    def {name_of(api, m)}({_declared(arguments(api, m), True)}) -> {returned(api, m)}: ...\n")
    return f"class {name}:\n{''.join(rows)}"


def stub(api: model.Api, module: str) -> str:
    """The .pyi of one module."""
    methods = [m for m in plan.methods(api) if module_of(api, m) == module]
    blocks = [_HEAD] if module == "libvirt" else []
    for home in api.modules:
        if naming.python_module(home.library) == module:
            blocks += [_class(api, item, methods) for item in home.objects]
    blocks.append("".join(
        f"def {name_of(api, m)}({_declared(arguments(api, m), False)}) -> {returned(api, m)}: ...\n"
        for m in methods if in_module(api, m)))
    blocks.append("".join(
        f"{name}: {'str' if isinstance(value, str) else 'int'}\n"
        for home_, name, value in constants(api) if home_ == module))
    if module == "libvirt":
        blocks.append("".join(f"from .enums import {e.name} as {e.name}\n" for e in api.enums))
    text = join_paragraphs(blocks)
    foreign = [naming.python_class(api, o.name) for home in api.modules for o in home.objects
               if naming.python_module(home.library) != module]
    used = [name for name in ("HasFileno", *foreign) if module != "libvirt" and re.search(rf"\b{name}\b", text)]
    imports = f"from libvirt import {', '.join(used)}\n\n" if used else ""
    return banner("api.xml and api/*.xml", "hash") + _IMPORTS + imports + text


# --- enums ------------------------------------------------------------------------------------------


def _member(name: str) -> str:
    return f"V{name}" if name[:1].isdigit() else name


def enums(api: model.Api) -> str:
    """libvirt/enums.py: a class for each enum and set of flags; its values are the constants."""
    blocks = []
    for e in api.enums:
        rows = "".join(f"    {_member(v.name)} = {v.value}\n" for v in e.values)
        base = "IntFlag" if e.flags else "IntEnum"
        text = e.doc.plain.rstrip(".")
        blocks.append(f"class {e.name}({base}):\n{_doc(text or e.name, '    ')}\n{rows or '    pass'}")
    return (banner("api.xml and api/*.xml", "hash") + '"""The constants of the API, as classes."""\n\n'
            + "from enum import IntEnum, IntFlag\n\n\n" + "\n\n\n".join(b.strip("\n") for b in blocks) + "\n")


# --- asyncio ----------------------------------------------------------------------------------------


def _aio_types(api: model.Api, text: str) -> str:
    """The same annotation with the classes of libvirt.aio."""
    for item in sorted(api.objects, key=lambda o: -len(o.name)):
        text = text.replace(naming.python_class(api, item.name), item.name)
    return text


def _aio_class(api: model.Api, item: model.Object, methods: list[Method]) -> str:
    name = naming.python_class(api, item.name)
    rows = []
    for m in methods:
        if m.owner != item.name or in_module(api, m):
            continue
        given = arguments(api, m)
        spelled = name_of(api, m)
        declared = _aio_types(api, _declared(given, True))
        passed = "".join(f", {a.name}" for a in given)
        rows.append(f"    async def {spelled}({declared}) -> {_aio_types(api, returned(api, m))}:\n"
                    + _doc(m.function.brief.plain, "        ")
                    + f"        answer: {_aio_types(api, returned(api, m))} = "
                    f"await self._call(libvirt.{name}.{spelled}{passed})\n        return answer\n")
    body = "\n".join(rows)
    return f"class {item.name}(Handle):\n" + _doc(item.doc.plain.rstrip("."), "    ") + "\n" + body


def aio(api: model.Api) -> str:
    """libvirt/aio.py: every function that awaits its answer."""
    methods = [m for m in plan.methods(api) if module_of(api, m) == "libvirt"]
    items = [o for module in api.modules if module.library == "libvirt" for o in module.objects]
    blocks = [_aio_class(api, item, methods) for item in items]
    opens = []
    for m in methods:
        if m.function.shape is Shape.OPEN:
            given = arguments(api, m)
            passed = "".join(f", {a.name}" for a in given)
            opens.append(
                f"async def {name_of(api, m)}({_aio_types(api, _declared(given, False))}) -> Connect:\n"
                + _doc(m.function.brief.plain, "    ")
                + f"    return Connect(await start(libvirt.{name_of(api, m)}{passed}))\n")
    table = "".join(f"    libvirt.{naming.python_class(api, o.name)}: {o.name},\n" for o in items)
    return (
        banner("api.xml and api/*.xml", "hash")
        + '"""The API for asyncio: every function is awaited, and nothing blocks the loop."""\n\n'
        "from __future__ import annotations\n\n"
        "from collections.abc import Callable, Mapping, Sequence\n"
        "from typing import Any\n\n"
        "import libvirt\n"
        "from libvirt._aio import Handle, HasFileno, know, start\n"
        "from libvirt._aio import events as events\n\n\n"
        + "\n\n\n".join(b.strip("\n") for b in blocks + opens)
        + f"\n\n\nknow({{\n{table}}})\n")
