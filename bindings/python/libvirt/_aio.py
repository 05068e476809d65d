# SPDX-License-Identifier: LGPL-2.1-or-later
"""What libvirt.aio stands on: handles that are awaited, and events as asynchronous iterators.

Calls run in a pool of threads of this module: they release the interpreter's lock and travel over one
connection side by side, so hundreds may be under way at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import libvirt


class HasFileno(Protocol):
    """A file, or anything that has a descriptor."""

    def fileno(self) -> int: ...


#: As many calls as are under way at once; further ones wait for a thread.
THREADS = 64

_pool: ThreadPoolExecutor | None = None
_classes: dict[type, type[Handle]] = {}


def know(classes: Mapping[Any, type[Handle]]) -> None:
    """Which class here stands for which of the plain module."""
    _classes.update(classes)


def _threads() -> ThreadPoolExecutor:
    global _pool
    if _pool is None:
        _pool = ThreadPoolExecutor(THREADS, thread_name_prefix="libvirt-aio")
    return _pool


def _inward(value: Any) -> Any:
    if isinstance(value, Handle):
        return value.plain
    if isinstance(value, (list, tuple)):
        return type(value)(_inward(item) for item in value)
    return value


def _outward(value: Any) -> Any:
    kind = _classes.get(type(value))
    if kind is not None:
        return kind(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_outward(item) for item in value)
    return value


async def start(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function of the plain module in a thread."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads(), function, *arguments)


class Handle:
    """A handle whose methods are awaited; `plain` is that of the plain module."""

    def __init__(self, plain: Any) -> None:
        self.plain = plain

    async def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return _outward(await start(function, self.plain, *(_inward(a) for a in arguments)))

    async def __aenter__(self) -> Any:
        return self

    async def __aexit__(self, *error: object) -> None:
        await start(self.plain.__exit__, *error)

    def __repr__(self) -> str:
        return f"<libvirt.aio.{type(self).__name__} of {self.plain!r}>"


async def events(register: Callable[..., Any], deregister: Callable[..., Any], *what: Any) -> AsyncIterator[Any]:
    """Iterate over events: `register(*what, callback, None)` is awaited, and undone at the end.

    An event loop must be registered before the connection is opened, such as that of libvirtaio.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[Any, ...]] = asyncio.Queue()

    def came(*arguments: Any) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, arguments[:-1])

    number = await register(*what, came, None)
    try:
        while True:
            yield _outward(await queue.get())
    finally:
        await deregister(number)
