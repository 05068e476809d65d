# SPDX-License-Identifier: LGPL-2.1-or-later
"""Places of devices: those that the stock QEMU driver gives, where it can be asked, and the same every time.

The documents of place_corpus.py are defined on an embedded QEMU host of our library and of the stock one; every device
must be the same text. Controllers may stand in another order: ours print in the order of their numbers, so that a
document that was printed stays as it is.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from place_corpus import documents

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("VIR_BUILD_DIR", SOURCE / "build"))
HERE = SOURCE / "tests/formats"
#: The interpreter of the system has the binding.
PYTHON = "/usr/bin/python3"
EMULATOR = shutil.which("qemu-system-x86_64")
#: The stock driver trusts QEMU's word that it has KVM, finds that it may not use it, and asks again at every call.
WRAPPER = """#!/bin/sh
for argument; do
    shift
    case $argument in
    *accel=kvm:tcg*) argument=$(printf %s "$argument" | sed 's/accel=kvm:tcg/accel=tcg/') ;;
    esac
    set -- "$@" "$argument"
done
exec {emulator} "$@"
"""
Answer = dict[str, str]


def missing() -> str | None:
    """Why nothing can be defined here; None: it can."""
    if not EMULATOR:
        return "qemu-system-x86_64 is not installed"
    if subprocess.run([PYTHON, "-c", "import libvirt"], capture_output=True, check=False).returncode:
        return "python3-libvirt is not installed"
    return None


def stock() -> str | None:
    """Why the stock driver cannot be asked; None: it can."""
    if not list(Path("/usr/lib").glob("*/libvirt/connection-driver/libvirt_driver_qemu.so")):
        return "the stock QEMU driver (libvirt-daemon-driver-qemu) is not installed"
    return None


def define(ours: bool) -> list[Answer]:
    """What a library makes of every document."""
    with tempfile.TemporaryDirectory() as folder:
        wrapper = Path(folder) / "bin/qemu-system-x86_64"
        wrapper.parent.mkdir()
        wrapper.write_text(WRAPPER.replace("{emulator}", str(EMULATOR)), encoding="utf-8")
        wrapper.chmod(0o755)
        command = [PYTHON, str(HERE / "define_all.py"), f"{folder}/root"]
        if ours:
            command = [str(SOURCE / "run"), *command]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("LD_", "LIBVIRT"))}
        environment |= {"VIR_BUILD_DIR": str(BUILD), "PATH": f"{wrapper.parent}:{os.environ['PATH']}"}
        if not ours:
            environment.pop("VIR_BUILD_DIR")
        ran = subprocess.run(command, input=json.dumps([text for _, text in documents()]), capture_output=True,
                             text=True, timeout=400, check=False, env=environment)
    if ran.returncode:
        raise AssertionError(ran.stderr)
    return list(json.loads(ran.stdout))


def devices(text: str) -> list[str]:
    """The devices of a document, without the path of the emulator; controllers in the order of their numbers."""
    found = re.search(r"<devices>\n(.*)</devices>", text, re.DOTALL)
    assert found
    return sorted(split(found[1]), key=place)


def split(text: str) -> list[str]:
    """The text of each device."""
    return [part for part in re.split(r"\n(?=    <[a-z])", text.rstrip()) if "<emulator>" not in part]


def place(device: str) -> tuple[str, int]:
    """What controllers are sorted by; other devices stay where they are."""
    found = re.match(r" *<controller type='(.*?)' index='(\d+)'", device)
    return (found[1], int(found[2])) if found else ("", 0)


class Places(unittest.TestCase):
    maxDiff = None
    ours: list[Answer] = []

    @classmethod
    def setUpClass(cls) -> None:
        reason = missing()
        if reason:
            raise unittest.SkipTest(reason)
        cls.ours = define(ours=True)

    def test_the_same_every_time(self) -> None:
        for (name, _), answer in zip(documents(), self.ours, strict=True):
            with self.subTest(name):
                self.assertEqual(answer.get("again"), answer.get("xml"))

    def test_as_the_stock_driver_gives(self) -> None:
        reason = stock()
        if reason:
            self.skipTest(reason)
        equal = 0
        for (name, _), answer, other in zip(documents(), self.ours, define(ours=False), strict=True):
            with self.subTest(name):
                self.assertEqual("error" in answer, "error" in other, (answer, other))
                if "error" not in answer:
                    self.assertEqual(devices(answer["xml"]), devices(other["xml"]))
                equal += 1
        print(f"# {equal} documents as with the stock driver")


if __name__ == "__main__":
    unittest.main()
