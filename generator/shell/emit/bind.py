# SPDX-License-Identifier: LGPL-2.1-or-later
"""Binds what a command says to the function it calls: options to parameters, with C for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator import model as api_model
from generator.model import Direction, Kind, Repr
from generator.shell.model import Argument, Bit, Command, Option, Shell
from generator.shell.rules import PLACEHOLDER
from generator.text import c_call, c_string


def variable(name: str) -> str:
    parts = name.split("-")
    return parts[0] + "".join(part.capitalize() for part in parts[1:])


def guard(condition: str) -> str:
    return f"    if (!{condition})\n        return false;\n"


def function_of(api: api_model.Api, name: str) -> api_model.Function:
    return next(item for item in api.functions if item.name == name)


def has_flags(function: api_model.Function) -> bool:
    last = function.parameters[-1] if function.parameters else None
    return last is not None and last.name == "flags" and last.direction is Direction.IN


def values(function: api_model.Function) -> tuple[api_model.Parameter, ...]:
    """The parameters that arguments fill: what goes in, but not the trailing flags."""
    end = -1 if has_flags(function) else None
    return tuple(p for p in function.parameters[:end] if p.direction is Direction.IN)


def own_option(shell: Shell, api: api_model.Api, command: Command, name: str) -> Option | None:
    """The option that names the object on which the function is called."""
    function = function_of(api, name)
    if function.self is None or function.self.type == shell.connection:
        return None
    for option in command.options:
        found = shell.object(option.object) if option.kind == "object" else None
        if found is not None and found.type == function.self.type:
            return option
    return None


def sentence(command: Command, template: str, names: dict[str, str]) -> tuple[str, list[str]]:
    """A printf format and its arguments; `names` are the words that are no options."""
    arguments: list[str] = []
    position = 0
    out = ""
    for match in PLACEHOLDER.finditer(template):
        word = match.group(1)
        out += template[position : match.start()].replace("%", "%%") + "%s"
        known = command.option(word)
        arguments.append(
            f'virshText(arguments, "{word}")' if known is not None else names[word]
        )
        position = match.end()
    return out + template[position:].replace("%", "%%"), arguments


def say(head: str, command: Command, template: str, names: dict[str, str], tail: str = "") -> str:
    text, arguments = sentence(command, template, names)
    return c_call(head, ["ctl", c_string(text + tail), *arguments], ";\n")


@dataclass
class Binding:
    """Declarations and statements that make the arguments of one call ready."""

    declare: list[str] = field(default_factory=list)
    fetch: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)


def _number(parameter: api_model.Parameter) -> tuple[str, str, str]:
    """The C type of the variable, the function that reads it, the cast that the call needs."""
    match parameter.type.kind:
        case Kind.INT64:
            return "long long", "virshLong", ""
        case Kind.UINT64:
            return "unsigned long long", "virshUlong", ""
        case Kind.UINT | Kind.FLAGS:
            if parameter.repr is Repr.WORD:
                return "unsigned long long", "virshUlong", "(unsigned long)"
            return "unsigned int", "virshUint", ""
        case _:
            if parameter.repr is Repr.WORD:
                return "unsigned long long", "virshUlong", "(unsigned long)"
            if parameter.repr is Repr.UINT:
                return "unsigned int", "virshUint", ""
            return "int", "virshInt", ""


def _words(binding: Binding, command: Command, item: Argument, cast: str) -> None:
    name = variable(item.option)
    words = ", ".join(c_string(word) for word in item.words)
    binding.declare += [
        f"    static const char *const {name}Words[] = {{ {words}, NULL }};\n",
        f"    const char *{name}Word = NULL;\n",
        f"    int {name} = 0;\n",
    ]
    binding.fetch.append(guard(
        f'virshString(ctl, arguments, "{item.option}", &{name}Word)'))
    text, values_ = sentence(command, item.wrong, {})
    error = c_call("        virshError", ["ctl", c_string(text), *values_], ";\n")
    binding.fetch.append(
        f"    if ({name}Word)\n        {name} = virshWordIndex({name}Words, {name}Word);\n"
        f"    if ({name} < 0) {{\n{error}        return false;\n    }}\n"
    )
    binding.arguments.append(f"{cast}{name}")


def _size(binding: Binding, item: Argument, cast: str) -> None:
    name = variable(item.option)
    binding.declare.append(f"    unsigned long long {name} = 0;\n")
    binding.fetch.append(guard(
        f'virshSize(ctl, arguments, "{item.option}", {item.scale}, &{name})'))
    if item.exact:
        # the function takes the larger unit, or bytes where that would lose something
        binding.fetch.append(
            f"    if ({name} % {item.divide} == 0)\n        {name} /= {item.divide};\n"
            f"    else\n        flags |= {item.exact};\n"
        )
        binding.arguments.append(cast + name)
    elif item.divide > 1:
        # what does not divide evenly is rounded up: nobody gets less than was asked for
        binding.arguments.append(
            f"{cast}({name} / {item.divide} + ({name} % {item.divide} != 0))")
    else:
        binding.arguments.append(cast + name)


def _text(binding: Binding, item: Argument) -> None:
    name = variable(item.option)
    binding.declare.append(f"    const char *{name} = NULL;\n")
    binding.fetch.append(guard(c_call(
        "virshString", ["ctl", "arguments", f'"{item.option}"', f"&{name}"], "")))
    if not item.document:
        binding.arguments.append(name)
        return
    read = "virshReadDocument" if item.document == "inline" else "virshReadFile"
    binding.declare.append(f"    g_autofree char *{name}Text = NULL;\n")
    binding.fetch.append(
        f"    if ({name}) {{\n        {name}Text = {read}(ctl, {name});\n"
        f"        if (!{name}Text)\n            return false;\n    }}\n"
    )
    binding.arguments.append(f"{name}Text")


def bind_argument(
    shell: Shell, binding: Binding, command: Command, parameter: api_model.Parameter, item: Argument
) -> None:
    """Adds what one parameter needs."""
    if item.value:
        binding.arguments.append(item.value)
        return
    if item.flag or item.unless:
        word = item.flag or item.unless
        binding.arguments.append(f'{"!" if item.unless else ""}virshFlag(arguments, "{word}")')
        return
    option = command.option(item.option)
    assert option is not None
    if parameter.type.kind is Kind.STRING:
        _text(binding, item)
        return
    if option.kind == "object":
        declare, fetch = fetch_object(shell, option)
        binding.declare.append(declare)
        binding.fetch.append(fetch)
        binding.arguments.append(variable(option.name))
        return
    type_, read, cast = _number(parameter)
    if item.words:
        _words(binding, command, item, f"({type_})" if type_ != "int" else "")
    elif option.kind == "size":
        _size(binding, item, cast)
    else:
        name = variable(item.option)
        if item.minimum and type_ == "unsigned long long" and not item.minimum.startswith("-"):
            # a negative number must reach its own sentence, so it is read as one
            type_, read, cast = "long long", "virshLong", "(unsigned long long)"
        binding.declare.append(f"    {type_} {name} = {item.default or '0'};\n")
        binding.fetch.append(guard(f'{read}(ctl, arguments, "{item.option}", &{name})'))
        if item.minimum:
            said, values_ = sentence(command, item.wrong, {})
            error = c_call("        virshError", ["ctl", c_string(said), *values_], ";\n")
            binding.fetch.append(
                f"    if ({name} < {item.minimum}) {{\n{error}        return false;\n    }}\n"
            )
        if item.scale > 1:
            binding.arguments.append(f"{cast}{name} * {item.scale}")
        else:
            binding.arguments.append(cast + name)


def bind_flags(bits: tuple[Bit, ...]) -> str:
    """Statements that set the bits of `flags`."""
    out = ""
    for bit in bits:
        if bit.words:
            text = bit.wrong.replace("{word}", "%s")
            call = c_call(
                "virshWordBits",
                ["ctl", "arguments", c_string(bit.option), c_string("|".join(bit.words)),
                 bit.value, c_string(text), "&flags"],
                "",
            )
            out += guard(call)
            continue
        if bit.option:
            out += f'    if (virshFlag(arguments, "{bit.option}"))\n    '
        elif bit.unless:
            out += f'    if (!virshFlag(arguments, "{bit.unless}"))\n    '
        out += f"    flags |= {bit.value};\n"
    return out


def fetch_object(shell: Shell, option: Option) -> tuple[str, str]:
    """Declaration and statements that find the object an option names."""
    found = shell.object(option.object)
    assert found is not None
    name = variable(option.name)
    find = c_call(
        f"    {name} = {found.find}",
        ["ctl", "arguments", f'"{option.name}"', "NULL"],
        ";\n",
    )
    return (
        f"    g_autoptr(virsh{found.type}) {name} = NULL;\n",
        f"{find}    if (!{name})\n        return false;\n",
    )


def bind(
    shell: Shell,
    command: Command,
    function: api_model.Function,
    arguments: tuple[Argument, ...],
) -> Binding:
    """Everything but the object itself and the flags."""
    binding = Binding()
    for parameter, item in zip(values(function), arguments):
        bind_argument(shell, binding, command, parameter, item)
    return binding
