# SPDX-License-Identifier: LGPL-2.1-or-later
"""The public entry points: reset, trace, every check, the hook, and the error's delivery."""

from __future__ import annotations

from .. import model, naming, plan
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


class Checks:
    """Writes the checks of one function, in the order the mistakes are reported."""

    def __init__(self, api: model.Api, lowered: plan.Lowered) -> None:
        self.api = api
        self.lowered = lowered
        self.function = lowered.function
        self.domain = "VIR_FROM_NONE"
        if self.function.self is not None:
            self.domain = f"VIR_FROM_{vtable.home(api, self.function).error_domain}"
        self.lines: list[str] = []

    def fail(self, condition: str, call: str) -> None:
        self.lines.append(f"    if ({condition}) {{\n        {call};\n        goto error;\n    }}")

    def write(self) -> list[str]:
        function = self.function
        if function.self is not None:
            own = self.api.object(function.self.type)
            class_ = naming.handle_class(own.name)
            name = function.self.name
            self.fail(f"!virHandleIs({name}, &{class_})", f"virEntryBadHandle({name}, &{class_})")
            path = path_to_connection(self.api, own)
            if self.connection(own):
                self.lines.append(f"    conn = {name}{'->' + path if path else ''};"
                                  if own.name != "Connect" else "")
        self.read_only()
        for parameter in function.parameters:
            self.parameter(parameter)
        for flag, needs in function.requires:
            self.fail(f"(flags & {flag}) && !(flags & {needs})",
                      f'virEntryFlagNeeds({self.domain}, "{flag}", "{needs}")')
        for flag, other in function.excludes:
            self.fail(f"(flags & {flag}) && (flags & {other})",
                      f'virEntryFlagsExclude({self.domain}, "{flag}", "{other}")')
        return [line for line in self.lines if line]

    @staticmethod
    def connection(own: model.Object) -> bool:
        return not own.name.startswith("Adm") and own.name != "Connect"

    def read_only(self) -> None:
        function = self.function
        if function.self is None or function.self.type.startswith("Adm"):
            return
        conditions = []
        if function.access == "write":
            conditions.append("")
        if function.self.write_flags:
            conditions.append(f"(flags & ({' | '.join(function.self.write_flags)})) && ")
        if function.self.write_when is not None:
            left, right = function.self.write_when
            conditions.append(f"{left} == {right} && ")
        for condition in conditions:
            self.fail(f"{condition}virConnectReadOnly(conn)", f"virEntryReadOnly({self.domain}, __func__)")

    def null(self, name: str, condition: str = "") -> None:
        both = f"{condition} && !{name}" if condition else f"!{name}"
        self.fail(both, f'virEntryNull({self.domain}, __func__, "{name}")')

    def parameter(self, p: model.Parameter) -> None:
        if p.direction is Direction.COUNT:
            self.count_marker(p)
            return
        if p.type.kind is Kind.OBJECT and p.list is ListMode.NO:
            self.object(p)
            return
        if p.type.kind is Kind.FLAGS and p.name == "flags" and p.direction is Direction.IN:
            self.flags(p)
            return
        count = next((c for c in self.lowered.parameters if c.source is p and c.role == "count"), None)
        pointer = plan.parameter_type(self.api, p).endswith("*") or p.type.kind in (
            Kind.OBJECT, Kind.RECORD, Kind.PARAMS, Kind.CALLBACK)
        if not pointer:
            if p.type.kind is Kind.ENUM and p.name == "eventID":
                last = self.api.enum(p.type.name)
                newest = max(last.values, key=lambda value: value.value)
                self.fail(f"{p.name} < 0 || {p.name} > {last.prefix}{newest.name}",
                          f'virEntryRange({self.domain}, __func__, "{p.name}", {p.name})')
            return
        if count is not None and count.type in ("int *", "unsigned int *"):
            self.null(count.name)
            if count.type == "int *":
                self.fail(f"*{count.name} < 0",
                          f'virEntryNegative({self.domain}, __func__, "{count.name}")')
            if p.list is ListMode.FILL:
                self.null(p.name, f"*{count.name} != 0")
            elif not p.nullable:
                self.null(p.name)
            return
        if count is not None and count.type == "int" and p.list is ListMode.FILL:
            self.fail(f"{count.name} < 0", f'virEntryNegative({self.domain}, __func__, "{count.name}")')
            if not p.nullable:
                self.null(p.name, f"{count.name} != 0")
            return
        if count is not None and p.list is not ListMode.NO:
            if p.type.kind is Kind.PARAMS and p.direction is Direction.IN and not p.nullable:
                self.null(p.name)
                if count.type == "int":
                    self.fail(f"{count.name} <= 0",
                              f'virEntryPositive({self.domain}, __func__, "{count.name}")')
            elif count.type == "int":
                self.fail(f"{count.name} < 0",
                          f'virEntryNegative({self.domain}, __func__, "{count.name}")')
                self.null(p.name, f"{count.name} != 0")
            else:
                self.null(p.name, f"{count.name} != 0")
            return
        if p.stride and p.direction is Direction.IN:
            self.null(p.name)
            self.fail(f"{p.stride} <= 0", f'virEntryPositive({self.domain}, __func__, "{p.stride}")')
            return
        if not p.nullable:
            self.null(p.name)

    def count_marker(self, p: model.Parameter) -> None:
        type_ = next(c.type for c in self.lowered.parameters if c.name == p.name)
        if type_ == "int":
            self.fail(f"{p.name} < 0", f'virEntryNegative({self.domain}, __func__, "{p.name}")')

    def object(self, p: model.Parameter) -> None:
        own = self.api.object(p.type.name)
        class_ = naming.handle_class(own.name)
        present = f"{p.name} && " if p.nullable else ""
        self.fail(f"{present}!virHandleIs({p.name}, &{class_})",
                  f"virEntryBadHandle({p.name}, &{class_})")
        if own.name != "Connect" and self.function.self is not None:
            path = path_to_connection(self.api, own)
            self.fail(f"{present}{p.name}->{path} != conn",
                      f'virEntryForeign({self.domain}, __func__, "{p.name}")')

    def flags(self, p: model.Parameter) -> None:
        if not p.type.names:
            known = "0"
        else:
            values = {v.value for n in p.type.names for v in self.api.enum(n).values}
            mask = 0
            for value in values:
                mask |= value
            known = hex(mask) + "u"
        self.fail(f"flags & ~{known}" if known != "0" else "flags != 0",
                  f"virEntryFlags({self.domain}, __func__, (unsigned int) flags, {known})")


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
    if function.shape in vtable.HOOKED and function.self is not None:
        group = vtable.group_of(api, function)
        hook = f"{connection}->{group}->{function.name}"
        delivered = "NULL" if function.self.type.startswith("Adm") else "conn"
        return [
            f"    if (!{connection}->{group} || !{hook}) {{\n"
            f"        virEntryUnsupported({delivered}, __func__);\n"
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
            text = lowered.parameters[1].name
            hook = f"conn->{vtable.group_of(api, function)}"
            assert own is not None
            return [
                f"    if (virUUIDParse({text}, raw) < 0) {{\n"
                f'        virEntryUUID(__func__, "{text}");\n        goto error;\n    }}',
                f"    if (!{hook} || !{hook}->{target}) {{\n"
                "        virEntryUnsupported(conn, __func__);\n        goto error;\n    }",
                f"    ret = {hook}->{target}({own.name}, raw);",
            ], True
        case _:
            return _call(api, lowered, connection), True


def entry(api: model.Api, function: model.Function) -> str:
    """One public function."""
    lowered = plan.lower(api, function)
    returns_nothing = function.returns.kind is ReturnKind.NONE
    checks = Checks(api, lowered)
    checked = checks.write()
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
    delivered = "conn" if has_conn else "NULL"
    if returns_nothing:
        if checked:
            lines += ["    return;", "", "error:", f"    virErrorDispatch({delivered});"]
    else:
        if can_fail and function.errors == "reset":
            if not checked and not any("goto error" in line for line in work):
                lines.append(f"    if ({_failed(lowered)})\n        virErrorDispatch({delivered});")
                lines.append("    return ret;")
            else:
                lines.append(f"    if ({_failed(lowered)})\n        goto error;")
                lines.append("    return ret;")
                lines += ["", "error:", f"    virErrorDispatch({delivered});",
                          f"    return {_failure(lowered)};"]
        else:
            lines.append("    return ret;")
            if checked:
                lines += ["", "error:", f"    virErrorDispatch({delivered});",
                          f"    return {_failure(lowered)};"]
    head = c_call(f"{lowered.returns}\n{naming.function(api, function.name)}",
                  lowered.declarations, "")
    return f"VIR_PUBLIC {head}\n{{\n" + "\n".join(lines) + "\n}"


def _failure(lowered: plan.Lowered) -> str:
    if lowered.failure == "-1" and lowered.returns.startswith("unsigned"):
        return f"({lowered.returns}) -1"
    return lowered.failure


def source(api: model.Api, module: model.Module) -> str:
    includes = (
        f"#include <libvirt/{module.header}>\n#include <libvirt/virterror.h>\n\n#include <string.h>\n\n"
        '#include "driver/vtable.h"\n#include "runtime/connect.h"\n#include "runtime/entry.h"\n'
        '#include "runtime/local.h"\n#include "runtime/objects.h"\n#include "runtime/stream.h"'
    )
    blocks = [includes] + [entry(api, function) for function in module.functions]
    purpose = f"/* Public entry points of {module.header}, module {module.name}. */\n\n"
    return banner(f"api/{module.name}.xml") + purpose + join_paragraphs(blocks)


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
