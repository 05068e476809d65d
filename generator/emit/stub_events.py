# SPDX-License-Identifier: LGPL-2.1-or-later
"""Events on the client: what a message becomes, and registering with the server.

Registering is the runtime's; the remote driver tells the server about the first listener of an event
and about the last (drivers/remote/remote_event.c).
"""

from __future__ import annotations

from .. import model, naming, plan
from ..model import Shape
from ..text import banner, c_call, join_paragraphs
from ..wire import Derivation, Form, Kind, Member, Procedure, Program, Role
from . import events
from .wire_c import procedure


class Receiver:
    """Makes an event of a message."""

    def __init__(self, derivation: Derivation, program: Program, made: Procedure) -> None:
        assert made.args is not None and made.event is not None
        self.api = derivation.api
        self.structures = {s.name: s for s in program.structures}
        self.made = made
        self.event = made.event
        self.own = events.payload(self.api, made.event)
        self.locals: list[str] = []
        self.lines: list[str] = []
        self.members: dict[str, tuple[str, Member]] = {}
        self.about = ""
        self._collect("in->", made.args.members)

    def _collect(self, prefix: str, members: tuple[Member, ...]) -> None:
        for m in members:
            value = f"{prefix}{m.name}"
            if m.role is Role.NESTED:
                self._collect(f"{value}.", self.structures[m.structure].members)
            elif m.role is Role.SELF:
                self.about = value
            elif m.parameter is not None:
                self.members[m.parameter.name] = (value, m)

    def identity(self) -> list[str]:
        return [
            f"{self.about}.{key.wire.name or key.name}" if key.wire.type != "none" else "NULL"
            for key in self.own.object.keys
        ]

    def argument(self, c: plan.CParameter) -> str:
        source = c.source
        assert source is not None
        if source.name not in self.members:
            # The older message lacks it.
            return "0"
        value, member = self.members[source.name]
        if c.role == "count":
            return f"({c.type}) {value}.count"
        if member.kind is Kind.PARAM:
            return f"{value}.items"
        if source.type.kind is model.Kind.RECORD:
            return self.record(source, value, member)
        return value

    def record(self, p: model.Parameter, value: str, member: Member) -> str:
        """A record on the stack that borrows from the message; the constructor copies it."""
        record = self.api.record(p.type.name)
        type_ = naming.typedef(self.api, record.typedef)
        self.locals.append(f"{type_} {p.name} = {{ 0 }};")
        if member.form is Form.LIST:
            self.borrow_list(f"{p.name}.", value, member)
        else:
            for m in self.structures[member.structure].members:
                self.borrow(f"{p.name}.", f"{value}.", m)
        return f"&{p.name}"

    def borrow(self, to: str, value: str, m: Member) -> None:
        """One field of a record; its texts stay the message's."""
        if m.form is Form.LIST:
            self.borrow_list(to, f"{value}{m.name}", m)
        else:
            self.lines.append(self.borrowed(to, value, m))

    @staticmethod
    def borrowed(to: str, value: str, m: Member) -> str:
        assert m.field is not None and m.form is not Form.LIST
        cast = "(char *) " if m.kind is Kind.STRING else ""
        return f"{to}{m.field.name} = {cast}{value}{m.name};"

    def borrow_list(self, to: str, value: str, member: Member) -> None:
        """A list of records, on the heap until the event was made."""
        field = member.field
        assert field is not None
        item = naming.typedef(self.api, self.api.record(field.type.name).typedef)
        rows = to.rstrip(".") + field.name.capitalize()
        self.locals.append(f"g_autofree {item} *{rows} = g_new0({item}, {value}.count + 1);")
        copies = [self.borrowed(f"{rows}[i].", f"{value}.items[i].", m)
                  for m in self.structures[member.structure].members]
        self.lines += [f"for (size_t i = 0; i < {value}.count; i++) {{",
                       *(f"    {line}" for line in copies), "}",
                       f"{to}{field.name} = {rows};",
                       f"{to}{field.count} = (int) {value}.count;"]

    def render(self) -> str:
        assert self.made.args is not None
        arguments = self.identity() + [self.argument(c) for c in self.own.carried]
        name = naming.event_constructor(self.api, self.event.object, self.event.name)
        rows = [f"const {naming.wire_struct(self.made.args.name)} *in = message;", *self.locals]
        text = "".join(f"    {row}\n" for row in rows) + "\n"
        text += "".join(f"    {line}\n" for line in self.lines)
        call = c_call(f"        {name}", arguments, ");\n")
        return (
            f"static void\nreceive{self.made.name}(virConnectPtr conn, const void *message)\n{{\n{text}"
            f"    virEventStateQueue(conn->events,\n{call}}}"
        )


def _event_procedures(derivation: Derivation) -> list[tuple[Program, Procedure]]:
    return [(program, p) for program in derivation.programs for p in program.procedures
            if p.event is not None]


def _registers(derivation: Derivation, starts: bool) -> dict[str, tuple[Procedure, Procedure | None]]:
    """Object name -> the procedures that start or stop the events of an object, newer and older."""
    shape = Shape.EVENT_REGISTER if starts else Shape.EVENT_DEREGISTER
    found: dict[str, tuple[Procedure, Procedure | None]] = {}
    by_name = {r.function.name: r for r in events.registrations(derivation.api) if r.event is None}
    for program in derivation.programs:
        for p in program.procedures:
            f = p.function
            if f is None or f.shape is not shape or f.name not in by_name:
                continue
            owner = by_name[f.name].object
            older = found.get(owner, (None, None))[0] if not p.legacy else None
            if p.legacy:
                found.setdefault(owner, (p, p))
            else:
                found[owner] = (p, older)
    return found


def _family(
    owner: str, start: tuple[Procedure, Procedure | None], stop: tuple[Procedure, Procedure | None]
) -> list[str]:
    """How the server is told about the listeners of one class of objects."""
    assert start[0].args is not None and start[0].ret is not None and stop[0].args is not None
    name = f"remote{owner}Events"
    older_start = older_stop = ""
    if start[1] is not None and stop[1] is not None:
        assert start[1].args is not None and stop[1].args is not None
        old = naming.wire_struct(start[1].args.name)
        gone = naming.wire_struct(stop[1].args.name)
        older_start = (
            "    if (!remoteHasFeature(conn, VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK)) {\n"
            f"        {old} older = {{ .eventID = event }};\n\n        *id = event;\n"
            f"        return remoteCall(conn, {procedure(start[1])}, &older, NULL, NULL);\n    }}\n"
        )
        older_stop = (
            "    if (!remoteHasFeature(conn, VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK)) {\n"
            f"        {gone} older = {{ .eventID = id }};\n\n"
            f"        return remoteCall(conn, {procedure(stop[1])}, &older, NULL, NULL);\n    }}\n"
        )
    return [
        f"static int\nstart{owner}(virConnectPtr conn, int event, int *id)\n{{\n"
        f"    {naming.wire_struct(start[0].args.name)} args = {{ .eventID = event }};\n"
        f"    {naming.wire_struct(start[0].ret.name)} ret;\n"
        f"    g_auto(virXdrReader) reply = {{ 0 }};\n\n{older_start}"
        + c_call("    if (remoteCall", ["conn", procedure(start[0]), "&args", "&ret", "&reply"],
                 " < 0)\n        return -1;\n")
        + "    *id = ret.callbackID;\n    return 0;\n}",
        f"static int\nstop{owner}(virConnectPtr conn, int id)\n{{\n"
        f"    {naming.wire_struct(stop[0].args.name)} args = {{ .callbackID = id }};\n\n{older_stop}"
        f"    return remoteCall(conn, {procedure(stop[0])}, &args, NULL, NULL);\n}}",
        f"static const remoteEventFamily {name} = {{ start{owner}, stop{owner} }};",
    ]


def _hook(api: model.Api, registration: events.Registration) -> str:
    """One registration function of the remote driver."""
    function = registration.function
    lowered = plan.lower(api, function)
    assert function.self is not None
    family = f"&remote{registration.object}Events"
    conn = function.self.name
    local = c_call(naming.local(function.name), lowered.arguments, "")
    if registration.event is not None:
        enum = api.enum(f"{registration.object}EventID")
        event = f"{enum.prefix}{registration.event.name}"
    else:
        asked = next((p for p in function.parameters if p.type.kind is model.Kind.ENUM), None)
        event = asked.name if asked is not None else ""
    if registration.starts:
        kept = "true" if registration.event is None else "false"
        body = (
            f"    int id;\n\n    if (remoteEventsNeed({conn}, {family}, {event}) < 0)\n        return -1;\n"
            f"    id = {local};\n    return remoteEventsStarted({conn}, {family}, {event}, id, {kept});\n"
        )
    else:
        body = f"    if ({local} < 0)\n        return -1;\n"
        if registration.event is None:
            number = next(p.name for p in function.parameters)
            body += f"    return remoteEventsStopped({conn}, {family}, {number});\n"
        else:
            body += f"    return remoteEventsGiveBack({conn}, {family}, {event});\n"
    head = c_call(f"{lowered.returns}\n{naming.hook('remote', function.name)}",
                  lowered.declarations, "\n{\n")
    return f"{head}{body}}}"


def source(derivation: Derivation) -> str:
    """Receivers of all event messages, the table that finds them, and the registration hooks."""
    api = derivation.api
    blocks = [
        '#include "drivers/remote/remote_event.h"\n\n#include <glib.h>\n\n'
        '#include "drivers/remote/remote_call.h"\n#include "remote/remote.h"\n#include "runtime/connect.h"\n'
        '#include "runtime/events.h"\n#include "runtime/local.h"\n#include "wire/remote.h"'
    ]
    rows = ""
    for program, made in _event_procedures(derivation):
        blocks.append(Receiver(derivation, program, made).render())
        rows += f"    {{ {procedure(made)}, receive{made.name} }},\n"
    blocks.append(f"const remoteEvent remoteEvents[] = {{\n{rows}    {{ NULL, NULL }},\n}};")
    start, stop = _registers(derivation, True), _registers(derivation, False)
    for owner in start:
        blocks += _family(owner, start[owner], stop[owner])
    blocks += [_hook(api, registration) for registration in events.registrations(api)]
    return banner("api/*.xml") + "/* Events on the client: from messages, and registering. */\n\n" + (
        join_paragraphs(blocks)
    )
