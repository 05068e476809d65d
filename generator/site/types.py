# SPDX-License-Identifier: LGPL-2.1-or-later
"""Objects, enums, records, callbacks, typed parameters, events and permissions, flattened for readers."""

from __future__ import annotations

from .. import model, naming, permissions, plan
from ..emit.headers import enum_value
from ..emit.tables import whole_name
from ..model import Direction, Kind, ReturnKind
from .links import EVENTS, Links, attributes, element, paramset_page


def event_anchor(event: model.Event) -> str:
    return f"{event.object}-{event.name}"


class Types:
    """Renders everything that is no function."""

    def __init__(self, api: model.Api, links: Links) -> None:
        self.api = api
        self.links = links
        self.users: dict[str, list[str]] = {}
        for function in api.functions:
            name = naming.function(api, function.name)
            types = [p.type for p in function.parameters]
            types += [function.returns.type] if function.returns.type is not None else []
            for used in dict.fromkeys(n for t in types for n in t.names):
                self.users.setdefault(used, []).append(name)

    def used_by(self, name: str) -> str:
        return "".join(f"<user>{self.links.reference(user)}</user>" for user in self.users.get(name, ()))

    def text(self, text: model.Text) -> str:
        return f"<doc>{self.links.marked(text.plain)}</doc>"

    def said(self, tag: str, text: model.Text, /, **values: str) -> str:
        """A line with what is documented of a thing."""
        return element(tag, self.links.marked(text.plain), **values) + "\n"

    def typed(self, type_: str, text: str) -> str:
        return f"<type>{self.links.marked(type_)}</type><text>{self.links.marked(text)}</text>"

    def makers(self, item: model.Object) -> str:
        """The functions that hand out an object."""
        out = ""
        for function in self.api.functions:
            returned = function.returns.kind is ReturnKind.OBJECT and function.returns.type is not None \
                and function.returns.type.name == item.name
            filled = any(p.direction is Direction.OUT and p.type.kind is Kind.OBJECT
                         and p.type.name == item.name for p in function.parameters)
            if returned or filled:
                out += f"<maker>{self.links.reference(naming.function(self.api, function.name))}</maker>"
        return out

    def object(self, module: model.Module, item: model.Object) -> str:
        page = naming.typedef(self.api, item.name)
        parent = naming.typedef(self.api, item.parent) if item.parent else ""
        out = "<object" + attributes(name=page, page=page, short=item.name, module=module.name,
                                     header=module.header, parent=parent, driver=item.driver) + ">\n"
        out += self.text(item.doc) + "\n"
        for key in item.keys:
            out += self.said("key", key.doc, name=key.name, type=key.type.kind.value)
        for right in item.permissions:
            words = permissions.words(item)
            out += self.said("right", right.doc, name=f"{words}.{right.name}", at=f"{words}-{right.name}",
                             action=permissions.action(item, right.name),
                             read_only="yes" if right.read_only else "")
        for state in item.states:
            error = f"VIR_ERR_{state.error}" if state.error else ""
            out += self.said("condition", state.doc, name=state.name, error=error)
        return out + self.makers(item) + "</object>\n"

    def enum(self, module: model.Module, enum: model.Enumeration) -> str:
        page = naming.typedef(self.api, enum.name)
        out = "<enum" + attributes(name=page, page=page, module=module.name, header=module.header,
                                   since=enum.since, flags="yes" if enum.flags else "") + ">\n"
        out += self.text(enum.doc) + "\n"
        for value in enum.values:
            name = f"{enum.prefix}{value.name}"
            out += self.said("value", value.doc, name=name, value=enum_value(value.value, enum.flags),
                             since=value.since)
        return out + self.used_by(enum.name) + "</enum>\n"

    def field(self, field: model.Field, union: str = "") -> str:
        type_, tail = plan.field_type(self.api, field)
        return element("field", self.typed(type_, field.doc.plain), name=field.name, union=union, tail=tail) + "\n"

    def record(self, module: model.Module, record: model.Record) -> str:
        page = naming.typedef(self.api, record.typedef)
        out = "<record" + attributes(name=page, page=page, struct=naming.struct(self.api, record.struct),
                                     module=module.name, header=module.header, since=record.since) + ">\n"
        out += self.text(record.doc) + "\n"
        for field in record.fields:
            if isinstance(field, model.Union):
                out += "".join(self.field(member, field.name) for member in field.fields)
            else:
                out += self.field(field)
        return out + self.used_by(record.name) + "</record>\n"

    def callback(self, module: model.Module, callback: model.Callback) -> str:
        page = naming.typedef(self.api, callback.name)
        returns, _ = plan.return_type(self.api, callback.returns)
        parameters = plan.c_parameters(self.api, callback.parameters, True)
        space = "" if returns.endswith("*") else " "
        shown = f"typedef {returns}{space}(*{page})({', '.join(p.declaration for p in parameters) or 'void'});"
        out = "<callback" + attributes(name=page, page=page, module=module.name, header=module.header,
                                       since=callback.since) + ">\n"
        out += f"{self.text(callback.doc)}\n<prototype>{self.links.marked(shown)}</prototype>\n"
        for p in parameters:
            text = p.source.doc.plain if p.source is not None and p.role == "value" else ""
            out += element("parameter", self.typed(p.type, text), name=p.name) + "\n"
        out += element("returns", self.typed(returns, callback.returns.doc.plain)) + "\n"
        return out + self.used_by(callback.name) + "</callback>\n"

    def paramset(self, module: model.Module, paramset: model.ParameterSet) -> str:
        out = "<paramset" + attributes(name=paramset.name, page=paramset_page(paramset),
                                       module=module.name, header=module.header) + ">\n"
        out += self.text(paramset.doc) + "\n"
        for key in paramset.keys:
            out += "<entry" + attributes(
                name=f"{paramset.prefix}{key.name}", string=key.string, whole=whole_name(paramset, key),
                type=key.type.kind.value if key.type else "", part=key.part, since=key.since,
            ) + f">{self.links.marked(key.doc.plain)}</entry>\n"
        return out + self.used_by(paramset.name) + "</paramset>\n"

    def event(self, event: model.Event) -> str:
        constant = f"VIR_{naming.upper_snake(event.object)}_EVENT_ID_{event.name}"
        out = "<event" + attributes(
            name=f"{event.object}/{event.name}", page=EVENTS, at=event_anchor(event), since=event.since,
            object=naming.typedef(self.api, event.object),
            number=str(event.callback_proc or event.proc or "")) + ">\n"
        out += f"<id>{self.links.reference(constant)}</id>{self.text(event.doc)}"
        return out + f"<callback>{self.links.reference(naming.typedef(self.api, event.callback))}</callback></event>\n"

    def render(self) -> str:
        out = ""
        for module in self.api.modules:
            out += "".join(self.object(module, o) for o in module.objects)
            out += "".join(self.enum(module, e) for e in module.enums)
            out += "".join(self.record(module, r) for r in module.records)
            out += "".join(self.callback(module, c) for c in module.callbacks)
            out += "".join(self.paramset(module, s) for s in module.paramsets)
            out += "".join(self.event(e) for e in module.events)
            for limit in module.limits:
                name = naming.constant(self.api, limit.name)
                out += self.said("limit", limit.doc, name=name, value=limit.value, since=limit.since,
                                 header=module.header)
        codes = next((e for e in self.api.enums if e.name == "ErrorNumber"), None)
        prefix = codes.prefix if codes is not None else ""
        for value in codes.values if codes is not None else ():
            out += self.said("code", value.doc, name=f"{prefix}{value.name}", number=str(value.value),
                             since=value.since, message=value.text)
        return out
