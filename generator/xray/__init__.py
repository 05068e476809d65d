# SPDX-License-Identifier: LGPL-2.1-or-later
"""`show NAME`: everything that stands behind one name of the specification, for newcomers.

Names are those of the specification (DomainSuspend) or of C (virDomainSuspend,
VIR_DOMAIN_EVENT_ID_REBOOT); parameter sets are found by their keys too. Every piece of code is cut
out of the generated file that holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from .. import naming, outputs, wire
from ..emit import entry, events
from ..source import suggestion
from .function import XRay
from .pieces import Pieces, render
from .thing import Shown, Things
from .travel import Travel

#: A way to show something, under each name that finds it; the first that fits a name wins.
Entry = tuple[tuple[str, ...], Callable[[], Shown]]


class Index:
    """All names and what they show."""

    def __init__(self, specification: outputs.Specification, root: Path) -> None:
        self.api = specification.api
        pieces = Pieces(outputs.outputs(specification), root)
        travel = Travel(wire.derive(self.api), pieces)
        self.xray = XRay(self.api, specification.shells, pieces, travel)
        self.things = Things(self.api, pieces, travel)

    def entries(self) -> Iterator[Entry]:
        for module in self.api.modules:
            for function in module.functions:
                yield (naming.function(self.api, function.name), function.name), partial(
                    self.xray.show, module, function)
            for function in module.wire.functions:
                if function in entry.phases(module):
                    yield (naming.function(self.api, function.name), function.name), partial(
                        self.xray.show, module, function)
                else:
                    yield (function.name,), partial(self.xray.procedure, module, function)
        yield from self._events()
        yield from self._types()
        yield from self._names()

    def _events(self) -> Iterator[Entry]:
        for module in self.api.modules:
            for event in module.events:
                name = events.event_name(self.api, event)
                constant = f"{self.api.enum(f'{event.object}EventID').prefix}{event.name}"
                yield (name, constant, f"{event.object}/{event.name}"), partial(
                    self.things.event, module, event)

    def _types(self) -> Iterator[Entry]:
        api = self.api
        for module in api.modules:
            for item in module.objects:
                yield (naming.pointer(api, item.name), naming.typedef(api, item.name), item.name), (
                    partial(self.things.object, module, item))
            for record in module.records:
                yield (naming.typedef(api, record.typedef), naming.pointer(api, record.name),
                       record.name), partial(self.things.record, module, record)
            for enum in module.enums:
                yield (naming.typedef(api, enum.name), enum.name), partial(
                    self.things.enumeration, module, enum)
            for callback in module.callbacks:
                yield (naming.typedef(api, callback.name), callback.name), partial(
                    self.things.callback, module, callback)

    def _names(self) -> Iterator[Entry]:
        """What stands inside of something else."""
        for module in self.api.modules:
            for paramset in module.paramsets:
                keys = [text for k in paramset.keys for text in (k.string, f"{paramset.prefix}{k.name}")]
                yield (f"params:{paramset.name}", paramset.name, *keys), partial(
                    self.things.paramset, module, paramset)
            for enum in module.enums:
                for value in enum.values:
                    yield (f"{enum.prefix}{value.name}",), partial(self.things.constant, enum, value)
            for item in module.objects:
                for permission in item.permissions:
                    yield (f"{item.name}.{permission.name}",), partial(
                        self.things.permission, item, permission)


def show(specification: outputs.Specification, root: Path, name: str) -> tuple[str | None, str]:
    """The X-ray of a name, or None; and then which name is near."""
    known: list[str] = []
    for names, shown in Index(specification, root).entries():
        if name in names:
            return render(*shown()), ""
        known += names
    return None, suggestion(name, known)


__all__ = ["Index", "show"]
