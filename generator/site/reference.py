# SPDX-License-Identifier: LGPL-2.1-or-later
"""The API flattened for readers: all that is known of a function in one element."""

from __future__ import annotations

from xml.sax.saxutils import escape

from .. import model, naming, permissions, plan
from ..checks import HOOKED, home
from ..emit import events, vtable
from ..emit.headers import prototype
from ..errors import failures
from ..model import Direction, Kind, ListMode, ReturnKind, Shape
from ..once import once
from ..shell.callers import callers
from ..shell.model import Shell
from ..text import banner
from ..wire import Derivation
from . import calls
from .links import LIBRARY, Links, attributes, element
from .types import Types


_ROLES = {"count": "number of items of", "capacity": "room in", "stride": "bytes per item of",
          "size": "bytes of"}


@once
def first_release(api: model.Api) -> str:
    """The first release that any driver says to support something in."""
    found = {s.since for f in api.functions for s in f.support}
    return min(found, key=naming.release_key) if found else api.release


def drivers_of(api: model.Api, function: model.Function,
               sent: frozenset[str]) -> list[tuple[model.Driver, str, str]]:
    """The drivers that have a function now: each with since and the flags it does not take, if any."""
    found = []
    for driver in api.known_drivers:
        support = vtable.support_of(api, driver, function)
        if support is not None:
            found.append((driver, support.since, driver.hooks))
        elif driver.hooks == "wire" and function.name in sent:
            since = max(function.since, first_release(api), key=naming.release_key)
            found.append((driver, since, driver.hooks))
    return found


def sent_names(derivation: Derivation) -> frozenset[str]:
    """The functions that travel to a daemon."""
    return frozenset(
        name for program in derivation.programs for made in program.procedures
        if made.function is not None
        for name in (made.function.name, *(f.name for f in made.variants)))


def is_answered_by_drivers(function: model.Function) -> bool:
    return (function.shape in HOOKED or function.shape is Shape.LOOKUP_STRING) and function.self is not None


def ownership(api: model.Api, kind: Kind, name: str, mode: ListMode, transfer: str) -> str:
    """Who gives back what a call hands over."""
    if transfer == "none":
        return "borrowed: it must not be released"
    free = "free()"
    if kind is Kind.OBJECT and any(f.name == f"{name}Free" for f in api.functions):
        free = f"{naming.function(api, name)}Free()"
    if kind is Kind.PARAMS:
        return "the caller's: virTypedParamsFree() releases the array and what is in it"
    match mode:
        case ListMode.ALLOC:
            if kind in (Kind.OBJECT, Kind.STRING, Kind.RECORD) and transfer == "full":
                return f"the caller's: {free} releases each item, free() the array"
            return "the caller's: free() releases the array"
        case ListMode.FILL if transfer == "full":
            return f"the caller's: {free} releases each item"
        case _:
            pass
    return f"the caller's: {free} releases it" if transfer == "full" else ""


class Reference:
    """Renders the flattened description."""

    def __init__(self, api: model.Api, derivation: Derivation, shells: tuple[Shell, ...]) -> None:
        self.api = api
        self.derivation = derivation
        self.callers = [(shell.name, callers(shell)) for shell in shells]
        self.links = Links(api)
        self.types = Types(api, self.links)
        self.sent = sent_names(derivation)
        self.masks = {
            (d.name, f.name): vtable.supported_flags(api, d, f)
            for d in api.drivers for f in api.functions
            if vtable.flags_argument(f) is not None and is_answered_by_drivers(f)
            and vtable.support_of(api, d, f) is not None}

    def object_of(self, function: model.Function) -> str:
        """The page of the object a function is called on."""
        if function.self is None:
            return LIBRARY
        return naming.typedef(self.api, function.self.type)

    def parameter(self, p: plan.CParameter) -> str:
        source = p.source
        if source is None:
            own = f"the {self.links.marked(p.type.removesuffix('Ptr'))} to act on"
            inner = f"<type>{self.links.marked(p.type)}</type><text>{own}</text>"
            return element("parameter", inner, name=p.name, direction="in") + "\n"
        text = source.doc.plain
        if p.role != "value" and source.direction is not Direction.COUNT:
            text = f"{_ROLES[p.role]} {source.name}"
        out = f"<parameter{attributes(name=p.name, direction=source.direction.value, list=source.list.value)}"
        out += attributes(nullable="yes" if source.nullable and p.role == "value" else "",
                          secret="yes" if source.secret else "", max=self.limit(source.max))
        out += f"><type>{self.links.marked(p.type)}</type><text>{self.links.marked(text)}</text>"
        if source.type.kind in (Kind.ENUM, Kind.FLAGS) and p.role == "value":
            out += "".join(f"<of>{self.links.reference(naming.typedef(self.api, name))}</of>"
                           for name in source.type.names if name != "any")
        if source.type.kind is Kind.PARAMS and p.role == "value":
            out += "".join(f"<of><ref page=\"params-{name}\">{name}</ref></of>"
                           for name in source.type.names if name != "any")
        low, high = source.range.low, source.range.high
        if (low, high) != (None, None) and p.role == "value":
            out += f"<range{attributes(low='' if low is None else str(low), high='' if high is None else str(high))}/>"
        if p.role == "value" and source.direction is not Direction.IN:
            owner = ownership(self.api, source.type.kind, source.type.name, source.list, source.transfer)
            if source.transfer and owner:
                out += f"<ownership>{self.links.marked(owner)}</ownership>"
        return out + "</parameter>\n"

    def limit(self, name: str) -> str:
        return "" if not name or name.isdigit() else name

    def returns(self, function: model.Function, lowered: plan.Lowered) -> str:
        returns = function.returns
        out = f"<returns{attributes(kind=returns.kind.value, failure=lowered.failed)}>"
        out += f"<type>{self.links.marked(lowered.returns)}</type><text>{self.links.marked(returns.doc.plain)}</text>"
        if returns.kind in (ReturnKind.STRING, ReturnKind.OBJECT) and returns.transfer:
            kind = Kind.STRING if returns.kind is ReturnKind.STRING else Kind.OBJECT
            name = returns.type.name if returns.type is not None else ""
            owner = ownership(self.api, kind, name, ListMode.NO, returns.transfer)
            out += f"<ownership>{self.links.marked(owner)}</ownership>" if owner else ""
        return out + "</returns>\n"

    def flags(self, function: model.Function) -> str:
        """Each bit of its flags, and which drivers take it."""
        argument = vtable.flags_argument(function)
        if argument is None:
            return ""
        out = ""
        for name in argument.type.names:
            if name == "ReservedFlags":
                continue
            enum = self.api.enum(name)
            for value in enum.values:
                constant = f"{enum.prefix}{value.name}"
                out += f"<flag{attributes(name=constant, value=hex(value.value), since=value.since)}>"
                out += f"<name>{self.links.reference(constant)}</name><text>{self.links.marked(value.doc.plain)}</text>"
                for driver in self.api.drivers:
                    mask = self.masks.get((driver.name, function.name))
                    if mask is not None and value.value & mask == value.value:
                        out += f"<driver{attributes(name=driver.name)}/>"
                out += "</flag>\n"
        return out

    def support(self, function: model.Function) -> str:
        local = {d.name: vtable.by_runtime(self.api, d) for d in self.api.drivers}
        out = ""
        for driver, since, hooks in drivers_of(self.api, function, self.sent):
            own = next((s for s in function.support if s.driver == driver.name), None)
            hook = vtable.hook(driver, function, local.get(driver.name, frozenset()))
            some = own is not None and own.flags is not None
            out += f"<support{attributes(driver=driver.name, since=since, hook=hook, flags='some' if some else '')}/>\n"
        return out

    def wire(self, function: model.Function) -> str:
        out = ""
        for program in self.derivation.programs:
            for made in program.procedures:
                if made.function is None or function.name not in (
                        made.function.name, *(f.name for f in made.variants)):
                    continue
                out += "<wire" + attributes(
                    program=program.name, number=str(made.number), spelled=made.spelled,
                    priority="high" if made.high else "low", stream=made.stream,
                    args=made.args.spelled if made.args else "",
                    ret=made.ret.spelled if made.ret else "") + "/>\n"
        return out

    def permissions(self, function: model.Function) -> str:
        own = function.self
        if own is None:
            return ""
        out = "<open/>" if own.acl_none else ""
        rules = [(rule, rule.when) for rule in own.acl]
        if own.acl_filter is not None:
            rules.append((own.acl_filter, "each item"))
        for rule, when in rules:
            item = permissions.object_of(self.api, rule)
            if item is None:
                continue
            words = permissions.words(item)
            out += "<permission" + attributes(
                name=f"{words}.{rule.name}", at=f"{words}-{rule.name}",
                filter="yes" if when == "each item" else "", when="" if when == "each item" else when,
            ) + "/>\n"
        return out

    def facts(self, function: model.Function) -> str:
        out = "".join(
            f"<error{attributes(code=f'VIR_ERR_{f.code}', derived='yes' if f.derived else '')}>"
            f"{self.links.marked(f.when)}</error>\n" for f in failures(self.api, function))
        for step in function.transitions:
            out += "<state" + attributes(
                from_=" ".join(step.states), to=step.to, emits=" ".join(step.emits),
                errors=" ".join(step.errors)) + "/>\n"
        for shell, commands in self.callers:
            out += "".join(f"<command{attributes(shell=shell, name=c.name)}>{escape(c.brief)}</command>\n"
                           for c in commands.get(function.name, ()))
        for flag, needs in function.requires:
            needed = self.links.marked(needs.replace("|", " or "))
            out += f"<requires><flag>{self.links.marked(flag)}</flag><needs>{needed}</needs></requires>\n"
        for flag, other in function.excludes:
            out += (f"<excludes><flag>{self.links.marked(flag)}</flag>"
                    f"<other>{self.links.marked(other)}</other></excludes>\n")
        return out

    @staticmethod
    def group(module: model.Module) -> str:
        """The table of the support matrix that a function stands in, "" for the first."""
        return "network" if module.name == "network" else "admin" if module.name == "admin" else ""

    def function(self, module: model.Module, function: model.Function) -> str:
        lowered = plan.lower(self.api, function)
        name = naming.function(self.api, function.name)
        text = prototype(self.api, function)
        shown = text[text.index("*/\n") + 3:].strip()
        about = naming.typedef(self.api, home(self.api, function).name) if function.self else LIBRARY
        out = "<function" + attributes(
            name=name, page=name, object=self.object_of(function), about=about,
            module=module.name, header=module.header, library=module.library, since=function.since,
            node=naming.node(module.library, function.symbol), shape=function.shape.value,
            access=function.access, blocks=function.blocks,
            answered="driver" if is_answered_by_drivers(function) else "library",
            group=self.group(module)) + ">\n"
        brief = function.brief.plain
        out += f"<brief>{self.links.marked(brief)}</brief><doc>{self.links.marked(function.doc.plain)}</doc>\n"
        out += f"<prototype>{self.links.marked(shown)}</prototype>\n"
        out += "".join(self.parameter(p) for p in lowered.parameters)
        out += self.returns(function, lowered) + self.flags(function) + self.facts(function)
        out += self.permissions(function) + self.wire(function) + self.support(function)
        out += f"<call lang=\"C\">{self.links.marked(calls.in_c(self.api, function))}</call>\n"
        return out + "</function>\n"

    def render(self) -> str:
        out = '<?xml version="1.0" encoding="UTF-8"?>\n' + banner("api.xml, api/*.xml and shell/*.xml", "xml")
        out += f"<reference{attributes(name=self.api.name, release=self.api.release)}>\n"
        for driver in self.api.known_drivers:
            out += element("driver", escape(driver.doc.plain), name=driver.name, hooks=driver.hooks,
                           schemes=" ".join(driver.schemes)) + "\n"
        for module in self.api.modules:
            out += element("module", self.links.marked(module.doc.plain), name=module.name,
                           header=module.header, library=module.library) + "\n"
        out += self.types.render()
        for module in self.api.modules:
            out += "".join(self.function(module, f) for f in module.functions)
        return out + "</reference>\n"
