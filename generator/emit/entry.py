# SPDX-License-Identifier: LGPL-2.1-or-later
"""The public entry points: reset, trace, every check, the hook, and the error's delivery."""

from __future__ import annotations

from typing import assert_never

from .. import model, naming, plan
from ..checks import HOOKED, Check, Mistake, checks, unsupported
from ..model import Direction, Kind, ListMode, ReturnKind, Shape
from ..text import banner, c_call, c_string, join_paragraphs
from . import vtable
from .objects import path_to_connection

_FORMATS = {
    "int": "%d",
    "unsigned int": "%u",
    "long long": "%lld",
    "unsigned long long": "%llu",
    "unsigned long": "%lu",
    "size_t": "%zu",
    "double": "%g",
}


def _trace(lowered: plan.Lowered) -> str:
    """The debug line of a call; secrets and what they point at are left out."""
    formats, values = [], []
    for parameter in lowered.parameters:
        source = parameter.source
        if source is not None and source.secret:
            formats.append(f"{parameter.name}=<hidden>")
            continue
        if parameter.type in _FORMATS:
            formats.append(f"{parameter.name}={_FORMATS[parameter.type]}")
            values.append(parameter.name)
        elif parameter.type == "const char *":
            formats.append(f"{parameter.name}=%s")
            values.append(f"VIR_TRACE_STRING({parameter.name})")
        elif source is not None and source.type.kind is Kind.CALLBACK:
            formats.append(f"{parameter.name}=%d")
            values.append(f"{parameter.name} != NULL")
        else:
            formats.append(f"{parameter.name}=%p")
            values.append(f"(const void *) {parameter.name}")
    text = ", ".join(formats) or "no arguments"
    arguments = ["__func__", c_string(text)] + values
    return c_call("    VIR_TRACE", arguments, ";")


def _connection(api: model.Api, own: model.Object, name: str) -> str:
    """The line that finds the connection of the handle a function is called on."""
    if own.name.startswith("Adm") or own.name == "Connect":
        return ""
    return f"    conn = {name}->{path_to_connection(api, own)};"


def _nothing(check: Check) -> str:
    """The part of a condition that lets NULL, or what an empty list names, pass."""
    if check.guard:
        return f"{check.guard} != 0 && "
    return f"{check.parameter} && " if check.nullable else ""


def _condition(api: model.Api, check: Check) -> str:
    name = check.parameter
    value = f"*{name}" if check.pointed else name
    match check.mistake:
        case Mistake.HANDLE:
            return f"{_nothing(check)}!virHandleIs({name}, &{naming.handle_class(check.object)})"
        case Mistake.READ_ONLY:
            condition = f"(flags & ({' | '.join(check.flags)})) && " if check.flags else ""
            if check.when is not None:
                condition = f"{check.when[0]} == {check.when[1]} && "
            return f"{condition}virConnectReadOnly(conn)"
        case Mistake.NULL:
            return f"{_nothing(check)}!{name}"
        case Mistake.NEGATIVE:
            return f"{value} < 0"
        case Mistake.NOT_POSITIVE:
            return f"{_nothing(check)}{value} <= 0"
        case Mistake.RANGE:
            return f"{value} < 0 || {value} > {check.flags[0]}"
        case Mistake.FOREIGN:
            path = path_to_connection(api, api.object(check.object))
            return f"{_nothing(check)}{name}->{path} != conn"
        case Mistake.USED:
            return f"{name}->driver"
        case Mistake.FLAGS:
            return f"{name} & ~{hex(check.known)}u" if check.known else f"{name} != 0"
        case Mistake.NEEDS:
            needed = " | ".join(check.flags[1:])
            needed = f"({needed})" if len(check.flags) > 2 else needed
            return f"(flags & {check.flags[0]}) && !(flags & {needed})"
        case Mistake.EXCLUDES:
            return f"(flags & {check.flags[0]}) && (flags & {check.flags[1]})"
        case Mistake.UUID:
            return f"virUUIDParse({name}, raw) < 0"
        case _:
            assert_never(check.mistake)


def _refusal(check: Check) -> str:
    """The call that raises the error of a check."""
    name, domain = check.parameter, f"VIR_FROM_{check.domain}"
    value = f"*{name}" if check.pointed else name
    match check.mistake:
        case Mistake.HANDLE:
            return f"virEntryBadHandle({domain}, __func__, &{naming.handle_class(check.object)})"
        case Mistake.READ_ONLY:
            return f"virEntryReadOnly({domain}, __func__)"
        case Mistake.NULL:
            return f'virEntryNull({domain}, __func__, "{name}")'
        case Mistake.NEGATIVE:
            return f'virEntryNegative({domain}, __func__, "{value}")'
        case Mistake.NOT_POSITIVE:
            call = "virEntryZero" if check.natural else "virEntryPositive"
            return f'{call}({domain}, __func__, "{value}")'
        case Mistake.RANGE:
            return f'virEntryRange({domain}, __func__, "{name}", {value})'
        case Mistake.FOREIGN:
            return f'virEntryForeign({domain}, __func__, "{name}")'
        case Mistake.USED:
            return f'virEntryUsed({domain}, __func__, "{name}")'
        case Mistake.FLAGS:
            known = f"{hex(check.known)}u" if check.known else "0"
            return f"virEntryFlags({domain}, __func__, (unsigned int) {name}, {known})"
        case Mistake.NEEDS:
            return f'virEntryFlagNeeds({domain}, __func__, "{check.flags[0]}", "{" | ".join(check.flags[1:])}")'
        case Mistake.EXCLUDES:
            return f'virEntryFlagsExclude({domain}, __func__, "{check.flags[0]}", "{check.flags[1]}")'
        case Mistake.UUID:
            return f'virEntryUUID({domain}, __func__, "{name}")'
        case _:
            assert_never(check.mistake)


def _dispatch(api: model.Api, function: model.Function, connection: str) -> str:
    """The call that hands out an error; records of errors name objects of some types."""
    own = function.self
    told = {f.type.name for r in api.records if r.name == "Error" for f in r.fields
            if isinstance(f, model.Field) and f.type.kind is Kind.OBJECT}
    if own is not None and own.type in told - {"Connect"}:
        return f"virErrorDispatchAbout({connection}, {own.name})"
    return f"virErrorDispatch({connection})"


def _checks(api: model.Api, lowered: plan.Lowered) -> list[str]:
    """The checks of one function, in the order the mistakes are reported."""
    function, own = lowered.function, lowered.function.self
    lines: list[str] = []
    if own is not None and own.nullable:
        lines.append(f"    if (!{own.name})\n        return 0;")
    for check in checks(api, lowered):
        condition = _condition(api, check)
        if function.errors == "keep":
            # What tells of errors makes none.
            lines.append(f"    if ({condition})\n        return{' ' + lowered.failure if lowered.failure else ''};")
        else:
            lines.append(f"    if ({condition}) {{\n        {_refusal(check)};\n        goto error;\n    }}")
        if own is not None and check.parameter == own.name and check.mistake is Mistake.HANDLE:
            lines.append(_connection(api, api.object(own.type), own.name))
    return [line for line in lines if line]


def _clears(lowered: plan.Lowered) -> list[str]:
    """Allocated outputs are NULL from the start, whatever happens."""
    return [
        f"    if ({p.name})\n        *{p.name} = NULL;"
        for p in lowered.function.parameters
        if p.direction is Direction.OUT and p.list is ListMode.ALLOC
    ]


def _failed(lowered: plan.Lowered) -> str:
    kind = lowered.function.returns.kind
    if kind in (ReturnKind.STATUS, ReturnKind.COUNT, ReturnKind.BOOL):
        return "ret < 0"
    if lowered.failure == "NULL":
        return "!ret"
    return f"ret == ({lowered.returns}) {lowered.failure}"


def _call(api: model.Api, lowered: plan.Lowered, connection: str) -> list[str]:
    function = lowered.function
    if function.shape in HOOKED and function.self is not None:
        group = vtable.group_of(api, function)
        hook = f"{connection}->{group}->{function.name}"
        domain, _ = unsupported(api, function)
        delivered = "NULL" if function.self.type.startswith("Adm") else "conn"
        return [
            f"    if (!{connection}->{group} || !{hook}) {{\n"
            f"        virEntryUnsupported(VIR_FROM_{domain}, {delivered}, __func__);\n"
            "        goto error;\n    }",
            c_call(f"    ret = {hook}", lowered.arguments, ";"),
        ]
    return [c_call(f"    ret = {naming.local(function.name)}", lowered.arguments, ";")]


def _getter(api: model.Api, lowered: plan.Lowered) -> list[str]:
    """Identity keys answered from the handle itself."""
    function = lowered.function
    assert function.self is not None
    own = api.object(function.self.type)
    name = function.self.name
    wanted = function.name.removeprefix(own.name).removeprefix("Get").lower()
    if wanted == "uuidstring":
        return [f"    virUUIDFormat({name}->uuid, {lowered.parameters[1].name});", "    ret = 0;"]
    if wanted == "uuid":
        return [f"    memcpy({lowered.parameters[1].name}, {name}->uuid, VIR_UUID_BUFLEN);",
                "    ret = 0;"]
    aliases = {"macstring": "mac", "filtername": "filtername", "portdev": "portdev"}
    wanted = aliases.get(wanted, wanted)
    key = next(k for k in own.keys if k.name.lower() == wanted)
    cast = f"({lowered.returns}) " if function.name == "DomainGetID" else ""
    return [f"    ret = {cast}{name}->{key.name};"]


def _body(api: model.Api, lowered: plan.Lowered) -> tuple[list[str], bool]:
    """The lines that do the work, and whether they can fail."""
    function = lowered.function
    own = function.self
    connection = "conn"
    if own is not None and own.type.startswith("Adm"):
        connection = own.name
        path = path_to_connection(api, api.object(own.type))
        connection += f"->{path}" if path else ""
    match function.shape:
        case Shape.FREE:
            assert own is not None
            return [f"    virHandleUnref(&{own.name}->handle);", "    ret = 0;"], False
        case Shape.REF:
            assert own is not None
            return [f"    virHandleRef(&{own.name}->handle);", "    ret = 0;"], False
        case Shape.PARENT:
            assert own is not None
            if function.returns.type is not None and function.returns.type.name == "Connect":
                path = path_to_connection(api, api.object(own.type))
            else:
                path = api.object(api.object(own.type).parent).argument
            return [f"    ret = {own.name}->{path};"], False
        case Shape.GETTER:
            return _getter(api, lowered), False
        case Shape.LOOKUP_STRING:
            target = function.name.removesuffix("String")
            hook = f"conn->{vtable.group_of(api, function)}"
            assert own is not None
            return [
                f"    if (!{hook} || !{hook}->{target}) {{\n"
                f"        virEntryUnsupported(VIR_FROM_{unsupported(api, function)[0]}, conn,"
                " __func__);\n        goto error;\n    }",
                f"    ret = {hook}->{target}({own.name}, raw);",
            ], True
        case _:
            return _call(api, lowered, connection), True


def phases(module: model.Module) -> list[model.Function]:
    """What a driver implements and only the daemon calls: procedures without a public function."""
    return [f for f in module.wire.functions if f.shape in HOOKED and f.self is not None]


def entry(api: model.Api, function: model.Function) -> str:
    """One public function, or one that only the daemon calls."""
    lowered = plan.lower(api, function)
    returns_nothing = function.returns.kind is ReturnKind.NONE
    checked = _checks(api, lowered)
    if returns_nothing:
        work = [c_call(f"    {naming.local(function.name)}", lowered.arguments, ";")]
        can_fail = False
    else:
        work, can_fail = _body(api, lowered)
    own = function.self
    has_conn = own is not None and not own.type.startswith("Adm")
    own_conn = has_conn and own is not None and own.type == "Connect" and own.name == "conn"
    lines = []
    if has_conn and not own_conn:
        start = own.name if own is not None and own.type == "Connect" else "NULL"
        lines.append(f"    virConnectPtr conn = {start};")
    if not returns_nothing:
        space = "" if lowered.returns.endswith("*") else " "
        lines.append(f"    {lowered.returns}{space}ret;")
    if function.shape is Shape.LOOKUP_STRING:
        lines.append("    unsigned char raw[VIR_UUID_BUFLEN];")
    if lines:
        lines.append("")
    lines.append(_trace(lowered))
    if function.errors == "reset":
        lines.append("    virErrorReset();")
    lines += _clears(lowered)
    lines += checked + work
    dispatch = _dispatch(api, function, "conn" if has_conn else "NULL")
    if function.errors == "keep":
        lines += [] if returns_nothing else ["    return ret;"]
    elif returns_nothing:
        if checked:
            lines += ["    return;", "", "error:", f"    {dispatch};"]
    else:
        if can_fail:
            if not checked and not any("goto error" in line for line in work):
                lines.append(f"    if ({_failed(lowered)})\n        {dispatch};")
                lines.append("    return ret;")
            else:
                lines.append(f"    if ({_failed(lowered)})\n        goto error;")
                lines.append("    return ret;")
                lines += ["", "error:", f"    {dispatch};",
                          f"    return {lowered.failed};"]
        else:
            lines.append("    return ret;")
            if checked:
                lines += ["", "error:", f"    {dispatch};",
                          f"    return {lowered.failed};"]
    head = c_call(f"{lowered.returns}\n{naming.function(api, function.name)}",
                  lowered.declarations, "")
    scope = "VIR_PUBLIC" if function.visibility == "public" else "VIR_MODULE_API"
    return f"{scope} {head}\n{{\n" + "\n".join(lines) + "\n}"


def source(api: model.Api, module: model.Module) -> str:
    includes = (
        f"#include <libvirt/{module.header}>\n#include <libvirt/virterror.h>\n\n#include <string.h>\n\n"
        '#include "driver/vtable.h"\n#include "runtime/connect.h"\n#include "runtime/entry.h"\n'
        '#include "runtime/local.h"\n#include "runtime/objects.h"\n#include "runtime/stream.h"'
    )
    who = "Public entry points" if module.functions else "Entry points for the daemon"
    if phases(module):
        includes += '\n#include "runtime/phases.h"'
    blocks = [includes] + [entry(api, f) for f in (*module.functions, *phases(module))]
    purpose = f"/* {who} of {module.header}, module {module.name}. */\n\n"
    return banner(f"api/{module.name}.xml") + purpose + join_paragraphs(blocks)


def phases_header(api: model.Api) -> str:
    """Prototypes of the entry points that only the daemon calls."""
    rows = []
    for function in (f for module in api.modules for f in phases(module)):
        lowered = plan.lower(api, function)
        space = "" if lowered.returns.endswith("*") else " "
        head = f"VIR_MODULE_API {lowered.returns}{space}{naming.function(api, function.name)}"
        rows.append(c_call(head, lowered.declarations, ";"))
    blocks = ["#pragma once", '#include <libvirt/libvirt.h>\n\n#include "base/visibility.h"',
              "\n".join(rows)]
    return banner("api/*.xml") + "/* Entry points of what exists on the wire only. */\n\n" + (
        join_paragraphs(blocks)
    )


def locals_header(api: model.Api) -> str:
    """Prototypes of what the runtime implements by hand."""
    blocks = ["#pragma once",
              "#include <libvirt/libvirt.h>\n#include <libvirt/libvirt-admin.h>\n"
              "#include <libvirt/libvirt-lxc.h>\n#include <libvirt/virterror.h>"]
    shapes = (Shape.RUNTIME, Shape.LOCAL, Shape.OPEN, Shape.CLOSE)
    rows = []
    for function in api.functions:
        if function.shape in shapes:
            lowered = plan.lower(api, function)
            space = "" if lowered.returns.endswith("*") else " "
            head = f"VIR_MODULE_API {lowered.returns}{space}{naming.local(function.name)}"
            rows.append(c_call(head, lowered.declarations, ";"))
    blocks.append('#include "base/visibility.h"')
    blocks.append("\n".join(rows))
    return banner("api/*.xml") + "/* What the runtime itself implements behind the entry points. */\n\n" + (
        join_paragraphs(blocks)
    )
