# SPDX-License-Identifier: LGPL-2.1-or-later
"""The exception of every failed call."""

from __future__ import annotations

from . import _native


class libvirtError(Exception):
    """A call failed; the error of the library is kept in it."""

    err: tuple[int, int, str, int, str, str, str, int, int] | None

    def __init__(self, defmsg: str) -> None:
        self.err = _native.last_error()
        super().__init__(defmsg if self.err is None else self.err[2])

    def get_error_code(self) -> int | None:
        """The number of the error, VIR_ERR_..."""
        return None if self.err is None else self.err[0]

    def get_error_domain(self) -> int | None:
        """Which part of the library found it, VIR_FROM_..."""
        return None if self.err is None else self.err[1]

    def get_error_message(self) -> str | None:
        """What is wrong, for people."""
        return None if self.err is None else self.err[2]

    def get_error_level(self) -> int | None:
        """How bad it is, VIR_ERR_WARNING or VIR_ERR_ERROR."""
        return None if self.err is None else self.err[3]

    def get_str1(self) -> str | None:
        """The first detail."""
        return None if self.err is None else self.err[4]

    def get_str2(self) -> str | None:
        """The second detail."""
        return None if self.err is None else self.err[5]

    def get_str3(self) -> str | None:
        """The third detail."""
        return None if self.err is None else self.err[6]

    def get_int1(self) -> int | None:
        """A number with the error."""
        return None if self.err is None else self.err[7]

    def get_int2(self) -> int | None:
        """Another number with the error."""
        return None if self.err is None else self.err[8]
