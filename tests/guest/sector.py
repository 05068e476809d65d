#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A guest of one boot sector for PC machines: a marker and a heartbeat on the serial port, a power button."""

from __future__ import annotations

import sys
from pathlib import Path

READY = b"SECTOR-READY\r\n"
ORIGIN = 0x7C00
SIZE = 1 << 20

#: Machine code in hexadecimal; `name:` marks a place, `>name` is the distance to one in a byte, and
#: `@name` its address in two.
PROGRAM = """
    31C0 8ED8       ; xor ax, ax; mov ds, ax
    BA0206 B80001 EF ; enable the event of the power button: out 0x602, 0x0100
    BE @text        ; mov si, text
print:
    AC 84C0 74 >beat ; lodsb; test al, al; jz beat
    BAF803 EE       ; out 0x3f8, al
    EB >print
beat:
    31C0 CD1A 89D3  ; the clock's ticks in dx; mov bx, dx
wait:
    BA0006 ED F6C401 75 >off ; in ax, 0x600; test ah, 1; jnz off
    31C0 CD1A 39DA 74 >wait  ; the ticks again; cmp dx, bx; je wait
    B02E BAF803 EE  ; out 0x3f8, '.'
    EB >beat
off:
    BA0406 B80020 EF ; sleep for ever: out 0x604, 0x2000
halt:
    F4 EB >halt
text:
"""


def assemble() -> bytes:
    """The program as bytes."""
    words = [word for line in PROGRAM.splitlines() for word in line.split(";")[0].split()]
    places: dict[str, int] = {}
    at = 0
    for word in words:
        if word.endswith(":"):
            places[word[:-1]] = at
        else:
            at += {">": 1, "@": 2}.get(word[0], len(word) // 2)
    code = b""
    for word in words:
        if word.startswith(">"):
            code += (places[word[1:]] - len(code) - 1).to_bytes(1, "little", signed=True)
        elif word.startswith("@"):
            code += (ORIGIN + places[word[1:]]).to_bytes(2, "little")
        elif not word.endswith(":"):
            code += bytes.fromhex(word)
    return code + READY + b"\0"


def image() -> bytes:
    """A disk that boots the program."""
    return assemble().ljust(510, b"\0") + b"\x55\xAA" + b"\0" * (SIZE - 512)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(image())
