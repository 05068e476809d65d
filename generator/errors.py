# SPDX-License-Identifier: LGPL-2.1-or-later
"""How a function fails: what follows from its checks and its object, then what <throws> says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from . import model, naming, plan
from .checks import HOOKED, Check, Mistake, checks
from .model import Kind, Shape
from .once import once

# Shapes that get to a driver, so that its object can be gone.
_REACHING = HOOKED | {Shape.LOCAL}


@dataclass(frozen=True)
class Failure:
    """An error code and when it is given; `derived` when nobody wrote it down."""

    code: str
    when: str
    derived: bool


def missing(api: model.Api, function: model.Function) -> str:
    """The error of a driver that does not find the object the function is called on; "" for none."""
    if function.self is None or function.shape not in _REACHING:
        return ""
    if any(o.name == function.self.type and not o.parent for o in api.objects):
        return ""   # a connection is its own driver's
    words = naming.upper_snake(function.self.type.removeprefix("Adm"))
    codes = {f"{e.prefix}{v.name}" for e in api.enums if e.name == "ErrorNumber" for v in e.values}
    return f"NO_{words}" if f"VIR_ERR_NO_{words}" in codes else ""


def _built_on_hooks(api: model.Api, function: model.Function) -> bool:
    """Whether the runtime answers with what a driver has, or its stream."""
    if function.self is None:
        return False
    own = next((o for o in api.objects if o.name == function.self.type), None)
    stream = own is not None and own.driver == "runtime"
    return function.shape is Shape.LOCAL or (stream and function.shape is Shape.RUNTIME)


def _phrase(api: model.Api, check: Check) -> str:
    """A mistake of the caller in words."""
    name = f"*{check.parameter}" if check.pointed else check.parameter
    guard = f" although {check.guard} is not 0" if check.guard else ""
    mistake = check.mistake
    match mistake:
        case Mistake.HANDLE:
            return f"{name} is no {naming.typedef(api, check.object)}, or was freed"
        case Mistake.READ_ONLY:
            flags = f" and flags has {' or '.join(check.flags)}" if check.flags else ""
            when = f" and {' is '.join(check.when)}" if check.when is not None else ""
            return f"the connection is read-only{flags}{when}"
        case Mistake.NULL:
            return f"{name} is NULL{guard}"
        case Mistake.NEGATIVE:
            return f"{name} is negative{guard}"
        case Mistake.NOT_POSITIVE:
            return f"{name} is 0{guard}" if check.natural else f"{name} is not positive{guard}"
        case Mistake.RANGE:
            return f"{name} is above {check.flags[0]}"
        case Mistake.FOREIGN:
            return f"{name} is of another connection"
        case Mistake.USED:
            return f"{name} is in use already"
        case Mistake.FLAGS:
            return f"{name} has an unknown bit"
        case Mistake.NEEDS:
            return f"{name} has {check.flags[0]} without {' or '.join(check.flags[1:])}"
        case Mistake.EXCLUDES:
            return f"{name} has both {check.flags[0]} and {check.flags[1]}"
        case Mistake.UUID:
            return f"{name} is no UUID"
        case _:
            assert_never(mistake)


@once
def failures(api: model.Api, function: model.Function) -> tuple[Failure, ...]:
    """Every error of a function, each code with all its reasons; derived ones come first."""
    found: dict[str, list[str]] = {}
    for check in checks(api, plan.lower(api, function)):
        found.setdefault(check.code, []).append(_phrase(api, check))
    if function.shape in HOOKED and function.self is not None:
        flags = next((p for p in function.parameters if p.name == "flags"), None)
        if flags is not None and flags.type.kind is Kind.FLAGS:
            found.setdefault("INVALID_ARG", []).append("flags has a bit that the driver does not know")
        found.setdefault("NO_SUPPORT", []).append("the driver does not have it")
        if function.proc is not None:
            found.setdefault("RPC", []).append("the connection to a daemon broke")
    if _built_on_hooks(api, function):
        found.setdefault("NO_SUPPORT", []).append("the driver does not have what it is made of")
    code = missing(api, function)
    if code and function.self is not None:
        found.setdefault(code, []).append(f"{function.self.name} no longer exists")
    derived = [Failure(code, _list(texts), True) for code, texts in found.items()]
    return (*derived, *(Failure(t.error, t.doc.plain, False) for t in function.throws))


def _list(texts: list[str]) -> str:
    """One, two or three."""
    distinct = list(dict.fromkeys(texts))
    if len(distinct) == 1:
        return distinct[0]
    return f"{', '.join(distinct[:-1])} or {distinct[-1]}"
