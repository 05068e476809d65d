# SPDX-License-Identifier: LGPL-2.1-or-later
"""The index of the search: name, kind, page and words of everything that has a place on the site."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .. import model, naming, permissions, schema
from ..shell.callers import callers
from ..shell.model import Shell
from ..text import LICENCE
from . import formats
from .guides import Guides
from .links import CONSTANTS, ERRORS, EVENTS, PERMISSIONS, paramset_page
from .types import event_anchor

Entry = tuple[str, str, str, str]


def _functions(api: model.Api, shells: tuple[Shell, ...]) -> Iterator[Entry]:
    by = [callers(shell) for shell in shells]
    for function in api.functions:
        name = naming.function(api, function.name)
        rights = [f"{r.object or 'connect'}.{r.name}" for r in function.self.acl] if function.self else []
        commands = [c.name for found in by for c in found.get(function.name, ())]
        words = " ".join(part for part in (function.brief.plain, function.doc.plain, *commands, *rights) if part)
        yield name, "function", f"ref/{name}.html", words


def _types(api: model.Api) -> Iterator[Entry]:
    for item in api.objects:
        name = naming.typedef(api, item.name)
        yield name, "object", f"ref/{name}.html", item.doc.plain
        for right in item.permissions:
            words = permissions.words(item)
            yield (f"{words}.{right.name}", "permission", f"ref/{PERMISSIONS}.html#{words}-{right.name}",
                   f"{right.doc.plain} {permissions.action(item, right.name)}")
    for enum in api.enums:
        page = naming.typedef(api, enum.name)
        yield page, "flags" if enum.flags else "enum", f"ref/{page}.html", enum.doc.plain
        for value in enum.values:
            name = f"{enum.prefix}{value.name}"
            at = f"ref/{ERRORS}.html#{name}" if enum.name == "ErrorNumber" else f"ref/{page}.html#{name}"
            yield name, "constant", at, value.doc.plain
    for record in api.records:
        page = naming.typedef(api, record.typedef)
        yield page, "structure", f"ref/{page}.html", record.doc.plain
    for callback in api.callbacks:
        page = naming.typedef(api, callback.name)
        yield page, "callback", f"ref/{page}.html", callback.doc.plain
    for paramset in api.paramsets:
        for key in paramset.keys:
            name = f"{paramset.prefix}{key.name}"
            yield name, "parameter", f"ref/{paramset_page(paramset)}.html#{name}", f"{key.string} {key.doc.plain}"
    for event in api.events:
        yield (f"{event.object} event {event.name}", "event", f"ref/{EVENTS}.html#{event_anchor(event)}",
               event.doc.plain)
    for module in api.modules:
        for limit in module.limits:
            name = naming.constant(api, limit.name)
            yield name, "constant", f"ref/{CONSTANTS}.html#{name}", limit.doc.plain


def _documents(formats_: tuple[schema.Format, ...]) -> Iterator[Entry]:
    for one, tree in formats.trees(formats_):
        yield f"{one.name} document", "format", f"formats/{one.name}.html", one.doc
        todo = list(tree.children)
        while todo:
            node = todo.pop(0)
            todo[:0] = node.children
            if node.shown == "text" or node.shown.startswith("as in "):
                continue
            name = node.path.replace(".", "/")
            yield name, "element" if "@" not in node.shown else "attribute", \
                f"formats/{one.name}.html#{formats.anchor(node.path)}", node.doc


def _commands(shells: tuple[Shell, ...]) -> Iterator[Entry]:
    for shell in shells:
        for command in shell.commands():
            if not command.hidden:
                yield (f"{shell.name} {command.name}", "command", f"commands/{shell.name}.html#{command.name}",
                       f"{command.brief} {' '.join(command.aliases)}")


def _guides(guides: Guides) -> Iterator[Entry]:
    for part in guides.material.parts:
        for guide in part.guides:
            _, headings = guides.convert(guide)
            title = headings[0].text if headings else guide.page
            for heading in headings:
                at = "" if heading.level == 1 else f"#{heading.at}"
                yield heading.text, "guide", f"guides/{guide.page}.html{at}", title


def render(api: model.Api, formats_: tuple[schema.Format, ...], shells: tuple[Shell, ...],
           guides: Guides) -> str:
    """A script that hands the list to the page; kinds are numbered to keep it small."""
    entries = [*_functions(api, shells), *_types(api), *_documents(formats_), *_commands(shells), *_guides(guides)]
    kinds = list(dict.fromkeys(kind for _, kind, _, _ in entries))
    rows = ",\n".join(json.dumps([name, kinds.index(kind), page, words], ensure_ascii=False)
                      for name, kind, page, words in entries)
    head = f"// {LICENCE}\n// Generated from the specification; change that, not this.\n"
    return (f"{head}"
            f"window.siteIndex({json.dumps(kinds)}, [\n{rows}\n]);\n")
