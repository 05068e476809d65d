#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Copies a program so that it starts on an older library: functions that the library lacks stay unresolved.

    older_library.py PROGRAM COPY

The loader refuses a program that asks for a version node its library does not have, unless that need is
marked weak. Both marks (of the needed nodes and of the symbols in them) are set in the copy; whoever calls
what is missing crashes, so the copy is for the comparison of what both libraries have.
"""

from __future__ import annotations

import os
import shutil
import struct
import sys
from pathlib import Path

DYNSYM, VERSYM, VERNEED = 11, 0x6FFFFFFF, 0x6FFFFFFE
WEAK_NEED = 2
WEAK_BINDING = 2


def sections(data: bytearray) -> dict[int, tuple[int, int, int]]:
    """Offset, size and entry size of the sections by type; of an ELF file for 64 bits, little endian."""
    if data[:6] != b"\x7fELF\x02\x01":
        raise SystemExit("not an ELF program for 64 bits, little endian")
    (offset,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    found = {}
    for number in range(count):
        fields = struct.unpack_from("<IIQQQQIIQQ", data, offset + number * size)
        found[fields[1]] = (fields[4], fields[5], fields[9])
    return found


def weaken_needs(data: bytearray, start: int) -> set[int]:
    """Marks every needed version node weak; returns their indexes."""
    indexes = set()
    need = start
    while True:
        _, count, _, auxiliary, following = struct.unpack_from("<HHIII", data, need)
        at = need + auxiliary
        for _ in range(count):
            _, flags, index, _, step = struct.unpack_from("<IHHII", data, at)
            struct.pack_into("<H", data, at + 4, flags | WEAK_NEED)
            indexes.add(index)
            at += step
        if not following:
            return indexes
        need += following


def weaken_symbols(data: bytearray, symbols: tuple[int, int, int], versions: int, indexes: set[int]) -> None:
    start, size, entry = symbols
    for number in range(size // entry):
        at = start + number * entry
        (info,) = struct.unpack_from("<B", data, at + 4)
        (section,) = struct.unpack_from("<H", data, at + 6)
        (version,) = struct.unpack_from("<H", data, versions + 2 * number)
        if section == 0 and version & 0x7FFF in indexes:
            struct.pack_into("<B", data, at + 4, WEAK_BINDING << 4 | info & 15)


def main() -> int:
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    program, copy = Path(sys.argv[1]), Path(sys.argv[2])
    data = bytearray(program.read_bytes())
    found = sections(data)
    indexes = weaken_needs(data, found[VERNEED][0])
    weaken_symbols(data, found[DYNSYM], found[VERSYM][0], indexes)
    copy.write_bytes(data)
    shutil.copymode(program, copy)
    os.utime(copy)
    return 0


if __name__ == "__main__":
    sys.exit(main())
