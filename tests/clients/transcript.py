# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls of a library by name, written down: what was called, what came back, which error was left.

The same scenario on two libraries gives two transcripts, whose differences are differences of behaviour.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROTOTYPES = Path(__file__).resolve().parent.parent / "abi" / "prototypes.tsv"
FIELD_LENGTH = 80
#: What scenarios open: the test hypervisor here, or behind a daemon.
URI = os.environ.get("VIR_CALLS_URI", "test:///default").encode()
PLAIN: dict[str, Any] = {
    "int": ctypes.c_int,
    "unsigned int": ctypes.c_uint,
    "unsigned long": ctypes.c_ulong,
    "long long": ctypes.c_longlong,
    "unsigned long long": ctypes.c_ulonglong,
    "size_t": ctypes.c_size_t,
    "double": ctypes.c_double,
    "const char *": ctypes.c_char_p,
    "void": None,
}


class Error(ctypes.Structure):
    """The head of a virError."""

    _fields_ = [("code", ctypes.c_int), ("domain", ctypes.c_int), ("message", ctypes.c_char_p)]


class Value(ctypes.Union):
    """The value of a typed parameter."""

    _fields_ = [
        ("i", ctypes.c_int),
        ("ui", ctypes.c_uint),
        ("l", ctypes.c_longlong),
        ("ul", ctypes.c_ulonglong),
        ("d", ctypes.c_double),
        ("b", ctypes.c_byte),
        ("s", ctypes.c_char_p),
    ]


class Parameter(ctypes.Structure):
    """A virTypedParameter."""

    _fields_ = [("field", ctypes.c_char * FIELD_LENGTH), ("type", ctypes.c_int), ("value", Value)]


MEMBERS = (None, "i", "ui", "l", "ul", "d", "b", "s")


def parameters(*entries: tuple[str, int, Any]) -> ctypes.Array[Parameter]:
    """An array of typed parameters from (field, type, value)."""
    array = (Parameter * len(entries))()
    for slot, (name, kind, value) in zip(array, entries, strict=True):
        slot.field = name.encode()
        slot.type = kind
        member = MEMBERS[kind] if 0 < kind < len(MEMBERS) else "i"
        setattr(slot.value, member or "i", value.encode() if isinstance(value, str) else value)
    return array


def shown(array: Any, count: int) -> str:
    """Typed parameters as text, names and types too."""
    parts = []
    for slot in array[:count]:
        member = MEMBERS[slot.type] if 0 < slot.type < len(MEMBERS) else None
        value = getattr(slot.value, member) if member else None
        parts.append(f"{slot.field.decode()}:{slot.type}={value.decode() if isinstance(value, bytes) else value}")
    return "[" + ", ".join(parts) + "]"


class Library:
    """One library; every call through it is written down."""

    def __init__(self, path: str, write: Callable[[str], None]) -> None:
        self.raw = ctypes.CDLL(path)
        self.write = write
        self.raw.virGetLastError.restype = ctypes.POINTER(Error)
        self.quiet = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)(lambda data, error: None)
        self.raw.virSetErrorFunc(None, self.quiet)
        self.types = {}
        for line in PROTOTYPES.read_text(encoding="utf-8").splitlines():
            kind, name, arguments = line.split("\t")
            self.types[name] = (kind, [] if arguments == "void" else arguments.split(", "))

    def bind(self, name: str) -> Any:
        """The function with the types of its prototype, without a record."""
        function = getattr(self.raw, name)
        kind, arguments = self.types[name]
        function.argtypes = [PLAIN.get(one, ctypes.c_void_p) for one in arguments]
        function.restype = PLAIN.get(kind, ctypes.c_void_p) if kind != "const char *" else ctypes.c_char_p
        return function

    def error(self) -> str:
        """The thread's last error: domain, code and text."""
        error = self.raw.virGetLastError()
        if not error or not error.contents.code:
            return "no error"
        text = error.contents.message.decode().replace("\n", "\\n") if error.contents.message else ""
        return f"error {error.contents.domain}/{error.contents.code}\t{text}"

    def call(self, name: str, *arguments: Any, note: str = "") -> Any:
        """Calls and writes down: the result (pointers as `object`), and the error after a failure."""
        self.raw.virResetLastError()
        result = self.bind(name)(*arguments)
        kind = self.types[name][0]
        failed = result is None if PLAIN.get(kind, ctypes.c_void_p) is ctypes.c_void_p else result == -1
        seen = str(result) if kind in PLAIN else ("NULL" if result is None else "object")
        if kind == "char *" and result is not None:
            seen = repr(ctypes.string_at(result).decode())
        self.write(f"{name}({note}) = {seen}" + (f", {self.error()}" if failed else ""))
        return ctypes.string_at(result).decode() if kind == "char *" and result is not None else result

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("vir"):
            raise AttributeError(name)
        return lambda *arguments, note="": self.call(name, *arguments, note=note)

    def fill(self, name: str, *arguments: Any, room: int = 16, flags: tuple[int, ...] = (0,), note: str = "") -> Any:
        """A call that fills (params, &nparams, flags), after a probe for their number."""
        count = ctypes.c_int(0)
        self.call(name, *arguments, None, ctypes.byref(count), *flags, note=f"{note} probe")
        self.write(f"  number {count.value}")
        array = (Parameter * room)()
        count = ctypes.c_int(room)
        if self.call(name, *arguments, array, ctypes.byref(count), *flags, note=note) == 0:
            self.write(f"  {shown(array, count.value)}")
        return array
