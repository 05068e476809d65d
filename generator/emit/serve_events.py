# SPDX-License-Identifier: LGPL-2.1-or-later
"""Events on the server: the callback that makes a message of each, and the table that finds it."""

from __future__ import annotations

from .. import model, naming, permissions, plan
from ..text import c_call
from ..wire import Derivation, Form, Kind, Member, Procedure, Program, Role
from .serve_records import Copier
from .wire_objects import put_name


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
        self.copier = Copier(program.structure, self.allocate)

    def allocate(self, row: str, count: str) -> str:
        """Rows that live until the message was encoded."""
        self.lists.append(count.removesuffix(".count") + ".items")
        return f"g_new0({row}, {count} + 1)"

    def member(self, prefix: str, member: Member) -> list[str]:
        target = f"{prefix}{member.name}"
        if member.role is Role.CALLBACK_ID:
            return [f"{target} = virServeListenerId({self.opaque()});"]
        if member.role is Role.NESTED:
            nested = self.program.structure(member.structure)
            return [line for m in nested.members for line in self.member(f"{target}.", m)]
        parameter = member.parameter
        assert parameter is not None
        if parameter.type.kind is model.Kind.RECORD:
            return self.record(target, member, parameter)
        if member.role is Role.SELF:
            return [f"{put_name(member.object)}(&{target}, {parameter.name});"]
        if member.form is Form.LIST and member.kind is Kind.PARAM and parameter.count:
            return [f"{target}.items = {parameter.name};",
                    f"{target}.count = (size_t) {parameter.count[0]};"]
        assert member.form is not Form.LIST and member.kind not in (Kind.STRUCT, Kind.OPAQUE)
        return [f"{target} = {parameter.name};"]

    def record(self, target: str, member: Member, parameter: model.Parameter) -> list[str]:
        """A record that the callback is given a pointer to; one that is only a list is that list."""
        if member.form is Form.LIST:
            source = member.field
            assert source is not None
            value = f"{parameter.name}->"
            return self.copier.rows(target, f"{value}{source.name}",
                                    f"(size_t) {value}{source.count}", member)
        structure = self.program.structure(member.structure)
        return self.copier.fields(structure, f"{target}.", f"{parameter.name}->")

    def opaque(self) -> str:
        return next(p.name for p in self.parameters if p.source is not None
                    and p.source.type.kind is model.Kind.OPAQUE)

    def about(self) -> str:
        """The connection, the permission of who may see what the event is about, and that object."""
        assert self.made.event is not None
        rule = permissions.filter_of(self.api, self.made.event.object)
        assert rule is not None
        objects = {p.source.type.name: p.name for p in self.parameters
                   if p.source is not None and p.source.type.kind is model.Kind.OBJECT}
        item = self.api.object(self.made.event.object)
        about = objects.get(item.name, "NULL")
        return f"{objects['Connect']}, {permissions.constant(item, rule.name)}, {about}"

    def render(self) -> str:
        assert self.made.args is not None
        rows = [line for m in self.made.args.members for line in self.member("message.", m)]
        body = "".join(f"    {row}\n" for row in rows)
        declarations = [f"{p.declaration} G_GNUC_UNUSED" for p in self.parameters]
        returns, _ = plan.return_type(self.api, self.callback.returns)
        end = "" if returns == "void" else "    return 0;\n"
        end = "".join(f"    g_free({items});\n" for items in self.lists) + end
        return c_call(f"static {returns}\nrelay{self.made.name}", declarations, "\n{\n") + (
            f"    {naming.wire_struct(self.made.args.name)} message = {{ 0 }};\n\n{body}"
            f"    virServeTell({self.opaque()}, virWireProc{self.made.name}, &message,\n"
            f"                 {self.about()});\n{end}}}"
        )


def relay(derivation: Derivation, program: Program, made: Procedure) -> str:
    """What an event of the API becomes for the clients that asked for it."""
    return _Relay(derivation, program, made).render()


def relayed(program: Program) -> list[Procedure]:
    """The events of a program, each by its newer procedure."""
    return [p for p in program.procedures if p.event is not None and not p.legacy]


def _older(program: Program, made: Procedure) -> Procedure | None:
    """The procedure that tells the same to clients which know no numbers of callbacks."""
    return next((p for p in program.procedures if p.legacy and p.event is made.event
                 and p.event is not None), None)


def table_name(program: Program) -> str:
    return f"virServe{program.name.capitalize()}Events"


def blocks(derivation: Derivation, program: Program) -> list[str]:
    """The relays of all events, for clients of either age, and their table."""
    found = relayed(program)
    if not found:
        return []
    rows, relays = "", []
    for made in found:
        assert made.event is not None
        older = _older(program, made)
        relays += [relay(derivation, program, p) for p in (made, older) if p is not None]
        second = f"VIR_DOMAIN_EVENT_CALLBACK(relay{older.name})" if older is not None else "NULL"
        words = "_".join(naming.words(made.event.object)).upper()
        rows += (
            f"    {{ &{naming.handle_class(made.event.object)}, VIR_{words}_EVENT_ID_{made.event.name},\n"
            f"      VIR_DOMAIN_EVENT_CALLBACK(relay{made.name}), {second},\n"
            f"      {permissions.listening(derivation.api, made.event.object)} }},\n"
        )
    return relays + [
        f"const virServeEvent {table_name(program)}[] = {{\n{rows}    {{ .class = NULL }},\n}};"]
