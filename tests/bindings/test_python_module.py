#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Our module libvirt: it has what Debian's has, with the same values; its types hold; its coroutines run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any

SOURCE = Path(os.environ["VIR_SOURCE_DIR"])
BUILD = Path(os.environ["VIR_BUILD_DIR"])
PYTHON = "/usr/bin/python3"
sys.path.insert(0, str(SOURCE))

from generator import naming, outputs  # noqa: E402

#: Prints names, and values of plain ones, of the modules and their classes.
LOOK = """
import inspect, json
import libvirt, libvirt_qemu, libvirt_lxc, libvirtaio
seen = {}
for module in (libvirt, libvirt_qemu, libvirt_lxc, libvirtaio):
    names = seen[module.__name__] = {}
    for name, value in vars(module).items():
        if name.startswith("_") or inspect.ismodule(value) or getattr(value, "__module__", "") in ("typing", "types"):
            continue
        names[name] = value if isinstance(value, (int, str)) else None
        if inspect.isclass(value) and value.__module__.partition(".")[0] == module.__name__:
            seen[f"{module.__name__}.{name}"] = {n: None for n in dir(value) if not n.startswith("_")}
print(json.dumps(seen))
"""
#: What Debian's module has although it is of typing or of its own build.
NOT_PUBLIC = {"overload", "libvirtmod", "libvirtmod_qemu", "libvirtmod_lxc", "TracebackType"}

COROUTINES = """
import asyncio, libvirt, libvirtaio
from libvirt import aio
async def main():
    impl = libvirtaio.virEventRegisterAsyncIOImpl()
    async with await aio.open("test:///default") as conn:
        domain = (await conn.listAllDomains())[0]
        answers = await asyncio.gather(*(domain.info() for _ in range(500)))
        assert len(answers) == 500 and all(a[0] == libvirt.VIR_DOMAIN_RUNNING for a in answers)
        heard = []
        async def watch():
            async for event in aio.events(conn.domainEventRegisterAny, conn.domainEventDeregisterAny, None,
                                          libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE):
                heard.append(event[2])
                if event[2] == libvirt.VIR_DOMAIN_EVENT_RESUMED:
                    return
        task = asyncio.create_task(watch())
        await asyncio.sleep(0.2)
        await domain.suspend()
        await domain.resume()
        await asyncio.wait_for(task, 60)
        assert heard == [libvirt.VIR_DOMAIN_EVENT_SUSPENDED, libvirt.VIR_DOMAIN_EVENT_RESUMED], heard
        try:
            await conn.lookupByName("nobody")
        except libvirt.libvirtError as error:
            assert error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN
        else:
            raise AssertionError("nobody was found")
    await impl.drain()
asyncio.run(main())
print("done")
"""


def look(**more: str) -> dict[str, dict[str, Any]] | None:
    result = subprocess.run([os.environ["VIR_RUN"], PYTHON, "-B", "-c", LOOK], env={**os.environ, **more},
                            capture_output=True, text=True)
    return json.loads(result.stdout) if result.returncode == 0 else None


@unittest.skipUnless((BUILD / "python" / "libvirt").is_dir(), "configured without the Python module")
class Module(unittest.TestCase):
    def run_python(self, program: str) -> str:
        result = subprocess.run([os.environ["VIR_RUN"], PYTHON, "-B", "-c", program], capture_output=True, text=True,
                                timeout=110)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_everything_of_debians_is_there(self) -> None:
        theirs = look(VIR_STOCK_BINDINGS="1")
        if theirs is None:
            self.skipTest("python3-libvirt is not installed")
        ours = look()
        assert ours is not None
        count = 0
        for place, names in theirs.items():
            missing = set(names) - set(ours.get(place, {})) - NOT_PUBLIC
            self.assertEqual(sorted(missing), [], place)
            count += len(names)
        print(f"# {count} public names")

    def test_constants_have_the_same_values(self) -> None:
        theirs = look(VIR_STOCK_BINDINGS="1")
        if theirs is None:
            self.skipTest("python3-libvirt is not installed")
        ours = look()
        assert ours is not None
        count = 0
        for place, names in theirs.items():
            for name, value in names.items():
                if value is not None:
                    count += 1
                    self.assertEqual(ours[place].get(name), value, name)
        print(f"# {count} constants")

    def test_enum_classes_are_the_constants(self) -> None:
        self.assertEqual(self.run_python(
            "import libvirt; print(libvirt.DomainState.RUNNING == libvirt.VIR_DOMAIN_RUNNING)"), "True\n")

    def test_signatures_can_be_asked_for(self) -> None:
        self.assertEqual(self.run_python(
            "import inspect, libvirt; print(inspect.signature(libvirt.virDomain.reboot))"), "(self, /, flags=0)\n")

    def test_coroutines(self) -> None:
        self.assertEqual(self.run_python(COROUTINES), "done\n")

    def test_types_hold_strictly(self) -> None:
        mypy = shutil.which("mypy", path="/usr/bin")
        if mypy is None:
            self.skipTest("mypy is not installed")
        result = subprocess.run(
            [mypy, "--strict", "--cache-dir=/dev/null", "libvirt", "libvirtaio.py", "libvirt_qemu.pyi",
             "libvirt_lxc.pyi", "libvirt_admin.pyi"], cwd=BUILD / "python", capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout[-2000:])


class Sources(unittest.TestCase):
    def test_no_file_names_a_function(self) -> None:
        api = outputs.load(SOURCE).api
        names = re.compile(r"\b(" + "|".join(naming.function(api, f.name) for f in api.functions) + r")\b")
        wrong = []
        for path in sorted((SOURCE / "bindings").rglob("*")):
            inside = path.relative_to(SOURCE / "bindings")
            if path.is_file() and path.suffix != ".pyc" and not {"tests", "examples"} & set(inside.parts):
                wrong += [f"{inside}: {found}" for found in names.findall(path.read_text(encoding="utf-8"))]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
