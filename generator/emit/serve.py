# SPDX-License-Identifier: LGPL-2.1-or-later
"""Server dispatch: one function per procedure, from the call's structure to the public function.

A function whose parameters this module cannot lower yet has no row with a function: the daemon
refuses it by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import model, naming, plan
from ..model import Direction, ListMode, ReturnKind, Shape
from ..text import banner, c_call, join_paragraphs
from ..wire import Derivation, Form, Kind, Member, Procedure, Program, Role, Structure

#: What the daemon answers by hand: it has a meaning of its own there.
_OWN = (Shape.OPEN, Shape.CLOSE, Shape.LOCAL, Shape.RUNTIME, Shape.EVENT_REGISTER,
        Shape.EVENT_DEREGISTER)
#: What a client may ask before it was authenticated or has opened a connection.
_EARLY = ("AuthList", "AuthSaslInit", "AuthSaslStart", "AuthSaslStep", "AuthPolkit", "ConnectOpen",
          "ConnectClose", "ConnectSupportsFeature", "AdmConnectOpen", "AdmConnectClose")


class Uncovered(Exception):
    """A parameter that is not lowered here."""


@dataclass
class _Body:
    """The parts of one function, in the order in which they run."""

    locals: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def _struct(member: Member) -> str:
    return naming.wire_struct(member.structure)


def _is_connection(api: model.Api, name: str) -> bool:
    return not api.object(name).parent


def _connection(program: Program) -> str:
    return "call->admin" if program.name == "admin" else "call->conn"


# --- objects ---------------------------------------------------------------------------------------


def _key_member(key: model.Key) -> str:
    return key.wire.name or key.name


def _parent_member(structure: Structure, parent: str) -> str:
    return next(m.name for m in structure.members if m.object == parent)


def _opener(api: model.Api, program: Program, structure: Structure) -> str:
    """Makes the handle that a structure of the wire means; it belongs to the call."""
    item = structure.object
    assert item is not None
    pointer = naming.pointer(api, item.name)
    if _is_connection(api, item.parent):
        arguments = [_connection(program)]
    else:
        arguments = [f"open{item.parent}(call, &wire->{_parent_member(structure, item.parent)})"]
    arguments += [
        f"wire->{_key_member(k)}" if k.wire.type != "none"
        else ("NULL" if k.type.kind in (model.Kind.STRING, model.Kind.UUID) else "0")
        for k in item.keys
    ]
    head = f"    {pointer} handle = {naming.typedef(api, item.name)}New"
    return (
        f"G_GNUC_UNUSED static {pointer}\n"
        f"open{item.name}(virServeCall *call, const {naming.wire_struct(structure.name)} *wire)\n{{\n"
        + c_call(head, arguments, ";\n")
        + "\n    virServeOwn(call, handle, releaseHandle);\n    return handle;\n}"
    )


def _filler(api: model.Api, structure: Structure) -> str:
    """Writes what identifies a handle; it borrows from the handle."""
    item = structure.object
    assert item is not None
    rows = []
    if not _is_connection(api, item.parent):
        parent = api.object(item.parent)
        member = _parent_member(structure, item.parent)
        rows.append(f"fill{parent.name}(&wire->{member}, handle->{parent.argument});")
    for key in item.keys:
        if key.wire.type == "none":
            continue
        name = _key_member(key)
        if key.type.kind is model.Kind.UUID:
            rows.append(f"memcpy(wire->{name}, handle->{key.name}, sizeof(wire->{name}));")
        else:
            rows.append(f"wire->{name} = handle->{key.name};")
    body = "".join(f"    {row}\n" for row in rows)
    return (
        f"G_GNUC_UNUSED static void\nfill{item.name}({naming.wire_struct(structure.name)} *wire, "
        f"{naming.pointer(api, item.name)} handle)\n{{\n{body}}}"
    )


# --- records ---------------------------------------------------------------------------------------


def _copy_field(wire: str, value: str, member: Member) -> list[str]:
    """One field of a record, from the C struct to the wire's."""
    source = member.field
    assert source is not None
    target, origin = f"{wire}{member.name}", f"{value}{source.name}"
    match member.kind, member.form:
        case Kind.CHAR, Form.FIXED:
            return [f"memcpy({target}, {origin}, sizeof({target}));"]
        case Kind.CHAR, Form.LIST:
            return [f"{target}.items = {origin};", f"{target}.count = strlen({origin}) + 1;"]
        case Kind.PARAM, Form.LIST:
            return [f"{target}.items = {origin};",
                    f"{target}.count = (size_t) {value}{source.count};"]
        case Kind.STRUCT, Form.ONE if member.object:
            return [f"fill{member.object}(&{target}, {origin});"]
        case (Kind.STRUCT | Kind.OPAQUE | Kind.PARAM), _:
            raise Uncovered
        case _, (Form.ONE | Form.OPTIONAL):
            return [f"{target} = {origin};"]
        case _:
            pass
    raise Uncovered


class _Function:
    """Lowers one procedure."""

    def __init__(self, derivation: Derivation, program: Program, made: Procedure) -> None:
        assert made.function is not None
        self.api = derivation.api
        self.derivation = derivation
        self.program = program
        self.made = made
        self.function = made.function
        self.lowered = plan.lower(self.api, made.function)
        self.body = _Body()
        self.counts: dict[str, str] = {}

    def input(self, name: str, *roles: Role) -> Member | None:
        members = self.made.args.members if self.made.args else ()
        return next((m for m in members if m.role in (roles or (Role.VALUE,))
                     and m.parameter is not None and m.parameter.name == name), None)

    def output(self, name: str) -> list[Member]:
        members = self.made.ret.members if self.made.ret else ()
        return [m for m in members if m.role is Role.VALUE
                and m.parameter is not None and m.parameter.name == name]

    def output_count(self, name: str) -> Member | None:
        members = self.made.ret.members if self.made.ret else ()
        return next((m for m in members if m.role is Role.COUNT
                     and m.parameter is not None and m.parameter.name == name), None)

    def returned(self) -> Member | None:
        members = self.made.ret.members if self.made.ret else ()
        return next((m for m in members if m.role is Role.RETURN), None)

    # -- what comes in

    def own(self) -> str:
        assert self.function.self is not None
        if _is_connection(self.api, self.function.self.type):
            return _connection(self.program)
        members = self.made.args.members if self.made.args else ()
        member = next(m for m in members if m.role in (Role.SELF, Role.SELF_KEY))
        name = self.function.self.type
        if member.role is Role.SELF:
            return f"open{name}(call, &in->{member.name})"
        item = self.api.object(name)
        self.body.locals.append(f"{naming.wire_struct(name)} self = {{ .{_key_member(item.keys[0])} = in->{member.name} }};")
        return f"open{name}(call, &self)"

    def incoming(self, c: plan.CParameter, p: model.Parameter) -> str:
        kind = p.type.kind
        if kind is model.Kind.OBJECT and p.type.name == "Stream":
            return "call->stream"
        if kind in (model.Kind.CALLBACK, model.Kind.OPAQUE, model.Kind.FD, model.Kind.RECORD):
            raise Uncovered
        member = self.input(p.name)
        if member is None:
            raise Uncovered
        value = f"in->{member.name}"
        if kind is model.Kind.OBJECT:
            if p.list is not ListMode.NO:
                return self.incoming_objects(p, member)
            if member.form is Form.OPTIONAL:
                return f"{value} ? open{p.type.name}(call, {value}) : NULL"
            return f"open{p.type.name}(call, &{value})"
        if member.form is Form.LIST:
            for name in p.count:
                self.counts[name] = f"{value}.count"
            if p.size:
                self.counts[p.size] = f"{value}.count"
            return f"(void *) {value}.items"
        return value

    def incoming_objects(self, p: model.Parameter, member: Member) -> str:
        """A list that ends with NULL."""
        if p.count:
            raise Uncovered
        pointer = naming.pointer(self.api, p.type.name)
        self.body.locals.append(f"{pointer} *{p.name} = NULL;")
        value = f"in->{member.name}"
        self.body.before += [
            f"if ({value}.count) {{",
            f"    {p.name} = virServeAlloc(call, {value}.count + 1, sizeof(*{p.name}));",
            f"    for (size_t i = 0; i < {value}.count; i++)",
            f"        {p.name}[i] = open{p.type.name}(call, &{value}.items[i]);",
            "}",
        ]
        return p.name

    # -- what goes out

    def outgoing(self, c: plan.CParameter, p: model.Parameter) -> str:
        members = self.output(p.name)
        if not members:
            raise Uncovered
        match p.list:
            case ListMode.NO:
                return self.outgoing_one(c, p, members)
            case ListMode.FILL:
                return self.outgoing_room(c, p, members[0])
            case ListMode.ALLOC:
                return self.outgoing_made(c, p, members[0])
            case _:
                raise Uncovered

    def outgoing_one(self, c: plan.CParameter, p: model.Parameter, members: list[Member]) -> str:
        kind = p.type.kind
        member = members[0]
        if kind is model.Kind.RECORD:
            type_ = naming.typedef(self.api, self.api.record(p.type.name).typedef)
            self.body.locals.append(
                f"{type_} *{p.name} = virServeAlloc(call, 1, sizeof(*{p.name}));")
            for m in members:
                self.body.after += _copy_field("out->", f"{p.name}->", m)
            return p.name
        if kind in (model.Kind.STRING,) and p.transfer == "full":
            self.body.locals.append(f"char *{p.name} = NULL;")
            self.body.after += [f"virServeOwn(call, {p.name}, g_free);",
                                f"out->{member.name} = {p.name};"]
            return f"&{p.name}"
        if member.form is not Form.ONE or member.kind in (Kind.STRING, Kind.STRUCT, Kind.OPAQUE):
            raise Uncovered
        base = c.type.removesuffix("*").strip()
        self.body.locals.append(f"{base} {p.name} = 0;")
        self.body.after.append(f"out->{member.name} = {p.name};")
        return f"&{p.name}"

    def room(self, p: model.Parameter, member: Member) -> str:
        """How many items the caller has room for, checked against the limit of the reply."""
        asked = self.input(p.name, Role.COUNT)
        if asked is None or len(p.count) != 1 or member.limit is None:
            raise Uncovered
        name = p.count[0]
        self.body.locals.append(f"int {name} = (int) in->{asked.name};")
        self.body.before += [
            f"if ({name} < 0 || {name} > {member.limit.value}) {{",
            f'    virErrorRaise(VIR_FROM_RPC, VIR_ERR_RPC, "%d items, but at most {member.limit.value} fit", {name});',
            "    return -1;",
            "}",
        ]
        self.counts[name] = f"&{name}" if p.probe else name
        return name

    def outgoing_room(self, c: plan.CParameter, p: model.Parameter, member: Member) -> str:
        name = self.room(p, member)
        count = name if p.probe else "rc"
        target = f"out->{member.name}"
        how_many = self.output_count(p.name)
        if p.type.kind is model.Kind.PARAMS:
            self.body.locals.append("virTypedParameterPtr params = NULL;")
            self.body.before.append(f"params = virServeParams(call, {name});")
            self.body.after += [f"{target}.items = params;",
                                f"{target}.count = params ? (size_t) {count} : 0;"]
            if how_many:
                self.body.after.append(f"out->{how_many.name} = {count};")
            return "params"
        if p.type.kind is model.Kind.RECORD:
            return self.record_room(p, member, name, count, how_many)
        if member.kind is Kind.STRING:
            self.body.locals.append(f"char **{p.name} = NULL;")
            self.body.before.append(f"{p.name} = virServeStrings(call, {name});")
        elif member.kind in (Kind.INT, Kind.UINT, Kind.UINT64, Kind.INT64):
            base = c.type.removesuffix("*").strip()
            self.body.locals.append(f"{base} *{p.name} = NULL;")
            self.body.before.append(
                f"{p.name} = virServeAlloc(call, (size_t) {name}, sizeof(*{p.name}));")
        else:
            raise Uncovered
        self.body.after += [f"{target}.items = {p.name};", f"{target}.count = (size_t) {count};"]
        if how_many:
            self.body.after.append(f"out->{how_many.name} = {count};")
        return p.name

    def record_room(self, p: model.Parameter, member: Member, name: str, count: str,
                    how_many: Member | None) -> str:
        type_ = naming.typedef(self.api, self.api.record(p.type.name).typedef)
        self.body.locals += [f"{type_} *{p.name} = NULL;", f"{_struct(member)} *rows;"]
        self.body.before.append(
            f"{p.name} = {name} ? virServeAlloc(call, (size_t) {name}, sizeof(*{p.name})) : NULL;")
        self.body.after += self.rows(member, f"{p.name} ? (size_t) {count} : 0", f"{p.name}[i].")
        if how_many:
            self.body.after.append(f"out->{how_many.name} = {count};")
        return p.name

    def rows(self, member: Member, count: str, value: str) -> list[str]:
        """Fills a list of structures; `value` is the item's prefix."""
        structure = self.structure(member.structure)
        if structure.object is not None:
            copies = [f"fill{member.structure}(&rows[i], {value.removesuffix('->').removesuffix('.')});"]
        else:
            copies = [line for m in structure.members for line in _copy_field("rows[i].", value, m)]
        target = f"out->{member.name}"
        return [
            f"{target}.count = {count};",
            f"rows = virServeAlloc(call, {target}.count, sizeof(*rows));",
            f"{target}.items = rows;",
            f"for (size_t i = 0; i < {target}.count; i++) {{",
            *(f"    {line}" for line in copies),
            "}",
        ]

    def structure(self, name: str) -> Structure:
        programs = [self.program]
        programs += [p for p in self.derivation.programs if p.name == self.program.source.uses]
        return next(s for p in programs for s in p.structures if s.name == name)

    def outgoing_made(self, c: plan.CParameter, p: model.Parameter, member: Member) -> str:
        """The function makes the list; its number is a count parameter or what it returns."""
        need = self.input(p.name, Role.NEED)
        count = "rc"
        if p.count and p.count[0] in [x.name for x in self.lowered.parameters]:
            count = p.count[0]
            kind = next(x.type for x in self.lowered.parameters if x.name == count)
            self.body.locals.append(f"{kind.removesuffix('*').strip()} {count} = 0;")
            self.counts[count] = f"&{count}"
        self.body.locals.append(f"{c.type.removesuffix('*').strip()} {p.name} = NULL;")
        target = f"out->{member.name}"
        if p.type.kind is model.Kind.PARAMS:
            self.body.after += [f"virServeOwnParams(call, {p.name}, (int) {count});",
                                f"{target}.items = {p.name};",
                                f"{target}.count = (size_t) {count};"]
        elif member.kind is Kind.STRING:
            self.body.after += [f"virServeOwnStrings(call, {p.name}, {count});",
                                f"{target}.items = {p.name};",
                                f"{target}.count = {p.name} ? (size_t) {count} : 0;"]
        elif member.kind is Kind.STRUCT and p.type.kind is model.Kind.OBJECT:
            self.body.locals.append(f"{_struct(member)} *rows;")
            self.body.after += [f"virServeOwnHandles(call, {p.name}, {count});",
                                *self.rows(member, f"{p.name} ? (size_t) {count} : 0",
                                           f"{p.name}[i]->")]
        elif p.type.kind is model.Kind.RECORD and p.type.name == "DomainStatsRecord":
            self.body.locals.append(f"{_struct(member)} *rows;")
            self.body.after += [f"virServeOwn(call, {p.name}, releaseStats);",
                                *self.rows(member, f"(size_t) {count}", f"{p.name}[i]->")]
        else:
            raise Uncovered
        return f"in->{need.name} ? &{p.name} : NULL" if need else f"&{p.name}"

    # -- the whole

    def lower_returned(self) -> None:
        member = self.returned()
        returns = self.function.returns
        if member is None:
            return
        match returns.kind:
            case ReturnKind.STRING:
                if returns.transfer == "full":
                    self.body.after.append("virServeOwn(call, rc, g_free);")
                self.body.after.append(f"out->{member.name} = rc;")
            case ReturnKind.OBJECT:
                assert returns.type is not None
                self.body.after += ["virServeOwn(call, rc, releaseHandle);",
                                    f"fill{returns.type.name}(&out->{member.name}, rc);"]
            case _:
                if member.form is not Form.ONE or member.kind in (
                        Kind.STRING, Kind.STRUCT, Kind.OPAQUE):
                    raise Uncovered
                self.body.after.append(f"out->{member.name} = rc;")

    def lower(self) -> None:
        later: list[tuple[int, str]] = []
        for c in self.lowered.parameters:
            if c.role == "self":
                self.body.arguments.append(self.own())
            elif c.role in ("count", "size"):
                later.append((len(self.body.arguments), c.name))
                self.body.arguments.append("")
            elif c.role != "value" or c.source is None:
                raise Uncovered
            elif c.source.direction is Direction.IN:
                self.body.arguments.append(self.incoming(c, c.source))
            elif c.source.direction is Direction.OUT:
                self.body.arguments.append(self.outgoing(c, c.source))
            else:
                raise Uncovered
        for index, name in later:
            if name not in self.counts:
                raise Uncovered
            self.body.arguments[index] = self.counts[name]
        self.lower_returned()

    def render(self) -> str:
        self.lower()
        made, body = self.made, self.body
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
        failed = self.lowered.failed
        if failed == "-1" and returns in ("int", "long long"):
            check = "rc < 0"
        elif failed == "NULL":
            check = "!rc"
        else:
            check = f"rc == {failed}"
        text = "".join(f"    {row}\n" for row in rows) + "\n"
        text += "".join(f"    {row}\n" for row in body.before)
        text += call + f"    if ({check})\n        return -1;\n"
        text += "".join(f"    {row}\n" for row in body.after)
        unused = "" if "in->" in lines else " G_GNUC_UNUSED"
        silent = "" if "out->" in lines else " G_GNUC_UNUSED"
        used = "" if "call" in text else " G_GNUC_UNUSED"
        return (
            f"static int\nserve{made.name}(virServeCall *call{used}, const void *args{unused},\n"
            f"    void *ret{silent})\n{{\n{text}    return 0;\n}}"
        )


# --- events ----------------------------------------------------------------------------------------


class _Relay:
    """The callback that makes a message of an event."""

    def __init__(self, derivation: Derivation, program: Program, made: Procedure) -> None:
        assert made.callback is not None and made.args is not None and made.event is not None
        self.api = derivation.api
        self.program = program
        self.made = made
        self.callback = made.callback
        self.parameters = plan.c_parameters(self.api, made.callback.parameters, in_callback=True)
        self.lists: list[str] = []

    def member(self, prefix: str, member: Member) -> list[str]:
        target = f"{prefix}{member.name}"
        if member.role is Role.CALLBACK_ID:
            return [f"{target} = virServeListenerId({self.opaque()});"]
        if member.role is Role.NESTED:
            nested = next(s for s in self.program.structures if s.name == member.structure)
            return [line for m in nested.members for line in self.member(f"{target}.", m)]
        parameter = member.parameter
        if parameter is None:
            raise Uncovered
        if parameter.type.kind is model.Kind.RECORD:
            return self.record(target, member, parameter)
        if member.role is Role.SELF:
            return [f"fill{member.object}(&{target}, {parameter.name});"]
        if member.form is Form.LIST and member.kind is Kind.PARAM and parameter.count:
            return [f"{target}.items = {parameter.name};",
                    f"{target}.count = (size_t) {parameter.count[0]};"]
        if member.form is Form.LIST or member.kind in (Kind.STRUCT, Kind.OPAQUE):
            raise Uncovered
        return [f"{target} = {parameter.name};"]

    def record(self, target: str, member: Member, parameter: model.Parameter) -> list[str]:
        """A record that the callback is given a pointer to; one that is only a list is that list."""
        structure = next(s for s in self.program.structures if s.name == member.structure)
        if member.form is Form.ONE:
            return [line for m in structure.members
                    for line in _copy_field(f"{target}.", f"{parameter.name}->", m)]
        source = member.field
        if member.form is not Form.LIST or source is None:
            raise Uncovered
        value = f"{parameter.name}->{source.name}[i]."
        copies = [line for m in structure.members for line in _copy_field("rows[i].", value, m)]
        self.lists.append(f"{_struct(member)} *rows = g_new0({_struct(member)}, "
                          f"(size_t) {parameter.name}->{source.count} + 1);")
        return [
            f"{target}.items = rows;", f"{target}.count = (size_t) {parameter.name}->{source.count};",
            f"for (size_t i = 0; i < {target}.count; i++) {{",
            *(f"    {line}" for line in copies),
            "}",
        ]

    def opaque(self) -> str:
        return next(p.name for p in self.parameters if p.source is not None
                    and p.source.type.kind is model.Kind.OPAQUE)

    def render(self) -> str:
        assert self.made.args is not None
        rows = [line for m in self.made.args.members for line in self.member("message.", m)]
        body = "".join(f"    {row}\n" for row in rows)
        declarations = [f"{p.declaration} G_GNUC_UNUSED" for p in self.parameters]
        returns, _ = plan.return_type(self.api, self.callback.returns)
        end = "" if returns == "void" else "    return 0;\n"
        extra = "".join(f"    {line}\n" for line in self.lists)
        if self.lists:
            end = "    g_free(rows);\n" + end
        return c_call(f"static {returns}\nrelay{self.made.name}", declarations, "\n{\n") + (
            f"    {naming.wire_struct(self.made.args.name)} message = {{ 0 }};\n{extra}\n{body}"
            f"    virServeTell({self.opaque()}, virWireProc{self.made.name}, &message);\n{end}}}"
        )


def _events(derivation: Derivation, program: Program) -> list[str]:
    """The relays of all events, and the table that finds them."""
    relays, rows = [], ""
    for made in program.procedures:
        if made.event is None or made.legacy:
            continue
        try:
            relays.append(_Relay(derivation, program, made).render())
        except Uncovered:
            continue
        words = "_".join(naming.words(made.event.object)).upper()
        rows += (
            f"    {{ &{naming.handle_class(made.event.object)}, VIR_{words}_EVENT_ID_{made.event.name},\n"
            f"      VIR_DOMAIN_EVENT_CALLBACK(relay{made.name}) }},\n"
        )
    if not relays:
        return []
    name = program.name.capitalize()
    return relays + [
        f"const virServeEvent virServe{name}Events[] = {{\n{rows}    {{ NULL, 0, NULL }},\n}};"]


# --- programs --------------------------------------------------------------------------------------


def by_hand(made: Procedure) -> bool:
    """Whether the daemon has the function of a procedure itself."""
    function = made.function
    return function is not None and made.direction == "call" and function.shape in _OWN


def header(program: Program) -> str:
    """Declarations of what src/daemon has by hand."""
    rows = "\n".join(
        f"int serve{p.name}(virServeCall *call, const void *args, void *ret);"
        for p in program.procedures if by_hand(p)
    )
    table = f"extern const virServeProgram virServe{program.name.capitalize()};"
    if any(p.event is not None for p in program.procedures):
        table += f"\nextern const virServeEvent virServe{program.name.capitalize()}Events[];"
    blocks = ["#pragma once", '#include "daemon/serve.h"', table]
    return banner("api/*.xml") + (
        f"/* Dispatch of the program {program.name}: what is written by hand, and the table. */\n\n"
    ) + join_paragraphs(blocks + ([rows] if rows else []))


def _row(program: Program, index: int, made: Procedure, served: bool) -> str:
    wire = f"&virWire{program.name.capitalize()}Procedures[{index}]"
    function = made.function
    if function is None or not served:
        return f"    {{ .wire = {wire} }},\n"
    blocks = {"no": "QUICK", "monitor": "MONITOR", "long": "LONG"}[function.blocks]
    read = "true" if function.access == "read" else "false"
    early = ", .early = true" if made.name in _EARLY else ""
    return (
        f"    {{ .wire = {wire}, .serve = serve{made.name},\n"
        f"      .blocks = VIR_SERVE_{blocks}, .readOnly = {read}{early} }},\n"
    )


def _objects(derivation: Derivation, program: Program) -> list[str]:
    names = [program.name, program.source.uses]
    found = [s for p in derivation.programs if p.name in names for s in p.structures
             if s.object is not None]
    blocks = []
    for structure in found:
        blocks += [_opener(derivation.api, program, structure), _filler(derivation.api, structure)]
    return blocks


_HELPERS = """G_GNUC_UNUSED static void
releaseHandle(void *handle)
{
    virHandleUnref(handle);
}

G_GNUC_UNUSED static void
releaseStats(void *records)
{
    virDomainStatsRecordListFree(records);
}"""


def source(derivation: Derivation, program: Program) -> str:
    functions, rows = [], ""
    for index, made in enumerate(program.procedures):
        served = by_hand(made)
        if made.direction == "call" and made.function is not None and not served \
                and made.function.visibility != "wire":
            try:
                functions.append(_Function(derivation, program, made).render())
                served = True
            except Uncovered:
                pass
        rows += _row(program, index, made, served)
    name = program.name.capitalize()
    includes = (
        f'#include "daemon/{program.name}.h"\n\n#include <string.h>\n\n#include <libvirt/libvirt.h>\n'
        "#include <libvirt/libvirt-admin.h>\n#include <libvirt/libvirt-lxc.h>\n"
        "#include <libvirt/libvirt-qemu.h>\n#include <libvirt/virterror.h>\n\n"
        '#include "daemon/convert.h"\n#include "runtime/error.h"\n#include "runtime/objects.h"\n'
        f'#include "wire/{program.name}.h"'
    )
    table = (
        f"static const virServeProcedure procedures[] = {{\n{rows}}};\n\n"
        f"const virServeProgram virServe{name} = {{\n    .wire = &virWireProgram{name},\n"
        "    .count = G_N_ELEMENTS(procedures),\n    .procedures = procedures,\n};"
    )
    return banner("api/*.xml") + (
        f"/* Dispatch of the program {program.name}: from a call to the public function. */\n\n"
    ) + join_paragraphs([includes, _HELPERS, *_objects(derivation, program), *functions,
                         *_events(derivation, program), table])
