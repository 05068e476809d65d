# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the commands that are one call of a public function and a sentence about its outcome."""

from __future__ import annotations

from generator.shell.model import Argument, Call, Command, Option, Shell
from generator.shell.rules import PLACEHOLDER
from generator.text import banner, c_call, c_string

CLASS = {"domain": "Domain", "network": "Network"}


def _variable(name: str) -> str:
    parts = name.split("-")
    return parts[0] + "".join(part.capitalize() for part in parts[1:])


def _sentence(command: Command, template: str, named: str) -> tuple[str, list[str]]:
    """A printf format and its arguments; `{name}` is the name of the object `named`."""
    arguments: list[str] = []

    def value(word: str) -> str:
        option = command.option(word)
        if word == "name" and option is None:
            return named
        if option is not None and option.kind == "object":
            return f"{_variable(word)}Name"
        return _variable(word)

    position = 0
    out = ""
    for match in PLACEHOLDER.finditer(template):
        out += template[position : match.start()].replace("%", "%%") + "%s"
        arguments.append(value(match.group(1)))
        position = match.end()
    return out + template[position:].replace("%", "%%"), arguments


def _print(head: str, command: Command, template: str, named: str, tail: str = "") -> str:
    text, arguments = _sentence(command, template, named)
    return c_call(head, ["ctl", c_string(text + tail), *arguments], ";\n")


def _self(command: Command) -> Option | None:
    first = command.options[0] if command.options else None
    return first if first is not None and first.kind == "object" else None


def _fetch(command: Command, call: Call) -> str:
    """Statements that read the options which the call and its sentences speak of."""
    out = ""
    own = _self(command)
    used = {item.option for item in call.arguments}
    for text in (call.ok, call.fail):
        used.update(PLACEHOLDER.findall(text))
    documents = {item.option for item in call.arguments if item.document}
    for option in command.options:
        if option is own or option.name not in used or option.kind == "flag":
            continue
        name = _variable(option.name)
        out += f"    const char *{name} = NULL;\n"
        if option.name in documents:
            out += f"    g_autofree char *{name}Text = NULL;\n"
    if call.flags or call.affect:
        out += "    unsigned int flags = 0;\n"
    if own is not None:
        name = _variable(own.name)
        out += f"    const char *{name}Name = NULL;\n"
        out += f"    g_autoptr(virsh{CLASS[own.object]}) {name} = NULL;\n"
    out += _result_declaration(call)
    out += "\n"
    for option in command.options:
        if option is own or option.name not in used or option.kind == "flag":
            continue
        name = _variable(option.name)
        words = ["ctl", "arguments", f'"{option.name}"', f"&{name}"]
        out += _guard(c_call("virshString", words, ""))
    out += "".join(
        f'    if (virshFlag(arguments, "{bit.option}"))\n        flags |= {bit.value};\n'
        for bit in call.bits
    )
    if own is not None:
        name = _variable(own.name)
        find = c_call(
            f"virshFind{CLASS[own.object]}",
            ["ctl", "arguments", f'"{own.name}"', f"&{name}Name"],
            "",
        )
        out += f"    {name} = {find};\n    if (!{name})\n        return false;\n"
    if call.affect:
        domain = "NULL" if own is None else _variable(own.name)
        out += _guard(f"virshAffect(ctl, arguments, {domain}, &flags)")
    for item in command.options:
        if item.name in documents:
            name = _variable(item.name)
            out += f"    {name}Text = virshReadFile(ctl, {name});\n"
            out += f"    if (!{name}Text)\n        return false;\n"
    return out


def _guard(condition: str) -> str:
    return f"    if (!{condition})\n        return false;\n"


def _result_declaration(call: Call) -> str:
    match call.result:
        case "string":
            return "    g_autofree char *result = NULL;\n"
        case "count":
            return "    int result;\n"
        case "object":
            return f"    g_autoptr(virsh{CLASS[call.of]}) result = NULL;\n"
        case _:
            return "    int result;\n"


def _value(item: Argument) -> str:
    return _variable(item.option) + ("Text" if item.document else "")


def _invoke(command: Command, call: Call) -> str:
    own = _self(command)
    arguments = [_variable(own.name) if own is not None else "ctl->connection"]
    arguments += [_value(item) for item in call.arguments]
    if call.flags or call.affect:
        arguments.append("flags")
    return c_call(f"    result = vir{call.function}", arguments, ";\n")


def _outcome(command: Command, call: Call) -> str:
    own = _self(command)
    named = f"vir{CLASS[own.object]}GetName({_variable(own.name)})" if own is not None else '""'
    failed = "!result" if call.result in ("string", "object") else "result < 0"
    out = f"    if ({failed}) {{\n"
    if call.fail:
        out += "        " + _print("virshError", command, call.fail, named)
    out += "        return false;\n    }\n"
    if call.result == "string":
        end = 'g_str_has_suffix(result, "\\n") ? "" : "\\n"'
        return out + f'    virshPrint(ctl, "%s%s", result, {end});\n'
    if call.result == "count":
        return out + '    virshPrint(ctl, "%d\\n", result);\n'
    if call.result == "object":
        named = f"vir{CLASS[call.of]}GetName(result)"
    if not call.ok:
        return out
    return out + "    " + _print("virshExtra", command, call.ok, named, "\n")


def _function(command: Command, call: Call) -> str:
    unused = "" if _self(command) or "arguments" in _fetch(command, call) else " G_GNUC_UNUSED"
    return (
        f"bool {command.hook}(virshControl *ctl, const virshArguments *arguments{unused})\n{{\n"
        + _fetch(command, call)
        + _invoke(command, call)
        + _outcome(command, call)
        + "    return true;\n}\n"
    )


def source(shell: Shell) -> str:
    """gen/client/calls.c"""
    out = banner("shell/virsh.xml")
    out += '\n#include "client/arguments.h"\n#include "client/commands.h"\n'
    out += '#include "client/connect.h"\n#include "client/lookup.h"\n#include "client/output.h"\n\n'
    bodies = [
        _function(command, command.call)
        for command in shell.commands()
        if command.call is not None
    ]
    return out + "\n".join(bodies)
