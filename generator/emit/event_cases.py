# SPDX-License-Identifier: LGPL-2.1-or-later
"""A test case per event: makes one from sample values, and listens for exactly those."""

from __future__ import annotations

from .. import model, naming, plan
from ..model import Kind, ListMode
from ..text import banner, c_call, c_string, join_paragraphs
from . import events

# The identity of every sample object.
_UUID = "{ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }"
_PARAMETERS = 2


class Sample:
    """Sample values of one callback's parameters: how they are made, spoilt and compared."""

    def __init__(self, api: model.Api) -> None:
        self.api = api
        self.declarations: list[str] = []
        self.spoils: list[str] = []
        self.checks: list[str] = []
        self.number = 0

    def string(self, variable: str, expression: str) -> str:
        self.declarations.append(f"    char {variable}[] = {c_string(variable)};")
        self.spoils.append(f"    memset({variable}, 'x', strlen({variable}));")
        self.checks.append(f"    g_assert_cmpstr({expression}, ==, {c_string(variable)});")
        return variable

    def scalar(self, expression: str) -> str:
        self.number += 1
        self.checks.append(f"    g_assert_cmpint((gint64) {expression}, ==, {self.number});")
        return str(self.number)

    def record(self, record: model.Record, variable: str, expression: str) -> None:
        """Declares a record named `variable`; `expression` is how the listener sees its members."""
        members = []
        counts = {f.count: 2 for f in record.fields if isinstance(f, model.Field) and f.count}
        for field in record.fields:
            assert isinstance(field, model.Field)
            name = f"{variable}{field.name[0].upper()}{field.name[1:]}"
            seen = f"{expression}{field.name}"
            if field.name in counts:
                self.checks.append(f"    g_assert_cmpint({seen}, ==, {counts[field.name]});")
                members.append(f".{field.name} = {counts[field.name]}")
            elif field.type.kind is Kind.STRING:
                members.append(f".{field.name} = {self.string(name, seen)}")
            elif field.list is ListMode.ARRAY:
                inner = self.api.record(field.type.name)
                parts = [f"{name}{i}" for i in range(counts[field.count])]
                for i, part in enumerate(parts):
                    self.record(inner, part, f"{seen}[{i}].")
                type_ = naming.typedef(self.api, inner.typedef)
                self.declarations.append(f"    {type_} {name}[] = {{ {', '.join(parts)} }};")
                members.append(f".{field.name} = {name}")
            else:
                members.append(f".{field.name} = {self.scalar(seen)}")
        type_ = naming.typedef(self.api, record.typedef)
        self.declarations.append(f"    {type_} {variable} = {{ {', '.join(members)} }};")

    def parameter(self, p: plan.CParameter) -> str:
        """The argument to construct with."""
        assert p.source is not None
        if p.role == "count":
            self.checks.append(f"    g_assert_cmpint({p.name}, ==, {_PARAMETERS});")
            return str(_PARAMETERS)
        match p.source.type.kind:
            case Kind.STRING:
                return self.string(p.name, p.name)
            case Kind.RECORD:
                self.record(self.api.record(p.source.type.name), p.name, f"{p.name}->")
                return f"&{p.name}"
            case Kind.PARAMS:
                self.declarations.append(
                    f"    virTypedParameter {p.name}[{_PARAMETERS}] = {{ {{ .field = \"one\", "
                    ".type = VIR_TYPED_PARAM_INT } };"
                )
                text = self.string(f"{p.name}Text", f"{p.name}[1].value.s")
                self.declarations.append(
                    f"    {p.name}[1].type = VIR_TYPED_PARAM_STRING;\n"
                    f"    {p.name}[1].value.s = {text};\n    {p.name}[0].value.i = 77;"
                )
                self.spoils.append(f"    {p.name}[0].value.i = 0;")
                self.checks.append(f"    g_assert_cmpint({p.name}[0].value.i, ==, 77);")
                return p.name
            case _:
                return self.scalar(p.name)


def _identity(item: model.Object) -> tuple[list[str], list[str]]:
    """The arguments that name the sample object, and the listener's checks of them."""
    arguments, checks = [], []
    for key in item.keys:
        match key.type.kind:
            case Kind.STRING:
                arguments.append(c_string(f"sample {key.name}"))
                checks.append(f"    g_assert_cmpstr(object->{key.name}, ==, {arguments[-1]});")
            case Kind.UUID:
                arguments.append("virEventSampleUUID")
                checks.append(f"    g_assert_cmpmem(object->{key.name}, VIR_UUID_BUFLEN, "
                              "virEventSampleUUID, VIR_UUID_BUFLEN);")
            case _:
                arguments.append("5")
                checks.append(f"    g_assert_cmpint(object->{key.name}, ==, 5);")
    return arguments, checks


def _listener(api: model.Api, own: events.Payload) -> str:
    returns, _ = plan.return_type(api, own.callback.returns)
    sample = Sample(api)
    for p in own.carried:
        sample.parameter(p)
    declarations, names = [], {}
    for p in own.order:
        name = {"carried": p.name}.get(events.role(p), events.role(p))
        space = "" if p.type.endswith("*") else " "
        names[p.name] = name
        declarations.append(f"{p.type}{space}{name}")
    _, checks = _identity(own.object)
    tail = "\n    return 0;" if returns == "int" else ""
    parent = api.object(own.object.parent).argument
    return (
        c_call(f"static {returns}\non{own.callback.name}", declarations, "\n{\n")
        + "    virEventHeard *heard = opaque;\n\n"
        "    g_assert_true(conn == heard->conn);\n"
        f"    g_assert_true(object->{parent} == conn);\n"
        + "\n".join(checks + sample.checks)
        + f"\n    heard->calls++;{tail}\n}}"
    )


def _maker(api: model.Api, event: model.Event) -> str:
    own = events.payload(api, event)
    name, _ = events.constructor(api, event)
    sample = Sample(api)
    arguments, _ = _identity(own.object)
    arguments += [sample.parameter(p) for p in own.carried]
    declarations = [line for line in sample.declarations if not line.strip().startswith("params[")]
    late = [line for line in sample.declarations if line not in declarations]
    body = declarations + ["    virEvent *event;", ""] + late
    body.append(c_call(f"    event = {name}", arguments, ";"))
    return (
        f"static virEvent *\nmake{event.object}{naming.camel(event.name)}(void)\n{{\n"
        + "\n".join(body + sample.spoils)
        + "\n    return event;\n}"
    )


def _row(api: model.Api, event: model.Event) -> str:
    enum = api.enum(f"{event.object}EventID")
    return (
        f"    {{\n        .name = \"{event.object}/{event.name}\",\n"
        f"        .class = &{naming.handle_class(event.object)},\n"
        f"        .id = {enum.prefix}{event.name},\n"
        f"        .call = (virFreeCallback) (void (*)(void)) on{event.callback},\n"
        f"        .make = make{event.object}{naming.camel(event.name)},\n    }},\n"
    )


def source(api: model.Api) -> str:
    """The cases for tests/unit/test_events.c."""
    blocks = ['#include "unit/event_cases.h"', "#include <string.h>",
              '#include "runtime/events.h"\n#include "runtime/objects.h"',
              f"const unsigned char virEventSampleUUID[VIR_UUID_BUFLEN] = {_UUID};"]
    blocks += [_listener(api, own) for own in events.payloads(api)]
    blocks += [_maker(api, event) for event in api.events]
    rows = "".join(_row(api, event) for event in api.events)
    blocks.append(f"const virEventCase virEventCases[] = {{\n{rows}    {{ .name = NULL }},\n}};")
    purpose = "/* A case per event: how one is made, and the listener that knows what it carries. */\n\n"
    return banner("api/*.xml") + purpose + join_paragraphs(blocks)
