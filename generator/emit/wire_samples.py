# SPDX-License-Identifier: LGPL-2.1-or-later
"""A test of the codec: the sample of every structure as C, beside the bytes that it must become.

The bytes are the generator's own (wire/sample.py), so `show` prints what really travels.
"""

from __future__ import annotations

from .. import naming
from ..text import banner, c_string, join_paragraphs
from ..wire import Derivation, Form, Kind, Member, Structure
from ..wire.sample import Param, Samples, Value, encoded
from .wire_c import item_type

_PARAM_MEMBERS = {"INT": "i", "UINT": "ui", "LLONG": "l", "ULLONG": "ul", "DOUBLE": "d",
                  "BOOLEAN": "b", "STRING": "s"}


def _bytes(data: bytes) -> str:
    return ", ".join(f"0x{byte:02x}" for byte in data)


def _item(item: int | float | str | bytes | Param | tuple[Value, ...]) -> str:
    """The initializer of one item."""
    if isinstance(item, tuple):
        return f"{{ {', '.join(_member(value) for value in item)} }}"
    if isinstance(item, Param):
        text = isinstance(item.value, str)
        value = f"(char *) {c_string(str(item.value))}" if text else str(item.value)
        return (f"{{ .field = {c_string(item.name)}, .type = VIR_TYPED_PARAM_{item.type}, "
                f".value = {{ .{_PARAM_MEMBERS[item.type]} = {value} }} }}")
    if isinstance(item, str):
        return f"(char *) {c_string(item)}"
    if isinstance(item, bytes):
        return f"{{ {_bytes(item)} }}"
    return str(item)


def _list_type(member: Member) -> str:
    return "char *" if member.kind is Kind.STRING else item_type(member)


def _member(value: Value) -> str:
    member = value.member
    items = ", ".join(_item(item) for item in value.items)
    match member.form:
        case Form.ONE:
            text = items
        case Form.OPTIONAL:
            struct = member.kind is Kind.STRUCT
            text = f"&({naming.wire_struct(member.structure)}) {items}" if struct else items
        case Form.FIXED:
            text = items if member.kind is Kind.OPAQUE else f"{{ {items} }}"
        case Form.LIST:
            data = value.items[0] if member.kind is Kind.OPAQUE else None
            count = len(data) if isinstance(data, bytes) else len(value.items)
            inner = items if member.kind is Kind.OPAQUE else f"{{ {items} }}"
            text = f"{{ ({_list_type(member)}[]) {inner}, {count} }}"
    return f".{member.name} = {text}"


def _sample(samples: Samples, structure: Structure, type_: str) -> str:
    value = samples.value(structure)
    rows = "".join(f"        {_member(one)},\n" for one in value)
    data = encoded(value)
    lines = [f"        {_bytes(data[i:i + 16])},\n" for i in range(0, len(data), 16)]
    return (
        f"    compareSample({type_}, &(const {naming.wire_struct(structure.name)}) {{\n{rows}"
        f"    }}, (const unsigned char[]) {{\n{''.join(lines)}    }}, {len(data)});"
    )


def source(derivation: Derivation) -> str:
    """One function per procedure, and a list of them."""
    samples = Samples(derivation)
    blocks, calls = [], ""
    numbered = [p for p in derivation.programs if p.procedures]
    includes = "".join(f'#include "wire/{p.name}.h"\n' for p in numbered)
    for program in numbered:
        table = f"virWire{program.name.capitalize()}Procedures"
        for index, made in enumerate(program.procedures):
            parts = [
                _sample(samples, structure, f"{table}[{index}].{member}")
                for structure, member in ((made.args, "args"), (made.ret, "ret")) if structure
            ]
            if not parts:
                continue
            name = f"sample{made.name}"
            blocks.append(f"static void\n{name}(void)\n{{\n" + "\n".join(parts) + "\n}")
            calls += f"    {name}();\n"
    blocks.append(f"void\nwireSamples(void)\n{{\n{calls}}}")
    head = f'#include "wire/samples.h"\n\n{includes}'
    return banner("api/*.xml") + (
        "/* The sample of every structure of the protocol, and its bytes as the generator has them. */\n\n"
    ) + join_paragraphs([head, *blocks])
