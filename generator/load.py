# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns located elements into the model, reporting every structural mistake at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import TypeVar

from . import model
from .source import Element, Problems, read, suggestion

E = TypeVar("E", bound=Enum)

# Which attributes and children each element may have; the vocabulary of the language.
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "api": "name prefix",
        "release": "name",
        "driver": "name schemes events error-domain faults hooks",
        "include": "href",
        "module": "name header library error-domain",
        "object": "name driver parent argument error error-domain handle-domain max"
        " wire-name wire-by-key wire-order",
        "key": "name type string part since wire-name wire-type",
        "permission": "name allow-read-only",
        "limit": "name value since",
        "enum": "name prefix last last-value since visibility",
        "flags": "name prefix last last-value since",
        "value": "name value since text detailed",
        "bit": "name value since",
        "program": "name number version library uses sends",
        "record": "name struct typedef since wire-name visibility",
        "field": "name type repr length list count stride transfer nullable when max wire-name wire-type",
        "union": "name by",
        "callback": "name since",
        "paramset": "name prefix max",
        "event": "object name callback since proc callback-proc wire-late wire-rename",
        "function": "name shape since symbol proc callback-proc program visibility stream wire-order"
        " priority access blocks errors error-domain",
        "self": "type name nullable acl acl-when-flag acl-filter write-when-flag write-when wire-name"
        " wire-updated wire-refresh",
        "in": "name type repr list count count-repr count-range stride nullable secret example range"
        " max wire-name wire-type wire-nullable",
        "out": "name type repr list count count-repr count-range stride size nullable probe transfer"
        " max wire-name wire-type wire-nullable wire-count wire-need wire-room",
        "inout": "name type list count capacity",
        "count": "name repr range wire-name wire-type",
        "returns": "kind type repr count transfer error-value max"
        " wire-name wire-type wire-nullable wire-order",
        "throws": "error",
        "state": "name from to emits error",
        "support": "driver since until flags",
        "quirk": "id reason",
        "requires": "flag needs",
        "excludes": "flag other",
        "doc": "",
        "brief": "",
        "arg": "",
        "ref": "",
        "code": "",
    }.items()
}
CHILDREN: Mapping[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "api": "release driver include",
        "module": "doc program object limit enum flags record callback paramset event function",
        "program": "doc limit",
        "object": "doc key state permission",
        "enum": "doc value",
        "flags": "doc bit",
        "record": "doc field union",
        "union": "field",
        "callback": "doc in out returns",
        "paramset": "doc key",
        "function": "brief doc self in out inout count returns throws state support quirk requires excludes",
    }.items()
}
PROSE = frozenset("arg ref code".split())


class Names:
    """The type names of the whole specification, collected before types are resolved."""

    def __init__(self, roots: list[Element]) -> None:
        self.kinds: dict[str, model.Kind] = {}
        tags = {
            "object": model.Kind.OBJECT,
            "enum": model.Kind.ENUM,
            "flags": model.Kind.FLAGS,
            "record": model.Kind.RECORD,
        }
        for root in roots:
            for element in root.children:
                if element.tag in tags:
                    self.kinds[element.get("name")] = tags[element.tag]
        self.callbacks = {e.get("name") for root in roots for e in root.all("callback")}
        self.paramsets = {e.get("name") for root in roots for e in root.all("paramset")}

    def known(self) -> set[str]:
        return set(self.kinds) | {kind.value for kind in model.Kind}


class Loader:
    """One pass over the elements; the methods are named after the element they load."""

    def __init__(self, root: Path, problems: Problems) -> None:
        self.root = root
        self.problems = problems

    def read(self, name: str) -> Element | None:
        element = read(self.root / name, name, self.problems)
        if element is not None:
            self.check(element)
        return element

    def check(self, element: Element) -> None:
        """Refuse unknown attributes and children, everywhere below `element`."""
        allowed = ATTRIBUTES.get(element.tag)
        if allowed is None:
            self.problems.add(
                element.where,
                "known-element",
                f"unknown element '{element.tag}'{suggestion(element.tag, ATTRIBUTES)}",
            )
            return
        for name in element.attributes:
            if name not in allowed:
                self.problems.add(
                    element.where,
                    "known-attribute",
                    f"in {element.path()}: unknown attribute '{name}'{suggestion(name, allowed)}",
                )
        children = CHILDREN.get(element.tag, PROSE)
        for child in element.children:
            if child.tag not in children:
                self.problems.add(
                    child.where,
                    "known-child",
                    f"in {element.path()}: element '{child.tag}' is not expected here"
                    f"{suggestion(child.tag, children)}",
                )
            else:
                self.check(child)

    def required(self, element: Element, name: str) -> str:
        value = element.attributes.get(name)
        if value is None:
            self.problems.add(
                element.where, "required-attribute", f"{element.path()} has no '{name}'"
            )
            return ""
        return value

    def choice(self, element: Element, name: str, kind: type[E], default: E) -> E:
        value = element.attributes.get(name)
        if value is None:
            return default
        try:
            return kind(value)
        except ValueError:
            known = [str(member.value) for member in kind]
            self.problems.add(
                element.where,
                "closed-set",
                f"in {element.path()}: '{value}' is not a {name}{suggestion(value, known)}"
                f" (one of {', '.join(item for item in known if item)})",
            )
            return default

    def word(self, element: Element, name: str, known: tuple[str, ...]) -> str:
        """One of a few words, the first of which is the default."""
        value = element.get(name, known[0])
        if value not in known:
            self.problems.add(
                element.where,
                "closed-set",
                f"in {element.path()}: unknown {name} '{value}'{suggestion(value, known)}"
                f" (one of {', '.join(known)})",
            )
            return known[0]
        return value

    def flag(self, element: Element, name: str) -> bool:
        value = element.get(name, "no")
        if value not in ("yes", "no"):
            self.problems.add(
                element.where, "yes-or-no", f"in {element.path()}: '{name}' is yes or no"
            )
        return value == "yes"

    def number(self, element: Element, name: str) -> int | None:
        value = element.attributes.get(name)
        if value is None:
            return None
        try:
            return int(value, 0)
        except ValueError:
            self.problems.add(
                element.where, "number", f"in {element.path()}: '{name}' is not a number: '{value}'"
            )
            return None

    def range(self, element: Element, name: str) -> model.Range:
        value = element.attributes.get(name)
        if value is None:
            return model.Range()
        match = re.fullmatch(r"(-?\d+)?\.\.(-?\d+)?", value)
        if match is None or value == "..":
            self.problems.add(
                element.where, "range", f"in {element.path()}: '{name}' is low..high: '{value}'"
            )
            return model.Range()
        low, high = match.groups()
        return model.Range(int(low) if low else None, int(high) if high else None)

    def text(self, element: Element | None) -> model.Text:
        if element is None:
            return model.Text("")
        parts: list[str] = []
        for item in element.content:
            if isinstance(item, str):
                parts.append(item)
            elif item.tag in PROSE:
                parts.append(item.text if item.tag != "ref" else f"vir{item.text}()")
        return model.Text(" ".join("".join(parts).split()))

    def type(self, element: Element, names: Names, value: str) -> model.TypeRef:
        if value.startswith("params:"):
            name = value[7:]
            if name not in names.paramsets and name != "any":
                self.unknown(element, name, names.paramsets | {"any"}, "parameter set")
            return model.TypeRef(model.Kind.PARAMS, (name,))
        if value.startswith("callback:"):
            name = value[9:]
            if name not in names.callbacks:
                self.unknown(element, name, names.callbacks, "callback")
            return model.TypeRef(model.Kind.CALLBACK, (name,))
        if value == "ReservedFlags":
            return model.TypeRef(model.Kind.FLAGS, ())
        words = tuple(value.split())
        for word in words:
            if word not in names.known():
                self.unknown(element, word, names.known(), "type")
                return model.TypeRef(model.Kind.INT)
        if words and words[0] in names.kinds:
            kinds = {names.kinds[word] for word in words}
            if model.Kind.FLAGS in kinds:
                return model.TypeRef(model.Kind.FLAGS, words)
            return model.TypeRef(names.kinds[words[0]], words)
        return model.TypeRef(model.Kind(words[0]) if words else model.Kind.INT)

    def unknown(self, element: Element, name: str, known: set[str], what: str) -> None:
        self.problems.add(
            element.where,
            "known-type",
            f"in {element.path()}: unknown {what} '{name}'{suggestion(name, known)}",
        )

    def parameter(self, element: Element, names: Names) -> model.Parameter:
        direction = model.Direction(element.tag)
        is_count = direction is model.Direction.COUNT
        type_ = (
            model.TypeRef(model.Kind.INT)
            if is_count
            else self.type(element, names, self.required(element, "type"))
        )
        return model.Parameter(
            where=element.where,
            name=self.required(element, "name"),
            direction=direction,
            type=type_,
            list=self.choice(element, "list", model.ListMode, model.ListMode.NO),
            count=tuple(element.get("count").split()),
            count_repr=self.choice(element, "count-repr", model.Repr, model.Repr.DEFAULT),
            capacity=element.get("capacity"),
            stride=element.get("stride"),
            size=element.get("size"),
            repr=self.choice(element, "repr", model.Repr, model.Repr.DEFAULT),
            nullable=element.get("nullable") != "empty" and self.flag(element, "nullable"),
            null_if_empty=element.get("nullable") == "empty",
            probe=self.flag(element, "probe"),
            secret=self.flag(element, "secret"),
            transfer=self.word(element, "transfer", ("none", "container", "full")),
            example=element.get("example"),
            range=self.range(element, "range"),
            count_range=self.range(element, "count-range"),
            max=element.get("max"),
            wire=self.wire(element),
            doc=self.text(element),
        )

    def wire(self, element: Element) -> model.WireNote:
        """The wire-* attributes of an element: history that no rule derives."""

        def maybe(name: str) -> bool | None:
            return self.flag(element, name) if name in element.attributes else None

        return model.WireNote(
            name=element.get("wire-name"),
            type=element.get("wire-type"),
            nullable=maybe("wire-nullable"),
            count=maybe("wire-count"),
            need=element.get("wire-need"),
            room=element.get("wire-room"),
        )

    def returns(self, element: Element | None, owner: Element, names: Names) -> model.Returns:
        if element is None:
            self.problems.add(owner.where, "returns", f"{owner.path()} does not say what it returns")
            element = Element("returns", {"kind": "none"}, owner.where, parent=owner)
        kind = self.choice(element, "kind", model.ReturnKind, model.ReturnKind.NONE)
        type_ = element.attributes.get("type")
        return model.Returns(
            where=element.where,
            kind=kind,
            type=self.type(element, names, type_) if type_ else None,
            repr=self.choice(element, "repr", model.Repr, model.Repr.DEFAULT),
            count=element.get("count"),
            transfer=self.word(element, "transfer", ("none", "container", "full")),
            error_value=element.get("error-value"),
            max=element.get("max"),
            wire_order=tuple(element.get("wire-order").split()),
            wire=self.wire(element),
            doc=self.text(element),
        )

    def self(self, element: Element | None, names: Names, arguments: Mapping[str, str]) -> (
        model.Self | None
    ):
        if element is None:
            return None
        type_ = self.required(element, "type")
        if names.kinds.get(type_) is not model.Kind.OBJECT:
            self.unknown(element, type_, set(arguments), "object")
        rules = [self.permission(type_, word, "") for word in element.get("acl").split()]
        for word in element.get("acl-when-flag").split():
            name, _, when = word.partition(":")
            rules.append(self.permission(type_, name, when))
        left, equals, right = element.get("write-when").partition("=")
        return model.Self(
            where=element.where,
            type=type_,
            name=element.get("name") or arguments.get(type_, "self"),
            acl=tuple(rules),
            acl_filter=element.get("acl-filter"),
            write_flags=tuple(element.get("write-when-flag").split()),
            write_when=(left, right) if equals else None,
            nullable=self.flag(element, "nullable"),
            wire=self.wire(element),
            wire_updated=self.flag(element, "wire-updated"),
            wire_refresh=self.flag(element, "wire-refresh"),
        )

    @staticmethod
    def permission(own: str, word: str, when: str) -> model.Permission:
        object_, dot, name = word.rpartition(".")
        return model.Permission(object_ if dot else own, name, when)

    def function(
        self, element: Element, names: Names, arguments: Mapping[str, str]
    ) -> model.Function:
        since = self.required(element, "since")
        parameters = [
            self.parameter(child, names)
            for child in element.children
            if child.tag in ("in", "out", "inout", "count")
        ]
        return model.Function(
            where=element.where,
            name=self.required(element, "name"),
            shape=self.choice(element, "shape", model.Shape, model.Shape.CALL),
            since=since,
            symbol=element.get("symbol", since),
            proc=self.number(element, "proc"),
            callback_proc=self.number(element, "callback-proc"),
            program=element.get("program"),
            visibility=element.get("visibility", "public"),
            stream=element.get("stream"),
            wire_order=tuple(element.get("wire-order").split()),
            priority=self.word(element, "priority", ("low", "high")),
            access=element.get("access"),
            blocks=element.get("blocks", "no"),
            errors=self.word(element, "errors", ("reset", "keep")),
            error_domain=element.get("error-domain"),
            brief=self.text(element.one("brief")),
            doc=self.text(element.one("doc")),
            self=self.self(element.one("self"), names, arguments),
            parameters=tuple(parameters),
            returns=self.returns(element.one("returns"), element, names),
            throws=tuple(
                model.Throws(self.required(t, "error"), self.text(t)) for t in element.all("throws")
            ),
            transitions=tuple(
                model.Transition(
                    s.where,
                    tuple(self.required(s, "from").split()),
                    s.get("to"),
                    tuple(s.get("emits").split()),
                    tuple(s.get("error").split()),
                )
                for s in element.all("state")
            ),
            support=tuple(
                self.support(s) for s in element.all("support")
            ),
            quirks=tuple(
                model.Quirk(q.where, self.required(q, "id"), self.required(q, "reason"))
                for q in element.all("quirk")
            ),
            requires=tuple(
                (self.required(r, "flag"), self.required(r, "needs")) for r in element.all("requires")
            ),
            excludes=tuple(
                (self.required(x, "flag"), self.required(x, "other")) for x in element.all("excludes")
            ),
        )

    def support(self, element: Element) -> model.Support:
        flags = element.attributes.get("flags")
        return model.Support(
            where=element.where,
            driver=self.required(element, "driver"),
            since=self.required(element, "since"),
            until=element.get("until"),
            flags=None if flags is None else tuple(flags.split()),
        )

    def enumeration(self, element: Element) -> model.Enumeration:
        since = element.get("since")
        return model.Enumeration(
            where=element.where,
            name=self.required(element, "name"),
            prefix=self.required(element, "prefix"),
            last=element.get("last"),
            last_value=self.number(element, "last-value"),
            since=since,
            flags=element.tag == "flags",
            values=tuple(
                model.Value(
                    v.where,
                    self.required(v, "name"),
                    self.number(v, "value") or 0,
                    v.get("since", since),
                    v.get("text"),
                    v.get("detailed"),
                    self.text(v),
                )
                for v in element.children
                if v.tag in ("value", "bit")
            ),
            doc=self.text(element.one("doc")),
        )

    def field(self, element: Element, names: Names) -> model.Field:
        return model.Field(
            where=element.where,
            name=self.required(element, "name"),
            type=self.type(element, names, self.required(element, "type")),
            repr=self.choice(element, "repr", model.Repr, model.Repr.DEFAULT),
            length=element.get("length"),
            list=self.choice(element, "list", model.ListMode, model.ListMode.NO),
            count=element.get("count"),
            stride=element.get("stride"),
            transfer=self.word(element, "transfer", ("full", "none")),
            nullable=self.flag(element, "nullable"),
            when=element.get("when"),
            max=element.get("max"),
            wire=self.wire(element),
            doc=self.text(element),
        )

    def record(self, element: Element, names: Names) -> model.Record:
        name = self.required(element, "name")
        fields: list[model.Field | model.Union] = []
        for child in element.children:
            if child.tag == "field":
                fields.append(self.field(child, names))
            elif child.tag == "union":
                members = tuple(self.field(f, names) for f in child.all("field"))
                fields.append(
                    model.Union(self.required(child, "name"), self.required(child, "by"), members)
                )
        return model.Record(
            where=element.where,
            name=name,
            struct=element.get("struct", name),
            typedef=element.get("typedef", name),
            since=element.get("since"),
            fields=tuple(fields),
            wire=self.wire(element),
            doc=self.text(element.one("doc")),
        )

    def callback(self, element: Element, names: Names) -> model.Callback:
        return model.Callback(
            where=element.where,
            name=self.required(element, "name"),
            since=self.required(element, "since"),
            parameters=tuple(
                self.parameter(c, names) for c in element.children if c.tag in ("in", "out")
            ),
            returns=self.returns(element.one("returns"), element, names),
            doc=self.text(element.one("doc")),
        )

    def paramset(self, element: Element, names: Names) -> model.ParameterSet:
        keys = []
        for key in element.all("key"):
            type_ = key.attributes.get("type")
            keys.append(
                model.ParameterKey(
                    where=key.where,
                    name=self.required(key, "name"),
                    string=self.required(key, "string"),
                    type=self.type(key, names, type_) if type_ else None,
                    part=key.get("part"),
                    since=key.get("since"),
                    doc=self.text(key),
                )
            )
        return model.ParameterSet(
            where=element.where,
            name=self.required(element, "name"),
            prefix=self.required(element, "prefix"),
            keys=tuple(keys),
            max=element.get("max"),
            doc=self.text(element.one("doc")),
        )

    def object(self, element: Element, names: Names) -> model.Object:
        return model.Object(
            where=element.where,
            name=self.required(element, "name"),
            driver=self.required(element, "driver"),
            parent=element.get("parent"),
            argument=self.required(element, "argument"),
            error=self.required(element, "error"),
            error_domain=self.required(element, "error-domain"),
            handle_domain=element.get("handle-domain", element.get("error-domain")),
            keys=tuple(
                model.Key(
                    k.where,
                    self.required(k, "name"),
                    self.type(k, names, self.required(k, "type")),
                    self.wire(k),
                    self.text(k),
                )
                for k in element.all("key")
            ),
            states=tuple(
                model.State(s.where, self.required(s, "name"), s.get("error"), self.text(s))
                for s in element.all("state")
            ),
            permissions=tuple(
                model.PermissionName(
                    self.required(p, "name"), self.flag(p, "allow-read-only"), self.text(p)
                )
                for p in element.all("permission")
            ),
            max=element.get("max"),
            wire=self.wire(element),
            wire_by_key=self.flag(element, "wire-by-key"),
            wire_order=tuple(element.get("wire-order").split()),
            doc=self.text(element.one("doc")),
        )

    def event(self, element: Element, names: Names) -> model.Event:
        callback = self.required(element, "callback")
        if callback not in names.callbacks:
            self.unknown(element, callback, names.callbacks, "callback")
        return model.Event(
            where=element.where,
            object=self.required(element, "object"),
            name=self.required(element, "name"),
            callback=callback,
            since=self.required(element, "since"),
            proc=self.number(element, "proc"),
            callback_proc=self.number(element, "callback-proc"),
            wire_late=element.get("wire-late"),
            wire_rename=element.get("wire-rename"),
            doc=self.text(element),
        )

    def module(
        self, root: Element, names: Names, arguments: Mapping[str, str]
    ) -> model.Module:
        return model.Module(
            where=root.where,
            name=self.required(root, "name"),
            header=self.required(root, "header"),
            library=self.required(root, "library"),
            error_domain=root.get("error-domain"),
            doc=self.text(root.one("doc")),
            objects=tuple(self.object(e, names) for e in root.all("object")),
            limits=tuple(self.limit(e) for e in root.all("limit")),
            enums=tuple(
                self.enumeration(e)
                for e in root.children
                if e.tag in ("enum", "flags") and not self.on_wire_only(e)
            ),
            records=tuple(
                self.record(e, names) for e in root.all("record") if not self.on_wire_only(e)
            ),
            callbacks=tuple(self.callback(e, names) for e in root.all("callback")),
            paramsets=tuple(self.paramset(e, names) for e in root.all("paramset")),
            events=tuple(self.event(e, names) for e in root.all("event")),
            functions=tuple(
                self.function(e, names, arguments)
                for e in root.all("function")
                if not self.on_wire_only(e)
            ),
            wire=model.WireModule(
                programs=tuple(self.program(e) for e in root.all("program")),
                enums=tuple(
                    self.enumeration(e) for e in root.all("enum") if self.on_wire_only(e)
                ),
                records=tuple(
                    self.record(e, names) for e in root.all("record") if self.on_wire_only(e)
                ),
                functions=tuple(
                    self.function(e, names, arguments)
                    for e in root.all("function")
                    if self.on_wire_only(e)
                ),
            ),
        )

    @staticmethod
    def on_wire_only(element: Element) -> bool:
        return element.get("visibility") == "wire"

    def limit(self, element: Element) -> model.Limit:
        return model.Limit(
            element.where,
            self.required(element, "name"),
            self.required(element, "value"),
            element.get("since"),
            self.text(element),
        )

    def program(self, element: Element) -> model.Program:
        return model.Program(
            where=element.where,
            name=self.required(element, "name"),
            number=self.number(element, "number"),
            version=self.number(element, "version") or 0,
            library=element.get("library"),
            uses=element.get("uses"),
            sends=tuple(element.get("sends").split()),
            limits=tuple(self.limit(e) for e in element.all("limit")),
            doc=self.text(element.one("doc")),
        )


def load(root: Path, index: str, problems: Problems) -> model.Api | None:
    """Read the index and every module it includes; None when the index itself is unusable."""
    loader = Loader(root, problems)
    top = loader.read(index)
    if top is None:
        return None
    opened = [loader.read(loader.required(e, "href")) for e in top.all("include")]
    roots = [element for element in opened if element is not None]
    names = Names(roots)
    arguments = {o.get("name"): o.get("argument") for r in roots for o in r.all("object")}
    release = top.one("release")
    return model.Api(
        where=top.where,
        name=loader.required(top, "name"),
        prefix=loader.required(top, "prefix"),
        release=release.get("name") if release is not None else "",
        known_drivers=tuple(
            model.Driver(
                d.where,
                loader.required(d, "name"),
                tuple(loader.required(d, "schemes").split()),
                loader.choice(d, "events", model.EventHome, model.EventHome.DRIVER),
                loader.required(d, "error-domain"),
                loader.flag(d, "faults"),
                loader.word(d, "hooks", ("hand", "wire")),
                loader.text(d),
            )
            for d in top.all("driver")
        ),
        modules=tuple(loader.module(element, names, arguments) for element in roots),
    )


