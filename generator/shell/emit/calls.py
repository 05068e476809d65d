# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the commands that are one call of a public function and a sentence about its outcome."""

from __future__ import annotations

from generator import model as api_model
from generator.shell.emit.bind import (
    bind,
    bind_flags,
    fetch_object,
    function_of,
    guard,
    has_flags,
    own_option,
    say,
    variable,
)
from generator.shell.model import Call, Command, Shell
from generator.shell.rules import PLACEHOLDER
from generator.text import c_call

HEAD = "(virshControl *ctl, const virshArguments *arguments)\n{\n"


def _declare_result(shell: Shell, call: Call) -> str:
    match call.result:
        case "string" | "document":
            return "    g_autofree char *result = NULL;\n"
        case "object":
            found = shell.object(call.of)
            assert found is not None
            return f"    g_autoptr(virsh{found.type}) result = NULL;\n"
        case _:
            return "    int result;\n"


def _uuid_needed(call: Call) -> bool:
    return "uuid" in PLACEHOLDER.findall(call.ok)


def _names(shell: Shell, call: Call, own: str, type_: str) -> dict[str, str]:
    """What `{name}` and `{uuid}` of a sentence are: those of the result, else of the object."""
    if call.result == "object":
        found = shell.object(call.of)
        assert found is not None
        return {"name": f"vir{found.label}(result)", "uuid": "uuid"}
    return {"name": f"vir{type_}GetName({own})" if own else '""', "uuid": "uuid"}


def _outcome(shell: Shell, command: Command, call: Call, own: str, type_: str) -> str:
    names = _names(shell, call, own, type_)
    failed = "!result" if call.result in ("string", "document", "object") else "result < 0"
    out = f"    if ({failed})\n        return false;\n"
    if call.fail:
        out = f"    if ({failed}) {{\n" + say("        virshError", command, call.fail, names)
        out += "        return false;\n    }\n"
    match call.result:
        case "string":
            end = 'g_str_has_suffix(result, "\\n") ? "" : "\\n"'
            return out + f'    virshPrint(ctl, "%s%s", result, {end});\n'
        case "document":
            out += guard("virshPrintDocument(ctl, arguments, result)")
            if call.end:
                out += '    if (!virshText(arguments, "xpath"))\n        virshPrint(ctl, "\\n");\n'
            return out
        case "count" if not call.ok:
            return out + '    virshPrint(ctl, "%d\\n", result);\n'
        case "count":
            names["count"] = "count"
            out += "    g_snprintf(count, sizeof(count), \"%d\", result);\n"
        case _:
            pass
    if not call.ok:
        return out
    if _uuid_needed(call):
        held, of = ("result", call.of) if call.result == "object" else (own, "")
        found = shell.object(of)
        name = found.type if found is not None else type_
        out += guard(f"(vir{name}GetUUIDString({held}, uuid) == 0)")
    return out + say("    virshExtra", command, call.ok, names, call.end)


def _invoke(call: Call, function: api_model.Function, arguments: list[str], head: str) -> str:
    if has_flags(function):
        arguments = [*arguments, "flags"]
    return c_call(f"{head}vir{function.name}", arguments, ";\n")


def _call(shell: Shell, api: api_model.Api, command: Command, call: Call, name: str) -> str:
    function = function_of(api, call.function)
    own = own_option(shell, api, command, call.function)
    binding = bind(shell, command, function, call.arguments)
    declare = "".join(binding.declare)
    body = ""
    handle, type_ = shell.handle, ""
    if own is not None:
        found = shell.object(own.object)
        assert found is not None
        text, find = fetch_object(shell, own)
        declare += text
        body += find
        handle, type_ = variable(own.name), found.type
    if has_flags(function) or call.plain:
        declare += "    unsigned int flags = 0;\n"
    declare += _declare_result(shell, call)
    if _uuid_needed(call):
        declare += "    char uuid[VIR_UUID_STRING_BUFLEN];\n"
    if call.result == "count" and call.ok:
        declare += "    char count[16];\n"
    body += "".join(binding.fetch) + bind_flags(call.bits)
    if call.affect:
        domain = handle if type_ == "Domain" else "NULL"
        body += guard(f"virshAffect(ctl, arguments, {domain}, &flags)")
    arguments = [handle, *binding.arguments]
    if call.plain:
        simple = function_of(api, call.plain)
        body += "    if (flags)\n" + _invoke(call, function, arguments, "        result = ")
        body += "    else\n" + _invoke(call, simple, arguments, "        result = ")
    else:
        body += _invoke(call, function, arguments, "    result = ")
    body += _outcome(shell, command, call, handle if own is not None else "", type_)
    text = declare + "\n" + body + "    return true;\n}\n"
    unused = "" if "arguments" in text else " G_GNUC_UNUSED"
    return f"{name}{HEAD.replace('*arguments', '*arguments' + unused)}{text}"


def command_source(shell: Shell, api: api_model.Api, command: Command) -> str:
    """The hook of a command that consists of calls."""
    calls = command.calls
    if len(calls) == 1:
        return _call(shell, api, command, calls[0], f"bool {command.hook}")
    local = command.symbol
    out = ""
    for number, call in enumerate(calls, 1):
        out += _call(shell, api, command, call, f"static bool call{local}{number}") + "\n"
    out += f"bool {command.hook}{HEAD}"
    for number, call in enumerate(calls, 1):
        if call.when:
            out += f'    if (virshAnyFlag(arguments, "{call.when}"))\n    '
        out += f"    return call{local}{number}(ctl, arguments);\n"
    return out + "}\n"
