# SPDX-License-Identifier: LGPL-2.1-or-later
"""The exception of every failed call."""

from __future__ import annotations

from typing import Optional, Tuple

from . import _native


class libvirtError(Exception):
    """A call failed; the error of the library is kept in it."""

    err: Optional[Tuple[int, int, str, int, str, str, str, int, int]]

    def __init__(self, defmsg: str) -> None:
        self.err = _native.last_error()
        super().__init__(defmsg if self.err is None else self.err[2])

    def get_error_code(self) -> Optional[int]:
        """The number of the error, VIR_ERR_..."""
        return None if self.err is None else self.err[0]

    def get_error_domain(self) -> Optional[int]:
        """Which part of the library found it, VIR_FROM_..."""
        return None if self.err is None else self.err[1]

    def get_error_message(self) -> Optional[str]:
        """What is wrong, for people."""
        return None if self.err is None else self.err[2]

    def get_error_level(self) -> Optional[int]:
        """How bad it is, VIR_ERR_WARNING or VIR_ERR_ERROR."""
        return None if self.err is None else self.err[3]

    def get_str1(self) -> Optional[str]:
        """The first detail."""
        return None if self.err is None else self.err[4]

    def get_str2(self) -> Optional[str]:
        """The second detail."""
        return None if self.err is None else self.err[5]

    def get_str3(self) -> Optional[str]:
        """The third detail."""
        return None if self.err is None else self.err[6]

    def get_int1(self) -> Optional[int]:
        """A number with the error."""
        return None if self.err is None else self.err[7]

    def get_int2(self) -> Optional[int]:
        """Another number with the error."""
        return None if self.err is None else self.err[8]
