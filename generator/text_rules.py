# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the texts of a specification must say, as far as that can be counted; written like the rules of rules.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import model
from .model import Kind, ReturnKind
from .source import Location

Finding = tuple[Location, str]


@dataclass(frozen=True)
class Said:
    """One text: what it is about, inside what, and the type of what it describes."""

    where: Location
    inside: str
    name: str
    text: str
    type: model.TypeRef | None = None
    context: str = ""   # texts around it that may say the unit for all


def _of_function(function: model.Function) -> Iterator[Said]:
    context = function.doc.plain
    yield Said(function.where, function.name, "brief", function.brief.plain)
    yield Said(function.where, function.name, "doc", function.doc.plain)
    for p in function.parameters:
        yield Said(p.where, function.name, p.name, p.doc.plain, p.type, context)
    if function.returns.kind is not ReturnKind.NONE:
        yield Said(function.returns.where, function.name, "returns", function.returns.doc.plain,
                   function.returns.type, context)
    for t in function.throws:
        yield Said(function.where, function.name, t.error, t.doc.plain)


def _of_module(module: model.Module) -> Iterator[Said]:
    yield Said(module.where, module.name, "doc", module.doc.plain)
    for o in module.objects:
        yield Said(o.where, o.name, "doc", o.doc.plain)
        for s in o.states:
            yield Said(s.where, o.name, s.name, s.doc.plain)
        for k in o.keys:
            yield Said(k.where, o.name, k.name, k.doc.plain, k.type)
        for q in o.permissions:
            yield Said(o.where, o.name, q.name, q.doc.plain)
    limits = (*module.limits, *(x for p in module.wire.programs for x in p.limits))
    for limit in limits:
        yield Said(limit.where, module.name, limit.name, limit.doc.plain)
    for program in module.wire.programs:
        yield Said(program.where, program.name, "doc", program.doc.plain)
    for e in (*module.enums, *module.wire.enums):
        yield Said(e.where, e.name, "doc", e.doc.plain)
        for v in e.values:
            yield Said(v.where, e.name, v.name, v.doc.plain)
    for r in (*module.records, *module.wire.records):
        yield Said(r.where, r.name, "doc", r.doc.plain)
        for member in r.fields:
            for f in member.fields if isinstance(member, model.Union) else (member,):
                yield Said(f.where, r.name, f.name, f.doc.plain, f.type, r.doc.plain)
    for c in module.callbacks:
        yield Said(c.where, c.name, "doc", c.doc.plain)
        for p in c.parameters:
            yield Said(p.where, c.name, p.name, p.doc.plain, p.type, c.doc.plain)
    for keys in module.paramsets:
        yield Said(keys.where, keys.name, "doc", keys.doc.plain)
        for key in keys.keys:
            yield Said(key.where, keys.name, key.name, key.doc.plain, key.type, keys.doc.plain)
    for event in module.events:
        yield Said(event.where, event.object, event.name, event.doc.plain)
    for function in (*module.functions, *module.wire.functions):
        yield from _of_function(function)


def texts(api: model.Api) -> Iterator[Said]:
    """Every text of the specification, empty ones too."""
    for module in api.modules:
        yield from _of_module(module)


_FILLER = frozenset("a an the of to in for is are be it its this that and or with on by as at from one".split())


def _words(text: str) -> set[str]:
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", text)
    return {w.lower().removesuffix("s") for w in parts} - {w.removesuffix("s") for w in _FILLER}


def text_adds(api: model.Api) -> Iterator[Finding]:
    """A text says more than the words of the name it explains."""
    for said in texts(api):
        words = _words(said.text)
        if said.text and said.name not in ("brief", "doc") and words <= _words(f"{said.inside} {said.name}"):
            yield said.where, f"in '{said.inside}': the text of '{said.name}' only repeats its name"


_FORMULAS = re.compile(
    r"(flags|options|parameters|kinds|values) (of|for) the [\w ]+ functions?\.?$"
    r"|the (flags|name|value|type|argument|parameter|document|result|data|object)\.?$"
    r"|.*\b(named in the type|as the name says|see the name|xml document to use)\b", re.IGNORECASE)


def text_formula(api: model.Api) -> Iterator[Finding]:
    """A text is about its own subject: one that would fit any other as well says nothing."""
    for said in texts(api):
        if _FORMULAS.match(said.text):
            yield said.where, f"in '{said.inside}': the text of '{said.name}' would fit any other: '{said.text}'"


_NUMBERS = {Kind.INT, Kind.UINT, Kind.INT64, Kind.UINT64, Kind.DOUBLE}
_QUANTITY = re.compile(
    r"size|len|length|capacity|allocation|physical|mem|memory|bandwidth|speed|rate|bytes|offset|timeout|time|"
    r"interval|duration|delay|period|downtime|seconds|elapsed|remaining|total|processed|bps|mhz|lifetime|expirytime")
_UNIT = re.compile(
    r"\b((kibi|mebi)?bytes?|[KMGT]i?B|bits?|sectors?|pages?|blocks?|packets?)\b|seconds?\b|\b(M?Hz|cycles?|ticks?)\b|"
    r"\b(percent|number|many|count\w*|entries|items|units?|times|rounds?|events?|requests?|operations?)\b|"
    r"\b(one of|value of|0 or 1|1 when|1 to)\b", re.IGNORECASE)


def text_unit(api: model.Api) -> Iterator[Finding]:
    """The text of a size, an amount of memory, a time or a rate names the unit, or the texts around it do."""
    for said in texts(api):
        parts = {w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", said.name)}
        kind = said.type.kind if said.type is not None else None
        if kind not in _NUMBERS or not said.text or not any(_QUANTITY.fullmatch(p) for p in parts):
            continue
        if not _UNIT.search(said.text) and not _UNIT.search(said.context):
            yield said.where, f"in '{said.inside}': the text of '{said.name}' does not say the unit"


def text_failure(api: model.Api) -> Iterator[Finding]:
    """What a call returns says how it fails: the value, or NULL."""
    for function in api.functions:
        result = function.returns
        text = f"{result.doc.plain} {function.doc.plain}"
        if not result.doc.plain or result.kind is ReturnKind.NONE:
            continue
        if result.kind in (ReturnKind.OBJECT, ReturnKind.STRING):
            wanted = "NULL"
        elif result.kind is ReturnKind.VALUE:
            wanted = result.error_value
        else:
            wanted = "-1"
        if wanted and wanted not in text:
            yield result.where, f"function '{function.name}' does not say that it returns {wanted} on error"


def text_owner(api: model.Api) -> Iterator[Finding]:
    """What a call hands out says who releases it."""
    release = re.compile(r"\bfree[sd]?\b|\breleased?s?\b|\bborrowed\b|\bbelongs\b|\bowned\b|\bcloses\b")
    for function in api.functions:
        result = function.returns
        if result.transfer == "full" and result.doc.plain and not release.search(result.doc.plain):
            yield result.where, f"function '{function.name}' does not say who frees what it returns"
        for p in function.parameters:
            handed = p.transfer == "full" and p.direction is not model.Direction.IN
            if handed and p.doc.plain and not release.search(p.doc.plain):
                yield p.where, f"in '{function.name}': the text of '{p.name}' does not say who frees it"


def text_siblings(api: model.Api) -> Iterator[Finding]:
    """Values, bits, fields and keys of one type have different texts: what differs is what each means."""
    seen: dict[tuple[str, str], str] = {}
    functions = {f.name for f in api.functions}
    for said in texts(api):
        if said.name == "doc" or not said.text or said.inside in functions:
            continue
        first = seen.setdefault((said.inside, said.text), said.name)
        if first != said.name:
            yield said.where, f"in '{said.inside}': '{said.name}' has the text of '{first}'"


RULES = (text_adds, text_formula, text_unit, text_failure, text_owner, text_siblings)
