# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the commands that show and set typed parameters of the API."""

from __future__ import annotations

from generator import model as api_model
from generator.model import ListMode
from generator.shell.emit.bind import (
    Binding,
    bind,
    fetch_object,
    function_of,
    guard,
    has_flags,
    own_option,
    variable,
)
from generator.shell.emit.calls import HEAD
from generator.shell.model import Command, Shell, Tune, Tuned
from generator.text import c_call, c_string

TYPES = {
    "int": "INT",
    "uint": "UINT",
    "llong": "LLONG",
    "ullong": "ULLONG",
    "bool": "BOOLEAN",
    "string": "STRING",
}


def _row(item: Tuned) -> str:
    parts = [
        f".option = {c_string(item.option)}",
        f".key = {item.key if item.key.isupper() else c_string(item.key)}",
        f".type = VIR_TYPED_PARAM_{TYPES[item.type]}",
    ]
    if item.scale:
        parts.append(f".scale = {item.scale}, .divide = {item.divide}")
    if item.unlimited:
        parts.append(".unlimited = true")
    if item.words:
        parts.append(f".words = {c_string('|'.join(item.words))}")
    if item.parts:
        parts.append(f".parts = {c_string(item.parts)}")
    if item.negative:
        parts.append(f".negative = {c_string(item.negative.replace('{word}', '%s'))}")
    if item.wrong:
        parts.append(f".wrong = {c_string(item.wrong.replace('{word}', '%s'))}")
    return f"    {{ {', '.join(parts)} }},\n"


def _error(text: str, indent: str) -> str:
    return f"{indent}virshError(ctl, {c_string(text)});\n" if text else ""


def _read(function: api_model.Function, before: list[str], tune: Tune) -> str:
    """Asks for the parameters: how many there are first, where the caller makes room for them."""
    name = f"vir{function.name}"
    after = ["flags"] if has_flags(function) else []
    allocates = any(p.list is ListMode.ALLOC for p in function.parameters)
    out = ""
    if allocates:
        call = c_call(f"    if ({name}", [*before, "&fields", "&count", *after], " < 0) {\n")
        return f"{call}{_error(tune.read, '        ')}        return false;\n    }}\n"
    call = c_call(f"    if ({name}", [*before, "NULL", "&count", *after], " < 0) {\n")
    out += f"{call}{_error(tune.counted, '        ')}        return false;\n    }}\n"
    out += "    if (!count)\n        return true;\n"
    out += "    fields = g_new0(virTypedParameter, count);\n"
    call = c_call(f"    if ({name}", [*before, "fields", "&count", *after], " < 0) {\n")
    out += f"{call}{_error(tune.read, '        ')}"
    return out + "        g_free(fields);\n        return false;\n    }\n"


def _show(
    api: api_model.Api, name: str, tune: Tune, binding: Binding, handle: str, type_: str
) -> str:
    """`showX`: reads all parameters and prints them."""
    function = function_of(api, tune.get)
    out = f"static bool show{name}(virshControl *ctl, const virshArguments *arguments,\n"
    out += f"{' ' * len(f'static bool show{name}(')}vir{type_}Ptr {handle}, unsigned int flags)\n"
    if not has_flags(function):
        out = out.replace("unsigned int flags", "unsigned int flags G_GNUC_UNUSED")
    body = "".join(binding.declare)
    body += "    virTypedParameterPtr fields = NULL;\n    int count = 0;\n    bool good;\n\n"
    body += "".join(binding.fetch)
    body += _read(function, [handle, *binding.arguments], tune)
    known = [f"tuned{name}", f"G_N_ELEMENTS(tuned{name})"] if tune.parameters else ["NULL", "0"]
    body += c_call(
        "    good = virshTuneShow",
        ["ctl", "arguments", "fields", "count", tune.unlimited or "0", *known],
        ";\n",
    )
    body += "    virTypedParamsFree(fields, count);\n    return good;\n"
    return f"{out}{{\n{body}}}\n"


def tune_source(shell: Shell, api: api_model.Api, command: Command, tune: Tune) -> str:
    """The hook of a command about parameters: sets those that are given, else shows all."""
    name = command.symbol
    first = tune.get or tune.set
    own = own_option(shell, api, command, first)
    binding = bind(shell, command, function_of(api, first), tune.arguments)
    handle, type_, declare, find = shell.handle, shell.connection, "", ""
    if own is not None:
        found = shell.object(own.object)
        assert found is not None
        handle, type_ = variable(own.name), found.type
        declare, find = fetch_object(shell, own)
    local = handle if own is not None else "connection"
    out = ""
    if tune.parameters:
        rows = "".join(_row(item) for item in tune.parameters)
        out += f"static const virshTuned tuned{name}[] = {{\n{rows}}};\n\n"
    out += _show(api, name, tune, binding, local, type_) + "\n" if tune.get else ""
    out += f"bool {command.hook}{HEAD}"
    if tune.parameters:
        out += "    virTypedParameterPtr fields = NULL;\n    int count = 0;\n    bool good;\n"
    if tune.set:
        out += "".join(binding.declare)
    out += declare + "    unsigned int flags = 0;\n\n" + find
    if tune.affect:
        out += guard(f"virshAffect(ctl, arguments, {handle if own else 'NULL'}, &flags)")
    show = f"show{name}(ctl, arguments, {handle}, flags)"
    if not tune.set:
        return out + f"    return {show};\n}}\n"
    out += "".join(binding.fetch)
    out += c_call(
        "    good = virshTuneCollect",
        ["ctl", "arguments", f"tuned{name}", f"G_N_ELEMENTS(tuned{name})", "&fields", "&count"],
        ";\n",
    )
    if tune.malformed:
        out += f"    if (!good)\n        virshError(ctl, {c_string(tune.malformed)});\n"
    if tune.get:
        out += f"    if (good && !count)\n        return {show};\n"
    else:
        out += "    if (good && !count) {\n"
        out += _error(tune.counted, "        ") + "        return false;\n    }\n"
    arguments = [handle, *binding.arguments, "fields", "count"]
    if has_flags(function_of(api, tune.set)):
        arguments.append("flags")
    out += c_call(f"    if (good && vir{tune.set}", arguments, " < 0) {\n")
    out += _error(tune.write, "        ") + "        good = false;\n    }\n"
    return out + "    virTypedParamsFree(fields, count);\n    return good;\n}\n"
