# SPDX-License-Identifier: LGPL-2.1-or-later
"""The rules of the shell language: one function is one rule, its docstring says why."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator import model as api_model
from generator.model import Direction, ReturnKind
from generator.shell.model import Body, Call, Command, Edit, Events, Listing, Shell, Show, Tune
from generator.naming import release_key
from generator.source import Problems, suggestion

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
OPTION = re.compile(r"[a-z][A-Za-z0-9]*(-[a-z0-9]+)*\Z")
RELEASE = re.compile(r"\d+\.\d+\.\d+\Z")
CONDITION = re.compile(r"\{(\w+)\} (>=|<=|==|!=|<|>) (\w+)\Z")
PRETTY = ("always", "with", "unless")
PLACEHOLDER = re.compile(r"\{([A-Za-z0-9.-]*)\}")

Rule = Callable[[Shell, Problems], None]


def command_once(shell: Shell, problems: Problems) -> None:
    """A word names one command, whether as its name or as an alias, in all groups together."""
    seen: dict[str, Command] = {}
    for command in shell.commands():
        for word in (command.name, *command.aliases):
            if word in seen:
                problems.add(
                    command.where,
                    "shell-command-once",
                    f"'{word}' already names a command, at {seen[word].where}",
                )
            seen.setdefault(word, command)


def group_once(shell: Shell, problems: Problems) -> None:
    """`help WORD` must not have two meanings, so a group and a command cannot share a keyword
    unless the group holds nothing but what that command is about."""
    seen: set[str] = set()
    for group in shell.groups:
        if group.name in seen and group.commands:
            problems.add(
                group.commands[0].where, "shell-group-once", f"group '{group.name}' exists twice"
            )
        seen.add(group.name)


def name_form(shell: Shell, problems: Problems) -> None:
    """Names are lower-case words joined by hyphens: they become C names and are typed by hand."""
    for command in shell.commands():
        for word in (command.name, *command.aliases):
            if not NAME.match(word):
                problems.add(command.where, "shell-name-form", f"'{word}' is not a command name")
        for option in command.options:
            if not OPTION.match(option.name):
                problems.add(
                    option.where, "shell-name-form", f"'{option.name}' is not an option name"
                )


def option_once(shell: Shell, problems: Problems) -> None:
    """An option is declared once per command, also when it comes from a set."""
    for command in shell.commands():
        seen: set[str] = set()
        for option in command.options:
            if option.name in seen:
                problems.add(
                    command.where,
                    "shell-option-once",
                    f"command '{command.name}' has option '{option.name}' twice",
                )
            seen.add(option.name)


def rest_last(shell: Shell, problems: Problems) -> None:
    """The option that takes all remaining words swallows what follows, so no option that is
    filled by position may stand after it."""
    for command in shell.commands():
        rest = ""
        for option in command.options:
            if rest and not option.named:
                problems.add(
                    option.where,
                    "shell-rest-last",
                    f"option '{option.name}' is filled by position, but '{rest}' before it takes "
                    "all remaining words",
                )
            if option.kind == "rest":
                rest = option.name


def required_first(shell: Shell, problems: Problems) -> None:
    """A required option filled by position comes before the optional ones, or the first word
    would land in the wrong place."""
    for command in shell.commands():
        loose = ""
        for option in command.options:
            if option.named:
                continue
            if option.required and loose:
                problems.add(
                    option.where,
                    "shell-required-first",
                    f"required option '{option.name}' stands after optional '{loose}'",
                )
            if not option.required:
                loose = option.name


def doc(shell: Shell, problems: Problems) -> None:
    """Every command has a brief and a description, every option has a text: help has no gaps."""
    for command in shell.commands():
        if not command.brief:
            problems.add(command.where, "shell-doc", f"command '{command.name}' has no <brief>")
        if not command.doc:
            problems.add(command.where, "shell-doc", f"command '{command.name}' has no <doc>")
        for option in command.options:
            if not option.doc:
                problems.add(
                    option.where,
                    "shell-doc",
                    f"option '{option.name}' of '{command.name}' has no text",
                )
    for item in shell.globals:
        if not item.doc:
            problems.add(item.where, "shell-doc", f"global option '{item.name}' has no text")


def brief_form(shell: Shell, problems: Problems) -> None:
    """A brief is one line of a list: no full stop, at most 72 columns."""
    for command in shell.commands():
        if command.brief.endswith("."):
            problems.add(
                command.where,
                "shell-brief-form",
                f"the brief of '{command.name}' ends with a full stop",
            )
        if len(command.brief) > 72:
            problems.add(
                command.where,
                "shell-brief-form",
                f"the brief of '{command.name}' has {len(command.brief)} columns, at most 72",
            )


def option_kind(shell: Shell, problems: Problems) -> None:
    """What an option says beyond its kind must fit the kind."""
    for command in shell.commands():
        for option in command.options:
            wrong = ""
            if option.kind == "object" and not option.object:
                wrong = "is an object, but does not say of which kind"
            elif option.object and option.kind not in ("object", "rest"):
                wrong = f"names an object, but its kind is {option.kind}"
            elif option.kind == "enum" and not option.choices:
                wrong = "is an enum without choices"
            elif option.kind == "flag" and option.required:
                wrong = "is a flag, which cannot be required"
            elif (option.minimum or option.maximum) and option.kind not in ("int", "uint"):
                wrong = f"has a range, but its kind is {option.kind}"
            if wrong:
                problems.add(
                    option.where, "shell-option-kind", f"option '{option.name}' {wrong}"
                )


def _body_options(body: Body) -> list[str]:
    """The options that a body speaks of."""
    match body:
        case Call():
            names = [item.named for item in body.arguments] + [name.removeprefix("!") for name in body.when.split()]
            return names + [name for bit in body.bits for name in (bit.option, bit.unless)]
        case Show():
            names = [item.named for item in body.arguments]
            return names + [name for bit in body.bits for name in (bit.option, bit.unless)]
        case Listing():
            return [name for bit in body.bits for name in (bit.option, bit.unless)]
        case Tune():
            return [item.named for item in body.arguments] + [
                item.option for item in body.parameters
            ]
        case _:
            return []


def known_option(shell: Shell, problems: Problems) -> None:
    """Exclusive pairs, requirements, calls and views speak of options that the command has."""
    for command in shell.commands():
        known = [option.name for option in command.options]
        named = [(item.first, item.where) for item in command.exclusives]
        named += [(item.second, item.where) for item in command.exclusives]
        named += [(item.option, item.where) for item in command.requires]
        named += [
            (name, item.where) for item in command.requires for name in item.needs.split()
        ]
        for body in command.bodies:
            named += [(name, body.where) for name in _body_options(body)]
        for view in command.views:
            named += [(name.removeprefix("!"), view.where) for name in view.when.split()]
            for column in view.columns:
                named += [(name.removeprefix("!"), column.where) for name in column.when.split()]
                named += [(name, column.where) for name in column.pretty.split()[1:]]
        for name, where in named:
            if name and name not in known:
                problems.add(
                    where,
                    "shell-known-option",
                    f"command '{command.name}' has no option '{name}'{suggestion(name, known)}",
                )


def since_order(shell: Shell, problems: Problems) -> None:
    """A release says `since` as three numbers, and an option says it only when it is newer than its
    command: tools that compare releases read both."""
    for command in shell.commands():
        named = [(command.since, command.where)]
        named += [(option.since, option.where) for option in command.options]
        wrong = [(since, where) for since, where in named if since and not RELEASE.match(since)]
        for since, where in wrong:
            problems.add(where, "shell-since-order", f"'{since}' is not a release, such as 9.7.0")
        for option in command.options if not wrong else ():
            if option.since and release_key(option.since) <= release_key(command.since or "0.0.0"):
                problems.add(
                    option.where, "shell-since-order",
                    f"option '{option.name}' is not newer than '{command.name}', which is there "
                    f"since {command.since}")


def known_object(shell: Shell, problems: Problems) -> None:
    """The objects that options and results name are declared in the index."""
    kinds = [item.name for item in shell.objects]
    for command in shell.commands():
        named = [(option.object, option.where) for option in command.options]
        named += [
            (body.of, body.where) for body in command.bodies if isinstance(body, (Call, Listing))
        ]
        for name, where in named:
            if name and name not in kinds:
                problems.add(
                    where,
                    "shell-known-object",
                    f"there is no object '{name}'{suggestion(name, kinds)}",
                )
    found = [item.name for item in shell.objects if item.lookups]
    for item in shell.objects:
        if item.within and item.within not in found:
            problems.add(
                item.where,
                "shell-known-object",
                f"there is no object '{item.within}' with a lookup{suggestion(item.within, found)}",
            )


def _sentences(body: Body) -> tuple[str, ...]:
    match body:
        case Call():
            return (body.ok, body.fail, *(item.wrong for item in body.arguments))
        case Edit():
            return (body.ok, body.unchanged)
        case Tune():
            return (body.counted, body.read, body.write)
        case Events():
            return ()
        case Listing() | Show():
            return (body.fail,)


def template(shell: Shell, problems: Problems) -> None:
    """A sentence may name `{option}` (as typed), `{name}` and `{uuid}` (of the object) and, of a
    call that counts, `{count}`."""
    for command in shell.commands():
        known = [option.name for option in command.options if option.kind != "flag"]
        known += ["name", "uuid"]
        for body in command.bodies:
            counts = isinstance(body, Call) and body.result == "count"
            words = [*known, "count"] if counts else known
            for text in _sentences(body):
                for word in PLACEHOLDER.findall(text):
                    if word not in words:
                        problems.add(
                            body.where,
                            "shell-template",
                            f"the call of '{command.name}' has no value '{{{word}}}'"
                            f"{suggestion(word, words)}",
                        )


def call_result(shell: Shell, problems: Problems) -> None:
    """A result that is an object says of which kind, and what to print about it."""
    for command in shell.commands():
        for call in command.calls:
            if (call.result == "object") != bool(call.of):
                problems.add(
                    call.where,
                    "shell-call-result",
                    "attribute 'of' belongs to result 'object' only",
                )
            if call.result == "object" and not call.ok:
                problems.add(
                    call.where,
                    "shell-call-result",
                    f"result '{call.result}' needs a sentence 'ok'",
                )


def one_body(shell: Shell, problems: Problems) -> None:
    """A command is one thing: calls of which all but the last say when, or one list, show or
    edit."""
    for command in shell.commands():
        bodies = command.bodies
        if len(bodies) > len(command.calls) and len(bodies) > 1:
            problems.add(
                bodies[1].where, "shell-one-body", f"command '{command.name}' has two bodies"
            )
        for number, call in enumerate(command.calls, 1):
            if bool(call.when) == (number == len(command.calls)):
                what = "must not say" if call.when else "must say"
                problems.add(
                    call.where, "shell-one-body",
                    f"call {number} of {len(command.calls)} {what} when it runs",
                )


def column_form(shell: Shell, problems: Problems) -> None:
    """What a column says fits its kind, and a list or show knows where each value comes from."""
    for command in shell.commands():
        filled = any(isinstance(body, (Listing, Show)) for body in command.bodies)
        for view in command.views:
            for column in view.columns:
                wrong = ""
                if column.kind in ("bool", "enum") and not column.words:
                    wrong = f"is {column.kind}, but has no words"
                elif column.words and column.kind not in ("bool", "enum"):
                    wrong = f"has words, but is {column.kind}"
                elif column.pretty and column.kind != "bytes":
                    wrong = f"has pretty='{column.pretty}', but is {column.kind}"
                elif column.pretty and column.pretty.split()[0] not in PRETTY:
                    wrong = f"has pretty='{column.pretty}', not {', '.join(PRETTY)}"
                elif column.condition and not CONDITION.match(column.condition):
                    wrong = f"has if='{column.condition}', not '{{part}} >= VALUE' or the like"
                elif filled != bool(column.get):
                    wrong = "has no function that gives it" if filled else "is put by C, not by get"
                elif view.kind != "words" and not column.title and not column.json:
                    wrong = "has no title"
                if wrong:
                    problems.add(
                        column.where, "shell-column-form", f"column '{column.key}' {wrong}"
                    )


def view_last(shell: Shell, problems: Problems) -> None:
    """Whatever the options, one view fits: the last one has no condition, all before it do."""
    for command in shell.commands():
        for number, view in enumerate(command.views, 1):
            if bool(view.when) == (number == len(command.views)):
                what = "must not say" if view.when else "must say"
                problems.add(
                    view.where, "shell-view-last",
                    f"view {number} of {len(command.views)} {what} when it is used",
                )


def _called(command: Command) -> list[tuple[str, Body | None]]:
    """Every function that a command names, with the body that gives it its arguments."""
    out: list[tuple[str, Body | None]] = []
    for body in command.bodies:
        match body:
            case Call():
                out.append((body.function, body))
                if body.plain:
                    out.append((body.plain, body))
            case Listing():
                out.append((body.function, body))
            case Edit():
                out += [(body.read, body), (body.write, body)]
            case Tune():
                out += [(name, body) for name in (body.get, body.set) if name]
            case Show() | Events():
                pass
    for view in command.views:
        out += [(column.get, None) for column in view.columns if column.get]
    return out


def known_function(shell: Shell, api: api_model.Api, problems: Problems) -> None:
    """What is called is a function of the API."""
    names = [function.name for function in api.functions]
    for command in shell.commands():
        for name, body in _called(command):
            if name not in names:
                where = command.where if body is None else body.where
                problems.add(
                    where,
                    "shell-known-function",
                    f"there is no function '{name}'{suggestion(name, names)}",
                )
    for item in shell.objects:
        for name in (*(lookup.function for lookup in item.lookups), item.list, item.label):
            if name and name not in names:
                problems.add(
                    item.where,
                    "shell-known-function",
                    f"there is no function '{name}'{suggestion(name, names)}",
                )


def known_only(shell: Shell, api: api_model.Api, problems: Problems) -> None:
    """The flag that chooses the objects to offer is a flag of the function that lists them."""
    functions = {function.name: function for function in api.functions}
    enums = {enum.name: enum for enum in api.enums}
    lists = {item.name: item.list for item in shell.objects}
    for command in shell.commands():
        for option in command.options:
            listing = functions.get(lists.get(option.object, ""))
            if not option.only or listing is None:
                continue
            flags = [enums[p.type.name] for p in listing.parameters
                     if p.name == "flags" and p.type.name in enums]
            names = [f"{enum.prefix}{value.name}" for enum in flags for value in enum.values]
            if option.only not in names:
                problems.add(
                    command.where,
                    "shell-known-only",
                    f"{listing.name} has no flag '{option.only}'{suggestion(option.only, names)}",
                )


def arguments_fit(shell: Shell, api: api_model.Api, problems: Problems) -> None:
    """A call gives every parameter of its function one argument; the object and the flags need
    none."""
    functions = {function.name: function for function in api.functions}
    for command in shell.commands():
        for call in command.calls:
            for name in (call.function, call.plain):
                if name not in functions:
                    continue
                wanted = [
                    p.name
                    for p in functions[name].parameters
                    if p.direction is Direction.IN and p.name != "flags"
                ]
                if len(wanted) != len(call.arguments):
                    problems.add(
                        call.where,
                        "shell-arguments-fit",
                        f"{name} takes {len(wanted)} argument(s) ({', '.join(wanted)}), "
                        f"the call of '{command.name}' gives {len(call.arguments)}",
                    )


def part_fits(shell: Shell, api: api_model.Api, problems: Problems) -> None:
    """A column names a part when its function fills a record, and only then."""
    functions = {function.name: function for function in api.functions}
    for command in shell.commands():
        for view in command.views:
            for column in view.columns:
                function = functions.get(column.get)
                if function is None:
                    continue
                records = [
                    p for p in function.parameters
                    if p.direction is Direction.OUT and p.type.kind.value == "record"
                ]
                known = (
                    [f.name for f in api.record(records[0].type.name).fields] if records else []
                )
                if records and function.returns.kind is not ReturnKind.STATUS:
                    continue
                if column.part not in known and (records or column.part):
                    problems.add(
                        column.where,
                        "shell-part-fits",
                        f"{column.get} has no part '{column.part}'"
                        f"{suggestion(column.part, known)}",
                    )


def event_fits(shell: Shell, api: api_model.Api, problems: Problems) -> None:
    """An event is one of the API's for the kind of object, and its line and words speak of values
    that the callback gets."""
    callbacks = {item.name: [p.name for p in item.parameters] for item in api.callbacks}
    for command in shell.commands():
        for body in command.bodies:
            if not isinstance(body, Events):
                continue
            kinds = [shell.object(option.object) for option in command.options if option.object]
            type_ = kinds[0].type if kinds and kinds[0] is not None else ""
            known = {item.name: item.callback for item in api.events if item.object == type_}
            for kind in body.kinds:
                if kind.constant not in known:
                    problems.add(
                        kind.where, "shell-event-fits", f"{type_} has no event '{kind.constant}'"
                    )
                    continue
                values = callbacks[known[kind.constant]]
                said = [*PLACEHOLDER.findall(kind.text), *(item.argument for item in kind.words)]
                for word in said:
                    if word not in values and word != "object":
                        problems.add(
                            kind.where,
                            "shell-event-fits",
                            f"the event '{kind.name}' has no value '{word}'"
                            f"{suggestion(word, values)}",
                        )


ApiRule = Callable[[Shell, api_model.Api, Problems], None]

API_RULES: tuple[ApiRule, ...] = (known_function, known_only, arguments_fit, part_fits, event_fits)

RULES: tuple[Rule, ...] = (
    command_once,
    group_once,
    name_form,
    option_once,
    rest_last,
    required_first,
    doc,
    brief_form,
    option_kind,
    known_option,
    since_order,
    known_object,
    template,
    call_result,
    one_body,
    column_form,
    view_last,
)


def check(shell: Shell, api: api_model.Api | None, problems: Problems) -> None:
    """All rules over one shell; those about functions only where an API is known."""
    for rule in RULES:
        rule(shell, problems)
    for api_rule in API_RULES if api is not None else ():
        assert api is not None
        api_rule(shell, api, problems)
