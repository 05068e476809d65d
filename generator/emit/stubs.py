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
from ..wire import Derivation, Form, Kind, Member, Program, Role
from ..wire.lower import Back, Call, Item, Passage, Way, calls
from . import vtable
from .objects import path_to_connection
from .stub_records import Records, fits_name, take_name
from .wire_c import procedure
from .wire_objects import connection_type, get_name, put_name

#: Deliver callbacks, so they are no plain calls.
_EVENTS = (Shape.EVENT_REGISTER, Shape.EVENT_DEREGISTER)


def by_hand(function: model.Function, driver: model.Driver) -> bool:
    """Whether the driver has the hook itself: its <support> says so."""
    return any(s.driver == driver.name for s in function.support)


def stubbed(derivation: Derivation, program: Program, driver: model.Driver) -> list[Call]:
    """The calls of a program that get a stub."""
    return [
        call for found in calls(derivation, program) for call in found.calls
        if (call.function.shape in HOOKED or vtable.may_be_hooked(call.function))
        and not by_hand(call.function, driver)
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

    def __init__(self, derivation: Derivation, call: Call) -> None:
        self.api = derivation.api
        self.call = call
        self.made = call.made
        self.function = call.function
        self.records = Records(derivation, call.program)
        self.lowered = call.lowered
        self.body = _Body()
        own = call.conn
        self.handle = own.c.name + ("[0]" if own.way is Way.OBJECTS else "")
        item_ = self.api.object(own.member.object if own.way is Way.OBJECTS
                                else call.function.self.type if call.function.self else "")
        path = path_to_connection(self.api, item_)
        self.conn = f"{self.handle}->{path}" if path else self.handle
        self.admin = connection_type(self.api, item_).startswith("Adm")

    # --- the call ----------------------------------------------------------------------------------

    def fill(self, member: Member) -> None:
        """Sets one member of the call; those that only a fuller function has stay zero."""
        passage = self.call.behind(member)
        if passage is None:
            return
        target = f"args.{member.name}"
        lines = self.body.before
        match member.role:
            case Role.SELF:
                lines.append(f"{put_name(member.object)}(&{target}, {self.handle});")
            case Role.SELF_KEY:
                lines.append(f"{target} = {self.handle}->{member.name};")
            case Role.NEED:
                lines.append(f"{target} = {passage.c.name} != NULL;")
            case Role.STRIDE:
                lines.append(f"{target} = {passage.parameter.stride};")
            case Role.COUNT:
                self.room(target, member, passage)
            case Role.VALUE:
                self.value(target, member, passage)
            case Role.RETURN | Role.CALLBACK_ID | Role.NESTED:
                raise AssertionError(f"{self.function.name}: {member.name} is in no call")

    def room(self, target: str, member: Member, passage: Passage) -> None:
        """How much room there is for a list; more than a reply can hold is refused here."""
        name = passage.parameter.count[0]
        count = self.parameter_value(name)
        if passage.limit is not None:
            self.body.before.append(self.refuse(
                f"remoteRoom({c_string(name)}, (long long) {count}, {passage.limit.value}) < 0"))
        cast = "(unsigned int) " if member.kind is Kind.UINT else ""
        self.body.before.append(f"{target} = {cast}{count};")

    def value(self, target: str, member: Member, passage: Passage) -> None:
        name = passage.c.name
        lines = self.body.before
        match passage.way:
            case Way.LIST:
                self.value_list(target, passage)
            case Way.OBJECTS:
                self.value_objects(target, passage)
            case Way.UUID:
                lines.append(f"memcpy({target}, {name}, sizeof({target}));")
            case Way.OBJECT if member.form is Form.OPTIONAL:
                self.body.locals.append(f"{naming.wire_struct(member.structure)} {name}Wire;")
                lines += [f"if ({name}) {{", f"    {put_name(member.object)}(&{name}Wire, {name});",
                          f"    {target} = &{name}Wire;", "}"]
            case Way.OBJECT:
                lines.append(f"{put_name(member.object)}(&{target}, {name});")
            case Way.NUMBER if passage.parameter.type.kind is model.Kind.FLAGS and name == "flags":
                self.flags(target, member, passage.parameter)
            case Way.TEXT if member.path:
                self.body.locals.append(f"g_autofree char *{name}Path = NULL;")
                lines.append(f"{target} = {name}Path = remotePath({name});")
            case Way.NUMBER | Way.TEXT:
                lines.append(f"{target} = {name};")
            case _:
                raise AssertionError(f"{self.function.name}: {name} does not come in")

    def flags(self, target: str, member: Member, p: model.Parameter) -> None:
        lines = self.body.before
        cast = "(unsigned int) " if member.kind is Kind.UINT and p.repr is model.Repr.WORD else ""
        lines.append(f"{target} = {cast}{p.name};")
        if self.takes_strings(p):
            lines += [f"if (remoteHasFeature({self.conn}, VIR_DRV_FEATURE_TYPED_PARAM_STRING))",
                      f"    {target} |= VIR_TYPED_PARAM_STRING_OKAY;"]

    def takes_strings(self, p: model.Parameter) -> bool:
        """Whether the server must be told that strings among the parameters are understood."""
        out = any(q.type.kind is model.Kind.PARAMS and q.direction is Direction.OUT
                  for q in self.function.parameters)
        return out and "TypedParameterFlags" in p.type.names

    def value_list(self, target: str, passage: Passage) -> None:
        p = passage.parameter
        count = self.parameter_value(p.stride or p.size or p.count[0])
        cast = {Item.TEXT: "(char **) ", Item.BYTES: "(unsigned char *) "}.get(passage.item, "")
        self.body.before += [
            f"{target}.items = {cast}{p.name};",
            f"{target}.count = {p.name} ? (size_t) {count} : 0;" if p.nullable
            else f"{target}.count = (size_t) {count};",
        ]

    def value_objects(self, target: str, passage: Passage) -> None:
        """The identities of handles up to the NULL behind them; they live until the call was sent."""
        name, rows = passage.c.name, f"{passage.c.name}Wire"
        wire = naming.wire_struct(passage.member.structure)
        self.body.locals.append(f"g_autofree {wire} *{rows} = NULL;")
        self.body.before += [
            f"while ({name}[{target}.count])", f"    {target}.count++;",
            f"{rows} = g_new0({wire}, {target}.count);",
            f"for (size_t i = 0; i < {target}.count; i++)",
            f"    {put_name(passage.member.object)}(&{rows}[i], {name}[i]);",
            f"{target}.items = {rows};",
        ]

    def refuse(self, condition: str) -> str:
        return f"if ({condition})\n        return {self.lowered.failed};"

    # --- the reply ---------------------------------------------------------------------------------

    def take(self, passage: Passage) -> None:
        """Sets one output."""
        match passage.way:
            case Way.RECORD:
                self.record(passage)
            case Way.MATRIX:
                self.matrix(passage)
            case Way.MADE if passage.item is Item.PARAM:
                self.made_params(passage)
            case Way.MADE:
                self.made_list(passage)
            case Way.ROOM if passage.item is Item.PARAM:
                self.params(passage)
            case Way.ROOM:
                self.filled(passage)
            case Way.BUFFER:
                self.buffer(passage)
            case Way.COUNTED:
                self.counted(passage)
            case Way.NUMBER | Way.TEXT:
                self.one(passage)
            case Way.FILES | Way.COUNT | Way.STRIDE | Way.SIZE:
                pass    # set with what they belong to
            case (Way.CONNECTION | Way.HANDLE | Way.KEY | Way.STREAM | Way.UUID | Way.OBJECT
                  | Way.OBJECTS | Way.LIST):
                raise AssertionError(f"{self.function.name}: {passage.c.name} does not go out")

    def one(self, passage: Passage) -> None:
        p = passage.parameter
        value = f"ret.{passage.member.name}"
        if passage.way is Way.TEXT:
            value = f"g_strdup({value})"
        elif p.repr is model.Repr.SIZE:
            value = f"(size_t) {value}"
        if p.nullable:
            self.body.after += [f"if ({p.name})", f"    *{p.name} = {value};"]
        else:
            self.body.after.append(f"*{p.name} = {value};")

    def record(self, passage: Passage) -> None:
        p = passage.parameter
        name = naming.typedef(self.api, self.api.record(p.type.name).typedef)
        for m in passage.members:
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

    def made_params(self, passage: Passage) -> None:
        value, name = f"ret.{passage.member.name}", passage.parameter.count[0]
        number = next(c for c in self.lowered.parameters if c.name == name)
        cast = f"({number.type.removesuffix('*').strip()}) "
        self.body.after += [
            f"*{passage.c.name} = remoteTakeParams({value}.items, {value}.count);",
            f"*{name} = {cast}{value}.count;",
        ]

    def params(self, passage: Passage) -> None:
        p, value = passage.parameter, f"ret.{passage.member.name}"
        count = f"*{p.count[0]}"
        self.judge(f"{count} && {value}.count > (size_t) {count}",
                   f"remoteTooMany({c_string(p.count[0])}, {value}.count, {count})")
        self.body.after += [
            f"if (!{count}) {{",
            f"    {count} = {self.how_many(passage)};",
            "} else {",
            f"    remoteCopyParams({p.name}, {value}.items, {value}.count);",
            f"    {count} = (int) {value}.count;",
            "}",
        ]

    @staticmethod
    def how_many(passage: Passage) -> str:
        """What a caller learns who asked how much room it needs."""
        if passage.counted is not None:
            return f"ret.{passage.counted.name}"
        return f"(int) ret.{passage.member.name}.count"

    def matrix(self, passage: Passage) -> None:
        """Rows of parameters, one per unit; the reply has rows of equal length without gaps."""
        p, value = passage.parameter, f"ret.{passage.member.name}"
        width, rows = p.count
        limit = passage.member.limit
        assert limit is not None
        # All of the caller's room is cleared: a reply that could not fill it is not asked for.
        for name, count in ((rows, rows), (f"{width} * {rows}", f"(long long) {width} * {rows}")):
            self.body.before.append(self.refuse(
                f"{p.name} && remoteRoom({c_string(name)}, {count}, {limit.value}) < 0"))
        self.judge(
            f"{p.name} && {rows} && ({value}.count % {rows} || {value}.count / {rows} > {width})",
            f"remoteTooMany({c_string(passage.member.name)}, {value}.count, {width} * {rows})")
        self.count_fits(passage.member, f"{p.name} && {rows}", f"(size_t) {width}")
        self.body.after += [
            f"if ({p.name} && {rows}) {{",
            f"    size_t each = {value}.count / {rows};",
            "",
            f"    memset({p.name}, 0, (size_t) {width} * {rows} * sizeof(*{p.name}));",
            f"    for (unsigned int i = 0; each && i < {rows}; i++)",
            f"        remoteCopyParams({p.name} + (size_t) i * {width},",
            f"                         {value}.items + i * each, each);",
            "}",
        ]

    def count_fits(self, member: Member, present: str, items: str) -> None:
        """A server that counts more than it sent would make the caller read beyond the end."""
        said = self.call.returned
        if said is None or self.function.returns.kind is not ReturnKind.COUNT:
            return
        value = f"ret.{said.name}"
        negative = f"{value} < 0 || " if said.kind is Kind.INT else ""
        many = f"(size_t) {value} > {items}"
        if present:
            many = f"({present} && {many})" if negative else f"{present} && {many}"
        self.judge(f"{negative}{many}",
                   f"remoteMiscounted({c_string(member.name)}, {value}, {items})")

    def made_list(self, passage: Passage) -> None:
        """A list that the stub allocates."""
        p, member, value = passage.parameter, passage.member, f"ret.{passage.member.name}"
        self.count_fits(member, p.name if p.nullable else "", f"{value}.count")
        match passage.item:
            case Item.TEXT:
                lines = [f"*{p.name} = remoteTakeStrings({value}.items, {value}.count);"]
            case Item.OBJECT:
                type_ = naming.pointer(self.api, member.object)
                self.body.locals.append(f"{type_} *list;")
                lines = [
                    f"list = g_new0({type_}, {value}.count + 1);",
                    f"for (size_t i = 0; i < {value}.count; i++)",
                    f"    list[i] = {get_name(member.object)}({self.conn}, &{value}.items[i]);",
                    f"*{p.name} = list;",
                ]
            case Item.RECORD:
                lines = self.made_records(p, member, value)
            case Item.NUMBER | Item.CHARS | Item.BYTES | Item.PARAM:
                raise AssertionError(f"{self.function.name}: no function makes such a list")
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

    def buffer(self, passage: Passage) -> None:
        """Bytes that the stub allocates."""
        p, value = passage.parameter, f"ret.{passage.member.name}"
        if p.type.kind is model.Kind.BITMAP:
            self.count_fits(passage.member, p.name if p.nullable else "", f"{value}.count * 8")
        lines = [f"*{p.name} = remoteTakeBytes({value}.items, {value}.count);"]
        if p.nullable:
            lines = [f"if ({p.name})", f"    {lines[0]}"]
        self.body.after += lines

    def counted(self, passage: Passage) -> None:
        """Bytes that the stub allocates, with their number; none at all are NULL."""
        p, value = passage.parameter, f"ret.{passage.member.name}"
        self.body.after += [
            f"*{p.name} = {value}.count ? remoteTakeBytes({value}.items, {value}.count) : NULL;",
            f"*{p.count[0]} = (int) {value}.count;",
        ]

    def filled(self, passage: Passage) -> None:
        """A list the caller has room for."""
        p, member, value = passage.parameter, passage.member, f"ret.{passage.member.name}"
        room = self.capacity(p)
        present = f"{p.name} && " if p.nullable else ""
        probing = p.probe and f"{self.parameter_value(p.count[0])} && " or ""
        self.judge(f"{present}{probing}{value}.count > {room}",
                   f"remoteTooMany({c_string(member.name)}, {value}.count, {room})")
        if p.count and (p.stride or passage.item is Item.RECORD):
            # Without room for any it only counts.
            count = self.parameter_value(p.count[0])
            self.count_fits(member, count, f"(size_t) {count}" if p.stride else f"{value}.count")
        lines = self.copies(passage, value, room)
        if p.probe:
            count = self.parameter_value(p.count[0])
            lines = [f"if (!{count}) {{", f"    {count} = {self.how_many(passage)};", "} else {",
                     *(f"    {line}" for line in lines), f"    {count} = (int) {value}.count;", "}"]
        elif p.nullable:
            lines = [f"if ({p.name}) {{", *(f"    {line}" for line in lines), "}"]
        self.body.after += lines

    def copies(self, passage: Passage, value: str, room: str) -> list[str]:
        p, member = passage.parameter, passage.member
        loop = f"for (size_t i = 0; i < {value}.count; i++)"
        match passage.item:
            case Item.TEXT:
                return [loop, f"    {p.name}[i] = g_strdup({value}.items[i]);"]
            case Item.RECORD:
                self.check_records(member, value)
                return [loop, f"    {take_name(member.structure)}({self.conn}, &{p.name}[i],"
                              f" &{value}.items[i]);"]
            case Item.BYTES:
                zero = [f"memset({p.name}, 0, {room});"] if p.stride else []
                return [*zero, f"remoteCopy({p.name}, {value}.items, {value}.count);"]
            case Item.NUMBER:
                size = f"{value}.count * sizeof(*{value}.items)"
                return [f"remoteCopy({p.name}, {value}.items, {size});"]
            case Item.CHARS | Item.PARAM | Item.OBJECT:
                raise AssertionError(f"{self.function.name}: nobody has room for such a list")

    def returned(self) -> str:
        """The expression that the stub returns."""
        member, back = self.call.returned, self.call.back
        value = f"ret.{member.name}" if member is not None else ""
        match back:
            case Back.NOTHING:
                return "0"
            case Back.NUMBER:
                return value if self.function.returns.kind is ReturnKind.BOOL else (
                    f"({self.lowered.returns}) {value}")
            case Back.TEXT:
                return f"g_strdup({value})"
            case Back.OBJECT:
                assert member is not None
                return f"{get_name(member.object)}({self.conn}, &{value})"
            case Back.BYTES:
                self.body.after.append(f"*{self.function.returns.count} = {value}.count;")
                return f"remoteTakeBytes({value}.items, {value}.count)"
            case Back.FILE:
                self.judge("carried.outCount != 1", "remoteWantsFiles(&carried, 1)")
                return "remoteTakeFile(&carried)"
            case Back.LENGTH:
                return self.count_of_list()
            case Back.KEPT:
                raise AssertionError(f"{self.function.name}: the rule wire-kept asks for a hook")

    def count_of_list(self) -> str:
        for passage in self.call.passages:
            if passage.inward:
                continue
            if passage.way is Way.FILES:
                self.body.after.append(f"*{passage.c.name} = remoteTakeFiles(&carried, &count);")
                self.body.locals.append("size_t count;")
                return "(int) count"
            if passage.members and passage.member.form is Form.LIST:
                return f"(int) ret.{passage.member.name}.count"
        raise AssertionError(f"{self.function.name}: nothing says how many")

    # --- the whole ---------------------------------------------------------------------------------

    def files(self) -> None:
        """File descriptors that go along."""
        self.body.locals.append("g_auto(remoteFiles) carried = { 0 };")
        for p in (x.parameter for x in self.call.passages if x.way is Way.FILES):
            if p.direction is Direction.IN and p.list is ListMode.NO:
                self.body.before += [f"carried.in = &{p.name};", "carried.inCount = 1;"]
            elif p.direction is Direction.IN:
                count = self.parameter_value(p.count[0])
                self.body.before += [f"carried.in = {p.name};",
                                     f"carried.inCount = {p.name} ? {count} : 0;"]
            elif p.count:
                lines = [f"*{p.name} = remoteTakeFiles(&carried, &count);",
                         f"*{p.count[0]} = (unsigned int) count;"]
                self.body.locals.append("size_t count;")
                given = f"if ({p.name} && {p.count[0]}) {{"
                self.body.after += [given, *(f"    {line}" for line in lines), "}"]

    def calling(self) -> str:
        args = "&args" if self.made.args else "NULL"
        ret = "&ret" if self.made.ret else "NULL"
        arguments = [self.conn, procedure(self.made), args, ret, "&reply"]
        name = "remoteAdminCall" if self.admin else "remoteCall"
        stream = next((p.c.name for p in self.call.passages if p.way is Way.STREAM), "")
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
        for passage in self.call.passages:
            if not passage.inward:
                self.take(passage)
        if self.function.self is not None and self.function.self.wire_updated:
            own = next(m for m in made.ret.members if m.role is Role.SELF) if made.ret else None
            assert own is not None
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
        text += self.calling()
        text += "".join(f"    {row}\n" if row else "\n" for row in (*body.judge, *body.after))
        head = c_call(f"{self.lowered.returns}\n{naming.hook('remote', self.function.name)}",
                      self.lowered.declarations, "\n{\n")
        return f"{head}{text}    return {result};\n}}"


def modules(derivation: Derivation, driver: model.Driver) -> list[str]:
    """The modules that have stubs."""
    found = [
        derivation.api.module_of(function).name
        for program in derivation.programs
        for function in (call.function for call in stubbed(derivation, program, driver))
    ]
    return list(dict.fromkeys(found))


def source(derivation: Derivation, driver: model.Driver, module: str) -> str:
    """The stubs of one module."""
    blocks, programs = [], []
    for program in derivation.programs:
        for call in stubbed(derivation, program, driver):
            if derivation.api.module_of(call.function).name == module:
                blocks.append(Stub(derivation, call).render())
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
    names = {call.function.name for program in derivation.programs
             for call in stubbed(derivation, program, driver)}
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
        "int remoteSupportsFeature(virConnectPtr conn, int feature);",
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
        f"    .ConnectOpen = remoteConnectOpen,\n    .ConnectClose = remoteConnectClose,\n"
        f"    .SupportsFeature = remoteSupportsFeature,\n{rows}}};"
    )
    return banner("api.xml and api/*.xml") + "/* The tables of the remote driver. */\n\n" + (
        join_paragraphs(blocks)
    )
