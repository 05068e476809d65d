# SPDX-License-Identifier: LGPL-2.1-or-later
"""The states of objects: what a function does in each of them, from its <state> elements."""

from __future__ import annotations

from dataclasses import dataclass

from . import checks, model


@dataclass(frozen=True)
class Step:
    """What one function does in one state."""

    to: str
    emits: tuple[str, ...]
    errors: tuple[str, ...]


def subject(api: model.Api, function: model.Function) -> model.Object:
    """The object whose states a function speaks of."""
    if function.self is not None and api.object(function.self.type).states:
        return api.object(function.self.type)
    return checks.home(api, function)


def on_subject(api: model.Api, function: model.Function) -> bool:
    """Whether the function is called on the object itself, not on its connection."""
    return function.self is not None and function.self.type == subject(api, function).name


def steps(api: model.Api, function: model.Function) -> list[Step]:
    """One step per state of the object, in the order of its states."""
    own = subject(api, function)
    said = {name: t for t in function.transitions for name in t.states}
    result = []
    for state in own.states:
        transition = said.get(state.name)
        if transition is None:
            result.append(Step(state.name, (), (state.error,)))
        else:
            result.append(Step(transition.to or state.name, transition.emits, transition.errors))
    return result


def constants(api: model.Api, own: model.Object, event: str) -> tuple[str, str] | None:
    """The constants of an event and its detail: SUSPENDED/PAUSED; None when there is no such."""
    kind, _, detail = event.partition("/")
    names = (f"{own.name}EventType", f"{own.name}EventLifecycleType")
    enum = next((e for e in api.enums if e.name in names), None)
    if enum is None or kind not in {value.name for value in enum.values}:
        return None
    if not detail:
        return f"{enum.prefix}{kind}", "0"
    prefix = f"{enum.prefix}{kind}_"
    found = any(e.prefix == prefix and detail in {v.name for v in e.values} for e in api.enums)
    return (f"{enum.prefix}{kind}", f"{prefix}{detail}") if found else None
