# SPDX-License-Identifier: LGPL-2.1-or-later
"""The X-ray of what is no function: events, callbacks, records, enums, parameter sets, objects."""

from __future__ import annotations

from collections.abc import Iterator

from .. import model, naming, permissions, states
from ..emit import events
from ..errors import failures
from ..wire import Structure
from ..wire.sample import Samples, pieces as bytes_of
from .pieces import Pieces, Section, fact, section
from .travel import Travel, hexadecimal

Shown = tuple[list[str], list[Section]]


class Things:
    """Shows them."""

    def __init__(self, api: model.Api, pieces: Pieces, travel: Travel) -> None:
        self.api = api
        self.pieces = pieces
        self.travel = travel

    # --- who uses what -----------------------------------------------------------------------------

    def users(self, name: str) -> Iterator[str]:
        """The functions, callbacks and records that mention a type."""
        for function in self.api.functions:
            types = [p.type for p in function.parameters]
            types += [function.returns.type] if function.returns.type is not None else []
            if any(name in t.names for t in types):
                yield naming.function(self.api, function.name)
        for callback in self.api.callbacks:
            if any(name in p.type.names for p in callback.parameters):
                yield naming.typedef(self.api, callback.name)
        for record in self.api.records:
            flat = [f for x in record.fields
                    for f in (x.fields if isinstance(x, model.Union) else (x,))]
            if any(name in f.type.names for f in flat):
                yield naming.typedef(self.api, record.typedef)

    def used(self, name: str) -> list[str]:
        return [fact("used by", user) for user in self.users(name)] or [fact("used by", "nobody")]

    def header(self, module: model.Module, name: str) -> list[Section]:
        path = f"include/libvirt/{module.header}"
        return section(path, "what programs see", self.pieces.unit(path, name))

    @staticmethod
    def head(name: str, text: str, where: object, more: str) -> list[str]:
        return [f"{name}: {text}", "", fact("written in", f"{where}, {more}")]

    # --- events ------------------------------------------------------------------------------------

    def event(self, module: model.Module, event: model.Event) -> Shown:
        name = events.event_name(self.api, event)
        enum = self.api.enum(f"{event.object}EventID")
        head = self.head(name, event.doc.plain, event.where, f"event of {event.object}")
        head.append(fact("constant", f"{enum.prefix}{event.name}, since {event.since}"))
        callback = next(c for c in self.api.callbacks if c.name == event.callback)
        head.append(fact("callback", naming.typedef(self.api, callback.name)))
        for r in events.registrations(self.api):
            if r.object == event.object and r.event in (None, event):
                verb = "started by" if r.starts else "ended by"
                head.append(fact(verb, naming.function(self.api, r.function.name)))
        if event.name == "LIFECYCLE":
            head += self.emitters(event.object)
        for driver in self.api.drivers:
            head.append(fact("driver", f"{driver.name}: listeners are kept by the"
                             f" {driver.events.value}"))
        found = self.header(module, naming.typedef(self.api, callback.name))
        constructor = naming.event_constructor(self.api, event.object, event.name)
        for path, purpose, text in (
            ("runtime/events.h", "what a driver calls",
             self.pieces.statement("runtime/events.h", constructor)),
            ("runtime/events.c", "how it is made",
             self.pieces.unit("runtime/events.c", constructor)),
            ("runtime/events.c", "how it is delivered",
             self.pieces.unit("runtime/events.c", f"deliver{event.callback}")),
        ):
            found += section(path, purpose, text)
        for program, made in self.travel.of_event(event.object, event.name):
            head.append(self.travel.facts(program, made))
            found += self.travel.structures(program, made) + self.travel.sample(program, made)
            path = f"daemon/{program.name}.c"
            found += section(path, "the server's callback",
                             self.pieces.unit(path, f"relay{made.name}"))
            path = "remote/events.c"
            found += section(path, "what the client makes of it",
                             self.pieces.unit(path, f"receive{made.name}"))
        return head, found

    def emitters(self, object_: str) -> list[str]:
        """What <state> says of the life of an object: the functions, and kind and detail."""
        lines = []
        for function in self.api.functions:
            said = [e for t in function.transitions for e in t.emits]
            if said and states.subject(self.api, function).name == object_:
                lines.append(fact("emitted by", naming.function(self.api, function.name)
                                  + f" ({', '.join(dict.fromkeys(said))})"))
        return lines

    def callback(self, module: model.Module, callback: model.Callback) -> Shown:
        name = naming.typedef(self.api, callback.name)
        head = self.head(name, callback.doc.plain, callback.where, f"since {callback.since}")
        head += [fact("event", f"{events.event_name(self.api, e)}") for e in self.api.events
                 if e.callback == callback.name]
        return head + self.used(callback.name), self.header(module, name)

    # --- records, enums, sets ------------------------------------------------------------------------

    def structures(self, name: str) -> list[tuple[str, Structure]]:
        return [(p.name, s) for p in self.travel.derivation.programs for s in p.structures
                if s.name == name and (s.record is not None or s.object is not None)]

    def on_the_wire(self, name: str) -> list[Section]:
        """The structure of a record or an object, a sample of it, and both ways to C."""
        found: list[Section] = []
        samples = Samples(self.travel.derivation)
        for program, structure in self.structures(name):
            path = f"wire/{program}_protocol.x"
            found += section(path, "on the wire", self.pieces.unit(path, structure.spelled))
            path = f"wire/{program}.h"
            found += section(path, "the same in C",
                             self.pieces.unit(path, naming.wire_struct(name)))
            found += section("tests/wire_samples.c", "a sample, wherever it stands in a message",
                             hexadecimal(bytes_of(samples.value(structure))))
            for path, purpose, function in (
                (f"wire/{program}_objects.h", "from a handle", f"virWirePut{name}"),
                (f"wire/{program}_objects.h", "to a handle", f"virWireGet{name}"),
                (f"remote/{program}_convert.h", "copied out by the client", f"remoteTake{name}"),
            ):
                found += section(path, purpose, self.pieces.unit(path, function))
        return found

    def record(self, module: model.Module, record: model.Record) -> Shown:
        name = naming.typedef(self.api, record.typedef)
        head = self.head(name, record.doc.plain, record.where, f"since {record.since}")
        path, struct = f"include/libvirt/{module.header}", naming.struct(self.api, record.struct)
        text = next((u for u in self.pieces.units(path) if f"\nstruct {struct} {{\n" in u), "")
        found = section(path, "what programs see", text)
        return head + self.used(record.name), found + self.on_the_wire(record.name)

    def enumeration(self, module: model.Module, enum: model.Enumeration) -> Shown:
        name = naming.typedef(self.api, enum.name)
        kind = "a set of flags" if enum.flags else "an enum"
        head = self.head(name, enum.doc.plain, enum.where, f"{kind}, since {enum.since or 'ever'}")
        head += [fact("value", f"{value.value:#x}" if enum.flags else str(value.value))
                 + f"  {enum.prefix}{value.name}: {value.doc.plain}" for value in enum.values]
        return head + self.used(enum.name), self.header(module, name)

    def constant(self, enum: model.Enumeration, value: model.Value) -> Shown:
        """One constant; of an error, who gives it and when."""
        name = f"{enum.prefix}{value.name}"
        since = f", since {value.since}" if value.since else ""
        head = self.head(name, value.doc.plain, value.where,
                         f"value {value.value} of {naming.typedef(self.api, enum.name)}{since}")
        if enum.name == "ErrorNumber":
            head += [fact("thrown by", f"{naming.function(self.api, f.name)}: {t.when}")
                     for f in self.api.functions for t in failures(self.api, f)
                     if f"ERR_{t.code}" == value.name]
        for function in self.api.functions:
            for support in function.support:
                if support.flags is not None and name in support.flags:
                    head.append(fact("driver", f"{support.driver}: taken by"
                                     f" {naming.function(self.api, function.name)}"))
        return head, []

    def paramset(self, module: model.Module, paramset: model.ParameterSet) -> Shown:
        head = self.head(f"params:{paramset.name}", paramset.doc.plain, paramset.where,
                         "typed parameters")
        limits = self.travel.derivation.limits
        most = next((l[paramset.max].value for l in limits.values() if paramset.max in l), None)
        if most is not None:
            head.append(fact("at most", f"{most} in one message ({paramset.max})"))
        for key in paramset.keys:
            kind = key.type.kind.value if key.type is not None else f"part of a name: {key.part}"
            head.append(fact("key", f'"{key.string}", {kind}: {key.doc.plain}'))
        path = f"include/libvirt/{module.header}"
        found = [s for key in paramset.keys for s in section(
            path, f"key {key.string}", self.pieces.unit(path, f"{paramset.prefix}{key.name}"))]
        return head + self.used(paramset.name), found

    def object(self, module: model.Module, item: model.Object) -> Shown:
        name = naming.pointer(self.api, item.name)
        head = self.head(name, item.doc.plain, item.where, f"driver group {item.driver}")
        head += [fact("key", f"{key.name}, {key.type.kind.value}: {key.doc.plain}") for key in item.keys]
        head += [fact("state", f"{state.name}: {state.doc.plain}") for state in item.states]
        head += [fact("permission", f"{item.name}.{p.name}: {p.doc.plain}") for p in item.permissions]
        head += [fact("function", f"{naming.function(self.api, f.name)}: {f.brief.plain}")
                 for f in self.api.functions if f.self is not None and f.self.type == item.name]
        path = "runtime/objects.h"
        found = self.header(module, name)
        found += section(path, "the handle", self.pieces.unit(path, naming.struct(self.api, item.name)))
        return head, found + self.on_the_wire(item.name)

    def permission(self, item: model.Object, permission: model.PermissionName) -> Shown:
        name = f"{item.name}.{permission.name}"
        head = self.head(name, permission.doc.plain, item.where, f"permission of {item.name}")
        for f in self.api.functions:
            for rule in f.self.acl if f.self is not None else ():
                if (permissions.object_of(self.api, rule), rule.name) == (item, permission.name):
                    when = f" when {rule.when}" if rule.when else ""
                    head.append(fact("asked by", f"{naming.function(self.api, f.name)}{when}"))
        return head, []
