# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the commands that show facts: what functions give about one object or about a list."""

from __future__ import annotations

from generator import model as api_model
from generator import naming
from generator.model import Direction, Kind, ReturnKind
from generator.shell.emit.bind import (
    Binding,
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
from generator.shell.emit.calls import HEAD
from generator.shell.model import Column, Command, Listing, Shell, Show
from generator.text import c_call, c_string

PUT = {
    "text": "Text",
    "int": "Int",
    "uint": "Uint",
    "double": "Double",
    "bool": "Bool",
    "bytes": "Uint",
    "enum": "Int",
}


def _put(column: Column, value: str, indent: str) -> str:
    if column.divide > 1:
        cast = "(double)" if column.kind == "double" else ""
        value = f"{cast}{value} / {column.divide}"
    if column.kind == "bool":
        value = f"{value} > 0"
    put = c_call(f"{indent}virshPut{PUT[column.kind]}", ["report", c_string(column.key), value],
                 ";\n")
    if not column.zero:
        return put
    bare = value.split(" / ")[0].removeprefix("(double)")
    return f"{indent}if ({bare})\n    {put}"


def _conditional(column: Column, put: str, indent: str) -> str:
    """The value only where another part of the record makes it mean something."""
    if not column.condition:
        return put
    condition = column.condition.replace("{", "value.").replace("}", "")
    none = f"{indent}    virshPutNone(report, {c_string(column.key)});\n"
    return f"{indent}if ({condition})\n    {put}{indent}else\n{none}"


def _failed(columns: list[Column], fail: str, indent: str) -> str:
    """What happens when the function behind these columns fails."""
    if any(column.none is None and not column.optional for column in columns):
        said = f"{indent}virshError(ctl, {c_string(fail)});\n" if fail else ""
        return f"{said}{indent}return false;\n"
    out = f"{indent}virshForgetFailure(ctl);\n"
    for column in columns:
        if column.none is not None:
            out += f"{indent}virshPutNone(report, {c_string(column.key)});\n"
    return out


def _out_parameter(function: api_model.Function) -> api_model.Parameter | None:
    return next((p for p in function.parameters if p.direction is Direction.OUT), None)


def _value_of(
    api: api_model.Api, function: api_model.Function, columns: list[Column]
) -> tuple[str, str, str]:
    """Declaration, what the call is given for its output, and the condition of its failure."""
    out = _out_parameter(function)
    returns = function.returns
    if out is None:
        match returns.kind:
            case ReturnKind.STRING:
                free = "g_autofree char" if returns.transfer == "full" else "const char"
                return f"{free} *value = ", "", "!value"
            case ReturnKind.VALUE:
                assert returns.type is not None
                kind = {Kind.UINT: "unsigned int", Kind.UINT64: "unsigned long long"}
                type_ = kind.get(returns.type.kind, "int")
                failure = returns.error_value or "0"
                return f"{type_} value = ", "", f"value == ({type_}){failure}"
            case _:
                return "int value = ", "", "value < 0"
    match out.type.kind:
        case Kind.UUID_STRING:
            return "char value[VIR_UUID_STRING_BUFLEN];\n", "value", ""
        case Kind.RECORD:
            return f"{naming.typedef(api, out.type.name)} value = {{ 0 }};\n", "&value", ""
        case Kind.UINT64:
            word = "unsigned long" if out.repr.value == "word" else "unsigned long long"
            return f"{word} value = 0;\n", "&value", ""
        case Kind.INT64:
            return "long long value = 0;\n", "&value", ""
        case Kind.UINT:
            word = "unsigned long" if out.repr.value == "word" else "unsigned int"
            return f"{word} value = 0;\n", "&value", ""
        case Kind.STRING:
            return "g_autofree char *value = NULL;\n", "&value", ""
        case _:
            return "int value = 0;\n", "&value", ""


def _group(
    api: api_model.Api, name: str, columns: list[Column], binding: Binding, fail: str
) -> str:
    """The call of one function and the columns that it fills."""
    function = function_of(api, name)
    declare, given, condition = _value_of(api, function, columns)
    taken = list(binding.arguments)
    arguments = ["object"]
    for parameter in function.parameters:
        if parameter.direction is Direction.OUT:
            arguments.append(given)
        elif parameter.name != "flags":
            arguments.append(taken.pop(0) if taken else "NULL")
    if has_flags(function):
        arguments.append("flags")
    out = f'    if (virshReportAsks(report, "{name}")) {{\n'
    call = f"vir{name}"
    if declare.endswith("= "):
        out += c_call(f"        {declare}{call}", arguments, ";\n") + "\n"
        out += f"        if ({condition}) {{\n"
    else:
        out += f"        {declare}\n"
        out += c_call(f"        if ({call}", arguments, " < 0) {\n")
    failed = _failed(columns, fail, "            ")
    out += failed
    puts = ""
    indent = "        " if failed.endswith("return false;\n") else "            "
    for column in columns:
        value = f"value.{column.part}" if column.part else "value"
        puts += _conditional(column, _put(column, value, indent), indent)
    if indent == "        ":
        return f"{out}        }}\n{puts}    }}\n"
    return f"{out}        }} else {{\n{puts}        }}\n    }}\n"


def _groups(command: Command) -> dict[str, list[Column]]:
    """All columns of all views by the function that gives them, each key of a function once."""
    seen: set[tuple[str, str]] = set()
    out: dict[str, list[Column]] = {}
    for view in command.views:
        for column in view.columns:
            if (column.get, column.key) not in seen and column.get:
                seen.add((column.get, column.key))
                out.setdefault(column.get, []).append(column)
    return out


def _fill(
    api: api_model.Api, command: Command, type_: str, binding: Binding, flags: str, fail: str
) -> str:
    """`static bool fillX`: asks every function once and puts what it gives into the newest row."""
    name = command.symbol
    out = f"static bool fill{name}(virshControl *ctl, const virshArguments *arguments,\n"
    out += f"{' ' * len(f'static bool fill{name}(')}virshReport *report, vir{type_}Ptr object)\n"
    body = "".join(binding.declare)
    groups = _groups(command)
    if any(has_flags(function_of(api, get)) for get in groups):
        body += "    unsigned int flags = 0;\n"
    body += "\n" if body else ""
    body += "".join(binding.fetch) + flags
    body += "".join(_group(api, get, columns, binding, fail) for get, columns in groups.items())
    if "arguments" not in body:
        out = out.replace("*arguments,", "*arguments G_GNUC_UNUSED,")
    if "ctl" not in body:
        out = out.replace("*ctl,", "*ctl G_GNUC_UNUSED,")
    return f"{out}{{\n{body}    return true;\n}}\n"


def show_source(shell: Shell, api: api_model.Api, command: Command, show: Show) -> str:
    """The hook of a command that shows one object."""
    first = next(column.get for view in command.views for column in view.columns if column.get)
    own = own_option(shell, api, command, first)
    taker = next(
        (get for get in _groups(command) if show.arguments and _takes(api, get)), first
    )
    binding = bind(shell, command, function_of(api, taker), show.arguments)
    handle, type_, declare, find = shell.handle, shell.connection, "", ""
    if own is not None:
        found = shell.object(own.object)
        assert found is not None
        handle, type_ = variable(own.name), found.type
        declare, find = fetch_object(shell, own)
    flags = bind_flags(show.bits)
    if show.affect:
        flags += guard(f"virshAffect(ctl, arguments, {'object' if own else 'NULL'}, &flags)")
    name = command.symbol
    fill = _fill(api, command, type_, binding, flags, show.fail)
    body = f"{declare}    g_autoptr(virshReport) report = NULL;\n\n{find}"
    body += "    report = virshReportNew(ctl, arguments);\n    virshReportRow(report);\n"
    body += f"    return fill{name}(ctl, arguments, report, {handle}) && virshReportEnd(report);\n"
    return f"{fill}\nbool {command.hook}{HEAD}{body}}}\n"


def _takes(api: api_model.Api, get: str) -> bool:
    function = function_of(api, get)
    count = len(function.parameters) - (1 if has_flags(function) else 0)
    return count > (1 if _out_parameter(function) is not None else 0)


def _compare(shell: Shell, command: Command, of: str) -> str:
    found = shell.object(of)
    assert found is not None
    name = command.symbol
    type_ = found.type
    pointer = f"vir{type_}Ptr"
    head = f"static int compare{name}(const void *a, const void *b)\n{{\n"
    if found.label.endswith("UUIDString"):
        return (
            head + "    char first[VIR_UUID_STRING_BUFLEN] = \"\";\n"
            "    char second[VIR_UUID_STRING_BUFLEN] = \"\";\n\n"
            f"    vir{found.label}(*(const {pointer} *)a, first);\n"
            f"    vir{found.label}(*(const {pointer} *)b, second);\n"
            "    return g_ascii_strcasecmp(first, second);\n}\n"
        )
    call = c_call(
        "    return g_ascii_strcasecmp",
        [f"vir{found.label}(*(const {pointer} *)a)", f"vir{found.label}(*(const {pointer} *)b)"],
        ";\n",
    )
    return f"{head}{call}}}\n"


def list_source(shell: Shell, api: api_model.Api, command: Command, listing: Listing) -> str:
    """The hook of a command that shows a list of objects."""
    name = command.symbol
    found = shell.object(listing.of)
    assert found is not None
    type_ = found.type
    own = own_option(shell, api, command, listing.function)
    handle, declare, find = shell.handle, "", ""
    if own is not None:
        handle = variable(own.name)
        declare, find = fetch_object(shell, own)
    fill = _fill(api, command, type_, Binding(), "", listing.fail)
    function = function_of(api, listing.function)
    arguments = [handle, "&objects"] + (["flags"] if has_flags(function) else [])
    body = f"""{declare}    g_autoptr(virshReport) report = NULL;
    vir{type_}Ptr *objects = NULL;
    unsigned int flags = 0;
    bool good = true;
    int count;

{find}{bind_flags(listing.bits)}"""
    body += c_call(f"    count = vir{listing.function}", arguments, ";\n")
    if listing.fail:
        body += "    if (count < 0) {\n"
        body += say("        virshError", command, listing.fail, {})
        body += "        return false;\n    }\n"
    else:
        body += "    if (count < 0)\n        return false;\n"
    body += f"""    report = virshReportNew(ctl, arguments);
    if (count)
        qsort(objects, (size_t)count, sizeof(*objects), compare{name});
    for (int i = 0; i < count; i++) {{
        virshReportRow(report);
        good = good && fill{name}(ctl, arguments, report, objects[i]);
        vir{type_}Free(objects[i]);
    }}
    free(objects);
    return good && virshReportEnd(report);
"""
    return (
        f"{_compare(shell, command, listing.of)}\n{fill}\nbool {command.hook}{HEAD}{body}}}\n"
    )
