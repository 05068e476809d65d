# SPDX-License-Identifier: LGPL-2.1-or-later
"""What event loops written in Python need beside the functions of the API.

A loop is given a callback and what it was registered with; both are one object of the library here.
"""

from __future__ import annotations

from . import _native

MYPY = False
if MYPY:
    from typing import Any


def register(*functions: Any) -> None:
    """Let the library use a loop: add, update and remove of descriptors, then the same of timers."""
    import libvirt

    getattr(libvirt, _native.loop_function)(*functions)


def release(opaque: Any) -> None:
    """The library's closure is not needed any more."""
    opaque.release()


def invoke_handle(watch: int, fd: int, event: int, opaque: Any, opaquecompat: Any = None) -> None:
    """Call what the library gave with a descriptor."""
    opaque(watch, fd, event)


def invoke_timeout(timer: int, opaque: Any, opaquecompat: Any = None) -> None:
    """Call what the library gave with a timer."""
    opaque(timer)
