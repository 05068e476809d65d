#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A daemon that is killed at seeded moments keeps its guests; qemu_kills.py does it as often as wanted."""

from __future__ import annotations

import unittest

from qemu_kills import Kills as Killed, namespace


@unittest.skipIf(namespace.missing(), namespace.missing())
class Kills(Killed):
    def test_some_kills(self) -> None:
        self.begin()
        try:
            self.run_kills(kills=6, seed=20261124)
        finally:
            self.end()


del Killed

if __name__ == "__main__":
    unittest.main()
