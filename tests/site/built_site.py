# SPDX-License-Identifier: LGPL-2.1-or-later
"""The site of the build tree, made if need be."""

from __future__ import annotations

import os
import subprocess
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).resolve().parents[2])).resolve()
BUILD = Path(os.environ.get("VIR_BUILD_DIR", SOURCE / "build")).resolve()
SITE = BUILD / "site"


def generated(path: str) -> Path:
    """A file of gen/, which a tarball has in its source tree."""
    built = BUILD / "gen" / path
    return built if built.exists() else SOURCE / "gen" / path


def make() -> None:
    """Makes the site, or skips where there is nothing to make it with."""
    if "\nXSLTPROC = \n" in (BUILD / "Makefile").read_text(encoding="utf-8"):
        raise unittest.SkipTest("xsltproc was not installed when configure ran")
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    made = subprocess.run(["make", "-s", "-C", str(BUILD), "site/stamp"], capture_output=True, text=True,
                          env=environment)
    if made.returncode:
        raise AssertionError(f"make site/stamp: {made.stdout}{made.stderr}")
