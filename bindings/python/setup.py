# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds wheel and sdist of the Python module, from a build tree or from the sdist itself.

The generated files are in ../../gen of a tarball or below VIR_BUILD_DIR; an sdist carries them in src/.
"""

import os
import shutil
from pathlib import Path

from setuptools import Extension, setup

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "src"


def collect() -> None:
    """Bring the C sources and the generated Python together below this folder."""
    root = HERE.parents[1]
    generated = next((top / "gen" / "bindings" for top in (Path(os.environ.get("VIR_BUILD_DIR", root)), root)
                      if (top / "gen" / "bindings" / "python.c").exists()), None)
    if generated is None:
        raise SystemExit("setup.py: no generated files; set VIR_BUILD_DIR to a build tree")
    SOURCES.mkdir()
    for path in [*(root / "bindings" / "core").glob("*.[ch]"), *(HERE / "runtime").glob("*.[ch]"),
                 *generated.glob("*.c")]:
        shutil.copy(path, SOURCES)
    for path in (generated / "python" / "libvirt").iterdir():
        shutil.copy(path, HERE / "libvirt")
    for path in (generated / "python").glob("*.pyi"):
        shutil.copy(path, HERE)


if not SOURCES.exists():
    collect()

setup(
    packages=["libvirt"],
    package_data={"libvirt": ["*.pyi", "py.typed"]},
    py_modules=["libvirt_admin", "libvirt_lxc", "libvirt_qemu", "libvirtaio"],
    ext_modules=[Extension(
        "libvirt._native",
        sorted(f"src/{path.name}" for path in SOURCES.glob("*.c")),
        include_dirs=["src", *os.environ.get("VIR_INCLUDE_DIRS", "").split()],
        library_dirs=os.environ.get("VIR_LIBRARY_DIRS", "").split(),
        libraries=["virt", "virt-qemu", "virt-lxc", "virt-admin"],
        depends=sorted(f"src/{path.name}" for path in SOURCES.glob("*.h")),
    )],
)
