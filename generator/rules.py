# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a specification must obey beyond its structure: one function is one rule.

The function's name (with dashes) is the rule's id; its docstring is what `explain` prints.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Protocol

from . import model, naming
from .model import Direction, Kind, ListMode, ReturnKind, Shape
from .source import Location, Problems, suggestion

Finding = tuple[Location, str]


class Named(Protocol):
    """Anything of the model that has a name and a place."""

    @property
    def name(self) -> str: ...

    @property
    def where(self) -> Location: ...


Rule = Callable[[model.Api], Iterator[Finding]]


def unique_name(api: model.Api) -> Iterator[Finding]:
    """A function, type, callback or parameter set has a name nobody else in its class has."""
    classes: tuple[tuple[Named, ...], ...] = (
        api.functions,
        (*api.objects, *api.enums, *api.records),
        api.callbacks,
        api.paramsets,
    )
    for items in classes:
        seen: dict[str, Location] = {}
        for item in items:
            if item.name in seen:
                yield item.where, f"'{item.name}' is already defined at {seen[item.name]}"
            seen.setdefault(item.name, item.where)


def camel_case(api: model.Api) -> Iterator[Finding]:
    """Functions, types and callbacks are spelled in CamelCase, parameters start in lower case."""
    for function in api.functions:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", function.name):
            yield function.where, f"function '{function.name}' is not CamelCase"
        for parameter in function.parameters:
            if not re.fullmatch(r"[a-z][A-Za-z0-9_]*", parameter.name):
                yield parameter.where, f"parameter '{parameter.name}' does not start in lower case"


def distinct_parameters(api: model.Api) -> Iterator[Finding]:
    """No two parameters of one function share a name."""
    for function in api.functions:
        seen = {function.self.name} if function.self is not None else set()
        for parameter in function.parameters:
            if parameter.name in seen:
                yield parameter.where, (
                    f"in function '{function.name}': parameter '{parameter.name}' appears twice"
                )
            seen.add(parameter.name)


def count_is_known(api: model.Api) -> Iterator[Finding]:
    """A <count> says where the count of a list stands, so some list must name it."""
    for function in api.functions:
        named = {name for p in function.parameters for name in p.count}
        for parameter in function.parameters:
            if parameter.direction is Direction.COUNT and parameter.name not in named:
                yield parameter.where, (
                    f"in function '{function.name}': no list is counted by '{parameter.name}'"
                    f"{suggestion(parameter.name, named)}"
                )


def list_direction(api: model.Api) -> Iterator[Finding]:
    """A list that comes in is an array; one that goes out is filled or allocated."""
    for function in api.functions:
        for p in function.parameters:
            if p.direction is Direction.IN and p.list in (ListMode.FILL, ListMode.ALLOC):
                yield p.where, f"in function '{function.name}': '{p.name}' comes in, so it is an array"
            if p.direction is Direction.OUT and p.list is ListMode.ARRAY:
                yield p.where, f"in function '{function.name}': '{p.name}' goes out: fill or alloc"


def fill_is_counted(api: model.Api) -> Iterator[Finding]:
    """A list that is filled needs a count, or its end cannot be known."""
    for function in api.functions:
        for p in function.parameters:
            if p.list is ListMode.FILL and not p.count:
                yield p.where, f"in function '{function.name}': list '{p.name}' has no count"


def self_where_due(api: model.Api) -> Iterator[Finding]:
    """Getters, references, frees, look-ups and lists belong to an object."""
    due = (Shape.GETTER, Shape.REF, Shape.FREE, Shape.PARENT, Shape.LOOKUP, Shape.LOOKUP_STRING,
           Shape.LIST_ALL, Shape.LIST_NAMES, Shape.CALL)
    for function in api.functions:
        if function.shape in due and function.self is None:
            yield function.where, (
                f"function '{function.name}' is a {function.shape.value} but has no <self>"
            )


def lookup_returns_object(api: model.Api) -> Iterator[Finding]:
    """A look-up returns an object."""
    for function in api.functions:
        if function.shape in (Shape.LOOKUP, Shape.LOOKUP_STRING):
            if function.returns.kind is not ReturnKind.OBJECT:
                yield function.returns.where, f"look-up '{function.name}' returns no object"


def string_twin(api: model.Api) -> Iterator[Finding]:
    """A look-up by string needs the look-up by value that it stands for."""
    names = {function.name for function in api.functions}
    for function in api.functions:
        if function.shape is Shape.LOOKUP_STRING:
            twin = function.name.removesuffix("String")
            if twin not in names:
                yield function.where, f"'{function.name}' has no twin '{twin}'"


def access_is_said(api: model.Api) -> Iterator[Finding]:
    """A function that reaches a driver says whether a read-only connection may use it."""
    driven = (Shape.CALL, Shape.LOOKUP, Shape.LIST_ALL, Shape.LIST_NAMES, Shape.STREAM)
    for function in api.functions:
        if function.shape not in driven or function.self is None:
            continue
        if function.access not in ("read", "write") and not function.self.type.startswith("Adm"):
            yield function.where, f"function '{function.name}' has access read or write"


def blocking_class(api: model.Api) -> Iterator[Finding]:
    """A blocking class is no, monitor or long."""
    for function in api.functions:
        if function.blocks not in ("no", "monitor", "long"):
            yield function.where, (
                f"function '{function.name}': '{function.blocks}' is no blocking class"
                " (one of no, monitor, long)"
            )


def one_procedure(api: model.Api) -> Iterator[Finding]:
    """Within one program, a procedure number belongs to one function."""
    for library in api.libraries:
        seen: dict[int, str] = {}
        for module in api.modules:
            if module.library != library:
                continue
            for function in module.functions:
                if function.proc is None or function.shape is Shape.OPEN:
                    continue
                if function.proc in seen and seen[function.proc] != function.name:
                    yield function.where, (
                        f"procedure {function.proc} of '{function.name}' is taken by"
                        f" '{seen[function.proc]}'"
                    )
                seen.setdefault(function.proc, function.name)


def known_driver(api: model.Api) -> Iterator[Finding]:
    """<support> names a driver of the index."""
    known = {driver.name for driver in api.drivers}
    for function in api.functions:
        for support in function.support:
            if support.driver not in known:
                yield support.where, (
                    f"in function '{function.name}': unknown driver '{support.driver}'"
                    f"{suggestion(support.driver, known)}"
                )


def support_flags(api: model.Api) -> Iterator[Finding]:
    """The flags of a <support> are among the flags of its function; `until` is later than `since`."""
    for function in api.functions:
        flags = next((p for p in function.parameters if p.name == "flags"), None)
        names = flags.type.names if flags is not None else ()
        known = {f"{e.prefix}{v.name}" for e in api.enums if e.name in names for v in e.values}
        for support in function.support:
            for name in support.flags or ():
                if name not in known:
                    yield support.where, (
                        f"in function '{function.name}': '{name}' is none of its flags"
                        f"{suggestion(name, known)}"
                    )
            if support.flags is not None and flags is None:
                yield support.where, f"function '{function.name}' has no flags to support"
            if support.until and naming.release_key(support.until) <= naming.release_key(support.since):
                yield support.where, (
                    f"in function '{function.name}': supported until {support.until}, but since"
                    f" {support.since}"
                )


def known_permission(api: model.Api) -> Iterator[Finding]:
    """An access rule names a permission of its object."""
    table = {o.name.lower(): {p.name for p in o.permissions} for o in api.objects}
    for function in api.functions:
        if function.self is None:
            continue
        for rule in function.self.acl:
            known = table.get(rule.object.lower().replace("_", ""), set())
            if rule.name not in known:
                yield function.self.where, (
                    f"in function '{function.name}': object '{rule.object}' has no permission"
                    f" '{rule.name}'{suggestion(rule.name, known)}"
                )


def event_object(api: model.Api) -> Iterator[Finding]:
    """An event belongs to an object, and its number stands in that object's event enum."""
    enums = {enum.name: {value.name for value in enum.values} for enum in api.enums}
    for event in api.events:
        known = enums.get(f"{event.object}EventID")
        if known is None:
            yield event.where, f"event '{event.name}': there is no enum '{event.object}EventID'"
        elif event.name not in known:
            yield event.where, (
                f"'{event.object}EventID' has no value '{event.name}'{suggestion(event.name, known)}"
            )


def distinct_values(api: model.Api) -> Iterator[Finding]:
    """An enum names no value twice."""
    for enum in api.enums:
        seen = set()
        for value in enum.values:
            if value.name in seen:
                yield value.where, f"in '{enum.name}': '{value.name}' appears twice"
            seen.add(value.name)


def detailed_text(api: model.Api) -> Iterator[Finding]:
    """The text of an error code with a detail has one %s, where the detail goes."""
    for enum in api.enums:
        for value in enum.values:
            if value.detailed and (value.detailed.count("%") != 1 or "%s" not in value.detailed):
                yield value.where, f"in '{enum.name}': '{value.detailed}' does not hold one %s"


def release_order(api: model.Api) -> Iterator[Finding]:
    """Nothing is newer than the release the specification describes."""
    limit = naming.release_key(api.release) if re.fullmatch(r"\d+\.\d+\.\d+", api.release) else ()
    if not limit:
        yield api.where, f"release '{api.release}' is not of the form 1.2.3"
        return
    for function in api.functions:
        if not re.fullmatch(r"\d+\.\d+\.\d+", function.since):
            yield function.where, f"function '{function.name}': since '{function.since}' is no release"
        elif naming.release_key(function.since) > limit:
            yield function.where, (
                f"function '{function.name}' is newer ({function.since}) than the release"
                f" {api.release}"
            )


def brief_style(api: model.Api) -> Iterator[Finding]:
    """A brief line starts in lower case, ends without full stop and has at most 80 characters."""
    for function in api.functions:
        text = function.brief.plain
        if text.endswith("."):
            yield function.where, f"brief of '{function.name}' ends in a full stop"
        if len(text) > 80:
            yield function.where, f"brief of '{function.name}' has {len(text)} characters, at most 80"
        if text[:1].isupper() and not text[:2].isupper():
            yield function.where, f"brief of '{function.name}' starts with a capital letter"


def secret_type(api: model.Api) -> Iterator[Finding]:
    """Only strings and bytes can be secret."""
    for function in api.functions:
        for p in function.parameters:
            if p.secret and p.type.kind not in (Kind.STRING, Kind.BYTES):
                yield p.where, f"in function '{function.name}': '{p.name}' cannot be secret"


RULES: tuple[Rule, ...] = (
    unique_name,
    camel_case,
    distinct_parameters,
    count_is_known,
    list_direction,
    fill_is_counted,
    self_where_due,
    lookup_returns_object,
    string_twin,
    access_is_said,
    blocking_class,
    one_procedure,
    known_driver,
    support_flags,
    known_permission,
    event_object,
    distinct_values,
    detailed_text,
    release_order,
    brief_style,
    secret_type,
)


def rule_id(rule: Rule) -> str:
    return getattr(rule, "__name__").replace("_", "-")  # type: ignore[no-any-return]


def check(api: model.Api, problems: Problems) -> None:
    """Apply every rule, collecting all findings."""
    for rule in RULES:
        for where, message in rule(api):
            problems.add(where, rule_id(rule), message)


def explain(name: str) -> str | None:
    """The explanation of a rule, None when there is no such rule."""
    for rule in RULES:
        if rule_id(rule) == name:
            return inspect.getdoc(rule)
    return None
