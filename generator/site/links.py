# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which page of the reference, and which place on it, a public name has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from .. import model, naming
from ..text import quoted

_NAME = re.compile(r"\b_?(?:vir|VIR_|LIBVIR_)\w+")

#: Pages that hold many things.
CONSTANTS = "constants"
ERRORS = "errors"
EVENTS = "events"
PERMISSIONS = "permissions"
LIBRARY = "library"


def attributes(**values: str) -> str:
    """XML attributes; a trailing underscore of a name is dropped, an absent value left out."""
    return "".join(f" {name.rstrip('_').replace('_', '-')}={quoted(value)}"
                   for name, value in values.items() if value)


def element(tag: str, inner: str, /, **values: str) -> str:
    """An element with attributes, around what is XML already."""
    return f"<{tag}{attributes(**values)}>{inner}</{tag}>"


def paramset_page(paramset: model.ParameterSet) -> str:
    return f"params-{paramset.name}"


class Links:
    """Every public name with its page and anchor."""

    def __init__(self, api: model.Api) -> None:
        places: dict[str, tuple[str, str]] = {}
        for function in api.functions:
            name = naming.function(api, function.name)
            places[name] = (name, "")
        for module in api.modules:
            for item in module.objects:
                self._type(api, places, item.name, item.name)
            for enum in module.enums:
                page = naming.typedef(api, enum.name)
                places[page] = (page, "")
                for value in enum.values:
                    name = f"{enum.prefix}{value.name}"
                    places.setdefault(name, (page, name))
            for record in module.records:
                self._type(api, places, record.name, record.typedef)
                places.setdefault(naming.struct(api, record.struct),
                                  (naming.typedef(api, record.typedef), ""))
            for callback in module.callbacks:
                page = naming.typedef(api, callback.name)
                places[page] = (page, "")
            for limit in module.limits:
                name = naming.constant(api, limit.name)
                places[name] = (CONSTANTS, name)
            for paramset in module.paramsets:
                for key in paramset.keys:
                    name = f"{paramset.prefix}{key.name}"
                    places.setdefault(name, (paramset_page(paramset), name))
        self.places: Mapping[str, tuple[str, str]] = places

    @staticmethod
    def _type(api: model.Api, places: dict[str, tuple[str, str]], name: str, typedef: str) -> None:
        page = naming.typedef(api, typedef)
        places[page] = (page, "")
        places[naming.pointer(api, name)] = (page, "")

    def reference(self, name: str, shown: str = "") -> str:
        """A reference to a name, or the plain name where it has no page."""
        place = self.places.get(name)
        if place is None:
            return escape(shown or name)
        page, at = place
        return f"<ref{attributes(page=page, at=at)}>{escape(shown or name)}</ref>"

    def marked(self, text: str) -> str:
        """Text with every name in it made a reference."""
        out, end = "", 0
        for match in _NAME.finditer(text):
            out += escape(text[end:match.start()]) + self.reference(match.group())
            end = match.end()
        return out + escape(text[end:])
