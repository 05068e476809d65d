# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the commands that wait for events, with one callback per kind of event."""

from __future__ import annotations

from generator import model as api_model
from generator import naming, plan
from generator.model import Kind, ReturnKind
from generator.shell.emit.bind import fetch_object, variable
from generator.shell.emit.calls import HEAD
from generator.shell.model import Command, EventKind, Events, Object, Shell
from generator.text import c_call, c_string


def _event(api: api_model.Api, type_: str, kind: EventKind) -> api_model.Event:
    return next(
        item for item in api.events if item.object == type_ and item.name == kind.constant
    )


def _callback(api: api_model.Api, name: str) -> api_model.Callback:
    return next(item for item in api.callbacks if item.name == name)


def _local(found: Object, kind: EventKind) -> str:
    return "on" + found.type + "".join(part.capitalize() for part in kind.name.split("-"))


def _add(parameter: api_model.Parameter, kind: EventKind) -> str:
    """The statement that gives one value of the callback to the record."""
    word = next((item for item in kind.words if item.argument == parameter.name), None)
    name = c_string(parameter.name)
    key = c_string(word.key) if word is not None and word.key else "NULL"
    if word is not None and word.words:
        by = word.by or "0"
        return c_call(
            "    virshEventWord",
            ["record", name, key, c_string(word.words), by, parameter.name],
            ";\n",
        )
    match parameter.type.kind:
        case Kind.STRING:
            return f"    virshEventText(record, {name}, {key}, {parameter.name});\n"
        case Kind.PARAMS:
            count = parameter.count[0]
            return f"    virshEventParameters(record, {name}, {parameter.name}, {count});\n"
        case Kind.UINT | Kind.UINT64:
            return f"    virshEventUnsigned(record, {name}, {key}, {parameter.name});\n"
        case _:
            return f"    virshEventNumber(record, {name}, {key}, {parameter.name});\n"


def _function(api: api_model.Api, found: Object, kind: EventKind) -> str:
    callback = _callback(api, _event(api, found.type, kind).callback)
    lowered = plan.c_parameters(api, callback.parameters, in_callback=True)
    taken = {"conn": "connection G_GNUC_UNUSED"}
    declared = [
        item.declaration.replace(item.name, taken[item.name])
        if item.name in taken
        else item.declaration
        for item in lowered
    ]
    handle = callback.parameters[1].name
    status = callback.returns.kind is not ReturnKind.NONE
    body = ""
    if found.label.endswith("UUIDString"):
        body += "    char label[VIR_UUID_STRING_BUFLEN] = \"\";\n    virshEvent *record;\n\n"
        body += f"    vir{found.label}({handle}, label);\n"
        label = "label"
        start = "    record = virshEventNew"
    else:
        label = f"vir{found.label}({handle})"
        start = "    virshEvent *record = virshEventNew"
    body += c_call(start, ["opaque", c_string(kind.name), c_string(found.name), label], ";\n")
    body += "" if found.label.endswith("UUIDString") else "\n"
    unused = set()
    for parameter in callback.parameters[2:-1]:
        word = next((item for item in kind.words if item.argument == parameter.name), None)
        if f"{{{parameter.name}}}" not in kind.text and word is None:
            unused.add(parameter.name)
            continue
        body += _add(parameter, kind)
    declared = [
        text + " G_GNUC_UNUSED" if item.name in unused else text
        for item, text in zip(lowered, declared)
    ]
    body += f"    virshEventEmit(record, {c_string(kind.text)});\n"
    body += "    return 0;\n" if status else ""
    head = c_call(f"static {'int' if status else 'void'} {_local(found, kind)}", declared, "\n{\n")
    return f"{head}{body}}}\n"


def events_source(shell: Shell, api: api_model.Api, command: Command, events: Events) -> str:
    """The callbacks, how they are registered, and the hook."""
    option = next(item for item in command.options if item.object)
    found = shell.object(option.object)
    assert found is not None
    name = command.symbol
    upper = naming.upper_snake(found.type)
    out = "".join(
        _function(api, found, kind) + "\n" for kind in events.kinds if not kind.hand
    )
    rows = ""
    for kind in events.kinds:
        constant = f"VIR_{upper}_EVENT_ID_{kind.constant}"
        rows += f"    {{ {c_string(kind.name)}, {constant},\n"
        rows += f"      (void (*)(void)){_local(found, kind)} }},\n"
    out += f"static const virshEventKind kinds{name}[] = {{\n{rows}}};\n\n"
    pointer = f"vir{found.type}Ptr"
    out += f"static int add{name}(virConnectPtr connection, void *object, "
    out += "const virshEventKind *kind,\n"
    out += f"{' ' * len(f'static int add{name}(')}void *wait)\n{{\n"
    out += c_call(
        f"    return virConnect{found.type}EventRegisterAny",
        ["connection", f"({pointer})object", "kind->id",
         f"(virConnect{found.type}EventGenericCallback)kind->callback", "wait", "NULL"],
        ";\n",
    )
    out += f"}}\n\nbool {command.hook}{HEAD}"
    out += f"    static const virshEventSource source = {{ kinds{name}, G_N_ELEMENTS(kinds{name}),\n"
    out += f"                                             add{name},\n"
    out += f"                                             virConnect{found.type}"
    out += "EventDeregisterAny };\n"
    declare, find = fetch_object(shell, option)
    handle = variable(option.name)
    inner = find.replace("\n    ", "\n        ").replace("    " + handle, "        " + handle, 1)
    out += declare + f'\n    if (virshFlag(arguments, "{option.name}")) {{\n{inner.rstrip()}\n    }}\n'
    return out + f"    return virshEventsRun(ctl, arguments, &source, {handle});\n}}\n"


def hand_prototypes(shell: Shell, api: api_model.Api) -> list[str]:
    """The callbacks that are written by hand."""
    out = []
    for command in shell.commands():
        for body in command.bodies:
            if not isinstance(body, Events):
                continue
            option = next(item for item in command.options if item.object)
            found = shell.object(option.object)
            assert found is not None
            for kind in body.kinds:
                if kind.hand:
                    callback = _callback(api, _event(api, found.type, kind).callback)
                    lowered = plan.c_parameters(api, callback.parameters, in_callback=True)
                    declared = [item.declaration for item in lowered]
                    out.append(c_call(f"void {_local(found, kind)}", declared, ";"))
    return out
