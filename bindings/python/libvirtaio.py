# SPDX-License-Identifier: LGPL-2.1-or-later
"""An event loop of asyncio for the library, so that events are delivered in coroutines' thread.

Register it before the first connection is opened; whoever wants a coroutine for every call uses libvirt.aio.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import Any, Callable, Dict, Iterator, List, Optional

import libvirt
from libvirt import _loop

__all__ = ["getCurrentImpl", "virEventAsyncIOImpl", "virEventRegisterAsyncIOImpl"]

_current_impl: Optional[virEventAsyncIOImpl] = None


class Callback:
    """One callback of the library; closing it releases the closure, outside of the library's call."""

    _iden_counter: Iterator[int] = itertools.count()

    def __init__(self, impl: virEventAsyncIOImpl, cb: Callable[..., Any], opaque: Any,
                 *args: Any, **kwargs: Any) -> None:
        self.iden = next(self._iden_counter)
        self.impl = impl
        self.cb: Optional[Callable[..., Any]] = cb
        self.opaque = opaque
        impl.callbacks[self.iden] = self

    def __repr__(self) -> str:
        return f"<{type(self).__name__} iden={self.iden}>"

    def close(self) -> None:
        self.impl.callbacks.pop(self.iden, None)
        self.impl.schedule_ff_callback(self.iden, self.opaque)
        self.cb = None


class FDCallback(Callback):
    """Watches one descriptor; several may watch the same."""

    def __init__(self, *args: Any, descriptor: Descriptor, event: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.descriptor = descriptor
        self.event = event

    def __repr__(self) -> str:
        return f"<{type(self).__name__} iden={self.iden} fd={self.descriptor.fd} event={self.event}>"

    def update(self, event: int) -> None:
        self.event = event
        self.descriptor.update()


class TimeoutCallback(Callback):
    """Called every so many milliseconds; never while that is negative."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timeout = -1
        self._handle: Optional[asyncio.TimerHandle] = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} iden={self.iden} timeout={self.timeout}>"

    def _timer(self) -> None:
        self._start()
        if self.cb is not None:
            self.cb(self.iden, self.opaque)

    def _start(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        if self.timeout >= 0:
            self._handle = self.impl.loop.call_later(self.timeout / 1000, self._timer)

    def update(self, timeout: int) -> None:
        self.timeout = timeout
        self._start()

    def close(self) -> None:
        self.timeout = -1
        self._start()
        super().close()


class Descriptor:
    """One file descriptor and everybody who watches it."""

    def __init__(self, impl: virEventAsyncIOImpl, fd: int) -> None:
        self.impl = impl
        self.fd = fd
        self.callbacks: Dict[int, FDCallback] = {}

    def _handle(self, event: int) -> None:
        for callback in list(self.callbacks.values()):
            if callback.event & event and callback.cb is not None:
                callback.cb(callback.iden, self.fd, event, callback.opaque)

    def update(self) -> None:
        wanted = 0
        for callback in self.callbacks.values():
            wanted |= callback.event
        loop = self.impl.loop
        if wanted & libvirt.VIR_EVENT_HANDLE_READABLE:
            loop.add_reader(self.fd, self._handle, libvirt.VIR_EVENT_HANDLE_READABLE)
        else:
            loop.remove_reader(self.fd)
        if wanted & libvirt.VIR_EVENT_HANDLE_WRITABLE:
            loop.add_writer(self.fd, self._handle, libvirt.VIR_EVENT_HANDLE_WRITABLE)
        else:
            loop.remove_writer(self.fd)

    def add_handle(self, callback: FDCallback) -> None:
        self.callbacks[callback.iden] = callback
        self.update()

    def remove_handle(self, iden: int) -> None:
        callback = self.callbacks.pop(iden)
        self.update()
        callback.close()


class DescriptorDict(Dict[int, Descriptor]):
    """Makes the descriptor that is missing."""

    def __init__(self, impl: virEventAsyncIOImpl) -> None:
        super().__init__()
        self.impl = impl

    def __missing__(self, fd: int) -> Descriptor:
        descriptor = self[fd] = Descriptor(self.impl, fd)
        return descriptor


class virEventAsyncIOImpl:
    """The six functions that the library wants of an event loop, on one of asyncio."""

    def __init__(self, loop: Optional[asyncio.AbstractEventLoop] = None) -> None:
        self.loop = loop or asyncio.get_event_loop()
        self.callbacks: Dict[int, Callback] = {}
        self.descriptors = DescriptorDict(self)
        self._pending = 0
        self._finished: List[asyncio.Future[None]] = []

    def __repr__(self) -> str:
        return f"<{type(self).__name__} callbacks={self.callbacks} descriptors={self.descriptors}>"

    def register(self) -> virEventAsyncIOImpl:
        global _current_impl
        _loop.register(self._add_handle, self._update_handle, self._remove_handle,
                       self._add_timeout, self._update_timeout, self._remove_timeout)
        _current_impl = self
        return self

    def _pending_inc(self) -> None:
        self._pending += 1

    def _pending_dec(self) -> None:
        self._pending -= 1
        if self._pending == 0:
            for future in self._finished:
                if not future.done():
                    future.set_result(None)
            self._finished.clear()

    def is_idle(self) -> bool:
        return self._pending == 0

    async def drain(self) -> None:
        """Wait until every closure is released that is not needed any more."""
        await asyncio.sleep(0)
        if self._pending:
            future = self.loop.create_future()
            self._finished.append(future)
            await future

    def schedule_ff_callback(self, iden: int, opaque: Any) -> None:
        """The library holds locks while it removes something, so its closure waits for the next turn."""
        self._pending_inc()
        self.loop.call_soon_threadsafe(self._ff_callback, iden, opaque)

    def _ff_callback(self, iden: int, opaque: Any) -> None:
        try:
            _loop.release(opaque)
        finally:
            self._pending_dec()

    def _soon(self, function: Callable[..., Any], *args: Any) -> None:
        """Calls come from any thread; the loop is touched in its own only."""
        try:
            inside = asyncio.get_running_loop() is self.loop
        except RuntimeError:
            inside = False
        if inside:
            function(*args)
        else:
            self.loop.call_soon_threadsafe(function, *args)

    def _add_handle(self, fd: int, event: int, cb: Callable[..., Any], opaque: Any) -> int:
        callback = FDCallback(self, cb, opaque, descriptor=self.descriptors[fd], event=event)
        self._soon(callback.descriptor.add_handle, callback)
        return callback.iden

    def _update_handle(self, watch: int, event: int) -> None:
        callback = self.callbacks[watch]
        assert isinstance(callback, FDCallback)
        self._soon(callback.update, event)

    def _remove_handle(self, watch: int) -> int:
        callback = self.callbacks.get(watch)
        if not isinstance(callback, FDCallback):
            return -1
        self._soon(callback.descriptor.remove_handle, watch)
        return 0

    def _add_timeout(self, timeout: int, cb: Callable[..., Any], opaque: Any) -> int:
        callback = TimeoutCallback(self, cb, opaque)
        self._soon(callback.update, timeout)
        return callback.iden

    def _update_timeout(self, timer: int, timeout: int) -> None:
        callback = self.callbacks[timer]
        assert isinstance(callback, TimeoutCallback)
        self._soon(callback.update, timeout)

    def _remove_timeout(self, timer: int) -> int:
        callback = self.callbacks.get(timer)
        if not isinstance(callback, TimeoutCallback):
            return -1
        self._soon(callback.close)
        return 0


def getCurrentImpl() -> Optional[virEventAsyncIOImpl]:
    """The loop that is registered, if one is."""
    return _current_impl


def virEventRegisterAsyncIOImpl(loop: Optional[asyncio.AbstractEventLoop] = None) -> virEventAsyncIOImpl:
    """Let the library use a loop of asyncio for everything it waits for."""
    return virEventAsyncIOImpl(loop).register()
