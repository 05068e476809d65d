# SPDX-License-Identifier: LGPL-2.1-or-later
"""Go programs of the tests, built with the packages of the machine and against our headers."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

BUILD = Path(os.environ.get("VIR_BUILD_DIR", Path(__file__).parents[2] / "build"))
GO = Path("/usr/bin/go")
TREE = Path("/usr/share/gocode")
BINDING = "golang-github-libvirt-libvirt-go-dev"
WIRE = "golang-github-digitalocean-go-libvirt-dev"
FOLDERS = {BINDING: "github.com/libvirt/libvirt-go", WIRE: "github.com/digitalocean/go-libvirt"}


def present(package: str) -> bool:
    """Whether the compiler and the sources of a package are installed."""
    return GO.exists() and (TREE / "src" / FOLDERS[package]).is_dir()


def build(source: Path) -> Path:
    """Compiles one file; what it needs is compiled once per build tree."""
    folder = BUILD / "tests" / "go"
    folder.mkdir(parents=True, exist_ok=True)
    # The binding asks pkg-config, whose answer is for the installed library.
    (folder / "libvirt.pc").write_text(
        f"Name: libvirt\nDescription: the build tree\nVersion: 12.3.0\n"
        f"Libs: -L{BUILD}/.libs -lvirt\nCflags: -I{BUILD}/gen/include\n", encoding="utf-8")
    program = folder / source.stem
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(TREE), "GOFLAGS": "", "GOPROXY": "off",
                   "GOCACHE": str(folder / "cache"), "PKG_CONFIG_PATH": str(folder)}
    result = subprocess.run([str(GO), "build", "-o", str(program), str(source)], env=environment,
                            capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{source.name} was not built: {result.stderr}")
    return program
