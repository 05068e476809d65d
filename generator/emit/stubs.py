# SPDX-License-Identifier: LGPL-2.1-or-later
"""Client stubs: the hook of the remote driver for every function with a procedure.

A stub fills the call's structure, makes the call, judges what came, and only then sets outputs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import model, naming, plan
from ..checks import HOOKED, home
from ..model import Direction, ListMode, ReturnKind, Shape
from ..text import banner, c_call, c_string, join_paragraphs
from ..wire import Derivation, Form, Kind, Member, Procedure, Program, Role
from . import vtable
from .stub_records import Records, connection_type, fits_name, get_name, put_name, take_name
from .objects import path_to_connection
from .wire_c import procedure

#: Deliver callbacks, so they are no plain calls.
_EVENTS = (Shape.EVENT_REGISTER, Shape.EVENT_DEREGISTER)


def by_hand(function: model.Function, driver: model.Driver) -> bool:
    """Whether the driver has the hook itself: its <support> says so."""
    return any(s.driver == driver.name for s in function.support)


def stubbed(
    derivation: Derivation, program: Program, driver: model.Driver
) -> list[tuple[Procedure, model.Function]]:
    """The procedures of a program that get a stub, each with its function."""
    return [
        (p, p.function)
        for p in program.procedures
        if p.function is not None
        and not p.legacy
        and p.function.shape in HOOKED
        and p.function.shape not in _EVENTS
        and p.function.self is not None
        and p.function.visibility != "wire"
        and not by_hand(p.function, driver)
    ]


@dataclass
class _Body:
    """The parts of a stub, in the order in which they run."""

    locals: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    judge: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


class Stub:
    """One client stub."""

    def __init__(
        self, derivation: Derivation, program: Program, made: Procedure, function: model.Function
    ) -> None:
        self.api = derivation.api
        self.program = program
        self.made = made
        self.function = function
        self.records = Records(derivation, program)
        self.lowered = plan.lower(self.api, function)
        self.parameters = {p.name: p for p in function.parameters}
        self.body = _Body()
        assert function.self is not None
        item = self.api.object(function.self.type)
        path = path_to_connection(self.api, item)
        self.handle = function.self.name
        self.conn = f"{self.handle}->{path}" if path else self.handle
        self.admin = connection_type(self.api, item).startswith("Adm")

    # --- the call ----------------------------------------------------------------------------------

    def own(self, member: Member) -> model.Parameter | None:
        """The function's own parameter behind a member; a variant has fewer of them."""
        return self.parameters.get(member.parameter.name) if member.parameter else None

    def counter(self, p: model.Parameter, role: str) -> str:
        """The C expression of a count, stride or size of a parameter."""
        names = {"count": p.count[0] if p.count else "", "stride": p.stride, "size": p.size}
        name = names[role]
        return self.parameter_value(name)

    def fill(self, member: Member) -> None:
        target = f"args.{member.name}"
        p = self.own(member)
        lines = self.body.before
        match member.role:
            case Role.SELF:
                lines.append(f"{put_name(member.object)}(&{target}, {self.handle});")
            case Role.SELF_KEY:
                lines.append(f"{target} = {self.handle}->{member.name};")
            case Role.NEED if p is not None:
                lines.append(f"{target} = {p.name} != NULL;")
            case Role.STRIDE if p is not None:
                lines.append(f"{target} = {p.stride};")
            case Role.COUNT if p is not None:
                self.room(target, member, p)
            case Role.VALUE if p is not None:
                self.value(target, member, p)
            case _:
                pass

    def room(self, target: str, member: Member, p: model.Parameter) -> None:
        """How much room there is for a list; more than a reply can hold is refused here."""
        count = self.counter(p, "count")
        out = next((m for m in self.results() if m.parameter and m.parameter.name == p.name
                    and m.form is Form.LIST), None)
        if out is not None and out.limit is not None and not p.stride and len(p.count) == 1:
            self.body.before.append(self.refuse(
                f"remoteRoom({c_string(p.count[0])}, (long long) {count}, {out.limit.value}) < 0"))
        cast = "(unsigned int) " if member.kind is Kind.UINT else ""
        self.body.before.append(f"{target} = {cast}{count};")

    def value(self, target: str, member: Member, p: model.Parameter) -> None:
        lines = self.body.before
        if member.form is Form.LIST:
            self.value_list(target, member, p)
        elif member.is_uuid:
            lines.append(f"memcpy({target}, {p.name}, sizeof({target}));")
        elif member.kind is Kind.STRUCT:
            if member.form is Form.OPTIONAL:
                self.body.locals.append(f"{naming.wire_struct(member.structure)} {p.name}Wire;")
                lines += [f"if ({p.name}) {{", f"    {put_name(member.object)}(&{p.name}Wire, {p.name});",
                          f"    {target} = &{p.name}Wire;", "}"]
            else:
                lines.append(f"{put_name(member.object)}(&{target}, {p.name});")
        elif p.type.kind is model.Kind.FLAGS and p.name == "flags":
            cast = "(unsigned int) " if member.kind is Kind.UINT and p.repr is model.Repr.WORD else ""
            lines.append(f"{target} = {cast}{p.name};")
            if self.takes_strings(p):
                lines += [f"if (remoteHasFeature({self.conn}, VIR_DRV_FEATURE_TYPED_PARAM_STRING))",
                          f"    {target} |= VIR_TYPED_PARAM_STRING_OKAY;"]
        else:
            lines.append(f"{target} = {p.name};")

    def takes_strings(self, p: model.Parameter) -> bool:
        """Whether the server must be told that strings among the parameters are understood."""
        out = any(q.type.kind is model.Kind.PARAMS and q.direction is Direction.OUT
                  for q in self.function.parameters)
        return out and "TypedParameterFlags" in p.type.names

    def value_list(self, target: str, member: Member, p: model.Parameter) -> None:
        lines = self.body.before
        if member.kind is Kind.STRUCT:
            raise AssertionError(f"{self.function.name}: a list of objects comes in")
        role = "stride" if p.stride else "size" if p.size else "count"
        count = self.counter(p, role)
        cast = {
            Kind.STRING: "(char **) ", Kind.OPAQUE: "(unsigned char *) ", Kind.PARAM: "",
        }.get(member.kind, "")
        lines.append(f"{target}.items = {cast}{p.name};")
        lines.append(f"{target}.count = {p.name} ? (size_t) {count} : 0;"
                     if p.nullable else f"{target}.count = (size_t) {count};")

    def refuse(self, condition: str) -> str:
        return f"if ({condition})\n        return {self.lowered.failed};"

    # --- the reply ---------------------------------------------------------------------------------

    def results(self) -> list[Member]:
        return list(self.made.ret.members) if self.made.ret else []

    def out(self, p: model.Parameter) -> list[Member]:
        return [m for m in self.results() if m.parameter is not None and m.parameter.name == p.name
                and m.role is Role.VALUE]

    def counted(self, p: model.Parameter) -> Member | None:
        return next((m for m in self.results() if m.role is Role.COUNT and m.parameter is not None
                     and m.parameter.name == p.name), None)

    def take(self, p: model.Parameter) -> None:
        members = self.out(p)
        if not members:
            return
        member = members[0]
        if p.type.kind is model.Kind.RECORD and p.list is ListMode.NO:
            self.record(p, members)
        elif p.type.kind is model.Kind.PARAMS:
            self.params(p, member)
        elif p.list is ListMode.ALLOC:
            self.made_list(p, member)
        elif p.list is ListMode.FILL or member.form is Form.LIST:
            self.filled(p, member)
        else:
            self.one(p, member)

    def one(self, p: model.Parameter, member: Member) -> None:
        value = f"ret.{member.name}"
        if member.kind is Kind.STRING:
            value = f"g_strdup({value})"
        elif p.repr is model.Repr.SIZE:
            value = f"(size_t) {value}"
        if p.nullable:
            self.body.after += [f"if ({p.name})", f"    *{p.name} = {value};"]
        else:
            self.body.after.append(f"*{p.name} = {value};")

    def record(self, p: model.Parameter, members: list[Member]) -> None:
        name = naming.typedef(self.api, self.api.record(p.type.name).typedef)
        for m in members:
            condition = self.records.fits("ret.", name, m)
            if condition:
                self.judge(f"!({condition})", f"remoteTooLong({c_string(m.name)})")
            target = "record." if p.size else f"{p.name}->"
            self.body.after += [line.replace("(conn,", f"({self.conn},")
                                for line in self.records.field(target, "ret.", m)]
        if p.size:
            # The caller may know a shorter version of the record.
            self.body.locals.append(f"{name} record = {{ 0 }};")
            self.body.after.append(
                f"memcpy({p.name}, &record, MIN({p.size}, sizeof(record)));")

    def judge(self, condition: str, raise_: str) -> None:
        self.body.judge += [f"if ({condition}) {{", f"    {raise_};",
                            f"    return {self.lowered.failed};", "}"]

    def params(self, p: model.Parameter, member: Member) -> None:
        value = f"ret.{member.name}"
        counted = self.counted(p)
        if p.list is ListMode.ALLOC:
            number = next(c for c in self.lowered.parameters if c.name == p.count[0])
            cast = f"({number.type.removesuffix('*').strip()}) "
            self.body.after += [f"*{p.name} = remoteTakeParams({value}.items, {value}.count);",
                                f"*{p.count[0]} = {cast}{value}.count;"]
            return
        if len(p.count) == 2:
            self.matrix(p, member)
            return
        count = f"*{p.count[0]}"
        returned = f"ret.{counted.name}" if counted is not None else f"(int) {value}.count"
        self.judge(f"{count} && {value}.count > (size_t) {count}",
                   f"remoteTooMany({c_string(p.count[0])}, {value}.count, {count})")
        self.body.after += [
            f"if (!{count}) {{",
            f"    {count} = {returned};",
            "} else {",
            f"    remoteCopyParams({p.name}, {value}.items, {value}.count);",
            f"    {count} = (int) {value}.count;",
            "}",
        ]

    def matrix(self, p: model.Parameter, member: Member) -> None:
        """Rows of parameters, one per unit; the reply has rows of equal length without gaps."""
        value = f"ret.{member.name}"
        width, rows = p.count
        self.judge(
            f"{p.name} && {rows} && ({value}.count % {rows} || {value}.count / {rows} > {width})",
            f"remoteTooMany({c_string(member.name)}, {value}.count, {width} * {rows})")
        self.body.after += [
            f"if ({p.name} && {rows}) {{",
            f"    size_t each = {value}.count / {rows};",
            "",
            f"    memset({p.name}, 0, (size_t) {width} * {rows} * sizeof(*{p.name}));",
            f"    for (unsigned int i = 0; i < {rows}; i++)",
            f"        remoteCopyParams({p.name} + (size_t) i * {width},",
            f"                         {value}.items + i * each, each);",
            "}",
        ]

    def made_list(self, p: model.Parameter, member: Member) -> None:
        """A list that the stub allocates."""
        value = f"ret.{member.name}"
        if member.kind is Kind.STRING:
            lines = [f"*{p.name} = remoteTakeStrings({value}.items, {value}.count);"]
        elif member.object:
            type_ = naming.pointer(self.api, member.object)
            self.body.locals.append(f"{type_} *list;")
            lines = [
                f"list = g_new0({type_}, {value}.count + 1);",
                f"for (size_t i = 0; i < {value}.count; i++)",
                f"    list[i] = {get_name(member.object)}({self.conn}, &{value}.items[i]);",
                f"*{p.name} = list;",
            ]
        else:
            lines = self.made_records(p, member, value)
        if p.nullable:
            lines = [f"if ({p.name}) {{", *(f"    {line}" for line in lines), "}"]
        self.body.after += lines

    def made_records(self, p: model.Parameter, member: Member, value: str) -> list[str]:
        record = naming.typedef(self.api, self.api.record(p.type.name).typedef)
        self.check_records(member, value)
        if p.repr is model.Repr.FLAT:
            return [
                f"*{p.name} = g_new0({record}, {value}.count + 1);",
                f"for (size_t i = 0; i < {value}.count; i++)",
                f"    {take_name(member.structure)}({self.conn}, &(*{p.name})[i], &{value}.items[i]);",
            ]
        self.body.locals.append(f"{record} **list;")
        return [
            f"list = g_new0({record} *, {value}.count + 1);",
            f"for (size_t i = 0; i < {value}.count; i++) {{",
            f"    list[i] = g_new0({record}, 1);",
            f"    {take_name(member.structure)}({self.conn}, list[i], &{value}.items[i]);",
            "}",
            f"*{p.name} = list;",
        ]

    def check_records(self, member: Member, value: str) -> None:
        structure = self.records.structures[member.structure]
        record = structure.record
        assert record is not None
        name = naming.typedef(self.api, record.typedef)
        if not any(self.records.fits("", name, m) for m in structure.members):
            return
        self.body.judge += [
            f"for (size_t i = 0; i < {value}.count; i++) {{",
            f"    if (!{fits_name(member.structure)}(&{value}.items[i])) {{",
            f"        remoteTooLong({c_string(member.name)});",
            f"        return {self.lowered.failed};", "    }", "}",
        ]

    def capacity(self, p: model.Parameter) -> str:
        """How many items, or bytes of bitmaps, the caller's list holds."""
        parts = [f"(size_t) {self.parameter_value(name)}" for name in p.count]
        if p.stride:
            parts.append(f"(size_t) {p.stride}")
        if p.size:
            parts.append(f"(size_t) {p.size}")
        return " * ".join(parts)

    def parameter_value(self, name: str) -> str:
        c = next(c for c in self.lowered.parameters if c.name == name)
        return f"*{name}" if c.type.endswith("*") else name

    def filled(self, p: model.Parameter, member: Member) -> None:
        """A list the caller has room for."""
        value = f"ret.{member.name}"
        if p.transfer == "full" and p.list is ListMode.NO:
            lines = [f"*{p.name} = remoteTakeBytes({value}.items, {value}.count);"]
            if p.nullable:
                lines = [f"if ({p.name})", f"    {lines[0]}"]
            self.body.after += lines
            return
        room = self.capacity(p)
        present = f"{p.name} && " if p.nullable else ""
        probing = p.probe and f"{self.parameter_value(p.count[0])} && " or ""
        self.judge(f"{present}{probing}{value}.count > {room}",
                   f"remoteTooMany({c_string(member.name)}, {value}.count, {room})")
        lines = self.copies(p, member, value, room)
        if p.probe:
            count, counted = self.parameter_value(p.count[0]), self.counted(p)
            returned = f"ret.{counted.name}" if counted is not None else f"(int) {value}.count"
            lines = [f"if (!{count}) {{", f"    {count} = {returned};", "} else {",
                     *(f"    {line}" for line in lines), f"    {count} = (int) {value}.count;", "}"]
        elif p.nullable:
            lines = [f"if ({p.name}) {{", *(f"    {line}" for line in lines), "}"]
        self.body.after += lines

    def copies(self, p: model.Parameter, member: Member, value: str, room: str) -> list[str]:
        loop = f"for (size_t i = 0; i < {value}.count; i++)"
        match member.kind:
            case Kind.STRING:
                if p.type.kind is model.Kind.UUID_STRING and p.repr is not model.Repr.PLAIN:
                    raise AssertionError(p.name)
                return [loop, f"    {p.name}[i] = g_strdup({value}.items[i]);"]
            case Kind.STRUCT:
                self.check_records(member, value)
                return [loop, f"    {take_name(member.structure)}({self.conn}, &{p.name}[i],"
                              f" &{value}.items[i]);"]
            case Kind.OPAQUE:
                zero = [f"memset({p.name}, 0, {room});"] if p.stride else []
                return [*zero, f"remoteCopy({p.name}, {value}.items, {value}.count);"]
            case _:
                size = f"{value}.count * sizeof(*{value}.items)"
                return [f"remoteCopy({p.name}, {value}.items, {size});"]

    def returned(self) -> str:
        function, returns = self.function, self.function.returns
        member = next((m for m in self.results() if m.role is Role.RETURN), None)
        value = f"ret.{member.name}" if member is not None else ""
        match returns.kind:
            case ReturnKind.STATUS:
                return f"(int) {value}" if value else "0"
            case ReturnKind.COUNT:
                return f"(int) {value}" if value else self.count_of_list()
            case ReturnKind.BOOL:
                return value
            case ReturnKind.STRING:
                if returns.transfer == "full":
                    return f"g_strdup({value})"
                raise AssertionError(f"{function.name} keeps a string: it needs a hook by hand")
            case ReturnKind.OBJECT:
                assert member is not None
                return f"{get_name(member.object)}({self.conn}, &{value})"
            case ReturnKind.VALUE:
                return self.value_returned(value, member)
            case ReturnKind.NONE:
                raise AssertionError(function.name)

    def value_returned(self, value: str, member: Member | None) -> str:
        returns = self.function.returns
        if member is not None and member.form is Form.LIST:
            self.body.after.append(f"*{returns.count} = {value}.count;")
            return f"remoteTakeBytes({value}.items, {value}.count)"
        if returns.type is not None and returns.type.kind is model.Kind.FD:
            self.judge("carried.outCount != 1", "remoteWantsFiles(&carried, 1)")
            return "remoteTakeFile(&carried)"
        return f"({self.lowered.returns}) {value}"

    def count_of_list(self) -> str:
        for p in self.function.parameters:
            if p.direction is Direction.OUT and p.type.kind is model.Kind.FD:
                self.body.after.append(f"*{p.name} = remoteTakeFiles(&carried, &count);")
                self.body.locals.append("size_t count;")
                return "(int) count"
            found = self.out(p)
            if found and found[0].form is Form.LIST:
                return f"(int) ret.{found[0].name}.count"
        raise AssertionError(f"{self.function.name}: nothing says how many")

    # --- the whole ---------------------------------------------------------------------------------

    def files(self) -> None:
        """File descriptors that go along."""
        self.body.locals.append("g_auto(remoteFiles) carried = { 0 };")
        for p in self.function.parameters:
            if p.type.kind is not model.Kind.FD or p.direction is not Direction.IN:
                continue
            if p.list is ListMode.NO:
                self.body.before += [f"carried.in = &{p.name};", "carried.inCount = 1;"]
            else:
                self.body.before += [f"carried.in = {p.name};",
                                     f"carried.inCount = {p.name} ? {self.counter(p, 'count')} : 0;"]
        for p in self.function.parameters:
            if p.type.kind is model.Kind.FD and p.direction is Direction.OUT and p.count:
                lines = [f"*{p.name} = remoteTakeFiles(&carried, &count);",
                         f"*{p.count[0]} = (unsigned int) count;"]
                self.body.locals.append("size_t count;")
                self.body.after += [f"if ({p.name}) {{", *(f"    {line}" for line in lines), "}"]

    def call(self) -> str:
        args = "&args" if self.made.args else "NULL"
        ret = "&ret" if self.made.ret else "NULL"
        arguments = [self.conn, procedure(self.made), args, ret, "&reply"]
        name = "remoteAdminCall" if self.admin else "remoteCall"
        stream = next((p.name for p in self.function.parameters
                       if p.type.kind is model.Kind.OBJECT and p.type.name == "Stream"), "")
        if stream:
            name = "remoteCallStream"
            arguments.append(stream)
        if self.made.files_in or self.made.files_out:
            name = "remoteCallFds"
            arguments.append("&carried")
        return c_call(f"    if ({name}", arguments, f" < 0)\n        return {self.lowered.failed};\n")

    def render(self) -> str:
        made, body = self.made, self.body
        if made.files_in or made.files_out:
            self.files()
        for member in made.args.members if made.args else ():
            self.fill(member)
        for p in self.function.parameters:
            if p.direction is Direction.OUT:
                self.take(p)
        if self.function.self is not None and self.function.self.wire_updated:
            own = next(m for m in self.results() if m.role is Role.SELF)
            body.after.append(f"{self.handle}->id = ret.{own.name}.id;")
        if self.function.self is not None and self.function.self.wire_refresh:
            body.after.append(f"remoteRefresh{self.function.self.type}({self.handle});")
        result = self.returned()
        rows = []
        if made.args:
            rows.append(f"{naming.wire_struct(made.args.name)} args = {{ 0 }};")
        if made.ret:
            rows.append(f"{naming.wire_struct(made.ret.name)} ret;")
        rows.append("g_auto(virXdrReader) reply = { 0 };")
        rows += list(dict.fromkeys(body.locals))
        text = "".join(f"    {row}\n" for row in rows) + "\n"
        text += "".join(f"    {row}\n" for row in body.before)
        text += self.call()
        text += "".join(f"    {row}\n" if row else "\n" for row in (*body.judge, *body.after))
        head = c_call(f"{self.lowered.returns}\n{naming.hook('remote', self.function.name)}",
                      self.lowered.declarations, "\n{\n")
        return f"{head}{text}    return {result};\n}}"


def _module_of(api: model.Api, function: model.Function) -> str:
    return next(m.name for m in api.modules if any(f is function for f in m.functions))


def modules(derivation: Derivation, driver: model.Driver) -> list[str]:
    """The modules that have stubs."""
    found = [
        _module_of(derivation.api, function)
        for program in derivation.programs
        for _made, function in stubbed(derivation, program, driver)
    ]
    return list(dict.fromkeys(found))


def source(derivation: Derivation, driver: model.Driver, module: str) -> str:
    """The stubs of one module."""
    blocks, programs = [], []
    for program in derivation.programs:
        for made, function in stubbed(derivation, program, driver):
            if _module_of(derivation.api, function) == module:
                blocks.append(Stub(derivation, program, made, function).render())
                programs += [program.source.uses, program.name]
    names = [name for name in dict.fromkeys(programs) if name]
    includes = "".join(f'#include "remote/{name}_convert.h"\n' for name in names)
    head = (
        f'#include "remote/remote.h"\n\n#include <string.h>\n\n'
        f'#include "drivers/remote/remote_call.h"\n{includes}'
    )
    return banner(f"api/{module}.xml") + (
        f"/* Client stubs of module {module}: each is one call of the protocol. */\n\n"
    ) + join_paragraphs([head, *blocks])


def hooks(derivation: Derivation, driver: model.Driver) -> list[model.Function]:
    """Everything the remote driver answers: stubs, what it has by hand, and registering for events."""
    names = {f.name for program in derivation.programs
             for _made, f in stubbed(derivation, program, driver)}
    return [
        f for f in vtable.hooked(derivation.api)
        if f.name in names or by_hand(f, driver) or f.shape in _EVENTS
    ]


def header(derivation: Derivation, driver: model.Driver) -> str:
    """Prototypes of all hooks, and the tables."""
    api = derivation.api
    prototypes = [
        "int remoteConnectOpen(virConnectPtr conn, virConnectAuthPtr auth, unsigned int flags);",
        "int remoteConnectClose(virConnectPtr conn);",
    ]
    for function in hooks(derivation, driver):
        lowered = plan.lower(api, function)
        space = "" if lowered.returns.endswith("*") else " "
        head = f"{lowered.returns}{space}{naming.hook(driver.name, function.name)}"
        prototypes.append(c_call(head, lowered.declarations, ";"))
    blocks = [
        "#pragma once", '#include "driver/vtable.h"\n#include "runtime/driver.h"',
        "extern const virDriver remoteDriver;\nextern const virAdminDriver remoteAdminDriver;",
        "\n".join(prototypes),
    ]
    return banner("api.xml and api/*.xml") + "/* Hooks of the remote driver. */\n\n" + (
        join_paragraphs(blocks)
    )


def _table(derivation: Derivation, driver: model.Driver, group: str, name: str, scope: str) -> str:
    functions = [f for f in hooks(derivation, driver) if home(derivation.api, f).driver == group]
    rows = "".join(f"    .{f.name} = {naming.hook(driver.name, f.name)},\n" for f in functions)
    return f"{scope}const {naming.group_type(group)} {name} = {{\n{rows}}};"


def tables(derivation: Derivation, driver: model.Driver) -> str:
    """The driver's table of tables."""
    blocks = ['#include "remote/remote.h"\n\n#include <stddef.h>']
    used = [g for g in vtable.groups(derivation.api)
            if any(home(derivation.api, f).driver == g for f in hooks(derivation, driver))]
    rows = ""
    for group in used:
        if group == "admin":
            blocks.append(_table(derivation, driver, group, "remoteAdminDriver", ""))
            continue
        name = f"remote{group.capitalize()}"
        blocks.append(_table(derivation, driver, group, name, "static "))
        rows += f"    .{group} = &{name},\n"
    schemes = ", ".join(f'"{scheme}"' for scheme in driver.schemes)
    blocks.append(
        f"static const char *const remoteSchemes[] = {{ {schemes}{', ' if schemes else ''}NULL }};\n\n"
        "const virDriver remoteDriver = {\n    .name = \"remote\",\n    .schemes = remoteSchemes,\n"
        f"    .ConnectOpen = remoteConnectOpen,\n    .ConnectClose = remoteConnectClose,\n{rows}}};"
    )
    return banner("api.xml and api/*.xml") + "/* The tables of the remote driver. */\n\n" + (
        join_paragraphs(blocks)
    )
