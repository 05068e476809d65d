# SPDX-License-Identifier: LGPL-2.1-or-later
"""Object events: per event a constructor that copies, a dispatcher to the typed callback, a free.

From `<event>` and its `<callback>`; also the registration functions that a driver with
events="runtime" need not write.
"""

from __future__ import annotations

from dataclasses import dataclass

from .. import model, naming, plan
from ..model import Kind, ListMode, Shape
from ..once import once
from ..text import banner, c_call, c_comment, c_string, join_paragraphs


@dataclass(frozen=True)
class Payload:
    """The parameters of one callback, sorted by what an event does with them."""

    callback: model.Callback
    object: model.Object
    carried: tuple[plan.CParameter, ...]
    order: tuple[plan.CParameter, ...]

    @property
    def struct(self) -> str:
        return f"{self.callback.name.removesuffix('Callback')}Payload"


def payload(api: model.Api, event: model.Event) -> Payload:
    callback = next(c for c in api.callbacks if c.name == event.callback)
    order = tuple(plan.c_parameters(api, callback.parameters, in_callback=True))
    carried = tuple(p for p in order if role(p) == "carried")
    return Payload(callback, api.object(event.object), carried, order)


def role(parameter: plan.CParameter) -> str:
    """What a dispatcher passes for it: the listener's conn or opaque, the object, or payload."""
    source = parameter.source
    assert source is not None
    if source.type.kind is Kind.OPAQUE:
        return "opaque"
    if source.type.kind is Kind.OBJECT:
        return "conn" if source.type.name == "Connect" else "object"
    return "carried"


def payloads(api: model.Api) -> list[Payload]:
    """One per callback that events use, in the order of the events."""
    found: dict[str, Payload] = {}
    for event in api.events:
        found.setdefault(event.callback, payload(api, event))
    return list(found.values())


def objects(api: model.Api) -> list[model.Object]:
    return [api.object(name) for name in dict.fromkeys(event.object for event in api.events)]


# --- identity: what an event keeps of its object ---------------------------------------------------


def _spoken(item: model.Object) -> str:
    return " ".join(naming.words(item.name)).lower()


def _member(key: model.Key) -> str:
    match key.type.kind:
        case Kind.STRING:
            return f"char *{key.name};"
        case Kind.UUID:
            return f"unsigned char {key.name}[VIR_UUID_BUFLEN];"
        case _:
            return f"int {key.name};"


def _argument(key: model.Key) -> str:
    match key.type.kind:
        case Kind.STRING:
            return f"const char *{key.name}"
        case Kind.UUID:
            return f"const unsigned char *{key.name}"
        case _:
            return f"int {key.name}"


def _identifying(item: model.Object) -> model.Key:
    """The key that filters of listeners compare: the UUID where there is one, else the name."""
    return next((k for k in item.keys if k.type.kind is Kind.UUID), item.keys[0])


def _key_function(api: model.Api, item: model.Object) -> str:
    return f"{naming.typedef(api, item.name)}EventKey"


def _identity(api: model.Api, item: model.Object) -> list[str]:
    struct = f"{item.name}Event"
    own = _identifying(item)
    body = (
        f"    char text[VIR_UUID_STRING_BUFLEN];\n\n    virUUIDFormat({own.name}, text);\n"
        "    return g_strdup(text);\n"
        if own.type.kind is Kind.UUID
        else f"    return g_strdup({own.name});\n"
    )
    sets, frees = "", ""
    for key in item.keys:
        match key.type.kind:
            case Kind.STRING:
                sets += f"    self->{key.name} = g_strdup({key.name});\n"
                frees += f"    g_free(self->{key.name});\n"
            case Kind.UUID:
                sets += f"    memcpy(self->{key.name}, {key.name}, VIR_UUID_BUFLEN);\n"
            case _:
                sets += f"    self->{key.name} = {key.name};\n"
    members = "".join(f"    {_member(key)}\n" for key in item.keys)
    passed = [f"self->{key.name}" for key in item.keys]
    blocks = [
        f"/* Which {_spoken(item)} an event is about. */\n"
        f"typedef struct {{\n    virEvent event;\n{members}}} {struct};",
        f"char *\n{_key_function(api, item)}({_argument(own)})\n{{\n{body}}}",
        c_call(f"static void *\nnew{struct}", ["const virEventKind *kind"]
               + [_argument(key) for key in item.keys], "\n{\n")
        + f"    {struct} *self = virEventNew(kind, {_key_function(api, item)}({own.name}));\n\n"
        + f"{sets}    return self;\n}}",
        c_call(f"static {naming.pointer(api, item.name)}\nget{item.name}",
               [f"const {struct} *self", "virConnectPtr conn"], "\n{\n")
        + c_call(f"    return {naming.typedef(api, item.name)}New", ["conn", *passed], ";\n}"),
    ]
    if frees:
        blocks.append(f"static void\nclear{struct}({struct} *self)\n{{\n{frees}}}")
    return blocks


# --- payload: copies of what a callback is given ---------------------------------------------------


def _records(api: model.Api) -> list[model.Record]:
    """The records that payloads carry, each after those it consists of."""
    found: dict[str, model.Record] = {}

    def visit(name: str) -> None:
        record = api.record(name)
        for field in record.fields:
            if isinstance(field, model.Field) and field.type.kind is Kind.RECORD:
                visit(field.type.name)
        found.setdefault(name, record)

    for own in payloads(api):
        for parameter in own.carried:
            assert parameter.source is not None
            if parameter.source.type.kind is Kind.RECORD:
                visit(parameter.source.type.name)
    return list(found.values())


def _record_copy(api: model.Api, record: model.Record) -> str:
    """Functions that make one record hold copies of another, and release them."""
    type_ = naming.typedef(api, record.typedef)
    copies, clears, loop = "", "", ""
    for field in record.fields:
        assert isinstance(field, model.Field), "an event carries no union"
        name = field.name
        if field.type.kind is Kind.STRING:
            copies += f"    to->{name} = g_strdup(from->{name});\n"
            clears += f"    g_free(record->{name});\n"
        elif field.type.kind is Kind.RECORD and field.list is ListMode.ARRAY:
            member = api.record(field.type.name)
            loop = "    int i;\n\n"
            copies += (
                f"    to->{name} = g_new0({naming.typedef(api, member.typedef)},"
                f" from->{field.count});\n"
                f"    for (i = 0; i < from->{field.count}; i++)\n"
                f"        copy{member.name}(&to->{name}[i], &from->{name}[i]);\n"
            )
            clears += (
                f"    for (i = 0; i < record->{field.count}; i++)\n"
                f"        clear{member.name}(&record->{name}[i]);\n    g_free(record->{name});\n"
            )
        else:
            copies += f"    to->{name} = from->{name};\n"
    return join_paragraphs([
        f"static void\ncopy{record.name}({type_} *to, const {type_} *from)\n{{\n{loop}{copies}}}",
        f"static void\nclear{record.name}({type_} *record)\n{{\n{loop}{clears}}}",
    ])


def _stored(api: model.Api, p: plan.CParameter) -> str:
    """The member of a payload that holds a parameter."""
    source = p.source
    assert source is not None
    match source.type.kind:
        case Kind.STRING:
            return f"char *{p.name};"
        case Kind.RECORD:
            return f"{naming.typedef(api, api.record(source.type.name).typedef)} {p.name};"
        case _:
            return f"{p.declaration};"


def _keep(p: plan.CParameter) -> str:
    """Stores one parameter in the payload `self`."""
    source = p.source
    assert source is not None
    if p.role == "count":
        return f"    self->{p.name} = {p.name};\n"
    match source.type.kind:
        case Kind.STRING:
            return f"    self->{p.name} = g_strdup({p.name});\n"
        case Kind.RECORD:
            return f"    if ({p.name})\n        copy{source.type.name}(&self->{p.name}, {p.name});\n"
        case Kind.PARAMS:
            return f"    self->{p.name} = virEventCopyParameters({p.name}, {source.count[0]});\n"
        case _:
            return f"    self->{p.name} = {p.name};\n"


def _drop(p: plan.CParameter) -> str:
    source = p.source
    assert source is not None
    if p.role == "count":
        return ""
    match source.type.kind:
        case Kind.STRING:
            return f"    g_free(self->{p.name});\n"
        case Kind.RECORD:
            return f"    clear{source.type.name}(&self->{p.name});\n"
        case Kind.PARAMS:
            return f"    localTypedParamsFree(self->{p.name}, self->{source.count[0]});\n"
        case _:
            return ""


def _passed(p: plan.CParameter) -> str:
    """What the application's callback is given for a parameter."""
    source = p.source
    assert source is not None
    if role(p) != "carried":
        return role(p)
    return f"&self->{p.name}" if source.type.kind is Kind.RECORD else f"self->{p.name}"


def _payload_code(api: model.Api, own: Payload) -> list[str]:
    name, item = own.callback.name, own.object
    members = "".join(f"    {_stored(api, p)}\n" for p in own.carried)
    struct, about = own.struct, f"{item.name}Event"
    callback = naming.typedef(api, name)
    drops = "".join(_drop(p) for p in own.carried)
    if any(key.type.kind is Kind.STRING for key in item.keys):
        drops += f"    clear{about}(&self->about);\n"
    return [
        f"typedef struct {{\n    {about} about;\n{members}}} {struct};",
        c_call(f"static void\ndeliver{name}",
               ["const virEvent *event", "virConnectPtr conn", "virFreeCallback cb",
                "void *opaque"], "\n{\n")
        + f"    const {struct} *self = (const {struct} *) event;\n"
        f"    {callback} call = ({callback}) (void (*)(void)) cb;\n"
        f"    {naming.pointer(api, item.name)} object = get{item.name}(&self->about, conn);\n\n"
        + c_call("    call", [_passed(p) for p in own.order], ";\n")
        + "    virHandleUnref(&object->handle);\n}",
        f"static void\nclear{name}(virEvent *event)\n{{\n    {struct} *self = ({struct} *) event;\n\n"
        f"{drops}}}",
    ]


# --- one event ------------------------------------------------------------------------------------


def constructor(api: model.Api, event: model.Event) -> tuple[str, list[str]]:
    own = payload(api, event)
    arguments = [_argument(key) for key in own.object.keys]
    arguments += [p.declaration for p in own.carried]
    return naming.event_constructor(api, event.object, event.name), arguments


def event_name(api: model.Api, event: model.Event) -> str:
    """What an event is called in text: DomainEventLifecycle."""
    constructor_ = naming.event_constructor(api, event.object, event.name)
    return constructor_.removeprefix(api.prefix).removesuffix("New")


def _event_code(api: model.Api, event: model.Event) -> str:
    own = payload(api, event)
    name, arguments = constructor(api, event)
    kind = f"{event.object[0].lower()}{event.object[1:]}{naming.camel(event.name)}"
    identity = [key.name for key in own.object.keys]
    enum = api.enum(f"{event.object}EventID")
    keeps = "".join(_keep(p) for p in own.carried)
    return join_paragraphs([
        f"static const virEventKind {kind} = {{\n"
        f"    .class = &{naming.handle_class(event.object)},\n"
        f"    .name = {c_string(event_name(api, event))},\n"
        f"    .id = {enum.prefix}{event.name},\n    .size = sizeof({own.struct}),\n"
        f"    .deliver = deliver{event.callback},\n    .clear = clear{event.callback},\n}};",
        c_call(f"virEvent *\n{name}", arguments, "\n{\n")
        + c_call(f"    {own.struct} *self = new{event.object}Event", [f"&{kind}", *identity],
                 ";\n\n")
        + f"{keeps}    return &self->about.event;\n}}",
    ])


# --- registration --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Registration:
    """A function that starts or ends listening; event is None where an argument names it."""

    function: model.Function
    object: str
    event: model.Event | None
    starts: bool


def registrations(api: model.Api) -> list[Registration]:
    """The registration functions of the events the specification describes."""
    by_callback = {event.callback: event for event in reversed(api.events)}
    owners = {e.object for e in api.events}
    found: dict[str, Registration] = {}
    for f in api.functions:
        if f.shape is not Shape.EVENT_REGISTER:
            continue
        asked = next((p for p in f.parameters if p.type.kind is Kind.ENUM), None)
        call = next((p for p in f.parameters if p.type.kind is Kind.CALLBACK), None)
        if asked is not None and asked.type.name.removesuffix("EventID") in owners:
            found[f.name] = Registration(f, asked.type.name.removesuffix("EventID"), None, True)
        elif asked is None and call is not None and call.type.name in by_callback:
            event = by_callback[call.type.name]
            found[f.name] = Registration(f, event.object, event, True)
    for f in api.functions:
        start = found.get(f.name.replace("Deregister", "Register"))
        if f.shape is Shape.EVENT_DEREGISTER and start is not None:
            found[f.name] = Registration(f, start.object, start.event, False)
    return list(found.values())


@once
def by_runtime(api: model.Api) -> frozenset[str]:
    """The names of the functions that the runtime answers for drivers with events="runtime"."""
    return frozenset(r.function.name for r in registrations(api))


def _parameter(function: model.Function, kind: Kind) -> str:
    return next(p.name for p in function.parameters if p.type.kind is kind)


def _registration_code(api: model.Api, r: Registration) -> str:
    lowered = plan.lower(api, r.function)
    conn = lowered.parameters[0].name
    head = c_call(f"{lowered.returns}\n{naming.local(r.function.name)}", lowered.declarations, "\n{\n")
    class_ = f"&{naming.handle_class(r.object)}"
    if not r.starts and r.event is None:
        id_ = _parameter(r.function, Kind.EVENT_ID)
        return head + f"    return virEventStateRemove({conn}->events, {conn}, {id_});\n}}"
    cb = f"(virFreeCallback) (void (*)(void)) {_parameter(r.function, Kind.CALLBACK)}"
    if r.event is not None:
        id_ = f"{api.enum(f'{r.object}EventID').prefix}{r.event.name}"
        if not r.starts:
            return head + c_call("    return virEventStateRemoveFunction",
                                 [f"{conn}->events", conn, class_, id_, cb], ";\n}")
        rest = [p.name for p in lowered.parameters[-2:]]
        return head + c_call("    return virEventStateAddFunction",
                             [f"{conn}->events", conn, class_, id_, cb, *rest], ";\n}")
    asked = _parameter(r.function, Kind.ENUM)
    object_ = _parameter(r.function, Kind.OBJECT)
    rest = [p.name for p in lowered.parameters[-2:]]
    own = _identifying(api.object(r.object))
    return (
        head
        + f"    g_autofree char *key = {object_} ? {_key_function(api, api.object(r.object))}"
        f"({object_}->{own.name}) : NULL;\n\n"
        + c_call("    return virEventStateAdd",
                 [f"{conn}->events", conn, class_, "key", asked, cb, *rest], ";\n}")
    )


# --- outputs --------------------------------------------------------------------------------------


def header(api: model.Api) -> str:
    blocks = ["#pragma once", "#include <libvirt/libvirt.h>", '#include "runtime/event.h"']
    for item in objects(api):
        own = _identifying(item)
        rows = [
            c_comment([f"What tells the events of one {_spoken(item)} from another's; to be freed."],
                      opener="/*").rstrip(),
            f"VIR_MODULE_API char *{_key_function(api, item)}({_argument(own)});",
        ]
        for event in (e for e in api.events if e.object == item.name):
            name, arguments = constructor(api, event)
            rows.append(c_comment([event.doc.plain], opener="/*").rstrip())
            rows.append(c_call(f"VIR_MODULE_API virEvent *{name}", arguments, ";"))
        blocks.append("\n".join(rows))
    blocks.append("/* The names of all events, NULL-terminated. */\n"
                  "VIR_MODULE_API extern const char *const virEventNames[];")
    rows = ['/* Hooks of every driver with events="runtime". */']
    for r in registrations(api):
        lowered = plan.lower(api, r.function)
        rows.append(c_call(f"VIR_MODULE_API {lowered.returns} {naming.local(r.function.name)}",
                           lowered.declarations, ";"))
    blocks.append("\n".join(rows))
    purpose = (
        "/*\n * Object events: constructors copy what they are given, virEventStateQueue() hands the\n"
        " * result to whoever listens.\n */\n\n"
    )
    return banner("api/*.xml") + purpose + join_paragraphs(blocks)


def source(api: model.Api) -> str:
    blocks = ['#include "runtime/events.h"', "#include <string.h>\n\n#include <glib.h>",
              '#include "base/uuid.h"\n#include "runtime/connect.h"\n#include "runtime/local.h"\n'
              '#include "runtime/objects.h"']
    for item in objects(api):
        blocks += _identity(api, item)
    blocks += [_record_copy(api, record) for record in _records(api)]
    for own in payloads(api):
        blocks += _payload_code(api, own)
    blocks += [_event_code(api, event) for event in api.events]
    blocks += [_registration_code(api, r) for r in registrations(api)]
    names = "".join(f"    {c_string(event_name(api, event))},\n" for event in api.events)
    blocks.append(f"const char *const virEventNames[] = {{\n{names}    NULL,\n}};")
    purpose = "/* Object events: construction, delivery and registration. */\n\n"
    return banner("api/*.xml") + purpose + join_paragraphs(blocks)
