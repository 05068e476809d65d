# SPDX-License-Identifier: LGPL-2.1-or-later
"""Functions of the model from their elements: parameters, what is returned, support, states."""

from __future__ import annotations

from collections.abc import Mapping

from . import model
from .source import Element, suggestion
from .values import Names, Values
from .vocabulary import LANGUAGES


class FunctionLoader(Values):
    """The methods are named after the element they load."""

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
            path=self.flag(element, "path"),
            transfer=self.word(element, "transfer", ("none", "container", "full")),
            example=element.get("example"),
            range=self.range(element, "range"),
            count_range=self.range(element, "count-range"),
            max=element.get("max"),
            default=self.default(element),
            wire=self.wire(element),
            doc=self.text(element),
        )

    def default(self, element: Element) -> str:
        value = element.get("default")
        if value and value != "none" and not value.isdigit():
            self.problems.add(element.where, "default", (
                f"in {element.path()}: 'default' is 'none' or a number: '{value}'"))
        if value == "none" and "nullable" not in element.attributes and "list" not in element.attributes:
            self.problems.add(element.where, "default", (
                f"in {element.path()}: 'none' cannot be meant by what is not nullable"))
        return value

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
            secret=self.flag(element, "secret"),
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
        unchecked = element.get("acl") == "none"
        words = [] if unchecked else element.get("acl").split()
        rules = [self.permission(type_, word, "") for word in words]
        for word in element.get("acl-when-flag").split():
            name, _, when = word.partition(":")
            rules.append(self.permission(type_, name, when))
        filtered = element.get("acl-filter")
        left, equals, right = element.get("write-when").partition("=")
        return model.Self(
            where=element.where,
            type=type_,
            name=element.get("name") or arguments.get(type_, "self"),
            acl=tuple(rules),
            acl_none=unchecked,
            acl_filter=self.permission(type_, filtered, "") if filtered else None,
            subjects=tuple(self.subject(element, word) for word in element.get("acl-subject").split()),
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

    def subject(self, element: Element, word: str) -> model.Subject:
        """`document:xml`, `document:xml/dname`, `image:from`, `name:dname`, `nothing`."""
        kind, _, argument = word.partition(":")
        argument, _, name = argument.partition("/")
        known = {told.value: told for told in model.Told}
        if kind not in known:
            self.problems.add(element.where, "closed-set", (
                f"'{kind}' does not say what a call is about{suggestion(kind, known)}"
                f" (one of {', '.join(known)})"))
        return model.Subject(known.get(kind, model.Told.NOTHING), argument, name)

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
            without=tuple(
                model.Without(w.where, self.required(w, "driver"), self.text(w))
                for w in element.all("without")
            ),
            quirks=tuple(
                model.Quirk(q.where, self.required(q, "id"), self.required(q, "reason"))
                for q in element.all("quirk")
            ),
            spellings=tuple(
                model.Spelling(self.word(n, "lang", LANGUAGES), n.get("argument"),
                               self.required(n, "as"))
                for n in element.all("name")
            ),
            bundle=element.get("bundle"),
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
