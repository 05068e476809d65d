# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns located elements into the model, reporting every structural mistake at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from . import model
from .load_function import FunctionLoader
from .source import Element, Problems, read
from .values import Names
from .vocabulary import check


class Loader(FunctionLoader):
    """One pass over the elements; the methods are named after the element they load."""

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
            scale=self.number(element, "scale"),
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
            form=self.word(element, "form", ("", "map", "keyed")),
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
                    self.acl_names(k),
                    k.get("acl-by"),
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
            acl_name=element.get("acl-name"),
            acl_within=self.within(element),
            max=element.get("max"),
            wire=self.wire(element),
            wire_by_key=self.flag(element, "wire-by-key"),
            wire_order=tuple(element.get("wire-order").split()),
            doc=self.text(element.one("doc")),
        )

    @staticmethod
    def acl_names(element: Element) -> tuple[tuple[str, str], ...]:
        """How questions of access call a key: by its name, as said, `no`, or by the value of another key."""
        text = element.get("type") in ("string", "uuid")
        words = element.get("acl-name", element.get("name") if text else "no").split()
        if words == ["no"]:
            return ()
        return tuple((value, name) for value, _, name in
                     (word.rpartition(":") for word in words))

    @staticmethod
    def within(element: Element) -> tuple[str, str]:
        key, _, holder = element.get("acl-within").partition(":")
        return key, holder

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


def _read(root: Path, name: str, problems: Problems) -> Element | None:
    element = read(root / name, name, problems)
    if element is not None:
        check(element, problems)
    return element


def load(root: Path, index: str, problems: Problems) -> model.Api | None:
    """Read the index and every module it includes; None when the index itself is unusable."""
    loader = Loader(problems)
    top = _read(root, index, problems)
    if top is None:
        return None
    opened = [_read(root, loader.required(e, "href"), problems) for e in top.all("include")]
    roots = [element for element in opened if element is not None]
    names = loader.names = Names(roots)
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
                loader.word(d, "place", ("here", "daemon", "embed")),
                tuple(d.get("features").split()),
                loader.flag(d, "complete"),
                loader.text(d),
            )
            for d in top.all("driver")
        ),
        modules=tuple(loader.module(element, names, arguments) for element in roots),
    )
