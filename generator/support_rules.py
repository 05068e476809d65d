# SPDX-License-Identifier: LGPL-2.1-or-later
"""Rules about drivers: which functions and flags they have, and what they say they can do."""

from __future__ import annotations

from collections.abc import Iterator

from . import model, naming
from .checks import HOOKED, home
from .source import Location, suggestion

Finding = tuple[Location, str]


def known_driver(api: model.Api) -> Iterator[Finding]:
    """<support> and <without> name a driver of the index."""
    known = {driver.name for driver in api.known_drivers}
    for function in (*api.functions, *api.procedures):
        named = [(support.where, support.driver) for support in function.support]
        named += [(without.where, without.driver) for without in function.without]
        for where, name in named:
            if name not in known:
                yield where, (
                    f"in function '{function.name}': unknown driver '{name}'"
                    f"{suggestion(name, known)}"
                )


def known_feature(api: model.Api) -> Iterator[Finding]:
    """The features of a driver are among those that the two ends of the protocol ask each other about."""
    known = {v.name for e in api.wire_enums if e.name == model.FEATURES for v in e.values}
    for driver in api.known_drivers:
        for name in driver.features:
            if name not in known:
                yield driver.where, (
                    f"in driver '{driver.name}': unknown feature '{name}'{suggestion(name, known)}"
                )


def support_flags(api: model.Api) -> Iterator[Finding]:
    """The flags of a <support> are among the flags of its function; `until` is later than `since`."""
    for function in api.functions:
        flags = next((p for p in function.parameters if p.name == "flags"), None)
        names = flags.type.names if flags is not None else ()
        known = {f"{e.prefix}{v.name}" for e in api.enums if e.name in names for v in e.values}
        for support in function.support:
            for name in support.flags or ():
                if name not in known:
                    yield support.where, (
                        f"in function '{function.name}': '{name}' is none of its flags"
                        f"{suggestion(name, known)}"
                    )
            if support.flags is not None and flags is None:
                yield support.where, f"function '{function.name}' has no flags to support"
            if support.until and naming.release_key(support.until) <= naming.release_key(support.since):
                yield support.where, (
                    f"in function '{function.name}': supported until {support.until}, but since"
                    f" {support.since}"
                )


def _groups(api: model.Api, driver: model.Driver) -> set[str]:
    """The groups of hooks of which a driver has any."""
    return {home(api, f).driver for f in api.functions
            if f.self is not None and any(s.driver == driver.name for s in f.support)}


def complete_driver(api: model.Api) -> Iterator[Finding]:
    """A driver with complete="yes" has each public function of its groups, or a <without> says why not."""
    for driver in api.known_drivers:
        groups = _groups(api, driver) if driver.complete else set()
        for f in api.functions:
            has = any(s.driver == driver.name for s in f.support)
            without = any(w.driver == driver.name for w in f.without)
            if has and without:
                yield f.where, (
                    f"function '{f.name}' is supported by driver '{driver.name}', and <without> it"
                )
            elif (f.self is not None and f.shape in HOOKED and home(api, f).driver in groups
                  and not has and not without):
                yield f.where, (
                    f"driver '{driver.name}' is complete, but has not '{f.name}';"
                    " say why with <without>"
                )


RULES = (known_driver, known_feature, support_flags, complete_driver)
