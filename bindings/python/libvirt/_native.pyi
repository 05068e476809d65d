# SPDX-License-Identifier: LGPL-2.1-or-later
# What the extension has besides classes, functions and constants.

from typing import Any

loop_function: str

def fill(module: str, names: dict[str, Any]) -> None: ...
def set_error_class(kind: type[Exception]) -> None: ...
def last_error() -> tuple[int, int, str, int, str, str, str, int, int] | None: ...
