# SPDX-License-Identifier: LGPL-2.1-or-later
"""The X-ray of one function: what is known of it, and every generated piece of code behind it."""

from __future__ import annotations

from collections.abc import Sequence

from .. import checks, model, naming, plan, states
from ..cases import cases
from ..checks import HOOKED, Check
from ..emit import vtable
from ..errors import failures
from ..model import Shape
from ..shell.callers import callers
from ..shell.model import Shell
from .pieces import Pieces, Section, fact, section
from .travel import Travel

# What the runtime itself answers.
LOCAL = frozenset({Shape.RUNTIME, Shape.LOCAL, Shape.OPEN, Shape.CLOSE})


def _check(check: Check) -> str:
    what = " ".join(part for part in (check.mistake.value, check.parameter, *check.flags) if part)
    guard = f" unless {check.guard} is 0" if check.guard else ""
    return f"{what}{guard}: VIR_FROM_{check.domain}, VIR_ERR_{check.code}"


class XRay:
    """Shows functions."""

    def __init__(self, api: model.Api, shells: Sequence[Shell], pieces: Pieces,
                 travel: Travel) -> None:
        self.api = api
        self.shells = shells
        self.pieces = pieces
        self.travel = travel

    def facts(self, module: model.Module, function: model.Function) -> list[str]:
        """Everything that is no code."""
        lowered = plan.lower(self.api, function)
        head = [f"{naming.function(self.api, function.name)}: {function.brief.plain}", ""]
        head.append(fact("written in", f"{function.where}, shape {function.shape.value}"))
        public = function.visibility == "public"
        node = naming.node(module.library, function.symbol) if public else "for the daemon only"
        head.append(fact("library", f"{module.library}, {node}, since {function.since}"))
        head.append(fact("access", f"{function.access or 'any'}, blocks {function.blocks}"))
        own = function.self
        if own is not None:
            head += [fact("permission", f"{rule.object}.{rule.name}"
                          + (f" when {rule.when}" if rule.when else "")) for rule in own.acl]
            if own.acl_none:
                head.append(fact("permission", "none is needed"))
            if own.acl_filter:
                head.append(fact("permission", f"items are filtered by {own.acl_filter.object}.{own.acl_filter.name}"))
            if own.write_flags:
                head.append(fact("access", f"write when {' or '.join(own.write_flags)}"))
            if own.write_when is not None:
                head.append(fact("access", f"write when {' is '.join(own.write_when)}"))
        head += [fact("refuses", _check(check)) for check in checks.checks(self.api, lowered)]
        head += [fact("throws", f"VIR_ERR_{f.code}: {f.when}"
                      + (" (derived)" if f.derived else ""))
                 for f in failures(self.api, function)]
        head += self.states(function) + self.drivers(function)
        for program, made in self.travel.procedures(function.name):
            head += [self.travel.facts(program, made), *self.travel.excuse(program, made)]
        head += [fact(shell.name, f"{c.name}: {c.brief} ({c.where})")
                 for shell in self.shells for c in callers(shell).get(function.name, ())]
        if public:
            count = len(cases(self.api, lowered))
            head.append(fact("tests", f"{count} calls in gen/tests/contract/{module.name}.c"))
        return head

    def states(self, function: model.Function) -> list[str]:
        if not function.transitions:
            return []
        lines = []
        subject = states.subject(self.api, function)
        for state, step in zip(subject.states, states.steps(self.api, function)):
            end = f"error {' or '.join(step.errors)}" if step.errors else (
                f"{step.to} {' '.join(step.emits)}".strip())
            lines.append(fact("state", f"{state.name} -> {end}"))
        return lines

    def drivers(self, function: model.Function) -> list[str]:
        """Who answers: each driver with its hook, since when, and which flags it takes."""
        if function.shape in LOCAL:
            name = naming.local(function.name)
            return [fact("runtime", f"{name} ({self.pieces.by_hand('src', name) or 'src'})")]
        if function.shape not in HOOKED or function.self is None:
            return []
        group = naming.group_type(vtable.group_of(self.api, function))
        lines = [fact("table", f"{group}.{function.name}")]
        for driver in self.api.drivers:
            support = vtable.support_of(self.api, driver, function)
            if support is None:
                why = "".join(f": {w.reason.plain}" for w in function.without
                              if w.driver == driver.name)
                lines.append(fact("driver", f"{driver.name}: nothing, VIR_ERR_NO_SUPPORT{why}"))
                continue
            name = vtable.hook(driver, function, vtable.by_runtime(self.api, driver))
            where = self.pieces.by_hand(f"drivers/{driver.name}", name)
            flags = "" if vtable.flags_argument(function) is None else (
                ", all flags" if support.flags is None
                else f", flags {' '.join(support.flags) or 'none'}")
            until = f" until {support.until}" if support.until else ""
            lines.append(fact(
                "driver", f"{driver.name}: {name} ({where or 'gen/runtime/events.c'}),"
                f" since {support.since}{until}{flags}"))
        remote = self.api.remote
        if remote is not None and any(s.driver == remote.name for s in function.support):
            name = naming.hook(remote.name, function.name)
            where = self.pieces.by_hand(f"drivers/{remote.name}", name)
            lines.append(fact("driver", f"{remote.name}: {name} ({where}), by hand"))
        return lines

    def hooks(self, function: model.Function) -> list[Section]:
        """The table's member, each driver's prototype, and what stands before the hook."""
        if function.shape not in HOOKED or function.self is None:
            return []
        path = "driver/vtable.h"
        found = section(path, "a driver's hook",
                        self.pieces.statement(path, function.name))
        for driver in self.api.drivers:
            if vtable.support_of(self.api, driver, function) is None:
                continue
            local = vtable.by_runtime(self.api, driver)
            name = vtable.hook(driver, function, local)
            path = f"driver/{driver.name}.h"
            found += section(path, f"what driver {driver.name} must define",
                             self.pieces.statement(path, name))
            path = f"driver/{driver.name}.c"
            if vtable.is_checked(function, local):
                found += section(path, "checks its flags first", self.pieces.unit(
                    path, naming.checked(function.name)))
            found += section(path, "its row of the table", self.pieces.line(
                path, function.name))
            path = f"driver/{driver.name}_faults.c"
            found += section(path, "with faults planted",
                             self.pieces.unit(path, naming.faulty(function.name)))
        path = f"access/{vtable.group_of(self.api, function)}.c"
        found += section(path, "asks first whether a client of the daemon may",
                         self.pieces.unit(path, naming.guarded(function.name)))
        return found

    def show(self, module: model.Module, function: model.Function) -> tuple[list[str], list[Section]]:
        """Facts and sections, from the header down to the other end of the wire."""
        name = naming.function(self.api, function.name)
        header, seen, symbol = f"include/libvirt/{module.header}", "what programs see", "the public symbol"
        if function.visibility == "wire":
            header, seen, symbol = "runtime/phases.h", "what the daemon sees", "its entry point"
        entry = f"entry/{module.name}.c"
        found = section(header, seen, self.pieces.unit(header, name))
        found += section(entry, symbol, self.pieces.unit(entry, name))
        found += self.hooks(function)
        for program, made in self.travel.procedures(function.name):
            found += self.travel.structures(program, made)
            found += self.travel.sample(program, made)
            found += self.travel.ends(program, made, module.name)
        return self.facts(module, function), found

    def procedure(self, module: model.Module, function: model.Function) -> tuple[list[str], list[Section]]:
        """A function that exists on the wire only."""
        head = [f"{function.name}: {function.brief.plain or function.doc.plain}", "",
                fact("written in", f"{function.where}, shape {function.shape.value}, on the wire only")]
        found: list[Section] = []
        for program, made in self.travel.procedures(function.name):
            head += [self.travel.facts(program, made), *self.travel.excuse(program, made)]
            found += self.travel.structures(program, made) + self.travel.sample(program, made)
        return head, found
