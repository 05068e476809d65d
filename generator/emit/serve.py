# SPDX-License-Identifier: LGPL-2.1-or-later
"""Server dispatch: one function per procedure, from the call's structure to the public function.

What it does is fill the C parameters of that function and copy what comes out: how each travels is
decided in wire/lower.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from .. import model, naming
from ..text import c_call, c_string
from ..wire import Derivation, Form, Member, Program, Role, Structure
from ..wire.lower import Back, Call, Item, Passage, Way
from .serve_records import Copier
from .wire_objects import get_name, put_name


@dataclass
class _Body:
    """The parts of one function, in the order in which they run."""

    locals: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def _connection(program: Program) -> str:
    return "call->admin" if program.name == "admin" else "call->conn"


def release_name(name: str) -> str:
    """The function that releases one record of a list, or the whole list."""
    return f"release{name}"


def frees_one(api: model.Api, name: str) -> bool:
    """Whether the API frees records of a list one by one; else it frees the list."""
    return any(f.name == f"{name}Free" for f in api.functions)


def _base(c_type: str) -> str:
    """The type behind a pointer."""
    return c_type.removesuffix("*").strip()


class _Function:
    """The dispatch function of one call."""

    def __init__(self, derivation: Derivation, call: Call) -> None:
        self.api = derivation.api
        self.derivation = derivation
        self.program = call.program
        self.call = call
        self.made = call.made
        self.function = call.function
        self.lowered = call.lowered
        self.body = _Body()
        self.copier = Copier(self.structure, self.allocate)

    def hold(self, name: str, value: str) -> str:
        """A handle of what the wire identifies; it lives as long as the call."""
        return f"virServeHold(call, {get_name(name)}({_connection(self.program)}, {value}))"

    # -- what comes in

    def key(self, passage: Passage) -> str:
        """The handle of an object of which only the first identity key came."""
        member = passage.member
        self.body.locals.append(
            f"{naming.wire_struct(member.object)} self = {{ .{member.name} = in->{member.name} }};")
        return self.hold(member.object, "&self")

    def handle(self, passage: Passage) -> str:
        """The object that the function is called on; the reply tells it again when the call changed it."""
        member, own = passage.member, self.function.self
        value = self.hold(member.object, f"&in->{member.name}")
        if own is None or not own.wire_updated:
            return value
        assert self.made.ret is not None
        told = next(m for m in self.made.ret.members if m.role is Role.SELF)
        self.body.locals.append(f"{naming.pointer(self.api, member.object)} self;")
        self.body.before.append(f"self = {value};")
        self.body.after.append(f"{put_name(member.object)}(&out->{told.name}, self);")
        return "self"

    def argument(self, passage: Passage) -> str:
        """The expression for one C parameter."""
        way = passage.way
        match way:
            case Way.CONNECTION:
                return _connection(self.program)
            case Way.HANDLE:
                return self.handle(passage)
            case Way.KEY:
                return self.key(passage)
            case Way.STREAM:
                return "call->stream"
            case Way.OBJECT:
                value, name = f"in->{passage.member.name}", passage.member.object
                if passage.member.form is Form.OPTIONAL:
                    return f"{value} ? {self.hold(name, value)} : NULL"
                return self.hold(name, f"&{value}")
            case Way.OBJECTS:
                return self.objects(passage)
            case Way.LIST:
                return f"(void *) in->{passage.member.name}.items"
            case Way.UUID:
                return f"in->{passage.member.name}"
            case Way.NUMBER | Way.TEXT:
                return f"in->{passage.member.name}" if passage.inward else self.one(passage)
            case Way.RECORD:
                return self.record(passage)
            case Way.ROOM:
                return self.room(passage)
            case Way.MADE:
                return self.list_made(passage)
            case Way.COUNTED:
                return self.counted(passage)
            case Way.COUNT | Way.STRIDE | Way.SIZE:
                return self.measure(passage)
            case Way.MATRIX:
                return self.matrix(passage)
            case Way.BUFFER:
                return self.buffer(passage)
            case Way.FILES:
                return self.files(passage) if passage.inward else self.files_back(passage)
        assert_never(way)

    def objects(self, passage: Passage) -> str:
        """Handles of what the wire identifies; a NULL ends them."""
        name, value, object_ = passage.c.name, f"in->{passage.member.name}", passage.member.object
        self.body.locals.append(f"{naming.pointer(self.api, object_)} *{name};")
        self.body.before += [
            f"{name} = {self.allocate(f'*{name}', f'{value}.count + 1')};",
            f"for (size_t i = 0; i < {value}.count; i++)",
            f"    {name}[i] = {self.hold(object_, f'&{value}.items[i]')};",
        ]
        return name

    def files(self, passage: Passage) -> str:
        """Descriptors that came beside the call; they are closed with it."""
        if passage.parameter.list is model.ListMode.NO:
            self.body.before += ["if (virServeWantFiles(call, 1) < 0)", "    return -1;"]
            return "call->filesIn[0]"
        return "(int *) call->filesIn"

    def files_back(self, passage: Passage) -> str:
        """Descriptors that the function opens: they leave with the reply."""
        name, count = passage.c.name, "rc"
        if passage.parameter.count:
            measure = self.call.passage(passage.parameter.count[0])
            assert measure is not None
            count = measure.c.name
            self.body.locals.append(f"{_base(measure.c.type)} {count} = 0;")
        self.body.locals.append(f"int *{name} = NULL;")
        self.body.after.append(f"virServeGiveFiles(call, {name}, (size_t) {count});")
        return f"&{name}"

    def measure(self, passage: Passage) -> str:
        """A count, as long as what came, as much as there is room, or where to store how many."""
        if not passage.of:
            # How many bytes the function returns.
            self.body.locals.append(f"{_base(passage.c.type)} {passage.c.name} = 0;")
            return f"&{passage.c.name}"
        measured = self.call.passage(passage.of)
        assert measured is not None
        for one, other in zip(passage.alike, passage.alike[1:]):
            # The function reads as many of both; a peer may say anything.
            self.body.before += [
                f"if (in->{one.name}.count != in->{other.name}.count) {{",
                f'    virErrorRaise(VIR_FROM_RPC, VIR_ERR_RPC, "%zu {one.name}, but %zu {other.name}",',
                f"                  in->{one.name}.count, in->{other.name}.count);",
                "    return -1;", "}",
            ]
        match measured.way:
            case Way.LIST:
                return f"in->{measured.member.name}.count"
            case Way.RECORD:
                return f"sizeof(*{measured.c.name})"
            case Way.MATRIX:
                return passage.c.name
            case Way.FILES:
                return "(unsigned int) call->filesInCount" if measured.inward else f"&{passage.c.name}"
            case Way.COUNTED:
                return f"&{passage.c.name}"
            case Way.ROOM | Way.MADE:
                given = measured.way is Way.ROOM and not measured.parameter.probe
                return passage.c.name if given else f"&{passage.c.name}"
            case _:
                pass
        raise AssertionError(f"{self.function.name}: {passage.c.name} measures no list")

    # -- what goes out

    def one(self, passage: Passage) -> str:
        name, member = passage.c.name, passage.member
        if passage.way is Way.TEXT:
            self.body.locals.append(f"char *{name} = NULL;")
            self.body.after.append(f"virServeOwn(call, {name}, g_free);")
        else:
            self.body.locals.append(f"{_base(passage.c.type)} {name} = 0;")
        self.body.after.append(f"out->{member.name} = {name};")
        return f"in->{passage.needed.name} ? &{name} : NULL" if passage.needed else f"&{name}"

    def counted(self, passage: Passage) -> str:
        """Bytes that the function makes, with their number."""
        name, target = passage.c.name, f"out->{passage.member.name}"
        measure = self.call.passage(passage.parameter.count[0])
        assert measure is not None
        count = measure.c.name
        self.body.locals += [f"{_base(passage.c.type)}{name} = NULL;",
                             f"{_base(measure.c.type)} {count} = 0;"]
        self.body.after += [f"virServeOwn(call, {name}, g_free);", f"{target}.items = {name};",
                            f"{target}.count = {name} ? (size_t) {count} : 0;"]
        return f"&{name}"

    def record(self, passage: Passage) -> str:
        name = passage.c.name
        type_ = naming.typedef(self.api, self.api.record(passage.parameter.type.name).typedef)
        self.body.locals.append(f"{type_} *{name} = virServeAlloc(call, 1, sizeof(*{name}));")
        for m in passage.members:
            self.body.after += self.copier.field("out->", f"{name}->", m)
        return name

    def ask(self, passage: Passage) -> str:
        """How many items the caller has room for, checked against the limit of the reply."""
        asked, limit, name = passage.asked, passage.limit, passage.parameter.count[0]
        assert asked is not None and limit is not None
        self.body.locals.append(f"int {name} = (int) in->{asked.name};")
        check = c_call("if (virServeCount", [c_string(asked.name), name, str(limit.value),
                                           self.limit_words(passage)], " < 0)\n    return -1;")
        self.body.before += check.split("\n")
        return name

    def dimension(self, name: str) -> str:
        """The value of a parameter that says how large a list is."""
        passage = self.call.passage(name)
        assert passage is not None
        if passage.way is Way.NUMBER:
            return f"in->{passage.member.name}"
        if passage.asked is None:
            return self.measure(passage)
        declared = f"{passage.c.type} {name} = ({passage.c.type}) in->{passage.asked.name};"
        if not any(f" {name} = " in line for line in self.body.locals):
            self.body.locals.append(declared)
        return name

    def area(self, passage: Passage) -> str:
        """The number of items, or bytes, of a list of several dimensions; checked against the limit."""
        p, limit, name = passage.parameter, passage.member.limit, f"{passage.c.name}Room"
        assert limit is not None
        sizes = [f"(unsigned int) {self.dimension(d)}" for d in (*p.count, p.stride) if d]
        if len(sizes) == 1:
            sizes.append("1")
        self.body.locals.append(f"size_t {name};")
        words = " * ".join(d for d in (*p.count, p.stride) if d)
        self.body.before += [f"if (virServeRoom({c_string(words)}, {', '.join(sizes)},",
                             f"                 {limit.value}, &{name}) < 0)",
                             "    return -1;"]
        return name

    def room_of_area(self, passage: Passage) -> str:
        """Room for bytes, or for numbers in rows: the reply has all of it, or as much as was filled."""
        name, target = passage.c.name, f"out->{passage.member.name}"
        room = self.area(passage)
        type_ = "unsigned char" if passage.item is Item.BYTES else _base(passage.c.type)
        made = self.allocate(f"*{name}", room)
        if passage.parameter.nullable:
            made = f"{room} ? {made} : NULL"
        self.body.locals.append(f"{type_} *{name} = NULL;")
        self.body.before.append(f"{name} = {made};")
        filled = "(size_t) rc" if passage.item is Item.NUMBER else room
        self.body.after += [f"{target}.items = {name};", f"{target}.count = {filled};"]
        return name

    def matrix(self, passage: Passage) -> str:
        """Rows of parameters; the reply has them one behind the other, without the empty ones."""
        name, target = passage.c.name, f"out->{passage.member.name}"
        room = self.area(passage)
        self.body.locals.append(f"virTypedParameterPtr {name} = NULL;")
        self.body.before.append(f"{name} = virServeParams(call, (int) {room});")
        self.body.after += [f"{target}.items = {name};",
                            f"{target}.count = virServePackParams({name}, {room});"]
        return name

    def buffer(self, passage: Passage) -> str:
        """A bitmap that the function makes; it returns how many bits there are."""
        name, target = passage.c.name, f"out->{passage.member.name}"
        self.body.locals.append(f"{_base(passage.c.type)} {name} = NULL;")
        self.body.after += [
            f"virServeOwn(call, {name}, g_free);", f"{target}.items = {name};",
            f"{target}.count = {name} ? VIR_CPU_MAPLEN((size_t) rc) : 0;"]
        return f"in->{passage.needed.name} ? &{name} : NULL" if passage.needed else f"&{name}"

    @staticmethod
    def limit_words(passage: Passage) -> str:
        """The name of a limit for messages; parameters are refused without it."""
        limit = passage.member.limit
        named = limit is not None and limit.name and passage.item is not Item.PARAM
        return c_string(f"{limit.program.upper()}_{limit.name}") if limit and named else "NULL"

    def room(self, passage: Passage) -> str:
        """Room for a list that the function fills."""
        if passage.limit is None or passage.item is Item.BYTES:
            return self.room_of_area(passage)
        p, c_name = passage.parameter, passage.c.name
        name = self.ask(passage)
        count = name if p.probe else "rc"
        target = f"out->{passage.member.name}"
        locals_, before, after = self.body.locals, self.body.before, self.body.after
        match passage.item:
            case Item.PARAM:
                locals_.append(f"virTypedParameterPtr {c_name} = NULL;")
                before.append(f"{c_name} = virServeParams(call, {name});")
                after += [f"{target}.items = {c_name};",
                          f"{target}.count = {c_name} ? (size_t) {count} : 0;"]
            case Item.TEXT:
                locals_.append(f"char **{c_name} = NULL;")
                before.append(f"{c_name} = virServeStrings(call, {name});")
                after += [f"{target}.items = {c_name};", f"{target}.count = (size_t) {count};"]
            case Item.NUMBER:
                locals_.append(f"{_base(passage.c.type)} *{c_name} = NULL;")
                before.append(f"{c_name} = virServeAlloc(call, (size_t) {name}, sizeof(*{c_name}));")
                after += [f"{target}.items = {c_name};", f"{target}.count = (size_t) {count};"]
            case Item.RECORD:
                type_ = naming.typedef(self.api, self.api.record(p.type.name).typedef)
                locals_ += [f"{type_} *{c_name} = NULL;"]
                before.append(
                    f"{c_name} = {name} ? virServeAlloc(call, (size_t) {name}, sizeof(*{c_name})) : NULL;")
                after += self.rows(passage.member, f"{c_name} ? (size_t) {count} : 0", f"{c_name}[i].")
            case Item.CHARS | Item.BYTES | Item.OBJECT:
                raise AssertionError(f"{self.function.name}: nobody has room for such a list")
        if passage.counted is not None:
            after.append(f"out->{passage.counted.name} = {count};")
        return c_name

    def rows(self, member: Member, count: str, value: str) -> list[str]:
        """Fills a list of structures; `value` is the item's prefix."""
        self.body.locals.append(f"{naming.wire_struct(member.structure)} *rows;")
        if member.object:
            item = value.removesuffix("->").removesuffix(".")
            copies = [f"{put_name(member.structure)}(&rows[i], {item});"]
        else:
            copies = self.copier.fields(self.structure(member.structure), "rows[i].", value, 1)
        target = f"out->{member.name}"
        return [
            f"{target}.count = {count};",
            f"rows = {self.allocate('*rows', f'{target}.count')};",
            f"{target}.items = rows;",
            f"for (size_t i = 0; i < {target}.count; i++) {{",
            *(f"    {line}" for line in copies),
            "}",
        ]

    @staticmethod
    def allocate(type_: str, count: str) -> str:
        return f"virServeAlloc(call, {count}, sizeof({type_}))"

    def structure(self, name: str) -> Structure:
        programs = [self.program]
        programs += [p for p in self.derivation.programs if p.name == self.program.source.uses]
        return next(s for p in programs for s in p.structures if s.name == name)

    def list_made(self, passage: Passage) -> str:
        """The function makes the list; its number is a count parameter or what it returns."""
        p, name = passage.parameter, passage.c.name
        count = "rc"
        measure = self.call.passage(p.count[0]) if p.count else None
        if measure is not None:
            count = measure.c.name
            self.body.locals.append(f"{_base(measure.c.type)} {count} = 0;")
        self.body.locals.append(f"{_base(passage.c.type)} {name} = NULL;")
        target = f"out->{passage.member.name}"
        match passage.item:
            case Item.PARAM:
                self.body.after += [f"virServeOwnParams(call, {name}, (int) {count});",
                                    f"{target}.items = {name};",
                                    f"{target}.count = (size_t) {count};"]
            case Item.TEXT:
                self.body.after += [f"virServeOwnStrings(call, {name}, {count});",
                                    f"{target}.items = {name};",
                                    f"{target}.count = {name} ? (size_t) {count} : 0;"]
            case Item.OBJECT:
                self.body.after += [f"virServeOwnHandles(call, {name}, {count});",
                                    *self.rows(passage.member, f"{name} ? (size_t) {count} : 0",
                                               f"{name}[i]->")]
            case Item.RECORD:
                self.records_made(passage, name, count)
            case Item.NUMBER | Item.CHARS | Item.BYTES:
                raise AssertionError(f"{self.function.name}: no function makes such a list")
        return f"in->{passage.needed.name} ? &{name} : NULL" if passage.needed else f"&{name}"

    def records_made(self, passage: Passage, name: str, count: str) -> None:
        """A list of records, released one by one, or all at once where the API has that."""
        flat = passage.parameter.repr is model.Repr.FLAT
        type_ = passage.parameter.type.name
        if flat:
            own = f"virServeOwn(call, {name}, g_free);"
        elif frees_one(self.api, type_):
            own = f"virServeOwnRecords(call, {name}, {count}, {release_name(type_)});"
        else:
            own = f"virServeOwn(call, {name}, {release_name(type_)});"
        self.body.after += [
            own,
            *self.rows(passage.member, f"{name} ? (size_t) {count} : 0",
                       f"{name}[i]." if flat else f"{name}[i]->"),
        ]

    # -- the whole

    def returned(self) -> None:
        member = self.call.returned
        match self.call.back:
            case Back.NOTHING | Back.LENGTH:
                return
            case Back.OBJECT:
                assert member is not None
                self.body.after += [
                    "virServeHold(call, rc);",
                    f"{put_name(member.object)}(&out->{member.name}, rc);"]
                return
            case Back.TEXT:
                self.body.after.append("virServeOwn(call, rc, g_free);")
            case Back.NUMBER | Back.KEPT:
                pass
            case Back.BYTES:
                assert member is not None
                self.body.after += [
                    "virServeOwn(call, rc, g_free);", f"out->{member.name}.items = rc;",
                    f"out->{member.name}.count = {self.function.returns.count};"]
                return
            case Back.FILE:
                self.body.after.append("virServeAddFile(call, rc);")
                return
        assert member is not None
        self.body.after.append(f"out->{member.name} = rc;")

    def failed(self) -> str:
        """The condition that tells failure from what the function returned."""
        failed = self.lowered.failed
        if failed == "-1" and self.lowered.returns in ("int", "long long"):
            return "rc < 0"
        return "!rc" if failed == "NULL" else f"rc == {failed}"

    def render(self) -> str:
        made, body, fuller = self.made, self.body, self.call.fuller
        name = made.name if self.function is made.function else self.function.name
        if fuller is not None:
            body.before += [f"if (in->{fuller.conn.member.name}.count)",
                            f"    return serve{fuller.function.name}(call, args, ret);"]
        body.arguments += [self.argument(passage) for passage in self.call.passages]
        self.returned()
        rows = []
        lines = "\n".join([*body.before, *body.arguments, *body.after, *body.locals])
        if "in->" in lines:
            assert made.args is not None
            rows.append(f"const {naming.wire_struct(made.args.name)} *in = args;")
        if "out->" in lines:
            assert made.ret is not None
            rows.append(f"{naming.wire_struct(made.ret.name)} *out = ret;")
        rows += [line for line in body.locals]
        returns = self.lowered.returns
        space = "" if returns.endswith("*") else " "
        rows.append(f"{returns}{space}rc;")
        call = c_call(f"    rc = {self.api.prefix}{self.function.name}", body.arguments, ";\n")
        text = "".join(f"    {row}\n" for row in rows) + "\n"
        text += "".join(f"    {row}\n" for row in body.before)
        text += call + f"    if ({self.failed()})\n        return -1;\n"
        text += "".join(f"    {row}\n" for row in body.after)
        unused = "" if "in->" in lines else " G_GNUC_UNUSED"
        silent = "" if "out->" in lines else " G_GNUC_UNUSED"
        used = "" if "call" in text else " G_GNUC_UNUSED"
        return (
            f"static int\nserve{name}(virServeCall *call{used}, const void *args{unused},\n"
            f"    void *ret{silent})\n{{\n{text}    return 0;\n}}"
        )


def function(derivation: Derivation, call: Call) -> str:
    """The function that serves a call; behind that of the function that says more."""
    return "\n\n".join(_Function(derivation, one).render() for one in reversed(call.calls))
