# SPDX-License-Identifier: LGPL-2.1-or-later
"""Remembers what pure functions of the model answered.

The model never changes once it is loaded, and several outputs ask the same of the same objects. Objects are
told apart by identity: a hash of a frozen dataclass would walk through all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def once(function: Callable[P, R]) -> Callable[P, R]:
    # The arguments are kept, so that no other object takes their place in memory.
    answers: dict[tuple[int, ...], tuple[tuple[object, ...], R]] = {}

    @wraps(function)
    def remembered(*arguments: P.args, **named: P.kwargs) -> R:
        assert not named, "told apart by place"
        key = tuple(map(id, arguments))
        found = answers.get(key)
        if found is None:
            found = answers[key] = (arguments, function(*arguments, **named))
        return found[1]

    return remembered
