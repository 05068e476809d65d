# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns the elements of shell/*.xml into the model, refusing what the language does not know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator.shell.grammar import BODIES, check_grammar
from generator.shell.model import (
    Argument,
    Bit,
    Body,
    Call,
    Column,
    Command,
    Edit,
    EventKind,
    Events,
    EventWord,
    Exclusive,
    Global,
    Group,
    Listing,
    Lookup,
    Object,
    Option,
    Requires,
    Shell,
    Show,
    Tune,
    Tuned,
    View,
    VIEWS,
)
from generator.source import Element, Location, Problems, read, suggestion

#: The group of a shell that is named after it, in a part that several shells share.
SELF = "self"


@dataclass(frozen=True)
class _Set:
    options: tuple[Option, ...]
    exclusives: tuple[Exclusive, ...]
    requires: tuple[Requires, ...]
    parameters: tuple[Tuned, ...]


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _option(element: Element) -> Option:
    kind = element.get("kind")
    return Option(
        name=element.get("name"),
        kind=kind,
        required=element.get("required") == "yes",
        named=element.get("named") == "yes" or kind == "flag",
        choices=tuple(element.get("choices").split()),
        object=element.get("object"),
        minimum=element.get("min"),
        maximum=element.get("max"),
        complete=element.get("complete"),
        only=element.get("only"),
        since=element.get("since"),
        doc=_squeeze(element.text),
        where=element.where,
    )


def _exclusive(element: Element) -> Exclusive:
    return Exclusive(
        element.get("first"), element.get("second"), element.get("wrong"), element.where
    )


def _requires(element: Element) -> Requires:
    return Requires(
        element.get("option"), element.get("needs"), element.get("wrong"), element.where
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _number(element: Element, name: str, default: int, problems: Problems) -> int:
    text = element.get(name)
    if text and not text.isdigit():
        problems.add(element.where, "shell-value", f"{name}='{text}' is not a number")
        return default
    return int(text) if text else default


def _bit(element: Element) -> Bit:
    return Bit(
        option=element.get("option"),
        unless=element.get("unless"),
        value=element.get("value"),
        words=_words(element.get("words")),
        wrong=element.get("wrong"),
        where=element.where,
    )


def _argument(element: Element, problems: Problems) -> Argument:
    return Argument(
        option=element.get("option"),
        document=element.get("document"),
        flag=element.get("flag"),
        unless=element.get("unless"),
        value=element.get("value"),
        words=_words(element.get("words")),
        wrong=element.get("wrong"),
        scale=_number(element, "scale", 1, problems),
        divide=_number(element, "divide", 1, problems),
        exact=element.get("exact"),
        minimum=element.get("min"),
        default=element.get("default"),
        where=element.where,
    )


def _call(element: Element, problems: Problems) -> Call:
    result = element.get("result", "status")
    return Call(
        function=element.get("function"),
        plain=element.get("plain"),
        result=result,
        of=element.get("of"),
        when=element.get("when"),
        ok=element.get("ok"),
        fail=element.get("fail"),
        end=element.attributes.get("end", "" if result == "document" else "\n"),
        arguments=tuple(_argument(item, problems) for item in element.all("argument")),
        bits=tuple(_bit(item) for item in element.all("bit")),
        affect=element.get("affect") == "yes",
        where=element.where,
    )


def _tuned(element: Element, problems: Problems) -> Tuned:
    return Tuned(
        option=element.get("option"),
        key=element.get("key"),
        type=element.get("type"),
        scale=_number(element, "scale", 0, problems),
        divide=_number(element, "divide", 1, problems),
        unlimited=element.get("unlimited") == "yes",
        words=_words(element.get("words")),
        parts=element.get("parts"),
        wrong=element.get("wrong"),
        negative=element.get("negative"),
        where=element.where,
    )


def _tune(element: Element, problems: Problems) -> Tune:
    return Tune(
        get=element.get("get"),
        set=element.get("set"),
        counted=element.get("counted"),
        read=element.get("read"),
        write=element.get("write"),
        malformed=element.get("malformed"),
        unlimited=element.get("unlimited"),
        affect=element.get("affect") == "yes",
        arguments=tuple(_argument(item, problems) for item in element.all("argument")),
        parameters=tuple(_tuned(item, problems) for item in element.all("parameter")),
        where=element.where,
    )


def _event(element: Element) -> EventKind:
    words = tuple(
        EventWord(item.get("argument"), item.get("key"), item.get("by"), item.get("words"))
        for item in element.all("word")
    )
    return EventKind(
        name=element.get("name"),
        text=element.get("text"),
        hand=element.get("hand") == "yes",
        words=words,
        where=element.where,
    )


def _body(element: Element, problems: Problems) -> Body:
    match element.tag:
        case "call":
            return _call(element, problems)
        case "list":
            bits = tuple(_bit(item) for item in element.all("bit"))
            return Listing(
                element.get("function"),
                element.get("of"),
                element.get("fail"),
                bits,
                element.where,
            )
        case "tune":
            return _tune(element, problems)
        case "events":
            return Events(tuple(_event(item) for item in element.all("event")), element.where)
        case "edit":
            return Edit(
                read=element.get("read"),
                read_flags=element.get("read-flags"),
                write=element.get("write"),
                write_flags=element.get("write-flags"),
                unchanged=element.get("unchanged"),
                ok=element.get("ok"),
                where=element.where,
            )
        case _:
            return Show(
                fail=element.get("fail"),
                arguments=tuple(_argument(item, problems) for item in element.all("argument")),
                bits=tuple(_bit(item) for item in element.all("bit")),
                affect=element.get("affect") == "yes",
                where=element.where,
            )


def _column(element: Element, problems: Problems) -> Column:
    return Column(
        key=element.get("key"),
        title=element.get("title"),
        kind=element.get("kind", "text"),
        get=element.get("get"),
        part=element.get("part"),
        words=_words(element.get("words")),
        none=element.attributes.get("none"),
        optional=element.get("optional") == "yes",
        when=element.get("when"),
        condition=element.get("if"),
        unit=element.get("unit"),
        decimals=_number(element, "decimals", 0, problems),
        divide=_number(element, "divide", 1, problems),
        zero=element.get("zero") == "none",
        pretty=element.get("pretty"),
        pad=_number(element, "pad", 0, problems),
        repeated=element.get("repeated") == "yes",
        json=element.get("json") == "yes",
        doc=_squeeze(element.text),
        where=element.where,
    )


def _view(element: Element, problems: Problems) -> View:
    between = element.attributes.get("between", " ")
    return View(
        kind=element.tag,
        when=element.get("when"),
        many=element.get("many", "yes" if element.tag == "table" else "no") == "yes",
        gap=element.get("gap") == "yes",
        width=_number(element, "width", 15, problems),
        between=between,
        head=element.get("head"),
        caption=element.get("caption"),
        columns=tuple(_column(item, problems) for item in element.all("column")),
        where=element.where,
    )


def _output_option(where: Location) -> Option:
    """Every command that prints facts can print them for programs, too."""
    return Option(
        name="output",
        kind="enum",
        required=False,
        named=True,
        choices=("text", "json"),
        object="",
        minimum="",
        maximum="",
        complete="",
        only="",
        since="",
        doc="the form of what is printed: text (the default) or json",
        where=where,
    )


def _with_parameters(
    element: Element, bodies: tuple[Body, ...], shared: tuple[Tuned, ...], problems: Problems
) -> tuple[Body, ...]:
    """The parameters that come with a set of options belong to the command's <tune>."""
    if not any(isinstance(body, Tune) for body in bodies):
        problems.add(
            element.where, "shell-set",
            f"command '{element.get('name')}' uses parameters, but has no <tune>")
    return tuple(replace(body, parameters=shared + body.parameters)
                 if isinstance(body, Tune) else body for body in bodies)


def _command(
    element: Element, prefix: str, sets: dict[str, _Set], problems: Problems
) -> Command:
    options: list[Option] = []
    exclusives = [_exclusive(item) for item in element.all("exclusive")]
    requires = [_requires(item) for item in element.all("requires")]
    for child in element.children:
        if child.tag == "option":
            options.append(_option(child))
        elif child.tag == "use":
            found = sets.get(child.get("set"))
            if found is None:
                hint = suggestion(child.get("set"), sets)
                problems.add(
                    child.where, "shell-set", f"there is no set '{child.get('set')}'{hint}"
                )
                continue
            only = child.get("only")
            options.extend(replace(option, only=only) if only and option.object else option
                           for option in found.options)
            exclusives.extend(found.exclusives)
            requires.extend(found.requires)
    brief = element.one("brief")
    views = tuple(_view(item, problems) for item in element.children if item.tag in VIEWS)
    bodies = tuple(_body(item, problems) for item in element.children if item.tag in BODIES)
    shared = [item for child in element.all("use") if (found := sets.get(child.get("set")))
              for item in found.parameters]
    if shared:
        bodies = _with_parameters(element, bodies, tuple(shared), problems)
    events = [body for body in bodies if isinstance(body, Events)]
    if views or events:
        rest = next((i for i, item in enumerate(options) if item.kind == "rest"), len(options))
        options.insert(rest, _output_option(element.where))
    for body in events:
        names = tuple(kind.name for kind in body.kinds)
        options = [
            replace(item, choices=names) if item.name == "event" else item for item in options
        ]
    return Command(
        name=element.get("name"),
        prefix=prefix,
        aliases=tuple(element.get("aliases").split()),
        hidden=element.get("hidden") == "yes",
        offline=element.get("offline") == "yes",
        since=element.get("since"),
        brief="" if brief is None else _squeeze(brief.text),
        doc=tuple(_squeeze(item.text) for item in element.all("doc")),
        options=tuple(options),
        exclusives=tuple(exclusives),
        requires=tuple(requires),
        bodies=bodies,
        views=views,
        where=element.where,
    )


def _global(element: Element) -> Global:
    return Global(
        name=element.get("name"),
        short=element.get("short"),
        value=element.get("value"),
        optional=element.get("optional") == "yes",
        doc=_squeeze(element.text),
        where=element.where,
    )


def _object(element: Element) -> Object:
    lookups = tuple(
        Lookup(item.get("function"), item.get("form", "any"), item.where)
        for item in element.all("lookup")
    )
    return Object(
        name=element.get("name"),
        type=element.get("type"),
        lookups=lookups,
        list=element.get("list"),
        within=element.get("within"),
        label=element.get("label"),
        fail=element.get("fail"),
        quiet=element.get("quiet") == "yes",
        where=element.where,
    )


def _join(
    groups: list[Group], part: Element, name: str, commands: tuple[Command, ...],
    problems: Problems,
) -> None:
    """Adds the commands of a part to its group, which must have been read before. What shells have
    in common comes first there."""
    for number, group in enumerate(groups):
        if part.get("of") == SELF and group.name == name:
            groups[number] = replace(group, commands=commands + group.commands)
            return
        if group.name == part.get("of"):
            groups[number] = replace(group, commands=group.commands + commands)
            return
    hint = suggestion(part.get("of"), [group.name for group in groups])
    problems.add(part.where, "shell-part", f"there is no group '{part.get('of')}' before{hint}")


def _root(
    root: Path, name: str, tags: tuple[str, ...], problems: Problems
) -> Element | None:
    element = read(root / name, name, problems)
    if element is None:
        return None
    if element.tag not in tags:
        if element.tag == "shell":
            problems.add(element.where, "shell-element", "a shell cannot include another one")
        return None
    check_grammar(element, problems)
    return element


def indexes(root: Path, problems: Problems) -> list[str]:
    """The files in shell/ that describe a whole shell each; the others are included."""
    names = [f"shell/{path.name}" for path in sorted((root / "shell").glob("*.xml"))]
    found = []
    for name in names:
        element = read(root / name, name, problems)
        if element is None:
            continue
        if element.tag == "shell":
            found.append(name)
        elif element.tag not in ("group", "part"):
            problems.add(
                element.where, "shell-element",
                f"the root is <{element.tag}>, not <shell>, <group> or <part>",
            )
    return found


def load_shell(root: Path, name: str, problems: Problems) -> Shell | None:
    """Reads an index and every group it includes."""
    index = _root(root, name, ("shell",), problems)
    if index is None:
        return None
    sets = {
        item.get("name"): _Set(
            tuple(_option(child) for child in item.all("option")),
            tuple(_exclusive(child) for child in item.all("exclusive")),
            tuple(_requires(child) for child in item.all("requires")),
            tuple(_tuned(child, problems) for child in item.all("parameter")),
        )
        for item in index.all("set")
    }
    groups = []
    for include in index.all("include"):
        source = str(Path(name).parent / include.get("href"))
        element = _root(root, source, ("group", "part"), problems)
        if element is None:
            continue
        prefix = element.get("hooks", "shell")
        commands = tuple(
            _command(item, prefix, sets, problems) for item in element.all("command")
        )
        if element.tag == "group":
            groups.append(Group(element.get("name"), element.get("title"), source, commands))
        else:
            _join(groups, element, index.get("name"), commands, problems)
    brief = index.one("brief")
    return Shell(
        name=index.get("name"),
        title=index.get("title"),
        variables=index.get("variables"),
        connection=index.get("connection", "Connect"),
        source=name,
        brief="" if brief is None else _squeeze(brief.text),
        doc=tuple(_squeeze(item.text) for item in index.all("doc")),
        globals=tuple(_global(item) for item in index.all("global")),
        objects=tuple(_object(item) for item in index.all("object")),
        groups=tuple(groups),
    )


