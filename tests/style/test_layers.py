# SPDX-License-Identifier: LGPL-2.1-or-later
"""Who may include whom: checked over the #include lines of every C file."""

from __future__ import annotations

import os
import re
import unittest
from pathlib import Path

SOURCE = Path(os.environ["VIR_SOURCE_DIR"])
BUILD = Path(os.environ["VIR_BUILD_DIR"])
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)

# folder -> layers whose headers it may include (gen/<layer> counts as <layer>)
TABLE = {
    "src/base": {"base"},
    "src/runtime": {"base", "runtime", "driver"},
    "gen/runtime": {"base", "runtime", "driver"},
    "gen/entry": {"base", "runtime", "driver"},
    "gen/driver": {"base", "runtime", "driver"},
    "src/document": {"base", "runtime", "document"},
    "gen/document": {"base", "runtime", "document"},
    "src/conf": {"base", "runtime", "document", "conf"},
    "src/access": {"base", "runtime", "driver", "document", "access"},
    "gen/access": {"base", "runtime", "driver", "access"},
    "src/rpc": {"base", "runtime", "rpc", "wire"},
    "gen/wire": {"runtime", "rpc", "wire"},
    "gen/remote": {"base", "runtime", "driver", "rpc", "wire", "remote", "drivers/remote"},
    "src/daemon": {"base", "runtime", "driver", "rpc", "wire", "conf", "access", "daemon"},
    "src/client": {"base", "client"},
    "gen/client": {"base", "client"},
    # Public headers only.
    "bindings/core": set(),
    "gen/bindings": set(),
}


def owner(path: str) -> str:
    """The layer that a C file below the source or build tree belongs to, "" when it has none."""
    return next((folder for folder in TABLE if path.startswith(folder + "/")), "")


def allowed(path: str) -> set[str] | None:
    """Layers that `path` may include; None: everything."""
    if path.startswith("drivers/"):
        own = path.split("/")[1]
        wire = {"rpc", "wire"} if own == "remote" else {"remote"} if own == "builtin.c" else set()
        return {"base", "runtime", "driver", "document", "conf", own, f"drivers/{own}"} | wire
    folder = owner(path)
    return TABLE[folder] if folder else None


class Layers(unittest.TestCase):
    def test_includes_follow_the_table(self) -> None:
        seen = 0
        wrong = []
        for root, folders in ((SOURCE, ("src", "drivers", "bindings", "gen")), (BUILD, ("gen",))):
            for folder in folders:
                for path in sorted((root / folder).rglob("*.[ch]")):
                    name = path.relative_to(root).as_posix()
                    layers = allowed(name)
                    if layers is None:
                        continue
                    for target in INCLUDE.findall(path.read_text(encoding="utf-8")):
                        seen += 1
                        layer = target.rpartition("/")[0]
                        if "/" in target and layer not in layers:
                            wrong.append(f"{name} includes {target}")
        self.assertEqual(wrong, [])
        self.assertGreater(seen, 20, "the test looked at nothing")

    def test_each_layer_exists(self) -> None:
        for folder in TABLE:
            with self.subTest(folder=folder):
                self.assertTrue((SOURCE / folder).is_dir() or (BUILD / folder).is_dir())


if __name__ == "__main__":
    unittest.main()
