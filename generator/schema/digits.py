# SPDX-License-Identifier: LGPL-2.1-or-later
"""Patterns of the spellings of a range of numbers, for schemas."""

from __future__ import annotations

_DIGITS = "0123456789abcdef"


def _span(low: int, high: int) -> str:
    """One digit from low to high, in either case."""
    if low == high and low < 10:
        return _DIGITS[low]
    parts = []
    if low < 10:
        last = min(high, 9)
        parts.append(f"{low}-{last}" if low < last else str(low))
    if high >= 10:
        for digits in (_DIGITS, _DIGITS.upper()):
            first, last_digit = digits[max(low, 10)], digits[high]
            parts.append(first if first == last_digit else f"{first}-{last_digit}")
    return f"[{''.join(parts)}]"


def _fixed(value: int, base: int) -> str:
    prefix = _fixed(value // base, base) if value >= base else ""
    return prefix + _span(value % base, value % base)


def _between(low: int, high: int, base: int) -> list[str]:
    """Alternatives; what is no whole ten is split off at both ends."""
    if low // base == high // base:
        prefix = _fixed(low // base, base) if low >= base else ""
        return [prefix + _span(low % base, high % base)]
    head: list[str] = []
    tail: list[str] = []
    if low % base or low < base:
        end = low - low % base + base - 1
        head = _between(low, end, base)
        low = end + 1
    if high % base != base - 1:
        start = high - high % base
        tail = _between(start, high, base)
        high = start - 1
    if low <= high:
        head += [tens + _span(0, base - 1) for tens in _between(low // base, high // base, base)]
    return head + tail


def number_pattern(low: int, high: int, base: int) -> str:
    """The numbers from low to high with any leading zeros."""
    return f"0*({'|'.join(_between(low, high, base))})"
