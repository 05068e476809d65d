# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a specification must say of permissions; written like the rules of rules.py."""

from __future__ import annotations

from collections.abc import Iterator

from . import model, permissions
from .source import Location, suggestion

Finding = tuple[Location, str]


def known_permission(api: model.Api) -> Iterator[Finding]:
    """An access rule names a permission of its object."""
    for function in (*api.functions, *api.procedures):
        if function.self is None:
            continue
        filtered = function.self.acl_filter
        for rule in (*function.self.acl, *((filtered,) if filtered is not None else ())):
            item = permissions.object_of(api, rule)
            known = {p.name for p in item.permissions} if item is not None else set()
            if rule.name not in known:
                yield function.self.where, (
                    f"in function '{function.name}': object '{rule.object}' has no permission"
                    f" '{rule.name}'{suggestion(rule.name, known)}"
                )


def permission_is_said(api: model.Api) -> Iterator[Finding]:
    """What a client of the daemon reaches says which permission it needs; acl="none" where it needs none."""
    for function in (*api.functions, *api.procedures):
        own = function.self
        if own is None or not permissions.is_hooked(function):
            continue
        if not own.acl and not own.acl_none:
            yield function.where, (
                f"function '{function.name}' does not say which permission it needs"
                ' (acl="none" where anybody may)'
            )
        if own.acl_none and own.acl_filter is not None:
            yield own.where, f"in function '{function.name}': a list that is filtered needs a permission"


def permission_subject(api: model.Api) -> Iterator[Finding]:
    """A permission on an object is one on what the call is made on or finds, or arguments tell of it."""
    for function in (*api.functions, *api.procedures):
        own = function.self
        if own is None or not permissions.is_hooked(function) or own.acl_none or not own.acl:
            continue
        here = f"in function '{function.name}'"
        if permissions.plan_of(api, function) is None:
            yield own.where, (
                f"{here}: nothing tells of the object of '{own.acl[0].object}.{own.acl[0].name}'; say"
                ' which argument does with acl-subject (document:, image:, name:, or nothing)'
            )
        known = {p.name for p in function.parameters}
        for subject in own.subjects:
            for argument in (subject.argument, subject.name):
                name, _, key = argument.partition(".")
                if argument and name not in known:
                    yield own.where, f"{here}: there is no argument '{name}'{suggestion(name, known)}"
                elif key:
                    yield from _subject_key(api, function, name, key)


def _subject_key(api: model.Api, function: model.Function, name: str, key: str) -> Iterator[Finding]:
    parameter = next(p for p in function.parameters if p.name == name)
    keys = {k.string for s in api.paramsets if s.name == parameter.type.name for k in s.keys}
    if key not in keys:
        yield parameter.where, (
            f"in function '{function.name}': '{name}' has no parameter '{key}'{suggestion(key, keys)}"
        )


def permission_lookup(api: model.Api) -> Iterator[Finding]:
    """A driver that does something with an object can be asked for it, since clients are not believed."""
    for function in (*api.functions, *api.procedures):
        own = function.self
        if own is None or not permissions.is_hooked(function) or own.type == "Connect" or not own.acl:
            continue
        item = next((o for o in api.objects if o.name == own.type), None)
        while item is not None and permissions.lookup_of(api, item) is None and item.parent:
            item = next((o for o in api.objects if o.name == item.parent), None)
        step = permissions.lookup_of(api, item) if item is not None else None
        if step is None:
            yield own.where, (
                f"function '{function.name}' is called on '{own.type}', which no look-up by UUID or name finds"
            )
            continue
        found = {s.driver for s in step.function.support}
        for support in function.support:
            if support.driver not in found and support.driver in {d.name for d in api.drivers}:
                yield support.where, (
                    f"driver '{support.driver}' has '{function.name}', but not '{step.function.name}',"
                    " by which the object is known"
                )


RULES = (known_permission, permission_is_said, permission_subject, permission_lookup)
